//! From what was given, typed text or JSON, to values of the documented kinds, with every problem
//! on the way. Form and sandbox both come through here, so they cannot disagree.

use super::{
    call::Call,
    check,
    draft::Draft,
    evidence::Evidence,
    field::{Field, Kind, Place},
    kind,
    operation::Operation,
    problem::{Fault, Problem},
    value::Value,
};
use serde_json::Value as Json;

/// A draft or an arrived request, understood as far as it can be.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    sketch: Call,
    /// In the order of the form.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// The call as it stands, complete or not: for the preview.
    pub fn sketch(&self) -> &Call {
        &self.sketch
    }

    /// The call, if nothing keeps it from being sent.
    pub fn ready(&self) -> Option<Call> {
        (!self.problems.iter().any(|problem| problem.blocks)).then(|| self.sketch.clone())
    }
}

/// Reads what a person typed.
pub fn draft(operation: &'static Operation, draft: &Draft) -> Reading {
    read(operation, &Typed { operation, draft })
}

/// Reads a request as a provider receives it: an object with the fields of every place at its top.
pub fn json(operation: &'static Operation, request: &Json) -> Reading {
    read(operation, &Arrived { operation, request })
}

fn read(operation: &'static Operation, given: &dyn Given) -> Reading {
    let mut reader = Reader { operation, given, problems: vec![] };
    let members = reader.members("", operation.fields);
    let values = Value::Group(members);
    let mut problems = reader.problems;
    for rule in operation.rules {
        for problem in check::check(rule, operation, &values) {
            if !problems.iter().any(|other| other.path == problem.path && other.blocks) {
                problems.push(problem);
            }
        }
    }
    Reading { sketch: Call::new(operation, values), problems }
}

/// What was given for one field that is neither list nor group.
pub enum Scalar {
    Absent,
    Is(Value),
    Broken(Value, Fault),
}

/// Where values come from.
trait Given {
    fn scalar(&self, path: &str, field: &'static Field) -> Scalar;
    /// The number of rows, `None` when the list is not there.
    fn rows(&self, path: &str) -> Result<Option<usize>, Fault>;
    /// Whether a group is there even if nothing in it is.
    fn group(&self, path: &str) -> Result<bool, Fault>;
    /// The text that conditions compare.
    fn text(&self, path: &str) -> String;
}

struct Reader<'a> {
    operation: &'static Operation,
    given: &'a dyn Given,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn members(&mut self, path: &str, fields: &'static [Field]) -> Vec<(&'static str, Value)> {
        let get = |path: &str| self.given.text(path);
        let applying: Vec<_> = fields.iter().filter(|field| self.operation.applies(field, &get)).collect();
        applying
            .into_iter()
            .filter_map(|field| {
                let path =
                    if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
                Some((field.name, self.field(&path, field, false)?))
            })
            .collect()
    }

    /// Reads one field. `row` tells that it is a row of a list, which may not be empty.
    fn field(&mut self, path: &str, field: &'static Field, row: bool) -> Option<Value> {
        let before = self.problems.len();
        let value = match field.kind {
            Kind::Constant(text) => return Some(Value::Text(text.into())),
            Kind::List(item) => self.list(path, field, item),
            Kind::Group(members) => self.group(path, field, members, row),
            _ => self.scalar(path, field),
        };
        match &value {
            // A form never sends an empty text, but it may arrive.
            Some(Value::Text(text)) if row && text.is_empty() && self.problems.len() == before => {
                self.push(path, Fault::EmptyRow, field.evidence);
            }
            Some(value) if self.problems.len() == before => self.limits(path, field, value),
            Some(_) => {}
            None if row => self.push(path, Fault::EmptyRow, field.evidence),
            None => {
                if let (Some(evidence), true) = (field.required, self.problems.len() == before) {
                    self.push(path, missing(field), evidence);
                }
            }
        }
        value
    }

    fn scalar(&mut self, path: &str, field: &'static Field) -> Option<Value> {
        match self.given.scalar(path, field) {
            Scalar::Absent => None,
            Scalar::Is(value) => Some(value),
            Scalar::Broken(value, fault) => {
                self.push(path, fault, field.evidence);
                Some(value)
            }
        }
    }

    fn list(&mut self, path: &str, field: &'static Field, item: &'static Field) -> Option<Value> {
        match self.given.rows(path) {
            Ok(None | Some(0)) => None,
            Ok(Some(rows)) => Some(Value::List(
                (0..rows)
                    .map(|row| {
                        let path = format!("{path}.{row}");
                        self.field(&path, item, true).unwrap_or(Value::Text(String::new()))
                    })
                    .collect(),
            )),
            Err(fault) => {
                self.push(path, fault, field.evidence);
                None
            }
        }
    }

    fn group(
        &mut self,
        path: &str,
        field: &'static Field,
        members: &'static [Field],
        row: bool,
    ) -> Option<Value> {
        let there = match self.given.group(path) {
            Ok(there) => there,
            Err(fault) => {
                self.push(path, fault, field.evidence);
                return None;
            }
        };
        let before = self.problems.len();
        let found = self.members(path, members);
        let asked = |name: &str| {
            members.iter().any(|member| member.name == name && !matches!(member.kind, Kind::Constant(_)))
        };
        let filled = found.iter().any(|(name, _)| asked(name));
        if there || row || filled || field.required.is_some() {
            Some(Value::Group(found))
        } else {
            // Nothing of an optional group was given: what its members require does not matter.
            self.problems.truncate(before);
            None
        }
    }

    fn limits(&mut self, path: &str, field: &'static Field, value: &Value) {
        for limit in field.limits {
            if let Some((fault, certain)) = limit.check(value) {
                let problem = if certain {
                    Problem::new(path, fault, limit.evidence)
                } else {
                    Problem::warning(path, fault, limit.evidence)
                };
                let blocks = problem.blocks;
                self.problems.push(problem);
                if blocks {
                    return;
                }
            }
        }
    }

    fn push(&mut self, path: &str, fault: Fault, evidence: Evidence) {
        // A value that is not of its kind can be sent by nobody, whatever the evidence.
        let certain = !matches!(fault, Fault::Missing | Fault::TooFew { .. });
        self.problems
            .push(Problem { blocks: certain || evidence.blocks(), ..Problem::new(path, fault, evidence) });
    }
}

fn missing(field: &Field) -> Fault {
    match field.kind {
        Kind::List(_) => Fault::TooFew { min: 1 },
        _ => Fault::Missing,
    }
}

struct Typed<'a> {
    operation: &'static Operation,
    draft: &'a Draft,
}

impl Given for Typed<'_> {
    fn scalar(&self, path: &str, field: &'static Field) -> Scalar {
        let text = self.draft.text(path);
        if is_absent(field, text) {
            return Scalar::Absent;
        }
        match kind::typed(field, text).and_then(|value| placed(self.operation, path, field, value)) {
            Ok(Value::Text(text)) if self.draft.is_secret(path) => {
                Scalar::Is(Value::Secret(super::value::Secret::new(text)))
            }
            Ok(value) => Scalar::Is(value),
            Err(fault) if field.is_secret() || self.draft.is_secret(path) => {
                Scalar::Broken(Value::Secret(super::value::Secret::new(text)), fault)
            }
            Err(fault) => Scalar::Broken(Value::Unread(text.to_owned()), fault),
        }
    }

    fn rows(&self, path: &str) -> Result<Option<usize>, Fault> {
        Ok(Some(self.draft.rows(path)))
    }

    fn group(&self, _: &str) -> Result<bool, Fault> {
        Ok(false)
    }

    fn text(&self, path: &str) -> String {
        let text = self.draft.text(path);
        let absent = self.operation.field(path).is_some_and(|field| is_absent(field, text));
        if absent { String::new() } else { text.to_owned() }
    }
}

/// Spaces are a text, but no value of any other kind.
fn is_absent(field: &Field, text: &str) -> bool {
    text.is_empty() || (text.trim().is_empty() && !matches!(field.kind, Kind::Text(_)))
}

struct Arrived<'a> {
    operation: &'static Operation,
    request: &'a Json,
}

impl Arrived<'_> {
    fn at(&self, path: &str) -> Option<&Json> {
        path.split('.').try_fold(self.request, |json, part| match json {
            Json::Array(rows) => rows.get(part.parse::<usize>().ok()?),
            Json::Object(members) => members.get(part),
            _ => None,
        })
    }
}

impl Given for Arrived<'_> {
    fn scalar(&self, path: &str, field: &'static Field) -> Scalar {
        match self.at(path) {
            None | Some(Json::Null) => Scalar::Absent,
            Some(json) => {
                match kind::arrived(field, json).and_then(|value| placed(self.operation, path, field, value))
                {
                    Ok(value) => Scalar::Is(value),
                    Err(fault) => Scalar::Broken(Value::Unread(String::new()), fault),
                }
            }
        }
    }

    fn rows(&self, path: &str) -> Result<Option<usize>, Fault> {
        match self.at(path) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::Array(rows)) => Ok(Some(rows.len())),
            Some(_) => Err(Fault::WrongType { wants: "a list" }),
        }
    }

    fn group(&self, path: &str) -> Result<bool, Fault> {
        match self.at(path) {
            None | Some(Json::Null) => Ok(false),
            Some(Json::Object(_)) => Ok(true),
            Some(_) => Err(Fault::WrongType { wants: "an object" }),
        }
    }

    fn text(&self, path: &str) -> String {
        self.operation
            .field(path)
            .and_then(|field| kind::arrived(field, self.at(path)?).ok())
            .map(|value| Value::Group(vec![("value", value)]).text_at("value"))
            .unwrap_or_default()
    }
}

/// What the place of a top-level field adds to its kind.
fn placed(
    operation: &'static Operation,
    path: &str,
    field: &'static Field,
    value: Value,
) -> Result<Value, Fault> {
    let top = path.split('.').next().and_then(|name| operation.field(name)).unwrap_or(field);
    let text = value.as_text().unwrap_or_default();
    match top.place {
        Place::Path if text == "." || text == ".." => Err(Fault::NotPathSegment),
        Place::Header if !text.chars().all(|c| matches!(c, ' '..='~')) => Err(Fault::NotHeaderText),
        // HTTP drops the spaces around a header's value.
        Place::Header if text.trim() != text => Err(Fault::EdgeSpaces(text.trim().to_owned())),
        _ => Ok(value),
    }
}

#[cfg(test)]
mod tests;
