//! A form that came back because somebody else was faster: what both changed stands side by side, what only they
//! changed is taken over, and what was typed stays.

use access::error::STALE;
use access::{Command, Params};
use app::registry;
use kernel::listing::{Asked, Compare, Filter};
use kernel::{Refused, typed};
use parts::{Cell, Form, Head, Markup, SimpleTable, html, number, titled};

use crate::page::{Answers, PageCx};
use crate::show::plain;

/// A question of a form: its label, its field, and what is stored.
type Stored<'s> = (&'s str, &'s str, &'s str);

impl Answers {
    /// Whether they came back because somebody else changed the record.
    pub(crate) fn is_stale(&self) -> bool {
        self.refusal.as_ref().is_some_and(|refusal| refusal.kind.code == STALE.code)
    }

    /// What stood in `field` as the form was opened; nothing where the form did not say.
    fn was(&self, field: &str) -> Option<&str> {
        self.values.get(&format!("_was.{field}")).map(String::as_str)
    }

    /// Whether somebody else was faster and `field` holds only what stood there before: nobody touched it here.
    pub(crate) fn sent_along(&self, field: &str) -> bool {
        // A browser leaves out a choice that was not made.
        let typed = self.values.get(field).map_or("", String::as_str);
        self.is_stale() && self.was(field).is_some_and(|was| same(was, typed))
    }
}

/// Who changed the record of `command` last, and when; nothing where its history is not told to the reader.
pub(crate) async fn by_whom(
    page: &mut PageCx,
    command: &Command,
    params: &Params,
) -> Result<Option<(String, String)>, Refused> {
    let words = command.name.rsplit_once(' ').map_or(command.name, |(noun, _)| noun).replace('-', " ");
    // The command line says `object` for what the history calls a cost object.
    let is = |name: &str| name == words || name.strip_prefix("cost ") == Some(words.as_str());
    let Some(noun) = registry::nouns().into_iter().find(|noun| is(noun.name)) else { return Ok(None) };
    let record = params.0.values().map(String::as_str).collect::<Vec<_>>().join(" ");
    let of = [("noun", noun.name), ("record", record.as_str())];
    // The attempt that was refused just now is told there too, and changed nothing.
    let changed = Filter { column: "action".into(), compare: Compare::Unequal, value: "refused".into() };
    let newest = Asked { filters: vec![changed], per: Some(1), page: 1, uncounted: true, ..Asked::default() };
    let listing = page.list_asked("history of", &of, newest).await?;
    Ok(listing.rows.first().map(|row| (plain(&listing, row, "person"), plain(&listing, row, "at"))))
}

impl PageCx {
    /// The form of a record with what is `stored` now: it remembers that as what stood there when it was opened, and
    /// where somebody else was faster, shows what they changed. Saving again replaces that knowingly.
    pub(crate) fn merged(&self, form: Form, stored: &[Stored<'_>]) -> Form {
        let stale = self.answers.is_stale();
        let was = |(_, field, now): &Stored<'_>| {
            let opened = self.answers.was(field).filter(|_| !stale);
            ((*field).to_owned(), opened.unwrap_or(*now).to_owned())
        };
        Form {
            was: stored.iter().map(was).collect(),
            note: stale.then(|| overtaken(&self.answers, stored)),
            ..form
        }
    }
}

/// Who was faster, and what is stored now beside what was typed, where both changed it.
fn overtaken(answers: &Answers, stored: &[Stored<'_>]) -> Markup {
    let theirs = |field: &str, now: &str| answers.was(field).is_none_or(|was| !same(was, now));
    let mine = |field: &str, now: &str| {
        let typed = answers.values.get(field).filter(|_| !answers.sent_along(field));
        typed.is_some_and(|typed| !same(typed, now))
    };
    let taken = stored.iter().filter(|(_, field, now)| answers.sent_along(field) && theirs(field, now));
    let taken: Vec<&str> = taken.map(|(label, ..)| *label).collect();
    let both: Vec<&Stored<'_>> =
        stored.iter().filter(|(_, field, now)| theirs(field, now) && mine(field, now)).collect();
    html! {
        section .conflict {
            @if let Some((who, at)) = &answers.overtaken {
                p { b { (who) } " changed this " (number::time(at)) ", after you had opened it." }
            }
            @if both.is_empty() { p { "Nobody else changed what you changed: save it again." } }
            @else {
                (titled(&side_by_side(answers, &both)))
                p { "Below is what you typed: save it to replace what is stored." }
            }
            @if !taken.is_empty() { p { "Changed by them alone, and taken over below: " (taken.join(", ")) "." } }
        }
    }
}

fn side_by_side(answers: &Answers, both: &[&Stored<'_>]) -> SimpleTable {
    let heads = ["", "Stored now", "Yours"].map(Head::words).to_vec();
    let shown = |value: &str| if value.is_empty() { "(empty)".to_owned() } else { levelled(value) };
    both.iter().fold(SimpleTable::new("Changed by both of you", heads), |table, (label, field, now)| {
        let yours = answers.values.get(*field).map_or("", String::as_str);
        table.row(vec![Cell::words(*label), Cell::words(shown(now)), Cell::words(shown(yours))])
    })
}

/// Whether two answers say the same: a browser sends line ends of its own, and a day may be typed as pages write it.
fn same(one: &str, other: &str) -> bool {
    levelled(one) == levelled(other)
}

/// An answer without what says nothing: blanks around it, the way its lines end and its day is written.
fn levelled(text: &str) -> String {
    let text = text.trim().replace("\r\n", "\n");
    typed::day(&text).map_or_else(|| text.clone(), typed::day_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Opened with name, value and day; the name is changed here, the value by somebody else.
    fn late() -> Answers {
        let values = [
            ("name", "Care Screen"),
            ("value", "One page.\r\nFast."),
            ("first_day", "1 Jun 2013"),
            ("_was.name", "Care Desktop"),
            ("_was.value", "One page.\nFast."),
            ("_was.first_day", "2013-06-01"),
        ];
        let values = values.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let overtaken = Some(("Yuki Tanaka".to_owned(), "2026-10-02T07:30:00.000Z".to_owned()));
        Answers { values: values.into(), refusal: Some(STALE.with(&["1", "2"])), overtaken }
    }

    #[test]
    fn what_nobody_touched_here_is_taken_over_and_what_was_typed_stays() {
        let answers = late();
        assert_eq!(answers.or("name", "Agent Desktop"), "Care Screen");
        assert_eq!(answers.or("value", "Two pages."), "Two pages.");
        assert_eq!(answers.or("first_day", "2013-06-01"), "2013-06-01");
        assert_eq!(answers.or("owner", "yuki"), "yuki", "what the form does not have");
        let mended = Answers { refusal: None, ..answers };
        assert_eq!(mended.or("value", "Two pages."), "One page.\r\nFast.", "only where somebody was faster");
    }

    #[test]
    fn only_what_both_changed_stands_side_by_side() {
        let told = |name: &str, value: &str| {
            let stored =
                [("Name", "name", name), ("Value", "value", value), ("First day", "first_day", "2013-06-01")];
            overtaken(&late(), &stored).into_string()
        };
        let both = told("Agent Desktop", "One page.\nFast.");
        assert!(both.contains("Agent Desktop") && both.contains("Care Screen"), "{both}");
        assert!(both.contains("Yuki Tanaka") && both.contains("2\u{a0}Oct\u{a0}2026"), "{both}");
        assert!(!both.contains("Value") && !both.contains("First day"), "{both}");
        let theirs = told("Care Desktop", "Two pages.");
        assert!(theirs.contains("Nobody else changed what you changed"), "{theirs}");
        assert!(theirs.contains("taken over below: Value."), "{theirs}");
    }
}
