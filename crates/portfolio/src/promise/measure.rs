//! Enter what was measured, where the ledger does not say it: a service level of a month, a
//! milestone's day, a project's cost.

use access::input::or_none;
use access::{Action, Cx, Done, Event, Params, Snapshot, history};
use chrono::NaiveDate;
use kernel::typed::iso_day;
use kernel::{Period, PromiseId, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::{Basis, Due, Promise, Source, State};
use super::error::{FROM_LEDGER, WITHDRAWN};
use super::rules::{Aim, Figure};
use super::{MEASUREMENT, repo};
use crate::answers::Answers;

/// What came, or is expected.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct MeasureInput {
    /// The month (`2026-09`) or day (`2026-09-30`) it is about; today if left out.
    #[serde(default)]
    pub about: Option<String>,
    /// The number, or the day of a milestone.
    pub value: String,
    /// `actual` (if left out) or `expected`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Basis::WORDS.map(|(word, _)| word))))]
    pub basis: Option<String>,
    /// Who or what says so.
    pub source: String,
}

/// A measured figure as stored. One per promise and day; a later entry for the day corrects it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measurement {
    /// Id.
    pub id: String,
    /// Version.
    pub version: i64,
    /// The promise.
    pub promise: PromiseId,
    /// The month or day it is about, as entered.
    pub about: String,
    /// That day, or the last day of that month.
    pub about_day: NaiveDate,
    /// Whether it came or is expected.
    pub basis: Basis,
    /// The figure.
    pub value: Figure,
    /// Who or what says so.
    pub source: String,
}

/// Enters a measured figure; unchanged if it is there already.
pub async fn measure(cx: &mut Cx, params: &Params, input: MeasureInput) -> Result<Done, Refused> {
    let promise = repo::load(&mut cx.tx, params.get("number")).await?;
    cx.require_service(Action::EditPromises, promise.service)?;
    require_measurable(&promise)?;
    let mut measured = read_measured(cx, &promise, &input)?;
    let location = format!("/promises/{}", promise.number);
    let known = repo::measured_about(&mut cx.tx, promise.id, measured.about_day).await?;
    if let Some(known) = &known {
        measured.id = known.id.clone();
        measured.version = known.version;
        if measured == *known {
            let says = format!("{} for {} is so already.", promise.number, measured.about);
            return Ok(Done::unchanged(location, promise.number, says));
        }
        measured.version += 1;
    }
    let before = match known {
        Some(_) => history::snapshot(&mut cx.tx, &MEASUREMENT, &measured.id).await?,
        None => Snapshot::none(),
    };
    let action = if measured.version == 1 { "measured" } else { "corrected" };
    repo::save_measurement(cx, &promise, &measured).await?;
    let key = format!("{} {}", promise.number, measured.about);
    let event = Event { noun: &MEASUREMENT, id: measured.id, key, action, why: None, customer: None };
    history::record(cx, event, &before).await?;
    let says = format!("{}, {}: {}.", promise.number, measured.about, measured.value.plain());
    Ok(Done::changed(location, promise.number, says))
}

/// Refuses where nobody enters an actual: the promise is withdrawn, or its actual is a cost.
pub(super) fn require_measurable(promise: &Promise) -> Result<(), Refusal> {
    if promise.state == State::Withdrawn {
        return Err(WITHDRAWN.with(&[&promise.number]));
    }
    // One that is only being read has no number yet.
    let called = if promise.number.is_empty() { &promise.name } else { &promise.number };
    if promise.measure.source() == Source::Cost { Err(FROM_LEDGER.with(&[called])) } else { Ok(()) }
}

/// What the answers say was measured; refused where they cannot be so.
pub(super) fn read_measured(
    cx: &Cx,
    promise: &Promise,
    input: &MeasureInput,
) -> Result<Measurement, Refused> {
    let mut answers = Answers::new();
    let about = input.about.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let about = about.map_or_else(|| cx.today().to_string(), str::to_owned);
    let month = about.parse::<Period>().ok();
    let about_day = iso_day(&about).or_else(|| month.map(|month| month.last_day()));
    if about_day.is_none() {
        answers.wrong("about", format!("“{about}” is no month or day; write it as 2026-09 or 2026-09-30."));
    }
    if let Due::Monthly(from) = promise.due {
        match month {
            None => {
                answers.wrong("about", "This is promised for every month; enter one, for example 2026-09.")
            }
            Some(month) if month < from => answers.wrong("about", format!("It is promised from {from} on.")),
            Some(_) => {}
        }
    }
    let basis = match input.basis.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        None => Basis::Actual,
        Some(text) => answers.one_of("basis", text, &Basis::WORDS).unwrap_or(Basis::Actual),
    };
    let value = match promise.aim {
        Aim::Date => Figure::Day(answers.needed_day("value", &input.value)),
        Aim::Lower | Aim::Higher => Figure::Number(answers.decimal("value", &input.value)),
    };
    if let (Figure::Day(day), Basis::Actual) = (value, basis)
        && day > cx.today()
    {
        answers.wrong("value", "That day is still to come: enter it as expected.");
    }
    let source = answers.needed("source", &input.source, 200);
    answers.fine()?;
    Ok(Measurement {
        id: cx.uuid().to_string(),
        version: 1,
        promise: promise.id,
        about,
        about_day: about_day.unwrap_or_default(),
        basis,
        value,
        source,
    })
}
