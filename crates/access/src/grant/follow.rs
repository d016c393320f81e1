//! Who is named on a record may act on it: the grant follows the name.

use kernel::{PersonId, Refused};

use super::end::ended;
use super::give::store;
use super::repo::{self, Stored};
use crate::{Cx, GrantScope, Role};

/// `holder` is named on the record of `scope` now, in place of `before`: whoever holds `role` for other records
/// gets it for this one, and what `before` got in this way ends; what an administrator gave stays. Who does not
/// hold the role at all gets none by being named.
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
    if let Some(before) = before {
        for grant in repo::by_name(&mut cx.tx, before, role, scope).await? {
            ended(cx, grant, Some("Somebody else is named on the record.")).await?;
        }
    }
    match holder {
        Some(holder) => named(cx, role, scope, holder).await,
        None => Ok(()),
    }
}

async fn named(cx: &mut Cx, role: Role, scope: GrantScope, holder: PersonId) -> Result<(), Refused> {
    let held = repo::active_of(&mut cx.tx, holder).await?;
    let held: Vec<GrantScope> =
        held.into_iter().filter(|grant| grant.role == role).map(|grant| grant.scope).collect();
    if held.is_empty() || held.contains(&GrantScope::Organisation) || held.contains(&scope) {
        return Ok(());
    }
    // Nobody gives themselves a role: this one follows from the one they were given. The history says who named them.
    let granted_by = repo::giver(&mut cx.tx, holder, role).await?;
    let grant = Stored { granted_by, ..Stored::new(cx, holder, role, "active") };
    store(cx, &grant, scope, Some("Named on the record.")).await?;
    Ok(repo::mark(&mut cx.tx, grant.id).await?)
}
