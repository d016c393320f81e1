//! The statements of a month as far as the reader sees them, and what the run brought to customers.

use std::collections::BTreeMap;

use access::{Action, Cx, Reach, history};
use db::Row;
use kernel::{Currency, Fault, Period, Quantity};

use crate::run::{self, POOL_STAGES};
use crate::statement::Line;
use crate::statement::repo::read_line;
use crate::statement::sight::Sight;
use crate::statement::view::{DIRECT, FROM};

/// All that the datasets of a month are made of.
pub struct Facts {
    /// Who charges.
    pub issuer: String,
    /// Of all amounts.
    pub currency: Currency,
    /// The month.
    pub period: Period,
    /// What is charged, by customer and service.
    pub lines: Vec<Charged>,
    /// The statements the lines are of.
    pub statements: Vec<Sent>,
    /// What the run brought to customers, by service and customer; none where the reader does not see all of it.
    pub reached: Option<BTreeMap<(Option<String>, String), Reached>>,
    /// When the month was first told of, and last.
    pub told: Option<(String, String)>,
}

/// A statement line.
pub struct Charged {
    /// `STM-7`.
    pub statement: String,
    /// When that went out; none for a draft.
    pub issued_at: Option<String>,
    /// Key of the customer.
    pub customer: String,
    /// Their name.
    pub customer_name: String,
    /// Name of the service.
    pub service_name: String,
    /// The line itself.
    pub line: Line,
}

impl Charged {
    /// The line's id.
    pub fn id(&self) -> String {
        self.line.id.to_string()
    }

    /// Which service reached which customer.
    pub fn taken(&self) -> (Option<String>, String) {
        (self.line.charge.service.clone(), self.customer.clone())
    }
}

/// A statement, as the lines must add up to it.
pub struct Sent {
    /// `STM-7`.
    pub number: String,
    /// Key of the customer.
    pub customer: String,
    /// When it went out; none for a draft.
    pub issued_at: Option<String>,
    /// Minor units.
    pub total: i64,
}

/// What reached one customer from one service.
pub struct Reached {
    /// Minor units.
    pub amount: i64,
    /// What was counted, where all of it came by the same count.
    pub unit: Option<String>,
    /// How much of it.
    pub quantity: Option<Quantity>,
}

/// The facts of `period`.
pub async fn read(cx: &mut Cx, period: Period) -> Result<Facts, Fault> {
    let sight = Sight::of(cx);
    let statements = statements(cx, &sight, period).await?;
    let told = match finance::period::find(&mut cx.tx, period).await? {
        Some(known) if !statements.is_empty() => {
            history::span(&mut cx.tx, &finance::period::NOUN, &known.id).await?
        }
        _ => None,
    };
    Ok(Facts {
        issuer: cx.organisation.name.clone(),
        currency: cx.organisation.currency,
        period,
        lines: lines(cx, &sight, period).await?,
        reached: reached(cx, period).await?,
        statements,
        told,
    })
}

async fn statements(cx: &mut Cx, sight: &Sight, period: Period) -> Result<Vec<Sent>, Fault> {
    let sql = format!(
        "select s.number, c.key as customer, s.issued_at, s.total from charging_statements s \
         join relationships_customers c on c.id = s.customer_id where s.period = $1 and {} order by c.key",
        sight.statements("s")
    );
    let sent = |row: &Row| {
        Ok(Sent {
            number: row.get("number")?,
            customer: row.get("customer")?,
            issued_at: row.get("issued_at")?,
            total: row.get("total")?,
        })
    };
    cx.tx.query(&sql).bind(period).rows().await?.iter().map(sent).collect()
}

async fn lines(cx: &mut Cx, sight: &Sight, period: Period) -> Result<Vec<Charged>, Fault> {
    let sql = format!(
        "select l.*, s.number, s.issued_at, c.key as customer, c.name as customer_name, \
         coalesce(v.name, '{DIRECT}') as service_name from {FROM} where s.period = $1 and not l.gone and {} \
         order by c.key, l.service_key nulls last, l.offering_key, l.id",
        sight.lines("s", "l")
    );
    let charged = |row: &Row| {
        Ok(Charged {
            statement: row.get("number")?,
            issued_at: row.get("issued_at")?,
            customer: row.get("customer")?,
            customer_name: row.get("customer_name")?,
            service_name: row.get("service_name")?,
            line: read_line(row)?,
        })
    };
    cx.tx.query(&sql).bind(period).rows().await?.iter().map(charged).collect()
}

/// Whole or not at all: a part of a service's cost tells of the rest.
async fn reached(
    cx: &mut Cx,
    period: Period,
) -> Result<Option<BTreeMap<(Option<String>, String), Reached>>, Fault> {
    let all = |action| cx.who.reach(action) == Reach::All;
    if !(all(Action::ReadStatements) && all(Action::ReadMoney)) {
        return Ok(None);
    }
    let Some(run) = run::live(&mut cx.tx, period).await? else { return Ok(None) };
    let sql = format!(
        "select service, receiver, cast(sum(amount) as bigint) as amount, min(unit) as unit, \
               max(unit) as other_unit, min(quantity) as quantity, max(quantity) as other_quantity \
               from (select case when stage not in {POOL_STAGES} then sender end as service, receiver, amount, unit, quantity \
                     from charging_shares where run_id = $1 and receiver_kind = 'customer') shared \
               group by service, receiver"
    );
    let rows = cx.tx.query(&sql).bind(run.id).rows().await?;
    let one = |row: &Row| {
        let unit: Option<String> = row.get("unit")?;
        let same = unit == row.get("other_unit")?;
        let quantity: Option<Quantity> = row.get("quantity")?;
        let counted = same && quantity == row.get("other_quantity")?;
        Ok((
            (row.get("service")?, row.get("receiver")?),
            Reached {
                amount: row.get("amount")?,
                unit: unit.filter(|_| same),
                quantity: quantity.filter(|_| counted),
            },
        ))
    };
    rows.iter().map(one).collect::<Result<_, Fault>>().map(Some)
}
