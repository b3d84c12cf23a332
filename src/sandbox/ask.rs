//! From an arrived request to one that a provider may carry out: the same checks, in the same order,
//! for all four. How each of them words a refusal is in its own module.

use super::{http::Request, trigger, world::World};
use crate::catalogue::{
    field::{Kind, Place},
    operation::Operation,
    problem::{Fault, Problem},
    provider::Provider,
    read,
};
use serde_json::{Map, Value as Json};

/// A request that passed every check.
pub(super) struct Ask {
    pub(super) operation: &'static Operation,
    /// The documented fields of every place, by name, as they arrived.
    pub(super) fields: Json,
    /// The whole body, with what is not documented.
    pub(super) body: Json,
    pub(super) query: Vec<(String, String)>,
}

/// Why a request is refused before a provider acts on it.
pub(super) enum Refusal {
    NoRoute,
    NoKey,
    BadKey,
    /// The body is not JSON, or not declared as JSON; with the reason.
    Unreadable(String),
    /// The problems that block, in the order of the documentation.
    Invalid(Vec<Problem>),
    /// A typed value asked for this documented error, such as `422 unprocessable`.
    Triggered(&'static str),
    /// Seconds until the next call is allowed.
    TooMany(u64),
}

impl Ask {
    /// The value at a path such as `message.content`; null when there is none.
    pub(super) fn at(&self, path: &str) -> &Json {
        at(&self.fields, path)
    }

    /// The text at a path, empty when there is none. Numbers are texts in addresses and queries.
    pub(super) fn text(&self, path: &str) -> String {
        match self.at(path) {
            Json::String(text) => text.clone(),
            Json::Number(number) => number.to_string(),
            _ => String::new(),
        }
    }

    /// The given members of an object, by name.
    pub(super) fn given(&self, path: &str, names: &[&str]) -> Map<String, Json> {
        let object = if path.is_empty() { &self.fields } else { self.at(path) };
        names
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), object.get(name).filter(|v| !v.is_null())?.clone())))
            .collect()
    }
}

pub(super) fn at<'j>(json: &'j Json, path: &str) -> &'j Json {
    const NULL: &Json = &Json::Null;
    path.split('.').fold(json, |json, part| match json {
        Json::Array(rows) => part.parse().ok().and_then(|row: usize| rows.get(row)).unwrap_or(NULL),
        _ => json.get(part).unwrap_or(NULL),
    })
}

/// Every check before the provider itself: key, rate, body, fields, typed errors.
pub(super) fn check(
    world: &mut World,
    request: &Request,
    operation: &'static Operation,
    params: &[(&'static str, String)],
) -> Result<Ask, Refusal> {
    key(request)?;
    if let Some(seconds) = world.kapso.throttled(world.rate_limit, &world.clock, request) {
        return Err(Refusal::TooMany(seconds));
    }
    let body = body(request, operation)?;
    let query = request.pairs();
    let fields = fields(request, operation, params, &query, &body);
    let mut problems: Vec<Problem> =
        read::json(operation, &fields).problems.into_iter().filter(|problem| problem.blocks).collect();
    problems.extend(constants(operation, &fields));
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems));
    }
    match trigger::met(operation, &fields) {
        Some(reaches) => Err(Refusal::Triggered(reaches)),
        None => Ok(Ask { operation, fields, body, query }),
    }
}

/// Any credential will do but none and the word `refused`. Of two schemes the later wins, as Webex
/// documents for a token beside a key.
fn key(request: &Request) -> Result<(), Refusal> {
    let schemes = request.provider.schemes();
    let given = schemes.iter().rev().find_map(|scheme| {
        let value = request.header(scheme.header)?.trim();
        let prefix = scheme.prefix.trim();
        let bare = match value.get(..prefix.len()) {
            Some(start) if start.eq_ignore_ascii_case(prefix) => value[prefix.len()..].trim(),
            _ => value,
        };
        (!bare.is_empty()).then_some(bare)
    });
    match given {
        None => Err(Refusal::NoKey),
        Some("refused") => Err(Refusal::BadKey),
        Some(_) => Ok(()),
    }
}

fn body(request: &Request, operation: &Operation) -> Result<Json, Refusal> {
    if operation.fields_in(Place::Body).next().is_none() {
        return Ok(Json::Null);
    }
    let content_type = request.header("content-type").unwrap_or_default();
    if request.provider == Provider::Vonage && !content_type.contains("application/json") {
        return Err(Refusal::Unreadable("The Content-Type header must be application/json".into()));
    }
    match serde_json::from_str::<Json>(&request.body) {
        Ok(body @ Json::Object(_)) => Ok(body),
        Ok(_) => Err(Refusal::Unreadable("Expected a JSON object".into())),
        Err(error) => Err(Refusal::Unreadable(error.to_string())),
    }
}

/// Values that are always the same. A form does not ask for them, so reading takes them as given; a
/// request from elsewhere may have them wrong.
fn constants(operation: &'static Operation, fields: &Json) -> Vec<Problem> {
    let mut problems = vec![];
    operation.walk(&mut |path, field| {
        let Kind::Constant(wanted) = field.kind else { return };
        let fault = match at(fields, path) {
            Json::String(given) if given == wanted => return,
            Json::Null => Fault::Missing,
            _ => Fault::NotAChoice,
        };
        problems.push(Problem::new(path, fault, field.evidence));
    });
    problems
}

fn fields(
    request: &Request,
    operation: &Operation,
    params: &[(&'static str, String)],
    query: &[(String, String)],
    body: &Json,
) -> Json {
    let mut fields = Map::new();
    for field in operation.fields {
        let value = match field.place {
            Place::Path => params.iter().find(|(name, _)| *name == field.name).map(|(_, v)| v.clone().into()),
            Place::Query => query.iter().find(|(name, _)| name == field.name).map(|(_, v)| v.clone().into()),
            Place::Header => request.header(field.name).map(Json::from),
            Place::Body => body.get(field.name).cloned(),
        };
        if let Some(value) = value {
            fields.insert(field.name.into(), value);
        }
    }
    Json::Object(fields)
}
