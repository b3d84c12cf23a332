//! What a file holds, counted while it is checked: by kind, and for each conversation from when to when.

use super::Entry;
use crate::domain::{connection::Connection, holding::Kind, thread::entry::Place};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The oldest and the newest message of a conversation in a file, and how many there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Span {
    pub first: Place,
    pub last: Place,
    pub count: usize,
}

impl Span {
    /// Whether two stretches of one conversation have a moment in common, so that together they have no gap.
    pub fn meets(&self, first: &Place, last: &Place) -> bool {
        self.first <= *last && *first <= self.last
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Entries of each kind; for conversations, how many there are.
    pub counts: BTreeMap<Kind, usize>,
    /// Messages of all conversations.
    pub messages: usize,
    /// By connection and conversation.
    pub spans: BTreeMap<(String, String), Span>,
    pub connections: Vec<Connection>,
    pub settings: BTreeMap<String, Json>,
}

impl Tally {
    pub fn count(&mut self, entry: &Entry) {
        if let Entry::Messages { connection, conversation, messages } = entry {
            self.messages += messages.len();
            let span = self.spans.entry((connection.clone(), conversation.clone())).or_default();
            for message in messages {
                if span.count == 0 || message.place < span.first {
                    span.first = message.place.clone();
                }
                if span.count == 0 || message.place > span.last {
                    span.last = message.place.clone();
                }
                span.count += 1;
            }
        }
        if !entry.counts() {
            return;
        }
        *self.counts.entry(entry.kind()).or_default() += 1;
        match entry {
            Entry::Connection(connection) => self.connections.push(connection.clone()),
            Entry::Setting { name, value } => drop(self.settings.insert(name.clone(), value.clone())),
            _ => {}
        }
    }

    pub fn of(&self, kind: Kind) -> usize {
        let counted = self.counts.get(&kind).copied().unwrap_or(0);
        // A conversation may have messages and nothing else.
        if kind == Kind::Conversations { counted.max(self.spans.len()) } else { counted }
    }
}
