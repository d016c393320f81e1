//! Roles: giving one, ending one, and who holds which.

use access::{Action, Params, Role};
use kernel::Refused;
use kernel::listing::Value;
use parts::{Cell, Choice, Empty, Field, FilterControl, Form, ListPage, PageHead, Render, html};

use crate::page::{Page, PageCx};
use crate::show::{only, plain, sentence};

/// What a role is for, linked to the record where the reader may open it.
pub(super) fn for_what(page: &PageCx, scope: &str, record: &str, name: &str) -> Cell {
    match scope {
        "customer" if page.may(Action::ReadCustomers) => Cell::link(name, format!("/customers/{record}")),
        "service" if page.may(Action::ReadServices) => Cell::link(name, format!("/services/{record}")),
        "organisation" => Cell::words("the organisation"),
        _ => Cell::words(format!("{record}, {name}")),
    }
}

/// The crumb of people, for who may open them.
fn under_people(page: &PageCx, head: PageHead) -> PageHead {
    if page.may(Action::Administer) { head.crumb("People", "/records/people") } else { head }
}

/// Where giving up leads: to the person, for who may open them.
fn back(page: &PageCx, username: &str) -> String {
    if page.may(Action::Administer) {
        format!("/records/people/{username}")
    } else {
        "/records/grants".into()
    }
}

/// Why a role that waits does so for the reader.
pub(super) const fn waits_for(mine: bool) -> &'static str {
    if mine { "another executive confirms what you gave" } else { "an executive confirms it" }
}

/// Who gave a role that nobody gave.
pub(super) const AT_SET_UP: &str = "at set-up";

/// Who holds which role?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut listing = page.list_at("grant list", &[]).await?;
    let given = listing.columns.iter().position(|column| column.key == "given_by");
    for cell in listing.rows.iter_mut().filter_map(|row| row.get_mut(given?)) {
        if *cell == Value::Unknown {
            *cell = Value::from(AT_SET_UP);
        }
    }
    let list = ListPage::new(&listing, "/records/grants")
        .rows_named("role", "roles")
        .filter(FilterControl::typed("state", "State"))
        .filter(FilterControl::typed("role", "Role"))
        .empty(Empty::new("Nobody holds a role yet."));
    let head = under_people(page, PageHead::new("Who holds which role?")).here("Roles");
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// The form that gives a role.
pub(super) async fn give(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let username = params.get("username");
    let answers = &page.answers;
    let mut roles = vec![Choice::new("", "Choose one")];
    roles.extend(Role::ALL.map(|role| Choice::new(role.word(), sentence(role.word()))));
    let scopes = [
        ("organisation", "The whole organisation"),
        ("customer", "One customer"),
        ("service", "One service"),
    ];
    let scopes = scopes.map(|(value, label)| Choice::new(value, label)).to_vec();
    let at = back(page, username);
    let form: Form = page
        .form("/records/grants", None)
        .field(Field::hidden("username", username))
        .field(Field::select("role", "Role", roles).value(answers.or("role", "")))
        .field(Field::radios("scope", "For", scopes).value(answers.or("scope", "organisation")))
        .field(
            Field::short("scope_id", "Key of the customer or service", 12)
                .hint("As in its address: CARE.")
                .optional()
                .value(answers.or("scope_id", "")),
        )
        .words(html! { p .muted { "Executive, board member, chair and finance manager count once an executive has confirmed them; the first executive counts at once, since nobody could." } })
        .submit("Give the role")
        .cancel(at.clone());
    let head = PageHead::new(format!("Which role for {username}?"));
    let head = under_people(page, head).here("Role");
    Ok(Page { head, body: form.render() })
}

/// Before a role ends.
pub(super) async fn end(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let id = params.get("id");
    let listing = page.list_asked("grant list", &[], only(&[("id", id)])).await?;
    let row = listing.rows.first().ok_or_else(kernel::Refusal::not_found)?;
    let of = |key: &str| plain(&listing, row, key);
    let (person, role, username) = (of("person"), of("role"), of("username"));
    let what = match of("record").as_str() {
        "" => "the organisation".to_owned(),
        key => key.to_owned(),
    };
    let at = back(page, &username);
    let form = page
        .form(format!("/records/grants/{id}/end"), of("version").parse().ok())
        .field(Field::area("why", "Why", 3).optional().value(page.answers.or("why", "")))
        .submit("End the role")
        .cancel(at.clone());
    let head = PageHead::new(format!("Is {person} no longer {role} for {what}?"));
    let head = under_people(page, head).here("End a role");
    Ok(Page { head, body: form.render() })
}
