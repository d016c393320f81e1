//! Tables from people's files in, and tables out. The only crate that names calamine,
//! rust_xlsxwriter and encoding_rs; it stores nothing, and asks for no clock and no chance.
//!
//! In: [`propose`] looks at a file and says how it may be read, with evidence and questions;
//! [`preview`] shows what it holds when read so; [`Reader`] streams its rows; a [`Profile`] keeps
//! the answers; [`Formats`] turns cells into values or sentences; [`Fingerprinter`] knows lines again.
//! Out: [`write_csv`] and [`write_xlsx`] write what the reader gives back unchanged.
//!
//! | file | holds |
//! | --- | --- |
//! | `source`, `encoding`, `delimited`, `workbook` | bytes → rows of cells, capped and streamed |
//! | `dialect`, `formats`, `profile` | what the user settles, as data |
//! | `propose`, `detect_*`, `dates_seen`, `shape`, `evidence` | what the file itself proves |
//! | `reader`, `classify`, `preview`, `column_summary`, `preview_says` | rows with their lines, data or not, and sums |
//! | `cell`, `number`, `date` | cells → amounts, quantities, days, months |
//! | `mapping`, `fingerprint` | columns → fields; lines known again |
//! | `guard`, `write_csv`, `write_rejects`, `write_xlsx` | tables out |

mod cell;
mod classify;
mod column_summary;
mod date;
mod dates_seen;
mod delimited;
mod detect_delimiter;
mod detect_encoding;
mod detect_formats;
mod detect_header;
pub mod dialect;
mod encoding;
mod evidence;
mod fingerprint;
pub mod formats;
mod guard;
mod mapping;
mod number;
mod preview;
mod preview_says;
mod profile;
mod propose;
mod reader;
pub mod refusals;
mod shape;
mod source;
mod workbook;
mod write_csv;
mod write_rejects;
mod write_xlsx;

pub use cell::{Cell, CellError};
pub use classify::RowClass;
pub use column_summary::ColumnSummary;
pub use date::{parse_date, parse_period};
pub use dialect::{Column, Delimiter, Dialect, Quote, Skip, SkipWhere};
pub use encoding::Encoding;
pub use evidence::{About, Evidence, Finding, Question, line_ranges};
pub use fingerprint::{Fingerprint, Fingerprinter};
pub use formats::Formats;
pub use mapping::{FieldSpec, MappingProposal, propose_mapping, same_name};
pub use number::{ReadAmount, parse_amount, parse_decimal, parse_quantity, parse_yes_no, read_amount};
pub use preview::{NoData, Preview, preview};
pub use profile::{Binding, Profile};
pub use propose::{Proposal, SheetSeen, propose, propose_formats, sheet_names};
pub use reader::{RawRow, Reader};
pub use source::Source;
pub use write_csv::{CsvStyle, CsvWriter, write_csv, write_line};
pub use write_rejects::RejectsWriter;
pub use write_xlsx::{XlsxWriter, write_xlsx};
