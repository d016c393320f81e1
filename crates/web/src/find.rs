//! Which page an address is, and whether it can be shown as of a past day.

use access::{Params, Reading, as_of};
use app::registry;

use crate::page::{PageCx, PageRoute};
use crate::paths;
use crate::router::pages;

/// The page of its own at that path: the one with the fewest blanks.
pub(crate) fn own(path: &str) -> Option<(&'static PageRoute, Params)> {
    let fits = pages().filter_map(|route| Some((route, paths::fit(route.path, path)?)));
    fits.min_by_key(|(_, params)| params.0.len())
}

/// The reading whose plain page is at that path.
pub(crate) fn twin(path: &str) -> Option<(&'static Reading, Params)> {
    let fits = registry::readings()
        .filter_map(|reading| Some((reading, paths::fit(&paths::page_of(reading.path), path)?)));
    fits.min_by_key(|(_, params)| params.0.len())
}

/// Whether the page of that path can be shown as of a past day.
fn shows_past(path: &str) -> bool {
    match own(path) {
        Some((route, _)) => route.as_of,
        None => twin(path).is_some_and(|(reading, _)| as_of::taken_by(reading)),
    }
}

/// The past day shown, and the same page today.
pub(crate) fn past(page: &PageCx) -> Option<parts::PastDay> {
    let day = page.as_of();
    if day.is_empty() || !shows_past(&page.path) || as_of::asked(&of_day(day)).is_err() {
        return None;
    }
    let rest = page.query.iter().filter(|(name, _)| name != as_of::AS_OF && !name.starts_with('_'));
    let rest: Vec<String> =
        rest.map(|(name, value)| format!("{name}={}", kernel::listing::encode(value))).collect();
    let query = if rest.is_empty() { String::new() } else { format!("?{}", rest.join("&")) };
    Some(parts::PastDay { day: day.to_owned(), today: format!("{}{query}", page.path) })
}

fn of_day(day: &str) -> Params {
    Params([(as_of::AS_OF.to_owned(), day.to_owned())].into())
}
