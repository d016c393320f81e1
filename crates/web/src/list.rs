//! The page of any list, and its files: the same rows in HTML, CSV, XLSX and JSON.

use access::{Action, Params, Reading, View, Who};
use app::registry;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::listing::{Asked, Listing};
use kernel::{Fault, Refused};
use parts::{ListPage, PageHead, Render, html};

use crate::page::{Page, PageCx};
use crate::{paths, router};

/// What is asked of a list by a URL's query; also the reading's own values, as params.
pub(crate) fn asked(reading: &Reading, query: &[(String, String)], params: &mut Params) -> Asked {
    let own = ["format", "_flash"];
    let others: Vec<&str> = reading.takes.iter().copied().chain(own).collect();
    for (name, value) in query.iter().filter(|(name, _)| reading.takes.contains(&name.as_str())) {
        params.0.insert(name.clone(), value.clone());
    }
    Asked::read(query.iter().map(|(name, value)| (name.as_str(), value.as_str())), &others)
}

/// A list as the page's address asks for it. A filter that means nothing leaves it empty and is said above
/// it; a page beyond the last one is the last one, since the list may have been longer once.
pub(crate) async fn as_asked(
    page: &mut PageCx,
    name: &str,
    params: &[(&str, &str)],
) -> Result<Listing, Refused> {
    let reading = registry::reading(name).ok_or_else(|| Fault::because(format!("no reading {name}")))?;
    let mut own = Params(params.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect());
    let asked = asked(reading, &page.query, &mut own);
    let params: Vec<(&str, &str)> =
        own.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let listing = match page.list_asked(name, &params, asked.clone()).await {
        Err(Refused::Refusal(refusal)) if refusal.fields.iter().any(|wrong| wrong.field == "filter") => {
            page.misread = Some(refusal);
            let none = Asked { filters: Vec::new(), per: Some(1), ..asked.clone() };
            let listing = page.list_asked(name, &params, none).await?;
            let totals = vec![None; listing.columns.len()];
            return Ok(Listing { rows: Vec::new(), count: 0, totals, asked, ..listing });
        }
        other => other?,
    };
    let per = asked.per.map_or(1, i64::from);
    match u32::try_from((listing.count + per - 1) / per) {
        Ok(last) if last > 0 && last < asked.page => {
            page.list_asked(name, &params, Asked { page: last, ..asked }).await
        }
        _ => Ok(listing),
    }
}

/// Without the links of columns, as `/services/{key}`, to pages that are not for the reader's roles.
pub(crate) fn with_open_links(view: View, who: &Who) -> View {
    let View::List(mut listing) = view else { return view };
    for column in &mut listing.columns {
        column.link = column.link.filter(|link| is_open(link, who));
    }
    View::List(listing)
}

/// Whether there is a page at that address, or template of one, for the reader's roles.
pub(crate) fn is_open(link: &str, who: &Who) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or(link);
    let pages = router::pages().map(|page| (page.path.to_owned(), page.action));
    let lists = registry::readings().map(|reading| (paths::page_of(reading.path), reading.action));
    let mut fitting = pages.chain(lists).filter(|(page, _)| paths::fit(page, path).is_some());
    fitting.any(|(_, action)| who.reach(action).any())
}

/// A file of the list, where the query asks for one by `format`.
pub(crate) fn file(listing: &Listing, format: &str) -> Result<Option<Response>, Refused> {
    let (kind, bytes) = match format {
        "csv" | "marked-csv" | "excel-csv" => {
            let style = sheets::CsvStyle { excel: format == "excel-csv" };
            let mark = if format == "marked-csv" { "\u{feff}" } else { "" };
            ("text/csv; charset=utf-8", format!("{mark}{}", sheets::write_csv(listing, style)).into_bytes())
        }
        "xlsx" => {
            let bytes =
                sheets::write_xlsx(listing).map_err(|error| Fault::new("writing an XLSX file", error))?;
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes)
        }
        "json" => return Ok(Some(axum::Json(listing.to_json()).into_response())),
        _ => return Ok(None),
    };
    let ending = if format == "xlsx" { "xlsx" } else { "csv" };
    let name = format!("attachment; filename=\"{}-list.{ending}\"", listing.name);
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok(Some((headers, bytes).into_response()))
}

/// A record that is a file, name and text: rejected lines with their reasons.
pub(crate) fn text_file(record: &serde_json::Value) -> Option<Response> {
    let name = record.get("file_name")?.as_str()?;
    let text = record.get("text")?.as_str()?.to_owned();
    let kind = if name.ends_with(".csv") { "text/csv; charset=utf-8" } else { "text/plain; charset=utf-8" };
    // The name is of our own making: a batch's label.
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Some((headers, text).into_response())
}

/// The plain page of a list reading that has no page of its own.
pub(crate) async fn page(page: &mut PageCx, reading: &Reading, mut params: Params) -> Result<Page, Refused> {
    page.cx.require(reading.action)?;
    let asked = asked(reading, &page.query, &mut params);
    app::takes_day(reading, &asked)?;
    app::look_back(&mut page.cx, reading, &params).await?;
    let view = (reading.run)(&mut page.cx, params, asked).await?;
    let listing = match with_open_links(view, &page.cx.who) {
        View::List(listing) => listing,
        View::Record(record) => return Ok(record_page(reading, &record)),
    };
    let unit = page.cx.organisation.currency.sign();
    let mut list =
        ListPage { heading_hidden: true, ..ListPage::new(&listing, page.path.clone()).unit(&unit) };
    for name in reading.takes.iter().filter(|name| !page.asked(name).is_empty()) {
        list = list.keep(name, page.asked(name));
    }
    let head = PageHead::new(listing.caption.clone());
    let head = match page.path.split('/').nth(1) {
        Some("money") if page.may(Action::ReadMoney) => head.crumb("Money", "/money"),
        Some("records") => head.crumb("Records", "/records"),
        _ => head,
    };
    Ok(Page { head, body: list.render() })
}

/// A record without a page of its own, field by field.
fn record_page(reading: &Reading, record: &serde_json::Value) -> Page {
    let fields = record.as_object().into_iter().flatten().filter(|(name, _)| *name != "schema");
    let body = html! {
        dl .summary {
            @for (name, value) in fields {
                dt { (name.replace('_', " ")) }
                dd { @match value.as_str() { Some(text) => (text), None => (value.to_string()) } }
            }
        }
    };
    Page { head: PageHead::new(reading.summary), body }
}
