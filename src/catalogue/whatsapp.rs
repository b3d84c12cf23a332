//! The WhatsApp platform itself: limits that hold for a message whoever carries it, and the error
//! codes of Meta in words an admin can act on. Nothing here belongs to a single provider.

use super::{
    evidence::Evidence::{self, Documented, Inferred},
    limit::{Limit, Pattern},
    operation::Explained,
    pattern::{LANGUAGE, NO_EDGE_SPACE, NOT_BLANK, TEMPLATE_NAME, TEMPLATE_PARAMETER},
};

/// Meta's specification and the SDKs agree.
pub const OPENAPI: Evidence = Documented("WhatsApp Cloud API, OpenAPI file");
/// Meta's documentation pages, where the specification is silent or older.
pub const PAGES: Evidence = Documented("WhatsApp Cloud API documentation");
/// Several SDKs and providers agree; Meta's specification gives no number.
pub const AGREED: Evidence = Documented("WhatsApp SDKs and providers in agreement");
/// Stated by one SDK alone.
pub const ONE_SDK: Evidence = Inferred("gokapso WhatsApp Cloud API SDK");
/// Stated by one SDK alone.
pub const OTHER_SDK: Evidence = Inferred("whatsapp-api-js SDK");
/// The specification is stricter than the documentation pages.
pub const STRICTER: Evidence = Inferred("WhatsApp Cloud API, OpenAPI file; its documentation allows more");
const DEDUCED: Evidence = Inferred("deduced from the rules of the WhatsApp Cloud API");
const ERROR_TABLE: Evidence = Documented("WhatsApp Cloud API, error codes");
const ERROR_SDK: Evidence = Inferred("pywa SDK, error codes");

/// For every text that people read: one of spaces alone shows nothing.
pub const VISIBLE: Limit = Limit::pattern(&NOT_BLANK, DEDUCED);

pub const TEXT_BODY: Limit = Limit::length(1, 4096, AGREED);
pub const CAPTION: Limit = Limit::length(0, 1024, OPENAPI);
pub const FILENAME: Limit = Limit::length(0, 240, ONE_SDK);

pub const LATITUDE: Limit = Limit::decimals(-90, 90, AGREED);
pub const LONGITUDE: Limit = Limit::decimals(-180, 180, AGREED);
pub const LOCATION_NAME: Limit = Limit::length(0, 100, ONE_SDK);
pub const LOCATION_ADDRESS: Limit = Limit::length(0, 300, ONE_SDK);

pub const HEADER_TEXT: Limit = Limit::length(0, 60, OPENAPI);
pub const FOOTER_TEXT: Limit = Limit::length(0, 60, OPENAPI);
pub const BUTTON_BODY: Limit = Limit::length(1, 1024, OPENAPI);
pub const LIST_BODY: Limit = Limit::length(1, 4096, PAGES);
pub const LIST_BODY_ADVICE: Limit = Limit::length(1, 1024, STRICTER);

pub const BUTTONS: Limit = Limit::count(1, 3, OPENAPI);
pub const BUTTON_ID: Limit = Limit::length(1, 256, OPENAPI);
pub const BUTTON_ID_EDGES: Limit = Limit::pattern(&NO_EDGE_SPACE, OPENAPI);
pub const BUTTON_TITLE: Limit = Limit::length(1, 20, OPENAPI);

pub const SECTIONS: Limit = Limit::count(1, 10, OPENAPI);
pub const SECTION_TITLE: Limit = Limit::length(0, 24, OPENAPI);
/// Rows of all sections of one list together.
pub const ROWS_IN_ALL: usize = 10;
pub const ROW_ID: Limit = Limit::length(1, 200, OPENAPI);
pub const ROW_TITLE: Limit = Limit::length(1, 24, OPENAPI);
pub const ROW_DESCRIPTION: Limit = Limit::length(0, 72, OPENAPI);
pub const LIST_BUTTON: Limit = Limit::length(1, 20, OPENAPI);

pub const CONTACTS: Limit = Limit::count(1, 257, PAGES);
pub const CONTACTS_ADVICE: Limit = Limit::count(1, 5, STRICTER);

pub const TEMPLATE_NAME_LENGTH: Limit = Limit::length(1, 512, AGREED);
pub const TEMPLATE_NAME_SHAPE: Limit = Limit::pattern(&TEMPLATE_NAME, AGREED);
pub const TEMPLATE_LANGUAGE: Limit = Limit::pattern(&LANGUAGE, OPENAPI);
/// The longest parameter there is: of a body that is the only component of its template.
pub const PARAMETER: Limit = Limit::length(1, 32_768, OPENAPI);
/// With a header or buttons beside the body, and for the assembled text of most templates.
pub const PARAMETER_ADVICE: Limit = Limit::length(
    1,
    1024,
    Inferred("WhatsApp Cloud API; 32768 only where the template has nothing but a body"),
);
pub const PARAMETER_SHAPE: Limit = Limit::pattern(&TEMPLATE_PARAMETER, AGREED);
/// A header holds 60 characters in all, so its one parameter can hardly be longer.
pub const HEADER_PARAMETER: Limit = Limit::length(1, 60, DEDUCED);

/// The id that WhatsApp gives a message.
pub const MESSAGE_ID: Limit = Limit::pattern(&WAMID, DEDUCED);

const WAMID: Pattern = Pattern {
    hint: "begins with wamid",
    sentence: "WhatsApp's own message ID begins with “wamid”.",
    fits: |text| text.starts_with("wamid."),
};

/// The explanation of a code of Meta, found in an answer or on a failed message.
pub fn meta_error(code: &str) -> Option<&'static Explained> {
    let number: u32 = code.parse().ok()?;
    // 200 to 299 are all permissions; none of them has a row of its own.
    let code = if (200..=299).contains(&number) { "200" } else { code };
    META_ERRORS.iter().find(|error| error.code == code)
}

const fn meta(code: &'static str, meaning: &'static str, next: &'static str) -> Explained {
    Explained::new(0, code, meaning, next, ERROR_TABLE)
}

const fn reported(code: &'static str, meaning: &'static str, next: &'static str) -> Explained {
    Explained::new(0, code, meaning, next, ERROR_SDK)
}

/// Codes of Meta, whichever provider passes them on; 200 stands for 200 to 299.
#[rustfmt::skip]
pub const META_ERRORS: &[Explained] = &[
    // Access and policy
    meta("0", "WhatsApp did not accept the access token: it expired or was revoked.", "Make a new access token and store it with the number."),
    meta("3", "The access token lacks a capability for this request.", "Check the permissions of the token."),
    meta("10", "The access token lacks a permission, or it was removed.", "Check the permissions of the token."),
    meta("200", "The access token lacks a permission, or it was removed.", "Check the permissions of the token."),
    meta("190", "The access token has expired.", "Make a new one; a system user's token lasts longer."),
    meta("368", "The account is restricted because it broke a policy of WhatsApp.", "Stop sending, read the notice in WhatsApp Manager and appeal there."),
    meta("131005", "WhatsApp denied access.", "Check the permissions of the access token."),
    meta("131031", "The account is locked, or a value such as the PIN did not match.", "Check the policy status of the account in WhatsApp Manager, and the PIN."),
    meta("131037", "The display name of the sending number is not approved.", "Get the name approved in WhatsApp Manager."),
    meta("131042", "There is a billing problem with the account.", "Check payment method, credit line, currency and time zone in WhatsApp Manager."),
    meta("130497", "The account may not send messages to this country.", "Check the country rules of WhatsApp; do not send again."),
    // Rates
    meta("4", "The app has used up its calls for now.", "Wait, then send more slowly."),
    meta("80007", "The business account has used up its calls for now.", "Wait, then send more slowly."),
    meta("130429", "Too many messages per second from this number.", "Wait a moment, then send more slowly."),
    meta("131048", "WhatsApp limits this number because too many people blocked or reported it.", "Check the quality rating in WhatsApp Manager and send less."),
    meta("131049", "WhatsApp held the message back, so that this person does not get too much marketing.", "Do not send it again at once: wait at least 24 hours."),
    meta("131056", "Too many messages to this person in a short time.", "Wait a little before you write to them again; others are not affected."),
    reported("131064", "The messaging limit is reached after templates were filed under wrong categories.", "Review the categories of the templates."),
    meta("133016", "Too many attempts to register or deregister this number.", "Wait 72 hours before the next attempt."),
    // Message and recipient
    meta("1", "WhatsApp could not process the request, or something unknown went wrong.", "Check the values, then try again in a moment."),
    meta("2", "WhatsApp is down for the moment.", "Look at Meta's status page and try again later."),
    meta("33", "The business number no longer exists.", "Check the phone number ID."),
    meta("100", "A value has an unknown or misspelled name, or a text that is not allowed.", "Check the values; template texts take no line break, no tab and no five spaces in a row."),
    meta("130472", "This person is part of an experiment of WhatsApp and gets no marketing messages.", "Do not send it again."),
    meta("131000", "Something went wrong inside WhatsApp.", "Try again in a moment."),
    meta("131008", "A required value is missing.", "Fill it in and send again."),
    meta("131009", "A value is not valid.", "Correct the value and send again."),
    meta("131016", "WhatsApp is not available for the moment.", "Try again in a moment."),
    meta("131021", "Sender and recipient are the same number.", "Choose another recipient."),
    meta("131026", "The message cannot be delivered: the person is not on WhatsApp, has an old version, or has not accepted its terms.", "Check the number another way, and ask the person to update WhatsApp."),
    meta("131030", "The recipient is not on the list of the test number, which holds at most 5.", "Add the recipient to the list, or send from a real number."),
    meta("131045", "The sending number is not registered correctly.", "Register the number again."),
    meta("131047", "More than 24 hours have passed since this person last wrote.", "Send a template instead."),
    reported("131050", "This person wants no marketing messages from this business.", "Send them no more marketing."),
    meta("131051", "WhatsApp does not support this type of message here.", "Send it as another type."),
    meta("131052", "The media that the person sent could not be downloaded.", "Ask them to send the file again."),
    meta("131053", "The media of the message could not be uploaded.", "Check type, size and address of the file, and that the address is public."),
    meta("131057", "The account is in maintenance, for example for a higher throughput.", "Try again in a few minutes."),
    meta("135000", "WhatsApp could not process a value of the message.", "Check how the values are written."),
    reported("137000", "The recipient's identity key has changed.", "Send again without the key hash."),
    // Templates and flows
    meta("132000", "The number of values differs from the template's placeholders.", "Give exactly one value for each placeholder."),
    meta("132001", "The template does not exist in this language, or is not approved.", "Check its name, its language and its approval."),
    meta("132005", "With these values the text of the template is too long.", "Shorten the values."),
    meta("132007", "The content of the template breaks a format or policy rule.", "Edit the content of the template."),
    meta("132008", "A value has another format than the template asks for.", "Match the template: text where it has text, media where it has media."),
    meta("132012", "A value has another format than the template asks for.", "Match the template: text where it has text, media where it has media."),
    meta("132015", "The template is paused because of its low quality.", "Edit the template and wait for its approval."),
    meta("132016", "The template is disabled for good because of its low quality.", "Make a new template with other content."),
    Explained::new(0, "132018", "WhatsApp did not accept a value of the template.", "Read the details in the answer and correct the value.", DEDUCED),
    meta("132068", "The flow is blocked.", "Repair the flow."),
    meta("132069", "The flow is throttled: its 10 messages of this hour are used.", "Repair the flow, and wait before you send it again."),
    // Registration and verification
    meta("133000", "An earlier deregistration of this number was not completed.", "Deregister it again, then register it."),
    meta("133004", "The registration server is not available for the moment.", "Try again later."),
    meta("133005", "The two-step verification PIN is wrong.", "Enter the PIN the number already has, or reset it in WhatsApp Manager; a new PIN does not work."),
    meta("133006", "The number has to be verified first.", "Request a code and enter it."),
    meta("133008", "Too many wrong PINs.", "Wait as long as the details of the answer say."),
    meta("133009", "The PIN was entered too fast.", "Slow down; the details of the answer say how long to wait."),
    meta("133010", "The number is not registered.", "Register the number."),
    meta("133015", "The number was deleted a moment ago.", "Wait 5 minutes, then register it."),
    meta("136024", "The request for a code failed.", "Read the details, switch between SMS and call, and wait before the next request."),
    Explained::new(0, "136025", "The code could not be checked.", "Enter it again, or request a new one.", Inferred("whatsapp-business-sdk, error codes")),
];

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn every_code_stands_once_and_is_found() {
        for error in META_ERRORS {
            assert_eq!(
                META_ERRORS.iter().filter(|other| other.code == error.code).count(),
                1,
                "{}",
                error.code
            );
            assert_eq!(meta_error(error.code), Some(error));
            assert!(error.meaning.ends_with('.') && error.next.ends_with('.'), "{}", error.code);
        }
    }

    #[test]
    fn the_permission_codes_share_a_row() {
        for code in ["200", "230", "299"] {
            assert_eq!(meta_error(code).map(|error| error.code), Some("200"));
        }
        for code in ["199", "300", "", "wamid", "-1"] {
            assert_eq!(meta_error(code), None, "{code}");
        }
    }
}
