//! Customers, contacts, agreements.

use access::Params;
use kernel::Refused;
use larkfield::{AgreedQuantity, CustomerKind, Settlement, Story};
use relationships::customer;

use super::teller::Teller;

/// Customers with their people, then what they take. Told by each relationship manager before their
/// scoped roles can be given, which need the customers to be there.
pub(super) async fn tell(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    for told in &story.customers {
        let mut cx = teller.founding(Some(&told.relationship_manager)).await?;
        let kind = if told.kind == CustomerKind::Unit { "unit" } else { "outside" };
        let input = customer::CustomerInput {
            key: told.key.clone(),
            name: told.name.clone(),
            kind: kind.into(),
            manager: Some(told.relationship_manager.clone()),
            source_key: told.cost_centre.clone(),
        };
        customer::add(&mut cx, &Params::default(), input).await?;
        cx.tx.commit().await?;
    }
    super::people::scoped(teller, story).await?;
    contacts(teller, story).await?;
    agreements(teller, story).await
}

/// Who is met at a customer.
async fn contacts(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    for told in &story.contacts {
        let influence = match told.influence {
            0..=2 => "low",
            3 => "medium",
            _ => "high",
        };
        let body = serde_json::json!({ "customer": told.customer, "name": told.name, "role": told.role,
            "influence": influence, "email": told.email });
        let manager = manager_of(story, &told.customer);
        teller.does(&manager, "contact add", body).await?;
    }
    Ok(())
}

/// Who takes what, how much, from when to when.
async fn agreements(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    for (told, n) in story.agreements.iter().zip(1..) {
        let manager = manager_of(story, &told.customer);
        let settlement = if told.settlement == Settlement::Recharge { "recharge" } else { "memo" };
        let quantities: Vec<(kernel::Period, kernel::Quantity)> = match &told.quantity {
            AgreedQuantity::Agreed(versions) | AgreedQuantity::Measured { agreed: versions, .. } => {
                versions.clone()
            }
        };
        let Some((_, first)) = quantities.first() else { continue };
        let body = serde_json::json!({ "customer": told.customer, "offering": told.offering, "quantity": first.plain(),
            "from_day": told.from.to_string(), "to_day": told.to.map(|day| day.to_string()),
            "notice_days": told.notice_days.to_string(), "settlement": settlement,
            "source_key": format!("agreement-{n}") });
        let done = teller.does(&manager, "agreement add", body).await?;
        let mut version = done.version;
        for (from, quantity) in quantities.iter().skip(1) {
            let body =
                serde_json::json!({ "quantity": quantity.plain(), "from_day": from.first_day().to_string() });
            let at = [("number", done.key.as_str())];
            version = teller.does_to(&manager, "agreement change", &at, version, body).await?.version;
        }
    }
    Ok(())
}

fn manager_of(story: &Story, customer: &str) -> String {
    let found = story.customers.iter().find(|told| told.key == customer);
    found.map_or_else(String::new, |told| told.relationship_manager.clone())
}
