//! A day in the past: what was known at its end. Readings that can be asked so name `as_of` among what
//! they take; all others refuse it, since today's figures under a past day would be believed.

use chrono::NaiveDate;
use kernel::{Refusal, typed};

use crate::{Action, Noun, Params, Reading};

/// The name of the day in URLs; `--as-of` on the command line.
pub const AS_OF: &str = "as_of";

/// The day asked for; `None` is now. `*` stands for none too, as in links that carry every condition.
///
/// # Errors
/// What is no day is refused by name.
pub fn asked(params: &Params) -> Result<Option<NaiveDate>, Refusal> {
    let Some(text) = params.optional(AS_OF).filter(|text| *text != "*") else { return Ok(None) };
    let says = || Refusal::field(AS_OF, format!("“{text}” is no day; write it as 2026-09-30."));
    typed::iso_day(text).map(Some).ok_or_else(says)
}

/// Whether a page as of a past day may offer `action`: it changes no record that such a page shows. What only
/// reads is called so in the table of actions, and people and settings have no past page.
pub fn allows(action: Action) -> bool {
    let elsewhere = [Action::UseQuarterdeck, Action::ExportAll, Action::Administer, Action::GrantRoles];
    action.words().starts_with("read ") || elsewhere.contains(&action)
}

/// Refuses a day that has not come: nobody knows what will be known at its end.
///
/// # Errors
/// Names the day and today.
pub fn require_come(day: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    if day <= today {
        return Ok(());
    }
    Err(Refusal::field(AS_OF, format!("{day} has not come yet; today is {today}.")))
}

/// Larger than every stamp of that day, smaller than those of the next: a stamp goes on with a T.
pub fn end_of(day: NaiveDate) -> String {
    format!("{day}U")
}

/// Whether `reading` can be asked for a past day.
pub fn taken_by(reading: &Reading) -> bool {
    reading.takes.contains(&AS_OF)
}

/// SQL: whether the history told of the record whose id is in `column` before the stamp bound at
/// `place`; of what happened to it, only `action` where one is given.
pub fn told(noun: &Noun, column: &str, action: Option<&str>, place: usize) -> String {
    let action = action.map_or_else(String::new, |action| format!(" and p.action = '{action}'"));
    format!(
        "exists (select 1 from access_history p where p.noun = '{}' and p.record_id = {column} and p.at < ${place}{action})",
        noun.name
    )
}

/// SQL: the state of a version that is drafted, submitted, approved, as the history told it before the
/// stamp bound at `place`.
pub fn version_state(noun: &Noun, column: &str, place: usize) -> String {
    format!(
        "case when {} then 'approved' when {} then 'submitted' else 'draft' end",
        told(noun, column, Some("approved"), place),
        told(noun, column, Some("submitted"), place)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Params {
        Params([(AS_OF.to_owned(), text.to_owned())].into())
    }

    #[test]
    fn a_day_is_written_as_days_are_and_a_star_is_none() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 31);
        assert_eq!(asked(&of("2026-03-31")).unwrap(), day);
        assert_eq!((asked(&of("*")).unwrap(), asked(&of("")).unwrap()), (None, None));
        for text in ["31.3.2026", "2026-3-31", "2026-02-30", "2026-09", "today"] {
            assert_eq!(asked(&of(text)).unwrap_err().fields[0].field, "as_of", "{text}");
        }
    }

    #[test]
    fn a_day_to_come_is_refused_and_today_is_not() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(require_come(day("2026-10-02"), day("2026-10-02")).is_ok());
        let refusal = require_come(day("2026-10-03"), day("2026-10-02")).unwrap_err();
        assert_eq!(refusal.fields[0].says, "2026-10-03 has not come yet; today is 2026-10-02.");
    }

    #[test]
    fn the_end_of_a_day_parts_its_stamps_from_those_of_the_next() {
        let end = end_of(NaiveDate::from_ymd_opt(2026, 3, 31).unwrap());
        assert!("2026-03-31T23:59:59.999Z" < end.as_str() && end.as_str() < "2026-04-01T00:00:00.000Z");
    }
}
