//! The commands of `_control`: what a test or a trainer may change about the world. A command is
//! carried out as a whole or not at all.

use super::{fault, fault::known, kapso, log::Log, world::World};
use serde_json::{Map, Value as Json, json};

const KEYS: &[&str] = &[
    "reset",
    "seed",
    "speed",
    "advance",
    "code",
    "cors",
    "rate_limit",
    "list_shape",
    "faults",
    "conversation",
    "receive",
];

/// Faster than this, a step takes less than a microsecond.
const FASTEST: f64 = 1_000_000.0;

/// The longest jump of progress at once: a year of milliseconds.
const FARTHEST: u64 = 366 * 24 * 60 * 60 * 1000;

/// Messages of the longest conversation: three years of them.
const LONGEST: u64 = 1_000_000;

/// Carries out a command at `now` (Unix milliseconds) and answers the state it put in force, with
/// `conversation_id` or `message` where the command made one. An unknown key is an error.
pub fn control(world: &mut World, command: &Json, now: u64) -> Result<Json, String> {
    let members = command.as_object().ok_or("a command is a JSON object")?;
    known("a command", members, KEYS)?;
    let log = std::mem::take(&mut world.log);
    let mut next = world.clone();
    world.log = log;
    next.clock.see(now);
    let fresh = renewed(&mut next, members, now)?;
    settings(&mut next, members)?;
    let made = events(&mut next, members)?;
    next.log = if fresh { Log::default() } else { std::mem::take(&mut world.log) };
    *world = next;
    let mut state = state(world);
    state.extend(made);
    Ok(Json::Object(state))
}

/// A seed is what a world is made of, so another seed is another world, as `reset` is.
fn renewed(world: &mut World, members: &Map<String, Json>, now: u64) -> Result<bool, String> {
    let seed = match members.get("seed") {
        None => None,
        Some(seed) => Some(seed.as_u64().ok_or("seed must be a whole number")?),
    };
    let reset = match members.get("reset") {
        None => false,
        Some(reset) => reset.as_bool().ok_or("reset must be true")?,
    };
    let fresh = reset || seed.is_some();
    if fresh {
        *world = World::new(seed.unwrap_or(world.seed), now);
    }
    Ok(fresh)
}

fn settings(world: &mut World, members: &Map<String, Json>) -> Result<(), String> {
    for (key, value) in members {
        let truth = || value.as_bool().ok_or_else(|| format!("{key} must be true or false"));
        match key.as_str() {
            "speed" => {
                let speed = value.as_f64().filter(|speed| (0.0..=FASTEST).contains(speed));
                world.clock.set_speed(speed.ok_or("speed must be a number from 0 to 1000000")?);
            }
            "advance" => {
                let jump = value.as_u64().filter(|jump| *jump <= FARTHEST);
                world
                    .clock
                    .advance(jump.ok_or("advance must be a whole number of milliseconds, at most a year's")?);
            }
            "code" => {
                let digits = |text: &&str| text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
                world.code =
                    value.as_str().filter(digits).ok_or("code must be six digits, as a text")?.into();
            }
            "cors" => world.cors = truth()?,
            "rate_limit" => world.rate_limit = truth()?,
            "list_shape" => {
                world.single = match value.as_str() {
                    Some("single") => true,
                    Some("array") => false,
                    _ => return Err("list_shape must be \"array\" or \"single\"".into()),
                }
            }
            "faults" => world.faults = fault::read(value)?,
            _ => {}
        }
    }
    Ok(())
}

/// What happens at the provider by itself.
fn events(world: &mut World, members: &Map<String, Json>) -> Result<Map<String, Json>, String> {
    let mut made = Map::new();
    if let Some(wanted) = members.get("conversation") {
        let wanted = wanted.as_object().ok_or("conversation must be an object")?;
        known("conversation", wanted, &["messages"])?;
        let messages = wanted.get("messages").and_then(Json::as_u64).filter(|n| (1..=LONGEST).contains(n));
        let messages = messages.ok_or("messages must be a whole number from 1 to 1000000")?;
        made.insert("conversation_id".into(), kapso::add_generated(world, messages).into());
    }
    if let Some(wanted) = members.get("receive") {
        let wanted = wanted.as_object().ok_or("receive must be an object")?;
        known(
            "receive",
            wanted,
            &["conversation_id", "content", "message_type", "message_type_data", "media_url"],
        )?;
        made.insert("message".into(), kapso::receive(world, wanted)?);
    }
    Ok(made)
}

fn state(world: &World) -> Map<String, Json> {
    let state = json!({
        "seed": world.seed,
        "speed": world.clock.speed,
        "code": world.code,
        "cors": world.cors,
        "rate_limit": world.rate_limit,
        "list_shape": if world.single { "single" } else { "array" },
        "faults": world.faults.iter().map(fault::show).collect::<Vec<_>>(),
    });
    match state {
        Json::Object(members) => members,
        _ => Map::new(),
    }
}
