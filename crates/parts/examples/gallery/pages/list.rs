//! A list page: services with their cost.

use kernel::listing::{Asked, Column, Kind, Listing, Value};
use parts::{Choice, DayPick, Empty, FilterControl, HeadAction, ListPage, Markup, PageHead, Render, html};

use super::house::{eur, shell};

/// Key, name, state, owner, cost, customers.
type Service = (&'static str, &'static str, &'static str, &'static str, Option<&'static str>, i64);

const SERVICES: &[Service] = &[
    ("SVC-3G", "3G Mobile Internet", "operational", "Rafael Pinto", Some("12406388.20"), 5),
    ("SVC-M2M", "Machine Connectivity", "operational", "Sanna Virtanen", Some("7841200.00"), 3),
    ("SVC-4G", "4G Mobile Internet", "built", "Rafael Pinto", Some("7153863.51"), 0),
    ("SVC-FLEET", "Enterprise Mobile Fleet", "operational", "Sanna Virtanen", Some("6204118.77"), 2),
    ("SVC-VMS", "Voicemail & Messaging", "retiring", "Amara Nwosu", Some("412207.45"), 4),
    ("SVC-ESIM", "eSIM Activation", "chartered", "Amara Nwosu", None, 0),
    ("SVC-PAGER", "Paging", "retired", "before Quarterdeck", Some("0.00"), 0),
];

/// The page.
pub fn page() -> Markup {
    let columns = vec![
        Column::new("key", "Key", Kind::Code).hidden(),
        Column::new("name", "Service", Kind::Text).linked("/services/{key}"),
        Column::new("state", "State", Kind::State),
        Column::new("owner", "Owner", Kind::Text),
        Column::new("from", "First day", Kind::Date),
        Column::new("customers", "Customers", Kind::Count).linked("/agreements?service={key}").summed(),
        Column::new("cost", "Cost FY26", Kind::Money).linked("/ledger?service={key}").summed(),
        Column::new("change", "On FY25", Kind::Percent),
    ];
    let rows = SERVICES.iter().enumerate().map(|(i, (key, name, state, owner, cost, customers))| {
        let change = kernel::Decimal::new(i64::try_from(i).expect("few") * 17 - 40, 3);
        vec![
            (*key).into(),
            (*name).into(),
            (*state).into(),
            (*owner).into(),
            "2019-03-01".into(),
            (*customers).into(),
            cost.map_or(Value::Unknown, |cost| eur(cost).into()),
            Value::Decimal(change),
        ]
    });
    let asked = Asked::read([("sort", "-cost"), ("per", "50"), ("q", "")].into_iter(), &[]);
    let mut totals = vec![None; 8];
    totals[5] = Some(Value::Count(14));
    totals[6] = Some(eur("34017777.93").into());
    let listing = Listing {
        name: "service",
        caption: "Services".into(),
        columns,
        rows: rows.collect(),
        count: 64,
        totals,
        asked,
    };
    let list = ListPage::new(&listing, "/services")
        .unit("€")
        .filter(FilterControl::select(
            "state",
            "State",
            vec![Choice::new("operational", "Operational"), Choice::new("retired", "Retired")],
        ))
        .filter(FilterControl::typed("owner", "Owner"))
        .empty(
            Empty::new("No service yet.").action(HeadAction::link("Take over a service", "/services/new")),
        );
    let head = PageHead::new("Which services do we have?")
        .crumb("Portfolio", "/portfolio")
        .here("Services")
        .answer(html! { "64 services; 13 operational, 6 in the pipeline, one ends in March." })
        .action(HeadAction::link("Import", "/imports/new"))
        .action(HeadAction::link("Take over a service", "/services/new").primary());
    let mut around = shell("Tomás Abara, CIO", "/services");
    let keep = vec![("sort".into(), "-cost".into())];
    around.day = Some(DayPick { path: "/services".into(), keep, ..DayPick::default() });
    parts::page(&around, head, list.render())
}
