//! Conversation assignments: which member of the team looks after a conversation.

use super::{DEDUCED, PAGE, PER_PAGE};
use crate::catalogue::{
    evidence::Evidence::{self, Documented, Inferred},
    field::{Field, Wire},
    operation::{Explained, Method, Operation},
    provider::Provider,
    rule::{Check, Rule},
};

const LIST: Evidence = Documented("Kapso API v1, List conversation assignments");
const CREATE: Evidence = Documented("Kapso API v1, Create a conversation assignment");
const UPDATE: Evidence = Documented("Kapso API v1, Update a conversation assignment");

const CONVERSATION_ID: Field =
    Field::text("whatsapp_conversation_id", "Conversation ID", LIST).in_path().example("conversation-202mno");

const USER_ID: Field = Field::text("user_id", "User ID", CREATE)
    .help("A member of the project: the ID that Kapso gives the user.");

const NOTES: Field = Field::long_text("notes", "Notes", CREATE).help("What the colleague should know.");

pub const LIST_ASSIGNMENTS: Operation = Operation {
    id: "kapso.list-assignments",
    provider: Provider::Kapso,
    section: "Conversation assignments",
    title: "List the assignments of a conversation",
    summary: "Who looks after a conversation, and who did before.",
    method: Method::Get,
    path: "/whatsapp_conversations/{whatsapp_conversation_id}/conversation_assignments",
    fields: &[CONVERSATION_ID, PAGE, PER_PAGE],
    rules: &[],
    success: 200,
    errors: &[],
    evidence: LIST,
    action: "List the assignments",
};

pub const CREATE_ASSIGNMENT: Operation = Operation {
    id: "kapso.create-assignment",
    provider: Provider::Kapso,
    section: "Conversation assignments",
    title: "Assign a conversation",
    summary: "Gives a conversation to a member of the project.",
    method: Method::Post,
    path: "/whatsapp_conversations/{whatsapp_conversation_id}/conversation_assignments",
    fields: &[
        CONVERSATION_ID,
        Field::group("conversation_assignment", "Assignment", &[USER_ID.required_by(DEDUCED), NOTES], CREATE)
            .required(),
    ],
    rules: &[],
    success: 201,
    errors: &[Explained::new(
        422,
        "",
        "The conversation may be assigned already, or the user is no member of the project.",
        "Unassign it first, or choose another user.",
        Inferred("Kapso's newer API, Create conversation assignment"),
    )],
    evidence: CREATE,
    action: "Assign the conversation",
};

pub const UPDATE_ASSIGNMENT: Operation = Operation {
    id: "kapso.update-assignment",
    provider: Provider::Kapso,
    section: "Conversation assignments",
    title: "Update an assignment",
    summary: "Hands a conversation to someone else, or ends the assignment.",
    method: Method::Patch,
    path: "/whatsapp_conversations/{whatsapp_conversation_id}/conversation_assignments/{id}",
    fields: &[
        CONVERSATION_ID,
        Field::text("id", "Assignment ID", UPDATE).in_path(),
        Field::group(
            "conversation_assignment",
            "Assignment",
            &[
                USER_ID,
                NOTES,
                Field::toggle("active", "Active", Wire::Bool, UPDATE).help("No ends the assignment."),
            ],
            UPDATE,
        )
        .required(),
    ],
    rules: &[Rule::new(
        "something to change",
        Check::AtLeastOne {
            of: &[
                "conversation_assignment.user_id",
                "conversation_assignment.notes",
                "conversation_assignment.active",
            ],
        },
        DEDUCED,
    )],
    success: 200,
    errors: &[],
    evidence: UPDATE,
    action: "Update the assignment",
};
