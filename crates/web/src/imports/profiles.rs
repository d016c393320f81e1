//! Import profiles: those there are, one, saving one from its file. Most are saved at the end of an import.

use access::{Action, Params};
use kernel::Refused;
use kernel::listing::encode;
use parts::{
    Cell, Empty, Field, Figure, Head, HeadAction, ListPage, Markup, PageHead, Render, SimpleTable, html,
    titled,
};
use serde_json::Value;

use super::{kinds, may_import};
use crate::page::{Page, PageCx, text};
use crate::show::{counted, happened_to};

/// How shall files of a kind be read?
pub(super) async fn new(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    if !may_import(page) {
        return Err(access::refused(Action::ImportMoney).into());
    }
    let form = page
        .form("/records/profiles", None)
        .field(
            Field::area("toml", "The profile", 16)
                .hint("The text of its file (TOML), as “quarterdeck profile show” prints it.")
                .value(page.answers.or("toml", "")),
        )
        .field(
            Field::text("name", "Name")
                .optional()
                .hint("Another than the file gives.")
                .value(page.answers.or("name", "")),
        )
        .submit("Save profile")
        .cancel("/records/profiles");
    let head = PageHead::new("How shall files of a kind be read?")
        .crumb("Imports", "/records/batches")
        .crumb("Profiles", "/records/profiles")
        .here("New")
        .answer(html! { "A profile of the same name and kind is replaced." });
    Ok(Page { head, body: form.render() })
}

/// One profile: which column means what, what is the same in every line, and its file.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let name = params.get("name");
    let profile = page.record("profile show", &[("name", name)]).await?;
    let used = counted(page, "batch list", &[], &[("profile", name)]).await?;
    let past = happened_to(page, &[("profile", text(&profile, "id"))], 20).await?;
    let kinds = kinds(page).await?;
    let kind = kinds.iter().find(|kind| text(kind, "kind") == text(&profile, "kind"));
    let label = kind.map_or(text(&profile, "kind"), |kind| text(kind, "label"));
    let batches = format!("/records/batches?profile={}", encode(name));
    let answer = html! {
        "For " (label) ". " (Figure::count(used, batches).spoken())
        (if used == 1 { " import was read by it." } else { " imports were read by it." })
    };
    let head = PageHead::new(name)
        .crumb("Imports", "/records/batches")
        .crumb("Profiles", "/records/profiles")
        .here(name)
        .answer(answer);
    let body = html! {
        (pairs("What is read from where", ["Column of the file", "Means"], &profile["columns"]))
        (pairs("The same in every line", ["Means", "Is"], &profile["constants"]))
        section { h2 { "Its file" } pre .scroll tabindex="0" { (text(&profile, "toml")) } }
        (past)
    };
    Ok(Page { head, body })
}

/// Names and what they stand for; nothing where there are none.
fn pairs(caption: &str, heads: [&str; 2], all: &Value) -> Markup {
    let all = all.as_object().into_iter().flatten();
    let table = SimpleTable::new(caption, heads.map(Head::words).to_vec()).dense();
    let table = all.fold(table, |table, (name, stands)| {
        table.row(vec![Cell::words(name.as_str()), Cell::words(stands.as_str().unwrap_or_default())])
    });
    html! { @if !table.rows.is_empty() { (titled(&table)) } }
}

/// Which profiles are saved?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("profile list", &[]).await?;
    let mut head = PageHead::new("How are files of a kind read?").crumb("Imports", "/records/batches");
    let mut none =
        Empty::new("No profile is saved yet: the end of an import offers to save how it was read.");
    if may_import(page) {
        let add = HeadAction::link("Save one from its file", "/records/profiles/new");
        none = none.action(add.clone());
        head = head.action(add);
    }
    let list = ListPage::new(&listing, "/records/profiles").empty(none);
    Ok(Page { head: head.here("Profiles"), body: ListPage { heading_hidden: true, ..list }.render() })
}
