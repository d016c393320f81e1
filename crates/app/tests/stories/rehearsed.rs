//! A rehearsal says what would be, or why not as the command itself would, and leaves every row as it is.

use access::{Done, Params, Role};
use app::{House, Request, backup, registry};
use kernel::Refused;
use serde_json::{Value, json};
use testkit::{Person, story};

use crate::month::{AT, MONTH, september};

/// One key for all that is rehearsed: none is ever kept.
const KEY: &str = "rehearsed";

type Blanks<'b> = &'b [(&'b str, &'b str)];

/// What the person would be asking for.
fn request(blanks: Blanks<'_>, body: Value, expected: Option<i64>) -> Request {
    let blank = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Request { params: Params(blanks.iter().map(blank).collect()), body, key: Some(KEY.into()), expected }
}

async fn rehearses(person: &Person, name: &str, request: Request) -> Result<Done, Refused> {
    let command = registry::command(name).unwrap_or_else(|| panic!("there is no command {name}"));
    app::rehearse(&person.house.house, command, person.who().await, request).await
}

/// Digests of all rows of all tables, with the end of the history: what a backup says of itself.
async fn everything(administrator: &Person) -> String {
    let folder = testkit::fresh_folder("rehearsed");
    backup::create(&administrator.house.house, &administrator.who().await, &folder).await.unwrap();
    std::fs::read_to_string(folder.join("manifest.json")).unwrap()
}

#[test]
fn what_would_be_is_told_and_no_row_is_another_after_it() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        let care = json!({"key": "CARE", "name": "Care", "kind": "unit"});
        marta.does("customer add", care).await.unwrap();
        let before = everything(&adam).await;
        let sales = || request(&[], json!({"key": "SALES", "name": "Sales", "kind": "unit"}), None);
        let edit = |name: &str| request(&[("key", "CARE")], json!({ "name": name }), Some(1));
        for (name, request, says, changed) in [
            ("customer add", sales(), "Added customer SALES, Sales", true),
            ("customer edit", edit("Careful"), "Changed customer CARE", true),
            ("customer edit", edit("Care"), "Customer CARE is as it was", false),
        ] {
            let would = rehearses(&marta, name, request).await.unwrap();
            assert_eq!(would.says, format!("Would be: {says}; nothing was written."));
            assert_eq!((would.changed, would.rehearsed), (changed, true), "{name}");
        }
        // A link that opens nothing is nobody's to see.
        let nils = request(&[], json!({"username": "nils", "name": "Nils"}), None);
        let invited = rehearses(&adam, "user add", nils).await.unwrap();
        assert!(!invited.says.contains("/welcome/") && invited.body["link"].is_null(), "{invited:?}");
        assert_eq!(everything(&adam).await, before);
        // The key is still free for the change itself.
        let command = registry::command("customer add").unwrap();
        let done = app::run(&house.house, command, marta.who().await, sales()).await.unwrap();
        assert_eq!((done.says.as_str(), done.rehearsed), ("Added customer SALES, Sales.", false));
        let again = rehearses(&marta, "customer add", sales()).await.unwrap();
        assert!(again.rehearsed, "what was done under the key is told as what the change would be told");
        let other = request(&[], json!({"key": "OTHER", "name": "Other", "kind": "unit"}), None);
        let reused = rehearses(&marta, "customer add", other).await.unwrap_err();
        assert_eq!(reused.code(), "idempotency_key_reused");
    });
}

#[test]
fn a_refusal_is_the_very_one_and_the_history_is_not_told_of_it() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        let care = json!({"key": "CARE", "name": "Care", "kind": "unit"});
        marta.does("customer add", care.clone()).await.unwrap();
        let before = everything(&adam).await;
        let stale = request(&[("key", "CARE")], json!({"name": "Careful"}), Some(9));
        let unknown = request(&[("key", "NONE")], json!({"name": "Careful"}), Some(1));
        let keyless = Request { key: None, ..request(&[], care.clone(), None) };
        for (who, name, asked, code) in [
            (&marta, "customer add", request(&[], care.clone(), None), "customer_key_taken"),
            (&marta, "customer add", request(&[], json!({"key": "c"}), None), "invalid_input"),
            (&marta, "customer add", keyless, "idempotency_key_needed"),
            (&marta, "customer edit", unknown, "not_found"),
            (&marta, "customer edit", stale, "stale"),
            (&adam, "customer add", request(&[], care, None), "not_allowed"),
        ] {
            assert_eq!(rehearses(who, name, asked).await.unwrap_err().code(), code, "{name}");
        }
        assert_eq!(everything(&adam).await, before);
    });
}

/// A close is committed with its postings and event, and leaves a checkpoint in a folder.
#[test]
fn a_rehearsed_close_leaves_no_checkpoint_and_the_month_as_it_is() {
    story(async |house| {
        let people = september(&house).await;
        let adam = house.person("adam", &[Role::Administrator]).await;
        people.tomas.does_to("period sign", &AT, json!({}), None).await.unwrap();
        let folder = testkit::fresh_folder("checkpoints");
        let keeping = House { checkpoints: Some(folder.clone()), ..house.house.clone() };
        let before = everything(&adam).await;
        let (command, who) = (registry::command("period close").unwrap(), people.henrik.who().await);
        let would = app::rehearse(&keeping, command, who, request(&AT, json!({}), None)).await.unwrap();
        assert!(would.says.ends_with("; nothing was written."), "{}", would.says);
        assert!(!folder.exists(), "a checkpoint of what never was");
        assert_eq!(people.priya.sees("period show", &AT).await["state"], "in review", "{MONTH} stays");
        assert_eq!(everything(&adam).await, before);
    });
}
