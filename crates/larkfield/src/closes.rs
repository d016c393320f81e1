//! How 23 months were closed: prepared by one, signed and closed by another who imported nothing.

use chrono::{Days, NaiveDate};

use crate::types::{Close, Reopened};
use crate::years::{Years, written_months};

/// All but September. March was opened again while soft-closed, and closed again before its
/// statements went out.
pub(crate) fn closes(years: Years) -> Vec<Close> {
    let (priya, henrik) = ("priya.venkataraman".to_owned(), "henrik.dahl".to_owned());
    let march = years.month(2026, 3);
    let august = years.month(2026, 8);
    written_months()
        .take(23)
        .map(|written| {
            let period = years.told(written);
            let after = |day: u64| period.last_day() + Days::new(day);
            let reopened = (period == march).then(|| Reopened {
                by: henrik.clone(),
                with: "tomas.abara".into(),
                on: after(7),
                reason: "a cloud invoice of the 4G test environment carried another project's tag".into(),
                closed_again: after(8),
            });
            let issued = if period == march { after(8) } else { after(4) };
            Close {
                period,
                prepared: (priya.clone(), after(3)),
                signed: (henrik.clone(), after(3)),
                closed: (henrik.clone(), after(4)),
                reopened,
                statements_issued: issued,
                accepted: if period == august { Vec::new() } else { accepted(issued) },
            }
        })
        .collect()
}

/// The two representatives accept: Business Sales the day after, Customer Care within a week. The
/// others let the window pass. August is open at Business Sales and in dispute at Customer Care.
fn accepted(issued: NaiveDate) -> Vec<(String, String, NaiveDate)> {
    vec![
        ("BS".into(), "jonas.hale".into(), issued + Days::new(1)),
        ("CARE".into(), "elif.demir".into(), issued + Days::new(6)),
    ]
}
