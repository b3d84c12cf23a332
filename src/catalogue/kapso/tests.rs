//! The documented examples against the constants. Valid and broken messages are in `messages`.

mod messages;

use super::*;
use crate::catalogue::{draft::Draft, read};
use serde_json::{Value as Json, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The documented body; only its `<string>` for an address is a real one, for the kind asks for that.
fn config_example() -> Json {
    json!({"whatsapp_config": {
        "name": "WhatsApp Business Account",
        "phone_number_id": "1234567890",
        "business_account_id": "98765432109",
        "webhook_verify_token": "<string>",
        "webhook_destination_url": "https://example.com/whatsapp",
        "access_token": "<string>"
    }})
}

fn message_example() -> Json {
    json!({"message": {
        "content": "Hello, how can I help you today?", "message_type": "text",
        "media_url": "<string>", "media_id": "<string>", "caption": "<string>", "filename": "<string>",
        "latitude": 123, "longitude": 123, "location_name": "<string>", "location_address": "<string>",
        "interactive_type": "button",
        "body_text": "<string>", "header_text": "<string>", "footer_text": "<string>",
        "buttons": [{"id": "<string>", "title": "<string>"}],
        "sections": [{"title": "<string>", "rows": [
            {"id": "<string>", "title": "<string>", "description": "<string>"}
        ]}],
        "list_button_text": "View Options",
        "template_name": "<string>", "template_language": "<string>",
        "template_params": ["John Smith", "Tomorrow at 2 PM"],
        "header_type": "text", "header_params": "<string>", "header_filename": "<string>",
        "reaction_emoji": "<string>", "reacted_to_message_id": "<string>",
        "contacts": [{
            "formatted_name": "<string>", "first_name": "<string>", "last_name": "<string>",
            "phones": [{"phone": "<string>", "type": "<string>"}],
            "emails": [{"email": "<string>", "type": "<string>"}]
        }]
    }})
}

fn with(mut request: Json, name: &str, value: &str) -> Json {
    request[name] = json!(value);
    request
}

/// Path of each problem with whether it blocks; form and sandbox have to agree on it.
fn problems(operation: &'static Operation, request: &Json) -> Vec<(String, bool)> {
    let of = |reading: read::Reading| {
        reading.problems.iter().map(|problem| (problem.path.clone(), problem.blocks)).collect::<Vec<_>>()
    };
    let arrived = of(read::json(operation, request));
    let typed = of(read::draft(operation, &Draft::from_json(operation, request)));
    assert_eq!(typed, arrived, "{request}");
    typed
}

#[test]
fn the_documented_config_comes_out_as_it_went_in() {
    let request = with(config_example(), "customer_id", "customer-456def");
    let reading = read::draft(&CREATE_WHATSAPP_CONFIG, &Draft::from_json(&CREATE_WHATSAPP_CONFIG, &request));
    assert_eq!(reading.problems, []);
    let call = reading.ready().unwrap();
    assert_eq!(
        call.url(BASES[0].url),
        "https://app.kapso.ai/api/v1/customers/customer-456def/whatsapp_configs"
    );
    let body = call.body().unwrap();
    assert_eq!(body.revealed().to_string(), config_example().to_string());
    assert!(!body.masked().to_string().contains("<string>"));
}

#[test]
fn every_path_of_the_documented_message_is_a_field() {
    fn walk(path: &str, json: &Json, found: &mut Vec<String>) {
        found.push(path.to_owned());
        match json {
            Json::Object(members) => {
                members.iter().for_each(|(name, json)| walk(&format!("{path}.{name}"), json, found));
            }
            Json::Array(rows) => {
                rows.iter().enumerate().for_each(|(row, json)| walk(&format!("{path}.{row}"), json, found));
            }
            _ => {}
        }
    }
    let mut paths = vec![];
    walk("message", &message_example()["message"], &mut paths);
    assert_eq!(paths.len(), 51);
    for path in paths {
        for operation in [&SEND_MESSAGE, &SEND_STANDALONE] {
            assert!(operation.field(&path).is_some(), "{}: {path}", operation.id);
        }
    }
}

#[test]
fn the_documented_message_is_a_text() {
    let request = with(message_example(), "conversation_id", "conversation-202mno");
    assert_eq!(problems(&SEND_MESSAGE, &request), []);
    let body = read::json(&SEND_MESSAGE, &request).ready().unwrap().body().unwrap().revealed();
    let wanted = json!({"message": {"message_type": "text", "content": "Hello, how can I help you today?"}});
    assert_eq!(body, wanted);
}

#[test]
fn an_update_without_a_change_only_warns() {
    let empty = json!({"config_id": "config-123abc", "whatsapp_config": {}});
    assert_eq!(problems(&UPDATE_CONFIG, &empty), [("whatsapp_config.name".to_owned(), false)]);
    let unassign = json!({
        "whatsapp_conversation_id": "c", "id": "a", "conversation_assignment": {"active": false}
    });
    assert_eq!(problems(&UPDATE_ASSIGNMENT, &unassign), []);
}

#[test]
fn filters_are_encoded_and_checked() {
    let request = json!({
        "per_page": "100", "q[status_eq]": "active", "q[last_active_at_gteq]": "2023-11-07T05:31:56Z"
    });
    let call = read::json(&LIST_CONVERSATIONS, &request).ready().unwrap();
    assert_eq!(
        call.query(),
        "?per_page=100&q%5Bstatus_eq%5D=active&q%5Blast_active_at_gteq%5D=2023-11-07T05%3A31%3A56Z"
    );
    let broken = json!({"per_page": "101", "q[status_eq]": "open", "q[last_active_at_lteq]": "yesterday"});
    let wanted = [("per_page", true), ("q[status_eq]", true), ("q[last_active_at_lteq]", false)];
    assert_eq!(
        problems(&LIST_CONVERSATIONS, &broken),
        wanted.map(|(path, blocks)| (path.to_owned(), blocks))
    );
}
