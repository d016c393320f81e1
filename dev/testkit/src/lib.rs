//! Stories on both engines: a founded, empty organisation under a fixed clock and seeded chance,
//! with people who hold the roles, and the same doors a person has.
//!
//! ```ignore
//! #[test]
//! fn a_customer_is_added() {
//!     testkit::story(async |house| {
//!         let marta = house.person("marta", &[Role::RelationshipManager]).await;
//!         marta.does("customer add", json!({"key": "CARE", "name": "Customer Care", "kind": "unit"})).await.unwrap();
//!     });
//! }
//! ```

mod databases;
mod demo;

pub use databases::{fresh_folder, postgres, sqlite};
pub use demo::{larkfield, larkfield_at};

pub(crate) use databases::{folder, next};

use std::sync::Arc;

use access::{Cx, Done, GrantScope, Params, Role, View, Who, grant, password, person};
use app::setup::{self, Founding};
use app::{House, Request, registry};
use chrono::{DateTime, Utc};
use kernel::listing::{Asked, Listing};
use kernel::{FixedClock, PersonId, Refused, SeededChance, Via};
use serde_json::Value;

/// The morning every story starts: 2 October 2026, 09:30 UTC.
pub const MORNING: &str = "2026-10-02T09:30:00Z";

/// A house to tell a story in.
#[derive(Clone)]
pub struct TestHouse {
    /// The house.
    pub house: House,
    /// Its clock.
    pub clock: Arc<FixedClock>,
}

/// Somebody in the story.
#[derive(Clone)]
pub struct Person {
    /// The house they are in.
    pub house: TestHouse,
    /// Who they are.
    pub id: PersonId,
    /// What they sign in with.
    pub username: String,
}

/// Tells `story` once on SQLite and once on PostgreSQL, each in a new database.
pub fn story(story: impl AsyncFn(TestHouse)) {
    for url in [sqlite(), postgres()] {
        runtime().block_on(async {
            let house = TestHouse::founded(&url).await;
            story(house.clone()).await;
            house.house.db.close().await;
        });
    }
}

/// What stories run on.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("threads start")
}

impl TestHouse {
    /// A founded, otherwise empty organisation: EUR, year from October.
    pub async fn founded(url: &str) -> TestHouse {
        let morning: DateTime<Utc> = MORNING.parse().expect("the morning is a moment");
        let clock = Arc::new(FixedClock::at(morning));
        let house = House::open(url).await.expect("the database opens");
        let house = house.with(clock.clone(), Arc::new(SeededChance::new(1)));
        let founding =
            Founding { name: "Test House".into(), currency: "EUR".into(), first_month: 10, demo: None };
        let cx = setup::found(&house, &founding).await.expect("an organisation is founded");
        cx.tx.commit().await.expect("it is kept");
        TestHouse { house, clock }
    }

    /// Moves the clock.
    pub fn at(&self, moment: &str) {
        self.clock.set(moment.parse().expect("a moment"));
    }

    /// A person who holds `roles` for the whole organisation.
    pub async fn person(&self, username: &str, roles: &[Role]) -> Person {
        let roles: Vec<_> = roles.iter().map(|role| (*role, GrantScope::Organisation)).collect();
        self.person_for(username, &roles).await
    }

    /// A person who holds each role for a scope.
    pub async fn person_for(&self, username: &str, roles: &[(Role, GrantScope)]) -> Person {
        let mut cx = self.founding().await;
        let input =
            person::PersonInput { username: username.into(), name: username.to_uppercase(), email: None };
        let done = person::add(&mut cx, &Params::default(), input).await.expect("a person is added");
        for (role, scope) in roles {
            grant::give_confirmed(&mut cx, username, *role, *scope).await.expect("a role is given");
        }
        let link =
            done.told().body["link"].as_str().expect("a link").trim_start_matches("/welcome/").to_owned();
        let hash = password::hash("a password of length", cx.chance.as_ref()).expect("it hashes");
        let id = person::accept(&mut cx, &link, hash).await.expect("the link is good");
        cx.tx.commit().await.expect("it is kept");
        Person { house: self.clone(), id, username: username.into() }
    }

    /// A context in which nobody is signed in, as while founding.
    pub async fn founding(&self) -> Cx {
        let mut tx = self.house.db.read().await.expect("the database reads");
        let organisation = self.house.organisation(&mut tx).await.expect("there is an organisation");
        drop(tx);
        let nobody = PersonId::new(self.house.chance.uuid_v7(self.house.clock.now()));
        setup::founding_context(&self.house, nobody, organisation).await.expect("a transaction opens")
    }
}

impl Person {
    /// The person with their grants, as signed in just now.
    pub async fn who(&self) -> Who {
        let mut tx = self.house.house.db.read().await.expect("the database reads");
        let now = self.house.house.clock.now();
        let who = person::who(&mut tx, self.id, Via::Session, Some(now)).await.expect("it reads");
        who.expect("the person is active")
    }

    /// A context of theirs that may write; commit `cx.tx` yourself.
    pub async fn cx(&self) -> Cx {
        let who = self.who().await;
        let tx = self.house.house.db.begin().await.expect("a transaction opens");
        self.house.house.context(tx, who, None).await.expect("there is an organisation")
    }

    /// Runs a command by its name.
    pub async fn does(&self, name: &str, body: Value) -> Result<Done, Refused> {
        self.does_to(name, &[], body, None).await
    }

    /// Runs a command on a path with blanks, changing version `expected`.
    pub async fn does_to(
        &self,
        name: &str,
        params: &[(&str, &str)],
        body: Value,
        expected: Option<i64>,
    ) -> Result<Done, Refused> {
        let command = registry::command(name).unwrap_or_else(|| panic!("there is no command {name}"));
        let request =
            Request { params: filled(params), body, key: Some(format!("key-{}", next())), expected };
        app::run(&self.house.house, command, self.who().await, request).await
    }

    /// Reads by name.
    pub async fn reads(&self, name: &str, params: &[(&str, &str)]) -> Result<View, Refused> {
        self.asks(name, params, Asked::default()).await
    }

    /// Reads by name with filters, sort and page.
    pub async fn asks(&self, name: &str, params: &[(&str, &str)], asked: Asked) -> Result<View, Refused> {
        let reading = registry::reading(name).unwrap_or_else(|| panic!("there is no reading {name}"));
        app::read(&self.house.house, reading, self.who().await, filled(params), asked).await
    }

    /// A list by name, whole.
    pub async fn lists(&self, name: &str, params: &[(&str, &str)]) -> Listing {
        match self.reads(name, params).await {
            Ok(View::List(listing)) => listing,
            Ok(View::Record(_)) => panic!("{name} is a record"),
            Err(refused) => panic!("{name}: {refused:?}"),
        }
    }

    /// A record by name, as JSON.
    pub async fn sees(&self, name: &str, params: &[(&str, &str)]) -> Value {
        match self.reads(name, params).await {
            Ok(View::Record(record)) => record,
            Ok(View::List(_)) => panic!("{name} is a list"),
            Err(refused) => panic!("{name}: {refused:?}"),
        }
    }
}

fn filled(params: &[(&str, &str)]) -> Params {
    Params(params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}
