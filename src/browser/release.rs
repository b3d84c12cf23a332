//! Which build this page is of, whether this device keeps a copy of it, and whether a newer one waits.
//! The loader finds out and tells by attributes of the page, which outlive the modules that come and go.

use super::page;
use std::cell::RefCell;
use web_sys::{Element, Event};

/// What the loader tells of a change by.
pub const CHANGED: &str = "switchboard:release";
/// The loader listens for it.
const TAKE: &str = "switchboard:take";

/// The copy of the console that lets it open without a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    /// It is not known yet.
    Open,
    Kept,
    /// The browser keeps none here.
    Missing,
}

pub fn copy() -> Copy {
    match root().and_then(|root| root.get_attribute("data-offline")).as_deref() {
        Some("ready") => Copy::Kept,
        Some(_) => Copy::Missing,
        None => Copy::Open,
    }
}

/// Whether a newer build waits for the person's word.
pub fn is_waiting() -> bool {
    root().is_some_and(|root| root.has_attribute("data-update"))
}

/// Puts the newer build in place and loads the page anew.
pub fn take() {
    if let Ok(event) = Event::new(TAKE) {
        // Nobody cancels it, so there is no answer to look at.
        drop(page::window().dispatch_event(&event));
    }
}

/// The newer build is not spoken of again in this page.
pub fn put_off() {
    if let Some(root) = root() {
        // An element takes any change of its attributes.
        drop(root.remove_attribute("data-update"));
    }
}

/// The name of this build; none while developing.
pub fn build() -> Option<String> {
    named("data-build")
}

/// The address of an icon, wherever the site lives. The build names its own sprite, so that a page which
/// stays open does not get another's.
pub fn sprite(icon: &str) -> String {
    thread_local! {
        static FILE: RefCell<Option<String>> = const { RefCell::new(None) };
    }
    let find = || {
        let file = named("data-icons");
        format!("{}/{}", page::base_path(), file.as_deref().unwrap_or("icons.svg"))
    };
    FILE.with_borrow_mut(|file| format!("{}#{icon}", file.get_or_insert_with(find)))
}

/// What the build wrote into the tag that loads it.
fn named(attribute: &str) -> Option<String> {
    page::document().query_selector("script[data-wasm]").ok()??.get_attribute(attribute)
}

fn root() -> Option<Element> {
    page::document().document_element()
}
