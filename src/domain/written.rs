//! What is being written in one conversation: the draft of the message, of whatever kind, and what it
//! quotes. Where it is kept and how it is sent is not known here.

use super::{markup, thread::body::Body};
use crate::catalogue::{
    draft::Draft,
    field::{Field, Kind},
    kapso::{SEND_MESSAGE, SEND_STANDALONE},
    operation::Operation,
    read::{self, Reading},
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

pub const KIND: &str = "message.message_type";
pub const TEXT: &str = "message.content";
/// What an interactive message is answered by.
pub const ANSWERS_AS: &str = "message.interactive_type";
/// Whom to write to, and from which number, where there is no conversation yet.
pub const RECIPIENT: &str = "message.phone_number";
pub const FROM: &str = "whatsapp_config_id";
pub const CONVERSATION: &str = "conversation_id";
/// Characters of the line that lists show.
const PREVIEW: usize = 80;

/// The request that sends to a conversation; one without an id is yet to begin.
pub fn request(conversation: &str) -> &'static Operation {
    if conversation.is_empty() { &SEND_STANDALONE } else { &SEND_MESSAGE }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Written {
    /// Of [`request`], without the conversation.
    pub draft: Draft,
    pub quote: Option<Quote>,
}

/// A message that is answered. The request has no field for that, so its words go along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Whose message it is, as a person knows them.
    pub who: String,
    /// With its markup.
    pub words: String,
}

impl Written {
    /// The type of the message, as the request has it.
    pub fn kind(&self) -> &str {
        match self.draft.text(KIND) {
            "" => "text",
            kind => kind,
        }
    }

    /// Where a quote would stand: what the contact reads first; none where the kind has no text.
    pub fn quotable(&self) -> Option<&'static str> {
        match self.kind() {
            "text" => Some(TEXT),
            "image" | "video" | "document" => Some("message.caption"),
            "interactive" => Some("message.body_text"),
            _ => None,
        }
    }

    /// The draft of what is sent, with the quote in its place.
    pub fn asked(&self, conversation: &str) -> Draft {
        let mut draft = self.draft.clone();
        if !conversation.is_empty() {
            draft.set(&SEND_MESSAGE, CONVERSATION, conversation.to_owned());
        }
        if let (Some(quote), Some(path)) = (&self.quote, self.quotable()) {
            let own = draft.text(path).to_owned();
            let quoted = markup::quote(&quote.words);
            let text = if own.is_empty() || quoted.is_empty() { own } else { format!("{quoted}\n{own}") };
            draft.set(&SEND_MESSAGE, path, text);
        }
        draft
    }

    pub fn reading(&self, conversation: &str) -> Reading {
        read::draft(request(conversation), &self.asked(conversation))
    }

    /// What it would show if it were sent now. `template` is the text of the chosen template.
    pub fn body(&self, conversation: &str, template: &str) -> Body {
        let reading = self.reading(conversation);
        let body = reading.sketch().body().map_or(Json::Null, |body| body.masked());
        Body::of_request(&body["message"], template)
    }

    /// Whether there is nothing to lose.
    pub fn is_empty(&self) -> bool {
        let mut without_kind = self.draft.clone();
        for path in [KIND, ANSWERS_AS] {
            without_kind.take(path, &Draft::default());
        }
        without_kind.is_empty() && self.quote.is_none()
    }

    /// One line of it, for lists.
    pub fn preview(&self) -> String {
        let template = self.draft.text("message.template_name");
        let words = match self.kind() {
            "text" => self.draft.text(TEXT).to_owned(),
            "template" => template.to_owned(),
            "reaction" => self.draft.text("message.reaction_emoji").to_owned(),
            _ => self.body("", "").words(),
        };
        let line = markup::one_line(&words, PREVIEW);
        // What was begun may be of another kind than what shows.
        let begun = [line.as_str(), self.draft.text(TEXT), template, "not finished"];
        let shown = begun.into_iter().find(|words| !words.trim().is_empty()).unwrap_or_default();
        markup::one_line(shown, PREVIEW)
    }

    /// What remains when it was sent: what belongs to other kinds of messages.
    pub fn rest(&self) -> Written {
        let mut draft = self.draft.clone();
        for path in [RECIPIENT, FROM] {
            draft.take(path, &Draft::default());
        }
        let get = |path: &str| self.draft.text(path).to_owned();
        for field in members().iter().filter(|field| SEND_MESSAGE.applies(field, &get)) {
            draft.take(&format!("message.{}", field.name), &Draft::default());
        }
        let quote = self.quote.clone().filter(|_| self.quotable().is_none());
        Written { draft, quote }
    }
}

/// The fields of the message.
pub fn members() -> &'static [Field] {
    match SEND_MESSAGE.field("message").map(|field| field.kind) {
        Some(Kind::Group(members)) => members,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn written(message: Json) -> Written {
        let draft = Draft::from_json(&SEND_MESSAGE, &json!({ "message": message }));
        Written { draft, quote: None }
    }

    fn quoting(message: Json, words: &str) -> Written {
        Written { quote: Some(Quote { who: "Ana".into(), words: words.into() }), ..written(message) }
    }

    fn sent(written: &Written) -> Json {
        let call = written.reading("c").ready().expect("it can be sent");
        call.body().map(|body| body.masked()).unwrap_or_default()["message"].clone()
    }

    #[test]
    fn a_quote_goes_before_what_the_contact_reads() {
        let text = quoting(json!({"content": "Yes"}), "Can you *come*?\nToday");
        assert_eq!(sent(&text)["content"], "> Can you *come*?\n> Today\nYes");
        let image =
            json!({"message_type": "image", "media_url": "https://a.example/b.png", "caption": "Here"});
        assert_eq!(sent(&quoting(image, "Where?"))["caption"], "> Where?\nHere");
        // A kind without text keeps it for the next message.
        let place = json!({"message_type": "location", "latitude": 1.5, "longitude": "2"});
        let place = quoting(place, "Where?");
        assert_eq!(sent(&place), json!({"message_type": "location", "latitude": 1.5, "longitude": 2}));
        assert!(place.rest().quote.is_some());
        assert!(text.rest().is_empty());
    }

    #[test]
    fn the_limit_counts_the_quote_as_well() {
        let long = "a".repeat(4090);
        assert!(written(json!({"content": long})).reading("c").ready().is_some());
        assert!(quoting(json!({"content": long}), "Why?").reading("c").ready().is_none());
        // A quote alone is no message.
        assert!(quoting(json!({}), "Why?").reading("c").ready().is_none());
    }

    #[test]
    fn a_conversation_begins_with_a_number() {
        let mut begun = written(json!({"content": "Hello"}));
        assert!(begun.reading("").ready().is_none(), "to whom?");
        begun.draft.set(request(""), RECIPIENT, "+44 7700 900123".into());
        begun.draft.set(request(""), FROM, "config-1".into());
        let call = begun.reading("").ready().expect("it can be sent");
        assert_eq!(
            call.values().masked(),
            json!({"whatsapp_config_id": "config-1", "message": {"phone_number": "+447700900123", "content": "Hello"}})
        );
        assert!(begun.rest().is_empty());
    }

    #[test]
    fn what_belongs_to_another_kind_stays() {
        let image = written(json!({
            "message_type": "image", "media_url": "https://a.example/b.png", "caption": "Here", "content": "Half a se"
        }));
        assert_eq!(image.rest(), written(json!({"content": "Half a se"})));
        assert_eq!(image.rest().preview(), "Half a se");
        let buttons = written(json!({
            "message_type": "interactive", "interactive_type": "button", "body_text": "Which?",
            "buttons": [{"id": "a", "title": "A"}], "content": "x"
        }));
        assert_eq!(buttons.preview(), "Which?");
        assert_eq!(buttons.rest(), written(json!({"content": "x"})));
        assert!(written(json!({"message_type": "contacts"})).is_empty());
        assert!(written(json!({"message_type": "interactive", "interactive_type": "button"})).is_empty());
        // A line of a list is never empty.
        assert_eq!(written(json!({"template_name": "offer"})).preview(), "offer");
        assert_eq!(
            written(json!({"message_type": "reaction", "reacted_to_message_id": "wamid.1"})).preview(),
            "not finished"
        );
    }
}
