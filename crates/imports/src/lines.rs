//! The lines of a file as a stream of typed chunks, read on a thread of their own, so that a large
//! file is never held whole and reading it runs beside the database.

use std::collections::{BTreeMap, HashMap};

use kernel::{Currency, Refused};
use sheets::{Column, Profile, RawRow, Reader, RowClass, Source};
use tokio::sync::mpsc;

use crate::print::{self, Occurrences};
use crate::reading::{Reading, Typed};
use crate::{CHUNK, Known, Target};

/// A line of data.
pub(crate) struct Line {
    /// As it stands in the file.
    pub raw: RawRow,
    /// Its values.
    pub typed: Typed,
    /// Digest of its values; empty where it cannot be taken.
    pub content: String,
    /// The how-many-th equal line it is, from 1.
    pub occurrence: i64,
    /// Digest of what names it.
    pub identity: Option<String>,
    /// Whether no other line of the file has that identity.
    pub lone: bool,
}

/// What is known at the end of the file.
#[derive(Default)]
pub(crate) struct Ending {
    /// Lines that are no data, by why.
    pub left_out: BTreeMap<RowClass, Vec<u64>>,
    /// Lines that look like a total of others, with the figures they give.
    pub totals: Vec<(u64, Typed)>,
    /// Lines above the header.
    pub above: usize,
    /// Lines that equal another one.
    pub equal: i64,
    /// Whether identities could be made.
    pub named: bool,
}

/// What comes down the stream.
pub(crate) enum Message {
    /// First: the columns the header names.
    Columns(Vec<Column>),
    /// Where it was asked: how many lines will come.
    Counted(i64),
    /// At most [`CHUNK`] lines.
    Lines(Vec<Line>),
    /// The file is read.
    End(Ending),
    /// The file cannot be read on.
    Failed(Refused),
}

/// What to read, and how.
#[derive(Clone)]
pub(crate) struct Job {
    pub target: &'static Target,
    pub source: Source,
    pub profile: Profile,
    pub reporting: Currency,
}

impl Job {
    /// Starts reading. Two chunks wait at most; the reader stops when nobody listens any more.
    /// With `counting`, the lines are counted first, so that it can be said how far the reading is.
    pub(crate) fn start(&self, counting: bool) -> mpsc::Receiver<Message> {
        let (to, from) = mpsc::channel(2);
        let job = self.clone();
        tokio::task::spawn_blocking(move || {
            let last = match job.read(&to, counting) {
                Ok(ending) => Message::End(ending),
                Err(refused) => Message::Failed(refused),
            };
            // Nobody listening is no fault: whoever asked has given up.
            drop(to.blocking_send(last));
        });
        from
    }

    fn read(&self, to: &mpsc::Sender<Message>, counting: bool) -> Result<Ending, Refused> {
        let mut reader = Reader::open(&self.source, &self.profile.dialect, &self.profile.formats)?;
        let reading = Reading::new(self.target, self.profile.bind(reader.columns())?, self.reporting)?;
        let named = reading.has_all(self.target.identity());
        let counts = if named { self.identities(&reading)? } else { HashMap::new() };
        if counting && to.blocking_send(Message::Counted(self.count()?)).is_err() {
            return Ok(Ending::default());
        }
        if to.blocking_send(Message::Columns(reader.columns().to_vec())).is_err() {
            return Ok(Ending::default());
        }
        let mut ending = Ending { above: reader.lines_above().len(), named, ..Ending::default() };
        let mut occurrences = Occurrences::default();
        let mut chunk = Vec::with_capacity(CHUNK);
        for raw in &mut reader {
            let raw = raw?;
            if raw.class != RowClass::Data {
                ending.left_out.entry(raw.class).or_default().push(raw.line);
                if raw.class == RowClass::Total {
                    ending.totals.push((raw.line, reading.typed(&raw)));
                }
                continue;
            }
            chunk.push(self.line(raw, &reading, named, &counts, &mut occurrences));
            if chunk.len() == CHUNK && to.blocking_send(Message::Lines(std::mem::take(&mut chunk))).is_err() {
                return Ok(ending);
            }
        }
        if !chunk.is_empty() {
            // A closed door is noticed at the last message.
            drop(to.blocking_send(Message::Lines(chunk)));
        }
        ending.equal = occurrences.equal;
        Ok(ending)
    }

    fn line(
        &self,
        raw: RawRow,
        reading: &Reading,
        named: bool,
        counts: &HashMap<u128, u32>,
        occurrences: &mut Occurrences,
    ) -> Line {
        let typed = reading.typed(&raw);
        let Ok(row) = &typed.row else {
            return Line { raw, typed, content: String::new(), occurrence: 0, identity: None, lone: false };
        };
        let content = print::content(self.target, row);
        let occurrence = occurrences.next(&content);
        let identity = if named { print::identity(self.target, row) } else { None };
        let lone = identity.as_ref().is_some_and(|identity| counts.get(&print::number(identity)) == Some(&1));
        Line { raw, typed, content, occurrence, identity, lone }
    }

    /// How many lines there are to judge.
    fn count(&self) -> Result<i64, Refused> {
        let mut lines = 0;
        for raw in Reader::open(&self.source, &self.profile.dialect, &self.profile.formats)? {
            lines += i64::from(raw?.class == RowClass::Data);
        }
        Ok(lines)
    }

    /// How often each identity occurs: a line is only ever called changed where its name is one.
    fn identities(&self, reading: &Reading) -> Result<HashMap<u128, u32>, Refused> {
        let mut counts = HashMap::new();
        if matches!(self.target.known, Known::Records { .. }) {
            return Ok(counts);
        }
        for raw in Reader::open(&self.source, &self.profile.dialect, &self.profile.formats)? {
            let raw = raw?;
            if raw.class == RowClass::Data
                && let Some(row) = reading.named(&raw)
                && let Some(identity) = print::identity(self.target, &row)
            {
                *counts.entry(print::number(&identity)).or_default() += 1;
            }
        }
        Ok(counts)
    }
}
