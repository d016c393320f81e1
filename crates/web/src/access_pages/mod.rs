//! Pages of access: people and tokens.

use access::Params;
use kernel::Refused;
use parts::{Field, PageHead};

use crate::page::{Page, PageCx, PageRoute, page};

/// Pages of this context that are more than a list.
pub(crate) static PAGES: &[PageRoute] = &[page!("/records/people/new", Administer => invite)];

async fn invite(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let answers = &page.answers;
    let form = page
        .form("/records/people", None)
        .field(Field::short("username", "Username", 20).value(answers.or("username", "")))
        .field(Field::text("name", "Name").value(answers.or("name", "")))
        .field(Field::text("email", "Mail address").optional().value(answers.or("email", "")))
        .submit("Invite");
    let head = PageHead::new("Who shall come in?").crumb("People", "/records/people").here("New");
    Ok(Page { head, body: form.render() })
}
