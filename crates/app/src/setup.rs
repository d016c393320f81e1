//! Founding an organisation: its settings, and the first person, who may do what setting up needs.

use access::route::Nothing;
use access::{Cx, Done, GrantScope, Organisation, Role, Who, grant, organisation, person};
use db::Tx;
use kernel::{Actor, Currency, Fault, FiscalCalendar, PersonId, Refusal, RefusalKind, Refused, Status, Via};

use crate::House;

/// There is an organisation already.
pub static FOUNDED: RefusalKind = RefusalKind {
    code: "already_founded",
    status: Status::Rule,
    says: "This database has an organisation already: {0}.",
    way_out: "Use another database, or sign in.",
};

/// What an organisation is founded with.
#[derive(Clone, Debug)]
pub struct Founding {
    /// Name of the organisation.
    pub name: String,
    /// Reporting currency.
    pub currency: String,
    /// Month its year starts in, 1–12.
    pub first_month: u32,
    /// The demo's clock: story's moment and machine's moment.
    pub demo: Option<(String, String)>,
}

/// A context in which nobody has signed in yet: founding only.
pub async fn founding_context(
    house: &House,
    founder: PersonId,
    organisation: Organisation,
) -> Result<Cx, Fault> {
    founding_in(house, house.db.begin().await?, founder, organisation)
}

/// The same in a transaction that is open.
fn founding_in(house: &House, tx: Tx, founder: PersonId, organisation: Organisation) -> Result<Cx, Fault> {
    let who = Who {
        actor: Actor { person: founder, via: Via::CommandLine },
        name: "Quarterdeck".into(),
        grants: Vec::new(),
        signed_in_at: None,
    };
    let (now, chance, headway) = (house.clock.now(), house.chance.clone(), house.headway.clone());
    Ok(Cx { tx, who, now, chance, organisation, expected: None, headway })
}

/// Writes the organisation; refuses where there is one.
pub async fn found(house: &House, founding: &Founding) -> Result<Cx, Refused> {
    found_in(house, house.db.begin().await?, founding).await
}

/// The same in a transaction that is open.
pub(crate) async fn found_in(house: &House, tx: Tx, founding: &Founding) -> Result<Cx, Refused> {
    if founding.name.trim().is_empty() {
        return Err(Refusal::field("name", "Name the organisation.").into());
    }
    let currency = Currency::parse(&founding.currency).map_err(|error| {
        Refusal::field("currency", format!("{error}; write it as ISO 4217 does, for example EUR."))
    })?;
    let calendar = FiscalCalendar::starting_in(founding.first_month)
        .ok_or_else(|| Refusal::field("first_month", "The year starts in a month from 1 to 12."))?;
    let organisation = Organisation {
        name: founding.name.trim().to_owned(),
        currency,
        calendar,
        open_book: false,
        zone: None,
        demo: founding.demo.clone(),
    };
    let nobody = PersonId::new(house.chance.uuid_v7(house.clock.now()));
    let mut cx = founding_in(house, tx, nobody, organisation.clone())?;
    if let Some(there) = organisation::load(&mut cx.tx).await? {
        return Err(FOUNDED.with(&[&there.name]).into());
    }
    organisation::found(&mut cx.tx, &organisation, founding.first_month).await?;
    Ok(cx)
}

/// `quarterdeck init`: the organisation and its first administrator; returns their one-time link.
pub async fn init(house: &House, founding: &Founding, username: &str, name: &str) -> Result<String, Refused> {
    let mut cx = found(house, founding).await?;
    let input = person::PersonInput { username: username.into(), name: name.into(), email: None };
    let done = person::add(&mut cx, &access::Params::default(), input).await?;
    grant::give_confirmed(&mut cx, username, Role::Administrator, GrantScope::Organisation).await?;
    cx.tx.commit().await?;
    let done = done.told();
    let link = done.body.get("link").and_then(|link| link.as_str()).unwrap_or_default();
    Ok(link.to_owned())
}

/// A new link for an administrator, where none is active who could make one: their first was lost. Only whoever
/// holds the database itself gets here, and the history says so. Nothing is done where an administrator is
/// active, or the person is none. `rehearsed`, it is taken back.
pub async fn reset_administrator(
    house: &House,
    username: &str,
    rehearsed: bool,
) -> Result<Option<Done>, Refused> {
    let word = Role::Administrator.word();
    let mut tx = house.db.read().await?;
    let organisation = house.organisation(&mut tx).await?;
    let active = person::demo_people(&mut tx).await?;
    let known = person::by_username(&mut tx, username).await?;
    let Some(known) = known.filter(|_| !active.iter().any(|one| one.roles.iter().any(|role| role == word)))
    else {
        return Ok(None);
    };
    if !grant::active_of(&mut tx, known.id).await?.iter().any(|grant| grant.role == Role::Administrator) {
        return Ok(None);
    }
    drop(tx);
    let mut cx = founding_context(house, known.id, organisation).await?;
    let at = access::Params([("username".to_owned(), known.username)].into());
    let done = person::reset(&mut cx, &at, Nothing {}).await?;
    if rehearsed {
        cx.tx.rollback().await?;
        return Ok(Some(done.never_kept()));
    }
    cx.tx.commit().await?;
    Ok(Some(done.told()))
}

/// All of them, for the catalogue.
pub static REFUSALS: &[&RefusalKind] = &[&FOUNDED];
