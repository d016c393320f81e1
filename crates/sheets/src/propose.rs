//! A first proposal for a file nobody has described yet: how it is cut, how it is written, with
//! the evidence for each and the questions only the user can answer.

use kernel::Refused;

use crate::classify::{RowClass, is_total};
use crate::detect_delimiter::propose_delimiter;
use crate::detect_encoding::propose_encoding;
use crate::detect_formats::FormatsSeen;
use crate::detect_header::propose_header;
use crate::dialect::{Column, Delimiter, Quote, Skip};
use crate::encoding::Encoding;
use crate::evidence::{About, Evidence, counted};
use crate::formats::DecimalMark;
use crate::reader::{Reader, Rows};
use crate::refusals;
use crate::source::Container;
use crate::workbook::Workbook;
use crate::{Cell, Dialect, Formats, Source};

/// Rows a header is looked for in.
const HEAD: usize = 120;

/// What is proposed for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// How it is cut into rows and columns.
    pub dialect: Dialect,
    /// How figures and dates are written.
    pub formats: Formats,
    /// What both rest on, and what must be asked.
    pub evidence: Evidence,
    /// The sheets of a workbook, the proposed one first.
    pub sheets: Vec<SheetSeen>,
}

/// One sheet of a workbook, as far as it matters for the choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetSeen {
    /// Its name.
    pub name: String,
    /// Rows with something in them, below its header.
    pub rows: u64,
    /// Groups of merged cells.
    pub merged: u64,
    /// Rows that look like totals of others.
    pub totals: u64,
    /// The line that names its columns.
    pub header_line: Option<u64>,
}

/// The sheets of a workbook that people can see; none where the file is text.
pub fn sheet_names(source: &Source) -> Result<Vec<String>, Refused> {
    match source.container()? {
        Container::Text => Ok(Vec::new()),
        Container::Workbook => Ok(Workbook::open(source)?.sheets()),
    }
}

/// Proposes dialect and formats for a file. Reads all of it, in bounded memory for text.
pub fn propose(source: &Source) -> Result<Proposal, Refused> {
    let mut evidence = Evidence::default();
    let (dialect, sheets) = match source.container()? {
        Container::Text => (text_dialect(source, &mut evidence)?, Vec::new()),
        Container::Workbook => workbook_dialect(source, &mut evidence)?,
    };
    let formats = propose_formats(source, &dialect, &mut evidence)?;
    Ok(Proposal { dialect, formats, evidence, sheets })
}

/// Proposes formats for a file whose dialect is settled: after the user has changed it.
pub fn propose_formats(
    source: &Source,
    dialect: &Dialect,
    evidence: &mut Evidence,
) -> Result<Formats, Refused> {
    let base = Formats::iso();
    let mut seen = FormatsSeen::default();
    let reader = Reader::open(source, dialect, &base)?;
    let ours = is_our_export(reader.columns());
    for row in reader {
        let row = row?;
        if row.class == RowClass::Data {
            seen.look_at(row.line, &row.cells, &base);
        }
    }
    let first_own = evidence.questions.len();
    let formats = seen.propose(base, evidence);
    // Our exports write a point before the fraction: 1.234 dinar is not asked as if nobody knew.
    let marks = evidence.questions[first_own..].iter_mut().filter(|q| q.about == About::NumberMarks);
    if ours && formats.decimal_mark == DecimalMark::Point {
        marks.for_each(|question| question.must_answer = false);
    }
    Ok(formats)
}

/// Whether money stands as our exports write it, `cost` beside `cost_currency`; or columns are called by keys
/// and one is the import that brought the row in.
fn is_our_export(columns: &[Column]) -> bool {
    let is_key = |column: &Column| {
        column.name.bytes().all(|byte| byte.is_ascii_lowercase() || b"_0123456789".contains(&byte))
    };
    let lists_imports = columns.iter().all(is_key) && columns.iter().any(|column| column.name == "batch");
    lists_imports || columns.windows(2).any(|pair| pair[1].name == format!("{}_currency", pair[0].name))
}

fn text_dialect(source: &Source, evidence: &mut Evidence) -> Result<Dialect, Refused> {
    let encoding = propose_encoding(source, evidence)?;
    let (delimiter, quote) = propose_delimiter(source, encoding, evidence)?;
    let mut dialect = dialect_of(None, encoding, delimiter, quote);
    let head = first_rows(Rows::open(source, &dialect)?)?;
    if head.iter().all(|row| row.1.iter().all(Cell::is_empty)) {
        return Err(refusals::EMPTY.plain().into());
    }
    let guess = propose_header(&head, &Formats::iso().null_words, evidence);
    (dialect.header_line, dialect.group_row) = (guess.line, guess.group_row);
    Ok(dialect)
}

fn dialect_of(
    sheet: Option<String>,
    encoding: Encoding,
    delimiter: Delimiter,
    quote: Option<Quote>,
) -> Dialect {
    let skip = Skip::default();
    let (header_line, group_row, formula_guard) = (None, false, true);
    Dialect { sheet, encoding, delimiter, quote, header_line, group_row, formula_guard, skip }
}

fn first_rows(mut rows: Rows) -> Result<Vec<(u64, Vec<Cell>)>, Refused> {
    let mut head = Vec::new();
    while head.len() < HEAD
        && let Some(row) = rows.next_row()?
    {
        head.push(row);
    }
    Ok(head)
}

fn workbook_dialect(source: &Source, evidence: &mut Evidence) -> Result<(Dialect, Vec<SheetSeen>), Refused> {
    let mut book = Workbook::open(source)?;
    let mut sheets = Vec::new();
    for name in book.sheets() {
        let rows = book.rows(&name)?;
        if rows.is_empty() {
            continue;
        }
        let mut own = Evidence::default();
        let head = first_rows(Rows::of_sheet(rows.iter().take(HEAD).cloned().collect()))?;
        let guess = propose_header(&head, &Formats::iso().null_words, &mut own);
        let below = || rows.iter().filter(|row| guess.line.is_none_or(|line| row.0 > line));
        let width = rows.iter().map(|row| row.1.len()).max().unwrap_or(0);
        let totals = below().filter(|row| is_total(&row.1, width)).count();
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let seen = SheetSeen {
            rows: count(below().count()),
            merged: count(book.merged(&name)),
            totals: count(totals),
            header_line: guess.line,
            name,
        };
        sheets.push((seen, guess, own));
    }
    // The cleanest first, then the longest: nothing merged, no totals, the header on top.
    sheets.sort_by_key(|(sheet, _, _)| (flaws(sheet).len(), std::cmp::Reverse(sheet.rows)));
    let Some((best, guess, own)) = sheets.first().cloned() else {
        return Err(refusals::EMPTY.plain().into());
    };
    let sheets: Vec<SheetSeen> = sheets.into_iter().map(|(sheet, _, _)| sheet).collect();
    tell_sheets(&best, &sheets, evidence);
    evidence.findings.extend(own.findings);
    evidence.questions.extend(own.questions);
    let mut dialect = dialect_of(Some(best.name), Encoding::Utf8, Delimiter::Comma, None);
    (dialect.header_line, dialect.group_row) = (guess.line, guess.group_row);
    Ok((dialect, sheets))
}

fn flaws(sheet: &SheetSeen) -> Vec<String> {
    let mut flaws = Vec::new();
    if sheet.merged > 0 {
        flaws.push(counted(sheet.merged, "group of merged cells", "groups of merged cells"));
    }
    if sheet.totals > 0 {
        flaws.push(counted(sheet.totals, "row of totals among its rows", "rows of totals among its rows"));
    }
    match sheet.header_line {
        Some(1) => {}
        Some(line) => flaws.push(format!("its header in line {line}")),
        None => flaws.push("no header".to_owned()),
    }
    flaws
}

fn tell_sheets(best: &SheetSeen, sheets: &[SheetSeen], evidence: &mut Evidence) {
    for sheet in sheets {
        let flaws = flaws(sheet);
        let has = if flaws.is_empty() { "nothing but a table".to_owned() } else { flaws.join(", ") };
        let rows = counted(sheet.rows, "row", "rows");
        evidence.found(About::Sheet, format!("Sheet “{}” has {rows} and {has}.", sheet.name));
    }
    if sheets.len() > 1 {
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        // A sheet with nothing but a table may be as much meant as the other.
        let tables = sheets.iter().filter(|sheet| sheet.rows > 0 && flaws(sheet).is_empty()).count();
        let asks = format!("Which sheet? Proposed: “{}”.", best.name);
        evidence.ask(About::Sheet, asks, &names, tables > 1);
    }
}
