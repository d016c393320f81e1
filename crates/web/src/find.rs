//! Which page an address is, and whether it can be shown as of a past day.

use access::{Params, Reading, as_of};
use app::registry;
use kernel::typed;

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

/// What an address asks of a page. A past day may be typed as our pages write days: `3 Sep 2026`.
pub(crate) fn asked(query: &str) -> Vec<(String, String)> {
    let as_stored = |(name, value): (String, String)| {
        let day = typed::day(&value).filter(|_| name == as_of::AS_OF);
        let value = day.map_or(value, |day| day.to_string());
        (name, value)
    };
    paths::pairs(query).into_iter().map(as_stored).collect()
}

/// What is asked of the page besides the day.
fn rest(page: &PageCx) -> impl Iterator<Item = &(String, String)> {
    page.query.iter().filter(|(name, _)| name != as_of::AS_OF && !name.starts_with('_'))
}

/// The same page today.
fn today(page: &PageCx) -> String {
    let rest: Vec<String> =
        rest(page).map(|(name, value)| format!("{name}={}", kernel::listing::encode(value))).collect();
    let query = if rest.is_empty() { String::new() } else { format!("?{}", rest.join("&")) };
    format!("{}{query}", page.path)
}

/// The past day shown, and the same page today; none where it is no day or has not come.
pub(crate) fn past(page: &PageCx) -> Option<parts::PastDay> {
    let day = as_of::asked(&of_day(page.as_of())).ok().flatten()?;
    let shown = shows_past(&page.path) && as_of::require_come(day, page.cx.today()).is_ok();
    shown.then(|| parts::PastDay { day: day.to_string(), today: today(page) })
}

/// The choice of a past day, on a page that can be shown as of one. It begins at the first page of a list,
/// which may have been shorter then.
pub(crate) fn pick(page: &PageCx) -> Option<parts::DayPick> {
    let refused = !page.as_of().is_empty() && past(page).is_none();
    let offered = shows_past(&page.path) && (refused || !page.failed);
    offered.then(|| parts::DayPick {
        path: page.path.clone(),
        keep: rest(page).filter(|(name, _)| name != "page").cloned().collect(),
        day: page.as_of().to_owned(),
        today: refused.then(|| today(page)),
    })
}

/// The page's content with the past day in every link to a page that can be shown as of it, so that one
/// stays in that day until one leaves it.
pub(crate) fn staying(body: &str, day: &str) -> String {
    let mut stays = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find(" href=\"/") {
        let (before, link) = rest.split_at(at + " href=\"".len());
        let (link, after) = link.split_at(link.find('"').unwrap_or(link.len()));
        stays.push_str(before);
        stays.push_str(&on_day(link, day));
        rest = after;
    }
    stays + rest
}

/// The link, an attribute's text, on that day, if its page can be shown so and says no day itself.
fn on_day(link: &str, day: &str) -> String {
    let (address, mark) = link.split_once('#').map_or((link, String::new()), |(a, m)| (a, format!("#{m}")));
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    if !shows_past(path) || query.split("&amp;").any(|part| part.starts_with("as_of=")) {
        return link.to_owned();
    }
    let join = if query.is_empty() { "?" } else { "&amp;" };
    format!("{}{join}as_of={day}{mark}", address.trim_end_matches('?'))
}

fn of_day(day: &str) -> Params {
    Params([(as_of::AS_OF.to_owned(), day.to_owned())].into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of its own says by hand what its reading says: both say the same.
    #[test]
    fn a_page_can_be_shown_as_of_a_day_where_its_reading_can() {
        let mut takers = 0;
        for reading in registry::readings() {
            let parts = reading.path.split('/').map(|part| if part.starts_with('{') { "X" } else { part });
            let path = paths::page_of(&parts.collect::<Vec<_>>().join("/"));
            assert_eq!(shows_past(&path), as_of::taken_by(reading), "{path}: {}", reading.name);
            takers += usize::from(as_of::taken_by(reading));
        }
        assert!(takers > 10, "{takers}");
    }

    #[test]
    fn a_day_may_be_typed_as_pages_write_it() {
        let day = |query: &str| asked(query).first().map(|(_, value)| value.clone());
        for (typed, stored) in [
            ("as_of=3+Sep+2026", "2026-09-03"),
            ("as_of=2026-09-03", "2026-09-03"),
            ("as_of=yesterday", "yesterday"),
            ("as_of=*", "*"),
            // Only the past day is read so: other boxes hold what was typed.
            ("q=3+Sep+2026", "3 Sep 2026"),
        ] {
            assert_eq!(day(typed).as_deref(), Some(stored), "{typed}");
        }
    }

    #[test]
    fn links_stay_in_the_past_day_where_their_page_can() {
        for (link, stays) in [
            ("/services", "/services?as_of=2026-03-31"),
            ("/services/VPN#offerings", "/services/VPN?as_of=2026-03-31#offerings"),
            (
                "/services?state=retired&amp;sort=key",
                "/services?state=retired&amp;sort=key&amp;as_of=2026-03-31",
            ),
            // One that says a day keeps it; today's pages have none; elsewhere is not ours.
            ("/services?as_of=*", "/services?as_of=*"),
            ("/services/VPN/edit", "/services/VPN/edit"),
            ("/nowhere", "/nowhere"),
        ] {
            let (body, wanted) = (format!("<a href=\"{link}\">x</a>"), format!("<a href=\"{stays}\">x</a>"));
            assert_eq!(staying(&body, "2026-03-31"), wanted);
        }
        let away = "<a href=\"https://example.org/services\">x</a> <p>no link</p>";
        assert_eq!(staying(away, "2026-03-31"), away);
    }
}
