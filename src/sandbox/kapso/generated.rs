//! Conversations of any length: message number `i` is a function of `i`, so 100,000 of them weigh
//! nothing and any page is made at once. The number stands in the text, for whoever looks for gaps.

use super::{
    super::{ids::Dice, sample::chatter, world::World},
    conversations::Conversation,
    messages::{Fate, Message},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Milliseconds between two messages.
const GAP: u64 = 90_000;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Generated {
    pub(super) count: u64,
    /// The time of the newest.
    newest: u64,
    salt: u64,
    /// What all their ids begin with; the rest is the number in hexadecimal.
    prefix: String,
    /// Those marked as read, and when.
    marked: BTreeMap<u64, u64>,
}

/// Adds an active conversation of so many messages; answers its id.
pub(in super::super) fn add(world: &mut World, count: u64) -> String {
    let config = world.kapso.configs.first().map_or(Json::Null, |config| config["id"].clone());
    let mut dice = world.dice();
    let phone = format!("+1555{}", dice.digits(7));
    let mut conversation = Conversation::new(world, phone, config);
    let newest = conversation.active_at;
    conversation.name = Some(format!("Long conversation ({count})"));
    conversation.created = newest.saturating_sub(count * GAP);
    conversation.generated = Some(Generated {
        count,
        newest,
        salt: dice.next(),
        prefix: dice.uuid_prefix(),
        marked: BTreeMap::new(),
    });
    let id = conversation.id.clone();
    world.kapso.conversations.push(conversation);
    id
}

impl Generated {
    /// The newest is always from the contact, so the window is open when the conversation is made.
    pub(super) fn last_inbound(&self) -> u64 {
        self.newest
    }

    /// The number of the message with an id, if it is one of these.
    pub(super) fn index(&self, id: &str) -> Option<u64> {
        let index = u64::from_str_radix(id.strip_prefix(self.prefix.as_str())?, 16).ok()?;
        (index < self.count && self.id(index) == id).then_some(index)
    }

    fn id(&self, index: u64) -> String {
        format!("{}{index:012x}", self.prefix)
    }

    pub(super) fn mark(&mut self, index: u64, now: u64) {
        self.marked.entry(index).or_insert(now);
    }

    /// Message `index`, counted from 0 for the oldest.
    pub(super) fn message(&self, index: u64) -> Message {
        let mut dice = Dice::new(self.salt, index);
        let inbound = index == 0 || index + 1 == self.count || dice.below(2) == 0;
        let at = self.newest.saturating_sub((self.count - 1 - index) * GAP);
        let fate = match (inbound, self.marked.get(&index)) {
            (true, Some(at)) => Fate::Seen(*at),
            (true, None) => Fate::Received,
            (false, _) => Fate::Settled("read".into()),
        };
        let lines = match (index, inbound) {
            (0, _) => chatter::FIRST,
            (_, true) => chatter::CUSTOMER,
            (_, false) => chatter::BUSINESS,
        };
        let line = lines[dice.below(lines.len())];
        let number = index + 1;
        let text = format!("{number}. {line}");
        let mut message = match index % 97 {
            13 => picture(&mut dice, text, at, fate),
            41 => place(&mut dice, at, fate),
            71 => {
                let long = [text.as_str(), chatter::LONG, chatter::LONG].join("\n\n");
                written(&mut dice, long, at, fate)
            }
            _ => written(&mut dice, text, at, fate),
        };
        message.id = self.id(index);
        message
    }
}

fn written(dice: &mut Dice, text: String, at: u64, fate: Fate) -> Message {
    let mut message = Message::new(dice, "text", text, at, fate);
    message.data = json!({"text": message.content});
    message
}

fn picture(dice: &mut Dice, caption: String, at: u64, fate: Fate) -> Message {
    let mut message = Message::new(dice, "image", caption, at, fate);
    message.media_url = format!("https://example.com/media/{}.jpg", dice.hex(8)).into();
    message.data = json!({"caption": message.content});
    message
}

fn place(dice: &mut Dice, at: u64, fate: Fate) -> Message {
    let mut message =
        Message::new(dice, "location", "Location: Market Square (51.5072, -0.1276)".into(), at, fate);
    message.data = json!({"latitude": 51.5072, "longitude": -0.1276, "name": "Market Square"});
    message
}
