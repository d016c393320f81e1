//! The picture `service-4g.png`.

use kernel::listing::Value;
use parts::{
    Figure, HeadAction, HistRow, Judged, Markup, PageHead, PromiseRow, Reached, Render, Scale, Shape,
    SpineStep, State, Tab, Thing, Tone, changed, hist_rows, html, lines, promise_rows, spine, summary_list,
    tabs,
};

use super::house::{decimal, eur, shell};

fn thousands(text: &str) -> Figure {
    Figure::sum(eur(text), "amount", "/ledger?service=4G").scale(Scale::Thousands)
}

fn life() -> Markup {
    let (past, now, future) = (Reached::Past, Reached::Now, Reached::Future);
    let link = |label: &str| html! { a href={ "/decisions/" (label) } { (label) } };
    spine(
        &[
            SpineStep::new("Requirements", "Oct 2024", past),
            SpineStep::new("Defined", "Dec 2024", past),
            SpineStep::new("Analysed", "Apr 2025", past),
            SpineStep::new("Approved", "12 Jun 2025", past).note(link("DEC-07")),
            SpineStep::new("Chartered", "Jul 2025", past).note(link("CH-03")),
            SpineStep::new("Designed", "Aug 2025", past),
            SpineStep::new("Developed", "Nov 2025", past),
            SpineStep::new("Built", "Jan 2026", now).note(html! { "now in test" }),
            SpineStep::new("Tested", "30 Nov 2026", future).note(html! { "gate" }),
            SpineStep::new("Released", "Feb 2027", future).note(html! { "planned" }),
            SpineStep::new("Operational", "Mar 2027", future).note(html! { "was Jan 2027" }),
            SpineStep::new("Retiring", "", future),
            SpineStep::new("Retired", "", future),
        ],
        Some(
            html! { "Next: " b { "Tested" } ". Missing: the " a href="/gates/1" { "test exit gate" } ", due 30 Nov 2026. Nothing else." },
        ),
    )
}

fn promise(name: &str, unit: &str, figures: [&str; 3], basis: &str, said: &str, judged: &str) -> PromiseRow {
    PromiseRow {
        name: name.into(),
        href: "/promises/1".into(),
        unit: unit.into(),
        promised: thousands(figures[0]).render(),
        now: Some(thousands(figures[1]).render()),
        basis: basis.into(),
        difference: Some(thousands(figures[2]).judged(Judged::Adverse).render()),
        said: said.into(),
        judged: judged.into(),
        service: None,
    }
}

fn promises() -> Markup {
    let month = |words: &str| Figure::field(words, "launch", "/promises/1").render();
    let launch = PromiseRow {
        promised: month("Jan 2027"),
        now: Some(month("Mar 2027")),
        difference: Some(
            Figure::field(2, "slip", "/promises/1").after(" months").judged(Judged::Adverse).render(),
        ),
        ..promise("Launch", "month", ["0.00"; 3], "expected", "late", "Watch")
    };
    let takers = PromiseRow {
        promised: Figure::field(1_194_416, "adopters", "/promises/7").render(),
        now: None,
        difference: None,
        ..promise("People who take it up", "likely adopters", ["0.00"; 3], "starts at launch", "", "Not due")
    };
    promise_rows(
        "Promised against actual",
        Some(
            html! { "Promised in " a href="/cases/4G" { "case 1.0" } ", frozen 12 Jun 2025. Held against the ledger until the service is retired." },
        ),
        &[
            launch,
            promise(
                "Project and running cost",
                "FY26, €k",
                ["7000000.00", "7153863.51", "153863.51"],
                "actual",
                "+2.2 %, adverse",
                "Watch",
            ),
            promise(
                "New revenue",
                "FY27, €k",
                ["6100000.00", "5083000.00", "-1017000.00"],
                "expected",
                "−16.7 %, adverse",
                "Off track",
            ),
            promise(
                "3G cost avoided",
                "FY28, €k",
                ["700000.00", "583000.00", "-117000.00"],
                "expected",
                "−16.7 %, adverse",
                "Off track",
            ),
            promise(
                "Net present value",
                "FY26–FY31, €k, 9 %",
                ["14172000.00", "11309000.00", "-2863000.00"],
                "expected",
                "−20.2 %, adverse",
                "Off track",
            ),
            takers,
        ],
        html! {
            "Watch: worse by 2 % or 1 month. Off track: worse by 10 % or 3 months. Expected figures: the frozen case run "
            "again with the actual FY26 cost and the new launch month."
        },
    )
}

fn what_for() -> Markup {
    let link = |label: &str| html! { a href="/x" { (label) } };
    let weight = |label: &str, n: i64| html! { (link(label)) " " (Figure::field(n, "weight", "/strategy")) };
    html! {
        section {
            h2 { "What it is for" }
            p .lead { "“Film, maps and calls that do not stop, wherever I am in Valdoria, for what I pay for 3G today.”" }
            p .unit-line { "Value statement, agreed with Consumer Retail and Business Sales, Dec 2024" }
            (summary_list(&[
                ("Service owner", link("Rafael Pinto")),
                ("Relationship", lines(&[link("Daniel Osei"), link("Marta Kowalczyk")])),
                ("Customers", lines(&[link("Consumer Retail"), link("Business Sales")])),
                ("Replaces", link("3G Mobile Internet")),
                ("Objectives", lines(&[weight("Carry the brand", 3), weight("Answer competitors", 3), weight("Return on IT", 2)])),
                ("Value", html! { (Figure::field(Value::Decimal(decimal("4.8")), "value", "/scores")) " of 5" }),
                ("Risk", html! {
                    (Figure::field(Value::Decimal(decimal("2.9")), "risk", "/risks")) " of 5, "
                    (State::new("inside 3.5", Tone::Ok, Shape::Full).inline())
                }),
                ("Cost FY26", html! {
                    (Figure::sum(eur("7153863.51"), "amount", "/ledger?service=4G").spoken().scale(Scale::Whole))
                    span .below { "kept central, not charged" }
                }),
            ]))
        }
    }
}

fn past() -> Markup {
    let event = |when: &str, what: Markup, why: &str, who: &str| HistRow {
        when: when.into(),
        iso: String::new(),
        what,
        why: why.into(),
        who: who.into(),
    };
    html! {
        section {
            h2 { "History" }
            (hist_rows(&[
                event("1 Oct 2026 09:30", changed("Launch month", "Jan 2027", "Mar 2027"), "second radio test run", "Rafael Pinto"),
                event("14 Sep 2026 16:12", changed("Test exit gate", "30 Sep", "30 Nov 2026"), "", "Rafael Pinto"),
                event("30 Jan 2026 10:05", changed("State", "Developed", "Built"), "", "Service Design"),
            ], false))
            p .after-table { a href="/services/4G/history" { "All 58 changes" } }
        }
    }
}

/// The page.
pub fn page() -> Markup {
    let money =
        |text: &str, scale| Figure::sum(eur(text), "amount", "/ledger?service=4G").spoken().scale(scale);
    let head = PageHead::new("4G Mobile Internet")
        .crumb("Portfolio", "/portfolio")
        .crumb("Services", "/services")
        .here("SVC-4G")
        .state(State::of(Thing::Service, "built").toned(Tone::Info))
        .beside("in test, launch planned Mar 2027")
        .action(HeadAction::link("Follow", "/follow"))
        .action(HeadAction::link("Compare", "/compare"))
        .action(HeadAction::link("Report a gate", "/gates/new").primary())
        .answer(html! {
            "Launch is " (Figure::field(2, "slip", "/promises/1").saying("two months")) " late and FY26 cost "
            (money("153863.51", Scale::Thousands)) " more than promised. Together they take "
            (money("2863000.00", Scale::Millions(1))) " off the " (money("14172000.00", Scale::Millions(1))) "."
        });
    let tab = |label: &str, current| Tab::new(label, "/services/4G", current);
    let body = html! {
        (life())
        div .two .side { (promises()) (what_for()) }
        (tabs("Views of 4G Mobile Internet", &[
            tab("Overview", true), tab("Value & case", false), tab("Money", false), tab("Customers & demand", false),
            tab("Risks", false).count(4), tab("Requirements", false).count(3), tab("Charter", false), tab("History", false).count(58),
        ]))
        (past())
    };
    parts::page(&shell("Tomás Abara, CIO", "/services/4G"), head, body)
}
