//! The list of promises, judged by what is known now.

use access::Params;
use app::registry;
use charging::promise::{Judged, WORST_FIRST};
use kernel::listing::{Kind, Listing, Value as Cells, encode};
use kernel::{Decimal, Fault, Refused};
use parts::{Empty, Figure, FilterControl, HeadAction, ListPage, Markup, PageHead, Render, html};

use crate::columns;
use crate::page::{Page, PageCx};
use crate::show::sign;

/// What did we promise, and do we keep it?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let all = charging::promise::all(&mut page.cx).await?;
    let reading = registry::reading("promise judged");
    let reading = reading.ok_or_else(|| Fault::because("promises are judged by no reading"))?;
    let asked = crate::list::asked(reading, &page.query, &mut Params::default());
    let mut listing = charging::promise::list(&mut page.cx, &all, &asked).await?;
    legible(&mut listing);
    // What came of it stands where a phone still shows it.
    columns::first(&mut listing, &["number", "service", "name", "judged", "difference"]);
    let empty = Empty::new("Nothing is promised yet. A service's promises are added on its page.")
        .action(HeadAction::link("Services", "/services"));
    let list = ListPage::new(&listing, "/money/promises")
        .filter(FilterControl::typed("service", "Service"))
        .filter(FilterControl::typed("measure", "Measure"))
        .filter(FilterControl::typed("judged", "Judged"))
        .empty(empty);
    let body = ListPage { heading_hidden: true, ..list }.render();
    let head = PageHead::new("What did we promise, and do we keep it?")
        .crumb("Services", "/services")
        .here("Promises")
        .answer(judged_in_all(&all));
    Ok(Page { head, body })
}

/// “2 off track, 5 watch, 45 on track.” Each opens its rows.
fn judged_in_all(all: &[Judged]) -> Markup {
    let count = |word: &str| all.iter().filter(|judged| judged.verdict.word() == word).count();
    let counts: Vec<(i64, &str)> = WORST_FIRST
        .into_iter()
        .map(|verdict| verdict.word())
        .map(|word| (i64::try_from(count(word)).unwrap_or(i64::MAX), word))
        .filter(|(n, _)| *n > 0)
        .collect();
    html! {
        @if counts.is_empty() { "Nothing is promised yet." } @else {
            @for (i, (n, word)) in counts.iter().enumerate() {
                @if i > 0 { ", " }
                (Figure::count(*n, format!("/money/promises?judged={}", encode(word))).spoken()) " " (word)
            }
            "."
        }
    }
}

/// Numbers as figures with the places of their measure, units as people write them; what only the promise's
/// own page says stays there.
fn legible(listing: &mut Listing) {
    let told = |row: &[Cells], key: &str| listing.value(row, key).map(Cells::plain).unwrap_or_default();
    let measures: Vec<[String; 2]> =
        listing.rows.iter().map(|row| ["measure", "currency"].map(|key| told(row, key))).collect();
    for (at, column) in listing.columns.iter_mut().enumerate() {
        match column.key {
            "says" | "slip" | "measure" | "currency" => column.hidden = true,
            "promised" | "now" | "difference" => {
                column.kind = Kind::Decimal;
                column.link = Some("/promises/{number}");
                for (row, [measure, currency]) in listing.rows.iter_mut().zip(&measures) {
                    if let Ok(number) = row[at].plain().parse() {
                        row[at] = Cells::Decimal(with_places(number, measure, currency));
                    }
                }
            }
            "unit" => {
                for (row, [_, currency]) in listing.rows.iter_mut().zip(&measures) {
                    row[at] = Cells::from(unit(&row[at].plain(), currency));
                }
            }
            "due" => listing.rows.iter_mut().for_each(|row| row[at] = Cells::from(due(&row[at].plain()))),
            _ => {}
        }
    }
}

/// A unit cost with four decimals, another cost with two; a level as it came.
fn with_places(number: Decimal, measure: &str, currency: &str) -> Decimal {
    let places = match (measure, currency) {
        (_, "") => return number,
        ("unit cost", _) => 4,
        _ => 2,
    };
    let mut number = number;
    number.rescale(places.max(number.normalize().scale()));
    number
}

/// `EUR per seat` as `€ per seat`.
fn unit(unit: &str, currency: &str) -> String {
    match (unit, currency) {
        (unit, "") => unit.to_owned(),
        ("", code) => sign(code),
        (unit, code) => unit.replacen(code, &sign(code), 1),
    }
}

/// A fiscal year as it is called everywhere else: `FY2026` is FY26.
fn due(text: &str) -> String {
    match text.strip_prefix("FY").filter(|year| year.len() == 4) {
        Some(year) => format!("FY{}", &year[2..]),
        None => text.to_owned(),
    }
}
