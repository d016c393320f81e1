//! Writing a rule: the form of a new one and of the next version; what approving it would do.

use access::Params;
use kernel::{Period, Refused};
use parts::{Choice, Field, Form, Markup, PageHead, html};
use serde_json::Value;

use super::flow_tables::gains;
use super::{months, plain};
use crate::page::{Page, PageCx, text};
use crate::show::sentence;

const METHODS: [(&str, &str); 6] = [
    ("driver", "A measured driver: seats, GB, hours."),
    ("agreed quantity", "What customers agreed to take of the service."),
    ("fixed", "Fixed weights."),
    ("even", "The same to each receiver."),
    ("proportional", "By the cost each receiver has received so far."),
    ("central", "Not shared: kept central, as a named residual."),
];

/// What approving a `rule` or a `sharing` would do to the month being worked on, so that nobody approves
/// blindly. Where the month cannot be reckoned with it, why.
pub(super) async fn who_pays(page: &mut PageCx, noun: &str, label: &str) -> Result<Markup, Refused> {
    let period = months::asked(page).await?;
    let month = period.to_string();
    let said = match page.list("allocate dry", &[("period", &month), (noun, label)]).await {
        Ok(listing) => {
            let names = page.list("customer list", &[]).await?;
            let name = |_: &str, key: &str| {
                let row = names.rows.iter().find(|row| plain(&names, row, "key") == key);
                row.map_or_else(|| key.to_owned(), |row| plain(&names, row, "name"))
            };
            let file = format!("/money/dry-run?period={month}&{noun}={label}");
            html! { (gains(&listing, &file, &name)) }
        }
        Err(Refused::Refusal(refusal)) => {
            html! { p { (refusal.says) " " (crate::answer::on_page(&refusal.way_out)) } }
        }
        Err(fault) => return Err(fault),
    };
    Ok(html! {
        section { h2 { "Who would gain and who would pay in " (period.label()) } (said) }
    })
}

/// A new rule.
pub(super) async fn new(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let form = page.form("/money/rules", None);
    let form = questions(page, form, &Value::Null).await?.submit("Save draft").cancel("/money/rules");
    let head =
        PageHead::new("Write a rule").crumb("Money", "/money").crumb("Rules", "/money/rules").here("New");
    Ok(Page { head, body: form.render() })
}

/// The next version of a rule.
pub(super) async fn revise(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let rule = page.record("rule show", &[("number", number)]).await?;
    let at = format!("/money/rules/{number}");
    let form = page.form(format!("{at}/revise"), None);
    let form = questions(page, form, &rule).await?.submit("Save draft").cancel(at.clone());
    let head = PageHead::new(format!("A new version of {}", text(&rule, "name"))).crumb("Money", "/money");
    let head = head.crumb("Rules", "/money/rules").crumb(number, at).here("New version");
    let answer = html! { "The version in force stays until another person approves this one." };
    Ok(Page { head: head.answer(answer), body: form.render() })
}

/// Whose cost can be shared: cost pools, then services; and what the rule names already.
async fn senders(page: &mut PageCx, now: &str) -> Result<Vec<Choice>, Refused> {
    let pools = page.list("pool list", &[]).await?;
    let pools = pools.rows.iter().map(|row| (plain(&pools, row, "key"), plain(&pools, row, "name")));
    let mut choices = vec![Choice::new("", "choose")];
    choices.extend(pools.map(|(key, name)| Choice::new(key.clone(), format!("Cost pool {key}: {name}"))));
    let nodes = charging::run::nodes(&mut page.cx.tx).await?;
    let services = nodes.into_iter().filter(|node| node.kind == "service");
    choices.extend(
        services.map(|node| Choice::new(node.key.clone(), format!("Service {}: {}", node.key, node.name))),
    );
    if !now.is_empty() && choices.iter().all(|choice| choice.value != now) {
        choices.push(Choice::new(now, now));
    }
    Ok(choices)
}

async fn drivers(page: &mut PageCx) -> Result<Vec<Choice>, Refused> {
    let drivers = page.list("driver list", &[]).await?;
    let mut choices = vec![Choice::new("", "none")];
    choices.extend(drivers.rows.iter().map(|row| {
        let key = plain(&drivers, row, "key");
        Choice::new(key.clone(), format!("{key}: {}", plain(&drivers, row, "name")))
    }));
    Ok(choices)
}

async fn questions(page: &mut PageCx, form: Form, rule: &Value) -> Result<Form, Refused> {
    let choices = drivers(page).await?;
    let senders = senders(page, text(rule, "sender")).await?;
    let first = months::asked(page).await.unwrap_or(Period::of(page.cx.today())).to_string();
    let answers = &page.answers;
    let stored = |name: &str, otherwise: &str| {
        let stored = text(rule, name);
        answers.or(name, if stored.is_empty() { otherwise } else { stored }).to_owned()
    };
    let kinds = vec![Choice::new("pool", "A cost pool"), Choice::new("service", "A service")];
    let methods = METHODS.map(|(method, hint)| Choice::new(method, sentence(method)).hint(hint)).to_vec();
    let listed: Vec<String> = (rule.get("receivers").and_then(Value::as_array).into_iter().flatten())
        .map(|receiver| format!("{}:{}", text(receiver, "to"), text(receiver, "weight")))
        .collect();
    let receivers = answers.or("receivers", &listed.join(", ")).to_owned();
    let name = Field::text("name", "Name").hint("As people say it: “Customer Care Desktop by seats”.");
    let kind = Field::radios("sender_kind", "Whose cost is shared?", kinds);
    Ok(form
        .field(name.value(stored("name", "")))
        .field(kind.value(stored("sender_kind", "pool")))
        .field(Field::select("sender", "Which one?", senders).value(stored("sender", "")))
        .field(Field::radios("method", "By what?", methods).value(stored("method", "")))
        .field(
            Field::select("driver", "Driver", choices)
                .optional()
                .hint("Where it is shared by a measured driver.")
                .value(stored("driver", "")),
        )
        .field(
            Field::area("receivers", "Receivers", 3)
                .optional()
                .hint("Keys with weights: VOICE:1988, 3G:843. Without weights for even and proportional.")
                .value(receivers),
        )
        .field(
            Field::short("effective_from", "In force from", 8)
                .hint("A month: Sep 2026.")
                // A new version begins where work is done, not in the month the old one began in.
                .value(answers.or("effective_from", &first)),
        )
        .field(Field::area("why", "Why", 3).optional().value(answers.or("why", ""))))
}
