//! Sending: which conversation a message goes to, whether it may, and what will become of it.

use super::{
    super::{ask::Ask, http::Answer, ids::digits_of, world::World},
    conversations::Conversation,
    data, error,
    messages::{Fate, Message},
    not_found, render,
};
use serde_json::Value as Json;

/// Outside the 24-hour window WhatsApp takes only templates.
const WINDOW_CLOSED: u32 = 131047;

pub(super) fn to_conversation(world: &mut World, ask: &Ask) -> Answer {
    let id = ask.text("conversation_id");
    match world.kapso.conversations.iter().position(|conversation| conversation.id == id) {
        Some(at) => send(world, ask, at),
        None => not_found("Conversation"),
    }
}

/// Reuses the active conversation with a number, or begins one.
pub(super) fn to_number(world: &mut World, ask: &Ask) -> Answer {
    if let Err(reason) = render::template(world, ask) {
        return error(422, &reason);
    }
    let config = match config(world, ask) {
        Ok(config) => config,
        Err(answer) => return answer,
    };
    let digits = digits_of(&ask.text("message.phone_number"));
    let same = |conversation: &Conversation| digits_of(&conversation.phone) == digits;
    let fits = |conversation: &Conversation| {
        same(conversation) && !conversation.ended && conversation.config_id == config
    };
    let at = match world.kapso.conversations.iter().position(fits) {
        Some(at) => at,
        None => {
            let name = world
                .kapso
                .conversations
                .iter()
                .find(|other| same(other))
                .and_then(|other| other.name.clone());
            let mut conversation = Conversation::new(world, format!("+{digits}"), config);
            conversation.name = name;
            world.kapso.conversations.push(conversation);
            world.kapso.conversations.len() - 1
        }
    };
    send(world, ask, at)
}

/// The given config, else the customer's, else the first of the project.
fn config(world: &World, ask: &Ask) -> Result<Json, Answer> {
    let (config, customer) = (ask.text("whatsapp_config_id"), ask.text("customer_id"));
    let fits = |found: &&Json| match (config.is_empty(), customer.is_empty()) {
        (false, _) => found["id"] == config.as_str(),
        (true, false) => found["customer_id"] == customer.as_str(),
        (true, true) => true,
    };
    world.kapso.configs.iter().find(fits).map(|found| found["id"].clone()).ok_or_else(|| {
        if config.is_empty() && customer.is_empty() {
            error(422, "The project has no WhatsApp config.")
        } else {
            not_found("WhatsApp config")
        }
    })
}

fn send(world: &mut World, ask: &Ask, at: usize) -> Answer {
    if world.kapso.conversations[at].ended {
        return error(422, "The conversation has ended. Reopen it before you send a message.");
    }
    let rendered = match render::message(world, ask) {
        Ok(rendered) => rendered,
        Err(reason) => return error(422, &reason),
    };
    let (now, progress) = (world.clock.now(), world.clock.progress());
    let open = world.kapso.conversations[at].open(now);
    let fate = match ordered_failure(&rendered.content) {
        Some(code) => Fate::Failing(progress, code),
        None if !open && rendered.kind != "template" => Fate::Failing(progress, WINDOW_CLOSED),
        None => Fate::Going(progress),
    };
    let mut message = Message::new(&mut world.dice(), &rendered.kind, rendered.content, now, fate);
    message.media_url = rendered.media_url;
    message.data = rendered.data;
    let conversation = &mut world.kapso.conversations[at];
    let shown = message.show(&conversation.phone, &world.clock);
    conversation.messages.push(message);
    conversation.active_at = now;
    data(ask, &shown)
}

/// A text of `#` and one of WhatsApp's six-digit codes asks to fail with it later.
fn ordered_failure(content: &str) -> Option<u32> {
    let digits = content.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    digits.parse().ok().filter(|code| (130_000..140_000).contains(code))
}
