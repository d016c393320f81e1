//! Sign the close: always the person signed in, never one who prepared it.

use access::route::Nothing;
use access::{Cx, Done, Params};
use finance::period::{self, FiscalPeriod, PeriodState};
use kernel::{Fault, FieldError, Refusal, Refused};

use super::entity::{Deed, Evidence, Step};
use super::error::{NOT_IN_REVIEW, STEPS_OPEN};
use super::rules::{open, steps};
use super::{evidence, repo};
use crate::run::Compared;

/// Number of the step that is the signature.
pub(super) const SIGNATURE: usize = 9;

/// Signs for the run and everything it started from: any later change of those makes it void.
pub async fn sign(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let fiscal = in_review(cx, params).await?;
    let (mut close, evidence) = evidence::gather(cx, &fiscal, Compared::Always).await?;
    signable(cx, &fiscal, &evidence, &steps(&evidence))?;
    let run = crate::run::live(&mut cx.tx, fiscal.period).await?;
    let run = run.ok_or_else(|| Fault::because("a period without a run has its sixth step open"))?;
    let (location, key) = (format!("/money/close/{}", fiscal.period), fiscal.period.to_string());
    let deed = Deed { by: cx.person(), at: cx.stamp() };
    if !close.sign(&run.inputs, deed) {
        let says = format!("{} was signed before, and nothing changed since.", fiscal.period.label());
        return Ok(Done::unchanged(location, key, says).at_version(close.version));
    }
    repo::save(cx, &mut close, "signed", None).await?;
    let says = format!("Signed {}.", fiscal.period.label());
    Ok(Done::changed(location, key, says).at_version(close.version))
}

/// Refuses who prepared it, and whoever it is while a step before the signature is open.
pub(super) fn signable(
    cx: &Cx,
    fiscal: &FiscalPeriod,
    evidence: &Evidence,
    steps: &[Step],
) -> Result<(), Refusal> {
    require_review(fiscal)?;
    for preparer in &evidence.people.preparers {
        cx.require_other_person(*preparer, "prepared", "sign it")?;
    }
    let before: Vec<&Step> = open(steps).into_iter().filter(|step| step.number < SIGNATURE).collect();
    refuse_open("sign", fiscal, &before)
}

/// The period, in review.
pub(super) async fn in_review(cx: &mut Cx, params: &Params) -> Result<FiscalPeriod, Refused> {
    let fiscal = period::load(&mut cx.tx, params.get("period")).await?;
    require_review(&fiscal)?;
    Ok(fiscal)
}

/// Refuses a period that is not in review.
pub(super) fn require_review(fiscal: &FiscalPeriod) -> Result<(), Refusal> {
    if fiscal.state == PeriodState::InReview {
        return Ok(());
    }
    let period = fiscal.period;
    Err(NOT_IN_REVIEW.with(&[&period.label(), fiscal.state.word(), &period.to_string()]))
}

/// Refuses where steps are open, naming each and what to do.
pub(super) fn refuse_open(verb: &str, fiscal: &FiscalPeriod, open: &[&Step]) -> Result<(), Refusal> {
    let numbers: Vec<String> = open.iter().map(|step| step.number.to_string()).collect();
    let which = match numbers.split_last() {
        None => return Ok(()),
        Some((only, [])) => format!("step {only} is"),
        Some((last, others)) => format!("steps {} and {last} are", others.join(", ")),
    };
    let told: Vec<String> = open
        .iter()
        .map(|step| format!("{} {}: {} → {}", step.number, step.name, step.evidence, step.next))
        .collect();
    let fields = open.iter().map(|step| FieldError {
        field: format!("{} {}", step.number, step.name),
        says: format!("{} → {}", step.evidence, step.next),
    });
    let refusal = STEPS_OPEN.with(&[verb, &fiscal.period.label(), &which, &told.join("\n")]);
    Err(Refusal { fields: fields.collect(), ..refusal })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(number: usize, name: &'static str) -> Step {
        let (evidence, next, link) = ("Missing.".to_owned(), "do it".to_owned(), String::new());
        Step { number, name, satisfied: false, blocking: true, evidence, next, link, who: None }
    }

    /// `cli.md`: “Cannot close Sep 2026: steps 8 and 9 are open”.
    #[test]
    fn the_open_steps_are_named_with_what_to_do() {
        let period = "2026-09".parse().unwrap();
        let (id, state) = (String::new(), PeriodState::InReview);
        let fiscal = FiscalPeriod { id, version: 1, period, fiscal_year: 2026, state, locked: false };
        let all = [step(5, "mapped"), step(8, "variances explained"), step(9, "second review")];
        for (open, says) in [
            (&all[2..], "Cannot close Sep 2026: step 9 is open."),
            (&all[1..], "Cannot close Sep 2026: steps 8 and 9 are open."),
            (&all[..], "Cannot close Sep 2026: steps 5, 8 and 9 are open."),
        ] {
            let refusal = refuse_open("close", &fiscal, &open.iter().collect::<Vec<_>>()).unwrap_err();
            assert_eq!((refusal.kind.code, refusal.says.as_str()), ("close_steps_open", says));
            assert_eq!(refusal.fields.len(), open.len());
            assert!(refusal.way_out.contains("9 second review: Missing. → do it"));
        }
        assert!(refuse_open("close", &fiscal, &[]).is_ok());
    }
}
