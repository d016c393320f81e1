//! Upload a file: the first step of an import. Nothing is written by it.

use access::Params;
use kernel::Refused;
use parts::{Choice, Empty, Field, HeadAction, PageHead, empty, html};

use super::kinds;
use crate::page::{Page, PageCx, text};
use crate::show::plain;

/// Which file?
pub(super) async fn upload(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let kinds = kinds(page).await?;
    let head =
        PageHead::new("Which file shall be imported?").crumb("Imports", "/records/batches").here("New");
    if kinds.is_empty() {
        let says = "Your roles do not let you import anything; you may look at what was imported.";
        let place = Empty::new(says).action(HeadAction::link("Imports", "/records/batches"));
        return Ok(Page { head, body: empty(&place) });
    }
    let asked = page.asked("kind").to_owned();
    let mends = page.asked("mends").to_owned();
    let period = page.asked("period").to_owned();
    let profiles = page.list("profile list", &[]).await?;
    let mut saved = vec![Choice::new("", "recognised by its columns, else asked")];
    saved.extend(profiles.rows.iter().map(|row| {
        let name = plain(&profiles, row, "name");
        Choice::new(name.clone(), format!("{name} ({})", plain(&profiles, row, "kind")))
    }));
    let choices = kinds.iter().map(|kind| Choice::new(text(kind, "kind"), text(kind, "label"))).collect();
    let chosen =
        page.answers.or("kind", if asked.is_empty() { text(&kinds[0], "kind") } else { &asked }).to_owned();
    let mut form = page
        .form("/records/batches", None)
        .field(Field::radios("kind", "What does it hold?", choices).value(chosen))
        .field(
            Field::file("file", "File", ".csv,.txt,.tsv,.xlsx,.xls,.ods")
                .hint("CSV or Excel, at most 64 MB."),
        )
        .field(Field::select("profile", "How it is read", saved).value(page.answers.or("profile", "")));
    if !period.is_empty() {
        let hint = "For a file whose lines name no month of their own; leave it empty otherwise.";
        let month = Field::short("period", "The one month of the file", 8).optional().hint(hint);
        form = form.field(month.value(page.answers.or("period", "")));
    }
    if !mends.is_empty() {
        form = form.field(Field::hidden("mends", mends.clone()));
    }
    let form = form.submit("Upload").cancel("/records/batches");
    let answer = match mends.as_str() {
        "" => html! { "Nothing is written before you have seen how it is read and what is in it." },
        batch => html! { "The mended lines of " a href={ "/records/batches/" (batch) } { (batch) } "." },
    };
    Ok(Page { head: head.answer(answer), body: form.render() })
}
