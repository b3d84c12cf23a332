//! What the providers document: every request, field, limit and error as constant data, and the
//! one way from typed text to a request. Nothing here knows of a browser, a clock or a network.

pub mod call;
pub mod check;
pub mod curl;
pub mod draft;
pub mod errors;
pub mod evidence;
pub mod failure;
pub mod field;
pub mod kind;
pub mod limit;
pub mod operation;
pub mod pattern;
pub mod preview;
pub mod probe;
pub mod problem;
pub mod provider;
pub mod read;
pub mod reply;
pub mod rule;
pub mod time;
pub mod token;
pub mod value;

pub mod kapso;
pub mod rapida;
pub mod vonage;
pub mod webex;
pub mod whatsapp;

use operation::{Heading, Operation};
use provider::{Base, Provider, Scheme};

/// The requests of one provider, in the order of its documentation.
pub const fn operations(provider: Provider) -> &'static [&'static Operation] {
    match provider {
        Provider::Vonage => vonage::OPERATIONS,
        Provider::Kapso => kapso::OPERATIONS,
        Provider::Webex => webex::OPERATIONS,
        Provider::Rapida => rapida::OPERATIONS,
    }
}

/// Every request of every provider.
pub fn all() -> impl Iterator<Item = &'static Operation> {
    Provider::ALL.into_iter().flat_map(|provider| operations(provider).iter().copied())
}

/// The request with an id such as `kapso.send-message`.
pub fn find(id: &str) -> Option<&'static Operation> {
    all().find(|operation| operation.id == id)
}

/// What lists say of the requests of one provider, in the same order as [`operations`].
pub const fn headings(provider: Provider) -> &'static [Heading] {
    match provider {
        Provider::Vonage => const { &table::<{ vonage::OPERATIONS.len() }>(vonage::OPERATIONS) },
        Provider::Kapso => const { &table::<{ kapso::OPERATIONS.len() }>(kapso::OPERATIONS) },
        Provider::Webex => const { &table::<{ webex::OPERATIONS.len() }>(webex::OPERATIONS) },
        Provider::Rapida => const { &table::<{ rapida::OPERATIONS.len() }>(rapida::OPERATIONS) },
    }
}

const fn table<const LENGTH: usize>(operations: &[&Operation]) -> [Heading; LENGTH] {
    let mut headings = [operations[0].heading(); LENGTH];
    let mut at = 0;
    while at < LENGTH {
        headings[at] = operations[at].heading();
        at += 1;
    }
    headings
}

impl Provider {
    /// The documented base addresses; the first is the default.
    pub const fn bases(self) -> &'static [Base] {
        match self {
            Provider::Vonage => vonage::BASES,
            Provider::Kapso => kapso::BASES,
            Provider::Webex => webex::BASES,
            Provider::Rapida => rapida::BASES,
        }
    }

    /// The path below the host that every base address of this provider ends with.
    pub fn base_path(self) -> &'static str {
        let url = self.bases()[0].url;
        url.find("//")
            .and_then(|at| url[at + 2..].find('/').map(|slash| &url[at + 2 + slash..]))
            .unwrap_or("")
    }

    /// The documented ways to authenticate; the first is the default.
    pub const fn schemes(self) -> &'static [Scheme] {
        match self {
            Provider::Vonage => vonage::SCHEMES,
            Provider::Kapso => kapso::SCHEMES,
            Provider::Webex => webex::SCHEMES,
            Provider::Rapida => rapida::SCHEMES,
        }
    }
}
