//! What one column holds, over all rows of data.

use kernel::Decimal;

use crate::dialect::Column;

/// Values of a column shown.
pub(crate) const EXAMPLES: usize = 3;

/// One column, over all rows of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnSummary {
    /// The column.
    pub column: Column,
    /// Cells with a value.
    pub filled: u64,
    /// Cells with a word for no value.
    pub nulls: u64,
    /// Cells read as figures.
    pub figures: u64,
    /// Cells read as days.
    pub days: u64,
    /// Negative figures.
    pub negatives: u64,
    /// Exact sum of its figures, where it is a column of figures.
    pub sum: Option<Decimal>,
    /// First filled cell that is no figure in a column of figures.
    pub misfit: Option<(u64, String)>,
    /// Its first values, wherever in the file they stand.
    pub examples: Vec<String>,
    /// No name and nothing in it: not offered for mapping.
    pub ignored: bool,
}

impl ColumnSummary {
    /// A column nothing was seen of yet.
    pub(crate) fn of(column: Column) -> ColumnSummary {
        ColumnSummary {
            column,
            filled: 0,
            nulls: 0,
            figures: 0,
            days: 0,
            negatives: 0,
            sum: None,
            misfit: None,
            examples: Vec::new(),
            ignored: false,
        }
    }
}
