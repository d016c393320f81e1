//! Rules of the cost model: how each pool and service shares its cost, in versions that one person
//! writes and another approves.

use access::{Action, Params};
use kernel::listing::{Asked, Filter};
use kernel::{Period, Refused};
use parts::state::{State, Thing};
use parts::{
    Cell, Choice, Empty, Field, FilterControl, Form, Head, HeadAction, ListPage, Markup, PageHead, Render,
    SimpleTable, html, number, summary_list, titled,
};
use serde_json::Value;

use super::flow_tables::gains;
use super::{field, months, plain};
use crate::page::{Page, PageCx, text, version};
use crate::show::{happened, refusal};

const METHODS: [(&str, &str); 6] = [
    ("driver", "A measured driver: seats, GB, hours."),
    ("agreed quantity", "What customers agreed to take of the service."),
    ("fixed", "Fixed weights."),
    ("even", "The same to each receiver."),
    ("proportional", "By the cost each receiver has received so far."),
    ("central", "Not shared: kept central, as a named residual."),
];

/// By which rules is cost shared?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("rule list", &[]).await?;
    let today = page.as_of().is_empty();
    let waiting = waiting(page).await?;
    let add = HeadAction::link("Write a rule", "/money/rules/new");
    let mut head = PageHead::new("By which rules is cost shared?").crumb("Money", "/money").here("Rules");
    let mut empty = Empty::new("There is no rule yet, so no cost reaches a service or customer.");
    if today && page.may(Action::EditRules) {
        empty = empty.action(add.clone());
        head = head.action(add.primary());
    }
    head = head.answer(match waiting {
        _ if !today => html! { "Versions written by then, in the state they had." },
        0 => html! { "None waits for approval." },
        1 => html! { a href="/money/rules?state=submitted" { "1 version" } " waits for approval by another person." },
        n => html! { a href="/money/rules?state=submitted" { (n) " versions" } " wait for approval by another person." },
    });
    let states = ["draft", "submitted", "approved"]
        .map(|word| Choice::new(word, State::of(Thing::Version, word).word));
    let methods = METHODS.map(|(method, _)| Choice::new(method, method)).to_vec();
    let list = ListPage::new(&listing, "/money/rules")
        .keep_day(page.as_of())
        .filter(FilterControl::select("state", "State", states.to_vec()))
        .filter(FilterControl::select("method", "By", methods))
        .filter(FilterControl::typed("sender", "Sender"))
        .empty(empty);
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// How many versions wait for approval.
async fn waiting(page: &mut PageCx) -> Result<i64, Refused> {
    let mut asked = Asked { page: 1, per: Some(1), ..Asked::default() };
    asked.filters.extend(Filter::parse("state=submitted"));
    Ok(page.list_asked("rule list", &[], asked).await?.count)
}

/// One rule: what its newest version says, who receives, and the versions before.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let wanted = page.asked("version").to_owned();
    let rule = page.record("rule show", &[("number", number), ("version", &wanted)]).await?;
    let label = field(&rule, "number");
    let head = PageHead::new(text(&rule, "name"))
        .crumb("Money", "/money")
        .crumb("Rules", "/money/rules")
        .here(format!("{label} version {}", field(&rule, "rule_version")))
        .state(State::of(Thing::Version, text(&rule, "state")));
    let head = actions(page, head, &rule, &format!("/money/rules/{label}"), !wanted.is_empty());
    let from = text(&rule, "effective_from");
    let sender = text(&rule, "sender");
    let sender_at = match text(&rule, "sender_kind") {
        "pool" => format!("/money/pools/{sender}"),
        _ => format!("/services/{sender}"),
    };
    let driver = text(&rule, "driver");
    let mut rows = vec![
        ("From", html! { (text(&rule, "sender_kind")) " " a href=(sender_at) { (sender) } }),
        (
            "Shared by",
            html! {
                (text(&rule, "method"))
                @if !driver.is_empty() { " " a href={ "/money/drivers/" (driver) } { (driver) } }
            },
        ),
        ("In force from", html! { (number::period(from)) }),
    ];
    if !text(&rule, "why").is_empty() {
        rows.push(("Why", html! { (text(&rule, "why")) }));
    }
    let waits = wanted.is_empty() && page.as_of().is_empty() && text(&rule, "state") != "approved";
    let gains = if waits {
        who_pays(page, &label).await?
    } else {
        html! {}
    };
    let (past, _) = happened(page, "rule", text(&rule, "id"), Some(20)).await?;
    let body = html! {
        (refusal(page))
        section { (summary_list(&rows)) }
        (gains)
        @if let Some(receivers) = receivers(&rule) { (titled(&receivers)) }
        (versions(page, &label).await?)
        section .gap { h2 { "History of this version" } (past) }
    };
    Ok(Page { head, body })
}

/// What approving it would do to the month being worked on, so that nobody approves blindly. Where the
/// month cannot be reckoned with it, why.
async fn who_pays(page: &mut PageCx, label: &str) -> Result<Markup, Refused> {
    let period = months::asked(page).await?;
    let month = period.to_string();
    let said = match page.list("allocate dry", &[("period", &month), ("rule", label)]).await {
        Ok(listing) => {
            let names = page.list("customer list", &[]).await?;
            let name = |_: &str, key: &str| {
                let row = names.rows.iter().find(|row| plain(&names, row, "key") == key);
                row.map_or_else(|| key.to_owned(), |row| plain(&names, row, "name"))
            };
            let file = format!("/money/dry-run?period={month}&rule={label}");
            html! { (gains(&listing, &file, &name)) }
        }
        Err(Refused::Refusal(refusal)) => html! { p { (refusal.says) " " (refusal.way_out) } },
        Err(fault) => return Err(fault),
    };
    Ok(html! {
        section { h2 { "Who would gain and who would pay in " (period.label()) } (said) }
    })
}

/// What the reader may do with the newest version; an older one, or one as of a past day, is read only.
fn actions(page: &PageCx, mut head: PageHead, rule: &Value, at: &str, older: bool) -> PageHead {
    if older || !page.as_of().is_empty() {
        return head;
    }
    let own = text(rule, "author") == page.cx.person().to_string();
    match text(rule, "state") {
        "draft" if page.may(Action::EditRules) => {
            let post = page.post(format!("{at}/submit"), version(rule));
            head = head.action(HeadAction::post("Submit for approval", post).primary());
        }
        "submitted" if own => {
            head = head.beside("waits for another person: whoever wrote it cannot approve it")
        }
        "submitted" if page.may(Action::ApproveRules) => {
            let post = page.post(format!("{at}/approve"), version(rule));
            head = head.action(HeadAction::post("Approve", post).primary());
        }
        _ => {}
    }
    if page.may(Action::EditRules) {
        head = head.action(HeadAction::link("Write a new version", format!("{at}/revise")));
    }
    head
}

fn receivers(rule: &Value) -> Option<SimpleTable> {
    let receivers = rule.get("receivers")?.as_array().filter(|receivers| !receivers.is_empty())?;
    let heads = vec![Head::words("Receiver"), Head::figures("Weight")];
    let table = SimpleTable::new("Who receives", heads).dense();
    Some(receivers.iter().fold(table, |table, receiver| {
        table.row(vec![Cell::words(text(receiver, "to")), Cell::words(text(receiver, "weight"))])
    }))
}

async fn versions(page: &mut PageCx, label: &str) -> Result<Markup, Refused> {
    let mut asked = Asked { page: 1, ..Asked::default() };
    asked.filters.extend(Filter::parse(&format!("number={label}")));
    let listing = page.list_asked("rule list", &[], asked).await?;
    let heads =
        ["Version", "State", "In force from", "By", "Written by", "Approved by"].map(Head::words).to_vec();
    let table = listing.rows.iter().rev().fold(SimpleTable::new("Versions", heads).dense(), |table, row| {
        let nth = plain(&listing, row, "rule_version");
        let from = plain(&listing, row, "effective_from");
        let by = format!("{} {}", plain(&listing, row, "method"), plain(&listing, row, "driver"));
        table.row(vec![
            Cell::link(nth.clone(), format!("/money/rules/{label}?version={nth}")),
            Cell::new(parts::state(Thing::Version, &plain(&listing, row, "state"))),
            Cell::words(number::period(from)),
            Cell::words(by.trim()),
            Cell::words(plain(&listing, row, "author")),
            Cell::words(plain(&listing, row, "approver")),
        ])
    });
    Ok(titled(&table))
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

async fn questions(page: &mut PageCx, form: Form, rule: &Value) -> Result<Form, Refused> {
    let drivers = page.list("driver list", &[]).await?;
    let mut choices = vec![Choice::new("", "none")];
    choices.extend(drivers.rows.iter().map(|row| {
        let key = plain(&drivers, row, "key");
        Choice::new(key.clone(), format!("{key}: {}", plain(&drivers, row, "name")))
    }));
    let first = months::asked(page).await.unwrap_or(Period::of(page.cx.today())).to_string();
    let answers = &page.answers;
    let stored = |name: &str, otherwise: &str| {
        let stored = text(rule, name);
        answers.or(name, if stored.is_empty() { otherwise } else { stored }).to_owned()
    };
    let kinds = vec![Choice::new("pool", "A cost pool"), Choice::new("service", "A service")];
    let methods = METHODS.map(|(method, hint)| Choice::new(method, capital(method)).hint(hint)).to_vec();
    let listed: Vec<String> = (rule.get("receivers").and_then(Value::as_array).into_iter().flatten())
        .map(|receiver| format!("{}:{}", text(receiver, "to"), text(receiver, "weight")))
        .collect();
    let receivers = answers.or("receivers", &listed.join(", ")).to_owned();
    Ok(form
        .field(
            Field::text("name", "Name")
                .hint("As people say it: “Customer Care Desktop by seats”.")
                .value(stored("name", "")),
        )
        .field(
            Field::radios("sender_kind", "Whose cost is shared?", kinds).value(stored("sender_kind", "pool")),
        )
        .field(Field::short("sender", "Its key", 12).value(stored("sender", "")))
        .field(Field::radios("method", "By what?", methods).value(stored("method", "")))
        .field(Field::select("driver", "Driver", choices).optional().value(stored("driver", "")))
        .field(
            Field::area("receivers", "Receivers", 3)
                .optional()
                .hint("Keys with weights: VOICE:1988, 3G:843. Without weights for even and proportional.")
                .value(receivers),
        )
        .field(
            Field::short("effective_from", "In force from", 8)
                .hint("A month: 2026-09.")
                .value(stored("effective_from", &first)),
        )
        .field(Field::area("why", "Why", 3).optional().value(answers.or("why", ""))))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
