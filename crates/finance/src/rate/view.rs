//! What pages, API and command line read of exchange rates.

use access::{Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};

use super::RateKind;

/// All rates in force, newest first.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "rate",
        caption: "Exchange rates".into(),
        columns: vec![
            Column::new("valid_for", "Valid for", Kind::Text),
            Column::new("currency", "Currency", Kind::Code),
            Column::new("kind", "Kind", Kind::State).of(RateKind::ALL.map(RateKind::word)),
            Column::new("rate", "Rate", Kind::Decimal),
            Column::new("quoted", "Quoted", Kind::Text),
            Column::new("source", "Source", Kind::Text),
            Column::new("day", "Day", Kind::Date).hidden(),
            Column::new("period", "Period", Kind::Period).hidden(),
            Column::new("batch", "Import", Kind::Code).hidden(),
        ],
        // A day has ten characters, a month seven.
        sql: "select valid_for, case when length(valid_for) = 10 then valid_for end as day, \
              case when length(valid_for) = 7 then valid_for end as period, currency, kind, rate, \
              case when quoted = 'per base' then currency || ' per 1 ' || base \
              else base || ' per 1 ' || currency end as quoted, source, batch_id as batch from finance_live_rates"
            .into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "valid_for desc, currency, kind",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}
