//! How figures and dates are written, from all rows: each proposal with its proof, each doubt as a
//! question.

use crate::Cell;
use crate::dates_seen::DatesSeen;
use crate::evidence::{About, Evidence, counted};
use crate::formats::{DecimalMark, Formats, ThousandsMark};
use crate::shape::{Marks, Minus, date_shape, figure_shape};

/// A count with its first example.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) count: u64,
    first: Option<(u64, String)>,
}

impl Tally {
    pub(crate) fn add(&mut self, line: u64, text: &str) {
        self.count += 1;
        if self.first.is_none() {
            self.first = Some((line, text.trim().to_owned()));
        }
    }

    pub(crate) fn merge(&mut self, other: Tally) {
        self.count += other.count;
        self.first = self.first.take().or(other.first);
    }

    /// `“6,552.14” in line 7`.
    pub(crate) fn example(&self) -> String {
        self.first.as_ref().map_or_else(String::new, |(line, text)| format!("“{text}” in line {line}"))
    }

    fn line(&self) -> u64 {
        self.first.as_ref().map_or(0, |(line, _)| *line)
    }

    pub(crate) fn text(&self) -> &str {
        self.first.as_ref().map_or("", |(_, text)| text)
    }
}

#[derive(Clone, Debug, Default)]
struct FiguresSeen {
    point: Tally,
    comma: Tally,
    either_point: Tally,
    either_comma: Tally,
    groups: [Tally; 4],
    brackets: Tally,
    trailing: Tally,
    leading: Tally,
}

const GROUPS: [ThousandsMark; 4] =
    [ThousandsMark::Point, ThousandsMark::Comma, ThousandsMark::Blank, ThousandsMark::Apostrophe];

#[derive(Clone, Debug, Default)]
struct ColumnSeen {
    filled: u64,
    figures: u64,
    days: u64,
    marks: FiguresSeen,
    dates: DatesSeen,
}

/// Gathers what every column shows, row by row, in bounded memory.
#[derive(Default)]
pub(crate) struct FormatsSeen {
    columns: Vec<ColumnSeen>,
    null_words: std::collections::BTreeMap<String, Tally>,
}

impl FormatsSeen {
    pub(crate) fn look_at(&mut self, line: u64, cells: &[Cell], formats: &Formats) {
        if self.columns.len() < cells.len() {
            self.columns.resize_with(cells.len(), ColumnSeen::default);
        }
        for (seen, cell) in self.columns.iter_mut().zip(cells) {
            let Cell::Text(text) = cell else { continue };
            if formats.is_null(text) {
                self.null_words.entry(text.trim().to_uppercase()).or_default().add(line, text);
                continue;
            }
            seen.look_at(line, text);
        }
    }

    /// The formats proposed, starting from `formats`.
    pub(crate) fn propose(self, mut formats: Formats, evidence: &mut Evidence) -> Formats {
        let mut figures = FiguresSeen::default();
        let mut dates = DatesSeen::default();
        for column in self.columns {
            // Four of five cells make a column one of figures or of days.
            if column.days * 5 >= column.filled * 4 {
                dates.merge(column.dates);
            } else if column.figures * 5 >= column.filled * 4 {
                figures.merge(column.marks);
            }
        }
        figures.propose_marks(&mut formats, evidence);
        figures.propose_negatives(&mut formats, evidence);
        dates.propose(&mut formats, evidence);
        for (word, tally) in self.null_words {
            let cells = counted(tally.count, "cell holds", "cells hold");
            let line = tally.line();
            let says = format!("{cells} “{word}” (first in line {line}): no value, not zero.");
            evidence.found(About::NullWords, says);
        }
        formats
    }
}

impl ColumnSeen {
    fn look_at(&mut self, line: u64, text: &str) {
        self.filled += 1;
        if let Some(day) = date_shape(text) {
            self.days += 1;
            self.dates.add(line, text, day);
        }
        let Some(shape) = figure_shape(text) else { return };
        self.figures += 1;
        let marks = &mut self.marks;
        match shape.minus {
            Minus::None => {}
            Minus::Leading => marks.leading.add(line, text),
            Minus::Trailing => marks.trailing.add(line, text),
            Minus::Brackets => marks.brackets.add(line, text),
        }
        let mut group = |mark: char| {
            if let Some(place) = GROUPS.iter().position(|known| known.is(mark)) {
                marks.groups[place].add(line, text);
            }
        };
        match shape.marks {
            Marks::None => {}
            Marks::Grouping(mark) => group(mark),
            Marks::Decimal(mark, thousands) => {
                thousands.into_iter().for_each(&mut group);
                if mark == '.' { marks.point.add(line, text) } else { marks.comma.add(line, text) }
            }
            Marks::Either('.') => marks.either_point.add(line, text),
            Marks::Either(_) => marks.either_comma.add(line, text),
        }
    }
}

impl FiguresSeen {
    fn merge(&mut self, other: FiguresSeen) {
        self.point.merge(other.point);
        self.comma.merge(other.comma);
        self.either_point.merge(other.either_point);
        self.either_comma.merge(other.either_comma);
        self.brackets.merge(other.brackets);
        self.trailing.merge(other.trailing);
        self.leading.merge(other.leading);
        for (own, other) in self.groups.iter_mut().zip(other.groups) {
            own.merge(other);
        }
    }

    fn propose_marks(&self, formats: &mut Formats, evidence: &mut Evidence) {
        let [group_point, group_comma, ..] = &self.groups;
        let point = self.point.count + group_comma.count;
        let comma = self.comma.count + group_point.count;
        let proof = |decimal: &Tally, group: &Tally| {
            if decimal.count > 0 { decimal.example() } else { group.example() }
        };
        let doubtful = self.either_point.count + self.either_comma.count;
        let options = ["1,234.56", "1.234,56", "1 234,56", "1'234.56"];
        if point > 0 && comma > 0 {
            let asks = format!(
                "Figures are written in two ways: {} and {}. How are they written?",
                proof(&self.point, group_comma),
                proof(&self.comma, group_point)
            );
            evidence.ask(About::NumberMarks, asks, &options, true);
        } else if point == 0 && comma == 0 && doubtful > 0 {
            let example = if self.either_point.count > 0 { &self.either_point } else { &self.either_comma };
            let asks = format!(
                "{} could be read either way: is {} a thousand or a fraction?",
                counted(doubtful, "figure", "figures"),
                example.example()
            );
            evidence.ask(About::NumberMarks, asks, &options, true);
        }
        formats.decimal_mark = if comma > point { DecimalMark::Comma } else { DecimalMark::Point };
        if point + comma > 0 {
            let (count, proof) = match formats.decimal_mark {
                DecimalMark::Point => (point, proof(&self.point, group_comma)),
                DecimalMark::Comma => (comma, proof(&self.comma, group_point)),
            };
            let word = formats.decimal_mark.word();
            let figures = counted(count, "figure proves", "figures prove");
            evidence.found(
                About::NumberMarks,
                format!("Before the fraction stands {word}: {figures} it, {proof}."),
            );
        } else if doubtful == 0 {
            evidence.found(About::NumberMarks, "No figure has a mark: whole numbers only.");
        }
        self.propose_thousands(formats, evidence);
    }

    fn propose_thousands(&self, formats: &mut Formats, evidence: &mut Evidence) {
        let proven = |mark: &ThousandsMark, tally: &Tally| {
            let is_decimal = mark.is(formats.decimal_mark.char());
            (tally.count > 0 && !is_decimal).then(|| (*mark, tally.example()))
        };
        let mut found = GROUPS.iter().zip(&self.groups).filter_map(|(mark, tally)| proven(mark, tally));
        // With the other mark proven to stand before the fraction, “1,000” can only be a thousand.
        let (other, mark) = match formats.decimal_mark {
            DecimalMark::Point => (&self.either_comma, ThousandsMark::Comma),
            DecimalMark::Comma => (&self.either_point, ThousandsMark::Point),
        };
        let inferred =
            (other.count > 0 && self.point.count + self.comma.count > 0).then(|| (mark, other.example()));
        let first = found.next();
        if let (Some((a, one)), Some((b, two))) = (&first, found.next()) {
            let asks = format!("Thousands are marked with {} ({one}) and {} ({two}).", a.word(), b.word());
            evidence.ask(About::NumberMarks, asks, &[a.word(), b.word()], true);
        }
        formats.thousands_mark = ThousandsMark::None;
        if let Some((mark, example)) = first.or(inferred) {
            formats.thousands_mark = mark;
            evidence
                .found(About::NumberMarks, format!("Thousands are marked with {}: {example}.", mark.word()));
        }
    }

    fn propose_negatives(&self, formats: &mut Formats, evidence: &mut Evidence) {
        formats.brackets_negative = self.brackets.count > 0;
        formats.trailing_minus = self.trailing.count > 0;
        for (tally, how) in [
            (&self.brackets, "in brackets"),
            (&self.trailing, "with a minus behind"),
            (&self.leading, "with a minus in front"),
        ] {
            if tally.count > 0 {
                let figures = counted(tally.count, "negative figure is", "negative figures are");
                evidence.found(About::Negatives, format!("{figures} written {how}: {}.", tally.example()));
            }
        }
    }
}
