//! Where the packages are that judge what is reckoned here.

use std::path::{Path, PathBuf};

/// Their Python; none where they are left out on purpose, which is said where nobody can miss it.
pub fn python() -> Option<PathBuf> {
    let home = std::env::var("HOME").expect("there is a home");
    let place = Path::new(&home).join(".cache/quarterdeck/calc-judges");
    if place.join("installed").exists() {
        return Some(place.join("bin/python"));
    }
    assert!(
        std::env::var("QUARTERDECK_NO_JUDGES").is_ok_and(|word| word == "1"),
        "THE JUDGES OF calc ARE NOT THERE. Install them with dev/setup.sh test (Python 3.12 or newer), or leave them \
         out with QUARTERDECK_NO_JUDGES=1."
    );
    eprintln!("QUARTERDECK_NO_JUDGES=1: THE JUDGES OF calc WERE NOT ASKED.");
    None
}
