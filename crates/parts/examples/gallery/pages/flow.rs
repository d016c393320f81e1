//! Charts: where money flows, two lines, sparks in a table.

use parts::chart::{Band, Column, Node};
use parts::{
    Caption, Cell, Figure, Format, Head, LineChart, Markup, PageHead, Sankey, Scale, Series, SimpleTable,
    html, spark, titled,
};

use super::house::{eur, shell};

fn column(label: &str, nodes: &[(&str, &str)]) -> Column {
    let node = |(key, name): &(&str, &str)| Node {
        key: (*key).into(),
        name: (*name).into(),
        href: Some(format!("/money/flow?node={key}")),
    };
    Column { label: label.into(), nodes: nodes.iter().map(node).collect() }
}

fn flow() -> Sankey {
    let pools = [
        ("lab", "Internal labour"),
        ("sw", "Software"),
        ("cl", "Cloud"),
        ("hw", "Hardware"),
        ("fac", "Facilities & power"),
    ];
    let services = [
        ("3g", "3G Mobile Internet"),
        ("m2m", "Machine Connectivity"),
        ("care", "Customer Care Desktop"),
        ("dwh", "Data Warehouse & Reporting"),
    ];
    let customers = [("bs", "Business Sales"), ("cr", "Consumer Retail"), ("cc", "Customer Care")];
    let flows: &[(usize, &str, &str, i64)] = &[
        (0, "lab", "3g", 900),
        (0, "lab", "m2m", 420),
        (0, "lab", "care", 241),
        (0, "lab", "dwh", 310),
        (0, "sw", "3g", 380),
        (0, "sw", "m2m", 260),
        (0, "sw", "care", 118),
        (0, "cl", "dwh", 420),
        (0, "cl", "care", 44),
        (0, "hw", "3g", 510),
        (0, "hw", "m2m", 190),
        (0, "fac", "3g", 240),
        (0, "fac", "care", 29),
        (1, "3g", "bs", 275),
        (1, "3g", "cr", 1755),
        (1, "m2m", "bs", 870),
        (1, "care", "bs", 47),
        (1, "care", "cc", 385),
        (1, "dwh", "bs", 72),
        (1, "dwh", "cr", 458),
        (1, "dwh", "cc", 200),
    ];
    let band = |(column, from, to, thousands): &(usize, &str, &str, i64)| Band {
        column: *column,
        from: (*from).into(),
        to: (*to).into(),
        value: kernel::Money::of_minor(thousands * 100_000, kernel::Currency::EUR).into(),
        href: Some(format!("/allocations?from={from}&to={to}")),
    };
    Sankey {
        caption: Caption::new("flow", "Half of what IT costs is labour and software for 3G", "Sep 2026, €")
            .format(Format { scale: Scale::Thousands, ..Format::default() }),
        columns: vec![
            column("Cost pools", &pools),
            column("Services", &services),
            column("Customers", &customers),
        ],
        bands: flows.iter().map(band).collect(),
    }
}

fn lines() -> LineChart {
    let months = ["Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep"];
    let euros = |n: i64| kernel::Money::of_minor(n * 100_000, kernel::Currency::EUR).into();
    let actual = [7210, 7290, 7480, 7320, 7350, 7410, 7440, 7490, 7820, 7430, 7480, 7563].map(euros);
    let plan = [7400, 7400, 7400, 7400, 7400, 7400, 7420, 7420, 7420, 7420, 7420, 7420].map(euros);
    LineChart {
        caption: Caption::new(
            "cost",
            "Cost rose above plan in June and stayed there",
            "Cost and plan per month, €",
        )
        .format(Format { scale: Scale::Thousands, ..Format::default() }),
        names: "Month".into(),
        labels: months.map(str::to_owned).to_vec(),
        links: Vec::new(),
        series: vec![
            Series { name: "Actual".into(), values: actual.to_vec(), dashed: false },
            Series { name: "Plan".into(), values: plan.to_vec(), dashed: true },
        ],
        from_zero: false,
    }
}

fn sparks() -> Markup {
    let heads = vec![Head::words("Service"), Head::figures("12 months"), Head::figures("Sep 2026, €")];
    let row = |name: &str, values: &[i64], last: &str| {
        let values: Vec<_> = values.iter().map(|n| (*n).into()).collect();
        vec![
            Cell::link(name, "/services/3G"),
            Cell::new(spark(&values)),
            Figure::sum(eur(last), "amount", "/ledger").into(),
        ]
    };
    titled(
        &SimpleTable::new("Cost of services", heads)
            .row(row("3G Mobile Internet", &[9, 9, 8, 9, 9, 10, 9, 9, 12, 9, 9, 10], "1030000.00"))
            .row(row("Machine Connectivity", &[4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9], "870000.00")),
    )
}

/// The page.
pub fn page() -> Markup {
    let head = PageHead::new("Where does the money go, and what drives it?")
        .crumb("Money", "/money")
        .here("Cost flow")
        .answer(
            html! { "September 2026: €4,062k over five cost pools to four services and three customers." },
        );
    let body = html! { (flow()) div .two { (lines()) (sparks()) } };
    parts::page(&shell("Priya Venkataraman", "/money/flow"), head, body)
}
