//! Deployments: bring a number live with a one-time code, look at it, delete it. How a person is led
//! through these requests is not decided here.

use super::{
    super::{
        evidence::Evidence::{self, Documented, Inferred},
        field::{Choice, Cover, Field},
        limit::{Limit, Pattern},
        operation::{Method, Operation},
        pattern::{NO_EDGE_SPACE, NOT_BLANK, SIX_DIGITS},
        provider::Provider,
    },
    ALL_DIGITS, COPIED_ID, DEPLOYMENT_ID, REFERENCE, SPEC, STICKER_GUIDE, errors,
};

const META: Evidence = Documented("WhatsApp platform, Meta's OpenAPI file: country code");
const PIN: Evidence = Documented("WhatsApp platform, two-step PIN");
const CODE: Evidence = Documented("WhatsApp platform, verification code");

const COUNTRY_CODE: Pattern = Pattern {
    hint: "1 to 3 digits",
    sentence: "Must be 1 to 3 digits, such as 44, without + or 00.",
    fits: |text| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()),
};

const COUNTRY_WITHOUT_ZERO: Pattern = Pattern {
    hint: "",
    sentence: "No country code begins with 0: write 44 for the United Kingdom.",
    fits: |text| !text.starts_with('0'),
};

const NUMBER_WITHOUT_ZERO: Pattern = Pattern {
    hint: "no leading zero",
    sentence: "Begins with 0: in most countries that zero is left out after the country code.",
    fits: |text| !text.starts_with('0'),
};

const ONE_LINE: Pattern = Pattern {
    hint: "",
    sentence: "There are line breaks or spaces inside: a certificate is one unbroken line. Some programs wrap it when it is copied.",
    fits: |text| !text.trim().contains(char::is_whitespace),
};

const METHODS: &[Choice] = &[Choice::new("sms", "Text message (SMS)"), Choice::new("voice", "Voice call")];

pub const CREATE_DEPLOYMENT: Operation = Operation {
    id: "vonage.create-deployment",
    provider: Provider::Vonage,
    section: "Deployments",
    title: "Create a deployment",
    summary: "Starts to bring a WhatsApp number live. Vonage sets the number up, then sends a one-time code to it, which is verified next.",
    method: Method::Post,
    path: "/deployments",
    fields: &[
        Field::digits("country_code", "Country code", REFERENCE)
            .required_by(SPEC)
            .limits(&[
                Limit::pattern(&COUNTRY_CODE, META),
                Limit::pattern(
                    &COUNTRY_WITHOUT_ZERO,
                    Inferred("No international dialling code begins with 0"),
                ),
            ])
            .example("44")
            .help("The international dialling code, without + or 00."),
        Field::digits("number", "Number", REFERENCE)
            .required_by(SPEC)
            .limits(&[
                Limit::length(4, 14, Inferred("A number has 7 to 15 digits with its country code")),
                Limit::pattern(
                    &NUMBER_WITHOUT_ZERO,
                    Inferred("Most countries leave the leading zero out after the country code"),
                ),
            ])
            .example("8675309")
            .help("The WhatsApp number without its country code."),
        Field::long_text("vname_certificate", "Certificate", REFERENCE)
            .required_by(SPEC)
            .limits(&[
                Limit::pattern(&NOT_BLANK, Inferred("A certificate of nothing but spaces cannot be valid")),
                Limit::pattern(&NO_EDGE_SPACE, Inferred("Copying often adds a space or line break at an end")),
                Limit::pattern(&ONE_LINE, Inferred("Certificates are shown as one line of base64")),
            ])
            .example("AbCdEFGHiJK123456")
            .help("From the WhatsApp Business dashboard. It changes each time View is clicked: open it once, copy all of it, and do not view it again."),
        Field::choice("method", "Send the code by", METHODS, REFERENCE)
            .required_by(SPEC)
            .example("sms")
            .help("How the one-time code reaches the number."),
        Field::text("waba_id", "WhatsApp Business account ID", REFERENCE)
            .required_by(SPEC)
            .limits(&[COPIED_ID, Limit::pattern(&ALL_DIGITS, Inferred("Every known WABA ID is a number"))])
            .example("123456789123")
            .help("The ID of the WhatsApp Business account (WABA) that the number belongs to."),
        Field::secret("pin", "PIN", Cover::Hidden, REFERENCE)
            .limits(&[Limit::pattern(&SIX_DIGITS, PIN)])
            .example("123456")
            .help("Only if a two-step PIN was set for this number before."),
    ],
    rules: &[],
    success: 202,
    errors: &[
        errors::INVALID_JSON,
        errors::UNAUTHORIZED,
        errors::NOT_ENABLED,
        errors::NUMBER_IN_USE,
        errors::BASE_NOT_FOUND,
        errors::NO_BASE,
        errors::GONE,
    ],
    evidence: REFERENCE,
    action: "Create the deployment",
};

pub const GET_DEPLOYMENT: Operation = Operation {
    id: "vonage.get-deployment",
    provider: Provider::Vonage,
    section: "Deployments",
    title: "Get a deployment",
    summary: "One number and the state it is in.",
    method: Method::Get,
    path: "/deployments/{deployment_id}",
    fields: &[DEPLOYMENT_ID],
    rules: &[],
    success: 200,
    errors: &[errors::UNAUTHORIZED, errors::NOT_FOUND],
    evidence: REFERENCE,
    action: "Get the deployment",
};

pub const DELETE_DEPLOYMENT: Operation = Operation {
    id: "vonage.delete-deployment",
    provider: Provider::Vonage,
    section: "Deployments",
    title: "Delete a deployment",
    summary: "Takes a number out of WhatsApp at Vonage. It is refused while the deployment is changing its state.",
    method: Method::Delete,
    path: "/deployments/{deployment_id}",
    fields: &[DEPLOYMENT_ID],
    rules: &[],
    success: 204,
    errors: &[errors::UNAUTHORIZED, errors::NOT_FOUND, errors::CONFLICT_DEPLOYMENT_STATE],
    evidence: REFERENCE,
    action: "Delete the deployment",
};

/// Used by a guide, absent from the reference and its OpenAPI file.
pub const LIST_DEPLOYMENTS: Operation = Operation {
    id: "vonage.list-deployments",
    provider: Provider::Vonage,
    section: "Deployments",
    title: "List deployments",
    summary: "Every deployment of the account. Only a guide shows this request; the reference does not list it.",
    method: Method::Get,
    path: "/deployments",
    fields: &[],
    rules: &[],
    success: 200,
    errors: &[errors::NOT_ENABLED, errors::BASE_NOT_FOUND, errors::NO_BASE, errors::GONE],
    evidence: STICKER_GUIDE,
    action: "List the deployments",
};

pub const RESEND_OTP: Operation = Operation {
    id: "vonage.resend-otp",
    provider: Provider::Vonage,
    section: "One-time code",
    title: "Send the code again",
    summary: "Sends the one-time code once more, by the same or the other method. Vonage advises to wait five minutes for the first code.",
    method: Method::Post,
    path: "/deployments/{deployment_id}/resend-otp",
    fields: &[
        DEPLOYMENT_ID,
        Field::choice("method", "Send the code by", METHODS, REFERENCE)
            .example("sms")
            .default("sms")
            .help("How the one-time code reaches the number."),
    ],
    rules: &[],
    success: 202,
    errors: &[
        errors::INVALID_JSON,
        errors::UNAUTHORIZED,
        errors::NOT_FOUND,
        errors::CONFLICT_RESEND_OTP,
        errors::THROTTLED,
    ],
    evidence: REFERENCE,
    action: "Send the code again",
};

pub const VERIFY: Operation = Operation {
    id: "vonage.verify",
    provider: Provider::Vonage,
    section: "One-time code",
    title: "Verify the code",
    summary: "Confirms the number with the one-time code. Vonage then makes its last checks, and the number becomes ready.",
    method: Method::Post,
    path: "/deployments/{deployment_id}/verify",
    fields: &[
        DEPLOYMENT_ID,
        Field::secret("code", "Code", Cover::OneTimeCode, REFERENCE)
            .required_by(Documented(
                "Vonage OpenAPI file, WhatsApp Provisioning 0.1.5: the body, which holds only the code, is required",
            ))
            .limits(&[Limit::pattern(&SIX_DIGITS, CODE)])
            .example("674639")
            .help("The code from the text message or the call."),
    ],
    rules: &[],
    success: 201,
    errors: &[
        errors::INVALID_JSON,
        errors::UNAUTHORIZED,
        errors::NOT_FOUND,
        errors::VERIFICATION_FAILED,
        errors::THROTTLED,
    ],
    evidence: REFERENCE,
    action: "Verify the code",
};
