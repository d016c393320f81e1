//! The picture `statement-trace.png`.

use kernel::listing::Value;
use parts::{
    BarChart, BridgePart, Caption, Cell, Figure, Format, Head, HeadAction, Markup, Operand, PageHead, Point,
    Render, Row, Scale, Shape, SimpleTable, State, Thing, Tone, Trace, TraceStep, bridge, html, shape, state,
    titled,
};

use super::house::{decimal, eur, shell};

fn sum(text: &str, href: &str) -> Figure {
    Figure::sum(eur(text), "amount", href)
}

fn parts_of_change() -> Markup {
    bridge(
        &BridgePart::new("August", sum("1488678.48", "/statements/STM-0231"), html! { "issued 4 Sep" }),
        &[
            BridgePart::new("Volume", sum("4251.36", "#lines"), html! { "more was used" }),
            BridgePart::new("Cost", sum("32912.22", "#lines"), html! { "what a unit cost us" }),
            BridgePart::new("Price", sum("0.00", "#lines"), html! { "no price changed" }),
            BridgePart::new("New", sum("2312.64", "#lines"), html! { "1 line ordered" }),
        ],
        &BridgePart::new(
            "September",
            sum("1528154.70", "#lines"),
            html! { (shape(Shape::Triangle)) " +39,476.22 in all" },
        ),
    )
}

/// Service, quantity, unit, unit price, amount, change, volume, cost, comment.
type Line = (
    &'static str,
    i64,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const LINES: &[Line] = &[
    (
        "3G Mobile Internet",
        482_310,
        "subscribers",
        "0.5706",
        "275206.09",
        "6981.69",
        "663.43",
        "6318.26",
        "Calendar",
    ),
    (
        "Machine Connectivity",
        152_600,
        "machines",
        "1.7105",
        "261022.30",
        "6773.10",
        "1508.40",
        "5264.70",
        "900 more machines",
    ),
    (
        "Enterprise Mobile Fleet",
        96_400,
        "devices",
        "2.6949",
        "259788.36",
        "5964.36",
        "1057.60",
        "4906.76",
        "400 more devices",
    ),
    (
        "International Roaming",
        61_450,
        "GB abroad",
        "1.3350",
        "82035.75",
        "1644.83",
        "-3455.52",
        "5100.35",
        "Fewer trips, fixed cost",
    ),
    (
        "Customer Care Desktop",
        122,
        "seats",
        "386.9211",
        "47204.37",
        "1230.20",
        "0.00",
        "1230.20",
        "Calendar, same seats",
    ),
    (
        "Workplace & Collaboration",
        577,
        "people",
        "80.1670",
        "46256.36",
        "1039.18",
        "0.00",
        "1039.18",
        "Calendar, same people",
    ),
    (
        "Voicemail & Messaging",
        88_000,
        "mailboxes",
        "0.1898",
        "16702.40",
        "348.40",
        "-74.00",
        "422.40",
        "400 fewer mailboxes",
    ),
];

fn line(line: &Line) -> Vec<Cell> {
    let (name, quantity, unit, price, amount, change, volume, cost, comment) = line;
    let part = |text: &str| Cell::figure(sum(text, "/trace").signed());
    vec![
        Cell::link(*name, "/services/CARE"),
        Figure::field(*quantity, "quantity", "/agreements/1").into(),
        html! { span .note { (unit) } }.into(),
        Figure::field(Value::Decimal(decimal(price)), "unit_price", "/trace").decimals(4).into(),
        sum(amount, "?trace=CARE#trace").strong().into(),
        part(change),
        part(volume),
        part(cost),
        html! { span .note { (comment) } }.into(),
    ]
}

fn lines() -> Markup {
    let heads = vec![
        Head::words("Service"),
        Head::figures("Quantity"),
        Head::words("Unit"),
        Head::figures("Unit price"),
        Head::figures("Amount"),
        Head::figures("On August"),
        Head::figures("Volume"),
        Head::figures("Cost"),
        Head::words("Comment"),
    ];
    let unit = html! {
        "€. Charged at cost: amount ÷ quantity = unit price, ≈ four decimals. Comment by Priya Venkataraman: "
        "September had 22 working days, August 21."
    };
    let mut table = SimpleTable { unit: Some(unit), ..SimpleTable::new("Line by line", heads) };
    for row in LINES {
        table = match row.0 {
            "Customer Care Desktop" => table.push(Row::Chosen(line(row))).push(Row::Panel(trace().render())),
            _ => table.row(line(row)),
        };
    }
    let total = |text: &str| Cell::figure(sum(text, "#lines").signed());
    titled(&table.total(vec![
        "13 lines".into(),
        "".into(),
        "".into(),
        "".into(),
        sum("1528154.70", "#lines").into(),
        total("39476.22"),
        total("4251.36"),
        total("32912.22"),
        html! { span .note { "New " } (sum("2312.64", "#lines").signed()) }.into(),
    ]))
}

fn seats(n: i64) -> Figure {
    Figure::field(n, "quantity", "/drivers/seats")
}

fn share() -> Figure {
    let of = |n: i64| Operand::field(n, "quantity", "/drivers/seats");
    Figure::ratio(Value::Decimal(decimal("0.089904")), of(122), of(1_357), "/drivers/seats")
        .saying("122 / 1,357")
}

fn trace() -> Trace {
    let pools = [
        ("Internal labour", 96, "241317.06", "21695.42"),
        ("Software", 31, "118402.55", "10644.89"),
        ("Outside services", 22, "61250.00", "5506.63"),
        ("Cloud", 27, "44081.28", "3963.09"),
        ("Hardware", 18, "31006.40", "2787.61"),
        ("Facilities & power", 12, "20114.90", "1808.41"),
        ("Other", 8, "8879.70", "798.32"),
    ];
    let heads = vec![
        Head::words("Cost pool"),
        Head::figures("Lines"),
        Head::figures("September"),
        Head::figures("Their 122 / 1,357"),
    ];
    let mut rows = SimpleTable::new("Cost pools of Customer Care Desktop", heads).caption_hidden().dense();
    for (pool, lines, amount, part) in pools {
        rows = rows.row(vec![
            pool.into(),
            Figure::count(lines, "/ledger").into(),
            sum(amount, "/ledger").into(),
            sum(part, "/allocations").into(),
        ]);
    }
    rows = rows.total(vec![
        "Customer Care Desktop".into(),
        Figure::count(214, "/ledger").into(),
        sum("525051.89", "/ledger").into(),
        sum("47204.37", "/allocations").into(),
    ]);
    Trace {
        title: "Where €47,204.37 comes from".into(),
        sentence: Some(html! {
            (sum("47204.37", "/allocations").spoken()) " = " (share()) " of " (sum("525051.89", "/ledger").spoken())
            ", because Business Sales has " (seats(122)) " of " (seats(1_357)) " seats."
        }),
        steps: vec![
            TraceStep::new(
                "Ledger lines",
                Figure::count(214, "/ledger").render(),
                vec![html! { "7 cost pools, €525,051.89" }, html! { "import B-0229, B-0231" }],
            ),
            TraceStep::new(
                "Rule",
                html! { a .num href="/rules/R-14" { "R-14" } },
                vec![html! { "share by seats" }, html! { "version 3, since Oct 2025" }],
            ),
            TraceStep::new(
                "Driver",
                seats(1_357).after(" seats").render(),
                vec![html! { "counted 30 Sep 2026" }, html! { "HR headcount, import B-0230" }],
            ),
            TraceStep::new(
                "Share",
                share().render(),
                vec![html! { "8.9904 %" }, html! { "122 seats are theirs" }],
            ),
            TraceStep::new(
                "Amount",
                sum("47204.37", "/allocations").spoken().render(),
                vec![html! { "exact 47,204.37036" }, html! { "largest remainder per pool" }],
            ),
        ],
        rows: Some(rows),
        verdicts: vec![
            (
                State::new("It ties.", Tone::Ok, Shape::Check),
                html! {
                    "All customers’ shares add up to " (sum("525051.89", "/allocations").spoken()) "; difference "
                    (sum("0.00", "/allocations").spoken()) "."
                },
            ),
            (
                State::new("It may change.", Tone::Warn, Shape::Triangle),
                html! {
                    "The seat count of August is disputed. If upheld, IT bears it; only a decision could pass "
                    (sum("2575.99", "/disputes/DSP-7").spoken()) " on to this customer, as a correction in October."
                },
            ),
        ],
        note: Some(html! { "The customer sees this panel without pools, ledger lines and disputes." }),
        export: Some("/trace/1.csv".into()),
        address: Some("?trace=CARE".into()),
        close: Some("?".into()),
    }
}

fn year() -> Markup {
    let months = [
        ("Oct", "1490000.00"),
        ("Nov", "1510000.00"),
        ("Dec", "1550000.00"),
        ("Jan", "1460000.00"),
        ("Feb", "1460000.00"),
        ("Mar", "1500000.00"),
        ("Apr", "1510000.00"),
        ("May", "1500000.00"),
        ("Jun", "1567883.86"),
        ("Jul", "1486670.70"),
        ("Aug", "1488678.48"),
        ("Sep", "1528154.70"),
    ];
    let format = Format { scale: Scale::Millions(2), ..Format::default() };
    BarChart {
        caption: Caption::new(
            "year",
            "€18,050,969.00 in FY26; June carried the licences",
            "Charged to Business Sales, €",
        )
        .format(format),
        names: "Month".into(),
        points: months
            .iter()
            .map(|(label, value)| Point::new(*label, eur(value)).linked("/statements"))
            .collect(),
    }
    .render()
}

fn statements() -> Markup {
    let heads = vec![Head::words("Period"), Head::figures("Amount"), Head::words("State"), Head::words("")];
    let of = |word: &str| Cell::new(state(Thing::Statement, word));
    let remind = html! { a .btn href="/statements/STM-0231/remind" { "Remind" } };
    titled(
        &SimpleTable::new("Statements of Business Sales", heads)
            .row(vec![
                "Sep 2026".into(),
                sum("1528154.70", "/statements/STM-0237").into(),
                of("draft"),
                "".into(),
            ])
            .row(vec![
                "Aug 2026".into(),
                sum("1488678.48", "/statements/STM-0231").into(),
                of("issued").below(html! { "accept by 4 Oct" }),
                remind.into(),
            ])
            .row(vec![
                "Jul 2026".into(),
                sum("1486670.70", "/statements/STM-0225").into(),
                of("accepted"),
                "5 Aug".into(),
            ])
            .row(vec![
                "Jun 2026".into(),
                sum("1567883.86", "/statements/STM-0219").into(),
                of("settled"),
                "20 Jul".into(),
            ]),
    )
}

/// The page.
pub fn page() -> Markup {
    let of = |text: &str| Operand::sum(eur(text), "amount", "/statements");
    let change =
        Figure::ratio(Value::Decimal(decimal("0.02652")), of("39476.22"), of("1488678.48"), "/statements");
    let head = PageHead::new("What is Business Sales charged for September?")
        .crumb("Money", "/money")
        .crumb("Statements", "/money/statements")
        .here("Business Sales, Sep 2026")
        .state(State::of(Thing::Statement, "draft"))
        .action(HeadAction::link("Export", "/money/statements/STM-0237.xlsx"))
        .action(HeadAction::link("See as customer", "?as=customer"))
        .answer(html! {
            (sum("1528154.70", "#lines").spoken()) " for Business Sales, up " (change)
            " on August: a unit cost more and more was used; no price changed. To be issued 6 Oct."
        });
    let body = html! {
        (parts_of_change())
        div #lines { (lines()) }
        div .two {
            (year())
            div { (statements()) p .after-table { "Relationship manager: " a href="/people/1" { "Marta Kowalczyk" } } }
        }
    };
    parts::page(&shell("Priya Venkataraman", "/money/statements/STM-0237"), head, body)
}
