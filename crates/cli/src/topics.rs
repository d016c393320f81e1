//! Texts of `quarterdeck help`.

use std::fmt::Write;

use app::config::SETTINGS;
use clap::Command;

/// `quarterdeck help formats`.
pub(crate) const FORMATS: &str = "formats";

const EXIT_CODES: &str = "\
Exit codes
  0    done
  1    failed
  2    wrong use: a word, a flag, a column, a day or a period that cannot be read
  3    not found
  4    sign-in needed, or not allowed by one's roles
  5    refused by a rule: a period is closed, a gate is not met, another person has to do it
  6    data not clean: rejected rows, totals that differ, an answer that cannot be read
  7    a check found differences: period check, db check, history verify
  8    the server, or that of the database, cannot be reached or is too busy
  130  stopped by Ctrl-C";

const FILTERS: &str = "\
Filters
  --filter 'state=operational customers>=5' keeps the rows for which every condition holds. Conditions stand apart
  by blanks, and a value may have some: 'measure=unit cost'. A column is named as --fields '' lists it; where it holds
  one of a few words, any other is refused with those there are.

  column=value   the same; words without regard to capitals        column!=value  not the same
  column<value   smaller          column<=value  smaller or same
  column>value   larger           column>=value  larger or same
  column~text    holds the text somewhere

  --sort column sorts, --sort -column with the largest first. --limit 20 prints twenty rows; without it all are.";

const MONEY: &str = "\
Money
  Amounts are exact: integers of the smallest unit, never floating point. In JSON an amount is
  {\"amount\": \"7563248.11\", \"currency\": \"EUR\"}; in CSV the currency stands in a column beside it; in TSV and tables
  the amount stands alone. What is typed has a dot for decimals and no marks between thousands: 1234.50. Files that
  are imported say how they write numbers, and are asked where it is not plain.";

const PROFILES: &str = "\
Import profiles
  How files of one origin are read is asked once and kept under a name: how the file is cut, how it writes figures and
  dates, which column is which field, and values that hold for the whole file.

  quarterdeck import gl sep.csv --dry-run                        what is found in the file, and asked about it
  quarterdeck import gl sep.csv --date-order D/M/Y --columns Betrag=amount --constants currency=EUR
  quarterdeck profile add --toml \"GL export.toml\"              keeps a profile from its file
  quarterdeck import gl oct.csv --profile \"GL export\"          reads the next file by it
  quarterdeck profile list · quarterdeck profile show \"GL export\"

  A file whose columns a kept profile has is read by it without being told. Answers given with the import go before
  those of its profile. --columns and --constants take pairs, several with commas between or by saying the flag again:
  COLUMN=FIELD and FIELD=VALUE. `period` and `currency` are the fields that mostly hold for a whole file.

  A profile is a file that can be sent to others:

    name = \"GL export\"
    kind = \"gl\"

    [dialect]
    encoding = \"UTF-8\"
    delimiter = \"semicolon\"
    quote = \"double\"
    header_line = 1

    [formats]
    decimal_mark = \"comma\"
    thousands_mark = \"point\"
    date_order = \"D/M/Y\"
    two_digit_years_to = 68
    brackets_negative = false
    trailing_minus = false
    sign = \"as-written\"
    digits = \"refuse\"
    null_words = [\"N/A\"]

    [columns]
    Konto = \"account\"
    Datum = \"posted_on\"
    Text = \"description\"
    Betrag = \"amount\"

    [constants]
    currency = \"EUR\"

  Fields of each kind of file:
";

/// All of them, as hidden commands, so that they have their own help.
pub(crate) fn commands() -> Vec<Command> {
    vec![
        topic(FORMATS, "What the files hold that calc reads, with an example each", calc::formats()),
        topic("exit-codes", "The numbers the program ends with", EXIT_CODES.into()),
        topic("filters", "How lists are filtered and sorted", FILTERS.into()),
        topic("money", "How amounts are written", MONEY.into()),
        topic("import-profiles", "How files are read, kept under a name", profiles()),
        topic("environment", "Variables and files with settings", environment()),
    ]
}

/// The text of that topic.
pub(crate) fn text(name: &str) -> Option<String> {
    let found = commands().into_iter().find(|topic| topic.get_name() == name)?;
    found.get_before_help().map(ToString::to_string)
}

/// The text with the fields of everything that can be imported.
fn profiles() -> String {
    let mut text = PROFILES.to_owned();
    for target in app::registry::targets() {
        let fields: Vec<&str> = target.fields.iter().map(|field| field.key).collect();
        let _ = write!(text, "\n  {:<12} {}", target.kind, fields.join(", "));
    }
    text
}

fn environment() -> String {
    let mut text = String::from("Environment\n");
    for setting in SETTINGS {
        let flag = format!("--{}", setting.name);
        let _ = writeln!(text, "  {:<24} {:<14} {}", setting.env, flag, setting.help);
    }
    text.push_str(
        "  QUARTERDECK_TOKEN        the API token for --server; QUARTERDECK_TOKEN_FILE names a file that holds it\n  \
         NO_COLOR, TERM=dumb      no colours, unless --color always\n  \
         PAGER                    shows tables and records, where they go to a terminal\n  \
         COLUMNS                  how wide tables are, instead of the terminal's width\n  \
         LC_ALL, LC_NUMERIC, LANG whether --excel separates by semicolons\n\n\
         A flag goes before the environment, that before quarterdeck.toml here, that before\n\
         ~/.config/quarterdeck/config.toml, that before the default. quarterdeck doctor says where each value came from.",
    );
    text
}

fn topic(name: &'static str, about: &'static str, text: String) -> Command {
    Command::new(name)
        .about(about)
        .hide(true)
        .before_long_help(text.clone())
        .before_help(text)
        .help_template("{before-help}")
}
