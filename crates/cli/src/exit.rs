//! Exit codes (`quarterdeck help exit-codes`): each kind of end has its own number.

use kernel::{Fault, Refused};
use serde_json::Value;

use crate::look::look;

/// Why the program ends without having done it.
#[derive(Debug)]
pub(crate) enum Exit {
    /// 1: something of ours failed.
    Failed(String),
    /// 2: wrong use.
    Usage(String),
    /// A refusal: its code by status.
    Refused {
        /// Exit code of its status.
        code: u8,
        /// Its code in the catalogue, where it has one.
        kind: String,
        /// What and what next.
        says: String,
        /// What the server calls the request.
        request: Option<String>,
    },
    /// 6: lines were rejected; they are named already.
    Unclean,
    /// 7: a check found differences; they are printed already.
    Differs,
    /// 8: the server cannot be reached; that of the database is a refusal with this code.
    Unreachable(String),
    /// 130: Ctrl-C.
    Stopped,
}

impl Exit {
    /// The number.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Exit::Failed(_) => 1,
            Exit::Usage(_) => 2,
            Exit::Refused { code, .. } => *code,
            Exit::Unclean => 6,
            Exit::Differs => 7,
            Exit::Unreachable(_) => 8,
            Exit::Stopped => 130,
        }
    }

    /// Says it on stderr; with `-v` also what the server calls the request.
    pub(crate) fn tell(&self) {
        let cross = look().bad("✗");
        match self {
            Exit::Failed(says) | Exit::Usage(says) | Exit::Unreachable(says) => eprintln!("{cross} {says}"),
            Exit::Refused { says, request, .. } => {
                eprintln!("{cross} {says}");
                if let Some(request) = request.as_ref().filter(|_| look().verbose > 0) {
                    eprintln!("  request {request}");
                }
            }
            Exit::Differs | Exit::Unclean => {}
            Exit::Stopped => eprintln!("Stopped."),
        }
    }

    /// A refusal of the command line's own.
    pub(crate) fn refused(code: u8, says: String) -> Exit {
        Exit::Refused { code, kind: String::new(), says, request: None }
    }

    /// From an answer of the API that is no success.
    pub(crate) fn of_answer(http: u16, body: &Value, request: Option<String>) -> Exit {
        let text = |field: &str| body.get(field).and_then(Value::as_str).unwrap_or("");
        let mut says = format!("{} {}", text("says"), text("way_out"));
        for field in body.get("fields").and_then(Value::as_array).into_iter().flatten() {
            let part = |name: &str| field.get(name).and_then(Value::as_str).unwrap_or("");
            says.push_str(&format!("\n  {}: {}", part("field"), part("says")));
        }
        let known = app::registry::refusals().into_iter().find(|kind| kind.code == text("code"));
        let code = known.map_or_else(|| by_status(http), |kind| kind.status.exit());
        Exit::Refused { code, kind: text("code").to_owned(), says, request }
    }

    /// The same for a reading, of which no data can be unclean: a column, a day or a period that cannot be read was
    /// used wrongly.
    pub(crate) fn of_reading(self) -> Exit {
        match self {
            Exit::Refused { code: 6, says, .. } => Exit::Usage(says),
            other => other,
        }
    }
}

/// The exit code of an HTTP status, where the catalogue does not know what was said.
fn by_status(http: u16) -> u8 {
    match http {
        404 => 3,
        401 | 403 => 4,
        409 | 412 | 428 => 5,
        413 | 422 | 400 => 6,
        429 | 503 => 8,
        _ => 1,
    }
}

impl From<Fault> for Exit {
    fn from(fault: Fault) -> Exit {
        Exit::Failed(fault.chain())
    }
}

impl From<Refused> for Exit {
    fn from(refused: Refused) -> Exit {
        match refused {
            Refused::Refusal(refusal) => {
                let fields: String = refusal
                    .fields
                    .iter()
                    .map(|field| format!("\n  {}: {}", field.field, field.says))
                    .collect();
                let says = format!("{} {}{fields}", refusal.says, refusal.way_out);
                Exit::Refused {
                    code: refusal.kind.status.exit(),
                    kind: refusal.kind.code.to_owned(),
                    says,
                    request: None,
                }
            }
            Refused::Fault(fault) => fault.into(),
        }
    }
}

impl From<calc::Stop> for Exit {
    fn from(stop: calc::Stop) -> Exit {
        match stop {
            calc::Stop::Usage(says) => Exit::Usage(says),
            calc::Stop::Unclean(says) => Exit::refused(6, says),
            calc::Stop::Failed(says) => Exit::Failed(says),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `cli.md`, "Exit codes".
    #[test]
    fn every_kind_of_end_has_its_number() {
        let of = |http: u16, body: &Value| Exit::of_answer(http, body, None);
        let body = serde_json::json!({"says": "No.", "way_out": "Ask.", "fields": []});
        for (http, code) in [(404, 3), (401, 4), (403, 4), (409, 5), (412, 5), (428, 5), (422, 6), (500, 1)] {
            assert_eq!(of(http, &body).code(), code, "{http}");
        }
        // Another person has to: a rule, though HTTP has the number of what is not allowed.
        let said = |code: &str| serde_json::json!({"code": code, "says": "No.", "way_out": "Ask."});
        assert_eq!(of(403, &said("same_person")).code(), 5);
        assert_eq!(of(403, &said("not_allowed")).code(), 4);
        assert_eq!(of(422, &said("invalid_input")).code(), 6);
        assert_eq!(of(422, &said("invalid_input")).of_reading().code(), 2);
        assert_eq!(of(404, &said("not_found")).of_reading().code(), 3);
        assert_eq!(Exit::Usage(String::new()).code(), 2);
        assert_eq!(Exit::Differs.code(), 7);
        assert_eq!(Exit::Unreachable(String::new()).code(), 8);
        assert_eq!(Exit::Stopped.code(), 130);
    }
}
