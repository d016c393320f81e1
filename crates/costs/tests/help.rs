//! The help of every verb begins with an example, and each example runs.

mod bills;

use std::path::Path;

#[test]
fn every_example_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = bills::Folder::new("examples");
    // The two run until Ctrl-C; the tests of the command line run them.
    let ends = |verb: &&clap::Command| !["scheduler", "executor"].contains(&verb.get_name());
    for verb in costs::command().get_subcommands().filter(ends) {
        let help = verb.get_before_help().map(ToString::to_string).unwrap_or_default();
        let example = help.replace("\\\n", " ");
        let example = example.lines().find_map(|line| line.strip_prefix("  quarterdeck ")).unwrap();
        assert!(
            help.starts_with("Example:\n") && example.starts_with(&format!("costs {}", verb.get_name())),
            "{help}"
        );
        let word = |word: &str| match word {
            "lines.csv" => folder.path(word),
            word if word.starts_with("crates/") => root.join(word).to_string_lossy().into_owned(),
            word => word.to_owned(),
        };
        let words: Vec<String> = example.split_whitespace().map(word).collect();
        bills::run(&words).unwrap_or_else(|stop| panic!("{example}: {stop:?}"));
    }
    // September is 244.88: 198.75 of Webshop to 36.125 of Mail, which Care and Sales share 2 : 1. Worked by hand.
    let lines = std::fs::read_to_string(folder.path("lines.csv")).unwrap();
    assert_eq!(
        lines,
        "customer,service,month,cents\nCare,Mail,2026-09,2511\nCare,Mail,2026-10,4055\nSales,Mail,2026-09,1255\n\
         Sales,Mail,2026-10,1978\nSales,Webshop,2026-09,20722\n"
    );
}
