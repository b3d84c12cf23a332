//! Where Tab stops among the messages: at the controls of the one that has the focus. All others are passed
//! over, so that from the messages it is not far to where one writes. How the focus gets from message to
//! message is in `rove`.

use crate::browser::focus;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, MutationObserver, MutationObserverInit};

/// A message, as what is in it finds it.
pub const ROW: &str = ".thread-rows > [data-message-id]";
/// What Tab would stop at.
const STOP: &str =
    ":is(a[href], button, summary, audio, video, input, select, textarea, [tabindex]):not([tabindex='-1'])";
/// On what was passed over: what it had for `tabindex` before.
const PASSED: &str = "data-passed";

/// Lets Tab stop in the message that has the focus, and nowhere else in these rows.
pub fn sort(rows: &Element) {
    let at = focus::around(ROW);
    for stop in all(rows, STOP) {
        if at.as_ref().is_none_or(|at| !at.contains(Some(&stop))) {
            let before = stop.get_attribute("tabindex").unwrap_or_default();
            set(&stop, PASSED, Some(&before));
            set(&stop, "tabindex", Some("-1"));
        }
    }
    for stop in at.iter().flat_map(|at| all(at, &format!("[{PASSED}]"))) {
        let before = stop.get_attribute(PASSED).filter(|before| !before.is_empty());
        set(&stop, "tabindex", before.as_deref());
        set(&stop, PASSED, None);
    }
}

fn all(within: &Element, selector: &str) -> Vec<Element> {
    // Selectors without a fault.
    let Ok(found) = within.query_selector_all(selector) else { return vec![] };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn set(element: &Element, attribute: &str, value: Option<&str>) {
    // These are names that an attribute may have.
    drop(match value {
        Some(value) => element.set_attribute(attribute, value),
        None => element.remove_attribute(attribute),
    });
}

/// Sorts them whenever something in them comes or goes, for as long as it is kept.
pub struct Stops {
    observer: MutationObserver,
    _sort: Closure<dyn Fn()>,
}

impl Stops {
    /// `None` in a browser that does not tell of what comes and goes: there, Tab stops in more messages.
    pub fn watch(rows: &Element) -> Option<Stops> {
        let of = rows.clone();
        let again = Closure::<dyn Fn()>::new(move || sort(&of));
        let observer = MutationObserver::new(again.as_ref().unchecked_ref()).ok()?;
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        observer.observe_with_options(rows, &options).ok()?;
        sort(rows);
        Some(Stops { observer, _sort: again })
    }
}

impl Drop for Stops {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
