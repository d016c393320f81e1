//! The judges of FOCUS, as `dev/setup.sh test` installs them from PyPI: `focus-data-toolkit` for 1.4, file by file
//! and as a bundle, and `focus-validator` for 1.2.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Where the judges are; none where they are left out on purpose, which is said where nobody can miss it.
pub fn judges() -> Option<Judges> {
    let home = std::env::var("HOME").expect("there is a home");
    let place = Path::new(&home).join(".cache/quarterdeck/judges");
    if place.join("installed").exists() {
        return Some(Judges { place });
    }
    assert!(
        std::env::var("QUARTERDECK_NO_JUDGES").is_ok_and(|word| word == "1"),
        "THE JUDGES OF FOCUS ARE NOT THERE. Install them with dev/setup.sh test (Python 3.12 or newer), or leave \
         them out with QUARTERDECK_NO_JUDGES=1."
    );
    eprintln!("QUARTERDECK_NO_JUDGES=1: THE JUDGES OF FOCUS WERE NOT ASKED.");
    None
}

/// The folder they are in.
pub struct Judges {
    place: PathBuf,
}

/// What a judge said.
#[derive(Debug)]
pub struct Verdict {
    /// Whether it has nothing against the file.
    pub passed: bool,
    /// Its words.
    pub says: String,
}

/// A rule of 1.2 that no file with an invoice can keep: it wants `InvoiceId` to be null, without a condition.
const FALSE_ALARM: &str = "InvoiceId-C-004-C";

impl Judges {
    /// The Python they are written in, with numpy and pyarrow.
    pub fn python(&self) -> Command {
        Command::new(self.place.join("bin/python"))
    }

    /// What the toolkit says of one file as `dataset` of FOCUS 1.4.
    pub fn lint(&self, file: &Path, dataset: &str) -> Verdict {
        self.toolkit(&["validate", "--dataset", dataset, &file.to_string_lossy()])
    }

    /// What it says of the files of a folder together.
    pub fn bundle(&self, folder: &Path) -> Verdict {
        self.toolkit(&["validate-bundle", "--directory", &folder.to_string_lossy()])
    }

    fn toolkit(&self, words: &[&str]) -> Verdict {
        let output = Command::new(self.place.join("bin/focus-toolkit")).args(words).output();
        let output = output.expect("the toolkit runs");
        Verdict { passed: output.status.success(), says: words_of(&output) }
    }

    /// What the validator says of a file of FOCUS 1.2. It ends with 0 whatever it found, and looks for its rules
    /// where it stands.
    pub fn validate(&self, file: &Path) -> Verdict {
        let declared =
            "ACCOUNT_NAMING_SUPPORTED,MULTIPLE_PRICING_CATEGORIES_SUPPORTED,USAGE_MEASUREMENT_SUPPORTED";
        let output = Command::new(self.place.join("bin/focus-validator"))
            .current_dir(self.site_packages())
            .args(["--validate-version", "1.2", "--focus-dataset", "CostAndUsage", "--block-download"])
            .args(["--applicability-criteria", declared, "--data-file"])
            .arg(file)
            .output()
            .expect("the validator runs");
        let says = words_of(&output);
        // `❌ InvoiceId-C-004-C: FAIL  (violations=1, …)`
        let failed = says.lines().filter_map(|line| line.strip_prefix("❌ ")?.split_once(": FAIL"));
        let failed: Vec<&str> = failed.map(|(rule, _)| rule).collect();
        let counted = says.contains(&format!("| Fail: {} |", failed.len()));
        Verdict { passed: counted && failed.iter().all(|rule| *rule == FALSE_ALARM), says }
    }

    fn site_packages(&self) -> PathBuf {
        let mut pythons = std::fs::read_dir(self.place.join("lib")).expect("there is a Python").flatten();
        pythons.next().expect("there is a Python").path().join("site-packages")
    }
}

fn words_of(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}
