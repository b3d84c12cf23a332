use super::*;
use crate::catalogue::kapso::replies::Message;
use proptest::{prelude::*, test_runner::RngSeed};
use serde_json::{Value as Json, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn read(kind: &str, content: &str, data: Json) -> Body {
    let row = json!({"id": "m", "message_type": kind, "content": content, "message_type_data": data});
    Body::of_message(&Message::read(&row).unwrap())
}

#[test]
fn every_kind_is_read() {
    assert_eq!(read("text", "Hi", json!({"text": "Hi"})), Body::Text("Hi".into()));
    assert_eq!(read("text", "Hi", json!(null)), Body::Text("Hi".into()));
    assert_eq!(read("", "Hi", json!({})), Body::Text("Hi".into()));
    let Body::Media(image) = read("image", "Image attached (a.jpg)", json!({"filename": "a.jpg"})) else {
        panic!()
    };
    assert_eq!(
        (image.kind, image.caption.as_str(), image.filename.as_str()),
        (MediaKind::Image, "", "a.jpg")
    );
    let Body::Media(image) = read("image", "Look", json!({})) else { panic!() };
    assert_eq!(image.caption, "Look");
    let Body::Location(place) =
        read("location", "", json!({"latitude": "51.5", "longitude": -0.12, "name": "Ben"}))
    else {
        panic!()
    };
    assert_eq!((place.latitude, place.longitude, place.name.as_str()), (Some(51.5), Some(-0.12), "Ben"));
    let Body::Location(place) = read("location", "", json!({"latitude": 951.5, "longitude": {}})) else {
        panic!()
    };
    assert_eq!((place.latitude, place.longitude), (None, None));
    let choice = read(
        "interactive",
        "11:30",
        json!({"type": "button_reply", "button_reply": {"id": "t", "title": "11:30"}}),
    );
    assert_eq!(choice, Body::Choice { title: "11:30".into(), description: String::new() });
    let cards = read(
        "contacts",
        "",
        json!({"contacts": [{"name": {"formatted_name": "Ruby"}, "phones": [{"phone": "+44"}, {}]}]}),
    );
    assert_eq!(
        cards,
        Body::Contacts(vec![Card { name: "Ruby".into(), phones: vec!["+44".into()], emails: vec![] }])
    );
    let list = read("contacts", "", json!([{"name": {"formatted_name": "Ruby"}}]));
    assert!(matches!(list, Body::Contacts(cards) if cards.len() == 1));
    let reaction = read("reaction", "👍", json!({"message_id": "wamid.1", "emoji": "👍"}));
    assert_eq!(reaction, Body::Reaction { emoji: "👍".into(), target: "wamid.1".into() });
    let order = read("order", "", json!({"catalog_id": 5}));
    assert_eq!(order, Body::Unknown { kind: "order".into(), content: String::new() });
    assert_eq!(order.words(), "Message of type: order");
}

#[test]
fn a_request_shows_what_will_be_read() {
    let buttons = json!({"message_type": "interactive", "interactive_type": "button", "body_text": "When?", "header_text": "Tuesday",
        "buttons": [{"id": "a", "title": "9:00"}]});
    let told = read(
        "interactive",
        "When?",
        json!({"type": "button", "header": {"type": "text", "text": "Tuesday"}, "body": {"text": "When?"},
        "action": {"buttons": [{"type": "reply", "reply": {"id": "a", "title": "9:00"}}]}}),
    );
    assert_eq!(Body::of_request(&buttons, ""), told);
    let list = json!({"message_type": "interactive", "interactive_type": "list", "body_text": "Which?", "list_button_text": "Show",
        "sections": [{"title": "Food", "rows": [{"id": "1", "title": "Soup", "description": "of the day"}]}]});
    let told = read(
        "interactive",
        "Which?",
        json!({"type": "list", "body": {"text": "Which?"},
        "action": {"button": "Show", "sections": [{"title": "Food", "rows": [{"id": "1", "title": "Soup", "description": "of the day"}]}]}}),
    );
    assert_eq!(Body::of_request(&list, ""), told);
    assert_eq!(Body::of_request(&json!({}), ""), Body::Text(String::new()), "nothing typed yet");
    let template = Body::of_request(&json!({"message_type": "template", "template_name": "t"}), "Hello Ana");
    assert_eq!(template.words(), "Hello Ana");
}

#[test]
fn what_was_sent_is_known_again_and_nothing_else_is() {
    let sent = Body::of_request(&json!({"message_type": "text", "content": "Done "}), "");
    assert!(read("text", "Done", json!({"text": "Done"})).is_that_of(&sent));
    assert!(!read("text", "Done!", json!({})).is_that_of(&sent));
    assert!(!read("image", "Done", json!({})).is_that_of(&sent));
    let sent = Body::of_request(
        &json!({"message_type": "image", "media_url": "https://a.example/1.png", "caption": "Look"}),
        "",
    );
    let told = |url: &str, caption: &str| {
        let row = json!({"id": "m", "message_type": "image", "media_url": url, "message_type_data": {"caption": caption}});
        Body::of_message(&Message::read(&row).unwrap()).is_that_of(&sent)
    };
    assert!(told("https://a.example/1.png", "Look"));
    assert!(!told("https://a.example/2.png", "Look"));
    assert!(!told("https://a.example/1.png", "Other"));
    let sent = Body::of_request(
        &json!({"message_type": "reaction", "reaction_emoji": "🎉", "reacted_to_message_id": "wamid.1"}),
        "",
    );
    assert!(read("reaction", "🎉", json!({"message_id": "wamid.1", "emoji": "🎉"})).is_that_of(&sent));
    assert!(!read("reaction", "🎉", json!({"message_id": "wamid.2", "emoji": "🎉"})).is_that_of(&sent));
}

/// Each kind as it is sent, and messages of the same kind that say something else.
#[test]
fn another_of_the_same_kind_is_not_the_one_that_was_sent() {
    let sent = |request: Json| Body::of_request(&request, "");
    let file = sent(json!({"message_type": "document", "media_id": "77", "filename": "a.pdf"}));
    assert!(read("document", "", json!({"id": "77", "filename": "a.pdf"})).is_that_of(&file));
    assert!(read("document", "", json!({"id": "77"})).is_that_of(&file), "no name was told");
    assert!(!read("document", "", json!({"id": "78", "filename": "a.pdf"})).is_that_of(&file));
    assert!(!read("document", "", json!({"filename": "b.pdf"})).is_that_of(&file));
    assert!(!read("document", "", json!({"id": "77", "caption": "Signed"})).is_that_of(&file));

    let buttons =
        |titles: &[&str]| titles.iter().map(|title| json!({"id": title, "title": title})).collect::<Vec<_>>();
    let offer = sent(
        json!({"message_type": "interactive", "interactive_type": "button", "body_text": "When?", "buttons": buttons(&["Today", "Later"])}),
    );
    let told = |titles: &[&str]| {
        let replies: Vec<Json> = titles
            .iter()
            .map(|title| json!({"type": "reply", "reply": {"id": title, "title": title}}))
            .collect();
        read(
            "interactive",
            "",
            json!({"type": "button", "body": {"text": "When?"}, "action": {"buttons": replies}}),
        )
    };
    assert!(told(&["Today", "Later"]).is_that_of(&offer));
    assert!(!told(&["Today", "Never"]).is_that_of(&offer));
    assert!(told(&[]).is_that_of(&offer), "no buttons were told");

    let card = |phone: &str| json!([{"name": {"formatted_name": "Ana"}, "phones": [{"phone": phone}]}]);
    let contacts = sent(json!({"message_type": "contacts", "contacts": card("+1")}));
    assert!(read("contacts", "", json!({"contacts": card("+1")})).is_that_of(&contacts));
    assert!(!read("contacts", "", json!({"contacts": card("+2")})).is_that_of(&contacts));

    let place = sent(json!({"message_type": "location", "latitude": 1.5, "longitude": 2.5}));
    assert!(read("location", "", json!({"latitude": 1.5, "longitude": 2.5})).is_that_of(&place));
    assert!(!read("location", "", json!({"latitude": 1.5, "longitude": 3.5})).is_that_of(&place));

    let template =
        Body::of_request(&json!({"message_type": "template", "template_name": "hello"}), "Hello Ana");
    assert!(read("template", "Hello Ana", json!({"name": "hello"})).is_that_of(&template));
    assert!(!read("template", "Hello Ben", json!({"name": "hello"})).is_that_of(&template));
    assert!(!read("template", "Hello Ana", json!({"name": "bye"})).is_that_of(&template));
}

#[test]
fn all_that_is_to_be_read_is_searched() {
    let list = json!({"type": "list", "header": {"text": "Menu"}, "body": {"text": "Choose"}, "footer": {"text": "Open till ten"}, "action": {
        "button": "Dishes", "sections": [{"title": "Soups", "rows": [{"id": "1", "title": "Lentil", "description": "with mint"}]}]
    }});
    let searched = read("interactive", "", list).searched();
    for words in ["Menu", "Choose", "Open till ten", "Dishes", "Soups", "Lentil", "with mint"] {
        assert!(searched.contains(words), "{words} in {searched}");
    }
    let contact = json!({"contacts": [{"name": {"formatted_name": "Ana"}, "phones": [{"phone": "+34 600"}], "emails": [{"email": "a@b.example"}]}]});
    assert_eq!(read("contacts", "", contact).searched(), "Ana\n+34 600\na@b.example");
    // It shows on another message; and a word of this page's own is in none.
    assert_eq!(read("reaction", "", json!({"message_id": "w", "emoji": "🎉"})).searched(), "");
    assert_eq!(read("image", "", json!({"id": "1"})).searched(), "");
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        "\\PC{0,12}".prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let key = prop_oneof![
            Just("contacts".to_owned()),
            Just("interactive".to_owned()),
            Just("action".to_owned()),
            Just("buttons".to_owned()),
            Just("sections".to_owned()),
            Just("rows".to_owned()),
            Just("name".to_owned()),
            Just("language".to_owned()),
            Just("latitude".to_owned()),
        ];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            proptest::collection::vec((key, inner), 0..4)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::with_cases(256) })]

    #[test]
    fn whatever_comes_shows_something(kind in "text|image|location|contacts|interactive|template|reaction|button|order|", content in "\\PC{0,20}", data in any_json()) {
        let body = read(&kind, &content, data);
        let _words = body.words();
        prop_assert!(!matches!(&body, Body::Text(text) if text.is_empty() && !content.is_empty()));
    }
}
