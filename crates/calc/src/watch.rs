//! Who is told of a calculation while it goes on.

use kernel::Headway;
use serde_json::{Map, Value};

/// Takes a row as it is found; whether to go on.
pub type EachRow<'w> = &'w mut dyn FnMut(Map<String, Value>) -> bool;

/// Who is told of a calculation while it goes on. Of the default, nobody.
#[derive(Default)]
pub struct Watch<'w> {
    /// How far it is.
    pub headway: Headway,
    /// Takes rows one by one from a verb that finds them so; then they do not stand in the answer's lines.
    pub rows: Option<EachRow<'w>>,
}
