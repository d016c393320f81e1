//! The picture `home-cio.png`.

use kernel::listing::Value;
use parts::{
    Cell, Fact, Figure, Head, HeadAction, HistRow, Judged, Markup, PageHead, PostAction, Render, Scale,
    Shape, SimpleTable, State, Thing, TodoGroup, TodoRow, Tone, facts, hist_rows, html, shape, state, titled,
    todo_list,
};

use super::house::{decimal, eur, shell};

fn row(verb: &str, object: &str, context: Markup, due: &str, note: &str) -> TodoRow {
    TodoRow {
        verb: verb.into(),
        object: object.into(),
        href: "/todo/1".into(),
        context: Some(context),
        due: due.into(),
        due_note: Some(html! { (note) }),
        ..TodoRow::default()
    }
}

fn staked(row: TodoRow, stake: Figure, note: &str, button: &str, link: &str) -> TodoRow {
    TodoRow {
        stake: Some(stake.render()),
        stake_note: note.into(),
        action: Some(HeadAction::link(button, "/todo/1")),
        link: Some((link.into(), "/todo/1/later".into())),
        ..row
    }
}

fn money(text: &str, scale: Scale) -> Figure {
    Figure::sum(eur(text), "amount", "/ledger").spoken().scale(scale)
}

fn score(text: &str) -> Figure {
    Figure::field(Value::Decimal(decimal(text)), "score", "/services/HOME4G")
}

fn todos() -> Vec<TodoGroup> {
    let millions = Scale::Millions(2);
    let mut remind = staked(
        row(
            "Remind",
            "Service Design about the eSIM charter",
            html! { "Version 2 went out on 23 Sep; not acknowledged for 9 days" },
            "Wed 30 Sep",
            "",
        ),
        money("413939.00", Scale::Whole).judged(Judged::Adverse),
        "contractors, adverse",
        "Send reminder",
        "Snooze",
    );
    remind.due_note = Some(State::new("2 days late", Tone::Bad, Shape::Diamond).inline());
    remind.action =
        Some(HeadAction::post("Send reminder", PostAction::new("/todo/1/remind", "token")).primary());
    remind.focused = true;
    let late = vec![
        remind,
        staked(
            row(
                "Confirm",
                "why Cloud is over plan",
                html! { "Proposed: 4G test environment ran at weekends. The close waits" },
                "Mon 5 Oct",
                "in 3 days",
            ),
            money("660856.00", Scale::Whole).judged(Judged::Adverse),
            "+11.0 %, adverse",
            "Confirm cause",
            "Change",
        ),
    ];
    let context = html! {
        "Her score for us fell " (score("0.72")) " to " (score("5.88")) "; we had given ourselves " (score("7.00"))
    };
    let board = vec![
        staked(
            row("Answer", "Elif Demir, Customer Care", context, "Wed 7 Oct", "in 5 days"),
            money("7899925.00", Scale::Whole),
            "charged in FY26",
            "Write reply",
            "Assign",
        ),
        staked(
            row(
                "Accept",
                "a new launch month for 4G Mobile Internet",
                html! { "Jan 2027 → Mar 2027. Each month late takes " (money("1350000.00", millions)) " off its NPV" },
                "Fri 9 Oct",
                "in 7 days",
            ),
            money("-2709000.00", millions).judged(Judged::Adverse),
            "NPV, adverse",
            "Accept date",
            "Ask owner",
        ),
        staked(
            row(
                "Vote",
                "on Home Broadband over 4G",
                html! { "DEC-31. Risk " (score("3.0")) ", inside our appetite of " (score("3.5")) },
                "Wed 14 Oct",
                "in 12 days",
            ),
            money("3900000.00", millions),
            "NPV",
            "Vote",
            "Open paper",
        ),
    ];
    vec![
        TodoGroup { label: "Late or due by Monday".into(), rows: late },
        TodoGroup { label: "By the board meeting, 14 October".into(), rows: board },
    ]
}

fn four() -> Markup {
    let spent = Figure::sum(eur("256726.00"), "variance", "/budget").spoken().scale(Scale::Whole);
    facts(&[
        Fact::new("Value waiting for a decision", money("3900000.00", Scale::Millions(2)))
            .note(html! { "NPV of DEC-31. DEC-32 has no case inside our appetite" }),
        Fact::new("Spend against plan, FY26", spent.judged(Judged::Adverse)).note(html! {
            "+0.3 %, adverse: " (Figure::sum(eur("89256726.00"), "amount", "/ledger").scale(Scale::Whole)) " spent, "
            (Figure::sum(eur("89000000.00"), "amount", "/budget").scale(Scale::Whole)) " planned"
        }),
        Fact::new("Risks over appetite", Figure::count(2, "/risks?over=yes").after(" of 17"))
            .note(html! { "Wallet fraud 4 × 4, Machine Connectivity on 3G 4 × 5" }),
        Fact::new("How customers see us", score("6.80").after(" of 10")).note(html! {
            (shape(Shape::TriangleDown)) " "
            (Figure::field(Value::Decimal(decimal("-0.10")), "change", "/pulse").signed()) " on last quarter, worse. "
            (Figure::count(35, "/answers")) " answers, 4 more too few to show"
        }),
    ])
}

fn changes() -> Markup {
    let event = |when: &str, what: Markup, who: &str| HistRow {
        when: when.into(),
        iso: "2026-10-02T09:12:00Z".into(),
        what,
        why: String::new(),
        who: who.into(),
    };
    html! {
        section {
            h2 { "Changed since you last looked" }
            p .unit-line { "Wednesday 30 September, 17:40. Three changes." }
            (hist_rows(&[
                event("Today 09:12", html! {
                    a href="/close" { "September close" } " step 7 → 8 of 11, difference "
                    (Figure::sum(eur("0.00"), "amount", "/ledger").spoken())
                }, "Priya Venkataraman"),
                event("Today 08:40", html! {
                    a href="/imports/B-0231" { "Import B-0231" } ": " (Figure::count(8391, "/rows?is=new")) " new, "
                    (Figure::count(14, "/rows?is=known")) " known, " (Figure::count(3, "/rows?is=changed")) " changed, "
                    (Figure::count(4, "/rows?is=rejected")) " rejected"
                }, "Priya Venkataraman"),
                event("Thu 1 Oct 17:00", html! {
                    a href="/cases/HOME4G" { "Case HOME4G 1.2" } " frozen for the board: NPV "
                    (money("3900000.00", Scale::Millions(2)))
                }, "Rafael Pinto"),
            ], true))
        }
    }
}

fn pipeline() -> Markup {
    let heads = vec![
        Head::words("Service"),
        Head::words("Promised"),
        Head::words("Now"),
        Head::figures("Slip, months"),
    ];
    let slip = |n: i64| {
        Cell::figure(Figure::field(n, "slip", "/services/4G").judged(Judged::Adverse)).below(html! { "late" })
    };
    titled(
        &SimpleTable {
            unit: Some(html! { "Six services in the pipeline; two have a date." }),
            ..SimpleTable::new("When the pipeline is ready", heads)
        }
        .row(vec![
            Cell::link("4G Mobile Internet", "/services/4G").below(state(Thing::Service, "built")),
            "Jan 2027".into(),
            "Mar 2027".into(),
            slip(2),
        ])
        .row(vec![
            Cell::link("eSIM Activation", "/services/ESIM").below(state(Thing::Service, "chartered")),
            "Dec 2026".into(),
            "May 2027".into(),
            slip(5),
        ])
        .row(vec![
            Cell::link("Mobile Wallet", "/services/WALLET"),
            state(Thing::Service, "approved").into(),
            "condition not met".into(),
            Cell::blank(),
        ]),
    )
}

/// The page.
pub fn page() -> Markup {
    let head = PageHead::new("What needs me today?")
        .here("Home")
        .answer(html! { "Friday 2 October 2026. One thing is late, one holds up the September close, and two go to the board on 14 October." })
        .action(HeadAction::post("Mark all seen", PostAction::new("/seen", "token")));
    let body = html! {
        (todo_list(&todos(), true))
        (four())
        div .two .wide-first { (changes()) (pipeline()) }
    };
    parts::page(&shell("Tomás Abara, CIO", "/"), head, body)
}
