//! What is sent, received, read and paged through.

use super::*;
use crate::catalogue::time::iso;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_text_is_sent_delivered_and_read() {
    let mut desk = Desk::new();
    let id = desk.conversation("Amelia Clarke");
    let (status, body) = desk.send(&id, json!({"content": "Hello"}));
    assert_eq!(status, 201);
    let sent = &body["data"];
    assert_eq!(
        (&sent["direction"], &sent["status"], &sent["message_type"]),
        (&json!("outbound"), &json!("sent"), &json!("text"))
    );
    assert_eq!(sent["message_type_data"], json!({"text": "Hello"}));
    assert!(sent["whatsapp_message_id"].as_str().expect("an id").starts_with("wamid."));
    for (wait, status) in [(1999, "sent"), (1, "delivered"), (3000, "read")] {
        desk.now += wait;
        let message = desk.newest(&id);
        assert_eq!((&message["id"], &message["status"]), (&sent["id"], &json!(status)));
    }
    assert_eq!(desk.newest(&id)["updated_at"], json!(iso(NOW + 5000)));
    let first = &desk.get("/whatsapp_conversations")["data"][0];
    assert_eq!((&first["id"], &first["last_active_at"]), (&json!(id), &json!(iso(NOW))));
}

#[test]
fn outside_the_window_a_text_fails_later_and_a_template_does_not() {
    let mut desk = Desk::new();
    let id = desk.conversation("Jonas Becker");
    let (status, body) = desk.send(&id, json!({"content": "Hallo"}));
    assert_eq!((status, &body["data"]["status"]), (201, &json!("sent")));
    desk.now += 2000;
    let failed = desk.newest(&id);
    assert_eq!(
        (&failed["status"], &failed["metadata"]["errors"][0]["code"]),
        (&json!("failed"), &json!(131047))
    );
    let template = json!({
        "message_type": "template", "template_name": "appointment", "template_language": "en",
        "template_params": ["Jonas {{2}}", "Monday"],
    });
    let (status, body) = desk.send(&id, template);
    assert_eq!(status, 201);
    assert_eq!(body["data"]["content"], "Hello Jonas {{2}}, your appointment is on Monday.");
    desk.now += 2000;
    assert_eq!(desk.newest(&id)["status"], "delivered");
    // The contact writes: the window is open again.
    desk.control(json!({"receive": {"conversation_id": id, "content": "Danke"}}));
    desk.send(&id, json!({"content": "Gern"}));
    desk.now += 2000;
    assert_eq!(desk.newest(&id)["status"], "delivered");
    desk.now += 24 * 60 * 60 * 1000;
    desk.send(&id, json!({"content": "Noch da?"}));
    desk.now += 2000;
    assert_eq!(desk.newest(&id)["status"], "failed");
}

#[test]
fn templates_have_to_fit() {
    let mut desk = Desk::new();
    let id = desk.conversation("Amelia Clarke");
    let template = |name: &str, language: &str, params: Json| json!({"message_type": "template", "template_name": name, "template_language": language, "template_params": params});
    let mut with_image = template("oferta_verano", "es", json!(["Ana", "10 %"]));
    for (message, words) in [
        (template("appointment", "en", json!(["one"])), "132000"),
        (template("appointment", "de", json!(["a", "b"])), "132001"),
        (template("spring_sale", "en", json!(["a"])), "132001"),
        (template("loyalty_card", "en", Json::Null), "132001"),
        (with_image.clone(), "132012"),
    ] {
        let (status, body) = desk.send(&id, message);
        assert_eq!((status, &body["error"]), (422, &json!("Unprocessable entity")));
        assert!(body["message"].as_str().expect("a message").contains(words), "{body}");
    }
    with_image["header_type"] = "image".into();
    with_image["header_params"] = "https://example.com/a.jpg".into();
    let (status, body) = desk.send(&id, with_image);
    assert_eq!(
        (status, &body["data"]["content"]),
        (201, &json!("Hola Ana, este verano tiene un 10 % de descuento."))
    );
    assert_eq!(
        body["data"]["message_type_data"]["components"][0]["parameters"][0]["image"]["link"],
        "https://example.com/a.jpg"
    );
}

#[test]
fn every_type_is_rendered() {
    let mut desk = Desk::new();
    let id = desk.conversation("Ana Souza");
    let row = json!({"id": "a", "title": "A"});
    for (message, content, data) in [
        (
            json!({"message_type": "image", "media_url": "https://example.com/a.jpg", "caption": "Look"}),
            "Look",
            json!({"caption": "Look"}),
        ),
        (
            json!({"message_type": "document", "media_id": "77", "filename": "a.pdf"}),
            "Document attached (a.pdf)",
            json!({"filename": "a.pdf", "id": "77"}),
        ),
        (
            json!({"message_type": "location", "latitude": 1.5, "longitude": -2, "location_name": "Here"}),
            "Location: Here (1.5, -2)",
            json!({"latitude": 1.5, "longitude": -2, "name": "Here"}),
        ),
        (
            json!({"message_type": "interactive", "interactive_type": "button", "body_text": "Ok?", "buttons": [row]}),
            "Ok?",
            json!({"type": "button", "body": {"text": "Ok?"}, "action": {"buttons": [{"type": "reply", "reply": row}]}}),
        ),
        (
            json!({"message_type": "interactive", "interactive_type": "list", "body_text": "Which?",
                "list_button_text": "Open", "sections": [{"title": "S", "rows": [row]}]}),
            "Which?",
            json!({"type": "list", "body": {"text": "Which?"}, "action": {"button": "Open", "sections": [{"title": "S", "rows": [row]}]}}),
        ),
        (
            json!({"message_type": "reaction", "reaction_emoji": "👍", "reacted_to_message_id": "wamid.x"}),
            "👍",
            json!({"message_id": "wamid.x", "emoji": "👍"}),
        ),
        (
            json!({"message_type": "contacts", "contacts": [{"formatted_name": "Bo Li", "first_name": "Bo"}]}),
            "Contact: Bo Li",
            json!({"contacts": [{"name": {"formatted_name": "Bo Li", "first_name": "Bo"}}]}),
        ),
    ] {
        let (status, body) = desk.send(&id, message);
        assert_eq!(status, 201, "{body}");
        assert_eq!((&body["data"]["content"], &body["data"]["message_type_data"]), (&json!(content), &data));
    }
}

#[test]
fn an_ended_conversation_takes_nothing_until_it_is_reopened() {
    let mut desk = Desk::new();
    let id = desk.conversation("佐藤 美咲");
    let (status, body) = desk.send(&id, json!({"content": "Hello"}));
    assert_eq!((status, &body["error"]), (422, &json!("Unprocessable entity")));
    let path = format!("/whatsapp_conversations/{id}");
    let (status, body) =
        desk.ask("PATCH", &path, Some(json!({"whatsapp_conversation": {"status": "active"}})));
    assert_eq!((status, &body["data"]["status"]), (200, &json!("active")));
    assert_eq!(desk.send(&id, json!({"content": "Hello"})).0, 201);
}

#[test]
fn a_number_finds_its_conversation_or_gets_one() {
    let mut desk = Desk::new();
    let body = |number: &str| json!({"message": {"phone_number": number, "content": "Hello"}});
    let before = desk.get("/whatsapp_conversations")["meta"]["total_count"].clone();
    let id = desk.conversation("Amelia Clarke");
    let (status, sent) = desk.ask("POST", "/whatsapp_messages", Some(body("+44 7700 900123")));
    assert_eq!(status, 201);
    assert_eq!(desk.newest(&id)["id"], sent["data"]["id"]);
    assert_eq!(desk.get("/whatsapp_conversations")["meta"]["total_count"], before);
    assert_eq!(desk.ask("POST", "/whatsapp_messages", Some(body("+4915112345678"))).0, 201);
    let first = desk.get("/whatsapp_conversations")["data"][0].clone();
    assert_eq!(first["phone_number"], "+4915112345678");
    assert!(first.get("contact_name").is_none());
    // Nobody wrote in it, so only a template would arrive.
    desk.now += 2000;
    assert_eq!(desk.newest(first["id"].as_str().expect("an id"))["status"], "failed");
    assert_eq!(
        desk.ask("POST", "/whatsapp_messages?customer_id=nobody", Some(body("+4915112345678"))).0,
        404
    );
}

#[test]
fn a_hundred_thousand_messages_page_without_gaps() {
    let mut desk = Desk::new();
    let id = desk.control(json!({"conversation": {"messages": 100_000}}))["conversation_id"].clone();
    let id = id.as_str().expect("an id").to_owned();
    desk.control(json!({"receive": {"conversation_id": id, "content": "newest"}}));
    let path = format!("/whatsapp_conversations/{id}/whatsapp_messages?per_page=100&page=");
    let mut seen = HashSet::new();
    let mut last = String::from("9999");
    // Every page near the ends, every 25th between: reading all takes long without optimization.
    let pages: Vec<usize> = (1..=1001).filter(|page| *page < 20 || *page > 980 || page % 25 == 0).collect();
    for page in &pages {
        let body = desk.get(&format!("{path}{page}"));
        assert_eq!(
            body["meta"],
            json!({"page": page, "per_page": 100, "total_pages": 1001, "total_count": 100_001})
        );
        for row in body["data"].as_array().expect("rows") {
            assert!(seen.insert(row["id"].as_str().expect("an id").to_owned()));
            let at = row["created_at"].as_str().expect("a time").to_owned();
            assert!(at <= last, "{at} {last}");
            last = at;
        }
    }
    // The last page holds the one that the received message pushed there.
    assert_eq!(seen.len(), (pages.len() - 1) * 100 + 1);
    let oldest = desk.get(&format!("{path}1001"))["data"][0].clone();
    assert_eq!(
        (&oldest["content"], &oldest["direction"]),
        (&json!("1. Hello, a neighbour recommended you to me."), &json!("inbound"))
    );
    let written = serde_json::to_string(&desk.world).expect("written").len();
    assert!(written < 200_000, "{written}");
    assert_eq!(desk.get(&format!("{path}5000"))["data"], json!([]));
    assert_eq!(desk.get(&format!("{path}1"))["data"][0]["content"], "newest");
    // One of them is marked as read, and stays so.
    let row = desk.get(&format!("{path}500"))["data"]
        .as_array()
        .expect("rows")
        .iter()
        .find(|row| row["direction"] == "inbound")
        .expect("one")
        .clone();
    let (status, marked) = desk.ask(
        "PATCH",
        &format!("/whatsapp_messages/{}/mark_as_read", row["id"].as_str().expect("an id")),
        None,
    );
    assert_eq!(
        (status, &marked["data"]["status"], &row["status"]),
        (200, &json!("read"), &json!("received"))
    );
    assert!(desk.get(&format!("{path}500"))["data"].as_array().expect("rows").contains(&marked["data"]));
}

#[test]
fn only_what_the_contact_wrote_is_marked_as_read() {
    let mut desk = Desk::new();
    let id = desk.conversation("Amelia Clarke");
    let rows = desk.get(&format!("/whatsapp_conversations/{id}/whatsapp_messages"))["data"].clone();
    let mut mark = |row: &Json| {
        let path = format!(
            "/whatsapp_messages/{}/mark_as_read?typing_indicator=false",
            row["id"].as_str().expect("id")
        );
        desk.ask("PATCH", &path, None)
    };
    let inbound =
        rows.as_array().expect("rows").iter().find(|row| row["direction"] == "inbound").expect("one");
    assert_eq!(mark(inbound).1["data"]["status"], "read");
    let outbound =
        rows.as_array().expect("rows").iter().find(|row| row["direction"] == "outbound").expect("one");
    assert_eq!(mark(outbound).0, 422);
}

#[test]
fn a_received_message_comes_first_and_reopens() {
    let mut desk = Desk::new();
    let id = desk.conversation("佐藤 美咲");
    desk.now += 60_000;
    let made = desk.control(json!({"receive": {
        "conversation_id": id, "content": "Foto", "message_type": "image", "media_url": "https://example.com/a.png",
        "message_type_data": {"caption": "Foto"},
    }}));
    assert_eq!(desk.newest(&id), made["message"]);
    assert_eq!(
        (&made["message"]["status"], &made["message"]["direction"]),
        (&json!("received"), &json!("inbound"))
    );
    let first = desk.get("/whatsapp_conversations")["data"][0].clone();
    assert_eq!((&first["id"], &first["status"]), (&json!(id), &json!("active")));
}
