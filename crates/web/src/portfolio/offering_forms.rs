//! Forms of an offering: adding one, changing it, its service levels.

use access::{Action, Params};
use kernel::Refused;
use parts::{Choice, Field, FieldKind, PageHead};
use serde_json::Value;

use super::service_forms::admit;
use crate::page::{Page, PageCx, text, version};
use crate::show::rows;

fn charging() -> Vec<Choice> {
    vec![
        Choice::new("at cost", "At cost").hint("What the service costs, shared among those who take it."),
        Choice::new("fixed", "Fixed").hint("An approved price per unit."),
        Choice::new("not charged", "Not charged"),
    ]
}

/// A new offering of a service.
pub(super) async fn new(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let service = page.record("service show", &[("key", params.get("key"))]).await?;
    admit(page, Action::EditService, &service)?;
    let (of, name) = (text(&service, "key"), text(&service, "name"));
    let answers = &page.answers;
    let form = page
        .form("/offerings", None)
        .field(Field::hidden("service", of))
        .field(
            Field::short("key", "Key", 12)
                .optional()
                .hint(format!("2 to 12 capital letters and digits, never changed; {of} if left out."))
                .value(answers.or("key", "")),
        )
        .field(
            Field::text("name", "Name")
                .optional()
                .hint(format!("As the customer knows it; {name} if left out."))
                .value(answers.or("name", "")),
        )
        .field(Field::short("unit", "Unit", 16).hint("What is counted: seat.").value(answers.or("unit", "")))
        .field(
            Field::new("charging", "How is it charged?", FieldKind::Radios(charging()))
                .value(answers.or("charging", "at cost")),
        )
        .submit("Add offering")
        .cancel(format!("/services/{of}/offerings"));
    let head = PageHead::new(format!("What can customers take of {name}?"))
        .crumb("Services", "/services")
        .crumb(of, format!("/services/{of}"))
        .crumb("Offerings", format!("/services/{of}/offerings"))
        .here("New");
    Ok(Page { head, body: form.render() })
}

/// The offering and its service, which the person may edit.
pub(super) async fn editable(
    page: &mut PageCx,
    key: &str,
    action: Action,
) -> Result<(Value, PageHead), Refused> {
    let offering = page.record("offering show", &[("key", key)]).await?;
    let service = page.record("service show", &[("key", text(&offering, "service"))]).await?;
    admit(page, action, &service)?;
    let of = text(&service, "key");
    let head = PageHead::default()
        .crumb("Services", "/services")
        .crumb(of, format!("/services/{of}"))
        .crumb(key, format!("/offerings/{key}"));
    Ok((offering, head))
}

/// Change an offering.
pub(super) async fn edit(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let (offering, head) = editable(page, key, Action::EditService).await?;
    let field = |name: &str| page.answers.or(name, text(&offering, name)).to_owned();
    let form = page
        .form(format!("/offerings/{key}/edit"), version(&offering))
        .field(Field::text("name", "Name").value(field("name")))
        .field(Field::short("unit", "Unit", 16).hint("What is counted: seat.").value(field("unit")))
        .field(
            Field::new("charging", "How is it charged?", FieldKind::Radios(charging()))
                .value(field("charging")),
        )
        .submit("Save")
        .cancel(format!("/offerings/{key}"));
    let stored = [("Name", "name"), ("Unit", "unit"), ("Charging", "charging")]
        .map(|(label, name)| (label, name, text(&offering, name)));
    let head = PageHead { title: format!("Change {}", text(&offering, "name")), ..head.here("Change") };
    Ok(Page { head, body: page.merged(form, &stored).render() })
}

/// A service level of an offering: a new one, or the one named by `measure` in the query.
pub(super) async fn target(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let (offering, head) = editable(page, key, Action::EditService).await?;
    let measure = page.answers.or("measure", page.asked("measure")).to_owned();
    let known = rows(&offering, "targets").iter().find(|target| text(target, "measure") == measure);
    let field = |name: &str| page.answers.or(name, known.map_or("", |target| text(target, name))).to_owned();
    let form = page
        .form(format!("/offerings/{key}/targets"), None)
        .field(
            Field::text("measure", "What is measured")
                .hint("Availability. The same measure again changes its level.")
                .value(measure.clone()),
        )
        .field(
            Field::text("level", "Level, as the customer reads it")
                .hint("99.5 %, 07:00–22:00")
                .value(field("level")),
        )
        .field(Field::short("value", "Level as a number", 10).optional().hint("99.5").value(field("value")))
        .field(Field::short("unit", "Unit of the number", 10).optional().hint("%").value(field("unit")))
        .submit("Set service level")
        .cancel(format!("/offerings/{key}"));
    let title = format!("Which level does {} hold?", text(&offering, "name"));
    Ok(Page { head: PageHead { title, ..head.here("Service level") }, body: form.render() })
}
