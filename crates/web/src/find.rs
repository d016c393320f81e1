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
