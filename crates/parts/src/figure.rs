//! Every number is a link: the figure, what kind of computation it is, and where its rows are. The
//! attributes are what the crawl reads to recompute it from the linked rows (`screens.md` 5.2).

use kernel::Money;
use kernel::listing::{Kind, Value};
use maud::{Markup, Render, html};

use crate::figure_kind::attributes;
pub use crate::figure_kind::{FigureKind, Operand};
use crate::number::{self, Format, Scale};
use crate::shape::{Shape, shape};

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
#[path = "figure_tests.rs"]
mod tests;
