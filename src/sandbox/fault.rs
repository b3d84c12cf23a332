//! Faults that were ordered beforehand: what goes wrong with which request, how often, and whether
//! the provider had acted by then.

use super::{
    http::{Answer, Outcome, Request},
    world::World,
};
use crate::catalogue::{self, operation::Operation};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Fault {
    operation: String,
    /// How many more calls it will meet.
    times: u32,
    when: When,
    spoil: Spoil,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum When {
    /// Nothing happened at the provider.
    Before,
    /// It took effect, and the answer is lost or spoilt.
    After,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Spoil {
    Http { status: u16, headers: Vec<(String, String)>, body: Option<String> },
    Drop,
    Hang,
    Garbage,
    Truncated,
}

const GARBAGE: &str = "<!doctype html><title>Bad gateway</title><p>The upstream server sent nonsense.";

/// Answers the request as the fault that is due for its operation wants it; `None` if none is.
/// `respond` is the provider.
pub(super) fn meet(
    world: &mut World,
    operation: Option<&Operation>,
    request: &Request,
    respond: &mut dyn FnMut(&mut World) -> Answer,
) -> Option<Outcome> {
    let id = operation?.id;
    let at = world.faults.iter().position(|fault| fault.operation == id && fault.times > 0)?;
    let fault = &mut world.faults[at];
    fault.times -= 1;
    let (when, spoil) = (fault.when, fault.spoil.clone());
    if fault.times == 0 {
        world.faults.remove(at);
    }
    let real = match (when, &spoil) {
        (When::After, _) => respond(world),
        // Cut in half is the answer that would have come.
        (When::Before, Spoil::Truncated) => {
            let log = std::mem::take(&mut world.log);
            let answer = respond(&mut world.clone());
            world.log = log;
            answer
        }
        (When::Before, _) => Answer::empty(500),
    };
    Some(spoilt(spoil, real, request))
}

fn spoilt(spoil: Spoil, real: Answer, request: &Request) -> Outcome {
    Outcome::Answer(match spoil {
        Spoil::Drop => return Outcome::Drop,
        Spoil::Hang => return Outcome::Hang,
        Spoil::Garbage => Answer::of(200, "text/html", GARBAGE.into()),
        Spoil::Truncated => {
            let half =
                (0..=real.body.len() / 2).rev().find(|at| real.body.is_char_boundary(*at)).unwrap_or(0);
            Answer { body: real.body[..half].to_owned(), ..real }
        }
        Spoil::Http { status, headers, body: Some(body) } => {
            let mut answer = Answer { status, headers, body };
            if !answer.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
                answer = answer.with("Content-Type", "application/json");
            }
            answer
        }
        Spoil::Http { status, headers, body: None } => {
            let plain = |status| super::plain_error(request.provider, status);
            let mut answer = if status < 300 { Answer::empty(status) } else { plain(status) };
            answer.headers.extend(headers);
            answer
        }
    })
}

/// Reads the `faults` of a command; what is left out takes its default.
pub(super) fn read(json: &Json) -> Result<Vec<Fault>, String> {
    json.as_array().ok_or("faults must be a list")?.iter().map(one).collect()
}

fn one(json: &Json) -> Result<Fault, String> {
    let members = json.as_object().ok_or("a fault must be an object")?;
    known("a fault", members, &["operation", "times", "when", "answer"])?;
    let operation = json["operation"].as_str().ok_or("a fault needs an operation")?;
    catalogue::find(operation).ok_or_else(|| format!("there is no operation {operation}"))?;
    let times = match &json["times"] {
        Json::Null => 1,
        times => times.as_u64().and_then(|n| u32::try_from(n).ok()).ok_or("times must be a whole number")?,
    };
    let when = match &json["when"] {
        Json::Null => When::Before,
        Json::String(text) if text == "before" => When::Before,
        Json::String(text) if text == "after" => When::After,
        other => return Err(format!("when must be \"before\" or \"after\", not {other}")),
    };
    Ok(Fault { operation: operation.into(), times, when, spoil: spoil(&json["answer"])? })
}

fn spoil(json: &Json) -> Result<Spoil, String> {
    match json {
        Json::Null => Ok(Spoil::Http { status: 500, headers: vec![], body: None }),
        Json::String(word) => match word.as_str() {
            "drop" => Ok(Spoil::Drop),
            "hang" => Ok(Spoil::Hang),
            "garbage" => Ok(Spoil::Garbage),
            "truncated" => Ok(Spoil::Truncated),
            _ => Err(format!("there is no answer {json}")),
        },
        Json::Object(members) => {
            known("an answer", members, &["status", "headers", "body"])?;
            let status = match &json["status"] {
                Json::Null => 500,
                status => status
                    .as_u64()
                    .and_then(|status| u16::try_from(status).ok())
                    .filter(|status| (200..600).contains(status))
                    .ok_or("status must be an HTTP status from 200 to 599")?,
            };
            let headers = json["headers"].as_object().into_iter().flatten();
            let headers = headers.map(|(name, value)| (name.clone(), text(value))).collect();
            let body = (!json["body"].is_null()).then(|| text(&json["body"]));
            Ok(Spoil::Http { status, headers, body })
        }
        other => Err(format!("there is no answer {other}")),
    }
}

fn text(json: &Json) -> String {
    json.as_str().map_or_else(|| json.to_string(), str::to_owned)
}

/// Refuses members that nobody knows, so that a slip in a test is not a test that proves nothing.
pub(super) fn known(what: &str, members: &Map<String, Json>, names: &[&str]) -> Result<(), String> {
    match members.keys().find(|key| !names.contains(&key.as_str())) {
        Some(key) => Err(format!("{what} has no {key}; it has {}", names.join(", "))),
        None => Ok(()),
    }
}

/// The fault as a command has it, with every default written out.
pub(super) fn show(fault: &Fault) -> Json {
    let answer = match &fault.spoil {
        Spoil::Http { status, headers, body } => {
            let headers: Map<String, Json> =
                headers.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
            json!({"status": status, "headers": headers, "body": body})
        }
        Spoil::Drop => "drop".into(),
        Spoil::Hang => "hang".into(),
        Spoil::Garbage => "garbage".into(),
        Spoil::Truncated => "truncated".into(),
    };
    let when = if fault.when == When::After { "after" } else { "before" };
    json!({"operation": fault.operation, "times": fault.times, "when": when, "answer": answer})
}
