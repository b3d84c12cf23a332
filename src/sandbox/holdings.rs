//! How much a world holds, for whoever trains with it: its conversations with their sizes, and how many numbers
//! and customers there are. What a provider would answer is not told here.

use super::world::World;
use serde_json::{Value as Json, json};

/// `{conversations: [{id, name, messages}], numbers, customers}`; the newest conversation first.
pub fn holdings(world: &World) -> Json {
    let conversations = world.kapso.conversations.iter().rev().map(|one| {
        json!({
            "id": one.id,
            "name": one.name.as_deref().unwrap_or(&one.phone),
            "messages": one.messages() as u64,
        })
    });
    json!({
        "conversations": conversations.collect::<Vec<_>>(),
        "numbers": world.vonage.deployments.len(),
        "customers": world.kapso.customers.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::{SEED, control};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn what_was_added_is_counted() {
        let mut world = World::new(SEED, 1_000_000_000_000);
        let before = holdings(&world);
        let rows = |json: &Json| json["conversations"].as_array().map_or(0, Vec::len);
        let made =
            control(&mut world, &json!({"conversation": {"messages": 1_500}}), 1_000_000_000_000).unwrap();
        let after = holdings(&world);
        assert_eq!(rows(&after), rows(&before) + 1);
        let newest = &after["conversations"][0];
        assert_eq!(newest["id"], made["conversation_id"]);
        assert_eq!(newest["messages"], 1_500);
        let id = newest["id"].as_str().unwrap();
        let receive = json!({"receive": {"conversation_id": id, "content": "Hello"}});
        control(&mut world, &receive, 1_000_000_000_001).unwrap();
        assert_eq!(holdings(&world)["conversations"][0]["messages"], 1_501);
        assert_eq!(before["numbers"], 3);
    }
}
