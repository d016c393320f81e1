//! Who may do what.

use access::{GrantScope, Params, Role, person};
use kernel::{Refused, Scope};
use larkfield::{GrantScope as Told, Story};

use super::teller::Teller;

/// Everybody, with what holds for the whole organisation. They come in by one click, so nobody has a
/// password; the roles were confirmed before the story begins.
pub(super) async fn tell(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    for told in &story.people {
        let mut cx = teller.founding(None).await?;
        let input = person::PersonInput {
            username: told.key.clone(),
            name: told.name.clone(),
            email: Some(told.email.clone()),
        };
        person::add(&mut cx, &Params::default(), input).await?;
        let id = person::activate(&mut cx, &told.key).await?;
        cx.tx.commit().await?;
        teller.knows(&told.key, id);
        // A board and a unit are no rooms yet: their members read for the whole organisation.
        let wide =
            told.grants.iter().filter(|grant| !matches!(grant.scope, Told::Customer(_) | Told::Service(_)));
        for grant in wide {
            teller.grant(&told.key, role(grant.role), GrantScope::Organisation).await?;
        }
    }
    Ok(())
}

/// What holds for one customer or one service, once they are there.
pub(super) async fn scoped(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    for told in &story.people {
        for grant in &told.grants {
            if let Some(scope) = scope_of(teller, &grant.scope).await? {
                teller.grant(&told.key, role(grant.role), scope).await?;
            }
        }
    }
    Ok(())
}

/// A service being prepared is no service yet: nothing to hold a role for.
async fn scope_of(teller: &Teller, scope: &Told) -> Result<Option<GrantScope>, Refused> {
    let mut tx = teller.house.db.read().await?;
    Ok(match scope {
        Told::Customer(key) => {
            let customer = relationships::customer::load(&mut tx, &Scope::All, key).await?;
            Some(GrantScope::Customer(customer.id))
        }
        Told::Service(key) => {
            let service = portfolio::service::find_by_key(&mut tx, key).await?;
            service.map(|service| GrantScope::Service(service.id))
        }
        _ => None,
    })
}

const fn role(told: larkfield::Role) -> Role {
    use larkfield::Role as Told;
    match told {
        Told::Executive => Role::Executive,
        Told::BoardMember => Role::BoardMember,
        Told::Chair => Role::Chair,
        Told::PortfolioManager => Role::PortfolioManager,
        Told::FinanceManager => Role::FinanceManager,
        Told::RelationshipManager => Role::RelationshipManager,
        Told::ServiceOwner => Role::ServiceOwner,
        Told::Receiver => Role::Receiver,
        Told::FundingSource => Role::FundingSource,
        Told::CustomerRepresentative => Role::CustomerRepresentative,
        Told::Auditor => Role::Auditor,
        Told::Administrator => Role::Administrator,
    }
}
