//! Rapida: put an AI assistant on a WhatsApp number. Fields, requests and errors as its
//! `assistant-deployment` reference has them; the reference spells idle “ideal”, and so do we.

use super::{
    evidence::Evidence::{self, Documented, Inferred},
    field::{Choice, Field},
    limit::Limit,
    operation::{Explained, Method, Operation},
    pattern::{NOT_BLANK, NOT_ZERO},
    provider::{Base, Provider, Scheme},
};

const REFERENCE: Evidence = Documented("Rapida API reference, create-whatsapp-deployment");
const SPEC: Evidence = Documented("Rapida OpenAPI file, assistant-api");
const SERVER: Evidence = Inferred("Rapida server source, assistant-deployment handlers");

pub const BASES: &[Base] =
    &[Base { region: "India", url: "https://assistant-01.in.rapida.ai/v1/assistant-deployment" }];

pub const SCHEMES: &[Scheme] = &[Scheme {
    id: "x-api-key",
    label: "API key",
    help: "From Credentials in the Rapida dashboard.",
    header: "x-api-key",
    prefix: "",
    variable: "RAPIDA_API_KEY",
    token: None,
}];

pub const OPERATIONS: &[&Operation] =
    &[&CREATE_WHATSAPP_DEPLOYMENT, &GET_WHATSAPP_DEPLOYMENT, &LIST_WHATSAPP_DEPLOYMENTS];

/// What stands before the handlers answers without a code.
pub const ERRORS: &[Explained] = &[Explained::new(
    401,
    "",
    "Rapida did not accept the key.",
    "Check the API key of this connection.",
    SERVER,
)];

const CLIENT_SOURCE: Field =
    Field::choice("x-client-source", "Client source", &[Choice::named("sdk")], REFERENCE)
        .in_header()
        .default("sdk")
        .help("Client source identifier. SDK clients send this automatically.");

const AUTH_ID: Field = Field::text("x-auth-id", "Auth ID", REFERENCE)
    .in_header()
    .help("Optional user identifier to propagate with the request.");

const ASSISTANT_ID: Field = Field::digits("assistantId", "Assistant ID", REFERENCE)
    .required()
    .limits(&[Limit::pattern(&NOT_ZERO, REFERENCE)])
    .example("2227823180112723968")
    .help("The assistant that answers on WhatsApp.");

const WHATSAPP_OPTION: Field = Field::group(
    "option",
    "Option",
    &[
        Field::text("key", "Key", REFERENCE).required().example("template"),
        Field::text("value", "Value", REFERENCE).required().example("welcome"),
    ],
    REFERENCE,
);

pub const CREATE_WHATSAPP_DEPLOYMENT: Operation = Operation {
    id: "rapida.create-whatsapp-deployment",
    provider: Provider::Rapida,
    section: "Assistant deployments",
    title: "Create a WhatsApp deployment",
    summary: "Puts an assistant on a WhatsApp number. A further deployment of the same assistant replaces the one before.",
    method: Method::Post,
    path: "/create-whatsapp-deployment",
    fields: &[
        CLIENT_SOURCE,
        AUTH_ID,
        ASSISTANT_ID,
        Field::text("whatsappProviderName", "WhatsApp provider", REFERENCE)
            .required()
            .limits(&[Limit::pattern(&NOT_BLANK, SERVER)])
            .example("gupshup")
            .help("Name of the WhatsApp provider, such as gupshup."),
        Field::long_text("greeting", "Greeting", REFERENCE)
            .example("Hi, how can I help you today?")
            .help("First message the assistant sends when the session starts."),
        Field::long_text("mistake", "Mistake message", REFERENCE)
            .example("Sorry, I did not understand that.")
            .help("Used when the assistant cannot understand or handle the input."),
        Field::integer("idealTimeout", "Idle timeout (seconds)", REFERENCE)
            .limits(&[Limit::range(15, 120, REFERENCE)])
            .example("30")
            .help("How long the customer may be silent before the timeout message."),
        Field::integer("idealTimeoutBackoff", "Idle timeout retries", REFERENCE)
            .limits(&[Limit::range(0, 5, REFERENCE)])
            .example("2")
            .help("How often the timeout message is repeated before the session can end."),
        Field::long_text("idealTimeoutMessage", "Idle timeout message", REFERENCE)
            .example("Are you still there?"),
        Field::integer("maxSessionDuration", "Longest session (seconds)", REFERENCE)
            .limits(&[Limit::range(180, 600, REFERENCE)])
            .example("300"),
        Field::list("whatsappOptions", "WhatsApp options", &WHATSAPP_OPTION, REFERENCE)
            .help("Options of the WhatsApp provider, as key and value."),
    ],
    rules: &[],
    success: 200,
    errors: &[
        Explained::new(
            400,
            "1008001",
            "Rapida could not read the request.",
            "Check the values and send again.",
            SPEC,
        ),
        Explained::new(
            401,
            "1008002",
            "Rapida did not accept the key.",
            "Check the API key of this connection.",
            SPEC,
        ),
        Explained::new(
            403,
            "1008003",
            "This key has no user or project scope.",
            "Use a key that was made for this project by a user with access to the assistant.",
            SPEC,
        ),
        Explained::new(
            400,
            "1008004",
            "Rapida does not accept this assistant ID.",
            "Copy the ID again from the assistant's page.",
            SPEC,
        )
        .about("assistantId"),
        Explained::new(
            500,
            "1008005",
            "Rapida could not store the deployment.",
            "Look whether it exists before you send again.",
            SPEC,
        ),
        Explained::new(
            400,
            "1008006",
            "The idle timeout is outside the allowed range.",
            "Choose a number within the range that the field states.",
            SPEC,
        )
        .about("idealTimeout"),
        Explained::new(
            400,
            "1008007",
            "The number of retries is outside the allowed range.",
            "Choose a number within the range that the field states.",
            SPEC,
        )
        .about("idealTimeoutBackoff"),
        Explained::new(
            400,
            "1008008",
            "The session duration is outside the allowed range.",
            "Choose a number within the range that the field states.",
            SPEC,
        )
        .about("maxSessionDuration"),
        Explained::new(
            400,
            "1008009",
            "The WhatsApp provider is missing.",
            "Fill in the provider name.",
            SPEC,
        )
        .about("whatsappProviderName"),
        Explained::new(
            400,
            "1008010",
            "The timeout for unclear input is outside the allowed range.",
            "Change it where the assistant is configured: this request does not carry it.",
            SERVER,
        ),
    ],
    evidence: REFERENCE,
    action: "Create the deployment",
};

const ASSISTANT_IN_PATH: Field = ASSISTANT_ID.in_path();

pub const GET_WHATSAPP_DEPLOYMENT: Operation = Operation {
    id: "rapida.get-whatsapp-deployment",
    provider: Provider::Rapida,
    section: "Assistant deployments",
    title: "Get the latest WhatsApp deployment",
    summary: "The newest WhatsApp deployment of one assistant; the answer has no data when there is none.",
    method: Method::Get,
    path: "/get-whatsapp-deployment/{assistantId}",
    fields: &[CLIENT_SOURCE, AUTH_ID, ASSISTANT_IN_PATH],
    rules: &[],
    success: 200,
    errors: &[
        Explained::new(
            401,
            "1013001",
            "Rapida did not accept the key.",
            "Check the API key of this connection.",
            SPEC,
        ),
        Explained::new(
            403,
            "1013002",
            "This key has no user or project scope.",
            "Use a key that was made for this project by a user with access to the assistant.",
            SPEC,
        ),
        Explained::new(
            400,
            "1013003",
            "Rapida does not accept this assistant ID.",
            "Copy the ID again from the assistant's page.",
            SPEC,
        )
        .about("assistantId"),
        Explained::new(
            500,
            "1013004",
            "Rapida could not read the deployment.",
            "Try again in a moment.",
            SPEC,
        ),
    ],
    evidence: SPEC,
    action: "Get the deployment",
};

pub const LIST_WHATSAPP_DEPLOYMENTS: Operation = Operation {
    id: "rapida.list-whatsapp-deployments",
    provider: Provider::Rapida,
    section: "Assistant deployments",
    title: "List WhatsApp deployments",
    summary: "Every WhatsApp deployment that one assistant has had.",
    method: Method::Get,
    path: "/get-all-whatsapp-deployment/{assistantId}",
    fields: &[
        CLIENT_SOURCE,
        AUTH_ID,
        ASSISTANT_IN_PATH,
        Field::integer("page", "Page", SPEC)
            .in_query()
            .limits(&[Limit::range(1, i64::MAX, SPEC)])
            .default("1"),
        Field::integer("pageSize", "Page size", SPEC)
            .in_query()
            .limits(&[Limit::range(1, i64::MAX, SERVER)])
            .default("20"),
        Field::text("criterias", "Criteria", SPEC)
            .in_query()
            .help("A JSON list of objects with key, value and logic."),
    ],
    rules: &[],
    success: 200,
    errors: &[
        Explained::new(
            401,
            "1018001",
            "Rapida did not accept the key.",
            "Check the API key of this connection.",
            SPEC,
        ),
        Explained::new(
            403,
            "1018002",
            "This key has no user or project scope.",
            "Use a key that was made for this project by a user with access to the assistant.",
            SPEC,
        ),
        Explained::new(
            400,
            "1018003",
            "Rapida does not accept this assistant ID.",
            "Copy the ID again from the assistant's page.",
            SPEC,
        )
        .about("assistantId"),
        Explained::new(
            400,
            "1018004",
            "Rapida could not read the page or the criteria.",
            "Use whole numbers from 1, and a JSON list for the criteria.",
            SPEC,
        )
        .about("page"),
        Explained::new(
            500,
            "1018005",
            "Rapida could not read the deployments.",
            "Try again in a moment.",
            SPEC,
        ),
    ],
    evidence: SPEC,
    action: "List the deployments",
};
