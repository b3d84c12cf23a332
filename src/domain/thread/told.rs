//! What an answer tells about a message beside what it shows: which one it replies to, and why it
//! failed. Kapso's documentation has no place for either; these are the places of WhatsApp's payloads.

use crate::catalogue::{kapso::replies::Message, operation::Explained, whatsapp};
use serde_json::Value as Json;

/// WhatsApp's id of the message that this one replies to.
pub fn reply_to(message: &Message) -> Option<String> {
    let contexts = [&message.data, &message.metadata]
        .into_iter()
        .flat_map(|json| [&json["context"], &json["reply_to"], json]);
    for context in contexts {
        for name in ["message_id", "id", "reply_to_message_id", "quoted_message_id"] {
            // A reaction names its target in the same member, and a file its own id.
            let own = std::ptr::eq(context, &message.data) || std::ptr::eq(context, &message.metadata);
            if own && matches!(name, "message_id" | "id") {
                continue;
            }
            if let Some(id) = context[name].as_str().filter(|id| !id.is_empty()) {
                return Some(id.to_owned());
            }
        }
    }
    None
}

/// What WhatsApp answers to anything but a template once the 24-hour window is closed.
pub const WINDOW_CLOSED: &str = "131047";

/// Why a message failed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reason {
    /// WhatsApp's code, such as `131047`; empty where none was told.
    pub code: String,
    /// The provider's words; empty where there are none.
    pub detail: String,
}

impl Reason {
    /// What the code means, where it is documented.
    pub fn explained(&self) -> Option<&'static Explained> {
        whatsapp::meta_error(&self.code)
    }
}

/// The first reason that an answer gives.
pub fn reason(message: &Message) -> Option<Reason> {
    let places = [&message.metadata, &message.data];
    let errors = places.into_iter().flat_map(|json| {
        let nested = json["statuses"].as_array().into_iter().flatten();
        std::iter::once(json).chain(nested).flat_map(|json| {
            let one = Some(&json["error"]).filter(|error| !error.is_null());
            json["errors"].as_array().into_iter().flatten().chain(one)
        })
    });
    errors.map(read).find(|reason| *reason != Reason::default())
}

fn read(error: &Json) -> Reason {
    let code = match &error["code"] {
        Json::Number(code) => code.to_string(),
        Json::String(code) => code.clone(),
        _ => String::new(),
    };
    let words = [&error["error_data"]["details"], &error["message"], &error["title"], error];
    let detail = words.into_iter().find_map(Json::as_str).unwrap_or_default().to_owned();
    Reason { code, detail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn message(data: Json, metadata: Json) -> Message {
        Message::read(&json!({"id": "m", "message_type_data": data, "metadata": metadata})).unwrap()
    }

    #[test]
    fn a_reply_names_its_message_wherever_the_provider_put_it() {
        for (data, metadata) in [
            (json!({"context": {"message_id": "wamid.1"}}), json!({})),
            (json!({"context": {"id": "wamid.1", "from": "49"}}), json!(null)),
            (json!({}), json!({"context": {"id": "wamid.1"}})),
            (json!({}), json!({"reply_to_message_id": "wamid.1"})),
            (json!({"reply_to": {"id": "wamid.1"}}), json!({})),
        ] {
            assert_eq!(
                reply_to(&message(data.clone(), metadata.clone())).as_deref(),
                Some("wamid.1"),
                "{data} {metadata}"
            );
        }
        for (data, metadata) in [
            (json!({"message_id": "wamid.target", "emoji": "👍"}), json!({})),
            (json!({"id": "media-1"}), json!({"id": "row"})),
            (json!({"context": {"id": ""}}), json!("text")),
            (json!([1]), json!(null)),
        ] {
            assert_eq!(reply_to(&message(data.clone(), metadata)), None, "{data}");
        }
    }

    #[test]
    fn a_reason_is_read_and_explained() {
        let told = message(
            json!({}),
            json!({"errors": [{"code": 131047, "title": "Re-engagement message", "error_data": {"details": "More than 24 hours"}}]}),
        );
        let found = reason(&told).unwrap();
        assert_eq!((found.code.as_str(), found.detail.as_str()), ("131047", "More than 24 hours"));
        assert!(found.explained().unwrap().next.contains("template"));
        let nested = message(
            json!({}),
            json!({"statuses": [{"errors": [{"code": "131026", "title": "Undeliverable"}]}]}),
        );
        assert_eq!(reason(&nested).unwrap().detail, "Undeliverable");
        let words = message(json!({"error": "It broke"}), json!({}));
        assert_eq!(reason(&words).unwrap(), Reason { code: String::new(), detail: "It broke".into() });
        assert_eq!(reason(&message(json!({"errors": []}), json!({"errors": "no"}))), None);
        assert_eq!(reason(&message(json!({"errors": [{}]}), json!({}))), None);
    }
}
