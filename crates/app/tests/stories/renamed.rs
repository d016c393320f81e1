//! A run and what gets another name after it: nothing of it moved, and nobody has to look.

use access::history::{Harmless, told_since};
use charging::run::{CHANGES_MOVE_NONE, MOVES_NONE};
use serde_json::{Value, json};
use testkit::{Person, story};

use crate::month::{AT, MONTH, september};

/// Whether anything was told since the month's run that may have moved it, and whether it moved.
async fn may_have_moved(priya: &Person) -> (bool, Value) {
    let run = priya.sees("run show", &AT).await;
    let harmless = Harmless { nouns: MOVES_NONE, changed: CHANGES_MOVE_NONE };
    let mut cx = priya.cx().await;
    let id = run["id"].as_str().unwrap();
    let told = told_since(&mut cx.tx, "run", ("select $1", id), &harmless).await.unwrap();
    (told, run["changed"].clone())
}

#[test]
fn another_name_moves_no_run_and_one_more_cost_object_does() {
    story(async |house| {
        let priya = september(&house).await.priya;
        for (command, key) in [("object add", "NEW4G"), ("cost-centre add", "4100")] {
            priya.does(command, json!({"key": key, "name": "At first"})).await.unwrap();
        }
        priya.does("allocate run", json!({"period": MONTH})).await.unwrap();
        for (command, key) in [
            ("object edit", "NEW4G"),
            ("cost-centre edit", "4100"),
            ("pool edit", "CLOUD"),
            ("driver edit", "SEATS"),
        ] {
            let name = json!({"name": "Another name"});
            priya.does_to(command, &[("key", key)], name, Some(1)).await.unwrap();
            assert_eq!(may_have_moved(&priya).await, (false, json!(false)), "{command}");
        }
        priya.does("cost-centre add", json!({"key": "4200", "name": "One more"})).await.unwrap();
        assert_eq!(may_have_moved(&priya).await, (false, json!(false)), "no run reads cost centres");
        // What an object carries stays central by a rule of its own, which the run did not have.
        priya.does("object add", json!({"key": "NEW5G", "name": "One more"})).await.unwrap();
        assert_eq!(may_have_moved(&priya).await, (true, json!(true)));
    });
}
