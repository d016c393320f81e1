//! Draft the statements of a period from its run: replaced whole until they are issued.

use std::collections::{BTreeMap, BTreeSet};

use access::{Cx, Done, Event, Params, Snapshot, history};
use kernel::{CustomerId, Fault, Money, Period, Refused, Scope, StatementId, StatementLineId};
use portfolio::sql::next_number;
use relationships::customer;
use schemars::JsonSchema;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::compare::compared;
use super::error::ISSUED;
use super::rules::charges;
use super::{Charge, Line, NOUN, Parts, Statement, StatementState, repo};
use crate::input::{all_fine, read_period};
use crate::run;

/// Which period.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementPeriod {
    /// The period, 2026-09.
    pub period: String,
}

impl StatementPeriod {
    pub(super) fn read(&self) -> Result<Period, Refused> {
        let mut wrong = Vec::new();
        let period = read_period("period", &self.period, &mut wrong);
        all_fine(wrong)?;
        Ok(period.ok_or_else(|| Fault::because("a period was wrong and not named"))?)
    }
}

/// Drafts the statements of every customer the period's run brought cost to, or who pays a price.
pub async fn draft(cx: &mut Cx, _: &Params, input: StatementPeriod) -> Result<Done, Refused> {
    let period = input.read()?;
    finance::period::load(&mut cx.tx, &period.to_string()).await?;
    let now = reckoned(cx, period).await?;
    let kept = repo::of_period(&mut cx.tx, period).await?;
    if kept.iter().any(|statement| statement.state != StatementState::Draft) {
        return Err(ISSUED.with(&[&period.label()]).into());
    }
    let mut book = Book::open(cx, period, kept).await?;
    let (mut changed, mut total) = (0_usize, 0_i64);
    let customers: BTreeSet<CustomerId> = now.keys().chain(book.customers()).copied().collect();
    for (key, customer) in in_order(cx, customers).await? {
        let charges = now.get(&customer).cloned().unwrap_or_default();
        let (statement, lines) = book.written(cx, customer, charges).await?;
        total += statement.total;
        changed += usize::from(keep(cx, &book, statement, lines, &key).await?);
    }
    let count = book.count();
    let says = format!(
        "{count} statements of {} are drafted: {} in all; {changed} changed.{}",
        period.label(),
        Money::of_minor(total, cx.organisation.currency).spoken(),
        not_charged(&now)
    );
    let location = format!("/money/statements?period={period}");
    let done = if changed == 0 { Done::unchanged } else { Done::changed };
    Ok(done(location, period.to_string(), says))
}

/// Which services customers take and are not charged for, because something is missing of them; nothing where there
/// are none.
fn not_charged(charges: &BTreeMap<CustomerId, Vec<Charge>>) -> String {
    let incomplete = charges.values().flatten().filter(|charge| charge.incomplete);
    let keys: BTreeSet<&str> = incomplete.filter_map(|charge| charge.service.as_deref()).collect();
    if keys.is_empty() {
        return String::new();
    }
    let keys: Vec<&str> = keys.into_iter().collect();
    format!(
        " Not charged, because incomplete: {}. quarterdeck service show KEY says what is missing.",
        keys.join(", ")
    )
}

/// The charges of every customer in `period`, reckoned from the facts as they are now.
pub(super) async fn reckoned(
    cx: &mut Cx,
    period: Period,
) -> Result<BTreeMap<CustomerId, Vec<Charge>>, Refused> {
    let run = run::live(&mut cx.tx, period).await?;
    let run = run.ok_or_else(|| run::error::NOT_RUN.with(&[&period.to_string()]))?;
    let facts = repo::facts(cx, period, run.id).await?;
    let ids = customer::all_keys(&mut cx.tx, &Scope::All).await?;
    let mut reckoned = BTreeMap::new();
    for (key, charges) in charges(&facts)? {
        let id = ids.get(&key).ok_or_else(|| Fault::because(format!("cost reached no customer: {key}")))?;
        reckoned.insert(*id, charges);
    }
    Ok(reckoned)
}

/// Customers by key, so that numbers run in an order people know.
async fn in_order(cx: &mut Cx, wanted: BTreeSet<CustomerId>) -> Result<Vec<(String, CustomerId)>, Fault> {
    let keys = customer::all_keys(&mut cx.tx, &Scope::All).await?;
    Ok(keys.into_iter().filter(|(_, id)| wanted.contains(id)).collect())
}

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

    fn customers(&self) -> impl Iterator<Item = &CustomerId> {
        let before = self.before.iter().flatten();
        let charged = before.filter(|(_, (_, lines))| lines.iter().any(|line| line.charge.amount != 0));
        self.kept.keys().chain(charged.map(|(customer, _)| customer))
    }

    fn count(&self) -> usize {
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

/// Stores a draft where it differs from the one it replaces; says whether it did.
async fn keep(
    cx: &mut Cx,
    book: &Book,
    mut statement: Statement,
    lines: Vec<Line>,
    customer: &str,
) -> Result<bool, Fault> {
    let known = book.kept(statement.customer);
    if known.is_some_and(|(kept, _)| *kept == statement) {
        return Ok(false);
    }
    let before = match known {
        None => Snapshot::none(),
        Some(_) => history::snapshot(&mut cx.tx, &NOUN, &statement.id.to_string()).await?,
    };
    statement.version += 1;
    repo::keep(cx, &statement).await?;
    repo::keep_lines(cx, &statement, &lines).await?;
    let why = format!("the {} statement of {customer}", statement.period.label());
    // A draft is not the customer's to read yet.
    let event = Event {
        noun: &NOUN,
        id: statement.id.to_string(),
        key: statement.number.clone(),
        action: "drafted",
        why: Some(&why),
        customer: None,
    };
    history::record(cx, event, &before).await?;
    Ok(true)
}
