//! What pages, API and command line read of the history.

use db::{Bind, ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Refused, Via};

use super::{names, narrow};
use crate::{Action, Cx, Params, Reach, Role, View, as_of, system};

fn columns() -> Vec<Column> {
    vec![
        Column::new("seq", "No.", Kind::Count),
        Column::new("at", "When", Kind::Time),
        Column::new("person", "Who", Kind::Text),
        Column::new("noun", "Record", Kind::Text),
        Column::new("record_key", "Key", Kind::Code),
        Column::new("action", "What", Kind::Text),
        Column::new("changes", "Old → new", Kind::Text),
        Column::new("why", "Why", Kind::Text),
        Column::new("via", "By way of", Kind::Text).of(Via::ALL.map(Via::word)),
        Column::new("record_id", "Id", Kind::Code).hidden(),
    ]
}

/// Which events a list tells.
struct Told<'t> {
    caption: &'t str,
    /// SQL over the event `h`.
    condition: &'t str,
    binds: Vec<Bind>,
    order: &'static str,
    /// Whether the reader reads the whole history: then nothing of it is kept from them.
    whole: bool,
}

/// The events, with the names of people. What nobody among people did, the schedule or the setting up, is told as
/// Quarterdeck's own.
async fn events(cx: &mut Cx, told: Told<'_>, asked: &Asked) -> Result<View, Refused> {
    let fields = if told.whole { "h.changes".to_owned() } else { narrow::fields(cx) };
    let list = ListQuery {
        name: "history",
        caption: told.caption.to_owned(),
        columns: columns(),
        sql: format!(
            "select h.seq, h.at, coalesce(p.name, '{}') as person, h.noun, h.record_key, h.action, {fields} as changes, \
             h.why, h.via, h.record_id from access_history h left join access_people p on p.id = h.person_id where {}",
            system::NAME,
            told.condition
        ),
        binds: told.binds,
        currency: cx.organisation.currency,
        order: told.order,
    };
    let mut listing = page_of(&mut cx.tx, &list, asked).await?;
    names::put(&mut cx.tx, &mut listing).await?;
    Ok(View::List(listing))
}

/// SQL: what was told by the end of the past day asked for, if one is; the bind goes to `place`.
fn told_by(params: &Params, place: usize) -> Result<(String, Option<Bind>), Refused> {
    let day = as_of::asked(params)?;
    let condition = day.map_or_else(|| "true".to_owned(), |_| format!("h.at < ${place}"));
    Ok((condition, day.map(|day| as_of::end_of(day).into())))
}

/// The whole history, newest first.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    cx.require_all(Action::ReadHistory)?;
    let (condition, end) = told_by(params, 1)?;
    let binds = end.into_iter().collect();
    let told = Told { caption: "History", condition: &condition, binds, order: "seq desc", whole: true };
    events(cx, told, asked).await
}

/// Kinds of record that are not about money, and what reading them lets one do: of those that concern no
/// customer, their history is told to the same people.
const OPEN: [(Action, &[&str]); 3] = [
    (Action::ReadServices, &["service", "relation", "offering", "service level target", "price"]),
    (Action::Administer, &["person", "grant", "token"]),
    (Action::ReadBatches, &["batch", "profile"]),
];

/// Whether somebody who does not read the whole history reads that of records of this kind where they
/// concern no customer: who reads services that of services, who sees import batches that of those they see
/// ([`narrow`]), and of all else only who reads money, which most of it tells about.
fn open_to(cx: &Cx, noun: &str) -> bool {
    match OPEN.iter().find(|(_, nouns)| nouns.contains(&noun)) {
        Some((action, _)) => cx.who.reach(*action).any(),
        None => cx.who.reach(Action::ReadMoney) == Reach::All,
    }
}

/// SQL: events of the kinds of record that are open to the reader ([`open_to`], for all kinds at once).
fn open_kinds(cx: &Cx) -> String {
    let named = |nouns: &[&str]| nouns.iter().map(|noun| format!("'{noun}'")).collect::<Vec<_>>().join(", ");
    let all: Vec<&str> = OPEN.iter().flat_map(|(_, nouns)| nouns.iter().copied()).collect();
    let mut open: Vec<String> = OPEN
        .iter()
        .filter(|(action, _)| cx.who.reach(*action).any())
        .map(|(_, nouns)| format!("h.noun in ({})", named(nouns)))
        .collect();
    if cx.who.reach(Action::ReadMoney) == Reach::All {
        open.push(format!("h.noun not in ({})", named(&all)));
    }
    if open.is_empty() { "false".to_owned() } else { format!("({})", open.join(" or ")) }
}

/// What changed of all that the reader may read, newest first. The whole history tells it of every record;
/// here who may not read that sees what `history of` would tell them record by record.
pub async fn recent(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let whole = cx.who.reach(Action::ReadHistory) == Reach::All;
    let condition = if whole {
        "true".to_owned()
    } else {
        format!("h.noun not in {} and {}", untold(cx), may_read(cx, &open_kinds(cx)))
    };
    let (order, binds) = ("at desc, seq desc", Vec::new());
    events(cx, Told { caption: "What changed", condition: &condition, binds, order, whole }, asked).await
}

/// SQL: the event concerns a customer in the reader's scope, or none, and then is of a kind that is `open` to them
/// and of a record that its context tells them of.
fn may_read(cx: &Cx, open: &str) -> String {
    let scope = cx.scope(Action::ReadCustomers).sql("h.customer_id");
    let others = format!("h.customer_id is null and {open} and {}", narrow::told(cx));
    format!("((h.customer_id is not null and {scope}) or ({others}))")
}

/// Kinds of record whose history is not told record by record: accounts of people, but to who administers
/// them, and, to a customer's representative, contacts, since what we think of their influence is our own note.
fn untold(cx: &Cx) -> &'static str {
    if cx.who.reach(Action::Administer).any() {
        return "('contact')";
    }
    let ours =
        |role: Role| role != Role::CustomerRepresentative && Action::ReadCustomers.roles().contains(&role);
    if cx.who.grants.iter().any(|grant| ours(grant.role)) {
        "('person', 'grant', 'token')"
    } else {
        "('person', 'grant', 'token', 'contact')"
    }
}

/// History of one record. Whoever does not read the whole history sees what concerns the customers
/// in their scope, and of records without a customer what they may read by the kind of record.
pub async fn of_record(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let (told, end) = told_by(params, 3)?;
    let whole = cx.who.reach(Action::ReadHistory) == Reach::All;
    let open = open_to(cx, params.get("noun")).to_string();
    let may = if whole { "true".to_owned() } else { may_read(cx, &open) };
    let condition = format!(
        "h.noun = $1 and (h.record_id = $2 or h.record_key = $2) and h.noun not in {} and {may} and {told}",
        untold(cx)
    );
    let binds = [params.get("noun").into(), params.get("record").into()].into_iter().chain(end).collect();
    events(cx, Told { caption: "History", condition: &condition, binds, order: "seq desc", whole }, asked)
        .await
}
