//! The organisation: what it was founded with, and what may be set since.

use access::{Action, Params};
use kernel::Refused;
use parts::{Choice, Field, Markup, PageHead, html, number, summary_list};
use serde_json::Value;

use crate::page::{Page, PageCx, text};
use crate::show::{happened, yes};

/// What holds for the whole organisation?
pub(super) async fn show(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let of = page.record("organisation show", &[]).await?;
    let starts = of.get("fiscal_year_starts_in").and_then(Value::as_u64).unwrap_or(1);
    let starts = number::month(format!("2000-{starts:02}"));
    let rows = [
        ("Name", html! { (text(&of, "name")) }),
        ("Reporting currency", html! { (text(&of, "currency")) }),
        ("Fiscal year starts in", html! { (starts) }),
        ("Days and months of", html! { (text(&of, "zone")) }),
        ("Book open to customers", html! { (if yes(&of, "open_book") { "Yes" } else { "No" }) }),
    ];
    let (past, _) = happened(page, "organisation", "organisation", Some(20)).await?;
    let head = PageHead::new("What holds for the whole organisation?").crumb("Records", "/records");
    let body = html! {
        section { (summary_list(&rows)) }
        @if page.may(Action::EditRules) { section { (form(page, &of)) } }
        section .gap { h2 { "History" } (past) }
    };
    Ok(Page { head: head.here("Organisation"), body })
}

fn form(page: &PageCx, of: &Value) -> Markup {
    let zone = Field::text("zone", "Time zone")
        .hint("Whose days and months hold where a bill writes moments: Europe/London, or UTC.");
    let open = vec![
        Choice::new("yes", "Yes")
            .hint("They see total quantity and cost of services with three or more customers."),
        Choice::new("no", "No"),
    ];
    let answers = &page.answers;
    let is_open = if yes(of, "open_book") { "yes" } else { "no" };
    let open = Field::radios("open_book", "Book open to customers", open);
    let form = page
        .form("/records/organisation", None)
        .heading("Set it")
        .field(zone.value(answers.or("zone", text(of, "zone"))))
        .field(open.value(answers.or("open_book", is_open)))
        .submit("Set");
    html! { (form.render()) }
}
