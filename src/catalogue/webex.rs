//! Webex Connect: send a WhatsApp text over Messaging API v1. Where its pages contradict each other,
//! the form of their examples is followed, and the field says so.

mod errors;
#[cfg(test)]
mod tests;

pub use errors::ERRORS;

use super::{
    evidence::Evidence::{self, Documented, Inferred},
    field::{Field, Wire},
    limit::{Limit, Pattern},
    operation::{Method, Operation},
    pattern::{NO_EDGE_SPACE, NOT_BLANK},
    provider::{Base, Provider, Scheme},
    rule::{Check, Rule},
    token::{Algorithm, TokenRule, Wanted},
};

const REFERENCE: Evidence = Documented("Webex Connect reference, WhatsApp Text Message");
const WHATSAPP: Evidence = Documented("Webex Connect docs, WhatsApp API");
const SEND_V1: Evidence = Documented("Webex Connect docs, Send Message v1");
const AUTHENTICATION: Evidence = Documented("Webex Connect docs, Using JWT for API Authentication");
const FAQ: Evidence = Documented("Webex Connect docs, WhatsApp FAQs");
const CODES: Evidence = Documented("Webex Connect docs, Channel Specific Status Codes");

pub const BASES: &[Base] = &[
    Base { region: "USA, Oregon (AWS)", url: "https://api.us.webexconnect.io/resources/v1" },
    Base { region: "USA (Azure)", url: "https://api.us1.webexconnect.io/resources/v1" },
    Base { region: "Canada", url: "https://api.ca.webexconnect.io/resources/v1" },
    Base { region: "EMEA, Ireland", url: "https://api.eu.webexconnect.io/resources/v1" },
    Base { region: "UK, London", url: "https://api.uk.webexconnect.io/resources/v1" },
    Base { region: "India and APAC, Mumbai", url: "https://api.in.webexconnect.io/resources/v1" },
    Base { region: "Australia, Sydney", url: "https://api.au.webexconnect.io/resources/v1" },
    Base { region: "USA (AWS) (legacy)", url: "https://api-us.imiconnect.io/resources/v1" },
    Base { region: "USA (Azure) (legacy)", url: "https://api.imiconnect.us/resources/v1" },
    Base { region: "Canada (legacy)", url: "https://api.imiconnect.ca/resources/v1" },
    Base { region: "EMEA (legacy)", url: "https://api.imiconnect.io/resources/v1" },
    Base { region: "UK (legacy)", url: "https://api.imiconnect.eu/resources/v1" },
    Base { region: "APAC (legacy)", url: "https://api.imiconnect.in/resources/v1" },
    Base { region: "Region not named (legacy)", url: "https://api.imiconnect.com/resources/v1" },
];

pub const SCHEMES: &[Scheme] = &[
    Scheme {
        id: "key",
        label: "Service key",
        help: "On the API tab of the service in Webex Connect. The service must be live.",
        header: "key",
        prefix: "",
        variable: "WEBEX_CONNECT_KEY",
        token: None,
    },
    Scheme {
        id: "bearer",
        label: "JSON Web Token",
        help: "Made with the secret of the service, instead of the service key. It lasts 60 minutes.",
        header: "authorization",
        prefix: "bearer ",
        variable: "WEBEX_CONNECT_JWT",
        token: Some(&TokenRule {
            algorithm: Algorithm::Hs256,
            issuer_claim: "iss",
            issuer: Wanted { label: "Service ID", help: "On the API tab of the service in Webex Connect." },
            key: Wanted {
                label: "Service secret",
                help: "On the same tab, as it is shown there: in base64.",
            },
            numbered: false,
            lifetime: 3_600..=3_600,
            default_lifetime: 3_600,
            evidence: AUTHENTICATION,
        }),
    },
];

pub const OPERATIONS: &[&Operation] = &[&SEND_TEXT];

/// A phone number without separators, or a normalised ID such as `IN.2149…`.
const WAID: Pattern = Pattern {
    hint: "digits with the country code",
    sentence: "This does not look like a phone number. Write 7 to 15 digits with the country code, or an ID such as IN.2149.",
    fits: |text| is_number(text) || is_normalised(text),
};

/// `^\+?[0-9]{7,15}$`
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `^[A-Z]{2}\.[0-9A-Za-z]+$`
fn is_normalised(text: &str) -> bool {
    text.split_once('.').is_some_and(|(country, id)| {
        country.len() == 2
            && country.bytes().all(|byte| byte.is_ascii_uppercase())
            && !id.is_empty()
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

const NUMBER: Field = Field::text("number", "Phone number or WhatsApp ID", WHATSAPP)
    .limits(&[Limit::pattern(
        &WAID,
        Inferred("The examples are digits without +; inbound ones sometimes have it"),
    )])
    .example("447700900000");

const USER_ID: Field = Field::text("user_id", "User ID", WHATSAPP)
    .limits(&[Limit::pattern(&NO_EDGE_SPACE, Inferred("No documented ID has a space around it"))]);

const RECIPIENT: Field = Field::group(
    "recipient",
    "Recipient",
    &[
        Field::list("waid", "Phone numbers", &NUMBER, WHATSAPP)
            .help("Phone numbers or WhatsApp IDs. Several in one recipient share its reference."),
        Field::list("bsuid", "User IDs", &USER_ID, WHATSAPP)
            .help("Business-scoped user IDs, where they are enabled for your account."),
        Field::text("correlationid", "Reference", SEND_V1)
            .limits(&[Limit::bytes(50, SEND_V1)])
            .help("Replaces the reference of the whole request for this recipient."),
    ],
    REFERENCE,
);

const WA: &[Field] = &[
    Field::constant("type", "text", REFERENCE),
    Field::group(
        "text",
        "Text",
        &[Field::long_text("body", "Message", REFERENCE)
            .required()
            .limits(&[
                Limit::length(1, 4096, FAQ),
                Limit::pattern(&NOT_BLANK, Inferred("WhatsApp delivers no empty message")),
            ])
            .example("This is a whatsapp message")
            .help("Reaches people who wrote to you within the last 24 hours.")],
        REFERENCE,
    )
    .required(),
    Field::toggle(
        "preview_url",
        "Link preview",
        Wire::Text,
        Inferred("Webex Connect docs name it without its place; an older copy shows it here"),
    )
    .default("false")
    .help("Shows a preview of the first link that begins with https:// or http://."),
    Field::text(
        "identity_key_hash",
        "Identity key hash",
        Inferred("Webex Connect's example has it here, its schema one level higher"),
    )
    .help("Delivers the message only if the customer's identity key still has this hash."),
];

const OPTIONS: &[Field] = &[
    Field::url("domain", "Domain", REFERENCE)
        .example("https://s.imiconnect.co")
        .help("The domain that short links get. Needed as soon as any of the other options is given."),
    Field::toggle("shortenLinks", "Shorten links", Wire::Text, REFERENCE)
        .default("false")
        .help("Shortens links that begin with https://. A short link works for 180 days."),
    Field::toggle("trackClicks", "Track clicks", Wire::Text, REFERENCE)
        .default("false")
        .help("Reports when a link is clicked."),
    Field::text("tag1", "Tag 1", REFERENCE).example("tag1").help("For reports on short links."),
    Field::text("tag2", "Tag 2", REFERENCE).example("tag2").help("For reports on short links."),
    Field::toggle("allowFallbackURL", "Fall back to the long link", Wire::Text, REFERENCE)
        .help("Sends the long link if it cannot be shortened."),
];

const ADDRESSES: Evidence = Inferred("Code 7009 speaks of addresses, the reference of entries");

pub const SEND_TEXT: Operation = Operation {
    id: "webex.send-text",
    provider: Provider::Webex,
    section: "WhatsApp",
    title: "Send a text",
    summary: "Sends a WhatsApp text to one or many people who wrote within the last 24 hours. The answer says that it was queued, not that it arrived.",
    method: Method::Post,
    path: "/messaging",
    fields: &[
        Field::constant("deliverychannel", "whatsapp", REFERENCE),
        Field::text("appid", "App ID", REFERENCE)
            .required()
            .limits(&[
                Limit::pattern(&NOT_BLANK, Inferred("No app has an ID of spaces")),
                Limit::pattern(&NO_EDGE_SPACE, Inferred("No documented ID has a space around it")),
            ])
            .example("a_000000000000000000")
            .help("The ID of your WhatsApp app, from the Apps page of Webex Connect."),
        Field::list("destination", "Recipients", &RECIPIENT, REFERENCE)
            .required()
            .limits(&[Limit::count(1, 1000, SEND_V1)])
            .help("Who gets the message."),
        Field::group(
            "channels",
            "Message",
            &[Field::group(
                "OTT-Messaging",
                "Messaging",
                &[Field::group("wa", "WhatsApp", WA, REFERENCE).required()],
                REFERENCE,
            )
            .required()],
            REFERENCE,
        )
        .required(),
        Field::group("options", "Link options", OPTIONS, REFERENCE).help("Shortening and tracking of links."),
        Field::text("correlationid", "Reference", REFERENCE)
            .limits(&[Limit::bytes(50, SEND_V1)])
            .help("Your own reference for this request; delivery receipts return it."),
        Field::text("callbackData", "Callback data", REFERENCE)
            .help("Your own data; delivery receipts return it."),
        Field::url("notifyurl", "Receipts address", REFERENCE)
            .help("Where Webex Connect sends delivery receipts, instead of the address of the service."),
        Field::text("notifyurlAuthId", "Receipts authorization ID", REFERENCE).example("TNPBXKT09U").help(
            "The ID of an authorization set up in Webex Connect. A wrong one is not reported in its logs.",
        ),
    ],
    rules: &[
        Rule::new(
            "Every recipient has a phone number or a user ID",
            Check::AtLeastOneInRow { list: "destination", of: &["waid", "bsuid"] },
            WHATSAPP,
        ),
        Rule::new(
            "At most 1,000 phone numbers",
            Check::Total { of: "destination.*.waid.*", min: 0, max: 1000 },
            ADDRESSES,
        ),
        Rule::new(
            "At most 1,000 user IDs",
            Check::Total { of: "destination.*.bsuid.*", min: 0, max: 1000 },
            ADDRESSES,
        ),
        Rule::new(
            "Link options need a domain",
            Check::Requires {
                any_of: &[
                    "options.shortenLinks",
                    "options.trackClicks",
                    "options.tag1",
                    "options.tag2",
                    "options.allowFallbackURL",
                ],
                needs: "options.domain",
            },
            REFERENCE,
        ),
    ],
    success: 200,
    errors: errors::TEXT,
    evidence: REFERENCE,
    action: "Send the message",
};
