//! Stickerpacks and stickers of a number. WhatsApp's own packs are read through the `namespace`
//! query; all writing concerns third-party packs.

use super::{
    super::{
        evidence::Evidence::{self, Inferred},
        field::{Choice, Field},
        limit::{Limit, Pattern},
        operation::{Method, Operation},
        pattern::NOT_BLANK,
        provider::Provider,
    },
    ALL_DIGITS, COPIED_ID, DEPLOYMENT_ID, REFERENCE, SPEC, STICKER_GUIDE, errors,
};

const APP_FORMAT: Evidence =
    Inferred("WhatsApp's format for sticker apps; Vonage states no limit of its own");
const NAMELESS: Evidence = Inferred("A name of nothing but spaces shows nothing");

/// `https://itunes.apple.com/app/idXXXXXXXXX`
const APP_STORE: Pattern = Pattern {
    hint: "https://itunes.apple.com/app/id and digits",
    sentence: "Must be like https://itunes.apple.com/app/id3133333: nothing before, and only the digits after id.",
    fits: |url| {
        url.strip_prefix("https://itunes.apple.com/app/id")
            .is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()))
    },
};

/// `https://play.google.com/store/apps/details?id=com.example`
const PLAY_STORE: Pattern = Pattern {
    hint: "https://play.google.com/store/apps/details?id= and the package name",
    sentence: "Must be like https://play.google.com/store/apps/details?id=com.example: nothing before, and only the package name after id=.",
    fits: |url| {
        url.strip_prefix("https://play.google.com/store/apps/details?id=").is_some_and(|package| {
            package.split('.').all(|part| {
                !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            })
        })
    },
};

const STICKERPACK_ID: Field = Field::text("stickerpack_id", "Stickerpack ID", SPEC)
    .in_path()
    .limits(&[COPIED_ID])
    .example("stickerpack-id")
    .help("From the list of stickerpacks.");

const STICKER_INDEX: Field = Field::text("sticker_index", "Sticker index", SPEC)
    .in_path()
    .limits(&[COPIED_ID, Limit::pattern(&ALL_DIGITS, Inferred("Answers in guides number stickers from 0"))])
    .example("0")
    .help("The place of the sticker in its pack, from the list of stickers. The first is 0.");

const WHATSAPP: &[Choice] = &[Choice::new("whatsapp", "WhatsApp's own")];

const fn namespace(evidence: Evidence) -> Field {
    Field::choice("namespace", "Whose pack", WHATSAPP, evidence)
        .in_query()
        .example("whatsapp")
        .help("Needed for packs of WhatsApp itself; leave it out for third-party packs.")
}

const EMOJI: Field = Field::emoji("emoji", "Emoji", REFERENCE).example("🐥");

pub const LIST_STICKERPACKS: Operation = Operation {
    id: "vonage.list-stickerpacks",
    provider: Provider::Vonage,
    section: "Stickerpacks",
    title: "List your stickerpacks",
    summary: "The third-party stickerpacks of this number.",
    method: Method::Get,
    path: "/deployments/{deployment_id}/stickerpacks",
    fields: &[DEPLOYMENT_ID],
    rules: &[],
    success: 200,
    errors: &[errors::UNAUTHORIZED, errors::NOT_FOUND],
    evidence: REFERENCE,
    action: "List the stickerpacks",
};

pub const CREATE_STICKERPACK: Operation = Operation {
    id: "vonage.create-stickerpack",
    provider: Provider::Vonage,
    section: "Stickerpacks",
    title: "Create a stickerpack",
    summary: "Adds an empty third-party stickerpack. A pack cannot be changed or deleted afterwards.",
    method: Method::Post,
    path: "/deployments/{deployment_id}/stickerpacks",
    fields: &[
        DEPLOYMENT_ID,
        Field::text("publisher", "Publisher", REFERENCE)
            .required_by(SPEC)
            .limits(&[Limit::length(1, 128, APP_FORMAT), Limit::pattern(&NOT_BLANK, NAMELESS)])
            .example("your-publisher-name")
            .help("Who publishes the stickerpack."),
        Field::text("name", "Name", REFERENCE)
            .required_by(SPEC)
            .limits(&[Limit::length(1, 128, APP_FORMAT), Limit::pattern(&NOT_BLANK, NAMELESS)])
            .example("your-sticker-pack-name")
            .help("The name of the stickerpack."),
        Field::url("ios_app_store_link", "App Store link", REFERENCE)
            .limits(&[Limit::pattern(&APP_STORE, REFERENCE)])
            .example("https://itunes.apple.com/app/id3133333")
            .help("The stickerpack in Apple's App Store."),
        Field::url("android_app_store_link", "Google Play link", REFERENCE)
            .limits(&[Limit::pattern(&PLAY_STORE, REFERENCE)])
            .example("https://play.google.com/store/apps/details?id=com.example")
            .help("The stickerpack in the Google Play store."),
    ],
    rules: &[],
    success: 200,
    errors: &[errors::INVALID_JSON, errors::UNAUTHORIZED, errors::NOT_FOUND],
    evidence: REFERENCE,
    action: "Create the stickerpack",
};

pub const LIST_WHATSAPP_STICKERPACKS: Operation = Operation {
    id: "vonage.list-whatsapp-stickerpacks",
    provider: Provider::Vonage,
    section: "Stickerpacks",
    title: "List WhatsApp's stickerpacks",
    summary: "The stickerpacks that WhatsApp itself offers to this number.",
    method: Method::Get,
    path: "/deployments/{deployment_id}/stickerpacks",
    fields: &[DEPLOYMENT_ID, Field::constant("namespace", "whatsapp", SPEC).in_query()],
    rules: &[],
    success: 200,
    errors: &[errors::UNAUTHORIZED, errors::NOT_FOUND],
    evidence: REFERENCE,
    action: "List the stickerpacks",
};

pub const GET_STICKERPACK: Operation = Operation {
    id: "vonage.get-stickerpack",
    provider: Provider::Vonage,
    section: "Stickerpacks",
    title: "Get a stickerpack",
    summary: "Name, publisher and store links of one stickerpack.",
    method: Method::Get,
    path: "/deployments/{deployment_id}/stickerpacks/{stickerpack_id}",
    fields: &[
        DEPLOYMENT_ID,
        STICKERPACK_ID,
        namespace(Inferred("WhatsApp's own API takes it here; Vonage shows it only for lists and stickers")),
    ],
    rules: &[],
    success: 200,
    errors: &[errors::UNAUTHORIZED, errors::NOT_FOUND],
    evidence: REFERENCE,
    action: "Get the stickerpack",
};

pub const LIST_STICKERS: Operation = Operation {
    id: "vonage.list-stickers",
    provider: Provider::Vonage,
    section: "Stickers",
    title: "List stickers",
    summary: "The index of every sticker in one stickerpack.",
    method: Method::Get,
    path: "/deployments/{deployment_id}/stickerpacks/{stickerpack_id}/stickers",
    fields: &[DEPLOYMENT_ID, STICKERPACK_ID, namespace(STICKER_GUIDE)],
    rules: &[],
    success: 200,
    errors: &[errors::UNAUTHORIZED, errors::NOT_FOUND],
    evidence: REFERENCE,
    action: "List the stickers",
};

pub const CREATE_STICKER: Operation = Operation {
    id: "vonage.create-sticker",
    provider: Provider::Vonage,
    section: "Stickers",
    title: "Create a sticker",
    summary: "Adds a sticker to a third-party stickerpack.",
    method: Method::Post,
    path: "/deployments/{deployment_id}/stickerpacks/{stickerpack_id}/stickers",
    fields: &[
        DEPLOYMENT_ID,
        STICKERPACK_ID,
        Field::text("image_data_id", "Image ID", REFERENCE)
            .required_by(SPEC)
            .limits(&[COPIED_ID])
            .example("id")
            .help("The ID of the sticker's image, which has to be uploaded before; this API does not upload it. A .webp picture of 512 × 512 pixels, at most 100 KB."),
        Field::list("emojis", "Emojis", &EMOJI, REFERENCE)
            .limits(&[Limit::count(1, 3, APP_FORMAT)])
            .help("Emojis that stand for the sticker."),
    ],
    rules: &[],
    success: 200,
    errors: &[errors::UNAUTHORIZED, errors::NOT_FOUND],
    evidence: REFERENCE,
    action: "Create the sticker",
};

pub const GET_STICKER: Operation = Operation {
    id: "vonage.get-sticker",
    provider: Provider::Vonage,
    section: "Stickers",
    title: "Get a sticker",
    summary: "ID, image and emojis of one sticker. Its ID is what a sticker message needs.",
    method: Method::Get,
    path: "/deployments/{deployment_id}/stickerpacks/{stickerpack_id}/stickers/{sticker_index}",
    fields: &[DEPLOYMENT_ID, STICKERPACK_ID, STICKER_INDEX, namespace(STICKER_GUIDE)],
    rules: &[],
    success: 200,
    errors: &[errors::UNAUTHORIZED, errors::NOT_FOUND],
    evidence: REFERENCE,
    action: "Get the sticker",
};

pub const DELETE_STICKER: Operation = Operation {
    id: "vonage.delete-sticker",
    provider: Provider::Vonage,
    section: "Stickers",
    title: "Delete a sticker",
    summary: "Removes one sticker from a third-party stickerpack.",
    method: Method::Delete,
    path: "/deployments/{deployment_id}/stickerpacks/{stickerpack_id}/stickers/{sticker_index}",
    fields: &[DEPLOYMENT_ID, STICKERPACK_ID, STICKER_INDEX],
    rules: &[],
    success: 200,
    errors: &[errors::UNAUTHORIZED, errors::NOT_FOUND],
    evidence: REFERENCE,
    action: "Delete the sticker",
};

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn store_links_follow_the_documented_formats() {
        for (link, fits) in [
            ("https://itunes.apple.com/app/id3133333", true),
            ("https://itunes.apple.com/app/id", false),
            ("https://itunes.apple.com/app/id31x", false),
            ("https://itunes.apple.com/app/id3133333?mt=8", false),
            ("https://itunes.apple.com/us/app/id3133333", false),
            ("https://apps.apple.com/app/id3133333", false),
            ("http://itunes.apple.com/app/id3133333", false),
        ] {
            assert_eq!((APP_STORE.fits)(link), fits, "{link}");
        }
        for (link, fits) in [
            ("https://play.google.com/store/apps/details?id=com.example", true),
            ("https://play.google.com/store/apps/details?id=com.Example_2.app", true),
            ("https://play.google.com/store/apps/details?id=", false),
            ("https://play.google.com/store/apps/details?id=com..example", false),
            ("https://play.google.com/store/apps/details?id=com.example&hl=en", false),
            ("https://play.google.com/store/apps/details?hl=en&id=com.example", false),
            ("https://play.google.com/store/apps/dev?id=com.example", false),
        ] {
            assert_eq!((PLAY_STORE.fits)(link), fits, "{link}");
        }
    }
}
