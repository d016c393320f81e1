//! Real files, named by `SHARED_DATA`, are read as their index says. They are not ours to copy, so
//! the test is run by hand: `SHARED_DATA=dir cargo test -p sheets --test shared_files -- --ignored`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chrono::NaiveDate;
use kernel::Decimal;
use sheets::{
    About, Cell, Fingerprinter, Formats, Preview, Proposal, RawRow, Reader, RowClass, Source, preview,
    propose,
};

struct File {
    source: Source,
    proposal: Proposal,
    preview: Preview,
}

fn open(name: &str) -> Option<File> {
    let Ok(folder) = std::env::var("SHARED_DATA") else {
        println!("skipped: SHARED_DATA names no folder");
        return None;
    };
    let source = Source::File(PathBuf::from(folder).join(name));
    let proposal = propose(&source).unwrap();
    let preview = preview(&source, &proposal.dialect, &proposal.formats).unwrap();
    Some(File { source, proposal, preview })
}

impl File {
    fn data(&self) -> Vec<RawRow> {
        let reader = Reader::open(&self.source, &self.proposal.dialect, &self.proposal.formats).unwrap();
        reader.map(Result::unwrap).filter(|row| row.class == RowClass::Data).collect()
    }

    fn place(&self, column: &str) -> usize {
        self.preview.column(column).unwrap_or_else(|| panic!("no {column}")).column.index
    }

    fn sum(&self, column: &str) -> String {
        self.preview.column(column).unwrap().sum.unwrap().normalize().to_string()
    }

    fn decimals(&self, column: &str) -> Vec<Decimal> {
        let place = self.place(column);
        let read = |row: &RawRow| self.proposal.formats.decimal(row.cell(place)).unwrap();
        self.data().iter().filter_map(read).collect()
    }

    fn dates(&self, column: &str) -> (String, String) {
        let place = self.place(column);
        let formats = &self.proposal.formats;
        let days: Vec<NaiveDate> =
            self.data().iter().filter_map(|row| formats.date(row.cell(place)).unwrap()).collect();
        (days.iter().min().unwrap().to_string(), days.iter().max().unwrap().to_string())
    }

    fn distinct(&self, column: &str) -> usize {
        let place = self.place(column);
        self.data().iter().map(|row| row.cell(place).text().trim().to_owned()).collect::<BTreeSet<_>>().len()
    }

    fn sums_by(&self, key: &str, column: &str) -> BTreeMap<String, Decimal> {
        let (key, column) = (self.place(key), self.place(column));
        let mut sums = BTreeMap::new();
        for row in self.data() {
            let amount = self.proposal.formats.decimal(row.cell(column)).unwrap().unwrap_or_default();
            *sums.entry(row.cell(key).text().trim().to_owned()).or_insert(Decimal::ZERO) += amount;
        }
        sums
    }

    /// Lines equal to an earlier one, `without` these columns.
    fn look_alikes(&self, without: &[&str]) -> u64 {
        let without: Vec<usize> = without.iter().map(|column| self.place(column)).collect();
        let mut printer = Fingerprinter::new();
        let mut prints = BTreeSet::new();
        for row in self.data() {
            let keys: Vec<String> = (0..row.cells.len()).map(|index| index.to_string()).collect();
            let texts: Vec<_> = row.cells.iter().map(Cell::text).collect();
            let values: Vec<(&str, &str)> = (keys.iter().zip(&texts).enumerate())
                .filter(|(index, _)| !without.contains(index))
                .map(|(_, (key, text))| (key.as_str(), text.as_ref()))
                .collect();
            prints.insert(printer.of(&values).0);
        }
        assert_eq!(prints.len() as u64, self.preview.data_rows(), "every line keeps its own print");
        printer.equal_lines()
    }

    fn asks(&self, about: About) -> bool {
        let questions = self.proposal.evidence.questions.iter().chain(&self.preview.evidence.questions);
        questions.into_iter().any(|question| question.about == about)
    }

    fn says(&self, words: &str) -> bool {
        let findings = self.proposal.evidence.findings.iter().chain(&self.preview.evidence.findings);
        findings.into_iter().any(|finding| finding.says.contains(words))
    }
}

#[test]
#[ignore = "needs SHARED_DATA"]
fn greater_london_2014_p02() {
    let Some(file) = open("gl-gla-2014-P02.csv") else { return };
    assert_eq!(file.preview.data_rows(), 555);
    assert_eq!(file.sum("Amount"), "41996893.98");
    let amounts = file.decimals("Amount");
    let negative: Vec<&Decimal> = amounts.iter().filter(|amount| amount.is_sign_negative()).collect();
    assert_eq!((negative.len(), negative.into_iter().sum::<Decimal>().to_string()), (12, "-97491.70".into()));
    assert_eq!(file.dates("Clearing Date"), ("2014-04-28".into(), "2014-05-23".into()));
    assert_eq!((file.distinct("Document No"), file.distinct("Vendor ID")), (528, 233));
    assert_eq!(file.look_alikes(&[]), 2);
    assert_eq!(file.sum("column 8"), "42191879");
    assert!(file.asks(About::Columns) && file.says("555 rows have more cells than the header"));
    assert!(file.says("Ignored, without name and empty: column 9, column 10, column 11."));
    // The file's formats, and no other, give the right answer.
    let lax = Formats { brackets_negative: false, ..file.proposal.formats.clone() };
    assert!(sheets::parse_decimal("(500.00)", &lax).is_err());
}

#[test]
#[ignore = "needs SHARED_DATA"]
fn darlington_2013_12() {
    let Some(file) = open("gl-darlington-2013-12.csv") else { return };
    assert_eq!(file.proposal.dialect.header_line, Some(19));
    assert_eq!(file.preview.data_rows(), 881);
    let rows = file.data();
    assert_eq!((rows[0].line, rows[880].line), (20, 900));
    assert_eq!(rows[880].cell(0).text(), "detail");
    let column = "Invoice Line Value (net of VAT)";
    assert_eq!(file.sum(column), "4024344.21");
    assert_eq!(file.decimals(column).into_iter().min().unwrap().to_string(), "500.00");
    assert_eq!((file.distinct("Supplier"), file.distinct("Account")), (326, 111));
    let sums = file.sums_by("Directotate", column);
    for (directorate, sum) in [
        ("People", "894436.16"),
        ("Place", "2004615.58"),
        ("Resources Group", "377996.38"),
        ("Capital", "718225.54"),
        ("Balance Sheet", "29070.55"),
    ] {
        assert_eq!(sums[directorate].to_string(), sum, "{directorate}");
    }
    assert_eq!(sums.len(), 5);
    assert_eq!(file.preview.lines_above.len(), 18);
    let asks = &file.preview.evidence.questions;
    assert!(asks.iter().any(|question| question.asks.contains("“Dec-13”, which is Dec 2013")));
    // Trailing empty cells come and go, so alikes are counted on the named columns.
    assert_eq!(file.look_alikes(&["column 8"]), 125);
}

#[test]
#[ignore = "needs SHARED_DATA"]
fn salford_2015_08() {
    let Some(file) = open("gl-salford-2015-08.csv") else { return };
    assert_eq!(file.preview.data_rows(), 1756);
    assert_eq!(file.sum("Gross"), "34415537.94");
    assert_eq!(file.sum("VAT"), "2723961.02");
    assert_eq!(file.sum("Net"), "31691576.92");
    let (gross, vat, net) = (file.decimals("Gross"), file.decimals("VAT"), file.decimals("Net"));
    assert!(gross.iter().zip(&vat).zip(&net).all(|((gross, vat), net)| gross - vat == *net));
    assert_eq!(vat.iter().filter(|vat| vat.is_zero()).count(), 1144);
    assert_eq!(file.dates("Date of Payment"), ("2015-08-03".into(), "2015-08-28".into()));
    assert_eq!(file.distinct("SAP Document Number"), 1754);
    let junk = &file.preview.no_data_lines[&RowClass::NullOnly];
    assert_eq!((junk.len(), junk[0], junk[20]), (21, 1758, 1778));
    let leftovers = file.preview.column("column 14").unwrap();
    assert_eq!((leftovers.filled, leftovers.nulls), (0, 29));
    assert_eq!(file.preview.column("column 20").unwrap().figures, 28);
    assert_eq!(file.look_alikes(&[]), 0);
}

#[test]
#[ignore = "needs SHARED_DATA"]
fn cabinet_office_2022_04() {
    let Some(file) = open("gl-cabinetoffice-2022-04.csv") else { return };
    assert_eq!(file.preview.data_rows(), 451);
    assert_eq!(file.sum("Amount"), "172754090.03");
    assert_eq!(file.dates("Date"), ("2022-04-01".into(), "2022-04-29".into()));
    assert_eq!(file.distinct("Transaction number"), 248);
    assert_eq!(file.preview.counts[&RowClass::CounterOnly], 60);
    assert_eq!(file.look_alikes(&["#"]), 12);
    assert_eq!(file.decimals("Amount").into_iter().min().unwrap().to_string(), "25000.00");
}

#[test]
#[ignore = "needs SHARED_DATA"]
fn french_ledger_2023() {
    let Some(file) = open("gl-fec-2023-tab.txt") else { return };
    assert_eq!(file.preview.data_rows(), 2102);
    assert_eq!((file.sum("Debit"), file.sum("Credit")), ("1265350.82".into(), "1265350.82".into()));
    let (debit, credit) = (file.sums_by("JournalCode", "Debit"), file.sums_by("JournalCode", "Credit"));
    assert_eq!(debit, credit);
    for (journal, sum) in [
        ("AD", "451847.37"),
        ("ac", "145574.62"),
        ("bq", "424954.88"),
        ("ca", "2152.11"),
        ("od", "54757.00"),
        ("ve", "186064.84"),
    ] {
        assert_eq!(debit[journal].to_string(), sum, "{journal}");
    }
    assert_eq!(file.dates("EcritureDate"), ("2021-01-01".into(), "2023-06-30".into()));
    assert_eq!(file.distinct("CompteNum"), 85);
    let place = file.place("EcritureDate");
    let in_2023 = file.data().iter().filter(|row| row.cell(place).text().starts_with("2023")).count();
    assert_eq!(in_2023, 1680);
    let class = |digit: &str| {
        let of = |column: &str| {
            let sums = file.sums_by("CompteNum", column);
            sums.iter()
                .filter(|(account, _)| account.starts_with(digit))
                .map(|(_, sum)| *sum)
                .sum::<Decimal>()
        };
        (of("Debit") - of("Credit")).to_string()
    };
    assert_eq!((class("6"), class("7")), ("162292.95".into(), "-166281.33".into()));
    assert_eq!(file.look_alikes(&[]), 2);
}

#[test]
#[ignore = "needs SHARED_DATA"]
fn central_bank_rates() {
    let Some(file) = open("fx-ecb-eurofxref-hist-head.csv") else { return };
    assert_eq!(file.preview.data_rows(), 345);
    assert_eq!(file.dates("Date"), ("2024-01-02".into(), "2025-05-09".into()));
    let rates = file.preview.columns.iter().filter(|column| column.figures == 345).count();
    let none = file.preview.columns.iter().filter(|column| column.nulls == 345).count();
    assert_eq!((rates, none), (30, 11));
    assert!(file.says("Ignored, without name and empty: column 43."));
    let (day, usd) = (file.place("Date"), file.place("USD"));
    let september: Vec<Decimal> = (file.data().iter())
        .filter(|row| row.cell(day).text().starts_with("2024-09"))
        .map(|row| file.proposal.formats.decimal(row.cell(usd)).unwrap().unwrap())
        .collect();
    assert_eq!(september.len(), 21);
    let average = september.iter().sum::<Decimal>() / Decimal::from(21);
    assert_eq!(average.round_dp(6).normalize().to_string(), "1.1106");
    assert_eq!(september[0].to_string(), "1.1196");
}

#[test]
#[ignore = "needs SHARED_DATA"]
fn budget_pivot() {
    let Some(file) = open("budget-actual-pl-pivot.xlsx") else { return };
    assert_eq!(file.proposal.dialect.sheet.as_deref(), Some("Data"));
    assert!(file.asks(About::Sheet));
    assert_eq!(file.preview.data_rows(), 192);
    assert_eq!((file.sum("Actual"), file.sum("Budget")), ("14247417.71".into(), "14881177.12".into()));
    let (actual, budget) = (file.sums_by("Account Group", "Actual"), file.sums_by("Account Group", "Budget"));
    for (group, sums) in [
        ("Revenue", ("8884961.02", "8863427.24")),
        ("Cost of Goods Sold", ("4420203.88", "4863692.24")),
        ("Expenses", ("942252.81", "1154057.64")),
    ] {
        assert_eq!((actual[group].to_string().as_str(), budget[group].to_string().as_str()), sums, "{group}");
    }
    let year = file.place("Financial Year");
    assert_eq!(file.data()[0].cell(year).text().len(), 7);
    assert!(sheets::parse_period("2019/20", &file.proposal.formats).is_err());
    let all: Result<Vec<_>, _> = (file.data().iter())
        .map(|row| file.proposal.formats.amount(row.cell(file.place("Actual")), kernel::Currency::USD))
        .collect();
    let total: i64 = all.unwrap().iter().map(|amount| amount.unwrap().money.minor()).sum();
    assert_eq!(total, 1_424_741_771);
}

#[test]
#[ignore = "needs SHARED_DATA"]
fn customer_accounts() {
    let Some(file) = open("crm-accounts.csv") else { return };
    assert_eq!(file.preview.data_rows(), 85);
    assert_eq!((file.sum("revenue"), file.sum("employees")), ("169543.8".into(), "396170".into()));
    assert_eq!((file.distinct("account"), file.distinct("sector")), (85, 10));
    assert_eq!(file.distinct("office_location"), 15);
    assert_eq!(file.preview.column("subsidiary_of").unwrap().filled, 15);
    let names: Vec<String> = file.data().iter().map(|row| row.cell(1).text().into_owned()).collect();
    assert!(names.contains(&"technolgy".to_owned()), "misspellings are kept");
}
