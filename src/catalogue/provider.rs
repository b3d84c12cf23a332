//! The four providers: their addresses and how they take a credential.
//! What can be asked of each is in the provider's own module.

use super::token::TokenRule;

/// Who answers a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Provider {
    Vonage,
    Kapso,
    Webex,
    Rapida,
}

/// One documented base address, up to where an operation's path begins.
#[derive(Clone, Copy, Debug)]
pub struct Base {
    /// The region or environment, empty where there is only one.
    pub region: &'static str,
    pub url: &'static str,
}

/// One documented way to prove who is asking.
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    /// Stable name, stored with a connection.
    pub id: &'static str,
    pub label: &'static str,
    pub help: &'static str,
    /// Header that carries the credential, spelled as documented.
    pub header: &'static str,
    /// Put before the credential, such as `Bearer `.
    pub prefix: &'static str,
    /// Name of the shell variable that stands for it in copied commands.
    pub variable: &'static str,
    /// What is documented of it, where it is a token that one makes oneself.
    pub token: Option<&'static TokenRule>,
}

impl Provider {
    pub const ALL: [Provider; 4] = [Provider::Vonage, Provider::Kapso, Provider::Webex, Provider::Rapida];

    /// The word in routes, files and operation ids.
    pub const fn id(self) -> &'static str {
        match self {
            Provider::Vonage => "vonage",
            Provider::Kapso => "kapso",
            Provider::Webex => "webex",
            Provider::Rapida => "rapida",
        }
    }

    pub fn from_id(id: &str) -> Option<Provider> {
        Provider::ALL.into_iter().find(|provider| provider.id() == id)
    }

    /// The provider's own name.
    pub const fn name(self) -> &'static str {
        match self {
            Provider::Vonage => "Vonage",
            Provider::Kapso => "Kapso",
            Provider::Webex => "Webex Connect",
            Provider::Rapida => "Rapida",
        }
    }

    /// What it is used for, in one line.
    pub const fn job(self) -> &'static str {
        match self {
            Provider::Vonage => "Bring a WhatsApp number live; keep its profile, photo and stickers.",
            Provider::Kapso => "Attach numbers to customers; read and write conversations.",
            Provider::Webex => "Send a WhatsApp text to one person or a thousand.",
            Provider::Rapida => "Put an AI assistant on a WhatsApp number.",
        }
    }

    /// The path of the place of the console in which that is done.
    pub const fn place(self) -> &'static str {
        match self {
            Provider::Vonage => "/numbers",
            Provider::Kapso => "/inbox",
            Provider::Webex => "/send",
            Provider::Rapida => "/channels",
        }
    }

    /// One of its schemes, by its id.
    pub fn scheme(self, id: &str) -> Option<&'static Scheme> {
        self.schemes().iter().find(|scheme| scheme.id == id)
    }

    /// Keys of answers whose text is masked until asked for.
    pub const fn secret_keys(self) -> &'static [&'static str] {
        match self {
            Provider::Vonage => &["api_key", "pin"],
            Provider::Kapso => &["access_token", "webhook_verify_token"],
            Provider::Webex | Provider::Rapida => &[],
        }
    }
}
