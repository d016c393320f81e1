//! One statement: what changed since the month before, line by line, each line open to where it comes
//! from.

use access::{Action, Params};
use finance::period::PeriodState;
use kernel::listing::{Asked, Filter, Listing, Sort, Value};
use kernel::{Decimal, Money, Period, Refused};
use parts::chart::Point;
use parts::number::{Format, Scale};
use parts::state::{State, Thing};
use parts::{
    BarChart, BridgePart, Caption, Cell, Field, Figure, Head, HeadAction, Markup, Operand, PageHead, Render,
    Row, SimpleTable, bridge, html, number, titled,
};
use serde_json::Value as Json;

use super::line_trace;
use super::months::Months;
use super::statements::only_customer;
use super::{amount, cell, plain};
use crate::page::{Page, PageCx, text, version};
use crate::show::{refusal, rows};

/// The causes of a difference in the order they are shown, with the words for more and for less.
const CAUSES: [(&str, &str, &str, &str); 6] = [
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
    let shown =
        Shown { closed, statement: &statement, number: &number, period, money: page.may(Action::ReadMoney) };
    let body = html! {
        (refusal(page))
        (shown.bridge())
        (titled(&shown.lines(&page.cx.organisation.currency.sign(), opened.as_ref())))
        div .two {
            div { (shown.chart(&all)) }
            div { (shown.others(&all)) (shown.people()) }
        }
    };
    Ok(Page { head: shown.head(page), body })
}

/// All statements of a customer, newest first.
async fn of_customer(page: &mut PageCx, customer: &str) -> Result<Listing, Refused> {
    let sort = Some(Sort { column: "period".into(), descending: true });
    let mut asked = Asked { page: 1, sort, ..Asked::default() };
    asked.filters.extend(Filter::parse(&format!("customer={customer}")));
    page.list_asked("statement list", &[], asked).await
}

struct Shown<'s> {
    statement: &'s Json,
    number: &'s str,
    period: Option<Period>,
    money: bool,
    /// Only then are drafts issued.
    closed: bool,
}

impl Shown<'_> {
    fn at(&self) -> String {
        format!("/money/statements/{}", self.number)
    }

    fn rows(&self) -> String {
        format!("/money/statement-lines?statement={}", self.number)
    }

    fn month(&self) -> String {
        self.period.map_or_else(String::new, |period| period.label())
    }

    fn before(&self) -> String {
        self.period.map_or_else(String::new, |period| period.previous().label())
    }

    fn head(&self, page: &PageCx) -> PageHead {
        let name = text(self.statement, "customer_name");
        let state = text(self.statement, "state");
        let mut head = PageHead::new(format!("What is {name} charged for {}?", self.month()));
        if self.money {
            head = head.crumb("Money", "/money");
        }
        head = head.crumb("Statements", "/money/statements").here(format!("{name}, {}", self.month()));
        head = head.state(State::of(Thing::Statement, state)).answer(self.answer());
        if state == "issued" && page.may(Action::AcceptStatement) && only_customer(page) {
            let at = format!("{}/accept", self.at());
            let post = page.post(at.clone(), version(self.statement));
            head = head.action(HeadAction::post("Accept", post).primary());
            head = head.action(HeadAction::link("Accept with a note", at));
        }
        if state == "draft" && self.closed && page.may(Action::IssueStatements) {
            let period = text(self.statement, "period");
            let at = format!("/money/statements/issue?period={period}");
            head = head.action(HeadAction::link(format!("Issue {}", self.month()), at).primary());
        }
        head.action(HeadAction::link(
            "Export",
            self.rows().replacen("/statement-lines", "/statement-lines.xlsx", 1),
        ))
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
        let share = decimal(change).abs().checked_div(decimal(before)).map_or(Value::Unknown, Value::Decimal);
        let (at, of) = (self.at(), Operand::field(before, "previous_total", self.at()));
        let share = Figure::ratio(share, Operand::field(change, "difference", at.clone()), of, at);
        html! { (figure) " for " (name) ", " (word) (share) " on " (self.before()) (self.reasons()) ". " (ends) }
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

    fn part(&self, key: &str) -> Option<Money> {
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

    /// The causes that any line has: only they are columns.
    fn causes(&self) -> Vec<&'static (&'static str, &'static str, &'static str, &'static str)> {
        let columns = CAUSES.iter().filter(|(key, ..)| !matches!(*key, "new" | "gone"));
        columns.filter(|(key, ..)| self.part(key).is_some_and(|part| part.minor() != 0)).collect()
    }

    fn compared(&self) -> bool {
        self.statement.get("parts").is_some_and(|parts| !parts.is_null())
    }

    fn lines(&self, unit: &str, opened: Option<&(String, Json)>) -> SimpleTable {
        let mut heads = vec![
            Head::words("Service"),
            Head::figures("Quantity"),
            Head::words("Unit"),
            Head::figures("Unit price"),
            Head::figures("Amount"),
        ];
        if self.compared() {
            heads.push(Head::figures(format!("On {}", self.before())));
            heads.extend(self.causes().iter().map(|(_, label, ..)| Head::figures(*label)));
            heads.push(Head::words(""));
        }
        let words = format!(
            "{unit}. Charged at cost: amount ÷ quantity = unit price, ≈ four decimals. A service opens to where its amount comes from."
        );
        let mut table = SimpleTable::new("Line by line", heads).unit(html! { (words) });
        let lines = self.statement.get("lines").and_then(Json::as_array);
        for line in lines.into_iter().flatten() {
            let trace = opened.filter(|(id, _)| id == text(line, "id")).map(|(_, trace)| trace);
            let cells = self.line(line);
            table = table.push(if trace.is_some() { Row::Chosen(cells) } else { Row::Cells(cells) });
            if let Some(trace) = trace {
                let panel = line_trace::panel(trace, Some(self.at()));
                table = table.push(Row::Panel(panel.render()));
            }
        }
        table.total(self.total(lines.map_or(0, Vec::len)))
    }

    fn line(&self, line: &Json) -> Vec<Cell> {
        let id = text(line, "id");
        let trace = format!("/money/trace/{id}");
        let field = |value: Value, name: &str| Cell::figure(Figure::field(value, name, trace.clone()));
        let number = |name: &str| text(line, name).parse::<Decimal>().ok().map(Value::Decimal);
        // The offering is named where the customer takes several of the service.
        let same = |other: &&Json| text(other, "service") == text(line, "service");
        let name = match text(line, "offering") {
            offering
                if !offering.is_empty() && rows(self.statement, "lines").iter().filter(same).count() > 1 =>
            {
                format!("{}, {offering}", text(line, "service_name"))
            }
            _ => text(line, "service_name").to_owned(),
        };
        let price = number("unit_price").map(|price| {
            let figure = Figure::field(price, "unit_price", trace.clone());
            let follows = line.get("unit_price_follows") == Some(&Json::Bool(true));
            Cell::figure(if follows { figure.decimals(4) } else { figure })
        });
        let mut cells = vec![
            Cell::link(name, format!("{}?line={id}#trace", self.at())),
            number("quantity").map_or_else(Cell::blank, |quantity| field(quantity, "quantity")),
            Cell::words(text(line, "unit")),
            price.unwrap_or_else(Cell::blank),
            amount(line, "amount").map_or_else(Cell::blank, |money| {
                Figure::field(money, "amount", trace.clone()).strong().into()
            }),
        ];
        if self.compared() {
            cells.extend(self.changes(line, id));
        }
        cells
    }

    /// The line's difference and its causes, each the sum of that one row.
    fn changes(&self, line: &Json, id: &str) -> Vec<Cell> {
        let row = format!("{}&id={id}", self.rows());
        let part = |key: &str| line.get("parts").and_then(|parts| amount(parts, key));
        let figure = |money: Option<Money>, column: &str| {
            money.map_or_else(Cell::blank, |money| Figure::sum(money, column, row.clone()).signed().into())
        };
        let mut cells = vec![figure(amount(line, "difference"), "difference")];
        cells.extend(self.causes().iter().map(|(key, ..)| figure(part(key), &format!("by_{key}"))));
        let is = |key: &str| part(key).is_some_and(|money| money.minor() != 0);
        cells.push(match (is("new"), line.get("gone") == Some(&Json::Bool(true))) {
            (_, true) => {
                Cell::new(State::new("Gone", parts::Tone::Neutral, parts::Shape::SquareOutline).inline())
            }
            (true, _) => Cell::new(State::new("New", parts::Tone::Info, parts::Shape::Full).inline()),
            _ => Cell::words(if text(line, "model") == "at cost" { "" } else { text(line, "model") }),
        });
        cells
    }

    fn total(&self, lines: usize) -> Vec<Cell> {
        let count = i64::try_from(lines).unwrap_or(i64::MAX);
        let sum = |money: Option<Money>, column: &str| {
            money.map_or_else(Cell::blank, |money| Figure::sum(money, column, self.rows()).into())
        };
        let mut cells = vec![
            Cell::words(number::counted(count, "line", "lines")),
            Cell::blank(),
            Cell::blank(),
            Cell::blank(),
        ];
        cells.push(sum(amount(self.statement, "total"), "amount"));
        if self.compared() {
            let signed = |money: Option<Money>, column: &str| {
                money
                    .map_or_else(Cell::blank, |money| Figure::sum(money, column, self.rows()).signed().into())
            };
            cells.push(signed(amount(self.statement, "difference"), "difference"));
            cells.extend(self.causes().iter().map(|(key, ..)| signed(self.part(key), &format!("by_{key}"))));
            cells.push(Cell::blank());
        }
        cells
    }

    /// Twelve months up to this one.
    fn chart(&self, all: &Listing) -> Markup {
        let Some(period) = self.period else { return html! {} };
        let first = period.plus(-11);
        let mut points = Vec::new();
        for row in all.rows.iter().rev() {
            let Ok(month) = plain(all, row, "period").parse::<Period>() else { continue };
            if first <= month && month <= period {
                let label = month.label();
                let label = label.split(' ').next().unwrap_or_default().to_owned();
                let at = format!("/money/statements/{}", plain(all, row, "number"));
                points.push(Point::new(label, cell(all, row, "total")).linked(at));
            }
        }
        if points.len() < 2 {
            return html! {};
        }
        let name = text(self.statement, "customer_name");
        let finding = extremes(&points).unwrap_or_else(|| format!("Charged to {name}"));
        let unit = amount(self.statement, "total").map_or_else(String::new, |money| money.currency().sign());
        let format = Format { scale: Scale::Millions(2), ..Format::default() };
        let caption = Caption::new("months", finding, format!("Charged to {name}, {unit}M")).format(format);
        BarChart { caption, names: "Month".into(), points }.render()
    }

    fn others(&self, all: &Listing) -> Markup {
        let heads = vec![Head::words("Period"), Head::figures("Amount"), Head::words("State")];
        let caption = format!("Statements of {}", text(self.statement, "customer_name"));
        let table = all.rows.iter().take(6).fold(SimpleTable::new(caption, heads).dense(), |table, row| {
            let at = format!("/money/statements/{}", plain(all, row, "number"));
            let rows = format!("/money/statement-lines?statement={}", plain(all, row, "number"));
            let cells = vec![
                Cell::link(number::period(plain(all, row, "period")), at),
                Figure::sum(cell(all, row, "total"), "amount", rows).into(),
                Cell::new(parts::state(Thing::Statement, &plain(all, row, "state"))),
            ];
            let own = plain(all, row, "number") == self.number;
            table.push(if own { Row::Chosen(cells) } else { Row::Cells(cells) })
        });
        let customer = text(self.statement, "customer");
        html! {
            (titled(&table))
            @if all.count > 6 { p { a href={ "/money/statements?customer=" (customer) } { "All " (all.count) } } }
        }
    }

    fn people(&self) -> Markup {
        let manager = text(self.statement, "manager");
        let note = text(self.statement, "note");
        html! {
            @if !manager.is_empty() { p { "Relationship manager: " (manager) } }
            @if !note.is_empty() { p { "Note with the acceptance: " (note) } }
        }
    }
}

fn decimal(money: Money) -> Decimal {
    Decimal::from(money.minor())
}

/// Which month was the highest and which the lowest.
fn extremes(points: &[Point]) -> Option<String> {
    let by = |point: &&Point| number::exact(&point.value);
    let (low, high) = (points.iter().min_by_key(by)?, points.iter().max_by_key(by)?);
    if number::exact(&low.value) == number::exact(&high.value) {
        return Some("The same every month".to_owned());
    }
    Some(format!("{} was the highest month, {} the lowest", high.label, low.label))
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
    let total = amount(&statement, "total").map_or_else(String::new, |money| money.spoken());
    Ok(Page {
        head: head.answer(html! { (total) " for " (text(&statement, "customer_name")) "." }),
        body: form.render(),
    })
}
