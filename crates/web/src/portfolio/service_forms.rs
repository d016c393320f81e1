//! Forms of a service: taking one over, changing it, relating it to another.

use access::{Action, Params};
use kernel::{Refusal, Refused, ServiceId};
use parts::{Choice, Empty, Field, FieldKind, Form, Markup, PageHead, empty, html};
use serde_json::{Value, json};

use crate::page::{Page, PageCx, text, version};
use crate::people;
use crate::show::{rows, sentence, yes};

/// Refuses unless the person may do `action` to the service read.
pub(super) fn admit(page: &PageCx, action: Action, service: &Value) -> Result<(), Refusal> {
    match ServiceId::parse(text(service, "id")) {
        Some(id) => page.cx.require_service(action, id),
        None => Err(access::refused(action)),
    }
}

/// Take over a service that existed before.
pub(super) async fn new(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let nothing = json!({ "state": "operational" });
    let key = Field::short("key", "Key", 12).hint("2 to 12 capital letters and digits. It never changes.");
    let people = people::all(page).await?;
    let form = page.form("/services", None).field(key.value(page.answers.or("key", "")));
    let form = questions(page, form, &nothing, &people);
    let form = form
        .heading("Where it comes from")
        .field(
            Field::text("source", "Taken over from")
                .optional()
                .hint("The list or system it stood in.")
                .value(page.answers.or("source", "")),
        )
        .field(
            Field::short("source_key", "Its key there", 20)
                .optional()
                .value(page.answers.or("source_key", "")),
        )
        .submit("Take over")
        .cancel("/services");
    let lead = html! {
        p .lead { "A service that existed before Quarterdeck. Key and name are enough to begin; its page then lists what its state still asks for." }
    };
    let head = PageHead::new("Which service do you take over?").crumb("Services", "/services").here("New");
    Ok(Page { head, body: html! { (lead) (form.render()) } })
}

/// Change a service.
pub(super) async fn edit(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let service = page.record("service show", &[("key", params.get("key"))]).await?;
    admit(page, Action::EditService, &service)?;
    let (key, name) = (text(&service, "key"), text(&service, "name"));
    let at = format!("/services/{key}");
    let people = people::all(page).await?;
    let form = page.form(format!("{at}/edit"), version(&service));
    let form = questions(page, form, &service, &people).submit("Save").cancel(at.clone());
    let head =
        PageHead::new(format!("Change {name}")).crumb("Services", "/services").crumb(key, at).here("Change");
    Ok(Page { head, body: page.merged(form, &stored(&service)).render() })
}

/// What is stored of every question of the form.
fn stored(service: &Value) -> [(&'static str, &'static str, &str); 11] {
    let username = |field: &str| service.get(field).map_or("", |person| text(person, "username"));
    let said = |field: &str| if yes(service, field) { "yes" } else { "no" };
    [
        ("Name", "name", text(service, "name")),
        ("Kind", "kind", text(service, "kind")),
        ("Value", "value_proposition", text(service, "value_proposition")),
        ("For whom", "for_whom", text(service, "for_whom")),
        ("Owner", "owner", username("owner")),
        ("Relationship manager", "relationship_manager", username("relationship_manager")),
        ("State", "state", text(service, "state")),
        ("First day", "first_day", text(service, "first_day")),
        ("Last day", "last_day", text(service, "last_day")),
        ("No successor", "no_successor", said("no_successor")),
        ("Kept central", "central", said("central")),
    ]
}

fn questions(page: &PageCx, form: Form, service: &Value, people: &[Choice]) -> Form {
    let answers = &page.answers;
    let field = |name: &str| answers.or(name, text(service, name)).to_owned();
    let person = |name: &str| {
        let stored = service.get(name).map_or("", |person| text(person, "username"));
        answers.or(name, stored).to_owned()
    };
    let form = form
        .field(Field::text("name", "Name").value(field("name")))
        .field(Field::select("kind", "Kind", kinds()).optional().value(field("kind")))
        .field(
            Field::area("value_proposition", "What it is worth, in the customer's words", 3)
                .optional()
                .value(field("value_proposition")),
        )
        .field(
            Field::text("for_whom", "For whom")
                .optional()
                .hint("Customers or segment: anyone who answers customers.")
                .value(field("for_whom")),
        )
        .heading("Who stands for it")
        .field(people::field("owner", "Owner", "nobody yet", people, &person("owner")))
        .field(
            people::field(
                "relationship_manager",
                "Relationship manager",
                "nobody yet",
                people,
                &person("relationship_manager"),
            )
            .hint("Whom customers speak to about it."),
        )
        .heading("Since when, until when");
    let form = when(form, page, service);
    let form = form.heading("What follows from it");
    let form = tick(form, page, service, "no_successor", "It has no successor, on purpose");
    tick(form, page, service, "central", "Its cost is kept central and charged to nobody")
}

/// State and days. Who may not take over cannot say another state, so is not asked for one.
fn when(form: Form, page: &PageCx, service: &Value) -> Form {
    let field = |name: &str| page.answers.or(name, text(service, name)).to_owned();
    let form = if page.may(Action::TakeOver) {
        let states = vec![
            Choice::new("operational", "Operational").hint("Customers can have it."),
            Choice::new("retiring", "Retiring").hint("Closed to new agreements, with a last day."),
            Choice::new("retired", "Retired").hint("No more."),
        ];
        form.field(Field::new("state", "State", FieldKind::Radios(states)).value(field("state"))).field(
            Field::date("since", "In this state since")
                .optional()
                .hint("Where it is retiring or retired.")
                .value(page.answers.or("since", "")),
        )
    } else {
        form
    };
    form.field(
        Field::date("first_day", "First day customers could have it").optional().value(field("first_day")),
    )
    .field(Field::date("last_day", "Last day customers can have it").optional().value(field("last_day")))
}

/// Yes or no: an empty box says no, which a form would otherwise leave out.
fn tick(form: Form, page: &PageCx, service: &Value, name: &str, label: &str) -> Form {
    let stored = if yes(service, name) { "yes" } else { "no" };
    form.field(Field::hidden(name, "no"))
        .field(Field::checkbox(name, label).value(page.answers.or(name, stored)))
}

fn kinds() -> Vec<Choice> {
    vec![
        Choice::new("", "not said"),
        Choice::new("core", "Core: what customers want"),
        Choice::new("enhancing", "Enhancing: makes a core service more wanted"),
        Choice::new("supporting", "Supporting: what other services are made of"),
    ]
}

/// What a service is to others.
pub(super) async fn relate(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let service = page.record("service show", &[("key", params.get("key"))]).await?;
    admit(page, Action::EditService, &service)?;
    let (key, name) = (text(&service, "key"), text(&service, "name"));
    let kinds = ["replaces", "depends on", "enables"].map(|word| Choice::new(word, sentence(word))).to_vec();
    let others = others(page, key).await?;
    let form = page
        .form(format!("/services/{key}/relations"), None)
        .heading("Add a relation")
        .field(
            Field::new("kind", format!("{name} …"), FieldKind::Radios(kinds))
                .value(page.answers.or("kind", "replaces")),
        )
        .field(Field::select("other", "Which service", others).value(page.answers.or("other", "")))
        .field(
            Field::date("from_day", "From")
                .optional()
                .hint("Today if left out.")
                .value(page.answers.or("from_day", "")),
        )
        .submit("Relate")
        .cancel(format!("/services/{key}"));
    let head = PageHead::new(format!("What is {name} to other services?"))
        .crumb("Services", "/services")
        .crumb(key, format!("/services/{key}"))
        .here("Relations");
    Ok(Page { head, body: html! { (relations(page, &service)) (form.render()) } })
}

async fn others(page: &mut PageCx, own: &str) -> Result<Vec<Choice>, Refused> {
    // Key and name are enough: the list of services tells what each costs too.
    let all = charging::run::nodes(&mut page.cx.tx).await?;
    let others = all.into_iter().filter(|node| node.kind == "service" && node.key != own);
    let mut choices = vec![Choice::new("", "Choose a service")];
    choices.extend(others.map(|service| {
        let label = format!("{}: {}", service.key, service.name);
        Choice::new(service.key, label)
    }));
    Ok(choices)
}

/// The relations there are; those told from this side can be ended here.
fn relations(page: &PageCx, service: &Value) -> Markup {
    let all = rows(service, "relations");
    let own = |row: &Value| matches!(text(row, "is"), "replaces" | "depends on" | "enables");
    html! {
        @if all.is_empty() { (empty(&Empty::new("It is related to no other service yet. Say below what it is to one."))) }
        @else {
            h2 { "Relations there are" }
            ul {
                @for row in all {
                    li {
                        (sentence(text(row, "is"))) " "
                        a href={ "/services/" (text(row, "key")) } { (text(row, "name")) } " "
                        @if own(row) {
                            @let end = page.post(format!("/relations/{}/end", text(row, "id")), version(row));
                            (end.with("_form", page.path.clone()).button("End today"))
                        }
                    }
                }
            }
        }
    }
}
