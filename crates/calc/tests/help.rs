//! The help of every verb begins with an example, and each example does what it says.

mod said;

use calc::Lines;

/// The lines of a help that begin with `quarterdeck`, each with what it is said to print.
fn examples(help: &str) -> Vec<(String, Option<String>)> {
    let lines = help.replace("\\\n", " ");
    let example = |line: &str| {
        let words = line.strip_prefix("  quarterdeck ")?;
        let (words, prints) = words.split_once("   prints ").map_or((words, None), |(a, b)| (a, Some(b)));
        Some((words.to_owned(), prints.map(|prints| prints.trim().to_owned())))
    };
    lines.lines().filter_map(example).collect()
}

#[test]
fn every_example_runs_and_prints_what_it_says() {
    for verb in calc::command().get_subcommands() {
        let help = verb.get_before_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.starts_with("Example"), "{}: {help}", verb.get_name());
        let examples = examples(&help);
        assert!(
            examples.iter().any(|(words, _)| words.starts_with(&format!("calc {}", verb.get_name()))),
            "{help}"
        );
        for (words, prints) in examples {
            let answer = said::run(&words).unwrap_or_else(|stop| panic!("{words}: {stop:?}"));
            if let Some(prints) = prints {
                assert_eq!(answer.lines, Some(Lines::One(prints)), "{words}");
            }
        }
    }
}
