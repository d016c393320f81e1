//! A report as the command line says it.

use crate::report::{Reason, Report, grouped};

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
        lines.extend(self.notes.iter().map(|note| format!("  {note}")));
        lines.push(self.last_line());
        lines
    }

    fn first_line(&self) -> String {
        let lines =
            if self.lines == 1 { "1 line".to_owned() } else { format!("{} lines", grouped(self.lines)) };
        let totals: Vec<&str> = self.totals.iter().map(|total| total.says.as_str()).collect();
        let total = if totals.is_empty() { String::new() } else { format!(", total {}", totals.join(" + ")) };
        let formats = &self.formats;
        format!("Read {lines}{total} (decimal \"{}\", dates {})", formats.decimal, formats.dates)
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

impl Reason {
    fn line(&self) -> String {
        let more = if self.lines > 1 { format!(" ({} lines)", grouped(self.lines)) } else { String::new() };
        format!("line {} {}{more}", grouped(self.line), self.says)
    }
}
