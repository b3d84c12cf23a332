//! A request of each provider that has no effect and needs a key: what it answers tells whether a
//! connection works.

use super::{
    call::Call,
    draft::Draft,
    evidence::Evidence::{self, Documented, Inferred},
    failure::{Failure, FailureKind},
    kapso,
    operation::Operation,
    provider::Provider,
    rapida, read, vonage, webex,
};
use serde_json::{Value as Json, json};

/// The id of a deployment that nobody has.
const NOBODY: &str = "switchboard-connection-check";
/// Webex Connect's codes for a request in which something is missing or wrong.
const INCOMPLETE: [&str; 3] = ["7003", "7004", "7104"];
/// Its code for a service that is not live.
const INACTIVE: &str = "7007";

/// What an answer tells of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Accepted,
    /// The provider may look at the request before it looks at the key.
    Probably,
    Refused,
    /// It is accepted, and may not do this.
    NotAllowed,
    /// The answer does not come from the provider, or not from where it looks at keys.
    Unclear,
}

/// The request.
pub fn operation(provider: Provider) -> &'static Operation {
    match provider {
        Provider::Vonage => &vonage::GET_DEPLOYMENT,
        Provider::Kapso => &kapso::LIST_CUSTOMERS,
        Provider::Webex => &webex::SEND_TEXT,
        Provider::Rapida => &rapida::GET_WHATSAPP_DEPLOYMENT,
    }
}

fn request(provider: Provider) -> Json {
    match provider {
        Provider::Vonage => json!({ "deployment_id": NOBODY }),
        Provider::Kapso => json!({ "page": 1, "per_page": 1 }),
        // A text to nobody: without a destination there is nothing to send.
        Provider::Webex => json!({
            "appid": NOBODY,
            "channels": { "OTT-Messaging": { "wa": { "text": { "body": "Connection check" } } } },
        }),
        Provider::Rapida => json!({ "assistantId": "0" }),
    }
}

/// Why it has no effect, and where that is from.
pub fn harmless(provider: Provider) -> (&'static str, Evidence) {
    match provider {
        Provider::Vonage => (
            "It reads a deployment that does not exist.",
            Documented("Vonage OpenAPI file, WhatsApp Provisioning 0.1.5"),
        ),
        Provider::Kapso => ("It reads one customer.", Documented("Kapso docs, List customers")),
        Provider::Webex => (
            "It is a text without a recipient, which is refused.",
            Documented("Webex Connect docs, Channel Specific Status Codes"),
        ),
        Provider::Rapida => (
            "It reads the deployment of an assistant that does not exist.",
            Inferred("No documented ID is 0"),
        ),
    }
}

/// The draft of the request, which the history keeps.
pub fn draft(provider: Provider) -> Draft {
    Draft::from_json(operation(provider), &request(provider))
}

/// The call. It may lack what is required: that is what makes it harmless.
pub fn call(provider: Provider) -> Call {
    read::draft(operation(provider), &draft(provider)).sketch().clone()
}

/// What the answer to it tells of the key.
pub fn judge(provider: Provider, result: &Result<Json, Failure>) -> Verdict {
    let failure = match result {
        Ok(_) => return Verdict::Accepted,
        Err(failure) => failure,
    };
    let status = failure.explained.map(|explained| explained.status);
    match failure.kind {
        FailureKind::RefusedKey | FailureKind::RelayKeyRefused => Verdict::Refused,
        _ if failure.said.code.is_empty() && failure.said.title.is_empty() => Verdict::Unclear,
        _ if status == Some(403) => Verdict::NotAllowed,
        FailureKind::Refused if provider == Provider::Webex => match failure.said.code.as_str() {
            code if INCOMPLETE.contains(&code) => Verdict::Probably,
            INACTIVE => Verdict::NotAllowed,
            _ => Verdict::Unclear,
        },
        FailureKind::Refused => Verdict::Accepted,
        // Rapida fails to read what is not there, and says so in its own words.
        FailureKind::ProviderError if provider == Provider::Rapida => Verdict::Probably,
        _ => Verdict::Unclear,
    }
}
