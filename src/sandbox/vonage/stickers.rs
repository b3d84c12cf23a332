//! Stickerpacks of a live number: its own, which can be written, and WhatsApp's, which every number
//! sees and nobody writes.

use super::{
    super::{ask::Ask, http::Answer, sample::stickers::FIRST_PARTY, world::World},
    errors,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Pack {
    pub(in super::super) id: String,
    /// Name, publisher and store links, as given.
    pub(in super::super) record: Map<String, Json>,
    pub(in super::super) stickers: Vec<Sticker>,
    /// The index of the next sticker: an index is not given twice.
    pub(in super::super) next: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Sticker {
    pub(in super::super) index: String,
    /// `id`, `image_data_id` and `emojis`.
    pub(in super::super) record: Json,
}

const LINKS: &[&str] = &["name", "publisher", "ios_app_store_link", "android_app_store_link"];

pub(super) fn carry_out(world: &mut World, ask: &Ask, at: usize) -> Answer {
    match ask.operation.id {
        "vonage.list-stickerpacks" => {
            let ids = world.vonage.deployments[at].packs.iter().map(|pack| json!({"id": pack.id}));
            packs(ask, ids.collect())
        }
        "vonage.list-whatsapp-stickerpacks" => {
            packs(ask, FIRST_PARTY.iter().map(|pack| json!({"id": pack.id})).collect())
        }
        "vonage.create-stickerpack" => {
            let id = world.dice().uuid();
            let record = ask.given("", LINKS);
            world.vonage.deployments[at].packs.push(Pack {
                id: id.clone(),
                record,
                stickers: vec![],
                next: 0,
            });
            packs(ask, json!([{"id": id}]))
        }
        _ if ask.text("namespace") == "whatsapp" => first_party(world, ask),
        "vonage.create-sticker" => create(world, ask, at),
        _ => third_party(world, ask, at),
    }
}

fn packs(ask: &Ask, rows: Json) -> Answer {
    answer(ask, "stickerpacks", rows)
}

fn stickers(ask: &Ask, rows: Json) -> Answer {
    answer(ask, "stickers", rows)
}

/// Real answers carry a `meta` that no reference mentions.
fn answer(ask: &Ask, name: &str, rows: Json) -> Answer {
    let mut body = json!({});
    body[name] = rows;
    body["meta"] = json!({"version": "v2.39.4", "api_status": "stable"});
    Answer::json(ask.operation.success, &body)
}

fn missing(world: &mut World) -> Answer {
    errors::detailed(
        world,
        404,
        "not-found",
        "Stickerpack or sticker does not exist or you do not have access.",
    )
}

fn first_party(world: &mut World, ask: &Ask) -> Answer {
    let (id, index) = (ask.text("stickerpack_id"), ask.text("sticker_index"));
    let Some(pack) = FIRST_PARTY.iter().find(|pack| pack.id == id) else { return missing(world) };
    match ask.operation.id {
        "vonage.get-stickerpack" => packs(ask, json!([{"name": pack.name, "publisher": pack.publisher}])),
        "vonage.list-stickers" => {
            stickers(ask, (0..pack.stickers.len()).map(|index| json!({"index": index.to_string()})).collect())
        }
        _ => match index.parse().ok().and_then(|index: usize| pack.stickers.get(index)) {
            // A first-party sticker tells no image.
            Some((id, emoji)) => stickers(ask, json!([{"emojis": [emoji], "id": id}])),
            None => missing(world),
        },
    }
}

fn create(world: &mut World, ask: &Ask, at: usize) -> Answer {
    let id = world.dice().digits(16);
    let pack_id = ask.text("stickerpack_id");
    let packs = &mut world.vonage.deployments[at].packs;
    let Some(pack) = packs.iter_mut().find(|pack| pack.id == pack_id) else { return missing(world) };
    let index = pack.next.to_string();
    pack.next += 1;
    let emojis = if ask.at("emojis").is_array() { ask.at("emojis").clone() } else { json!([]) };
    let record = json!({"id": id, "image_data_id": ask.text("image_data_id"), "emojis": emojis});
    pack.stickers.push(Sticker { index: index.clone(), record });
    stickers(ask, json!([{"index": index}]))
}

fn third_party(world: &mut World, ask: &Ask, at: usize) -> Answer {
    let (id, index) = (ask.text("stickerpack_id"), ask.text("sticker_index"));
    let found = world.vonage.deployments[at].packs.iter_mut().find(|pack| pack.id == id);
    let Some(pack) = found else { return missing(world) };
    let place = pack.stickers.iter().position(|sticker| sticker.index == index);
    match (ask.operation.id, place) {
        ("vonage.get-stickerpack", _) => packs(ask, json!([pack.record])),
        ("vonage.list-stickers", _) => {
            let rows = pack.stickers.iter().map(|sticker| json!({"index": sticker.index}));
            stickers(ask, rows.collect())
        }
        ("vonage.get-sticker", Some(place)) => stickers(ask, json!([pack.stickers[place].record])),
        // The reference repeats the shape of a read here; what was deleted is told back.
        ("vonage.delete-sticker", Some(place)) => {
            let sticker = pack.stickers.remove(place);
            stickers(ask, json!([sticker.record]))
        }
        _ => missing(world),
    }
}
