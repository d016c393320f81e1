//! One pass over a file: every line judged, and where asked, written.

use std::collections::HashMap;

use access::Cx;
use kernel::{BatchId, Fault, Refusal, Refused};

use super::error::NO_SUCH_CHOICE;
use super::known::{self, Standing};
use super::rows::{self, Taken};
use crate::lines::{Job, Line, Message};
use crate::report::{CHANGES_SHOWN, ChangedLine, Report};
use crate::tally::{Tally, total_of};
use crate::{Accepted, CHUNK, Change, Exchange, Known, Row, Target, Verdict, WrittenRow};

/// Told how many lines were read so far, after each chunk.
pub type Progress<'p> = &'p mut (dyn FnMut(i64) + Send);

/// What becomes of lines that are there with other values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OnChanged {
    /// They are left as they are.
    #[default]
    Skip,
    /// They are written beside the ones there.
    Add,
    /// They take the place of the ones there.
    Replace,
}

/// What becomes of each group. Lines that are rejected are never written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choices {
    /// New lines are written.
    pub add_new: bool,
    /// Lines already imported are written once more: two real lines that look alike.
    pub add_known: bool,
    /// What becomes of changed lines.
    pub changed: OnChanged,
}

impl Default for Choices {
    fn default() -> Choices {
        Choices { add_new: true, add_known: false, changed: OnChanged::Skip }
    }
}

impl Choices {
    /// Refuses choices the target does not have: a record is there once.
    pub(super) fn fit(&self, target: &Target) -> Result<(), Refusal> {
        let records = matches!(target.known, Known::Records { .. });
        if records && self.add_known {
            return Err(NO_SUCH_CHOICE.with(&[target.label, "already there"]));
        }
        if records && self.changed == OnChanged::Add {
            return Err(NO_SUCH_CHOICE.with(&[target.label, "changed"]));
        }
        Ok(())
    }

    fn takes(&self, verdict: &Verdict) -> bool {
        match verdict {
            Verdict::New => self.add_new,
            Verdict::Known => self.add_known,
            Verdict::Changed(_) => self.changed != OnChanged::Skip,
            Verdict::Rejected(_) => false,
        }
    }
}

/// Where a pass writes.
pub(super) struct Writing<'w> {
    pub exchange: &'w Exchange,
    pub number: i64,
    pub choices: Choices,
    pub mends: Option<BatchId>,
}

/// What came of a pass.
pub(super) struct Passed {
    pub report: Report,
    /// Digest over the contents written, where it wrote.
    pub digest: Option<String>,
}

/// A line with what is thought of it.
struct Judged {
    line: Line,
    verdict: Verdict,
    there: Option<Standing>,
}

struct Pass<'p> {
    job: &'p Job,
    writing: Option<Writing<'p>>,
    tally: Tally,
    columns: Vec<String>,
    /// Under [`Known::Records`]: identity → the line that named it first.
    first_named: HashMap<String, i64>,
    /// Changed lines to be described, with the written lines they differ from.
    differ: Vec<(Row, Standing)>,
    digest: rows::Contents,
}

/// Reads the whole file and judges every line; with `writing` also writes what is chosen.
pub(super) async fn pass(
    cx: &mut Cx,
    job: &Job,
    writing: Option<Writing<'_>>,
    progress: Progress<'_>,
) -> Result<Passed, Refused> {
    let mut pass = Pass {
        job,
        writing,
        tally: Tally::new(job.target),
        columns: Vec::new(),
        first_named: HashMap::new(),
        differ: Vec::new(),
        digest: rows::Contents::default(),
    };
    let mut stream = job.start();
    loop {
        match stream.recv().await {
            Some(Message::Columns(columns)) => {
                pass.columns = columns.into_iter().map(|column| column.name).collect();
            }
            Some(Message::Lines(lines)) => {
                pass.chunk(cx, lines).await?;
                progress(pass.tally.lines());
            }
            Some(Message::End(ending)) => {
                pass.describe(cx).await?;
                let digest = pass.writing.is_some().then(|| pass.digest.finish());
                return Ok(Passed { report: pass.tally.report(pass.columns, &ending)?, digest });
            }
            Some(Message::Failed(refused)) => return Err(refused),
            None => return Err(Fault::because("the file was not read to its end").into()),
        }
    }
}

impl Pass<'_> {
    async fn chunk(&mut self, cx: &mut Cx, lines: Vec<Line>) -> Result<(), Refused> {
        let judged = match self.job.target.known {
            Known::Batches { .. } => self.judge_by_batches(cx, lines).await?,
            Known::Records { .. } => self.judge_by_records(cx, lines).await?,
        };
        let choices = self.writing.as_ref().map(|writing| writing.choices);
        for judged in &judged {
            let taken = choices.is_some_and(|choices| choices.takes(&judged.verdict));
            self.tally.add(&judged.line, &judged.verdict, taken);
            self.remember_change(judged);
        }
        if self.writing.is_some() { self.write(cx, judged).await } else { Ok(()) }
    }

    /// Equal to a line that stands: known. Its one name stands once with other values: changed.
    async fn judge_by_batches(&mut self, cx: &mut Cx, lines: Vec<Line>) -> Result<Vec<Judged>, Refused> {
        let kind = self.job.target.kind;
        let contents = lines.iter().filter(|line| line.typed.row.is_ok()).map(|line| line.content.as_str());
        let standing = known::contents(&mut cx.tx, kind, contents).await?;
        let is_known = |line: &Line| standing.contains(&(line.content.clone(), line.occurrence));
        let unknown: Vec<Row> = lines
            .iter()
            .filter(|line| !is_known(line))
            .filter_map(|line| line.typed.row.clone().ok())
            .collect();
        let mut verdicts = ask(cx, self.job.target, &unknown).await?.into_iter();
        let lone = lines.iter().filter(|line| line.lone && !is_known(line));
        let names = lone.filter_map(|line| line.identity.as_deref());
        let mut there = known::identities(&mut cx.tx, kind, names).await?;
        let judge = |line: Line| {
            let verdict = match &line.typed.row {
                Err(wrong) => Verdict::Rejected(wrong.clone()),
                Ok(_) if is_known(&line) => Verdict::Known,
                Ok(_) => verdicts.next().unwrap_or(Verdict::New),
            };
            let named = line.identity.as_ref().filter(|_| line.lone && verdict == Verdict::New);
            let there = named.and_then(|identity| there.remove(identity));
            let verdict = if there.is_some() { Verdict::Changed(Vec::new()) } else { verdict };
            Judged { line, verdict, there }
        };
        Ok(lines.into_iter().map(judge).collect())
    }

    /// The target's records say; a second line for one record is rejected here.
    async fn judge_by_records(&mut self, cx: &mut Cx, lines: Vec<Line>) -> Result<Vec<Judged>, Refused> {
        let rows: Vec<Row> = lines.iter().filter_map(|line| line.typed.row.clone().ok()).collect();
        let mut verdicts = ask(cx, self.job.target, &rows).await?.into_iter();
        let mut judged = Vec::with_capacity(lines.len());
        for line in lines {
            let verdict = match &line.typed.row {
                Err(wrong) => Verdict::Rejected(wrong.clone()),
                Ok(row) => {
                    let verdict = verdicts.next().unwrap_or(Verdict::New);
                    self.named_before(&line, row.line).map_or(verdict, Verdict::Rejected)
                }
            };
            judged.push(Judged { line, verdict, there: None });
        }
        Ok(judged)
    }

    fn named_before(&mut self, line: &Line, at: i64) -> Option<String> {
        let identity = line.identity.as_ref()?;
        match self.first_named.get(identity) {
            Some(first) => Some(format!("line {first} is the same record")),
            None => {
                self.first_named.insert(identity.clone(), at);
                None
            }
        }
    }

    fn remember_change(&mut self, judged: &Judged) {
        let (Verdict::Changed(changes), Ok(row)) = (&judged.verdict, &judged.line.typed.row) else { return };
        if self.differ.len() + self.tally.changes.len() >= CHANGES_SHOWN {
            return;
        }
        match &judged.there {
            Some(there) => self.differ.push((row.clone(), there.clone())),
            None => {
                self.tally.changes.push(ChangedLine { line: row.line, batch: None, changes: changes.clone() })
            }
        }
    }

    /// Old → new of changed lines: the old ones are read again from the files they came in.
    async fn describe(&mut self, cx: &mut Cx) -> Result<(), Refused> {
        let wanted: Vec<WrittenRow> = self.differ.iter().map(|(_, there)| there.row.clone()).collect();
        let before = rows::values(cx, self.job.target, &wanted).await?;
        for (row, there) in self.differ.drain(..) {
            let old = before.get(&(there.row.batch, there.row.line));
            let changes = old.map(|old| changes(self.job.target, old, &row)).unwrap_or_default();
            self.tally.changes.push(ChangedLine { line: row.line, batch: Some(there.label), changes });
        }
        self.tally.changes.sort_by_key(|changed| changed.line);
        Ok(())
    }

    async fn write(&mut self, cx: &mut Cx, judged: Vec<Judged>) -> Result<(), Refused> {
        let Some(writing) = &self.writing else { return Ok(()) };
        let (mut accepted, mut taken, mut rejected) = (Vec::new(), Vec::new(), Vec::new());
        let mended = self.columns.iter().position(|name| name == super::reject_file::LINE);
        for Judged { line, verdict, there } in judged {
            if let Verdict::Rejected(reason) = verdict {
                let total = total_of(self.job.target, &line.typed);
                rejected.push(rows::Rejected { line, reason, total });
                continue;
            }
            if !writing.choices.takes(&verdict) {
                continue;
            }
            let Ok(row) = line.typed.row else { continue };
            let replaces = there.filter(|_| writing.choices.changed == OnChanged::Replace);
            let changes = matches!(verdict, Verdict::Changed(_))
                && matches!(self.job.target.known, Known::Records { .. });
            self.digest.add(&line.content);
            taken.push(Taken {
                line: row.line,
                content: line.content,
                occurrence: line.occurrence,
                identity: line.identity,
                changes,
                replaces: replaces.clone(),
                mends: mended.and_then(|place| line.raw.cell(place).text().trim().parse().ok()),
            });
            accepted.push(Accepted { row, changes, replaces: replaces.map(|there| there.row) });
        }
        let mut records = Vec::new();
        if !accepted.is_empty() {
            records = (self.job.target.write)(cx, writing.exchange, &accepted).await?;
        }
        rows::store(cx, writing, taken, records).await?;
        rows::store_rejected(cx, writing.number, rejected).await
    }
}

/// What the target thinks of rows; one verdict each, or it is a fault of the target.
async fn ask(cx: &mut Cx, target: &Target, rows: &[Row]) -> Result<Vec<Verdict>, Refused> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    debug_assert!(rows.len() <= CHUNK, "a chunk is asked about at a time");
    let verdicts = (target.check)(cx, rows).await?;
    if verdicts.len() != rows.len() {
        let says = format!("{} gave {} verdicts for {} rows", target.kind, verdicts.len(), rows.len());
        return Err(Fault::because(says).into());
    }
    Ok(verdicts)
}

fn changes(target: &Target, old: &Row, new: &Row) -> Vec<Change> {
    let keys = target.fields.iter().map(|field| field.key);
    let differ = keys.filter(|key| old.cell(key) != new.cell(key));
    let change =
        |key: &str| Change { field: key.to_owned(), old: old.cell(key).plain(), new: new.cell(key).plain() };
    differ.map(change).collect()
}
