//! Kapso's project API, version 1: addresses, credential, common errors and the fields that several
//! of its requests share. The requests stand in one file per section of its documentation.

mod assignments;
mod configs;
mod conversations;
mod customers;
mod message_fields;
mod messages;
mod notes;
pub mod replies;
mod templates;
#[cfg(test)]
mod tests;

pub use assignments::{CREATE_ASSIGNMENT, LIST_ASSIGNMENTS, UPDATE_ASSIGNMENT};
pub use configs::{
    CREATE_WHATSAPP_CONFIG, DELETE_CONFIG, GET_CONFIG, LIST_CONFIGS, LIST_CUSTOMER_CONFIGS, UPDATE_CONFIG,
};
pub use conversations::{GET_CONVERSATION, LIST_CONVERSATIONS, UPDATE_CONVERSATION};
pub use customers::{CREATE_CUSTOMER, GET_CUSTOMER, LIST_CUSTOMERS};
pub use messages::{LIST_MESSAGES, MARK_AS_READ, SEND_MESSAGE, SEND_STANDALONE};
pub use notes::{CREATE_NOTE, LIST_NOTES};
pub use templates::LIST_TEMPLATES;

use super::{
    evidence::Evidence::{self, Documented, Inferred},
    field::Field,
    limit::{Limit, Pattern},
    operation::{Explained, Operation},
    provider::{Base, Scheme},
};

const INTRODUCTION: Evidence = Documented("Kapso API v1, Introduction");
const LIST_PAGES: Evidence = Documented("Kapso API v1, paging of its list pages");
const NEWER: Evidence = Inferred("Kapso's newer API");
/// What follows from the examples and from neighbouring requests, but stands nowhere.
const DEDUCED: Evidence = Inferred("deduced from Kapso's examples");

pub const BASES: &[Base] = &[Base { region: "", url: "https://app.kapso.ai/api/v1" }];

pub const SCHEMES: &[Scheme] = &[Scheme {
    id: "x-api-key",
    label: "API key",
    help: "The API key of a project in Kapso; it opens that project alone.",
    header: "X-API-Key",
    prefix: "",
    variable: "KAPSO_API_KEY",
    token: None,
}];

pub const OPERATIONS: &[&Operation] = &[
    &LIST_CONVERSATIONS,
    &GET_CONVERSATION,
    &UPDATE_CONVERSATION,
    &LIST_MESSAGES,
    &SEND_MESSAGE,
    &SEND_STANDALONE,
    &MARK_AS_READ,
    &LIST_CUSTOMERS,
    &CREATE_CUSTOMER,
    &GET_CUSTOMER,
    &LIST_CONFIGS,
    &LIST_CUSTOMER_CONFIGS,
    &CREATE_WHATSAPP_CONFIG,
    &GET_CONFIG,
    &UPDATE_CONFIG,
    &DELETE_CONFIG,
    &LIST_ASSIGNMENTS,
    &CREATE_ASSIGNMENT,
    &UPDATE_ASSIGNMENT,
    &LIST_TEMPLATES,
    &LIST_NOTES,
    &CREATE_NOTE,
];

/// Errors that any request can end with.
#[rustfmt::skip]
pub const ERRORS: &[Explained] = &[
    Explained::new(400, "", "Kapso could not read the request.", "Check the values and send again.", INTRODUCTION),
    Explained::new(401, "", "Kapso did not accept the key.", "Check the API key of this connection.", INTRODUCTION),
    Explained::new(403, "", "Kapso does not allow this, for example for its sandbox number.", "Use a number of your own, or ask the owner of the project.", NEWER),
    Explained::new(404, "", "Kapso does not know this ID in the project of the key.", "Copy the ID again, and check that the connection belongs to its project.", INTRODUCTION),
    Explained::new(409, "", "Another message to this conversation is still on its way.", "Wait a few seconds, look whether the message is there, then send again.", Inferred("Kapso's agent skills, WhatsApp API reference")),
    Explained::new(422, "", "Kapso cannot do this with these values, or not in the present state.", "Read the message of the answer and change what it names.", INTRODUCTION),
    Explained::new(429, "", "Too many requests in this minute.", "Wait a minute, then go on more slowly.", INTRODUCTION),
    Explained::new(500, "", "Something went wrong at Kapso.", "Look whether it was done before you send again.", INTRODUCTION),
];

const PAGE: Field = Field::integer("page", "Page", LIST_PAGES)
    .in_query()
    .limits(&[Limit::range(1, i64::MAX, LIST_PAGES)])
    .default("1");

const PER_PAGE: Field = Field::integer("per_page", "Rows per page", LIST_PAGES)
    .in_query()
    .limits(&[Limit::range(1, 100, LIST_PAGES)])
    .default("20");

/// Paging of the lists whose pages do not state it.
const PAGE_DEDUCED: Field =
    Field::integer("page", "Page", DEDUCED).in_query().limits(&[Limit::range(1, i64::MAX, DEDUCED)]);

const PER_PAGE_DEDUCED: Field =
    Field::integer("per_page", "Rows per page", DEDUCED).in_query().limits(&[Limit::range(1, 100, DEDUCED)]);

/// What a filter by time is compared with.
const TIME: Limit = Limit::pattern(&TIMESTAMP, DEDUCED);

const TIMESTAMP: Pattern = Pattern {
    hint: "such as 2023-11-07T05:31:56Z",
    sentence: "Write the time as year, month and day, such as 2023-11-07 or 2023-11-07T05:31:56Z.",
    fits: |text| {
        let mut parts = text.split('T').next().unwrap_or_default().split('-');
        let mut digits = |wanted: usize| {
            parts
                .next()
                .is_some_and(|part| part.len() == wanted && part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        digits(4) && digits(2) && digits(2) && parts.next().is_none()
    },
};
