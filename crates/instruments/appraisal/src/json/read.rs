//! A case as people write it in a file.

use chrono::NaiveDate;
use kernel::written::{Exact, place_of};

use super::amounts::AmountsFile;
use super::shapes::{ShapeFile, read};
use crate::{
    Case, Change, Correlation, Delay, Discounting, End, Error, Kind, Line, Matrix, Prices, Scenario, Side,
    Tax, Terms, Timing,
};

const SCHEMA: &str = "quarterdeck.case.v1";

/// Reads a case of schema `quarterdeck.case.v1` and checks it.
///
/// # Errors
/// [`Error::Unreadable`] with line and column, or the record and field; what [`Case::check`] refuses.
pub fn parse_case(text: &str) -> Result<Case, Error> {
    let file: File = serde_json::from_str(text).map_err(|error| {
        let (at, says) = place_of(&error);
        Error::unreadable(at, says)
    })?;
    if file.schema != SCHEMA {
        return Err(Error::unreadable("schema", format!("“{}” is not “{SCHEMA}”", file.schema)));
    }
    let case = file.case()?;
    case.check()?;
    Ok(case)
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    /// For people: where the case comes from.
    #[serde(default, rename = "about")]
    _about: String,
    name: String,
    unit: String,
    prices: PricesFile,
    tax: TaxFile,
    rate: RateFile,
    reinvest: Option<Exact>,
    #[serde(default)]
    timing: TimingFile,
    months: Option<u32>,
    periods: Vec<String>,
    lines: Vec<LineFile>,
    correlation: Option<CorrelationFile>,
    delay: Option<DelayFile>,
    #[serde(default)]
    scenarios: Vec<ScenarioFile>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RateFile {
    value: Exact,
    source: String,
    date: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct LineFile {
    key: String,
    name: Option<String>,
    side: SideFile,
    moves: Option<bool>,
    amounts: Option<Vec<ShapeFile>>,
    first: Option<ShapeFile>,
    growth: Option<ShapeFile>,
    from: Option<String>,
    at_end: Option<ShapeFile>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrelationFile {
    #[serde(default)]
    kind: KindFile,
    inputs: Vec<String>,
    matrix: Vec<Vec<Exact>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DelayFile {
    months: ShapeFile,
    #[serde(default)]
    end: EndFile,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ScenarioFile {
    key: String,
    weight: Option<Exact>,
    rate: Option<Exact>,
    delay_months: Option<Exact>,
    #[serde(default)]
    lines: Vec<ChangeFile>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeFile {
    line: String,
    times: Option<Exact>,
    amounts: Option<Vec<ShapeFile>>,
    first: Option<ShapeFile>,
    growth: Option<ShapeFile>,
    from: Option<String>,
    at_end: Option<ShapeFile>,
}

/// A word of the file and what it stands for.
macro_rules! words {
    ($file:ident, $value:ident: $($word:ident),+ $(; default $default:ident)?) => {
        #[derive(serde::Deserialize, Clone, Copy)]
        #[serde(rename_all = "lowercase")]
        enum $file { $($word),+ }
        impl From<$file> for $value {
            fn from(word: $file) -> $value {
                match word { $($file::$word => $value::$word),+ }
            }
        }
        $(impl Default for $file {
            fn default() -> $file { $file::$default }
        })?
    };
}

words!(PricesFile, Prices: Nominal, Real);
words!(TaxFile, Tax: Before, After);
words!(TimingFile, Timing: End, Mid, Start; default End);
words!(SideFile, Side: Benefit, Capital, Running);
words!(KindFile, Kind: Rank, Normal; default Rank);
words!(EndFile, End: Fixed, Moves; default Fixed);

impl File {
    fn case(self) -> Result<Case, Error> {
        let rate_date = self.rate.date.parse::<NaiveDate>().map_err(|_| {
            Error::unreadable(
                "rate, date",
                format!("“{}” is no day: write it like 2026-09-30", self.rate.date),
            )
        })?;
        let terms = Terms {
            unit: self.unit,
            prices: self.prices.into(),
            tax: self.tax.into(),
            rate_source: self.rate.source,
            rate_date,
        };
        let discounting = Discounting {
            rate: read(&self.rate.value, "rate, value")?,
            timing: self.timing.into(),
            months: self.months.unwrap_or(12),
        };
        let lines = self.lines.into_iter().map(|line| line.line(&self.periods)).collect::<Result<_, _>>()?;
        let scenarios = self.scenarios.into_iter().map(|one| one.scenario(&self.periods));
        Ok(Case {
            name: self.name,
            terms,
            discounting,
            reinvest: self.reinvest.map(|rate| read(&rate, "reinvest")).transpose()?,
            lines,
            correlation: self.correlation.map(CorrelationFile::correlation).transpose()?,
            delay: self.delay.map(DelayFile::delay).transpose()?,
            scenarios: scenarios.collect::<Result<_, _>>()?,
            periods: self.periods,
        })
    }
}

impl LineFile {
    fn line(self, periods: &[String]) -> Result<Line, Error> {
        let LineFile { key, name, side, moves, amounts, first, growth, from, at_end } = self;
        let side = Side::from(side);
        let amounts = AmountsFile { amounts, first, growth, from, at_end };
        Ok(Line {
            amounts: amounts.read(&format!("line {key}"), periods)?,
            name: name.unwrap_or_else(|| key.clone()),
            moves: moves.unwrap_or(side == Side::Benefit),
            side,
            key,
        })
    }
}

impl CorrelationFile {
    fn correlation(self) -> Result<Correlation, Error> {
        let size = self.inputs.len();
        if self.matrix.len() != size || self.matrix.iter().any(|row| row.len() != size) {
            let says = format!("{size} inputs need {size} rows of {size} numbers");
            return Err(Error::unreadable("correlation, matrix", says));
        }
        let mut cells = Vec::with_capacity(size * size);
        for (row, numbers) in self.matrix.iter().enumerate() {
            for (column, exact) in numbers.iter().enumerate() {
                cells.push(read(exact, &format!("correlation, row {}, column {}", row + 1, column + 1))?);
            }
        }
        let matrix = Matrix::from_fn(size, |row, column| cells[row * size + column]);
        Ok(Correlation { kind: self.kind.into(), inputs: self.inputs, matrix })
    }
}

impl DelayFile {
    fn delay(self) -> Result<Delay, Error> {
        Ok(Delay { months: self.months.read("delay, months")?, end: self.end.into() })
    }
}

impl ScenarioFile {
    fn scenario(self, periods: &[String]) -> Result<Scenario, Error> {
        let at = format!("scenario {}", self.key);
        let number = |exact: Option<Exact>, field: &str| {
            exact.map(|exact| read(&exact, &format!("{at}, {field}"))).transpose()
        };
        Ok(Scenario {
            weight: number(self.weight, "weight")?,
            rate: number(self.rate, "rate")?,
            delay_months: number(self.delay_months, "delay_months")?,
            lines: self.lines.into_iter().map(|one| one.change(&at, periods)).collect::<Result<_, _>>()?,
            key: self.key,
        })
    }
}

impl ChangeFile {
    fn change(self, at: &str, periods: &[String]) -> Result<(String, Change), Error> {
        let at = format!("{at}, line {}", self.line);
        let ChangeFile { line, times, amounts, first, growth, from, at_end } = self;
        let given = amounts.is_some() || first.is_some() || at_end.is_some();
        let change = match times {
            Some(times) if !given => Change::Times(read(&times, &format!("{at}, times"))?),
            Some(_) => return Err(Error::unreadable(at, "give either times or other amounts, not both")),
            None => Change::Amounts(AmountsFile { amounts, first, growth, from, at_end }.read(&at, periods)?),
        };
        Ok((line, change))
    }
}
