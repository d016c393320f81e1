//! XLSX workbooks: capped before anything is inflated, then read cell by cell.

use std::io::Read;

use calamine::{Data, DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::NaiveDate;
use kernel::Refused;

use crate::refusals::{self, unread};
use crate::source::ReadSeek;
use crate::{Cell, Source};

/// Entries a workbook may have (`quality.md` S10).
const MOST_ENTRIES: usize = 1_000;
/// Bytes it may unpack to.
const MOST_BYTES: u64 = 200 * 1024 * 1024;
/// Unpacked size by packed size, looked at above one mebibyte.
const HIGHEST_RATIO: u64 = 100;
/// Cells of one sheet kept in memory.
const MOST_CELLS: usize = 5_000_000;

/// An open workbook that passed the caps.
pub(crate) struct Workbook {
    book: Xlsx<Box<dyn ReadSeek>>,
}

/// Rows of a sheet: line from 1, and its cells from column A. Empty rows are not stored.
pub(crate) type SheetRows = Vec<(u64, Vec<Cell>)>;

impl Workbook {
    pub(crate) fn open(source: &Source) -> Result<Workbook, Refused> {
        check_archive(source)?;
        let book = Xlsx::new(source.open()?).map_err(broken)?;
        Ok(Workbook { book })
    }

    /// Names of the worksheets people can see.
    pub(crate) fn sheets(&self) -> Vec<String> {
        let seen = |sheet: &&calamine::Sheet| {
            sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
        };
        self.book.sheets_metadata().iter().filter(seen).map(|sheet| sheet.name.clone()).collect()
    }

    /// How many cell groups of a sheet are merged.
    pub(crate) fn merged(&mut self, sheet: &str) -> usize {
        self.book.merge_cells_by_sheet_name(sheet).map_or(0, |merged| merged.len())
    }

    pub(crate) fn rows(&mut self, sheet: &str) -> Result<SheetRows, Refused> {
        if !self.book.sheet_names().iter().any(|name| name == sheet) {
            let names = self.sheets().join(", ");
            return Err(refusals::SHEET_MISSING.with(&[sheet, &names]).into());
        }
        let mut reader = self.book.worksheet_cells_reader(sheet).map_err(broken)?;
        let mut rows: SheetRows = Vec::new();
        let mut kept = 0_usize;
        while let Some(cell) = reader.next_cell().map_err(broken)? {
            let (row, column) = cell.get_position();
            let value = value_of(cell.get_value());
            if value == Cell::Empty {
                continue;
            }
            let line = u64::from(row) + 1;
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            if rows.last().is_none_or(|last| last.0 != line) {
                rows.push((line, Vec::new()));
            }
            let cells = &mut rows.last_mut().expect("a row was just pushed").1;
            kept += (column + 1).saturating_sub(cells.len());
            if column >= 16_384 || kept > MOST_CELLS {
                return Err(refusals::TOO_LARGE.with(&["the sheet has more than 5,000,000 cells"]).into());
            }
            if cells.len() <= column {
                cells.resize(column + 1, Cell::Empty);
            }
            cells[column] = value;
        }
        rows.sort_by_key(|row| row.0);
        Ok(rows)
    }
}

fn value_of(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Number((*number).into()),
        DataRef::Float(number) => float(*number),
        DataRef::String(text) => Cell::of_text(text),
        DataRef::SharedString(text) => Cell::of_text(text),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(serial) if serial.is_duration() || serial.as_f64() < 1.0 => float(serial.as_f64()),
        DataRef::DateTime(serial) => {
            let (year, month, day, hour, minute, second, milli) = serial.to_ymd_hms_milli();
            let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
            match date.and_then(|date| {
                date.and_hms_milli_opt(hour.into(), minute.into(), second.into(), milli.into())
            }) {
                Some(moment) if moment.time() == chrono::NaiveTime::MIN => Cell::Date(moment.date()),
                Some(moment) => Cell::Moment(moment),
                None => float(serial.as_f64()),
            }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::of_text(text),
        DataRef::Error(error) => Cell::Error(Data::Error(error.clone()).to_string()),
        DataRef::Empty => Cell::Empty,
    }
}

fn float(number: f64) -> Cell {
    Cell::of_float(number).unwrap_or_else(|| Cell::Text(number.to_string()))
}

fn broken(error: XlsxError) -> Refused {
    refusals::BROKEN_WORKBOOK.with(&[&error.to_string()]).into()
}

/// Refuses archives that are bombs: first by what they declare, then by counting what really
/// comes out, without keeping it. Paths inside are never used.
fn check_archive(source: &Source) -> Result<(), Refused> {
    let unreadable = |error: zip::result::ZipError| refusals::BROKEN_WORKBOOK.with(&[&error.to_string()]);
    let too_large = |what: &str| Refused::from(refusals::TOO_LARGE.with(&[what]));
    let mut archive = zip::ZipArchive::new(source.open()?).map_err(unreadable)?;
    if archive.len() > MOST_ENTRIES {
        return Err(too_large("it has more than 1,000 parts"));
    }
    let (mut packed, mut declared) = (0_u64, 0_u64);
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(unreadable)?;
        packed = packed.saturating_add(entry.compressed_size());
        declared = declared.saturating_add(entry.size());
    }
    let check = |size: u64| {
        if size > MOST_BYTES {
            return Err(too_large("it unpacks to more than 200 MiB"));
        }
        if size > 1024 * 1024 && size / packed.max(1) > HIGHEST_RATIO {
            return Err(too_large("it unpacks to more than 100 times its size"));
        }
        Ok(())
    };
    check(declared)?;
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(unreadable)?;
        let mut chunk = vec![0_u8; 64 * 1024 + DOCTYPE.len()];
        loop {
            // The end of the last chunk is kept in front, so that a word across two is found.
            let (kept, fresh) = chunk.split_at_mut(DOCTYPE.len());
            let count = match entry.read(fresh) {
                Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                    return Err(refusals::BROKEN_WORKBOOK.with(&[&error.to_string()]).into());
                }
                other => other.map_err(unread)?,
            };
            if count == 0 {
                break;
            }
            unpacked += u64::try_from(count).unwrap_or(u64::MAX);
            check(unpacked)?;
            let seen = kept.len() + count;
            if chunk[..seen].windows(DOCTYPE.len()).any(|window| window == DOCTYPE) {
                let why = "it holds a document type definition, which no spreadsheet writes";
                return Err(refusals::BROKEN_WORKBOOK.with(&[why]).into());
            }
            chunk.copy_within(seen - DOCTYPE.len()..seen, 0);
        }
    }
    Ok(())
}

const DOCTYPE: &[u8] = b"<!DOCTYPE";
