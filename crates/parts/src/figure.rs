//! Every number is a link: the figure, what kind of computation it is, and where its rows are. The
//! attributes are what the crawl reads to recompute it from the linked rows (`screens.md` 5.2).

use kernel::Money;
use kernel::listing::{Kind, Value};
use maud::{Markup, Render, html};

use crate::number::{self, Format, Scale};
use crate::shape::{Shape, shape};

/// How a figure comes from the rows it links to.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum FigureKind {
    /// The sum of one column over the linked rows.
    Sum {
        /// Column key of the linked list.
        column: String,
    },
    /// How many rows are linked.
    Count,
    /// The mean of a column, weighted by another where named.
    Mean {
        /// Column key of the linked list.
        column: String,
        /// Column key of the weights.
        weight: Option<String>,
    },
    /// The median of a column.
    Median {
        /// Column key of the linked list.
        column: String,
    },
    /// First ÷ second, a share.
    Ratio(Box<[Operand; 2]>),
    /// First − second.
    Difference(Box<[Operand; 2]>),
    /// First × second.
    Product(Box<[Operand; 2]>),
    /// First ÷ second, a figure per unit.
    Quotient(Box<[Operand; 2]>),
    /// A stated field of the linked record.
    Field {
        /// Its name.
        name: String,
    },
    /// A cell of the table it stands in; that row is its own evidence.
    #[default]
    Cell,
    /// A named computation with a recomputer of its own: `npv`, `irr`.
    Named {
        /// Its name.
        name: String,
    },
}

/// One of the two numbers a figure is computed from.
#[derive(Clone, PartialEq, Debug)]
pub struct Operand {
    /// The number.
    pub value: Value,
    /// The rows or record it comes from.
    pub href: String,
    /// `sum:amount`, `count`, `field:name`: how it comes from them.
    pub from: String,
}

impl Operand {
    /// The sum of `column` over the rows at `href`.
    pub fn sum(value: impl Into<Value>, column: &str, href: impl Into<String>) -> Operand {
        Operand { value: value.into(), href: href.into(), from: format!("sum:{column}") }
    }

    /// The number of rows at `href`.
    pub fn count(value: impl Into<Value>, href: impl Into<String>) -> Operand {
        Operand { value: value.into(), href: href.into(), from: "count".to_owned() }
    }

    /// The field `name` of the record at `href`.
    pub fn field(value: impl Into<Value>, name: &str, href: impl Into<String>) -> Operand {
        Operand { value: value.into(), href: href.into(), from: format!("field:{name}") }
    }
}

/// How large a figure stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum FigureStyle {
    /// As the text around it.
    #[default]
    Plain,
    /// Semi-bold.
    Strong,
    /// A key figure: 28 px with a 2 px underline.
    Key,
}

/// Whether a change does good; said by colour, arrow and a word of the caller.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Judged {
    /// It helps the result.
    Favourable,
    /// It hurts the result.
    Adverse,
    /// Neither.
    Neutral,
}

/// A number on a page.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// What it is.
    pub value: Value,
    /// How it comes from the rows it links to.
    pub kind: FigureKind,
    /// Where its rows are; absent only for a cell.
    pub href: Option<String>,
    /// How large it stands.
    pub style: FigureStyle,
    /// How it is written.
    pub format: Format,
    /// Words before and after it inside the link: `≤ `, ` seats`.
    pub around: (String, String),
    /// Other words for it: `two months`.
    pub words: Option<String>,
    /// Its arrow and colour, where it is a judged change.
    pub judged: Option<Judged>,
}

impl Figure {
    /// A figure of any kind, linked to `href`.
    pub fn new(value: impl Into<Value>, kind: FigureKind, href: impl Into<String>) -> Figure {
        Figure { kind, href: Some(href.into()), ..Figure::cell(value) }
    }

    /// The sum of `column` over the rows at `href`.
    pub fn sum(value: impl Into<Value>, column: &str, href: impl Into<String>) -> Figure {
        Figure::new(value, FigureKind::Sum { column: column.to_owned() }, href)
    }

    /// The number of rows at `href`.
    pub fn count(value: i64, href: impl Into<String>) -> Figure {
        Figure::new(value, FigureKind::Count, href)
    }

    /// The field `name` of the record at `href`.
    pub fn field(value: impl Into<Value>, name: &str, href: impl Into<String>) -> Figure {
        Figure::new(value, FigureKind::Field { name: name.to_owned() }, href)
    }

    /// `a` − `b`; leads to `href`, where both can be seen.
    pub fn difference(value: impl Into<Value>, a: Operand, b: Operand, href: impl Into<String>) -> Figure {
        Figure::new(value, FigureKind::Difference(Box::new([a, b])), href)
    }

    /// `a` ÷ `b` as a share in percent.
    pub fn ratio(value: impl Into<Value>, a: Operand, b: Operand, href: impl Into<String>) -> Figure {
        Figure::new(value, FigureKind::Ratio(Box::new([a, b])), href).percent()
    }

    /// `a` ÷ `b` as a figure per unit.
    pub fn quotient(value: impl Into<Value>, a: Operand, b: Operand, href: impl Into<String>) -> Figure {
        Figure::new(value, FigureKind::Quotient(Box::new([a, b])), href)
    }

    /// `a` × `b`.
    pub fn product(value: impl Into<Value>, a: Operand, b: Operand, href: impl Into<String>) -> Figure {
        Figure::new(value, FigureKind::Product(Box::new([a, b])), href)
    }

    /// A cell of the table it stands in, without a link.
    pub fn cell(value: impl Into<Value>) -> Figure {
        Figure {
            value: value.into(),
            kind: FigureKind::Cell,
            href: None,
            style: FigureStyle::Plain,
            format: Format::default(),
            around: (String::new(), String::new()),
            words: None,
            judged: None,
        }
    }

    /// 28 px with a 2 px underline.
    pub fn key(self) -> Figure {
        Figure { style: FigureStyle::Key, ..self }
    }

    /// Semi-bold.
    pub fn strong(self) -> Figure {
        Figure { style: FigureStyle::Strong, ..self }
    }

    /// As in a sentence: with its currency, zero as `€0.00`.
    pub fn spoken(mut self) -> Figure {
        self.format.spoken = true;
        self
    }

    /// In larger steps: `.spoken().scale(Scale::Millions(1))` is `€2.9 M`.
    pub fn scale(mut self, scale: Scale) -> Figure {
        self.format.scale = scale;
        self
    }

    /// With `+` where positive.
    pub fn signed(mut self) -> Figure {
        self.format.signed = true;
        self
    }

    /// A fraction as percent.
    pub fn percent(mut self) -> Figure {
        self.format.percent = true;
        self
    }

    /// An exact decimal with so many places.
    pub fn decimals(mut self, digits: u32) -> Figure {
        self.format.decimals = Some(digits);
        self
    }

    /// Words before it inside the link.
    pub fn before(mut self, words: &str) -> Figure {
        self.around.0 = words.to_owned();
        self
    }

    /// Words after it inside the link.
    pub fn after(mut self, words: &str) -> Figure {
        self.around.1 = words.to_owned();
        self
    }

    /// Said in other words: `two months`.
    pub fn saying(self, words: impl Into<String>) -> Figure {
        Figure { words: Some(words.into()), ..self }
    }

    /// With an arrow by its sign and the colour of its judgement, signed. The caller adds the word.
    pub fn judged(self, judged: Judged) -> Figure {
        Figure { judged: Some(judged), ..self.signed() }
    }

    fn text(&self) -> String {
        self.words.clone().unwrap_or_else(|| number::written(&self.value, self.format))
    }

    /// The exact amount, where what is shown is shorter.
    fn exactly(&self) -> Option<String> {
        let Value::Money(money) = &self.value else { return None };
        let short = self.format.scale != Scale::Exact || self.words.is_some();
        short.then(|| Money::spoken(money))
    }

    fn classes(&self) -> String {
        let style = match self.style {
            FigureStyle::Plain => "num",
            FigureStyle::Strong => "num strong",
            FigureStyle::Key => "num key",
        };
        match self.judged {
            _ if self.text() == number::ZERO => format!("{style} zero"),
            Some(Judged::Adverse) => format!("{style} adv"),
            Some(Judged::Favourable) => format!("{style} fav"),
            Some(Judged::Neutral) | None => style.to_owned(),
        }
    }

    fn arrow(&self) -> Option<Shape> {
        let number = self.judged.and_then(|_| number::exact(&self.value))?;
        let mark = if number.is_sign_negative() { Shape::TriangleDown } else { Shape::Triangle };
        (!number.is_zero()).then_some(mark)
    }
}

impl Render for Figure {
    fn render(&self) -> Markup {
        if matches!(self.value, Value::Unknown) && self.words.is_none() {
            return html! { span .nk title="no data" { (number::UNKNOWN) } };
        }
        let inside = html! {
            @if let Some(mark) = self.arrow() { (shape(mark)) " " }
            (self.around.0) data value=(self.value.plain()) { (self.text()) } (self.around.1)
        };
        let (name, column, weight, operands) = attributes(&self.kind);
        let [a, b] = operands.map_or([None, None], |pair| [Some(&pair[0]), Some(&pair[1])]);
        html! {
            @if let Some(href) = &self.href {
                a class=(self.classes()) href=(href) title=[self.exactly()] data-figure=(name)
                    data-column=[column] data-weight=[weight]
                    data-a=[a.map(|a| &a.from)] data-a-value=[a.map(|a| a.value.plain())] data-a-href=[a.map(|a| &a.href)]
                    data-b=[b.map(|b| &b.from)] data-b-value=[b.map(|b| b.value.plain())] data-b-href=[b.map(|b| &b.href)]
                    { (inside) }
            } @else {
                span class=(self.classes().replacen("num", "fig", 1)) title=[self.exactly()] data-figure=(name)
                    data-column=[column] { (inside) }
            }
        }
    }
}

type Attributes<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<&'a [Operand; 2]>);

fn attributes(kind: &FigureKind) -> Attributes<'_> {
    match kind {
        FigureKind::Sum { column } => ("sum", Some(column), None, None),
        FigureKind::Count => ("count", None, None, None),
        FigureKind::Mean { column, weight } => ("mean", Some(column), weight.as_deref(), None),
        FigureKind::Median { column } => ("median", Some(column), None, None),
        FigureKind::Ratio(pair) => ("ratio", None, None, Some(pair)),
        FigureKind::Difference(pair) => ("difference", None, None, Some(pair)),
        FigureKind::Product(pair) => ("product", None, None, Some(pair)),
        FigureKind::Quotient(pair) => ("quotient", None, None, Some(pair)),
        FigureKind::Field { name } => ("field", Some(name), None, None),
        FigureKind::Cell => ("cell", None, None, None),
        FigureKind::Named { name } => (name, None, None, None),
    }
}

/// A list's cell that is a figure, linked where `href` leads somewhere.
pub fn cell_figure(value: &Value, kind: Kind, href: Option<String>) -> Figure {
    let figure = Figure { href, ..Figure::cell(value.clone()) };
    match (value, kind) {
        (Value::Decimal(_), Kind::Percent) => figure.percent(),
        (Value::Text(_), _) => figure.saying(number::cell(value, kind)),
        _ => figure,
    }
}

#[cfg(test)]
mod tests {
    use kernel::Currency;

    use super::*;

    fn euro(cents: i64) -> Value {
        Value::Money(Money::of_minor(cents, Currency::EUR))
    }

    #[test]
    fn a_sum_links_to_its_rows_and_says_which_column_adds_up() {
        assert_eq!(
            Figure::sum(euro(756_324_811), "amount", "/ledger?period=2026-09&kind=cost")
                .render()
                .into_string(),
            "<a class=\"num\" href=\"/ledger?period=2026-09&amp;kind=cost\" data-figure=\"sum\" \
             data-column=\"amount\"><data value=\"7563248.11\">7,563,248.11</data></a>"
        );
    }

    #[test]
    fn a_judged_change_has_an_arrow_a_sign_and_a_colour() {
        let change = Figure::difference(
            euro(66_085_660),
            Operand::sum(euro(666_085_660), "amount", "/ledger"),
            Operand::sum(euro(600_000_000), "amount", "/budget"),
            "/variance",
        );
        let html = change.spoken().scale(Scale::Whole).judged(Judged::Adverse).render().into_string();
        assert!(html.contains("class=\"num adv\"") && html.contains("<svg"), "{html}");
        assert!(html.contains("title=\"€660,856.60\"") && html.contains(">+€660,857</data>"), "{html}");
        assert!(html.contains("data-a=\"sum:amount\" data-a-value=\"6660856.60\" data-a-href=\"/ledger\""));
        assert!(html.contains("data-b-value=\"6000000.00\" data-b-href=\"/budget\""), "{html}");
    }

    #[test]
    fn unknown_is_not_zero_and_zero_has_no_arrow() {
        assert!(Figure::sum(Value::Unknown, "amount", "/x").render().into_string().contains("n/k"));
        let zero = Figure::sum(euro(0), "amount", "/x").judged(Judged::Adverse).render().into_string();
        assert!(zero.contains("<data value=\"0.00\">–</data>") && !zero.contains("<svg"), "{zero}");
    }
}
