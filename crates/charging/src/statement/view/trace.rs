//! Where the amount of a statement line comes from: for those who read money down to pools, ledger
//! lines, batches and files; for its customer as far as the basis of the charge (`domain.md` §3).

use access::{Action, Cx, Params, Reach, View};
use db::Row;
use kernel::listing::Asked;
use kernel::{Currency, Fault, Money, Period, Quantity, Refusal, Refused};
use portfolio::offering::Charging;
use serde_json::{Value, json};

use super::lines;
use super::pools::{Place, customers_of, part, reached};
use crate::run::path::Paths;
use crate::run::{self, RunRow};
use crate::statement::Line;
use crate::statement::basis::{Reached, charge_sentence, cost_sentence, rounding, shared_by, sums};
use crate::statement::repo::read_line;
use crate::statement::rules::split_amount;
use crate::statement::sight::Sight;

/// Customers a service must have before one of them may see its total: less would tell of another.
const CROWD: i64 = 3;

/// The trace of a statement line by its id.
pub async fn trace(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let sight = Sight::of(cx);
    let row = lines::one(cx, &sight, params.get("id")).await?.ok_or_else(Refusal::not_found)?;
    let line = read_line(&row)?;
    let traced = Traced {
        customer: row.get("customer")?,
        customer_name: row.get("customer_name")?,
        period: row.get("period")?,
        currency: row.get("currency")?,
        line,
    };
    let run = run::live(&mut cx.tx, traced.period).await?;
    let run = run.ok_or_else(|| run::error::NOT_RUN.with(&[&traced.period.to_string()]))?;
    let service = traced.line.charge.service.clone();
    let reached = match traced.line.charge.gone {
        true => Vec::new(),
        false => reached(cx, run.id, service.as_deref(), &traced.customer).await?,
    };
    let mut told = traced.basis(&row, &reached)?;
    if cx.who.reach(Action::ReadMoney) == Reach::All {
        traced.whole(cx, &run, &reached, &mut told).await?;
    } else if let Some(service) = service.filter(|_| cx.organisation.open_book)
        && customers_of(cx, run.id, &service).await? >= CROWD
    {
        let total = reached.first().and_then(|share| share.quantity).map(|(_, total)| total.plain());
        told["quantity_total"] = json!(total);
        told["service_cost"] = json!(Money::of_minor(sums(&reached).1, traced.currency));
    }
    Ok(View::Record(told))
}

struct Traced {
    customer: String,
    customer_name: String,
    period: Period,
    currency: Currency,
    line: Line,
}

impl Traced {
    fn money(&self, minor: i64) -> Money {
        Money::of_minor(minor, self.currency)
    }

    /// What the customer may see too: own quantity, rule sentence, price, amount.
    fn basis(&self, row: &Row, reached: &[Reached]) -> Result<Value, Fault> {
        let charge = &self.line.charge;
        let by = reached.first().filter(|_| charge.service.is_some()).map(shared_by);
        Ok(json!({
            "schema": "quarterdeck.statement-trace.v1",
            "id": self.line.id.to_string(),
            "statement": row.get::<String>("number")?,
            "period": self.period.to_string(),
            "customer": self.customer,
            "customer_name": self.customer_name,
            "service": charge.service,
            "service_name": row.get::<String>("service_name")?,
            "offering": charge.offering,
            "model": charge.model.word(),
            "settlement": charge.settlement.word(),
            "rule": charge.rule,
            "price_number": charge.price_number,
            "quantity": charge.quantity.map(|quantity: Quantity| quantity.plain()),
            "unit": charge.unit,
            "unit_price": charge.unit_price.map(|price| price.to_string()),
            "unit_price_follows": charge.model == Charging::AtCost,
            "amount": self.money(charge.amount),
            "sentence": charge_sentence(charge, self.currency, by.as_deref()),
        }))
    }

    /// The rest, for those who read money.
    async fn whole(
        &self,
        cx: &mut Cx,
        run: &RunRow,
        reached: &[Reached],
        told: &mut Value,
    ) -> Result<(), Fault> {
        let charge = &self.line.charge;
        let service = charge.service.as_deref().filter(|_| !charge.gone);
        let paths = match service {
            Some(service) => Some(Paths::to(cx, run.id, service).await?),
            None => None,
        };
        let place = Place { period: self.period, currency: self.currency, paths };
        let own = self.own(cx, reached).await?;
        let mut parts = Vec::new();
        for (share, amount) in reached.iter().zip(&own) {
            parts.push(part(cx, &place, share, *amount).await?);
        }
        let cost: i64 = own.iter().sum();
        let beside = charge.amount - cost;
        if beside != 0 {
            parts.push(json!({ "pool": null, "says": beside_cost(charge.model, beside), "amount": self.money(beside) }));
        }
        told["cost"] = json!(self.money(charge.cost));
        self.shared(reached, cost, told);
        told["parts"] = json!(parts);
        let untied = self.untied(cx, run, place.paths.as_ref(), cost).await?;
        told["ties"] = json!(untied.is_empty());
        told["untied"] = json!(untied);
        Ok(())
    }

    /// Everything that does not add up between the ledger lines and the statement's total, as sentences.
    async fn untied(
        &self,
        cx: &mut Cx,
        run: &RunRow,
        paths: Option<&Paths>,
        cost: i64,
    ) -> Result<Vec<String>, Fault> {
        let spoken = |minor| self.money(minor).spoken();
        let mut untied = Vec::new();
        // What the line was drafted with against what the run says today.
        if cost != self.line.charge.cost {
            let (then, now) = (spoken(self.line.charge.cost), spoken(cost));
            untied.push(format!("It was drafted at a cost of {then}, the run now brings {now}."));
        }
        untied.extend(self.line.charge.wrong(self.currency));
        let (number, total, lines) = totals(cx, &self.line).await?;
        if total != lines {
            let (total, lines) = (spoken(total), spoken(lines));
            untied.push(format!("{number} says {total}, its lines add up to {lines}."));
        }
        if let Some(paths) = paths {
            untied.extend(paths.off(&mut cx.tx, run).await?);
        }
        Ok(untied)
    }

    /// How the cost came to be the customer's, and how much of it (`cost`) is this line's.
    fn shared(&self, reached: &[Reached], cost: i64, told: &mut Value) {
        let (received, of) = sums(reached);
        let first = reached.first();
        let counted = first.and_then(|share| share.quantity);
        let says = cost_sentence(reached, &self.customer_name, self.currency).map(|says| {
            if received == cost {
                return says;
            }
            let offering = self.line.charge.offering.as_deref().unwrap_or("");
            format!("{says} {} of it is for {offering}, by what was agreed.", self.money(cost).spoken())
        });
        told["of"] = json!(self.money(of));
        told["received"] = json!(self.money(received));
        told["rounding"] = json!(rounding(reached).map(|off| self.money(off)));
        told["method"] = json!(first.map(|share| &share.method));
        told["driver"] = json!(first.and_then(|share| share.driver.as_ref()));
        told["driver_quantity"] = json!(counted.map(|(own, _)| own.plain()));
        told["quantity_total"] = json!(counted.map(|(_, total)| total.plain()));
        told["share"] = json!(first.map(|s| json!({ "numerator": s.share.0, "denominator": s.share.1 })));
        told["cost_sentence"] = json!(says);
    }

    /// The line's own part of each share: all of it, or by weight beside the customer's other offerings
    /// of the service.
    async fn own(&self, cx: &mut Cx, reached: &[Reached]) -> Result<Vec<i64>, Fault> {
        let sql = "select l.offering_key, l.weight, l.id from charging_statement_lines l \
                   join charging_statement_lines me on me.id = $1 and l.statement_id = me.statement_id \
                   where l.service_key = me.service_key and l.offering_key is not null and not l.gone \
                   order by l.offering_key";
        let rows = cx.tx.query(sql).bind(self.line.id).rows().await?;
        let read = |row: &Row| Ok((row.get("offering_key")?, row.get("weight")?));
        let weights = rows.iter().map(read).collect::<Result<Vec<(String, i64)>, Fault>>()?;
        if weights.len() < 2 {
            return Ok(reached.iter().map(|share| share.amount).collect());
        }
        let keyed: Vec<(&str, i64)> = weights.iter().map(|(key, weight)| (key.as_str(), *weight)).collect();
        let mine = keyed.iter().position(|(key, _)| Some(*key) == self.line.charge.offering.as_deref());
        let mine = mine.ok_or_else(|| Fault::because("a line is not among its own"))?;
        reached.iter().map(|share| Ok(split_amount(share.amount, &keyed)?[mine])).collect()
    }
}

/// The number of the line's statement, its total, and the sum of its lines.
async fn totals(cx: &mut Cx, line: &Line) -> Result<(String, i64, i64), Fault> {
    let sql = "select s.number, s.total, (select cast(coalesce(sum(l.amount), 0) as bigint) \
               from charging_statement_lines l where l.statement_id = s.id) as lines \
               from charging_statement_lines me join charging_statements s on s.id = me.statement_id where me.id = $1";
    let row = cx.tx.query(sql).bind(line.id).row().await?;
    let row = row.ok_or_else(|| Fault::because("a line is of no statement"))?;
    Ok((row.get("number")?, row.get("total")?, row.get("lines")?))
}

/// What stands between cost and charge.
fn beside_cost(model: Charging, beside: i64) -> &'static str {
    match (model, beside > 0) {
        (Charging::NotCharged, _) => "Not charged: it stays with IT.",
        (Charging::Fixed, true) => "The price is above the cost: over-recovery, it stays with IT.",
        (Charging::Fixed, false) => "The price is below the cost: under-recovery, it stays with IT.",
        (Charging::AtCost, _) => "The run changed since this was drafted.",
    }
}
