//! Who looks after a conversation: at most one member of the team at a time.

use super::{
    super::{ask::Ask, http::Answer, world::World},
    data, error, lists, not_found,
};
use crate::catalogue::time::iso;
use serde_json::{Value as Json, json};

const TAKEN: &str = "The conversation already has an active assignment.";

pub(super) fn carry_out(world: &mut World, ask: &Ask) -> Answer {
    let id = ask.text("whatsapp_conversation_id");
    let made = world.dice().uuid();
    let now = iso(world.clock.now());
    let found = world.kapso.conversations.iter_mut().find(|conversation| conversation.id == id);
    let Some(conversation) = found else { return not_found("Conversation") };
    let rows = &mut conversation.assignments;
    match ask.operation.id {
        "kapso.list-assignments" => lists::answer(ask, rows.iter().rev().cloned().collect()),
        "kapso.create-assignment" => {
            if rows.iter().any(|row| row["active"] == true) {
                return error(422, TAKEN);
            }
            let user = ask.at("conversation_assignment.user_id").clone();
            rows.push(new(&made, user, ask.at("conversation_assignment.notes").clone(), &now));
            data(ask, &rows[rows.len() - 1])
        }
        _ => update(ask, rows),
    }
}

pub(in super::super) fn new(id: &str, user: Json, notes: Json, now: &str) -> Json {
    json!({
        "id": id,
        "user_id": user,
        "active": true,
        "notes": notes,
        "created_at": now,
        "created_by_user_id": null,
    })
}

fn update(ask: &Ask, rows: &mut [Json]) -> Answer {
    let id = ask.text("id");
    let Some(at) = rows.iter().position(|row| row["id"] == id.as_str()) else {
        return not_found("Conversation assignment");
    };
    let given = ask.given("conversation_assignment", &["user_id", "notes", "active"]);
    let others = rows.iter().enumerate().any(|(other, row)| other != at && row["active"] == true);
    if given.get("active") == Some(&Json::Bool(true)) && others {
        return error(422, TAKEN);
    }
    for (name, value) in given {
        rows[at][name] = value;
    }
    data(ask, &rows[at])
}
