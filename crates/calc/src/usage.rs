//! `calc bgnbd FILE.csv` and `calc gamma-gamma FILE.csv`: use without a contract, and what a use is worth.

use clap::{Arg, ArgMatches, Command};
use retention::{Customer, SpendModel, Spending, UsageModel};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, Stop};
use crate::format::customers::{SPENDING, USES};
use crate::survival::{level, level_of, said};
use crate::table::{Table, known};
use crate::{Run, Verb};

pub(crate) const VERBS: &[Verb] = &[
    Verb { words: usage_words, reads: &[&USES], run: Run::Short(usage) },
    Verb { words: spend_words, reads: &[&SPENDING], run: Run::Short(spend) },
];

const USAGE_HELP: &str = "\
Example:
  quarterdeck calc bgnbd crates/instruments/retention/examples/cdnow.csv
  quarterdeck calc bgnbd crates/instruments/retention/examples/cdnow.csv --horizon 39

The file is CSV with the columns frequency (repeat uses), recency (age at the last use) and T (age now, both from the
first use), and optionally customers (how many have this history); times are in any one unit, and alpha is too. With
--horizon each history gets its probability of being active and the uses expected within that time.";

const SPEND_HELP: &str = "\
Example:
  quarterdeck calc gamma-gamma crates/instruments/retention/examples/cdnow.csv

The file is CSV with the columns frequency (repeat uses) and value (mean value of one; monetary_value is the same), and
optionally customers (how many are alike). Values are in any one unit of money, and gamma is too. Customers without a
repeat use are left out.";

fn usage_words() -> Command {
    let horizon =
        Arg::new("horizon").long("horizon").value_name("TIME").value_parser(clap::value_parser!(f64));
    Command::new("bgnbd")
        .about("Use without a contract: BG/NBD")
        .before_help(USAGE_HELP)
        .arg(Arg::new("file").required(true).value_name("FILE.csv"))
        .arg(horizon.help("How far ahead to expect uses, in the unit of T"))
}

fn spend_words() -> Command {
    Command::new("gamma-gamma")
        .about("What a use is worth: Gamma-Gamma, with its independence check")
        .before_help(SPEND_HELP)
        .arg(Arg::new("file").required(true).value_name("FILE.csv"))
        .arg(level())
}

fn usage(words: &ArgMatches) -> Result<Answer, Stop> {
    let table = Table::open(said(words, "file").unwrap_or_default(), &USES)?;
    let (frequency, recency, age) =
        (table.column("frequency")?, table.column("recency")?, table.column("T")?);
    let customers = table.optional("customers");
    let histories = (0..table.len()).map(|row| {
        let frequency = u32::try_from(table.count(row, frequency)?).unwrap_or(u32::MAX);
        let (recency, age) = (table.number(row, recency)?, table.number(row, age)?);
        Ok(Customer { frequency, recency, age, count: table.customers(row, customers)? })
    });
    let histories = histories.collect::<Result<Vec<_>, Stop>>()?;
    let rows: Vec<usize> = (0..table.len()).collect();
    let columns = [("frequency", frequency), ("recency", recency), ("T", age)];
    let model = UsageModel::fit(&histories).map_err(|error| table.refused(error, &rows, &columns))?;
    let estimates = [("r", model.r), ("alpha", model.alpha), ("a", model.a), ("b", model.b)];
    let parameters = parameters(&estimates, &model.standard_errors);
    let horizon: Option<f64> = words.get_one("horizon").copied();
    let expected: Option<Vec<Map<String, Value>>> =
        horizon.map(|time| histories.iter().map(|one| history(&model, one, time)).collect());
    let json = json!({
        "schema": "quarterdeck.bgnbd.v1",
        "customers": histories.iter().map(|one| one.count).sum::<u64>(),
        "parameters": parameters,
        "log_likelihood": model.log_likelihood,
        "horizon": horizon,
        "expected_uses_of_a_new_customer": horizon.map(|time| model.expected_uses(time)),
        "histories": expected,
    });
    let note = format!("log likelihood {:.4}", model.log_likelihood);
    Ok(Answer::rows(json, expected.unwrap_or(parameters)).noting([note]))
}

fn history(model: &UsageModel, one: &Customer, time: f64) -> Map<String, Value> {
    let cells = [
        ("frequency", Value::from(one.frequency)),
        ("recency", one.recency.into()),
        ("T", one.age.into()),
        ("customers", one.count.into()),
        ("probability_active", model.probability_active(one).into()),
        ("expected_uses", model.expected_uses_of(one, time).into()),
    ];
    cells.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn parameters(estimates: &[(&str, f64)], errors: &[f64]) -> Vec<Map<String, Value>> {
    let row = |((name, estimate), error): (&(&str, f64), &f64)| {
        let cells = [
            ("parameter", Value::from(*name)),
            ("estimate", (*estimate).into()),
            ("standard_error", (*error).into()),
        ];
        cells.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    };
    estimates.iter().zip(errors).map(row).collect()
}

fn spend(words: &ArgMatches) -> Result<Answer, Stop> {
    let table = Table::open(said(words, "file").unwrap_or_default(), &SPENDING)?;
    let frequency = table.column("frequency")?;
    let value = table.optional("value").map_or_else(|| table.column("monetary_value"), Ok)?;
    let customers = table.optional("customers");
    let (mut rows, mut spending, mut left_out) = (Vec::new(), Vec::new(), 0);
    for row in 0..table.len() {
        let count = table.customers(row, customers)?;
        match u32::try_from(table.count(row, frequency)?).unwrap_or(u32::MAX) {
            0 => left_out += count,
            frequency => {
                spending.push(Spending { frequency, mean_value: table.number(row, value)?, count });
                rows.push(row);
            }
        }
    }
    let columns = [("frequency", frequency), ("value", value)];
    let model =
        SpendModel::fit(&spending, level_of(words)).map_err(|error| table.refused(error, &rows, &columns))?;
    let customers = spending.iter().map(|one| one.count).sum();
    let mut notes = vec![independence(&model)];
    if left_out > 0 {
        notes.push(format!("{left_out} customers without a repeat use are left out"));
    }
    Ok(spent(&model, customers, left_out).noting(notes))
}

fn spent(model: &SpendModel, customers: u64, left_out: u64) -> Answer {
    let estimates = [("p", model.p), ("q", model.q), ("gamma", model.gamma)];
    let parameters = parameters(&estimates, &model.standard_errors);
    let interval = model.independence.and_then(|check| check.interval);
    let json = json!({
        "schema": "quarterdeck.gamma-gamma.v1",
        "customers": customers,
        "left_out": left_out,
        "parameters": parameters,
        "log_likelihood": model.log_likelihood,
        "mean_value": model.population_mean(),
        "independence": model.independence.map(|check| json!({
            "correlation": check.correlation,
            "lower": known(interval.map(|interval| interval.lower)),
            "upper": known(interval.map(|interval| interval.upper)),
            "refuted": check.is_refuted(),
        })),
    });
    Answer::rows(json, parameters)
}

fn independence(model: &SpendModel) -> String {
    let Some(check) = model.independence else {
        return "Independence of frequency and value cannot be seen: one of them is the same for all"
            .to_owned();
    };
    let range = check
        .interval
        .map_or_else(String::new, |interval| format!(" ({:.3} to {:.3})", interval.lower, interval.upper));
    let verdict = if check.is_refuted() {
        "not independent, as the model takes them to be; where the correlation is strong, model value by frequency apart"
    } else {
        "nothing speaks against independence"
    };
    format!("Correlation of frequency and value {:.3}{range}: {verdict}", check.correlation)
}
