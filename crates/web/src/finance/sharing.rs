//! How services share among themselves: what one person states and another approves.

use access::{Action, Params};
use kernel::Refused;
use parts::state::{State, Thing};
use parts::{Choice, Field, HeadAction, Markup, PageHead, html, number, summary_list};

use super::evidence::plain_list;
use super::months;
use super::rule_forms::who_pays;
use crate::page::{Page, PageCx, text, version};
use crate::show::{happened, refusal};

/// How do services share among themselves?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let says = "Nothing is stated: supporting services pass nothing to each other.";
    let asks = "How do services share among themselves?";
    let shown = plain_list(page, "sharing list", "/money/sharing", asks, "Sharing", says).await?;
    if !page.may(Action::EditRules) || !page.as_of().is_empty() {
        return Ok(shown);
    }
    Ok(Page { body: html! { (shown.body) section { (form(page).await?) } }, ..shown })
}

async fn form(page: &mut PageCx) -> Result<Markup, Refused> {
    let first = months::asked(page).await?.to_string();
    let methods = vec![
        Choice::new("direct", "Direct").hint("Supporting services pass nothing to each other."),
        Choice::new("step-down", "Step-down").hint("One after another, in a stated order."),
        Choice::new("reciprocal", "Reciprocal").hint("All at once, solved exactly."),
    ];
    let answers = &page.answers;
    let order = Field::text("order", "Order of the serving services").optional();
    let order = order.hint("Keys, first to last: step-down only.").value(answers.or("order", ""));
    let from = Field::short("effective_from", "In force from", 8).hint("A month: Sep 2026.");
    let form = page
        .form("/money/sharing", None)
        .heading("State it from a month on")
        .field(Field::radios("method", "Method", methods).value(answers.or("method", "direct")))
        .field(order)
        .field(from.value(answers.or("effective_from", &first)))
        .submit("Submit for approval");
    Ok(form.render())
}

/// One statement of it: what it says, who gains and who pays by it, what happened.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let sharing = page.record("sharing show", &[("number", params.get("number"))]).await?;
    let label = text(&sharing, "number").to_owned();
    let state = text(&sharing, "state");
    let from = number::period(text(&sharing, "effective_from"));
    let mut head = PageHead::new(format!("Services share by the {} method", text(&sharing, "method")))
        .crumb("Money", "/money")
        .crumb("Sharing", "/money/sharing")
        .here(label.clone())
        .state(State::of(Thing::Version, state));
    let waits = state == "submitted";
    if waits {
        let post = page.post(format!("/money/sharing/{label}/approve"), version(&sharing));
        let approve = HeadAction::post("Approve", post).primary();
        head = page.offer(head, "sharing approve", &[("number", &label)], approve).await?;
    }
    let mut rows = vec![("In force from", html! { (from) })];
    if !text(&sharing, "order").is_empty() {
        rows.push(("Order", html! { (text(&sharing, "order")) }));
    }
    let gains = if waits {
        who_pays(page, "sharing", &label).await?
    } else {
        html! {}
    };
    let (past, _) = happened(page, "sharing", text(&sharing, "id"), Some(20)).await?;
    let body = html! {
        (refusal(page))
        section { (summary_list(&rows)) }
        (gains)
        section .gap { h2 { "History" } (past) }
    };
    Ok(Page { head, body })
}
