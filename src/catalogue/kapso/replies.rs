//! What Kapso answers, as types. No member of an answer is documented as always there, so everything is
//! read as far as it is, and what is added later does no harm.

use crate::catalogue::{reply::text, time};
use serde_json::Value as Json;

/// Rows of a page, the most that Kapso gives at once.
pub const PAGE: usize = 100;

/// The rows of a list.
pub fn rows(json: &Json) -> &[Json] {
    json["data"].as_array().map_or(&[][..], Vec::as_slice)
}

/// Whether a page of [`PAGE`] rows, counted from 1, is the last of its list. Counts are hints, for rows that
/// arrive while it is read shift the pages; so a short page is the last unless more are promised, and an
/// empty one whatever is.
pub fn is_last(json: &Json, page: usize) -> bool {
    let promised = json["meta"]["total_pages"].as_u64().is_some_and(|pages| pages > page as u64);
    let rows = rows(json).len();
    rows == 0 || rows < PAGE && !promised
}

/// The one record of an answer.
pub fn record(json: &Json) -> &Json {
    &json["data"]
}

/// Somebody who writes with a number of the business.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conversation {
    pub id: String,
    /// The contact's number, in the provider's spelling.
    pub phone_number: String,
    /// Empty where the contact has none.
    pub contact_name: String,
    /// `active` or `ended`; another word where Kapso has added one.
    pub status: String,
    /// Unix milliseconds.
    pub last_active_at: Option<u64>,
    /// The WhatsApp number of the business, where the answer names it.
    pub config_id: String,
}

impl Conversation {
    /// Reads one; `None` where there is no id to know it by.
    pub fn read(json: &Json) -> Option<Conversation> {
        let conversation = Conversation {
            id: text(&json["id"]),
            phone_number: text(&json["phone_number"]),
            contact_name: text(&json["contact_name"]),
            status: text(&json["status"]),
            last_active_at: moment(&json["last_active_at"]),
            config_id: text(&json["whatsapp_config_id"]),
        };
        (!conversation.id.is_empty()).then_some(conversation)
    }

    pub fn is_ended(&self) -> bool {
        self.status == ENDED
    }
}

/// The status of a conversation that nobody writes in any more.
pub const ENDED: &str = "ended";

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The contact.
    Inbound,
    /// The business.
    Outbound,
}

/// One message, in either direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Kapso's id.
    pub id: String,
    pub phone_number: String,
    /// `message_type`; an open word.
    pub kind: String,
    /// The text, or a text rendering of another type.
    pub content: String,
    /// `None` where the answer does not tell.
    pub direction: Option<Direction>,
    /// The word of the answer; empty where there is none.
    pub status: String,
    /// WhatsApp's id; empty until WhatsApp has taken the message.
    pub wamid: String,
    pub media_url: String,
    /// `message_type_data`, whose shape depends on the type.
    pub data: Json,
    pub metadata: Json,
    /// Unix milliseconds; `None` where it is missing or no date.
    pub created_at: Option<u64>,
    pub updated_at: Option<u64>,
}

impl Message {
    /// Reads one; `None` where there is no id to know it by.
    pub fn read(json: &Json) -> Option<Message> {
        let message = Message {
            id: text(&json["id"]),
            phone_number: text(&json["phone_number"]),
            kind: text(&json["message_type"]),
            content: text(&json["content"]),
            direction: match json["direction"].as_str() {
                Some("inbound") => Some(Direction::Inbound),
                Some("outbound") => Some(Direction::Outbound),
                _ => None,
            },
            status: text(&json["status"]),
            wamid: text(&json["whatsapp_message_id"]),
            media_url: text(&json["media_url"]),
            data: json["message_type_data"].clone(),
            metadata: json["metadata"].clone(),
            created_at: moment(&json["created_at"]),
            updated_at: moment(&json["updated_at"]),
        };
        (!message.id.is_empty()).then_some(message)
    }
}

/// Who looks after a conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    pub id: String,
    pub user_id: String,
    pub notes: String,
    pub active: bool,
    pub created_at: Option<u64>,
}

impl Assignment {
    pub fn read(json: &Json) -> Option<Assignment> {
        let assignment = Assignment {
            id: text(&json["id"]),
            user_id: text(&json["user_id"]),
            notes: text(&json["notes"]),
            active: json["active"] == true,
            created_at: moment(&json["created_at"]),
        };
        (!assignment.id.is_empty()).then_some(assignment)
    }
}

/// A note about a contact.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub id: String,
    pub name: String,
    pub content: String,
    pub created_at: Option<u64>,
}

impl Note {
    pub fn read(json: &Json) -> Option<Note> {
        let note = Note {
            id: text(&json["id"]),
            name: text(&json["name"]),
            content: text(&json["content"]),
            created_at: moment(&json["created_at"]),
        };
        (!note.id.is_empty()).then_some(note)
    }
}

fn moment(json: &Json) -> Option<u64> {
    time::parse(json.as_str()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_message_is_read_as_far_as_it_is_there() {
        let read = Message::read(&json!({
            "id": "m1", "phone_number": "+49151", "message_type": "text", "content": "Hi", "direction": "inbound",
            "status": "received", "whatsapp_message_id": "wamid.1", "metadata": {}, "media_url": null,
            "message_type_data": {"text": "Hi"}, "created_at": "2023-11-07T05:31:56Z", "updated_at": "soon",
            "added": [1]
        }))
        .unwrap();
        assert_eq!((read.id.as_str(), read.content.as_str(), read.kind.as_str()), ("m1", "Hi", "text"));
        assert_eq!(read.direction, Some(Direction::Inbound));
        assert_eq!((read.created_at, read.updated_at), (Some(1_699_335_116_000), None));
        assert_eq!((read.media_url.as_str(), read.wamid.as_str()), ("", "wamid.1"));
        for bare in [json!({"id": "m"}), json!({"id": 7, "content": null, "direction": 3, "created_at": {}})]
        {
            let read = Message::read(&bare).unwrap();
            assert_eq!((read.direction, read.created_at, read.content.as_str()), (None, None, ""));
        }
        for other in [json!({}), json!(null), json!([]), json!("m"), json!({"id": ""}), json!({"id": null})] {
            assert_eq!(Message::read(&other), None, "{other}");
        }
    }

    #[test]
    fn a_conversation_is_read_as_far_as_it_is_there() {
        let whole = json!({"id": "c", "phone_number": "+1", "status": "ended", "contact_name": "Ana", "last_active_at": "2023-11-07T05:31:56Z"});
        let read = Conversation::read(&whole).unwrap();
        assert_eq!((read.contact_name.as_str(), read.is_ended()), ("Ana", true));
        assert_eq!(Conversation::read(&json!({"id": "c", "contact_name": null})).unwrap().contact_name, "");
        assert_eq!(Conversation::read(&json!({"phone_number": "+1"})), None);
    }

    #[test]
    fn a_list_may_lack_anything() {
        assert_eq!(rows(&json!({"data": [1, 2], "meta": {}})), &[json!(1), json!(2)][..]);
        assert!(rows(&json!({"data": {}, "meta": "any"})).is_empty());
        assert!(rows(&json!(null)).is_empty());
    }

    #[test]
    fn a_page_that_skips_rows_does_not_end_the_list() {
        let page = |rows: usize, pages: Json| json!({"data": vec![1; rows], "meta": {"total_pages": pages}});
        assert!(is_last(&page(7, json!(3)), 3), "short, and the last that was promised");
        assert!(!is_last(&page(99, json!(3)), 2), "short, with another promised");
        assert!(!is_last(&page(100, json!(1)), 1), "a count that lies ends no full page");
        assert!(is_last(&page(7, json!("many")), 1), "nothing was promised");
        assert!(is_last(&page(0, json!(9)), 4), "there is nothing more to read");
    }
}
