//! The fields of what is imported, and how their texts become values.

/// How a field's text becomes a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldKind {
    /// Words and codes: `0001` stays `0001`.
    Text,
    /// An amount, in the currency of the row's field of kind [`FieldKind::Currency`], else of the
    /// organisation. More digits than the currency has are a reason to reject.
    Money,
    /// A quantity.
    Quantity,
    /// An exact decimal.
    Decimal,
    /// A day.
    Day,
    /// A month.
    Period,
    /// An ISO 4217 code.
    Currency,
    /// Yes or no.
    Flag,
    /// Yes or no about the import itself, not about the line. It plays no part in knowing a line again.
    Switch,
    /// Words about the import itself, not about the line: what new accounts are. Likewise.
    Rule,
    /// The id of a line that stands, from our own list of them: the target then says whether the line
    /// is known or changed, and how. Likewise.
    Id,
}

impl FieldKind {
    /// Whether it is about the import, not about the line.
    pub const fn is_about_import(self) -> bool {
        matches!(self, FieldKind::Switch | FieldKind::Rule)
    }
}

/// One field of what is imported.
#[derive(Debug)]
pub struct FieldSpec {
    /// Its name in profiles, constants and [`Row`].
    pub key: &'static str,
    /// What people read.
    pub label: &'static str,
    /// Column names it is recognised by, beside key and label; without case.
    pub aliases: &'static [&'static str],
    /// Whether every row needs a value. A constant counts.
    pub required: bool,
    /// How its text is read.
    pub kind: FieldKind,
}
