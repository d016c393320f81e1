//! `calc diffusion`: a curve fitted to adoptions, or uptake from segments.

use clap::{Arg, ArgMatches, Command, value_parser};
use forecast::diffusion::{ANALOGUES, Analogue, Curve, Estimate, Fitted, Segment, Uptake, fit, uptake};
use forecast::series::Series;
use serde_json::{Map, Value, json};

use super::table::series as series_of;
use super::words::{number, object};
use crate::answer::{Answer, Stop};
use crate::format::series::{SEGMENTS, SERIES};
use crate::table::Table;
use crate::{Run, Verb};

pub(super) const VERB: Verb = Verb { words, reads: &[&SERIES, &SEGMENTS], run: Run::Short(run) };

const EXAMPLE: &str = "\
Examples:
  quarterdeck calc diffusion crates/instruments/forecast/examples/air-conditioners.csv
  quarterdeck calc diffusion --segments crates/instruments/forecast/examples/segments.csv \\
    --analogue average --per-year 12 --periods 36

From adoptions per period (id,t,y; from the start on) comes Bass's curve: ceiling m in units of y, innovation p and
imitation q per period, each with its standard error, and the period of the peak.
From segments (segment,size,likelihood from 0 to 1) comes uptake per period: size × likelihood, spread by the curve of an
analogue, or by --p and --q per year.";

fn words() -> Command {
    let rate = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name("PER YEAR").value_parser(value_parser!(f64)).help(help)
    };
    Command::new("diffusion")
        .about("Fit Bass's curve to adoptions, or spread segments by one")
        .before_help(EXAMPLE)
        .after_help(analogues())
        .arg(
            Arg::new("series")
                .value_name("SERIES.csv")
                .required_unless_present("segments")
                .conflicts_with("segments")
                .help("adoptions per period: columns id,t,y"),
        )
        .arg(
            Arg::new("segments")
                .long("segments")
                .value_name("SEGMENTS.csv")
                .help("columns segment,size,likelihood"),
        )
        .arg(
            Arg::new("analogue")
                .long("analogue")
                .value_parser(ANALOGUES.iter().map(|one| one.key).collect::<Vec<_>>())
                .conflicts_with_all(["p", "q"])
                .help("whose curve"),
        )
        .arg(rate("p", "innovation").requires("q"))
        .arg(rate("q", "imitation").requires("p"))
        .arg(number("per-year", "periods in a year").default_value("1"))
        .arg(
            number("periods", "periods to show: from the start, or after the last of a series")
                .default_value("10"),
        )
}

fn analogues() -> String {
    let line = |one: &Analogue| {
        format!("  {}: {}; p {}, q {} per year ({})", one.key, one.what, one.curve.p, one.curve.q, one.source)
    };
    let lines: Vec<String> = ANALOGUES.iter().map(line).collect();
    format!("Analogues:\n{}", lines.join("\n"))
}

fn run(words: &ArgMatches) -> Result<Answer, Stop> {
    let count = |name: &str| words.get_one::<usize>(name).copied().unwrap_or(1);
    match words.get_one::<String>("segments") {
        Some(file) => from_segments(file, &curve(words)?, count("per-year"), count("periods")),
        None => from_series(words.get_one::<String>("series").map_or("", String::as_str), count("periods")),
    }
}

/// The curve per year, and where it comes from.
fn curve(words: &ArgMatches) -> Result<(Curve, &'static str), Stop> {
    if let Some(analogue) = words.get_one::<String>("analogue").and_then(|key| Analogue::named(key)) {
        return Ok((analogue.curve, analogue.source));
    }
    let rate = |name: &str| words.get_one::<f64>(name).copied();
    let given = rate("p").zip(rate("q")).map(|(p, q)| (Curve { p, q }, "given"));
    given.ok_or_else(|| Stop::Usage(format!("say whose curve: --analogue, or --p and --q\n{}", analogues())))
}

fn from_series(file: &str, ahead: usize) -> Result<Answer, Stop> {
    let table = Table::open(file, &SERIES)?;
    let (calendar, series) = series_of(&table)?;
    let (mut rows, mut records, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for one in &series {
        let fitted = adoptions(one).and_then(|values| fit(&values).map_err(|error| error.to_string()));
        let fitted = fitted.map_err(|why| Stop::Unclean(format!("{file}: series {}: {why}", one.id)))?;
        if fitted.before_peak() {
            notes.push(format!("{}: the peak lies ahead: the ceiling reaches beyond the data", one.id));
        }
        if fitted.is_vague() {
            notes.push(format!("{}: the ceiling is a guess: its standard error is over half of it", one.id));
        }
        rows.push(figures(&one.id, &fitted));
        let mut record = figures(&one.id, &fitted);
        let label = |period: usize| calendar.label(one.first + period as i64 - 1);
        let curve = (1..=one.values.len() + ahead).map(|period| {
            let observed = one.values.get(period - 1).copied().flatten();
            let expected = fitted.adoptions(period);
            json!({ "period": period, "t": label(period), "observed": observed, "expected": expected })
        });
        record.insert("curve".into(), curve.collect());
        records.push(record);
    }
    Ok(Answer::rows(json!({ "schema": "quarterdeck.diffusion.v1", "series": records }), rows).noting(notes))
}

fn adoptions(series: &Series) -> Result<Vec<f64>, String> {
    let value = |(period, value): (usize, &Option<f64>)| {
        value.ok_or_else(|| format!("period {} has no value: write 0 where nobody adopted", period + 1))
    };
    series.values.iter().enumerate().map(value).collect()
}

fn figures(id: &str, fitted: &Fitted) -> Map<String, Value> {
    let mut row = object([("id", id.into())]);
    let mut add = |name: &str, estimate: Estimate| {
        row.insert(name.into(), estimate.value.into());
        row.insert(format!("{name}_error"), estimate.error.into());
    };
    add("m", fitted.ceiling);
    add("p", fitted.p);
    add("q", fitted.q);
    row.insert("peak".into(), fitted.curve().peak().into());
    row.insert("r_squared".into(), fitted.r_squared.into());
    row
}

fn from_segments(
    file: &str,
    (curve, source): &(Curve, &str),
    per_year: usize,
    periods: usize,
) -> Result<Answer, Stop> {
    let table = Table::open(file, &SEGMENTS)?;
    let (name, size, likelihood) =
        (table.column("segment")?, table.column("size")?, table.column("likelihood")?);
    let segment = |row| -> Result<Segment, Stop> {
        let (size, likelihood) = (table.number(row, size)?, table.number(row, likelihood)?);
        Ok(Segment { name: table.text(row, name).to_owned(), size, likelihood })
    };
    let segments: Vec<Segment> = (0..table.len()).map(segment).collect::<Result<_, _>>()?;
    let by_period = curve.in_parts(per_year.max(1) as f64);
    let made = uptake(&segments, by_period, periods).map_err(|error| table.unclean(error))?;
    let rows = made.iter().flat_map(spread).collect();
    let ceilings = made
        .iter()
        .map(|one| json!({ "segment": one.segment, "ceiling": one.ceiling, "adopters": one.adopters }));
    let json = json!({
        "schema": "quarterdeck.uptake.v1",
        "p": curve.p,
        "q": curve.q,
        "source": source,
        "per_year": per_year,
        "segments": ceilings.collect::<Vec<_>>(),
    });
    Ok(Answer::rows(json, rows).noting([format!("p {} and q {} per year: {source}", curve.p, curve.q)]))
}

fn spread(made: &Uptake) -> impl Iterator<Item = Map<String, Value>> + '_ {
    let mut so_far = 0.0;
    (1_usize..).zip(&made.adopters).map(move |(period, adopters)| {
        so_far += adopters;
        object([
            ("segment", made.segment.clone().into()),
            ("period", period.into()),
            ("adopters", (*adopters).into()),
            ("so_far", so_far.into()),
            ("ceiling", made.ceiling.into()),
        ])
    })
}
