//! Which columns of a file hold what the job needs, and how each is taken.

use arrow::datatypes::{DataType, Field as Heading, Schema, SchemaRef};
use serde::{Deserialize, Serialize};

use super::cost::DECIMALS;
use super::csv::words;
use super::day::DateOrder;
use super::kind::{self, plain};
use super::zone::Zone;
use crate::rules::Field;
use crate::wrong::Wrong;

/// What is looked for: names of columns, capitals aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Names {
    /// The cost.
    pub(crate) cost: String,
    /// When the charge began.
    pub(crate) time: String,
    /// All tags, as JSON or as a map.
    pub(crate) tags: String,
    /// The currency; unless said, as FOCUS calls it, where there is such a column.
    pub(crate) currency: Option<String>,
    /// How dates in words are written.
    pub(crate) dates: DateOrder,
    /// In which zone a charge has its day; in UTC, as FOCUS writes times, unless said.
    pub(crate) zone: Option<Zone>,
    /// What rules look at.
    pub(crate) fields: Vec<Field>,
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
    /// A date in words, or a time; of a time the day in the zone.
    TextTime(DateOrder, Option<Zone>),
    /// The day of a moment in a zone.
    DayIn(Zone),
    /// The value of a key in JSON.
    JsonTag(String),
    /// The value of a key in a map.
    MapTag(String),
    /// The same word in all rows, which then needs no column; or no word.
    Only(Option<String>),
}

/// One column of what the plan reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its place in the file, if it has one.
    pub(crate) source: Option<usize>,
    pub(crate) take: Take,
}

/// Cost, time and currency of a file, and what rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) columns: Vec<Column>,
    /// Where the currency stands, if anywhere.
    pub(crate) currency: Option<usize>,
}

/// The names that plans know the first of [`Layout::columns`] by; the others are [`field`]s.
const COLUMNS: [&str; 3] = ["cost", "time", "currency"];

/// The place of the currency among them.
const CURRENCY: usize = 2;

/// The name of one column more: where the row stands, as [`UsageFile::place`](super::file::UsageFile::place) says it.
pub(crate) const PLACE: &str = "place";

/// The name that plans know a field of the rules by.
pub(crate) fn field(number: usize) -> String {
    format!("field{number}")
}

impl Layout {
    /// Finds the columns among those of `file`.
    ///
    /// # Errors
    /// One is missing, or is of a type that cannot be what it is to be.
    pub(crate) fn find(file: &str, schema: &Schema, names: &Names) -> Result<Layout, Wrong> {
        let bill = Bill { file, schema };
        let cost =
            bill.column(&names.cost, kind::cost, "a cost: it has to be a decimal, a number or text")?;
        let time = |kind: &DataType| kind::time(kind, names.dates, names.zone.as_ref());
        let time = bill.column(&names.time, time, "a time: it has to be a timestamp, a date or text")?;
        let currency = match &names.currency {
            Some(name) => bill.column(name, kind::word, "a currency: it has to be text")?,
            None => usual_currency(schema),
        };
        let found = currency.source;
        let mut columns = vec![cost, time, currency];
        for field in &names.fields {
            columns.push(match field {
                Field::Column(name) => bill.column(name, kind::word, LOOKED_AT)?,
                Field::Tag(name) => bill.tag(name, &names.tags)?,
            });
        }
        Ok(Layout { columns, currency: found })
    }

    /// Takes the currency of all rows to be this one.
    pub(crate) fn in_currency(&mut self, only: String) {
        self.columns[CURRENCY] = Column { source: None, take: Take::Only(Some(only)) };
    }

    /// The currency of all rows, where it is known without reading them.
    pub(crate) fn only_currency(&self) -> Option<&str> {
        match &self.columns[CURRENCY].take {
            Take::Only(only) => only.as_deref(),
            _ => None,
        }
    }

    /// What the plan reads of a file with this layout.
    pub(crate) fn schema(&self, file: &Schema) -> SchemaRef {
        let kind = |column: &Column| match (&column.take, column.source) {
            (Take::Same, Some(source)) => file.field(source).data_type().clone(),
            (Take::WholeCost, _) => DataType::Decimal128(20, 0),
            (Take::FloatCost | Take::TextCost, _) => DataType::Decimal256(76, DECIMALS.cast_signed()),
            (Take::TextTime(..) | Take::DayIn(_), _) => DataType::Date32,
            (Take::Same | Take::JsonTag(_) | Take::MapTag(_) | Take::Only(_), _) => words(),
        };
        let names = COLUMNS.iter().map(|name| (*name).to_owned()).chain((0..).map(field));
        let headings =
            self.columns.iter().zip(names).map(|(column, name)| Heading::new(name, kind(column), true));
        let place = Heading::new(PLACE, DataType::UInt64, false);
        SchemaRef::new(Schema::new(headings.chain([place]).collect::<Vec<_>>()))
    }
}

/// What cannot be said of a column that is no text.
const LOOKED_AT: &str = "looked at by rules: it has to be text";

/// A file whose columns are looked for.
struct Bill<'f> {
    file: &'f str,
    schema: &'f Schema,
}

impl Bill<'_> {
    /// A column by its name.
    fn column(
        &self,
        name: &str,
        take: impl Fn(&DataType) -> Option<Take>,
        be: &str,
    ) -> Result<Column, Wrong> {
        let source = place(self.schema, name).ok_or_else(|| self.missing(name))?;
        let kind = self.schema.field(source).data_type();
        let wrong = || Wrong(format!("{}, column {name}: {} cannot be {be}.", self.file, plain(kind)));
        take(kind).ok_or_else(wrong).map(|take| Column { source: Some(source), take })
    }

    /// A tag: a column of its own, or else a key of the column `tags`.
    fn tag(&self, name: &str, tags: &str) -> Result<Column, Wrong> {
        let key = name.strip_prefix("tag_").unwrap_or(name);
        let own = place(self.schema, name).or_else(|| place(self.schema, &format!("tag_{key}")));
        if let Some(own) = own {
            return self.column(self.schema.field(own).name(), kind::word, "a tag: it has to be text");
        }
        if place(self.schema, tags).is_none() {
            return Err(Wrong(format!(
                "{} has neither a column {name} nor a column {tags} to find the tag “{key}” in.",
                self.file
            )));
        }
        let take = |kind: &DataType| kind::tags(kind, key);
        self.column(tags, take, "tags: they have to be JSON in text, or a map")
    }

    fn missing(&self, name: &str) -> Wrong {
        let there: Vec<&str> = self.schema.fields().iter().map(|field| field.name().as_str()).collect();
        Wrong(format!(
            "{} has no column {name}; its columns are {}. Name it (--profile), or leave the file out (--usage \"*cost*.csv\").",
            self.file,
            there.join(", ")
        ))
    }
}

/// The currency as FOCUS calls it, where there is such a column.
fn usual_currency(schema: &Schema) -> Column {
    let is_text = |at: &usize| kind::word(schema.field(*at).data_type()).is_some();
    let source = place(schema, "BillingCurrency").filter(is_text);
    Column { source, take: if source.is_some() { Take::Same } else { Take::Only(None) } }
}

fn place(schema: &Schema, name: &str) -> Option<usize> {
    let exact = schema.fields().iter().position(|field| field.name() == name);
    exact.or_else(|| schema.fields().iter().position(|field| field.name().eq_ignore_ascii_case(name)))
}
