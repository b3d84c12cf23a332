//! Thin wrappers around what a page may do: call, store, copy, read files, know where it runs.
//! No rule of the product lives here, and no component.

pub mod archive;
pub mod begun;
pub mod bulk;
pub mod crypto;
pub mod desk;
pub mod download;
pub mod file;
pub mod focus;
pub mod handover;
pub mod image;
pub mod inventory;
pub mod leaving;
pub mod locale;
pub mod notify;
pub mod outbox;
pub mod page;
pub mod release;
pub mod sandbox;
pub mod settings;
pub mod store;
pub mod tabs;
pub mod threads;
pub mod transport;
pub mod vault;
