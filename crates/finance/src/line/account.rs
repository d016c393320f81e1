//! The account of a line: by code, by name, or made from what the file calls it.

use imports::Row;

use super::entity::LineKind;
use super::rules::Known;

/// The account's code and what the line counts as, or why there is none. Of an account that is to be
/// made it gives what the file calls it.
pub(super) fn read_account(row: &Row, known: &Known) -> Result<(String, LineKind), String> {
    let account = row.text("account").ok_or("no account")?;
    let told = match row.text("kind") {
        None => None,
        Some(word) => Some(
            LineKind::parse(&word.to_lowercase())
                .ok_or_else(|| format!("kind “{word}” is none of cost, income, asset, balance"))?,
        ),
    };
    match (known.accounts.get(account), told) {
        (Some((code, class)), None) => Ok((code.clone(), LineKind::of(*class))),
        (Some((code, _)), Some(kind)) => Ok((code.clone(), kind)),
        (None, told) => {
            let rule = row.text("create_accounts").map_or(Ok(NewAccounts::Refused), NewAccounts::parse)?;
            let kind = rule.kind_of(account, told)?;
            if code_for(account).is_none() {
                return Err(format!("account {account} cannot be given a code"));
            }
            Ok((account.to_owned(), kind))
        }
    }
}

/// What becomes of accounts nobody knows, as it is said for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum NewAccounts {
    /// Their lines are rejected.
    Refused,
    /// They are made; what they are, each line says.
    AsLinesSay,
    /// They are made, all as one kind.
    All(LineKind),
    /// They are made, by the first letter or digit of their code.
    ByFirst(Vec<(char, char, LineKind)>),
}

impl NewAccounts {
    /// Reads `no`, `yes`, `cost` or `1-5 balance, 6 cost, 7 income`.
    fn parse(text: &str) -> Result<NewAccounts, String> {
        let wrong = || {
            format!(
                "“{text}” does not say what unknown accounts are; write cost, or 1-5 balance, 6 cost, 7 income"
            )
        };
        match text.to_lowercase().as_str() {
            "no" | "false" => return Ok(NewAccounts::Refused),
            "yes" | "true" => return Ok(NewAccounts::AsLinesSay),
            word => {
                if let Some(kind) = LineKind::parse(word) {
                    return Ok(NewAccounts::All(kind));
                }
            }
        }
        let part = |part: &str| -> Option<(char, char, LineKind)> {
            let (first, kind) = part.trim().split_once([' ', '='])?;
            let kind = LineKind::parse(&kind.trim().to_lowercase())?;
            let (from, to) = first.split_once('-').unwrap_or((first, first));
            let one = |text: &str| text.trim().parse::<char>().ok();
            Some((one(from)?, one(to)?, kind))
        };
        let parts: Option<Vec<_>> = text.split([',', ';']).map(part).collect();
        parts.map(NewAccounts::ByFirst).ok_or_else(wrong)
    }

    /// What the unknown `account` is, or why its line is rejected.
    fn kind_of(&self, account: &str, told: Option<LineKind>) -> Result<LineKind, String> {
        let first = account.chars().next().unwrap_or_default();
        let kind = match self {
            NewAccounts::Refused => return Err(format!("account {account} unknown")),
            NewAccounts::AsLinesSay => told,
            NewAccounts::All(kind) => told.or(Some(*kind)),
            NewAccounts::ByFirst(parts) => {
                let part = parts.iter().find(|(from, to, _)| (*from..=*to).contains(&first));
                told.or(part.map(|(_, _, kind)| *kind))
            }
        };
        kind.ok_or_else(|| {
            format!("account {account} is new: say whether it is cost, income, asset or balance")
        })
    }
}

/// The longest code the ledger takes.
const LONGEST_CODE: usize = 40;

/// A code for an account that a file names: the name itself where it can be a code, else its letters
/// and digits with dashes between: `Grants to schools` → `GRANTS-TO-SCHOOLS`. `None` where nothing is
/// left of it.
pub(super) fn code_for(named: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._/".contains(c);
    if named.len() <= LONGEST_CODE && named.chars().all(fits) {
        return Some(named.to_owned());
    }
    let words = named.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let code = words.collect::<Vec<_>>().join("-").to_ascii_uppercase();
    // Room is left for a number, where two names give one code.
    let code = code[..code.len().min(LONGEST_CODE - 4)].trim_end_matches('-').to_owned();
    (!code.is_empty()).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_new_account_is_has_to_be_said() {
        use LineKind::{Balance, Cost, Income};
        let new = |account: &str| {
            Err(format!("account {account} is new: say whether it is cost, income, asset or balance"))
        };
        // The French chart of accounts: 1 to 5 are the balance sheet, 6 expenses, 7 income.
        let french = "1-5 balance, 6 cost, 7 income";
        for (rule, account, told, kind) in [
            ("no", "62510000", Some(Cost), Err("account 62510000 unknown".to_owned())),
            ("yes", "62510000", None, new("62510000")),
            ("yes", "62510000", Some(Cost), Ok(Cost)),
            ("cost", "70700000", None, Ok(Cost)),
            ("Income", "70700000", None, Ok(Income)),
            (french, "40100000", None, Ok(Balance)),
            (french, "62510000", None, Ok(Cost)),
            (french, "70700000", None, Ok(Income)),
            (french, "80100000", None, new("80100000")),
            ("6=cost;7=income", "70700000", None, Ok(Income)),
        ] {
            let said = NewAccounts::parse(rule).and_then(|rule| rule.kind_of(account, told));
            assert_eq!(said, kind, "{rule} {account}");
        }
        for wrong in ["perhaps", "6 expense", "60-65 cost", "6", "6 cost,"] {
            assert!(NewAccounts::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_new_account_gets_a_code_of_its_name() {
        for (named, code) in [
            ("62510000", Some("62510000")),
            ("IT-4.1/2", Some("IT-4.1/2")),
            ("Marketing & Advertising", Some("MARKETING-ADVERTISING")),
            ("EXP - CURRENT GRANTS TO LOCAL GOVERNMENT", Some("EXP-CURRENT-GRANTS-TO-LOCAL-GOVERNME")),
            ("Büro", Some("B-RO")),
            ("–", None),
        ] {
            assert_eq!(code_for(named).as_deref(), code, "{named}");
        }
    }
}
