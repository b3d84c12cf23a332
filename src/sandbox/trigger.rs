//! Typed values that reach documented errors, for whoever learns or tests in the page, where no
//! fault can be ordered. Which values they are is in `table`.

mod table;

pub use table::TRIGGERS;

use super::ask::at;
use crate::catalogue::operation::Operation;
use serde_json::Value as Json;

/// A value that reaches a documented error when it is typed into a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trigger {
    /// Operation id.
    pub operation: &'static str,
    /// Path of the field.
    pub path: &'static str,
    pub value: &'static str,
    /// HTTP status and, after a space, the provider's code; or what happens after an accepted call.
    pub reaches: &'static str,
}

/// The documented error that a request asks for by one of its values, as status and code. Values
/// that are accepted first are none of its business: what comes later comes from the provider.
pub(super) fn met(operation: &Operation, fields: &Json) -> Option<&'static str> {
    TRIGGERS
        .iter()
        .filter(|trigger| trigger.operation == operation.id && !trigger.reaches.contains(", then"))
        .find(|trigger| at(fields, trigger.path).as_str() == Some(trigger.value))
        .map(|trigger| trigger.reaches)
}

/// Status and code of what a trigger reaches.
pub(super) fn status_and_code(reaches: &str) -> (u16, &str) {
    let (status, code) = reaches.split_once(' ').unwrap_or((reaches, ""));
    (status.trim_end_matches(',').parse().unwrap_or(500), code)
}
