//! Who is named on a record may act on it: the grant follows the name.

use kernel::{Fault, PersonId, Refused};

use super::end::ended;
use super::give::store;
use super::repo;
use crate::{Cx, GrantScope, Role, person};

/// `holder` is named on the record of `scope` now, in place of `before`: whoever holds `role` for other records
/// gets it for this one, and it ends for whom it was given by name. Who does not hold the role at all gets none
/// by being named.
pub async fn follow(
    cx: &mut Cx,
    role: Role,
    scope: GrantScope,
    before: Option<PersonId>,
    holder: Option<PersonId>,
) -> Result<(), Refused> {
    if before == holder {
        return Ok(());
    }
    if let Some(person) = before {
        for grant in repo::active_for(&mut cx.tx, person, role, scope).await? {
            ended(cx, grant, Some("Somebody else is named on the record.")).await?;
        }
    }
    let Some(holder) = holder else { return Ok(()) };
    let held = repo::active_of(&mut cx.tx, holder).await?;
    let held: Vec<GrantScope> =
        held.into_iter().filter(|grant| grant.role == role).map(|grant| grant.scope).collect();
    if held.is_empty() || held.contains(&GrantScope::Organisation) || held.contains(&scope) {
        return Ok(());
    }
    let username = person::username_of(&mut cx.tx, holder).await?;
    let username = username.ok_or_else(|| Fault::because("nobody is named on a record"))?;
    // Nobody gives themselves a role: this one follows from the one they were given.
    let by = repo::giver(&mut cx.tx, holder, role).await?;
    store(cx, (holder, &username), role, scope, "active", by).await?;
    Ok(())
}
