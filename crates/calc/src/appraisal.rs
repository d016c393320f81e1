//! `calc npv|irr|mirr|xnpv|xirr FLOWS`: what flows are worth and what they return. Whole cases: `case`.

use appraisal::{Dated, Discounting, Error, Irr, Timing, irr, mirr, number, xirr, xnpv};
use clap::{Arg, ArgMatches, Command};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, Stop};
use crate::{Run, Verb};

pub(crate) const VERBS: &[Verb] = &[
    Verb { words: npv_words, reads: &[], run: Run::Short(run_npv) },
    Verb { words: irr_words, reads: &[], run: Run::Short(run_irr) },
    Verb { words: mirr_words, reads: &[], run: Run::Short(run_mirr) },
    Verb { words: xnpv_words, reads: &[], run: Run::Short(run_xnpv) },
    Verb { words: xirr_words, reads: &[], run: Run::Short(run_xirr) },
];

/// What every verb on flows says of its units.
const UNITS: &str = "Amounts are in one currency, what is spent with a minus; rates are fractions per period: \
                     0.09 is 9 %. Flows come after --, first to last.";
const DATED_UNITS: &str = "Amounts are in one currency, what is spent with a minus, each with its day as \
                           AMOUNT@YYYY-MM-DD; rates are fractions per year of 365 days. Flows come after --.";

fn verb(name: &'static str, about: &'static str, example: &str, units: &'static str) -> Command {
    Command::new(name).about(about).before_help(format!("Example:\n  {example}")).after_help(units)
}

fn rate() -> Arg {
    let help = "Discount rate as a fraction: 0.09 is 9 %";
    Arg::new("rate").long("rate").value_name("RATE").required(true).value_parser(number).help(help)
}

fn flows() -> Arg {
    Arg::new("flows")
        .value_name("FLOWS")
        .num_args(1..)
        .required(true)
        .allow_negative_numbers(true)
        .value_parser(number)
        .help("One amount per period, first to last")
}

fn dated_flows() -> Arg {
    Arg::new("flows")
        .value_name("AMOUNT@DATE")
        .num_args(1..)
        .required(true)
        .value_parser(dated)
        .help("Amounts with their days; the first is the day of the worth")
}

/// `-10000@2008-01-01`
fn dated(text: &str) -> Result<Dated, String> {
    let wrong = || format!("“{text}” is no amount with its day: write it like -10000@2008-01-31");
    let (amount, date) = text.split_once('@').ok_or_else(wrong)?;
    Ok(Dated { amount: number(amount)?, date: date.parse().map_err(|_| wrong())? })
}

fn given<T: Clone + Send + Sync + 'static>(words: &ArgMatches, name: &str) -> Vec<T> {
    words.get_many::<T>(name).into_iter().flatten().cloned().collect()
}

fn rate_of(words: &ArgMatches, name: &str) -> Option<f64> {
    words.get_one::<f64>(name).copied()
}

pub(crate) fn wrong_words(error: Error) -> Stop {
    Stop::Usage(error.to_string())
}

fn npv_words() -> Command {
    let example =
        "quarterdeck calc npv --rate 0.10 --timing end -- -10000 3000 4200 6800   prints 1188.4434123352216";
    let timing = Arg::new("timing")
        .long("timing")
        .value_parser(Timing::ALL.map(Timing::word))
        .default_value(Timing::End.word())
        .help(
            "When in its period a flow falls; end discounts the first by a whole period, as spreadsheets do",
        );
    verb("npv", "Net present value of flows", example, UNITS).args([rate(), timing, flows()])
}

fn run_npv(words: &ArgMatches) -> Result<Answer, Stop> {
    let rate = rate_of(words, "rate").unwrap_or_default();
    let timing =
        words.get_one::<String>("timing").and_then(|word| Timing::parse(word)).unwrap_or(Timing::End);
    let flows: Vec<f64> = given(words, "flows");
    let at = |timing| Discounting::yearly(rate, timing).npv(&flows).map_err(wrong_words);
    let [end, mid, start] = [at(Timing::End)?, at(Timing::Mid)?, at(Timing::Start)?];
    let npv = at(timing)?;
    let json = json!({
        "schema": "quarterdeck.npv.v1",
        "rate": rate,
        "timing": timing.word(),
        "npv": npv,
        "npv_by_timing": { "end": end, "mid": mid, "start": start },
    });
    let note = format!("Timing {}. At the others: end {end}, mid {mid}, start {start}.", timing.word());
    Ok(Answer::one(json, npv.to_string()).noting([note]))
}

fn irr_words() -> Command {
    let example = "quarterdeck calc irr -- -70000 12000 15000 18000 21000   prints -0.021244848273410992";
    verb("irr", "Internal rate of return: all of them, or why there is none", example, UNITS).arg(flows())
}

fn run_irr(words: &ArgMatches) -> Result<Answer, Stop> {
    let flows: Vec<f64> = given(words, "flows");
    returns("irr", &irr(&flows).map_err(wrong_words)?)
}

/// One rate alone; several as rows with a remark; none is refused with its reason.
fn returns(name: &str, found: &Irr) -> Result<Answer, Stop> {
    let json = json!({
        "schema": format!("quarterdeck.{name}.v1"),
        "status": found.status(),
        "rates": found.rates(),
    });
    match found {
        Irr::One(rate) => Ok(Answer::one(json, rate.to_string())),
        Irr::Many(rates) => {
            let row = |rate: &f64| Map::from_iter([("rate".to_owned(), Value::from(*rate))]);
            Ok(Answer::rows(json, rates.iter().map(row).collect()).noting(found.remark()))
        }
        Irr::NoSignChange | Irr::NoRoot => Err(Stop::Unclean(found.remark().unwrap_or_default())),
    }
}

fn mirr_words() -> Command {
    let example = "quarterdeck calc mirr --rate 0.10 --reinvest 0.12 -- -120000 39000 30000 21000 37000 46000   \
                   prints 0.1260941303659051";
    let reinvest = Arg::new("reinvest")
        .long("reinvest")
        .value_name("RATE")
        .value_parser(number)
        .help("Rate at which inflows are reinvested; without it, the discount rate");
    verb("mirr", "Modified internal rate of return", example, UNITS).args([rate(), reinvest, flows()])
}

fn run_mirr(words: &ArgMatches) -> Result<Answer, Stop> {
    let finance = rate_of(words, "rate").unwrap_or_default();
    let reinvest = rate_of(words, "reinvest").unwrap_or(finance);
    let rate = mirr(&given::<f64>(words, "flows"), finance, reinvest).map_err(|error| match error {
        Error::OneSided => Stop::Unclean(error.to_string()),
        error => wrong_words(error),
    })?;
    let json =
        json!({ "schema": "quarterdeck.mirr.v1", "finance": finance, "reinvest": reinvest, "mirr": rate });
    Ok(Answer::one(json, rate.to_string()))
}

fn xnpv_words() -> Command {
    let example = "quarterdeck calc xnpv --rate 0.09 -- -10000@2008-01-01 2750@2008-03-01 4250@2008-10-30 \
                   3250@2009-02-15 2750@2009-04-01   prints 2086.647602031535";
    verb("xnpv", "Net present value of dated flows (act/365)", example, DATED_UNITS)
        .args([rate(), dated_flows()])
}

fn run_xnpv(words: &ArgMatches) -> Result<Answer, Stop> {
    let rate = rate_of(words, "rate").unwrap_or_default();
    let flows: Vec<Dated> = given(words, "flows");
    let npv = xnpv(rate, &flows).map_err(wrong_words)?;
    let day = flows.first().map(|flow| flow.date.to_string());
    let json = json!({ "schema": "quarterdeck.xnpv.v1", "rate": rate, "at": day, "npv": npv });
    Ok(Answer::one(json, npv.to_string()))
}

fn xirr_words() -> Command {
    let example = "quarterdeck calc xirr -- -10000@2008-01-01 2750@2008-03-01 4250@2008-10-30 3250@2009-02-15 \
                   2750@2009-04-01   prints 0.37336253351883153";
    verb("xirr", "Internal rate of return of dated flows (act/365)", example, DATED_UNITS).arg(dated_flows())
}

fn run_xirr(words: &ArgMatches) -> Result<Answer, Stop> {
    returns("xirr", &xirr(&given::<Dated>(words, "flows")).map_err(wrong_words)?)
}
