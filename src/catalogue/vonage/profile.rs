//! Profile and profile photo of a number. What the photo file itself has to be is help only: the
//! request carries its address, and Vonage fetches the file.

use super::{
    super::{
        evidence::Evidence::Inferred,
        field::{Choice, Field},
        limit::{Limit, Pattern},
        operation::{Explained, Method, Operation},
        provider::Provider,
        rule::{Check, Rule},
    },
    DEPLOYMENT_ID, REFERENCE, errors,
};

/// Vonage's own names, not the codes of Meta's API; one of them holds a comma.
pub const VERTICALS: &[Choice] = &[
    Choice::named("Automotive"),
    Choice::named("Beauty, Spa and Salon"),
    Choice::named("Clothing and Apparel"),
    Choice::named("Education"),
    Choice::named("Entertainment"),
    Choice::named("Event Planning and Service"),
    Choice::named("Finance and Banking"),
    Choice::named("Food and Grocery"),
    Choice::named("Public Service"),
    Choice::named("Hotel and Lodging"),
    Choice::named("Medical and Health"),
    Choice::named("Non-profit"),
    Choice::named("Professional Services"),
    Choice::named("Shopping and Retail"),
    Choice::named("Travel and Transportation"),
    Choice::named("Restaurant"),
    Choice::named("Other"),
];

const WEBSITE: Field = Field::url("website", "Website", REFERENCE)
    .limits(&[Limit::length(1, 256, REFERENCE)])
    .example("https://example.com");

/// Any other file than a picture of the two kinds; an address without an extension may be one.
const PNG_OR_JPG: Pattern = Pattern {
    hint: ".png or .jpg",
    sentence: "Must be the address of a .png or .jpg file.",
    fits: |url| {
        extension(url).is_none_or(|found| {
            ["png", "jpg", "jpeg"].iter().any(|allowed| found.eq_ignore_ascii_case(allowed))
        })
    },
};

const NAMES_ITS_TYPE: Pattern = Pattern {
    hint: "",
    sentence: "This address does not end in .png or .jpg: make sure that it leads to such a picture.",
    fits: |url| extension(url).is_some(),
};

/// The extension of the last path segment, such as `png`; query, fragment and host do not count.
fn extension(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let (_, path) = rest.split(['?', '#']).next()?.split_once('/')?;
    let (_, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
    let plain = !extension.is_empty() && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then_some(extension)
}

pub const GET_PROFILE: Operation = Operation {
    id: "vonage.get-profile",
    provider: Provider::Vonage,
    section: "Profile",
    title: "Get the profile",
    summary: "The business profile that people see for this number.",
    method: Method::Get,
    path: "/deployments/{deployment_id}/profile",
    fields: &[DEPLOYMENT_ID],
    rules: &[],
    success: 200,
    errors: &[errors::UNAUTHORIZED, errors::NOT_FOUND],
    evidence: REFERENCE,
    action: "Get the profile",
};

pub const UPDATE_PROFILE: Operation = Operation {
    id: "vonage.update-profile",
    provider: Provider::Vonage,
    section: "Profile",
    title: "Update the profile",
    summary: "Changes the business profile of this number. Only the fields that are filled in are sent.",
    method: Method::Patch,
    path: "/deployments/{deployment_id}/profile",
    fields: &[
        DEPLOYMENT_ID,
        Field::text("about", "About", REFERENCE)
            .limits(&[Limit::length(1, 139, REFERENCE)])
            .example("about your business")
            .help("The text in the About section of the profile."),
        Field::long_text("address", "Address", REFERENCE)
            .limits(&[Limit::length(1, 256, REFERENCE)])
            .example("123 main street")
            .help("The address of the business."),
        Field::long_text("description", "Description", REFERENCE)
            .limits(&[Limit::length(1, 256, REFERENCE)])
            .example("your business description")
            .help("What the business does. Links in it cannot be clicked."),
        Field::email("email", "E-mail", REFERENCE)
            .limits(&[Limit::length(1, 128, REFERENCE)])
            .example("you@example.com")
            .help("The e-mail address of the business."),
        Field::choice("vertical", "Industry", VERTICALS, REFERENCE)
            .example("Food and Grocery")
            .help("The industry, as WhatsApp names it."),
        Field::list("websites", "Websites", &WEBSITE, REFERENCE)
            .limits(&[Limit::count(1, 2, REFERENCE)])
            .help("Up to two addresses that begin with https:// or http://."),
    ],
    rules: &[Rule::new(
        "At least one field",
        Check::AtLeastOne { of: &["about", "address", "description", "email", "vertical", "websites"] },
        Inferred("An update of nothing has no effect"),
    )],
    success: 200,
    errors: &[
        errors::INVALID_JSON,
        errors::UNAUTHORIZED,
        errors::NOT_FOUND,
        errors::UNPROCESSABLE_PROFILE_UPDATE,
    ],
    evidence: REFERENCE,
    action: "Update the profile",
};

pub const GET_PHOTO: Operation = Operation {
    id: "vonage.get-photo",
    provider: Provider::Vonage,
    section: "Profile photo",
    title: "Get the profile photo",
    summary: "The address that the profile photo was taken from.",
    method: Method::Get,
    path: "/deployments/{deployment_id}/profile/photo",
    fields: &[DEPLOYMENT_ID],
    rules: &[],
    success: 200,
    errors: &[errors::UNAUTHORIZED, errors::NOT_FOUND],
    evidence: REFERENCE,
    action: "Get the photo",
};

const BAD_PHOTO: Explained = errors::UNPROCESSABLE.about("image_url");

pub const UPDATE_PHOTO: Operation = Operation {
    id: "vonage.update-photo",
    provider: Provider::Vonage,
    section: "Profile photo",
    title: "Update the profile photo",
    summary: "Replaces the profile photo by the picture at an address. Vonage fetches it from there.",
    method: Method::Post,
    path: "/deployments/{deployment_id}/profile/photo",
    fields: &[
        DEPLOYMENT_ID,
        Field::url("image_url", "Picture address", REFERENCE)
            .required()
            .limits(&[
                Limit::pattern(&PNG_OR_JPG, REFERENCE),
                Limit::pattern(
                    &NAMES_ITS_TYPE,
                    Inferred("An address without an extension may still lead to a .png or .jpg"),
                ),
            ])
            .example("https://www.example.com/img.png")
            .help("A .png or .jpg that anybody can open: at least 192 pixels, at most 640 × 640 pixels and 5 MB."),
    ],
    rules: &[],
    success: 200,
    errors: &[errors::INVALID_JSON, errors::UNAUTHORIZED, errors::NOT_FOUND, BAD_PHOTO],
    evidence: REFERENCE,
    action: "Update the photo",
};

#[cfg(test)]
mod tests {
    use super::{super::super::read, *};
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[derive(Debug, PartialEq)]
    enum Verdict {
        Fine,
        Warns,
        Blocks,
    }
    use Verdict::{Blocks, Fine, Warns};

    fn photo(url: &str) -> Verdict {
        let problems = read::json(&UPDATE_PHOTO, &json!({ "deployment_id": "d", "image_url": url })).problems;
        match problems.iter().map(|problem| problem.blocks).max() {
            None => Fine,
            Some(false) => Warns,
            Some(true) => Blocks,
        }
    }

    #[test]
    fn photo_addresses_by_their_extension() {
        for (url, verdict) in [
            ("https://www.example.com/img.png", Fine),
            ("http://www.example.com/a/b/IMG.JPG", Fine),
            ("https://www.example.com/img.jpeg?size=640&from=a.gif#top.webp", Fine),
            ("https://www.example.com/img.png#/b/c.gif", Fine),
            ("https://www.example.com/a.gif/img.v2.png", Fine),
            ("https://www.example.com/img.gif", Blocks),
            ("https://www.example.com/img.webp?as=img.png", Blocks),
            ("https://www.example.com/img.png.svg", Blocks),
            ("https://www.example.com/img.PDF#img.png", Blocks),
            ("https://www.example.com", Warns),
            ("https://www.example.com/", Warns),
            ("https://www.example.com?file=img.png", Warns),
            ("https://www.example.com/media/12345", Warns),
            ("https://www.example.com/media?file=a/b.gif", Warns),
            ("https://www.example.com/img.png/", Warns),
            ("https://www.example.com/img.", Warns),
            ("ftp://www.example.com/img.png", Blocks),
            ("www.example.com/img.png", Blocks),
        ] {
            assert_eq!(photo(url), verdict, "{url}");
        }
    }

    #[test]
    fn every_industry_is_spelled_as_documented() {
        assert_eq!(VERTICALS.len(), 17);
        assert!(VERTICALS.iter().any(|choice| choice.value == "Beauty, Spa and Salon"));
    }
}
