//! A desk to ask from, and what the sample data promise; messages and records are tested apart.

mod messages;
mod records;

use super::super::{
    World, control,
    tests::{NOW, call},
};
use crate::catalogue::provider::Provider;
use serde_json::{Value as Json, json};
use std::collections::HashSet;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

struct Desk {
    world: World,
    now: u64,
}

impl Desk {
    fn new() -> Desk {
        Desk { world: World::new(1, NOW), now: NOW }
    }

    fn ask(&mut self, method: &str, path: &str, body: Option<Json>) -> (u16, Json) {
        call(&mut self.world, Provider::Kapso, (method, path, body), self.now)
    }

    fn get(&mut self, path: &str) -> Json {
        let (status, body) = self.ask("GET", path, None);
        assert_eq!(status, 200, "{path} {body}");
        body
    }

    fn conversation(&mut self, name: &str) -> String {
        let all = self.get("/whatsapp_conversations?per_page=100");
        let rows = all["data"].as_array().expect("rows");
        let row = rows.iter().find(|row| row["contact_name"] == name).expect("the conversation");
        row["id"].as_str().expect("an id").to_owned()
    }

    fn send(&mut self, conversation: &str, message: Json) -> (u16, Json) {
        let path = format!("/whatsapp_conversations/{conversation}/whatsapp_messages");
        self.ask("POST", &path, Some(json!({"message": message})))
    }

    fn newest(&mut self, conversation: &str) -> Json {
        self.get(&format!("/whatsapp_conversations/{conversation}/whatsapp_messages"))["data"][0].clone()
    }

    fn control(&mut self, command: Json) -> Json {
        control(&mut self.world, &command, self.now).expect("a state")
    }
}

#[test]
fn sample_data_hold_what_is_promised() {
    for seed in [0, 1, 99] {
        let mut desk = Desk { world: World::new(seed, NOW), now: NOW };
        assert_eq!(desk.get("/customers")["meta"]["total_count"], 2);
        let open = |desk: &Desk, open: bool| {
            desk.world.kapso.conversations.iter().filter(|c| !c.ended && c.open(NOW) == open).count()
        };
        assert!(open(&desk, true) >= 1 && open(&desk, false) >= 1);
        let template = desk.get("/whatsapp_templates?q[name_cont]=appointment")["data"][0].clone();
        assert_eq!((&template["status"], &template["parameter_count"]), (&json!("approved"), &json!(2)));
        let kinds: HashSet<String> =
            desk.world.kapso.conversations.iter().flat_map(|c| &c.messages).map(|m| m.kind.clone()).collect();
        for kind in [
            "text",
            "image",
            "video",
            "audio",
            "document",
            "location",
            "contacts",
            "interactive",
            "reaction",
            "sticker",
            "template",
            "order",
        ] {
            assert!(kinds.contains(kind), "{kind}");
        }
    }
}
