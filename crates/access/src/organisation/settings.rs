//! What holds for the whole organisation and may be set after it was founded.

use kernel::listing::Asked;
use kernel::{FieldError, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::{save, version};
use crate::history;
use crate::input::{YES_NO, or_none};
use crate::{Cx, Done, Event, Noun, Params, View};

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "organisation", table: "access_settings", personal: &[], secret: &[], children: &[] };

/// Id of the one row.
const ID: &str = "organisation";

/// What is to hold; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Time zone whose days and months hold where a source writes moments: `Europe/London`; empty for UTC.
    #[serde(default)]
    pub zone: Option<String>,
    /// Whether customers also see total quantity and cost of a service with three or more customers: `yes` or `no`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(YES_NO)))]
    pub open_book: Option<String>,
}

/// Sets what holds for the organisation; the same again changes nothing.
pub async fn set(cx: &mut Cx, _: &Params, input: Settings) -> Result<Done, Refused> {
    let before = (cx.organisation.zone.clone(), cx.organisation.open_book);
    let after = read(&input, &before)?;
    let version = version(&mut cx.tx, ID).await?;
    let location = "/records/organisation";
    if after == before {
        let done = Done::unchanged(location, ID, "The organisation is set so already.");
        return Ok(done.at_version(version));
    }
    let snapshot = history::snapshot(&mut cx.tx, &NOUN, ID).await?;
    let (zone, open_book) = after;
    save(&mut cx.tx, ID, version + 1, zone.as_deref(), open_book).await?;
    let (id, key) = (ID.to_owned(), ID.to_owned());
    let event = Event { noun: &NOUN, id, key, action: "set", why: None, customer: None };
    history::record(cx, event, &snapshot).await?;
    let says = format!(
        "Charges have the days of {}; the book is {} to customers.",
        zone.as_deref().unwrap_or("UTC"),
        if open_book { "open" } else { "closed" }
    );
    Ok(Done::changed(location, ID, says).at_version(version + 1))
}

type Held = (Option<String>, bool);

fn read(input: &Settings, before: &Held) -> Result<Held, Refusal> {
    let mut wrong = Vec::new();
    let mut name_wrong = |field: &str, says: String| {
        wrong.push(FieldError { field: field.to_owned(), says });
    };
    let zone = match input.zone.as_deref().map(str::trim) {
        None => before.0.clone(),
        Some("" | "UTC") => None,
        Some(name) => {
            if name.parse::<chrono_tz::Tz>().is_err() {
                name_wrong("zone", format!("“{name}” is no time zone; write it as Europe/London or UTC."));
            }
            Some(name.to_owned())
        }
    };
    let open_book = match input.open_book.as_deref().map(str::trim) {
        None | Some("") => before.1,
        Some("yes") => true,
        Some("no") => false,
        Some(other) => {
            name_wrong("open_book", format!("“{other}” is neither yes nor no."));
            before.1
        }
    };
    if wrong.is_empty() { Ok((zone, open_book)) } else { Err(Refusal::invalid(wrong)) }
}

/// The organisation: what it was founded with, and what was set since.
pub async fn show(cx: &mut Cx, _: &Params, _: &Asked) -> Result<View, Refused> {
    let version = version(&mut cx.tx, ID).await?;
    let of = &cx.organisation;
    Ok(View::Record(json!({
        "schema": "quarterdeck.organisation.v1",
        "version": version,
        "name": of.name,
        "currency": of.currency.code(),
        "fiscal_year_starts_in": of.calendar.first_month(),
        "zone": of.zone.as_deref().unwrap_or("UTC"),
        "open_book": of.open_book,
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_one_there_is_and_what_is_left_out_stays() {
        let set = |zone: Option<&str>, open_book: Option<&str>| {
            let input = Settings { zone: zone.map(str::to_owned), open_book: open_book.map(str::to_owned) };
            let read = read(&input, &(Some("Asia/Tokyo".into()), true));
            read.map_err(|refusal| refusal.fields.into_iter().map(|wrong| wrong.field).collect::<Vec<_>>())
        };
        let held = |zone: Option<&str>, open_book| Ok((zone.map(str::to_owned), open_book));
        assert_eq!(set(None, None), held(Some("Asia/Tokyo"), true));
        assert_eq!(set(Some("Europe/London"), Some("no")), held(Some("Europe/London"), false));
        assert_eq!(set(Some(""), None), held(None, true));
        assert_eq!(set(Some("UTC"), Some("")), held(None, true));
        assert_eq!(set(Some("Europe/Lundon"), Some("maybe")), Err(vec!["zone".into(), "open_book".into()]));
    }
}
