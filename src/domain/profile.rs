//! What a change to a record that a provider already has, such as a profile, comes to: only what
//! differs is sent, and an empty field is not. How it is shown and sent is not this module's matter.

use crate::catalogue::{
    draft::Draft,
    field::{Field, Kind, Place},
    operation::Operation,
};
use serde_json::Value as Json;

/// One field whose value will be another.
#[derive(Clone, Debug)]
pub struct Change {
    pub field: &'static Field,
    /// Rows of a list are lines.
    pub before: String,
    pub after: String,
}

impl PartialEq for Change {
    fn eq(&self, other: &Change) -> bool {
        (self.field.name, &self.before, &self.after) == (other.field.name, &other.before, &other.after)
    }
}

/// The fields that were changed, in the order of the form; emptied ones are not among them.
pub fn changes(operation: &Operation, record: &Draft, now: &Draft) -> Vec<Change> {
    let change = |field: &'static Field| {
        let (before, after) = (values(record, field), values(now, field));
        let differs = !after.is_empty() && before != after;
        differs.then(|| Change { field, before: before.join("\n"), after: after.join("\n") })
    };
    operation.fields_in(Place::Body).filter_map(change).collect()
}

/// The fields that had a value and were emptied: no provider's update can express that.
pub fn cleared(operation: &Operation, record: &Draft, now: &Draft) -> Vec<&'static Field> {
    let emptied = |field: &&'static Field| !values(record, field).is_empty() && values(now, field).is_empty();
    operation.fields_in(Place::Body).filter(emptied).collect()
}

/// The draft of the request: what was changed, and what names the record.
pub fn asked(operation: &Operation, record: &Draft, now: &Draft) -> Draft {
    let mut asked = Draft::default();
    for field in operation.fields_in(Place::Path) {
        asked.take(field.name, record);
    }
    for change in changes(operation, record, now) {
        asked.take(change.field.name, now);
    }
    asked
}

/// The record as it will be once the changes are carried out.
pub fn result(operation: &Operation, record: &Draft, now: &Draft) -> Draft {
    let mut result = record.clone();
    for change in changes(operation, record, now) {
        result.take(change.field.name, now);
    }
    result
}

/// The form's draft over a new record: what was typed since `sent` stays, everything else follows
/// the record.
pub fn rebased(operation: &Operation, sent: &Draft, now: &Draft, record: &Draft) -> Draft {
    let mut rebased = record.clone();
    for field in operation.fields_in(Place::Body) {
        if values(sent, field) != values(now, field) {
            rebased.take(field.name, now);
        }
    }
    rebased
}

/// Whether a record that was read again has everything that was asked for.
pub fn took_effect(operation: &Operation, asked: &Draft, found: &Draft) -> bool {
    operation.fields_in(Place::Body).all(|field| {
        let wanted = values(asked, field);
        wanted.is_empty() || trimmed(&wanted).eq(trimmed(&values(found, field)))
    })
}

/// What a field holds, as text; rows of a list are lines.
pub fn text(draft: &Draft, field: &Field) -> String {
    values(draft, field).join("\n")
}

/// The record after an update: what was asked for, and of what the provider answered everything that
/// it names.
pub fn updated(operation: &Operation, record: &Draft, asked: &Draft, answer: &Json) -> Draft {
    let mut updated = record.clone();
    let answered = Draft::from_json(operation, answer);
    for field in operation.fields_in(Place::Body) {
        if answer.get(field.name).is_some() {
            updated.take(field.name, &answered);
        } else if asked.holds(field.name) {
            updated.take(field.name, asked);
        }
    }
    updated
}

fn trimmed(values: &[String]) -> impl Iterator<Item = &str> {
    values.iter().map(|text| text.trim())
}

/// What a field holds: one text, the rows of a list, or nothing. Spaces alone are nothing.
fn values(draft: &Draft, field: &Field) -> Vec<String> {
    let values: Vec<String> = match field.kind {
        Kind::List(_) => {
            let row = |row| draft.text(&format!("{}.{row}", field.name)).to_owned();
            (0..draft.rows(field.name)).map(row).collect()
        }
        _ => vec![draft.text(field.name).to_owned()],
    };
    if values.iter().all(|text| text.trim().is_empty()) { vec![] } else { values }
}

/// Whether a photo that was sent without an answer is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    Saved,
    NotSaved,
    /// It was the same address before, or is a third one now.
    Unclear,
}

/// Compares the addresses of a photo: before, as sent, and as read again.
pub fn photo_settled(before: Option<&str>, sent: &str, now: Option<&str>) -> Settled {
    if now == Some(sent) && before != Some(sent) {
        Settled::Saved
    } else if now == before && before != Some(sent) {
        Settled::NotSaved
    } else {
        Settled::Unclear
    }
}

#[cfg(test)]
mod tests;
