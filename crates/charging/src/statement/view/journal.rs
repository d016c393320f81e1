//! What the general ledger books of the recharges: debit the customer's cost centre, credit IT
//! recoveries, two rows a line, with the transaction of our own ledger that holds their sums. Same legal entity: no receivable, no tax, no invoice number.

use access::{Cx, Params, View};
use db::{Bind, ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};

use super::lines::{asked_or_newest, label};

/// The journal of a period's issued recharges. A credit stands negative on the same side, so debit and
/// credit each add up to the recharge total, in every view alike.
pub async fn journal(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let period = asked_or_newest(cx, params).await?;
    let list = ListQuery {
        name: "journal",
        caption: format!("Recharge journal of {}", label(period)),
        columns: vec![
            Column::new("period", "Period", Kind::Period),
            Column::new("statement", "Statement", Kind::Code).linked("/money/statements/{statement}"),
            Column::new("service", "Service", Kind::Code).linked("/services/{service}"),
            Column::new("offering", "Offering", Kind::Code),
            Column::new("account", "Account", Kind::Text),
            Column::new("cost_centre", "Cost centre", Kind::Code),
            side_of("debit", "Debit"),
            side_of("credit", "Credit"),
            Column::new("text", "Text", Kind::Text),
            Column::new("posted", "Posted as", Kind::Code).linked("/money/ledger/{posted}"),
            Column::new("line", "Statement line", Kind::Code).linked("/money/trace/{line}").hidden(),
            Column::new("side", "Side", Kind::Text).hidden(),
        ],
        sql: format!(
            "{} union all {}",
            side("'debit'", "'IT charges'", "c.key", "l.amount", "cast(null as bigint)"),
            side("'credit'", "'IT recoveries'", "cast(null as text)", "cast(null as bigint)", "l.amount")
        ),
        binds: vec![Bind::from(period)],
        currency: cx.organisation.currency,
        order: "statement, service, offering, line, side desc",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// Each row stands on one side; the other does not apply.
fn side_of(key: &'static str, label: &'static str) -> Column {
    Column { may_not_apply: true, ..Column::new(key, label, Kind::Money).summed() }
}

fn side(side: &str, account: &str, cost_centre: &str, debit: &str, credit: &str) -> String {
    format!(
        "select s.period, s.number as statement, l.service_key as service, l.offering_key as offering, \
         {account} as account, {cost_centre} as cost_centre, {debit} as debit, {credit} as credit, \
         s.number || ' ' || s.period || ' ' || coalesce(l.service_key, '') as text, \
         'T-' || cast(t.number as text) as posted, l.id as line, {side} as side \
         from charging_statement_lines l join charging_statements s on s.id = l.statement_id \
         join relationships_customers c on c.id = s.customer_id \
         left join ledger_transactions t on t.source_kind = 'statement' and t.source_id = s.id \
         where s.period = $1 and s.state <> 'draft' and l.settlement = 'recharge' and not l.gone and l.amount <> 0"
    )
}
