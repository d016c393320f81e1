//! The journal as text that hledger, ledger and beancount's importers read
//! (<https://hledger.org/journal.html>): plain text accounting outlives every program.

use std::fmt::Write as _;

use db::{Row, Tx};
use kernel::{Currency, Fault, Money};

use super::repo;
use crate::Filter;

/// Transactions in the order posted, whole: the conditions of `filter` on a posting choose the
/// transactions it belongs to, else the journal would not balance.
pub async fn journal(tx: &mut Tx, reporting: Currency, filter: &Filter) -> Result<String, Fault> {
    let rows = repo::journal(tx, filter).await?;
    let mut text = String::new();
    let mut open = None;
    for row in &rows {
        let number: i64 = row.get("number")?;
        if open.replace(number) != Some(number) {
            text.push_str(&heading(row, number)?);
        }
        text.push_str(&line(row, reporting)?);
    }
    Ok(text)
}

fn heading(row: &Row, number: i64) -> Result<String, Fault> {
    let (day, note, period): (String, String, String) =
        (row.get("day")?, row.get("note")?, row.get("period")?);
    // In a description a semicolon starts a comment.
    let mut text = format!("\n{day} * (T-{number}) {}\n    ; period: {period}\n", note.replace(';', ","));
    if let Some(corrects) = row.get::<Option<String>>("corrects")? {
        writeln!(text, "    ; corrects: {corrects}")
            .map_err(|error| Fault::new("writing a journal", error))?;
    }
    if let Some(reverses) = row.get::<Option<i64>>("reverses")? {
        writeln!(text, "    ; reverses: T-{reverses}")
            .map_err(|error| Fault::new("writing a journal", error))?;
    }
    Ok(text)
}

fn line(row: &Row, reporting: Currency) -> Result<String, Fault> {
    let (code, name, class): (String, String, String) =
        (row.get("code")?, row.get("name")?, row.get("class")?);
    let amount = Money::of_minor(row.get("amount")?, reporting);
    let original = Money::of_minor(row.get("original_amount")?, row.get("original_currency")?);
    let tags: Vec<String> = ["cost_centre", "project"]
        .into_iter()
        .filter_map(|tag| match row.get::<Option<String>>(tag) {
            Ok(value) => value.map(|value| Ok(format!("{tag}: {}", value.replace(',', " ")))),
            Err(fault) => Some(Err(fault)),
        })
        .collect::<Result<_, Fault>>()?;
    let tags = if tags.is_empty() { String::new() } else { format!("  ; {}", tags.join(", ")) };
    Ok(format!("    {class}:{code} {}  {}{tags}\n", account_name(&name), amounts(amount, original)))
}

/// Two blanks end an account's name; a semicolon starts a comment; a colon a sub-account.
fn account_name(name: &str) -> String {
    name.replace([';', ':'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `USD 1000.00 @@ EUR 900.41`: the total price has no sign of its own. Where the original has no
/// amount or the other sign, a price cannot say it.
fn amounts(amount: Money, original: Money) -> String {
    let one = |money: Money| format!("{} {}", money.currency(), money.plain());
    let same_sign = original.minor().signum() == amount.minor().signum() && amount.minor() != 0;
    if original.currency() == amount.currency() || !same_sign {
        return one(amount);
    }
    let price = Money::of_minor(amount.minor().abs(), amount.currency());
    format!("{} @@ {}", one(original), one(price))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_converted_amount_carries_its_total_price_and_signs_stand_with_the_quantity() {
        let (eur, usd) =
            (|minor| Money::of_minor(minor, Currency::EUR), |minor| Money::of_minor(minor, Currency::USD));
        for (amount, original, text) in [
            (eur(-500), eur(-500), "EUR -5.00"),
            (eur(90_041), usd(100_000), "USD 1000.00 @@ EUR 900.41"),
            (eur(-90_041), usd(-100_000), "USD -1000.00 @@ EUR 900.41"),
            (eur(1), usd(0), "EUR 0.01"),
            (eur(-1), usd(1), "EUR -0.01"),
        ] {
            assert_eq!(amounts(amount, original), text);
        }
        assert_eq!(account_name("Licences;  SaaS: all"), "Licences SaaS all");
    }
}
