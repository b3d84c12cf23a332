//! How the start module hands the page over to the console module: the one calls, the loader fetches
//! the other, and that one asks the first to leave before it mounts itself.

use super::{focus, page};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::Event;

/// The loader listens for it.
const CALL: &str = "switchboard:console";
/// The start module listens for it.
const LEAVE: &str = "switchboard:leave";

/// Why the page changes hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The page was opened at a place that the start module does not have.
    Opened,
    /// The person went there from the start page.
    Went,
    /// The person wants to go somewhere, and is to be asked where.
    Wherever,
    /// There is something to go on with; the person need not notice.
    Unnoticed,
}

impl Why {
    const ALL: [Why; 4] = [Why::Opened, Why::Went, Why::Wherever, Why::Unnoticed];

    const fn word(self) -> &'static str {
        match self {
            Why::Opened => "opened",
            Why::Went => "went",
            Why::Wherever => "wherever",
            Why::Unnoticed => "unnoticed",
        }
    }
}

/// Where the reason stands until the console module takes it.
const WHY: &str = "data-handover";

/// Asks for the console module. What the person did counts more than what the page does by itself.
pub fn call(why: Why) {
    if why != Why::Unnoticed || !page::body().has_attribute(WHY) {
        // The attribute's name is a constant that every element takes.
        drop(page::body().set_attribute(WHY, why.word()));
    }
    tell(CALL);
}

/// Runs once, when the console module takes the page over.
pub fn leave_when_called(leave: impl FnOnce() + 'static) {
    let leave = Closure::once_into_js(leave);
    // A window takes any listener; were this one missing, two frames would be seen.
    drop(page::window().add_event_listener_with_callback(LEAVE, leave.unchecked_ref()));
}

/// What the start module leaves to the console module.
#[derive(Clone, Debug)]
pub struct Left {
    pub why: Why,
    /// A selector of what had the focus.
    pub focused: Option<String>,
    /// The ids of what stood open.
    pub open: Vec<String>,
}

/// Makes room for the console module; tells how the person left the page.
pub fn take() -> Left {
    let (focused, open) = (focus::selector(), page::expanded());
    tell(LEAVE);
    let body = page::body();
    let word = body.get_attribute(WHY).unwrap_or_default();
    drop(body.remove_attribute(WHY));
    let why = Why::ALL.into_iter().find(|why| why.word() == word).unwrap_or(Why::Opened);
    Left { why, focused, open }
}

fn tell(event: &str) {
    if let Ok(event) = Event::new(event) {
        // Nobody cancels it, so there is no answer to look at.
        drop(page::window().dispatch_event(&event));
    }
}
