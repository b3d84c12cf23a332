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

use crate::browser::{handover, leaving, page};
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

/// Mounts the console module in place of the start module.
pub fn console() {
    crash::install();
    page::watch_presses();
    leaving::listen();
    let left = handover::take();
    mount_to(page::body(), move || app::console(left)).forget();
}
