//! The second review: who signed, or who may sign, named. Pure.

use access::Action;

use super::{close_page, step};
use crate::close::entity::{Evidence, Signature, Step};

/// The ninth step: signed, or whom it waits for.
pub(super) fn signed(of: &Evidence) -> Step {
    let signers = &of.people.signers;
    let evidence = match &of.signature {
        Signature::Valid((name, _)) => format!("Signed by {name}."),
        _ if signers.is_empty() => format!("Nobody can sign it. {}", way_out()),
        Signature::None => format!("Waits for {}.", one_of(signers)),
        Signature::Void((name, _)) => {
            format!("{name} signed, then something changed: it waits again for {}.", one_of(signers))
        }
    };
    let next = match signers.as_slice() {
        [] => "quarterdeck grant add --username USERNAME --role ROLE --scope organisation".to_owned(),
        [only] => format!("{only}: quarterdeck period sign {}", of.period),
        _ => format!("one of them: quarterdeck period sign {}", of.period),
    };
    let done = matches!(of.signature, Signature::Valid(_));
    let step = step("second review", true, done, evidence, next, close_page(of));
    match &of.signature {
        Signature::None => step,
        Signature::Void(who) | Signature::Valid(who) => Step { who: Some(who.clone()), ..step },
    }
}

/// What is left to do where everybody who may sign took part.
fn way_out() -> String {
    let words: Vec<&str> = Action::SignClose.roles().iter().map(|role| role.word()).collect();
    let roles = words.join(" or ");
    format!("An administrator gives somebody who took no part the role {roles}; an executive confirms it.")
}

/// More names than that are a list nobody reads.
const NAMED: usize = 4;

/// `Henrik Vogel, Rosa Lind or Tomás Abara`; of many the first, and how many others.
fn one_of(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] if names.len() <= NAMED => format!("{} or {last}", first.join(", ")),
        _ => format!("{} or one of {} others", names[..NAMED - 1].join(", "), names.len() + 1 - NAMED),
    }
}
