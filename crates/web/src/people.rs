//! Naming a person in a form: chosen from those there are, by name.

use kernel::Refused;
use parts::{Choice, Field};

use crate::page::PageCx;
use crate::show::plain;

/// Beyond that many, a list is longer to search than a username is to type.
const MOST: usize = 200;

/// Everybody who can be named, by name.
pub(crate) async fn all(page: &mut PageCx) -> Result<Vec<Choice>, Refused> {
    let listing = page.list("user names", &[]).await?;
    let choice = |row: &Vec<kernel::listing::Value>| {
        let (name, username) = (plain(&listing, row, "name"), plain(&listing, row, "username"));
        Choice::new(username.clone(), format!("{name} ({username})"))
    };
    Ok(listing.rows.iter().map(choice).collect())
}

/// A question whose answer is one of `people`; `none` is what leaving it open means. Who is named already
/// stays, though nobody else could name them any more.
pub(crate) fn field(name: &str, label: &str, none: &str, people: &[Choice], now: &str) -> Field {
    if people.len() > MOST {
        return Field::short(name, label, 20).optional().hint("Their username.").value(now);
    }
    let mut choices = vec![Choice::new("", none)];
    if !now.is_empty() && !people.iter().any(|person| person.value == now) {
        choices.push(Choice::new(now, now));
    }
    choices.extend(people.iter().cloned());
    Field::select(name, label, choices).optional().value(now)
}

#[cfg(test)]
mod tests {
    use parts::FieldKind;

    use super::*;

    fn people(count: usize) -> Vec<Choice> {
        (0..count).map(|n| Choice::new(format!("p{n}"), format!("Person {n}"))).collect()
    }

    #[test]
    fn who_is_named_stays_to_be_chosen() {
        for (count, now, choices) in
            [(2, "", Some(3)), (2, "p1", Some(3)), (2, "gone", Some(4)), (201, "p1", None)]
        {
            let field = field("owner", "Owner", "nobody", &people(count), now);
            let offered = match &field.kind {
                FieldKind::Select(choices) => Some(choices.len()),
                _ => None,
            };
            assert_eq!((offered, field.value.as_str()), (choices, now), "{count} people, {now}");
        }
    }
}
