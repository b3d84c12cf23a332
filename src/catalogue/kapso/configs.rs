//! WhatsApp configs: the WhatsApp numbers of a project and its customers.
//! Tokens are secrets; what travels through a config is in `messages`.

use super::{DEDUCED, PAGE, PER_PAGE, TIME};
use crate::catalogue::{
    evidence::Evidence::{self, Documented},
    field::{Cover, Field},
    operation::{Method, Operation},
    provider::Provider,
    rule::{Check, Rule},
};

const CREATE: Evidence = Documented("Kapso API v1, Create a new WhatsApp config");
const LIST: Evidence = Documented("Kapso API v1, List WhatsApp configs");
const LIST_FOR_CUSTOMER: Evidence = Documented("Kapso API v1, List WhatsApp configs for a customer");
const GET: Evidence = Documented("Kapso API v1, Get WhatsApp config details");
const UPDATE: Evidence = Documented("Kapso API v1, Update WhatsApp config");
const DELETE: Evidence = Documented("Kapso API v1, Delete WhatsApp config");

const CUSTOMER_ID: Field =
    Field::text("customer_id", "Customer ID", CREATE).in_path().example("customer-456def");

const CONFIG_ID: Field = Field::text("config_id", "Config ID", GET).in_path().example("config-123abc");

const NAME: Field = Field::text("name", "Name", CREATE).example("WhatsApp Business Account");

const PHONE_NUMBER_ID: Field = Field::digits("phone_number_id", "Phone number ID", CREATE)
    .example("1234567890")
    .help("Meta's ID of the number, not the number itself.");

const BUSINESS_ACCOUNT_ID: Field = Field::digits("business_account_id", "Business account ID", CREATE)
    .example("98765432109")
    .help("Meta's ID of the WhatsApp Business account that holds the number.");

const WEBHOOK_VERIFY_TOKEN: Field =
    Field::secret("webhook_verify_token", "Webhook verify token", Cover::Hidden, CREATE)
        .help("The word that Meta repeats when it checks the webhook.");

const WEBHOOK_DESTINATION_URL: Field = Field::url("webhook_destination_url", "Webhook destination", CREATE)
    .help("Where Meta's events are forwarded to.");

const ACCESS_TOKEN: Field = Field::secret("access_token", "Access token", Cover::Hidden, CREATE)
    .help("Meta's token for the business account.");

pub const CREATE_WHATSAPP_CONFIG: Operation = Operation {
    id: "kapso.create-whatsapp-config",
    provider: Provider::Kapso,
    section: "WhatsApp configs",
    title: "Create a WhatsApp config",
    summary: "Attaches a WhatsApp number to a customer.",
    method: Method::Post,
    path: "/customers/{customer_id}/whatsapp_configs",
    fields: &[
        CUSTOMER_ID,
        Field::group(
            "whatsapp_config",
            "WhatsApp config",
            &[
                NAME.required_by(DEDUCED),
                PHONE_NUMBER_ID.required_by(DEDUCED),
                BUSINESS_ACCOUNT_ID.required_by(DEDUCED),
                WEBHOOK_VERIFY_TOKEN,
                WEBHOOK_DESTINATION_URL,
                ACCESS_TOKEN.required_by(DEDUCED),
            ],
            CREATE,
        )
        .required(),
    ],
    rules: &[],
    success: 201,
    errors: &[],
    evidence: CREATE,
    action: "Create the config",
};

const BY_BUSINESS_ACCOUNT: Field =
    Field::text("business_account_id", "Business account ID", LIST).in_query().example("98765432109");

const FILTER_BUSINESS_ACCOUNT: Field =
    Field::text("q[business_account_id_eq]", "Business account ID is", LIST).in_query();

const FILTER_NAME: Field = Field::text("q[name_cont]", "Name contains", LIST).in_query();

const CREATED_FROM: Field =
    Field::text("q[created_at_gteq]", "Created at or after", LIST).in_query().limits(&[TIME]);

const CREATED_UNTIL: Field =
    Field::text("q[created_at_lteq]", "Created at or before", LIST).in_query().limits(&[TIME]);

pub const LIST_CONFIGS: Operation = Operation {
    id: "kapso.list-configs",
    provider: Provider::Kapso,
    section: "WhatsApp configs",
    title: "List WhatsApp configs",
    summary: "The WhatsApp numbers of the project, of all customers.",
    method: Method::Get,
    path: "/whatsapp_configs",
    fields: &[
        PAGE,
        PER_PAGE,
        BY_BUSINESS_ACCOUNT,
        FILTER_BUSINESS_ACCOUNT,
        FILTER_NAME,
        CREATED_FROM,
        CREATED_UNTIL,
    ],
    rules: &[],
    success: 200,
    errors: &[],
    evidence: LIST,
    action: "List the configs",
};

pub const LIST_CUSTOMER_CONFIGS: Operation = Operation {
    id: "kapso.list-customer-configs",
    provider: Provider::Kapso,
    section: "WhatsApp configs",
    title: "List the WhatsApp configs of a customer",
    summary: "The WhatsApp numbers that are attached to one customer.",
    method: Method::Get,
    path: "/customers/{customer_id}/whatsapp_configs",
    fields: &[
        CUSTOMER_ID,
        PAGE,
        PER_PAGE,
        BY_BUSINESS_ACCOUNT,
        FILTER_BUSINESS_ACCOUNT,
        FILTER_NAME,
        CREATED_FROM,
        CREATED_UNTIL,
    ],
    rules: &[],
    success: 200,
    errors: &[],
    evidence: LIST_FOR_CUSTOMER,
    action: "List the configs",
};

pub const GET_CONFIG: Operation = Operation {
    id: "kapso.get-config",
    provider: Provider::Kapso,
    section: "WhatsApp configs",
    title: "Get a WhatsApp config",
    summary: "One WhatsApp number by the ID of its config.",
    method: Method::Get,
    path: "/whatsapp_configs/{config_id}",
    fields: &[CONFIG_ID],
    rules: &[],
    success: 200,
    errors: &[],
    evidence: GET,
    action: "Get the config",
};

pub const UPDATE_CONFIG: Operation = Operation {
    id: "kapso.update-config",
    provider: Provider::Kapso,
    section: "WhatsApp configs",
    title: "Update a WhatsApp config",
    summary: "Changes the values that are given; those left empty are not sent.",
    method: Method::Patch,
    path: "/whatsapp_configs/{config_id}",
    fields: &[
        CONFIG_ID,
        Field::group(
            "whatsapp_config",
            "WhatsApp config",
            &[
                NAME,
                PHONE_NUMBER_ID,
                BUSINESS_ACCOUNT_ID,
                WEBHOOK_VERIFY_TOKEN,
                WEBHOOK_DESTINATION_URL,
                ACCESS_TOKEN,
            ],
            UPDATE,
        )
        .required(),
    ],
    rules: &[Rule::new(
        "something to change",
        Check::AtLeastOne {
            of: &[
                "whatsapp_config.name",
                "whatsapp_config.phone_number_id",
                "whatsapp_config.business_account_id",
                "whatsapp_config.webhook_verify_token",
                "whatsapp_config.webhook_destination_url",
                "whatsapp_config.access_token",
            ],
        },
        DEDUCED,
    )],
    success: 200,
    errors: &[],
    evidence: UPDATE,
    action: "Update the config",
};

pub const DELETE_CONFIG: Operation = Operation {
    id: "kapso.delete-config",
    provider: Provider::Kapso,
    section: "WhatsApp configs",
    title: "Delete a WhatsApp config",
    summary: "Detaches a WhatsApp number from its customer.",
    method: Method::Delete,
    path: "/whatsapp_configs/{config_id}",
    fields: &[CONFIG_ID],
    rules: &[],
    // Its page says “deleted” and no status; 200 would be as good an answer.
    success: 204,
    errors: &[],
    evidence: DELETE,
    action: "Delete the config",
};
