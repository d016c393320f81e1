//! Bytes → text: the encodings people's files come in, decoded as they stream.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder};
use serde::{Deserialize, Serialize};

/// How a text file's bytes stand for letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[serde(rename = "UTF-8")]
    Utf8,
    /// UTF-16, low byte first.
    #[serde(rename = "UTF-16LE")]
    Utf16Le,
    /// UTF-16, high byte first.
    #[serde(rename = "UTF-16BE")]
    Utf16Be,
    /// Western Windows; holds Latin-1.
    #[serde(rename = "Windows-1252")]
    Windows1252,
    /// Western DOS.
    #[serde(rename = "CP850")]
    Cp850,
}

/// Code page 850, bytes 0x80 to 0xFF (Unicode consortium, `VENDORS/MICSFT/PC/CP850.TXT`).
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

impl Encoding {
    /// Its usual name.
    pub const fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Windows1252 => "Windows-1252",
            Encoding::Cp850 => "CP850",
        }
    }

    /// A piece of a file as text; what cannot be read becomes U+FFFD.
    pub fn decode(self, bytes: &[u8]) -> String {
        let mut text = String::new();
        Decoding::new(bytes, self).read_to_string(&mut text).expect("memory is always read, as UTF-8");
        text
    }

    fn decoder(self) -> Option<Decoder> {
        let encoding = match self {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Windows1252 => encoding_rs::WINDOWS_1252,
            Encoding::Cp850 => return None,
        };
        Some(encoding.new_decoder_with_bom_removal())
    }
}

const CHUNK: usize = 16 * 1024;

/// A reader of any encoding that hands out UTF-8, in bounded memory.
pub(crate) struct Decoding<R> {
    inner: R,
    decoder: Option<Decoder>,
    input: Vec<u8>,
    output: String,
    taken: usize,
    ended: bool,
}

impl<R: Read> Decoding<R> {
    pub(crate) fn new(inner: R, encoding: Encoding) -> Decoding<R> {
        Decoding {
            inner,
            decoder: encoding.decoder(),
            input: vec![0; CHUNK],
            output: String::with_capacity(3 * CHUNK + 16),
            taken: 0,
            ended: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.output.clear();
        self.taken = 0;
        while self.output.is_empty() && !self.ended {
            let count = loop {
                match self.inner.read(&mut self.input) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    other => break other?,
                }
            };
            self.ended = count == 0;
            let bytes = &self.input[..count];
            match &mut self.decoder {
                Some(decoder) => {
                    // Every byte becomes at most three of UTF-8, which the capacity holds.
                    let (result, _, _) = decoder.decode_to_string(bytes, &mut self.output, self.ended);
                    debug_assert_eq!(result, CoderResult::InputEmpty);
                }
                None => self.output.extend(bytes.iter().map(|byte| cp850(*byte))),
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.output.len() {
            self.refill()?;
        }
        let ready = &self.output.as_bytes()[self.taken..];
        let count = ready.len().min(out.len());
        out[..count].copy_from_slice(&ready[..count]);
        self.taken += count;
        Ok(count)
    }
}

fn cp850(byte: u8) -> char {
    match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(place) => CP850.chars().nth(usize::from(place)).expect("the table has 128 characters"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_word_is_read_from_every_encoding() {
        for (encoding, bytes) in [
            (Encoding::Utf8, &b"\xEF\xBB\xBFgo\xC3\xBBt \xC3\x9F"[..]),
            (Encoding::Utf8, b"go\xC3\xBBt \xC3\x9F"),
            (Encoding::Utf16Le, b"\xFF\xFEg\0o\0\xFB\0t\0 \0\xDF\0"),
            (Encoding::Utf16Be, b"\xFE\xFF\0g\0o\0\xFB\0t\0 \0\xDF"),
            (Encoding::Windows1252, b"go\xFBt \xDF"),
            (Encoding::Cp850, b"go\x96t \xE1"),
        ] {
            assert_eq!(encoding.decode(bytes), "goût ß", "{}", encoding.name());
        }
        assert_eq!(CP850.chars().count(), 128);
    }

    #[test]
    fn a_long_text_is_decoded_across_chunks() {
        let long = "é€".repeat(20_000);
        assert_eq!(Encoding::Utf8.decode(long.as_bytes()), long);
    }
}
