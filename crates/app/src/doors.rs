//! What doors refuse before any command or reading is looked at.

use std::collections::BTreeMap;

use kernel::{Refusal, RefusalKind, Status};
use serde_json::Value;

/// A change asked for by another site.
pub static CROSS_SITE: RefusalKind = RefusalKind {
    code: "cross_site",
    status: Status::Forbidden,
    says: "This change was asked for by another site.",
    way_out: "Open Quarterdeck itself and do it there.",
};

/// An address with bytes that are no text.
pub static ADDRESS_UNREADABLE: RefusalKind = RefusalKind {
    code: "address_unreadable",
    status: Status::Unclean,
    says: "The address, or the request, cannot be read.",
    way_out: "Write it in UTF-8, without the character NUL.",
};

/// More than is taken at once.
pub static REQUEST_TOO_LARGE: RefusalKind = RefusalKind {
    code: "request_too_large",
    status: Status::TooLarge,
    says: "That is more than is taken at once: 64 MiB.",
    way_out: "Split the file.",
};

/// An address that is there, for another method.
pub static METHOD_NOT_TAKEN: RefusalKind = RefusalKind {
    code: "method_not_taken",
    status: Status::NoMethod,
    says: "This address does not take that method.",
    way_out: "Look at /api for what each address takes; pages take GET and POST.",
};

/// All of them, for the catalogue.
pub static REFUSALS: &[&RefusalKind] =
    &[&CROSS_SITE, &ADDRESS_UNREADABLE, &REQUEST_TOO_LARGE, &METHOD_NOT_TAKEN];

/// Refuses the character NUL anywhere in what is asked: PostgreSQL cannot store it, and no word has it.
pub(crate) fn refuse_nul(params: &BTreeMap<String, String>, body: &Value) -> Result<(), Refusal> {
    let param = params.iter().find(|(_, value)| value.contains('\0')).map(|(name, _)| name.clone());
    let Some(field) = param.or_else(|| with_nul("body", body)) else { return Ok(()) };
    Err(Refusal::field(&field, "This holds the character NUL, which no text has: leave it out."))
}

/// The field that holds NUL, in its name or in its value.
fn with_nul(field: &str, value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(|| field.to_owned()),
        Value::Array(items) => items.iter().find_map(|item| with_nul(field, item)),
        Value::Object(fields) => fields.iter().find_map(|(name, value)| {
            if name.contains('\0') { Some(field.to_owned()) } else { with_nul(name, value) }
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nul_is_found_wherever_it_stands_and_its_field_is_named() {
        for (body, field) in [
            (json!({"key": "CARE", "name": "A\0B"}), Some("name")),
            (json!({"columns": {"amount": ["a", "\0"]}}), Some("amount")),
            (json!({"na\0me": "x"}), Some("body")),
            (json!("\0"), Some("body")),
            (json!({"key": "CARE", "note": "a \\u0000 written out"}), None),
            (Value::Null, None),
        ] {
            assert_eq!(with_nul("body", &body).as_deref(), field, "{body}");
        }
        let params = BTreeMap::from([("key".to_owned(), "A\0".to_owned())]);
        assert_eq!(refuse_nul(&params, &Value::Null).unwrap_err().fields[0].field, "key");
    }
}
