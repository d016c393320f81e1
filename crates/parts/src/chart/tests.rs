//! What a chart draws and what its table says are the same numbers, and a chart stays small.

use kernel::{Currency, Decimal, Money, Quantity};
use maud::Render;

use super::scale::{Scale as Pixels, px, ticks};
use super::*;
use crate::number::Scale;

fn euro(cents: i64) -> Value {
    Money::of_minor(cents, Currency::EUR).into()
}

/// The values of a figure's table, as machines read them.
fn twin_values(html: &str) -> Vec<String> {
    let table = html.split("<details").nth(1).unwrap();
    table.split("<data value=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn caption() -> Caption {
    let format = Format { scale: Scale::Millions(2), ..Format::default() };
    Caption::new("c", "June carried the licences", "Charged, €").format(format)
}

/// Charges of the picture `statement-trace.png`, in cents.
const YEAR: [i64; 12] = [
    149_000_000,
    151_000_000,
    155_000_000,
    146_000_000,
    146_000_000,
    150_000_000,
    151_000_000,
    150_000_000,
    156_788_386,
    148_667_070,
    148_867_848,
    152_815_470,
];

#[test]
fn bars_have_the_values_of_their_table_and_stand_on_zero() {
    let points = YEAR.iter().map(|cents| Point::new("m", euro(*cents)).linked("/x")).collect();
    let html = BarChart { caption: caption(), names: "Month".into(), points }.render().into_string();
    let expected: Vec<String> =
        YEAR.iter().map(|cents| format!("{}.{:02}", cents / 100, cents % 100)).collect();
    assert_eq!(twin_values(&html), expected);
    assert!(html.contains(">1.57</text>") && html.contains(">1.53</text>"), "{html}");
    // The tallest fills 128 px; September is 152,815,470 ÷ 156,788,386 of it: 124.8.
    assert!(html.contains("height=\"128\"") && html.contains("height=\"124.8\""), "{html}");
    assert!(html.len() <= 12_288, "{} bytes", html.len());
    // Drawn in millions, exact in the table: each says its own unit.
    let (drawn, table) = html.split_once("<details").unwrap();
    assert!(drawn.contains("Charged, €M<") && !table.contains("€M"), "{html}");
    assert!(table.contains("Charged, €<"), "{table}");
}

#[test]
fn a_line_leaves_a_gap_where_nothing_is_known() {
    let values = vec![euro(100), euro(200), Value::Unknown, euro(400), euro(300)];
    let line = LineChart {
        caption: Caption::new("l", "It rose", "€"),
        names: "Month".into(),
        labels: ["Jan", "Feb", "Mar", "Apr", "May"].map(str::to_owned).to_vec(),
        links: (1..=5).map(|month| format!("/m/{month}")).collect(),
        series: vec![Series { name: "Actual".into(), values, dashed: false }],
        from_zero: true,
    };
    let html = line.render().into_string();
    assert_eq!(html.matches("<polyline").count(), 2);
    assert_eq!(twin_values(&html), ["1.00", "2.00", "4.00", "3.00"]);
    assert!(html.split("<details").nth(1).unwrap().contains("unit-line\">€<"), "{html}");
    assert!(html.contains("n/k"));
    // Each month leads to its rows, on the drawing and in the table; there is no mark where nothing is known.
    let leads = |month: u32| html.matches(&format!("href=\"/m/{month}\"")).count();
    assert_eq!([1, 2, 3, 4, 5].map(leads), [2, 2, 0, 2, 2], "{html}");
}

#[test]
fn ticks_are_round_and_at_most_five() {
    for (low, high, expected) in [
        ("0", "4", "0 1 2 3 4"),
        ("0", "1.57", "0 0.5 1 1.5 2"),
        ("-18700", "25900", "-20000 0 20000 40000"),
        ("1400000", "1600000", "1400000 1450000 1500000 1550000 1600000"),
        ("5", "5", "5"),
    ] {
        let marks = ticks(low.parse().unwrap(), high.parse().unwrap());
        let words: Vec<String> = marks.iter().map(Decimal::to_string).collect();
        assert_eq!(words.join(" "), expected, "{low} … {high}");
    }
    assert_eq!(px(Pixels::new(Decimal::ZERO, Decimal::from(3), 100).tenths(Decimal::ONE)), "33.3");
    assert_eq!(px(-5), "-0.5");
}

fn flow(pools: usize, services: usize, customers: usize) -> Sankey {
    let column = |label: &str, n: usize| Column {
        label: label.to_owned(),
        nodes: (0..n)
            .map(|i| Node { key: format!("{label}{i}"), name: format!("{label} {i}"), href: None })
            .collect(),
    };
    let band = |column, from: String, to: String, cents| Band {
        column,
        from,
        to,
        value: euro(cents),
        href: Some("/x".into()),
    };
    let mut bands = Vec::new();
    for s in 0..services {
        for p in 0..pools {
            bands.push(band(0, format!("P{p}"), format!("S{s}"), (100_000 * (p + 1)).try_into().unwrap()));
        }
        for c in 0..customers {
            bands.push(band(1, format!("S{s}"), format!("C{c}"), (90_000 * (c + 1)).try_into().unwrap()));
        }
    }
    let columns = vec![column("P", pools), column("S", services), column("C", customers)];
    Sankey { caption: caption(), columns, bands }
}

#[test]
fn what_is_folded_into_other_is_still_in_the_sum() {
    let html = flow(12, 2, 2).render().into_string();
    let into: i64 = (1..=12).map(|p| 100_000 * p * 2).sum();
    let on: i64 = (1..=2).map(|c| 90_000 * c * 2).sum();
    let sum: i64 = twin_values(&html).iter().map(|v| v.replace('.', "").parse::<i64>().unwrap()).sum();
    assert_eq!(sum, into + on);
    assert!(html.contains("Other <tspan"), "{html}");
    assert_eq!(html.matches("h10v").count(), 9 + 2 + 2, "eight pools, other, two services, two customers");
}

#[test]
fn what_cannot_be_drawn_is_in_the_table_and_a_merged_band_links_nowhere() {
    let mut chart = flow(1, 1, 1);
    let again = Band { value: euro(-30_000), ..chart.bands[0].clone() };
    chart.bands.push(again);
    chart.bands.push(Band { to: "C1".into(), value: euro(-500), ..chart.bands[1].clone() });
    let html = chart.render().into_string();
    assert_eq!(twin_values(&html), ["700.00", "900.00", "-5.00"]);
    assert_eq!(html.matches("href=\"/x\"").count(), 3, "one band drawn with its link, two rows of the table");
}

/// 1,000.00 and 900.00 beside 12.00: of 300 px of 1,912.00 the first two have 157 and 141, the last 2.
#[test]
fn a_band_says_what_it_carries_and_leads_to_its_rows() {
    let mut chart = flow(1, 1, 1);
    chart.bands[0].value = euro(100_000);
    let small =
        Band { to: "S1".into(), value: euro(1_200), href: Some("/small".into()), ..chart.bands[0].clone() };
    chart.bands.push(small);
    let html = chart.render().into_string();
    let drawing = html.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap();
    let bands = drawing.split("class=\"bands\"").nth(1).unwrap().split("</g>").next().unwrap();
    assert_eq!(bands.matches("<a ").count(), 3, "{bands}");
    assert!(
        bands.contains("<title>P 0 to S 0: 0.00</title>") && bands.contains("href=\"/small\""),
        "{bands}"
    );
    assert_eq!(bands.matches("<text").count(), 2, "a thin one has no room: {bands}");
}

#[test]
fn the_largest_sankey_keeps_its_drawing_under_twelve_kilobytes() {
    let html = flow(30, 40, 20).render().into_string();
    let drawing = html.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap();
    assert!(drawing.len() <= 12_288, "{} bytes", drawing.len());
    assert_eq!(drawing.matches("<a ").count(), 10, "the largest bands are links; the table has them all");
}

#[test]
fn a_spark_has_one_bar_per_known_month() {
    let values = [Value::Count(3), Value::Unknown, Value::Quantity(Quantity::of_units(5))];
    let html = spark(&values).into_string();
    assert_eq!(html.matches("<rect").count(), 2);
    assert!(html.contains("height=\"12\"") && html.contains("height=\"20\""), "{html}");
}
