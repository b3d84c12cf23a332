//! WhatsApp conversations: who writes with a number, and whether it goes on.
//! What is said in them is in `messages`.

use super::{DEDUCED, PAGE, PER_PAGE, TIME};
use crate::catalogue::{
    evidence::Evidence::{self, Documented, Inferred},
    field::{Choice, Field},
    operation::{Method, Operation},
    provider::Provider,
};

const LIST: Evidence = Documented("Kapso API v1, List WhatsApp conversations");
const GET: Evidence = Documented("Kapso API v1, Get WhatsApp conversation details");
const UPDATE: Evidence = Documented("Kapso API v1, Update WhatsApp conversation status");
const CLIENT: Evidence = Inferred("a public TypeScript client of Kapso's API v1");

const STATUSES: &[Choice] = &[Choice::new("active", "Active"), Choice::new("ended", "Ended")];

const CONVERSATION_ID: Field =
    Field::text("conversation_id", "Conversation ID", GET).in_path().example("conversation-202mno");

pub const LIST_CONVERSATIONS: Operation = Operation {
    id: "kapso.list-conversations",
    provider: Provider::Kapso,
    section: "WhatsApp conversations",
    title: "List WhatsApp conversations",
    summary: "The conversations of the project.",
    method: Method::Get,
    path: "/whatsapp_conversations",
    fields: &[
        PAGE,
        PER_PAGE,
        Field::choice("q[status_eq]", "Status is", STATUSES, LIST).in_query(),
        Field::text("q[last_active_at_gteq]", "Active at or after", LIST).in_query().limits(&[TIME]),
        Field::text("q[last_active_at_lteq]", "Active at or before", LIST).in_query().limits(&[TIME]),
        Field::text("q[phone_number_eq]", "Phone number is", CLIENT)
            .in_query()
            .help("The contact's number, written as Kapso shows it."),
    ],
    rules: &[],
    success: 200,
    errors: &[],
    evidence: LIST,
    action: "List the conversations",
};

pub const GET_CONVERSATION: Operation = Operation {
    id: "kapso.get-conversation",
    provider: Provider::Kapso,
    section: "WhatsApp conversations",
    title: "Get a WhatsApp conversation",
    summary: "One conversation by its ID.",
    method: Method::Get,
    path: "/whatsapp_conversations/{conversation_id}",
    fields: &[CONVERSATION_ID],
    rules: &[],
    success: 200,
    errors: &[],
    evidence: GET,
    action: "Get the conversation",
};

pub const UPDATE_CONVERSATION: Operation = Operation {
    id: "kapso.update-conversation",
    provider: Provider::Kapso,
    section: "WhatsApp conversations",
    title: "End or reopen a WhatsApp conversation",
    summary: "Sets the status of a conversation.",
    method: Method::Patch,
    path: "/whatsapp_conversations/{conversation_id}",
    fields: &[
        CONVERSATION_ID,
        Field::group(
            "whatsapp_conversation",
            "WhatsApp conversation",
            &[Field::choice("status", "Status", STATUSES, UPDATE).required_by(DEDUCED).example("ended")],
            UPDATE,
        )
        .required(),
    ],
    rules: &[],
    success: 200,
    errors: &[],
    evidence: UPDATE,
    action: "Set the status",
};
