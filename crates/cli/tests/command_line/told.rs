//! What is told beside a result: how to undo it and what comes next, the request of an error, help of both lengths.

use crate::machine::Server;
use crate::shell::{Shell, said};

#[test]
fn each_change_tells_how_it_is_undone_and_what_comes_next_on_standard_error() {
    let shell = Shell::founded();
    let added = shell.run("customer add --key CARE --name Care --kind unit");
    assert_eq!(added.out, "Added customer CARE, Care.\n");
    assert!(
        added.err.contains("A customer stays; it can be changed: quarterdeck customer edit CARE\n"),
        "{added:?}"
    );
    assert!(added.err.contains("Next: quarterdeck agreement add --customer CARE --offering"), "{added:?}");
    let edited = shell.args(&["customer", "edit", "CARE", "--name", "Care & more"]);
    assert_eq!(edited.err, "Undo: quarterdeck customer edit CARE --name Care\n");
    let undone = shell.run(edited.err.trim().strip_prefix("Undo: quarterdeck ").unwrap());
    assert_eq!(undone.err, "Undo: quarterdeck customer edit CARE --name 'Care & more'\n");
    assert_eq!(shell.does("customer show CARE --fields name"), "name\tCare\n");
    assert_eq!(shell.run("customer edit CARE --name Care").err, "", "nothing was done");
    assert_eq!(shell.run("customer edit CARE --name Caring --quiet").err, "");
}

#[test]
fn an_import_is_undone_as_it_says() {
    let shell = Shell::founded();
    shell.file("crm.csv", "key,name,kind\nSALES,Sales,unit\n");
    let imported = shell.run("import customers crm.csv");
    assert_eq!(imported.err, "Undo: quarterdeck batch revert B-0001 --reason WHY\n", "{imported:?}");
    let reverted = shell.run("batch revert B-0001 --reason WHY --yes");
    assert!(reverted.code == 0 && reverted.err.contains("Undo: import the file again"), "{reverted:?}");
}

#[test]
fn an_error_names_its_request_where_more_is_asked_for() {
    let shell = Shell::founded();
    let short = shell.run("customer show NONE");
    assert!(!short.err.contains("request"), "{short:?}");
    let long = shell.run("customer show NONE -v");
    let id = long
        .err
        .lines()
        .find_map(|line| line.strip_prefix("  request "))
        .unwrap_or_else(|| panic!("{long:?}"));
    assert_eq!(id.len(), 16, "{long:?}");
    let longest = shell.run("customer show NONE -vv");
    assert!(
        longest.err.contains("GET /api/v1/relationships/customers/NONE?per=all: 404 after "),
        "{longest:?}"
    );
    let server = Server::of(&shell);
    let away = server.run(&Shell::empty(), "customer list -v", "wrong");
    assert!(away.code == 4 && away.err.contains("\n  request "), "{away:?}");
}

#[test]
fn help_is_short_or_long_with_examples_first() {
    let shell = Shell::empty();
    let bare = shell.bare(&[]);
    for says in ["PORTFOLIO\n  service ", "ANYWHERE\n  search ", "Examples:\n  quarterdeck serve"] {
        assert!(bare.err.contains(says), "{says}: {}", bare.err);
    }
    assert_eq!(bare.err.lines().filter(|line| line.starts_with("  quarterdeck ")).count(), 3, "{}", bare.err);
    let (short, long) = (shell.bare(&["import", "gl", "-h"]), shell.bare(&["import", "gl", "--help"]));
    assert_eq!((short.code, long.code), (0, 0));
    assert!(!short.out.contains("--format") && !short.out.contains("Examples:"), "{}", short.out);
    assert!(long.out.starts_with("Examples:\n  quarterdeck import gl "), "{}", long.out);
    assert!(long.out.contains("--format") && long.out.contains("--rejects"), "{}", long.out);
    let long = shell.bare(&["--help"]).out;
    assert!(
        long.starts_with("Examples:\n") && long.contains("MONEY IN\n") && long.contains("--color"),
        "{long}"
    );
    let add = shell.bare(&["customer", "add", "--help"]).out;
    assert!(add.ends_with("In the API: POST /api/v1/relationships/customers\n"), "{add}");
}

#[test]
fn the_profile_of_the_help_is_one() {
    let shell = Shell::founded();
    let text = shell.bare(&["help", "import-profiles"]).out;
    let lines = text
        .lines()
        .skip_while(|line| !line.contains("name = "))
        .take_while(|line| !line.contains("Fields of"));
    let profile: Vec<&str> = lines.map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    shell.file("export.toml", &profile.join("\n"));
    assert_eq!(shell.does("profile add --toml export.toml --as priya"), "Saved profile “GL export”.\n");
    assert!(text.contains("\n  gl           ") && text.contains("posted_on"), "{text}");
    shell.does("period open --from 2026-09");
    shell.does("account add --code 6400 --name Wages --class cost");
    shell.file("sep.csv", "Konto;Datum;Text;Betrag\n6400;05/09/2026;Lohn;1.234,50\n");
    shell.does("import gl sep.csv --period 2026-09");
    let lines = shell.does("line list --period 2026-09 --fields posted_on,amount");
    assert_eq!(lines, "2026-09-05\t1234.50\n", "it was known by its columns");
}

#[test]
fn columns_and_constants_are_said_in_pairs() {
    let shell = Shell::founded();
    shell.does("period open --from 2026-09");
    shell.file("sep.csv", "a,b,c,d\n6400,2026-09-05,Wages,12.50\n6500,2026-09-06,Lines,1.00\n");
    let pairs = ["--columns", "a=account,b=posted_on", "--columns", "c=description", "--columns", "d=amount"];
    let whole = ["--constants", "create_accounts=6 cost, 7 income", "--constants", "currency=EUR"];
    let words: Vec<&str> = ["import", "gl", "sep.csv"].iter().chain(&pairs).chain(&whole).copied().collect();
    let imported = shell.args(&words);
    assert_eq!(imported.code, 0, "{imported:?}");
    assert_eq!(shell.does("account list --fields code,class --filter code~6"), "6400\tcost\n6500\tcost\n");
    let wrong = shell.args(&["import", "gl", "sep.csv", "--columns", "a"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""), "{wrong:?}");
    assert!(wrong.err.contains("“a” is no pair: write COLUMN=FIELD"), "{wrong:?}");
}

#[test]
fn a_rehearsed_import_ends_with_6_where_the_file_is_not_clean() {
    let shell = Shell::founded();
    shell.does("period open --from 2026-09");
    shell.does("account add --code 6400 --name Wages --class cost");
    let head = "account,date,text,amount\n";
    for (name, lines, more, code) in [
        ("clean.csv", "6400,2026-09-21,Wages,10.00\n", "", 0),
        ("rejected.csv", "9999,2026-09-21,Strange,7.00\n", "", 6),
        ("total.csv", "6400,2026-09-21,Wages,10.00\n", "--control-total 11.00", 6),
        ("asked.csv", "6400,01/09/2026,Wages,10.00\n", "", 6),
    ] {
        shell.file(name, &format!("{head}{lines}"));
        let told = shell.run(&format!("import gl {name} --dry-run {more}"));
        assert_eq!(told.code, code, "{name}: {told:?}");
        let way = format!("Write rejected lines: quarterdeck import gl {name} … --rejects rejects.csv\n");
        assert_eq!(told.err.contains(&way), name == "rejected.csv", "{told:?}");
        assert_eq!(shell.does("batch list"), "", "{name}: nothing is written");
    }
}

/// In a terminal of its own, as `script` of util-linux makes one.
fn on_a_terminal(shell: &Shell, words: &str, env: &[(&str, &str)]) -> String {
    let mut script = std::process::Command::new("script");
    let line = format!("stty cols 60; {} {words}", env!("CARGO_BIN_EXE_quarterdeck"));
    script.args(["-qec", &line, "/dev/null"]).current_dir(shell.path("")).env_clear();
    script.env("PATH", "/usr/bin:/bin").env("HOME", shell.path("")).env("QUARTERDECK_DB", shell.url());
    script.env("TERM", "xterm").envs(env.iter().copied()).stdin(std::process::Stdio::null());
    said(&mut script).out.replace('\r', "")
}

#[test]
fn a_terminal_gets_colours_its_width_and_its_pager() {
    let shell = Shell::founded();
    let name = "A customer with a name that is longer than the sixty columns of it";
    shell.args(&["customer", "add", "--key", "CARE", "--name", name, "--kind", "unit"]);
    let plain = on_a_terminal(&shell, "customer list", &[("NO_COLOR", "1")]);
    let row = plain.lines().find(|line| line.starts_with("CARE")).unwrap_or_else(|| panic!("{plain}"));
    assert!(row.contains('…') && row.chars().count() <= 60, "{plain}");
    assert!(!plain.contains("\u{1b}["), "{plain:?}");
    assert!(!plain.contains("SOURCE KEY"), "what no eye looks for is left out: {plain}");
    assert!(on_a_terminal(&shell, "customer list", &[]).contains("\u{1b}[1mKEY"), "the head stands out");
    assert!(!on_a_terminal(&shell, "customer list", &[("TERM", "dumb")]).contains("\u{1b}["));
    assert!(!on_a_terminal(&shell, "customer list --color never", &[]).contains("\u{1b}["));
    let paged = on_a_terminal(&shell, "customer list", &[("PAGER", "sed s/CARE/PAGED/"), ("NO_COLOR", "1")]);
    assert!(paged.contains("PAGED"), "{paged}");
    // Elsewhere only where it is asked for.
    assert!(shell.does("customer list --format table --color always").contains("\u{1b}[1m"));
    assert!(!shell.does("customer list --format table").contains("\u{1b}["));
    assert_eq!(shell.run("customer list --color red").code, 2);
    let mut piped = shell.command(&["customer", "list"]);
    let piped = said(piped.env("QUARTERDECK_DB", shell.url()).env("PAGER", "sed s/CARE/PAGED/"));
    assert!(piped.out.starts_with("CARE\t"), "{piped:?}");
}

#[test]
fn csv_has_its_heading_without_rows_and_is_for_excel_where_asked() {
    let shell = Shell::founded();
    shell.does("period open --from 2026-09");
    let empty = shell.does("line list --period 2026-09 --fields account,amount --format csv");
    assert_eq!(empty, "account,amount,amount_currency\n");
    assert!(
        shell.args(&["customer", "list", "--fields", ""]).out.starts_with("key\nname\n"),
        "of no rows as well"
    );
    shell.does("customer add --key CARE --name A;B --kind unit");
    let words = ["customer", "list", "--excel", "--fields", "key,name"];
    let here = |locale: &str| {
        let mut command = shell.command(&words);
        said(command.env("QUARTERDECK_DB", shell.url()).env("LC_ALL", locale)).out
    };
    assert_eq!(here("de_DE.UTF-8"), "\u{feff}key;name\nCARE;\"A;B\"\n");
    assert_eq!(here("en_GB.UTF-8"), "\u{feff}key,name\nCARE,\"A;B\"\n");
    assert_eq!(shell.run("customer list --excel --format json").code, 2);
}
