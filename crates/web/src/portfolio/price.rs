//! Prices: every version, drafting one, changing the draft, giving it back.

use access::{Action, Params};
use kernel::{Refusal, Refused};
use parts::{
    Choice, Empty, Field, Figure, FilterControl, Form, HeadAction, ListPage, Markup, PageHead, Render, State,
    Thing, html, summary_list,
};
use serde_json::Value;

use super::offering::next;
use super::offering_forms::editable;
use crate::page::{Page, PageCx, text, version};
use crate::show::{counted, day, decimal, happened, only, plain, refusal, rows, sentence, sign, yes};

/// The states of a price version, in their order.
const STATES: [&str; 4] = ["draft", "submitted", "approved", "superseded"];

/// Which prices hold, and which wait?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("price list", &[]).await?;
    let answer = answer(page).await?;
    let words = |words: &[&str]| words.iter().map(|word| Choice::new(*word, sentence(word))).collect();
    let empty = Empty::new("There is no price yet. A price is drafted on its offering.")
        .action(HeadAction::link("Offerings", "/offerings"));
    let list = ListPage::new(&listing, "/prices")
        .filter(FilterControl::select("state", "State", words(&STATES)))
        .filter(FilterControl::select("in_force", "In force", words(&["yes", "no"])))
        .empty(empty);
    let head = PageHead::new("Which prices hold, and which wait?")
        .crumb("Services", "/services")
        .here("Prices")
        .answer(answer);
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

async fn answer(page: &mut PageCx) -> Result<Markup, Refused> {
    let holding = counted(page, "price list", &[], &[("in_force", "yes")]).await?;
    let waiting = counted(page, "price list", &[], &[("state", "submitted")]).await?;
    let figure = |n, query: &str| parts::Figure::count(n, format!("/prices?{query}")).spoken();
    Ok(html! {
        (figure(holding, "in_force=yes")) (if holding == 1 { " holds" } else { " hold" }) " today, "
        (figure(waiting, "state=submitted")) (if waiting == 1 { " waits" } else { " wait" }) " for approval."
    })
}

/// A new draft of an offering's price.
pub(super) async fn draft(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let (offering, head) = editable(page, key, Action::EditPrice).await?;
    let form = page.form(format!("/offerings/{key}/prices"), None);
    let currency = page.cx.organisation.currency.code().to_owned();
    let form = questions(page, form, &offering, ["", &currency, ""])
        .submit("Draft price")
        .cancel(format!("/offerings/{key}"));
    let title = format!("What shall {} cost?", text(&offering, "name"));
    Ok(Page { head: PageHead { title, ..head.here("Price") }, body: form.render() })
}

fn questions(page: &PageCx, form: Form, offering: &Value, stored: [&str; 3]) -> Form {
    let answers = &page.answers;
    let label = format!("Price per {} and month", text(offering, "unit"));
    form.field(
        Field::amount("per_unit", &label, "")
            .hint("As exact as needed, with a dot: 0.1898.")
            .value(answers.or("per_unit", stored[0])),
    )
    .field(Field::short("currency", "Currency", 3).value(answers.or("currency", stored[1])))
    .field(Field::date("from_day", "First day it holds").value(answers.or("from_day", stored[2])))
    .words(html! { p .muted { "Whoever drafts or changes a price may not approve it." } })
}

/// The offering whose price has that number, and the price.
async fn of_number(page: &mut PageCx, number: &str) -> Result<(String, Value), Refused> {
    let listing = page.list_asked("price list", &[], only(&[("number", number)])).await?;
    let row = listing.rows.first().ok_or_else(Refusal::not_found)?;
    let key = plain(&listing, row, "offering");
    let offering = page.record("offering show", &[("key", &key)]).await?;
    let price = rows(&offering, "prices").iter().find(|price| text(price, "number") == number);
    Ok((key, price.cloned().ok_or_else(Refusal::not_found)?))
}

/// One price version.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let (key, price) = of_number(page, number).await?;
    let offering = page.record("offering show", &[("key", &key)]).await?;
    let service = page.record("service show", &[("key", text(&offering, "service"))]).await?;
    let (past, _) = happened(page, "price", number, None).await?;
    let at = format!("/offerings/{key}");
    // Among all prices, since a figure that leads to its own page leads nowhere.
    let row = format!("/prices?number={number}");
    let per_unit = Figure::sum(decimal(text(&price, "per_unit")), "per_unit", row);
    let rows = [
        ("Offering", html! { a href=(at) { (text(&offering, "name")) } }),
        ("From", html! { (day(&price, "from_day")) }),
        ("In force", html! { (if yes(&price, "in_force") { "yes" } else { "no" }) }),
        ("Approved by", html! { (text(&price, "approved_by")) }),
    ];
    let rows: Vec<_> = rows.into_iter().filter(|(_, value)| !value.0.is_empty()).collect();
    let head = PageHead::new(format!("Price {number}"))
        .crumb("Services", "/services")
        .crumb(&key, at.clone())
        .crumb("Prices", format!("/prices?offering={key}"))
        .here(number)
        .state(State::of(Thing::Version, text(&price, "state")))
        .answer(html! {
            (per_unit.spoken().before(&sign(text(&price, "currency")))) " per " (text(&offering, "unit")) " and month."
        })
        .action(HeadAction::link("Its offering", at));
    let body = html! {
        (refusal(page))
        section { (summary_list(&rows)) }
        @if text(&price, "state") != "approved" { section { (next(page, &price, text(&service, "id"))) } }
        section .gap { h2 { "History" } (past) }
    };
    Ok(Page { head, body })
}

/// Change a draft.
pub(super) async fn edit(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let (key, price) = of_number(page, number).await?;
    let (offering, head) = editable(page, &key, Action::EditPrice).await?;
    let stored = ["per_unit", "currency", "from_day"].map(|field| text(&price, field));
    let form = page.form(format!("/prices/{number}/edit"), version(&price));
    let form = questions(page, form, &offering, stored).submit("Save").cancel(format!("/offerings/{key}"));
    let now = [
        ("Price", "per_unit", stored[0]),
        ("Currency", "currency", stored[1]),
        ("From", "from_day", stored[2]),
    ];
    let title = format!("Change price {number} of {}", text(&offering, "name"));
    Ok(Page {
        head: PageHead { title, ..head.here(number) },
        body: html! { (page.conflict(&now)) (form.render()) },
    })
}

/// Gives a submitted price back.
pub(super) async fn give_back(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    page.cx.require_all(Action::ApprovePrice)?;
    let (key, price) = of_number(page, number).await?;
    let form = page
        .form(format!("/prices/{number}/return"), version(&price))
        .field(Field::area("why", "What is to be mended?", 3).value(page.answers.or("why", "")))
        .submit("Give back")
        .cancel(format!("/offerings/{key}"));
    let head = PageHead::new(format!("Why does price {number} go back?"))
        .crumb("Services", "/services")
        .crumb(&key, format!("/offerings/{key}"))
        .here(number);
    Ok(Page { head, body: form.render() })
}
