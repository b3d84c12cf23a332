//! Values of a request as JSON Schema. Only what is documented becomes a keyword.

use super::{condition, evidence, shape};
use serde_json::{Map, Value, json};
use switchboard::catalogue::{
    evidence::Evidence,
    field::{Field, Kind, Place, Plus, Wire},
    limit::{Bound, Limit},
    operation::Operation,
};

/// Label and help.
pub fn words(field: &Field) -> String {
    if field.help.is_empty() { field.label.to_owned() } else { format!("{}. {}", field.label, field.help) }
}

/// One field. `path` is its own, rows of lists as `*`.
pub fn field(operation: &Operation, path: &str, field: &Field) -> Value {
    let mut schema = of_kind(operation, path, field);
    let mut shapes = schema.get("pattern").cloned().into_iter().collect::<Vec<_>>();
    for limit in field.limits.iter().filter(|limit| limit.evidence.blocks()) {
        keyword(&mut schema, limit, &mut shapes);
    }
    match shapes.as_slice() {
        [] => {}
        [one] => schema["pattern"] = one.clone(),
        many => {
            schema.as_object_mut().map(|schema| schema.remove("pattern"));
            schema["allOf"] = many.iter().map(|shape| json!({ "pattern": shape })).collect();
        }
    }
    if matches!(field.kind, Kind::List(_)) && field.required.is_some_and(Evidence::blocks) {
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0).max(1);
        schema["minItems"] = least.into();
    }
    tell(&mut schema, field);
    schema
}

/// An object of these fields.
pub fn group(operation: &Operation, path: &str, members: &[&Field]) -> Value {
    let at = |field: &Field| match path {
        "" => field.name.to_owned(),
        path => format!("{path}.{}", field.name),
    };
    let mut properties: Map<String, Value> = Map::new();
    let (mut required, mut conditions) = (vec![], vec![]);
    for member in members {
        let schema = field(operation, &at(member), member);
        let needed =
            matches!(member.kind, Kind::Constant(_)) || member.required.is_some_and(Evidence::blocks);
        let rivals = members.iter().filter(|other| other.name == member.name).count() > 1;
        match condition::of(operation, path, member) {
            // It always belongs to the request.
            Some(when) if when.is_empty() => {
                needed.then(|| required.push(member.name));
                properties.insert(member.name.to_owned(), schema);
            }
            // It belongs to it under conditions on its neighbours.
            Some(when) => {
                let mut then = json!({});
                if needed {
                    then["required"] = json!([member.name]);
                }
                if rivals {
                    then["properties"] = json!({ member.name: schema });
                    properties.entry(member.name).or_insert_with(|| json!({}));
                } else {
                    properties.insert(member.name.to_owned(), schema);
                }
                if needed || rivals {
                    conditions.push(json!({ "if": { "allOf": when }, "then": then }));
                }
            }
            // JSON Schema cannot look elsewhere.
            None => drop(properties.insert(member.name.to_owned(), schema)),
        }
    }
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    if !conditions.is_empty() {
        schema["allOf"] = conditions.into();
    }
    schema
}

fn of_kind(operation: &Operation, path: &str, field: &Field) -> Value {
    match field.kind {
        Kind::Text(_) => json!({ "type": "string" }),
        Kind::Digits => json!({ "type": "string", "pattern": "^[0-9]+$" }),
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Decimal => json!({ "type": "number" }),
        Kind::Choice(choices) => {
            let values: Vec<&str> = choices.iter().map(|choice| choice.value).collect();
            let labels: Map<String, Value> =
                choices.iter().map(|choice| (choice.value.to_owned(), choice.label.into())).collect();
            json!({ "type": "string", "enum": values, "x-labels": labels })
        }
        Kind::Toggle(Wire::Bool) => json!({ "type": "boolean" }),
        Kind::Toggle(Wire::Text) => json!({ "type": "string", "enum": ["true", "false"] }),
        Kind::Url => json!({ "type": "string", "format": "iri", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://" }),
        Kind::Email => json!({ "type": "string", "format": "idn-email" }),
        Kind::Phone(Plus::Always) => json!({ "type": "string", "pattern": "^\\+[1-9][0-9]{6,14}$" }),
        Kind::Phone(Plus::Never) => json!({ "type": "string", "pattern": "^[1-9][0-9]{6,14}$" }),
        Kind::Emoji => json!({ "type": "string", "minLength": 1, "x-kind": "exactly one emoji" }),
        Kind::Secret(_) => json!({ "type": "string", "format": "password", "writeOnly": true }),
        Kind::Constant(text) => json!({ "const": text }),
        Kind::List(item) => {
            json!({ "type": "array", "items": self::field(operation, &format!("{path}.*"), item) })
        }
        Kind::Group(members) => group(operation, path, &members.iter().collect::<Vec<_>>()),
    }
}

/// A documented limit, as far as a keyword can say it.
fn keyword(schema: &mut Value, limit: &Limit, shapes: &mut Vec<Value>) {
    let mut set = |name: &str, value: Value| schema[name] = value;
    match limit.bound {
        Bound::Length { min, max } => {
            if min > 0 {
                set("minLength", min.into());
            }
            set("maxLength", max.into());
        }
        // No text has fewer bytes than code points; the rest is said in words.
        Bound::Bytes { max } => set("maxLength", max.into()),
        Bound::Range { min, max } => {
            set("minimum", min.into());
            if max < i64::MAX {
                set("maximum", max.into());
            }
        }
        Bound::Decimals { min, max } => {
            set("minimum", min.into());
            set("maximum", max.into());
        }
        Bound::Count { min, max } => {
            if min > 0 {
                set("minItems", min.into());
            }
            set("maxItems", max.into());
        }
        Bound::Pattern(pattern) => shapes.extend(shape::of(pattern).map(Value::from)),
    }
}

/// What keywords cannot say, and where each fact comes from.
fn tell(schema: &mut Value, field: &Field) {
    schema["title"] = field.label.into();
    if !field.help.is_empty() {
        schema["description"] = field.help.into();
    }
    if !field.example.is_empty() {
        schema["examples"] = json!([written(field, field.example)]);
    }
    if !field.default.is_empty() {
        schema["default"] = written(field, field.default);
    }
    schema["x-evidence"] = evidence(field.evidence);
    if let Some(of) = field.required.filter(|of| !of.blocks() || *of != field.evidence) {
        schema["x-required"] = evidence(of);
    }
    if let Some(when) = condition::words(field) {
        schema["x-when"] = when.into();
    }
    let limits: Vec<Value> = field.limits.iter().map(said).collect();
    if !limits.is_empty() {
        schema["x-limits"] = limits.into();
    }
}

fn said(limit: &Limit) -> Value {
    let says = match limit.bound {
        Bound::Pattern(pattern) => pattern.sentence.to_owned(),
        bound => bound.hint(),
    };
    json!({ "says": says, "evidence": evidence(limit.evidence) })
}

/// A text of the catalogue as the request has it.
fn written(field: &Field, text: &str) -> Value {
    let number = || serde_json::from_str::<Value>(text).ok().filter(Value::is_number);
    match field.kind {
        Kind::Integer | Kind::Decimal => number().unwrap_or_else(|| text.into()),
        Kind::Toggle(Wire::Bool) if field.place == Place::Body || text == "true" => (text == "true").into(),
        _ => text.into(),
    }
}
