//! Saving an import profile from its file. Most are saved at the end of an import.

use access::{Action, Params};
use kernel::Refused;
use parts::{Empty, Field, HeadAction, ListPage, PageHead, Render, html};

use super::may_import;
use crate::page::{Page, PageCx};

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
