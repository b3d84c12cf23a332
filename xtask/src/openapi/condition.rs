//! When a field belongs to a request, as far as JSON Schema can say it: by the fields beside it.

use serde_json::{Value, json};
use switchboard::catalogue::{
    field::{Field, When},
    operation::Operation,
};

/// What has to hold of the object at `path` for its member to belong to it: nothing where it always does,
/// `None` where that is seen elsewhere.
pub fn of(operation: &Operation, path: &str, member: &Field) -> Option<Vec<Value>> {
    let beside = |other: &'static str| match path {
        "" => (!other.contains('.')).then_some(other),
        path => other.strip_prefix(path)?.strip_prefix('.').filter(|rest| !rest.contains('.')),
    };
    let (other, mut holds) = match member.when {
        When::Always => return Some(vec![]),
        When::Filled { path } => (path, json!({ "required": [beside(path)?] })),
        When::Is { path, values } => (path, json!({ "properties": { beside(path)?: { "enum": values } } })),
    };
    let name = beside(other)?;
    let on = operation.field(other)?;
    // A field that is left out counts as its default.
    if let When::Is { values, .. } = member.when
        && !values.contains(&on.default)
    {
        holds["required"] = json!([name]);
    }
    let mut all = of(operation, path, on)?;
    all.push(holds);
    Some(all)
}

/// The same in words.
pub fn words(field: &Field) -> Option<String> {
    match field.when {
        When::Always => None,
        When::Filled { path } => Some(format!("only with {path}")),
        When::Is { path, values } => Some(format!("only where {path} is {}", values.join(" or "))),
    }
}
