//! Bars: months from zero, the last one standing out.

use kernel::Decimal;
use maud::{Markup, Render, html};

use super::scale::{Scale, px};
use super::{Caption, MOST_LINKS, Point, framed, mark, twin_of};
use crate::number::exact;

/// Up to 24 bars from zero; the last stands out.
#[derive(Clone, Debug)]
pub struct BarChart {
    /// The finding, the unit, how values are written.
    pub caption: Caption,
    /// What the bars are: `Month`.
    pub names: String,
    /// The bars in order.
    pub points: Vec<Point>,
}

const WIDTH: i64 = 512;
const HEIGHT: i64 = 190;
const TOP: i64 = 24;
const BASE: i64 = 152;

impl Render for BarChart {
    fn render(&self) -> Markup {
        let values = || self.points.iter().filter_map(|point| exact(&point.value));
        let high = values().max().unwrap_or_default().max(Decimal::ZERO);
        let low = values().min().unwrap_or_default().min(Decimal::ZERO);
        let scale = Scale::new(low, high, BASE - TOP);
        let zero = BASE * 10 - scale.tenths(Decimal::ZERO);
        let count = i64::try_from(self.points.len().max(1)).unwrap_or(1);
        let slot = WIDTH * 10 / count;
        let linked = self.points.len() <= MOST_LINKS;
        let drawing = html! {
            @for (i, point) in (0_i64..).zip(&self.points) {
                @let last = i + 1 == count;
                @let (left, middle) = (i * slot + slot / 8, i * slot + slot / 2);
                @let words = self.caption.write(&point.value);
                (mark(point.href.as_ref().filter(|_| linked), &format!("{}: {words}", point.label), html! {
                    @if let Some(value) = exact(&point.value) {
                        @let end = BASE * 10 - scale.tenths(value);
                        rect .bar .now[last] x=(px(left)) y=(px(end.min(zero))) width=(px(slot * 3 / 4))
                            height=(px((end - zero).abs())) {}
                        text .strong[last] x=(px(middle)) y=(px(end.min(zero) - 60)) text-anchor="middle" { (words) }
                    } @else {
                        text x=(px(middle)) y=(px(zero - 60)) text-anchor="middle" { (words) }
                    }
                    text .axis .strong[last] x=(px(middle)) y=(HEIGHT - 14) text-anchor="middle" { (point.label) }
                }))
            }
            line .base x1="0" x2=(WIDTH) y1=(px(zero)) y2=(px(zero)) {}
        };
        framed(&self.caption, (WIDTH, HEIGHT), drawing, &twin_of(&self.caption, &self.names, &self.points))
    }
}
