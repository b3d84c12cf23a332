//! The one-time code: sent again and verified. How many attempts and how often is not documented, so
//! the figures here are the sandbox's own; that there are limits, and how they are told, is documented.

use super::{
    super::{ask::Ask, http::Answer, world::World},
    deployment::Stage,
    errors,
};
use serde_json::json;

/// Wrong codes until another one has to be sent.
const ATTEMPTS: u32 = 5;
/// The time over which calls are counted, in real milliseconds, since people make them.
const WINDOW: u64 = 10 * 60 * 1000;
const RESENDS: usize = 5;
const CHECKS: usize = 10;

pub(super) fn resend(world: &mut World, ask: &Ask, at: usize) -> Answer {
    let progress = world.clock.progress();
    let deployment = &mut world.vonage.deployments[at];
    let state = deployment.state(progress);
    if !matches!(state, "CODE_SENT" | "WRONG_CODE") {
        // Before the first code has been sent there is none to send again.
        let detail = match state {
            "INITIALIZING" | "CREATING_CLUSTER" | "CLUSTER_CREATED" => "OTP has not been sent yet.",
            "ERROR" => "Deployment is in the ERROR state.",
            _ => "OTP not required.",
        };
        return errors::detailed(world, 409, "conflict-resend-otp", detail);
    }
    if let Some(until) = throttled(&mut deployment.resends, RESENDS, world.clock.now()) {
        return too_many(world, until);
    }
    let method = ask.text("method");
    let method = if method.is_empty() { "sms".to_owned() } else { method };
    deployment.method.clone_from(&method);
    deployment.wrong = 0;
    deployment.enter(Stage::CodeSent, progress);
    let body = json!({"message": "Code sent", "vname": "Sandbox Business", "method": method});
    Answer::json(ask.operation.success, &body)
}

pub(super) fn verify(world: &mut World, ask: &Ask, at: usize) -> Answer {
    let progress = world.clock.progress();
    let right = ask.text("code") == world.code;
    let deployment = &mut world.vonage.deployments[at];
    if let Some(until) = throttled(&mut deployment.checks, CHECKS, world.clock.now()) {
        return too_many(world, until);
    }
    let state = deployment.state(progress);
    if !matches!(state, "CODE_SENT" | "WRONG_CODE") {
        let detail = format!("Deployment could not be verified because it is in the {state} state.");
        return errors::detailed(world, 422, "verification-failed", &detail);
    }
    if deployment.wrong >= ATTEMPTS {
        let detail = "Deployment could not be verified because too many attempts have been made.";
        return errors::invalid(world, "verification-failed", detail, &[("code", "Too many attempts.")]);
    }
    if !right {
        deployment.wrong += 1;
        deployment.enter(Stage::WrongCode, progress);
        let detail = "Deployment could not be created because the verification failed.";
        return errors::invalid(world, "verification-failed", detail, &[("code", "Invalid code provided.")]);
    }
    deployment.enter(Stage::Accepted, progress);
    let body = json!({"deployment_id": deployment.id, "status": "Deployment was Created"});
    Answer::json(ask.operation.success, &body)
}

/// Counts a call; answers when the next one is allowed if there were too many.
fn throttled(calls: &mut Vec<u64>, most: usize, now: u64) -> Option<u64> {
    calls.retain(|at| now < at + WINDOW);
    if calls.len() >= most {
        return calls.first().map(|first| first + WINDOW);
    }
    calls.push(now);
    None
}

fn too_many(world: &mut World, until: u64) -> Answer {
    let seconds = world.clock.seconds_until(until);
    errors::error(world, 429, "throttled").with("Retry-After", seconds)
}
