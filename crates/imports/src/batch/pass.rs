//! One pass over a file: every line judged, and where asked, written.

use access::Cx;
use kernel::{BatchId, Fault, Refused};
use sha2::{Digest, Sha256};

use super::choices::{Choices, OnChanged};
use super::judge::{Judge, Judged};
use super::repo::{self, Rejected, Standing, Taken};
use super::values;
use crate::lines::{Job, Line, Message};
use crate::report::{CHANGES_SHOWN, ChangedLine, Report};
use crate::tally::{Tally, total_of};
use crate::{Accepted, Change, Exchange, Known, Row, Target, Verdict, WrittenRow};

/// Told how many lines were read so far, after each chunk.
pub type Progress<'p> = &'p mut (dyn FnMut(i64) + Send);

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

struct Pass<'p> {
    job: &'p Job,
    writing: Option<Writing<'p>>,
    tally: Tally,
    columns: Vec<String>,
    judge: Judge,
    /// Changed lines to be described, with the written lines they differ from.
    differ: Vec<(Row, Standing)>,
    digest: Sha256,
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
        judge: Judge::new(job.target),
        differ: Vec::new(),
        digest: Sha256::new(),
    };
    let mut stream = job.start(cx.headway.watched());
    loop {
        match stream.recv().await {
            Some(Message::Counted(lines)) => cx.headway.counts(lines),
            Some(Message::Columns(columns)) => {
                pass.columns = columns.into_iter().map(|column| column.name).collect();
            }
            Some(Message::Lines(lines)) => {
                pass.chunk(cx, lines).await?;
                progress(pass.tally.lines());
                cx.headway.at(pass.tally.lines());
            }
            Some(Message::End(ending)) => {
                pass.describe(cx).await?;
                let digest = pass.writing.is_some().then(|| hex(pass.digest));
                return Ok(Passed { report: pass.tally.report(pass.columns, &ending)?, digest });
            }
            Some(Message::Failed(refused)) => return Err(refused),
            None => return Err(Fault::because("the file was not read to its end").into()),
        }
    }
}

impl Pass<'_> {
    async fn chunk(&mut self, cx: &mut Cx, lines: Vec<Line>) -> Result<(), Refused> {
        let judged = self.judge.judge(cx, lines).await?;
        let choices = self.writing.as_ref().map(|writing| writing.choices);
        for judged in &judged {
            let taken = choices.is_some_and(|choices| choices.takes(&judged.verdict));
            self.tally.add(&judged.line, &judged.verdict, taken);
            self.remember_change(judged);
        }
        if self.writing.is_some() { self.write(cx, judged).await } else { Ok(()) }
    }

    fn remember_change(&mut self, judged: &Judged) {
        let (Verdict::Changed(changes), Ok(row)) = (&judged.verdict, &judged.line.typed.row) else { return };
        if self.differ.len() + self.tally.changes.len() >= CHANGES_SHOWN {
            return;
        }
        match &judged.there {
            Some(there) if changes.is_empty() => self.differ.push((row.clone(), there.clone())),
            there => {
                let batch = there.as_ref().map(|there| there.label.clone());
                self.tally.changes.push(ChangedLine { line: row.line, batch, changes: changes.clone() })
            }
        }
    }

    /// Old → new of changed lines: the old ones are read again from the files they came in.
    async fn describe(&mut self, cx: &mut Cx) -> Result<(), Refused> {
        let wanted: Vec<WrittenRow> = self.differ.iter().map(|(_, there)| there.row.clone()).collect();
        let before = values::of(cx, self.job.target, &wanted).await?;
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
                rejected.push(Rejected { line, reason, total });
                continue;
            }
            if !writing.choices.takes(&verdict) {
                continue;
            }
            let Ok(row) = line.typed.row else { continue };
            let replaces = there.filter(|_| writing.choices.changed == OnChanged::Replace);
            let changes = matches!(verdict, Verdict::Changed(_))
                && matches!(self.job.target.known, Known::Records { .. });
            self.digest.update(line.content.as_bytes());
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
        repo::store_taken(cx, writing, taken, records).await?;
        repo::store_rejected(cx, writing.number, rejected).await
    }
}

fn changes(target: &Target, old: &Row, new: &Row) -> Vec<Change> {
    let keys = target.fields.iter().map(|field| field.key);
    let differ = keys.filter(|key| old.cell(key) != new.cell(key));
    let change =
        |key: &str| Change { field: key.to_owned(), old: old.cell(key).plain(), new: new.cell(key).plain() };
    differ.map(change).collect()
}

fn hex(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
