//! `pack.toml`: who does what in which order, month by month.

use std::fmt::Write as _;

use crate::Size;
use crate::tables::control_total;

const HEAD: &str = r#"# Made up for measuring; written by `seed`.
name = "seed"

[organisation]
name = "Measured Works"
currency = "EUR"
first_month = 1

[[people]]
username = "nora"
name = "Nora Lindt"
roles = ["portfolio manager", "relationship manager", "service owner"]

[[people]]
username = "felix"
name = "Felix Amann"
roles = ["finance manager"]

[[people]]
username = "greta"
name = "Greta Rossi"
roles = ["finance manager"]

[[people]]
username = "admin"
name = "Administrator"
roles = ["administrator"]
"#;

/// What stands before the first month.
const MASTER: &str = r#"
[[step]]
name = "accounts"
as = "felix"
command = "account add"
file = "accounts.csv"
body = { code = "{code}", name = "{name}", class = "{class}" }

[[step]]
name = "pools"
as = "felix"
command = "pool add"
file = "accounts.csv"
body = { key = "{pool}", name = "Pool of {name}", spend = "operating", behaviour = "fixed" }

[[step]]
name = "mapping"
as = "felix"
command = "mapping add"
file = "accounts.csv"
body = { account = "{code}", pool = "{pool}", effective_from = "{first}" }
then = [{ command = "mapping submit" }, { command = "mapping approve", as = "greta" }]

[[step]]
name = "drivers"
as = "felix"
command = "driver add"
file = "drivers.csv"
body = { key = "{key}", name = "{name}", unit = "units", source = "made up" }

[[step]]
name = "driver quantities"
as = "felix"
kind = "drivers"
file = "quantities.csv"

[[step]]
name = "budget"
as = "felix"
kind = "budget"
file = "budget.csv"

[[step]]
name = "how pools share"
as = "felix"
command = "rule add"
file = "pool-rules.csv"
body = { name = "{pool} by {driver}", sender_kind = "pool", sender = "{pool}", method = "driver", driver = "{driver}", effective_from = "{first}" }
then = [{ command = "rule submit" }, { command = "rule approve", as = "greta" }]

[[step]]
name = "how services share"
as = "felix"
command = "rule add"
file = "service-rules.csv"
body = { name = "{service} by seats", sender_kind = "service", sender = "{service}", method = "agreed quantity", effective_from = "{first}" }
then = [{ command = "rule submit" }, { command = "rule approve", as = "greta" }]
"#;

/// The whole text.
pub fn text(size: &Size) -> String {
    let periods = size.periods();
    let (first, last) = (&periods[0], &periods[periods.len() - 1]);
    let mut text = format!("{HEAD}\n[values]\nfirst = \"{first}\"\n");
    for kind in ["customers", "services", "offerings", "agreements", "promises"] {
        step(&mut text, kind, "nora", &format!("kind = \"{kind}\"\nfile = \"{kind}.csv\""));
    }
    let body = format!("command = \"period open\"\nbody = {{ from = \"{first}\", to = \"{last}\" }}");
    step(&mut text, "open the months", "felix", &body);
    text.push_str(MASTER);
    for (number, period) in periods.iter().enumerate() {
        month(&mut text, period, &control_total(size, number), period != last);
    }
    text
}

/// A month: its ledger, its run, its statements, and its close where it is not the last.
fn month(text: &mut String, period: &str, total: &str, closes: bool) {
    let name = |what: &str| format!("{what} {period}");
    let body = format!(
        "kind = \"gl\"\nfile = \"ledger-{period}.csv\"\n\
         settings = {{ date_order = \"Y-M-D\", period = \"{period}\", control_total = \"{total}\" }}"
    );
    step(text, &name("ledger"), "felix", &body);
    let of_period = format!("body = {{ period = \"{period}\" }}");
    let at_period = format!("at = {{ period = \"{period}\" }}");
    let command = |command: &str, rest: &str| format!("command = \"{command}\"\n{rest}");
    step(text, &name("allocate"), "felix", &command("allocate run", &of_period));
    step(text, &name("review"), "felix", &command("period review", &at_period));
    let why = format!("{at_period}\nbody = {{ reason = \"No usage detail.\" }}");
    step(text, &name("no detail"), "felix", &command("close no-detail", &why));
    step(text, &name("draft"), "felix", &command("statement draft", &of_period));
    if closes {
        step(text, &name("sign"), "greta", &command("period sign", &at_period));
        step(text, &name("close"), "greta", &command("period close", &at_period));
        step(text, &name("issue"), "felix", &command("statement issue", &of_period));
    }
}

fn step(text: &mut String, name: &str, who: &str, body: &str) {
    write!(text, "\n[[step]]\nname = \"{name}\"\nas = \"{who}\"\n{body}\n")
        .expect("a string takes every write");
}
