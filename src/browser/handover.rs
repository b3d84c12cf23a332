//! How the start module hands the page over to the console module: the one calls, the loader fetches
//! the other, and that one asks the first to leave before it mounts itself.

use super::page;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::Event;

/// The loader listens for it.
const CALL: &str = "switchboard:console";
/// The start module listens for it.
const LEAVE: &str = "switchboard:leave";

/// Set where the person went from the start page to another place.
const NAVIGATED: &str = "data-navigated";

/// Asks for the console module. `navigated`: the start page was shown before.
pub fn call(navigated: bool) {
    if navigated {
        // The attribute's name is a constant that every element takes.
        drop(page::body().set_attribute(NAVIGATED, ""));
    }
    tell(CALL);
}

/// Runs once, when the console module takes the page over.
pub fn leave_when_called(leave: impl FnOnce() + 'static) {
    let leave = Closure::once_into_js(leave);
    // A window takes any listener; were this one missing, two frames would be seen.
    drop(page::window().add_event_listener_with_callback(LEAVE, leave.unchecked_ref()));
}

/// Makes room for the console module; tells whether the start page was shown before.
pub fn take() -> bool {
    tell(LEAVE);
    let body = page::body();
    let navigated = body.has_attribute(NAVIGATED);
    drop(body.remove_attribute(NAVIGATED));
    navigated
}

fn tell(event: &str) {
    if let Ok(event) = Event::new(event) {
        // Nobody cancels it, so there is no answer to look at.
        drop(page::window().dispatch_event(&event));
    }
}
