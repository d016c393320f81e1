//! Counts and sums of one pass over a file, line after line.

use std::collections::HashMap;

use kernel::{Decimal, Fault};

use crate::lines::{Ending, Line};
use crate::reading::{Figure, REPORTING, Typed, lower};
use crate::report::{
    ChangedLine, Group, REJECTS_KEPT, Reason, RejectedLine, Report, SAMPLES, Sample, Sum, Totals, grouped,
    told,
};
use crate::{Known, Target, Verdict};

/// Reasons kept apart; a file with more has one reason too many lines share: it is read wrongly.
const REASONS_KEPT: usize = 1_000;

/// Counts and sums so far.
pub(crate) struct Tally {
    target: &'static Target,
    lines: i64,
    without_total: i64,
    total: Totals,
    sums: Vec<(&'static str, Totals)>,
    new: Counted,
    known: Counted,
    changed: Counted,
    rejected: Counted,
    taken: Counted,
    reasons: HashMap<String, Reason>,
    other_reasons: Option<Reason>,
    samples: Vec<Sample>,
    rejects: Vec<RejectedLine>,
    rounded_away: Decimal,
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
            Verdict::Known => self.known.add(total),
            Verdict::Changed(_) => self.changed.add(total),
            Verdict::Rejected(reason) => {
                self.rejected.add(total);
                self.reject(line, reason);
            }
        }
        if taken {
            self.taken.add(total);
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
        let mut sums = Vec::new();
        for (field, totals) in &self.sums {
            let label = self.target.field(field).map_or(*field, |field| field.label);
            sums.extend(told(totals)?.into_iter().map(|total| Sum {
                field: (*field).to_owned(),
                label: label.to_owned(),
                total,
            }));
        }
        Ok(Report {
            schema: "quarterdeck.import-report.v1".into(),
            kind: self.target.kind.into(),
            lines: self.lines,
            totals: told(&self.total)?,
            sums,
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

    /// Lines that nothing names are known by what they hold; records know themselves.
    fn unnamed(&self, ending: &Ending) -> Option<String> {
        let keys = self.target.identity();
        if ending.named || keys.is_empty() || matches!(self.target.known, Known::Records { .. }) {
            return None;
        }
        let label = |key: &&str| self.target.field(key).map_or((*key).to_owned(), |field| lower(field.label));
        let labels: Vec<String> = keys.iter().map(label).collect();
        Some(format!(
            "no key ({}): lines are known again by the whole line and its count",
            labels.join(" and ")
        ))
    }

    fn notes(&self, ending: &Ending) -> Result<Vec<String>, Fault> {
        let mut notes = Vec::new();
        if ending.above > 0 {
            notes.push(format!("{} above the header left out", counted(ending.above, "line")));
        }
        for (class, lines) in &ending.left_out {
            let at = sheets::line_ranges(lines);
            notes.push(format!("{} left out, {}: line {at}", counted(lines.len(), "line"), class.why()));
        }
        for (line, typed) in &ending.totals {
            if let Some(figure) = total_of(self.target, typed) {
                let own = told(&Totals::from([(figure.currency, i128::from(figure.value))]))?;
                let same = self.total.get(&figure.currency) == Some(&i128::from(figure.value));
                let verdict = if same { "the same as read" } else { "not the total as read" };
                let own = own.first().map_or("", |total| total.says.as_str());
                notes.push(format!("line {line} gives the total {own}: {verdict}"));
            }
        }
        if ending.equal > 0 {
            notes.push(format!("{} equal lines in this file; each counts", grouped(ending.equal)));
        }
        notes.extend(self.unnamed(ending));
        if self.without_total > 0 {
            let lines = counted(usize::try_from(self.without_total).unwrap_or(usize::MAX), "line");
            notes.push(format!("{lines} without a readable amount: not in the total"));
        }
        if !self.rounded_away.is_zero() {
            notes.push(format!("rounding to whole minor units took away {}", self.rounded_away.normalize()));
        }
        Ok(notes)
    }
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 {
        format!("1 {word}")
    } else {
        format!("{} {word}s", grouped(i64::try_from(count).unwrap_or(i64::MAX)))
    }
}

/// The cells of a line as they stand in the file.
pub(crate) fn cells(line: &Line) -> Vec<String> {
    line.raw.cells.iter().map(|cell| cell.text().into_owned()).collect()
}

fn sample(line: &Line) -> Sample {
    let (parsed, wrong) = match &line.typed.row {
        Ok(row) => (row.cells.iter().map(|(key, cell)| ((*key).to_owned(), cell.plain())).collect(), None),
        Err(wrong) => (std::collections::BTreeMap::new(), Some(wrong.clone())),
    };
    let at = i64::try_from(line.raw.line).unwrap_or(i64::MAX);
    Sample { line: at, raw: cells(line), parsed, wrong }
}
