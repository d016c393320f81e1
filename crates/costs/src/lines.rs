//! Lines out: their check value, and the file.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{ArrayRef, DictionaryArray, Int32Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::Int32Type;
use calc::Stop;
use md5::{Digest, Md5};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::draft::Draft;
use crate::drivers::Drivers;
use crate::share::Line;

/// The MD5 of `customer`, `service`, `month` and `cents` of each line, without anything between, joined by commas.
pub(crate) fn check_value(lines: &[Line], drivers: &Drivers) -> String {
    let mut hash = Md5::new();
    let mut text = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        text.clear();
        let (customer, service) = names(line, drivers);
        let comma = if at == 0 { "" } else { "," };
        // Writing into memory cannot fail.
        let _ = write!(text, "{comma}{customer}{service}{}{}", line.month, line.cents);
        hash.update(&text);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn names<'d>(line: &Line, drivers: &'d Drivers) -> (&'d str, &'d str) {
    (&drivers.customers[line.customer as usize], &drivers.services[line.service as usize])
}

/// What a file of lines is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Out {
    Parquet,
    Csv,
}

impl Out {
    /// The kind of `path`.
    ///
    /// # Errors
    /// It ends in neither.
    fn of(path: &Path) -> Result<Out, Stop> {
        match path.extension().map(|end| end.to_ascii_lowercase()).as_deref().and_then(|end| end.to_str()) {
            Some("parquet") => Ok(Out::Parquet),
            Some("csv") => Ok(Out::Csv),
            _ => Err(Stop::Usage(format!("--out {} ends in neither .parquet nor .csv", path.display()))),
        }
    }
}

/// A file of lines in the making.
#[derive(Debug)]
pub(crate) struct Writing {
    path: PathBuf,
    kind: Out,
    draft: Draft,
    file: BufWriter<File>,
}

impl Writing {
    /// Begins the file that is to be at `path`.
    ///
    /// # Errors
    /// Nothing can be written there.
    pub(crate) fn begin(path: &Path) -> Result<Writing, Stop> {
        let kind = Out::of(path)?;
        let (draft, file) = Draft::begin(path)?;
        Ok(Writing { path: path.to_owned(), kind, draft, file })
    }

    /// Writes the lines and puts the file in its place.
    ///
    /// # Errors
    /// The disk refuses.
    pub(crate) fn finish(self, lines: &[Line], drivers: &Drivers) -> Result<(), Stop> {
        let path = self.path.display();
        let cannot =
            |error: &dyn std::fmt::Display| Stop::Failed(format!("{path} cannot be written: {error}"));
        let file = match self.kind {
            Out::Csv => csv(self.file, lines, drivers).map_err(|error| cannot(&error))?,
            Out::Parquet => parquet(self.file, lines, drivers).map_err(|error| cannot(&error))?,
        };
        let file = file.into_inner().map_err(|error| cannot(&error))?;
        self.draft.finish(&file)
    }
}

fn csv(mut file: BufWriter<File>, lines: &[Line], drivers: &Drivers) -> std::io::Result<BufWriter<File>> {
    writeln!(file, "customer,service,month,cents")?;
    for line in lines {
        let (customer, service) = names(line, drivers);
        writeln!(file, "{},{},{},{}", quoted(customer), quoted(service), line.month, line.cents)?;
    }
    Ok(file)
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn parquet(
    file: BufWriter<File>,
    lines: &[Line],
    drivers: &Drivers,
) -> parquet::errors::Result<BufWriter<File>> {
    const LINES: usize = 65_536;
    let names = |names: &[String]| Arc::new(StringArray::from_iter_values(names)) as ArrayRef;
    let (customers, services) = (names(&drivers.customers), names(&drivers.services));
    let empty = batch(&[], &customers, &services)?;
    let properties =
        WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
    let options = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
    let mut writer = ArrowWriter::try_new_with_options(file, empty.schema(), options)?;
    for part in lines.chunks(LINES) {
        writer.write(&batch(part, &customers, &services)?)?;
    }
    writer.into_inner()
}

fn batch(lines: &[Line], customers: &ArrayRef, services: &ArrayRef) -> arrow::error::Result<RecordBatch> {
    let coded = |code: fn(&Line) -> u32, names: &ArrayRef| -> arrow::error::Result<ArrayRef> {
        let keys = lines.iter().map(|line| code(line).cast_signed());
        let keys = Int32Array::from_iter_values(keys);
        Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(keys, names.clone())?))
    };
    let months = StringArray::from_iter_values(lines.iter().map(|line| line.month.to_string()));
    let cents = Int64Array::from_iter_values(lines.iter().map(|line| line.cents));
    RecordBatch::try_from_iter([
        ("customer", coded(|line| line.customer, customers)?),
        ("service", coded(|line| line.service, services)?),
        ("month", Arc::new(months) as ArrayRef),
        ("cents", Arc::new(cents) as ArrayRef),
    ])
}
