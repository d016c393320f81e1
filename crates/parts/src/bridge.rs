//! A bridge: the parts that add up from last to this.

use kernel::listing::Value;
use maud::{Markup, Render, html};

use crate::figure::Figure;
use crate::number::exact;

/// One part.
#[derive(Clone)]
pub struct BridgePart {
    /// Volume, price, cost, rule, new, gone; or the name of an end.
    pub label: String,
    /// How much.
    pub figure: Figure,
    /// What it means, in a few words.
    pub note: Markup,
}

impl BridgePart {
    /// A part.
    pub fn new(label: impl Into<String>, figure: Figure, note: Markup) -> BridgePart {
        BridgePart { label: label.into(), figure, note }
    }
}

/// From `last` over the parts to `this`. Parts are signed; the ends are strong.
pub fn bridge(last: &BridgePart, parts: &[BridgePart], this: &BridgePart) -> Markup {
    html! {
        dl .bridge {
            (end(last))
            @for part in parts {
                div .part { dt { (part.label) } dd { (part.figure.clone().signed()) p .note { (part.note) } } }
            }
            (end(this))
        }
    }
}

fn end(part: &BridgePart) -> Markup {
    html! {
        div .end { dt { (part.label) } dd { (part.figure.clone().strong().render()) p .note { (part.note) } } }
    }
}

/// Whether the parts lead exactly from `last` to `this`; pages assert it where they are built.
pub fn adds_up(last: &Value, parts: &[&Value], this: &Value) -> bool {
    let sum = parts
        .iter()
        .try_fold(exact(last), |sum, part| Some(sum.and_then(|sum| sum.checked_add(exact(part)?))));
    sum.flatten().is_some_and(|sum| Some(sum) == exact(this))
}

#[cfg(test)]
mod tests {
    use kernel::{Currency, Money};

    use super::*;

    fn euro(text: &str) -> Value {
        Money::parse(text, Currency::EUR).unwrap().into()
    }

    /// The figures of the picture `statement-trace.png`.
    #[test]
    fn august_and_its_parts_give_september() {
        let (volume, cost, new) = (euro("4251.36"), euro("32912.22"), euro("2312.64"));
        let (august, september) = (euro("1488678.48"), euro("1528154.70"));
        assert!(adds_up(&august, &[&volume, &cost, &new], &september));
        assert!(!adds_up(&august, &[&volume, &cost], &september));
        assert!(!adds_up(&august, &[&Value::Unknown], &september));
    }
}
