//! The page itself: where it runs, what its content policy allows, the clipboard.

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, Event, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, Url, Window,
};

/// Unix time in milliseconds.
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Milliseconds that only grow, for durations.
pub fn ticks() -> f64 {
    js_sys::Reflect::get(&window(), &"performance".into())
        .ok()
        .and_then(|performance| performance.dyn_into::<Performance>().ok())
        .map_or_else(js_sys::Date::now, |performance| performance.now())
}

#[wasm_bindgen]
extern "C" {
    type Performance;
    #[wasm_bindgen(method)]
    fn now(this: &Performance) -> f64;

    #[wasm_bindgen(thread_local_v2, js_namespace = globalThis, js_name = isSecureContext)]
    static SECURE: bool;
}

pub fn window() -> Window {
    web_sys::window().expect("this module only runs in a page, which has a window")
}

pub fn document() -> Document {
    window().document().expect("a window that runs scripts has a document")
}

pub fn body() -> HtmlElement {
    document().body().expect("index.html has a body, and modules run after it was read")
}

/// Whether the page shows or plays what is at an address. What is not encrypted, which its own policy does not
/// let it load, can only be a link; and so can what names a user, for a picture is not to sign anybody in.
pub fn is_shown(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_at_checked(8) else { return false };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("https://") && !authority.contains('@')
}

/// Whether a media query holds now, such as `(min-width: 1280px)`.
pub fn is_media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|media| media.matches())
}

/// Whether the browser trusts this address: https, or this computer.
pub fn is_secure() -> bool {
    SECURE.with(|secure| *secure)
}

pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Scheme, host and port of the page, such as `https://console.example.com`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Path of the address that is shown.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Path and query of the page.
pub fn place_shown() -> String {
    path() + &window().location().search().unwrap_or_default()
}

/// Makes an address of this site the one that is shown, as the entry after the present one.
pub fn push(address: &str) {
    // Refused for other sites only, and from pages that do this hundreds of times a minute.
    drop(
        window().history().and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(address))),
    );
}

/// Path below which the site lives, without a slash at its end; empty at the root of a host.
pub fn base_path() -> String {
    document()
        .base_uri()
        .ok()
        .flatten()
        .and_then(|uri| Url::new(&uri).ok())
        .map(|url| url.pathname().trim_end_matches('/').to_owned())
        .unwrap_or_default()
}

/// The address of a place such as `/requests`, wherever on its host the site lives: the router takes
/// an absolute link as it stands.
pub fn place(path: &str) -> String {
    format!("{}{path}", base_path())
}

/// A base address as the browser will call it; a path is on the page's own origin.
pub fn absolute(address: &str) -> Option<Url> {
    Url::new_with_base(address, &origin()).ok()
}

/// Whether the page's own content policy lets it call an address.
pub fn may_connect(url: &Url) -> bool {
    if url.origin() == origin() {
        return true;
    }
    match connect_sources() {
        Some(sources) => sources.iter().any(|source| *source == url.origin()),
        None => true,
    }
}

/// The hosts of `connect-src` in the page's policy; `None` where the page has no policy of its own.
fn connect_sources() -> Option<Vec<String>> {
    let meta = document().query_selector("meta[http-equiv='Content-Security-Policy']").ok()??;
    let policy = meta.get_attribute("content")?;
    let directive = policy.split(';').map(str::trim).find_map(|part| part.strip_prefix("connect-src "))?;
    Some(directive.split_whitespace().map(str::to_owned).collect())
}

/// Copies a text; tells whether the browser let it.
pub async fn copy(text: &str) -> bool {
    if !is_secure() {
        return false;
    }
    JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}

/// Whether a dialog stands in front of the page.
pub fn has_dialog() -> bool {
    matches!(document().query_selector("dialog[open]"), Ok(Some(_)))
}

/// The ids of all that stands open in the page.
pub fn expanded() -> Vec<String> {
    // A constant selector is understood or never was.
    let Ok(all) = document().query_selector_all("[aria-expanded='true'][id]") else { return Vec::new() };
    let elements = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<Element>().ok());
    elements.map(|element| element.id()).collect()
}

/// Scrolls an element into view if it is not.
pub fn reveal(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// The same, after the view has been drawn.
pub fn reveal_soon(selector: &'static str) {
    leptos::prelude::request_animation_frame(move || {
        if let Ok(Some(element)) = document().query_selector(selector) {
            reveal(&element);
        }
    });
}

/// Keeps the page scrolled to where it is: after a step through the history the browser scrolls to
/// where the entry it reached was left.
pub fn keep_scrolled() {
    let read = |at: Result<f64, JsValue>| at.unwrap_or_default();
    let (x, y) = (read(window().scroll_x()), read(window().scroll_y()));
    leptos::prelude::request_animation_frame(move || window().scroll_to_with_x_and_y(x, y));
}

/// Runs `then` at once, or, while a mouse button or finger is down, after its click has been
/// delivered. What grows the page between press and release would move the click elsewhere.
pub fn after_press(then: impl FnOnce() + 'static) {
    if PRESSED.with(Cell::get) {
        LATER.with_borrow_mut(|later| later.push(Box::new(then)));
    } else {
        then();
    }
}

/// Keeps track of presses, for [`after_press`]. Call it once.
pub fn watch_presses() {
    for event in ["pointerdown", "pointerup", "pointercancel", "click"] {
        let watch = Closure::<dyn Fn(Event)>::new(pressed).into_js_value();
        // Capturing, so that it is known before anything reacts to the press.
        drop(window().add_event_listener_with_callback_and_bool(event, watch.unchecked_ref(), true));
    }
}

/// A finger's click, and the loss of focus before it, come some time after the finger has left.
const TAP: Duration = Duration::from_millis(400);

fn pressed(event: Event) {
    let press = PRESS.with(|press| {
        press.set(press.get() + u32::from(event.type_() == "pointerdown"));
        press.get()
    });
    let touch = js_sys::Reflect::get(&event, &"pointerType".into()).is_ok_and(|kind| kind == "touch");
    let after = match event.type_().as_str() {
        "pointerdown" => {
            PRESSED.with(|now| now.set(true));
            return;
        }
        "pointerup" if touch => TAP,
        _ => Duration::ZERO,
    };
    let release = move || {
        // Another press may have begun.
        if PRESS.with(Cell::get) == press {
            PRESSED.with(|now| now.set(false));
            LATER.take().into_iter().for_each(|then| then());
        }
    };
    leptos::prelude::set_timeout(release, after);
}

type Later = Vec<Box<dyn FnOnce()>>;

thread_local! {
    static PRESSED: Cell<bool> = const { Cell::new(false) };
    /// How many presses there have been.
    static PRESS: Cell<u32> = const { Cell::new(0) };
    /// What runs when the press is over.
    static LATER: RefCell<Later> = const { RefCell::new(Vec::new()) };
}

/// Runs whenever the browser freezes the page, as it does with those that nobody looks at for long. The
/// event is one of the document, and does not rise to the window.
pub fn when_frozen(then: impl Fn() + 'static) {
    let frozen = Closure::<dyn Fn()>::new(then).into_js_value();
    // A document takes any listener.
    drop(document().add_event_listener_with_callback("freeze", frozen.unchecked_ref()));
}

pub fn reload() {
    // A page that cannot be reloaded stays as it is.
    drop(window().location().reload());
}
