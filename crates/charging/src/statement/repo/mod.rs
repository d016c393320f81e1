//! The only SQL of statements and their lines; `facts` holds that of what they are reckoned from.

mod facts;

pub(super) use facts::facts;

use access::{Cx, history};
use db::{Bind, Row, Tx};
use kernel::{CustomerId, Fault, Period, PersonId, Refusal, Refused};
use portfolio::offering::Charging;
use portfolio::sql::{day_of, word_of};
use relationships::agreement::Settlement;

use super::sight::Sight;
use super::{Charge, Line, Parts, Statement, StatementState};
use crate::run;

/// The statement of that number, within what the reader may see; its row stays locked.
pub async fn load(cx: &mut Cx, number: &str) -> Result<Statement, Refused> {
    let seen = Sight::of(cx).statements("s");
    let sql = format!("select s.* from charging_statements s where s.number = $1 and {seen} for update");
    let row = cx.tx.query(&sql).bind(number).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// Every statement of a period, by customer; their rows stay locked.
pub async fn of_period(tx: &mut Tx, period: Period) -> Result<Vec<Statement>, Fault> {
    let sql = "select * from charging_statements where period = $1 order by customer_id for update";
    tx.query(sql).bind(period).rows().await?.iter().map(read).collect()
}

/// Statements that wait for their customer.
pub(super) async fn waiting(tx: &mut Tx) -> Result<Vec<Statement>, Fault> {
    let sql =
        "select * from charging_statements where state = 'issued' order by period, customer_id for update";
    tx.query(sql).rows().await?.iter().map(read).collect()
}

/// Months whose close has begun.
pub(super) const REVIEWED: &str =
    "select p.period from finance_periods p where p.state not in ('future', 'open')";

/// The newest period with statements the reader may see.
pub async fn newest_period(cx: &mut Cx) -> Result<Option<Period>, Fault> {
    let seen = Sight::of(cx).statements("s");
    let sql = format!("select max(s.period) as period from charging_statements s where {seen}");
    let row = cx.tx.query(&sql).row().await?;
    row.map_or(Ok(None), |row| row.get("period"))
}

fn read(row: &Row) -> Result<Statement, Fault> {
    let issued_by: Option<PersonId> = row.get("issued_by")?;
    Ok(Statement {
        id: row.get("id")?,
        version: row.get("version")?,
        number: row.get("number")?,
        period: row.get("period")?,
        customer: row.get("customer_id")?,
        state: word_of(row, "state", StatementState::parse)?,
        currency: row.get("currency")?,
        total: row.get("total")?,
        previous_total: row.get("previous_total")?,
        lines: row.get("lines")?,
        digest: row.get("digest")?,
        issued: issued_by.zip(row.get("issued_at")?),
        accept_by: day_of(row, "accept_by")?,
        accepted_by: row.get("accepted_by")?,
        accepted_at: row.get("accepted_at")?,
        lapsed: row.get("lapsed")?,
        note: row.get("note")?,
    })
}

const COLUMNS: &str = "id, version, number, period, customer_id, state, currency, total, previous_total, lines, digest, \
    issued_by, issued_at, accept_by, accepted_by, accepted_at, lapsed, note";

/// Stores a statement: a new one at version 1, or the next version of one that is there.
pub(super) async fn keep(cx: &mut Cx, statement: &Statement) -> Result<(), Fault> {
    let sql = format!(
        "insert into charging_statements ({COLUMNS}) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) \
         on conflict (id) do update set version = excluded.version, state = excluded.state, \
         currency = excluded.currency, total = excluded.total, previous_total = excluded.previous_total, \
         lines = excluded.lines, digest = excluded.digest, issued_by = excluded.issued_by, \
         issued_at = excluded.issued_at, accept_by = excluded.accept_by, accepted_by = excluded.accepted_by, \
         accepted_at = excluded.accepted_at, lapsed = excluded.lapsed, note = excluded.note"
    );
    let (issued_by, issued_at) = statement.issued.clone().unzip();
    let query = cx.tx.query(&sql).bind(statement.id).bind(statement.version).bind(statement.number.as_str());
    let query = query.bind(statement.period).bind(statement.customer).bind(statement.state.word());
    let query = query.bind(statement.currency.code()).bind(statement.total).bind(statement.previous_total);
    let query = query.bind(statement.lines).bind(statement.digest.as_str()).bind(issued_by).bind(issued_at);
    let query = query.bind(statement.accept_by.map(|day| day.to_string())).bind(statement.accepted_by);
    let query = query.bind(statement.accepted_at.clone()).bind(statement.lapsed).bind(statement.note.clone());
    query.execute().await?;
    Ok(())
}

/// The lines of every statement of a period, each with its customer.
pub(super) async fn lines_of(tx: &mut Tx, period: Period) -> Result<Vec<(CustomerId, Line)>, Fault> {
    let sql = "select * from charging_statement_lines where period = $1";
    let rows = tx.query(sql).bind(period).rows().await?;
    rows.iter().map(|row| Ok((row.get("customer_id")?, read_line(row)?))).collect()
}

pub(super) fn read_line(row: &Row) -> Result<Line, Fault> {
    let charge = Charge {
        service: row.get("service_key")?,
        offering: row.get("offering_key")?,
        rule: row.get("rule")?,
        price_number: row.get("price_number")?,
        model: word_of(row, "model", Charging::parse)?,
        incomplete: row.get("incomplete")?,
        settlement: word_of(row, "settlement", Settlement::parse)?,
        quantity: row.get("quantity")?,
        unit: row.get("unit")?,
        unit_price: row.get("unit_price")?,
        amount: row.get("amount")?,
        cost: row.get("cost")?,
        weight: row.get("weight")?,
        gone: row.get("gone")?,
    };
    Ok(Line { id: row.get("id")?, charge, parts: read_parts(row)? })
}

fn read_parts(row: &Row) -> Result<Option<Parts>, Fault> {
    let Some(volume) = row.get("by_volume")? else { return Ok(None) };
    Ok(Some(Parts {
        volume,
        price: row.get("by_price")?,
        cost: row.get("by_cost")?,
        rule: row.get("by_rule")?,
        new: row.get("by_new")?,
        gone: row.get("by_gone")?,
    }))
}

/// Stores the lines of a statement in place of those it had.
pub(super) async fn keep_lines(cx: &mut Cx, statement: &Statement, lines: &[Line]) -> Result<(), Fault> {
    let sql = "delete from charging_statement_lines where statement_id = $1";
    cx.tx.query(sql).bind(statement.id).execute().await?;
    let into = "insert into charging_statement_lines (id, statement_id, customer_id, period, service_key, \
                offering_key, rule, price_number, model, incomplete, settlement, quantity, unit, unit_price, amount, \
                cost, weight, gone, by_volume, by_price, by_cost, by_rule, by_new, by_gone)";
    cx.tx.insert_many(into, lines.iter().map(|line| binds(statement, line)).collect()).await?;
    Ok(())
}

fn binds(statement: &Statement, line: &Line) -> Vec<Bind> {
    let (charge, parts) = (&line.charge, line.parts);
    let mut binds: Vec<Bind> = vec![
        line.id.into(),
        statement.id.into(),
        statement.customer.into(),
        statement.period.into(),
        charge.service.clone().into(),
        charge.offering.clone().into(),
        charge.rule.clone().into(),
        charge.price_number.clone().into(),
        charge.model.word().into(),
        charge.incomplete.into(),
        charge.settlement.word().into(),
        charge.quantity.into(),
        charge.unit.clone().into(),
        charge.unit_price.into(),
        charge.amount.into(),
        charge.cost.into(),
        charge.weight.into(),
        charge.gone.into(),
    ];
    let part = |at: usize| Bind::from(parts.map(|parts| parts.named()[at].1));
    binds.extend((0..6).map(part));
    binds
}

/// Whether anything that may move charges was told of since the month's statements were last drafted.
pub(super) async fn told_since_drafted(tx: &mut Tx, period: Period) -> Result<bool, Fault> {
    // A promise may complete a service, which is charged then.
    let nouns: Vec<&str> = run::MOVES_NONE.iter().copied().filter(|noun| *noun != "promise").collect();
    let harmless = history::Harmless { nouns: &nouns, changed: run::CHANGES_MOVE_NONE };
    let drafts = ("select id from charging_statements where period = $1", &*period.to_string());
    history::told_since(tx, "statement", drafts, &harmless).await
}
