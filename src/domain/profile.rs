//! What a change to a record that a provider already has, such as a profile, comes to: only what
//! differs is sent, and an empty field is not. How it is shown and sent is not this module's matter.

use crate::catalogue::{
    draft::Draft,
    field::{Field, Kind, Place},
    operation::Operation,
    value::MASK,
};
use serde_json::Value as Json;

/// One field whose value will be another.
#[derive(Clone, Debug)]
pub struct Change {
    pub path: String,
    pub field: &'static Field,
    /// Rows of a list are lines. No provider tells a secret, so of one this is empty.
    pub before: String,
    /// A secret is masked.
    pub after: String,
}

impl PartialEq for Change {
    fn eq(&self, other: &Change) -> bool {
        (&self.path, &self.before, &self.after) == (&other.path, &other.before, &other.after)
    }
}

/// The fields that were changed, in the order of the form; emptied ones are not among them.
pub fn changes(operation: &Operation, record: &Draft, now: &Draft) -> Vec<Change> {
    let change = |(path, field): (String, &'static Field)| {
        let (before, after) = (values(record, &path, field), values(now, &path, field));
        let differs = !after.is_empty() && before != after;
        let after = if field.is_secret() { MASK.to_owned() } else { after.join("\n") };
        differs.then(|| Change { path, field, before: before.join("\n"), after })
    };
    operation.body_fields().into_iter().filter_map(change).collect()
}

/// The fields that had a value and were emptied: no provider's update can express that.
pub fn cleared(operation: &Operation, record: &Draft, now: &Draft) -> Vec<(String, &'static Field)> {
    let emptied = |(path, field): &(String, &'static Field)| {
        !values(record, path, field).is_empty() && values(now, path, field).is_empty()
    };
    operation.body_fields().into_iter().filter(emptied).collect()
}

/// The draft of the request: what was changed, and what names the record.
pub fn asked(operation: &Operation, record: &Draft, now: &Draft) -> Draft {
    let mut asked = Draft::default();
    for field in operation.fields_in(Place::Path) {
        asked.take(field.name, record);
    }
    for change in changes(operation, record, now) {
        asked.take(&change.path, now);
    }
    asked
}

/// The record as it will be once the changes are carried out.
pub fn result(operation: &Operation, record: &Draft, now: &Draft) -> Draft {
    let mut result = record.clone();
    for change in changes(operation, record, now) {
        result.take(&change.path, now);
    }
    result
}

/// The form's draft over a new record: what was typed since `sent` stays, everything else follows
/// the record.
pub fn rebased(operation: &Operation, sent: &Draft, now: &Draft, record: &Draft) -> Draft {
    let mut rebased = record.clone();
    for (path, field) in operation.body_fields() {
        if values(sent, &path, field) != values(now, &path, field) {
            rebased.take(&path, now);
        }
    }
    rebased
}

/// Whether a record that was read again has everything that was asked for, as far as it can be seen;
/// `None` where nothing of it can, as of a secret.
pub fn took_effect(operation: &Operation, asked: &Draft, found: &Draft) -> Option<bool> {
    let seen = |(path, field): &(String, &'static Field)| {
        !field.is_secret() && !values(asked, path, field).is_empty()
    };
    let mut visible = operation.body_fields().into_iter().filter(seen).peekable();
    visible.peek()?;
    Some(
        visible.all(|(path, field)| {
            trimmed(&values(asked, &path, field)).eq(trimmed(&values(found, &path, field)))
        }),
    )
}

/// What a field holds, as text; rows of a list are lines.
pub fn text(draft: &Draft, path: &str, field: &Field) -> String {
    values(draft, path, field).join("\n")
}

/// The record after an update: what was asked for, and of what the provider answered everything that
/// it names. No record has secrets.
pub fn updated(operation: &Operation, record: &Draft, asked: &Draft, answer: &Json) -> Draft {
    let mut updated = record.clone();
    let answered = Draft::from_json(operation, answer);
    for (path, _) in operation.body_fields() {
        if answer.pointer(&format!("/{}", path.replace('.', "/"))).is_some() {
            updated.take(&path, &answered);
        } else if asked.holds(&path) {
            updated.take(&path, asked);
        }
    }
    updated.without_secrets()
}

fn trimmed(values: &[String]) -> impl Iterator<Item = &str> {
    values.iter().map(|text| text.trim())
}

/// What a field holds: one text, the rows of a list, or nothing. Spaces alone are nothing.
fn values(draft: &Draft, path: &str, field: &Field) -> Vec<String> {
    let values: Vec<String> = match field.kind {
        Kind::List(_) => {
            let row = |row| draft.text(&format!("{path}.{row}")).to_owned();
            (0..draft.rows(path)).map(row).collect()
        }
        _ => vec![draft.text(path).to_owned()],
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
