//! The statements of a month as they are kept and as they come to be: each draft takes the place of the one before,
//! compared with the month before.

use std::collections::BTreeMap;

use access::Cx;
use kernel::{CustomerId, Fault, Period, Refused, StatementId, StatementLineId};
use portfolio::sql::next_number;
use sha2::{Digest, Sha256};

use super::compare::compared;
use super::{Charge, Line, Parts, Statement, StatementState, repo};

/// The statements of a period beside those of the month before.
pub(super) struct Book {
    period: Period,
    kept: BTreeMap<CustomerId, (Statement, Vec<Line>)>,
    /// None where that month had no statements at all: then nothing is compared.
    before: Option<BTreeMap<CustomerId, (Statement, Vec<Line>)>>,
    added: usize,
}

pub(super) type Written = BTreeMap<CustomerId, (Statement, Vec<Line>)>;

impl Book {
    pub(super) async fn open(cx: &mut Cx, period: Period, kept: Vec<Statement>) -> Result<Book, Fault> {
        let before = repo::of_period(&mut cx.tx, period.previous()).await?;
        let before = with_lines(cx, period.previous(), before).await?;
        let kept = with_lines(cx, period, kept).await?;
        Ok(Book { period, kept, before: (!before.is_empty()).then_some(before), added: 0 })
    }

    pub(super) fn customers(&self) -> impl Iterator<Item = &CustomerId> {
        let before = self.before.iter().flatten();
        let charged = before.filter(|(_, (_, lines))| lines.iter().any(|line| line.charge.amount != 0));
        self.kept.keys().chain(charged.map(|(customer, _)| customer))
    }

    pub(super) fn count(&self) -> usize {
        self.kept.len() + self.added
    }

    /// The statement and lines a customer had in this period.
    pub(super) fn kept(&self, customer: CustomerId) -> Option<&(Statement, Vec<Line>)> {
        self.kept.get(&customer)
    }

    /// The draft of one customer with its lines; ids and number stay those of the draft it replaces.
    pub(super) async fn written(
        &mut self,
        cx: &mut Cx,
        customer: CustomerId,
        charges: Vec<Charge>,
    ) -> Result<(Statement, Vec<Line>), Refused> {
        let (told, previous_total) = self.compared(cx, customer, charges)?;
        let lines = self.lines(cx, customer, told);
        let base = match self.kept.get(&customer) {
            Some((statement, _)) => statement.clone(),
            None => self.blank(cx, customer).await?,
        };
        let statement = Statement {
            currency: cx.organisation.currency,
            total: lines.iter().map(|line| line.charge.amount).sum(),
            previous_total,
            lines: i64::try_from(lines.len()).map_err(|error| Fault::new("counting lines", error))?,
            digest: digest(&lines),
            ..base
        };
        Ok((statement, lines))
    }

    fn compared(&self, cx: &Cx, customer: CustomerId, charges: Vec<Charge>) -> Result<Told, Fault> {
        let Some(before) = &self.before else {
            return Ok((charges.into_iter().map(|charge| (charge, None)).collect(), None));
        };
        let (total, earlier) = before.get(&customer).map_or((0, Vec::new()), |(statement, lines)| {
            (statement.total, lines.iter().map(|line| line.charge.clone()).collect())
        });
        let told = compared(cx.organisation.currency, &earlier, charges)?;
        Ok((told.into_iter().map(|(charge, parts)| (charge, Some(parts))).collect(), Some(total)))
    }

    fn lines(&self, cx: &Cx, customer: CustomerId, told: Vec<(Charge, Option<Parts>)>) -> Vec<Line> {
        let kept = self.kept.get(&customer).map_or(&[] as &[Line], |(_, lines)| lines);
        let same = |line: &&Line, charge: &Charge| {
            (&line.charge.service, &line.charge.offering) == (&charge.service, &charge.offering)
        };
        let line = |(charge, parts)| {
            let known = kept.iter().find(|line| same(line, &charge)).map(|line| line.id);
            Line { id: known.unwrap_or_else(|| StatementLineId::new(cx.uuid())), charge, parts }
        };
        told.into_iter().map(line).collect()
    }

    async fn blank(&mut self, cx: &mut Cx, customer: CustomerId) -> Result<Statement, Fault> {
        self.added += 1;
        let number = next_number(&mut cx.tx, "charging_counters", "statement").await?;
        Ok(Statement {
            id: StatementId::new(cx.uuid()),
            version: 0,
            number: format!("STM-{number}"),
            period: self.period,
            customer,
            state: StatementState::Draft,
            currency: cx.organisation.currency,
            total: 0,
            previous_total: None,
            lines: 0,
            digest: String::new(),
            issued: None,
            accept_by: None,
            accepted_by: None,
            accepted_at: None,
            lapsed: false,
            note: None,
        })
    }
}

type Told = (Vec<(Charge, Option<Parts>)>, Option<i64>);

pub(super) async fn with_lines(
    cx: &mut Cx,
    period: Period,
    statements: Vec<Statement>,
) -> Result<Written, Fault> {
    let mut written: Written =
        statements.into_iter().map(|statement| (statement.customer, (statement, Vec::new()))).collect();
    for (customer, line) in repo::lines_of(&mut cx.tx, period).await? {
        if let Some((_, lines)) = written.get_mut(&customer) {
            lines.push(line);
        }
    }
    Ok(written)
}

/// SHA-256 over everything the lines say.
fn digest(lines: &[Line]) -> String {
    let mut texts: Vec<String> = lines.iter().map(|line| format!("{line:?}")).collect();
    texts.sort_unstable();
    Sha256::digest(texts.join("\n").as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
