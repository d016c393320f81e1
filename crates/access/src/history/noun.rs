//! A kind of record the history tells about, and the rows that belong to each.

/// A kind of record the history tells about. Its table has columns `id` and `version`.
#[derive(Debug)]
pub struct Noun {
    /// The domain's word: `customer`.
    pub name: &'static str,
    /// Its table.
    pub table: &'static str,
    /// Columns that hold personal data: referenced, not copied, in the history.
    pub personal: &'static [&'static str],
    /// Columns that let somebody in: the history holds their digest alone, and covers them.
    pub secret: &'static [&'static str],
    /// Rows that are part of a record and have no history of their own: its digest covers them.
    pub children: &'static [Child],
}

/// Rows of another table that belong to a record and are all there when its event is told.
#[derive(Debug)]
pub struct Child {
    /// Their table.
    pub table: &'static str,
    /// Their column that names the record.
    pub parent: &'static str,
    /// The record's column that it names: mostly `id`.
    pub of: &'static str,
    /// What orders the rows of one record.
    pub key: ChildKey,
    /// Columns that change later without an event of the record.
    pub without: &'static [&'static str],
}

/// The column that tells the rows of one record apart.
#[derive(Clone, Copy, Debug)]
pub enum ChildKey {
    /// A text.
    Text(&'static str),
    /// A whole number.
    Number(&'static str),
}

impl Child {
    /// Rows that name the record by its id in `parent` and never change without its event.
    pub const fn of_id(table: &'static str, parent: &'static str, key: ChildKey) -> Child {
        Child { table, parent, of: "id", key, without: &[] }
    }
}
