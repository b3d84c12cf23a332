//! Every type of message: the least that can be sent, and a table of what is broken where.

use super::problems;
use crate::catalogue::{
    draft::Draft,
    kapso::{SEND_MESSAGE, SEND_STANDALONE},
    read,
};
use serde_json::{Value as Json, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn send(message: Json) -> Json {
    json!({"conversation_id": "conversation-202mno", "message": message})
}

fn message_problems(message: Json) -> Vec<(String, bool)> {
    problems(&SEND_MESSAGE, &send(message))
}

fn buttons(buttons: Json) -> Json {
    json!({"message_type": "interactive", "interactive_type": "button", "body_text": "Which day?", "buttons": buttons})
}

fn list(sections: Json) -> Json {
    json!({
        "message_type": "interactive", "interactive_type": "list", "body_text": "Which day?",
        "list_button_text": "View Options", "sections": sections
    })
}

fn rows(from: usize, number: usize) -> Json {
    (from..from + number).map(|row| json!({"id": format!("row-{row}"), "title": "Monday"})).collect()
}

fn template(more: Json) -> Json {
    let mut template =
        json!({"message_type": "template", "template_name": "order_1", "template_language": "pt_BR"});
    more.as_object().unwrap().iter().for_each(|(name, value)| template[name] = value.clone());
    template
}

fn contacts(number: usize) -> Json {
    let one = json!({"formatted_name": "Ada Lovelace", "first_name": "Ada"});
    json!({"message_type": "contacts", "contacts": vec![one; number]})
}

fn valid() -> Vec<Json> {
    vec![
        json!({"content": "Hello"}),
        json!({"message_type": "text", "content": "x".repeat(4096)}),
        json!({"message_type": "image", "media_url": "https://example.com/a.png", "caption": "A"}),
        json!({"message_type": "video", "media_id": "1013859600285441"}),
        json!({"message_type": "audio", "media_id": "1013859600285441"}),
        json!({"message_type": "document", "media_url": "https://example.com/a.pdf", "filename": "a.pdf"}),
        json!({"message_type": "location", "latitude": -90, "longitude": 180}),
        json!({"message_type": "location", "latitude": 51.5, "longitude": -0.12, "location_name": "A", "location_address": "B"}),
        buttons(
            json!([{"id": "1", "title": "Yes"}, {"id": "2", "title": "No"}, {"id": "3", "title": "Later"}]),
        ),
        list(json!([{"rows": rows(0, 10)}])),
        list(json!([{"title": "A", "rows": rows(0, 4)}, {"title": "B", "rows": rows(4, 6)}])),
        template(json!({})),
        template(
            json!({"template_params": ["John Smith", "a    b"], "header_type": "text", "header_params": "Ada"}),
        ),
        template(json!({"header_type": "image", "header_params": "https://example.com/a.png"})),
        template(
            json!({"header_type": "document", "header_params": "https://example.com/a.pdf", "header_filename": "a.pdf"}),
        ),
        json!({"message_type": "reaction", "reaction_emoji": "👩🏽‍🚀", "reacted_to_message_id": "wamid.HBgL"}),
        contacts(1),
        json!({"message_type": "contacts", "contacts": [{
            "formatted_name": "Ada Lovelace", "last_name": "Lovelace",
            "phones": [{"phone": "+44 20 7946 0000", "type": "WORK"}], "emails": [{"email": "ada@example.com"}]
        }]}),
    ]
}

#[test]
fn every_type_of_message_can_be_sent() {
    for message in valid() {
        assert_eq!(message_problems(message.clone()), [], "{message}");
        let call = read::draft(&SEND_MESSAGE, &Draft::from_json(&SEND_MESSAGE, &send(message.clone())));
        let body = call.ready().unwrap().body().unwrap().revealed();
        assert_eq!(body, json!({"message": message}));

        let mut to_number = message.clone();
        to_number["phone_number"] = json!("+447700900123");
        assert_eq!(problems(&SEND_STANDALONE, &json!({"message": to_number})), [], "{message}");
        let nobody = problems(&SEND_STANDALONE, &json!({"message": message}));
        assert_eq!(nobody, [("message.phone_number".to_owned(), true)]);
    }
}

#[test]
fn a_broken_message_says_where_and_whether_it_blocks() {
    let two = |a: Json, b: Json| buttons(json!([a, b]));
    let reaction = |emoji: &str, id: &str| json!({"message_type": "reaction", "reaction_emoji": emoji, "reacted_to_message_id": id});
    let body = |mut message: Json, length: usize| {
        message["body_text"] = json!("x".repeat(length));
        message
    };
    let yes = json!([{"id": "1", "title": "Yes"}]);
    let one_row = json!([{"rows": rows(0, 1)}]);
    let cases = [
        (json!({}), "message.content", true),
        (json!({"content": "x".repeat(4097)}), "message.content", true),
        (json!({"content": " "}), "message.content", false),
        (json!({"message_type": "sticker", "content": "A"}), "message.message_type", true),
        (json!({"message_type": "image"}), "message.media_url", true),
        (
            json!({"message_type": "image", "media_id": "1", "media_url": "https://example.com"}),
            "message.media_id",
            true,
        ),
        (json!({"message_type": "image", "media_url": "example.com"}), "message.media_url", true),
        (
            json!({"message_type": "image", "media_id": "1", "caption": "x".repeat(1025)}),
            "message.caption",
            true,
        ),
        (
            json!({"message_type": "document", "media_id": "1", "filename": "x".repeat(241)}),
            "message.filename",
            false,
        ),
        (json!({"message_type": "location", "longitude": 0}), "message.latitude", true),
        (json!({"message_type": "location", "latitude": 90.1, "longitude": 0}), "message.latitude", true),
        (json!({"message_type": "location", "latitude": 0, "longitude": -181}), "message.longitude", true),
        (
            json!({"message_type": "location", "latitude": 0, "longitude": 0, "location_address": "A"}),
            "message.location_name",
            false,
        ),
        (
            json!({"message_type": "interactive", "body_text": "A", "buttons": yes}),
            "message.interactive_type",
            false,
        ),
        (buttons(json!([])), "message.buttons", true),
        (
            buttons((0..4).map(|n| json!({"id": n.to_string(), "title": n.to_string()})).collect()),
            "message.buttons",
            true,
        ),
        (buttons(json!([{"id": " 1", "title": "Yes"}])), "message.buttons.0.id", true),
        (buttons(json!([{"id": "x".repeat(257), "title": "Yes"}])), "message.buttons.0.id", true),
        (buttons(json!([{"id": "1", "title": "x".repeat(21)}])), "message.buttons.0.title", true),
        (buttons(json!([{"id": "1"}])), "message.buttons.0.title", true),
        (
            two(json!({"id": "1", "title": "Yes"}), json!({"id": "1", "title": "No"})),
            "message.buttons.1.id",
            true,
        ),
        (
            two(json!({"id": "1", "title": "Yes"}), json!({"id": "2", "title": "Yes"})),
            "message.buttons.1.title",
            true,
        ),
        (body(buttons(yes.clone()), 1025), "message.body_text", true),
        (body(list(one_row.clone()), 1025), "message.body_text", false),
        (body(list(one_row.clone()), 4097), "message.body_text", true),
        (list(json!([])), "message.sections", true),
        (
            list((0..11).map(|n| json!({"title": "A", "rows": rows(n, 1)})).collect()),
            "message.sections",
            true,
        ),
        (list(json!([{"rows": rows(0, 11)}])), "message.sections", true),
        (list(json!([{"title": "A"}])), "message.sections.0.rows", true),
        (
            list(json!([{"title": "A", "rows": rows(0, 6)}, {"title": "B", "rows": rows(6, 5)}])),
            "message.sections",
            true,
        ),
        (
            list(json!([{"title": "A", "rows": rows(0, 1)}, {"rows": rows(1, 1)}])),
            "message.sections.1.title",
            true,
        ),
        (list(json!([{"title": "x".repeat(25), "rows": rows(0, 1)}])), "message.sections.0.title", true),
        (
            list(json!([{"title": "A", "rows": rows(0, 1)}, {"title": "B", "rows": rows(0, 1)}])),
            "message.sections.1.rows.0.id",
            true,
        ),
        (
            list(json!([{"rows": [{"id": "1", "title": "x".repeat(25)}]}])),
            "message.sections.0.rows.0.title",
            true,
        ),
        (
            list(json!([{"rows": [{"id": "1", "title": "A", "description": "x".repeat(73)}]}])),
            "message.sections.0.rows.0.description",
            true,
        ),
        (template(json!({"template_name": "Order"})), "message.template_name", true),
        (template(json!({"template_language": "pt-BR"})), "message.template_language", true),
        (template(json!({"template_params": ["A", ""]})), "message.template_params.1", true),
        (template(json!({"template_params": ["a\nb"]})), "message.template_params.0", true),
        (template(json!({"template_params": ["A", "a     b"]})), "message.template_params.1", true),
        (template(json!({"template_params": ["x".repeat(1025)]})), "message.template_params.0", false),
        (template(json!({"template_params": ["x".repeat(32_769)]})), "message.template_params.0", true),
        (template(json!({"header_type": "text"})), "message.header_params", false),
        (template(json!({"header_type": "text", "header_params": "a\tb"})), "message.header_params", true),
        (
            template(json!({"header_type": "video", "header_params": "a video"})),
            "message.header_params",
            true,
        ),
        (reaction("ok", "wamid.HBgL"), "message.reaction_emoji", true),
        (reaction("👍👍", "wamid.HBgL"), "message.reaction_emoji", true),
        (reaction("👍", "3c90c3cc"), "message.reacted_to_message_id", false),
        (json!({"message_type": "contacts"}), "message.contacts", true),
        (contacts(6), "message.contacts", false),
        (contacts(258), "message.contacts", true),
        (
            json!({"message_type": "contacts", "contacts": [{"formatted_name": "Ada"}]}),
            "message.contacts.0.first_name",
            true,
        ),
        (
            json!({"message_type": "contacts", "contacts": [{"first_name": "Ada"}]}),
            "message.contacts.0.formatted_name",
            true,
        ),
        (
            json!({"message_type": "contacts", "contacts": [{"formatted_name": "A", "last_name": "A", "phones": [{"type": "WORK"}]}]}),
            "message.contacts.0.phones.0.phone",
            true,
        ),
    ];
    for (message, path, blocks) in cases {
        assert_eq!(message_problems(message.clone()), [(path.to_owned(), blocks)], "{message}");
    }
}

#[test]
fn what_belongs_to_another_type_is_not_asked_and_not_sent() {
    let message = json!({"content": "Hi", "interactive_type": "list", "header_type": "document", "header_params": "no address"});
    let call = read::json(&SEND_MESSAGE, &send(message)).ready().unwrap();
    assert_eq!(call.body().unwrap().revealed(), json!({"message": {"content": "Hi"}}));
}
