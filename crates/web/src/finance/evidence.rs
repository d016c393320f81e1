//! What figures of other pages stand on and has no page of its own otherwise: the check of a month, its
//! coverage, its run, what is not mapped, the dry run; and the policy of the close.

use access::{Action, Params};
use kernel::{Currency, Money, Refused};
use parts::{
    Choice, Empty, Field, Figure, HeadAction, ListPage, Markup, PageHead, Render, html, number, summary_list,
};
use serde_json::Value;

use super::{amount, field, months};
use crate::page::{Page, PageCx, text};

/// Does the month tie?
pub(super) async fn check(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let month = params.get("period");
    let check = page.record("period check", &[("period", month)]).await?;
    let currency = Currency::parse(text(&check, "currency")).unwrap_or(page.cx.organisation.currency);
    let at = format!("/money/periods/{month}/check");
    let sum = |name: &str| match Money::parse(&field(&check, name), currency) {
        Ok(money) => Figure::field(money, name, at.clone()).spoken().render(),
        Err(_) => html! { (field(&check, name)) },
    };
    let lines = format!("/money/lines?period={month}&kind=cost");
    let shares = format!("/money/shares?period={month}&receiver_kind=customer");
    let rows = [
        ("Ledger, cost", html! { (sum("ledger")) " · " a href=(lines) { "its lines" } }),
        ("Allocated", html! { (sum("allocated")) " · " a href=(shares) { "its shares" } }),
        (
            "Unallocated",
            html! { (sum("unallocated")) " · " a href={ "/money/residuals?period=" (month) } { "by name" } },
        ),
        ("Difference", sum("difference")),
    ];
    let off: Vec<&str> =
        check.get("off").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let answer = if check.get("ok") == Some(&Value::Bool(true)) {
        "Yes, to the cent: each figure is added up from its own rows."
    } else {
        "No: run the allocation again."
    };
    let head = PageHead::new(format!("Does {} tie?", number::period(month))).crumb("Money", "/money");
    let head =
        head.crumb("Close", "/money/close").crumb(number::period(month), format!("/money/close/{month}"));
    Ok(Page {
        head: head.here("Check").answer(html! { (answer) }),
        body: html! { (summary_list(&rows)) (stages(&off)) },
    })
}

/// Pools and services that pass on another amount than they have.
fn stages(off: &[&str]) -> Markup {
    html! {
        @if !off.is_empty() {
            section { h2 { "What does not add up on the way" } ul { @for why in off { li { (why) } } } }
        }
    }
}

/// How much is mapped?
pub(super) async fn coverage(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let period = months::asked(page).await?;
    let coverage = page.record("coverage show", &[("period", &period.to_string())]).await?;
    let all = figure(&coverage, "total", format!("/money/lines?period={period}&kind=cost"));
    let rest = figure(&coverage, "unmapped", format!("/money/unmapped?period={period}"));
    let mapped = html! { @if let Some(mapped) = amount(&coverage, "mapped") { (mapped.spoken()) } };
    let rows = [("Ledger, cost", all), ("Mapped", mapped), ("Not mapped", rest)];
    let head = PageHead::new(format!("How much of {} is mapped?", period.label())).crumb("Money", "/money");
    let head =
        head.crumb("Mapping", "/money/mapping").here("Coverage").answer(html! { (text(&coverage, "says")) });
    Ok(Page { head, body: summary_list(&rows) })
}

fn figure(record: &Value, name: &str, rows: String) -> Markup {
    html! { @if let Some(money) = amount(record, name) { (Figure::sum(money, "amount", rows).spoken()) } }
}

/// What did the run give?
pub(super) async fn run(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let period = months::asked(page).await?;
    let run = page.record("run show", &[("period", &period.to_string())]).await?;
    let rows = [
        ("State", html! { (text(&run, "state")) }),
        ("Run", html! { (number::time(text(&run, "run_at"))) }),
        ("Ledger, cost", figure(&run, "ledger", format!("/money/lines?period={period}&kind=cost"))),
        (
            "Allocated",
            figure(&run, "allocated", format!("/money/shares?period={period}&receiver_kind=customer")),
        ),
        ("Unallocated", figure(&run, "unallocated", format!("/money/residuals?period={period}"))),
    ];
    let head =
        PageHead::new(format!("What did the run of {} give?", period.label())).crumb("Money", "/money");
    let head = head.crumb("Cost flow", format!("/money/flow?period={period}")).here("Run");
    Ok(Page { head, body: summary_list(&rows) })
}

/// Who would gain and who would pay?
pub(super) async fn dry(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let period = months::asked(page).await?;
    let listing = page.list_at("allocate dry", &[("period", &period.to_string())]).await?;
    let unit = page.cx.organisation.currency.sign();
    let list = ListPage::new(&listing, "/money/dry-run").rows_named("customer", "customers").unit(&unit);
    let mut list = list.keep("period", period.to_string());
    let mut asks = format!("Who would gain and who would pay in {}", period.label());
    if !page.asked("rule").is_empty() {
        list = list.keep("rule", page.asked("rule"));
        asks.push_str(&format!(" with the newest version of {}", page.asked("rule")));
    }
    if !page.asked("sharing").is_empty() {
        list = list.keep("sharing", page.asked("sharing"));
        asks.push_str(&format!(" with {}", page.asked("sharing")));
    }
    let list = ListPage { heading_hidden: true, ..list };
    let head = PageHead::new(format!("{asks}?"))
        .crumb("Money", "/money")
        .crumb("Cost flow", format!("/money/flow?period={period}"));
    Ok(Page { head: head.here("Dry run"), body: list.render() })
}

/// Which months were allocated?
pub(super) async fn runs(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    plain_list(
        page,
        "run list",
        "/money/runs",
        "Which months were allocated?",
        "Runs",
        "Nothing was allocated yet.",
    )
    .await
}

/// Which codes belong to no pool?
pub(super) async fn unmapped(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let period = months::asked(page).await?;
    let listing = page.list_at("unmapped list", &[("period", &period.to_string())]).await?;
    let unit = page.cx.organisation.currency.sign();
    let empty = Empty::new(format!("Every cost line of {} has its pool.", period.label()));
    let list = ListPage::new(&listing, "/money/unmapped").rows_named("code", "codes").unit(&unit);
    let list = list.keep("period", period.to_string()).empty(empty);
    let head = PageHead::new(format!("Which codes of {} belong to no pool?", period.label()))
        .crumb("Money", "/money");
    let head = head.crumb("Mapping", format!("/money/mapping?period={period}")).here("Not mapped");
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// A list under its question.
pub(super) async fn plain_list(
    page: &mut PageCx,
    reading: &str,
    path: &str,
    asks: &str,
    here: &str,
    empty: &str,
) -> Result<Page, Refused> {
    let listing = page.list_at(reading, &[]).await?;
    let unit = page.cx.organisation.currency.sign();
    let list = ListPage::new(&listing, path).unit(&unit).empty(Empty::new(empty));
    let list = ListPage { heading_hidden: true, ..list };
    Ok(Page { head: PageHead::new(asks).crumb("Money", "/money").here(here), body: list.render() })
}

/// From which variance on is a cause needed?
pub(super) async fn policy(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let policy = page.record("close-policy show", &[]).await?;
    let head = PageHead::new("From which variance on is a cause needed?").crumb("Money", "/money");
    let blocks = policy.get("blocks") == Some(&Value::Bool(true));
    let effect = if blocks {
        "Without a confirmed cause a month is not closed."
    } else {
        "A month may be closed without it."
    };
    let head = head.crumb("Variances", "/money/variances").here("Policy");
    let head = head.answer(html! { "From " (text(&policy, "says")) " of the budget on. " (effect) });
    if !page.may(Action::EditRules) {
        let back = HeadAction::link("Variances", "/money/variances");
        return Ok(Page { head: head.action(back), body: html! {} });
    }
    let unit = page.cx.organisation.currency.sign();
    let stored = amount(&policy, "amount").map(|money| money.plain()).unwrap_or_default();
    let percent =
        text(&policy, "share").parse::<kernel::Decimal>().unwrap_or_default() * kernel::Decimal::ONE_HUNDRED;
    let choices = vec![
        Choice::new("yes", "A month is not closed without a confirmed cause"),
        Choice::new("no", "A month may be closed without it"),
    ];
    let answers = &page.answers;
    let form = page
        .form("/money/close-policy", None)
        .field(Field::amount("amount", "From this variance on", &unit).value(answers.or("amount", &stored)))
        .field(
            Field::short("percent", "And from this percentage of the budget", 6)
                .value(answers.or("percent", &percent.normalize().to_string())),
        )
        .field(
            Field::radios("blocks", "Then", choices)
                .value(answers.or("blocks", if blocks { "yes" } else { "no" })),
        )
        .submit("Set")
        .cancel("/money/variances");
    Ok(Page { head, body: form.render() })
}
