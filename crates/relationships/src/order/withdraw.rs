//! Take an order back: who asked for it, while it waits for an answer.

use access::route::Nothing;
use access::{Action, Cx, Done, Params};
use kernel::Refused;
use portfolio::sql::require_version_if_given;

use super::answer::store;
use super::repo;

/// Takes an order back.
pub async fn withdraw(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    let mut order = repo::load(&mut cx.tx, &scope, params.get("number")).await?;
    cx.require_customer(Action::PlaceOrder, order.customer)?;
    require_version_if_given(cx, order.version)?;
    order.withdraw(cx.person())?;
    store(cx, order, "withdrawn", None).await
}
