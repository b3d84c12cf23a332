//! Our own rules, pure: what a connection is and which addresses it may have, what the history keeps,
//! what a picture file is, what a change to a profile comes to and what leads people to a number.
//! What the providers document is in `catalogue`; time and randomness come in as arguments.

pub mod activity;
pub mod connection;
pub mod duration;
pub mod ledger;
pub mod line;
pub mod one_time_code;
pub mod phone;
pub mod picture;
pub mod profile;
pub mod provisioning;
pub mod report;
pub mod schedule;
pub mod settlement;
pub mod share;
pub mod sticker_file;
