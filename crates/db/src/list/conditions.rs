//! What a list's rows must be to be listed: what was asked as conditions in SQL, or a refusal that names what
//! cannot be meant.

use kernel::listing::{Asked, Column, Compare, Filter, Kind};
use kernel::{Decimal, Money, Period, Quantity, Refusal, typed};

use super::{ListQuery, column, name};
use crate::Bind;

pub(super) fn conditions(list: &ListQuery, asked: &Asked) -> Result<(String, Vec<Bind>), Refusal> {
    let mut parts = vec!["true".to_owned()];
    let mut binds = Vec::new();
    for filter in &asked.filters {
        let column = column(list, &filter.column, "filter")?;
        let place = list.binds.len() + binds.len() + 1;
        parts.push(condition(column, filter, place));
        binds.push(operand(list, column, filter)?);
    }
    // Each word in one column or another: nobody remembers in which order a name has its words.
    for word in asked.search.as_deref().unwrap_or_default().split_whitespace() {
        let place = list.binds.len() + binds.len() + 1;
        let searched =
            list.columns.iter().filter(|column| matches!(column.kind, Kind::Text | Kind::Code | Kind::State));
        let any: Vec<String> = searched
            .map(|column| format!("lower({}) like lower(${place}) escape '\\'", name(column)))
            .collect();
        parts.push(format!("({})", any.join(" or ")));
        binds.push(Bind::from(contains(word)));
    }
    Ok((parts.join(" and "), binds))
}

fn contains(word: &str) -> String {
    format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

fn condition(column: &Column, filter: &Filter, place: usize) -> String {
    let key = name(column);
    if filter.compare == Compare::Contains {
        return format!("lower({key}) like lower(${place}) escape '\\'");
    }
    let sign = filter.compare.sign();
    match column.kind {
        Kind::Text | Kind::Code | Kind::State => format!("lower({key}) {sign} lower(${place})"),
        Kind::Decimal | Kind::Percent => {
            format!("cast({key} as double precision) {sign} cast(${place} as double precision)")
        }
        _ => format!("{key} {sign} ${place}"),
    }
}

fn operand(list: &ListQuery, column: &Column, filter: &Filter) -> Result<Bind, Refusal> {
    let (value, number) = (filter.value.as_str(), typed::without_exponent(&filter.value));
    let wrong =
        |what: &str| Refusal::field("filter", format!("{} wants {what}, not “{value}”.", column.label));
    if filter.compare == Compare::Contains {
        return Ok(Bind::from(contains(value)));
    }
    Ok(match column.kind {
        Kind::Text | Kind::Code | Kind::State | Kind::Time => {
            let whole = matches!(filter.compare, Compare::Equal | Compare::Unequal);
            if whole && !column.may_be(value) {
                return Err(wrong(&format!("one of {}", column.words.join(", "))));
            }
            Bind::from(value)
        }
        Kind::Period => {
            Bind::from(value.parse::<Period>().map_err(|_| wrong("a month, as Sep 2026 or 2026-09"))?)
        }
        Kind::Date => typed::day(value)
            .map(|day| Bind::from(day.to_string()))
            .ok_or_else(|| wrong("a day, as 3 Sep 2026 or 2026-09-03"))?,
        Kind::Money => {
            Bind::from(Money::parse(&number, list.currency).map_err(|_| wrong("an amount"))?.minor())
        }
        Kind::Quantity => Bind::from(Quantity::parse(&number).map_err(|_| wrong("a quantity"))?),
        Kind::Count => Bind::from(number.parse::<i64>().map_err(|_| wrong("a whole number"))?),
        Kind::Decimal | Kind::Percent => {
            Bind::from(number.parse::<Decimal>().map_err(|_| wrong("a number"))?.to_string())
        }
        Kind::Bool => match value {
            "yes" | "true" => Bind::from(true),
            "no" | "false" => Bind::from(false),
            _ => return Err(wrong("yes or no")),
        },
    })
}

#[cfg(test)]
mod tests {
    use kernel::Currency;

    use super::*;

    fn services() -> ListQuery {
        ListQuery {
            name: "service",
            caption: "Services".into(),
            columns: vec![
                Column::new("name", "Service", Kind::Text),
                Column::new("state", "State", Kind::State).of(["operational", "retiring", "retired"]),
            ],
            sql: "select name, state from services".into(),
            binds: Vec::new(),
            currency: Currency::EUR,
            order: "name",
        }
    }

    fn asked(filter: &str) -> Result<String, String> {
        let asked = Asked::read([("filter", filter)].into_iter(), &[]);
        let said = conditions(&services(), &asked).map(|(conditions, _)| conditions);
        said.map_err(|refusal| refusal.fields[0].says.clone())
    }

    #[test]
    fn a_word_that_a_column_cannot_hold_is_refused_with_those_it_can() {
        let says = "State wants one of operational, retiring, retired, not “operatonal”.";
        for filter in ["state=operatonal", "state!=operatonal"] {
            assert_eq!(asked(filter), Err(says.to_owned()), "{filter}");
        }
        assert_eq!(
            asked("state="),
            Err("State wants one of operational, retiring, retired, not “”.".to_owned())
        );
    }

    #[test]
    fn a_word_it_can_hold_is_taken_in_any_case_and_a_part_of_one_to_look_for() {
        for filter in ["state=Retired", "state!=OPERATIONAL", "state~operat", "name=operatonal"] {
            assert!(asked(filter).is_ok(), "{filter}: {:?}", asked(filter));
        }
    }
}
