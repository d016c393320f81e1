//! A story that does everything there is to do, once, through the API: two customers, their services,
//! a month of money closed and sent as statements. Each step must change something and be told in the
//! history. What it leaves is the world in which the doors are then tried.

#![allow(dead_code, reason = "each test file has its own part of it")]

mod bills;
mod close;
mod later;
mod money;
pub mod refused;
mod relationships;
mod services;

use std::collections::{BTreeMap, BTreeSet};

use access::{Action, GrantScope, Method, Role, Who};
use app::registry;
use kernel::CustomerId;
use serde_json::{Value, json};

use crate::doors::{Door, address};

/// The world, and what was done in it.
pub struct Walk {
    /// The door everything went through.
    pub door: Door,
    /// People by their username.
    pub people: BTreeMap<&'static str, Who>,
    /// Names of the commands that were done and told in the history.
    pub done: BTreeSet<&'static str>,
    /// Numbers and ids that steps gave: `order of CARE` → `O-1`.
    pub known: BTreeMap<&'static str, String>,
}

/// Who there is, for the whole organisation.
const PEOPLE: [(&str, Role); 9] = [
    ("rosa", Role::Executive),
    ("bert", Role::BoardMember),
    ("yuki", Role::PortfolioManager),
    ("priya", Role::FinanceManager),
    ("henrik", Role::FinanceManager),
    ("marta", Role::RelationshipManager),
    ("olga", Role::ServiceOwner),
    ("selin", Role::Auditor),
    ("adam", Role::Administrator),
];

/// Tells the whole story.
pub async fn walk(door: &Door) -> Walk {
    let mut walk =
        Walk { door: door.clone(), people: BTreeMap::new(), done: BTreeSet::new(), known: BTreeMap::new() };
    for (username, role) in PEOPLE {
        let who = door.who(username, role).await;
        walk.people.insert(username, who);
    }
    access(&mut walk).await;
    later::tell(&mut walk).await;
    services::tell(&mut walk).await;
    relationships::tell(&mut walk).await;
    money::tell(&mut walk).await;
    bills::tell(&mut walk).await;
    close::tell(&mut walk).await;
    walk
}

impl Walk {
    /// Somebody of the story.
    pub fn who(&self, username: &str) -> &Who {
        &self.people[username]
    }

    /// A number or id that a step gave.
    pub fn number(&self, of: &str) -> &str {
        self.known.get(of).unwrap_or_else(|| panic!("no step gave the {of}"))
    }

    /// Somebody for one customer only.
    pub async fn own(&mut self, username: &'static str, role: Role, customer: &str) {
        let shown =
            self.door.get(self.who("marta"), address("/relationships/customers/{key}", &[], customer)).await;
        let id = CustomerId::parse(shown.json()["id"].as_str().unwrap()).unwrap();
        let person = self.door.person(username, &[(role, GrantScope::Customer(id))]).await;
        self.people.insert(username, person.who().await);
    }

    /// Does a command on no record in particular; its answer.
    pub async fn does(&mut self, who: &str, name: &'static str, body: Value) -> Value {
        self.does_to(who, name, &[], body).await
    }

    /// Does a command, with the record's version where it asks for one, and asserts that it changed
    /// something and that the history tells by whom.
    pub async fn does_to(
        &mut self,
        who: &str,
        name: &'static str,
        blanks: &[(&str, &str)],
        body: Value,
    ) -> Value {
        let command = registry::command(name).unwrap_or_else(|| panic!("there is no command {name}"));
        let at = address(command.path, blanks, "");
        let actor = self.people[who].clone();
        let before = self.door.head().await;
        let version = self.version(command, blanks).await;
        let key = format!("step {before} of {who}");
        let ask = |body: &Value| {
            let ask = match command.method {
                Method::Post => self.door.ask("POST", &at).header("idempotency-key", &key),
                Method::Patch => self.door.ask("PATCH", &at),
            };
            let ask = version.iter().fold(ask, |ask, version| ask.header("if-match", version));
            ask.by(&actor).json(body)
        };
        let answer = ask(&body).send().await;
        let done = answer.json();
        assert!([200, 201].contains(&answer.status), "{who}: {name} {at} {body}: {} {done}", answer.status);
        assert_eq!(done["changed"], true, "{name}: {done}");
        assert!(self.door.head().await > before, "{name} is not told in the history");
        let (person, rows) = (actor.actor.person, "select count(*) as n from access_history");
        let sql = format!("{rows} where seq > {before} and person_id = '{person}'");
        assert!(self.door.value(&sql).await > 0, "{name}: the history does not name {who}");
        if command.method == Method::Post {
            let head = self.door.head().await;
            let (again, first) = (ask(&body).send().await.json(), without_secret(&done));
            assert_eq!(without_secret(&again), first, "{name} sent again gets the first answer");
            let other = ask(&json!({"another": "body"})).send().await;
            assert_eq!(other.code(), "idempotency_key_reused", "{name} with another body: {}", other.text());
            assert_eq!(self.door.head().await, head, "{name} sent again does nothing");
        }
        self.done.insert(command.name);
        done
    }

    /// The version of the record a command changes: of the record at its own address, or where its
    /// noun is shown.
    pub async fn version(&self, command: &access::Command, blanks: &[(&str, &str)]) -> Option<String> {
        let path = match command.name {
            "user disable" => "/access/people/{username}",
            "agreement end" => "/relationships/agreements/{number}",
            _ if command.method == Method::Patch => command.path,
            _ => return None,
        };
        let reader = match command.action {
            Action::Administer => "adam",
            _ => "rosa",
        };
        let shown = self.door.get(self.who(reader), address(path, blanks, "")).await;
        let shown = if shown.status == 403 {
            self.door.get(self.who("priya"), address(path, blanks, "")).await
        } else {
            shown
        };
        assert!([200, 404].contains(&shown.status), "{path} {blanks:?}: {}", shown.text());
        (shown.status == 200).then(|| shown.header("etag").to_owned())
    }
}

/// An answer without what is told once and what is said of it.
fn without_secret(done: &Value) -> Value {
    let mut done = done.clone();
    let secret = ["link", "token"].iter().any(|secret| done["body"].get(secret).is_some());
    if secret || done["says"].as_str().unwrap().contains("shown once") {
        (done["body"], done["says"]) = (Value::Null, Value::Null);
    }
    done
}

/// The key or number a command gave.
pub fn key(done: &Value) -> String {
    done["key"].as_str().unwrap().to_owned()
}

/// Roles are given, confirmed and ended, a person invited and shut out, a token made and revoked.
async fn access(walk: &mut Walk) {
    walk.does("adam", "user add", json!({"username": "wim", "name": "Wim Anders"})).await;
    let grant = |role: &str| json!({"username": "wim", "role": role, "scope": "organisation"});
    let auditor = walk.does("adam", "grant add", grant("auditor")).await;
    let chair = walk.does("adam", "grant add", grant("chair")).await;
    walk.does_to("rosa", "grant confirm", &[("id", &key(&chair))], json!({})).await;
    walk.does_to("adam", "grant end", &[("id", &key(&auditor))], json!({"why": "Moved on"})).await;
    let asked = walk.does("adam", "grant add", grant("board member")).await;
    walk.known.insert("grant asked", key(&asked));
    walk.does_to("adam", "user reset", &[("username", "wim")], json!({})).await;
    walk.does_to("adam", "user disable", &[("username", "wim")], json!({"why": "Left"})).await;
    walk.does("priya", "organisation set", json!({"zone": "Europe/London"})).await;
    walk.known.insert("grant ended", key(&auditor));
    walk.known.insert("grant", key(&chair));
    let token = walk.does("selin", "token add", json!({"name": "Audit", "days": "30", "may": "read"})).await;
    walk.does_to("selin", "token revoke", &[("id", &key(&token))], json!({})).await;
    walk.known.insert("token", key(&token));
}
