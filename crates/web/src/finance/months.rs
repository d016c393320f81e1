//! Which month a page looks at, and the choice of months in the shell.

use access::Action;
use finance::period::PeriodState;
use kernel::listing::encode;
use kernel::{Fault, Period, Refusal, Refused};
use parts::PeriodPick;
use parts::state::{State, Thing};

use crate::page::PageCx;

/// The months there are, oldest first.
pub(crate) struct Months(Vec<(Period, PeriodState)>);

/// How many months the shell offers.
const OFFERED: usize = 24;

impl Months {
    /// The months of the organisation.
    pub(crate) async fn of(page: &mut PageCx) -> Result<Months, Fault> {
        let periods = finance::period::states(&mut page.cx.tx).await?;
        Ok(Months(periods.0.into_iter().collect()))
    }

    /// The month being worked on: the newest in review, else the newest open, else the newest closed.
    pub(crate) fn current(&self) -> Option<Period> {
        let newest = |wanted: fn(PeriodState) -> bool| {
            self.0.iter().rev().find(|(_, state)| wanted(*state)).map(|(period, _)| *period)
        };
        newest(|state| state == PeriodState::InReview)
            .or_else(|| newest(|state| state == PeriodState::Open))
            .or_else(|| newest(PeriodState::is_closed))
    }

    /// The months before the one being worked on that are still soft-closed, oldest first.
    pub(crate) fn soft_closed(&self) -> Vec<Period> {
        let current = self.current();
        let soft = |period, state| state == PeriodState::SoftClosed && Some(period) != current;
        self.0.iter().filter(|(period, state)| soft(*period, *state)).map(|(period, _)| *period).collect()
    }

    /// The months that have begun to take facts, oldest first.
    pub(crate) fn begun(&self) -> Vec<Period> {
        let begun = self.0.iter().filter(|(_, state)| *state != PeriodState::Future);
        begun.map(|(period, _)| *period).collect()
    }

    /// The state of a month.
    pub(crate) fn state(&self, period: Period) -> Option<PeriodState> {
        self.0.iter().find(|(known, _)| *known == period).map(|(_, state)| *state)
    }
}

/// The month asked for by `?period=`, else the one being worked on.
pub(crate) async fn asked(page: &mut PageCx) -> Result<Period, Refused> {
    let today = Period::of(page.cx.today());
    match page.asked("period") {
        "" => Ok(Months::of(page).await?.current().unwrap_or(today)),
        // Of a filter that is no month the page says so already.
        _ if page.misread.is_some() => Ok(Months::of(page).await?.current().unwrap_or(today)),
        text => Ok(text.parse().map_err(|says: String| Refusal::field("period", says))?),
    }
}

/// `Sep 2026 (FY26 P12)`
pub(crate) fn label(page: &PageCx, period: Period) -> String {
    page.cx.organisation.calendar.label(period)
}

/// The month in the shell, for those who read money.
pub(crate) async fn pick(page: &mut PageCx) -> Result<Option<PeriodPick>, Fault> {
    if !page.may(Action::ReadMoney) {
        return Ok(None);
    }
    let months = Months::of(page).await?;
    let in_path = page.path.rsplit('/').next().and_then(|part| part.parse().ok());
    let chosen = page.asked("period").parse().ok().or(in_path);
    let Some(period) = chosen.or_else(|| months.current()) else { return Ok(None) };
    let state = months.state(period).map(|state| State::of(Thing::Period, state.word()));
    let others = if chosen.is_some() || by_month(&page.path) {
        let known = months.0.iter().rev().filter(|(_, state)| *state != PeriodState::Future).take(OFFERED);
        known.map(|(other, _)| (label(page, *other), same_page(page, *other))).collect()
    } else {
        Vec::new()
    };
    Ok(Some(PeriodPick { label: label(page, period), state, href: format!("/money/close/{period}"), others }))
}

/// Pages that look at one month even where the address does not say which.
fn by_month(path: &str) -> bool {
    ["/money/flow", "/money/lines", "/money/shares", "/money/residuals", "/money/mapping", "/money/variances"]
        .contains(&path)
}

/// The address of this page in another month.
fn same_page(page: &PageCx, period: Period) -> String {
    let by_path = page.path.rsplit_once('/').filter(|(_, last)| last.parse::<Period>().is_ok());
    if let Some((before, _)) = by_path {
        return format!("{before}/{period}");
    }
    // The page of a list is of that month's list alone.
    let kept = page.query.iter().filter(|(name, _)| name != "period" && name != "page");
    let kept: String = kept.map(|(name, value)| format!("&{}={}", encode(name), encode(value))).collect();
    format!("{}?period={period}{kept}", page.path)
}
