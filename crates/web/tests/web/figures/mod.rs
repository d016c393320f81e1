//! Every figure of Larkfield, recomputed from the rows it links to (`screens.md` 5.2): what finance, a
//! service's owner and a customer's representative reach by links. An amount that is no figure is a
//! finding, and so is a figure of a kind that nobody can recompute.

mod check;
mod numbers;
mod page;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use self::check::{Checked, Finding, Visitor};
use crate::doors::Door;

/// Pages opened of each kind of address: the first ones that links lead to.
const OF_A_KIND: usize = 2;

/// The kind of an address: keys, numbers, periods and the values of its query left out.
fn kind_of(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let is_key = |part: &str| part.contains(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase());
    let path: Vec<&str> = path.split('/').map(|part| if is_key(part) { "*" } else { part }).collect();
    let names: BTreeSet<&str> =
        query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    format!("{}?{}", path.join("/"), names.into_iter().collect::<Vec<_>>().join("&"))
}

/// Whether it is a list that has been met, in another order, whole or as a file: figures are recomputed
/// from the whole list anyway. A page on paper is the page.
fn same_list(address: &str) -> bool {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let asked = |name: &str| query.split('&').any(|pair| pair.split('=').next() == Some(name));
    ["csv", "xlsx", "json"].iter().any(|end| path.ends_with(&format!(".{end}")))
        || query.contains("per=all")
        || asked("_paper")
        || asked("sort")
        || asked("page")
}

/// Follows links from home; what the figures were.
async fn crawl(username: &str) -> (usize, Checked) {
    let house = testkit::larkfield().await;
    let door = Door::with(&house, false, true);
    let mut visitor = Visitor::signed_in(&door, username).await;
    let (mut waiting, mut seen, mut kinds) =
        (VecDeque::from(["/".to_owned()]), BTreeSet::new(), BTreeMap::<String, usize>::new());
    let (mut checked, mut pages) = (Checked::default(), 0);
    while let Some(address) = waiting.pop_front() {
        let opened = kinds.entry(kind_of(&address)).or_default();
        if *opened == OF_A_KIND || !seen.insert(address.clone()) {
            continue;
        }
        *opened += 1;
        let (status, media, html) = visitor.open(&address).await;
        checked.findings.extend(Finding::broken(&address, status));
        if status != 200 || !media.starts_with("text/html") {
            continue;
        }
        pages += 1;
        visitor.check(&address, &html, &mut checked).await;
        for link in page::read(&html).links {
            let link = link.split('#').next().unwrap_or_default();
            let path = address.split('?').next().unwrap_or_default();
            let link = if link.starts_with('?') { format!("{path}{link}") } else { link.to_owned() };
            if link.starts_with('/') && !link.starts_with("//") && !same_list(&link) {
                waiting.push_back(link);
            }
        }
    }
    house.house.db.close().await;
    (pages, checked)
}

/// Every figure is what its rows give; there were at least so many pages and figures, and of each kind.
fn ties(username: &str, at_least: (usize, usize), kinds: &[&str]) {
    let (pages, checked) = testkit::runtime().block_on(crawl(username));
    let figures: usize = checked.kinds.values().sum();
    println!("{username}: {pages} pages, {figures} figures, {:?}", checked.kinds);
    let report: Vec<String> = checked
        .findings
        .iter()
        .map(|wrong| {
            format!("{}: {}: expected {}, found {}", wrong.page, wrong.figure, wrong.expected, wrong.found)
        })
        .collect();
    assert!(report.is_empty(), "{} findings:\n{}", report.len(), report.join("\n"));
    assert!(pages >= at_least.0 && figures >= at_least.1, "{pages} pages, {figures} figures");
    for kind in kinds {
        assert!(checked.kinds.contains_key(*kind), "no {kind} was met");
    }
}

/// The control: a page that is right, then the same page with one thing about it made wrong.
#[test]
fn a_doctored_page_is_found_out() {
    testkit::runtime().block_on(async {
        let house = testkit::larkfield().await;
        let door = Door::with(&house, false, true);
        let mut visitor = Visitor::signed_in(&door, "priya.venkataraman").await;
        let address = "/money/statements/STM-139";
        let (_, _, right) = visitor.open(address).await;
        let total = right.split("<data value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let value = format!("<data value=\"{total}\"");
        for (doctored, expected) in [
            (right.clone(), None),
            (right.replacen(&value, "<data value=\"1.23\"", 1), Some(("1.23", total.as_str()))),
            (right.replacen("data-figure=\"sum\"", "data-figure=\"guess\"", 1), Some(("", "a recomputer"))),
            (right.replacen("data-figure=\"sum\"", "", 1), Some(("", "a link to its rows"))),
            (
                right.replace("href=\"/money/statement-lines", "href=\"/money/no-such-list"),
                Some(("", "rows at")),
            ),
            (
                right.replacen("</main>", "<p>In all €9,876,543.21.</p></main>", 1),
                Some(("€9,876", "a figure of 9876543.21")),
            ),
        ] {
            let mut checked = Checked::default();
            visitor.check(address, &doctored, &mut checked).await;
            let Some((found, wanted)) = expected else {
                assert!(checked.findings.is_empty(), "{:?}", checked.findings);
                continue;
            };
            assert_ne!(doctored, right, "{wanted}: nothing was doctored");
            let told = |finding: &Finding| finding.found.contains(found) && finding.expected.contains(wanted);
            assert!(checked.findings.iter().any(told), "{found}, {wanted}: {:?}", checked.findings);
        }
        house.house.db.close().await;
    });
}

#[test]
fn every_figure_the_finance_manager_reaches_is_what_its_rows_give() {
    ties("priya.venkataraman", (100, 1_000), &["sum", "count", "field", "ratio", "difference", "cell"]);
}

#[test]
fn every_figure_a_service_owner_reaches_is_what_its_rows_give() {
    ties("mikael.strand", (30, 200), &["sum", "count", "field", "cell"]);
}

#[test]
fn every_figure_a_customers_representative_reaches_is_what_its_rows_give() {
    ties("elif.demir", (20, 200), &["sum", "count", "field", "cell"]);
}
