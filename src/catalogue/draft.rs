//! What has been typed into a form so far: texts by path, and the number of rows of each list.
//! Secrets are kept apart and never serialized, so a stored draft cannot hold one.

use super::{
    field::{Field, Kind},
    operation::Operation,
    value::{Secret, names_credential},
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The members of a pair that somebody names.
const KEY: &str = "key";
const VALUE: &str = "value";

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    texts: BTreeMap<String, String>,
    rows: BTreeMap<String, usize>,
    #[serde(skip)]
    secrets: BTreeMap<String, Secret>,
}

impl Draft {
    /// The text at a path, secret or not; empty where nothing was typed.
    pub fn text(&self, path: &str) -> &str {
        self.secrets
            .get(path)
            .map(Secret::reveal)
            .or_else(|| self.texts.get(path).map(String::as_str))
            .unwrap_or_default()
    }

    pub fn set(&mut self, operation: &Operation, path: &str, text: String) {
        if operation.field(path).is_some_and(Field::is_secret) {
            put(&mut self.secrets, path, Secret::new(text), Secret::is_empty);
        } else {
            self.secrets.remove(path);
            put(&mut self.texts, path, text, String::is_empty);
            self.keep_pair(operation, path);
        }
    }

    /// Of a pair of a key and a value that somebody names, the value is a secret where the key sounds like a
    /// credential.
    fn keep_pair(&mut self, operation: &Operation, path: &str) {
        let Some((pair, _)) = path.rsplit_once('.') else { return };
        let (key, value) = (format!("{pair}.{KEY}"), format!("{pair}.{VALUE}"));
        if operation.field(&key).is_none() || operation.field(&value).is_none_or(Field::is_secret) {
            return;
        }
        if names_credential(self.text(&key)) {
            if let Some(text) = self.texts.remove(&value) {
                self.secrets.insert(value, Secret::new(text));
            }
        } else if let Some(secret) = self.secrets.remove(&value) {
            self.texts.insert(value, secret.reveal().to_owned());
        }
    }

    /// Whether what stands at a path is kept as a secret.
    pub fn is_secret(&self, path: &str) -> bool {
        self.secrets.contains_key(path)
    }

    /// The number of rows of the list at a path.
    pub fn rows(&self, list: &str) -> usize {
        self.rows.get(list).copied().unwrap_or(0)
    }

    /// The number of rows of the longest list.
    pub fn most_rows(&self) -> usize {
        self.rows.values().copied().max().unwrap_or(0)
    }

    pub fn add_row(&mut self, list: &str) {
        self.set_rows(list, self.rows(list) + 1);
    }

    pub fn remove_row(&mut self, list: &str, row: usize) {
        let rows = self.rows(list);
        if row < rows {
            self.renumber(list, &|at| match at.cmp(&row) {
                std::cmp::Ordering::Less => Some(at),
                std::cmp::Ordering::Equal => None,
                std::cmp::Ordering::Greater => Some(at - 1),
            });
            self.set_rows(list, rows - 1);
        }
    }

    /// Moves one row to another place; the rows between close up.
    pub fn move_row(&mut self, list: &str, from: usize, to: usize) {
        if from.max(to) < self.rows(list) {
            self.renumber(list, &|at| Some(moved(at, from, to)));
        }
    }

    /// Makes one field, with everything below it, what it is in another draft.
    pub fn take(&mut self, path: &str, from: &Draft) {
        take(&mut self.texts, path, &from.texts);
        take(&mut self.rows, path, &from.rows);
        take(&mut self.secrets, path, &from.secrets);
    }

    /// Whether anything of a single value or of a list is there.
    pub fn holds(&self, path: &str) -> bool {
        !self.text(path).is_empty() || self.rows(path) > 0
    }

    /// Whether there is nothing in it that may be stored.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.rows.is_empty()
    }

    /// Whether two drafts are the same but for their secrets.
    pub fn same_texts(&self, other: &Draft) -> bool {
        self.texts == other.texts && self.rows == other.rows
    }

    /// Whether anything in it is a secret, which a reload would lose.
    pub fn has_secrets(&self) -> bool {
        !self.secrets.is_empty()
    }

    /// The same without its secrets, as it would be stored.
    pub fn without_secrets(&self) -> Draft {
        Draft { secrets: BTreeMap::new(), ..self.clone() }
    }

    /// The draft that gives a request in JSON, with the fields of every place at its top.
    pub fn from_json(operation: &Operation, request: &Json) -> Draft {
        let mut draft = Draft::default();
        for field in operation.fields {
            if let Some(json) = request.get(field.name) {
                draft.fill(operation, field.name, field, json);
            }
        }
        draft
    }

    fn fill(&mut self, operation: &Operation, path: &str, field: &'static Field, json: &Json) {
        match (field.kind, json) {
            (Kind::Constant(_), _) | (_, Json::Null) => {}
            (Kind::List(item), Json::Array(rows)) => {
                self.set_rows(path, rows.len());
                for (row, json) in rows.iter().enumerate() {
                    self.fill(operation, &format!("{path}.{row}"), item, json);
                }
            }
            (Kind::Group(members), Json::Object(given)) => {
                for member in members {
                    if let Some(json) = given.get(member.name) {
                        self.fill(operation, &format!("{path}.{}", member.name), member, json);
                    }
                }
            }
            (_, Json::String(text)) => self.set(operation, path, text.clone()),
            (_, other) => self.set(operation, path, other.to_string()),
        }
    }

    fn set_rows(&mut self, list: &str, rows: usize) {
        put(&mut self.rows, list, rows, |rows| *rows == 0);
    }

    fn renumber(&mut self, list: &str, to: &dyn Fn(usize) -> Option<usize>) {
        rename(&mut self.texts, list, to);
        rename(&mut self.rows, list, to);
        rename(&mut self.secrets, list, to);
    }
}

/// Where row `at` stands after row `from` went to `to`.
pub fn moved(at: usize, from: usize, to: usize) -> usize {
    if at == from {
        to
    } else if from < at && at <= to {
        at - 1
    } else if to <= at && at < from {
        at + 1
    } else {
        at
    }
}

/// The path after the rows of a list were renumbered; `None` when its row is gone.
pub fn renumbered(path: &str, list: &str, to: &dyn Fn(usize) -> Option<usize>) -> Option<String> {
    let Some(rest) = path.strip_prefix(list).and_then(|rest| rest.strip_prefix('.')) else {
        return Some(path.to_owned());
    };
    let (row, below) = rest.split_once('.').map_or((rest, None), |(row, below)| (row, Some(below)));
    let Ok(row) = row.parse::<usize>() else { return Some(path.to_owned()) };
    let row = to(row)?;
    Some(match below {
        Some(below) => format!("{list}.{row}.{below}"),
        None => format!("{list}.{row}"),
    })
}

fn rename<T>(map: &mut BTreeMap<String, T>, list: &str, to: &dyn Fn(usize) -> Option<usize>) {
    *map = std::mem::take(map)
        .into_iter()
        .filter_map(|(path, value)| Some((renumbered(&path, list, to)?, value)))
        .collect();
}

fn take<T: Clone>(map: &mut BTreeMap<String, T>, field: &str, from: &BTreeMap<String, T>) {
    let of_field =
        |path: &str| path.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    map.retain(|path, _| !of_field(path));
    let taken = from.iter().filter(|(path, _)| of_field(path));
    map.extend(taken.map(|(path, value)| (path.clone(), value.clone())));
}

fn put<T>(map: &mut BTreeMap<String, T>, path: &str, value: T, absent: impl Fn(&T) -> bool) {
    if absent(&value) {
        map.remove(path);
    } else {
        map.insert(path.to_owned(), value);
    }
}

#[cfg(test)]
mod tests;
