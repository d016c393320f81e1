//! Counts and sums of one pass over a file, line after line.

use std::collections::HashMap;

use kernel::{Decimal, Fault};

use crate::lines::{Ending, Line};
use crate::reading::{Figure, REPORTING, Typed};
use crate::report::{
    ChangedLine, Group, REJECTS_KEPT, Reason, RejectedLine, Report, SAMPLES, Sample, Totals, told,
};
use crate::{Target, Verdict};

/// Reasons kept apart; a file with more has one reason too many lines share: it is read wrongly.
const REASONS_KEPT: usize = 1_000;
/// Sentences kept about lines that are taken.
const NOTED_KEPT: usize = 20;
/// Parts of the total kept apart.
const PARTS_KEPT: usize = 12;

/// Counts and sums so far.
pub(crate) struct Tally {
    pub(crate) target: &'static Target,
    lines: i64,
    pub(crate) without_total: i64,
    pub(crate) total: Totals,
    pub(crate) sums: Vec<(&'static str, Totals)>,
    new: Counted,
    known: Counted,
    changed: Counted,
    rejected: Counted,
    taken: Counted,
    /// The total by the values of the target's field that splits it, in the order met.
    pub(crate) parts: Vec<(String, Totals)>,
    pub(crate) noted: Vec<Reason>,
    reasons: HashMap<String, Reason>,
    other_reasons: Option<Reason>,
    samples: Vec<Sample>,
    rejects: Vec<RejectedLine>,
    pub(crate) rounded_away: Decimal,
    pub changes: Vec<ChangedLine>,
}

#[derive(Default)]
struct Counted {
    lines: i64,
    totals: Totals,
}

impl Counted {
    fn add(&mut self, total: Option<Figure>) {
        self.lines += 1;
        add(&mut self.totals, total);
    }

    fn group(&self) -> Result<Group, Fault> {
        Ok(Group { lines: self.lines, totals: told(&self.totals)? })
    }
}

fn add(totals: &mut Totals, figure: Option<Figure>) {
    if let Some(figure) = figure {
        *totals.entry(figure.currency).or_default() += i128::from(figure.value);
    }
}

/// A line's part of the file's total: its amount in the organisation's currency where the file has one,
/// else the target's total field, else debit − credit.
pub(crate) fn total_of(target: &Target, typed: &Typed) -> Option<Figure> {
    let of = |key: &str| typed.figures.iter().find(|figure| figure.field == key).copied();
    if let Some(figure) = of(REPORTING).or(of(target.total?)) {
        return Some(figure);
    }
    let (debit, credit) = (of("debit"), of("credit"));
    let credit = credit.map(|figure| Figure { value: -figure.value, ..figure });
    match (debit, credit) {
        (Some(debit), Some(credit)) => {
            debit.value.checked_add(credit.value).map(|value| Figure { value, ..debit })
        }
        (one, other) => one.or(other),
    }
}

impl Tally {
    pub(crate) fn new(target: &'static Target) -> Tally {
        Tally {
            target,
            lines: 0,
            without_total: 0,
            total: Totals::new(),
            sums: Vec::new(),
            new: Counted::default(),
            known: Counted::default(),
            changed: Counted::default(),
            rejected: Counted::default(),
            taken: Counted::default(),
            parts: Vec::new(),
            noted: Vec::new(),
            reasons: HashMap::new(),
            other_reasons: None,
            samples: Vec::new(),
            rejects: Vec::new(),
            rounded_away: Decimal::ZERO,
            changes: Vec::new(),
        }
    }

    /// Lines so far.
    pub(crate) fn lines(&self) -> i64 {
        self.lines
    }

    /// Counts a line with its verdict, and whether it was written.
    pub(crate) fn add(&mut self, line: &Line, verdict: &Verdict, taken: bool) {
        self.lines += 1;
        let total = total_of(self.target, &line.typed);
        self.without_total += i64::from(total.is_none() && self.target.total.is_some());
        add(&mut self.total, total);
        self.split(line, total);
        for figure in line.typed.figures.iter().filter(|figure| Some(figure.field) != self.target.total) {
            match self.sums.iter_mut().find(|(field, _)| *field == figure.field) {
                Some((_, totals)) => add(totals, Some(*figure)),
                None => self
                    .sums
                    .push((figure.field, Totals::from([(figure.currency, i128::from(figure.value))]))),
            }
        }
        self.rounded_away += line.typed.rounded_away;
        if self.samples.len() < SAMPLES {
            self.samples.push(sample(line));
        }
        match verdict {
            Verdict::New => self.new.add(total),
            Verdict::Noted(says) => {
                self.new.add(total);
                self.note(line, says);
            }
            Verdict::Known => self.known.add(total),
            Verdict::Changed(_) | Verdict::Stands(..) => self.changed.add(total),
            Verdict::Rejected(reason) => {
                self.rejected.add(total);
                self.reject(line, reason);
            }
        }
        if taken {
            self.taken.add(total);
        }
    }

    /// Adds the line to its part of the total.
    fn split(&mut self, line: &Line, total: Option<Figure>) {
        let Some(key) = self.target.hints.split else { return };
        let Some(part) = line.typed.row.as_ref().ok().and_then(|row| row.text(key)) else { return };
        let room = self.parts.len() < PARTS_KEPT;
        match self.parts.iter_mut().find(|(known, _)| known == part) {
            Some((_, totals)) => add(totals, total),
            None if room => {
                let mut totals = Totals::new();
                add(&mut totals, total);
                self.parts.push((part.to_owned(), totals));
            }
            None => {}
        }
    }

    /// Remembers what should be known of a line that is taken.
    fn note(&mut self, line: &Line, says: &str) {
        let room = self.noted.len() < NOTED_KEPT;
        match self.noted.iter_mut().find(|noted| noted.says == says) {
            Some(noted) => noted.lines += 1,
            None if room => {
                let at = i64::try_from(line.raw.line).unwrap_or(i64::MAX);
                self.noted.push(Reason { line: at, lines: 1, says: says.to_owned() });
            }
            None => {}
        }
    }

    fn reject(&mut self, line: &Line, says: &str) {
        let at = i64::try_from(line.raw.line).unwrap_or(i64::MAX);
        let new = || Reason { line: at, lines: 0, says: says.to_owned() };
        let full = self.reasons.len() >= REASONS_KEPT && !self.reasons.contains_key(says);
        let reason = if full {
            self.other_reasons.get_or_insert(Reason { line: at, lines: 0, says: "other reasons".to_owned() })
        } else {
            self.reasons.entry(says.to_owned()).or_insert_with(new)
        };
        reason.lines += 1;
        if self.rejects.len() < REJECTS_KEPT {
            self.rejects.push(RejectedLine { line: at, cells: cells(line), reason: says.to_owned() });
        }
    }

    /// The report of the pass; what the caller knows is filled in by the caller.
    pub(crate) fn report(self, columns: Vec<String>, ending: &Ending) -> Result<Report, Fault> {
        let mut reasons: Vec<Reason> =
            self.reasons.values().cloned().chain(self.other_reasons.clone()).collect();
        reasons.sort_by_key(|reason| (std::cmp::Reverse(reason.lines), reason.line));
        Ok(Report {
            schema: "quarterdeck.import-report.v1".into(),
            kind: self.target.kind.into(),
            lines: self.lines,
            totals: told(&self.total)?,
            sums: self.sums()?,
            parts: self.parts()?,
            new: self.new.group()?,
            known: self.known.group()?,
            changed: self.changed.group()?,
            rejected: self.rejected.group()?,
            taken: self.taken.group()?,
            notes: self.notes(ending)?,
            reasons,
            changes: self.changes,
            samples: self.samples,
            rejects: self.rejects,
            columns,
            ..Report::default()
        })
    }
}

/// The cells of a line as they stand in the file.
pub(crate) fn cells(line: &Line) -> Vec<String> {
    line.raw.cells.iter().map(|cell| cell.text().into_owned()).collect()
}

fn sample(line: &Line) -> Sample {
    let (parsed, wrong) = match &line.typed.row {
        Ok(row) => (row.cells.iter().map(|(key, cell)| ((*key).to_owned(), cell.shown())).collect(), None),
        Err(wrong) => (std::collections::BTreeMap::new(), Some(wrong.clone())),
    };
    let at = i64::try_from(line.raw.line).unwrap_or(i64::MAX);
    Sample { line: at, raw: cells(line), parsed, wrong }
}
