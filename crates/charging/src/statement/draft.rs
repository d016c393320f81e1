//! Draft the statements of a period from its run: replaced whole until they are issued.

use std::collections::{BTreeMap, BTreeSet};

use access::route::Ready;
use access::{Cx, Done, Event, Params, Snapshot, history};
use kernel::{CustomerId, Fault, Money, Period, Refused, Scope};
use relationships::customer;
use schemars::JsonSchema;
use serde::Deserialize;

use super::book::Book;
use super::error::ISSUED;
use super::rules::charges;
use super::{Charge, Line, NOUN, Statement, StatementState, repo};
use crate::input::{all_fine, read_period};
use crate::run::{self, RunRow};

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
    let kept = still_drafts(cx, period).await?;
    let now = reckoned(cx, period).await?;
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
    format!(" Not charged, because incomplete: {}.", keys.join(", "))
}

/// Whether the statements of a period can be drafted.
pub async fn may_draft(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let period = StatementPeriod { period: params.get("period").to_owned() }.read()?;
    still_drafts(cx, period).await?;
    live_run(cx, period).await?;
    Ok(Ready::Yes)
}

/// The statements of a period, none of which is issued.
async fn still_drafts(cx: &mut Cx, period: Period) -> Result<Vec<Statement>, Refused> {
    finance::period::load(&mut cx.tx, &period.to_string()).await?;
    let kept = repo::of_period(&mut cx.tx, period).await?;
    if kept.iter().any(|statement| statement.state != StatementState::Draft) {
        return Err(ISSUED.with(&[&period.label()]).into());
    }
    Ok(kept)
}

/// The run whose shares are charged.
async fn live_run(cx: &mut Cx, period: Period) -> Result<RunRow, Refused> {
    let run = run::live(&mut cx.tx, period).await?;
    Ok(run.ok_or_else(|| run::error::NOT_RUN.with(&[&period.to_string()]))?)
}

/// The charges of every customer in `period`, reckoned from the facts as they are now.
pub(super) async fn reckoned(
    cx: &mut Cx,
    period: Period,
) -> Result<BTreeMap<CustomerId, Vec<Charge>>, Refused> {
    let run = live_run(cx, period).await?;
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
