//! The fields of `message`: ten types of message in one object, each field shown for its types.
//! The requests that carry a message, and the rules over several fields, are in `messages`.

use super::DEDUCED;
use crate::catalogue::{
    evidence::Evidence::{self, Documented},
    field::{Choice, Field, Plus},
    whatsapp::{self, AGREED, OPENAPI, PAGES},
};

pub const SEND: Evidence = Documented("Kapso API v1, Send a new WhatsApp message");
const TEMPLATES_PAGE: Evidence = Documented("Kapso API v1, Sending templates");
const STANDALONE: Evidence = Documented("Kapso API v1, Send a WhatsApp message (standalone)");

const TYPE: &str = "message.message_type";
const INTERACTIVE_TYPE: &str = "message.interactive_type";
const HEADER_TYPE: &str = "message.header_type";

pub const FIELDS: &[Field] = &[
    MESSAGE_TYPE,
    // text
    Field::long_text("content", "Text", SEND)
        .required_by(AGREED)
        .limits(&[whatsapp::TEXT_BODY, whatsapp::VISIBLE])
        .when(TYPE, &["text"])
        .example("Hello, how can I help you today?"),
    // image, video, audio, document
    Field::url("media_url", "Media address", SEND)
        .when(TYPE, &["image", "video", "audio", "document"])
        .help("A public address of the file."),
    Field::text("media_id", "Media ID", SEND)
        .when(TYPE, &["image", "video", "audio", "document"])
        .help("The ID of a file that was uploaded to WhatsApp before."),
    Field::long_text("caption", "Caption", SEND)
        .limits(&[whatsapp::CAPTION])
        .when(TYPE, &["image", "video", "document"]),
    Field::text("filename", "File name", SEND)
        .limits(&[whatsapp::FILENAME])
        .when(TYPE, &["document"])
        .help("The name under which the contact sees the document."),
    // location
    Field::decimal("latitude", "Latitude", SEND)
        .required_by(PAGES)
        .limits(&[whatsapp::LATITUDE])
        .when(TYPE, &["location"])
        .help("In degrees, such as 51.5; negative in the south."),
    Field::decimal("longitude", "Longitude", SEND)
        .required_by(PAGES)
        .limits(&[whatsapp::LONGITUDE])
        .when(TYPE, &["location"])
        .help("In degrees, such as -0.12; negative in the west."),
    Field::text("location_name", "Name of the place", SEND)
        .limits(&[whatsapp::LOCATION_NAME])
        .when(TYPE, &["location"]),
    Field::text("location_address", "Address of the place", SEND)
        .limits(&[whatsapp::LOCATION_ADDRESS])
        .when(TYPE, &["location"])
        .help("Shown only where the place has a name."),
    // interactive
    INTERACTIVE,
    // Two of one name: the documented length of the text depends on what stands below it.
    Field::long_text("body_text", "Text", SEND)
        .required_by(OPENAPI)
        .limits(&[whatsapp::BUTTON_BODY, whatsapp::VISIBLE])
        .when(INTERACTIVE_TYPE, &["button"]),
    Field::long_text("body_text", "Text", SEND)
        .required_by(OPENAPI)
        .limits(&[whatsapp::LIST_BODY, whatsapp::LIST_BODY_ADVICE, whatsapp::VISIBLE])
        .when(INTERACTIVE_TYPE, &["list"]),
    Field::text("header_text", "Header", SEND)
        .limits(&[whatsapp::HEADER_TEXT])
        .when(TYPE, &["interactive"])
        .help("Emoji are shown, bold and italic are not."),
    Field::text("footer_text", "Footer", SEND).limits(&[whatsapp::FOOTER_TEXT]).when(TYPE, &["interactive"]),
    Field::list("buttons", "Buttons", &BUTTON, SEND)
        .required_by(OPENAPI)
        .limits(&[whatsapp::BUTTONS])
        .when(INTERACTIVE_TYPE, &["button"]),
    Field::list("sections", "Sections", &SECTION, SEND)
        .required_by(OPENAPI)
        .limits(&[whatsapp::SECTIONS])
        .when(INTERACTIVE_TYPE, &["list"])
        .help("All sections together hold at most 10 rows."),
    Field::text("list_button_text", "Button that opens the list", SEND)
        .required_by(OPENAPI)
        .limits(&[whatsapp::LIST_BUTTON, whatsapp::VISIBLE])
        .when(INTERACTIVE_TYPE, &["list"])
        .example("View Options"),
    // template
    Field::text("template_name", "Template", SEND)
        .required_by(AGREED)
        .limits(&[whatsapp::TEMPLATE_NAME_LENGTH, whatsapp::TEMPLATE_NAME_SHAPE])
        .when(TYPE, &["template"])
        .help("The name of an approved template."),
    Field::text("template_language", "Template language", SEND)
        .required_by(OPENAPI)
        .limits(&[whatsapp::TEMPLATE_LANGUAGE])
        .when(TYPE, &["template"])
        .help("A language in which the template is approved."),
    Field::list("template_params", "Template values", &TEMPLATE_PARAM, SEND)
        .when(TYPE, &["template"])
        .help("One for each placeholder of the body, in its order."),
    Field::choice("header_type", "Template header", HEADER_TYPES, SEND)
        .when(TYPE, &["template"])
        .help("Only for templates whose header has a placeholder or a file."),
    // Two of one name: a word for the placeholder, or the address of a file.
    Field::text("header_params", "Header value", SEND)
        .required_by(DEDUCED)
        .limits(&[whatsapp::PARAMETER_SHAPE, whatsapp::HEADER_PARAMETER, whatsapp::VISIBLE])
        .when(HEADER_TYPE, &["text"])
        .help("The value of the header's one placeholder."),
    Field::url("header_params", "Header file", TEMPLATES_PAGE)
        .required_by(DEDUCED)
        .when(HEADER_TYPE, &["image", "video", "document"])
        .help("A public address of the file."),
    Field::text("header_filename", "Header file name", SEND)
        .limits(&[whatsapp::FILENAME])
        .when(HEADER_TYPE, &["document"])
        .help("The name under which the contact sees the document."),
    // reaction
    Field::emoji("reaction_emoji", "Emoji", SEND).required_by(AGREED).when(TYPE, &["reaction"]),
    Field::text("reacted_to_message_id", "Message to react to", SEND)
        .required_by(OPENAPI)
        .limits(&[whatsapp::MESSAGE_ID])
        .when(TYPE, &["reaction"])
        .help("WhatsApp's ID of a message from the contact, at most 30 days old."),
    // contacts
    Field::list("contacts", "Contacts", &CONTACT, SEND)
        .required_by(OPENAPI)
        .limits(&[whatsapp::CONTACTS, whatsapp::CONTACTS_ADVICE])
        .when(TYPE, &["contacts"]),
];

const MESSAGE_TYPE: Field = Field::choice(
    "message_type",
    "Type",
    &[
        Choice::new("text", "Text"),
        Choice::new("image", "Image"),
        Choice::new("video", "Video"),
        Choice::new("audio", "Audio"),
        Choice::new("document", "Document"),
        Choice::new("location", "Location"),
        Choice::new("interactive", "Buttons or list"),
        Choice::new("template", "Template"),
        Choice::new("reaction", "Reaction"),
        Choice::new("contacts", "Contacts"),
    ],
    SEND,
)
.example("text")
.default("text");

const INTERACTIVE: Field = Field::choice(
    "interactive_type",
    "Answers as",
    &[Choice::new("button", "Buttons"), Choice::new("list", "List")],
    SEND,
)
.required_by(DEDUCED)
.when(TYPE, &["interactive"])
.example("button")
.default("button");

const BUTTON: Field = Field::group(
    "button",
    "Button",
    &[
        Field::text("id", "ID", SEND)
            .required_by(OPENAPI)
            .limits(&[whatsapp::BUTTON_ID, whatsapp::BUTTON_ID_EDGES])
            .help("Comes back when the contact taps the button."),
        Field::text("title", "Title", SEND)
            .required_by(OPENAPI)
            .limits(&[whatsapp::BUTTON_TITLE, whatsapp::VISIBLE]),
    ],
    SEND,
);

const SECTION: Field = Field::group(
    "section",
    "Section",
    &[
        Field::text("title", "Title", SEND)
            .limits(&[whatsapp::SECTION_TITLE])
            .help("Needed as soon as there is a second section."),
        Field::list("rows", "Rows", &ROW, SEND).required_by(PAGES),
    ],
    SEND,
);

const ROW: Field = Field::group(
    "row",
    "Row",
    &[
        Field::text("id", "ID", SEND)
            .required_by(OPENAPI)
            .limits(&[whatsapp::ROW_ID])
            .help("Comes back when the contact chooses the row."),
        Field::text("title", "Title", SEND)
            .required_by(OPENAPI)
            .limits(&[whatsapp::ROW_TITLE, whatsapp::VISIBLE]),
        Field::text("description", "Description", SEND).limits(&[whatsapp::ROW_DESCRIPTION]),
    ],
    SEND,
);

const TEMPLATE_PARAM: Field = Field::text("template_param", "Value", SEND)
    .limits(&[whatsapp::PARAMETER, whatsapp::PARAMETER_SHAPE, whatsapp::PARAMETER_ADVICE, whatsapp::VISIBLE])
    .example("John Smith");

const HEADER_TYPES: &[Choice] = &[
    Choice::new("text", "Text"),
    Choice::new("image", "Image"),
    Choice::new("video", "Video"),
    Choice::new("document", "Document"),
];

const CONTACT: Field = Field::group(
    "contact",
    "Contact",
    &[
        Field::text("formatted_name", "Full name", SEND).required_by(OPENAPI).limits(&[whatsapp::VISIBLE]),
        Field::text("first_name", "First name", SEND),
        Field::text("last_name", "Last name", SEND),
        Field::list("phones", "Phone numbers", &CONTACT_PHONE, SEND),
        Field::list("emails", "E-mail addresses", &CONTACT_EMAIL, SEND),
    ],
    SEND,
);

const CONTACT_PHONE: Field = Field::group(
    "phone",
    "Phone number",
    &[
        // Not a phone field: the number is shown to the contact as it is written here.
        Field::text("phone", "Number", SEND).required_by(OPENAPI),
        Field::text("type", "Type", SEND).help("Such as WORK, HOME or CELL."),
    ],
    SEND,
);

const CONTACT_EMAIL: Field = Field::group(
    "email",
    "E-mail address",
    &[
        Field::email("email", "Address", SEND).required_by(OPENAPI),
        Field::text("type", "Type", SEND).help("Such as WORK or HOME."),
    ],
    SEND,
);

const RECIPIENT: Field = Field::phone("phone_number", "Phone number", Plus::Always, STANDALONE)
    .required()
    .help("Whom to write to.");

/// The same fields, after the recipient that a message without conversation has.
pub const FIELDS_WITH_RECIPIENT: &[Field] = &{
    let mut all = [RECIPIENT; FIELDS.len() + 1];
    let mut at = 0;
    while at < FIELDS.len() {
        all[at + 1] = FIELDS[at];
        at += 1;
    }
    all
};
