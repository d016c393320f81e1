//! Flags that stand with every command, where the command would ignore them: refused as wrong use.

use crate::shell::Shell;

const NO_COLUMNS: &str = "has no columns to choose: leave --fields out.";
const NO_PERIOD: &str = "has no --period.";
const NO_DAY: &str = "cannot be shown as of a past day";

/// Each of them is wrong use, and says why.
fn refused(shell: &Shell, all: &[(&str, &str)]) {
    for (words, says) in all {
        let told = shell.run(words);
        assert_eq!((told.code, told.out.as_str()), (2, ""), "{words}: {told:?}");
        assert!(told.err.contains(says), "{words}: {told:?}");
    }
}

#[test]
fn what_a_command_or_a_record_would_ignore_is_refused() {
    let shell = Shell::founded();
    shell.does("customer add --key CARE --name Care --kind unit");
    refused(
        &shell,
        &[
            ("customer add --key X1 --name X --kind unit --limit 3", "makes no list: leave --limit out."),
            ("customer edit CARE --name X --sort key", "“customer edit” makes no list: leave --sort out."),
            ("customer edit CARE --name X --filter key=CARE", "makes no list: leave --filter out."),
            ("customer edit CARE --name X --fields key", NO_COLUMNS),
            ("customer edit CARE --name X --period 2026-09", NO_PERIOD),
            ("customer edit CARE --name X --format pdf", "There is no format “pdf”"),
            ("customer show CARE --limit 3", "“customer show” makes no list: leave --limit out."),
            ("customer show CARE --filter key=CARE", "makes no list: leave --filter out."),
            ("open CARE --sort key", "makes no list: leave --sort out."),
            ("search care --sort key", "makes no list: leave --sort out."),
            ("job follow some --limit 1", "makes no list: leave --limit out."),
            ("import customers a.csv --fields key", NO_COLUMNS),
            ("import pack some --period 2026-09", NO_PERIOD),
            ("api GET /relationships/customers --limit 1", "makes no list: leave --limit out."),
            ("api GET /relationships/customers --as-of 2026-09-30", NO_DAY),
        ],
    );
    assert_eq!(shell.does("customer show CARE --fields name"), "name\tCare\n", "nothing was done");
    assert_eq!(shell.does("customer list --limit 1 --sort -key --filter key=CARE --fields key"), "CARE\n");
    assert_eq!(shell.does("search care --limit 1 --fields key"), "CARE\n");
}

#[test]
fn what_runs_on_the_machine_or_on_files_refuses_it_too() {
    let shell = Shell::founded();
    refused(
        &shell,
        &[
            ("export all out --sort key", "makes no list: leave --sort out."),
            ("backup create out --limit 3", "makes no list: leave --limit out."),
            ("doctor --fields db", NO_COLUMNS),
            ("db check --limit 1", "makes no list: leave --limit out."),
            ("history verify --filter noun=customer", "makes no list: leave --filter out."),
            ("serve --limit 1", "makes no list: leave --limit out."),
            ("man out --sort key", "makes no list: leave --sort out."),
            ("completions bash --limit 1", "makes no list: leave --limit out."),
            ("exit-codes --limit 1", "makes no list: leave --limit out."),
            ("demo load --limit 1", "makes no list: leave --limit out."),
            ("demo clear --as-of 2026-09-30", NO_DAY),
            ("calc allocate model.json --limit 3", "“calc allocate” makes no list: leave --limit out."),
            ("calc allocate model.json --period 2026-09", NO_PERIOD),
            ("calc allocate model.json --dry-run", "“calc allocate” cannot be rehearsed"),
            ("calc allocate model.json --as-of 2026-09-30", NO_DAY),
        ],
    );
    assert!(!shell.path("out").exists(), "nothing was begun");
}

#[test]
fn a_calculation_prints_the_fields_that_were_chosen() {
    let shell = Shell::empty();
    let model = crate::shell::repository("crates/instruments/allocation/examples/robinson_direct.json");
    let chosen = shell.bare(&["calc", "allocate", &model, "--format", "json", "--fields", "schema"]);
    assert_eq!(chosen.json(), serde_json::json!({"schema": "quarterdeck.allocation.v1"}), "{chosen:?}");
    let unknown = shell.bare(&["calc", "allocate", &model, "--format", "json", "--fields", "mood"]);
    assert!(unknown.code == 2 && unknown.err.contains("There is no field “mood”"), "{unknown:?}");
    let alone = shell.bare(&["calc", "npv", "--rate", "0.1", "--fields", "schema", "--", "-100", "110"]);
    assert_eq!((alone.code, alone.out.as_str()), (0, "schema\tquarterdeck.npv.v1\n"), "{alone:?}");
}
