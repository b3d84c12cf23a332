//! Asks before changes that are not saved are left. It knows nothing of what was changed, only
//! whether, and one sentence about it.

use super::Dialog;
use crate::browser::leaving::Watch;
use leptos::prelude::*;
use web_sys::HtmlAnchorElement;

#[component]
pub fn Guard(
    /// Id of the question's heading, unlike any other of the page.
    id: &'static str,
    /// Whether something would be lost.
    dirty: Signal<bool>,
    /// What would be lost or kept.
    #[prop(into)]
    sentence: String,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let link: StoredValue<Option<HtmlAnchorElement>, LocalStorage> = StoredValue::new_local(None);
    let watch: StoredValue<Option<Watch>, LocalStorage> = StoredValue::new_local(None);
    let start = move || {
        Watch::start(move |pressed| {
            link.set_value(Some(pressed));
            asking.set(true);
        })
    };
    Effect::new(move |_| {
        let dirty = dirty.get();
        watch.update_value(|watch| match (dirty, watch.is_some()) {
            (true, false) => *watch = Some(start()),
            (false, _) => *watch = None,
            (true, true) => {}
        });
    });
    on_cleanup(move || drop(watch.try_update_value(Option::take)));
    let closed = move |()| {
        if let Some(link) = link.try_update_value(Option::take).flatten() {
            // A link that is gone leaves the focus where the browser put it.
            drop(link.focus());
        }
    };
    let leave = move |_| {
        let link = link.try_update_value(Option::take).flatten();
        drop(watch.try_update_value(Option::take));
        asking.set(false);
        if let Some(link) = link {
            // The router takes this press like the first one. It shows the other page a little later.
            link.click();
        }
        // Where it led nowhere, the changes are still guarded.
        if dirty.try_get_untracked() == Some(true) {
            watch.try_update_value(|watch| *watch = Some(start()));
        }
    };
    view! {
        <Dialog id title="Leave without saving?" open=asking closed=Callback::new(closed)>
            <p>{sentence}</p>
            <div class="foot">
                <button type="button" autofocus on:click=move |_| asking.set(false)>"Stay"</button>
                <button type="button" class="danger" on:click=leave>"Leave the page"</button>
            </div>
        </Dialog>
    }
}
