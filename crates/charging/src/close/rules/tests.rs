//! Each step, satisfied and not.

use finance::period::PeriodState;
use kernel::{Currency, PersonId};
use usage::reconciliation::{OfSupplier, Standing};

use super::*;
use crate::close::entity::{Batch, Figures, People, Signature};
use crate::variance::Explained;

fn by(name: &str) -> (String, String) {
    (name.to_owned(), "2026-10-02T07:30:00.000Z".to_owned())
}

fn batch(label: &str, controlled: bool, mends: bool) -> Batch {
    Batch { label: label.into(), controlled, mends, who: by("Priya") }
}

fn bill(unexplained: i64, own_source: bool) -> OfSupplier {
    let standing = Standing { ledger: 0, bill: 0, tax: 0, credits: 0, accrual: 0, exchange: 0, unexplained };
    OfSupplier { supplier: "AWS".into(), standing, note: None, own_source }
}

/// Priya prepared it; these may sign.
fn signed_by(names: &[&str]) -> People {
    let signers = names.iter().map(|name| (*name).to_owned()).collect();
    People { signers, ..People::default() }
}

/// September with nothing in the way (`demo.md` 4.3: ledger 7,563,248.11 = 6,961,452 + 601,796 rounded).
fn ready() -> Evidence {
    Evidence {
        period: "2026-09".parse().unwrap(),
        state: PeriodState::InReview,
        currency: Currency::EUR,
        batches: vec![batch("B-0231", true, false), batch("B-0233", false, true)],
        bills: Vec::new(),
        no_detail: Some(("the ledger names every service".into(), by("Priya"))),
        drivers: vec![("SEATS".into(), true)],
        measured_by: Some(by("Priya")),
        rated_by: Some(by("Priya")),
        rates: vec![Rate { currency: "USD".into(), says: Some("USD 1.07, Larkfield treasury".into()) }],
        unmapped: (0, 0),
        rejects: Vec::new(),
        run: Run::Current,
        run_by: Some(by("Priya")),
        figures: Some(Figures {
            ledger: 756_324_811,
            allocated: 696_145_211,
            unallocated: 60_179_600,
            off: 0,
        }),
        variances: Some(Explained { needed: 4, confirmed: 4, open: Vec::new() }),
        variances_block: true,
        signature: Signature::Valid(by("Tomás")),
        people: signed_by(&["Henrik", "Tomás"]),
        closed: None,
        statements: (0, 0),
        stale_drafts: false,
    }
}

fn open_of(evidence: &Evidence) -> Vec<usize> {
    let steps = steps(evidence);
    open(&steps).iter().map(|step| step.number).collect()
}

#[test]
fn there_are_eleven_steps_and_nothing_is_in_the_way_of_a_period_that_is_ready() {
    let steps = steps(&ready());
    let names: Vec<_> = steps.iter().map(|step| (step.number, step.name)).collect();
    let expected = [
        (1, "ledger"),
        (2, "detail"),
        (3, "usage"),
        (4, "rates"),
        (5, "mapped"),
        (6, "run"),
        (7, "ties"),
        (8, "variances explained"),
        (9, "second review"),
        (10, "closed"),
        (11, "issued"),
    ];
    assert_eq!(names, expected);
    assert!(open(&steps).is_empty());
    let waiting: Vec<_> = steps.iter().filter(|step| !step.satisfied).map(|step| step.number).collect();
    assert_eq!(waiting, [10, 11], "the close itself and what comes after it");
    assert!(steps[6].evidence.ends_with("difference €0.00."), "{}", steps[6].evidence);
}

#[test]
fn a_bill_that_no_ledger_has_is_said_to_stand_as_its_own_source() {
    let alone = Evidence { bills: vec![bill(0, true)], ..ready() };
    let detail = &steps(&alone)[1];
    assert_eq!(detail.evidence, "No ledger of AWS: its bill stands as its own source.");
}

type Change = fn(&mut Evidence);

/// `screens.md` S12, the table of steps: each row broken in every way it can be.
const BROKEN: &[(Change, usize, &str)] = &[
    (|e| e.batches.clear(), 1, "No ledger batch is written."),
    (|e| e.batches[0].controlled = false, 1, "B-0231 written without a control total."),
    (|e| e.bills = vec![bill(4_50, false)], 2, "AWS leaves €4.50 unexplained."),
    (|e| e.no_detail = None, 2, "No detail is reconciled, and nobody said that there is none."),
    (|e| e.drivers.push(("GB".into(), false)), 3, "No quantity of GB."),
    (|e| e.rates[0].says = None, 4, "No rate with a source for USD."),
    (|e| e.unmapped = (2, 1_50), 5, "2 lines without pool, €1.50."),
    (|e| e.run = Run::Missing, 6, "Nothing is allocated."),
    (|e| e.run = Run::Stale, 6, "Something the run started from changed after it."),
    (|e| e.figures = None, 7, "Nothing is allocated."),
    (
        |e| e.figures = Some(Figures { ledger: 3, allocated: 1, unallocated: 1, off: 0 }),
        7,
        "Ledger €0.03, allocated €0.01, unallocated €0.01: difference €0.01.",
    ),
    (
        |e| e.figures = Some(Figures { ledger: 3, allocated: 2, unallocated: 1, off: 2 }),
        7,
        "Ledger €0.03, allocated €0.02, unallocated €0.01: difference €0.00. \
         2 pools or services pass on another amount than they have.",
    ),
    (|e| e.signature = Signature::None, 9, "Waits for Henrik or Tomás."),
    (
        |e| e.signature = Signature::Void(by("Tomás")),
        9,
        "Tomás signed, then something changed: it waits again for Henrik or Tomás.",
    ),
];

#[test]
fn each_step_is_open_for_its_own_reason_and_says_what_to_do() {
    for (change, number, says) in BROKEN {
        let mut evidence = ready();
        change(&mut evidence);
        assert_eq!(open_of(&evidence), [*number], "{says}");
        let step = steps(&evidence).swap_remove(number - 1);
        assert_eq!(step.evidence, *says);
        assert!(!step.next.is_empty(), "{} says what to do", step.name);
    }
}

/// `domain.md` §6: the close is signed by another finance manager or an executive, never by who prepared it.
#[test]
fn the_second_review_names_who_may_sign_or_says_that_nobody_can() {
    for (names, says, next) in [
        (&["Tomás"][..], "Waits for Tomás.", "Tomás: quarterdeck period sign 2026-09"),
        (&["Henrik", "Tomás"], "Waits for Henrik or Tomás.", "one of them: quarterdeck period sign 2026-09"),
        (
            &["Ana", "Ben", "Cleo", "Dan"],
            "Waits for Ana, Ben, Cleo or Dan.",
            "one of them: quarterdeck period sign 2026-09",
        ),
        (
            &["Ana", "Ben", "Cleo", "Dan", "Eva"],
            "Waits for Ana, Ben, Cleo or one of 2 others.",
            "one of them: quarterdeck period sign 2026-09",
        ),
        (
            &[],
            "Nobody can sign it. An administrator gives somebody who took no part the role finance manager or \
             executive; an executive confirms it.",
            "quarterdeck grant add --username USERNAME --role ROLE --scope organisation",
        ),
    ] {
        let evidence = Evidence { signature: Signature::None, people: signed_by(names), ..ready() };
        let ninth = steps(&evidence).swap_remove(8);
        assert_eq!((ninth.evidence.as_str(), ninth.next.as_str()), (says, next));
    }
}

#[test]
fn rejected_lines_are_in_the_way_until_an_exception_names_them() {
    let rejects = |excepted: Option<&str>| {
        let (batch, about) = ("B-0231".into(), "4 lines, €7.00".into());
        vec![Rejects { batch, about, excepted: excepted.map(str::to_owned) }]
    };
    let open = Evidence { rejects: rejects(None), ..ready() };
    assert_eq!(open_of(&open), [5]);
    let excepted =
        Evidence { rejects: rejects(Some("€7.00: two cost centres that are no more")), ..ready() };
    assert!(open_of(&excepted).is_empty());
    assert_eq!(
        steps(&excepted)[4].evidence,
        "Every cost line has its pool; B-0231 left out: 4 lines, €7.00, €7.00: two cost centres that are no more."
    );
}

/// `cli.md`: “8 variances explained 3 of 4 (Cloud +€83,919 has no cause)”.
#[test]
fn variances_without_a_cause_block_only_where_the_policy_says_so() {
    let open = |proposed: bool| Explained {
        needed: 4,
        confirmed: 3,
        open: vec![(
            "CLOUD".into(),
            "Cloud".into(),
            8_391_900,
            proposed.then(|| PersonId::new(Default::default())),
        )],
    };
    for (blocks, expected) in [(true, vec![8]), (false, vec![])] {
        let evidence = Evidence { variances: Some(open(false)), variances_block: blocks, ..ready() };
        assert_eq!(open_of(&evidence), expected);
        let eighth = &steps(&evidence)[7];
        assert_eq!(eighth.evidence, "3 of 4 (Cloud +€83,919.00 has no cause).");
        assert_eq!(eighth.next, "quarterdeck variance explain 2026-09 cloud");
    }
    let evidence = Evidence { variances: Some(open(true)), ..ready() };
    assert_eq!(steps(&evidence)[7].evidence, "3 of 4 (Cloud +€83,919.00 is not confirmed).");
    let without = Evidence { variances: None, ..ready() };
    assert!(open_of(&without).is_empty());
}

#[test]
fn a_closed_period_has_its_tenth_step_and_with_all_statements_its_eleventh() {
    for (state, statements, done) in [
        (PeriodState::SoftClosed, (0, 0), [true, false]),
        (PeriodState::SoftClosed, (5, 6), [true, false]),
        (PeriodState::SoftClosed, (6, 6), [true, true]),
        (PeriodState::Closed, (6, 6), [true, true]),
    ] {
        let steps = steps(&Evidence { state, statements, run: Run::Final, ..ready() });
        assert_eq!([steps[9].satisfied, steps[10].satisfied], done, "{state:?} {statements:?}");
    }
}
