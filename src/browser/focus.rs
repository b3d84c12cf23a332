//! Where the focus is, and moving it: a page that is drawn anew, or whose parts come and go, may not lose it.

use super::page::{body, document, reveal};
use leptos::prelude::request_animation_frame;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, HtmlInputElement};

/// The element that has the focus; the body stands for none.
pub fn holder() -> Option<Element> {
    document().active_element().filter(|element| *element != *body())
}

/// What is around the element that has the focus, or that element itself, if it fits.
pub fn around(selector: &str) -> Option<Element> {
    // An element is in nothing that a faulty selector would find.
    holder()?.closest(selector).ok().flatten()
}

/// Whether the title of the page has the focus.
pub fn is_at_title() -> bool {
    holder().is_some_and(|element| element.tag_name() == "H1")
}

/// A selector of what has the focus, as it will be found in a page that is drawn anew: a link by its
/// address, a control by its id, or the title.
pub fn selector() -> Option<String> {
    let element = holder()?;
    if let Some(href) = element.get_attribute("href") {
        return plain(href).map(|href| format!("a[href='{href}']"));
    }
    let id = plain(element.id()).filter(|id| !id.is_empty()).map(|id| format!("#{id}"));
    id.or_else(|| is_at_title().then(|| "main h1".to_owned()))
}

/// What a selector takes as it stands: anything else would have to be escaped, and none of ours is.
fn plain(text: String) -> Option<String> {
    text.chars().all(|c| c.is_ascii_alphanumeric() || "/-._~%?=#&+".contains(c)).then_some(text)
}

/// Moves the focus to the first element that fits, after the view has been drawn; not if it was moved
/// elsewhere in the meantime, for whoever is typing already keeps the field they are in.
pub fn soon(selector: String) {
    first_soon(vec![selector]);
}

/// The same, for the first of several selectors that finds one.
pub fn first_soon(selectors: Vec<String>) {
    let from = holder();
    request_animation_frame(move || {
        let now = holder();
        if now.is_none() || now == from {
            give(selectors.iter().find_map(|selector| find(selector)));
        }
    });
}

/// Moves the focus at once to what the first of several selectors finds, before what has it goes.
pub fn first(selectors: &[&str]) {
    give(selectors.iter().find_map(|selector| find(selector)));
}

/// Moves the focus at once to an element of a list that decides by itself where it is scrolled to.
pub fn unscrolled(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that cannot take the focus leaves it where it is.
    drop(element.focus_with_options(&options));
}

/// Moves the focus to an element once the view has been drawn, if drawing it has left the focus nowhere.
pub fn if_lost(selector: String) {
    first_if_lost(vec![selector]);
}

/// The same, for the first of several selectors that finds one.
pub fn first_if_lost(selectors: Vec<String>) {
    request_animation_frame(move || {
        if holder().is_none() {
            first_soon(selectors);
        }
    });
}

/// Moves the focus to an element once the view has been drawn, unless the person is at a control.
pub fn unless_busy(selector: String) {
    let control = "a[href], button, input, select, textarea, summary, dialog *";
    // An element without the selector's shape matches nothing.
    if !holder().is_some_and(|element| element.matches(control).unwrap_or(false)) {
        soon(selector);
    }
}

/// Keeps what has the focus in sight within a part of the page that grows now, after the view has been drawn.
pub fn in_sight_soon(part: &'static str) {
    if around(part).is_some() {
        request_animation_frame(move || {
            if let Some(element) = holder().filter(|_| around(part).is_some()) {
                reveal(&element);
            }
        });
    }
}

/// Brings a part of the page to the top of the screen and moves the focus to its heading, after the view has
/// been drawn.
pub fn arrive_soon(part: String, heading: String) {
    request_animation_frame(move || {
        give(find(&heading));
        if let Some(part) = find(&part) {
            part.scroll_into_view();
        }
    });
}

/// Moves the focus to an input and selects what is in it, after the view has been drawn.
pub fn select_soon(selector: String) {
    request_animation_frame(move || {
        let input = find(&selector);
        give(input.clone());
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
            input.select();
        }
    });
}

fn find(selector: &str) -> Option<Element> {
    // A selector is ours, and without a fault.
    document().query_selector(selector).ok().flatten()
}

fn give(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        drop(element.focus());
    }
}
