//! What services cost, one beside the other.

use access::{Action, Params};
use kernel::Refused;
use parts::{Empty, HeadAction, ListPage, PageHead, Render, html};

use crate::page::{Page, PageCx};

/// What does each service cost?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("service cost", &[]).await?;
    let unit = page.cx.organisation.currency.sign();
    let empty = Empty::new("No cost was allocated to a service in this year yet.")
        .action(HeadAction::link("Services", "/services"));
    let list = ListPage::new(&listing, "/money/service-cost").rows_named("service", "services");
    let mut list = list.unit(&unit).empty(empty);
    for name in ["period", "year"].into_iter().filter(|name| !page.asked(name).is_empty()) {
        list = list.keep(name, page.asked(name));
    }
    let hub = if page.may(Action::ReadMoney) { ("Money", "/money") } else { ("Services", "/services") };
    let head = PageHead::new("What does each service cost?")
        .crumb(hub.0, hub.1)
        .here("What services cost")
        .answer(html! { (listing.caption) "." });
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}
