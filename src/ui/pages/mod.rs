//! One module per place. A page reads the context and arranges components.

pub mod activity;
pub mod channels;
pub mod connections;
pub mod home;
pub mod inbox;
pub mod not_found;
pub mod numbers;
pub mod request;
pub mod requests;
pub mod send;
pub mod settings;
