//! Who may do what, over everything there is: the table of `domain.md` §6 × roles × whose record it is,
//! every command and reading × every role, and what a customer's representative can find out.

mod doors;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use access::{Action, Grant, GrantScope, Method, Reach, Role, Who};
use app::registry;
use doors::{Door, address, blanks};
use kernel::{Actor, CustomerId, PersonId, ServiceId, Via};
use serde_json::{Value, json};
use walk::Walk;

/// `domain.md` §6 in its own letters: X executive, B board member, C chair, P portfolio manager, F finance
/// manager, R relationship manager, S service owner, U receiver, I funding source, K customer
/// representative, A auditor, M administrator.
const TABLE: [(Action, &str); 31] = [
    (Action::UseQuarterdeck, "XBCPFRSUIKAM"),
    (Action::ReadCatalogue, "XBCPFRSUIKA"),
    (Action::ReadServices, "XBCPFRSUIA"),
    (Action::TakeOver, "P"),
    (Action::EditService, "PS"),
    (Action::EditPromises, "PS"),
    (Action::EditPrice, "FS"),
    (Action::ApprovePrice, "FX"),
    (Action::ReadCustomers, "XBCPFRKA"),
    (Action::EditCustomer, "R"),
    (Action::PlaceOrder, "K"),
    (Action::ConfirmOrder, "R"),
    (Action::ReadMoney, "XBCPFA"),
    (Action::ReadServiceMoney, "XBCPFSA"),
    (Action::ReadStatements, "XBCPFRKA"),
    (Action::ImportMoney, "F"),
    (Action::ImportServices, "P"),
    (Action::ImportCustomers, "R"),
    (Action::ReadBatches, "XPFRA"),
    (Action::EditRules, "F"),
    (Action::ApproveRules, "FX"),
    (Action::PrepareClose, "F"),
    (Action::SignClose, "FX"),
    (Action::ClosePeriod, "F"),
    (Action::ReopenPeriod, "FX"),
    (Action::IssueStatements, "F"),
    (Action::AcceptStatement, "K"),
    (Action::ReadHistory, "XA"),
    (Action::Administer, "M"),
    (Action::GrantRoles, "XM"),
    (Action::ExportAll, "AM"),
];

fn letter(role: Role) -> char {
    match role {
        Role::Executive => 'X',
        Role::BoardMember => 'B',
        Role::Chair => 'C',
        Role::PortfolioManager => 'P',
        Role::FinanceManager => 'F',
        Role::RelationshipManager => 'R',
        Role::ServiceOwner => 'S',
        Role::Receiver => 'U',
        Role::FundingSource => 'I',
        Role::CustomerRepresentative => 'K',
        Role::Auditor => 'A',
        Role::Administrator => 'M',
    }
}

fn somebody(grants: Vec<Grant>) -> Who {
    let actor = Actor { person: PersonId::new(Default::default()), via: Via::Session };
    Who { actor, name: "Somebody".into(), grants, signed_in_at: None }
}

#[test]
fn a_role_reaches_what_the_domain_lists_for_it_and_no_further_than_its_scope() {
    let actions: BTreeSet<Action> = TABLE.iter().map(|(action, _)| *action).collect();
    assert_eq!(actions, Action::ALL.iter().copied().collect(), "every action has its row here");
    let chance = kernel::SeededChance::new(3);
    let id = || kernel::Chance::uuid_v7(&chance, testkit::MORNING.parse().unwrap());
    let (own, other) = (CustomerId::new(id()), CustomerId::new(id()));
    let (service, another) = (ServiceId::new(id()), ServiceId::new(id()));
    for (action, letters) in TABLE {
        assert_eq!(somebody(Vec::new()).reach(action), Reach::Nothing, "{action:?} without a grant");
        for role in Role::ALL {
            let listed = letters.contains(letter(role));
            let reach = |scope| somebody(vec![Grant { role, scope }]).reach(action);
            let wide = reach(GrantScope::Organisation);
            assert_eq!(wide, if listed { Reach::All } else { Reach::Nothing }, "{action:?} {role:?}");
            let bound = reach(GrantScope::Customer(own));
            let told = (bound.any(), bound.scope().admits(own), bound.scope().admits(other));
            assert_eq!(told, (listed, listed, false), "{action:?} {role:?} of one customer");
            assert!(!bound.admits_service(service), "{action:?} {role:?}: a customer is no service");
            let bound = reach(GrantScope::Service(service));
            let told = (bound.any(), bound.admits_service(service), bound.admits_service(another));
            assert_eq!(told, (listed, listed, false), "{action:?} {role:?} of one service");
            assert!(!bound.scope().admits(own), "{action:?} {role:?}: a service is no customer");
        }
    }
}

/// Everybody, one role each, for the whole organisation; the representative for a customer.
async fn one_of_each(door: &Door) -> BTreeMap<Role, Who> {
    let mut people = BTreeMap::new();
    for role in Role::ALL {
        let nobodys = CustomerId::new(door.house.house.chance.uuid_v7(door.house.house.clock.now()));
        let wide = role.may_be_organisation_wide();
        let scope = if wide { GrantScope::Organisation } else { GrantScope::Customer(nobodys) };
        let person = door.person(&role.word().replace(' ', "."), &[(role, scope)]).await;
        people.insert(role, person.who().await);
    }
    people
}

/// Everything there is to ask: name, action, method, address with its blanks filled somehow.
fn everything() -> Vec<(&'static str, Action, &'static str, String)> {
    let readings = registry::readings().map(|it| (it.name, it.action, "GET", address(it.path, &[], "X")));
    let commands = registry::commands().map(|it| {
        let method = if it.method == Method::Post { "POST" } else { "PATCH" };
        (it.name, it.action, method, address(it.path, &[], "X"))
    });
    readings.chain(commands).collect()
}

#[test]
fn who_is_not_listed_is_refused_everywhere_and_told_who_may() {
    doors::tell(async |door| {
        let people = one_of_each(&door).await;
        let head = door.head().await;
        for (name, action, method, at) in everything() {
            for (role, who) in &people {
                let ask = door.ask(method, &at).by(who).keyed().header("if-match", "\"1\"");
                let answer = ask.json(&json!({"no_such_field": "x"})).send().await;
                if action.roles().contains(role) {
                    assert!(
                        [200, 404, 422].contains(&answer.status),
                        "{name} as {role:?}: {}",
                        answer.text()
                    );
                    continue;
                }
                assert_eq!(
                    (answer.status, answer.code().as_str()),
                    (403, "not_allowed"),
                    "{name} as {role:?}"
                );
                let way_out = answer.json()["way_out"].as_str().unwrap().to_owned();
                let named = action.roles().iter().all(|may| way_out.contains(may.word()));
                assert!(named && !way_out.contains(role.word()), "{name} as {role:?}: {way_out}");
            }
        }
        assert_eq!(door.head().await, head, "nothing of it changed anything");
    });
}

#[test]
fn nobody_gets_anything_without_signing_in() {
    doors::tell(async |door| {
        for (name, _, method, at) in everything() {
            let answer = door.ask(method, &at).keyed().json(&json!({})).send().await;
            assert_eq!((answer.status, answer.code().as_str()), (401, "sign_in_needed"), "{name}");
        }
        for page in ["/", "/services", "/customers", "/records/history", "/customers.csv", "/no/such/page"] {
            let answer = door.ask("GET", page).send().await;
            assert_eq!((answer.status, answer.header("location")), (303, "/sign-in"), "{page}");
            assert!(!answer.text().contains("Test House"), "{page} says nothing of the organisation");
        }
        let answer = door.ask("POST", "/customers").form(&[("key", "CARE")]).send().await;
        assert_eq!((answer.status, answer.header("location")), (303, "/sign-in"));
    });
}

/// A question about somebody else's record and the same about none: the answers must not differ.
struct Twin {
    who: &'static str,
    method: &'static str,
    path: String,
    body: Value,
    foreign: String,
}

fn twins(walk: &Walk, line: &str) -> Vec<Twin> {
    let number = |of: &str| walk.number(of).to_owned();
    let ask = |who, method, path: &str, body, foreign| Twin { who, method, path: path.into(), body, foreign };
    let get = |who, path: &str, foreign: String| ask(who, "GET", path, Value::Null, foreign);
    let api = |path: &str| format!("/api/v1{path}");
    let mut twins = Vec::new();
    for who in ["elif", "nora"] {
        let (order, agreement) = (number("order of SALES"), number("agreement of SALES"));
        let statement = number("statement of SALES");
        for (path, foreign) in [
            ("/relationships/customers/<key>", "SALES"),
            ("/relationships/orders/<key>", &order),
            ("/relationships/agreements/<key>", &agreement),
            ("/relationships/catalogue?customer=<key>", "SALES"),
            ("/finance/statements/<key>", &statement),
            ("/finance/trace/<key>", line),
            ("/finance/statement-lines?statement=<key>", &statement),
            ("/access/history/customer/<key>", "SALES"),
            ("/access/history/agreement/<key>", &agreement),
            ("/access/history/statement/<key>", &statement),
            ("/relationships/customers?filter=key%3D<key>", "SALES"),
            ("/relationships/customers?q=<key>", "SALES"),
            ("/relationships/contacts?filter=customer%3D<key>", "SALES"),
            ("/relationships/orders?q=<key>", "SALES"),
            ("/finance/statements?filter=customer%3D<key>", "SALES"),
        ] {
            twins.push(get(who, &api(path), foreign.to_owned()));
        }
        for (path, foreign) in [
            ("/customers/<key>", "SALES"),
            ("/customers/<key>/edit", "SALES"),
            ("/orders/<key>", &order),
            ("/agreements/<key>", &agreement),
            ("/money/statements/<key>", &statement),
            ("/catalogue?customer=<key>", "SALES"),
            ("/customers.csv?key=<key>", "SALES"),
            ("/customers.json?q=<key>", "SALES"),
        ] {
            twins.push(get(who, path, foreign.to_owned()));
        }
    }
    let (contact, agreement) = (number("contact of SALES"), number("agreement of SALES"));
    let order = number("order of SALES");
    let wish = json!({"customer": "<key>", "offering": "PRINT", "quantity": "1", "from_day": "2026-11-01"});
    let known = json!({"customer": "<key>", "name": "Somebody", "role": "Head"});
    let quantity = json!({"quantity": "3", "from_day": "2026-12-01"});
    twins.extend([
        ask("elif", "POST", &api("/relationships/orders"), wish.clone(), "SALES".into()),
        ask(
            "elif",
            "POST",
            &api("/finance/statements/<key>/accept"),
            json!({}),
            number("statement of SALES"),
        ),
        ask("nora", "POST", &api("/relationships/agreements"), wish, "SALES".into()),
        ask("nora", "POST", &api("/relationships/contacts"), known, "SALES".into()),
        ask("nora", "PATCH", &api("/relationships/customers/<key>"), json!({"name": "Mine"}), "SALES".into()),
        ask("nora", "PATCH", &api("/relationships/contacts/<key>"), json!({"name": "Mine"}), contact),
        ask("nora", "POST", &api("/relationships/orders/<key>/confirm"), json!({}), order.clone()),
        ask("nora", "POST", &api("/relationships/orders/<key>/refuse"), json!({"reason": "No"}), order),
        ask("nora", "PATCH", &api("/relationships/agreements/<key>"), quantity, agreement.clone()),
        ask(
            "nora",
            "PATCH",
            &api("/relationships/agreements/<key>/end"),
            json!({"to_day": "2027-12-31"}),
            agreement,
        ),
    ]);
    twins
}

#[test]
fn another_customers_record_is_answered_like_one_that_does_not_exist() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let line = foreign_line(&door).await;
        let head = door.head().await;
        for twin in twins(&walk, &line) {
            let mut answers = Vec::new();
            for key in [twin.foreign.clone(), missing(&twin.foreign)] {
                let path = twin.path.replace("<key>", &key);
                let body: Value =
                    serde_json::from_str(&twin.body.to_string().replace("<key>", &key)).unwrap();
                let ask =
                    door.ask(twin.method, path).by(walk.who(twin.who)).keyed().header("if-match", "\"1\"");
                let answer =
                    if twin.method == "GET" { ask.send().await } else { ask.json(&body).send().await };
                // What was asked may be said again; a form's token is new on every page.
                let said = without_token(&answer.text().replace(&key, "KEY"));
                answers.push((answer.status, answer.header("etag").to_owned(), said));
            }
            let which = format!("{} {} {} by {}", twin.method, twin.path, twin.foreign, twin.who);
            assert_eq!(answers[0], answers[1], "{which}");
            assert!([200, 403, 404, 422].contains(&answers[0].0), "{which}: {:?}", answers[0]);
        }
        assert_eq!(door.head().await, head);
    });
}

/// Like the key, but nobody's.
fn missing(key: &str) -> String {
    match key.split_once('-') {
        None => "SALEZ".into(),
        Some(_) if key.len() == 36 => "0199a000-0000-7000-8000-000000000000".into(),
        Some((series, _)) => format!("{series}-99"),
    }
}

fn without_token(page: &str) -> String {
    let mut parts = page.split("name=\"_token\" value=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + "TOKEN" + part.split_once('"').map_or("", |(_, rest)| rest))
}

/// The id of a line of the other customer's statement.
async fn foreign_line(door: &Door) -> String {
    let sql = "select l.id as x from charging_statement_lines l join charging_statements s on s.id = l.statement_id \
               join relationships_customers c on c.id = s.customer_id where c.key = 'SALES' and l.amount <> 0";
    door.texts(sql).await.swap_remove(0)
}

/// Words, numbers, ids and amounts of the other customer, and of the inside of money, read from the
/// database; what one's own customer has as well is no secret.
async fn secrets(door: &Door) -> BTreeSet<String> {
    let of = |key: &str| {
        let customer = format!("(select id from relationships_customers where key = '{key}')");
        [
            format!("select key as x from relationships_customers where key = '{key}'"),
            format!("select name as x from relationships_customers where key = '{key}'"),
            format!("select id as x from relationships_customers where key = '{key}'"),
            format!("select name as x from relationships_contacts where customer_id = {customer}"),
            format!("select email as x from relationships_contacts where customer_id = {customer}"),
            format!("select id as x from relationships_contacts where customer_id = {customer}"),
            format!("select id as x from relationships_orders where customer_id = {customer}"),
            format!("select note as x from relationships_orders where customer_id = {customer}"),
            format!("select id as x from relationships_agreements where customer_id = {customer}"),
            format!("select id as x from charging_statements where customer_id = {customer}"),
            format!("select number as x from charging_statements where customer_id = {customer}"),
            format!(
                "select l.id as x from charging_statement_lines l join charging_statements s on s.id = l.statement_id \
                 where s.customer_id = {customer}"
            ),
        ]
    };
    let mut found = BTreeSet::new();
    for sql in of("SALES") {
        let words = door.texts(&sql).await;
        assert!(!words.is_empty(), "{sql} finds nothing to look for");
        found.extend(words);
    }
    for sql in of("CARE") {
        for own in door.texts(&sql).await {
            found.remove(&own);
        }
    }
    // 1,000.00 + 50.00 of work by seats 3:1, then 300.00 of paper; desks 30:70: by hand, not by the product.
    for amount in ["551.25", "787.50", "562.50", "262.50", "1350.00", "1050.00", "1,350.00", "1,050.00"] {
        found.insert(amount.to_owned());
    }
    found.extend(["4723", "4,723", "4717", "4,717", "4719", "4,719"].map(str::to_owned));
    found
}

/// Every value a blank or a query could be given: keys, numbers and ids of everybody's records.
async fn values(door: &Door, walk: &Walk) -> Vec<String> {
    let mut values: BTreeSet<String> = walk.known.values().cloned().collect();
    let keys = [
        "CARE", "SALES", "DESK", "PRINT", "NET", "WORK", "GOODS", "SEATS", "6400", "2026-09", "R-01", "marta",
    ];
    values.extend(keys.map(str::to_owned));
    for table in ["relationships_customers", "charging_statements", "charging_statement_lines"] {
        values.extend(door.texts(&format!("select id as x from {table}")).await);
    }
    values.into_iter().collect()
}

/// Every address of the API under every value; lists also as files, filtered and sorted.
fn addresses(values: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    for reading in registry::readings() {
        let names = blanks(reading.path);
        let at = |value: &str| match names.as_slice() {
            [noun, _] if *noun == "noun" => Vec::from(
                [
                    "customer",
                    "contact",
                    "order",
                    "agreement",
                    "statement",
                    "agreement quantity",
                    "service",
                    "price",
                ]
                .map(|noun| address(reading.path, &[("noun", noun)], value)),
            ),
            _ => vec![address(reading.path, &[], value)],
        };
        let paths: Vec<String> =
            if names.is_empty() { at("") } else { values.iter().flat_map(|v| at(v)).collect() };
        for path in paths {
            if names.is_empty() {
                all.extend(["csv", "excel-csv"].map(|format| format!("{path}?format={format}&per=all")));
                all.extend(
                    ["q=s", "q=Sales", "filter=customer%3DSALES", "sort=-customer", "per=1&page=2"]
                        .map(|q| format!("{path}?{q}")),
                );
            }
            for take in reading.takes {
                all.extend(values.iter().map(|value| format!("{path}?{take}={value}")));
            }
            all.push(path);
        }
    }
    all
}

/// What an answer holds of the secrets, beside what was asked for by name.
fn leaks(secrets: &BTreeSet<String>, asked: &str, said: &str) -> Vec<String> {
    let lower = said.to_lowercase();
    let told = |secret: &&String| lower.contains(&secret.to_lowercase()) && !asked.contains(secret.as_str());
    secrets.iter().filter(told).cloned().collect()
}

#[test]
fn a_representative_finds_nothing_of_another_customer_and_nothing_behind_their_own_charges() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let (secrets, values) = (secrets(&door).await, values(&door, &walk).await);
        let rosa = door.get(walk.who("rosa"), "/api/v1/finance/statement-lines").await;
        assert!(
            !leaks(&secrets, "", &rosa.text()).is_empty(),
            "who may see it finds it: the search is none in vain"
        );
        for username in ["elif", "ravi", "ines"] {
            let who = walk.who(username);
            let mut read = 0;
            for at in addresses(&values) {
                let answer = door.get(who, &at).await;
                assert!(answer.status < 500, "{username} {at}: {}", answer.text());
                read += usize::from(answer.status == 200);
                let found = leaks(&secrets, &at, &answer.text());
                assert!(found.is_empty(), "{username} finds {found:?} at {at}: {}", answer.text());
            }
            assert!(read > 10, "{username} reads something at all");
        }
    });
}

#[test]
fn pages_lead_a_representative_to_nothing_of_another_customer() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let secrets = secrets(&door).await;
        let pages = doors::crawl(&door, walk.who("elif"), 400).await;
        assert!(pages.len() > 10, "{:?}", pages.keys());
        let mut wrong = Vec::new();
        for (path, reached) in &pages {
            let (found, status) = (leaks(&secrets, path, &reached.answer.text()), reached.answer.status);
            if !found.is_empty() || status >= 400 {
                wrong.push(format!(
                    "{path}, linked from {}, answers {status} and tells {found:?}",
                    reached.from
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

#[test]
fn what_we_think_of_a_customers_people_stays_ours() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let at = ["contacts", "customers/CARE"].map(|of| format!("/api/v1/relationships/{of}"));
        let told = format!("/api/v1/access/history/contact/{}", walk.number("contact of CARE"));
        for (who, may) in [("nora", true), ("marta", true), ("elif", false)] {
            for path in at.iter().chain([&told]) {
                let said = door.get(walk.who(who), path).await.text();
                assert_eq!(said.contains("\"low"), may, "{who} {path}: {said}");
            }
        }
    });
}

#[test]
fn the_history_of_money_is_told_to_who_reads_money_only() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let rule = walk.number("rule").to_owned();
        for (noun, record) in [
            ("pool", "WORK"),
            ("budget", "2026-original"),
            ("period", "2026-09"),
            ("rule", rule.as_str()),
            ("run", "2026-09"),
            ("statement", walk.number("statement of SALES")),
        ] {
            let at = address("/access/history/{noun}/{record}", &[("noun", noun), ("record", record)], "");
            for (who, may) in
                [("rosa", true), ("priya", true), ("yuki", true), ("selin", true), ("ravi", false)]
                    .into_iter()
                    .chain([
                        ("ines", false),
                        ("olga", false),
                        ("adam", false),
                        ("elif", false),
                        ("nora", false),
                    ])
            {
                let told = door.get(walk.who(who), &at).await.json()["count"].as_i64().unwrap();
                assert_eq!(told > 0, may, "{who} reads {told} entries of {noun} {record}");
            }
        }
        let at = "/api/v1/access/history/service/DESK";
        assert!(door.get(walk.who("ravi"), at).await.json()["count"].as_i64().unwrap() > 0);
    });
}

#[test]
fn nobody_does_both_halves_whatever_the_request_says_of_who_they_are() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let price = walk.number("price drafted").to_owned();
        let at = |verb: &str| format!("/api/v1/portfolio/prices/{price}/{verb}");
        let priya = walk.who("priya");
        let submitted = door.ask("POST", at("submit")).by(priya).keyed().json(&json!({})).send().await;
        assert_eq!(submitted.status, 201, "{}", submitted.text());
        let head = door.head().await;
        let approve = |query: &str| door.ask("POST", at("approve") + query).by(priya).keyed();
        for (ask, status, code) in [
            (approve("").json(&json!({})), 403, "same_person"),
            (approve("?as=henrik&approver=henrik&person=henrik").json(&json!({})), 403, "same_person"),
            (
                approve("").header("x-user", "henrik").header("x-forwarded-user", "henrik").json(&json!({})),
                403,
                "same_person",
            ),
            (approve("").json(&json!({"approver": "henrik"})), 422, "invalid_input"),
            (approve("").json(&json!({"approved_by": "henrik"})), 422, "invalid_input"),
        ] {
            let answer = ask.send().await;
            assert_eq!((answer.status, answer.code().as_str()), (status, code), "{}", answer.text());
        }
        assert_eq!(door.head().await, head, "no line of the history names anybody else");
        // By another account's way, a token or the command line, it is the same person.
        for via in [Via::Token, Via::CommandLine] {
            let other_way = Who { actor: Actor { via, ..priya.actor }, ..priya.clone() };
            let answer = door.ask("POST", at("approve")).by(&other_way).keyed().json(&json!({})).send().await;
            assert_eq!(answer.code(), "same_person", "{via:?}");
        }
        // With every role there is, they still wrote it.
        let every = Role::ALL.into_iter().map(|role| Grant { role, scope: GrantScope::Organisation });
        let everything = Who { grants: every.collect(), ..priya.clone() };
        let answer = door.ask("POST", at("approve")).by(&everything).keyed().json(&json!({})).send().await;
        assert_eq!(answer.code(), "same_person");
        let approved =
            door.ask("POST", at("approve")).by(walk.who("henrik")).keyed().json(&json!({})).send().await;
        assert_eq!(approved.status, 201, "another person may: {}", approved.text());
    });
}
