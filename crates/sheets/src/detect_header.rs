//! Which line names the columns: the one whose texts stand over figures and days.

use crate::Cell;
use crate::evidence::{About, Evidence, line_ranges};
use crate::reader::shown;
use crate::shape::{is_day, is_figure};

/// Lines a header is looked for in.
const DEEPEST: usize = 60;
/// Rows below a line that are looked at.
const BELOW: usize = 20;

/// A proposed header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HeaderGuess {
    pub(crate) line: Option<u64>,
    pub(crate) group_row: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Empty,
    Text,
    Figure,
    Day,
}

type Row = (u64, Vec<Cell>);

/// Proposes a header from the first rows of a file.
pub(crate) fn propose_header(rows: &[Row], null_words: &[String], evidence: &mut Evidence) -> HeaderGuess {
    let rows: Vec<&Row> = rows.iter().filter(|row| row.1.iter().any(|cell| !cell.is_empty())).collect();
    let kinds: Vec<Vec<Kind>> = rows.iter().map(|row| kinds_of(&row.1, null_words)).collect();
    let scores: Vec<i64> = (0..rows.len().min(DEEPEST)).map(|i| score(&rows, &kinds, i)).collect();
    let best = scores.iter().copied().enumerate().filter(|(_, score)| *score > 0);
    // The first of equals: max_by_key alone would take the last.
    let best = best.rev().max_by_key(|(_, score)| *score).map(|(index, _)| index);
    let Some(index) = best.or_else(|| headed_by_words(&rows, &kinds, &scores)) else {
        evidence.found(About::Header, "No line names the columns: the first line is data already.");
        evidence.ask(About::Header, "Does the first line hold data?", &["yes", "no"], false);
        return HeaderGuess { line: None, group_row: false };
    };
    tell(&rows, &kinds, index, evidence);
    let filled = |row: &[Kind]| row.iter().filter(|kind| **kind != Kind::Empty).count();
    let group_row = has_equal_names(&rows[index].1)
        && index > 0
        && (2..filled(&kinds[index])).contains(&filled(&kinds[index - 1]));
    if group_row {
        let (upper, lower) = (rows[index - 1].0, rows[index].0);
        let says = format!("Names repeat in line {lower}: line {upper} above is put before them.");
        evidence.found(About::Header, says);
    }
    HeaderGuess { line: Some(rows[index].0), group_row }
}

fn tell(rows: &[&Row], kinds: &[Vec<Kind>], index: usize, evidence: &mut Evidence) {
    let line = rows[index].0;
    let typed = typed_columns(&kinds[index + 1..]);
    let named = |kind: Kind, word: &str| {
        let mut names = rows[index].1.iter().zip(&typed).filter(|(name, _)| !name.is_empty());
        let name = names.find(|(_, typed)| **typed == Some(kind)).map(|(name, _)| name.text())?;
        Some(format!("“{}” stands over {word}", name.trim()))
    };
    let proof = named(Kind::Figure, "figures").or_else(|| named(Kind::Day, "dates"));
    let proof = proof.unwrap_or_else(|| "it is the first full line of words".to_owned());
    evidence.found(About::Header, format!("Line {line} names the columns: {proof}."));
    let above: Vec<u64> = rows[..index].iter().map(|row| row.0).collect();
    if !above.is_empty() {
        let last = shown(&rows[index - 1].1);
        let lines = line_ranges(&above);
        let says = format!("Above it, skipped: {lines} (the last of them: “{last}”).");
        evidence.found(About::Header, says);
    }
    let second = index > 0 && {
        let texts = |row: &[Kind]| row.iter().filter(|kind| **kind == Kind::Text).count();
        texts(&kinds[index - 1]) > 2 && texts(&kinds[index - 1]) + 2 >= texts(&kinds[index])
    };
    if second {
        let upper = rows[index - 1].0;
        let asks = format!("Lines {upper} and {line} both look like a header. Which one names the columns?");
        evidence.ask(About::Header, asks, &[&format!("line {line}"), &format!("line {upper}")], false);
    }
}

fn kinds_of(cells: &[Cell], null_words: &[String]) -> Vec<Kind> {
    let kind = |cell: &Cell| match cell {
        Cell::Error(_) => Kind::Empty,
        Cell::Text(text) if null_words.iter().any(|word| word.eq_ignore_ascii_case(text.trim())) => {
            Kind::Empty
        }
        _ if cell.is_empty() => Kind::Empty,
        _ if is_day(cell) => Kind::Day,
        _ if is_figure(cell) => Kind::Figure,
        _ => Kind::Text,
    };
    cells.iter().map(kind).collect()
}

/// Per column, the kind four of five filled cells of the next rows share.
fn typed_columns(below: &[Vec<Kind>]) -> Vec<Option<Kind>> {
    let below = &below[..below.len().min(BELOW)];
    let width = below.iter().map(Vec::len).max().unwrap_or(0);
    let typed = (0..width).map(|column| {
        let filled: Vec<Kind> = (below.iter())
            .filter_map(|row| row.get(column).copied())
            .filter(|kind| *kind != Kind::Empty)
            .collect();
        let share = |kind| filled.iter().filter(|k| **k == kind).count() * 5 >= filled.len() * 4;
        if filled.is_empty() { None } else { [Kind::Figure, Kind::Day].into_iter().find(|kind| share(*kind)) }
    });
    typed.collect()
}

/// Columns whose figures or days have a name in row `index`, less those that go on as before;
/// nothing where the next row does not look like the rows below.
fn score(rows: &[&Row], kinds: &[Vec<Kind>], index: usize) -> i64 {
    let Some(next) = kinds.get(index + 1) else { return 0 };
    let typed = typed_columns(&kinds[index + 1..]);
    let mut score = 0;
    for (column, kind) in typed.iter().enumerate().filter_map(|(column, kind)| Some((column, (*kind)?))) {
        let follows = next.get(column).copied().unwrap_or(Kind::Empty);
        if follows != kind && follows != Kind::Empty {
            return 0;
        }
        let cell = rows[index].1.get(column).unwrap_or(&Cell::Empty);
        match kinds[index].get(column).copied().unwrap_or(Kind::Empty) {
            Kind::Empty => {}
            Kind::Text => score += 1,
            Kind::Figure if is_year(cell) => {}
            own if own == kind => score -= 1,
            _ => score += 1,
        }
    }
    score
}

/// A year may name a column of figures.
fn is_year(cell: &Cell) -> bool {
    cell.text().trim().parse().is_ok_and(|year: i32| (1990..=2099).contains(&year))
}

/// For tables of words only: the first row of words about as full as the rows below it.
fn headed_by_words(rows: &[&Row], kinds: &[Vec<Kind>], scores: &[i64]) -> Option<usize> {
    let filled = |row: &[Kind]| row.iter().filter(|kind| **kind != Kind::Empty).count();
    let mut fills: Vec<usize> = kinds.iter().take(BELOW).map(|row| filled(row)).collect();
    fills.sort_unstable();
    let usual = fills.get(fills.len() / 2).copied().unwrap_or(0);
    let full = |index: &usize| filled(&kinds[*index]) * 5 >= usual * 4 && scores[*index] >= 0;
    let index = (0..rows.len().min(DEEPEST)).find(full)?;
    let has_figures = kinds[index].iter().any(|kind| matches!(kind, Kind::Figure | Kind::Day));
    let years_only = rows[index].1.iter().filter(|cell| is_figure(cell)).all(is_year);
    (!has_figures || years_only).then_some(index)
}

fn has_equal_names(cells: &[Cell]) -> bool {
    let mut names: Vec<String> =
        cells.iter().filter(|cell| !cell.is_empty()).map(|cell| cell.text().trim().to_lowercase()).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    names.len() < all
}
