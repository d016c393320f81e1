//! Cost centres: which units of the organisation cost is booked to.

use access::{Action, Params};
use kernel::Refused;
use parts::{Field, HeadAction, ListPage, PageHead, Render};

use super::facts::offered;
use crate::page::{Page, PageCx};

/// Which units of the organisation is cost booked to?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("cost-centre list", &[]).await?;
    let add = HeadAction::link("Add a cost centre", "/money/cost-centres/new");
    let says = "There is no cost centre yet.";
    let (head, empty) = offered(page, Action::EditRules, add, "Which units is cost booked to?", says);
    let list = ListPage::new(&listing, "/money/cost-centres").empty(empty);
    Ok(Page { head: head.here("Cost centres"), body: ListPage { heading_hidden: true, ..list }.render() })
}

/// A new cost centre.
pub(super) async fn new(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let answers = &page.answers;
    let form = page
        .form("/money/cost-centres", None)
        .field(Field::short("key", "Code", 20).value(answers.or("key", "")))
        .field(Field::text("name", "Name").value(answers.or("name", "")))
        .submit("Add cost centre")
        .cancel("/money/cost-centres");
    let head = PageHead::new("Add a cost centre").crumb("Money", "/money");
    let head = head.crumb("Cost centres", "/money/cost-centres").here("New");
    Ok(Page { head, body: form.render() })
}
