//! Bills between files and an installation: `import usage DIR` reads one where its files are and sends what it sums
//! to; `costs rows --statement …` opens a figure of the installation down to the rows of the bill.

use access::Action;
use app::config::Config;
use app::registry;
use clap::{Arg, ArgMatches, Command};
use costs::bill::{Behind, Opened};
use kernel::listing::encode;
use serde_json::{Map, Value, json};

use crate::costs::watched;
use crate::door::{Ask, Door};
use crate::exit::Exit;
use crate::output::{self, Format, say};
use crate::words::given;

const EXAMPLE: &str = "\
Example:
  quarterdeck import usage bill/ --period 2026-09 --supplier AWS --tag-rules tags.csv --account-rules accounts.csv

The bill is read here; its sums, the hashes of its files and its rules are sent. It is of the month it is billed for
(BillingPeriodStart) where it says so, else of that of the charge. With --dry-run --format json it prints what it would
send, as the API takes it.";

/// `import usage`.
pub(crate) fn words() -> Command {
    Command::new("usage")
        .about("Read a cloud bill and import what it sums to by service")
        .before_help(EXAMPLE)
        .arg(Arg::new("dir").required(true).value_name("DIR|GLOB|FILE"))
        .args(costs::bill::words())
}

/// Reads a bill and imports its summary: `words` are those after `import`. Ends with 6 where rows do not count.
pub(crate) async fn import(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let Some((_, words)) = words.subcommand() else { return Ok(()) };
    let command = registry::command("bill import").ok_or_else(|| Exit::Failed("no bills".into()))?;
    let (dir, format) = (given(words, "dir").unwrap_or_default(), output::format(given(words, "format"))?);
    let quiet = words.get_flag("quiet");
    // A rehearsal needs no installation; where there is one, its zone holds.
    let door = Door::open(config).await;
    if door.is_err() && !words.get_flag("dry-run") {
        return door.map(drop);
    }
    let zone = match &door {
        Ok(door) => Some(zone(door).await?),
        Err(_) => None,
    };
    let read = watched(quiet, |headway| async move {
        costs::bill::summary(words, dir, given(words, "period"), zone.as_deref(), &headway).await
    });
    let (summary, notes) = read.await?;
    notes.iter().filter(|_| !quiet).for_each(|note| eprintln!("{note}"));
    let json = matches!(format, Format::Json | Format::JsonLines);
    if words.get_flag("dry-run") {
        return match json {
            true => output::print(&summary, format, None),
            false => rehearsed(&summary),
        };
    }
    let body = Some(json!({ "summary": summary }));
    let ask = Ask::change("POST", format!("/api/v1{}", command.path), body);
    let done = door?.ask(ask, command.action).await?.read()?;
    if json {
        say!("{}", done["body"]);
    } else {
        say!("{}", done["says"].as_str().unwrap_or(""));
    }
    if !quiet {
        crate::after::tell(command, words, &done, None);
    }
    if done["body"]["refused"].as_i64().unwrap_or(0) > 0 { Err(Exit::Unclean) } else { Ok(()) }
}

/// The time zone whose days and months hold in the organisation.
async fn zone(door: &Door) -> Result<String, Exit> {
    let organisation = read(door, "/access/organisation").await?;
    Ok(organisation["zone"].as_str().unwrap_or("UTC").to_owned())
}

fn rehearsed(summary: &Value) -> Result<(), Exit> {
    let text = |of: &Value, name: &str| of[name].as_str().unwrap_or_default().to_owned();
    let list = |name: &str| summary[name].as_array().cloned().unwrap_or_default();
    let (rows, total, currency) = (&summary["rows"], text(summary, "total"), text(summary, "currency"));
    say!("{} files, {rows} rows of {}: {total} {currency}", list("files").len(), text(summary, "period"));
    for of in list("services") {
        say!("  {}  {}  {} rows", text(&of, "service"), text(&of, "total"), of["rows"]);
    }
    say!("  no rule  {}  {} rows", text(summary, "unmatched_total"), summary["unmatched_rows"]);
    for refused in list("refused") {
        say!(
            "  does not count: {}  {}  {} rows",
            text(&refused, "reason"),
            text(&refused, "total"),
            refused["rows"]
        );
    }
    say!("Nothing written.");
    Ok(())
}

/// The rows behind a line of a statement.
pub(crate) async fn rows(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let format = output::format(given(words, "format"))?;
    let mut window = costs::window(words)?;
    let from = window.0;
    let door = Door::open(config).await?;
    let (trace, parts) = traced(&door, words).await?;
    let (mut items, mut bills, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen = Vec::new();
    for part in &parts {
        notes.push(part_says(part, &trace));
        for of in list(part, "bills") {
            let label = of["bill"].as_str().unwrap_or_default().to_owned();
            // A correction may take away a service that it has no rows of.
            if seen.contains(&label) || of["rows"] == 0 {
                continue;
            }
            let bill = read(&door, &format!("/finance/bills/{label}")).await?;
            let opened = opened(words, &trace, &bill, window).await?;
            window = after(window, &opened);
            notes.push(bill_says(&trace, &of, &bill, &opened)?);
            bills.push(json!({"bill": label, "count": opened.count, "total": opened.total}));
            items.extend(opened.rows.into_iter().map(|row| with_bill(&label, row)));
            seen.push(label);
        }
    }
    let json = json!({
        "schema": "quarterdeck.statement-line-rows.v1", "statement": trace["statement"], "service": trace["service"],
        "period": trace["period"], "amount": trace["amount"], "cost": trace["cost"], "bills": bills,
        "from": from, "shown": items.len(), "items": items,
    });
    notes.extend(trace["cost_sentence"].as_str().map(str::to_owned));
    notes.iter().filter(|_| !words.get_flag("quiet")).for_each(|note| eprintln!("{note}"));
    output::calculated(calc::Answer::rows(json, items), format, given(words, "fields"))
}

fn list(of: &Value, name: &str) -> Vec<Value> {
    of[name].as_array().cloned().unwrap_or_default()
}

/// The trace of the line, and its parts that bills explain.
async fn traced(door: &Door, words: &ArgMatches) -> Result<(Value, Vec<Value>), Exit> {
    let said = |name: &str| given(words, name).unwrap_or_default();
    let (statement, line) = (said("statement"), said("line"));
    let trace = read(door, &format!("/finance/trace/{}", line_of(door, statement, line).await?)).await?;
    let mut parts = list(&trace, "parts");
    parts.retain(|part| !list(part, "bills").is_empty());
    if parts.is_empty() {
        let says = format!("No bill explains {line} of {statement}: its cost comes from the ledger alone.");
        return Err(Exit::refused(3, says));
    }
    Ok((trace, parts))
}

async fn opened(
    words: &ArgMatches,
    trace: &Value,
    bill: &Value,
    part: (usize, usize),
) -> Result<Opened, Exit> {
    let asked = Behind {
        service: trace["service"].as_str().map(str::to_owned),
        usage: given(words, "usage").map(str::to_owned),
        part,
        columns: given(words, "columns").map(str::to_owned),
    };
    watched(
        words.get_flag("quiet"),
        |headway| async move { costs::bill::behind(bill, &asked, &headway).await },
    )
    .await
}

/// The window that is left of one after the rows of a bill.
fn after((from, rows): (usize, usize), opened: &Opened) -> (usize, usize) {
    let count = usize::try_from(opened.count).unwrap_or(usize::MAX);
    (from.saturating_sub(count).max(1), rows - opened.rows.len().min(rows))
}

fn with_bill(label: &str, row: Map<String, Value>) -> Map<String, Value> {
    [("bill".to_owned(), label.into())].into_iter().chain(row).collect()
}

/// “BILL-1: 2 rows of DESK sum to 60.00 USD, at 1.25 (USD per 1 EUR, ECB) and rounded 48.00 EUR.” Differs where the
/// files do not sum to what the server keeps.
fn bill_says(trace: &Value, of: &Value, bill: &Value, opened: &Opened) -> Result<String, Exit> {
    let text = |of: &Value, name: &str| of[name].as_str().unwrap_or_default().to_owned();
    let (label, service, kept) = (text(of, "bill"), text(trace, "service"), text(of, "total"));
    if kept != opened.total {
        let says =
            format!("{label}: the rows of {service} sum to {}, and {kept} was imported.", opened.total);
        return Err(Exit::Failed(says));
    }
    let rate = match of["rate"].as_str() {
        Some(rate) => format!(", at {rate} ({})", text(of, "rate_source")),
        None => String::new(),
    };
    let counted = format!("{} {}", text(&of["counted"], "amount"), text(&of["counted"], "currency"));
    let spread = if bill["unmatched"] == "spread" { ", with its part of what no rule matched" } else { "" };
    let whole = match of["corrects"].as_str() {
        Some(month) => format!("; {counted} of it differs from what {month} was closed with"),
        None => format!("; rounded{rate}{spread}: {counted}"),
    };
    Ok(format!("{label}: {} rows of {service} sum to {kept} {}{whole}.", opened.count, text(of, "currency")))
}

/// “CLOUD: the bill explains €1,200.00 of the ledger; DESK has €720.00 of it, this line €480.00.”
fn part_says(part: &Value, trace: &Value) -> String {
    let money = |of: &Value| {
        format!("{} {}", of["amount"].as_str().unwrap_or("?"), of["currency"].as_str().unwrap_or_default())
    };
    let (pool, service) =
        (part["pool"].as_str().unwrap_or_default(), trace["service"].as_str().unwrap_or_default());
    format!(
        "{pool}: the bill explains {} of the ledger; {service} has {} of it, and this line {}.",
        money(&part["pool_cost"]),
        money(&part["service_cost"]),
        money(&part["amount"])
    )
}

/// The id of a statement's line that is named by its id, its service or its offering.
async fn line_of(door: &Door, statement: &str, line: &str) -> Result<String, Exit> {
    let lines =
        read(door, &format!("/finance/statement-lines?statement={}&per=all", encode(statement))).await?;
    let is =
        |item: &&Value| ["id", "service", "offering"].iter().any(|name| item[*name].as_str() == Some(line));
    let found: Vec<&Value> = lines["items"].as_array().into_iter().flatten().filter(is).collect();
    match found.as_slice() {
        [only] => Ok(only["id"].as_str().unwrap_or_default().to_owned()),
        [] => Err(Exit::refused(3, format!("{statement} has no line {line}: name its service."))),
        _ => Err(Exit::Usage(format!("{statement} has several lines of {line}: name the offering"))),
    }
}

async fn read(door: &Door, path: &str) -> Result<Value, Exit> {
    door.ask(Ask::get(format!("/api/v1{path}")), Action::ReadMoney).await?.read()
}
