//! What was charged last per unit of an offering that is charged at cost: it has no price, so the card says
//! what it came to.

use std::collections::BTreeMap;

use access::Action;
use kernel::Refused;
use kernel::listing::{Asked, Compare, Filter, Sort, Value};
use parts::{Figure, Markup, html, number};

use crate::page::PageCx;
use crate::show::plain;

/// Per offering what its unit was charged at in the newest month with statements.
pub(super) struct LastCharged {
    period: String,
    sign: String,
    /// Unit price and line; nothing where customers were charged differently.
    of: BTreeMap<String, Option<(Value, String)>>,
}

/// No more lines than that are looked at.
const MOST: u32 = 500;

impl LastCharged {
    /// As far as the reader may read statements, of one customer where its key is given.
    pub(super) async fn read(page: &mut PageCx, customer: &str) -> Result<LastCharged, Refused> {
        let sign = page.cx.organisation.currency.sign();
        let mut last = LastCharged { period: String::new(), sign, of: BTreeMap::new() };
        if !page.may(Action::ReadStatements) {
            return Ok(last);
        }
        let issued = |compare, column: &str, value: &str| Filter {
            column: column.to_owned(),
            compare,
            value: value.to_owned(),
        };
        let mut filters = vec![issued(Compare::Unequal, "state", "draft")];
        if !customer.is_empty() {
            filters.push(issued(Compare::Equal, "customer", customer));
        }
        let sort = Some(Sort { column: "period".into(), descending: true });
        let newest = Asked {
            filters: filters.clone(),
            sort,
            page: 1,
            per: Some(1),
            uncounted: true,
            ..Asked::default()
        };
        let newest = page.list_asked("statement list", &[], newest).await?;
        let Some(row) = newest.rows.first() else { return Ok(last) };
        last.period = plain(&newest, row, "period");
        filters.push(issued(Compare::Equal, "model", "at cost"));
        let asked = Asked { filters, page: 1, per: Some(MOST), uncounted: true, ..Asked::default() };
        let lines = page.list_asked("statement lines", &[("period", &last.period)], asked).await?;
        for row in &lines.rows {
            let Some(price @ Value::Decimal(_)) = lines.value(row, "unit_price").cloned() else { continue };
            let found = Some((price, plain(&lines, row, "id")));
            let kept = last.of.entry(plain(&lines, row, "offering")).or_insert_with(|| found.clone());
            if kept.as_ref().map(|(price, _)| price) != found.as_ref().map(|(price, _)| price) {
                *kept = None;
            }
        }
        Ok(last)
    }

    /// `≈ €377.48 in Aug 2026`, opening the line; nothing where none was charged alike.
    pub(super) fn said(&self, offering: &str) -> Option<Markup> {
        let (price, line) = self.of.get(offering)?.as_ref()?;
        let figure = Figure::field(price.clone(), "unit_price", format!("/money/trace/{line}"));
        let figure = figure.spoken().before(&self.sign);
        Some(html! { "≈ " (figure) " in " (number::period(&self.period)) })
    }
}
