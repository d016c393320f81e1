//! Who may do what.

use access::{GrantScope, Params, Role, person};
use kernel::{CustomerId, Refused, ServiceId};
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
        let wide = told.grants.iter().filter(|grant| !matches!(grant.scope, Told::Customer(_) | Told::Service(_)));
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
            let scope = match &grant.scope {
                Told::Customer(key) => id_of(teller, "relationships_customers", key).await?.and_then(|id| {
                    CustomerId::parse(&id).map(GrantScope::Customer)
                }),
                Told::Service(key) => id_of(teller, "portfolio_services", key).await?.and_then(|id| {
                    ServiceId::parse(&id).map(GrantScope::Service)
                }),
                _ => None,
            };
            if let Some(scope) = scope {
                teller.grant(&told.key, role(grant.role), scope).await?;
            }
        }
    }
    Ok(())
}

/// Only rows whose key the story names; a service being prepared is none yet.
async fn id_of(teller: &Teller, table: &str, key: &str) -> Result<Option<String>, Refused> {
    let mut tx = teller.house.db.read().await?;
    let row = tx.query(&format!("select id from {table} where key = $1")).bind(key).row().await?;
    Ok(row.map(|row| row.get("id")).transpose()?)
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
