//! One stored message: the provider's own words, where it stands among the others, and how far it has
//! come as far as anybody has told. What it shows is read from its words when it is drawn.

use super::status::Status;
use crate::catalogue::kapso::replies::{Direction, Message};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Where a message stands: by the provider's time, and by id among those of one moment. The same id
/// never stands in two places.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Unix milliseconds.
    pub at: u64,
    pub id: String,
}

/// A message that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    #[serde(rename = "p")]
    pub place: Place,
    #[serde(rename = "s")]
    pub status: Status,
    /// WhatsApp's id; empty where it is not known yet.
    #[serde(rename = "w", default)]
    pub wamid: String,
    #[serde(rename = "i", default)]
    pub inbound: bool,
    /// The newest answer about it, as JSON.
    #[serde(rename = "r")]
    pub raw: String,
}

impl Entry {
    /// From one row of an answer that came at `now`; `None` where the row is no message. A message
    /// without a date stands where it was first seen.
    pub fn read(json: &Json, now: u64) -> Option<Entry> {
        let message = Message::read(json)?;
        let status = Status::read(&message.status);
        Some(Entry {
            place: Place {
                at: message.created_at.or(message.updated_at).unwrap_or(now),
                id: message.id.clone(),
            },
            status,
            wamid: message.wamid.clone(),
            inbound: is_inbound(&message, status),
            raw: json.to_string(),
        })
    }

    /// What it says, read from its words.
    pub fn message(&self) -> Option<Message> {
        Message::read(&serde_json::from_str(&self.raw).ok()?)
    }

    /// What is known of the message after a newer answer; it keeps its place.
    pub fn then(&self, newer: &Entry) -> Entry {
        Entry {
            place: self.place.clone(),
            status: self.status.then(newer.status),
            wamid: if newer.wamid.is_empty() { self.wamid.clone() } else { newer.wamid.clone() },
            inbound: if newer.tells_direction() { newer.inbound } else { self.inbound },
            raw: completed(&self.raw, &newer.raw),
        }
    }

    fn tells_direction(&self) -> bool {
        self.status == Status::Received || self.message().is_some_and(|message| message.direction.is_some())
    }

    /// Roughly how much room it takes, in bytes.
    pub fn size(&self) -> usize {
        self.raw.len() + self.wamid.len() + 2 * self.place.id.len() + 64
    }
}

/// A newer answer; what it leaves out or has no value for is what the older one said.
fn completed(older: &str, newer: &str) -> String {
    let read = |text| serde_json::from_str::<Json>(text);
    match (read(older), read(newer)) {
        (Ok(Json::Object(older)), Ok(Json::Object(mut newer_members))) if older != newer_members => {
            let mut changed = false;
            for (name, value) in older {
                if !value.is_null() && newer_members.get(&name).is_none_or(Json::is_null) {
                    newer_members.insert(name, value);
                    changed = true;
                }
            }
            if changed { Json::Object(newer_members).to_string() } else { newer.to_owned() }
        }
        _ => newer.to_owned(),
    }
}

/// Only the contact's messages are `received`, and the seed's own example of a sent one says `inbound`.
fn is_inbound(message: &Message, status: Status) -> bool {
    match message.direction {
        Some(direction) => direction == Direction::Inbound,
        None => status == Status::Received,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_newer_answer_changes_all_but_the_place_and_never_goes_back() {
        let old = Entry::read(
            &json!({"id": "a", "status": "read", "direction": "outbound", "whatsapp_message_id": "w", "created_at": "2023-11-07T05:31:56Z"}),
            5,
        )
        .unwrap();
        assert_eq!(old.place, Place { at: 1_699_335_116_000, id: "a".into() });
        let new = Entry::read(
            &json!({"id": "a", "status": "sent", "content": "edited", "created_at": "2024-01-01"}),
            5,
        )
        .unwrap();
        let then = old.then(&new);
        assert_eq!((then.status, then.place, then.wamid.as_str()), (Status::Read, old.place.clone(), "w"));
        assert!(then.raw.contains("edited"));
        assert_eq!(Entry::read(&json!({"id": "b", "created_at": "never"}), 5).unwrap().place.at, 5);
        assert_eq!(Entry::read(&json!({"content": "no id"}), 5), None);
    }

    #[test]
    fn what_a_newer_answer_leaves_out_stays() {
        let read = |json| Entry::read(&json, 5).unwrap();
        let theirs = json!({"id": "a", "status": "received", "direction": "inbound", "content": "Hi", "media_url": "https://a/b"});
        let newer = json!({"id": "a", "status": "read", "direction": null, "content": null, "updated_at": "2024-01-01"});
        let then = read(theirs.clone()).then(&read(newer));
        assert!(then.inbound, "it is still the contact's");
        assert_eq!(then.status, Status::Read);
        let message = then.message().unwrap();
        assert_eq!((message.content.as_str(), message.media_url.as_str()), ("Hi", "https://a/b"));
        // What it says counts, be it empty.
        let emptied = json!({"id": "a", "direction": "outbound", "content": ""});
        let then = read(theirs).then(&read(emptied));
        assert_eq!((then.inbound, then.message().unwrap().content.as_str()), (false, ""));
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let entry =
            Entry::read(&json!({"id": "a", "content": "Grüße 🐥", "direction": "inbound"}), 5).unwrap();
        let text = serde_json::to_string(&entry).unwrap();
        assert_eq!(serde_json::from_str::<Entry>(&text).unwrap(), entry);
        assert_eq!(entry.message().unwrap().content, "Grüße 🐥");
        let damaged = Entry { raw: "{".into(), ..entry };
        assert_eq!(damaged.message(), None);
    }
}
