//! Vonage WhatsApp Manager, also called WhatsApp Provisioning API: addresses, credential, and what
//! all its requests share. The requests themselves stand in one file per section.

mod deployments;
mod errors;
mod profile;
pub mod replies;
mod state;
mod stickers;

pub use deployments::*;
pub use errors::ERRORS;
pub use profile::*;
pub use state::State;
pub use stickers::*;

use super::{
    evidence::Evidence::{self, Documented, Inferred},
    field::Field,
    limit::{Limit, Pattern},
    operation::Operation,
    provider::{Base, Scheme},
    token::{Algorithm, TokenRule, Wanted},
};

const REFERENCE: Evidence = Documented("Vonage WhatsApp Provisioning API reference");
const SPEC: Evidence = Documented("Vonage OpenAPI file, WhatsApp Provisioning 0.1.5");
const STICKER_GUIDE: Evidence = Documented("Vonage guide, Using WhatsApp Stickers with the Messages API");
const AUTHENTICATION: Evidence = Documented("Vonage docs, Authentication");
const ERROR_PAGE: Evidence = Documented("Vonage docs, API errors");

pub const BASES: &[Base] = &[Base { region: "", url: "https://api.nexmo.com/v0.1/whatsapp-manager" }];

pub const SCHEMES: &[Scheme] = &[Scheme {
    id: "bearer",
    label: "JSON Web Token",
    help: "Made with the private key of a Vonage application that has the Messages capability. It expires after 15 minutes unless made for longer, at most 24 hours.",
    header: "Authorization",
    prefix: "Bearer ",
    variable: "VONAGE_JWT",
    token: Some(&TokenRule {
        algorithm: Algorithm::Rs256,
        issuer_claim: "application_id",
        issuer: Wanted {
            label: "Application ID",
            help: "In the Vonage dashboard under Applications. The application needs the Messages capability.",
        },
        key: Wanted {
            label: "Private key file",
            help: "The file private.key that the dashboard gave when the application's key pair was made.",
        },
        numbered: true,
        lifetime: 30..=86_400,
        default_lifetime: 900,
        evidence: AUTHENTICATION,
    }),
}];

pub const OPERATIONS: &[&Operation] = &[
    &CREATE_DEPLOYMENT,
    &GET_DEPLOYMENT,
    &DELETE_DEPLOYMENT,
    &LIST_DEPLOYMENTS,
    &RESEND_OTP,
    &VERIFY,
    &GET_PROFILE,
    &UPDATE_PROFILE,
    &GET_PHOTO,
    &UPDATE_PHOTO,
    &LIST_STICKERPACKS,
    &CREATE_STICKERPACK,
    &LIST_WHATSAPP_STICKERPACKS,
    &GET_STICKERPACK,
    &LIST_STICKERS,
    &CREATE_STICKER,
    &GET_STICKER,
    &DELETE_STICKER,
];

/// No hint: nobody types such a space on purpose.
const UNPADDED: Pattern = Pattern {
    hint: "",
    sentence: "There is a space or line break before or after the text, probably from copying.",
    fits: |text| text.trim() == text,
};

const ALL_DIGITS: Pattern = Pattern {
    hint: "digits",
    sentence: "Usually contains digits only.",
    fits: |text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
};

const COPIED_ID: Limit = Limit::pattern(&UNPADDED, Inferred("No documented ID has a space around it"));

const DEPLOYMENT_ID: Field = Field::text("deployment_id", "Deployment ID", SPEC)
    .in_path()
    .limits(&[COPIED_ID])
    .example("aaaaaaaa-bbbb-cccc-dddd-0123456789ab")
    .help("The deployment of one number, from the answer to its creation.");

#[cfg(test)]
mod tests {
    use super::{
        super::{draft::Draft, operation::Operation, read},
        *,
    };
    use serde_json::{Value as Json, json};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const DEPLOYMENT: &str = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab";

    fn documented() -> Vec<(&'static Operation, Json, Json)> {
        let pack = json!({ "deployment_id": DEPLOYMENT, "stickerpack_id": "stickerpack-id" });
        let deployment = json!({ "deployment_id": DEPLOYMENT });
        vec![
            (
                &CREATE_DEPLOYMENT,
                json!({}),
                json!({
                    "country_code": "44", "number": "8675309", "vname_certificate": "AbCdEFGHiJK123456",
                    "method": "sms", "waba_id": "123456789123", "pin": "123456"
                }),
            ),
            (&RESEND_OTP, deployment.clone(), json!({ "method": "sms" })),
            (&VERIFY, deployment.clone(), json!({ "code": "674639" })),
            (
                &UPDATE_PROFILE,
                deployment.clone(),
                json!({
                    "about": "about your business", "address": "123 main street",
                    "description": "your business description", "email": "you@example.com",
                    "vertical": "Food and Grocery", "websites": ["https://example.com"]
                }),
            ),
            (&UPDATE_PHOTO, deployment.clone(), json!({ "image_url": "https://www.example.com/img.png" })),
            (
                &CREATE_STICKERPACK,
                deployment,
                json!({
                    "publisher": "your-publisher-name", "name": "your-sticker-pack-name",
                    "ios_app_store_link": "https://itunes.apple.com/app/id3133333",
                    "android_app_store_link": "https://play.google.com/store/apps/details?id=com.example"
                }),
            ),
            (&CREATE_STICKER, pack, json!({ "image_data_id": "id", "emojis": ["🐥", "😃"] })),
        ]
    }

    #[test]
    fn documented_examples_are_sent_as_documented() {
        for (operation, place, body) in documented() {
            let mut request = body.clone();
            let all = request.as_object_mut().unwrap();
            all.extend(place.as_object().unwrap().clone());
            assert_eq!(read::json(operation, &request).problems, [], "{}", operation.id);
            let reading = read::draft(operation, &Draft::from_json(operation, &request));
            assert_eq!(reading.problems, [], "{}", operation.id);
            assert_eq!(reading.ready().unwrap().body().unwrap().revealed(), body, "{}", operation.id);
        }
    }

    #[test]
    fn examples_of_fields_make_requests_without_problems() {
        for operation in OPERATIONS {
            let mut draft = Draft::default();
            operation.walk(&mut |path, field| {
                if path.ends_with(".*") {
                    draft.add_row(path.trim_end_matches(".*"));
                }
                draft.set(operation, &path.replace('*', "0"), field.example.to_owned());
            });
            assert_eq!(read::draft(operation, &draft).problems, [], "{}", operation.id);
        }
    }

    #[test]
    fn doubtful_values_warn_and_broken_ones_block() {
        let blocks = |change: Json| {
            let mut request = documented()[0].2.clone();
            request.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            let problems = read::json(&CREATE_DEPLOYMENT, &request).problems;
            assert!(!problems.is_empty(), "{change}");
            problems.iter().any(|problem| problem.blocks)
        };
        assert!(!blocks(json!({ "number": "08675309" })));
        assert!(!blocks(json!({ "country_code": "044" })));
        assert!(!blocks(json!({ "vname_certificate": "AbCd\n" })));
        assert!(!blocks(json!({ "waba_id": "abc" })));
        assert!(blocks(json!({ "country_code": "0044" })));
        assert!(blocks(json!({ "country_code": "+44" })));
        assert!(blocks(json!({ "method": "email" })));
        assert!(blocks(json!({ "method": null })));
        assert!(blocks(json!({ "pin": "12345" })));
    }

    #[test]
    fn an_empty_profile_update_only_warns() {
        let reading = read::json(&UPDATE_PROFILE, &json!({ "deployment_id": DEPLOYMENT }));
        assert_eq!(reading.problems.len(), 1);
        assert!(reading.ready().is_some());
    }

    #[test]
    fn whatsapp_packs_are_asked_for_in_the_query() {
        let call =
            |operation| read::json(operation, &json!({ "deployment_id": "d" })).ready().unwrap().url("");
        assert_eq!(call(&LIST_STICKERPACKS), "/deployments/d/stickerpacks");
        assert_eq!(call(&LIST_WHATSAPP_STICKERPACKS), "/deployments/d/stickerpacks?namespace=whatsapp");
    }
}
