//! Our own rules, pure: connections, the history, phone numbers and codes as people type them, the way
//! of a number to WhatsApp, what was spent on it, and what its pictures and links have to be;
//! conversations, their messages, templates and saved replies, the file in which all of it moves to another
//! device, and the arithmetic of long lists. What
//! the providers document is in `catalogue`; time and randomness come in as arguments.

pub mod activity;
pub mod archive;
pub mod assignment;
pub mod bulk;
pub mod channels;
pub mod connection;
pub mod connection_check;
pub mod contact;
pub mod country;
pub mod csv;
pub mod deployment;
pub mod digit;
pub mod duration;
pub mod extent;
pub mod finder;
pub mod first_steps;
pub mod for_it;
pub mod freshness;
pub mod hand;
pub mod holding;
pub mod language;
pub mod ledger;
pub mod line;
pub mod listed;
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
pub mod sheet;
pub mod signing_key;
pub mod sticker_file;
pub mod template;
pub mod thread;
pub mod token;
pub mod trouble;
pub mod vault;
pub mod written;
