//! Larkfield, loaded once for all tests of a build: the file is kept beside what cargo built, named by a
//! digest of what it was loaded by, and every test gets a copy of its own.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::House;
use kernel::FixedClock;

use crate::{TestHouse, folder, next, runtime};

/// The demo as of September 2026 in a new SQLite database, its clock standing where the story opens.
pub async fn larkfield() -> TestHouse {
    let own = folder().join(format!("{}.db", next()));
    larkfield_at(&own);
    let house = House::open(&format!("sqlite:{}", own.display())).await.expect("the demo opens");
    let mut tx = house.db.read().await.expect("the demo reads");
    let organisation = house.organisation(&mut tx).await.expect("the demo is founded");
    drop(tx);
    // The demo's own clock goes on from the day it was loaded, which here may be long ago.
    let (opens, _) = organisation.demo.expect("it is a demo");
    let clock = Arc::new(FixedClock::at(opens.parse().expect("the story opens at a moment")));
    let chance = house.chance.clone();
    TestHouse { house: house.with(clock.clone(), chance), clock }
}

/// The demo as of September 2026 as the SQLite file `own`, for a program to open.
pub fn larkfield_at(own: &Path) {
    // Loading has a runtime of its own: a task that is waited for may not block another's.
    let loaded = std::thread::spawn(loaded).join().expect("the demo is loaded");
    fs::copy(loaded, own).expect("the loaded demo can be copied");
}

/// The file of the loaded demo; loads it where nobody did. Other processes wait meanwhile.
fn loaded() -> PathBuf {
    let kept = Path::new(env!("OUT_DIR"));
    let whole = kept.join(concat!("larkfield-", env!("DEMO_DIGEST"), ".db"));
    let lock = File::create(kept.join("larkfield.lock")).expect("the build's folder can be written");
    lock.lock().expect("the lock can be had");
    if !whole.exists() {
        for old in fs::read_dir(kept).expect("the build's folder can be read").flatten() {
            if old.file_name().to_string_lossy().starts_with("larkfield-") {
                fs::remove_file(old.path()).expect("a demo of an earlier build can be cleared");
            }
        }
        // Loaded aside: what was cut short is nobody's demo.
        let aside = folder().join(format!("{}.db", next()));
        runtime().block_on(load(&aside));
        let moving = kept.join("larkfield-moving");
        fs::copy(&aside, &moving).expect("the demo can be kept");
        fs::rename(&moving, &whole).expect("the demo can be kept");
    }
    whole
}

async fn load(file: &Path) {
    let house = House::open(&format!("sqlite:{}", file.display())).await.expect("the database opens");
    let september = "2026-09".parse().expect("a period");
    app::demo::load(&house, september, &|_| {}).await.expect("the demo is told to its end");
    house.db.close().await;
    let log = file.with_extension("db-wal");
    assert!(fs::metadata(&log).map_or(0, |log| log.len()) == 0, "the file is not whole without its log");
}
