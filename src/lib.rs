//! Switchboard: the documented requests of four WhatsApp providers as forms, and what stands on them.
//!
//! The floors, from the ground up; each imports only floors below it:
//!
//! 1. [`catalogue`]: what the providers document, as data. Pure.
//! 2. [`domain`]: our own rules; [`sandbox`]: a stand-in for the providers. Pure.
//! 3. `browser`: thin wrappers around what a page may do.
//! 4. `state`: one struct of signals per concern.
//! 5. `ui`: what people see.
//!
//! Floors 3 to 5 are compiled for the browser alone, so native tests build in seconds and the pure
//! floors cannot reach for the browser.

pub mod catalogue;
pub mod domain;
pub mod sandbox;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod state;
#[cfg(target_arch = "wasm32")]
pub mod ui;
