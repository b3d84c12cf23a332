//! Every refusal that Webex Connect documents for this request, by its code, in words for an admin.
//! A refusal may come with any HTTP status, 200 included: the code decides.

use super::{super::operation::Explained, CODES};

/// Refusals that all channels share.
pub const ERRORS: &[Explained] = &[
    refused(
        "7000",
        "Webex Connect could not read the request as JSON.",
        "Check the values for unusual characters and send again.",
    ),
    meaning_status(
        401,
        "7001",
        "Webex Connect did not accept the credential.",
        "Check the key or token of this connection, and that its address is the one of your region.",
    ),
    meaning_status(
        401,
        "7002",
        "The request carried no service key.",
        "Enter the service key of this connection under Connections.",
    ),
    refused("7003", "A required value is missing.", "Fill in the value that the answer names."),
    refused("7004", "A value is not valid.", "Correct the value that the answer names and send again."),
    refused("7005", "The request has expired.", "Send it again."),
    unsure(
        "7006",
        "Webex Connect met an internal error.",
        "Look whether the message was sent before you try again.",
    ),
    refused(
        "7007",
        "The service that the key belongs to is not active.",
        "Make the service live in Webex Connect, or use the key of another one.",
    ),
    refused(
        "7009",
        "There are more than 1,000 recipients.",
        "Split them over several requests of at most 1,000 each.",
    )
    .about("destination"),
    meaning_status(
        429,
        "7020",
        "The account has reached its limit of requests.",
        "Wait a moment and send again, more slowly.",
    ),
    refused("7104", "Webex Connect knows no app with this ID.", "Copy the app ID again from the Apps page.")
        .about("appid"),
    refused(
        "7108",
        "Webex Connect knows no template with this ID.",
        "Ask the owner of the Webex Connect account: a text names no template.",
    ),
    unsure(
        "7200",
        "Webex Connect reports a status that it does not know.",
        "Read the additional information in the answer, and look whether the message was sent before you try again.",
    ),
];

/// Refusals from the table that the page of this request points to, besides the shared ones.
pub const TEXT: &[Explained] = &[
    unsure(
        "7010",
        "The service that Webex Connect sends through answered with an error.",
        "Look whether the message was sent before you try again.",
    ),
    unsure(
        "7011",
        "Webex Connect met an unknown error.",
        "Look whether the message was sent before you try again.",
    ),
    refused("7301", "The message expired before it could be sent.", "Send it again if it still matters."),
    refused(
        "7307",
        "Webex Connect could not reach the service it sends through.",
        "Try again in a few minutes.",
    ),
    refused(
        "7316",
        "The details of the app are not valid.",
        "Check the app on the Apps page of Webex Connect, and its ID here.",
    )
    .about("appid"),
    refused("7722", "A value is not valid.", "Correct the value that the answer names and send again."),
    refused(
        "7738",
        "Webex Connect could not upload the media of the message.",
        "Check the links in the message and send again.",
    ),
];

const fn refused(code: &'static str, meaning: &'static str, next: &'static str) -> Explained {
    meaning_status(0, code, meaning, next)
}

/// One after which nobody knows whether the message went out.
const fn unsure(code: &'static str, meaning: &'static str, next: &'static str) -> Explained {
    meaning_status(500, code, meaning, next)
}

/// A code that means what an HTTP status means elsewhere, whatever status it comes with.
const fn meaning_status(
    status: u16,
    code: &'static str,
    meaning: &'static str,
    next: &'static str,
) -> Explained {
    Explained::new(status, code, meaning, next, CODES)
}
