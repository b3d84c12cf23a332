//! Conversations: who writes with a number, and whether it goes on. They end only when somebody ends
//! them: that Kapso ends them after a day of silence would leave no closed 24-hour window to look at.

use super::{
    super::{ask::Ask, http::Answer, world::World},
    data,
    generated::Generated,
    lists,
    messages::Message,
    not_found,
};
use crate::catalogue::time::iso;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

/// How long a message of the contact lets the business write freely, in milliseconds.
const WINDOW: u64 = 24 * 60 * 60 * 1000;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Conversation {
    pub(in super::super) id: String,
    /// With `+`.
    pub(in super::super) phone: String,
    pub(in super::super) name: Option<String>,
    pub(in super::super) ended: bool,
    pub(in super::super) config_id: Json,
    pub(in super::super) created: u64,
    pub(in super::super) active_at: u64,
    /// Messages older than all the others, made when they are asked for.
    pub(in super::super) generated: Option<Generated>,
    /// Oldest first.
    pub(in super::super) messages: Vec<Message>,
    /// Oldest first.
    pub(in super::super) assignments: Vec<Json>,
}

impl Conversation {
    pub(in super::super) fn new(world: &mut World, phone: String, config_id: Json) -> Conversation {
        let now = world.clock.now();
        Conversation {
            id: format!("conversation-{}", world.dice().hex(12)),
            phone,
            name: None,
            ended: false,
            config_id,
            created: now,
            active_at: now,
            generated: None,
            messages: vec![],
            assignments: vec![],
        }
    }

    /// How many messages there are, those included that are made when they are asked for.
    pub(in super::super) fn messages(&self) -> usize {
        let generated = self.generated.as_ref().map_or(0, |generated| generated.count as usize);
        generated + self.messages.len()
    }

    pub(super) fn show(&self) -> Json {
        let mut row = json!({
            "id": self.id,
            "phone_number": self.phone,
            "status": if self.ended { "ended" } else { "active" },
            "last_active_at": iso(self.active_at),
            "contact_name": self.name,
            "whatsapp_config_id": self.config_id,
            "created_at": iso(self.created),
            "updated_at": iso(self.active_at),
        });
        // A contact without a name has no such member.
        if let (None, Some(members)) = (&self.name, row.as_object_mut()) {
            members.shift_remove("contact_name");
        }
        row
    }

    /// Whether the contact wrote within the last 24 hours.
    pub(super) fn open(&self, now: u64) -> bool {
        let last = self.messages.iter().rev().find(|message| !message.outbound).map(|message| message.at);
        let last = last.or(self.generated.as_ref().map(Generated::last_inbound));
        last.is_some_and(|at| now < at + WINDOW)
    }
}

pub(super) fn carry_out(world: &mut World, ask: &Ask) -> Answer {
    if ask.operation.id == "kapso.list-conversations" {
        // Of two that were active at the same moment the younger comes first.
        let mut all: Vec<&Conversation> = world.kapso.conversations.iter().rev().collect();
        all.sort_by_key(|conversation| std::cmp::Reverse(conversation.active_at));
        return lists::answer(ask, all.into_iter().map(Conversation::show).collect());
    }
    let id = ask.text("conversation_id");
    let found = world.kapso.conversations.iter_mut().find(|conversation| conversation.id == id);
    let Some(conversation) = found else { return not_found("Conversation") };
    if ask.operation.id == "kapso.update-conversation" {
        match ask.text("whatsapp_conversation.status").as_str() {
            "ended" => conversation.ended = true,
            "active" => conversation.ended = false,
            _ => {}
        }
    }
    data(ask, &conversation.show())
}
