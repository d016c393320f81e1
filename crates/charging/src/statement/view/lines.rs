//! Lines of statements as a list: of one statement, or of a whole period.

use access::{Cx, Params, View};
use db::{Bind, ListQuery, Row, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Fault, Period, Refusal, Refused, StatementId};
use portfolio::offering::Charging;
use relationships::agreement::Settlement;

use crate::statement::sight::Sight;
use crate::statement::{StatementState, repo};

/// What a line without a service is called: never by the pool that sent it.
pub(in crate::statement) const DIRECT: &str = "Charged directly";

/// Lines of the statement named by `statement`, else of `period`, else of the newest period with
/// statements. Every total ties to the statements'.
pub async fn lines(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let sight = Sight::of(cx);
    let (condition, bind, of) = match params.optional("statement") {
        Some(number) => {
            let statement = repo::load(cx, number).await?;
            ("s.id = $1", Bind::from(statement.id), statement.number)
        }
        None => {
            let period = asked_or_newest(cx, params).await?;
            ("s.period = $1", Bind::from(period), label(period))
        }
    };
    let list = ListQuery {
        name: "statement-line",
        caption: format!("Statement lines of {of}"),
        columns: columns(&sight),
        sql: format!(
            "select l.id, s.number as statement, s.period, c.key as customer, c.name as customer_name, \
             l.service_key as service, coalesce(v.name, '{DIRECT}') as service_name, l.offering_key as offering, \
             l.model, l.settlement, l.rule, l.price_number, l.quantity, l.unit, l.unit_price, l.amount, \
             l.by_volume + l.by_price + l.by_cost + l.by_rule + l.by_new + l.by_gone as difference, \
             l.by_volume, l.by_price, l.by_cost, l.by_rule, l.by_new, l.by_gone, l.gone, s.state, \
             case when {inside} then l.cost end as cost, \
             case when {inside} then l.amount - l.cost end as recovery from {from} where {condition} and {seen}",
            inside = sight.inside_sql("s.customer_id"),
            from = FROM,
            seen = sight.lines("s", "l"),
        ),
        binds: vec![bind],
        currency: cx.organisation.currency,
        order: "period desc, customer, service nulls last, offering, id",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// The period asked for, else the newest with statements the reader may see.
pub(crate) async fn asked_or_newest(cx: &mut Cx, params: &Params) -> Result<Option<Period>, Refused> {
    match params.optional("period") {
        Some(text) => Ok(Some(text.parse().map_err(|says: String| Refusal::field("period", says))?)),
        None => Ok(repo::newest_period(cx).await?),
    }
}

/// `Sep 2026`, in captions.
pub(crate) fn label(period: Option<Period>) -> String {
    period.map_or_else(|| "no period yet".to_owned(), |period| period.label())
}

/// Lines with their statement, customer and service.
pub(in crate::statement) const FROM: &str = "charging_statement_lines l join charging_statements s on s.id = l.statement_id \
    join relationships_customers c on c.id = s.customer_id left join portfolio_services v on v.key = l.service_key";

fn columns(sight: &Sight) -> Vec<Column> {
    // A representative opens the card of a service, not its record.
    let service = if sight.any_inside() { "/services/{service}" } else { "/catalogue/{service}" };
    let mut columns = vec![
        Column::new("statement", "Statement", Kind::Code).linked("/money/statements/{statement}"),
        Column::new("period", "Period", Kind::Period),
        Column::new("customer", "Customer", Kind::Code).linked("/customers/{customer}"),
        Column::new("customer_name", "Name", Kind::Text).hidden(),
        Column::new("service", "Service key", Kind::Code).linked(service).hidden(),
        Column::new("service_name", "Service", Kind::Text).linked(service),
        // Several lines of one service differ by what of it is taken.
        Column::new("offering", "Offering", Kind::Code),
        Column::new("quantity", "Quantity", Kind::Quantity),
        Column::new("unit", "Unit", Kind::Text),
        Column::new("unit_price", "Unit price", Kind::Decimal),
        Column::new("amount", "Amount", Kind::Money).summed().linked("/money/trace/{id}"),
        Column::new("difference", "On the month before", Kind::Money).summed(),
        Column::new("by_volume", "Volume", Kind::Money).summed(),
        Column::new("by_price", "Price", Kind::Money).summed(),
        Column::new("by_cost", "Cost", Kind::Money).summed(),
        Column::new("by_rule", "Rule", Kind::Money).summed(),
        Column::new("by_new", "New", Kind::Money).summed(),
        Column::new("by_gone", "Gone", Kind::Money).summed(),
        Column::new("model", "Charged", Kind::State).of(Charging::WORDS.map(|(word, _)| word)),
        Column::new("settlement", "Settlement", Kind::State).of(Settlement::WORDS.map(|(word, _)| word)),
        Column::new("rule", "By rule", Kind::Code).hidden(),
        Column::new("price_number", "Price version", Kind::Code).hidden(),
        Column::new("gone", "No more", Kind::Bool).hidden(),
        Column::new("state", "State", Kind::State).of(StatementState::WORDS.map(|(word, _)| word)).hidden(),
        Column::new("id", "Id", Kind::Code).hidden(),
    ];
    // For whom the cost is not, there is no such column: nothing to filter, sort or count by.
    if sight.any_inside() {
        columns.push(Column::new("cost", "Cost allocated", Kind::Money).summed());
        columns.push(Column::new("recovery", "Over- or under-recovery", Kind::Money).summed());
    }
    columns
}

/// The rows of one statement as far as the reader sees it, with the service's name; largest first,
/// those that are no more at the end.
pub(super) async fn of_statement(cx: &mut Cx, sight: &Sight, id: StatementId) -> Result<Vec<Row>, Fault> {
    let sql = format!(
        "select l.*, coalesce(v.name, '{DIRECT}') as service_name, \
         (select o.name from portfolio_offerings o where o.key = l.offering_key) as offering_name \
         from {FROM} where s.id = $1 and {} \
         order by l.gone, l.amount desc, l.service_key, l.offering_key",
        sight.lines("s", "l")
    );
    Ok(cx.tx.query(&sql).bind(id).rows().await?)
}

/// One line with its statement's row, as far as the reader sees it.
pub(super) async fn one(cx: &mut Cx, sight: &Sight, id: &str) -> Result<Option<Row>, Fault> {
    let sql = format!(
        "select l.*, s.number, s.currency, c.key as customer, c.name as customer_name, \
         coalesce(v.name, '{DIRECT}') as service_name from {FROM} where l.id = $1 and {}",
        sight.lines("s", "l")
    );
    Ok(cx.tx.query(&sql).bind(id).row().await?)
}
