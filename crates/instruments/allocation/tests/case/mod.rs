//! A case as text: headings and tables into a [`Model`] and its expected rows.

use allocation::{Basis, Driver, Key, Layer, Model, Node, Pool, Portion, Rule, Sharing, Standing, Usage};
use kernel::{Currency, Money, Price, Quantity};

/// One row of *Expected* or *Published*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub what: String,
    pub place: String,
    pub value: String,
}

impl Row {
    pub fn new(what: &str, place: &str, value: String) -> Row {
        Row { what: what.to_owned(), place: place.to_owned(), value }
    }
}

/// A parsed case.
pub struct Case {
    pub model: Model,
    pub published: Vec<Row>,
    pub expected: Vec<Row>,
}

impl Case {
    pub fn parse(text: &str) -> Result<Case, String> {
        let field = |name: &str| {
            let start = format!("{name}: ");
            text.lines().find_map(|line| line.strip_prefix(&start)).ok_or(format!("no line “{name}: …”"))
        };
        let currency = Currency::parse(field("Currency")?).map_err(|error| error.to_string())?;
        let model = Model {
            currency,
            layers: layers(field("Layers")?),
            pools: cells(text, "Pools").into_iter().map(|row| pool(&row, currency)).collect(),
            nodes: (cells(text, "Receivers").into_iter())
                .map(|row| Node { key: key(&row[0]), name: row[1].clone(), layer: key(&row[2]) })
                .collect(),
            drivers: drivers(text),
            rules: cells(text, "Rules").iter().map(|row| rule(row, currency)).collect(),
        };
        Ok(Case { model, published: rows(text, "Published"), expected: rows(text, "Expected") })
    }

    /// `text` with the table *Expected* replaced.
    pub fn with_expected(text: &str, rows: &[Row]) -> String {
        let kept = text.split("\n## Expected").next().unwrap_or(text).trim_end();
        let mut out = format!("{kept}\n\n## Expected\n\n| what | where | value |\n| --- | --- | --- |\n");
        for row in rows {
            out.push_str(&format!("| {} | {} | {} |\n", row.what, row.place, row.value));
        }
        out
    }
}

fn key(text: &str) -> Key {
    Key::from(text)
}

fn list(text: &str) -> Vec<&str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).collect()
}

fn keys(text: &str) -> Vec<Key> {
    list(text).into_iter().map(key).collect()
}

fn quantity(text: &str) -> Quantity {
    Quantity::parse(&text.replace(',', "")).unwrap_or_else(|error| panic!("{error}"))
}

/// The cells below a heading, without the header row: `None` of them if there is no such heading.
fn cells(text: &str, heading: &str) -> Vec<Vec<String>> {
    with_header(text, heading).into_iter().skip(1).collect()
}

fn with_header(text: &str, heading: &str) -> Vec<Vec<String>> {
    let mut lines = text.lines().skip_while(|line| *line != format!("## {heading}"));
    lines.next();
    lines
        .take_while(|line| !line.starts_with("## "))
        .filter(|line| line.starts_with('|') && !line.starts_with("| ---"))
        .map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

fn rows(text: &str, heading: &str) -> Vec<Row> {
    cells(text, heading).into_iter().map(|row| Row::new(&row[0], &row[1], row[2].clone())).collect()
}

/// `support (step-down: PM then IS), operating`
fn layers(text: &str) -> Vec<Layer> {
    list(text)
        .into_iter()
        .map(|layer| {
            let (name, how) = layer.split_once(" (").unwrap_or((layer, "direct)"));
            let how = how.trim_end_matches(')');
            let sharing = match how.strip_prefix("step-down: ") {
                Some(order) => Sharing::StepDown { order: order.split(" then ").map(key).collect() },
                None if how == "reciprocal" => Sharing::Reciprocal,
                None => Sharing::Direct,
            };
            Layer { key: key(name), name: name.to_owned(), sharing }
        })
        .collect()
}

fn pool(row: &[String], currency: Currency) -> Pool {
    let amount = Money::parse(&row[2].replace(',', ""), currency).unwrap_or_else(|error| panic!("{error}"));
    Pool { key: key(&row[0]), name: row[1].clone(), amount: amount.minor() }
}

/// One column per driver, headed `KEY (unit)`; a row `capacity` says what was provided.
fn drivers(text: &str) -> Vec<Driver> {
    let table = with_header(text, "Drivers");
    let Some(header) = table.first() else { return Vec::new() };
    (header.iter().enumerate().skip(1))
        .map(|(column, head)| {
            let (name, unit) = head.split_once(" (").expect("a driver is headed KEY (unit)");
            let filled = || table[1..].iter().filter(|row| !row[column].is_empty());
            Driver {
                key: key(name),
                unit: unit.trim_end_matches(')').to_owned(),
                capacity: filled().find(|row| row[0] == "capacity").map(|row| quantity(&row[column])),
                quantities: filled()
                    .filter(|row| row[0] != "capacity")
                    .map(|row| (key(&row[0]), quantity(&row[column])))
                    .collect(),
            }
        })
        .collect()
}

/// `| R1 | PM | fixed | IS 20, MACH 30 |`, `| R2 | ADM | driver | EMPLOYEES |`, `| R3 | X | even | A, B |`
fn rule(row: &[String], currency: Currency) -> Rule {
    let to = &row[3];
    let weight = |item: &str| {
        let (to, weight) = item.rsplit_once(' ').expect("a weight is written KEY number");
        (key(to), quantity(weight))
    };
    let basis = match row[2].as_str() {
        "even" => Basis::Even { to: keys(to) },
        "proportional" => Basis::Proportional { to: keys(to) },
        "fixed" => Basis::Fixed { weights: list(to).into_iter().map(weight).collect() },
        "driver" => match to.split_once(" to ") {
            Some((driver, only)) => Basis::Driver { driver: key(driver), to: Some(keys(only)) },
            None => Basis::Driver { driver: key(to), to: None },
        },
        "dual-rate" => dual_rate(to),
        "budgeted-rate" => budgeted(to, currency),
        "central" => Basis::Central,
        other => panic!("“{other}” is no method"),
    };
    Rule { key: key(&row[0]), from: key(&row[1]), basis }
}

/// `9000 by CAPACITY, 6000 by USE`
fn rates(text: &str) -> [(&str, &str); 2] {
    let rates: Vec<_> =
        list(text).into_iter().map(|rate| rate.split_once(" by ").expect("a rate is N by DRIVER")).collect();
    rates.try_into().expect("two rates, the fixed one first")
}

fn dual_rate(text: &str) -> Basis {
    let [fixed, variable] =
        rates(text).map(|(part, driver)| Portion { part: quantity(part), driver: key(driver) });
    Basis::DualRate { fixed, variable }
}

/// `3000000.00 by PLANNED over 18750, 200 by USED`
fn budgeted(text: &str, currency: Currency) -> Basis {
    let [(budget, standing), (rate, usage)] = rates(text);
    let (standing, over) = standing.split_once(" over ").map_or((standing, None), |(d, n)| (d, Some(n)));
    let budget = Money::parse(budget, currency).unwrap_or_else(|error| panic!("{error}")).minor();
    let rate = Price::parse(rate, currency).unwrap_or_else(|error| panic!("{error}"));
    Basis::Budgeted {
        fixed: Some(Standing { budget, driver: key(standing), over: over.map(quantity) }),
        variable: Some(Usage { rate, driver: key(usage) }),
    }
}
