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
        (None, told) if row.flag("create_accounts").unwrap_or(false) => {
            if code_for(account).is_none() {
                return Err(format!("account {account} cannot be given a code"));
            }
            Ok((account.to_owned(), told.unwrap_or(LineKind::Cost)))
        }
        (None, _) => Err(format!("account {account} unknown")),
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
