//! Prices and roles to approve, services to complete.

use kernel::Refused;
use kernel::listing::{Asked, Listing, Value};
use parts::number::date;
use parts::{HeadAction, TodoRow, html};

use super::{Due, NAMED};
use crate::page::PageCx;
use crate::show::{only, plain};

/// Prices somebody else submitted.
pub(super) async fn prices(page: &mut PageCx) -> Result<Vec<Due>, Refused> {
    let listing = page.list_asked("price list", &[], only(&[("state", "submitted"), ("mine", "no")])).await?;
    let rows = listing.rows.iter().take(NAMED).map(|row| {
        let of = |key: &str| plain(&listing, row, key);
        let href = format!("/offerings/{}", of("offering"));
        let row = TodoRow {
            verb: "Approve".into(),
            object: format!("price {} of {}", of("number"), of("offering")),
            href: href.clone(),
            context: Some(html! {
                (of("currency")) " " (of("per_unit")) " per " (of("unit")) " from " (date(of("from_day")))
            }),
            action: Some(HeadAction::link("Open", href)),
            ..TodoRow::default()
        };
        (None, row)
    });
    Ok(rows.collect())
}

/// Services that lack what their state asks for: they carry cost and nobody sees them.
pub(super) async fn incomplete(page: &mut PageCx) -> Result<Vec<Due>, Refused> {
    let asked = Asked { per: u32::try_from(NAMED).ok(), ..only(&[("complete", "no")]) };
    let listing = page.list_asked("service list", &[], asked).await?;
    let rows = listing.rows.iter().map(|row| {
        let of = |key: &str| plain(&listing, row, key);
        let href = format!("/services/{}", of("key"));
        let row = TodoRow {
            verb: "Complete".into(),
            object: format!("{}, {}", of("key"), of("name")),
            href: href.clone(),
            context: Some(html! { "missing: " (of("missing")) }),
            action: Some(HeadAction::link("Open", href)),
            ..TodoRow::default()
        };
        (None, row)
    });
    Ok(rows.collect())
}

/// Promises of one's own services that do not hold, the worst first.
pub(super) fn promises(listing: &Listing) -> Vec<Due> {
    let failing =
        |row: &&Vec<Value>| ["broken", "off track"].contains(&plain(listing, row, "judged").as_str());
    let rows = listing.rows.iter().filter(failing).take(NAMED).map(|row| {
        let of = |key: &str| plain(listing, row, key);
        let href = format!("/promises/{}", of("number"));
        let row = TodoRow {
            verb: "Look into".into(),
            object: format!("{}, {} for {}: {}", of("service"), of("name"), of("due"), of("judged")),
            href: href.clone(),
            context: Some(html! { (of("says")) }),
            action: Some(HeadAction::link("Open", href)),
            ..TodoRow::default()
        };
        (None, row)
    });
    rows.collect()
}

/// Roles somebody else gave, which count once an executive confirms them.
pub(super) async fn roles(page: &mut PageCx) -> Result<Vec<Due>, Refused> {
    let listing = page.list_asked("grant list", &[], only(&[("state", "asked")])).await?;
    let name = page.cx.who.name.clone();
    let others = listing
        .rows
        .iter()
        .filter(|row| plain(&listing, row, "given_by") != name && plain(&listing, row, "person") != name);
    let mut due = Vec::new();
    for row in others.take(NAMED) {
        let of = |key: &str| plain(&listing, row, key);
        let post = page.post(format!("/records/grants/{}/confirm", of("id")), of("version").parse().ok());
        let row = TodoRow {
            verb: "Confirm".into(),
            object: format!("{} as {}", of("person"), of("role")),
            href: "/records/grants?state=asked".into(),
            context: Some(html! { "given by " (of("given_by")) }),
            action: Some(HeadAction::post("Confirm", post)),
            ..TodoRow::default()
        };
        due.push((None, row));
    }
    Ok(due)
}
