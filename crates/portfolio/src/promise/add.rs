//! Add a baseline promise to a service.

use access::input::or_none;
use access::{Action, Cx, Done, Event, Params, Snapshot, history};
use kernel::{Decimal, PromiseId, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::{Due, Measure, Promise, State};
use super::error::ALREADY_PROMISED;
use super::rules::{Aim, Figure, Limits};
use super::{NOUN, repo};
use crate::answers::Answers;
use crate::service;
use crate::sql::next_number;

/// What is promised.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct PromiseInput {
    /// What it is called: “Availability”.
    pub name: String,
    /// `unit cost`, `yearly cost`, `project cost`, `service level` or `date`.
    #[schemars(extend("enum" = Measure::WORDS.map(|(word, _)| word)))]
    pub measure: String,
    /// `FY26`, `2026-09`, `2026-12-31` or `monthly from 2025-10`; a date is due on itself.
    #[serde(default)]
    pub due: Option<String>,
    /// The promised number, or the promised day of a date.
    pub promised: String,
    /// Unit of the number: `%`, or what a unit cost is per.
    #[serde(default)]
    pub unit: Option<String>,
    /// Currency of an amount; the organisation's if left out.
    #[serde(default)]
    pub currency: Option<String>,
    /// `lower` or `higher` is better; cost is lower, a level is higher if left out.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Aim::WORDS.map(|(word, _)| word))))]
    pub direction: Option<String>,
    /// Worse by more than this is watched: percent, or whole months of a date. 2 % or 1 month if left out.
    #[serde(default)]
    pub watch: Option<String>,
    /// Worse by more than this is off track: percent, or whole months. 10 % or 3 months if left out.
    #[serde(default)]
    pub off_track: Option<String>,
    /// Key in the source it was imported from.
    #[serde(default)]
    pub source_key: Option<String>,
}

/// Adds a promise. The same source key again changes nothing.
pub async fn add(cx: &mut Cx, params: &Params, input: PromiseInput) -> Result<Done, Refused> {
    let service = service::load(&mut cx.tx, params.get("key")).await?;
    cx.require_service(Action::EditPromises, service.id)?;
    let mut promise = read(cx, service.id, &input)?;
    let location = format!("/services/{}", service.key);
    if let Some(key) = &promise.source_key
        && let Some(known) = repo::find_by_source(&mut cx.tx, service.id, key).await?
    {
        let same = Promise {
            id: known.id,
            version: known.version,
            number: known.number.clone(),
            state: known.state,
            ..promise
        };
        if same != known {
            return Err(ALREADY_PROMISED.with(&[&known.number]).into());
        }
        let says = format!("{} is promised already.", known.number);
        return Ok(Done::unchanged(location, known.number, says).at_version(known.version));
    }
    promise.number = format!("PRM-{}", next_number(&mut cx.tx, "portfolio_counters", "promise").await?);
    repo::insert(cx, &promise).await?;
    service::refresh(&mut cx.tx, service.id).await?;
    let event = Event {
        noun: &NOUN,
        id: promise.id.to_string(),
        key: promise.number.clone(),
        action: "added",
        why: None,
        customer: None,
    };
    history::record(cx, event, &Snapshot::none()).await?;
    let says = format!("{} of {} is promised as {}.", promise.name, service.key, promise.number);
    Ok(Done::changed(location, promise.number, says).at_version(1))
}

/// The promise the answers describe; refused where they cannot be so.
pub(super) fn read(cx: &Cx, service: kernel::ServiceId, input: &PromiseInput) -> Result<Promise, Refused> {
    let mut answers = Answers::new();
    let name = answers.needed("name", &input.name, 200);
    let measure = answers.one_of("measure", &input.measure, &Measure::WORDS);
    let unit = answers.words("unit", input.unit.as_deref(), 40);
    let currency = answers.currency("currency", input.currency.as_deref(), cx.organisation.currency);
    let source_key = answers.words("source_key", input.source_key.as_deref(), 200);
    let Some(measure) = measure else {
        answers.fine()?;
        return Err(kernel::Refusal::field("measure", "Choose what is promised.").into());
    };
    let aim = read_aim(&mut answers, measure, input.direction.as_deref());
    let promised = match aim {
        Aim::Date => Figure::Day(answers.needed_day("promised", &input.promised)),
        Aim::Lower | Aim::Higher => Figure::Number(answers.decimal("promised", &input.promised)),
    };
    let limits = read_limits(&mut answers, aim, input.watch.as_deref(), input.off_track.as_deref());
    let due = read_due(&mut answers, measure, promised, input.due.as_deref());
    answers.fine()?;
    Ok(Promise {
        id: PromiseId::new(cx.uuid()),
        version: 1,
        number: String::new(),
        service,
        name,
        measure,
        due,
        due_on: due.last_day(&cx.organisation.calendar),
        unit,
        currency: measure.is_money().then_some(currency),
        aim,
        promised,
        limits,
        state: State::Active,
        source_key,
    })
}

fn read_aim(answers: &mut Answers, measure: Measure, text: Option<&str>) -> Aim {
    let usual = match measure {
        Measure::Date => Aim::Date,
        Measure::ServiceLevel => Aim::Higher,
        Measure::UnitCost | Measure::YearlyCost | Measure::ProjectCost => Aim::Lower,
    };
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return usual };
    let aim = answers.one_of("direction", text, &Aim::WORDS).unwrap_or(usual);
    if (aim == Aim::Date) != (usual == Aim::Date) {
        answers.wrong("direction", "A date is “date”; anything else is “lower” or “higher”.");
        return usual;
    }
    aim
}

fn read_due(answers: &mut Answers, measure: Measure, promised: Figure, text: Option<&str>) -> Due {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if let Figure::Day(day) = promised {
        if text.is_some_and(|text| Due::parse(text) != Some(Due::Day(day))) {
            answers.wrong("due", "A date is due on itself; leave this out.");
        }
        return Due::Day(day);
    }
    let due = text.and_then(Due::parse);
    let fits = match (measure, due) {
        (Measure::YearlyCost, Some(due)) => matches!(due, Due::FiscalYear(_)),
        (Measure::UnitCost, Some(due)) => !matches!(due, Due::Day(_)),
        (Measure::ProjectCost, Some(due)) => !matches!(due, Due::Monthly(_)),
        (_, due) => due.is_some(),
    };
    if !fits {
        answers.wrong(
            "due",
            match measure {
                Measure::YearlyCost => "Enter the fiscal year, for example FY26.",
                Measure::UnitCost => {
                    "Enter a fiscal year (FY26), a month (2026-09) or “monthly from 2025-10”."
                }
                Measure::ProjectCost => {
                    "Enter a fiscal year (FY26), a month (2026-09) or a day (2026-12-31)."
                }
                _ => "Enter FY26, 2026-09, 2026-12-31 or “monthly from 2025-10”.",
            },
        );
    }
    due.unwrap_or(Due::FiscalYear(0))
}

fn read_limits(answers: &mut Answers, aim: Aim, watch: Option<&str>, off: Option<&str>) -> Limits {
    let limits = match Limits::usual(aim) {
        Limits::Months(usual_watch, usual_off) => Limits::Months(
            answers.whole("watch", watch, usual_watch, 120),
            answers.whole("off_track", off, usual_off, 120),
        ),
        Limits::Shares(usual_watch, usual_off) => Limits::Shares(
            read_percent(answers, "watch", watch, usual_watch),
            read_percent(answers, "off_track", off, usual_off),
        ),
    };
    let upside_down = match limits {
        Limits::Months(watch, off) => watch > off,
        Limits::Shares(watch, off) => watch > off,
    };
    if upside_down {
        answers.wrong("off_track", "Off track cannot begin before watch.");
    }
    limits
}

fn read_percent(answers: &mut Answers, field: &str, text: Option<&str>, usual: Decimal) -> Decimal {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return usual };
    let percent = answers.decimal(field, text.trim_end_matches('%'));
    if percent.is_sign_negative() {
        answers.wrong(field, "Enter a percentage that is not negative.");
    }
    (percent / Decimal::ONE_HUNDRED).normalize()
}
