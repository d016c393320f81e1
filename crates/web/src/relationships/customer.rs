//! Customers: the list, one customer, its forms.

use access::{Action, Params};
use kernel::Refused;
use parts::{Choice, Empty, Field, FieldKind, FilterControl, Form, HeadAction, ListPage, PageHead, Render, html, summary_list};

use crate::page::{Page, PageCx, text, version};

/// Who are our customers?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("customer list", &[]).await?;
    let add = HeadAction::link("Add customer", "/customers/new");
    let kinds = vec![Choice::new("unit", "Business unit"), Choice::new("outside", "Outside organisation")];
    let mut empty = Empty::new("There is no customer yet.");
    let mut head = PageHead::new("Who are our customers?").here("Customers");
    if page.may(Action::EditCustomer) {
        empty = empty.action(add.clone());
        head = head.action(add.primary());
    }
    let list = ListPage::new(&listing, "/customers").filter(FilterControl::select("kind", "Kind", kinds)).empty(empty);
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// One customer.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let customer = page.record("customer show", &[("key", key)]).await?;
    let mut head = PageHead::new(text(&customer, "name")).crumb("Customers", "/customers").here(key);
    if page.may(Action::EditCustomer) {
        head = head.action(HeadAction::link("Change", format!("/customers/{key}/edit")));
    }
    let kind = if text(&customer, "kind") == "unit" { "Business unit" } else { "Outside organisation" };
    let body = html! { (summary_list(&[("Key", html! { (key) }), ("Kind", html! { (kind) })])) };
    Ok(Page { head, body })
}

/// A new customer.
pub(super) async fn new(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let form = page.form("/customers", None);
    let key = Field::short("key", "Key", 12).hint("2 to 12 capital letters and digits. It never changes.");
    let form = form.field(key.value(page.answers.or("key", "")));
    let form = questions(page, form, "", "unit").submit("Add customer").cancel("/customers");
    let head = PageHead::new("Add a customer").crumb("Customers", "/customers").here("New");
    Ok(Page { head, body: form.render() })
}

/// Change a customer.
pub(super) async fn edit(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let customer = page.record("customer show", &[("key", key)]).await?;
    let at = format!("/customers/{key}");
    let form = page.form(format!("{at}/edit"), version(&customer));
    let form = questions(page, form, text(&customer, "name"), text(&customer, "kind"));
    let form = form.submit("Save").cancel(at.clone());
    let head = PageHead::new(format!("Change {}", text(&customer, "name")));
    let head = head.crumb("Customers", "/customers").crumb(key, at).here("Change");
    let stored = [("Name", text(&customer, "name")), ("Kind", text(&customer, "kind"))];
    Ok(Page { head, body: html! { (page.conflict(&stored)) (form.render()) } })
}

fn questions(page: &PageCx, form: Form, name: &str, kind: &str) -> Form {
    let kinds = vec![
        Choice::new("unit", "Business unit").hint("Part of our organisation: charged inside."),
        Choice::new("outside", "Outside organisation"),
    ];
    form.field(Field::text("name", "Name").value(page.answers.or("name", name)))
        .field(Field::new("kind", "Kind", FieldKind::Radios(kinds)).value(page.answers.or("kind", kind)))
}
