//! The business profile of a live number and its photo, of which only the address is kept.

use super::super::{ask::Ask, http::Answer, world::World};
use serde_json::{Value as Json, json};

const FIELDS: &[&str] = &["about", "address", "description", "email", "vertical", "websites"];

pub(super) fn carry_out(world: &mut World, ask: &Ask, at: usize) -> Answer {
    let deployment = &mut world.vonage.deployments[at];
    let body = match ask.operation.id {
        "vonage.update-profile" => {
            for (name, value) in ask.given("", FIELDS) {
                deployment.profile.insert(name, value);
            }
            Json::Object(deployment.profile.clone())
        }
        "vonage.get-profile" => Json::Object(deployment.profile.clone()),
        "vonage.update-photo" => {
            deployment.photo = Some(ask.text("image_url"));
            json!({"image_url": deployment.photo})
        }
        _ => match &deployment.photo {
            Some(url) => json!({"image_url": url}),
            None => json!({}),
        },
    };
    Answer::json(ask.operation.success, &body)
}
