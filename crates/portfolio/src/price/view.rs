//! What pages, API and command line read of prices.

use access::{Cx, Params, View};
use db::{ListQuery, Tx, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Fault, OfferingId, Refusal, Refused, typed};
use serde_json::{Value, json};

use super::repo::{self, ID_ON_DAY};
use super::{PriceState, PriceVersion};
use crate::offering;
use crate::sql::as_of;

/// All price versions, and which is the price of the day.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let day = as_of(cx, params)?;
    let list = ListQuery {
        name: "price",
        caption: format!("Prices on {}", typed::day_label(day)),
        columns: vec![
            Column::new("number", "Price", Kind::Code).linked("/prices/{number}"),
            Column::new("offering", "Offering", Kind::Code).linked("/offerings/{offering}"),
            Column::new("service", "Service", Kind::Code).linked("/services/{service}"),
            Column::new("state", "State", Kind::State).of(PriceState::WORDS.map(|(word, _)| word)),
            Column::new("per_unit", "Price per unit", Kind::Decimal),
            Column::new("currency", "Currency", Kind::Code),
            Column::new("unit", "Unit", Kind::Text),
            Column::new("from_day", "From", Kind::Date),
            Column::new("in_force", "In force", Kind::Bool),
            Column::new("approved_by", "Approved by", Kind::Text),
            Column::new("mine", "Written by me", Kind::Bool).hidden(),
        ],
        sql: format!(
            "select p.number, o.key as offering, s.key as service, p.state, p.per_unit, p.currency, o.unit, p.from_day, \
             coalesce(p.id = {ID_ON_DAY}, false) as in_force, a.name as approved_by, \
             p.editors like '%' || $2 || '%' as mine \
             from portfolio_prices p join portfolio_offerings o on o.id = p.offering_id \
             join portfolio_services s on s.id = o.service_id left join access_people a on a.id = p.approved_by"
        ),
        binds: vec![day.to_string().into(), cx.person().into()],
        currency: cx.organisation.currency,
        order: "offering, from_day desc, number",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One price version.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let price = repo::find(&mut cx.tx, params.get("number")).await?.ok_or_else(Refusal::not_found)?;
    let offering = offering::find(&mut cx.tx, price.offering).await?;
    let offering = offering.ok_or_else(|| Fault::because("a price is for no offering"))?;
    let mut shown =
        json!({ "schema": "quarterdeck.price.v1", "offering": offering.key, "unit": offering.unit });
    if let (Some(shown), Value::Object(own)) = (shown.as_object_mut(), record(&price)) {
        shown.extend(own);
    }
    Ok(View::Record(shown))
}

/// The price versions of an offering, newest first.
pub(crate) async fn of_offering(tx: &mut Tx, offering: OfferingId) -> Result<Vec<Value>, Fault> {
    Ok(repo::of_offering(tx, offering).await?.iter().map(record).collect())
}

/// A price version, whatever it is shown with.
fn record(price: &PriceVersion) -> Value {
    json!({
        "number": price.number,
        "version": price.version,
        "state": price.state.word(),
        "per_unit": price.price.per_unit().to_string(),
        "currency": price.price.currency().code(),
        "from_day": price.from.to_string(),
        "editors": price.editors.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}
