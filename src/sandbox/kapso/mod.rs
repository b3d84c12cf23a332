//! Kapso: customers and their numbers, conversations and what is said in them, templates, notes and
//! assignments. This file keeps the project, says no in Kapso's envelope and counts calls.

mod assignments;
mod configs;
mod conversations;
mod generated;
mod lists;
mod messages;
mod notes;
mod render;
mod send;
#[cfg(test)]
mod tests;

pub(super) use assignments::new as new_assignment;
pub(super) use configs::{new_config, new_customer};
pub(super) use conversations::Conversation;
pub(super) use generated::add as add_generated;
pub(super) use messages::{Fate, Message, receive};
pub(super) use notes::new as new_note;

use super::{
    ask::{Ask, Refusal},
    clock::Clock,
    http::{Answer, Request},
    ids,
    trigger::status_and_code,
    world::World,
};
use crate::catalogue::{field::Place, operation::Operation, problem::Problem, provider::Provider};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Documented: calls a minute for one key, in fixed windows.
const CALLS: u32 = 100;
const MINUTE: u64 = 60_000;

/// Everything of one project. Records are kept as they are answered, newest last.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Project {
    pub(super) customers: Vec<Json>,
    pub(super) configs: Vec<Json>,
    pub(super) conversations: Vec<Conversation>,
    pub(super) templates: Vec<Json>,
    /// By the digits of the contact's number.
    pub(super) notes: BTreeMap<String, Vec<Json>>,
    /// Minute and calls in it, by the hash of the key: the key itself is not kept.
    calls: BTreeMap<u64, (u64, u32)>,
}

impl Project {
    pub(super) fn count(&mut self, clock: &Clock, request: &Request) {
        if request.provider == Provider::Kapso {
            let minute = clock.now() / MINUTE;
            self.calls.retain(|_, (other, _)| *other == minute);
            self.calls.entry(caller(request)).or_insert((minute, 0)).1 += 1;
        }
    }

    fn calls(&self, request: &Request) -> u32 {
        self.calls.get(&caller(request)).map_or(0, |(_, calls)| *calls)
    }

    /// Seconds to wait, where the limit is enforced and exceeded.
    pub(super) fn throttled(&self, enforced: bool, clock: &Clock, request: &Request) -> Option<u64> {
        let exceeded = enforced && request.provider == Provider::Kapso && self.calls(request) > CALLS;
        exceeded.then(|| clock.seconds_until((clock.now() / MINUTE + 1) * MINUTE))
    }

    /// The limit and what is left of it, which every answer tells.
    pub(super) fn with_limits(&self, answer: Answer, request: &Request) -> Answer {
        let left = CALLS.saturating_sub(self.calls(request));
        answer.with("X-RateLimit-Limit", CALLS).with("X-RateLimit-Remaining", left)
    }
}

fn caller(request: &Request) -> u64 {
    ids::hash(request.header("X-API-Key").unwrap_or_default())
}

pub(super) fn carry_out(world: &mut World, ask: &Ask) -> Answer {
    match ask.operation.id {
        "kapso.list-customers" | "kapso.create-customer" | "kapso.get-customer" => {
            configs::customers(world, ask)
        }
        "kapso.list-templates" => lists::answer(ask, world.kapso.templates.iter().rev().cloned().collect()),
        "kapso.list-notes" | "kapso.create-note" => notes::carry_out(world, ask),
        "kapso.list-assignments" | "kapso.create-assignment" | "kapso.update-assignment" => {
            assignments::carry_out(world, ask)
        }
        "kapso.list-conversations" | "kapso.get-conversation" | "kapso.update-conversation" => {
            conversations::carry_out(world, ask)
        }
        "kapso.list-messages" => messages::list(world, ask),
        "kapso.mark-as-read" => messages::mark_as_read(world, ask),
        "kapso.send-message" => send::to_conversation(world, ask),
        "kapso.send-standalone" => send::to_number(world, ask),
        _ => configs::carry_out(world, ask),
    }
}

pub(super) fn refuse(operation: Option<&'static Operation>, refusal: &Refusal) -> Answer {
    match refusal {
        Refusal::NoRoute => error(404, "Resource not found"),
        Refusal::NoKey => error(401, "API key is missing"),
        Refusal::BadKey => error(401, "Invalid API key"),
        Refusal::Unreadable(reason) => error(400, &format!("The body could not be read: {reason}")),
        Refusal::Invalid(problems) => invalid(operation, problems),
        Refusal::Triggered(reaches) => triggered(operation, reaches),
        Refusal::TooMany(seconds) => too_many(*seconds),
    }
}

/// Values of the address are bad parameters, values of the body cannot be processed.
fn invalid(operation: Option<&'static Operation>, problems: &[Problem]) -> Answer {
    let in_body = |problem: &Problem| {
        operation
            .and_then(|operation| operation.field(problem.path.split('.').next()?))
            .is_some_and(|field| field.place == Place::Body)
    };
    let status = if problems.iter().any(in_body) { 422 } else { 400 };
    let sentences: Vec<String> =
        problems.iter().map(|problem| format!("{}: {}", problem.path, problem.sentence())).collect();
    error(status, &sentences.join(" "))
}

fn triggered(operation: Option<&'static Operation>, reaches: &str) -> Answer {
    match (status_and_code(reaches), operation) {
        ((404, _), Some(operation)) => not_found(thing(operation)),
        ((429, _), _) => too_many(60),
        ((422, "132001"), _) => error(422, NO_TEMPLATE),
        ((status, _), _) => error(status, message(status)),
    }
}

const NO_TEMPLATE: &str = "(#132001) Template name does not exist in the translation, or it is not approved.";

fn message(status: u16) -> &'static str {
    match status {
        400 => "A parameter is not valid.",
        401 => "Invalid API key",
        403 => "This operation is not allowed for sandbox numbers.",
        409 => "Another message to this conversation is still in flight. Retry shortly.",
        422 => "The request cannot be processed in the current state.",
        _ => "An unexpected error occurred.",
    }
}

fn too_many(seconds: u64) -> Answer {
    error(429, "You have exceeded the rate limit. Please try again later.").with("Retry-After", seconds)
}

/// What an address of an operation names, for its “not found”.
fn thing(operation: &Operation) -> &'static str {
    match operation.path.trim_start_matches('/').split('/').next() {
        Some("customers") => "Customer",
        Some("whatsapp_configs") => "WhatsApp config",
        Some("whatsapp_messages") if operation.id == "kapso.send-standalone" => "WhatsApp config",
        Some("whatsapp_messages") => "Message",
        Some("whatsapp_contacts") => "Contact",
        Some("whatsapp_conversations") if operation.path.ends_with("/{id}") => "Conversation assignment",
        _ => "Conversation",
    }
}

fn not_found(thing: &str) -> Answer {
    Answer::json(404, &json!({"error": format!("{thing} not found")}))
}

/// `error` is short, `message` the detail; a refused key and an unknown address have no detail.
pub(super) fn error(status: u16, message: &str) -> Answer {
    let error = match status {
        400 => "Bad request",
        401 | 404 => return Answer::json(status, &json!({"error": message})),
        403 => "Forbidden",
        409 => "Conflict",
        422 => "Unprocessable entity",
        429 => "Rate limit exceeded",
        _ => "Internal server error",
    };
    Answer::json(status, &json!({"error": error, "message": message}))
}

/// A single result.
fn data(ask: &Ask, data: &Json) -> Answer {
    Answer::json(ask.operation.success, &json!({"data": data}))
}
