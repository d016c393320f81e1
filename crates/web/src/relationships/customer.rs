//! Customers: the list and the forms of one.

use access::{Action, Params};
use kernel::listing::{Listing, Value as Cell};
use kernel::{CustomerId, Refusal, Refused};
use parts::{
    Choice, Empty, Field, FieldKind, Figure, FilterControl, Form, HeadAction, ListPage, Markup, PageHead,
    Render, html,
};
use serde_json::{Value, json};

use crate::finance::only_customer;
use crate::page::{Page, PageCx, text, version};
use crate::people;
use crate::show::{counted, may_customer};

/// Who are our customers?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut listing = page.list_at("customer list", &[]).await?;
    with_kinds(&mut listing);
    let add = HeadAction::link("Add customer", "/customers/new");
    let kinds = vec![Choice::new("unit", "Business unit"), Choice::new("outside", "Outside organisation")];
    let mut empty = Empty::new("There is no customer yet.");
    let asks = if only_customer(page) { "Whom do you speak for?" } else { "Who are our customers?" };
    let mut head = PageHead::new(asks).here("Relationships").answer(answer(page).await?);
    if page.may(Action::EditCustomer) {
        empty = empty.action(add.clone());
        head = head.action(add.primary());
    } else {
        empty = Empty::new("There is no customer yet. A relationship manager adds them.")
            .action(HeadAction::link("Home", "/"));
    }
    let list = ListPage::new(&listing, "/customers")
        .filter(FilterControl::select("kind", "Kind", kinds))
        .empty(empty);
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// What a list narrowed to one customer offers for it: `place` below the customer's page, where the reader may do
/// `action` for them.
pub(super) async fn for_one(
    page: &mut PageCx,
    action: Action,
    label: &str,
    place: &str,
) -> Result<Option<HeadAction>, Refused> {
    let key = page.asked("customer").to_owned();
    if key.is_empty() || !page.may(action) {
        return Ok(None);
    }
    let customer = match page.record("customer show", &[("key", &key)]).await {
        // The list of a customer that is none, or none of theirs, is empty and says so itself.
        Err(Refused::Refusal(_)) => return Ok(None),
        other => other?,
    };
    let at = format!("/customers/{}/{place}", text(&customer, "key"));
    let may = may_customer(page, action, text(&customer, "id"));
    Ok(may.then(|| HeadAction::link(label, at).primary()))
}

/// Kinds in the words of the record's own page.
fn with_kinds(listing: &mut Listing) {
    let Some(at) = listing.columns.iter().position(|column| column.key == "kind") else { return };
    for row in &mut listing.rows {
        let word = match row[at].plain().as_str() {
            "unit" => "Business unit",
            "outside" => "Outside organisation",
            _ => continue,
        };
        row[at] = Cell::from(word);
    }
}

/// “6 business units, 4 outside organisations; 2 orders wait for an answer.”
async fn answer(page: &mut PageCx) -> Result<Markup, Refused> {
    let units = counted(page, "customer list", &[], &[("kind", "unit")]).await?;
    let outside = counted(page, "customer list", &[], &[("kind", "outside")]).await?;
    let waiting = counted(page, "order list", &[], &[("state", "asked")]).await?;
    Ok(html! {
        (Figure::count(units, "/customers?kind=unit").spoken())
        (if units == 1 { " business unit, " } else { " business units, " })
        (Figure::count(outside, "/customers?kind=outside").spoken())
        (if outside == 1 { " outside organisation; " } else { " outside organisations; " })
        @if waiting == 0 { "no order waits for an answer." }
        @else {
            (Figure::count(waiting, "/orders?state=asked").spoken())
            (if waiting == 1 { " order waits for an answer." } else { " orders wait for an answer." })
        }
    })
}

/// Refuses unless the person may do `action` for the customer read.
pub(super) fn admit(page: &PageCx, action: Action, customer: &Value) -> Result<(), Refusal> {
    match CustomerId::parse(text(customer, "id")) {
        Some(id) => page.cx.require_customer(action, id),
        None => Err(access::refused(action)),
    }
}

/// A new customer.
pub(super) async fn new(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let people = people::all(page).await?;
    let form = page.form("/customers", None);
    let key = Field::short("key", "Key", 12).hint("2 to 12 capital letters and digits. It never changes.");
    let form = form.field(key.value(page.answers.or("key", "")));
    let form = questions(page, form, &json!({ "kind": "unit" }), &people);
    let form = form.submit("Add customer").cancel("/customers");
    let head = PageHead::new("Who is the new customer?").crumb("Relationships", "/customers").here("New");
    Ok(Page { head, body: form.render() })
}

/// Change a customer.
pub(super) async fn edit(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let customer = page.record("customer show", &[("key", key)]).await?;
    admit(page, Action::EditCustomer, &customer)?;
    let at = format!("/customers/{key}");
    let people = people::all(page).await?;
    let form = page.form(format!("{at}/edit"), version(&customer));
    let form = questions(page, form, &customer, &people).submit("Save").cancel(at.clone());
    let head = PageHead::new(format!("Change {}", text(&customer, "name")));
    let head = head.crumb("Relationships", "/customers").crumb(key, at).here("Change");
    let stored = [
        ("Name", "name", text(&customer, "name")),
        ("Kind", "kind", text(&customer, "kind")),
        ("Relationship manager", "manager", manager(&customer)),
    ];
    Ok(Page { head, body: page.merged(form, &stored).render() })
}

fn manager(customer: &Value) -> &str {
    customer.get("manager").map_or("", |manager| text(manager, "username"))
}

fn questions(page: &PageCx, form: Form, customer: &Value, people: &[Choice]) -> Form {
    let kinds = vec![
        Choice::new("unit", "Business unit").hint("Part of our organisation: charged inside."),
        Choice::new("outside", "Outside organisation"),
    ];
    let answers = &page.answers;
    let manager = answers.or("manager", manager(customer));
    form.field(Field::text("name", "Name").value(answers.or("name", text(customer, "name"))))
        .field(
            Field::new("kind", "Kind", FieldKind::Radios(kinds))
                .value(answers.or("kind", text(customer, "kind"))),
        )
        .field(people::field("manager", "Relationship manager", "you", people, manager))
}
