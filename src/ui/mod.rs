//! What people see. Pages read the context; components take props; neither calls the browser's
//! network or storage itself, that is what `state` is for.

mod app;
mod change;
mod crash;
mod finder;
mod form;
mod pages;
mod parts;
mod places;
mod shell;

use crate::browser::{
    handover::{self, Why},
    leaving, page,
};
use leptos::prelude::*;

/// Mounts the start module: the frame and the start page.
pub fn start() {
    crash::install();
    // The owner is ours, so that everything the module listens to ends with it.
    let owner = Owner::new();
    let mounted = owner.with(|| mount_to(page::body(), app::Start));
    handover::leave_when_called(move || {
        drop(mounted);
        owner.cleanup();
    });
}

/// Mounts the console module in place of the start module. Whoever came here from the start page
/// begins at this page's title; whoever opened this address begins at its top.
pub fn console() {
    crash::install();
    page::watch_presses();
    leaving::listen();
    let (why, focused) = handover::take();
    mount_to(page::body(), move || app::console(why == Why::Wherever)).forget();
    match (why, focused) {
        (Why::Went, _) => page::focus_soon("main h1".into()),
        (Why::Unnoticed, Some(link)) => page::focus_soon(link),
        _ => {}
    }
}
