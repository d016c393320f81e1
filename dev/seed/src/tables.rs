//! The files of the pack. Every value follows from its place, so that a file is the same each time.

use std::fmt::Write as _;
use std::ops::Range;

use crate::Size;

/// Cost pools, each with one account of the ledger.
pub const POOLS: usize = 40;
/// Drivers; pool *n* is shared by driver *n* mod this.
pub const DRIVERS: usize = 10;
/// Services each driver measures.
const MEASURED: usize = 250;
/// Customers each service is agreed with.
const AGREED: usize = 3;
/// Every so many-th ledger line names its service.
const NAMED: usize = 12;

/// Every file: its name and text.
pub fn all(size: &Size) -> Vec<(String, String)> {
    let mut files = vec![
        named("customers.csv", customers(size)),
        named("services.csv", services(size)),
        named("offerings.csv", offerings(size)),
        named("agreements.csv", agreements(size)),
        named("promises.csv", promises(size)),
        named("accounts.csv", accounts()),
        named("drivers.csv", table("key,name", DRIVERS, |n| format!("D{n:02},Measure {n}"))),
        named("quantities.csv", quantities(size)),
        named("budget.csv", budget(size)),
        named("pool-rules.csv", table("pool,driver", POOLS, |n| format!("P{n:02},D{:02}", n % DRIVERS))),
        named("service-rules.csv", table("service", size.services, service)),
    ];
    let periods = size.periods();
    for (month, period) in periods.iter().enumerate() {
        files.push(named(&format!("ledger-{period}.csv"), ledger(size, period, lines_of(size, month))));
    }
    files
}

/// The lines of a month, by their place among all.
fn lines_of(size: &Size, month: usize) -> Range<usize> {
    size.lines * month / size.months..size.lines * (month + 1) / size.months
}

/// What the ledger of a month comes to.
pub fn control_total(size: &Size, month: usize) -> String {
    plain(lines_of(size, month).map(cents).sum())
}

/// The amount of a line in cents; every fiftieth is a credit note.
fn cents(line: usize) -> i64 {
    let amount = i64::try_from(100 + strewn(line + 3, 27_800)).expect("it is below 27,900");
    if line.is_multiple_of(50) { -amount } else { amount }
}

fn plain(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

fn named(name: &str, text: String) -> (String, String) {
    (name.to_owned(), text)
}

/// A table with `count` rows.
fn table(head: &str, count: usize, row: impl Fn(usize) -> String) -> String {
    let mut text = head.to_owned() + "\n";
    for n in 0..count {
        text.push_str(&row(n));
        text.push('\n');
    }
    text
}

/// Evenly strewn numbers (Knuth's multiplicative hash): the same `n` gives the same number.
fn strewn(n: usize, below: usize) -> usize {
    (n.wrapping_mul(2_654_435_761) >> 7) % below
}

fn service(n: usize) -> String {
    format!("S{n:05}")
}

fn customer(n: usize) -> String {
    format!("C{n:04}")
}

fn customers(size: &Size) -> String {
    table("key,name,kind,manager", size.customers, |n| format!("{},Business unit {n},unit,nora", customer(n)))
}

fn services(size: &Size) -> String {
    let head = "key,name,kind,owner,relationship_manager,first_day,value_proposition,for_whom";
    table(head, size.services, |n| {
        let kind = if n % 10 == 0 { "supporting" } else { "core" };
        format!(
            "{},Service number {n},{kind},nora,nora,2020-01-01,It does what it is for,business units",
            service(n)
        )
    })
}

fn offerings(size: &Size) -> String {
    let row = |n| format!("{0},{0},Seat of service {n},seat,at cost", service(n));
    table("service,key,name,unit,charging", size.services, row)
}

fn agreements(size: &Size) -> String {
    let head = "customer,offering,quantity,from_day,settlement,notice_days,source_key";
    let agreed = AGREED.min(size.customers);
    table(head, size.services * agreed, |n| {
        let (service_no, turn) = (n / agreed, n % agreed);
        let who = (service_no * 7 + turn * (size.customers / agreed).max(1)) % size.customers;
        let settlement = if service_no % 5 == 0 { "memo" } else { "recharge" };
        let quantity = 1 + strewn(n, 400);
        format!("{},{},{quantity},2024-11-01,{settlement},30,A-{n}", customer(who), service(service_no))
    })
}

fn promises(size: &Size) -> String {
    table("service,name,measure,due,promised,unit,source_key", size.services, |n| {
        let cost = 2_000 + strewn(n, 60_000);
        format!("{},Yearly cost,yearly cost,FY26,{cost},,P-{n}", service(n))
    })
}

fn accounts() -> String {
    table("code,name,class,pool", POOLS, |n| format!("6{n:03},Account {n},cost,P{n:02}"))
}

fn quantities(size: &Size) -> String {
    let measured = MEASURED.min(size.services);
    let mut text = "driver,period,service,customer,quantity\n".to_owned();
    for (month, period) in size.periods().iter().enumerate() {
        for driver in 0..DRIVERS {
            for n in 0..measured {
                let which = (driver * measured + n * (size.services / measured).max(1)) % size.services;
                let quantity = 10 + strewn(month * 31 + driver * 977 + n, 990);
                writeln!(text, "D{driver:02},{period},{},,{quantity}", service(which))
                    .expect("a string takes every write");
            }
        }
    }
    text
}

fn budget(size: &Size) -> String {
    let periods = size.periods();
    table("budget,period,pool,amount", periods.len() * POOLS, |n| {
        let amount = size.lines / periods.len() / POOLS * 140;
        format!("original,{},P{:02},{amount}", periods[n / POOLS], n % POOLS)
    })
}

fn ledger(size: &Size, period: &str, lines: Range<usize>) -> String {
    let mut text = "Document,Line,Posting date,Account,Supplier,Text,Amount,Service\n".to_owned();
    for n in lines {
        let (day, account, supplier) = (1 + strewn(n, 28), strewn(n + 17, POOLS), strewn(n + 5, 300));
        let amount = plain(cents(n));
        let names = if n % NAMED == 0 { service(strewn(n + 1, size.services)) } else { String::new() };
        writeln!(
            text,
            "{},{},{period}-{day:02},6{account:03},Supplier {supplier},Invoice {n},{amount},{names}",
            100_000 + n / 4,
            n % 4 + 1,
        )
        .expect("a string takes every write");
    }
    text
}
