//! What a new world holds: enough of everything to learn with and to test against. The data are
//! tables in this folder; times are counted back from the moment the world was made.

mod asia;
pub(super) mod chatter;
mod europe;
pub(super) mod stickers;
mod talk;
mod templates;

use super::{
    kapso,
    vonage::{Deployment, Stage},
    world::World,
};
use crate::catalogue::time::iso;
use serde_json::{Value as Json, json};

const DAY: u64 = 24 * 60 * 60 * 1000;

pub(super) fn fill(world: &mut World) {
    deployments(world);
    assistants(world);
    let configs = customers(world);
    world.kapso.templates = templates::all(world, &configs);
    for talk in europe::TALKS.iter().chain(asia::TALKS) {
        talk::hold(world, talk, &configs);
    }
    team(world);
}

/// One live number, one that waits for its code, one that failed.
fn deployments(world: &mut World) {
    const NUMBERS: [(&str, &str, &str, Stage); 3] = [
        ("44", "2079460958", "104857600001", Stage::Accepted),
        ("55", "1150280043", "104857600002", Stage::CodeSent),
        ("49", "3023125042", "104857600003", Stage::Setup),
    ];
    for (country_code, number, waba_id, stage) in NUMBERS {
        let mut deployment = Deployment::new(world, &|name| {
            let text = match name {
                "country_code" => country_code,
                "number" => number,
                "waba_id" => waba_id,
                "method" => "sms",
                _ => "",
            };
            text.to_owned()
        });
        deployment.stage = stage;
        if stage != Stage::CodeSent {
            // So long ago that every step is over.
            deployment.since = 0;
        }
        deployment.invalid = stage == Stage::Setup;
        if stage == Stage::Accepted {
            furnish(world, &mut deployment);
        }
        world.vonage.deployments.push(deployment);
    }
}

fn furnish(world: &mut World, deployment: &mut Deployment) {
    let profile = json!({
        "about": "Dentists in the heart of London",
        "address": "12 Northgate Street, London",
        "description": "Family dentistry since 1987. Emergencies every day from 8 to 20.",
        "email": "hello@northgate-dental.example",
        "vertical": "Medical and Health",
        "websites": ["https://northgate-dental.example", "https://northgate-dental.example/book"],
    });
    if let Json::Object(profile) = profile {
        deployment.profile = profile;
    }
    deployment.photo = Some("https://example.com/northgate/logo.png".into());
    deployment.packs.push(stickers::own(&mut world.dice()));
}

/// Two deployments of one assistant: the second is the one in force.
fn assistants(world: &mut World) {
    for (greeting, timeout) in
        [("Hi, how can I help you today?", 30), ("Welcome back. What can I do for you?", 45)]
    {
        let deployment = json!({
            "id": world.dice().digits(19),
            "assistantId": "2227823180112723968",
            "greeting": greeting,
            "mistake": "Sorry, I did not understand that.",
            "idealTimeout": timeout,
            "idealTimeoutBackoff": 2,
            "idealTimeoutMessage": "Are you still there?",
            "maxSessionDuration": 300,
            "whatsappProviderName": "gupshup",
            "whatsappOptions": [{"key": "template", "value": "welcome"}],
            "status": "active",
        });
        world.rapida.push(deployment);
    }
}

/// Two customers and their numbers; answers the configs.
fn customers(world: &mut World) -> Vec<Json> {
    let now = world.clock.now();
    let northgate =
        kapso::new_customer(world, "Northgate Dental", "crm-1042".into(), now.saturating_sub(90 * DAY));
    let mirante =
        kapso::new_customer(world, "Hotel Mirante", "crm-2077".into(), now.saturating_sub(40 * DAY));
    let numbers = [
        (&northgate, "Northgate reception", "442079460958", "104857600001", 89),
        (&mirante, "Mirante reservations", "551150280043", "104857600002", 39),
        (&mirante, "Mirante events", "551150280044", "104857600002", 12),
    ];
    numbers
        .into_iter()
        .map(|(customer, name, phone_number_id, business_account_id, days)| {
            let names = [name, phone_number_id, business_account_id];
            let url = json!("https://example.com/hooks/whatsapp");
            let id = customer["id"].as_str().unwrap_or_default();
            kapso::new_config(world, id, names, url, now.saturating_sub(days * DAY))
        })
        .collect()
}

/// A colleague looks after the first conversation, and somebody noted something about the second.
fn team(world: &mut World) {
    let (id, user) = (world.dice().uuid(), world.dice().uuid());
    let now = iso(world.clock.now().saturating_sub(DAY));
    let note = kapso::new_note(world, "Allergy".into(), "Travels with a guide dog. Ground floor, please.");
    let conversations = &mut world.kapso.conversations;
    if let Some(first) = conversations.first_mut() {
        let notes = "Amelia prefers mornings.".into();
        first.assignments.push(kapso::new_assignment(&id, user.into(), notes, &now));
    }
    if let Some(second) = conversations.get(1) {
        world.kapso.notes.insert(super::ids::digits_of(&second.phone), vec![note]);
    }
}
