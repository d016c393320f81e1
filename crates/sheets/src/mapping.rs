//! Columns → meanings: proposed by name, never corrected in silence.

use crate::dialect::Column;

/// A field the target of an import has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Key: the domain's word.
    pub key: &'static str,
    /// Heading on the page.
    pub label: &'static str,
    /// Names other systems give it.
    pub aliases: &'static [&'static str],
    /// Whether nothing can be imported without it.
    pub required: bool,
}

impl FieldSpec {
    /// Whether a column of that name is recognised as this field.
    pub fn is_called(&self, column: &str) -> bool {
        let name = normal(column);
        names_of(self).any(|known| known == name)
    }
}

/// Whether two names are the same but for case, blanks and marks.
pub fn same_name(a: &str, b: &str) -> bool {
    normal(a) == normal(b)
}

/// What is proposed for the columns of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MappingProposal {
    /// Column name and field key: the names are the same but for case, blanks and marks.
    pub matched: Vec<(String, &'static str)>,
    /// Column name and field key: the spelling is close; to be confirmed.
    pub suggested: Vec<(String, &'static str)>,
    /// Columns no field was found for.
    pub unmatched: Vec<String>,
    /// Required fields no column was found for.
    pub missing: Vec<&'static str>,
}

/// Proposes a field for each column, of those it `can` hold. A field is taken once, by the first
/// column that names it.
pub fn propose_mapping(
    fields: &[FieldSpec],
    columns: &[Column],
    can: &dyn Fn(&Column, &str) -> bool,
) -> MappingProposal {
    let mut proposal = MappingProposal::default();
    let mut taken: Vec<&str> = Vec::new();
    let mut left: Vec<&Column> = Vec::new();
    let named = |column: &Column, field: &FieldSpec| field.is_called(&column.name) && can(column, field.key);
    for column in columns {
        let field = fields.iter().find(|field| !taken.contains(&field.key) && named(column, field));
        match field {
            Some(field) if column.named => {
                taken.push(field.key);
                proposal.matched.push((column.name.clone(), field.key));
            }
            _ => left.push(column),
        }
    }
    for column in left {
        let name = normal(&column.name);
        let close = |field: &&FieldSpec| names_of(field).any(|known| is_close(&known, &name));
        let free = |field: &&FieldSpec| !taken.contains(&field.key) && can(column, field.key);
        match fields.iter().filter(free).find(close) {
            Some(field) if column.named => {
                taken.push(field.key);
                proposal.suggested.push((column.name.clone(), field.key));
            }
            _ => proposal.unmatched.push(column.name.clone()),
        }
    }
    let required = fields.iter().filter(|field| field.required && !taken.contains(&field.key));
    proposal.missing = required.map(|field| field.key).collect();
    proposal
}

fn names_of(field: &FieldSpec) -> impl Iterator<Item = String> {
    [field.key, field.label].into_iter().chain(field.aliases.iter().copied()).map(normal)
}

/// Letters and digits in small letters.
fn normal(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Long names that differ by one or two letters.
fn is_close(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let shorter = a.len().min(b.len());
    if !(6..=60).contains(&shorter) || a.len().abs_diff(b.len()) > 2 {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()] <= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::columns_of;

    const FIELDS: [FieldSpec; 3] = [
        FieldSpec { key: "amount", label: "Amount", aliases: &["invoice line value"], required: true },
        FieldSpec { key: "cost_centre", label: "Cost centre", aliases: &["directorate"], required: false },
        FieldSpec { key: "document", label: "Document no.", aliases: &[], required: true },
    ];

    #[test]
    fn names_match_without_case_and_marks_and_misspellings_are_only_suggested() {
        let names = ["Directotate", "Service", "Invoice-Line Value", ""].map(str::to_owned);
        let proposal = propose_mapping(&FIELDS, &columns_of(&names), &|_, _| true);
        assert_eq!(proposal.matched, [("Invoice-Line Value".to_owned(), "amount")]);
        assert_eq!(proposal.suggested, [("Directotate".to_owned(), "cost_centre")]);
        assert_eq!(proposal.unmatched, ["Service", "column 4"]);
        assert_eq!(proposal.missing, ["document"]);
    }
}
