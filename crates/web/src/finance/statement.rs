//! One statement: what changed since the month before, line by line, each line open to where it comes
//! from.

use access::{Action, Params};
use finance::period::PeriodState;
use kernel::listing::{Asked, Filter, Listing, Sort, Value};
use kernel::{Decimal, Money, Period, Refused};
use parts::state::{State, Thing};
use parts::{BridgePart, Field, Figure, HeadAction, Markup, Operand, PageHead, bridge, html, number, titled};
use serde_json::Value as Json;

use super::amount;
use super::months::Months;
use super::statements::drafts_stand;
use crate::page::{Page, PageCx, text, version};
use crate::show::{happened_to, refusal};

/// The causes of a difference in the order they are shown, with the words for more and for less.
pub(super) const CAUSES: [(&str, &str, &str, &str); 6] = [
    ("volume", "Volume", "more was used", "less was used"),
    ("cost", "Cost", "a unit cost us more", "a unit cost us less"),
    ("price", "Price", "prices rose", "prices fell"),
    ("rule", "Rule", "a rule changed", "a rule changed"),
    ("new", "New", "something is new", "something is new"),
    ("gone", "Gone", "something is gone", "something is gone"),
];

/// What is this customer charged for this month?
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number").to_owned();
    let statement = page.record("statement show", &[("number", &number)]).await?;
    let number = text(&statement, "number").to_owned();
    let period: Option<Period> = text(&statement, "period").parse().ok();
    let opened = match page.asked("line").to_owned() {
        line if line.is_empty() => None,
        line => Some((line.clone(), page.record("trace show", &[("id", &line)]).await?)),
    };
    let all = of_customer(page, text(&statement, "customer")).await?;
    let closed = match period {
        Some(period) => Months::of(page).await?.state(period).is_some_and(PeriodState::is_closed),
        None => false,
    };
    let shown = Shown { statement: &statement, number: &number, period };
    let issues = text(&statement, "state") == "draft" && page.may(Action::IssueStatements);
    let (stand, stale) = match period.filter(|_| issues) {
        Some(period) => drafts_stand(page, period).await?,
        None => (false, html! {}),
    };
    let past = happened_to(page, &[("statement", &number)], 20).await?;
    let head = shown.head(page.may(Action::ReadMoney));
    let head = shown.offered(page, head, closed && stand).await?;
    let body = html! {
        (refusal(page))
        (stale)
        p .print-only { (page.cx.organisation.name) " · statement " (number) }
        (shown.bridge())
        (titled(&shown.lines(&page.cx.organisation.currency.sign(), opened.as_ref())))
        div .two {
            div { (shown.chart(&all)) }
            div { (shown.others(&all)) (shown.people()) }
        }
        (past)
    };
    Ok(Page { head, body })
}

/// All statements of a customer, newest first.
async fn of_customer(page: &mut PageCx, customer: &str) -> Result<Listing, Refused> {
    let sort = Some(Sort { column: "period".into(), descending: true });
    let mut asked = Asked { page: 1, sort, ..Asked::default() };
    asked.filters.extend(Filter::parse(&format!("customer={customer}")));
    page.list_asked("statement list", &[], asked).await
}

/// A statement as its page shows it; `statement_lines` and `statement_year` draw the rest of it.
pub(super) struct Shown<'s> {
    pub(super) statement: &'s Json,
    pub(super) number: &'s str,
    pub(super) period: Option<Period>,
}

impl Shown<'_> {
    pub(super) fn at(&self) -> String {
        format!("/money/statements/{}", self.number)
    }

    pub(super) fn rows(&self) -> String {
        format!("/money/statement-lines?statement={}", self.number)
    }

    fn month(&self) -> String {
        self.period.map_or_else(String::new, |period| period.label())
    }

    pub(super) fn before(&self) -> String {
        self.period.map_or_else(String::new, |period| period.previous().label())
    }

    fn head(&self, money: bool) -> PageHead {
        let (name, state) = (text(self.statement, "customer_name"), text(self.statement, "state"));
        let mut head = PageHead::new(format!("What is {name} charged for {}?", self.month()));
        if money {
            head = head.crumb("Money", "/money");
        }
        head = head.crumb("Statements", "/money/statements").here(format!("{name}, {}", self.month()));
        head.state(State::of(Thing::Statement, state)).answer(self.answer())
    }

    /// What the reader may do with it: its customer accepts it, finance issues it where it `issues`.
    async fn offered(
        &self,
        page: &mut PageCx,
        mut head: PageHead,
        issues: bool,
    ) -> Result<PageHead, Refused> {
        let state = text(self.statement, "state");
        if state == "issued" && page.stand("statement accept", &[("number", self.number)]).await?.is_open() {
            let at = format!("{}/accept", self.at());
            let post = page.post(at.clone(), version(self.statement));
            head = head.action(HeadAction::post("Accept", post).primary());
            head = head.action(HeadAction::link("Accept with a note", at));
        }
        if issues {
            let at = format!("/money/statements/issue?period={}", text(self.statement, "period"));
            head = head.action(HeadAction::link(format!("Issue {}", self.month()), at).primary());
        }
        let file = self.rows().replacen("/statement-lines", "/statement-lines.xlsx", 1);
        Ok(head.action(HeadAction::link("Export", file)))
    }

    /// `€1,528,154.70 for Business Sales, up 2.7 % on Aug 2026: a unit cost us more.`
    fn answer(&self) -> Markup {
        let Some(total) = amount(self.statement, "total") else { return html! {} };
        let figure = Figure::sum(total, "amount", self.rows()).spoken();
        let name = text(self.statement, "customer_name");
        let ends = match text(self.statement, "state") {
            "draft" => "Not issued yet.".to_owned(),
            "issued" => format!("Accept it by {}.", number::date(text(self.statement, "accept_by"))),
            _ if self.statement.get("lapsed") == Some(&Json::Bool(true)) => {
                "Accepted by lapse of time.".to_owned()
            }
            _ => format!("Accepted {}.", number::time(text(self.statement, "accepted_at"))),
        };
        let Some((before, change)) =
            amount(self.statement, "previous_total").zip(amount(self.statement, "difference"))
        else {
            return html! { (figure) " for " (name) "; there is no month before to compare with. " (ends) };
        };
        let word = match change.minor() {
            0 => return html! { (figure) " for " (name) ", as in " (self.before()) ". " (ends) },
            1.. => "up ",
            _ => "down ",
        };
        // The word says which way; the figure itself keeps its sign.
        let at = self.at();
        let share = decimal(change).checked_div(decimal(before)).unwrap_or_default();
        let by = if share.abs() < Decimal::new(5, 4) {
            let size = if change.minor() < 0 { change.negated() } else { change };
            Figure::field(change, "difference", at).saying(size.spoken())
        } else {
            let (change, of) = (
                Operand::field(change, "difference", at.clone()),
                Operand::field(before, "previous_total", at.clone()),
            );
            Figure::ratio(Value::Decimal(share), change, of, at).saying(number::percent(share.abs()))
        };
        html! { (figure) " for " (name) ", " (word) (by) " on " (self.before()) (self.reasons()) ". " (ends) }
    }

    /// The two largest causes, in words.
    fn reasons(&self) -> String {
        let mut causes: Vec<(i64, &str)> = CAUSES
            .iter()
            .filter_map(|(key, _, more, less)| {
                let part = self.part(key)?.minor();
                (part != 0).then_some((part.abs(), if part > 0 { *more } else { *less }))
            })
            .collect();
        causes.sort_by_key(|(size, _)| -size);
        let words: Vec<&str> = causes.iter().take(2).map(|(_, words)| *words).collect();
        let price =
            if self.part("price").is_some_and(|part| part.minor() == 0) { "; no price changed" } else { "" };
        if words.is_empty() { String::new() } else { format!(": {}{price}", words.join(" and ")) }
    }

    pub(super) fn part(&self, key: &str) -> Option<Money> {
        amount(self.statement.get("parts")?, key)
    }

    /// From the month before over the causes to this month; what is nothing is left out.
    fn bridge(&self) -> Markup {
        let (Some(total), Some(before)) =
            (amount(self.statement, "total"), amount(self.statement, "previous_total"))
        else {
            return html! {};
        };
        let customer = text(self.statement, "customer");
        let earlier = self.period.map_or_else(String::new, |period| period.previous().to_string());
        let earlier = format!("/money/statements?customer={customer}&period={earlier}");
        let last = BridgePart::new(self.before(), Figure::sum(before, "total", earlier), html! {});
        let parts: Vec<BridgePart> = CAUSES
            .iter()
            .filter_map(|(key, label, more, less)| {
                let part = self.part(key)?;
                // Price is told even where nothing changed: it is what a customer looks for.
                let kept = part.minor() != 0 || *key == "price";
                let words = match part.minor() {
                    0 => "no price changed",
                    1.. => more,
                    _ => less,
                };
                let figure = Figure::sum(part, &format!("by_{key}"), self.rows());
                kept.then(|| BridgePart::new(*label, figure, html! { (words) }))
            })
            .collect();
        let change = amount(self.statement, "difference").map(|money| money.grouped()).unwrap_or_default();
        let sign = if total.minor() > before.minor() { "+" } else { "" };
        let note = html! { (sign) (change) " in all" };
        bridge(&last, &parts, &BridgePart::new(self.month(), Figure::sum(total, "amount", self.rows()), note))
    }
}

fn decimal(money: Money) -> Decimal {
    Decimal::from(money.minor())
}

/// Accept a statement, with a note.
pub(super) async fn accept(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let statement = page.record("statement show", &[("number", number)]).await?;
    let at = format!("/money/statements/{number}");
    let note = Field::area("note", "Note to finance", 4).optional().value(page.answers.or("note", ""));
    let form = page
        .form(format!("{at}/accept"), version(&statement))
        .field(note)
        .submit("Accept")
        .cancel(at.clone());
    let month = number::period(text(&statement, "period"));
    let head = PageHead::new(format!("Accept the statement of {month}?"));
    let head =
        head.crumb("Statements", "/money/statements").crumb(text(&statement, "number"), at).here("Accept");
    let own = format!("/money/statements/{number}");
    let total = amount(&statement, "total").map(|money| Figure::field(money, "total", own).spoken());
    Ok(Page {
        head: head.answer(
            html! { @if let Some(total) = total { (total) } " for " (text(&statement, "customer_name")) "." },
        ),
        body: form.render(),
    })
}
