//! Rules from their files: a table whose rows are rules, in their order; and, which come after those, tables of the
//! words of one tag and of one account.

use std::collections::HashMap;

use calc::Stop;

use super::{Condition, Field, Rule, Rules, Test, cell};
use crate::month::Month;
use crate::table::{Column, Part, Table};
use crate::usage::day::{self, DateOrder};
use crate::wrong::Wrong;

/// Headings of a table of rules that are no fields.
const OWN: [&str; 3] = ["service", "from", "to"];

/// Rules to the services that there are.
pub(crate) struct Reader<'s> {
    services: HashMap<&'s str, u32>,
    rules: Rules,
}

impl<'s> Reader<'s> {
    /// No rules yet; `services` are in the order of their codes, and rows that no rule matches have the code `unmatched`.
    pub(crate) fn new(services: &'s [String], unmatched: u32) -> Reader<'s> {
        let codes = services.iter().map(String::as_str).zip(0..).collect();
        let count = u32::try_from(services.len()).unwrap_or(u32::MAX);
        Reader { services: codes, rules: Rules { services: count, unmatched, ..Rules::default() } }
    }

    /// What was read.
    pub(crate) fn rules(self) -> Rules {
        self.rules
    }

    /// Reads a table of rules: each row the conditions that its cells are, a service, and the days it holds.
    ///
    /// # Errors
    /// A column is missing, or a cell is not as it has to be.
    pub(crate) fn table(&mut self, file: &str) -> Result<(), Stop> {
        self.table_in(Table::open(file)?)
    }

    /// The same of a table that is open.
    ///
    /// # Errors
    /// As [`Reader::table`].
    pub(crate) fn table_in(&mut self, mut table: Table) -> Result<(), Stop> {
        let file = table.file().to_owned();
        let service = table.column("service")?;
        let days = [table.perhaps("from"), table.perhaps("to")];
        let headings = table.headings();
        let asked = headings.iter().filter(|heading| !OWN.contains(&heading.to_lowercase().as_str()));
        let mut fields = Vec::new();
        for heading in asked {
            let field = match heading.strip_prefix("tag_") {
                Some(_) => Field::Tag(heading.clone()),
                None => Field::Column(heading.clone()),
            };
            fields.push((self.rules.field(field), table.column(heading)?));
        }
        if fields.is_empty() {
            return Err(alone(&file).into());
        }
        while let Some(part) = table.next()? {
            let services = part.each(service, |name| self.service(name))?;
            let mut rules: Vec<Rule> =
                services.into_iter().map(|service| Rule { service, ..Rule::default() }).collect();
            for (field, column) in &fields {
                let cells = part.perhaps_each(*column, cell::tests)?;
                for (rule, any) in rules.iter_mut().zip(cells) {
                    rule.when.extend(any.map(|any| Condition { field: *field, any }));
                }
            }
            in_force(&part, days, &mut rules)?;
            self.rules.rules.append(&mut rules);
        }
        Ok(())
    }

    /// Reads a table of two columns: words of one field, and the service of each. They exclude each other.
    ///
    /// # Errors
    /// A column is missing, a word comes twice, or a service is none.
    pub(crate) fn words(&mut self, file: &str, field: impl Fn(&str) -> Field) -> Result<(), Stop> {
        self.words_in(Table::open(file)?, field)
    }

    /// The same of a table that is open.
    ///
    /// # Errors
    /// As [`Reader::words`].
    pub(crate) fn words_in(&mut self, mut table: Table, field: impl Fn(&str) -> Field) -> Result<(), Stop> {
        let file = table.file().to_owned();
        let headings = table.headings();
        let heading = headings.iter().find(|heading| !heading.eq_ignore_ascii_case("service"));
        let heading = heading.ok_or_else(|| alone(&file))?;
        let (word, service) = (table.column(heading)?, table.column("service")?);
        let field = self.rules.field(field(heading));
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut row = 0;
        while let Some(part) = table.next()? {
            let words = part.each(word, |word| Ok(word.to_owned()))?;
            let services = part.each(service, |name| self.service(name))?;
            for (word, service) in words.into_iter().zip(services) {
                row += 1;
                if let Some(first) = known.insert(word.clone(), row) {
                    return Err(Stop::Unclean(format!(
                        "{file}, row {row}: {heading} “{word}” has a rule already in row {first}. Keep one of the two."
                    )));
                }
                let when = vec![Condition { field, any: vec![Test::Is(word)] }];
                self.rules.rules.push(Rule { when, service, ..Rule::default() });
            }
        }
        Ok(())
    }

    fn service(&self, name: &str) -> Result<u32, String> {
        self.services.get(name).copied().ok_or_else(|| {
            format!("there is no service “{name}” among the drivers. Mend its name, or add its drivers")
        })
    }
}

fn alone(file: &str) -> Wrong {
    Wrong(format!(
        "{file} has the column service alone. Add one with what is looked at, such as SubAccountId."
    ))
}

/// The days on which rules hold.
fn in_force(part: &Part, [from, to]: [Option<Column>; 2], rules: &mut [Rule]) -> Result<(), Wrong> {
    if let Some(from) = from {
        let days = part.perhaps_each(from, |text| day_of(text, false))?;
        rules.iter_mut().zip(days).for_each(|(rule, day)| rule.from = day);
    }
    let Some(to) = to else { return Ok(()) };
    let days = part.perhaps_each(to, |text| day_of(text, true))?;
    for (row, (rule, day)) in rules.iter_mut().zip(days).enumerate() {
        rule.to = day;
        if rule.from.zip(day).is_some_and(|(from, to)| from > to) {
            return Err(part.wrong(row, to, "lies before from. Swap the two"));
        }
    }
    Ok(())
}

/// A day, or the first or last of a month.
fn day_of(text: &str, last: bool) -> Result<i32, String> {
    let day = match Month::parse(text) {
        Some(month) if last => day::first_of(month.next()).map(|day| day - 1),
        Some(month) => day::first_of(month),
        None => day::parse(text, DateOrder::YearMonthDay, None),
    };
    day.ok_or_else(|| format!("“{text}” is no month and no day. Write it as 2026-09 or 2026-09-30"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days as Python's `date.toordinal` gives them, less that of 1970-01-01.
    #[test]
    fn a_month_is_its_first_day_or_its_last() {
        for (text, first, last) in [
            ("2024-02", Some(19_754), Some(19_782)),
            ("2026-12", Some(20_788), Some(20_818)),
            ("2026-09-30", Some(20_726), Some(20_726)),
            ("2026-9", None, None),
        ] {
            assert_eq!((day_of(text, false).ok(), day_of(text, true).ok()), (first, last), "{text}");
        }
    }
}
