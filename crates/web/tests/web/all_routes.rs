//! Every command and reading there is, through the API: done once and told, refused once with its code,
//! guarded as its method asks. All lists come from the registry, so nothing new is left out.

use crate::{doors, walk};
use std::collections::{BTreeMap, BTreeSet};

use crate::doors::{Door, address};
use crate::walk::refused;
use access::{Action, Command, GrantScope, Method, Role, Who};
use app::registry;
use serde_json::{Map, Value, json};

#[test]
fn every_command_can_be_done_and_is_told_in_the_history() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let all: BTreeSet<&str> = registry::commands().map(|command| command.name).collect();
        let left: Vec<_> = all.difference(&walk.done).collect();
        assert!(left.is_empty(), "no step of the walk does {left:?}");
        let mut tx = door.house.house.db.read().await.unwrap();
        let found = access::history::check(&mut tx, &registry::nouns()).await.unwrap();
        assert_eq!(found, [], "every record is what its last event left");
        assert!(access::history::verify(&mut tx, None).await.unwrap().is_ok());
    });
}

#[test]
fn every_command_has_a_request_it_refuses_with_its_code_and_nothing_changes() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let table = refused::table(&walk);
        let named: BTreeSet<&str> = table.iter().map(|row| row.name).collect();
        let left: Vec<&str> =
            registry::commands().map(|command| command.name).filter(|name| !named.contains(name)).collect();
        assert!(left.is_empty(), "no refused request is known of {left:?}");
        let codes: BTreeMap<&str, u16> =
            registry::refusals().iter().map(|kind| (kind.code, kind.status.http())).collect();
        let (mut wrong, head) = (Vec::new(), door.head().await);
        for row in &table {
            let command = registry::command(row.name).unwrap();
            let blanks: Vec<(&str, &str)> =
                row.blanks.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let ask =
                door.ask(method(command), address(command.path, &blanks, "")).keyed().by(walk.who(row.who));
            let ask = match walk.version(command, &blanks).await {
                Some(version) => ask.header("if-match", &version),
                None => ask,
            };
            let answer = ask.json(&row.body).send().await;
            if answer.code() != row.code || Some(&answer.status) != codes.get(row.code) {
                wrong.push(format!("{} by {}: {} {}", row.name, row.who, answer.status, answer.text()));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let because_of_another = |row: &&refused::Refused| ["stale", "same_person"].contains(&row.code);
        let told = i64::try_from(table.iter().filter(because_of_another).count()).unwrap();
        assert!(told > 0);
        assert_eq!(door.head().await, head + told, "only what another person's doing refused is told");
        assert_eq!(attempts_since(&door, head).await, told, "and nothing else was done");
    });
}

/// Attempts told since row `head` of the history.
async fn attempts_since(door: &Door, head: i64) -> i64 {
    let sql = "select count(*) as n from access_history where action = 'refused' and seq > ";
    door.value(&format!("{sql}{head}")).await
}

fn method(command: &Command) -> &'static str {
    if command.method == Method::Post { "POST" } else { "PATCH" }
}

/// Somebody who may ask for the command: of its first role.
async fn somebody(door: &Door) -> BTreeMap<Role, Who> {
    let mut people = BTreeMap::new();
    for role in Role::ALL {
        let scope = if role.may_be_organisation_wide() {
            GrantScope::Organisation
        } else {
            GrantScope::Customer(kernel::CustomerId::new(
                door.house.house.chance.uuid_v7(door.house.house.clock.now()),
            ))
        };
        let person = door.person(&role.word().replace(' ', "."), &[(role, scope)]).await;
        people.insert(role, person.who().await);
    }
    people
}

/// Required answers that can be read, and one nobody knows.
fn with_an_unknown_field(command: &Command) -> Value {
    let schema = (command.input)();
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let fit = |name: &str| if name == "kind" { json!("gl") } else { json!("eA==") };
    let mut body: Map<String, Value> = required.map(|name| (name.to_owned(), fit(name))).collect();
    body.insert("no_such_field".into(), json!("x"));
    Value::Object(body)
}

#[test]
fn every_command_refuses_a_field_it_does_not_know_and_names_it() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let (people, head) = (somebody(&door).await, door.head().await);
        for command in registry::commands() {
            // How a file is read is looked at with its batch, and by who may import its kind.
            let import = command.name.starts_with("import ");
            let at = address(command.path, &[("number", walk.number("batch uploaded"))], "X");
            let body = with_an_unknown_field(command);
            let roles = if import { Action::ImportMoney } else { command.action }.roles();
            for role in roles {
                let ask =
                    door.ask(method(command), &at).keyed().header("if-match", "\"1\"").by(&people[role]);
                let answer = ask.json(&body).send().await;
                let said = (answer.status, answer.code(), answer.fields());
                let expected = (422, "invalid_input".to_owned(), vec!["no_such_field".to_owned()]);
                assert_eq!(said, expected, "{} as {role:?}: {}", command.name, answer.text());
            }
        }
        assert_eq!(door.head().await, head);
    });
}

#[test]
fn a_post_without_an_idempotency_key_is_refused() {
    doors::tell(async |door| {
        let people = somebody(&door).await;
        for command in registry::commands().filter(|command| command.method == Method::Post) {
            let who = &people[&command.action.roles()[0]];
            let answer =
                door.ask("POST", address(command.path, &[], "X")).by(who).json(&json!({})).send().await;
            assert_eq!(
                (answer.status, answer.code().as_str()),
                (422, "idempotency_key_needed"),
                "{}",
                command.name
            );
        }
    });
}

#[test]
fn a_patch_names_the_version_it_changes_and_a_stale_one_is_refused() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let (mut tried, head) = (BTreeSet::new(), door.head().await);
        for (who, name, blanks, body) in patches(&walk) {
            let command = registry::command(name).unwrap();
            // The month is what a second blank asks for.
            let at = address(command.path, &[blanks], "2026-09");
            for (tag, status, code) in [(None, 428, "version_needed"), (Some("\"97\""), 412, "stale")] {
                let ask = door.ask(method(command), &at).keyed().by(walk.who(who)).json(&body);
                let ask = tag.into_iter().fold(ask, |ask, tag| ask.header("if-match", tag));
                let answer = ask.send().await;
                let said = (answer.status, answer.code());
                assert_eq!(said, (status, code.to_owned()), "{name} with {tag:?}: {}", answer.text());
            }
            let ask = door.ask(method(command), &at).keyed().by(walk.who(who)).json(&body);
            let answer = ask.header("if-match", "yesterday").send().await;
            assert_eq!((answer.status, answer.fields()), (422, vec!["If-Match".to_owned()]), "{name}");
            tried.insert(name);
        }
        let all = registry::commands().filter(|command| command.method == Method::Patch);
        let left: Vec<&str> = all.map(|command| command.name).filter(|name| !tried.contains(name)).collect();
        assert!(left.is_empty(), "no stale change is tried of {left:?}");
        let stale = i64::try_from(tried.len()).unwrap();
        assert_eq!(door.head().await, head + stale, "each stale attempt is told, once, and nothing else");
        assert_eq!(attempts_since(&door, head).await, stale);
    });
}

/// A change that each PATCH would take if it named the version: who, command, record, body.
fn patches(walk: &walk::Walk) -> Vec<(&'static str, &'static str, (&'static str, &str), Value)> {
    let name = || json!({"name": "Renamed"});
    let quantity = json!({"quantity": "41", "from_day": "2026-12-01"});
    vec![
        ("adam", "user disable", ("username", "selin"), json!({"why": "Left"})),
        ("priya", "import configure", ("number", walk.number("batch uploaded")), json!({"currency": "EUR"})),
        ("priya", "account edit", ("code", "6400"), name()),
        ("priya", "reconciliation edit", ("supplier", "AWS"), json!({"note": "Support"})),
        ("yuki", "service edit", ("key", "DESK"), name()),
        ("yuki", "offering edit", ("key", "DESK"), name()),
        ("priya", "price edit", ("number", walk.number("price drafted")), json!({"per_unit": "2"})),
        ("marta", "customer edit", ("key", "CARE"), name()),
        ("marta", "contact edit", ("number", walk.number("contact of CARE")), name()),
        ("marta", "agreement change", ("number", walk.number("agreement of CARE")), quantity),
        (
            "marta",
            "agreement end",
            ("number", walk.number("agreement of CARE")),
            json!({"to_day": "2027-12-31"}),
        ),
        ("priya", "pool edit", ("key", "WORK"), name()),
        ("priya", "cost-centre edit", ("key", "7700"), name()),
        ("priya", "object edit", ("key", "LAB"), name()),
        ("priya", "driver edit", ("key", "SEATS"), name()),
    ]
}

/// Every row of every table, as one text: what a reading must leave as it is.
async fn everything_stored(door: &Door) -> String {
    let tables =
        "select name as x from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name";
    let mut all = String::new();
    for table in door.texts(tables).await {
        let columns = door
            .texts(&format!("select 'quote(' || name || ')' as x from pragma_table_info('{table}')"))
            .await;
        let rows = door.texts(&format!("select {} as x from {table}", columns.join(" || ' ' || "))).await;
        all.push_str(&format!("{table}\n{}\n", rows.join("\n")));
    }
    all
}

#[test]
fn reading_changes_nothing_and_every_link_leads_somewhere() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let before = everything_stored(&door).await;
        assert!(before.contains("Careful Customers"), "what is stored is looked at");
        let mut wrong = Vec::new();
        for username in ["rosa", "yuki", "priya", "marta", "olga", "selin", "adam", "ravi"] {
            for reading in registry::readings() {
                let at = address(reading.path, &[("period", "2026-09"), ("noun", "service")], "DESK");
                let answer = door.get(walk.who(username), &at).await;
                if answer.status >= 500 {
                    wrong.push(format!("{username}: {at} answers {}: {}", answer.status, answer.text()));
                }
            }
            for (path, reached) in doors::crawl(&door, walk.who(username), 250).await {
                if reached.answer.status >= 400 {
                    let from = &reached.from;
                    wrong.push(format!(
                        "{username}: {path}, linked from {from}, answers {}",
                        reached.answer.status
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(everything_stored(&door).await == before, "a reading changed something");
    });
}
