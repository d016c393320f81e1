//! Forms of an account of the ledger: a new one, and changing one.

use access::Params;
use kernel::Refused;
use parts::{Choice, Field, Form, PageHead};

use crate::page::{Page, PageCx, text, version};
use crate::show::sentence;

/// What an account is of.
pub(super) const CLASSES: [&str; 4] = ["cost", "income", "asset", "balance"];

fn under_accounts(head: PageHead) -> PageHead {
    head.crumb("Money", "/money").crumb("Ledger", "/money/ledger").crumb("Accounts", "/money/ledger/accounts")
}

fn questions(page: &PageCx, form: Form, name: &str, class: &str) -> Form {
    let classes = CLASSES.map(|class| Choice::new(class, sentence(class))).to_vec();
    form.field(Field::text("name", "Name").value(page.answers.or("name", name))).field(
        Field::radios("class", "What is booked there?", classes).value(page.answers.or("class", class)),
    )
}

/// A new account.
pub(super) async fn new(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let code = Field::short("code", "Code", 20).hint("As your ledger writes it; it never changes.");
    let form = page.form("/money/ledger/accounts", None).field(code.value(page.answers.or("code", "")));
    let form = questions(page, form, "", "cost").submit("Add account").cancel("/money/ledger/accounts");
    let head = under_accounts(PageHead::new("Which account shall lines be booked to?")).here("New");
    Ok(Page { head, body: form.render() })
}

/// Change one.
pub(super) async fn edit(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let code = params.get("code");
    let account = page.record("account show", &[("code", code)]).await?;
    let (name, class) = (text(&account, "name"), text(&account, "class"));
    let at = format!("/money/ledger/accounts/{code}");
    let form = page.form(format!("{at}/edit"), version(&account));
    let form = questions(page, form, name, class).submit("Save").cancel(at.clone());
    let head = under_accounts(PageHead::new(format!("Change account {code}"))).crumb(code, at).here("Change");
    let stored = [("Name", "name", name), ("What is booked there?", "class", class)];
    Ok(Page { head, body: page.merged(form, &stored).render() })
}
