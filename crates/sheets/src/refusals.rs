//! What this crate says no to: the catalogue for `docs/errors.md`.

use kernel::{Fault, RefusalKind, Refused, Status};

/// All refusals of this crate.
pub static REFUSALS: [&RefusalKind; 11] = [
    &NO_TABLE,
    &EMPTY,
    &OLD_WORKBOOK,
    &BROKEN_WORKBOOK,
    &TOO_LARGE,
    &SHEET_MISSING,
    &HEADER_MISSING,
    &QUOTE_OPEN,
    &ROW_TOO_LONG,
    &COLUMN_MISSING,
    &PROFILE_UNREADABLE,
];

/// Neither text nor workbook.
pub static NO_TABLE: RefusalKind = RefusalKind {
    code: "file_no_table",
    status: Status::Unclean,
    says: "This file is neither a text table nor a workbook ({0}).",
    way_out: "Save it as CSV or XLSX and send that.",
};

/// No row at all.
pub static EMPTY: RefusalKind = RefusalKind {
    code: "file_empty",
    status: Status::Unclean,
    says: "There is no row in this file.",
    way_out: "Check that the export ran, or choose another sheet.",
};

/// `.xls`, or a workbook with a password.
pub static OLD_WORKBOOK: RefusalKind = RefusalKind {
    code: "workbook_old_or_locked",
    status: Status::Unclean,
    says: "This is a workbook in the old format (.xls) or one with a password.",
    way_out: "Open it and save it as XLSX without a password.",
};

/// A zip that is no readable workbook.
pub static BROKEN_WORKBOOK: RefusalKind = RefusalKind {
    code: "workbook_unreadable",
    status: Status::Unclean,
    says: "This workbook cannot be read: {0}.",
    way_out: "Open it, save it again as XLSX and send that.",
};

/// Larger inside than we take; the numbers are those of `quality.md` S10.
pub static TOO_LARGE: RefusalKind = RefusalKind {
    code: "workbook_too_large",
    status: Status::TooLarge,
    says: "This workbook is too large inside: {0}.",
    way_out: "Save the sheet as CSV and send that.",
};

/// The sheet named is not in the workbook.
pub static SHEET_MISSING: RefusalKind = RefusalKind {
    code: "sheet_missing",
    status: Status::Unclean,
    says: "There is no sheet “{0}” in this workbook; it has {1}.",
    way_out: "Choose one of them.",
};

/// The header line set starts no row.
pub static HEADER_MISSING: RefusalKind = RefusalKind {
    code: "header_missing",
    status: Status::Unclean,
    says: "No row starts in line {0}, where the header should be.",
    way_out: "Choose the line of the header.",
};

/// A quote is never closed.
pub static QUOTE_OPEN: RefusalKind = RefusalKind {
    code: "quote_never_closed",
    status: Status::Unclean,
    says: "The quote opened in line {0} is never closed.",
    way_out: "Mend that line, or set that the file has no quotes.",
};

/// One row is longer than any real one.
pub static ROW_TOO_LONG: RefusalKind = RefusalKind {
    code: "row_too_long",
    status: Status::Unclean,
    says: "The row that starts in line {0} is longer than {1} MiB.",
    way_out: "Check the quotes and the delimiter.",
};

/// The profile names a column the file does not have.
pub static COLUMN_MISSING: RefusalKind = RefusalKind {
    code: "column_missing",
    status: Status::Unclean,
    says: "The file has no column “{0}”, which the profile reads.",
    way_out: "Map that meaning to another column, or choose another profile.",
};

/// The text is no profile.
pub static PROFILE_UNREADABLE: RefusalKind = RefusalKind {
    code: "profile_unreadable",
    status: Status::Unclean,
    says: "This is no import profile: {0}.",
    way_out: "Export a profile and compare the two.",
};

/// The machine could not read the file.
pub(crate) fn unread(error: std::io::Error) -> Refused {
    Refused::Fault(Fault::new("reading the file to import", error))
}
