//! Which columns of a file hold what the job needs, and how each is taken.

use super::cost::DECIMALS;
use super::csv::words;
use super::day::DateOrder;
use crate::wrong::Wrong;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

/// What is looked for: names of columns, capitals aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Names {
    /// The cost.
    pub(crate) cost: String,
    /// When the charge began.
    pub(crate) time: String,
    /// The sub-account.
    pub(crate) account: String,
    /// A column with the tag's values.
    pub(crate) tag: String,
    /// Else the key of the tag in [`Names::tags`].
    pub(crate) tag_key: String,
    /// All tags, as JSON or as a map.
    pub(crate) tags: String,
    /// The currency; unless said, as FOCUS calls it, where there is such a column.
    pub(crate) currency: Option<String>,
    /// How dates in words are written.
    pub(crate) dates: DateOrder,
}

/// How a column becomes what the plan reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Take {
    /// As it is.
    Same,
    /// A whole number of the currency.
    WholeCost,
    /// A float that stands for a decimal.
    FloatCost,
    /// A decimal in words.
    TextCost,
    /// A date in words.
    TextTime(DateOrder),
    /// The value of a key in JSON.
    JsonTag(String),
    /// The value of a key in a map.
    MapTag(String),
}

/// One column of what the plan reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its place in the file.
    pub(crate) source: usize,
    pub(crate) take: Take,
}

/// Cost, time, account and tag of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) columns: [Column; 4],
    /// Where the currency stands.
    pub(crate) currency: Option<usize>,
}

/// The names that plans know [`Layout::columns`] by.
const COLUMNS: [&str; 4] = ["cost", "time", "account", "tag"];

/// The name of one column more: where the row stands, as [`UsageFile::place`](super::file::UsageFile::place) says it.
pub(crate) const PLACE: &str = "place";

impl Layout {
    /// Finds the columns among those of `file`.
    ///
    /// # Errors
    /// One is missing, or is of a type that cannot be what it is to be.
    pub(crate) fn find(file: &str, schema: &Schema, names: &Names) -> Result<Layout, Wrong> {
        let needed = |name: &str| {
            place(schema, name).ok_or_else(|| {
                let there: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
                Wrong(format!(
                    "{file} has no column {name}; its columns are {}. Name it (--profile), or leave the file out (--usage \"*cost*.csv\").",
                    there.join(", ")
                ))
            })
        };
        let typed = |name: &str, source: usize, take: Option<Take>, be: &str| {
            let kind = schema.field(source).data_type();
            let wrong = || Wrong(format!("{file}, column {name}: {} cannot be {be}.", plain(kind)));
            take.ok_or_else(wrong).map(|take| Column { source, take })
        };
        let of = |name: &str, take: &dyn Fn(&DataType) -> Option<Take>, be: &str| {
            let source = needed(name)?;
            typed(name, source, take(schema.field(source).data_type()), be)
        };
        let cost = of(&names.cost, &cost, "a cost: it has to be a decimal, a number or text")?;
        let time = of(
            &names.time,
            &|kind| time(kind, names.dates),
            "a time: it has to be a timestamp, a date or text",
        )?;
        let account = of(&names.account, &word, "an account: it has to be text")?;
        let tag = match tag_column(schema, names) {
            Some(column) => of(column, &word, "a tag: it has to be text")?,
            None => {
                let source = place(schema, &names.tags).ok_or_else(|| no_tags(file, names))?;
                let take = tags(schema.field(source).data_type(), &names.tag_key);
                typed(&names.tags, source, take, "tags: they have to be JSON in text, or a map")?
            }
        };
        let currency = match &names.currency {
            Some(name) => Some(of(name, &word, "a currency: it has to be text")?.source),
            None => place(schema, "BillingCurrency").filter(|at| is_text(schema, *at)),
        };
        Ok(Layout { columns: [cost, time, account, tag], currency })
    }

    /// What the plan reads of a file with this layout.
    pub(crate) fn schema(&self, file: &Schema) -> SchemaRef {
        let kind = |column: &Column| match column.take {
            Take::Same => file.field(column.source).data_type().clone(),
            Take::WholeCost => DataType::Decimal128(20, 0),
            Take::FloatCost | Take::TextCost => DataType::Decimal256(76, DECIMALS.cast_signed()),
            Take::TextTime(_) => DataType::Date32,
            Take::JsonTag(_) | Take::MapTag(_) => words(),
        };
        let fields =
            self.columns.iter().zip(COLUMNS).map(|(column, name)| Field::new(name, kind(column), true));
        let place = Field::new(PLACE, DataType::UInt64, false);
        SchemaRef::new(Schema::new(fields.chain([place]).collect::<Vec<_>>()))
    }
}

fn is_text(schema: &Schema, at: usize) -> bool {
    word(schema.field(at).data_type()).is_some()
}

/// The name of the tag's own column, if it has one.
fn tag_column<'a>(schema: &'a Schema, names: &Names) -> Option<&'a str> {
    let own = place(schema, &names.tag).or_else(|| place(schema, &format!("tag_{}", names.tag_key)));
    own.map(|at| schema.field(at).name().as_str())
}

fn no_tags(file: &str, names: &Names) -> Wrong {
    Wrong(format!(
        "{file} has neither a column {} nor a column {} to find the tag “{}” in.",
        names.tag, names.tags, names.tag_key
    ))
}

fn place(schema: &Schema, name: &str) -> Option<usize> {
    let exact = schema.fields().iter().position(|field| field.name() == name);
    exact.or_else(|| schema.fields().iter().position(|field| field.name().eq_ignore_ascii_case(name)))
}

fn cost(kind: &DataType) -> Option<Take> {
    match kind {
        DataType::Decimal64(..) | DataType::Decimal128(..) | DataType::Decimal256(..) => Some(Take::Same),
        kind if kind.is_integer() => Some(Take::WholeCost),
        DataType::Float64 | DataType::Float32 => Some(Take::FloatCost),
        DataType::Dictionary(..) => Some(Take::TextCost),
        _ => None,
    }
}

fn time(kind: &DataType, order: DateOrder) -> Option<Take> {
    match kind {
        DataType::Timestamp(..) | DataType::Date32 => Some(Take::Same),
        DataType::Dictionary(..) => Some(Take::TextTime(order)),
        _ => None,
    }
}

fn word(kind: &DataType) -> Option<Take> {
    (*kind == words()).then_some(Take::Same)
}

fn tags(kind: &DataType, key: &str) -> Option<Take> {
    match kind {
        DataType::Map(..) => Some(Take::MapTag(key.to_owned())),
        DataType::Dictionary(..) => Some(Take::JsonTag(key.to_owned())),
        _ => None,
    }
}

/// A type in a word that people know.
fn plain(kind: &DataType) -> String {
    match kind {
        DataType::Dictionary(..) => "text".to_owned(),
        DataType::Boolean => "yes or no".to_owned(),
        DataType::Timestamp(..) => "a timestamp".to_owned(),
        DataType::Date32 | DataType::Date64 => "a date".to_owned(),
        DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..) => {
            "a decimal".to_owned()
        }
        kind if kind.is_integer() => "a whole number".to_owned(),
        kind if kind.is_floating() => "a floating number".to_owned(),
        kind if kind.is_nested() => "a list or record".to_owned(),
        kind => kind.to_string(),
    }
}
