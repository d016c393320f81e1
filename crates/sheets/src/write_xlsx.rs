//! Lists as XLSX with typed cells: numbers are numbers, codes stay text, days are days.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use kernel::listing::{Column, Kind, Listing, Value};
use kernel::{Decimal, Fault};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::guard::guarded;
use crate::write_csv::currency_of;

/// Digits a spreadsheet's number keeps; a longer one is written as text rather than changed.
const EXACT_DIGITS: usize = 15;
/// Widths in characters.
const WIDTHS: (usize, usize) = (8, 60);

/// A whole list as XLSX: header, rows, total row.
pub fn write_xlsx(listing: &Listing) -> Result<Vec<u8>, Fault> {
    let mut writer = XlsxWriter::new(&listing.caption, &listing.columns)?;
    writer.page(&listing.rows)?;
    writer.finish(&listing.totals)
}

/// Writes a list page by page into one sheet; kept in memory until finished.
pub struct XlsxWriter {
    sheet: Worksheet,
    columns: Vec<Placed>,
    formats: HashMap<String, Format>,
    row: u32,
    caption: String,
}

/// A column and where it stands in the sheet.
struct Placed {
    at: u16,
    kind: Kind,
    width: usize,
}

impl XlsxWriter {
    /// Starts a sheet named after `caption` with a header that stays in sight: the columns'
    /// labels, `Cost` followed by `Cost currency` for money.
    pub fn new(caption: &str, columns: &[Column]) -> Result<XlsxWriter, Fault> {
        let mut sheet = Worksheet::new();
        sheet.set_name(sheet_name(caption)).map_err(unwritten)?;
        sheet.set_freeze_panes(1, 0).map_err(unwritten)?;
        let header = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
        let right = header.clone().set_align(FormatAlign::Right);
        let mut placed = Vec::with_capacity(columns.len());
        let mut at = 0_u16;
        for column in columns {
            let format = if column.kind.is_figure() { &right } else { &header };
            sheet.write_string_with_format(0, at, column.label, format).map_err(unwritten)?;
            placed.push(Placed { at, kind: column.kind, width: column.label.chars().count() });
            at += 1;
            if column.kind == Kind::Money {
                let label = format!("{} currency", column.label);
                sheet.write_string_with_format(0, at, label, &header).map_err(unwritten)?;
                at += 1;
            }
        }
        let caption = caption.to_owned();
        Ok(XlsxWriter { sheet, columns: placed, formats: HashMap::new(), row: 1, caption })
    }

    /// Writes rows, each as long as the columns.
    pub fn page(&mut self, rows: &[Vec<Value>]) -> Result<(), Fault> {
        for row in rows {
            for (index, value) in row.iter().enumerate().take(self.columns.len()) {
                self.cell(index, value, false)?;
            }
            self.row += 1;
        }
        Ok(())
    }

    /// Adds the total row, if anything is summed and a column is free for its word, and gives the
    /// file. The same list gives the same bytes.
    pub fn finish(mut self, totals: &[Option<Value>]) -> Result<Vec<u8>, Fault> {
        let free = (0..self.columns.len()).find(|index| totals.get(*index).is_none_or(Option::is_none));
        if let Some(free) = free.filter(|_| totals.iter().any(Option::is_some)) {
            self.cell(free, &Value::Text("Total".to_owned()), true)?;
            for (index, total) in totals.iter().enumerate() {
                if let Some(total) = total {
                    self.cell(index, total, true)?;
                }
            }
        }
        for column in &self.columns {
            let width = column.width.clamp(WIDTHS.0, WIDTHS.1) + 2;
            let width = f64::from(u32::try_from(width).unwrap_or(60));
            self.sheet.set_column_width(column.at, width).map_err(unwritten)?;
        }
        let mut book = Workbook::new();
        // No clock here: the moment of writing would make two equal exports differ.
        let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(unwritten)?;
        book.set_properties(&DocProperties::new().set_title(&self.caption).set_creation_datetime(&made));
        book.push_worksheet(self.sheet);
        book.save_to_buffer().map_err(unwritten)
    }

    fn cell(&mut self, index: usize, value: &Value, is_total: bool) -> Result<(), Fault> {
        let Placed { at, kind, .. } = self.columns[index];
        let shown = value.plain();
        let width = &mut self.columns[index].width;
        *width = (*width).max(shown.chars().count() + shown.chars().count() / 4);
        match value {
            Value::Unknown => {}
            Value::Text(text) => self.text(at, kind, text, is_total)?,
            Value::Bool(_) => self.text(at, kind, &shown, is_total)?,
            Value::Money(money) => {
                let digits = usize::try_from(money.currency().digits()).unwrap_or(2);
                self.number(at, &shown, &money_format(digits), is_total)?;
                self.text(at + 1, Kind::Code, &currency_of(value), is_total)?;
            }
            Value::Count(_) => self.number(at, &shown, "#,##0", is_total)?,
            Value::Quantity(quantity) => {
                let format = if quantity.decimal().is_integer() { "#,##0" } else { "#,##0.0#####" };
                self.number(at, &shown, format, is_total)?;
            }
            Value::Decimal(_) if kind == Kind::Percent => self.number(at, &shown, "0.0%", is_total)?,
            Value::Decimal(decimal) => self.number(at, &shown, &decimal_format(decimal), is_total)?,
        }
        Ok(())
    }

    fn number(&mut self, at: u16, plain: &str, format: &str, is_total: bool) -> Result<(), Fault> {
        let digits = plain.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
        let number: f64 = match plain.parse() {
            Ok(number) if digits <= EXACT_DIGITS => number,
            _ => return self.text(at, Kind::Code, plain, is_total),
        };
        let format = self.format(format, is_total).clone();
        self.sheet.write_number_with_format(self.row, at, number, &format).map_err(unwritten)?;
        Ok(())
    }

    fn text(&mut self, at: u16, kind: Kind, text: &str, is_total: bool) -> Result<(), Fault> {
        if let Some(day) = (kind == Kind::Date).then(|| excel_day(text)).flatten() {
            let format = self.format("yyyy-mm-dd", is_total).clone();
            self.sheet.write_datetime_with_format(self.row, at, &day, &format).map_err(unwritten)?;
            return Ok(());
        }
        // The format @ keeps a code text when it is edited; the quote prefix keeps "=2+5" text.
        let keeps_text = if matches!(kind, Kind::Text | Kind::State) { "General" } else { "@" };
        let mut format = self.format(keeps_text, is_total).clone();
        if guarded(text) != text {
            format = format.set_quote_prefix();
        }
        self.sheet.write_string_with_format(self.row, at, text, &format).map_err(unwritten)?;
        Ok(())
    }

    fn format(&mut self, number: &str, is_total: bool) -> &Format {
        let key = format!("{is_total}{number}");
        self.formats.entry(key).or_insert_with(|| {
            let format = Format::new().set_num_format(number);
            if is_total {
                format.set_bold().set_border_top(rust_xlsxwriter::FormatBorder::Thin)
            } else {
                format
            }
        })
    }
}

/// A day a spreadsheet can hold: from 1 March 1900, before which its calendar is wrong.
fn excel_day(iso: &str) -> Option<ExcelDateTime> {
    let day = iso
        .parse::<NaiveDate>()
        .ok()
        .filter(|day| *day >= NaiveDate::from_ymd_opt(1900, 3, 1).expect("a day"))?;
    let (year, month, day) = (day.year(), day.month(), day.day());
    let parts = (u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    ExcelDateTime::from_ymd(parts.0, parts.1, parts.2).ok()
}

/// `#,##0.00;(#,##0.00);"–"` (`screens.md` 3.9), with the digits of the currency.
fn money_format(digits: usize) -> String {
    let part = if digits == 0 { String::new() } else { format!(".{}", "0".repeat(digits)) };
    format!("#,##0{part};(#,##0{part});\"–\"")
}

fn decimal_format(decimal: &Decimal) -> String {
    match usize::try_from(decimal.scale()).unwrap_or(0) {
        0 => "#,##0".to_owned(),
        scale => format!("#,##0.{}", "0".repeat(scale)),
    }
}

/// A name a sheet may have: at most 31 letters, none of `[]:*?/\`, no apostrophe at its ends.
fn sheet_name(caption: &str) -> String {
    let kept: String = caption.chars().filter(|c| !"[]:*?/\\".contains(*c) && !c.is_control()).collect();
    let mut name = String::new();
    // Excel counts UTF-16 units.
    for c in kept.trim_matches(['\'', ' ']).chars() {
        if name.encode_utf16().count() + c.len_utf16() <= 31 {
            name.push(c);
        }
    }
    let name = name.trim_matches(['\'', ' ']).to_owned();
    if name.is_empty() || name.eq_ignore_ascii_case("history") { "Sheet1".to_owned() } else { name }
}

fn unwritten(error: XlsxError) -> Fault {
    Fault::new("writing a workbook", error)
}
