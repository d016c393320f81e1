//! Contacts: the list, and the forms of one at a customer.

use access::{Action, Params};
use kernel::{Refusal, Refused};
use parts::{
    Choice, Empty, Field, FieldKind, Form, HeadAction, ListPage, PageHead, Render, html, summary_list,
};

use super::customer::{admit, for_one};
use crate::filters;
use crate::finance::only_customer;
use crate::page::{Page, PageCx, text};
use crate::show::{happened, may_customer, only, plain, sentence};

/// Whom do we speak to?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("contact list", &[]).await?;
    let (asks, none) = match only_customer(page) {
        true => ("Whom of you do we speak to?", "We know none of your people yet."),
        false => (
            "Whom do we speak to?",
            "We know nobody at a customer yet. Contacts are added on the customer's page.",
        ),
    };
    let empty = Empty::new(none).action(HeadAction::link("Customers", "/customers"));
    let customers = filters::customer(page).await?;
    let list = ListPage::new(&listing, "/contacts").filter(customers).empty(empty);
    let mut head = PageHead::new(asks).crumb("Relationships", "/customers").here("Contacts");
    head.actions.extend(for_one(page, Action::EditCustomer, "Add a contact", "contacts/new").await?);
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// A new contact at a customer.
pub(super) async fn new(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let customer = page.record("customer show", &[("key", key)]).await?;
    admit(page, Action::EditCustomer, &customer)?;
    let name = text(&customer, "name");
    let form = page.form("/contacts", None).field(Field::hidden("customer", key));
    let form = questions(page, form, ["", "", "medium", ""])
        .submit("Add contact")
        .cancel(format!("/customers/{key}"));
    let head = PageHead::new(format!("Whom do we speak to at {name}?"))
        .crumb("Relationships", "/customers")
        .crumb(key, format!("/customers/{key}"))
        .here("New contact");
    Ok(Page { head, body: form.render() })
}

/// One contact.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let contact = page.record("contact show", &[("number", number)]).await?;
    let customer = page.record("customer show", &[("key", text(&contact, "customer"))]).await?;
    let (past, _) = happened(page, "contact", number, None).await?;
    let (key, name) = (text(&customer, "key"), text(&customer, "name"));
    let mut head = PageHead::new(text(&contact, "name"))
        .crumb("Relationships", "/customers")
        .crumb(key, format!("/customers/{key}"))
        .crumb("Contacts", format!("/contacts?customer={key}"))
        .here(number)
        .answer(html! { (text(&contact, "role")) " at " a href={ "/customers/" (key) } { (name) } "." });
    if may_customer(page, Action::EditCustomer, text(&customer, "id")) {
        head = head.action(HeadAction::link("Change", format!("/contacts/{number}/edit")).primary());
    }
    let manager = customer.get("manager").map_or("", |manager| text(manager, "name"));
    let rows = [
        ("E-mail", text(&contact, "email").to_owned()),
        ("Influence", sentence(text(&contact, "influence"))),
        ("Relationship manager", manager.to_owned()),
    ];
    let rows: Vec<_> = (rows.iter().filter(|(_, value)| !value.is_empty()))
        .map(|(label, value)| (*label, html! { (value) }))
        .collect();
    let body = html! { section { (summary_list(&rows)) } section .gap { h2 { "History" } (past) } };
    Ok(Page { head, body })
}

/// Change a contact.
pub(super) async fn edit(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let listing = page.list_asked("contact list", &[], only(&[("number", number)])).await?;
    let row = listing.rows.first().ok_or_else(Refusal::not_found)?;
    let field = |column: &str| plain(&listing, row, column);
    let (key, name) = (field("customer"), field("name"));
    let customer = page.record("customer show", &[("key", &key)]).await?;
    admit(page, Action::EditCustomer, &customer)?;
    let stored = [name.as_str(), &field("role"), &field("influence"), &field("email")];
    let form = page.form(format!("/contacts/{number}/edit"), field("version").parse().ok());
    let form = questions(page, form, stored).submit("Save").cancel(format!("/customers/{key}"));
    let head = PageHead::new(format!("Change {name}"))
        .crumb("Relationships", "/customers")
        .crumb(&key, format!("/customers/{key}"))
        .here(number);
    let now = [
        ("Name", "name", stored[0]),
        ("Role", "role", stored[1]),
        ("Influence", "influence", stored[2]),
        ("E-mail", "email", stored[3]),
    ];
    Ok(Page { head, body: page.merged(form, &now).render() })
}

fn questions(page: &PageCx, form: Form, stored: [&str; 4]) -> Form {
    let answers = &page.answers;
    let influence = ["high", "medium", "low"].map(|word| Choice::new(word, sentence(word))).to_vec();
    let hint = "How much they decide. Our own note: their people do not see it.";
    form.field(Field::text("name", "Name").value(answers.or("name", stored[0])))
        .field(Field::text("role", "Role there").hint("Head of claims").value(answers.or("role", stored[1])))
        .field(
            Field::new("influence", "Influence", FieldKind::Radios(influence))
                .hint(hint)
                .value(answers.or("influence", stored[2])),
        )
        .field(
            Field::new("email", "E-mail", FieldKind::Typed { kind: "email", autocomplete: "off" })
                .optional()
                .value(answers.or("email", stored[3])),
        )
}
