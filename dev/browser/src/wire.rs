//! The W3C WebDriver protocol: one JSON body out, one back, over HTTP on loopback, blocking.

use std::fmt;
use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

/// Longer than any page load is allowed to take.
const ANSWER_LIMIT: Duration = Duration::from_secs(120);

/// Why the browser did not do it.
#[derive(Debug)]
pub enum Error {
    /// It cannot be reached or started.
    Machine(io::Error),
    /// It refused: WebDriver's word for it (`no such element`), and the sentence.
    Refused {
        /// WebDriver's error code.
        code: String,
        /// What was asked and what it said.
        message: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Machine(error) => write!(f, "the browser cannot be reached: {error}"),
            Error::Refused { code, message } => write!(f, "{code}: {message}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        Error::Machine(error)
    }
}

/// A session with chromedriver: one browser.
pub(crate) struct Session {
    port: u16,
    path: String,
}

impl Session {
    pub(crate) fn open(port: u16, capabilities: &Value) -> Result<Session, Error> {
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let answer = call(port, "POST", "/session", Some(&body))?;
        let id = answer["sessionId"].as_str().ok_or_else(|| unexpected("no session id"))?;
        Ok(Session { port, path: format!("/session/{id}") })
    }

    pub(crate) fn get(&self, what: &str) -> Result<Value, Error> {
        call(self.port, "GET", &format!("{}/{what}", self.path), None)
    }

    pub(crate) fn post(&self, what: &str, body: Value) -> Result<Value, Error> {
        call(self.port, "POST", &format!("{}/{what}", self.path), Some(&body))
    }

    pub(crate) fn delete(&self, what: &str) -> Result<Value, Error> {
        call(self.port, "DELETE", &format!("{}/{what}", self.path), None)
    }
}

pub(crate) fn unexpected(what: &str) -> Error {
    Error::Machine(io::Error::new(io::ErrorKind::InvalidData, what.to_owned()))
}

fn call(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Value, Error> {
    let sent = body.map(Value::to_string).unwrap_or_default();
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(ANSWER_LIMIT))?;
    let head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n");
    let head = format!("{head}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n", sent.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(sent.as_bytes())?;
    let (status, answer) = read_answer(BufReader::new(stream))?;
    let mut answer: Value =
        serde_json::from_slice(&answer).map_err(|error| unexpected(&error.to_string()))?;
    let value = answer["value"].take();
    if status == 200 { Ok(value) } else { Err(refused(&value, path, &sent)) }
}

fn refused(value: &Value, path: &str, sent: &str) -> Error {
    let said = value["message"].as_str().unwrap_or_default();
    // The rest is a stack trace of the driver and its version.
    let sentence = said.lines().next().unwrap_or_default();
    let asked = path.splitn(4, '/').nth(3).unwrap_or_default();
    let code = value["error"].as_str().unwrap_or("unknown error").to_owned();
    Error::Refused { code, message: format!("{sentence} (asked for {asked} {sent})") }
}

/// The status and the body of an HTTP answer that says its length.
fn read_answer(mut reader: impl BufRead) -> Result<(u16, Vec<u8>), Error> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| unexpected("not an HTTP answer"))?;
    let mut length = None;
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
    let length: usize = length.ok_or_else(|| unexpected("an answer without its length"))?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok((status, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_to_its_length_and_no_further() {
        let wire = b"HTTP/1.1 404 Not Found\r\nX: y\r\ncontent-length:5\r\n\r\nhello and more";
        let (status, body) = read_answer(&wire[..]).unwrap();
        assert_eq!((status, body.as_slice()), (404, b"hello".as_slice()));
    }

    #[test]
    fn a_cut_or_a_lengthless_answer_is_an_error() {
        assert!(read_answer(&b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"[..]).is_err());
        assert!(read_answer(&b"HTTP/1.1 200 OK\r\n\r\nhello"[..]).is_err());
        assert!(read_answer(&b"hello"[..]).is_err());
    }

    #[test]
    fn a_refusal_says_what_was_asked_without_the_drivers_stack() {
        let value = json!({ "error": "no such element", "message": "no such element: nothing\n#0 0x55d" });
        let error = refused(&value, "/session/ab12/element", r##"{"value":"#x"}"##);
        let said = r##"no such element: no such element: nothing (asked for element {"value":"#x"})"##;
        assert_eq!(error.to_string(), said);
    }
}
