//! One value of a request, ready for checking, previewing and sending.
//! A secret is a type of its own that nothing prints by accident.

use serde_json::{Map, Number, Value as Json};
use std::fmt;

/// A credential or a secret field. It has no `Display`, is never serialized, and its `Debug` is a mask.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What stands where a secret would.
pub const MASK: &str = "••••••";

impl Secret {
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// The secret itself, for the request that carries it and for the field it is typed into.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// Parts of the names of settings that hold credentials.
const CREDENTIALS: [&str; 6] = ["token", "secret", "password", "apikey", "auth", "credential"];

/// Whether a setting that somebody has named holds a credential, as far as its name tells.
pub fn names_credential(key: &str) -> bool {
    let letters: String = key.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    CREDENTIALS.iter().any(|part| letters.contains(part))
}

/// A value, in the documented order of its group.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    Number(Number),
    Bool(bool),
    Secret(Secret),
    List(Vec<Value>),
    Group(Vec<(&'static str, Value)>),
    /// What was typed where it is not a value of the field's kind: shown in the preview, never sent.
    Unread(String),
}

impl Value {
    /// The text of a text or a secret.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            Value::Secret(secret) => Some(secret.reveal()),
            _ => None,
        }
    }

    /// A member of a group or a row of a list, by one part of a path.
    pub fn step(&self, part: &str) -> Option<&Value> {
        match self {
            Value::Group(members) => members.iter().find(|(name, _)| *name == part).map(|(_, value)| value),
            Value::List(rows) => rows.get(part.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// The value at a path such as `message.buttons.0.title`.
    pub fn at(&self, path: &str) -> Option<&Value> {
        path.split('.').try_fold(self, Value::step)
    }

    /// The text at a path, empty when there is none: what conditions compare.
    pub fn text_at(&self, path: &str) -> String {
        match self.at(path) {
            Some(Value::Bool(truth)) => truth.to_string(),
            Some(Value::Number(number)) => number.to_string(),
            Some(value) => value.as_text().unwrap_or_default().to_owned(),
            None => String::new(),
        }
    }

    /// JSON with every secret masked: for the screen, the history and exports.
    pub fn masked(&self) -> Json {
        self.json(&|_| Json::String(MASK.into()))
    }

    /// JSON as it goes to the provider. Only the transport may call this.
    pub fn revealed(&self) -> Json {
        self.json(&|secret| Json::String(secret.reveal().into()))
    }

    /// Every secret in it.
    pub fn secrets(&self) -> Vec<&Secret> {
        match self {
            Value::Secret(secret) => vec![secret],
            Value::List(rows) => rows.iter().flat_map(Value::secrets).collect(),
            Value::Group(members) => members.iter().flat_map(|(_, value)| value.secrets()).collect(),
            _ => vec![],
        }
    }

    fn json(&self, secret: &dyn Fn(&Secret) -> Json) -> Json {
        match self {
            Value::Text(text) | Value::Unread(text) => Json::String(text.clone()),
            Value::Number(number) => Json::Number(number.clone()),
            Value::Bool(truth) => Json::Bool(*truth),
            Value::Secret(value) => secret(value),
            Value::List(rows) => Json::Array(rows.iter().map(|row| row.json(secret)).collect()),
            Value::Group(members) => Json::Object(
                members
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), value.json(secret)))
                    .collect::<Map<_, _>>(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::names_credential;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn names_of_credentials_are_known_however_they_are_written() {
        for key in ["token", "access_token", "API-Key", "clientSecret", "Authorization", "db password"] {
            assert!(names_credential(key), "{key}");
        }
        for key in ["template", "source", "monkey", ""] {
            assert!(!names_credential(key), "{key}");
        }
    }
}
