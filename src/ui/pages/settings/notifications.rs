//! Notifications of the system: whether somebody wants them, and why there are none.

use super::section::Section;
use crate::{
    browser::notify,
    state::{Frame, inbox::Inbox},
    ui::parts::Icon,
};
use leptos::{ev, prelude::*, task::spawn_local};

#[component]
pub fn Notifications() -> impl IntoView {
    let notices = Frame::use_frame().notices;
    let permission = RwSignal::new(notify::permission());
    let wanted = RwSignal::new(Inbox::rings());
    let on = move || wanted.get() && permission.get() == notify::Permission::Granted;
    let keep = move |want: bool| {
        if Inbox::let_ring(want) {
            wanted.set(want);
        } else {
            notices.tell("This browser does not let the page store anything, so it cannot keep this choice.");
        }
    };
    let choose = move |event: ev::Event| {
        let want = event_target_checked(&event);
        if !want {
            return keep(false);
        }
        spawn_local(async move {
            let given = notify::ask().await;
            if permission.try_set(given).is_none() && given == notify::Permission::Granted {
                keep(true);
            }
            // A box that may not be ticked is not.
            wanted.try_update(|_| ());
        });
    };
    let why_not = move || match (notify::is_possible(), permission.get()) {
        (false, _) => {
            Some("This browser does not notify on this address: it takes https, and a browser that can.")
        }
        (true, notify::Permission::Denied) => Some(
            "The browser does not let this site notify. Allow it in the browser's settings of this site, then reload this page.",
        ),
        _ => None,
    };
    view! {
        <Section id="notifications" title="Notifications">
            <label class="switch">
                <input type="checkbox" name="inbox-notify" disabled=move || why_not().is_some() prop:checked=on on:change=choose/>
                "Tell me when a customer writes"
            </label>
            <p class="note">"It comes while the inbox is open in a tab that nobody looks at, once for each conversation, with the name of the contact and never the words."</p>
            {move || why_not().map(|why| view! { <p class="warning" role="status"><Icon name="alert"/><span>{why}</span></p> })}
        </Section>
    }
}
