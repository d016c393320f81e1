//! Retire a service: nobody who uses it is lost, and no state is passed over. Asked by `edit` and by import,
//! whose row may be an edit.

use access::Cx;
use kernel::Refused;

use super::error::{NOT_RETIRING, STILL_NEEDED, STILL_TAKEN};
use super::{Service, ServiceState, repo};

/// Refuses a service that would be retired from operational, while an agreement on it is in force, or while
/// a service that is not retired depends on it. One that is retired already is not asked again.
pub(super) async fn require_retirable(cx: &mut Cx, known: &Service, new: &Service) -> Result<(), Refused> {
    if new.state != ServiceState::Retired || known.state == ServiceState::Retired {
        return Ok(());
    }
    if known.state != ServiceState::Retiring {
        return Err(NOT_RETIRING.with(&[&known.key, known.state.word()]).into());
    }
    let agreements = repo::agreements_after(&mut cx.tx, known.id, new.state_from).await?;
    if !agreements.is_empty() {
        return Err(STILL_TAKEN.with(&[&known.key, &agreements.join(", ")]).into());
    }
    let dependents = repo::dependents_after(&mut cx.tx, known.id, new.state_from).await?;
    if !dependents.is_empty() {
        return Err(STILL_NEEDED.with(&[&known.key, &dependents.join(", ")]).into());
    }
    Ok(())
}
