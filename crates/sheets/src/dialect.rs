//! How a file is cut into rows and columns: proposed with its evidence, and overridable.

use serde::{Deserialize, Serialize};

use crate::encoding::Encoding;

/// How a file is cut into rows and columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialect {
    /// The sheet of a workbook; `None` for delimited text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// How bytes stand for letters; not used for workbooks.
    pub encoding: Encoding,
    /// What stands between cells; not used for workbooks.
    pub delimiter: Delimiter,
    /// What holds a cell with delimiters in it; `None` where quotes are ordinary letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
    /// Physical line of the header, from 1; the lines above it are skipped by name. `None` where
    /// the first line is data already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_line: Option<u64>,
    /// The row above the header groups its columns (`2024` over `Actual`, `Budget`) and is put
    /// before their names.
    #[serde(default)]
    pub group_row: bool,
    /// An apostrophe before `=`, `+`, `-`, `@`, tab or return is the guard of an export and is
    /// taken off again.
    #[serde(default = "yes")]
    pub formula_guard: bool,
    /// Which rows that look like no data are left out.
    #[serde(default)]
    pub skip: Skip,
}

const fn yes() -> bool {
    true
}

/// What stands between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Bar,
}

impl Delimiter {
    /// All of them.
    pub const ALL: [Delimiter; 4] = [Delimiter::Comma, Delimiter::Semicolon, Delimiter::Tab, Delimiter::Bar];

    /// The byte.
    pub const fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
            Delimiter::Bar => b'|',
        }
    }

    /// Its name in a sentence.
    pub const fn word(self) -> &'static str {
        match self {
            Delimiter::Comma => "comma",
            Delimiter::Semicolon => "semicolon",
            Delimiter::Tab => "tab",
            Delimiter::Bar => "vertical bar",
        }
    }
}

/// What holds a cell with delimiters in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quote {
    /// `"`
    Double,
    /// `'`
    Single,
}

impl Quote {
    /// The byte.
    pub const fn byte(self) -> u8 {
        match self {
            Quote::Double => b'"',
            Quote::Single => b'\'',
        }
    }
}

/// Which rows that look like no data are left out. Blank rows and rows of null words always are;
/// every row left out is counted and named, whatever the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skip {
    /// Rows that hold nothing but their own number.
    pub counter_only: bool,
    /// Rows of totals.
    pub totals: bool,
    /// Rows where a column holds just this text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows_where: Vec<SkipWhere>,
}

impl Default for Skip {
    fn default() -> Skip {
        Skip { counter_only: true, totals: true, rows_where: Vec::new() }
    }
}

/// One rule for rows to leave out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkipWhere {
    /// Column name.
    pub column: String,
    /// Text of the cell, blanks at the ends aside.
    pub is: String,
}

/// One column of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Place, from 0.
    pub index: usize,
    /// Name as written, misspellings kept; `column 8` where it has none.
    pub name: String,
    /// Whether the file names it.
    pub named: bool,
}

/// Columns of a header row; equal names are told apart by their place.
pub(crate) fn columns_of(names: &[String]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let name = name.trim().replace(['\r', '\n'], " ");
        let twice = columns.iter().any(|column| column.name == name);
        columns.push(match name.as_str() {
            "" => Column { index, name: unnamed(index), named: false },
            _ if twice => Column { index, name: format!("{name} ({})", unnamed(index)), named: true },
            _ => Column { index, name, named: true },
        });
    }
    columns
}

/// The name of a column without one.
pub(crate) fn unnamed(index: usize) -> String {
    format!("column {}", index + 1)
}

/// Where a column stands, by its name or as `column 8`.
pub(crate) fn place_of(name: &str, columns: &[Column]) -> Option<usize> {
    let by_name = columns.iter().find(|column| column.name == name).map(|column| column.index);
    by_name.or_else(|| {
        let number: usize = name.strip_prefix("column ")?.parse().ok()?;
        (1..=16_384).contains(&number).then(|| number - 1)
    })
}
