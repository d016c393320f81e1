//! Twelve small bars beside a figure. The last value stands as text beside it, so the drawing is not
//! read out.

use kernel::Decimal;
use kernel::listing::Value;
use maud::{Markup, html};

use super::scale::{Scale, px};
use crate::number::exact;

const HEIGHT: i64 = 20;
const SLOT: i64 = 6;

/// Bars of `values` in order, the last standing out; unknown ones leave a gap.
pub fn spark(values: &[Value]) -> Markup {
    let known = || values.iter().filter_map(exact);
    let high = known().max().unwrap_or_default().max(Decimal::ZERO);
    let low = known().min().unwrap_or_default().min(Decimal::ZERO);
    let scale = Scale::new(low, high, HEIGHT);
    let zero = HEIGHT * 10 - scale.tenths(Decimal::ZERO);
    let width = SLOT * i64::try_from(values.len()).unwrap_or(0);
    html! {
        svg .spark aria-hidden="true" focusable="false" viewBox={ "0 0 " (width) " " (HEIGHT) } width=(width) height=(HEIGHT) {
            @for (i, value) in (0_i64..).zip(values) {
                @if let Some(value) = exact(value) {
                    @let end = HEIGHT * 10 - scale.tenths(value);
                    rect .bar .now[(i + 1) * SLOT == width] x=(i * SLOT) y=(px(end.min(zero))) width=(SLOT - 2)
                        height=(px((end - zero).abs().max(10))) {}
                }
            }
        }
    }
}
