//! What a proposal rests on, and what only the user can answer.

/// Something found in the file, with its proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub about: About,
    /// One sentence.
    pub says: String,
}

/// Something the user is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What it is about.
    pub about: About,
    /// One sentence.
    pub asks: String,
    /// Answers to choose from.
    pub options: Vec<String>,
    /// The file does not settle it: nothing may be written before it is answered. Otherwise the
    /// proposal stands unless the user changes it.
    pub must_answer: bool,
}

/// What a finding or a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// Bytes to letters.
    Encoding,
    /// Between cells.
    Delimiter,
    /// Around cells.
    Quote,
    /// Which sheet.
    Sheet,
    /// Which line names the columns.
    Header,
    /// Names and number of columns.
    Columns,
    /// Before the fraction, between thousands.
    NumberMarks,
    /// Minus signs.
    Negatives,
    /// Order of dates, years.
    Dates,
    /// The one period of all rows.
    Period,
    /// Words for no value.
    NullWords,
    /// Rows that are no data.
    Rows,
}

/// Findings and questions as they are gathered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// In the order of reading.
    pub findings: Vec<Finding>,
    /// In the order of reading.
    pub questions: Vec<Question>,
}

impl Evidence {
    pub(crate) fn found(&mut self, about: About, says: impl Into<String>) {
        self.findings.push(Finding { about, says: says.into() });
    }

    pub(crate) fn ask(&mut self, about: About, asks: impl Into<String>, options: &[&str], must_answer: bool) {
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        self.questions.push(Question { about, asks: asks.into(), options, must_answer });
    }

    /// Whether the file leaves a question open that must be answered.
    pub fn must_ask(&self) -> bool {
        self.questions.iter().any(|question| question.must_answer)
    }
}

/// `1 row`, `21 rows`.
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// Lines as people write them: `3, 7–9, 12`; after eight parts the rest is counted.
pub fn line_ranges(lines: &[u64]) -> String {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for line in lines {
        match ranges.last_mut() {
            Some(last) if last.1 + 1 == *line => last.1 = *line,
            _ => ranges.push((*line, *line)),
        }
    }
    let part = |(first, last): &(u64, u64)| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    };
    let parts: Vec<String> = ranges.iter().take(8).map(part).collect();
    match ranges.len().saturating_sub(8) {
        0 => parts.join(", "),
        more => format!("{} and {more} more places", parts.join(", ")),
    }
}
