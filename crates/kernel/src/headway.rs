//! How far long work is: kept in the memory of the process that does it, since on SQLite nothing else can be written
//! while a command runs. Use cases tell theirs by `cx.headway`, calculations on files by the one they are handed; where
//! nobody watches, telling costs nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How far one of them is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// What is being done: `Reading september.xlsx`.
    pub label: String,
    /// How much is done.
    pub done: i64,
    /// Of how much, where that is known.
    pub of: Option<i64>,
    /// In what: `lines`.
    pub unit: String,
}

/// Where a process notes how far its commands are, by name; and the name of the one at hand.
#[derive(Clone, Debug, Default)]
pub struct Headway {
    board: Arc<Mutex<BTreeMap<String, Seen>>>,
    own: Option<String>,
}

impl Headway {
    /// The same board for the command known as `name`.
    pub fn of(&self, name: &str) -> Headway {
        Headway { board: self.board.clone(), own: Some(name.to_owned()) }
    }

    /// Whether somebody may be looking: then it is worth counting how much there is to do.
    pub fn watched(&self) -> bool {
        self.own.is_some()
    }

    /// A part of the work begins: what it is, and in what it is counted.
    pub fn begins(&self, label: &str, unit: &str) {
        self.note(|seen| {
            *seen = Seen { label: label.to_owned(), unit: unit.to_owned(), ..Seen::default() };
        });
    }

    /// How much there is to do.
    pub fn counts(&self, of: i64) {
        self.note(|seen| seen.of = Some(of));
    }

    /// How much is done.
    pub fn at(&self, done: i64) {
        self.note(|seen| seen.done = done);
    }

    /// How much more is done; of any number of threads.
    pub fn adds(&self, more: i64) {
        self.note(|seen| seen.done += more);
    }

    /// All of it at once.
    pub fn shows(&self, label: &str, done: i64, of: Option<i64>, unit: &str) {
        self.note(|seen| *seen = Seen { label: label.to_owned(), done, of, unit: unit.to_owned() });
    }

    /// How far the command known as `name` is, if this process does it.
    pub fn seen(&self, name: &str) -> Option<Seen> {
        self.board().get(name).cloned()
    }

    /// Takes the command at hand off the board.
    pub fn ends(&self) {
        if let Some(own) = &self.own {
            self.board().remove(own);
        }
    }

    fn note(&self, change: impl FnOnce(&mut Seen)) {
        if let Some(own) = &self.own {
            change(self.board().entry(own.clone()).or_default());
        }
    }

    /// A note half written by a thread that failed harms nobody.
    fn board(&self) -> MutexGuard<'_, BTreeMap<String, Seen>> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_tells_its_own_headway_and_without_a_name_nothing_is_kept() {
        let board = Headway::default();
        board.begins("Reading", "lines");
        board.at(7);
        assert!(!board.watched() && board.seen("").is_none());
        let (one, two) = (board.of("one"), board.of("two"));
        one.begins("Reading a.csv", "lines");
        one.counts(200);
        one.at(40);
        one.adds(1);
        two.at(1);
        let seen = Seen { label: "Reading a.csv".into(), done: 41, of: Some(200), unit: "lines".into() };
        assert_eq!(board.seen("one"), Some(seen));
        one.begins("Booking", "");
        assert_eq!(board.seen("one").unwrap().of, None, "another part has its own count");
        one.ends();
        assert!(board.seen("one").is_none() && board.seen("two").is_some());
    }
}
