//! Which service a row of usage belongs to: the one its tag names, else the one its account names.

use std::collections::HashMap;

use crate::wrong::Wrong;

/// A table of rules: what is looked at, and for each of its words a service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RuleTable {
    /// Of which file.
    pub(crate) file: String,
    /// The usage's column, or the tag's key.
    pub(crate) heading: String,
    /// Word and service, in the file's order.
    pub(crate) rules: Vec<(String, String)>,
}

/// Rules by tag and by account, with services as codes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rules {
    services: Vec<String>,
    by_tag: HashMap<String, u32>,
    by_account: HashMap<String, u32>,
}

impl Rules {
    /// Rules to the services that there are, `services`, in their order.
    ///
    /// # Errors
    /// A rule names a service that is not there, or two rules are for the same word.
    pub(crate) fn new(services: Vec<String>, tags: &RuleTable, accounts: &RuleTable) -> Result<Rules, Wrong> {
        let codes: HashMap<&str, u32> =
            services.iter().zip(0..).map(|(service, code)| (service.as_str(), code)).collect();
        let (by_tag, by_account) = (coded(tags, &codes)?, coded(accounts, &codes)?);
        Ok(Rules { services, by_tag, by_account })
    }

    /// The services by code.
    pub(crate) fn services(&self) -> &[String] {
        &self.services
    }

    /// The code of rows that no rule matches: the first that is no service's.
    pub(crate) fn unmatched(&self) -> u32 {
        u32::try_from(self.services.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn by_tag(&self, tag: &str) -> Option<u32> {
        self.by_tag.get(tag).copied()
    }

    pub(crate) fn by_account(&self, account: &str) -> Option<u32> {
        self.by_account.get(account).copied()
    }
}

fn coded(table: &RuleTable, codes: &HashMap<&str, u32>) -> Result<HashMap<String, u32>, Wrong> {
    let mut coded = HashMap::with_capacity(table.rules.len());
    let place = |row: usize| format!("{}, row {}", table.file, row + 1);
    for (row, (word, service)) in table.rules.iter().enumerate() {
        let Some(code) = codes.get(service.as_str()) else {
            return Err(Wrong(format!(
                "{}: there is no service “{service}” among the drivers. Mend its name, or add its drivers.",
                place(row)
            )));
        };
        if coded.insert(word.clone(), *code).is_some() {
            let first = table.rules.iter().position(|(other, _)| other == word).unwrap_or(row);
            return Err(Wrong(format!(
                "{}: {} “{word}” has a rule already in row {}. Keep one of the two.",
                place(row),
                table.heading,
                first + 1
            )));
        }
    }
    Ok(coded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rules: &[(&str, &str)]) -> RuleTable {
        let rules = rules.iter().map(|(word, service)| ((*word).to_owned(), (*service).to_owned())).collect();
        RuleTable { file: "tags.csv".into(), heading: "tag_app".into(), rules }
    }

    fn services() -> Vec<String> {
        ["mail", "print"].map(str::to_owned).to_vec()
    }

    #[test]
    fn words_lead_to_codes_and_what_has_no_rule_leads_nowhere() {
        let rules = Rules::new(services(), &table(&[("a", "print"), ("b", "mail")]), &table(&[])).unwrap();
        assert_eq!((rules.by_tag("a"), rules.by_tag("b"), rules.by_tag("c")), (Some(1), Some(0), None));
        assert_eq!((rules.by_account("a"), rules.unmatched()), (None, 2));
    }

    #[test]
    fn rules_that_cannot_be_meant_are_refused_with_their_row() {
        let says = |rules: &[(&str, &str)]| Rules::new(services(), &table(rules), &table(&[])).unwrap_err().0;
        assert_eq!(
            says(&[("a", "mail"), ("b", "prnit")]),
            "tags.csv, row 2: there is no service “prnit” among the drivers. Mend its name, or add its drivers."
        );
        assert_eq!(
            says(&[("a", "mail"), ("b", "mail"), ("a", "print")]),
            "tags.csv, row 3: tag_app “a” has a rule already in row 1. Keep one of the two."
        );
    }
}
