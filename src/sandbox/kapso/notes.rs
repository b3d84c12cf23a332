//! Notes about a contact, who is anybody with a conversation, named by the digits of the number.

use super::{
    super::{ask::Ask, http::Answer, ids::digits_of, world::World},
    data, lists, not_found,
};
use crate::catalogue::time::iso;
use serde_json::{Value as Json, json};

pub(super) fn carry_out(world: &mut World, ask: &Ask) -> Answer {
    let digits = digits_of(&ask.text("identifier"));
    let known = world.kapso.conversations.iter().any(|conversation| digits_of(&conversation.phone) == digits);
    if !known {
        return not_found("Contact");
    }
    if ask.operation.id == "kapso.list-notes" {
        let notes = world.kapso.notes.get(&digits);
        return lists::answer(ask, notes.into_iter().flatten().rev().cloned().collect());
    }
    let note = new(world, ask.at("note.name").clone(), &ask.text("note.content"));
    world.kapso.notes.entry(digits).or_default().push(note.clone());
    data(ask, &note)
}

pub(in super::super) fn new(world: &mut World, name: Json, content: &str) -> Json {
    let now = iso(world.clock.now());
    json!({
        "id": world.dice().uuid(),
        "name": name,
        "content": content,
        "metadata": {},
        "created_at": now,
        "updated_at": now,
    })
}
