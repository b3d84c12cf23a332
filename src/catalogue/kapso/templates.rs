//! WhatsApp templates of the project. How one is sent is in `messages`.

use super::{PAGE, PER_PAGE};
use crate::catalogue::{
    evidence::Evidence::{self, Documented},
    field::{Choice, Field},
    operation::{Method, Operation},
    provider::Provider,
};

const LIST: Evidence = Documented("Kapso API v1, List WhatsApp templates");

const CATEGORIES: &[Choice] = &[
    Choice::new("MARKETING", "Marketing"),
    Choice::new("UTILITY", "Utility"),
    Choice::new("AUTHENTICATION", "Authentication"),
];

const STATUSES: &[Choice] = &[
    Choice::new("draft", "Draft"),
    Choice::new("submitted", "Submitted"),
    Choice::new("approved", "Approved"),
    Choice::new("rejected", "Rejected"),
    Choice::new("disabled", "Disabled"),
];

pub const LIST_TEMPLATES: Operation = Operation {
    id: "kapso.list-templates",
    provider: Provider::Kapso,
    section: "WhatsApp templates",
    title: "List WhatsApp templates",
    summary: "The message templates of the project.",
    method: Method::Get,
    path: "/whatsapp_templates",
    fields: &[
        PAGE,
        PER_PAGE,
        Field::text("customer_id", "Customer ID", LIST).in_query(),
        Field::text("q[name_cont]", "Name contains", LIST).in_query(),
        Field::text("q[language_code_eq]", "Language is", LIST).in_query().help("Such as en or pt_BR."),
        Field::choice("q[category_eq]", "Category is", CATEGORIES, LIST).in_query(),
        Field::choice("q[status_eq]", "Status is", STATUSES, LIST).in_query(),
        Field::text("q[customer_id_eq]", "Customer ID is", LIST).in_query(),
    ],
    rules: &[],
    success: 200,
    errors: &[],
    evidence: LIST,
    action: "List the templates",
};
