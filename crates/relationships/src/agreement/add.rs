//! Enter an agreement line: by the relationship manager or an import; a confirmed order enters one too.

use access::input::or_none;
use access::{Action, Cx, Done, Event, Params, Snapshot, history};
use chrono::NaiveDate;
use kernel::typed::day_label;
use kernel::{AgreementId, Quantity, Refusal, Refused};
use portfolio::answers::Answers;
use portfolio::closed;
use portfolio::offering::{self, Offering};
use portfolio::service::{self, ServiceState};
use portfolio::sql::next_number;
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::{ALREADY_THERE, NOT_OPEN, OVERLAPS};
use super::{Agreement, NOUN, QUANTITY, Settlement, repo};
use crate::customer::{self, Customer};

/// What is asked for a new agreement line.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct AgreementInput {
    /// Key of the customer.
    pub customer: String,
    /// Key of the offering.
    pub offering: String,
    /// How much.
    pub quantity: String,
    /// First day.
    pub from_day: String,
    /// Last day, where it is agreed already.
    #[serde(default)]
    pub to_day: Option<String>,
    /// Days' notice to end it; 0 if left out.
    #[serde(default)]
    pub notice_days: Option<String>,
    /// `memo` (if left out) or `recharge`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Settlement::WORDS.map(|(word, _)| word))))]
    pub settlement: Option<String>,
    /// Key in the source it was imported from.
    #[serde(default)]
    pub source_key: Option<String>,
}

/// Enters an agreement line. The same source key again changes nothing.
pub async fn add(cx: &mut Cx, _: &Params, input: AgreementInput) -> Result<Done, Refused> {
    let (customer, offering, line) = read(cx, &input).await?;
    if let Some(key) = &line.source_key {
        let scope = cx.scope(Action::ReadCustomers);
        if let Some(known) = repo::find_by_source(&mut cx.tx, &scope, key).await? {
            return known_line(cx, &known, &customer, &offering, &line).await;
        }
    }
    let agreement = enter(cx, &customer, &offering, line).await?;
    let charged = match closed::last_closed_from(&mut cx.tx, agreement.from).await? {
        Some(last) => format!(
            " The months to {} are closed: it is charged from {} on.",
            last.label(),
            last.next().label()
        ),
        None => String::new(),
    };
    let says = format!(
        "{}: {} takes {} {} of {} from {}.{charged}",
        agreement.number,
        customer.key,
        agreement.quantity.grouped(),
        offering.unit,
        offering.key,
        day_label(agreement.from)
    );
    let location = format!("/agreements/{}", agreement.number);
    Ok(Done::changed(location, agreement.number, says).at_version(agreement.version))
}

/// What came from this source key before: the same, or another.
async fn known_line(
    cx: &mut Cx,
    known: &Agreement,
    customer: &Customer,
    offering: &Offering,
    line: &NewLine,
) -> Result<Done, Refused> {
    let entered = repo::quantities(&mut cx.tx, known.id).await?.first().map(|(_, quantity)| *quantity);
    let told =
        (known.customer, known.offering, known.from, known.to, known.notice_days, known.settlement, entered);
    let asked = (
        customer.id,
        offering.id,
        line.from,
        line.to,
        line.notice_days,
        line.settlement,
        Some(line.quantity),
    );
    if told != asked {
        return Err(ALREADY_THERE.with(&[&known.number]).into());
    }
    let says = format!("{} is there already.", known.number);
    Ok(Done::unchanged(format!("/agreements/{}", known.number), known.number.clone(), says)
        .at_version(known.version))
}

/// A line about to be entered.
pub(crate) struct NewLine {
    pub quantity: Quantity,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    pub notice_days: u32,
    pub settlement: Settlement,
    pub source_key: Option<String>,
}

/// The line the answers describe, with its customer and offering; refused where they cannot be so.
pub(super) async fn read(
    cx: &mut Cx,
    input: &AgreementInput,
) -> Result<(Customer, Offering, NewLine), Refused> {
    let customer = customer::named(cx, "customer", &input.customer).await?;
    cx.require_customer(Action::ConfirmOrder, customer.id)?;
    let offering = offering::find_by_key(&mut cx.tx, input.offering.trim()).await?;
    let offering = offering.ok_or_else(|| {
        Refusal::field("offering", format!("There is no offering “{}”.", input.offering.trim()))
    })?;
    Ok((customer, offering, read_line(input)?))
}

fn read_line(input: &AgreementInput) -> Result<NewLine, Refused> {
    let mut answers = Answers::new();
    let settlement =
        input.settlement.as_deref().map(str::trim).filter(|word| !word.is_empty()).unwrap_or("memo");
    let line = NewLine {
        quantity: answers.quantity("quantity", &input.quantity),
        from: answers.needed_day("from_day", &input.from_day),
        to: answers.day("to_day", input.to_day.as_deref()),
        notice_days: answers.whole("notice_days", input.notice_days.as_deref(), 0, 3650),
        settlement: answers.one_of("settlement", settlement, &Settlement::WORDS).unwrap_or(Settlement::Memo),
        source_key: answers.words("source_key", input.source_key.as_deref(), 200),
    };
    if line.to.is_some_and(|to| to < line.from) {
        answers.wrong("to_day", "The last day cannot be before the first.");
    }
    answers.fine()?;
    Ok(line)
}

/// Enters the line where the service is open to it and no other line covers its days.
pub(crate) async fn enter(
    cx: &mut Cx,
    customer: &Customer,
    offering: &Offering,
    line: NewLine,
) -> Result<Agreement, Refused> {
    require_free(cx, customer, offering, &line).await?;
    let number = next_number(&mut cx.tx, "relationships_counters", "agreement").await?;
    let agreement = Agreement {
        id: AgreementId::new(cx.uuid()),
        version: 1,
        number: format!("AGR-{number}"),
        customer: customer.id,
        offering: offering.id,
        from: line.from,
        to: line.to,
        notice_days: line.notice_days,
        settlement: line.settlement,
        quantity: line.quantity,
        quantity_from: line.from,
        source_key: line.source_key,
    };
    repo::insert(cx, &agreement).await?;
    let step = cx.uuid().to_string();
    repo::save_quantity(cx, agreement.id, (&step, 1), agreement.from, agreement.quantity).await?;
    let none = Snapshot::none();
    let (key, about) = (agreement.number.clone(), Some(customer.id));
    let id = agreement.id.to_string();
    history::record(cx, Event { noun: &NOUN, id, key, action: "added", why: None, customer: about }, &none)
        .await?;
    let key = format!("{} from {}", agreement.number, agreement.from);
    let event = Event { noun: &QUANTITY, id: step, key, action: "added", why: None, customer: about };
    history::record(cx, event, &none).await?;
    Ok(agreement)
}

/// Refuses where the service is not open to the line, or another line covers its days.
pub(super) async fn require_free(
    cx: &mut Cx,
    customer: &Customer,
    offering: &Offering,
    line: &NewLine,
) -> Result<(), Refused> {
    require_open(cx, offering, line.from).await?;
    let other = repo::overlapping(&mut cx.tx, customer.id, offering.id, line.from, line.to, None).await?;
    match other {
        Some(other) => Err(OVERLAPS.with(&[&customer.key, &offering.key, &other.number]).into()),
        None => Ok(()),
    }
}

/// Refuses where the service is not there yet, is retiring or retired on `from`, or ends before it.
async fn require_open(cx: &mut Cx, offering: &Offering, from: NaiveDate) -> Result<(), Refused> {
    let refuse = |because: &str| NOT_OPEN.with(&[&offering.key, &day_label(from), because]);
    match service::state_on(&mut cx.tx, offering.service, from).await? {
        None => return Err(refuse("begins later").into()),
        Some(ServiceState::Retiring) => return Err(refuse("is retiring").into()),
        Some(ServiceState::Retired) => return Err(refuse("is retired").into()),
        Some(ServiceState::Operational) => {}
    }
    let service = service::find(&mut cx.tx, offering.service).await?;
    match service.and_then(|service| service.last_day).filter(|last| *last < from) {
        Some(last) => Err(refuse(&format!("ends on {last}")).into()),
        None => Ok(()),
    }
}
