//! What is thought of each line: new, already imported, changed, or rejected and why.

use std::collections::HashMap;

use access::Cx;
use kernel::{Fault, Refused};

use super::repo::{self, Standing};
use crate::lines::Line;
use crate::{CHUNK, Known, Row, Target, Verdict};

/// A line with what is thought of it.
pub(super) struct Judged {
    pub line: Line,
    pub verdict: Verdict,
    /// Where it is changed: the line that stands under its name.
    pub there: Option<Standing>,
}

/// Judges the lines of one file, chunk after chunk.
pub(super) struct Judge {
    target: &'static Target,
    /// Under [`Known::Records`]: identity → the line that named it first.
    first_named: HashMap<String, i64>,
}

impl Judge {
    pub(super) fn new(target: &'static Target) -> Judge {
        Judge { target, first_named: HashMap::new() }
    }

    /// Each line with its verdict, in their order.
    pub(super) async fn judge(&mut self, cx: &mut Cx, lines: Vec<Line>) -> Result<Vec<Judged>, Refused> {
        match self.target.known {
            Known::Batches { .. } => self.by_batches(cx, lines).await,
            Known::Records { .. } => self.by_records(cx, lines).await,
        }
    }

    /// Equal to a line that stands: known. Its one name stands once with other values: changed.
    async fn by_batches(&mut self, cx: &mut Cx, lines: Vec<Line>) -> Result<Vec<Judged>, Refused> {
        let kind = self.target.kind;
        let contents = lines.iter().filter(|line| line.typed.row.is_ok()).map(|line| line.content.as_str());
        let standing = repo::standing(&mut cx.tx, kind, contents).await?;
        let is_known = |line: &Line| standing.contains(&(line.content.clone(), line.occurrence));
        let unknown: Vec<Row> = lines
            .iter()
            .filter(|line| !is_known(line))
            .filter_map(|line| line.typed.row.clone().ok())
            .collect();
        let mut verdicts = ask(cx, self.target, &unknown).await?.into_iter();
        let lone = lines.iter().filter(|line| line.lone && !is_known(line));
        let names = lone.filter_map(|line| line.identity.as_deref());
        let mut there = repo::standing_named(&mut cx.tx, kind, names).await?;
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
    async fn by_records(&mut self, cx: &mut Cx, lines: Vec<Line>) -> Result<Vec<Judged>, Refused> {
        let rows: Vec<Row> = lines.iter().filter_map(|line| line.typed.row.clone().ok()).collect();
        let mut verdicts = ask(cx, self.target, &rows).await?.into_iter();
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
