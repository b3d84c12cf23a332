//! What the recipes promise, whichever server keeps it: each is asked of a started stack.

pub mod answers;
pub mod refusals;
pub mod requests;
pub mod sign_in;
pub mod site;

/// What a page of the site sends by itself.
pub const OWN_PAGE: [&str; 2] = ["--header", "sec-fetch-site: same-origin"];
/// A read that any key may make, at Kapso.
pub const LIST: &str = "/relay/kapso/whatsapp_conversations";
