//! API tokens: those there are, making one, revoking one.

use access::{Action, Params};
use kernel::Refused;
use kernel::listing::Value;
use parts::{Cell, Choice, Empty, Field, Head, Markup, PageHead, SimpleTable, empty, html, number, titled};

use crate::page::{Page, PageCx};
use crate::show::{plain, refusal};

/// What do scripts sign in with?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list("token list", &[]).await?;
    let all = page.may(Action::Administer);
    let mut heads = vec![Head::words("For"), Head::words("May"), Head::words("Good until"), Head::words("")];
    if all {
        heads.insert(1, Head::words("Person"));
    }
    let caption = if all { "API tokens of everybody" } else { "Your API tokens" };
    let table = listing.rows.iter().fold(SimpleTable::new(caption, heads), |table, row| {
        let of = |key: &str| plain(&listing, row, key);
        let mut cells = vec![
            Cell::words(of("name")),
            Cell::words(of("may")),
            Cell::words(number::time(of("expires_at"))),
            Cell::new(end(page, &of("id"), listing.value(row, "revoked_at"))),
        ];
        if all {
            cells.insert(1, Cell::words(of("username")));
        }
        table.row(cells)
    });
    let none = Empty::new("There is no token yet. A script sends one with each request, as a bearer token.");
    let body = html! {
        // Why making one was refused stands at its form.
        @if !page.answers.values.contains_key("name") { (refusal(page)) }
        @if listing.rows.is_empty() { (empty(&none)) } @else { (titled(&table)) }
        section .gap { h2 { "Make a token" } (form(page)) }
    };
    let head = PageHead::new("What do scripts sign in with?").crumb("Records", "/records").here("API tokens");
    Ok(Page { head: head.answer(html! { "A token may what you may, and ends with you." }), body })
}

/// Its end: when it was, or the button.
fn end(page: &PageCx, id: &str, revoked: Option<&Value>) -> Markup {
    match revoked.filter(|at| **at != Value::Unknown) {
        Some(at) => html! { "revoked " (number::time(at.plain())) },
        None => page.post(format!("/records/tokens/{id}/revoke"), None).button("Revoke"),
    }
}

fn form(page: &PageCx) -> Markup {
    let answers = &page.answers;
    let may = vec![
        Choice::new("read", "Read").hint("It changes nothing."),
        Choice::new("all", "All that you may").hint("It can change what you can."),
    ];
    let mut form = page
        .form("/records/tokens", None)
        .field(Field::text("name", "What is it for?").value(answers.or("name", "")))
        .field(
            Field::short("days", "For how many days?", 4).hint("1 to 366.").value(answers.or("days", "90")),
        )
        .field(Field::radios("may", "What may it do?", may).value(answers.or("may", "read")))
        .submit("Make token");
    if !answers.values.contains_key("name") {
        form.errors = Vec::new();
    }
    form.render()
}
