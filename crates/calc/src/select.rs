//! `calc select PROBLEM.json`: which candidates to fund.

use clap::{Arg, ArgAction, ArgMatches, Command};
use kernel::{Headway, Money};
use selection::{Answer as Chosen, Error, Flow, Outcome, Pick, Problem, Progress, Settings, Study};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, Stop};
use crate::format::problem::PROBLEM;
use crate::{Run, Verb, Watch};

pub(crate) const VERBS: &[Verb] = &[Verb { words: select_words, reads: &[&PROBLEM], run: Run::Long(select) }];

const SELECT_HELP: &str = "\
Example:
  quarterdeck calc select crates/instruments/selection/examples/twelve.json --gap 0.01 --time 60

The file is of schema quarterdeck.selection-problem.v1: amounts in whole currency as strings (\"120000.00\") or whole
numbers, capacities in their own units, parts from 0 to 1. Rows are what is chosen; --format json gives the whole
answer: value, bound, gap, use of each limit, which limits bind, what the next step of each budget buys.";

fn select_words() -> Command {
    Command::new("select")
        .about("Choose the candidates to fund: most value within every limit, with proof")
        .before_help(SELECT_HELP)
        .args(common())
        .arg(
            option("step", "AMOUNT", "100000")
                .help("Step by which each budget is raised in turn, in whole currency"),
        )
        .arg(
            picks("with")
                .help("Also the best set with this candidate, as in KEY or KEY/option: why not KEY?"),
        )
        .arg(picks("without").help("Also the best set without this candidate"))
        .arg(
            Arg::new("brief")
                .long("brief")
                .action(ArgAction::SetTrue)
                .help("The set alone, not what binds and what more would buy"),
        )
}

pub(crate) fn common() -> [Arg; 3] {
    [
        Arg::new("problem").required(true).value_name("PROBLEM.json"),
        option("gap", "PART", "0.01")
            .help("Part of the value by which the set may be below the bound; 0: the best"),
        option("time", "SECONDS", "60").help("Seconds that the solver may take for any one question"),
    ]
}

pub(crate) fn option(name: &'static str, value: &'static str, default: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).default_value(default)
}

fn picks(name: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("KEY").action(ArgAction::Append)
}

fn select(words: &ArgMatches, watch: &mut Watch) -> Result<Answer, Stop> {
    let (file, problem) = problem(words)?;
    let settings = settings(words)?;
    let study = Study::new(&problem, settings).map_err(|error| stop(file, &error))?;
    let step = money(words, "step", &problem)?.into_iter().next().unwrap_or_default();
    let bar = Told { headway: &watch.headway, seconds: settings.seconds };
    let outcome = study.best(&mut |progress| bar.tell(progress)).map_err(|error| stop(file, &error))?;
    let mut json = study.outcome_json(&outcome);
    let Outcome::Chosen(best) = &outcome else {
        let says = format!("{file}: {}.", outcome.says());
        return Ok(Answer::rows(json, Vec::new()).noting([says]));
    };
    let mut notes = vec![headline(best, &problem)];
    if !words.get_flag("brief") {
        explain(&study, best, step, &mut json, &bar).map_err(|error| stop(file, &error))?;
        notes.extend(told(&json));
    }
    notes.extend(questions(&study, best, words, &mut json, &bar).map_err(|error| stop(file, &error))?);
    let rows = items(&json["chosen"]);
    Ok(Answer::rows(json, rows).noting(notes))
}

/// Which limits bind, and what more of a budget would buy.
fn explain(study: &Study, best: &Chosen, step: i64, json: &mut Value, bar: &Told) -> Result<(), Error> {
    let (mut limits, mut steps) = (Vec::new(), Vec::new());
    study.bindings(best, &mut |one| limits.push(study.binding_json(&one)), &mut |progress| {
        bar.tell(progress)
    })?;
    study.next_steps(best, step, &mut |one| steps.push(study.step_json(&one)), &mut |progress| {
        bar.tell(progress)
    })?;
    json["limits"] = Value::Array(limits);
    json["next_steps"] = Value::Array(steps);
    Ok(())
}

/// The best set with and without whom the words name.
fn questions(
    study: &Study,
    best: &Chosen,
    words: &ArgMatches,
    json: &mut Value,
    bar: &Told,
) -> Result<Vec<String>, Error> {
    let (mut answers, mut notes) = (Vec::new(), Vec::new());
    for side in ["with", "without"] {
        for name in words.get_many::<String>(side).into_iter().flatten() {
            let pick = Pick::parse(name);
            let watch = &mut |progress: &Progress| bar.tell(progress);
            let outcome =
                if side == "with" { study.with(&pick, watch)? } else { study.without(&pick, watch)? };
            let mut answer = study.outcome_json(&outcome);
            answer["question"] = json!({ side: name });
            let says = match &outcome {
                Outcome::Chosen(other) => {
                    let change = study.change_json(&best.change_to(study, other));
                    let says = changed(&Value::Object(change.clone()));
                    answer["change"] = Value::Object(change);
                    says
                }
                other => other.says(),
            };
            notes.push(format!("{side} {name}: {says}"));
            answers.push(answer);
        }
    }
    json["questions"] = Value::Array(answers);
    Ok(notes)
}

fn headline(best: &Chosen, problem: &Problem) -> String {
    let spoken = |minor: i64| Money::of_minor(minor, problem.currency).spoken();
    format!("{} chosen, worth {}, {}", best.chosen.len(), spoken(best.value), best.says())
}

/// What binds and what more would buy, in sentences.
fn told(json: &Value) -> Vec<String> {
    let word = |item: &Value, field: &str| item[field].as_str().unwrap_or_default().to_owned();
    let limits = items(&json["limits"]).into_iter().map(Value::Object).filter(|one| one["verdict"] != "free");
    let limits = limits.map(|one| {
        format!("{} {}; without it: {}", word(&one, "limit"), word(&one, "verdict"), changed(&one))
    });
    let steps = items(&json["next_steps"]).into_iter().map(Value::Object);
    let steps =
        steps.map(|one| format!("{} more of {}: {}", word(&one, "step"), word(&one, "limit"), changed(&one)));
    limits.chain(steps).collect()
}

/// `+20000.00 (at most +20000.00); in PORTAL; out NET`.
fn changed(change: &Value) -> String {
    let amount = |field: &str| {
        let text = change[field].as_str().unwrap_or_default();
        if text.starts_with('-') { text.to_owned() } else { format!("+{text}") }
    };
    let mut says = format!("{} (at most {})", amount("gain"), amount("gain_at_most"));
    for side in ["in", "out"] {
        let names: Vec<&str> =
            change[side].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if !names.is_empty() {
            says.push_str(&format!("; {side} {}", names.join(", ")));
        }
    }
    says
}

pub(crate) fn problem(words: &ArgMatches) -> Result<(&str, Problem), Stop> {
    let file = words.get_one::<String>("problem").map_or("", String::as_str);
    let problem = selection::parse_problem(&PROBLEM.read(file)?).map_err(|error| stop(file, &error))?;
    Ok((file, problem))
}

pub(crate) fn settings(words: &ArgMatches) -> Result<Settings, Stop> {
    Ok(Settings { gap: number(words, "gap")?, seconds: number(words, "time")? })
}

pub(crate) fn number<T: std::str::FromStr>(words: &ArgMatches, name: &str) -> Result<T, Stop> {
    let text = words.get_one::<String>(name).map_or("", String::as_str);
    text.parse().map_err(|_| Stop::Usage(format!("--{name} takes a number from 0 up, not “{text}”")))
}

pub(crate) fn money(words: &ArgMatches, name: &str, problem: &Problem) -> Result<Vec<i64>, Stop> {
    let list = words.get_many::<String>(name).into_iter().flatten();
    let one = |text: &String| Money::parse(text, problem.currency).map(|money| money.minor());
    list.map(|text| one(text).map_err(|error| Stop::Usage(format!("--{name}: {error}")))).collect()
}

pub(crate) fn items(list: &Value) -> Vec<Map<String, Value>> {
    list.as_array().into_iter().flatten().filter_map(|item| item.as_object().cloned()).collect()
}

pub(crate) fn stop(file: &str, error: &Error) -> Stop {
    match error {
        Error::Question(_) => Stop::Usage(error.to_string()),
        Error::Solver(_) | Error::Stopped => Stop::Failed(error.to_string()),
        Error::Unreadable { .. } | Error::Problem { .. } => Stop::Unclean(format!("{file}: {error}")),
    }
}

/// How far the solver is: at which question, and how much of the time it may take is gone.
struct Told<'a> {
    headway: &'a Headway,
    seconds: f64,
}

impl Told<'_> {
    fn tell(&self, progress: &Progress) -> Flow {
        let (label, waited) = (format!("Solving {progress}"), progress.waited.as_secs());
        let waited = i64::try_from(waited).unwrap_or(i64::MAX);
        self.headway.shows(&label, waited, Some(self.seconds as i64), "seconds at most");
        Flow::Continue
    }
}
