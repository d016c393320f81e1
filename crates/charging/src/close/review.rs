//! Begin the close: open → in review.

use access::route::{Nothing, Ready};
use access::{Cx, Done, Params};
use finance::period::{self, FiscalPeriod, PeriodStep};
use kernel::Refused;

/// Puts the period in review: it still takes corrections.
pub async fn review(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    let mut fiscal = period::load(&mut cx.tx, params.get("period")).await?;
    let (location, key) = (format!("/money/close/{}", fiscal.period), fiscal.period.to_string());
    if !period::step(cx, &mut fiscal, PeriodStep::Review, None).await? {
        return Ok(Done::unchanged(location, key, begun(&fiscal)).at_version(fiscal.version));
    }
    let says = format!("{} is in review.", fiscal.period.label());
    Ok(Done::changed(location, key, says).at_version(fiscal.version))
}

/// Whether the close can begin.
pub async fn may_review(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let mut fiscal = period::load(&mut cx.tx, params.get("period")).await?;
    let begins = fiscal.take(PeriodStep::Review)?;
    Ok(Ready::of(begins, begun(&fiscal)))
}

fn begun(fiscal: &FiscalPeriod) -> String {
    format!("{} is in review already.", fiscal.period.label())
}
