//! Services as something that can be imported: each row is a take-over, or an edit of one.

use access::{Action, Cx, Params, person};
use imports::{
    Accepted, Change, Exchange, FieldKind, FieldSpec, Hints, Keys, Known, Row, Target, Verdict, at_line,
    judged,
};
use kernel::{Fault, PersonId, Refused};

use super::edit::read_change;
use super::take_over::read;
use super::{Service, ServiceChange, ServiceKind, TakeOver, edit, repo, take_back, take_over};
use crate::import::{brought_in, differences, field, needed, other_origin, person_said};

static FIELDS: &[FieldSpec] = &[
    needed("key", "Key", FieldKind::Text, &["service key", "service code"]),
    field("name", "Service", FieldKind::Text, &["service name", "title"]),
    field("state", "State", FieldKind::Text, &["status", "lifecycle"]),
    field("since", "In that state since", FieldKind::Day, &["state since"]),
    field("kind", "Kind", FieldKind::Text, &["service type", "class"]),
    field("value_proposition", "Value proposition", FieldKind::Text, &["value", "description", "summary"]),
    field("for_whom", "For whom", FieldKind::Text, &["segment", "audience"]),
    field("owner", "Owner", FieldKind::Text, &["service owner", "owner username"]),
    field("relationship_manager", "Relationship manager", FieldKind::Text, &["manager"]),
    field("first_day", "First day", FieldKind::Day, &["live since", "start date", "go live"]),
    field("last_day", "Last day", FieldKind::Day, &["end date", "end of life"]),
    field("no_successor", "No successor", FieldKind::Flag, &[]),
    field("central", "Kept central", FieldKind::Flag, &[]),
    field("source", "Taken over from", FieldKind::Text, &[]),
    field("source_key", "Key in its source", FieldKind::Text, &["identifier", "source id", "external id"]),
    field("make_keys", "Make keys of the names", FieldKind::Switch, &[]),
];

/// Services by take-over. A row without a name shows its key in its source, else its key.
pub static IMPORT: Target = Target {
    kind: "services",
    label: "Services",
    action: Action::ImportServices,
    reads: Action::ReadServices,
    fields: FIELDS,
    known: Known::Records { identity: &["key"] },
    total: None,
    hints: Hints { keys: Some(Keys::OF_NAMES), ..Hints::NONE },
    check: |cx, rows| Box::pin(check(cx, rows)),
    write: |cx, exchange, accepted| Box::pin(write(cx, exchange, accepted)),
    finish: |_, _| Box::pin(async { Ok(()) }),
    may_revert: None,
    revert: |cx, exchange, why| Box::pin(revert(cx, exchange, why)),
};

async fn new_from(cx: &mut Cx, row: &Row) -> Result<TakeOver, Fault> {
    let key = row.said("key").unwrap_or_default();
    let shown = row.said("name").or_else(|| row.said("source_key"));
    Ok(TakeOver {
        name: shown.unwrap_or_else(|| key.clone()),
        key,
        state: row.said("state"),
        since: row.said("since"),
        kind: row.said("kind"),
        value_proposition: row.said("value_proposition"),
        for_whom: row.said("for_whom"),
        owner: person_said(cx, row.said("owner")).await?,
        relationship_manager: person_said(cx, row.said("relationship_manager")).await?,
        first_day: row.said("first_day"),
        last_day: row.said("last_day"),
        no_successor: row.said("no_successor"),
        central: row.said("central"),
        source: row.said("source"),
        source_key: row.said("source_key"),
    })
}

async fn change_from(cx: &mut Cx, row: &Row) -> Result<ServiceChange, Fault> {
    Ok(ServiceChange {
        name: row.said("name"),
        state: row.said("state"),
        since: row.said("since"),
        kind: row.said("kind"),
        value_proposition: row.said("value_proposition"),
        for_whom: row.said("for_whom"),
        owner: person_said(cx, row.said("owner")).await?,
        relationship_manager: person_said(cx, row.said("relationship_manager")).await?,
        first_day: row.said("first_day"),
        last_day: row.said("last_day"),
        no_successor: row.said("no_successor"),
        central: row.said("central"),
    })
}

async fn check(cx: &mut Cx, rows: &[Row]) -> Result<Vec<Verdict>, Refused> {
    let mut verdicts = Vec::with_capacity(rows.len());
    for row in rows {
        let verdict = judge(cx, row).await;
        verdicts.push(judged(verdict)?);
    }
    Ok(verdicts)
}

async fn judge(cx: &mut Cx, row: &Row) -> Result<Verdict, Refused> {
    let Some(known) = repo::find_by_key(&mut cx.tx, row.text("key").unwrap_or("")).await? else {
        let input = new_from(cx, row).await?;
        read(cx, &input).await?;
        return Ok(Verdict::New);
    };
    let apart = other_origin("its key in its source", known.source_key.as_deref(), row.text("source_key"))
        .or_else(|| {
            other_origin("where it was taken over from", known.source.as_deref(), row.text("source"))
        });
    if let Some(why) = apart {
        return Ok(Verdict::Rejected(why));
    }
    let change = change_from(cx, row).await?;
    let service = read_change(cx, &known, &change).await?;
    let changes = changes(cx, &known, &service).await?;
    Ok(if changes.is_empty() { Verdict::Known } else { Verdict::Changed(changes) })
}

async fn changes(cx: &mut Cx, known: &Service, service: &Service) -> Result<Vec<Change>, Fault> {
    let (old, new) = (shown(cx, known).await?, shown(cx, service).await?);
    Ok(differences(old, new))
}

async fn shown(cx: &mut Cx, service: &Service) -> Result<Vec<(&'static str, String)>, Fault> {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    Ok(vec![
        ("name", service.name.clone()),
        ("state", service.state.word().to_owned()),
        ("since", repo::stored(service.state_from)),
        ("kind", service.kind.map(ServiceKind::word).unwrap_or_default().to_owned()),
        ("value_proposition", text(&service.value_proposition)),
        ("for_whom", text(&service.for_whom)),
        ("owner", username(cx, service.owner).await?),
        ("relationship_manager", username(cx, service.manager).await?),
        ("first_day", day(service.first_day)),
        ("last_day", day(service.last_day)),
        ("no_successor", yes(service.no_successor)),
        ("central", yes(service.central)),
    ])
}

async fn username(cx: &mut Cx, person: Option<PersonId>) -> Result<String, Fault> {
    let Some(id) = person else { return Ok(String::new()) };
    Ok(person::username_of(&mut cx.tx, id).await?.unwrap_or_default())
}

async fn write(cx: &mut Cx, _: &Exchange, accepted: &[Accepted]) -> Result<Vec<Option<String>>, Refused> {
    let mut keys = Vec::with_capacity(accepted.len());
    for accepted in accepted {
        let written = write_one(cx, accepted).await;
        keys.push(Some(written.map_err(|refused| at_line(accepted.row.line, refused))?));
    }
    Ok(keys)
}

async fn write_one(cx: &mut Cx, accepted: &Accepted) -> Result<String, Refused> {
    if !accepted.changes {
        let input = new_from(cx, &accepted.row).await?;
        return Ok(take_over(cx, &Params::default(), input).await?.key);
    }
    let key = accepted.row.said("key").unwrap_or_default();
    let known = repo::load(&mut cx.tx, &key).await?;
    let change = change_from(cx, &accepted.row).await?;
    cx.expected = Some(known.version);
    let done = edit(cx, &Params([("key".to_owned(), key)].into()), change).await;
    cx.expected = None;
    Ok(done?.key)
}

async fn revert(cx: &mut Cx, exchange: &Exchange, why: &str) -> Result<(), Refused> {
    for key in brought_in(cx, exchange).await? {
        take_back::take_back(cx, exchange, &key, why).await?;
    }
    Ok(())
}
