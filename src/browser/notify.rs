//! Notifications of the system, for a tab that nobody looks at. Nothing is asked for without a press.

use super::{leaving, page};
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Whether this browser notifies at all, and on this address.
pub fn is_possible() -> bool {
    page::is_secure() && js_sys::Reflect::has(&page::window(), &"Notification".into()).unwrap_or(false)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    NotAsked,
    Granted,
    Denied,
}

pub fn permission() -> Permission {
    if !is_possible() {
        return Permission::Denied;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Denied => Permission::Denied,
        _ => Permission::NotAsked,
    }
}

/// Asks the person, in the browser's own words.
pub async fn ask() -> Permission {
    if let (true, Ok(asked)) = (is_possible(), Notification::request_permission()) {
        // The answer is read below, whether it was given or the question closed.
        drop(JsFuture::from(asked).await);
    }
    permission()
}

/// Shows a notification if it is allowed and nobody looks at the tab. `tag` replaces an older one.
pub fn show(title: &str, body: &str, tag: &str) {
    // Some telephones allow it and then refuse; the title of the tab says the same.
    drop(shown(title, body, tag));
}

/// The same; a click on it brings the tab to the front and goes to a place.
pub fn show_leading(title: &str, body: &str, tag: &str, place: String) {
    let Some(notification) = shown(title, body, tag) else { return };
    let go = Closure::<dyn Fn()>::new(move || {
        // A window that cannot be brought to the front shows the place when somebody comes.
        drop(page::window().focus());
        leaving::go(&place);
    });
    notification.set_onclick(Some(go.into_js_value().unchecked_ref()));
}

fn shown(title: &str, body: &str, tag: &str) -> Option<Notification> {
    if permission() != Permission::Granted || !page::document().hidden() {
        return None;
    }
    let options = NotificationOptions::new();
    options.set_body(body);
    options.set_tag(tag);
    Notification::new_with_options(title, &options).ok()
}
