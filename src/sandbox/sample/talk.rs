//! How a conversation is written down in the tables, and how it is brought into a world.

use super::super::{
    kapso::{Conversation, Fate, Message},
    world::World,
};
use serde_json::Value as Json;

const MINUTE: u64 = 60_000;

pub(super) struct Talk {
    /// Empty where the contact has no name.
    pub(super) name: &'static str,
    pub(super) phone: &'static str,
    /// Which of the sample configs it belongs to.
    pub(super) config: usize,
    pub(super) ended: bool,
    pub(super) lines: &'static [Line],
}

pub(super) struct Line {
    /// Minutes before the world was made.
    ago: u64,
    outbound: bool,
    kind: &'static str,
    text: &'static str,
    media: &'static str,
    /// `message_type_data` as JSON; `"@3"` in it stands for WhatsApp's id of the fourth line.
    data: &'static str,
    /// Of an outbound message; `failed:` and a code for one that failed.
    status: &'static str,
}

/// A text from the contact.
pub(super) const fn them(ago: u64, text: &'static str) -> Line {
    Line { ago, outbound: false, kind: "text", text, media: "", data: "", status: "" }
}

/// A text from the business.
pub(super) const fn us(ago: u64, text: &'static str) -> Line {
    Line { ago, outbound: true, kind: "text", text, media: "", data: "", status: "read" }
}

impl Line {
    pub(super) const fn kind(mut self, kind: &'static str, data: &'static str) -> Line {
        self.kind = kind;
        self.data = data;
        self
    }

    pub(super) const fn media(mut self, url: &'static str) -> Line {
        self.media = url;
        self
    }

    pub(super) const fn status(mut self, status: &'static str) -> Line {
        self.status = status;
        self
    }
}

pub(super) fn hold(world: &mut World, talk: &Talk, configs: &[Json]) {
    let config = configs.get(talk.config).map_or(Json::Null, |config| config["id"].clone());
    let mut conversation = Conversation::new(world, talk.phone.into(), config);
    let now = world.clock.now();
    conversation.name = (!talk.name.is_empty()).then(|| talk.name.to_owned());
    conversation.ended = talk.ended;
    let mut dice = world.dice();
    for line in talk.lines {
        let at = now.saturating_sub(line.ago * MINUTE);
        let mut message = Message::new(&mut dice, line.kind, line.text.into(), at, fate(line));
        message.data = data(line, &conversation.messages);
        if !line.media.is_empty() {
            message.media_url = line.media.into();
        }
        conversation.messages.push(message);
    }
    conversation.created = conversation.messages.first().map_or(now, |first| first.at);
    conversation.active_at = conversation.messages.last().map_or(now, |last| last.at);
    world.kapso.conversations.push(conversation);
}

fn fate(line: &Line) -> Fate {
    match line.status.strip_prefix("failed:").and_then(|code| code.parse().ok()) {
        Some(code) => Fate::Failing(0, code),
        None if line.outbound => Fate::Settled(line.status.into()),
        None => Fate::Received,
    }
}

fn data(line: &Line, before: &[Message]) -> Json {
    if line.kind == "text" {
        return serde_json::json!({"text": line.text});
    }
    let mut text = line.data.to_owned();
    for (at, message) in before.iter().enumerate() {
        text = text.replace(&format!("\"@{at}\""), &format!("\"{}\"", message.wamid));
    }
    serde_json::from_str(&text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{asia, europe};
    use serde_json::Value as Json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn tables_are_in_order_and_their_json_is_json() {
        for talk in europe::TALKS.iter().chain(asia::TALKS) {
            assert!(talk.lines.is_sorted_by_key(|line| std::cmp::Reverse(line.ago)), "{}", talk.name);
            for line in talk.lines.iter().filter(|line| line.kind != "text") {
                assert!(serde_json::from_str::<Json>(line.data).is_ok(), "{}", line.data);
            }
        }
    }
}
