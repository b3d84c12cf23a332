//! Whether calls are noted in the history, and for how long: for the page of the history, and for that of
//! the settings.

use crate::{
    browser::locale,
    domain::activity::{
        KEEP,
        keeping::{Keeping, Stay},
    },
    state::App,
};
use leptos::prelude::*;

#[component]
pub fn HistorySettings() -> impl IntoView {
    let activity = App::use_app().activity;
    let said = RwSignal::new(String::new());
    let switch = move |event| {
        let on = event_target_checked(&event);
        activity.choose(Keeping { on, ..activity.keeping() });
        said.set(if on {
            "Calls are noted from now on.".into()
        } else {
            "Nothing is noted from now on. What is in the history stays until it is removed.".to_owned()
        });
    };
    let choose = move |stay: Stay| {
        activity.choose(Keeping { stay, ..activity.keeping() });
        said.set(match stay {
            Stay::Room => "Calls stay until newer ones take their room.".to_owned(),
            stay => format!("Calls older than {} are removed from now on.", stay.label()),
        });
    };
    let radio = move |stay: Stay| {
        view! {
            <label class="switch">
                <input type="radio" name="history-stay" value=stay.id() prop:checked=move || activity.keeping().stay == stay on:change=move |_| choose(stay)/>
                {stay.label()}
            </label>
        }
    };
    let most = move || {
        let most = locale::number(KEEP as usize);
        format!(
            "Never more than the newest {most} that could change something, and the newest {most} that only read. Older ones are removed at once when you choose, and every hour after that. The choice holds for all tabs of this browser."
        )
    };
    view! {
        <label class="switch">
            <input type="checkbox" name="history-on" prop:checked=move || activity.keeping().on on:change=switch/>
            "Note the calls that leave this device"
        </label>
        <p class="note">"Without it, this device does not tell later what was sent, what was answered and how long it took, and an earlier call cannot be opened again as a form. Everything else works as before: sending, the attempts that are counted, numbers, conversations and drafts do not use the history."</p>
        <fieldset class="choices">
            <legend>"Keep calls"</legend>
            {Stay::ALL.map(radio).collect_view()}
        </fieldset>
        <p class="note">{most}</p>
        <p role="status">{said}</p>
    }
}
