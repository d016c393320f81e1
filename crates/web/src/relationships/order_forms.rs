//! Forms of an order: asking from the menu card, and answering.

use access::{Action, Params};
use kernel::listing::{Value as Amount, encode};
use kernel::{Quantity, Refusal, Refused, typed};
use parts::{
    Answer, Choice, Empty, Field, FieldKind, Format, HeadAction, Markup, PageHead, PostAction, check_answers,
    empty, html, number,
};
use serde_json::Value;

use super::agreement_forms::settlements;
use super::catalogue::{self, card_of};
use super::catalogue_card;
use super::catalogue_orders::said_before;
use super::customer::admit;
use super::order::head;
use crate::page::{Page, PageCx, text, version};
use crate::show::{day, quantity, rows};
use crate::units;

/// Ask for a service.
pub(super) async fn ask(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let customer = page.answers.or("customer", page.asked("customer")).to_owned();
    let menu = catalogue::read(page, &customer).await?;
    let service = params.get("service");
    let (card, _) = card_of(&menu, service).ok_or_else(Refusal::not_found)?;
    let all = rows(card, "offerings");
    let offerings: Vec<Choice> = all.iter().map(choice).collect();
    let answers = &page.answers;
    let first = all.first().map_or("", |offering| text(offering, "key"));
    let wanted = if page.asked("offering").is_empty() { first } else { page.asked("offering") };
    let wanted = answers.or("offering", wanted).to_owned();
    let hint = "The whole quantity from that day on, not how much more.";
    let hint = match all {
        [only] => format!("Counted in: {}. {hint} {}", text(only, "unit"), have(only)),
        _ => hint.to_owned(),
    };
    let given = |field: &str| answers.or(field, page.asked(field)).to_owned();
    let form =
        page.form("/orders", None).field(Field::hidden("_check", format!("/catalogue/{service}/check")));
    let form = match text(&menu["customer"], "key") {
        "" => form.field(Field::select("customer", "For whom", customers(&menu)).value(customer)),
        key => form.field(Field::hidden("customer", key)),
    };
    let form = match offerings.len() {
        1 => form.field(Field::hidden("offering", wanted)),
        _ => form.field(Field::new("offering", "Which", FieldKind::Radios(offerings)).value(wanted)),
    };
    let form = form
        .field(Field::short("quantity", "How much in all", 10).hint(hint).value(given("quantity")))
        .field(Field::date("from_day", "From which day").value(given("from_day")))
        .field(Field::area("note", "Anything to say about it", 2).optional().value(given("note")))
        .cancel(format!("/catalogue/{service}"));
    let head = PageHead::new(format!("How much of {} do you want?", text(card, "name")))
        .crumb("Catalogue", "/catalogue")
        .crumb(text(card, "name"), format!("/catalogue/{service}"))
        .here("Ask for it");
    Ok(Page { head, body: html! { (said_before(page, card)) (form.render()) } })
}

/// The answers once more, before the order is sent.
pub(super) async fn check(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let service = params.get("service");
    let given = |field: &str| page.answers.or(field, "").to_owned();
    let (customer, offering) = (given("customer"), given("offering"));
    let (quantity, from, note) = (given("quantity"), given("from_day"), given("note"));
    let menu = catalogue::read(page, &customer).await?;
    let (card, _) = card_of(&menu, service).ok_or_else(Refusal::not_found)?;
    let mut offerings = rows(card, "offerings").iter();
    let Some(chosen) = offerings.find(|row| text(row, "key").eq_ignore_ascii_case(offering.trim())) else {
        return Ok(not_asked(service, text(card, "name")));
    };
    let answers = [
        ("customer", customer),
        ("offering", offering),
        ("quantity", quantity),
        ("from_day", from),
        ("note", note),
    ];
    let query: Vec<String> = (answers.iter())
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    let again = format!("/catalogue/{service}/ask?{}", query.join("&"));
    let post = PostAction::new("/orders", page.token.clone()).with("_form", again.clone());
    let post = answers.iter().fold(post, |post, (name, value)| post.with(*name, value.as_str()));
    let answers = told(&menu, chosen, &answers, &again);
    let effect = html! { p { "Your relationship manager answers. Until then you can take it back." } };
    let head = PageHead::new("Is this what you ask for?")
        .crumb("Catalogue", "/catalogue")
        .crumb(text(card, "name"), format!("/catalogue/{service}"))
        .here("Check");
    Ok(Page { head, body: check_answers(&answers, effect, &post, "Send the order") })
}

/// What is said where nobody answered the questions yet.
fn not_asked(service: &str, name: &str) -> Page {
    let ask = HeadAction::link("Ask for it", format!("/catalogue/{service}/ask"));
    let head = PageHead::new("Is this what you ask for?")
        .crumb("Catalogue", "/catalogue")
        .crumb(name, format!("/catalogue/{service}"))
        .here("Check");
    Page { head, body: empty(&Empty::new("Nothing is asked for yet.").action(ask)) }
}

/// The answers in words, as they were read.
fn told(menu: &Value, chosen: &Value, answers: &[(&str, String); 5], again: &str) -> Vec<Answer> {
    let [(_, customer), _, (_, many), (_, from), (_, note)] = answers;
    let change = |field: &str| Some(format!("{again}#f-{field}"));
    let whom = rows(menu, "customers").iter().find(|row| text(row, "key") == customer);
    let whom = whom.map_or(text(&menu["customer"], "name"), |row| text(row, "name"));
    let many = typed::plain_number(many).map_or(Amount::Unknown, |plain| quantity(&plain));
    let written = number::written(&many, Format::default());
    let mut all = vec![
        Answer::new("For whom", html! { (whom) }, None),
        Answer::new("What", html! { (text(chosen, "name")) }, change("offering")),
        Answer::new(
            "How much in all",
            html! { (written) (units::after(&many, text(chosen, "unit"))) },
            change("quantity"),
        ),
        Answer::new("Price", html! { (catalogue_card::says(chosen)) }, None),
        Answer::new("From", html! { (typed_day(from)) }, change("from_day")),
    ];
    let have = have(chosen);
    if !have.is_empty() {
        all.insert(2, Answer::new("Now", html! { (have) }, None));
    }
    if !note.is_empty() {
        all.push(Answer::new("Note", html! { (note) }, change("note")));
    }
    all
}

/// A day as it was read, however it was typed.
fn typed_day(typed: &str) -> String {
    typed::day(typed).map_or_else(|| typed.to_owned(), number::date)
}

/// An offering to choose, with its price and how much of it they have.
fn choice(offering: &Value) -> Choice {
    let hint = format!("{}. {}", catalogue_card::says(offering), have(offering));
    Choice::new(text(offering, "key"), text(offering, "name")).hint(hint.trim_end())
}

/// “You have 1,140 now.”, or nothing.
fn have(offering: &Value) -> String {
    let quantity = Quantity::parse(text(&offering["taken"], "quantity"));
    quantity.map_or_else(|_| String::new(), |have| format!("You have {} now.", have.grouped()))
}

fn customers(menu: &Value) -> Vec<Choice> {
    rows(menu, "customers").iter().map(|row| Choice::new(text(row, "key"), text(row, "name"))).collect()
}

/// The order and its customer, for who may answer it.
async fn read(page: &mut PageCx, number: &str) -> Result<(Value, Value), Refused> {
    let order = page.record("order show", &[("number", number)]).await?;
    let customer = page.record("customer show", &[("key", text(&order, "customer"))]).await?;
    admit(page, Action::ConfirmOrder, &customer)?;
    Ok((order, customer))
}

/// `1,400 seats of DESK for Customer Care from 1 Nov 2026.`
fn asked(order: &Value, customer: &Value) -> Markup {
    let quantity = quantity(text(order, "quantity"));
    html! {
        p .lead {
            (number::written(&quantity, Format::default())) (units::after(&quantity, text(order, "unit"))) " of " (text(order, "service_name")) " for "
            (text(customer, "name")) " from " (day(order, "from_day")) "."
        }
    }
}

/// How the customer's agreements are settled where all are settled alike; else it is only shown.
fn usual_settlement(customer: &Value) -> &str {
    let mut known = rows(customer, "agreements").iter().map(|agreement| text(agreement, "settlement"));
    let first = known.next().filter(|settlement| !settlement.is_empty());
    first.filter(|first| known.all(|other| other == *first)).unwrap_or("memo")
}

/// What confirming does to what the customer has already.
fn taken(customer: &Value, offering: &str) -> Markup {
    let mut agreements = rows(customer, "agreements").iter();
    let taken = agreements.find(|row| text(row, "offering") == offering && text(row, "state") != "ended");
    html! {
        @match taken {
            Some(agreement) => {
                "They take it already: the quantity of "
                a href={ "/agreements/" (text(agreement, "number")) } { (text(agreement, "number")) }
                " changes from that day on, and the rest of it stays."
            }
            None => "They do not take it yet: an agreement begins.",
        }
    }
}

/// Confirm an order.
pub(super) async fn confirm(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let (order, customer) = read(page, number).await?;
    let answers = &page.answers;
    let settlement = Field::new("settlement", "Settlement", FieldKind::Radios(settlements()));
    let notice = Field::short("notice_days", "Days' notice to end it", 4).optional().hint("0 if left out.");
    let form = page
        .form(format!("/orders/{number}/confirm"), version(&order))
        .field(settlement.value(answers.or("settlement", usual_settlement(&customer))))
        .field(notice.value(answers.or("notice_days", "")))
        .submit("Confirm order")
        .cancel(format!("/orders/{number}"));
    let head = head(&order).crumb(number, format!("/orders/{number}")).here("Confirm");
    let body = html! {
        (asked(&order, &customer))
        p .unit-line { (taken(&customer, text(&order, "offering"))) }
        (form.render())
    };
    Ok(Page { head: PageHead { title: format!("Confirm order {number}?"), state: None, ..head }, body })
}

/// Refuse an order.
pub(super) async fn refuse(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let (order, customer) = read(page, number).await?;
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
        body: html! { (asked(&order, &customer)) (form.render()) },
    })
}
