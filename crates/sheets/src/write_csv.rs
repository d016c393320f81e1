//! Lists as CSV: dot decimals, ISO dates, an amount and a currency column for money.

use std::io::{self, Write};

use kernel::Fault;
use kernel::listing::{Column, Kind, Listing, Value};

use crate::guard::guarded;

/// For whom the file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CsvStyle {
    /// Byte order mark and semicolons, as spreadsheets of many locales want it.
    pub excel: bool,
}

/// A whole list as CSV.
pub fn write_csv(listing: &Listing, style: CsvStyle) -> String {
    let mut out = Vec::new();
    let written = CsvWriter::new(&mut out, &listing.columns, style).and_then(|mut writer| {
        writer.page(&listing.rows)?;
        writer.finish()
    });
    written.expect("memory takes every write");
    String::from_utf8(out).expect("only text was written")
}

/// Writes a list page by page, in bounded memory.
pub struct CsvWriter<W> {
    out: W,
    kinds: Vec<Kind>,
    delimiter: char,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the header: the columns' keys, `cost` followed by `cost_currency` for money.
    pub fn new(mut out: W, columns: &[Column], style: CsvStyle) -> Result<CsvWriter<W>, Fault> {
        let delimiter = if style.excel { ';' } else { ',' };
        if style.excel {
            out.write_all("\u{feff}".as_bytes()).map_err(unwritten)?;
        }
        let kinds = columns.iter().map(|column| column.kind).collect();
        let mut writer = CsvWriter { out, kinds, delimiter };
        let mut names = Vec::with_capacity(columns.len());
        for column in columns {
            names.push(column.key.to_owned());
            if column.kind == Kind::Money {
                names.push(format!("{}_currency", column.key));
            }
        }
        writer.line(&names)?;
        Ok(writer)
    }

    /// Writes rows, each as long as the columns.
    pub fn page(&mut self, rows: &[Vec<Value>]) -> Result<(), Fault> {
        for row in rows {
            let mut cells = Vec::with_capacity(row.len());
            for (kind, value) in self.kinds.iter().zip(row) {
                cells.push(match value {
                    Value::Text(text) => guarded(text),
                    other => other.plain(),
                });
                if *kind == Kind::Money {
                    cells.push(currency_of(value));
                }
            }
            self.line(&cells)?;
        }
        Ok(())
    }

    /// Writes what is left and gives the output back.
    pub fn finish(mut self) -> Result<W, Fault> {
        self.out.flush().map_err(unwritten)?;
        Ok(self.out)
    }

    fn line(&mut self, cells: &[String]) -> Result<(), Fault> {
        write_line(&mut self.out, cells, self.delimiter)
    }
}

/// Writes one line; a cell that could be cut wrongly under any delimiter is quoted.
pub fn write_line<W: Write>(out: &mut W, cells: &[String], delimiter: char) -> Result<(), Fault> {
    let mut line = String::new();
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            line.push(delimiter);
        }
        let blanks_at_end = cell.trim().len() < cell.len();
        if blanks_at_end || cell.contains([',', ';', '|', '"', '\n', '\r', '\t']) {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(cell);
        }
    }
    line.push_str("\r\n");
    out.write_all(line.as_bytes()).map_err(unwritten)
}

/// The currency a money value carries; nothing for an unknown one.
pub(crate) fn currency_of(value: &Value) -> String {
    match value {
        Value::Money(money) => money.currency().code().to_owned(),
        _ => String::new(),
    }
}

fn unwritten(error: io::Error) -> Fault {
    Fault::new("writing a table", error)
}
