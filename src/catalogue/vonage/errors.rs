//! Every error that Vonage documents for this API, by the fragment of its `type`, in words for an
//! admin. Which request can answer which error stands with the request.

use super::{
    super::{
        evidence::Evidence::{self, Documented},
        operation::Explained,
    },
    ERROR_PAGE, REFERENCE, SPEC,
};

pub const INVALID_JSON: Explained = Explained::new(
    400,
    "invalid-json",
    "Vonage could not read the request as JSON.",
    "Check the values for unusual characters and send again.",
    REFERENCE,
);

pub const UNAUTHORIZED: Explained = Explained::new(
    401,
    "unauthorized",
    "Vonage did not accept the token of this connection.",
    "Make a new token and enter it under Connections.",
    SPEC,
);

pub const FORBIDDEN: Explained = Explained::new(
    403,
    "forbidden",
    "This Vonage account may not manage WhatsApp numbers.",
    "Ask your Vonage contact to enable WhatsApp for the account.",
    SPEC,
);

/// What the documentation says of this API as a whole.
const DEPRECATED: Evidence =
    Documented("Vonage docs, WhatsApp Provisioning API: its file is labelled deprecated");
const RETIRED: &str = "Vonage does not offer this API here: it is marked as deprecated, and may be switched off for this account.";
const SUCCESSOR: &str = "Your values are not the reason. Ask your Vonage contact whether the account still has it; otherwise new numbers are brought live through Vonage's hosted sign-up (Channel Manager).";

/// The base address itself is refused, not a deployment of it.
pub const NOT_ENABLED: Explained = Explained::new(
    403,
    "forbidden",
    "This Vonage account may not manage WhatsApp numbers. The API is marked as deprecated, and may not be given to accounts any more.",
    "Your values are not the reason. Ask your Vonage contact to enable it; otherwise new numbers are brought live through Vonage's hosted sign-up (Channel Manager).",
    SPEC,
);

pub const BASE_NOT_FOUND: Explained = Explained::new(404, "not-found", RETIRED, SUCCESSOR, DEPRECATED);
pub const NO_BASE: Explained = Explained::new(404, "", RETIRED, SUCCESSOR, DEPRECATED);
pub const GONE: Explained = Explained::new(410, "", RETIRED, SUCCESSOR, DEPRECATED);

pub const NOT_FOUND: Explained = Explained::new(
    404,
    "not-found",
    "Vonage knows no such deployment, or it belongs to another account.",
    "Check the IDs, and whether this connection is for the right Vonage account.",
    SPEC,
);

pub const NUMBER_IN_USE: Explained = Explained::new(
    409,
    "number-in-use",
    "Another deployment already uses this number.",
    "Open the existing deployment: the answer names its ID.",
    REFERENCE,
)
.about("number");

pub const CONFLICT_DEPLOYMENT_STATE: Explained = Explained::new(
    409,
    "conflict-deployment-state",
    "The deployment is changing its state and cannot be modified now.",
    "If it is being deleted, there is nothing to do; otherwise wait until the change is over and try again.",
    REFERENCE,
);

pub const CONFLICT_RESEND_OTP: Explained = Explained::new(
    409,
    "conflict-resend-otp",
    "No code can be sent in this state: the deployment is finished or has failed.",
    "Look at its state; if that is ERROR, delete the deployment and start again.",
    REFERENCE,
);

pub const VERIFICATION_FAILED: Explained = Explained::new(
    422,
    "verification-failed",
    "The code was wrong, or there were too many attempts.",
    "Enter the code from the newest message or call, or ask for a new code.",
    REFERENCE,
)
.about("code");

pub const UNPROCESSABLE: Explained = Explained::new(
    422,
    "unprocessable",
    "A value is missing or not in the expected form.",
    "Correct the values that the answer names and send again.",
    REFERENCE,
);

pub const UNPROCESSABLE_PROFILE_UPDATE: Explained = Explained::new(
    422,
    "unprocessable-profile-update",
    "A value of the profile is missing or not in the expected form.",
    "Correct the values that the answer names and send again.",
    REFERENCE,
);

pub const THROTTLED: Explained = Explained::new(
    429,
    "throttled",
    "There were too many of these requests in a short time.",
    "Wait a moment and try again.",
    REFERENCE,
);

/// Errors that any request of this provider may answer, the generic ones of all Vonage APIs included.
/// For those Vonage documents no HTTP status.
pub const ERRORS: &[Explained] = &[
    INVALID_JSON,
    UNAUTHORIZED,
    FORBIDDEN,
    NOT_FOUND,
    NUMBER_IN_USE,
    CONFLICT_DEPLOYMENT_STATE,
    CONFLICT_RESEND_OTP,
    VERIFICATION_FAILED,
    UNPROCESSABLE,
    UNPROCESSABLE_PROFILE_UPDATE,
    THROTTLED,
    generic(
        "jwt-expired",
        "The token of this connection has expired.",
        "Make a new token and enter it under Connections.",
    ),
    generic(
        "jwt-revoked",
        "The token of this connection has been revoked.",
        "Make a new token with the private key of the Vonage application and enter it under Connections.",
    ),
    generic(
        "invalid-signature",
        "The signature of the request is not valid.",
        "Make a new token with the private key that belongs to the Vonage application.",
    ),
    generic(
        "invalid-api-key",
        "Vonage does not know the API key, or you may not use it.",
        "Check that the token was made for the right Vonage account.",
    ),
    generic(
        "invalid-params",
        "One or more values are not valid.",
        "Correct the values that the answer names and send again.",
    ),
    generic(
        "invalid-ip",
        "Vonage does not accept requests from this network address.",
        "Ask the owner of the Vonage account to allow the address, or use a relay that is allowed.",
    ),
    generic(
        "multiple-auth-methods",
        "The request carried more than one kind of credential.",
        "Make sure that the relay adds no credential besides the one of this connection.",
    ),
    generic(
        "account-suspended",
        "The Vonage account is suspended.",
        "Contact Vonage support to have it released.",
    ),
    generic(
        "application-suspended",
        "The Vonage application that the token belongs to is suspended.",
        "Contact Vonage support, or make a token for another application.",
    ),
    generic(
        "unprovisioned",
        "The credential has no access to this Vonage product.",
        "Ask your Vonage contact to enable WhatsApp provisioning for the account.",
    ),
    generic(
        "low-balance",
        "The balance of the Vonage account is too low.",
        "Top up the account in the Vonage dashboard and try again.",
    ),
    generic(
        "wrong-verb",
        "The address does not take this HTTP method.",
        "Check that the base address and the relay pass the request on unchanged.",
    ),
    generic(
        "accept-header",
        "Vonage cannot answer in the format that the request asks for.",
        "Check that the relay passes the Accept header on unchanged.",
    ),
    generic(
        "content-type-header",
        "Vonage did not see the request as JSON.",
        "Check that the relay passes the Content-Type header on unchanged.",
    ),
    generic(
        "unavailable-legal",
        "Vonage may not offer this service where the request comes from, for legal reasons.",
        "Ask Vonage support which countries are affected.",
    ),
];

const fn generic(code: &'static str, meaning: &'static str, next: &'static str) -> Explained {
    Explained::new(0, code, meaning, next, ERROR_PAGE)
}
