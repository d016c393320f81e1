//! The ledger: transactions, postings, accounts.

use access::Params;
use kernel::Refused;
use parts::{
    Cell, Empty, Figure, FilterControl, Head, HeadAction, ListPage, PageHead, SimpleTable, Tab, html, number,
    summary_list, tabs, titled,
};
use serde_json::Value;

use super::{amount, field, months, without_empty};
use crate::filters;
use crate::page::{Page, PageCx, text};
use crate::show::happened_to;

pub(super) fn views(page: &PageCx, now: &str) -> parts::Markup {
    let views = [
        ("Trial balance", "/money/ledger"),
        ("Transactions", "/money/ledger/transactions"),
        ("Postings", "/money/ledger/postings"),
        ("Accounts", "/money/ledger/accounts"),
    ];
    let day = match page.as_of() {
        "" => String::new(),
        day => format!("?as_of={day}"),
    };
    tabs("Ledger", &views.map(|(label, href)| Tab::new(label, format!("{href}{day}"), href == now)))
}

pub(super) fn head(asks: &str) -> PageHead {
    PageHead::new(asks).crumb("Money", "/money")
}

/// What was posted?
pub(super) async fn transactions(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = without_empty(page.list_at("ledger list", &[]).await?);
    let unit = page.cx.organisation.currency.sign();
    let months = filters::month(page).await?;
    let list = ListPage::new(&listing, "/money/ledger/transactions")
        .keep_day(page.as_of())
        .unit(&unit)
        .filter(months)
        .filter(FilterControl::typed("kind", "Kind"))
        .empty(Empty::new("No transaction is posted yet."));
    let head = head("What was posted?").crumb("Ledger", "/money/ledger").here("Transactions");
    let list = ListPage { heading_hidden: true, ..list };
    Ok(Page { head, body: html! { (views(page, "/money/ledger/transactions")) (list) } })
}

/// Which postings are behind it?
pub(super) async fn postings(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = without_empty(page.list_at("ledger postings", &[]).await?);
    let unit = page.cx.organisation.currency.sign();
    let mut list = ListPage::new(&listing, "/money/ledger/postings")
        .unit(&unit)
        .filter(FilterControl::typed("kind", "Kind"))
        .empty(Empty::new("Nothing is posted that fits."));
    for name in ["period", "from", "to", "as_of", "cost_centre", "project", "class", "account", "before"] {
        if !page.asked(name).is_empty() {
            list = list.keep(name, page.asked(name));
        }
    }
    let head = head("Which postings are behind it?").crumb("Ledger", "/money/ledger").here("Postings");
    let list = ListPage { heading_hidden: true, ..list };
    Ok(Page { head, body: html! { (views(page, "/money/ledger/postings")) (list) } })
}

/// Which accounts are there?
pub(super) async fn accounts(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("account list", &[]).await?;
    let mut empty = Empty::new("There is no account yet.");
    if page.may(access::Action::ImportMoney) {
        empty = empty.action(HeadAction::link("Import a ledger file", "/records/batches/new?kind=gl"));
    }
    let mut head = head("Which accounts are there?").crumb("Ledger", "/money/ledger").here("Accounts");
    if page.may(access::Action::EditRules) {
        head = head.action(HeadAction::link("Add an account", "/money/ledger/accounts/new"));
    }
    let list = ListPage::new(&listing, "/money/ledger/accounts")
        .keep_day(page.as_of())
        .filter(FilterControl::typed("class", "Class"))
        .empty(empty);
    let list = ListPage { heading_hidden: true, ..list };
    Ok(Page { head, body: html! { (views(page, "/money/ledger/accounts")) (list) } })
}

/// One account.
pub(super) async fn account(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let code = params.get("code");
    let account = page.record("account show", &[("code", code)]).await?;
    let period = months::asked(page).await?;
    let head = head(text(&account, "name")).crumb("Ledger", "/money/ledger");
    let mut head = head.crumb("Accounts", "/money/ledger/accounts").here(code);
    if page.may(access::Action::EditRules) {
        head = head.action(HeadAction::link("Change", format!("/money/ledger/accounts/{code}/edit")));
    }
    let rows = [("Code", html! { (code) }), ("Class", html! { (text(&account, "class")) })];
    let past = happened_to(page, &[("account", code)], 20).await?;
    let body = html! {
        (summary_list(&rows))
        p .after-table { a href={ "/money/lines?period=" (period) "&account=" (code) } { "Ledger lines of " (period.label()) } " · "
            a href={ "/money/ledger/postings?account=" (code) } { "Postings" } }
        (past)
    };
    Ok(Page { head, body })
}

/// One transaction with its postings.
pub(super) async fn transaction(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let transaction = page.record("ledger show", &[("number", number)]).await?;
    let label = format!("T-{}", field(&transaction, "number"));
    let title = match text(&transaction, "text") {
        "" => label.clone(),
        text => text.to_owned(),
    };
    let head = head(&title)
        .crumb("Ledger", "/money/ledger")
        .crumb("Transactions", "/money/ledger/transactions")
        .here(label);
    let mut rows = vec![
        ("Kind", html! { (text(&transaction, "kind")) }),
        ("Period", html! { (number::period(text(&transaction, "period"))) }),
        ("Day", html! { (number::date(text(&transaction, "day"))) }),
    ];
    if let Some(corrects) = transaction.get("corrects").and_then(Value::as_str) {
        rows.push(("Corrects", html! { (number::period(corrects)) }));
    }
    if transaction.get("reversed") == Some(&Value::Bool(true)) {
        rows.push(("Reversed", html! { "yes" }));
    }
    let unit = page.cx.organisation.currency.sign();
    let table = postings_of(&transaction, &format!("Postings, {unit}"));
    let past = happened_to(page, &[("transaction", text(&transaction, "id"))], 20).await?;
    Ok(Page { head, body: html! { section { (summary_list(&rows)) } (titled(&table)) (past) } })
}

fn postings_of(transaction: &Value, caption: &str) -> SimpleTable {
    let heads = vec![
        Head::words("Account"),
        Head::words("Cost centre"),
        Head::words("Project").wide_only(),
        Head::figures("Debit"),
        Head::figures("Credit"),
        Head::figures("Original").wide_only(),
    ];
    let postings = transaction.get("postings").and_then(Value::as_array);
    let table = SimpleTable::new(caption, heads);
    postings.into_iter().flatten().fold(table, |table, posting| {
        let value = amount(posting, "amount");
        let credit = value.is_some_and(|money| money.minor() < 0);
        let figure = |shown: bool| match value.filter(|_| shown) {
            Some(money) => Figure::cell(if credit { money.negated() } else { money }).into(),
            None => Cell::blank(),
        };
        let code = text(posting, "account");
        let original =
            amount(posting, "original").map_or_else(Cell::blank, |money| Cell::words(money.spoken()));
        table.row(vec![
            Cell::link(
                format!("{code} {}", text(posting, "account_name")),
                format!("/money/ledger/accounts/{code}"),
            ),
            Cell::words(text(posting, "cost_centre")),
            Cell::words(text(posting, "project")),
            figure(!credit),
            figure(credit),
            original,
        ])
    })
}
