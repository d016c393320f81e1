//! The rates of a month: what converts amounts of it, and what closes it.

use access::{Cx, Params, View};
use db::{Bind, ListQuery, inline, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Period, Refusal, Refused};

use super::RateKind;
use super::repo::{average, closing, currencies_of};

/// Per currency the month's average and its closing rate, as given or from its days, each with its source.
pub async fn month(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let period: Period =
        params.get("period").parse().map_err(|says: String| Refusal::field("period", says))?;
    let base = cx.organisation.currency;
    let mut rows = Vec::new();
    for currency in currencies_of(&mut cx.tx, base, period).await? {
        let of = [
            average(&mut cx.tx, currency, base, period).await?,
            closing(&mut cx.tx, currency, base, period).await?,
        ];
        rows.extend(of.into_iter().flatten().map(|rate| {
            vec![
                Bind::from(currency.code()),
                Bind::from(rate.kind.word()),
                Bind::from(rate.shown()),
                Bind::from(rate.quoted.says(currency, base)),
                Bind::from(rate.source),
            ]
        }));
    }
    let columns = vec![
        Column::new("currency", "Currency", Kind::Code),
        Column::new("kind", "Kind", Kind::Text)
            .of([RateKind::Average, RateKind::Closing].map(RateKind::word)),
        Column::new("rate", "Rate", Kind::Decimal),
        Column::new("quoted", "Quoted", Kind::Text),
        Column::new("source", "Source", Kind::Text),
    ];
    let (sql, binds) = inline(&cx.tx, &columns, rows);
    let caption = format!("Exchange rates of {}", period.label());
    let order = "currency, kind";
    let list = ListQuery { name: "rate-month", caption, columns, sql, binds, currency: base, order };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}
