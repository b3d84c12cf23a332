//! Notes that the team keeps about a WhatsApp contact. A note's `metadata` is left out: it is an
//! object of any shape, for which there is no kind of field.

use super::{DEDUCED, PAGE_DEDUCED, PER_PAGE_DEDUCED};
use crate::catalogue::{
    evidence::Evidence::{self, Documented},
    field::Field,
    operation::{Method, Operation},
    provider::Provider,
};

const LIST: Evidence = Documented("Kapso API v1, List notes for a WhatsApp contact");
const CREATE: Evidence = Documented("Kapso API v1, contact notes");

const IDENTIFIER: Field = Field::text("identifier", "Contact", LIST)
    .in_path()
    .help("The contact's ID, or the digits of the phone number.");

pub const LIST_NOTES: Operation = Operation {
    id: "kapso.list-notes",
    provider: Provider::Kapso,
    section: "Contact notes",
    title: "List the notes of a contact",
    summary: "What the team has noted about one contact.",
    method: Method::Get,
    path: "/whatsapp_contacts/{identifier}/notes",
    fields: &[IDENTIFIER, PAGE_DEDUCED, PER_PAGE_DEDUCED],
    rules: &[],
    success: 200,
    errors: &[],
    evidence: LIST,
    action: "List the notes",
};

pub const CREATE_NOTE: Operation = Operation {
    id: "kapso.create-note",
    provider: Provider::Kapso,
    section: "Contact notes",
    title: "Create a note about a contact",
    summary: "Notes something about a contact; the contact does not see it.",
    method: Method::Post,
    path: "/whatsapp_contacts/{identifier}/notes",
    fields: &[
        IDENTIFIER,
        Field::group(
            "note",
            "Note",
            &[
                Field::text("name", "Title", CREATE),
                Field::long_text("content", "Note", CREATE).required_by(DEDUCED),
            ],
            CREATE,
        )
        .required(),
    ],
    rules: &[],
    success: 201,
    errors: &[],
    evidence: CREATE,
    action: "Create the note",
};
