//! Messages as Kapso keeps them: read page by page, newest first, and what becomes of those that were
//! sent. How one is put together from a request is in `send` and `render`.

use super::{
    super::{ask::Ask, clock::Clock, http::Answer, ids::Dice, world::World},
    data, error, lists, not_found,
};
use crate::catalogue::time::iso;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

/// Milliseconds of progress after which a sent message is delivered (or fails), and read.
const DELIVERED: u64 = 2000;
const READ: u64 = 5000;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Message {
    pub(in super::super) id: String,
    /// `message_type`.
    pub(in super::super) kind: String,
    pub(in super::super) content: String,
    pub(in super::super) outbound: bool,
    /// WhatsApp's own id.
    pub(in super::super) wamid: String,
    pub(in super::super) media_url: Json,
    /// `message_type_data`.
    pub(in super::super) data: Json,
    /// Unix milliseconds.
    pub(in super::super) at: u64,
    pub(in super::super) fate: Fate,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in super::super) enum Fate {
    Received,
    /// Marked as read at this time.
    Seen(u64),
    /// Sent at this progress; delivered and read as time goes by.
    Going(u64),
    /// Sent at this progress, and going to fail with a code of WhatsApp.
    Failing(u64, u32),
    /// Long past: the last status it had.
    Settled(String),
}

impl Message {
    pub(in super::super) fn new(
        dice: &mut Dice,
        kind: &str,
        content: String,
        at: u64,
        fate: Fate,
    ) -> Message {
        let outbound = !matches!(fate, Fate::Received | Fate::Seen(_));
        Message {
            id: dice.uuid(),
            kind: kind.into(),
            content,
            outbound,
            wamid: dice.wamid(),
            media_url: Json::Null,
            data: json!({}),
            at,
            fate,
        }
    }

    /// The status and since when it has it.
    fn status(&self, clock: &Clock) -> (&str, u64) {
        let passed = |since: u64| clock.progress().saturating_sub(since);
        let real = |progress: u64| clock.real(progress).clamp(self.at, clock.now().max(self.at));
        match &self.fate {
            Fate::Received => ("received", self.at),
            Fate::Seen(at) => ("read", *at),
            Fate::Settled(status) => (status, self.at),
            Fate::Failing(since, _) if passed(*since) >= DELIVERED => ("failed", real(since + DELIVERED)),
            Fate::Going(since) if passed(*since) >= READ => ("read", real(since + READ)),
            Fate::Going(since) if passed(*since) >= DELIVERED => ("delivered", real(since + DELIVERED)),
            Fate::Going(_) | Fate::Failing(..) => ("sent", self.at),
        }
    }

    pub(in super::super) fn show(&self, phone: &str, clock: &Clock) -> Json {
        let (status, since) = self.status(clock);
        let metadata = match self.fate {
            Fate::Failing(_, code) if status == "failed" => failure(code),
            _ => json!({}),
        };
        json!({
            "id": self.id,
            "phone_number": phone,
            "message_type": self.kind,
            "content": self.content,
            "direction": if self.outbound { "outbound" } else { "inbound" },
            "status": status,
            "processing_status": if self.outbound && status == "sent" { "pending" } else { "completed" },
            "whatsapp_message_id": self.wamid,
            "metadata": metadata,
            "media_url": self.media_url,
            "message_type_data": self.data,
            "created_at": iso(self.at),
            "updated_at": iso(since),
        })
    }
}

/// Meta's reasons, in the form in which its own statuses carry them.
const REASONS: &[(u32, &str, &str)] = &[
    (131026, "Message undeliverable", "The recipient cannot be reached on WhatsApp."),
    (
        131047,
        "Re-engagement message",
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
    ),
    (
        131049,
        "This message was not delivered to maintain healthy ecosystem engagement.",
        "The limit of marketing messages to this person is reached.",
    ),
    (131053, "Media upload error", "The media could not be downloaded from its address."),
];

fn failure(code: u32) -> Json {
    let reason = REASONS.iter().find(|(known, ..)| *known == code);
    let (title, details) =
        reason.map_or(("Message failed", "The message could not be sent."), |(_, t, d)| (*t, *d));
    json!({"errors": [{
        "code": code,
        "title": title,
        "message": format!("(#{code}) {title}"),
        "error_data": {"details": details},
    }]})
}

pub(super) fn list(world: &mut World, ask: &Ask) -> Answer {
    let id = ask.text("conversation_id");
    let found = world.kapso.conversations.iter().find(|conversation| conversation.id == id);
    let Some(conversation) = found else { return not_found("Conversation") };
    let stored = conversation.messages.len();
    let generated = conversation.generated.as_ref().map_or(0, |generated| generated.count as usize);
    lists::page(ask, stored + generated, |range| {
        range
            .filter_map(|place| match stored.checked_sub(place + 1) {
                Some(at) => Some(conversation.messages[at].show(&conversation.phone, &world.clock)),
                None => {
                    let index = (stored + generated - 1 - place) as u64;
                    let generated = conversation.generated.as_ref()?;
                    Some(generated.message(index).show(&conversation.phone, &world.clock))
                }
            })
            .collect()
    })
}

/// Only what the contact wrote can be marked; marking it again changes nothing.
pub(super) fn mark_as_read(world: &mut World, ask: &Ask) -> Answer {
    const OUTBOUND: &str = "Only inbound messages can be marked as read.";
    let id = ask.text("id");
    let now = world.clock.now();
    for conversation in &mut world.kapso.conversations {
        if let Some(message) = conversation.messages.iter_mut().find(|message| message.id == id) {
            if message.outbound {
                return error(422, OUTBOUND);
            }
            if message.fate == Fate::Received {
                message.fate = Fate::Seen(now);
            }
            return data(ask, &message.show(&conversation.phone, &world.clock));
        }
        let Some(generated) = &mut conversation.generated else { continue };
        if let Some(index) = generated.index(&id) {
            if generated.message(index).outbound {
                return error(422, OUTBOUND);
            }
            generated.mark(index, now);
            return data(ask, &generated.message(index).show(&conversation.phone, &world.clock));
        }
    }
    not_found("Message")
}

/// A message arrives from the contact; the conversation goes on, even if it had ended.
pub(in super::super) fn receive(world: &mut World, wanted: &Map<String, Json>) -> Result<Json, String> {
    let text = |name: &str, default: &str| match wanted.get(name) {
        None | Some(Json::Null) => Ok(default.to_owned()),
        Some(Json::String(text)) => Ok(text.clone()),
        Some(_) => Err(format!("{name} must be a text")),
    };
    let (id, kind) = (text("conversation_id", "")?, text("message_type", "text")?);
    let (content, url) = (text("content", "")?, text("media_url", "")?);
    let now = world.clock.now();
    let mut message = Message::new(&mut world.dice(), &kind, content, now, Fate::Received);
    message.data = match wanted.get("message_type_data") {
        Some(data) => data.clone(),
        None if kind == "text" => json!({"text": message.content}),
        None => json!({}),
    };
    if !url.is_empty() {
        message.media_url = url.into();
    }
    let found = world.kapso.conversations.iter_mut().find(|conversation| conversation.id == id);
    let conversation = found.ok_or_else(|| format!("there is no conversation {id}"))?;
    let shown = message.show(&conversation.phone, &world.clock);
    conversation.messages.push(message);
    conversation.ended = false;
    conversation.active_at = now;
    Ok(shown)
}
