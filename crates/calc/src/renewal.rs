//! `calc renewal FILE.csv`: how many customers will renew their contracts.

use clap::{Arg, ArgMatches, Command};
use retention::{CohortCount, RenewalModel};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, Stop};
use crate::format::customers::RENEWALS;
use crate::survival::{grouped, said};
use crate::table::Table;
use crate::{Run, Verb};

pub(crate) const VERBS: &[Verb] = &[Verb { words, reads: &[&RENEWALS], run: Run::Short(run) }];

const HELP: &str = "\
Example:
  quarterdeck calc renewal crates/instruments/retention/examples/renewals.csv --horizon 12 --discount 0.1

The file is CSV with the columns renewal (1, 2, 3 …), at_risk (customers up for it) and left (those of them who did not
renew), and optionally segment; cohorts of one segment are added up. Rates are parts of 1; a discounted lifetime is in
renewal periods, each paid at its beginning, and times the charge of a period is a customer's value.";

fn words() -> Command {
    let horizon = Arg::new("horizon").long("horizon").value_name("RENEWALS").default_value("12");
    let discount = Arg::new("discount").long("discount").value_name("RATE");
    Command::new("renewal")
        .about("How many customers renew: shifted-beta-geometric")
        .before_help(HELP)
        .arg(Arg::new("file").required(true).value_name("FILE.csv"))
        .arg(
            horizon
                .value_parser(clap::value_parser!(u32).range(1..=1000))
                .help("Renewals to show, up to 1000"),
        )
        .arg(
            discount
                .value_parser(clap::value_parser!(f64))
                .help("Per renewal period, 0.1 for 10 %: lifetimes"),
        )
}

/// A segment's model and what was seen of it, by renewal.
struct Segment {
    name: String,
    counts: Vec<CohortCount>,
    model: RenewalModel,
}

fn run(words: &ArgMatches) -> Result<Answer, Stop> {
    let table = Table::open(said(words, "file").unwrap_or_default(), &RENEWALS)?;
    let horizon = words.get_one("horizon").copied().unwrap_or(12);
    let discount: Option<f64> = words.get_one("discount").copied();
    let segment = table.optional("segment");
    let mut segments = Vec::new();
    for (name, rows) in grouped(&table, segment) {
        segments.push(read(&table, name, &rows)?);
    }
    let lines = segments.iter().flat_map(|segment| (1..=horizon).map(move |number| row(segment, number)));
    let whole =
        segments.iter().map(|segment| whole(segment, horizon, discount)).collect::<Result<Vec<_>, _>>()?;
    let notes = segments.iter().map(note).collect::<Vec<_>>();
    let json = json!({"schema": "quarterdeck.renewal.v1", "discount": discount, "segments": whole});
    Ok(Answer::rows(json, lines.collect()).noting(notes))
}

fn read(table: &Table, name: String, rows: &[usize]) -> Result<Segment, Stop> {
    let (renewal, at_risk, left) =
        (table.column("renewal")?, table.column("at_risk")?, table.column("left")?);
    let columns = [("time", renewal), ("at risk", at_risk), ("left", left)];
    let counts = rows.iter().map(|row| {
        let (at_risk, left) = (table.count(*row, at_risk)?, table.count(*row, left)?);
        Ok(CohortCount { time: table.number(*row, renewal)?, at_risk, left })
    });
    let counts = counts.collect::<Result<Vec<_>, Stop>>()?;
    let model = RenewalModel::fit(&counts).map_err(|error| match error {
        retention::Error::Row { .. } => table.refused(error, rows, &columns),
        error => Stop::Unclean(format!("Segment {name}: {error}")),
    })?;
    Ok(Segment { name, counts, model })
}

impl Segment {
    /// The rate seen at a renewal, over all cohorts; `None` where nobody was up for it.
    fn seen(&self, number: u32) -> Option<f64> {
        let here = self.counts.iter().filter(|one| (one.time - f64::from(number)).abs() < 0.5);
        let (at_risk, left) =
            here.fold((0, 0), |(at_risk, left), one| (at_risk + one.at_risk, left + one.left));
        (at_risk > 0).then(|| (at_risk - left) as f64 / at_risk as f64)
    }
}

fn row(segment: &Segment, number: u32) -> Map<String, Value> {
    let cells = [
        ("segment", Value::from(segment.name.as_str())),
        ("renewal", number.into()),
        ("rate_seen", crate::table::known(segment.seen(number))),
        ("rate", segment.model.renewal_rate(number).into()),
        ("still_there", segment.model.survival(number).into()),
    ];
    cells.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn whole(segment: &Segment, horizon: u32, discount: Option<f64>) -> Result<Value, Stop> {
    let model = &segment.model;
    let unusable = |error: retention::Error| Stop::Usage(error.to_string());
    let lifetime = discount.map(|rate| model.discounted_lifetime(rate)).transpose().map_err(unusable)?;
    let mut renewals = Vec::new();
    for number in 1..=horizon {
        let mut cells = row(segment, number);
        cells.shift_remove("segment");
        if let Some(rate) = discount {
            let residual = model.discounted_residual_lifetime(number, rate).map_err(unusable)?;
            cells.insert("discounted_residual_lifetime".to_owned(), residual.into());
        }
        renewals.push(Value::Object(cells));
    }
    Ok(json!({
        "segment": segment.name,
        "alpha": model.alpha,
        "alpha_standard_error": model.alpha_error,
        "beta": model.beta,
        "beta_standard_error": model.beta_error,
        "log_likelihood": model.log_likelihood,
        "discounted_lifetime": lifetime,
        "renewals": renewals,
    }))
}

fn note(segment: &Segment) -> String {
    let RenewalModel { alpha, beta, log_likelihood, .. } = segment.model;
    format!("{}: alpha {alpha:.3}, beta {beta:.3}, log likelihood {log_likelihood:.4}", segment.name)
}
