//! Who acts on a database of one's own.

use access::person::{self, Person};
use access::{Action, Who};
use app::House;
use kernel::{PersonId, Via};

use crate::exit::Exit;

/// Who acts on a database of one's own: the person named by `--as`, else the first who may. Whoever
/// holds the database itself could act as anybody; the history says "command line".
pub(crate) async fn actor(house: &House, acting: &str, action: Action) -> Result<Who, Exit> {
    match actors(house, acting, action, false).await?.into_iter().next() {
        Some(who) => Ok(who),
        None => Err(nobody_may(house, action).await),
    }
}

/// The person named by `--as`; where none is, those who may, who reach everything first, one of each set of roles.
/// To read, of those who may do most first: what many may ask, as a search, shows each what their roles let them see.
pub(crate) async fn actors(
    house: &House,
    acting: &str,
    action: Action,
    reads: bool,
) -> Result<Vec<Who>, Exit> {
    let mut tx = house.db.read().await.map_err(kernel::Fault::from)?;
    house.organisation(&mut tx).await?;
    if !acting.is_empty() {
        let found = person::by_username(&mut tx, acting).await?;
        let nobody = || Exit::Usage(format!("There is nobody with the username “{acting}” (--as)."));
        let found = found.ok_or_else(nobody)?;
        let who = person::who(&mut tx, found.id, Via::CommandLine, None).await?;
        return Ok(vec![who.ok_or_else(|| not_active(&found))?]);
    }
    let mut may: Vec<Who> = Vec::new();
    for known in person::demo_people(&mut tx).await? {
        let id: Option<PersonId> =
            person::by_username(&mut tx, &known.username).await?.map(|person| person.id);
        let Some(id) = id else { continue };
        let Some(who) = person::who(&mut tx, id, Via::CommandLine, None).await? else { continue };
        if who.reach(action).any() && may.iter().all(|other| other.grants != who.grants) {
            may.push(who);
        }
    }
    let part =
        |who: &Who| Action::ALL.iter().filter(|action| who.reach(**action) != access::Reach::All).count();
    may.sort_by_key(|who| (who.reach(action) != access::Reach::All, if reads { part(who) } else { 0 }));
    Ok(may)
}

/// Why somebody cannot be acted as, and what to do about it.
fn not_active(person: &Person) -> Exit {
    let name = &person.username;
    let says = match person.state.as_str() {
        "invited" => format!("“{name}” {}", not_opened(name)),
        state => format!("“{name}” is {state}: name somebody else with --as."),
    };
    Exit::refused(4, says)
}

/// What is said of who was invited and has not come in.
fn not_opened(username: &str) -> String {
    format!("has not opened the one-time link yet. Lost it: quarterdeck user reset {username}")
}

/// Nobody here holds a role it takes, or nobody who does has come in: then who that is.
pub(crate) async fn nobody_may(house: &House, action: Action) -> Exit {
    let invited = match house.db.read().await {
        Ok(mut tx) => person::invited_with(&mut tx, action.roles()).await,
        Err(error) => Err(error.into()),
    };
    let invited = match invited {
        Ok(invited) => invited,
        Err(fault) => return fault.into(),
    };
    let roles: Vec<&str> = action.roles().iter().map(|role| role.word()).collect();
    let says = match invited.first() {
        Some(name) => format!("Nobody here may {} yet: “{name}” {}", action.words(), not_opened(name)),
        None => format!("Nobody here may {}: it takes one of {}.", action.words(), roles.join(", ")),
    };
    Exit::refused(4, says)
}
