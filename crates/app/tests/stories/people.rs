//! Who came in and what they may do is told to who administers it, and to nobody who only reads money.

use access::{Done, Role, history, password, person};
use app::{Request, registry};
use kernel::SeededChance;
use serde_json::json;
use testkit::{Person, TestHouse, story};

/// What was told of that record, oldest first.
async fn told(person: &Person, noun: &str, record: &str) -> Vec<String> {
    let list = person.lists("history of", &[("noun", noun), ("record", record)]).await;
    let word = |row: &Vec<kernel::listing::Value>| list.value(row, "action").unwrap().plain();
    list.rows.iter().rev().map(word).collect()
}

#[test]
fn an_administrator_reads_the_history_of_people_and_roles() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        let nils = json!({"username": "nils", "name": "Nils", "email": " nils@example.org "});
        adam.does("user add", nils).await.unwrap();
        assert_eq!(adam.sees("user show", &[("username", "nils")]).await["email"], "nils@example.org");
        let care = json!({"username": "nils", "role": "auditor", "scope": "organisation"});
        let grant = adam.does("grant add", care).await.unwrap().key;
        adam.does_to("grant end", &[("id", &grant)], json!({"why": "Moved"}), None).await.unwrap();
        assert_eq!(told(&adam, "person", "nils").await, ["invited"]);
        assert_eq!(told(&adam, "grant", &grant).await, ["granted", "ended"]);
        assert_eq!(told(&priya, "person", "nils").await, [""; 0]);
        assert_eq!(told(&priya, "grant", &grant).await, [""; 0]);
    });
}

/// A role for a customer is given by the key people know it by.
#[test]
fn a_role_is_for_a_customer_by_its_key_and_an_unknown_one_is_refused() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        marta.does("customer add", json!({"key": "CARE", "name": "Care", "kind": "unit"})).await.unwrap();
        adam.does("user add", json!({"username": "elif", "name": "Elif"})).await.unwrap();
        let role = |key: &str| json!({"username": "elif", "role": "customer representative", "scope": "customer", "scope_id": key});
        let refused = adam.does("grant add", role("NONE")).await.unwrap_err();
        assert!(format!("{refused:?}").contains("There is no customer “NONE”."), "{refused:?}");
        adam.does("grant add", role("care")).await.unwrap();
        let grants = adam.lists("grant list", &[]).await;
        let elif = grants.rows.iter().find(|row| grants.value(row, "username").unwrap().plain() == "elif");
        let elif = elif.unwrap();
        let of = |key: &str| grants.value(elif, key).unwrap().plain();
        assert_eq!(
            (of("record"), of("record_name"), of("state")),
            ("CARE".into(), "Care".into(), "active".into())
        );
        assert_eq!((of("given_by").as_str(), of("since").is_empty()), ("ADAM", false));
        let told = adam.lists("history of", &[("noun", "grant"), ("record", &of("id"))]).await;
        let key = told.value(&told.rows[0], "record_key").unwrap().plain();
        assert_eq!(key, "elif: customer representative for CARE");
    });
}

/// Who is disabled is out by every door, a script's token too.
#[test]
fn a_disabled_person_loses_their_tokens() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        let nightly = json!({"name": "nightly", "days": "30", "may": "all"});
        priya.does("token add", nightly).await.unwrap();
        let revoked = async || {
            let tokens = adam.lists("token list", &[]).await;
            tokens
                .rows
                .iter()
                .map(|row| !tokens.value(row, "revoked_at").unwrap().plain().is_empty())
                .collect()
        };
        let before: Vec<bool> = revoked().await;
        let at = [("username", "priya")];
        let version = adam.sees("user show", &at).await["version"].as_i64();
        adam.does_to("user disable", &at, json!({"why": "Left"}), version).await.unwrap();
        let after: Vec<bool> = revoked().await;
        assert_eq!((before, after), (vec![false], vec![true]));
    });
}

/// Invites somebody and lets them in by the link of the answer.
async fn comes_in(house: &TestHouse, adam: &Person, username: &str) -> Person {
    let invited = adam.does("user add", json!({"username": username, "name": username})).await.unwrap();
    by_link(house, username, &invited).await
}

/// Chooses a password by the link of an answer.
async fn by_link(house: &TestHouse, username: &str, answer: &Done) -> Person {
    let link = answer.body["link"].as_str().unwrap().trim_start_matches("/welcome/");
    let hash = password::hash("a password of length", &SeededChance::new(7)).unwrap();
    let mut cx = house.founding().await;
    let id = person::accept(&mut cx, link, hash).await.unwrap();
    cx.tx.commit().await.unwrap();
    Person { house: house.clone(), id, username: username.into() }
}

fn role(username: &str, role: &str) -> serde_json::Value {
    json!({"username": username, "role": role, "scope": "organisation"})
}

/// From `init` on: the first executive counts at once, since nobody could confirm them, and confirms the others.
#[test]
fn a_founded_organisation_comes_to_a_finance_manager_who_opens_its_books() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let vera = comes_in(&house, &adam, "vera").await;
        let own = json!({"username": "vera", "role": "executive", "scope": "service", "scope_id": "NONE"});
        assert_eq!(adam.does("grant add", own).await.unwrap_err().code(), "invalid_input");
        let first = adam.does("grant add", role("vera", "executive")).await.unwrap();
        assert_eq!(first.body["state"], "active");
        let why = adam.lists("history of", &[("noun", "grant"), ("record", &first.key)]).await;
        let why = why.value(&why.rows[0], "why").unwrap().plain();
        assert_eq!(why, "No executive was there who could have confirmed it.");

        let xenia = comes_in(&house, &adam, "xenia").await;
        let second = adam.does("grant add", role("xenia", "executive")).await.unwrap();
        assert_eq!(second.body["state"], "asked", "the second is confirmed by the first");
        let fiona = comes_in(&house, &adam, "fiona").await;
        let finance = adam.does("grant add", role("fiona", "finance manager")).await.unwrap();
        let month = json!({"from": "2026-09"});
        assert_eq!(fiona.does("period open", month.clone()).await.unwrap_err().code(), "not_allowed");
        let refused = adam.does_to("grant confirm", &[("id", &finance.key)], json!({}), None).await;
        assert_eq!(refused.unwrap_err().code(), "grant_needs_executive");
        vera.does_to("grant confirm", &[("id", &finance.key)], json!({}), None).await.unwrap();
        fiona.does("period open", month).await.unwrap();

        // Where the only executive was shut out, somebody has to begin again.
        let version = adam.sees("user show", &[("username", "vera")]).await["version"].as_i64();
        let left = json!({"why": "Left"});
        adam.does_to("user disable", &[("username", "vera")], left, version).await.unwrap();
        adam.does_to("grant end", &[("id", &second.key)], json!({}), None).await.unwrap();
        assert!(!xenia.who().await.has(Role::Executive));
        let again = adam.does("grant add", role("xenia", "executive")).await.unwrap();
        assert_eq!(again.body["state"], "active");
    });
}

/// What is told once is nowhere in the database, and not told again to whoever sends the same request.
#[test]
fn a_secret_is_in_the_first_answer_alone_and_stored_nowhere() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        adam.does("user add", json!({"username": "nils", "name": "Nils"})).await.unwrap();
        let token = json!({"name": "nightly", "days": "30", "may": "all"});
        for (name, field, blanks, body) in [
            ("token add", "token", vec![], token),
            ("user add", "link", vec![], json!({"username": "olga", "name": "Olga"})),
            ("user reset", "link", vec![("username".to_owned(), "nils".to_owned())], json!({})),
        ] {
            let request = || Request {
                params: access::Params(blanks.clone().into_iter().collect()),
                body: body.clone(),
                key: Some(format!("once {name}")),
                expected: None,
            };
            let command = registry::command(name).unwrap();
            let first = app::run(&house.house, command, adam.who().await, request()).await.unwrap();
            let secret = first.body[field].as_str().unwrap_or_else(|| panic!("{name}: {first:?}"));
            assert!(secret.len() > 60 && first.says.contains(secret), "{name}: {first:?}");
            let again = app::run(&house.house, command, adam.who().await, request()).await.unwrap();
            assert_eq!((&again.key, again.changed), (&first.key, true), "{name}: it was done once");
            assert!(
                again.body.get(field).is_none() && again.says.contains("shown once"),
                "{name}: {again:?}"
            );
            let mut tx = house.house.db.read().await.unwrap();
            let kept = tx.query("select response from access_idempotency where key = $1");
            let kept = kept.bind(format!("once {name}")).row().await.unwrap().unwrap();
            let kept: String = kept.get("response").unwrap();
            assert!(!kept.contains(secret) && kept.contains("shown once"), "{name}: {kept}");
        }
    });
}

/// A job keeps its answer, so a secret cannot be asked of one.
#[test]
fn a_job_makes_no_secret() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let request = Request {
            body: json!({"username": "olga", "name": "Olga"}),
            key: Some("later".into()),
            ..Request::default()
        };
        let command = registry::command("user add").unwrap();
        app::later(&house.house, command, adam.who().await, request, None).await.unwrap();
        app::jobs::run_all(&house.house).await.unwrap();
        let jobs = adam.lists("job list", &[]).await;
        assert_eq!(jobs.value(&jobs.rows[0], "state").unwrap().plain(), "refused");
        assert_eq!(adam.lists("user list", &[]).await.count, 1, "nobody was invited");
    });
}

/// A lost link or a forgotten password is not the end: the old ways in end, a new link opens one.
#[test]
fn a_reset_ends_the_password_the_sessions_and_earlier_links_and_keeps_the_roles() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        let at = [("username", "marta")];
        let first = adam.does_to("user reset", &at, json!({}), None).await.unwrap();
        assert_eq!(adam.sees("user show", &at).await["state"], "invited");
        let second = adam.does_to("user reset", &at, json!({}), None).await.unwrap();
        let link =
            |done: &Done| done.body["link"].as_str().unwrap().trim_start_matches("/welcome/").to_owned();
        let mut cx = house.founding().await;
        let spent = person::accept(&mut cx, &link(&first), "hash".into()).await.unwrap_err();
        assert_eq!(spent.code(), "link_spent", "only the newest link counts");
        drop(cx);
        by_link(&house, "marta", &second).await;
        assert!(marta.who().await.has(Role::RelationshipManager));
        assert_eq!(
            told(&adam, "person", "marta").await,
            ["invited", "chose a password", "invited again", "invited again", "chose a password"]
        );
        let version = adam.sees("user show", &at).await["version"].as_i64();
        adam.does_to("user disable", &at, json!({"why": "Left"}), version).await.unwrap();
        let refused = adam.does_to("user reset", &at, json!({}), None).await.unwrap_err();
        assert_eq!(refused.code(), "person_disabled");
        let mut cx = adam.cx().await;
        assert!(history::check(&mut cx.tx, &registry::nouns()).await.unwrap().is_empty());
    });
}

/// The first link of the only administrator was lost: whoever holds the database makes another, as long as no
/// administrator is active.
#[test]
fn an_administrator_who_never_came_in_gets_a_new_link_where_nobody_could_ask_for_it() {
    story(async |house| {
        let mut cx = house.founding().await;
        for (username, role) in [("adam", Role::Administrator), ("marta", Role::RelationshipManager)] {
            let input = person::PersonInput { username: username.into(), name: username.into(), email: None };
            person::add(&mut cx, &access::Params::default(), input).await.unwrap();
            let all = access::GrantScope::Organisation;
            access::grant::give_confirmed(&mut cx, username, role, all).await.unwrap();
        }
        cx.tx.commit().await.unwrap();
        let reset = async |name| app::setup::reset_administrator(&house.house, name, false).await.unwrap();
        assert!(reset("marta").await.is_none() && reset("nobody").await.is_none());
        let done = reset("adam").await.unwrap();
        let adam = by_link(&house, "adam", &done).await;
        assert!(adam.who().await.has(Role::Administrator));
        assert!(reset("adam").await.is_none(), "an administrator is there: they do it");
    });
}
