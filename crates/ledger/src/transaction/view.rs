//! What pages, API and command line read of transactions and postings.

use access::{Cx, Params, View, as_of};
use db::{Bind, ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Money, Refusal, Refused};
use serde_json::{Value, json};

use super::repo::{self, Head};
use super::{NewPosting, journal};
use crate::account;
use crate::balance::{conditions, read_filter};

/// Transactions, newest first; of a past day, those posted by then.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let day = as_of::asked(params)?;
    let posted = day.map_or("true", |_| "t.posted_at < $1");
    let list = ListQuery {
        name: "transaction",
        caption: "Transactions".into(),
        columns: vec![
            Column::new("number", "Number", Kind::Count).linked("/money/ledger/{number}"),
            Column::new("period", "Period", Kind::Period),
            Column::new("day", "Day", Kind::Date),
            Column::new("kind", "Kind", Kind::State),
            Column::new("text", "Text", Kind::Text).linked("/money/ledger/{number}"),
            Column::new("debit", "Amount", Kind::Money).summed().linked("/money/ledger/{number}"),
            Column::new("postings", "Postings", Kind::Count),
            Column::new("corrects", "Corrects", Kind::Period),
            Column::new("reverses", "Reverses", Kind::Count).linked("/money/ledger/{reverses}"),
            Column::new("posted_by", "Posted by", Kind::Text),
            Column::new("posted_at", "Posted at", Kind::Time),
            Column::new("transaction", "Transaction", Kind::Code).hidden(),
        ],
        sql: format!(
            "select t.number, t.period, t.day, t.kind, t.note as \"text\", t.debit, t.postings, t.corrects, \
              o.number as reverses, w.name as posted_by, t.posted_at, 'T-' || cast(t.number as text) as \"transaction\" from ledger_transactions t \
              left join ledger_transactions o on o.id = t.reverses left join access_people w on w.id = t.posted_by where {posted}"
        ),
        binds: day.map(|day| Bind::from(as_of::end_of(day))).into_iter().collect(),
        currency: cx.organisation.currency,
        order: "number desc",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// Postings of the conditions of a trial balance, and `account`, `before` (a period), `number`.
pub async fn postings(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let filter = read_filter(params)?;
    let (mut text, mut binds) = conditions(&filter, 1, "t.period");
    let before = params.optional("before").filter(|before| *before != "*");
    if params.optional("before") == Some("*") {
        // An opening without a first period: nothing is before it.
        text.push_str(" and false");
    }
    let given = [
        ("t.period >=", filter.from.map(|period| period.to_string())),
        ("t.period <", before.map(str::to_owned)),
        ("a.code =", params.optional("account").map(str::to_owned)),
    ];
    for (condition, value) in given.into_iter().filter_map(|(condition, value)| Some((condition, value?))) {
        binds.push(Bind::from(value));
        text.push_str(&format!(" and {condition} ${}", binds.len()));
    }
    let [code, name, accounts] = account_of(&text);
    let (postings, joined) = postings_of(params.optional("account").is_some());
    text.push_str(joined);
    let list = ListQuery {
        name: "posting",
        caption: "Postings".into(),
        columns: posting_columns(),
        sql: format!(
            "select t.number, t.period, t.day, t.kind, t.note as \"text\", {code} as account, {name} as account_name, \
             p.cost_centre, p.project, p.amount, p.original_amount as original, \
             p.original_currency as original_currency, \
             p.original_currency as currency, p.rate, p.line \
             from {postings} {accounts} where {text}"
        ),
        binds,
        currency: cx.organisation.currency,
        order: "number desc, line",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// Postings with their transactions, and the condition that joins them. Of one account they are found by it. Of all, the
/// newest transactions come first: `cross join` keeps SQLite from reading every posting there is and sorting them.
fn postings_of(one_account: bool) -> (&'static str, &'static str) {
    if one_account {
        ("ledger_postings p join ledger_transactions t on t.id = p.transaction_id", "")
    } else {
        ("ledger_transactions t cross join ledger_postings p", " and p.transaction_id = t.id")
    }
}

/// SQL of a posting's account: code, name, and the join where a condition on `a` needs one. Else it is looked
/// up for the rows that are shown, not for all that are counted.
fn account_of(conditions: &str) -> [String; 3] {
    if conditions.contains(" a.") {
        let join = "join ledger_accounts a on a.id = p.account_id";
        return ["a.code", "a.name", join].map(str::to_owned);
    }
    let look_up =
        |column: &str| format!("(select a.{column} from ledger_accounts a where a.id = p.account_id)");
    [look_up("code"), look_up("name"), String::new()]
}

fn posting_columns() -> Vec<Column> {
    vec![
        Column::new("number", "Transaction", Kind::Count).linked("/money/ledger/{number}"),
        Column::new("line", "Line", Kind::Count).hidden(),
        Column::new("period", "Period", Kind::Period),
        Column::new("day", "Day", Kind::Date),
        Column::new("kind", "Kind", Kind::State),
        Column::new("text", "Text", Kind::Text).linked("/money/ledger/{number}"),
        Column::new("account", "Account", Kind::Code).linked("/money/ledger/accounts/{account}"),
        Column::new("account_name", "Name", Kind::Text),
        Column::new("cost_centre", "Cost centre", Kind::Code),
        Column::new("project", "Project", Kind::Code),
        Column::new("amount", "Amount", Kind::Money).summed().linked("/money/ledger/{number}"),
        Column::new("original", "Original amount", Kind::Money),
        Column::new("currency", "Original currency", Kind::Code),
        Column::new("rate", "Rate", Kind::Text),
    ]
}

/// One transaction with its postings; on a past day not found where it was posted later, and reversed
/// only where it was by then.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let number = params.get("number");
    let number = number.strip_prefix("T-").unwrap_or(number).parse().map_err(|_| Refusal::not_found())?;
    let head = repo::by_number(&mut cx.tx, number, as_of::asked(params)?).await?;
    let whole = repo::whole(&mut cx.tx, &head).await?;
    let accounts = account::all(&mut cx.tx).await?;
    let reporting = cx.organisation.currency;
    let posting = |posting: &NewPosting| -> Value {
        let account = accounts.iter().find(|account| account.id == posting.account);
        json!({
            "account": account.map(|account| &account.code),
            "account_name": account.map(|account| &account.name),
            "cost_centre": posting.cost_centre,
            "project": posting.project,
            "amount": Money::of_minor(posting.amount, reporting),
            "original": posting.original.as_ref().map(|original| original.money),
            "rate": posting.original.as_ref().map(|original| &original.rate),
        })
    };
    let postings: Vec<Value> = whole.postings.iter().map(posting).collect();
    let mut record = head_json(&head);
    record["debit"] = json!(Money::of_minor(head.debit, reporting));
    record["postings"] = json!(postings);
    Ok(View::Record(record))
}

fn head_json(head: &Head) -> Value {
    json!({
        "schema": "quarterdeck.transaction.v1",
        "id": head.id.to_string(),
        "number": head.number,
        "kind": head.kind,
        "period": head.period,
        "day": head.day.to_string(),
        "text": head.text,
        "source": { "kind": head.source.kind, "id": head.source.id },
        "corrects": head.corrects,
        "reverses": head.reverses.map(|id| id.to_string()),
        "reversed": head.reversed,
    })
}

/// The journal as plain text accounting tools read it.
pub async fn export(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let filter = read_filter(params)?;
    let text = journal(&mut cx.tx, cx.organisation.currency, &filter).await?;
    Ok(View::Record(json!({ "schema": "quarterdeck.journal.v1", "text": text })))
}
