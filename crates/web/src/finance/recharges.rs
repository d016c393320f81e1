//! What charges recover, and what the general ledger books of them.

use access::{Action, Params};
use kernel::Refused;
use kernel::listing::Value;
use parts::{Empty, ListPage, PageHead, html, number};

use crate::columns;
use crate::page::{Page, PageCx};

/// Do charges recover what services cost?
pub(super) async fn recovery(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut listing = page.list_at("recovery list", &[]).await?;
    // A cause that nothing has is no column of this month.
    for cause in ["price", "not_charged", "incomplete"] {
        let nothing = |row: &Vec<Value>| listing.value(row, cause).is_none_or(number::is_zero);
        if listing.rows.iter().all(nothing) {
            columns::hide(&mut listing, &[cause]);
        }
    }
    let unit = page.cx.organisation.currency.sign();
    let list = ListPage::new(&listing, "/money/recovery").rows_named("service", "services").unit(&unit);
    let list = list
        .keep("period", page.asked("period"))
        .empty(Empty::new("There is no statement yet to recover cost by."));
    let answer = html! { "Charges less chargeable cost. What is not recovered stays with IT, by cause." };
    let mut head = PageHead::new("Do charges recover what services cost?");
    if page.may(Action::ReadMoney) {
        head = head.crumb("Money", "/money").crumb("Statements", "/money/statements");
    }
    let head = head.here("Recovery").answer(answer);
    Ok(Page { head, body: html! { (list) } })
}

/// What does the general ledger book?
pub(super) async fn journal(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("journal list", &[]).await?;
    let unit = page.cx.organisation.currency.sign();
    let list = ListPage::new(&listing, "/money/journal").rows_named("row", "rows").unit(&unit);
    let says = "There is nothing to book: no statement with recharges is issued for this month.";
    let list = list.keep("period", page.asked("period")).empty(Empty::new(says));
    let answer =
        html! { "Debit the customer's cost centre, credit IT recoveries: download it and book it there." };
    let head = PageHead::new("What does the general ledger book?").crumb("Money", "/money");
    let head = head.crumb("Statements", "/money/statements").here("Recharge journal").answer(answer);
    Ok(Page { head, body: html! { (list) } })
}
