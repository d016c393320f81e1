//! What stands between cells and around them, from the first rows.

use std::collections::BTreeMap;

use kernel::Refused;

use crate::Source;
use crate::delimited::Records;
use crate::dialect::{Delimiter, Quote};
use crate::encoding::{Decoding, Encoding};
use crate::evidence::{About, Evidence};
use crate::shape::{date_shape, figure_shape};

/// Rows looked at.
const SAMPLE: usize = 200;
/// A delimiter no text holds, for reading whole lines.
const WHOLE_LINE: u8 = 0;

/// Proposes delimiter and quote.
pub(crate) fn propose_delimiter(
    source: &Source,
    encoding: Encoding,
    evidence: &mut Evidence,
) -> Result<(Delimiter, Option<Quote>), Refused> {
    let quote = propose_quote(source, encoding, evidence)?;
    if let Some(delimiter) = named_delimiter(source, encoding)? {
        evidence.found(About::Delimiter, format!("{}: the first line says so.", capital(delimiter.word())));
        return Ok((delimiter, quote));
    }
    let mut best = (0_u64, Delimiter::Comma, 0, 0, 0);
    for delimiter in Delimiter::ALL {
        let rows = sample(source, encoding, delimiter, quote)?;
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.len() > 1) {
            *widths.entry(row.len()).or_default() += 1;
        }
        let Some((width, agree)) = widths.into_iter().max_by_key(|(_, count)| *count) else { continue };
        let cells: Vec<&str> = rows.iter().flatten().map(String::as_str).collect();
        let clean = cells.iter().filter(|cell| is_clean(cell)).count();
        // Share of rows that agree × share of clean cells × (1 − 1/width), in parts of a million.
        let score = 1_000_000 * agree / rows.len() * clean / cells.len().max(1) * (width - 1) / width;
        let score = u64::try_from(score).unwrap_or(0);
        if score > best.0 {
            best = (score, delimiter, width, agree, rows.len());
        }
    }
    let (score, delimiter, width, agree, rows) = best;
    let says = if score == 0 {
        "No delimiter found: the file has one column.".to_owned()
    } else {
        format!("{}: {agree} of the first {rows} rows have {width} cells with it.", capital(delimiter.word()))
    };
    evidence.found(About::Delimiter, says);
    Ok((delimiter, quote))
}

/// A cell no other delimiter would cut better.
fn is_clean(cell: &str) -> bool {
    let cell = cell.trim();
    let plain = !cell.contains([';', '\t', '|']);
    cell.is_empty() || plain || figure_shape(cell).is_some() || date_shape(cell).is_some()
}

fn propose_quote(
    source: &Source,
    encoding: Encoding,
    evidence: &mut Evidence,
) -> Result<Option<Quote>, Refused> {
    let mut records = Records::new(Decoding::new(source.open()?, encoding), WHOLE_LINE, None);
    let (mut double, mut single, mut rows) = (0_u32, 0_u32, 0);
    while rows < SAMPLE
        && let Some((_, fields)) = records.next_record()?
    {
        rows += 1;
        for cell in fields.iter().flat_map(|line| line.split([',', ';', '\t', '|'])).map(str::trim) {
            let wrapped = |mark| cell.len() > 1 && cell.starts_with(mark) && cell.ends_with(mark);
            double += u32::from(cell.starts_with('"') || cell.ends_with('"'));
            single += u32::from(wrapped('\''));
        }
    }
    if double == 0 && single >= 3 {
        evidence.found(About::Quote, "Single quotes stand around cells.");
        return Ok(Some(Quote::Single));
    }
    match sample(source, encoding, Delimiter::Comma, Some(Quote::Double)) {
        Err(Refused::Refusal(_)) => {
            evidence.found(About::Quote, "A quote is opened and never closed: quotes are taken as letters.");
            Ok(None)
        }
        Err(fault) => Err(fault),
        Ok(_) => Ok(Some(Quote::Double)),
    }
}

/// `sep=;`, as spreadsheets write it.
fn named_delimiter(source: &Source, encoding: Encoding) -> Result<Option<Delimiter>, Refused> {
    let mut records = Records::new(Decoding::new(source.open()?, encoding), WHOLE_LINE, None);
    let first = records.next_record()?.map(|(_, fields)| fields.concat()).unwrap_or_default();
    let named = first.trim_end_matches(['\r', '\n']).strip_prefix("sep=").map(str::as_bytes);
    Ok(Delimiter::ALL.into_iter().find(|delimiter| named == Some(&[delimiter.byte()])))
}

fn sample(
    source: &Source,
    encoding: Encoding,
    delimiter: Delimiter,
    quote: Option<Quote>,
) -> Result<Vec<Vec<String>>, Refused> {
    let text = Decoding::new(source.open()?, encoding);
    let mut records = Records::new(text, delimiter.byte(), quote.map(Quote::byte));
    let mut rows = Vec::new();
    while rows.len() < SAMPLE
        && let Some((_, fields)) = records.next_record()?
    {
        if fields.iter().any(|field| !field.trim().is_empty()) {
            rows.push(fields);
        }
    }
    Ok(rows)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
