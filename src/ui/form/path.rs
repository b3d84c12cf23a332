//! What a path of a request is called on the page: the id of its element, and the label that a person knows
//! it by.

use super::Form;
use crate::catalogue::{failure::Failure, field::Field, operation::Operation};
use leptos::prelude::ReadUntracked;

/// The name of the top-level field that a path is in.
pub(super) fn top(path: &str) -> &str {
    path.split('.').next().unwrap_or_default()
}

/// Id of the element that takes the focus for a path: an input, or the list's add button.
pub fn element_id(path: &str) -> String {
    format!("field-{}", path.replace('.', "-"))
}

/// The label a person knows a path by, such as `Section 1 › Title`. The one object around a whole body
/// is not drawn, so it is not named either.
pub fn label(form: Form, path: &str) -> String {
    let draft = form.entry.draft.read_untracked();
    let get = |path: &str| draft.text(path).to_owned();
    let parts: Vec<&str> = path.split('.').collect();
    let mut words: Vec<String> = vec![];
    // A box around a box is drawn as one.
    let mut wrapped = false;
    for end in 1..=parts.len() {
        let Some(field) = form.operation.field_now(&parts[..end].join("."), &get) else { continue };
        if let Ok(row) = parts[end - 1].parse::<usize>() {
            words.pop();
            words.push(format!("{} {}", field.label, row + 1));
        } else if wrapped {
            // Its name stands for both.
        } else if parts.len() == 1 || end > 1 || body_root(form.operation).is_none() {
            words.push(field.label.to_owned());
        }
        wrapped = field.wraps().is_some();
    }
    words.join(" › ")
}

/// What the provider said of single values, by their labels.
pub fn said(form: Form, failure: &Failure) -> Vec<(String, String)> {
    let named = |(path, reason): &(String, String)| {
        let name = label(form, path);
        (if name.is_empty() { path.clone() } else { name }, reason.clone())
    };
    failure.said.fields.iter().map(named).collect()
}

/// The members of the one object that is the whole body, and its key: it needs no box around it.
pub fn body_root(operation: &Operation) -> Option<(&'static str, &'static [Field])> {
    operation.body_root()
}
