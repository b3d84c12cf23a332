//! Vonage WhatsApp Manager: numbers that come live step by step, their profiles and stickers. The
//! steps are in `deployment`, the envelopes in `errors`.

mod codes;
mod deployment;
mod errors;
mod profile;
mod stickers;
#[cfg(test)]
mod tests;

pub(super) use deployment::{Account, Deployment, Stage};
pub(super) use errors::{plain_error, refuse};
pub(super) use stickers::{Pack, Sticker};

use super::{ask::Ask, http::Answer, world::World};
use crate::catalogue::vonage as documented;
use serde_json::{Value as Json, json};

pub(super) fn carry_out(world: &mut World, ask: &Ask) -> Answer {
    let operation = ask.operation;
    if *operation == documented::CREATE_DEPLOYMENT {
        return deployment::create(world, ask);
    }
    if *operation == documented::LIST_DEPLOYMENTS {
        return list(world, ask);
    }
    let id = ask.text("deployment_id");
    let Some(at) = world.vonage.deployments.iter().position(|deployment| deployment.id == id) else {
        return errors::error(world, 404, "not-found");
    };
    let progress = world.clock.progress();
    match operation.id {
        "vonage.get-deployment" => {
            Answer::json(operation.success, &world.vonage.deployments[at].show(progress))
        }
        "vonage.delete-deployment" => deployment::delete(world, ask, at),
        "vonage.resend-otp" => codes::resend(world, ask, at),
        "vonage.verify" => codes::verify(world, ask, at),
        // A number has a profile and stickers once it is live; until then nothing is found there.
        _ if world.vonage.deployments[at].state(progress) != "READY" => {
            errors::detailed(world, 404, "not-found", "Deployment is not ready.")
        }
        "vonage.get-profile" | "vonage.update-profile" | "vonage.get-photo" | "vonage.update-photo" => {
            profile::carry_out(world, ask, at)
        }
        _ => stickers::carry_out(world, ask, at),
    }
}

/// An array in one version of the guide, a single object in the other.
fn list(world: &World, ask: &Ask) -> Answer {
    let progress = world.clock.progress();
    let mut rows = world.vonage.deployments.iter().map(|deployment| deployment.show(progress));
    let body = if world.single { rows.next_back().unwrap_or(json!({})) } else { Json::Array(rows.collect()) };
    Answer::json(ask.operation.success, &body)
}
