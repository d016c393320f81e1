//! Who may do what, over everything there is: the table of `domain.md` §6 × roles × whose record it is,
//! every command and reading × every role, both halves of what two people must do.

use crate::{doors, walk};
use std::collections::{BTreeMap, BTreeSet};

use crate::doors::{Door, address};
use access::{Action, Grant, GrantScope, Method, Reach, Role, Who};
use app::registry;
use kernel::{Actor, CustomerId, PersonId, ServiceId, Via};
use serde_json::json;

/// `domain.md` §6 in its own letters: X executive, B board member, C chair, P portfolio manager, F finance
/// manager, R relationship manager, S service owner, U receiver, I funding source, K customer
/// representative, A auditor, M administrator.
const TABLE: [(Action, &str); 33] = [
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
    (Action::ReadBatches, "XBCPFRA"),
    (Action::Import, "PFR"),
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
    (Action::ReadRoles, "XAM"),
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
            assert_eq!(answer.header("www-authenticate"), "Bearer", "{name}");
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
        assert_eq!(door.head().await, head + 1, "the attempt is told, once, and nothing of anybody else");
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
