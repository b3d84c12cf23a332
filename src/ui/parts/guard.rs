//! Asks before changes that are not saved are left. It knows nothing of what was changed, only
//! whether, and one sentence about it.

use super::Dialog;
use crate::browser::leaving::{self, Watch, Way};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

#[component]
pub fn Guard(
    /// Id of the question's heading, unlike any other of the page.
    id: &'static str,
    #[prop(default = "Leave without saving?")] title: &'static str,
    /// Whether something would be lost.
    dirty: Signal<bool>,
    /// Whether another query of the address is a step of the same page, where nothing is lost.
    #[prop(default = true)]
    steps: bool,
    /// What would be lost or kept.
    #[prop(into)]
    sentence: String,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    // Whether other changes of this page are lost as well.
    let more = RwSignal::new(false);
    let tried: StoredValue<Option<Way>, LocalStorage> = StoredValue::new_local(None);
    let watch: StoredValue<Option<Watch>, LocalStorage> = StoredValue::new_local(None);
    let location = use_location();
    let start = move || {
        // The router has not heard of a way that is stopped, so it still tells where this page is.
        let here = move || {
            let search = location.search.get_untracked();
            let query = if search.is_empty() { search } else { format!("?{search}") };
            location.pathname.get_untracked() + &query
        };
        Watch::start(
            steps,
            here,
            move || asking.get_untracked(),
            move |way| {
                tried.set_value(Some(way));
                more.set(watch.with_value(|watch| watch.as_ref().is_some_and(Watch::is_one_of_several)));
                asking.set(true);
            },
        )
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
        if let Some(Way::Link(link)) = tried.try_update_value(Option::take).flatten() {
            // A link that is gone leaves the focus where the browser put it.
            drop(link.focus());
        }
    };
    let leave = move |_| {
        let way = tried.try_update_value(Option::take).flatten();
        asking.set(false);
        if let Some(way) = way {
            // The router hears of it now, and shows the other page a little later.
            leaving::leave(way);
        }
    };
    view! {
        <Dialog id title=title open=asking closed=Callback::new(closed)>
            <p>{sentence}{move || more.get().then_some(" Other changes on this page are not saved either.")}</p>
            <div class="foot">
                <button type="button" autofocus on:click=move |_| asking.set(false)>"Stay"</button>
                <button type="button" class="danger" on:click=leave>"Leave the page"</button>
            </div>
        </Dialog>
    }
}
