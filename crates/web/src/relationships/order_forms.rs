//! Forms of an order: asking from the menu card, and answering.

use access::{Action, Params};
use kernel::{Refusal, Refused};
use parts::{Choice, Field, FieldKind, PageHead, html};
use serde_json::Value;

use super::agreement_forms::settlements;
use super::catalogue::{self, card_of};
use super::customer::admit;
use super::order::head;
use crate::page::{Page, PageCx, text, version};
use crate::show::rows;

/// Ask for a service.
pub(super) async fn ask(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let customer = page.answers.or("customer", page.asked("customer")).to_owned();
    let menu = catalogue::read(page, &customer).await?;
    let service = params.get("service");
    let (card, _) = card_of(&menu, service).ok_or_else(Refusal::not_found)?;
    let offerings: Vec<Choice> = rows(card, "offerings")
        .iter()
        .map(|offering| {
            Choice::new(text(offering, "key"), text(offering, "name")).hint(catalogue::says(offering))
        })
        .collect();
    let answers = &page.answers;
    let first = offerings.first().map_or(String::new(), |choice| choice.value.clone());
    let wanted = answers
        .or("offering", if page.asked("offering").is_empty() { &first } else { page.asked("offering") });
    let wanted = wanted.to_owned();
    let unit = rows(card, "offerings").iter().find(|offering| text(offering, "key") == wanted);
    let unit = unit.map_or("", |offering| text(offering, "unit"));
    let form = page.form("/orders", None);
    let form = match text(&menu["customer"], "key") {
        "" => form.field(Field::select("customer", "For whom", customers(&menu)).value(customer)),
        key => form.field(Field::hidden("customer", key)),
    };
    let form = match offerings.len() {
        1 => form.field(Field::hidden("offering", wanted)),
        _ => form.field(Field::new("offering", "Which", FieldKind::Radios(offerings)).value(wanted)),
    };
    let how_much =
        if unit.is_empty() { "How much in all".to_owned() } else { format!("How much in all, {unit}") };
    let form = form
        .field(
            Field::short("quantity", &how_much, 10)
                .hint("Not how much more: the whole quantity from that day on.")
                .value(answers.or("quantity", "")),
        )
        .field(Field::date("from_day", "From which day").value(answers.or("from_day", "")))
        .field(Field::area("note", "Anything to say about it", 2).optional().value(answers.or("note", "")))
        .submit("Ask for it")
        .cancel(format!("/catalogue/{service}"));
    let head = PageHead::new(format!("How much of {} do you want?", text(card, "name")))
        .crumb("Catalogue", "/catalogue")
        .crumb(text(card, "name"), format!("/catalogue/{service}"))
        .here("Ask for it");
    Ok(Page { head, body: form.render() })
}

fn customers(menu: &Value) -> Vec<Choice> {
    rows(menu, "customers").iter().map(|row| Choice::new(text(row, "key"), text(row, "name"))).collect()
}

async fn read(page: &mut PageCx, number: &str) -> Result<Value, Refused> {
    let order = page.record("order show", &[("number", number)]).await?;
    let customer = page.record("customer show", &[("key", text(&order, "customer"))]).await?;
    admit(page, Action::ConfirmOrder, &customer)?;
    Ok(order)
}

/// Confirm an order.
pub(super) async fn confirm(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let order = read(page, number).await?;
    let answers = &page.answers;
    let form = page
        .form(format!("/orders/{number}/confirm"), version(&order))
        .words(html! {
            p .lead { (text(&order, "quantity")) " × " (text(&order, "unit")) " of " (text(&order, "offering")) " for " (text(&order, "customer")) " from " (crate::show::day(&order, "from_day")) "." }
            p { "If they take it already, the quantity of that agreement changes and the rest of it stays." }
        })
        .field(Field::new("settlement", "Settlement", FieldKind::Radios(settlements())).value(answers.or("settlement", "memo")))
        .field(Field::short("notice_days", "Days' notice to end it", 4).optional().hint("0 if left out.").value(answers.or("notice_days", "")))
        .submit("Confirm order")
        .cancel(format!("/orders/{number}"));
    let head = head(&order).crumb(number, format!("/orders/{number}")).here("Confirm");
    Ok(Page {
        head: PageHead { title: format!("Confirm order {number}?"), state: None, ..head },
        body: form.render(),
    })
}

/// Refuse an order.
pub(super) async fn refuse(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let order = read(page, number).await?;
    let form = page
        .form(format!("/orders/{number}/refuse"), version(&order))
        .field(
            Field::area("reason", "Why?", 3)
                .hint("The customer reads this.")
                .value(page.answers.or("reason", "")),
        )
        .submit("Refuse order")
        .cancel(format!("/orders/{number}"));
    let head = head(&order).crumb(number, format!("/orders/{number}")).here("Refuse");
    Ok(Page {
        head: PageHead { title: format!("Why is order {number} refused?"), state: None, ..head },
        body: form.render(),
    })
}
