//! Forms of an agreement: entering one, another quantity, its end.

use access::{Action, Params};
use kernel::Refused;
use parts::{Choice, Field, FieldKind, Form, PageHead};
use serde_json::Value;

use super::agreement::{head, latest, notice};
use super::customer::admit;
use crate::page::{Page, PageCx, text, version};
use crate::show::plain;

/// How an agreement is settled.
pub(super) fn settlements() -> Vec<Choice> {
    vec![
        Choice::new("memo", "Memo").hint("What it costs is shown, not paid."),
        Choice::new("recharge", "Recharge").hint("It is paid."),
    ]
}

/// A new agreement with a customer.
pub(super) async fn new(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let customer = page.record("customer show", &[("key", key)]).await?;
    admit(page, Action::ConfirmOrder, &customer)?;
    let offerings = Field::select("offering", "What they take", offerings(page).await?);
    let form = page
        .form("/agreements", None)
        .field(Field::hidden("customer", key))
        .field(offerings.value(page.answers.or("offering", page.asked("offering"))));
    let form = terms(page, form).submit("Enter agreement").cancel(format!("/customers/{key}"));
    let head = PageHead::new(format!("What does {} take?", text(&customer, "name")))
        .crumb("Relationships", "/customers")
        .crumb(key, format!("/customers/{key}"))
        .here("New agreement");
    Ok(Page { head, body: form.render() })
}

/// How much, from when to when, with which notice, paid or not.
fn terms(page: &PageCx, form: Form) -> Form {
    let typed = |name: &str| page.answers.or(name, "").to_owned();
    let last = Field::date("to_day", "Last day").optional().hint("Where it is agreed already.");
    let notice = Field::short("notice_days", "Days' notice to end it", 4).optional().hint("0 if left out.");
    let settlement = Field::new("settlement", "Settlement", FieldKind::Radios(settlements()));
    let quantity = Field::short("quantity", "How much", 10).hint("A number such as 1357 or 12.5.");
    form.field(quantity.value(typed("quantity")))
        .field(Field::date("from_day", "First day").value(typed("from_day")))
        .field(last.value(typed("to_day")))
        .field(notice.value(typed("notice_days")))
        .field(settlement.value(page.answers.or("settlement", "memo")))
}

async fn offerings(page: &mut PageCx) -> Result<Vec<Choice>, Refused> {
    let listing = page.list("offering list", &[]).await?;
    let choice = |row: &Vec<kernel::listing::Value>| {
        let field = |column: &str| plain(&listing, row, column);
        Choice::new(field("key"), format!("{}: {}, per {}", field("key"), field("name"), field("unit")))
    };
    let first = std::iter::once(Choice::new("", "Choose an offering"));
    Ok(first.chain(listing.rows.iter().map(choice)).collect())
}

async fn read(page: &mut PageCx, number: &str) -> Result<Value, Refused> {
    let agreement = page.record("agreement show", &[("number", number)]).await?;
    let customer = page.record("customer show", &[("key", text(&agreement, "customer"))]).await?;
    admit(page, Action::ConfirmOrder, &customer)?;
    Ok(agreement)
}

/// Another quantity from a day on.
pub(super) async fn change(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let agreement = read(page, number).await?;
    let now = latest(&agreement);
    let answers = &page.answers;
    let form = page
        .form(format!("/agreements/{number}/edit"), version(&agreement))
        .field(
            Field::short("quantity", &format!("How much, {}", text(&agreement, "unit")), 10)
                .value(answers.or("quantity", now)),
        )
        .field(
            Field::date("from_day", "From which day")
                .hint("What was before that day stays.")
                .value(answers.or("from_day", "")),
        )
        .submit("Change quantity")
        .cancel(format!("/agreements/{number}"));
    let head = head(&agreement).crumb(number, format!("/agreements/{number}")).here("Change");
    let title = format!("How much does {} take?", text(&agreement, "customer_name"));
    let form = page.merged(form, &[("Quantity", "quantity", now)]);
    Ok(Page { head: PageHead { title, state: None, ..head }, body: form.render() })
}

/// Its last day.
pub(super) async fn end(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let agreement = read(page, number).await?;
    let answers = &page.answers;
    let form = page
        .form(format!("/agreements/{number}/end/edit"), version(&agreement))
        .field(
            Field::date("to_day", "Last day")
                .hint(format!("Notice agreed: {}.", notice(&agreement)))
                .value(answers.or("to_day", text(&agreement, "to_day"))),
        )
        .field(
            Field::area("why", "Why both sides agree to less than the notice", 2)
                .optional()
                .value(answers.or("why", "")),
        )
        .submit("End agreement")
        .cancel(format!("/agreements/{number}"));
    let head = head(&agreement).crumb(number, format!("/agreements/{number}")).here("End");
    let title = format!("When does {} end?", text(&agreement, "offering_name"));
    let form = page.merged(form, &[("Last day", "to_day", text(&agreement, "to_day"))]);
    Ok(Page { head: PageHead { title, state: None, ..head }, body: form.render() })
}
