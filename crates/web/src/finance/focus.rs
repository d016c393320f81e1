//! What is charged as FOCUS: the page that shows the datasets and hands them out as files.

use access::{Action, Params};
use kernel::Refused;
use parts::{Choice, Empty, FilterControl, ListPage, PageHead, Render, html};

use crate::page::{Page, PageCx};

/// What do FinOps tools read of our charges?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("statement focus", &[]).await?;
    let choices = |words: &[&'static str]| words.iter().map(|word| Choice::new(*word, *word)).collect();
    let datasets = ["cost-and-usage", "invoice-detail", "billing-period"];
    let says = "There is no statement of this month that you may see.";
    let mut list = ListPage::new(&listing, "/money/focus")
        .rows_named("row", "rows")
        .filter(FilterControl::select("dataset", "Dataset", choices(&datasets)))
        .filter(FilterControl::select("version", "Version", choices(&["1.4", "1.2"])))
        .empty(Empty::new(says));
    if !page.asked("period").is_empty() {
        list = list.keep("period", page.asked("period"));
    }
    let mut head = PageHead::new("What do FinOps tools read of our charges?");
    if page.may(Action::ReadMoney) {
        head = head.crumb("Money", "/money");
    }
    let head = head.crumb("Statements", "/money/statements").here("FOCUS");
    let answer = html! {
        "FOCUS is the open specification of cost and usage. Every row is a statement line; the files hold all columns."
    };
    Ok(Page { head: head.answer(answer), body: list.render() })
}
