//! Completion as a shell asks for it: words, flags and ids of records.

use crate::shell::{Shell, said};

/// What fish is offered for the last of the words: flags where it begins as one, else all but those.
fn offered(shell: &Shell, words: &[&str]) -> Vec<String> {
    let last = words.last().copied().unwrap_or_default();
    let mut command = shell.command(&["--", "quarterdeck"]);
    command.args(words).env("QUARTERDECK_COMPLETE", "fish").env("QUARTERDECK_DB", shell.url());
    let told = said(&mut command);
    assert_eq!((told.code, told.err.as_str()), (0, ""), "{words:?}: {told:?}");
    let offers = told.out.lines().map(|line| line.split('\t').next().unwrap_or(line).to_owned());
    let flags = last.starts_with('-');
    offers.filter(|offer| offer.starts_with('-') == flags).collect()
}

#[test]
fn each_shell_gets_a_script_that_asks_the_program() {
    let shell = Shell::empty();
    for name in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let told = shell.bare(&["completions", name]);
        assert!(told.code == 0 && told.out.contains("QUARTERDECK_COMPLETE"), "{name}: {told:?}");
    }
    assert_eq!(shell.bare(&["completions", "cmd"]).code, 2);
}

#[test]
fn words_and_flags_are_offered_without_a_database() {
    let shell = Shell::empty();
    assert_eq!(offered(&shell, &["servi"]), ["service"]);
    assert_eq!(offered(&shell, &["service", "ta"]), ["take-over"]);
    assert!(offered(&shell, &["customer", "list", "--fil"]).contains(&"--filter".to_owned()));
    assert_eq!(offered(&shell, &["customer", "show", ""]), [""; 0], "there is nobody");
    assert!(!shell.path("house.db").exists(), "no database is made for it");
}

#[test]
fn ids_are_offered_and_kept_for_a_minute_for_nobody_else_to_read() {
    use std::os::unix::fs::PermissionsExt;

    let shell = Shell::founded();
    shell.does("customer add --key CARE --name Care --kind unit");
    shell.does("customer add --key CARS --name Fleet --kind unit");
    shell.does("service take-over --key DESK --name Desk");
    shell.does("period open --from 2026-09");
    assert_eq!(offered(&shell, &["customer", "show", "C"]), ["CARE", "CARS"]);
    assert_eq!(offered(&shell, &["contact", "add", "--customer", "CARE"]), ["CARE"]);
    assert_eq!(offered(&shell, &["service", "edit", ""]), ["DESK"]);
    assert_eq!(offered(&shell, &["line", "list", "--period", "2026-0"]), ["2026-09"]);
    // Of two reads within a minute the second is of what was kept.
    shell.does("customer add --key CORE --name Core --kind unit");
    assert_eq!(offered(&shell, &["customer", "show", "C"]), ["CARE", "CARS"]);
    let kept: Vec<_> =
        std::fs::read_dir(shell.path(".cache/quarterdeck")).unwrap().map(Result::unwrap).collect();
    assert_eq!(kept.len(), 3, "{kept:?}");
    for file in kept {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{file:?}");
        let old = std::time::SystemTime::now() - std::time::Duration::from_secs(61);
        std::fs::File::options().write(true).open(file.path()).unwrap().set_modified(old).unwrap();
    }
    assert_eq!(offered(&shell, &["customer", "show", "C"]), ["CARE", "CARS", "CORE"]);
}
