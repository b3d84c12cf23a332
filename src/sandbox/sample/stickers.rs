//! WhatsApp's own stickerpacks, the same for every number and seed, and one pack of the sample number.

use super::super::vonage::Sticker;
use super::super::{ids::Dice, vonage::Pack};
use serde_json::{Value as Json, json};

pub(in super::super) struct FirstParty {
    pub(in super::super) id: &'static str,
    pub(in super::super) name: &'static str,
    pub(in super::super) publisher: &'static str,
    /// Sticker id and emoji; the place is the index.
    pub(in super::super) stickers: &'static [(&'static str, &'static str)],
}

pub(in super::super) const FIRST_PARTY: &[FirstParty] = &[
    FirstParty {
        id: "2fdb7c5c-0f1e-4a52-9c39-6c1b57a3f0d1",
        name: "Cheerful Cups",
        publisher: "WhatsApp",
        stickers: &[
            ("1104857600000001", "😀"),
            ("1104857600000002", "😂"),
            ("1104857600000003", "😍"),
            ("1104857600000004", "😴"),
        ],
    },
    FirstParty {
        id: "9a0c4e6b-73d2-4c18-8b1f-2f5d0e8c7a42",
        name: "Busy Bees",
        publisher: "WhatsApp",
        stickers: &[("1104857600000011", "🐝"), ("1104857600000012", "🌻"), ("1104857600000013", "👍")],
    },
    FirstParty {
        id: "c7e15a90-5b64-4d7f-a3c8-91e0d2b4f683",
        name: "Rainy Days",
        publisher: "WhatsApp",
        stickers: &[("1104857600000021", "☔"), ("1104857600000022", "🌈")],
    },
];

/// A pack of its own with two stickers.
pub(super) fn own(dice: &mut Dice) -> Pack {
    let id = dice.uuid();
    let mut sticker = |index: u64, emojis: Json| {
        let record = json!({"id": dice.digits(16), "image_data_id": dice.uuid(), "emojis": emojis});
        Sticker { index: index.to_string(), record }
    };
    let stickers = vec![sticker(0, json!(["🦷", "😃"])), sticker(1, json!(["🪥"]))];
    let record = json!({
        "name": "Northgate smiles",
        "publisher": "Northgate Dental",
        "ios_app_store_link": "https://itunes.apple.com/app/id3133333",
        "android_app_store_link": "https://play.google.com/store/apps/details?id=com.example",
    });
    Pack { id, record: record.as_object().cloned().unwrap_or_default(), stickers, next: 2 }
}
