//! Our own rules, pure: connections and their addresses, the history, phone numbers and one-time codes
//! as people type them. What the providers document is in `catalogue`; time and randomness come in as
//! arguments.

pub mod activity;
pub mod connection;
pub mod country;
pub mod digit;
pub mod one_time_code;
pub mod phone;
