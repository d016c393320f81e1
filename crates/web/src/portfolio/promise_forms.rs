//! Forms of a promise: adding one, entering what was measured, withdrawing it.

use access::{Action, Params};
use kernel::Refused;
use parts::{Choice, Field, FieldKind, Form, PageHead};

use super::promise::{head, of_number};
use super::service_forms::admit;
use crate::page::{Page, PageCx, text, version};

/// A new promise of a service.
pub(super) async fn new(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let service = page.record("service show", &[("key", params.get("key"))]).await?;
    admit(page, Action::EditPromises, &service)?;
    let (key, name) = (text(&service, "key"), text(&service, "name"));
    let form = page.form(format!("/services/{key}/promises"), None);
    let form = limits(page, when(page, what(page, form)))
        .submit("Add promise")
        .cancel(format!("/services/{key}/promises"));
    let head = PageHead::new(format!("What does {name} promise?"))
        .crumb("Services", "/services")
        .crumb(key, format!("/services/{key}"))
        .crumb("Promises", format!("/services/{key}/promises"))
        .here("New");
    Ok(Page { head, body: form.render() })
}

fn what(page: &PageCx, form: Form) -> Form {
    let measures = vec![
        Choice::new("service level", "Service level").hint("Measured by you: 99.5 % available."),
        Choice::new("unit cost", "Unit cost").hint("Cost by what is taken of it, from the ledger."),
        Choice::new("yearly cost", "Yearly cost").hint("Cost in a fiscal year, from the ledger."),
        Choice::new("project cost", "Project cost")
            .hint("Cost of a project of it, brought in from elsewhere."),
        Choice::new("date", "Date").hint("A milestone, reported by you."),
    ];
    let typed = |name: &str| page.answers.or(name, "").to_owned();
    let name = Field::text("name", "What is promised").hint("As people say it: Availability.");
    let measure = Field::new("measure", "Measured as", FieldKind::Radios(measures));
    let promised =
        Field::short("promised", "Promised", 12).hint("A number such as 99.5, or a day: 2026-12-31.");
    let unit = Field::short("unit", "Unit", 12).optional().hint("%, or what a unit cost is per: seat.");
    let currency = Field::short("currency", "Currency", 3).optional().hint("Of an amount; ours if left out.");
    form.field(name.value(typed("name")))
        .field(measure.value(page.answers.or("measure", "service level")))
        .field(promised.value(typed("promised")))
        .field(unit.value(typed("unit")))
        .field(currency.value(typed("currency")))
}

fn when(page: &PageCx, form: Form) -> Form {
    let due = Field::short("due", "Due", 22);
    let due = due.hint(
        "FY26, 2026-09, 2026-12-31 or monthly from 2025-10. A date is due on itself: leave it empty then.",
    );
    form.field(due.value(page.answers.or("due", "")))
}

fn limits(page: &PageCx, form: Form) -> Form {
    let better = vec![
        Choice::new("", "as usual: cost lower, level higher"),
        Choice::new("lower", "lower"),
        Choice::new("higher", "higher"),
    ];
    let typed = |name: &str| page.answers.or(name, "").to_owned();
    let watch = Field::short("watch", "Watch beyond", 6).optional();
    let watch = watch.hint("Percent worse, or whole months late. 2 % or 1 month if left out.");
    let off =
        Field::short("off_track", "Off track beyond", 6).optional().hint("10 % or 3 months if left out.");
    form.heading("When is it in danger?")
        .field(Field::select("direction", "Better is", better).optional().value(typed("direction")))
        .field(watch.value(typed("watch")))
        .field(off.value(typed("off_track")))
}

/// What was measured of a promise.
pub(super) async fn measure(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let (promise, service) = of_number(page, number).await?;
    admit(page, Action::EditPromises, &service)?;
    let answers = &page.answers;
    let day = text(&promise, "measure") == "date";
    let bases =
        vec![Choice::new("actual", "Actual: it came"), Choice::new("expected", "Expected: it is forecast")];
    let (label, hint) = if day { ("Day", "2026-12-31") } else { ("Value", "A number, for example 99.5.") };
    let form = page
        .form(format!("/promises/{number}/measurements"), None)
        .field(
            Field::short("about", "Month or day it is about", 10)
                .optional()
                .hint("2026-09 or 2026-09-30; today if left out.")
                .value(answers.or("about", "")),
        )
        .field(Field::short("value", label, 12).hint(hint).value(answers.or("value", "")))
        .field(
            Field::new("basis", "Is it real yet?", FieldKind::Radios(bases))
                .value(answers.or("basis", "actual")),
        )
        .field(Field::text("source", "Who or what says so").value(answers.or("source", "")))
        .submit("Enter figure")
        .cancel(format!("/promises/{number}"));
    let mut head = head(&promise, &service).crumb(number, format!("/promises/{number}")).here("Figure");
    head.title = format!("What became of {}?", text(&promise, "name"));
    Ok(Page { head, body: form.render() })
}

/// Withdraws a promise.
pub(super) async fn withdraw(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let (promise, service) = of_number(page, number).await?;
    let form = page
        .form(format!("/promises/{number}/withdraw"), version(&promise))
        .field(
            Field::area("why", "Why was it entered wrongly?", 3)
                .hint("The promise stays readable, with this reason.")
                .value(page.answers.or("why", "")),
        )
        .submit("Withdraw promise")
        .cancel(format!("/promises/{number}"));
    let mut head = head(&promise, &service).crumb(number, format!("/promises/{number}")).here("Withdraw");
    head.title = format!("Withdraw the promise {}?", text(&promise, "name"));
    Ok(Page { head, body: form.render() })
}
