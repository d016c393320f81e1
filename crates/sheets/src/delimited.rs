//! Delimited text → records with the physical line each starts in, blank lines included.

use std::io::{BufRead, BufReader, Read};

use kernel::Refused;

use crate::refusals::{self, unread};

/// Longest record taken: longer ones come from a quote that is never closed.
const LONGEST: usize = 4 * 1024 * 1024;

/// Reads records (RFC 4180, any one-byte delimiter, CR, LF or CRLF), one at a time.
pub(crate) struct Records<R> {
    input: BufReader<R>,
    delimiter: u8,
    quote: Option<u8>,
    line: u64,
    after_return: bool,
    field: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    FieldStart,
    Bare,
    Quoted,
    QuoteSeen,
}

impl<R: Read> Records<R> {
    /// `input` is UTF-8.
    pub(crate) fn new(input: R, delimiter: u8, quote: Option<u8>) -> Records<R> {
        let input = BufReader::new(input);
        Records { input, delimiter, quote, line: 1, after_return: false, field: Vec::new() }
    }

    /// The next record and its line, from 1; `None` at the end. A blank line is one empty field.
    pub(crate) fn next_record(&mut self) -> Result<Option<(u64, Vec<String>)>, Refused> {
        let mut start = self.line;
        let mut fields = Vec::new();
        let mut place = Place::FieldStart;
        let mut size = 0_usize;
        self.field.clear();
        while let Some(byte) = self.next_byte()? {
            if byte == b'\n' && std::mem::take(&mut self.after_return) && size == 0 {
                start = self.line;
                continue;
            }
            self.after_return = false;
            size += 1;
            if size > LONGEST {
                let mib = (LONGEST / 1024 / 1024).to_string();
                return Err(refusals::ROW_TOO_LONG.with(&[&start.to_string(), &mib]).into());
            }
            let is_quote = Some(byte) == self.quote;
            match place {
                Place::Quoted if is_quote => place = Place::QuoteSeen,
                Place::Quoted => {
                    self.line += u64::from(byte == b'\n');
                    self.field.push(byte);
                }
                Place::QuoteSeen if is_quote => {
                    self.field.push(byte);
                    place = Place::Quoted;
                }
                Place::FieldStart if is_quote => place = Place::Quoted,
                _ if byte == self.delimiter => {
                    fields.push(self.take_field());
                    place = Place::FieldStart;
                }
                _ if byte == b'\n' || byte == b'\r' => {
                    self.line += 1;
                    self.after_return = byte == b'\r';
                    fields.push(self.take_field());
                    return Ok(Some((start, fields)));
                }
                _ => {
                    self.field.push(byte);
                    place = Place::Bare;
                }
            }
        }
        if place == Place::Quoted {
            return Err(refusals::QUOTE_OPEN.with(&[&start.to_string()]).into());
        }
        if size == 0 {
            return Ok(None);
        }
        fields.push(self.take_field());
        Ok(Some((start, fields)))
    }

    fn take_field(&mut self) -> String {
        let text = String::from_utf8_lossy(&self.field).into_owned();
        self.field.clear();
        text
    }

    fn next_byte(&mut self) -> Result<Option<u8>, Refused> {
        let first = self.input.fill_buf().map_err(unread)?.first().copied();
        if first.is_some() {
            self.input.consume(1);
        }
        Ok(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut records = Records::new(text.as_bytes(), b',', Some(b'"'));
        std::iter::from_fn(|| records.next_record().unwrap()).collect()
    }

    #[test]
    fn every_record_knows_its_physical_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "\"x\"\"y\",\"1,5\"", "c,", "d"].join(end);
            let lines: Vec<(u64, Vec<String>)> = read(&text);
            let expected: [(u64, &[&str]); 5] =
                [(1, &["a", "b"]), (2, &[""]), (3, &["x\"y", "1,5"]), (4, &["c", ""]), (5, &["d"])];
            assert_eq!(lines.len(), 5, "{end:?}");
            for (read, expected) in lines.iter().zip(expected) {
                assert_eq!(
                    (read.0, read.1.iter().map(String::as_str).collect::<Vec<_>>()),
                    (expected.0, expected.1.to_vec())
                );
            }
        }
    }

    #[test]
    fn a_line_break_in_quotes_moves_the_next_line_on() {
        let lines = read("\"a\nb\",1\nc,2\n");
        assert_eq!(lines[0], (1, vec!["a\nb".to_owned(), "1".to_owned()]));
        assert_eq!((lines[1].0, lines.len()), (3, 2));
    }

    #[test]
    fn a_quote_never_closed_is_named_with_its_line() {
        let mut records = Records::new("a\n\"b\nc".as_bytes(), b',', Some(b'"'));
        records.next_record().unwrap();
        let refused = records.next_record().unwrap_err();
        assert_eq!(refused.code(), "quote_never_closed");
        assert!(refused.to_string().contains("line 2"), "{refused}");
    }
}
