//! `calc cox FILE.csv`: what makes customers leave sooner.

use clap::{Arg, ArgMatches, Command};
use retention::{ChiSquareTest, CoxModel, ProportionalHazards, Subject, TimeScale};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, Stop};
use crate::format::customers::SUBJECTS;
use crate::survival::{level, level_of, said};
use crate::table::Table;
use crate::{Run, Verb};

pub(crate) const VERBS: &[Verb] = &[Verb { words, reads: &[&SUBJECTS], run: Run::Short(run) }];

const HELP: &str = "\
Example:
  quarterdeck calc cox crates/instruments/retention/examples/rossi.csv --time week --event arrest --covariates \
fin,age,prio

The file is CSV with a heading line. Times are numbers in any one unit; an event is 1 (left) or 0 (still there when last
seen); covariates are numbers, of a yes or no 1 and 0. A hazard ratio is the factor by which one unit more multiplies the
hazard of leaving. A small proportional_p says that an effect changes with time.";

/// From which p on an effect is said to change with time.
const CHANGES: f64 = 0.05;

fn words() -> Command {
    let column = |name: &'static str| Arg::new(name).long(name).value_name("COLUMN").required(true);
    Command::new("cox")
        .about("What makes customers leave sooner: Cox's proportional hazards, Efron ties")
        .before_help(HELP)
        .arg(Arg::new("file").required(true).value_name("FILE.csv"))
        .arg(column("time").help("How long each was watched"))
        .arg(column("event").help("Whether they left then"))
        .arg(
            column("covariates")
                .value_delimiter(',')
                .value_name("COLUMN,COLUMN")
                .help("What may make them leave"),
        )
        .arg(level())
}

fn run(words: &ArgMatches) -> Result<Answer, Stop> {
    let table = Table::open(said(words, "file").unwrap_or_default(), &SUBJECTS)?;
    let names: Vec<&str> =
        words.get_many::<String>("covariates").into_iter().flatten().map(String::as_str).collect();
    let time = table.told("--time", said(words, "time").unwrap_or_default())?;
    let event = table.told("--event", said(words, "event").unwrap_or_default())?;
    let columns =
        names.iter().map(|name| table.told("--covariates", name)).collect::<Result<Vec<_>, Stop>>()?;
    let subjects = (0..table.len()).map(|row| {
        let covariates = columns.iter().map(|column| table.number(row, *column));
        let (time, left) = (table.number(row, time)?, table.flag(row, event)?);
        Ok(Subject { time, left, covariates: covariates.collect::<Result<_, _>>()? })
    });
    let subjects = subjects.collect::<Result<Vec<_>, Stop>>()?;
    let rows: Vec<usize> = (0..table.len()).collect();
    let model = retention::cox(&names, &subjects, level_of(words))
        .map_err(|error| table.refused(error, &rows, &[("time", time)]))?;
    let check = model.proportional_hazards(TimeScale::KaplanMeier);
    let rows = model.coefficients.iter().enumerate().map(|(at, _)| row(&model, check.as_ref().ok(), at));
    let rows: Vec<Map<String, Value>> = rows.collect();
    let json = whole(&model, check.as_ref().ok(), &rows, level_of(words).part());
    let mut notes = vec![fit(&model)];
    notes.push(check.map_or_else(|error| error.to_string(), |check| changes(&check)));
    Ok(Answer::rows(json, rows).noting(notes))
}

fn row(model: &CoxModel, check: Option<&ProportionalHazards>, at: usize) -> Map<String, Value> {
    let one = &model.coefficients[at];
    let cells = [
        ("covariate", Value::from(one.name.as_str())),
        ("coefficient", one.estimate.into()),
        ("standard_error", one.standard_error.into()),
        ("hazard_ratio", one.hazard_ratio.into()),
        ("lower", one.interval.lower.into()),
        ("upper", one.interval.upper.into()),
        ("z", one.z.into()),
        ("p", one.p.into()),
        ("proportional_p", check.map_or(Value::Null, |check| check.effects[at].test.p.into())),
    ];
    cells.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn whole(
    model: &CoxModel,
    check: Option<&ProportionalHazards>,
    rows: &[Map<String, Value>],
    level: f64,
) -> Value {
    let pairs = model.concordance;
    let effects = |check: &ProportionalHazards| -> Vec<Value> {
        check.effects.iter().map(|one| json!({"covariate": one.name, "test": test(one.test)})).collect()
    };
    json!({
        "schema": "quarterdeck.cox.v1",
        "level": level,
        "customers": model.subjects,
        "left": model.events,
        "coefficients": rows,
        "covariance": model.covariance,
        "log_likelihood": model.log_likelihood,
        "null_log_likelihood": model.null_log_likelihood,
        "likelihood_ratio": test(model.likelihood_ratio),
        "concordance": {
            "index": pairs.index,
            "concordant": pairs.concordant,
            "discordant": pairs.discordant,
            "tied": pairs.tied,
        },
        "proportional_hazards": check.map(|check| json!({
            "global": test(check.global),
            "effects": effects(check),
        })),
    })
}

fn test(test: ChiSquareTest) -> Value {
    json!({"chi_square": test.chi_square, "freedom": test.freedom, "p": test.p})
}

fn fit(model: &CoxModel) -> String {
    let (customers, left, ratio) = (model.subjects, model.events, model.likelihood_ratio);
    let index = model.concordance.index.map_or_else(|| "not known".to_owned(), |index| format!("{index:.4}"));
    let (chi_square, freedom, p) = (ratio.chi_square, ratio.freedom, ratio.p);
    format!(
        "{customers} customers, {left} left; concordance {index}; likelihood ratio chi-square {chi_square:.4}, \
         {freedom} degrees of freedom, p {p:.4e}"
    )
}

fn changes(check: &ProportionalHazards) -> String {
    let changing: Vec<String> = (check.effects.iter())
        .filter(|effect| effect.test.p < CHANGES)
        .map(|effect| format!("{} (p {:.4})", effect.name, effect.test.p))
        .collect();
    let global = check.global.p;
    if changing.is_empty() {
        format!("No effect is seen to change with time (all together p {global:.4})")
    } else {
        let changing = changing.join(", ");
        format!(
            "Effects that change with time: {changing}; all together p {global:.4}. Read their ratios as averages"
        )
    }
}
