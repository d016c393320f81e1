//! What pages, API and command line read of the history.

use db::{Bind, ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};

use crate::{Action, Cx, Params, Reach, Role, View, as_of};

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
        Column::new("via", "By way of", Kind::Text),
        Column::new("record_id", "Id", Kind::Code).hidden(),
    ]
}

/// What the schedule did is told as Quarterdeck's own ([`crate::system`]).
const SQL: &str = "select h.seq, h.at, case when h.via = 'schedule' then 'Quarterdeck' \
                   else coalesce(p.name, h.person_id) end as person, h.noun, h.record_key, h.action, h.changes, h.why, h.via, h.record_id from access_history h \
                   left join access_people p on p.id = h.person_id";

/// SQL: what was told by the end of the past day asked for, if one is; the bind goes to `place`.
fn told_by(params: &Params, place: usize) -> Result<(String, Option<Bind>), Refused> {
    let day = as_of::asked(params)?;
    let condition = day.map_or_else(|| "true".to_owned(), |_| format!("h.at < ${place}"));
    Ok((condition, day.map(|day| as_of::end_of(day).into())))
}

/// The whole history, newest first.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    cx.require_all(Action::ReadHistory)?;
    let (told, end) = told_by(params, 1)?;
    let list = ListQuery {
        name: "history",
        caption: "History".into(),
        columns: columns(),
        sql: format!("{SQL} where {told}"),
        binds: end.into_iter().collect(),
        currency: cx.organisation.currency,
        order: "seq desc",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// Kinds of record that are not about money, and what reading them lets one do: of those that concern no
/// customer, their history is told to the same people.
const OPEN: [(Action, &[&str]); 3] = [
    (Action::ReadServices, &["service", "relation", "offering", "service level target", "price"]),
    (Action::Administer, &["person", "grant", "token"]),
    (Action::ReadBatches, &["batch", "profile"]),
];

/// Whether somebody who does not read the whole history reads that of records of this kind where they
/// concern no customer: who reads services that of services, who sees import batches that of those, and
/// of all else only who reads money, which most of it tells about.
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
    let condition = if cx.who.reach(Action::ReadHistory) == Reach::All {
        "true".to_owned()
    } else {
        let scope = cx.scope(Action::ReadCustomers);
        let open = open_kinds(cx);
        // Of whose batches they may open, who reads no money is told by the list of batches.
        let batches = cx.who.reach(Action::ReadMoney) == Reach::All;
        let open = if batches { open } else { format!("h.noun not in ('batch', 'profile') and {open}") };
        format!(
            "h.noun not in {} and ({} or (h.customer_id is null and {open}))",
            untold(cx),
            scope.sql("h.customer_id")
        )
    };
    let list = ListQuery {
        name: "history",
        caption: "What changed".into(),
        columns: columns(),
        sql: format!("{SQL} where {condition}"),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "at desc, seq desc",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
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
    let all = cx.who.reach(Action::ReadHistory) == Reach::All;
    let condition = if all {
        "true".to_owned()
    } else {
        let scope = cx.scope(Action::ReadCustomers);
        let open = open_to(cx, params.get("noun"));
        format!("({} or (h.customer_id is null and {open}))", scope.sql("h.customer_id"))
    };
    let list = ListQuery {
        name: "history",
        caption: "History".into(),
        columns: columns(),
        sql: format!(
            "{SQL} where h.noun = $1 and (h.record_id = $2 or h.record_key = $2) \
             and h.noun not in {} and {condition} and {told}",
            untold(cx)
        ),
        binds: [params.get("noun").into(), params.get("record").into()].into_iter().chain(end).collect(),
        currency: cx.organisation.currency,
        order: "seq desc",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}
