//! What a preview says and asks about columns and rows, in sentences.

use crate::ColumnSummary;
use crate::classify::RowClass;
use crate::date::parse_period;
use crate::evidence::{About, Evidence, counted, line_ranges};
use crate::preview::Seen;

impl Seen<'_> {
    pub(crate) fn tell_columns(&self, evidence: &mut Evidence) {
        let names = |wanted: &dyn Fn(&&ColumnSummary) -> bool| {
            let names: Vec<&str> =
                self.columns.iter().filter(wanted).map(|column| column.column.name.as_str()).collect();
            names.join(", ")
        };
        let ignored = names(&|column| column.ignored);
        if !ignored.is_empty() {
            evidence.found(About::Columns, format!("Ignored, without name and empty: {ignored}."));
        }
        let unnamed = names(&|column| !column.column.named && !column.ignored);
        if !unnamed.is_empty() && self.header > 0 {
            evidence.ask(
                About::Columns,
                format!("What is in the columns without a name: {unnamed}?"),
                &[],
                false,
            );
        }
        for (lines, word) in [(&self.longer, "more"), (&self.shorter, "fewer")] {
            if !lines.is_empty() {
                let rows = counted(u64::try_from(lines.len()).unwrap_or(u64::MAX), "row has", "rows have");
                let lines = line_ranges(lines);
                let says = format!("{rows} {word} cells than the header (lines {lines}).");
                evidence.found(About::Columns, says);
            }
        }
        for (column, units) in self.columns.iter().zip(&self.units).filter(|(_, units)| units.len() > 1) {
            let units: Vec<&str> = units.iter().map(String::as_str).collect();
            let says = format!("“{}” holds several currencies: {}.", column.column.name, units.join(", "));
            evidence.found(About::Columns, says);
        }
        for column in self.columns.iter().filter(|column| column.sum.is_some()) {
            if let Some((line, text)) = &column.misfit {
                let name = &column.column.name;
                let says = format!("“{name}” holds figures, but “{text}” in line {line} is none.");
                evidence.found(About::Columns, says);
            }
        }
        if self.unreadable > 0 {
            let cells = counted(self.unreadable, "cell holds", "cells hold");
            let says = format!("{cells} bytes that this encoding cannot read, shown as \u{fffd}.");
            evidence.found(About::Encoding, says);
        }
    }

    /// Without a column of days the period is in the lines above, or nowhere.
    pub(crate) fn ask_period(&self, lines_above: &[(u64, String)], evidence: &mut Evidence) {
        if self.columns.iter().any(|column| column.days > 0 && column.days * 10 >= column.filled * 9) {
            return;
        }
        let named = lines_above.iter().find_map(|(line, text)| {
            let period = parse_period(text, self.formats).ok()?;
            Some((format!(" Line {line} says “{text}”, which is {}.", period.label()), period.to_string()))
        });
        let (says, options) = named.map_or_else(Default::default, |(says, period)| (says, vec![period]));
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        evidence.ask(
            About::Period,
            format!("No column holds dates: which period is it?{says}"),
            &options,
            false,
        );
    }

    pub(crate) fn tell_rows(&self, evidence: &mut Evidence) {
        for (class, lines) in &self.lines {
            let rows = counted(u64::try_from(lines.len()).unwrap_or(u64::MAX), "row", "rows");
            let lines = line_ranges(lines);
            evidence.found(About::Rows, format!("{rows} no data, {}: line {lines}.", class.why()));
        }
        for total in self.no_data.iter().filter(|row| row.class == RowClass::Total) {
            let compared = total.compared.as_ref().map_or_else(String::new, |text| format!("; {text}"));
            let asks =
                format!("Line {} looks like a total: “{}”{compared}. Leave it out?", total.line, total.text);
            evidence.ask(About::Rows, asks, &["leave out", "it is data"], false);
        }
    }
}
