//! Which encoding a file is in, from all its bytes; several in one file are said, not hidden.

use std::io::{BufRead, BufReader, Read};

use kernel::Refused;

use crate::Source;
use crate::encoding::Encoding;
use crate::evidence::{About, Evidence, counted};
use crate::refusals::{self, unread};

#[derive(Default)]
struct Survey {
    lines: u64,
    utf8_lines: u64,
    other_lines: u64,
    control_lines: u64,
    cp850: u64,
    latin: u64,
    both_in_line: u64,
    nul_even: u64,
    nul_odd: u64,
    samples: Vec<(u64, Vec<u8>)>,
}

/// Longest piece looked at as one line.
const PIECE: u64 = 1024 * 1024;

/// Proposes an encoding for a text file.
pub(crate) fn propose_encoding(source: &Source, evidence: &mut Evidence) -> Result<Encoding, Refused> {
    let mut head = [0_u8; 3];
    let mut input = source.open()?;
    let count = input.read(&mut head).map_err(unread)?;
    match &head[..count] {
        [0xFF, 0xFE, ..] => return marked(Encoding::Utf16Le, evidence),
        [0xFE, 0xFF, ..] => return marked(Encoding::Utf16Be, evidence),
        _ => {}
    }
    let bom = head == *b"\xEF\xBB\xBF";
    let survey = survey(source)?;
    if survey.nul_even + survey.nul_odd > 0 {
        return without_mark(&survey, evidence);
    }
    if survey.other_lines == 0 {
        let with = if bom { "UTF-8 with a byte order mark" } else { "UTF-8 without a byte order mark" };
        let why = match survey.utf8_lines {
            0 => "all letters are plain ASCII".to_owned(),
            n => format!("{} with other letters, all valid", counted(n, "line", "lines")),
        };
        evidence.found(About::Encoding, format!("{with}: {why}."));
        return Ok(Encoding::Utf8);
    }
    Ok(judged(&survey, evidence))
}

fn marked(encoding: Encoding, evidence: &mut Evidence) -> Result<Encoding, Refused> {
    evidence
        .found(About::Encoding, format!("{}: the file starts with its byte order mark.", encoding.name()));
    Ok(encoding)
}

fn without_mark(survey: &Survey, evidence: &mut Evidence) -> Result<Encoding, Refused> {
    let (encoding, few, many) = if survey.nul_odd > survey.nul_even {
        (Encoding::Utf16Le, survey.nul_even, survey.nul_odd)
    } else {
        (Encoding::Utf16Be, survey.nul_odd, survey.nul_even)
    };
    if few * 10 > many {
        return Err(refusals::NO_TABLE.with(&["it holds zero bytes"]).into());
    }
    evidence.found(About::Encoding, format!("{}: every other byte is zero.", encoding.name()));
    Ok(encoding)
}

fn judged(survey: &Survey, evidence: &mut Evidence) -> Encoding {
    let proposed = if survey.cp850 > survey.latin { Encoding::Cp850 } else { Encoding::Windows1252 };
    let says = format!(
        "{}: {} hold bytes that are no UTF-8; of these bytes, {} stand within words as letters of \
         Windows-1252 and {} as letters of CP850.",
        proposed.name(),
        counted(survey.other_lines, "line", "lines"),
        survey.latin,
        survey.cp850
    );
    evidence.found(About::Encoding, says);
    let options = [Encoding::Windows1252.name(), Encoding::Cp850.name(), Encoding::Utf8.name()];
    let mixed = if survey.utf8_lines > 0 && survey.other_lines > 0 && survey.latin + survey.cp850 > 0 {
        Some(format!("{} are valid UTF-8 and", counted(survey.utf8_lines, "line", "lines")))
    } else if survey.latin > 0 && survey.cp850 > 0 {
        Some(format!(
            "{} hold bytes 0x80–0x9F, {} mix both and",
            counted(survey.control_lines, "line", "lines"),
            survey.both_in_line
        ))
    } else {
        None
    };
    let samples: Vec<String> = survey.samples.iter().map(sample_under_both).collect();
    if let Some(mixed) = mixed {
        let asks = format!(
            "No single encoding reads this file: {mixed} {} do not fit UTF-8. {} Which one reads more of \
             what you need? No row is dropped for it.",
            counted(survey.other_lines, "line", "lines"),
            samples.join(" ")
        );
        evidence.ask(About::Encoding, asks, &options, true);
    } else {
        evidence.ask(About::Encoding, format!("{} Is that right?", samples.join(" ")), &options, false);
    }
    proposed
}

fn sample_under_both((line, bytes): &(u64, Vec<u8>)) -> String {
    let read = |encoding: Encoding| encoding.decode(bytes).trim().to_owned();
    format!(
        "Line {line} reads “{}” as Windows-1252 and “{}” as CP850.",
        read(Encoding::Windows1252),
        read(Encoding::Cp850)
    )
}

fn survey(source: &Source) -> Result<Survey, Refused> {
    let mut input = BufReader::new(source.open()?);
    let mut survey = Survey::default();
    let mut line = Vec::new();
    let mut offset = 0_usize;
    loop {
        line.clear();
        let count = (&mut input).take(PIECE).read_until(b'\n', &mut line).map_err(unread)?;
        if count == 0 {
            return Ok(survey);
        }
        survey.look_at(&line, offset);
        offset += count;
    }
}

impl Survey {
    fn look_at(&mut self, line: &[u8], offset: usize) {
        self.lines += 1;
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        for (index, _) in line.iter().enumerate().filter(|(_, byte)| **byte == 0) {
            if (offset + index).is_multiple_of(2) { self.nul_even += 1 } else { self.nul_odd += 1 }
        }
        if line.is_ascii() {
            return;
        }
        if std::str::from_utf8(line).is_ok() {
            self.utf8_lines += 1;
            return;
        }
        self.other_lines += 1;
        let control = line.iter().any(|byte| (0x80..=0x9F).contains(byte));
        self.control_lines += u64::from(control);
        self.both_in_line += u64::from(control && line.iter().any(|byte| *byte >= 0xA0));
        for (index, byte) in line.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
            let left = index.checked_sub(1).and_then(|i| line.get(i)).copied().unwrap_or(b' ');
            let right = line.get(index + 1).copied().unwrap_or(b' ');
            let count = match letter_of(left, *byte, right) {
                Some(Encoding::Cp850) => &mut self.cp850,
                Some(_) => &mut self.latin,
                None => continue,
            };
            *count += 1;
            // One sample of each kind: the first byte that is a letter under one of the two.
            if *count == 1 {
                let from = index.saturating_sub(20);
                self.samples.push((self.lines, line[from..line.len().min(index + 20)].to_vec()));
            }
        }
    }
}

/// Under which of the two western encodings a byte is the letter its neighbours call for.
fn letter_of(left: u8, byte: u8, right: u8) -> Option<Encoding> {
    let (after_letter, before_letter) = (left.is_ascii_alphabetic(), right.is_ascii_alphabetic());
    if !after_letter && !before_letter {
        return None;
    }
    let within = left.is_ascii_lowercase() && right.is_ascii_lowercase();
    match byte {
        // ’ and œ of Windows-1252; Æ and £ of CP850 do not stand there.
        0x92 | 0x9C => Some(Encoding::Windows1252),
        // Quotes and dashes of Windows-1252 stand beside words, letters within them.
        0x80 | 0x85 | 0x91 | 0x93..=0x97 | 0x99 | 0x8B | 0x9B if !within => None,
        // „ and ‚ of Windows-1252 open a word, as ä and é of CP850 may.
        0x82 | 0x84 if !after_letter => None,
        0x81..=0x9B => Some(Encoding::Cp850),
        0xC0..=0xFF if byte != 0xE1 || !within => Some(Encoding::Windows1252),
        _ => None,
    }
}
