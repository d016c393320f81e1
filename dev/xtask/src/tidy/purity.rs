//! What may stand in which file: entities and rules decide without I/O, clocks are handed in, money knows no
//! floats, SQL stands where SQL is looked for.

use super::Finding;
use super::source::{Source, Token, has_word};

/// Files that hold decisions only, in every crate.
const PURE: &[&str] = &["entity.rs", "rules.rs"];

/// What would make a decision depend on something that was not handed in.
const IMPURE: &[&str] = &[
    "async",
    "await",
    "sqlx",
    "tokio",
    "rand",
    "std::fs",
    "std::env",
    "std::net",
    "fs",
    "Utc::now",
    "Local::now",
    "SystemTime",
    "Instant",
];

const CLOCKS: &[&str] = &["Utc::now", "Local::now", "SystemTime::now", "Instant::now"];

/// Where the machine's clock may be read.
const CLOCK_PLACES: &[&str] = &["crates/kernel/src/clock.rs", "crates/cli/", "dev/", "benches/"];

/// Where a float would sooner or later be money.
const EXACT: &[&str] = &[
    "kernel",
    "instruments/allocation",
    "ledger",
    "finance",
    "usage",
    "charging",
    "portfolio",
    "relationships",
];

/// Where floats guess what whole numbers then judge.
const GUESSES: &[&str] = &["crates/instruments/allocation/src/bounded/guess.rs"];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        findings.extend(decisions(source));
        findings.extend(clocks(source));
        findings.extend(floats(source));
        findings.extend(sql(source));
    }
    findings
}

fn decisions(source: &Source) -> Vec<Finding> {
    // In `web` a file is named after its pages: `rules.rs` shows rules there.
    let pages = source.path.starts_with("crates/web/");
    if pages || !source.path.starts_with("crates/") || !PURE.contains(&source.file_name()) {
        return Vec::new();
    }
    let found = IMPURE.iter().flat_map(|word| source.lines_with(word).map(move |line| (line, word)));
    let message =
        |word: &str| format!("`{word}` in {}: decisions get what they need handed in", source.file_name());
    found.map(|(line, word)| Finding::at(&source.path, line, message(word))).collect()
}

fn clocks(source: &Source) -> Vec<Finding> {
    let allowed = |place: &&str| source.path.starts_with(*place) || source.path.contains("/benches/");
    if CLOCK_PLACES.iter().any(allowed) {
        return Vec::new();
    }
    // A test of speed has to look at a watch.
    let measures = |word: &&str| *word == "Instant::now" && is_of_tests(&source.path);
    let words = CLOCKS.iter().filter(|word| !measures(word));
    let found = words.flat_map(|word| source.lines_with(word).map(move |line| (line, word)));
    found.map(|(line, word)| Finding::at(&source.path, line, format!("`{word}`: a hidden clock"))).collect()
}

fn floats(source: &Source) -> Vec<Finding> {
    let Some(inside) = source.path.strip_prefix("crates/") else { return Vec::new() };
    // A test may check an exact result by a second, rough way, and a bench tells seconds.
    if is_of_tests(&source.path)
        || source.path.contains("/benches/")
        || GUESSES.contains(&source.path.as_str())
        || !EXACT.iter().any(|name| inside.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')))
    {
        return Vec::new();
    }
    let tokens = source.tokens();
    let found = tokens.windows(4).filter(|tokens| is_float(tokens));
    found
        .map(|tokens| Finding::at(&source.path, tokens[1].line, "a float where numbers must be exact"))
        .collect()
}

fn is_of_tests(path: &str) -> bool {
    path.split('/').any(|part| part == "tests")
}

/// Whether the second of these is a float type, a conversion to or from one, or a float literal (`1.5`).
fn is_float(tokens: &[Token<'_>]) -> bool {
    let word = tokens[1].text;
    let named = ["f64", "f32"].iter().any(|float| {
        let before = word.strip_suffix(float);
        before.is_some_and(|before| !before.ends_with(char::is_alphabetic))
    });
    let digits = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
    // `tuple.0.1` is no number: there a dot comes before as well.
    let literal = digits(word) && tokens[2].text == "." && digits(tokens[3].text) && tokens[0].text != ".";
    named || literal
}

fn sql(source: &Source) -> Vec<Finding> {
    if may_hold_sql(&source.path) {
        return Vec::new();
    }
    let tests = source.test_lines();
    let in_tests = |line: usize| tests.iter().any(|range| range.contains(&line));
    let found = source.strings.iter().filter(|(line, text)| is_sql(text) && !in_tests(*line));
    let message = "SQL outside repo.rs and view.rs: give it a name there";
    found.map(|(line, _)| Finding::at(&source.path, *line, message)).collect()
}

fn may_hold_sql(path: &str) -> bool {
    let Some(inside) = path.strip_prefix("crates/") else { return true };
    // `sql.rs` holds what several repos say alike.
    let named =
        |part: &str| matches!(part, "repo" | "repo.rs" | "view" | "view.rs" | "sql.rs" | "tests" | "benches");
    inside.starts_with("db/") || inside.starts_with("access/") || inside.split('/').any(named)
}

/// Whether a string is a statement. A sentence for a person begins with a capital; SQL is all one case.
fn is_sql(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some(first) = words.first() else { return false };
    let verb = first.to_ascii_lowercase();
    if *first != verb && *first != first.to_ascii_uppercase() {
        return false;
    }
    let line = words.join(" ").to_ascii_lowercase();
    match verb.as_str() {
        "select" => has_word(&line, "from"),
        "insert" => line.starts_with("insert into "),
        "delete" => line.starts_with("delete from "),
        "update" => has_word(&line, "set"),
        "with" => has_word(&line, "select"),
        "create" | "alter" | "drop" => words.get(1).is_some_and(|what| what.eq_ignore_ascii_case("table")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&[Source::new(path, text)]).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_decision_that_waits_or_reads_a_file_is_found() {
        let text = "fn a() {}\nasync fn b() {}\nuse std::fs;\nlet t = Utc::now();";
        let found = lines("crates/portfolio/src/service/rules.rs", text);
        assert!([2, 3, 4].iter().all(|line| found.contains(line)) && !found.contains(&1), "{found:?}");
        assert_eq!(lines("crates/portfolio/src/service/entity.rs", "sqlx::query"), [1]);
        assert!(lines("crates/portfolio/src/service/submit.rs", "async fn b() {}").is_empty());
        assert!(
            lines("crates/portfolio/src/service/rules.rs", "// async, and rand\nlet a = \"sqlx\";")
                .is_empty()
        );
    }

    #[test]
    fn a_hidden_clock_is_found_wherever_it_is_not_at_home() {
        for clock in CLOCKS {
            let text = format!("let now = {clock}();");
            assert_eq!(lines("crates/web/src/page.rs", &text), [1], "{clock}");
            for home in ["crates/kernel/src/clock.rs", "crates/cli/src/main.rs", "crates/web/benches/p95.rs"]
            {
                assert!(lines(home, &text).is_empty(), "{home}");
            }
        }
    }

    #[test]
    fn a_test_of_speed_may_look_at_a_watch_but_not_at_the_date() {
        assert!(lines("crates/web/tests/speed.rs", "let a = Instant::now();").is_empty());
        assert_eq!(lines("crates/web/tests/speed.rs", "let a = Utc::now();"), [1]);
    }

    #[test]
    fn a_float_near_money_is_found() {
        for float in ["let a: f64 = b;", "a.to_f64()", "let a = 1.5;", "let a = 2f32;", "f(0.25 )"] {
            assert_eq!(lines("crates/ledger/src/x.rs", &format!("x;{float} y;")), [1], "{float}");
            assert!(lines("crates/web/src/x.rs", &format!("x;{float} y;")).is_empty(), "{float}");
        }
        assert!(lines("crates/ledger/tests/x.rs", "let a: f64 = b;").is_empty());
        for exact in ["let a = b.0.1;", "for a in 1..2 {}", "let selff64 = 1;", "let a = \"1.5\";"] {
            assert!(lines("crates/ledger/src/x.rs", &format!("x;{exact} y;")).is_empty(), "{exact}");
        }
    }

    #[test]
    fn sql_outside_its_files_is_found() {
        let statements = [
            "select a from b",
            "SELECT a\\n FROM b",
            "insert into a values ($1)",
            "update a set b = 1",
            "delete from a",
            "with x as (select 1) table x",
            "create table a (b int)",
        ];
        for statement in statements {
            let text = format!("run(\"{statement}\");");
            assert_eq!(lines("crates/finance/src/line/import.rs", &text), [1], "{statement}");
            for home in ["finance/src/line/repo.rs", "finance/src/line/view.rs", "db/src/list.rs"] {
                assert!(lines(&format!("crates/{home}"), &text).is_empty(), "{home}");
            }
            let test = format!("#[cfg(test)]\nmod tests {{\n{text}\n}}");
            assert!(lines("crates/finance/src/line/import.rs", &test).is_empty(), "tests look into tables");
        }
        for sentence in
            ["Select a customer from the list", "update the rule", "Delete from here", "with care"]
        {
            assert!(lines("crates/web/src/x.rs", &format!("p(\"{sentence}\");")).is_empty(), "{sentence}");
        }
    }
}
