//! Issue every statement of a period at once, as drafted; what they recharge is posted with them.

use access::route::Ready;
use access::{Cx, Done, Event, Params, history};
use kernel::{Fault, Money, Period, Refused, Scope};
use relationships::customer;

use super::book::Book;
use super::draft::{StatementPeriod, reckoned};
use super::error::{NOT_DRAFTED, PERIOD_NOT_CLOSED, STALE_DRAFT};
use super::stale::{same, stale};
use super::{Charge, Line, NOUN, Statement, StatementState, posting, repo};

/// Issues the statements of a period. They are reckoned once more first: where a fact moved since the
/// draft, nobody has seen what would be sent, and it is refused.
pub async fn issue(cx: &mut Cx, _: &Params, input: StatementPeriod) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let period = input.read()?;
    let (kept, ready) = standing(cx, period).await?;
    if let Ready::Done(says) = ready {
        return Ok(Done::unchanged(location(period), period.to_string(), says));
    }
    let mut now = reckoned(cx, period).await?;
    let mut book = Book::open(cx, period, kept.clone()).await?;
    let mut total = 0;
    for (key, id) in customer::all_keys(&mut cx.tx, &Scope::All).await? {
        let Some(statement) = kept.iter().find(|statement| statement.customer == id) else { continue };
        let charges = now.remove(&id).unwrap_or_default();
        total += issue_one(cx, &mut book, statement, &key, charges).await?;
    }
    if !now.is_empty() {
        return Err(STALE_DRAFT.with(&[&period.label()]).into());
    }
    let count = kept.len();
    let total = Money::of_minor(total, cx.organisation.currency).spoken();
    let says = format!("Issued {count} statements of {}: {total} in all.", period.label());
    Ok(Done::changed(location(period), period.to_string(), says))
}

/// Whether the statements of `period` can be issued as drafted.
pub async fn may_issue(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let period = StatementPeriod { period: params.get("period").to_owned() }.read()?;
    let (_, ready) = standing(cx, period).await?;
    if ready == Ready::Yes && stale(cx, period).await? {
        return Err(STALE_DRAFT.with(&[&period.label()]).into());
    }
    Ok(ready)
}

/// The statements of a period, and whether they wait to be issued. Whether they are still what would be sent is
/// looked at apart: it costs reckoning them.
async fn standing(cx: &mut Cx, period: Period) -> Result<(Vec<Statement>, Ready), Refused> {
    let fiscal = finance::period::load(&mut cx.tx, &period.to_string()).await?;
    let kept = repo::of_period(&mut cx.tx, period).await?;
    if kept.is_empty() {
        return Err(NOT_DRAFTED.with(&[&period.label(), &period.to_string()]).into());
    }
    if kept.iter().all(|statement| statement.state != StatementState::Draft) {
        let says = format!("The statements of {} were issued before.", period.label());
        return Ok((kept, Ready::Done(says)));
    }
    if !fiscal.state.is_closed() {
        return Err(PERIOD_NOT_CLOSED.with(&[&period.label(), fiscal.state.word()]).into());
    }
    Ok((kept, Ready::Yes))
}

fn location(period: Period) -> String {
    format!("/money/statements?period={period}")
}

/// Issues one statement; its total.
async fn issue_one(
    cx: &mut Cx,
    book: &mut Book,
    drafted: &Statement,
    customer: &str,
    charges: Vec<Charge>,
) -> Result<i64, Refused> {
    let seen = book.kept(drafted.customer).map_or(&[] as &[Line], |(_, lines)| lines);
    if !same(seen, &charges) {
        return Err(STALE_DRAFT.with(&[&drafted.period.label()]).into());
    }
    // Compared anew: the month before may have been drafted after this one.
    let (mut statement, lines) = book.written(cx, drafted.customer, charges).await?;
    let before = history::snapshot(&mut cx.tx, &NOUN, &statement.id.to_string()).await?;
    let (by, at, today) = (cx.person(), cx.stamp(), cx.today());
    if !statement.issue(by, at, today) {
        return Err(Fault::because("a period's statements were issued in part").into());
    }
    statement.version += 1;
    repo::keep(cx, &statement).await?;
    repo::keep_lines(cx, &statement, &lines).await?;
    let event = Event {
        noun: &NOUN,
        id: statement.id.to_string(),
        key: statement.number.clone(),
        action: "issued",
        why: None,
        customer: Some(statement.customer),
    };
    history::record(cx, event, &before).await?;
    posting::post(cx, &statement, customer, &lines).await?;
    posting::tell(cx, &statement, customer).await?;
    Ok(statement.total)
}
