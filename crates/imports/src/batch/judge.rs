//! What is thought of each line: new, already imported, changed, or rejected and why.

use std::collections::HashMap;

use access::Cx;
use kernel::{Fault, Refused};

use super::repo::{self, Standing};
use crate::lines::Line;
use crate::{CHUNK, FieldKind, Known, Row, Target, Verdict};

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
    /// Identity, under [`Known::Batches`] the id from our own list → the line that named it first.
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

    /// A line with the id of one that stands: what the target says. Equal to a line that stands: known.
    /// Its one name stands once with other values: changed.
    async fn by_batches(&mut self, cx: &mut Cx, lines: Vec<Line>) -> Result<Vec<Judged>, Refused> {
        let kind = self.target.kind;
        let own: Vec<Option<String>> = lines.iter().map(|line| self.own_id(line)).collect();
        let contents = lines.iter().filter(|line| line.typed.row.is_ok()).map(|line| line.content.as_str());
        let standing = repo::standing(&mut cx.tx, kind, contents).await?;
        let is_known = |line: &Line| standing.contains(&(line.content.clone(), line.occurrence));
        let asked = lines.iter().zip(&own).filter(|(line, own)| own.is_some() || !is_known(line));
        let asked: Vec<Row> = asked.filter_map(|(line, _)| line.typed.row.clone().ok()).collect();
        let mut verdicts = ask(cx, self.target, &asked).await?.into_iter();
        let lone = lines.iter().filter(|line| line.lone && !is_known(line));
        let names = lone.filter_map(|line| line.identity.as_deref());
        let mut there = repo::standing_named(&mut cx.tx, kind, names).await?;
        let mut judged = Vec::with_capacity(lines.len());
        for (line, own) in lines.into_iter().zip(own) {
            let known = is_known(&line);
            let verdict = match &line.typed.row {
                Err(wrong) => Verdict::Rejected(wrong.clone()),
                Ok(_) if known && own.is_none() => Verdict::Known,
                Ok(_) => verdicts.next().unwrap_or(Verdict::New),
            };
            judged.push(match own {
                Some(id) => self.by_id(cx, line, verdict, (known, id), &mut there).await?,
                None => by_name(line, verdict, &mut there),
            });
        }
        Ok(judged)
    }

    /// The id the line has in our own list, where it comes from there.
    fn own_id(&self, line: &Line) -> Option<String> {
        let field = self.target.field_of(FieldKind::Id)?;
        line.typed.row.as_ref().ok()?.text(field.key).map(str::to_owned)
    }

    /// A line with an id from our own list. One whose id is not here is judged as any other line.
    async fn by_id(
        &mut self,
        cx: &mut Cx,
        line: Line,
        verdict: Verdict,
        (known, id): (bool, String),
        named: &mut HashMap<String, Standing>,
    ) -> Result<Judged, Refused> {
        let at = i64::try_from(line.raw.line).unwrap_or(i64::MAX);
        let first = *self.first_named.entry(id).or_insert(at);
        let (verdict, there) = match verdict {
            _ if first != at => (Verdict::Rejected(format!("line {first} has the same id")), None),
            Verdict::Stands(_, changes) if changes.is_empty() => (Verdict::Known, None),
            Verdict::Stands(row, changes) => {
                (Verdict::Changed(changes), Some(repo::standing_at(&mut cx.tx, row).await?))
            }
            _ if known => (Verdict::Known, None),
            verdict => return Ok(by_name(line, verdict, named)),
        };
        Ok(Judged { line, verdict, there })
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

/// A good line whose one name stands once with other values is changed.
fn by_name(line: Line, verdict: Verdict, there: &mut HashMap<String, Standing>) -> Judged {
    let good = matches!(verdict, Verdict::New | Verdict::Noted(_));
    let named = line.identity.as_ref().filter(|_| line.lone && good);
    let there = named.and_then(|identity| there.remove(identity));
    let verdict = if there.is_some() { Verdict::Changed(Vec::new()) } else { verdict };
    Judged { line, verdict, there }
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
