//! Forms of a mapping rule: a new one, and its next version.

use access::Params;
use kernel::{Period, Refused};
use parts::{Choice, Field, Form, PageHead, html};
use serde_json::Value;

use super::{field, months, plain};
use crate::page::{Page, PageCx};

/// A new mapping rule; the address may propose its conditions.
pub(super) async fn new(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let proposed: Vec<(String, String)> = page.query.clone();
    let form = page.form("/money/mapping", None);
    let stored =
        |name: &str| proposed.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value).to_owned();
    let form = questions(page, form, stored).await?.submit("Save draft").cancel("/money/mapping");
    let head =
        PageHead::new("Write a mapping rule").crumb("Money", "/money").crumb("Mapping", "/money/mapping");
    let answer = html! { "Lines that meet every condition belong to the pool. It holds once another person approved it." };
    Ok(Page { head: head.here("New").answer(answer), body: form.render() })
}

/// The next version of a mapping rule.
pub(super) async fn revise(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let rule = page.record("mapping show", &[("number", number)]).await?;
    let at = format!("/money/mapping/{number}");
    let form = page.form(format!("{at}/revise"), None);
    let stored = |name: &str| match rule.get(name) {
        Some(Value::Bool(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        _ => field(&rule, name),
    };
    let form = questions(page, form, stored).await?.submit("Save draft").cancel(at.clone());
    let head = PageHead::new(format!("A new version of {number}")).crumb("Money", "/money");
    let head = head.crumb("Mapping", "/money/mapping").crumb(number, at).here("New version");
    let answer = html! { "The version in force stays until another person approves this one. Without a pool it ends the rule." };
    Ok(Page { head: head.answer(answer), body: form.render() })
}

async fn questions(page: &mut PageCx, form: Form, stored: impl Fn(&str) -> String) -> Result<Form, Refused> {
    let pools = page.list("pool list", &[]).await?;
    let mut choices = vec![Choice::new("", "none")];
    choices.extend(pools.rows.iter().map(|row| {
        let key = plain(&pools, row, "key");
        Choice::new(key.clone(), format!("{key}: {}", plain(&pools, row, "name")))
    }));
    let first = months::asked(page).await.unwrap_or(Period::of(page.cx.today())).to_string();
    let value = |name: &str| page.answers.or(name, &stored(name)).to_owned();
    let or = |value: String, otherwise: &str| if value.is_empty() { otherwise.to_owned() } else { value };
    let star = "A code, or its beginning with a star: 64*.";
    let from = or(value("effective_from"), &first);
    Ok(form
        .heading("Lines with")
        .field(Field::short("account", "Account", 12).optional().hint(star).value(value("account")))
        .field(
            Field::short("cost_centre", "Cost centre", 12).optional().hint(star).value(value("cost_centre")),
        )
        .field(
            Field::short("cost_element", "Cost element", 12)
                .optional()
                .hint(star)
                .value(value("cost_element")),
        )
        .field(Field::text("supplier", "Supplier").optional().value(value("supplier")))
        .field(Field::text("text_prefix", "Text that starts with").optional().value(value("text_prefix")))
        .field(Field::select("service_present", "Service", services()).value(value("service_present")))
        .heading("Belong to")
        .field(Field::select("pool", "Cost pool", choices).value(value("pool")))
        .field(Field::short("effective_from", "In force from", 8).hint("A month: Sep 2026.").value(from))
        .field(
            Field::short("priority", "Priority", 6)
                .hint("Lower comes first.")
                .value(or(value("priority"), "100")),
        ))
}

fn services() -> Vec<Choice> {
    vec![
        Choice::new("", "whether or not the line names a service"),
        Choice::new("yes", "only lines that name a service"),
        Choice::new("no", "only lines that name none"),
    ]
}
