//! A full stand-in for the four providers: it takes HTTP requests and answers as their documentation
//! says, inside the page and over HTTP alike. It knows no clock, no network and no chance but its seed.
//!
//! | Room | What is in it |
//! | --- | --- |
//! | `http`, `ask` | a request, an answer, and the checks between them that all providers share |
//! | `world`, `clock`, `ids` | what is remembered, what time it is, what ids are given |
//! | `fault`, `control`, `log` | what can go wrong to order, the commands of `_control`, the calls of `_log` |
//! | `trigger` | typed values that reach documented errors |
//! | `vonage`, `kapso`, `webex`, `rapida` | what each provider does, and how it says no |
//! | `sample`, `holdings` | what a new world holds, as tables; how much a world holds now |

mod ask;
mod clock;
mod control;
mod fault;
mod holdings;
mod http;
mod ids;
mod kapso;
mod log;
mod rapida;
mod sample;
mod trigger;
mod vonage;
mod webex;
mod world;

#[cfg(test)]
mod tests;

pub use control::control;
pub use holdings::holdings;
pub use http::{Answer, Outcome, Request};
pub use trigger::{TRIGGERS, Trigger};
pub use world::{CODE, World};

use crate::catalogue::{self, call, operation::Operation, provider::Provider};
use ask::{Ask, Refusal};

/// The seed of the world that every visitor and every server begins with.
pub const SEED: u64 = 1;

type Routed = (&'static Operation, Vec<(&'static str, String)>);

/// Answers a request at `now` (Unix milliseconds) and writes it into the log.
pub fn answer(world: &mut World, request: &Request, now: u64) -> Outcome {
    world.clock.see(now);
    let operations = catalogue::operations(request.provider);
    let routed = call::route(operations, &request.method, &request.path, &request.pairs());
    let operation = routed.as_ref().map(|(operation, _)| *operation);
    let mut respond = |world: &mut World| respond(world, request, routed.as_ref());
    let outcome = match fault::meet(world, operation, request, &mut respond) {
        Some(outcome) => outcome,
        None => Outcome::Answer(respond(world)),
    };
    world.log.add(request, operation, &outcome);
    outcome
}

/// The calls received since number `after`, at most the last 10,000: entries of `n`, `operation`,
/// `method`, `path`, `query`, `headers`, `body` and `status`.
pub fn log(world: &World, after: u64) -> serde_json::Value {
    world.log.after(after)
}

/// Whether answers over HTTP shall carry permissive CORS headers.
pub fn cors(world: &World) -> bool {
    world.cors
}

fn respond(world: &mut World, request: &Request, routed: Option<&Routed>) -> Answer {
    world.kapso.count(&world.clock, request);
    let operation = routed.map(|(operation, _)| *operation);
    let checked = match routed {
        Some((operation, params)) => ask::check(world, request, operation, params),
        None => Err(Refusal::NoRoute),
    };
    let answer = match checked {
        Ok(ask) => carry_out(world, request.provider, &ask),
        Err(refusal) => refuse(world, request.provider, operation, &refusal),
    };
    match request.provider {
        Provider::Kapso => world.kapso.with_limits(answer, request),
        _ => answer,
    }
}

fn carry_out(world: &mut World, provider: Provider, ask: &Ask) -> Answer {
    match provider {
        Provider::Vonage => vonage::carry_out(world, ask),
        Provider::Kapso => kapso::carry_out(world, ask),
        Provider::Webex => webex::carry_out(world, ask),
        Provider::Rapida => rapida::carry_out(world, ask),
    }
}

fn refuse(
    world: &mut World,
    provider: Provider,
    operation: Option<&'static Operation>,
    refusal: &Refusal,
) -> Answer {
    match provider {
        Provider::Vonage => vonage::refuse(world, operation, refusal),
        Provider::Kapso => kapso::refuse(operation, refusal),
        Provider::Webex => webex::refuse(world, refusal),
        Provider::Rapida => rapida::refuse(operation, refusal),
    }
}

/// An error of a status in the provider's own envelope, where nothing more is known about it.
fn plain_error(provider: Provider, status: u16) -> Answer {
    match provider {
        Provider::Vonage => vonage::plain_error(status),
        Provider::Kapso => kapso::error(status, "Something went wrong."),
        Provider::Webex => webex::plain_error(status),
        Provider::Rapida => rapida::plain_error(status),
    }
}
