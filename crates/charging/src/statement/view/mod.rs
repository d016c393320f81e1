//! What pages, API and command line read of statements; `lines`, `journal` and `trace` are files of their own.

mod journal;
mod lines;
mod pools;
mod trace;

pub use journal::journal;
pub use lines::lines;
pub(super) use lines::{DIRECT, FROM};
pub(crate) use lines::{asked_or_newest, label};
pub use trace::trace;

use access::{Cx, Params, View};
use db::{ListQuery, Row, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Fault, Money, Quantity, Refused};
use serde_json::{Map, Value, json};

use self::lines::of_statement;
use super::posting::STATEMENT;
use super::repo::{self, read_line};
use super::sight::Sight;
use super::{Line, Statement, StatementState};

/// Statements the reader may see: all of finance, drafts too; of a customer what was issued to them.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let seen = Sight::of(cx).statements("s");
    let list = ListQuery {
        name: "statement",
        caption: "Statements".into(),
        columns: vec![
            Column::new("number", "Statement", Kind::Code).linked("/money/statements/{number}"),
            Column::new("period", "Period", Kind::Period).linked("/money/statements/{number}"),
            Column::new("customer", "Customer", Kind::Code).linked("/customers/{customer}"),
            Column::new("customer_name", "Name", Kind::Text),
            Column::new("state", "State", Kind::State).of(StatementState::WORDS.map(|(word, _)| word)),
            Column::new("total", "Amount", Kind::Money)
                .summed()
                .linked("/money/statement-lines?statement={number}"),
            Column::new("previous", "Month before", Kind::Money),
            Column::new("difference", "Difference", Kind::Money).summed(),
            Column::new("lines", "Lines", Kind::Count).summed().hidden(),
            Column::new("issued_at", "Issued", Kind::Time),
            Column::new("accept_by", "Accept by", Kind::Date),
            Column::new("accepted_at", "Accepted", Kind::Time),
            Column::new("lapsed", "By lapse of time", Kind::Bool).hidden(),
            Column::new("note", "Note", Kind::Text).hidden(),
        ],
        sql: format!(
            "select s.number, s.period, c.key as customer, c.name as customer_name, s.state, s.total, \
             s.previous_total as previous, s.total - s.previous_total as difference, s.lines, s.issued_at, \
             s.accept_by, s.accepted_at, s.lapsed, s.note \
             from charging_statements s join relationships_customers c on c.id = s.customer_id where {seen}"
        ),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "period desc, customer, number",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One statement with its lines, the total of the month before, and why it changed.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let statement = repo::load(cx, params.get("number")).await?;
    let sight = Sight::of(cx);
    let inside = sight.inside(statement.customer);
    let rows = of_statement(cx, &sight, statement.id).await?;
    let lines = rows.iter().map(read_line).collect::<Result<Vec<Line>, Fault>>()?;
    let shown = rows.iter().zip(&lines).map(|(row, line)| record(row, line, &statement, inside));
    let shown = shown.collect::<Result<Vec<Value>, Fault>>()?;
    let mut told = head(&statement, &names(cx, &statement).await?)?;
    let money = |minor| Money::of_minor(minor, statement.currency);
    told["parts"] = json!(summed(&lines, &statement));
    told["recharge"] = json!(money(recharged(&lines)));
    if inside {
        let cost: i64 = lines.iter().map(|line| line.charge.cost).sum();
        told["cost"] = json!(money(cost));
        told["recovery"] = json!(money(statement.total - cost));
    }
    if cx.who.reach(access::Action::ReadMoney) == access::Reach::All {
        let posted = ledger::standing(&mut cx.tx, STATEMENT, &statement.id.to_string()).await?;
        told["posted"] = json!(posted.first().map(|head| format!("T-{}", head.number)));
    }
    told["lines"] = json!(shown);
    Ok(View::Record(told))
}

/// Everything but the lines and what is summed over them.
fn head(statement: &Statement, names: &Row) -> Result<Value, Fault> {
    let money = |minor| Money::of_minor(minor, statement.currency);
    Ok(json!({
        "schema": "quarterdeck.statement.v1",
        "id": statement.id.to_string(),
        "version": statement.version,
        "number": statement.number,
        "period": statement.period.to_string(),
        "customer": names.get::<String>("customer")?,
        "customer_name": names.get::<String>("customer_name")?,
        "manager": names.get::<Option<String>>("manager")?,
        "state": statement.state.word(),
        "total": money(statement.total),
        "previous_total": statement.previous_total.map(money),
        "difference": statement.previous_total.map(|before| money(statement.total - before)),
        "issued_at": statement.issued.as_ref().map(|(_, at)| at),
        "issued_by": names.get::<Option<String>>("issued_by")?,
        "accept_by": statement.accept_by.map(|day| day.to_string()),
        "accepted_at": statement.accepted_at,
        "accepted_by": names.get::<Option<String>>("accepted_by")?,
        "lapsed": statement.lapsed,
        "note": statement.note,
    }))
}

/// Names of the customer, their relationship manager, and who issued and accepted.
async fn names(cx: &mut Cx, statement: &Statement) -> Result<Row, Fault> {
    let sql = "select c.key as customer, c.name as customer_name, m.name as manager, i.name as issued_by, \
               a.name as accepted_by from charging_statements s join relationships_customers c on c.id = s.customer_id \
               left join access_people m on m.id = c.manager_id left join access_people i on i.id = s.issued_by \
               left join access_people a on a.id = s.accepted_by where s.id = $1";
    let row = cx.tx.query(sql).bind(statement.id).row().await?;
    row.ok_or_else(|| Fault::because("a statement is of no customer"))
}

fn recharged(lines: &[Line]) -> i64 {
    let recharge = lines.iter().filter(|line| line.charge.settlement.word() == "recharge");
    recharge.map(|line| line.charge.amount).sum()
}

/// The causes of the whole statement's difference; none where nothing is compared.
fn summed(lines: &[Line], statement: &Statement) -> Option<Value> {
    statement.previous_total?;
    let sum = |at: usize| lines.iter().filter_map(|line| line.parts).map(|parts| parts.named()[at].1).sum();
    let causes = super::Parts::default().named();
    let told = causes
        .iter()
        .enumerate()
        .map(|(at, (cause, _))| ((*cause).to_owned(), json!(Money::of_minor(sum(at), statement.currency))));
    Some(Value::Object(told.collect::<Map<String, Value>>()))
}

/// One line as a record; without its cost for whom it is not.
fn record(row: &Row, line: &Line, statement: &Statement, inside: bool) -> Result<Value, Fault> {
    let money = |minor| Money::of_minor(minor, statement.currency);
    let charge = &line.charge;
    let parts = line.parts.map(|parts| {
        let told = parts.named().map(|(cause, part)| (cause.to_owned(), json!(money(part))));
        Value::Object(Map::from_iter(told))
    });
    let mut told = json!({
        "id": line.id.to_string(),
        "service": charge.service,
        "service_name": row.get::<String>("service_name")?,
        "offering_name": row.get::<Option<String>>("offering_name")?,
        "offering": charge.offering,
        "rule": charge.rule,
        "price_number": charge.price_number,
        "model": charge.model.word(),
        "settlement": charge.settlement.word(),
        "quantity": charge.quantity.map(|quantity: Quantity| quantity.plain()),
        "unit": charge.unit,
        "unit_price": charge.unit_price.map(|price| price.to_string()),
        "unit_price_follows": charge.model.word() == "at cost",
        "amount": money(charge.amount),
        "difference": line.parts.map(|parts| money(parts.sum())),
        "parts": parts,
        "gone": charge.gone,
    });
    if inside {
        told["cost"] = json!(money(charge.cost));
        told["incomplete"] = json!(charge.incomplete);
    }
    Ok(told)
}
