//! A person's own organisation out of spreadsheets, as `examples/imports` does it; and everything out
//! again, the same bytes from both engines.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use access::{Who, person};
use app::{House, export, pack};
use kernel::{FixedClock, SeededChance, Via};
use testkit::{Person, TestHouse};

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/imports"))
}

/// Tells a story in an empty database.
pub fn tell<T>(url: &str, story: impl AsyncFn(TestHouse) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let clock = Arc::new(FixedClock::at(testkit::MORNING.parse().unwrap()));
        let house = House::open(url).await.unwrap().with(clock.clone(), Arc::new(SeededChance::new(1)));
        let told = story(TestHouse { house: house.clone(), clock }).await;
        house.db.close().await;
        told
    })
}

/// The organisation of `examples/imports`, brought in.
pub async fn brought_in(house: &TestHouse) {
    let report = match pack::run(&house.house, folder(), false, &mut |_| {}).await {
        Ok(report) => report,
        Err(refused) => panic!("{refused:?}"),
    };
    let says: Vec<&String> = report.steps.iter().flat_map(|step| &step.says).collect();
    assert!(report.clean, "{says:#?}");
}

/// That person.
pub async fn somebody(house: &TestHouse, username: &str) -> Person {
    let mut tx = house.house.db.read().await.unwrap();
    let found = person::by_username(&mut tx, username).await.unwrap().unwrap();
    Person { house: house.clone(), id: found.id, username: username.to_owned() }
}

/// That person, acting.
pub async fn who(house: &TestHouse, username: &str) -> Who {
    let person = somebody(house, username).await;
    let mut tx = house.house.db.read().await.unwrap();
    person::who(&mut tx, person.id, Via::CommandLine, None).await.unwrap().unwrap()
}

#[test]
fn templates_filled_in_become_an_organisation_whose_month_ties() {
    for url in [testkit::sqlite(), testkit::postgres()] {
        tell(&url, async |house| {
            brought_in(&house).await;
            let felix = somebody(&house, "felix").await;
            let services = felix.lists("service list", &[]).await;
            assert_eq!(services.count, 4);
            let lacks = |row: &Vec<_>| services.value(row, "missing").unwrap().plain();
            assert!(services.rows.iter().all(|row| lacks(row).is_empty()), "every take-over is complete");
            // ledger.csv: 48,200 + 3,150 + 2,430 + 7,866.50 and (12,100 − 550) ÷ 1.10 of dollars; income apart.
            let check = felix.sees("period check", &[("period", "2026-01")]).await;
            assert_eq!((&check["ledger"], &check["difference"]), (&"72146.50".into(), &"0.00".into()));
            assert_eq!(check["allocated"], "72146.50", "{check}");
            // The model as a file gives the same to whoever computes it again.
            let model = felix.sees("allocate model", &[("period", "2026-01")]).await;
            let again = allocation::run_json(&model.to_string()).unwrap();
            let eur = kernel::Currency::parse("EUR").unwrap();
            let amount = |row: &serde_json::Value| kernel::Money::parse(row["amount"].as_str().unwrap(), eur);
            let shared: i64 =
                again["receivers"].as_array().unwrap().iter().map(|row| amount(row).unwrap().minor()).sum();
            assert_eq!(shared, 72_146_50);
            let statements = felix.lists("statement list", &[]).await;
            let customers: Vec<String> = (statements.rows.iter())
                .map(|row| statements.value(row, "customer").unwrap().plain())
                .collect();
            assert_eq!(customers, ["GRID", "LABS", "OAKVALE", "RETAIL"]);
            assert_eq!(felix.lists("contact list", &[]).await.count, 4);
            assert_eq!(felix.lists("agreement list", &[]).await.count, 9);
        });
    }
}

#[test]
fn a_pack_may_found_an_organisation_and_leave_the_rest_to_people() {
    tell(&testkit::sqlite(), async |house| {
        let report = pack::run(&house.house, &folder().join("founding"), false, &mut |_| {}).await.unwrap();
        assert_eq!((report.steps.len(), report.clean), (1, true));
        let links = report.steps[0].says.iter().filter(|line| line.contains(": /welcome/")).count();
        assert_eq!(links, 4, "each person may choose a password");
        let nora = somebody(&house, "nora").await;
        assert_eq!(nora.lists("service list", &[]).await.count, 0);
    });
}

/// Every file under `folder`, by its path in it.
pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = PathBuf::from(path.file_name().unwrap());
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(inner, bytes)| (name.join(inner), bytes)));
        } else {
            found.insert(name, std::fs::read(&path).unwrap());
        }
    }
    found
}

fn exported(url: &str, name: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = testkit::fresh_folder(&format!("export-{name}"));
    tell(url, async |house| {
        brought_in(&house).await;
        let refused = export::all(&house.house, &who(&house, "felix").await, &folder).await.unwrap_err();
        assert_eq!(refused.code(), "not_allowed");
        assert!(!folder.exists(), "nothing is written for who may not");
        let admin = who(&house, "admin").await;
        let done = export::all(&house.house, &admin, &folder).await.unwrap();
        assert_eq!(done.files, 10, "each imported file as it came");
        let again = export::all(&house.house, &admin, &folder).await.unwrap_err();
        assert_eq!(again.code(), "folder_not_empty", "a folder with files is not written over");
    });
    files(&folder)
}

#[test]
fn everything_exported_from_both_engines_is_the_same_bytes() {
    let sqlite = exported(&testkit::sqlite(), "sqlite");
    let postgres = exported(&testkit::postgres(), "postgres");
    assert_eq!(sqlite.keys().collect::<Vec<_>>(), postgres.keys().collect::<Vec<_>>());
    for (name, bytes) in &sqlite {
        let (one, other) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&postgres[name]));
        let differ = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert!(bytes == &postgres[name], "{}: {differ:#?}", name.display());
    }
    let rows = |name: &str| String::from_utf8_lossy(&sqlite[Path::new(name)]).lines().count();
    assert_eq!((rows("portfolio_services.jsonl"), rows("relationships_agreements.jsonl")), (4, 9));
    let ledger = &sqlite[Path::new("files/").join(digest_of(&folder().join("ledger.csv"))).as_path()];
    assert_eq!(ledger, &std::fs::read(folder().join("ledger.csv")).unwrap());
    let all: Vec<u8> = sqlite.into_values().flatten().collect();
    assert!(!String::from_utf8_lossy(&all).contains("\"password_hash\""), "no secret leaves");
}

/// The digest of a file.
pub fn digest_of(path: &Path) -> String {
    use sha2::Digest;
    let digest = sha2::Sha256::digest(std::fs::read(path).unwrap());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
