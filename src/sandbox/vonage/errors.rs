//! Vonage's way of saying no: problem details with a trace id, and the invalid parameters where it
//! is about values.

use super::super::{ask::Refusal, http::Answer, trigger::status_and_code, world::World};
use crate::catalogue::{operation::Operation, problem::Problem};
use serde_json::{Value as Json, json};

/// Code, title and the usual detail.
type Said = (&'static str, &'static str, &'static str);

/// Errors of this API; their page has its own fragments.
const OWN: &[Said] = &[
    ("invalid-json", "Invalid JSON", "The request body did not contain valid JSON"),
    ("number-in-use", "Number already in use", "Active deployment already exists"),
    (
        "conflict-deployment-state",
        "Conflict",
        "Deployment cannot be deleted because it is in the DELETING state.",
    ),
    ("conflict-resend-otp", "Deployment Completed, Resend Failed", "OTP not required."),
    (
        "verification-failed",
        "Verification Failed",
        "Deployment could not be created because the verification failed.",
    ),
    ("unprocessable", "Unprocessable Entity", "Request was missing a value and could not be processed"),
    (
        "unprocessable-profile-update",
        "Unprocessable Entity",
        "The profile held an invalid value and could not be processed.",
    ),
    ("throttled", "Throttled", "Exceeded rate limit for this API, please wait and try again"),
];

/// Errors of every Vonage API.
const GENERIC: &[Said] = &[
    (
        "unauthorized",
        "You did not provide correct credentials.",
        "Check that you're using the correct credentials, and that your account has this feature enabled",
    ),
    (
        "forbidden",
        "Forbidden",
        "Your account does not have permission to perform this action - see https://www.vonage.com/communications-apis/contact-api/ for more details about getting signed up to send WhatsApp messages.",
    ),
    ("not-found", "Not Found", "Deployment does not exist or you do not have access."),
    ("jwt-expired", "JWT expired", "The JWT provided has expired"),
    ("jwt-revoked", "JWT revoked", "The JWT provided has been revoked"),
    ("invalid-signature", "Invalid signature", "The signature provided was invalid"),
    (
        "invalid-api-key",
        "Invalid API key",
        "The API key provided does not exist in our system, or you do not have access",
    ),
    ("invalid-params", "Invalid parameters", "The value of one or more parameters is invalid"),
    (
        "invalid-ip",
        "Invalid source IP",
        "Your account has IP filtering enabled, and this address is not allowed",
    ),
    ("multiple-auth-methods", "Multiple authentication methods", "Provide exactly one authentication method"),
    ("account-suspended", "Account suspended", "This account has been suspended. Contact support@nexmo.com"),
    (
        "application-suspended",
        "Application suspended",
        "This application has been suspended. Contact support@nexmo.com",
    ),
    (
        "unprovisioned",
        "Authentication failure",
        "The credentials provided do not have access to this product",
    ),
    (
        "low-balance",
        "Low balance",
        "This request could not be performed due to your account balance being low",
    ),
    ("wrong-verb", "Method not allowed", "This endpoint does not support this HTTP method"),
    ("accept-header", "Invalid Accept header", "This endpoint can answer only application/json"),
    ("content-type-header", "Invalid Content-Type header", "This endpoint takes only application/json"),
    (
        "unavailable-legal",
        "Unavailable for legal reasons",
        "This service is not available where you are, for legal reasons",
    ),
];

pub(in super::super) fn refuse(
    world: &mut World,
    operation: Option<&'static Operation>,
    refusal: &Refusal,
) -> Answer {
    match refusal {
        Refusal::NoRoute => detailed(world, 404, "not-found", "This resource does not exist."),
        Refusal::NoKey | Refusal::BadKey => error(world, 401, "unauthorized"),
        Refusal::Unreadable(reason) => detailed(world, 400, "invalid-json", reason),
        Refusal::Invalid(problems) => refuse_values(world, operation, problems),
        Refusal::Triggered(reaches) => triggered(world, operation, reaches),
        Refusal::TooMany(seconds) => error(world, 429, "throttled").with("Retry-After", seconds),
    }
}

fn refuse_values(world: &mut World, operation: Option<&'static Operation>, problems: &[Problem]) -> Answer {
    let code = match operation.map_or("", |operation| operation.id) {
        "vonage.verify" => "verification-failed",
        "vonage.update-profile" => "unprocessable-profile-update",
        _ => "unprocessable",
    };
    let reasons: Vec<(String, String)> =
        problems.iter().map(|problem| (problem.path.clone(), problem.sentence())).collect();
    let rows: Vec<(&str, &str)> =
        reasons.iter().map(|(name, reason)| (name.as_str(), reason.as_str())).collect();
    let first = rows.first().map_or("value", |(name, _)| name);
    let detail = format!("Request held a missing or invalid {first} and could not be processed");
    invalid(world, code, &detail, &rows)
}

/// A typed value stands for the real case, down to the parts that a client reads.
fn triggered(world: &mut World, operation: Option<&'static Operation>, reaches: &'static str) -> Answer {
    let (status, code) = status_and_code(reaches);
    match (code, operation.map_or("", |operation| operation.id)) {
        ("number-in-use", _) => {
            let progress = world.clock.progress();
            let live = world.vonage.deployments.iter().find(|other| other.state(progress) == "READY");
            let id = live.map(|other| other.id.clone()).unwrap_or_default();
            detailed(world, status, code, &format!("Active deployment already exists with id {id}"))
        }
        ("verification-failed", _) => invalid(
            world,
            code,
            "Deployment could not be created because the verification failed.",
            &[("code", "Invalid code provided.")],
        ),
        ("unprocessable", "vonage.update-photo") => {
            let reason = "Image must be at least 192 pixels wide and high";
            invalid(world, code, "Image could not be processed", &[("image_url", reason)])
        }
        ("unprocessable", _) => {
            let detail = "Request held an invalid waba_id and could not be processed";
            invalid(world, code, detail, &[("waba_id", "Unknown WhatsApp Business Account")])
        }
        ("unprocessable-profile-update", _) => invalid(
            world,
            code,
            "Email was invalid and could not be processed.",
            &[("email", "Email format invalid")],
        ),
        ("throttled", _) => error(world, status, code).with("Retry-After", 60),
        _ => error(world, status, code),
    }
}

/// An error with its usual detail.
pub(super) fn error(world: &mut World, status: u16, code: &str) -> Answer {
    let detail = said(code).map_or("", |(_, _, detail)| detail);
    detailed(world, status, code, detail)
}

pub(super) fn detailed(world: &mut World, status: u16, code: &str, detail: &str) -> Answer {
    let trace = world.dice().hex(32);
    problem(status, &body(code, detail, &trace))
}

/// A 422 that names the values.
pub(super) fn invalid(world: &mut World, code: &str, detail: &str, rows: &[(&str, &str)]) -> Answer {
    let trace = world.dice().hex(32);
    let mut body = body(code, detail, &trace);
    body["invalid_parameters"] =
        rows.iter().map(|(name, reason)| json!({"name": name, "reason": reason})).collect();
    problem(422, &body)
}

pub(in super::super) fn plain_error(status: u16) -> Answer {
    let page = "https://developer.vonage.com/api-errors";
    problem(
        status,
        &json!({"type": page, "title": "Error", "detail": "Something went wrong", "instance": "0".repeat(32)}),
    )
}

fn said(code: &str) -> Option<&'static Said> {
    OWN.iter().chain(GENERIC).find(|(known, ..)| *known == code)
}

fn body(code: &str, detail: &str, trace: &str) -> Json {
    let own = OWN.iter().any(|(known, ..)| *known == code);
    let page = if own { "/whatsapp-provisioning" } else { "" };
    json!({
        "type": format!("https://developer.vonage.com/api-errors{page}#{code}"),
        "title": said(code).map_or("Error", |(_, title, _)| title),
        "detail": detail,
        "instance": trace,
    })
}

fn problem(status: u16, body: &Json) -> Answer {
    Answer::of(status, "application/problem+json", body.to_string())
}
