//! A second's beat for what counts up or down on a page.

use crate::browser::page;
use leptos::prelude::*;
use std::time::Duration;

/// Unix milliseconds, renewed every second for as long as the component lives.
pub fn seconds() -> ReadSignal<u64> {
    let (now, set) = signal(page::now());
    let tick = set_interval_with_handle(move || set.set(page::now()), Duration::from_secs(1));
    on_cleanup(move || {
        tick.inspect(|tick| tick.clear()).ok();
    });
    now
}
