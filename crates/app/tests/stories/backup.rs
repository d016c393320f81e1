//! A copy of everything, and the way back: to either engine, whole or not at all.

use std::path::{Path, PathBuf};

use app::{House, backup};
use kernel::{Headway, Refused};
use serde_json::{Value, json};
use testkit::{TestHouse, fresh_folder, postgres, sqlite};

use crate::brightwater::{brought_in, digest_of, files, somebody, tell, who};

async fn backed_up(house: &TestHouse, name: &str) -> PathBuf {
    let folder = fresh_folder(name);
    let admin = who(house, "admin").await;
    backup::create(&house.house, &admin, &folder).await.unwrap();
    folder
}

/// A backup of Brightwater.
fn made() -> PathBuf {
    tell(&sqlite(), async |house| {
        brought_in(&house).await;
        backed_up(&house, "backup").await
    })
}

fn on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(future)
}

fn verified(folder: &Path) -> Vec<String> {
    on(backup::verify(folder, &Headway::default())).unwrap()
}

/// Why a restore into a new SQLite file is refused; no file is left of it.
fn refused(folder: &Path) -> String {
    let url = sqlite();
    let refused = on(backup::restore(folder, &url, &Headway::default())).unwrap_err();
    assert!(!db::file_of(&url).unwrap().exists(), "half a database is left");
    says(&refused)
}

fn says(refused: &Refused) -> String {
    let Refused::Refusal(refusal) = refused else { panic!("{refused:?}") };
    refusal.says.clone()
}

/// Changes a file of a backup; its digest stays as it is.
fn alter(folder: &Path, file: &str, change: impl Fn(String) -> String) {
    let path = folder.join(file);
    std::fs::write(&path, change(std::fs::read_to_string(&path).unwrap())).unwrap();
}

/// Changes the manifest.
fn retell(folder: &Path, change: impl Fn(&mut Value)) {
    alter(folder, "manifest.json", |text| {
        let mut manifest = serde_json::from_str(&text).unwrap();
        change(&mut manifest);
        manifest.to_string()
    });
}

#[test]
fn a_backup_of_either_engine_becomes_a_database_of_the_other_that_goes_on() {
    for (from, to) in [(sqlite(), postgres()), (postgres(), sqlite())] {
        let first = tell(&from, async |house| {
            brought_in(&house).await;
            backed_up(&house, "first").await
        });
        assert_eq!(verified(&first), Vec::<String>::new());
        let done = on(backup::restore(&first, &to, &Headway::default())).unwrap();
        assert_eq!((done.organisation.as_str(), done.files), ("Brightwater Utilities", 10));
        tell(&to, async |house| {
            let second = backed_up(&house, "second").await;
            let (before, after) = (files(&first), files(&second));
            assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
            for (name, bytes) in &before {
                assert!(bytes == &after[name], "{} is another after {from} became {to}", name.display());
            }
            let nora = somebody(&house, "nora").await;
            let name = json!({"name": "Grid and more"});
            nora.does_to("customer edit", &[("key", "GRID")], name, Some(1)).await.unwrap();
            assert_eq!(verified_here(&house).await, None, "the history goes on where it ended");
        });
        let again = on(backup::restore(&first, &to, &Headway::default())).unwrap_err();
        assert!(says(&again).starts_with("The database holds Brightwater Utilities already"));
    }
}

async fn verified_here(house: &TestHouse) -> Option<String> {
    let mut tx = house.house.db.read().await.unwrap();
    let chain = access::history::verify(&mut tx, None).await.unwrap();
    chain.err().map(|broken| broken.says)
}

#[test]
fn what_is_not_as_it_was_written_is_named_and_not_restored() {
    let whole = made();
    let stored = std::fs::read_dir(whole.join("files")).unwrap().flatten().next().unwrap().file_name();
    let stored = format!("files/{}", stored.to_string_lossy());
    let remove = |folder: &Path, file: &str| std::fs::remove_file(folder.join(file)).unwrap();
    let digit = |text: String| text.replacen('1', "2", 1);
    let cut = |text: String| text.lines().skip(1).map(|line| format!("{line}\n")).collect();
    type Damage<'d> = (&'d str, Box<dyn Fn(&Path) + 'd>);
    let gone = format!("{stored} is missing");
    let damages: [Damage; 5] = [
        (
            "ledger_postings.jsonl is not what was written: a row was changed",
            Box::new(|at| alter(at, "ledger_postings.jsonl", digit)),
        ),
        (
            "access_history.jsonl is not what was written",
            Box::new(|at| alter(at, "access_history.jsonl", cut)),
        ),
        ("finance_pools.jsonl is missing", Box::new(|at| remove(at, "finance_pools.jsonl"))),
        ("is not what was written", Box::new(|at| std::fs::write(at.join(&stored), "else").unwrap())),
        (gone.as_str(), Box::new(|at| remove(at, &stored))),
    ];
    for (says, damage) in damages {
        let folder = copied(&whole);
        damage(&folder);
        let found = verified(&folder);
        assert!(found.len() == 1 && found[0].contains(says), "{says}: {found:?}");
        assert!(refused(&folder).contains(says), "{says}");
    }
}

/// A copy of a backup, to be damaged.
fn copied(folder: &Path) -> PathBuf {
    let copy = fresh_folder("copy");
    for (name, bytes) in files(folder) {
        let path = copy.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    copy
}

/// Who alters a file and its digest together is found by the history, and by what the records were left as.
#[test]
fn a_backup_that_was_altered_with_care_is_found_out_by_its_history() {
    let whole = made();
    for (table, from, to, says) in [
        ("access_history", "GRID", "GRIT", "history, row"),
        ("portfolio_services", "\"name\":\"", "\"name\":\"X", "service"),
    ] {
        let folder = copied(&whole);
        let file = format!("{table}.jsonl");
        alter(&folder, &file, |text| text.replacen(from, to, 1));
        retell(&folder, |manifest| {
            manifest["tables"][table]["sha256"] = digest_of(&folder.join(&file)).into()
        });
        let found = verified(&folder);
        assert!(found.len() == 1 && found[0].starts_with(says), "{table}: {found:?}");
    }
}

#[test]
fn only_who_administers_makes_one_and_only_a_finished_one_of_this_release_or_before_is_taken() {
    let url = sqlite();
    let folder = tell(&url, async |house| {
        brought_in(&house).await;
        let folder = fresh_folder("nobody");
        for username in ["felix", "greta"] {
            let refused =
                backup::create(&house.house, &who(&house, username).await, &folder).await.unwrap_err();
            assert_eq!(refused.code(), "not_allowed");
        }
        assert!(!folder.exists());
        backed_up(&house, "backup").await
    });
    let later = copied(&folder);
    retell(&later, |manifest| manifest["migrations"].as_array_mut().unwrap().push("9999_later".into()));
    assert!(refused(&later).starts_with("The backup was made by a later release, with 9999_later"));
    let unfinished = copied(&folder);
    std::fs::remove_file(unfinished.join("manifest.json")).unwrap();
    assert!(refused(&unfinished).contains("is no backup: it has no manifest.json"));
    let export = copied(&folder);
    retell(&export, |manifest| manifest["schema"] = "quarterdeck.export.v1".into());
    assert!(refused(&export).contains("is no backup: it holds quarterdeck.export.v1"));
}

/// Before migrations 0114, which adds a table, and 0120, which writes one anew.
#[test]
fn a_backup_of_an_earlier_release_is_brought_up_to_date() {
    let folder = made();
    std::fs::remove_file(folder.join("access_settings.jsonl")).unwrap();
    retell(&folder, |manifest| {
        let migrations = manifest["migrations"].as_array_mut().unwrap();
        migrations.retain(|name| name.as_str().unwrap() < "0114");
        manifest["tables"].as_object_mut().unwrap().remove("access_settings");
    });
    assert_eq!(verified(&folder), Vec::<String>::new());
    let url = sqlite();
    on(async {
        backup::restore(&folder, &url, &Headway::default()).await.unwrap();
        let house = House::open(&url).await.unwrap();
        let mut tx = house.db.read().await.unwrap();
        assert_eq!(db::applied(&mut tx).await.unwrap().len(), app::MIGRATIONS.len());
        drop(tx);
        house.db.close().await;
    });
    // A database that is up to date already would miss what the migrations do to rows.
    let further = on(backup::restore(&folder, &postgres(), &Headway::default())).unwrap_err();
    assert!(says(&further).contains("tables of a later release"));
}
