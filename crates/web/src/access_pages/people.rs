//! People: inviting one, one with their roles, shutting one out.

use access::{Action, Params, Role};
use kernel::Refused;
use parts::state::{State, Tone};
use parts::{
    Cell, Empty, Field, FilterControl, Head, HeadAction, ListPage, Markup, PageHead, Render, Shape,
    SimpleTable, html, number, titled,
};
use serde_json::Value;

use super::roles::{AT_SET_UP, for_what, waits_for};
use crate::page::{Page, PageCx, text, version};
use crate::show::{happened, refusal, rows, sentence};

/// Who may come in?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("user list", &[]).await?;
    let invite = HeadAction::link("Invite a person", "/records/people/new");
    let list = ListPage::new(&listing, "/records/people")
        .rows_named("person", "people")
        .filter(FilterControl::typed("state", "State"))
        .empty(Empty::new("Nobody is here yet.").action(invite.clone()));
    let mut head = PageHead::new("Who may come in?").here("People").action(invite.primary());
    if page.may(Action::GrantRoles) {
        head = head.answer(html! { a href="/records/grants" { "All roles" } });
    }
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// The form for a new person.
pub(super) async fn invite(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let answers = &page.answers;
    let form = page
        .form("/records/people", None)
        .field(Field::short("username", "Username", 20).value(answers.or("username", "")))
        .field(Field::text("name", "Name").value(answers.or("name", "")))
        .field(Field::text("email", "Mail address").optional().value(answers.or("email", "")))
        .submit("Invite")
        .cancel("/records/people");
    let head = PageHead::new("Who shall come in?").crumb("People", "/records/people").here("New");
    Ok(Page { head, body: form.render() })
}

/// What may this person do?
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let username = params.get("username");
    let person = page.record("user show", &[("username", username)]).await?;
    let (past, _) = happened(page, "person", username, Some(20)).await?;
    let mut head = PageHead::new(format!("What may {} do?", text(&person, "name")))
        .crumb("People", "/records/people")
        .here(username)
        .state(standing(text(&person, "state")));
    if text(&person, "state") != "disabled" {
        head = head.action(HeadAction::link("New link", format!("/records/people/{username}/reset")));
        head = head.action(HeadAction::link("Shut out", format!("/records/people/{username}/disable")));
        if page.may(Action::GrantRoles) {
            head = head.action(
                HeadAction::link("Give a role", format!("/records/people/{username}/role")).primary(),
            );
        }
    }
    let body = html! {
        (refusal(page))
        @if !text(&person, "email").is_empty() { p { "Mail address: " (text(&person, "email")) } }
        (held(page, &person))
        section .gap { h2 { "History" } (past) }
    };
    Ok(Page { head, body })
}

/// The state of a person or of a role.
fn standing(word: &str) -> State {
    let (tone, shape) = match word {
        "active" => (Tone::Ok, Shape::Check),
        "asked" | "invited" => (Tone::Warn, Shape::Triangle),
        _ => (Tone::Neutral, Shape::Square),
    };
    State::new(sentence(word), tone, shape)
}

/// Roles that count or wait; those that ended after them.
fn held(page: &PageCx, person: &Value) -> Markup {
    let mut grants: Vec<&Value> = rows(person, "grants").iter().collect();
    grants.sort_by_key(|grant| text(grant, "state") == "ended");
    if grants.is_empty() {
        return html! { section { h2 { "Roles" } p { "No role yet: they can sign in and see nothing that is not everybody's." } } };
    }
    let heads = ["Role", "For", "State", "Given by", "Since", "Confirmed by", ""].map(Head::words).to_vec();
    let table = grants.into_iter().fold(SimpleTable::new("Roles", heads), |table, grant| {
        table.row(vec![
            Cell::words(sentence(text(grant, "role"))),
            for_what(page, text(grant, "scope"), text(grant, "record"), text(grant, "record_name")),
            Cell::from(standing(text(grant, "state")).inline()),
            Cell::words(match text(grant, "given_by") {
                "" => AT_SET_UP,
                name => name,
            }),
            Cell::words(match text(grant, "since") {
                "" => String::new(),
                at => number::time(at),
            }),
            Cell::words(text(grant, "confirmed_by")),
            Cell::from(acts(page, grant)),
        ])
    });
    titled(&table)
}

/// What can be done with a role by the reader: confirm what waits, end what counts.
fn acts(page: &PageCx, grant: &Value) -> Markup {
    let id = text(grant, "id");
    let waits = text(grant, "state") == "asked";
    let mine = text(grant, "granted_by") == page.cx.person().to_string();
    let confirms = waits && !mine && page.cx.who.has(Role::Executive);
    html! {
        @if confirms {
            (page.post(format!("/records/grants/{id}/confirm"), version(grant)).button("Confirm"))
        } @else if waits { span .muted { (waits_for(mine)) } }
        @if text(grant, "state") != "ended" && page.may(Action::GrantRoles) {
            " " a href={ "/records/grants/" (id) "/end" } { "End" }
        }
    }
}

/// Before somebody gets a new link.
pub(super) async fn reset(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let username = params.get("username");
    let person = page.record("user show", &[("username", username)]).await?;
    let at = format!("/records/people/{username}");
    let says = "Earlier links, the password and open sessions end at once. Roles stay, and count again once a \
                password is chosen by the new link, which is shown once and opens once, within seven days.";
    let form = page
        .form(format!("{at}/reset"), version(&person))
        .words(html! { p { (says) } })
        .submit("Make a new link")
        .cancel(at.clone());
    let head = PageHead::new(format!("A new link for {}?", text(&person, "name")))
        .crumb("People", "/records/people")
        .crumb(username, at)
        .here("New link");
    Ok(Page { head, body: form.render() })
}

/// Before somebody is shut out.
pub(super) async fn disable(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let username = params.get("username");
    let person = page.record("user show", &[("username", username)]).await?;
    let at = format!("/records/people/{username}");
    let form = page
        .form(format!("{at}/disable"), version(&person))
        .words(html! { p { "Their sessions and API tokens end at once. What they did stays, under their name." } })
        .field(Field::area("why", "Why", 3).value(page.answers.or("why", "")))
        .submit("Shut out")
        .cancel(at.clone());
    let head = PageHead::new(format!("Shut {} out?", text(&person, "name")))
        .crumb("People", "/records/people")
        .crumb(username, at)
        .here("Shut out");
    Ok(Page { head, body: form.render() })
}
