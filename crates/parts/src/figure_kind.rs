//! How a figure comes from the rows it links to: what a crawl needs to recompute it.

use kernel::listing::Value;

/// How a figure comes from the rows it links to.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum FigureKind {
    /// The sum of one column over the linked rows.
    Sum {
        /// Column key of the linked list.
        column: String,
    },
    /// How many rows are linked.
    Count,
    /// The mean of a column, weighted by another where named.
    Mean {
        /// Column key of the linked list.
        column: String,
        /// Column key of the weights.
        weight: Option<String>,
    },
    /// The median of a column.
    Median {
        /// Column key of the linked list.
        column: String,
    },
    /// First ÷ second, a share.
    Ratio(Box<[Operand; 2]>),
    /// First − second.
    Difference(Box<[Operand; 2]>),
    /// First × second.
    Product(Box<[Operand; 2]>),
    /// First ÷ second, a figure per unit.
    Quotient(Box<[Operand; 2]>),
    /// A stated field of the linked record.
    Field {
        /// Its name.
        name: String,
    },
    /// A cell of the table it stands in; that row is its own evidence.
    #[default]
    Cell,
    /// A named computation with a recomputer of its own: `npv`, `irr`.
    Named {
        /// Its name.
        name: String,
    },
}

/// One of the two numbers a figure is computed from.
#[derive(Clone, PartialEq, Debug)]
pub struct Operand {
    /// The number.
    pub value: Value,
    /// The rows or record it comes from.
    pub href: String,
    /// `sum:amount`, `count`, `field:name`: how it comes from them.
    pub from: String,
}

impl Operand {
    /// The sum of `column` over the rows at `href`.
    pub fn sum(value: impl Into<Value>, column: &str, href: impl Into<String>) -> Operand {
        Operand { value: value.into(), href: href.into(), from: format!("sum:{column}") }
    }

    /// The number of rows at `href`.
    pub fn count(value: impl Into<Value>, href: impl Into<String>) -> Operand {
        Operand { value: value.into(), href: href.into(), from: "count".to_owned() }
    }

    /// The field `name` of the record at `href`.
    pub fn field(value: impl Into<Value>, name: &str, href: impl Into<String>) -> Operand {
        Operand { value: value.into(), href: href.into(), from: format!("field:{name}") }
    }
}

/// Name, column, weight and operands.
type Attributes<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<&'a [Operand; 2]>);

/// What a figure says of itself to machines.
pub(crate) fn attributes(kind: &FigureKind) -> Attributes<'_> {
    match kind {
        FigureKind::Sum { column } => ("sum", Some(column), None, None),
        FigureKind::Count => ("count", None, None, None),
        FigureKind::Mean { column, weight } => ("mean", Some(column), weight.as_deref(), None),
        FigureKind::Median { column } => ("median", Some(column), None, None),
        FigureKind::Ratio(pair) => ("ratio", None, None, Some(pair)),
        FigureKind::Difference(pair) => ("difference", None, None, Some(pair)),
        FigureKind::Product(pair) => ("product", None, None, Some(pair)),
        FigureKind::Quotient(pair) => ("quotient", None, None, Some(pair)),
        FigureKind::Field { name } => ("field", Some(name), None, None),
        FigureKind::Cell => ("cell", None, None, None),
        FigureKind::Named { name } => (name, None, None, None),
    }
}
