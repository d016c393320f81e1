//! The close of a month (screens.md S12).

use parts::{
    Fact, Figure, HeadAction, Markup, PageHead, PostAction, Shape, State, Step, Thing, Tone, banner, facts,
    html, steps,
};

use super::house::{eur, shell};

fn step(name: &str, needs: &str, state: State, evidence: Markup, who: &str, when: &str) -> Step {
    Step {
        name: name.into(),
        href: "/money/close/2026-09/step".into(),
        needs: needs.into(),
        state: Some(state),
        blocking: true,
        who: who.into(),
        when: when.into(),
        evidence: Some(evidence),
        action: None,
        current: false,
    }
}

fn all() -> Vec<Step> {
    let done = || State::of(Thing::Action, "Done");
    let sum = |text: &str| Figure::sum(eur(text), "amount", "/ledger?period=2026-09").spoken();
    let variances = Step {
        action: Some(HeadAction::link("Confirm causes", "/variances").primary()),
        current: true,
        ..step(
            "Variances",
            "each above €20,000 and 2 % has a confirmed cause",
            State::new("1 without cause", Tone::Warn, Shape::Triangle),
            html! { (Figure::count(5, "/variances")) " of 6 confirmed" },
            "Tomás Abara",
            "",
        )
    };
    let signed = Step {
        action: Some(HeadAction::post("Sign", PostAction::new("/sign", "token"))),
        ..step(
            "Signed",
            "by another person; any later change cancels it",
            State::of(Thing::Action, "To do"),
            html! {},
            "F or X, not the preparer",
            "",
        )
    };
    let issued = Step {
        blocking: false,
        ..step(
            "Issued",
            "needs step 10",
            State::of(Thing::Action, "To do"),
            html! { (Figure::count(6, "/money/statements?state=draft")) " statements drafted" },
            "",
            "",
        )
    };
    vec![
        step(
            "Ledger",
            "at least one written batch; its total is the control total",
            done(),
            html! { (sum("7563248.11")) " in " (Figure::count(8_412, "/ledger?period=2026-09")) " lines" },
            "Priya Venkataraman",
            "2 Oct 2026 08:40",
        ),
        step(
            "Detail",
            "each bill reconciled to its accounts, the difference named",
            done(),
            html! { "1 bill, difference " (sum("0.00")) },
            "Priya Venkataraman",
            "2 Oct 2026 08:52",
        ),
        step(
            "Usage",
            "every driver an active rule uses has a quantity",
            done(),
            html! { (Figure::count(9, "/drivers")) " of 9 drivers" },
            "Priya Venkataraman",
            "2 Oct 2026 08:55",
        ),
        step(
            "Rates",
            "every currency has rate, source, date",
            done(),
            html! { "USD, month average, ECB" },
            "Priya Venkataraman",
            "2 Oct 2026 08:55",
        ),
        step(
            "Mapped",
            "no line without pool, no open reject",
            done(),
            html! { (Figure::count(0, "/ledger?pool=none").spoken()) " lines without pool" },
            "Priya Venkataraman",
            "2 Oct 2026 09:01",
        ),
        step(
            "Run",
            "newer than every input",
            done(),
            html! { "run 4, 09:08" },
            "Priya Venkataraman",
            "2 Oct 2026 09:08",
        ),
        step(
            "Ties",
            "ledger = allocated + named unallocated",
            done(),
            html! { "difference " (sum("0.00")) },
            "Quarterdeck",
            "2 Oct 2026 09:08",
        ),
        variances,
        signed,
        step(
            "Closed",
            "needs the blocking steps",
            State::of(Thing::Action, "To do"),
            html! {},
            "Priya Venkataraman",
            "",
        ),
        issued,
    ]
}

/// The page.
pub fn page() -> Markup {
    let fact = |label: &str, text: &str, href: &str| {
        Fact::new(label, Figure::sum(eur(text), "amount", href).spoken())
    };
    let head = PageHead::new("Can September 2026 be closed?")
        .crumb("Money", "/money")
        .crumb("Close", "/money/close")
        .here("Sep 2026")
        .state(State::of(Thing::Period, "in_review"))
        .action(HeadAction::link("Import", "/imports/new"))
        .action(HeadAction::post("Run allocation", PostAction::new("/run", "token")))
        .answer(html! { "Not yet: one variance has no cause, and a second person must sign." });
    let body = html! {
        (banner(Tone::Warn, None, html! { "Two people can sign: Tomás Abara and Ingrid Solheim. " a href="/remind" { "Remind them" } }))
        (steps("Steps of the close of September 2026", &all()))
        (facts(&[
            fact("Ledger", "7563248.11", "/ledger?period=2026-09").note(html! { "cost accounts" }),
            fact("Allocated", "7541330.06", "/allocations").note(html! { "to services and customers" }),
            fact("Named unallocated", "21918.05", "/unallocated").note(html! { "unused capacity" }),
            fact("Difference", "0.00", "/tie").note(html! { (State::new("It ties", Tone::Ok, Shape::Check).inline()) }),
        ]))
    };
    parts::page(&shell("Priya Venkataraman", "/money/close/2026-09"), head, body)
}
