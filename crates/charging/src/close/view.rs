//! The checklist of a close as pages, API and command line read it.

use access::{Action, Cx, Params, View};
use finance::period::{self, FiscalPeriod};
use kernel::listing::Asked;
use kernel::{Money, PersonId, Refused};
use serde_json::{Value, json};

use super::entity::{Evidence, Step};
use super::evidence;
use super::rules::{open, steps};
use super::sign::{SIGNATURE, signable};
use super::soft_close::closable;
use crate::run::Compared;

/// The eleven steps of a period, computed now.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let fiscal = period::load(&mut cx.tx, params.get("period")).await?;
    let (close, evidence) = evidence::gather(cx, &fiscal, Compared::IfTold).await?;
    let (people, reader) = (&evidence.people, cx.person());
    let steps = steps(&evidence);
    let numbers: Vec<usize> = open(&steps).iter().map(|step| step.number).collect();
    let money = |minor| Money::of_minor(minor, evidence.currency);
    let figures = evidence.figures.map(|figures| {
        json!({
            "ledger": money(figures.ledger),
            "allocated": money(figures.allocated),
            "unallocated": money(figures.unallocated),
            "difference": money(figures.difference()),
        })
    });
    let reopening = close.reopening.as_ref().map(|(why, deed)| json!({ "reason": why, "asked_at": deed.at }));
    Ok(View::Record(json!({
        "schema": "quarterdeck.close.v1",
        "id": close.id,
        "version": close.version,
        "period": fiscal.period.to_string(),
        "label": cx.organisation.calendar.label(fiscal.period),
        "state": fiscal.state.word(),
        "open": numbers,
        "figures": figures,
        "causes": causes(&evidence, reader),
        "reopening": reopening,
        // Who prepared it does not sign it, who imported for it does not close it.
        "you_prepared": people.preparers.contains(&reader),
        "you_imported": people.importers.contains(&reader),
        "you_may": you_may(cx, &fiscal, &evidence, &steps),
        "steps": steps.iter().map(record).collect::<Vec<_>>(),
    })))
}

/// Which of the two things that the steps lead to would be taken of the reader now: `sign`, `close`.
fn you_may(cx: &Cx, fiscal: &FiscalPeriod, evidence: &Evidence, steps: &[Step]) -> Vec<&'static str> {
    let signed = steps.iter().any(|step| step.number == SIGNATURE && step.satisfied);
    let signs = !signed && signable(cx, fiscal, evidence, steps).is_ok();
    let closes = closable(cx, fiscal, evidence, steps).is_ok();
    let may = [("sign", signs, Action::SignClose), ("close", closes, Action::ClosePeriod)];
    let may = may.into_iter().filter(|(_, taken, action)| *taken && cx.require(*action).is_ok());
    may.map(|(verb, ..)| verb).collect()
}

/// Causes of variances that are open, by what the reader may do about them: nobody confirms their own.
fn causes(evidence: &Evidence, reader: PersonId) -> Value {
    let open = evidence.variances.as_ref().map_or(&[][..], |told| told.open.as_slice());
    let proposed = |own: bool| {
        let by = open.iter().filter_map(|(.., by)| *by);
        by.filter(|by| (*by == reader) == own).count()
    };
    json!({
        "missing": open.iter().filter(|(.., by)| by.is_none()).count(),
        "yours_to_confirm": proposed(false),
        "left_to_another": proposed(true),
    })
}

fn record(step: &Step) -> Value {
    let who = step.who.as_ref();
    json!({
        "number": step.number,
        "name": step.name,
        "satisfied": step.satisfied,
        "blocking": step.blocking,
        "evidence": step.evidence,
        "next": step.next,
        "link": step.link,
        "who": who.map(|(name, _)| name),
        "at": who.map(|(_, at)| at),
    })
}
