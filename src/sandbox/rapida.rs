//! Rapida: WhatsApp deployments of assistants. One error at a time, in the order in which the server
//! checks; what stands before its handlers says no in another shape.

use super::{
    ask::{Ask, Refusal},
    http::Answer,
    trigger::status_and_code,
    world::World,
};
use crate::catalogue::{
    operation::Operation,
    problem::{Fault, Problem},
    rapida::{CREATE_WHATSAPP_DEPLOYMENT, GET_WHATSAPP_DEPLOYMENT, LIST_WHATSAPP_DEPLOYMENTS},
};
use serde_json::{Map, Value as Json, json};

const UNAUTHENTICATED: &str = "Unauthenticated request, please try again with valid authentication.";

/// The last digits of a code, its HTTP status, and what the server says of it: of creating, and of
/// the two reads.
type Said = (&'static str, u16, &'static str, &'static str);

const CREATE: &[Said] = &[
    ("1008001", 400, "invalid request", "Invalid request."),
    ("1008002", 401, "unauthenticated request", UNAUTHENTICATED),
    ("1008003", 403, "missing authentication scope", UNAUTHENTICATED),
    ("1008004", 400, "invalid assistant_id parameter", "Please provide a valid assistantId parameter."),
    (
        "1008005",
        500,
        "unable to create assistant whatsapp deployment",
        "Unable to create assistant whatsapp deployment, please try again later.",
    ),
    // The server's text says 5, the reference 15.
    (
        "1008006",
        400,
        "invalid ideal_timeout parameter",
        "Please provide idealTimeout between 5 and 120 seconds.",
    ),
    (
        "1008007",
        400,
        "invalid ideal_timeout_backoff parameter",
        "Please provide idealTimeoutBackoff between 0 and 5 times.",
    ),
    (
        "1008008",
        400,
        "invalid max_session_duration parameter",
        "Please provide maxSessionDuration between 180 and 600 seconds.",
    ),
    (
        "1008009",
        400,
        "missing whatsapp_provider_name parameter",
        "Please provide the required whatsappProviderName parameter.",
    ),
    (
        "1008010",
        400,
        "invalid unclear_input_timeout parameter",
        "Please provide unclearInputTimeout between 2 and 10 seconds.",
    ),
];

const GET: &[Said] = &[
    ("1013001", 401, "unauthenticated request", UNAUTHENTICATED),
    ("1013002", 403, "missing authentication scope", UNAUTHENTICATED),
    ("1013003", 400, "invalid assistant_id parameter", "Please provide a valid assistantId parameter."),
    (
        "1013004",
        500,
        "unable to get assistant whatsapp deployment",
        "Unable to get assistant whatsapp deployment, please try again later.",
    ),
];

const LIST: &[Said] = &[
    ("1018001", 401, "unauthenticated request", UNAUTHENTICATED),
    ("1018002", 403, "missing authentication scope", UNAUTHENTICATED),
    ("1018003", 400, "invalid assistant_id parameter", "Please provide a valid assistantId parameter."),
    ("1018004", 400, "invalid request", "Invalid request."),
    (
        "1018005",
        500,
        "unable to get all assistant whatsapp deployment",
        "Unable to get all assistant whatsapp deployment, please try again later.",
    ),
];

/// The order in which a creation is checked, after the JSON itself.
const ORDER: &[(&str, &str)] = &[
    ("assistantId", "1008004"),
    ("whatsappProviderName", "1008009"),
    ("idealTimeout", "1008006"),
    ("idealTimeoutBackoff", "1008007"),
    ("maxSessionDuration", "1008008"),
];

pub(super) fn carry_out(world: &mut World, ask: &Ask) -> Answer {
    match ask.operation.id {
        id if id == CREATE_WHATSAPP_DEPLOYMENT.id => create(world, ask),
        id if id == GET_WHATSAPP_DEPLOYMENT.id => {
            let assistant = ask.text("assistantId");
            let newest = world.rapida.iter().rev().find(|found| found["assistantId"] == assistant.as_str());
            succeeded(ask, newest.cloned(), None)
        }
        _ => list(world, ask),
    }
}

pub(super) fn refuse(operation: Option<&'static Operation>, refusal: &Refusal) -> Answer {
    let known = said(operation);
    let code = match refusal {
        Refusal::NoRoute => return Answer::of(404, "text/plain", "404 page not found".into()),
        // The middleware answers before any handler, and in its own shape.
        Refusal::BadKey => return Answer::json(401, &json!({"error": "Invalid authentication credentials"})),
        Refusal::NoKey => known.iter().find(|row| row.1 == 401).map_or("", |row| row.0),
        Refusal::Unreadable(_) => known[0].0,
        Refusal::Invalid(problems) => invalid(operation, problems),
        Refusal::Triggered(reaches) => status_and_code(reaches).1,
        Refusal::TooMany(_) => return plain_error(429),
    };
    error(operation, code)
}

fn said(operation: Option<&'static Operation>) -> &'static [Said] {
    match operation.map(|operation| operation.id) {
        Some(id) if id == GET_WHATSAPP_DEPLOYMENT.id => GET,
        Some(id) if id == LIST_WHATSAPP_DEPLOYMENTS.id => LIST,
        _ => CREATE,
    }
}

fn error(operation: Option<&'static Operation>, code: &str) -> Answer {
    let row = said(operation).iter().find(|row| row.0 == code);
    let (code, status, message, human) = row.copied().unwrap_or(CREATE[4]);
    let error = json!({"errorCode": code, "errorMessage": message, "humanMessage": human});
    Answer::json(status, &json!({"code": status, "success": false, "error": error}))
}

pub(super) fn plain_error(status: u16) -> Answer {
    let error = json!({"errorCode": "1008005", "errorMessage": CREATE[4].2, "humanMessage": CREATE[4].3});
    Answer::json(status, &json!({"code": status, "success": false, "error": error}))
}

/// A value of another type fails with the JSON itself, before any parameter is looked at.
fn invalid(operation: Option<&'static Operation>, problems: &[Problem]) -> &'static str {
    let id = operation.map_or("", |operation| operation.id);
    let about = |name: &str| problems.iter().any(|problem| problem.path == name);
    if id == GET_WHATSAPP_DEPLOYMENT.id {
        return "1013003";
    }
    if id == LIST_WHATSAPP_DEPLOYMENTS.id {
        return if about("assistantId") { "1018003" } else { "1018004" };
    }
    let shape = |problem: &Problem| match problem.fault {
        Fault::WrongType { .. } | Fault::NotWhole | Fault::NotPlainNumber | Fault::Nul => true,
        // Unsigned numbers cannot be negative.
        Fault::Below(min) => min == 0,
        _ => !ORDER.iter().any(|(name, _)| *name == problem.path),
    };
    if problems.iter().any(shape) {
        return "1008001";
    }
    ORDER.iter().find(|(name, _)| about(name)).map_or("1008001", |(_, code)| code)
}

fn create(world: &mut World, ask: &Ask) -> Answer {
    if ask.text("whatsappProviderName").trim().is_empty() {
        return error(Some(ask.operation), "1008009");
    }
    let unclear = &ask.body["unclearInputTimeout"];
    if !unclear.is_null() && !unclear.as_f64().is_some_and(|seconds| (2.0..=10.0).contains(&seconds)) {
        return error(Some(ask.operation), "1008010");
    }
    let mut data = Map::new();
    data.insert("id".into(), world.dice().digits(19).into());
    data.extend(ask.given(
        "",
        &[
            "assistantId",
            "greeting",
            "mistake",
            "idealTimeout",
            "idealTimeoutBackoff",
            "idealTimeoutMessage",
            "maxSessionDuration",
            "whatsappProviderName",
        ],
    ));
    data.insert("whatsappOptions".into(), options(ask.at("whatsappOptions")));
    data.insert("status".into(), "active".into());
    let data = Json::Object(data);
    world.rapida.push(data.clone());
    succeeded(ask, Some(data), None)
}

/// One value is kept for every key: the last.
fn options(given: &Json) -> Json {
    let mut kept: Vec<Json> = vec![];
    for option in given.as_array().into_iter().flatten() {
        let part = |name: &str| option[name].as_str().unwrap_or_default().to_owned();
        kept.retain(|other| other["key"] != part("key").as_str());
        kept.push(json!({"key": part("key"), "value": part("value")}));
    }
    Json::Array(kept)
}

fn list(world: &World, ask: &Ask) -> Answer {
    let number = |name: &str, default: u64| ask.text(name).parse().unwrap_or(default).max(1);
    let (page, size) = (number("page", 1), number("pageSize", 20));
    let index = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
    let criteria = ask.text("criterias");
    let criteria = if criteria.is_empty() { "[]" } else { &criteria };
    let Ok(Json::Array(criteria)) = serde_json::from_str(criteria) else {
        return error(Some(ask.operation), "1018004");
    };
    let assistant = ask.text("assistantId");
    let fits = |found: &&Json| {
        found["assistantId"] == assistant.as_str()
            && criteria.iter().all(|one| one["key"].as_str().is_none_or(|key| found[key] == one["value"]))
    };
    let found: Vec<&Json> = world.rapida.iter().rev().filter(fits).collect();
    let rows: Vec<&Json> =
        found.iter().skip(index((page - 1).saturating_mul(size))).take(index(size)).copied().collect();
    let paginated = json!({"currentPage": page, "totalItem": found.len()});
    succeeded(ask, Some(json!(rows)), Some(paginated))
}

/// Without data where there is none.
fn succeeded(ask: &Ask, data: Option<Json>, paginated: Option<Json>) -> Answer {
    let status = ask.operation.success;
    let mut body = json!({"code": status, "success": true});
    for (name, part) in [("data", data), ("paginated", paginated)] {
        if let Some(part) = part {
            body[name] = part;
        }
    }
    Answer::json(status, &body)
}
