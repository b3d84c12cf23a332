//! Webex Connect: one request, codes for everything, and an answer that is a list on success and an
//! object on error. Delivery is told by webhooks only, which a page cannot receive, so nothing is kept.

use super::{
    ask::{Ask, Refusal},
    http::Answer,
    trigger::status_and_code,
    world::World,
};
use crate::catalogue::{
    errors,
    problem::{Fault, Problem},
    provider::Provider,
    webex::SEND_TEXT,
};
use serde_json::{Value as Json, json};

pub(super) fn carry_out(world: &mut World, ask: &Ask) -> Answer {
    let mut row = json!({"code": "1001", "transid": world.dice().uuid(), "description": "Queued"});
    if let reference @ Json::String(_) = ask.at("correlationid") {
        row["correlationid"] = reference.clone();
    }
    Answer::json(SEND_TEXT.success, &json!({"response": [row]}))
}

pub(super) fn refuse(world: &mut World, refusal: &Refusal) -> Answer {
    let (status, code, description) = match refusal {
        Refusal::NoRoute => (404, "7004", "Resource not found.".into()),
        Refusal::NoKey => (401, "7002", "Service key is missing.".into()),
        Refusal::BadKey => (401, "7001", "Authentication failed.".into()),
        Refusal::Unreadable(reason) => (400, "7000", format!("Invalid JSON. {reason}")),
        Refusal::Invalid(problems) => invalid(problems),
        Refusal::Triggered(reaches) => {
            let (status, code) = status_and_code(reaches);
            (status, code, meaning(code))
        }
        Refusal::TooMany(_) => (400, "7020", meaning("7020")),
    };
    let transid = world.dice().uuid();
    Answer::json(status, &json!({"response": {"code": code, "description": description, "transid": transid}}))
}

/// The first problem decides; what is missing comes before what is wrong.
fn invalid(problems: &[Problem]) -> (u16, &'static str, String) {
    let recipients = |problem: &&Problem| {
        matches!(problem.fault, Fault::TooMany { .. }) && problem.path.starts_with("destination")
    };
    if problems.iter().any(|problem| recipients(&problem)) {
        return (400, "7009", "Maximum 1000 destinations are allowed in a request.".into());
    }
    let missing = |problem: &&Problem| {
        matches!(problem.fault, Fault::Missing | Fault::EmptyRow | Fault::TooFew { .. } | Fault::Rule(_))
    };
    match (problems.iter().find(missing), problems.first()) {
        (Some(problem), _) => (400, "7003", format!("Mandatory parameter {} is missing.", problem.path)),
        (None, Some(problem)) => {
            (400, "7004", format!("Invalid value for parameter {}. {}", problem.path, problem.sentence()))
        }
        (None, None) => (400, "7004", meaning("7004")),
    }
}

/// The documented meaning, as a short text of the provider's own.
fn meaning(code: &str) -> String {
    let known =
        SEND_TEXT.errors.iter().chain(errors::common(Provider::Webex)).find(|error| error.code == code);
    known.map_or("Unknown status.", |error| error.meaning).to_owned()
}

pub(super) fn plain_error(status: u16) -> Answer {
    let transid = "00000000-0000-4000-a000-000000000000";
    Answer::json(
        status,
        &json!({"response": {"code": "7006", "description": meaning("7006"), "transid": transid}}),
    )
}
