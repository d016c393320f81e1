//! A line that comes back in our own list: known by its id, whatever its file said and whatever the list
//! adds to it, and with what was changed in it since.

mod repo;

use std::collections::BTreeMap;

use imports::{Change, Row, Verdict, WrittenRow};
use kernel::Money;

use super::entity::LineKind;
use super::rules::{self, Known};

pub(super) use repo::standing;

/// A line that is here.
pub(super) struct Standing {
    /// Where it was written; none for a line no file brought.
    written: Option<WrittenRow>,
    /// Whether another line took its place.
    replaced: bool,
    /// Its values as a file says them.
    values: BTreeMap<&'static str, String>,
    base: Money,
}

/// Fields that are taken as they stand, and their columns.
const TEXTS: [(&str, &str); 8] = [
    ("cost_centre", "cost_centre"),
    ("cost_element", "cost_element"),
    ("supplier", "supplier"),
    ("document", "document"),
    ("document_line", "document_line"),
    ("description", "description"),
    ("service", "service_key"),
    ("customer", "customer_key"),
];

/// What is thought of a row that names the id of a line that is here.
pub(super) fn judge(row: &Row, there: &Standing, known: &Known) -> Verdict {
    if there.replaced {
        return Verdict::Rejected("another line took the place of this one since the list was made".into());
    }
    let told = match told(row, there, known) {
        Ok(told) => told,
        Err(why) => return Verdict::Rejected(why),
    };
    let differs = |(field, new): (&'static str, String)| {
        let old = there.values.get(field).cloned().unwrap_or_default();
        (old != new).then(|| Change { field: field.to_owned(), old, new })
    };
    let changes: Vec<Change> = told.into_iter().filter_map(differs).collect();
    match (&there.written, changes.is_empty()) {
        (Some(written), _) => Verdict::Stands(written.clone(), changes),
        (None, true) => Verdict::Known,
        (None, false) => Verdict::Rejected("no file brought this line in, so none changes it".into()),
    }
}

/// The values the row tells, in the terms of a stored line: what it leaves out is as the line has it, but
/// words that are gone.
fn told(row: &Row, there: &Standing, known: &Known) -> Result<Vec<(&'static str, String)>, String> {
    let mut told: Vec<(&'static str, String)> =
        TEXTS.iter().map(|(field, _)| (*field, row.text(field).unwrap_or_default().to_owned())).collect();
    let original = rules::original_of(row)?;
    let original_stays = there.values["amount"] == spelt(original);
    told.push(("amount", spelt(original)));
    if let Some(amount) = rules::reporting_of(row, known.base)? {
        told.push(("reporting_amount", amount.plain()));
    } else if !original_stays && original.currency() == there.base.currency() {
        told.push(("reporting_amount", original.plain()));
    }
    if let Some(account) = row.text("account") {
        let code = known.accounts.get(account).map_or(account, |(code, _)| code);
        told.push(("account", code.to_owned()));
    }
    if let Some(month) = rules::period_of(row) {
        told.push(("period", month.to_string()));
    }
    let kind = |said: &str| match LineKind::parse(&said.to_lowercase()) {
        Some(kind) => kind.word().to_owned(),
        None => said.to_owned(),
    };
    let rest = [
        ("posted_on", row.day("posted_on").map(|day| day.to_string())),
        ("kind", row.text("kind").map(kind)),
        ("estimate", row.flag("estimate").map(word)),
    ];
    told.extend(rest.into_iter().filter_map(|(field, value)| Some((field, value?))));
    Ok(told)
}

fn spelt(money: Money) -> String {
    format!("{} {}", money.plain(), money.currency())
}

fn word(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}
