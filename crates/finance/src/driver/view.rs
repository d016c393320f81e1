//! What pages, API and command line read of drivers and their quantities.

use access::{Cx, Params, View};
use db::{Bind, ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};
use serde_json::json;

use super::repo;

/// All drivers with the newest period that has quantities.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "driver",
        caption: "Drivers".into(),
        columns: vec![
            Column::new("key", "Key", Kind::Code).linked("/money/drivers/{key}"),
            Column::new("name", "Name", Kind::Text).linked("/money/drivers/{key}"),
            Column::new("unit", "Unit", Kind::Text),
            Column::new("source", "Source", Kind::Text),
            Column::new("newest", "Newest period", Kind::Period)
                .linked("/money/quantities?driver={key}&period={newest}"),
        ],
        sql: "select d.key, d.name, d.unit, d.source, q.newest from finance_drivers d left join \
              (select driver_key, max(period) as newest from finance_live_quantities group by driver_key) q \
              on q.driver_key = d.key"
            .into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "key",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One driver.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let driver = repo::load(&mut cx.tx, params.get("key")).await?;
    Ok(View::Record(json!({
        "schema": "quarterdeck.driver.v1",
        "id": driver.id.to_string(),
        "version": driver.version,
        "key": driver.key,
        "name": driver.name,
        "unit": driver.unit,
        "source": driver.source,
    })))
}

/// Quantities, filtered by driver, period and receiver. Totals add what is listed: filter by one
/// driver before reading them.
pub async fn quantity_list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let driver = params.optional("driver");
    let quantity = Column::new("quantity", "Quantity", Kind::Quantity);
    let list = ListQuery {
        name: "quantity",
        caption: "Driver quantities".into(),
        columns: vec![
            Column::new("period", "Period", Kind::Period),
            Column::new("driver", "Driver", Kind::Code).linked("/money/drivers/{driver}"),
            Column::new("service", "Service", Kind::Code).linked("/services/{service}"),
            Column::new("customer", "Customer", Kind::Code).linked("/customers/{customer}"),
            // Quantities of two drivers have two units: they are summed only where one is asked for.
            if driver.is_some() { quantity.summed() } else { quantity },
            Column::new("unit", "Unit", Kind::Text),
            Column::new("batch", "Import", Kind::Code).hidden(),
            Column::new("file_line", "Line of the file", Kind::Count).hidden(),
        ],
        sql:
            "select q.period, q.driver_key as driver, q.service_key as service, q.customer_key as customer, \
              q.quantity, d.unit, q.batch_id as batch, q.file_line \
              from finance_live_quantities q join finance_drivers d on d.key = q.driver_key \
              where $1 is null or q.driver_key = $1"
                .into(),
        binds: vec![Bind::from(driver)],
        currency: cx.organisation.currency,
        order: "period desc, driver, service nulls first, customer nulls first",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}
