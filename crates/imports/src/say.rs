//! A report as the command line says it.

use crate::report::{Asked, Reason, Report, grouped};

/// `1 rejected line`, `8,412 rejected lines`.
pub(crate) fn counted(count: i64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

impl Report {
    /// The lines the command line prints, without the file names it adds.
    pub fn says(&self) -> Vec<String> {
        let mut lines = vec![self.first_line()];
        let groups = [
            (&self.new, "new"),
            (&self.known, "already imported"),
            (&self.changed, "changed"),
            (&self.rejected, "rejected"),
        ];
        let groups: Vec<String> =
            groups.iter().map(|(group, word)| format!("{} {word}", grouped(group.lines))).collect();
        lines.push(format!("  {}", groups.join("   ")));
        if !self.reasons.is_empty() {
            let shown: Vec<String> = self.reasons.iter().take(8).map(Reason::line).collect();
            let more = self.reasons.len().saturating_sub(8);
            let more = if more > 0 { format!(" · and {more} more reasons") } else { String::new() };
            lines.push(format!("  rejected: {}{more}", shown.join(" · ")));
        }
        for sums in [&self.parts, &self.sums].into_iter().filter(|sums| !sums.is_empty()) {
            let sums: Vec<String> =
                sums.iter().map(|sum| format!("{} {}", sum.label, sum.total.says)).collect();
            lines.push(format!("  sums: {}", sums.join(" · ")));
        }
        lines.extend(self.notes.iter().map(|note| format!("  {note}")));
        if !self.written {
            lines.extend(self.findings.iter().map(|found| format!("  found: {found}")));
        }
        lines.extend(self.questions.iter().map(Asked::line));
        lines.push(self.last_line());
        lines
    }

    fn first_line(&self) -> String {
        let lines =
            if self.lines == 1 { "1 line".to_owned() } else { format!("{} lines", grouped(self.lines)) };
        let totals: Vec<&str> = self.totals.iter().map(|total| total.says.as_str()).collect();
        let total = if totals.is_empty() { String::new() } else { format!(", total {}", totals.join(" + ")) };
        let formats = &self.formats;
        let sheet = formats.sheet.as_ref().map_or(String::new(), |sheet| format!(" of sheet “{sheet}”"));
        let by = formats
            .profile
            .as_ref()
            .map_or(String::new(), |profile| format!(", as profile “{profile}” says"));
        format!("Read {lines}{sheet}{total} (decimal \"{}\", dates {}{by})", formats.decimal, formats.dates)
    }

    fn last_line(&self) -> String {
        if !self.written {
            return "Nothing written.".to_owned();
        }
        let totals: Vec<&str> = self.taken.totals.iter().map(|total| total.says.as_str()).collect();
        let total = if totals.is_empty() { String::new() } else { format!(", {}", totals.join(" + ")) };
        let batch = self.batch.as_deref().unwrap_or("no batch");
        let lines = if self.taken.lines == 1 {
            "1 line".to_owned()
        } else {
            format!("{} lines", grouped(self.taken.lines))
        };
        format!("Written {lines}{total} as {batch}.")
    }
}

impl Asked {
    /// `  to be answered: Which sheet? (sheet: Budget 2025 or Budget 2026)`.
    fn line(&self) -> String {
        let word = if self.must_answer { "to be answered" } else { "asked" };
        let options = match self.options.as_slice() {
            [] => String::new(),
            options => format!(": {}", options.join(" or ")),
        };
        format!("  {word}: {} ({}{options})", self.asks, self.setting.replace('_', "-"))
    }
}

impl Reason {
    fn line(&self) -> String {
        let more = if self.lines > 1 { format!(" ({} lines)", grouped(self.lines)) } else { String::new() };
        format!("line {} {}{more}", grouped(self.line), self.says)
    }
}
