//! A profile is a file: written, exchanged, read again, and bound to the columns of another file.

use kernel::Currency;
use sheets::{Formats, Profile, Reader, Source, propose};

const LEDGER: &str = "Buchung;Konto;Betrag;Text\n30.09.2026;0001;1.234,50;Papier\n01.10.2026;7700;12-;\n";

fn profile() -> (Source, Profile) {
    let source = Source::of_bytes(LEDGER.as_bytes());
    let proposal = propose(&source).unwrap();
    let map =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let profile = Profile {
        name: "GL export v2".into(),
        kind: "gl".into(),
        dialect: proposal.dialect,
        formats: proposal.formats,
        columns: map(&[("Buchung", "date"), ("Konto", "account"), ("Betrag", "amount"), ("Text", "text")]),
        constants: map(&[("currency", "EUR"), ("period", "2026-09"), ("text", "no text")]),
    };
    (source, profile)
}

#[test]
fn a_profile_comes_back_from_its_file_unchanged() {
    let (_, profile) = profile();
    let file = profile.to_toml();
    for line in [
        "name = \"GL export v2\"",
        "decimal_mark = \"comma\"",
        "date_order = \"D/M/Y\"",
        "Betrag = \"amount\"",
    ] {
        assert!(file.contains(line), "{line}\n{file}");
    }
    assert_eq!(Profile::from_toml(&file).unwrap(), profile);
}

#[test]
fn a_file_that_is_no_profile_is_refused_with_its_line() {
    let (_, profile) = profile();
    let wrong = profile.to_toml().replace("kind = \"gl\"", "kind = \"gl\"\ncolour = \"blue\"");
    let refused = Profile::from_toml(&wrong).unwrap_err();
    assert_eq!(refused.kind.code, "profile_unreadable");
    assert!(refused.says.contains("line 3") && refused.says.contains("colour"), "{}", refused.says);
}

#[test]
fn fields_come_from_columns_and_constants_each_in_its_own_formats() {
    let (source, profile) = profile();
    let reader = Reader::open(&source, &profile.dialect, &profile.formats).unwrap();
    let binding = profile.bind(reader.columns()).unwrap();
    let rows: Vec<_> = reader.map(Result::unwrap).collect();
    let cells = |field| {
        let read = |row| {
            let (cell, formats): (_, &Formats) = binding.cell(row, field);
            formats.words(cell).unwrap_or_default()
        };
        rows.iter().map(read).collect::<Vec<_>>()
    };
    assert_eq!(cells("account"), ["0001", "7700"]);
    assert_eq!(cells("currency"), ["EUR", "EUR"]);
    assert_eq!(cells("text"), ["Papier", "no text"]);
    let amounts: Vec<i64> = (rows.iter())
        .map(|row| {
            let (cell, formats) = binding.cell(row, "amount");
            formats.amount(cell, Currency::EUR).unwrap().unwrap().money.minor()
        })
        .collect();
    assert_eq!(amounts, [123_450, -1_200]);
    let (cell, formats) = binding.cell(&rows[0], "period");
    assert_eq!(formats.period(cell).unwrap().unwrap().to_string(), "2026-09");
    assert!(binding.has("amount") && !binding.has("supplier"));
}

#[test]
fn a_profile_that_does_not_fit_names_the_column() {
    let (_, profile) = profile();
    let other = Source::of_bytes("Date;Account;Amount\n2026-09-30;1;5,00\n".as_bytes());
    let reader = Reader::open(&other, &profile.dialect, &profile.formats).unwrap();
    assert_eq!(profile.missing_columns(reader.columns()), ["Betrag", "Buchung", "Konto", "Text"]);
    let refused = profile.bind(reader.columns()).unwrap_err();
    assert!(refused.to_string().contains("“Betrag”"), "{refused}");
}
