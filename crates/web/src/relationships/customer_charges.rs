//! What a customer is charged: their newest statements.

use access::Action;
use kernel::Refused;
use kernel::listing::{Asked, Value as Amount};
use parts::{Cell, Figure, Head, Judged, Markup, Operand, SimpleTable, Thing, html, number, state, titled};

use crate::page::PageCx;
use crate::show::{only, plain};

/// How many statements are shown.
const SHOWN: u32 = 6;

/// The newest statements; nothing for who may not read them or where there is none. `theirs` is said to who pays.
pub(super) async fn charges(page: &mut PageCx, customer: &str, theirs: bool) -> Result<Markup, Refused> {
    if !page.may(Action::ReadStatements) {
        return Ok(html! {});
    }
    let asked = Asked { per: Some(SHOWN), ..only(&[("customer", customer)]) };
    let listing = page.list_asked("statement list", &[], asked).await?;
    if listing.rows.is_empty() {
        return Ok(html! {});
    }
    let heads = vec![
        Head::words("Month"),
        Head::words("Statement"),
        Head::figures("Charged"),
        Head::figures("Against the month before"),
        Head::words("State"),
    ];
    let sign = page.cx.organisation.currency.sign();
    let caption = if theirs { "What you are charged" } else { "What they are charged" };
    let mut table = SimpleTable::new(caption, heads).unit(html! { "In " (sign) "." });
    for row in &listing.rows {
        let value = |column: &str| listing.value(row, column).cloned().unwrap_or(Amount::Unknown);
        let number = plain(&listing, row, "number");
        let at = format!("/money/statements/{number}");
        table = table.row(vec![
            Cell::words(number::period(plain(&listing, row, "period"))),
            Cell::link(number, at.clone()),
            Cell::figure(Figure::field(value("total"), "total", at.clone())),
            difference(value("difference"), value("total"), value("previous"), &at),
            Cell::new(state(Thing::Statement, &plain(&listing, row, "state"))),
        ]);
    }
    let all = format!("/money/statements?customer={customer}");
    Ok(html! {
        div .gap {
            (titled(&table))
            p .after-table { a href=(all) { (all_of(listing.count)) } }
        }
    })
}

/// What leads to all of them.
fn all_of(count: i64) -> String {
    if count == 1 { "The only statement".to_owned() } else { format!("All {count} statements") }
}

/// More is adverse to who pays it.
fn difference(value: Amount, total: Amount, previous: Amount, at: &str) -> Cell {
    let Some(exact) = number::exact(&value) else { return Cell::blank() };
    let (judged, said) = match (exact.is_zero(), exact.is_sign_negative()) {
        (true, _) => (Judged::Neutral, "the same"),
        (false, true) => (Judged::Favourable, "less"),
        (false, false) => (Judged::Adverse, "more"),
    };
    let a = Operand::field(total, "total", at);
    let b = Operand::field(previous, "previous_total", at);
    Cell::figure(Figure::difference(value, a, b, at).judged(judged)).below(html! { (said) })
}
