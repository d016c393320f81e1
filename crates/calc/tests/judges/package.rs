//! A package as a judge: a script gets a question as JSON and answers with JSON.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::python::python;

/// What `script` answers; none where the judges are left out on purpose, which is said where nobody can miss it.
pub fn ask(script: &str, question: &Value) -> Option<Value> {
    let python = python()?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges").join(script);
    let mut judge = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python runs");
    judge.stdin.take().expect("a pipe").write_all(question.to_string().as_bytes()).expect("it listens");
    let output = judge.wait_with_output().expect("it ends");
    assert!(output.status.success(), "the judge failed: its words are above");
    // A package may greet before the answer, which is the last line.
    let text = String::from_utf8(output.stdout).expect("text");
    Some(serde_json::from_str(text.lines().last().unwrap_or_default()).expect("an answer"))
}

/// Numbers from a seed, the same in every run: SplitMix64 (Steele, Lea and Flood 2014).
pub struct Chance(pub u64);

impl Chance {
    /// From 0 up to 1.
    pub fn part(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A whole number from `low` to `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.part() * (high - low + 1) as f64) as i64
    }
}

/// Whether `ours` is `theirs` to within a part of it.
#[track_caller]
pub fn same(ours: &Value, theirs: &Value, part: f64, what: &str) {
    let (ours, theirs) = (crate::said::number(ours), crate::said::number(theirs));
    let off = (ours - theirs).abs();
    assert!(
        off <= part * theirs.abs(),
        "{what}: {ours} is {off:e} from the package's {theirs}, more than {part:e} of it"
    );
}
