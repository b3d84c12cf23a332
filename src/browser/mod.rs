//! Thin wrappers around what a page may do: call, store, copy, know where it runs.
//! No rule of the product lives here, and no component.

pub mod handover;
pub mod notify;
pub mod page;
pub mod sandbox;
pub mod settings;
pub mod store;
pub mod tabs;
pub mod transport;
