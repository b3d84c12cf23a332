//! What Vonage answers, as types. No property of an answer is documented as required, so everything
//! is read as far as it is there, and what is added later does no harm.

use super::{errors::NUMBER_IN_USE, state::State};
use crate::catalogue::reply::text;
use serde_json::Value as Json;

/// One number being brought live, or live.
#[derive(Clone, Debug, PartialEq)]
pub struct Deployment {
    /// Empty where the answer names none.
    pub id: String,
    pub waba_id: String,
    pub country_code: String,
    pub number: String,
    pub state: State,
    /// The provider's words about the state.
    pub detail: String,
}

impl Deployment {
    /// One of which nothing was told.
    pub fn unread() -> Deployment {
        Deployment {
            id: String::new(),
            waba_id: String::new(),
            country_code: String::new(),
            number: String::new(),
            state: State::Unknown(String::new()),
            detail: String::new(),
        }
    }

    /// Reads one deployment; `None` for an answer that is not about one at all.
    pub fn read(json: &Json) -> Option<Deployment> {
        let state = &json["current_state"];
        let deployment = Deployment {
            id: text(&json["deployment_id"]),
            waba_id: text(&json["waba_id"]),
            country_code: text(&json["country_code"]),
            number: text(&json["number"]),
            state: State::from_title(&text(&state["title"])),
            detail: text(&state["detail"]),
        };
        let names_nothing = deployment.id.is_empty() && state.is_null();
        (json.is_object() && !names_nothing).then_some(deployment)
    }

    /// Reads the list: an array in one version of the guide, a single object in the other.
    pub fn list(json: &Json) -> Vec<Deployment> {
        match json {
            Json::Array(rows) => rows.iter().filter_map(Deployment::read).collect(),
            one => Deployment::read(one).into_iter().collect(),
        }
    }
}

/// The id of the deployment that stands in the way, out of the words of `number-in-use`; `None` for any other code.
pub fn deployment_in_use<'a>(code: &str, detail: &'a str) -> Option<&'a str> {
    if code != NUMBER_IN_USE.code {
        return None;
    }
    let parts = detail.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    parts.map(|part| part.trim_matches('-')).find(|part| is_uuid(part))
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// The address that a profile photo was taken from; `None` where there is none.
pub fn photo(json: &Json) -> Option<String> {
    Some(text(&json["image_url"])).filter(|url| !url.is_empty())
}

/// The ids of a list of stickerpacks.
pub fn stickerpack_ids(json: &Json) -> Vec<String> {
    rows(json, "stickerpacks").map(|row| text(&row["id"])).filter(|id| !id.is_empty()).collect()
}

/// One stickerpack.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stickerpack {
    pub name: String,
    pub publisher: String,
    pub ios_app_store_link: String,
    pub android_app_store_link: String,
}

impl Stickerpack {
    pub fn read(json: &Json) -> Option<Stickerpack> {
        let row = rows(json, "stickerpacks").next()?;
        Some(Stickerpack {
            name: text(&row["name"]),
            publisher: text(&row["publisher"]),
            ios_app_store_link: text(&row["ios_app_store_link"]),
            android_app_store_link: text(&row["android_app_store_link"]),
        })
    }
}

/// The indexes of a list of stickers; they are texts.
pub fn sticker_indexes(json: &Json) -> Vec<String> {
    rows(json, "stickers").map(|row| text(&row["index"])).filter(|index| !index.is_empty()).collect()
}

/// One sticker. WhatsApp's own tell no image.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sticker {
    pub id: String,
    pub image_data_id: String,
    pub emojis: Vec<String>,
}

impl Sticker {
    pub fn read(json: &Json) -> Option<Sticker> {
        let row = rows(json, "stickers").next()?;
        let emojis = row["emojis"].as_array().map(|emojis| emojis.iter().map(text).collect());
        Some(Sticker {
            id: text(&row["id"]),
            image_data_id: text(&row["image_data_id"]),
            emojis: emojis.unwrap_or_default(),
        })
    }
}

fn rows<'a>(json: &'a Json, name: &str) -> impl Iterator<Item = &'a Json> {
    json[name].as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const ID: &str = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab";

    #[test]
    fn a_deployment_is_read_as_far_as_it_is_there() {
        let whole = json!({
            "deployment_id": ID, "waba_id": "12", "country_code": "44", "number": "7700900000",
            "current_state": { "title": "CODE_SENT", "detail": "Code sent" }, "added": [1]
        });
        let read = Deployment::read(&whole).unwrap();
        assert_eq!(
            (read.id.as_str(), &read.state, read.detail.as_str()),
            (ID, &State::CodeSent, "Code sent")
        );
        let stateless = Deployment::read(&json!({ "deployment_id": ID })).unwrap();
        assert_eq!(stateless.state, State::Unknown(String::new()));
        let new = json!({ "current_state": { "title": "WAITING_FOR_META" } });
        assert_eq!(Deployment::read(&new).unwrap().state, State::Unknown("WAITING_FOR_META".into()));
        for other in [json!({}), json!(null), json!([]), json!("READY"), json!({ "message": "hi" })] {
            assert_eq!(Deployment::read(&other), None, "{other}");
        }
    }

    #[test]
    fn both_documented_shapes_of_the_list_are_read() {
        let one = json!({ "deployment_id": ID, "current_state": { "title": "READY" } });
        let ids = |json| Deployment::list(&json).into_iter().map(|one| one.id).collect::<Vec<_>>();
        assert_eq!(ids(one.clone()), [ID]);
        assert_eq!(ids(json!([one, {}, one])), [ID, ID]);
        assert_eq!(ids(json!([])), Vec::<String>::new());
        assert_eq!(ids(json!({})), Vec::<String>::new());
    }

    #[test]
    fn the_words_of_number_in_use_name_the_deployment() {
        let said = format!("Active deployment already exists with id {ID}.");
        assert_eq!(deployment_in_use("number-in-use", &said), Some(ID));
        assert_eq!(deployment_in_use("number-in-use", &format!("exists ({ID})")), Some(ID));
        assert_eq!(deployment_in_use("number-in-use", "Active deployment already exists"), None);
        assert_eq!(deployment_in_use("number-in-use", ""), None);
        assert_eq!(deployment_in_use("conflict-deployment-state", &said), None);
    }

    #[test]
    fn lists_of_packs_and_stickers_take_what_is_there() {
        assert_eq!(stickerpack_ids(&json!({ "stickerpacks": [{ "id": "a" }, {}, { "id": 7 }] })), ["a", "7"]);
        assert_eq!(sticker_indexes(&json!({ "stickers": [{ "index": "0" }, { "index": 1 }] })), ["0", "1"]);
        let first_party = Sticker::read(&json!({ "stickers": [{ "emojis": ["🐥"], "id": "s" }] })).unwrap();
        assert_eq!((first_party.emojis, first_party.image_data_id), (vec!["🐥".to_owned()], String::new()));
        assert_eq!(Stickerpack::read(&json!({ "stickerpacks": [] })), None);
        assert_eq!(photo(&json!({})), None);
    }

    #[test]
    fn every_state_is_found_by_its_title() {
        for state in State::ALL {
            assert_eq!(State::from_title(state.title()), state);
        }
    }
}
