//! What a pass over a file tells beside its counts: sums, lines left out, equal lines, the file's own total.

use kernel::Fault;

use crate::Known;
use crate::lines::Ending;
use crate::reading::lower;
use crate::report::{Reason, Sum, Totals, grouped, told};
use crate::tally::{Tally, total_of};

impl Tally {
    /// Sums of the columns of figures.
    pub(crate) fn sums(&self) -> Result<Vec<Sum>, Fault> {
        let label = |key| self.target.field(key).map_or(key, |field| field.label);
        let sum = |(key, totals): &(&'static str, Totals)| summed(key, label(key), totals);
        Ok(self.sums.iter().map(sum).collect::<Result<Vec<_>, Fault>>()?.concat())
    }

    /// The total by the values of the field that splits it; one value is no split.
    pub(crate) fn parts(&self) -> Result<Vec<Sum>, Fault> {
        let Some(key) = self.target.hints.split.filter(|_| self.parts.len() > 1) else {
            return Ok(Vec::new());
        };
        let part = |(part, totals): &(String, Totals)| summed(key, part, totals);
        Ok(self.parts.iter().map(part).collect::<Result<Vec<_>, Fault>>()?.concat())
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

    /// What a careful person wants to know of the pass.
    pub(crate) fn notes(&self, ending: &Ending) -> Result<Vec<String>, Fault> {
        let mut notes: Vec<String> =
            self.noted.iter().map(|noted| format!("{}: {}", at(noted), noted.says)).collect();
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

/// `line 8`, `3 lines from line 8 on`.
fn at(noted: &Reason) -> String {
    match noted.lines {
        1 => format!("line {}", grouped(noted.line)),
        lines => format!("{} lines from line {} on", grouped(lines), grouped(noted.line)),
    }
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 {
        format!("1 {word}")
    } else {
        format!("{} {word}s", grouped(i64::try_from(count).unwrap_or(i64::MAX)))
    }
}

fn summed(field: &str, label: &str, totals: &Totals) -> Result<Vec<Sum>, Fault> {
    let sum = |total| Sum { field: field.to_owned(), label: label.to_owned(), total };
    Ok(told(totals)?.into_iter().map(sum).collect())
}
