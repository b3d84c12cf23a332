//! Our own rules, pure: connections, the history, phone numbers and codes as people type them, the way
//! of a number to WhatsApp, what was spent on it, and what its pictures and links have to be;
//! conversations, their messages, templates and saved replies, and the arithmetic of long lists. What
//! the providers document is in `catalogue`; time and randomness come in as arguments.

pub mod activity;
pub mod assignment;
pub mod connection;
pub mod connection_check;
pub mod country;
pub mod digit;
pub mod duration;
pub mod extent;
pub mod for_it;
pub mod freshness;
pub mod ledger;
pub mod line;
pub mod markup;
pub mod note;
pub mod one_time_code;
pub mod outbox;
pub mod phone;
pub mod picture;
pub mod place;
pub mod profile;
pub mod provisioning;
pub mod report;
pub mod retention;
pub mod saved_reply;
pub mod schedule;
pub mod server_clock;
pub mod settlement;
pub mod share;
pub mod signing_key;
pub mod sticker_file;
pub mod template;
pub mod thread;
pub mod token;
pub mod vault;
pub mod written;
