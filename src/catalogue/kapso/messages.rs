//! WhatsApp messages: reading a conversation, writing to it, and the rules that a message keeps as
//! a whole. Its fields are in `message_fields`.

use super::{
    DEDUCED, PAGE, PER_PAGE,
    message_fields::{FIELDS, FIELDS_WITH_RECIPIENT, SEND},
};
use crate::catalogue::{
    evidence::Evidence::{self, Documented},
    field::{Field, Plus, Wire},
    operation::{Explained, Method, Operation},
    provider::Provider,
    rule::{Check, Rule},
    whatsapp::{AGREED, OPENAPI, OTHER_SDK, PAGES, ROWS_IN_ALL},
};

const LIST: Evidence = Documented("Kapso API v1, List messages in a WhatsApp conversation");
const STANDALONE: Evidence = Documented("Kapso API v1, Send a WhatsApp message (standalone)");
const MARK: Evidence = Documented("Kapso API v1, Mark WhatsApp message as read");

const CONVERSATION_ID: Field =
    Field::text("conversation_id", "Conversation ID", SEND).in_path().example("conversation-202mno");

const RULES: &[Rule] = &[
    Rule::new(
        "either the address or the ID of the media",
        Check::ExactlyOne { of: &["message.media_url", "message.media_id"] },
        OPENAPI,
    ),
    Rule::new(
        "latitude and longitude together",
        Check::Together { of: &["message.latitude", "message.longitude"] },
        PAGES,
    ),
    Rule::new(
        "an address of a place needs its name",
        Check::Requires { any_of: &["message.location_address"], needs: "message.location_name" },
        OTHER_SDK,
    ),
    Rule::new("no two buttons with one ID", Check::Unique { of: "message.buttons.*.id" }, OPENAPI),
    Rule::new("no two buttons with one title", Check::Unique { of: "message.buttons.*.title" }, OPENAPI),
    // No minimum: each section has to have a row of its own.
    Rule::new(
        "at most 10 rows in all sections together",
        Check::Total { of: "message.sections.*.rows.*", min: 0, max: ROWS_IN_ALL },
        PAGES,
    ),
    Rule::new("no two rows with one ID", Check::Unique { of: "message.sections.*.rows.*.id" }, OPENAPI),
    Rule::new(
        "titles as soon as there are two sections",
        Check::RequiredFrom { list: "message.sections", rows: 2, member: "title" },
        OPENAPI,
    ),
    Rule::new(
        "a first or last name beside the full name",
        Check::AtLeastOneInRow { list: "message.contacts", of: &["first_name", "last_name"] },
        AGREED,
    ),
];

/// Which status a closed window has is not documented; that a running automation blocks is.
const NOT_NOW: Explained = Explained::new(
    422,
    "",
    "Kapso cannot send this: a value is not accepted, more than 24 hours have passed since the contact last wrote, or an automation is still running.",
    "Read the message of the answer; after 24 hours send a template, and end the automation before you write yourself.",
    DEDUCED,
);

pub const LIST_MESSAGES: Operation = Operation {
    id: "kapso.list-messages",
    provider: Provider::Kapso,
    section: "WhatsApp messages",
    title: "List the messages of a conversation",
    summary: "What was written in one conversation, in both directions.",
    method: Method::Get,
    path: "/whatsapp_conversations/{conversation_id}/whatsapp_messages",
    fields: &[CONVERSATION_ID, PAGE, PER_PAGE],
    rules: &[],
    success: 200,
    errors: &[],
    evidence: LIST,
    action: "List the messages",
};

pub const SEND_MESSAGE: Operation = Operation {
    id: "kapso.send-message",
    provider: Provider::Kapso,
    section: "WhatsApp messages",
    title: "Send a message",
    summary: "Writes to a conversation. Later than 24 hours after the contact last wrote, WhatsApp takes only templates.",
    method: Method::Post,
    path: "/whatsapp_conversations/{conversation_id}/whatsapp_messages",
    fields: &[CONVERSATION_ID, Field::group("message", "Message", FIELDS, SEND).required()],
    rules: RULES,
    success: 201,
    errors: &[NOT_NOW],
    evidence: SEND,
    action: "Send the message",
};

pub const SEND_STANDALONE: Operation = Operation {
    id: "kapso.send-standalone",
    provider: Provider::Kapso,
    section: "WhatsApp messages",
    title: "Send a message to a phone number",
    summary: "Writes to a number, in its active conversation or a new one. Without a config, the customer's is used, else the first of the project.",
    method: Method::Post,
    path: "/whatsapp_messages",
    fields: &[
        Field::text("whatsapp_config_id", "Config ID", STANDALONE)
            .in_query()
            .help("The WhatsApp number to send from."),
        Field::text("customer_id", "Customer ID", STANDALONE)
            .in_query()
            .help("The customer whose number sends, where no config is chosen."),
        Field::phone("phone_number", "Phone number", Plus::Always, STANDALONE)
            .in_query()
            .help("The recipient once more, in the address; usually left empty."),
        Field::group("message", "Message", FIELDS_WITH_RECIPIENT, STANDALONE).required(),
    ],
    rules: RULES,
    success: 201,
    errors: &[NOT_NOW],
    evidence: STANDALONE,
    action: "Send the message",
};

pub const MARK_AS_READ: Operation = Operation {
    id: "kapso.mark-as-read",
    provider: Provider::Kapso,
    section: "WhatsApp messages",
    title: "Mark a message as read",
    summary: "Shows the contact that a message was read.",
    method: Method::Patch,
    path: "/whatsapp_messages/{id}/mark_as_read",
    fields: &[
        Field::text("id", "Message ID", MARK).in_path().help("Kapso's ID of a message from the contact."),
        Field::toggle("typing_indicator", "Show that you are typing", Wire::Bool, MARK)
            .in_query()
            .default("true"),
    ],
    rules: &[],
    success: 200,
    errors: &[],
    evidence: MARK,
    action: "Mark as read",
};
