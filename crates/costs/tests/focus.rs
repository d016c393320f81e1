//! Bills as providers write them: the word NULL, eleven decimals and twenty-eight, tags as JSON with and without
//! braces, dates with the month first. The files in `provider` are of our own making, each with quirks of a real one.

mod bills;

use bills::Folder;

const PROVIDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/provider");

/// A folder with rules by the tag `heading`, and units for the customer `all` of each service and month.
fn folder(name: &str, heading: &str, months: &[&str]) -> Folder {
    let folder = Folder::new(name);
    folder.write("tags.csv", &format!("{heading},service\nShop,Shop\nshop,Shop\n7,Seven\nmail,Mail\n"));
    folder.write("accounts.csv", "SubAccountId,service\n111,Shop\nsub-1,Shop\n");
    let units =
        |month: &&str| ["Shop", "Seven", "Mail"].map(|service| format!("{service},all,{month},1\n")).concat();
    folder.write(
        "drivers.csv",
        &format!("service,customer,month,units\n{}", months.iter().map(units).collect::<String>()),
    );
    folder
}

fn lines(folder: &Folder) -> String {
    std::fs::read_to_string(folder.path("lines.csv")).unwrap()
}

/// Worked by hand: September is 0.00060909750 + 0.00000000001 + 0.24 for Shop (by tag, by account), 4.53707392473 for
/// Seven, and the credit of an account without a rule is shared by both in proportion.
#[test]
fn focus_is_read_to_its_last_decimal_and_null_is_nothing() {
    let folder = folder("focus", "application", &["2024-09", "2024-10"]);
    let usage = format!("{PROVIDER}/focus.csv");
    let answer = folder.allocate(&usage, &[]).unwrap();
    let told = |name: &str| answer.json[name].as_str().unwrap().to_owned();
    assert_eq!(
        (told("total"), told("unmatched"), told("currency")),
        ("3.67768302224".into(), "-1.10".into(), "USD".into())
    );
    assert_eq!(answer.notes[0], "1 rows have no cost; they count as none.");
    assert_eq!(
        lines(&folder),
        "customer,service,month,cents\nall,Seven,2024-09,349\nall,Shop,2024-09,19\nall,Shop,2024-10,0\n"
    );
    let billed = folder.allocate(&usage, &["--cost", "billed"]).unwrap();
    assert_eq!((billed.json["total"].as_str(), billed.notes.len()), (Some("5.57768302224"), 1));
}

/// Bills of FOCUS 1.2 (AWS) and 1.3 (Azure, Google Cloud) with the columns, kinds of charges and tags in JSON that the
/// providers write. Sums by hand.
#[test]
fn bills_of_three_providers_are_read_without_a_profile() {
    let folder = folder("providers", "CostCenter", &["2026-05"]);
    for (bill, tag, effective, billed, unmatched) in [
        ("aws", "CostCenter", "13.7500000001", "33.266", "1.25"),
        ("azure", "CostCenter", "11.3585211584", "3.74", "0.34"),
        ("gcp", "cost-center", "7.6006101872276", "8.50", "0.00"),
    ] {
        let usage = format!("{PROVIDER}/{bill}.csv");
        let answer = folder.allocate(&usage, &["--tag", tag]).unwrap();
        let told = |name: &str| answer.json[name].as_str().unwrap().to_owned();
        assert_eq!(
            (told("total"), told("unmatched")),
            (effective.to_owned(), unmatched.to_owned()),
            "{bill}"
        );
        assert_eq!((answer.json["rows"].as_u64(), told("currency")), (Some(3), "USD".to_owned()), "{bill}");
        let answer = folder.allocate(&usage, &["--tag", tag, "--cost", "billed"]).unwrap();
        assert_eq!(answer.json["total"], billed, "{bill}");
    }
}

/// The bill's own month instead of the hour of use: the charge of the last hours of September is on October's bill.
#[test]
fn the_month_may_be_that_of_the_bill() {
    let folder = folder("focus-period", "application", &["2024-09", "2024-10"]);
    let usage = format!("{PROVIDER}/focus.csv");
    folder.allocate(&usage, &["--cost", "billed", "--time", "BillingPeriodStart"]).unwrap();
    assert!(lines(&folder).ends_with("all,Shop,2024-10,224\n"), "{}", lines(&folder));
}

#[test]
fn a_tag_is_picked_by_its_key_capitals_counting() {
    let folder = folder("focus-key", "tag", &["2024-09", "2024-10"]);
    let usage = format!("{PROVIDER}/focus.csv");
    folder.allocate(&usage, &["--tag", "Application", "--cost", "billed"]).unwrap();
    assert_eq!(lines(&folder).lines().nth(1), Some("all,Shop,2024-09,358"), "Oracle's Application is Shop");
}

#[test]
fn other_columns_are_named_by_a_saved_profile() {
    let folder = folder("enterprise", "tag", &["2023-09", "2023-12"]);
    let usage = format!("{PROVIDER}/enterprise.csv");
    let profile = format!("{PROVIDER}/enterprise.toml");
    let answer = folder.allocate(&usage, &["--profile", &profile]).unwrap();
    assert_eq!(answer.json["total"], "4.545051");
    assert_eq!(lines(&folder), "customer,service,month,cents\nall,Mail,2023-12,129\nall,Shop,2023-09,325\n");
    let says = folder_without_lines(&folder).refused(&usage, &["--profile", &profile, "--dates", "dmy"]);
    assert!(says.ends_with("row 2, column Date: “09/21/2023” is no date. Write it as 2026-09-30, or say the order of its parts (--dates)."), "{says}");
}

/// Euros and dollars must not be added because a name was mistyped.
#[test]
fn a_currency_column_that_is_named_has_to_be_there() {
    let folder = folder("currency-name", "tag", &["2023-09"]);
    let usage = format!("{PROVIDER}/enterprise.csv");
    let named =
        "cost = \"Cost\"\ntime = \"Date\"\ndates = \"mdy\"\naccount = \"SubscriptionId\"\ntag = \"app\"\n";
    let profile = folder.write("profile.toml", &format!("{named}currency = \"BillingCurency\"\n"));
    let says = folder.refused(&usage, &["--profile", &profile]);
    assert!(says.contains("enterprise.csv has no column BillingCurency; its columns are "), "{says}");
}

fn folder_without_lines(folder: &Folder) -> &Folder {
    std::fs::remove_file(folder.path("lines.csv")).unwrap();
    folder
}

#[test]
fn a_profile_that_says_something_else_is_refused() {
    let folder = folder("profiles", "tag", &["2023-09"]);
    let usage = format!("{PROVIDER}/enterprise.csv");
    for (text, says) in [
        (
            "price = \"Cost\"",
            "profile.toml: price is not what a profile says. It may say cost, time, dates, account, tags, tag, currency, zone, each as a text.",
        ),
        (
            "cost = 1",
            "profile.toml: cost is not what a profile says. It may say cost, time, dates, account, tags, tag, currency, zone, each as a text.",
        ),
        ("cost: Cost", "profile.toml is no profile: "),
        ("dates = \"us\"", "dates are written as ymd, mdy or dmy, not “us”"),
    ] {
        let profile = folder.write("profile.toml", text);
        let told = folder.refused(&usage, &["--profile", &profile]);
        assert!(told.starts_with(says), "{told}\nshould begin\n{says}");
    }
}

#[test]
fn tags_that_are_no_json_are_refused() {
    let folder = folder("no-json", "tag", &["2023-09"]);
    let usage = folder.write(
        "usage.csv",
        "EffectiveCost,ChargePeriodStart,SubAccountId,Tags\n1,2023-09-01,111,\n1,2023-09-01,111,app=shop\n",
    );
    assert_eq!(folder.refused(&usage, &[]), "usage.csv, row 2, column Tags: “app=shop” is no JSON object.");
}
