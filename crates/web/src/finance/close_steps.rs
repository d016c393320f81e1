//! The eleven steps of a close as they are drawn, each with what the reader may do about it.

use access::Action;
use kernel::Period;
use parts::state::{State, Thing};
use parts::{Figure, HeadAction, Markup, Step, html, number};
use serde_json::Value;

use super::close::steps_in;
use super::{amount, field};
use crate::page::{PageCx, text};
use crate::show::{rows, yes};

/// When each step is satisfied (`screens.md` S12).
const NEEDS: [&str; 11] = [
    "A ledger batch is written, its total the control total",
    "Each bill is reconciled to its ledger accounts, or there is none, with a reason",
    "Every driver an active rule uses has a quantity",
    "Every currency present has a rate with source",
    "No line without pool, no open rejected line",
    "The run is newer than every input",
    "Ledger = allocated + named unallocated",
    "Each above the limit has a confirmed cause",
    "By another person; any later change cancels it",
    "Needs the steps that block",
    "Needs step 10; not a condition of closing",
];

const NAMES: [&str; 11] = [
    "Ledger",
    "Detail",
    "Usage",
    "Rates",
    "Mapped",
    "Run",
    "Ties",
    "Variances",
    "Signed",
    "Closed",
    "Issued",
];

/// A close as its page reads it.
struct Shown<'c> {
    page: &'c PageCx,
    close: &'c Value,
    period: Period,
}

pub(super) fn steps_of(page: &PageCx, close: &Value, period: Period) -> Vec<Step> {
    let shown = Shown { page, close, period };
    let first = steps_in(close).position(|step| !yes(step, "satisfied"));
    steps_in(close).enumerate().map(|(i, step)| shown.step(i, step, Some(i) == first)).collect()
}

impl Shown<'_> {
    fn step(&self, i: usize, step: &Value, current: bool) -> Step {
        let (done, link) = (yes(step, "satisfied"), text(step, "link"));
        let word = match (done, i + 1) {
            (true, _) => "Done",
            (false, 9) => "Waiting",
            _ => "To do",
        };
        let action = if done { None } else { self.action(i + 1) };
        Step {
            name: NAMES.get(i).map_or_else(|| field(step, "name"), |name| (*name).to_owned()),
            href: if link == self.at() { String::new() } else { link.to_owned() },
            needs: NEEDS.get(i).map_or_else(String::new, |needs| (*needs).to_owned()),
            state: Some(State::of(Thing::Action, word)),
            blocking: yes(step, "blocking") || i + 1 == 10,
            who: field(step, "who"),
            when: number::time(field(step, "at")),
            evidence: Some(self.evidence(i + 1, step)),
            action: action.map(|action| if current { action.primary() } else { action }),
            current,
        }
    }

    fn at(&self) -> String {
        format!("/money/close/{}", self.period)
    }

    /// The sentence that shows it; the tie's figures are links.
    fn evidence(&self, number: usize, step: &Value) -> Markup {
        let figures = self.close.get("figures").filter(|_| number == 7);
        let money = |name: &str| figures.and_then(|figures| amount(figures, name));
        let (Some(ledger), Some(allocated), Some(left), Some(difference)) =
            (money("ledger"), money("allocated"), money("unallocated"), money("difference"))
        else {
            return html! { (text(step, "evidence")) (self.beside(number, yes(step, "satisfied"))) };
        };
        let check = format!("/money/periods/{}/check", self.period);
        let figure = |money, name: &str| Figure::field(money, name, check.clone()).spoken();
        html! {
            (figure(ledger, "ledger")) " = " (figure(allocated, "allocated")) " + " (figure(left, "unallocated"))
            "; difference " (figure(difference, "difference"))
        }
    }

    /// What the reader should know beside the evidence: whoever runs the allocation, or prepared anything else, leaves
    /// the signature to another.
    fn beside(&self, number: usize, done: bool) -> &'static str {
        let prepared = yes(self.close, "you_prepared");
        match number {
            6 if !done
                && !prepared
                && self.page.may(Action::SignClose)
                && self.page.may(Action::ImportMoney) =>
            {
                " Who runs it leaves the signature to another."
            }
            9 if !done && prepared && self.page.may(Action::SignClose) => {
                " You took part in preparing it, so another finance manager or an executive signs."
            }
            10 if !done && yes(self.close, "you_imported") && self.page.may(Action::ClosePeriod) => {
                " You imported for it, so somebody else closes it."
            }
            _ => "",
        }
    }

    /// A cause that is missing is given by who prepares; one that is given is confirmed by another.
    fn causes(&self) -> Option<HeadAction> {
        let waiting = |what: &str| {
            let causes = self.close.get("causes");
            causes.and_then(|causes| causes.get(what)).and_then(Value::as_i64).unwrap_or(0) > 0
        };
        let verb = if waiting("missing") && self.page.may(Action::PrepareClose) {
            "Explain"
        } else if waiting("yours_to_confirm") && self.page.may(Action::SignClose) {
            "Confirm"
        } else {
            return None;
        };
        Some(HeadAction::link(verb, format!("/money/variances?period={}", self.period)))
    }

    /// What to do about an open step, for who may.
    fn action(&self, step: usize) -> Option<HeadAction> {
        let (page, period, at) = (self.page, self.period, self.at());
        let state = text(self.close, "state");
        let (review, closed) = (state == "in review", matches!(state, "soft-closed" | "closed"));
        let taken = |verb: &str| rows(self.close, "you_may").iter().any(|may| may == verb);
        let link = |may: bool, label: &str, href: String| may.then(|| HeadAction::link(label, href));
        let import = |kind: &str| {
            let href = format!("/records/batches/new?kind={kind}&period={period}");
            link(page.may(Action::ImportMoney) && !closed, "Import", href)
        };
        match step {
            1 => import("gl"),
            2 => link(review && page.may(Action::PrepareClose), "Say why none", format!("{at}/no-detail")),
            3 => import("drivers"),
            4 => import("fx"),
            5 => link(true, "Map", format!("/money/mapping?period={period}")),
            6 => (page.may(Action::ImportMoney) && !closed).then(|| {
                let post =
                    page.post("/money/runs", None).with("period", period.to_string()).with("_next", at);
                HeadAction::post("Run", post)
            }),
            7 => link(true, "Look", format!("/money/flow?period={period}")),
            8 => self.causes(),
            9 => taken("sign").then(|| HeadAction::post("Sign", page.post(format!("{at}/sign"), None))),
            10 => link(taken("close"), "Close", format!("{at}/close")),
            _ => {
                let href = format!("/money/statements/issue?period={period}");
                link(closed && page.may(Action::IssueStatements), "Issue", href)
            }
        }
    }
}
