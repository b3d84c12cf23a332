//! Lists and filters, configs, assignments, notes, envelopes and the limit of calls.

use super::*;
use crate::catalogue::time::iso;
use crate::sandbox::tests::{full, header, request};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn lists_filter_and_page() {
    let mut desk = Desk::new();
    let count = |body: &Json| body["meta"]["total_count"].as_u64().expect("a count");
    let all = count(&desk.get("/whatsapp_conversations"));
    let ended = count(&desk.get("/whatsapp_conversations?q%5Bstatus_eq%5D=ended"));
    assert_eq!((all, ended), (10, 1));
    let since = iso(NOW - 60 * 60 * 1000);
    let recent = desk.get(&format!("/whatsapp_conversations?q[last_active_at_gteq]={since}"));
    assert_eq!(count(&recent), 3);
    let number = desk.get("/whatsapp_conversations?q[phone_number_eq]=447700900123");
    assert_eq!(number["data"][0]["contact_name"], "Amelia Clarke");
    assert_eq!(count(&desk.get("/whatsapp_templates?q[status_eq]=approved")), 6);
    assert_eq!(count(&desk.get("/whatsapp_templates?q[name_cont]=POINT")), 1);
    assert_eq!(count(&desk.get("/whatsapp_configs?business_account_id=104857600002")), 2);
    let page = desk.get("/whatsapp_conversations?page=2&per_page=4");
    assert_eq!(page["meta"], json!({"page": 2, "per_page": 4, "total_pages": 3, "total_count": 10}));
    assert_eq!(page["data"].as_array().map(Vec::len), Some(4));
    let (status, body) = desk.ask("GET", "/whatsapp_conversations?per_page=101", None);
    assert_eq!((status, &body["error"]), (400, &json!("Bad request")));
    let beyond = desk.get(&format!("/whatsapp_conversations?page={}", i64::MAX));
    assert_eq!(beyond["data"], json!([]));
}

#[test]
fn configs_are_made_changed_and_deleted_and_their_tokens_forgotten() {
    let mut desk = Desk::new();
    let customer = desk.get("/customers")["data"][0]["id"].as_str().expect("an id").to_owned();
    let path = format!("/customers/{customer}/whatsapp_configs");
    let config = json!({
        "name": "Client WhatsApp", "phone_number_id": "1234567890", "business_account_id": "98765432109",
        "webhook_verify_token": "verify-me", "access_token": "EAAG-secret", "webhook_destination_url": "https://a.example",
    });
    let (status, made) = desk.ask("POST", &path, Some(json!({"whatsapp_config": config})));
    assert_eq!((status, &made["data"]["display_name"]), (201, &json!("Client WhatsApp (+1234567890)")));
    assert_eq!(made["data"]["webhook_verify_token"], "verify-me");
    let id = made["data"]["id"].as_str().expect("an id").to_owned();
    let at = format!("/whatsapp_configs/{id}");
    let (_, changed) = desk.ask("PATCH", &at, Some(json!({"whatsapp_config": {"name": "Other"}})));
    assert_eq!(
        (&changed["data"]["display_name"], &changed["data"]["customer_id"]),
        (&json!("Other (+1234567890)"), &json!(customer))
    );
    assert_eq!(desk.get(&at), changed);
    let written = serde_json::to_string(&desk.world).expect("written");
    assert!(!written.contains("EAAG") && !written.contains("verify-me"));
    assert_eq!(desk.ask("DELETE", &at, None), (204, Json::Null));
    assert_eq!(desk.ask("GET", &at, None), (404, json!({"error": "WhatsApp config not found"})));
    assert_eq!(
        desk.ask("POST", "/customers/x/whatsapp_configs", Some(json!({"whatsapp_config": config}))).0,
        404
    );
}

#[test]
fn one_assignment_is_active_and_notes_belong_to_a_contact() {
    let mut desk = Desk::new();
    let id = desk.conversation("Amelia Clarke");
    let path = format!("/whatsapp_conversations/{id}/conversation_assignments");
    let listed = desk.get(&path);
    let first = listed["data"][0]["id"].as_str().expect("an id").to_owned();
    let wanted = json!({"conversation_assignment": {"user_id": "someone", "notes": "please"}});
    assert_eq!(desk.ask("POST", &path, Some(wanted.clone())).0, 422);
    let end = json!({"conversation_assignment": {"active": false}});
    assert_eq!(desk.ask("PATCH", &format!("{path}/{first}"), Some(end)).1["data"]["active"], false);
    let (status, made) = desk.ask("POST", &path, Some(wanted));
    assert_eq!((status, &made["data"]["active"]), (201, &json!(true)));
    assert_eq!(desk.get(&path)["meta"]["total_count"], 2);
    let notes = "/whatsapp_contacts/5511987650021/notes";
    assert_eq!(desk.get(notes)["data"][0]["name"], "Allergy");
    let (status, made) = desk.ask("POST", notes, Some(json!({"note": {"content": "Late arrival"}})));
    assert_eq!((status, &made["data"]["content"]), (201, &json!("Late arrival")));
    assert_eq!(desk.get(notes)["data"][0], made["data"]);
    assert_eq!(
        desk.ask("GET", "/whatsapp_contacts/1/notes", None),
        (404, json!({"error": "Contact not found"}))
    );
}

#[test]
fn refusals_have_the_documented_envelope() {
    let mut desk = Desk::new();
    let id = desk.conversation("Amelia Clarke");
    let (status, body) = desk.send(&id, json!({"message_type": "image"}));
    assert_eq!((status, &body["error"]), (422, &json!("Unprocessable entity")));
    assert!(body["message"].as_str().expect("a message").contains("message.media_url"));
    let path = format!("/whatsapp_conversations/{id}/whatsapp_messages");
    let mut broken = request(Provider::Kapso, "POST", &path, Some(&json!({})));
    broken.body = "{".into();
    let answer = full(&mut desk.world, &broken, NOW);
    assert_eq!(answer.status, 400);
    assert!(answer.body.starts_with("{\"error\":\"Bad request\",\"message\":"));
}

#[test]
fn calls_are_counted_and_limited_only_when_asked() {
    let mut desk = Desk::new();
    let get = request(Provider::Kapso, "GET", "/customers", None);
    let answer = full(&mut desk.world, &get, desk.now);
    assert_eq!(header(&answer, "X-RateLimit-Limit"), Some("100"));
    assert_eq!(header(&answer, "X-RateLimit-Remaining"), Some("99"));
    for _ in 0..150 {
        assert_eq!(full(&mut desk.world, &get, desk.now).status, 200);
    }
    desk.control(json!({"rate_limit": true}));
    let answer = full(&mut desk.world, &get, desk.now);
    assert_eq!((answer.status, header(&answer, "Retry-After")), (429, Some("30")));
    assert!(answer.body.starts_with("{\"error\":\"Rate limit exceeded\""));
    desk.now += 30_000;
    assert_eq!(full(&mut desk.world, &get, desk.now).status, 200);
}
