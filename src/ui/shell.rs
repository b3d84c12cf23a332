//! The frame around every page: places, the active connections, notices, and the focus after a change
//! of page.

use super::{
    finder,
    parts::Icon,
    places::{HOME, INBOX, NUMBERS, PLACES, Place, REQUESTS, SEND},
};
use crate::{
    browser::{focus, page},
    catalogue::provider::Provider,
    state::Frame,
};
use leptos::{ev, prelude::*};

/// Where there is room for no more, these are shown and the others come with *More*.
static FIRST: [&Place; 5] = [&HOME, &NUMBERS, &INBOX, &SEND, &REQUESTS];

/// Where the frame is above and below the page, not beside it; as in style/frame.css.
const SMALL: &str = "(max-width: 768px)";

/// The ids of what opens something in the frame, and is found again in the next module's frame.
const MORE: &str = "more-places";
const SWITCH: &str = "world-switch";

#[component]
pub fn Shell(
    /// Path of the place that is shown.
    #[prop(into)]
    path: Signal<String>,
    /// Runs when the person wants to go somewhere that no link on the page leads to.
    #[prop(into)]
    find: Callback<()>,
    /// The ids of what stood open in the frame before this one.
    #[prop(optional)]
    open: Vec<String>,
    children: Children,
) -> impl IntoView {
    let more = RwSignal::new(open.iter().any(|id| id == MORE));
    let choosing = open.iter().any(|id| id == SWITCH);
    let small = RwSignal::new(page::is_media(SMALL));
    let resize = window_event_listener(ev::resize, move |_| {
        let now = page::is_media(SMALL);
        if small.get_untracked() != now {
            small.set(now);
        }
    });
    // A new page begins at its title, for the keyboard and for screen readers.
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            // A place may begin further on, as a conversation does beside its list.
            focus::first_soon(vec!["main [data-arrival]".into(), "main h1".into()]);
            more.set(false);
        }
        now
    });
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && more.get_untracked() {
            more.set(false);
            focus::soon(format!("#{MORE}"));
        }
    });
    on_cleanup(move || {
        escape.remove();
        resize.remove();
    });
    let worlds = move || view! { <Worlds choosing/> };
    view! {
        <a class="skip" href="#main" on:click=|event| {
            event.prevent_default();
            focus::soon("main h1".into());
        }>"Skip to the page"</a>
        <div class="frame">
            <nav class="places" aria-label="Places">
                <p class="brand"><Icon name="switchboard"/>"Switchboard"</p>
                {move || small.get().then(worlds)}
                <button type="button" class="go-to" id="go-to" on:click=move |_| find.run(())>
                    <Icon name="search"/>
                    <span>"Go to…"</span>
                    <kbd>{finder::KEYS}</kbd>
                </button>
                <PlaceList path small more/>
                {move || (!small.get()).then(worlds)}
            </nav>
            <div class="stage">
                <NoticeBar/>
                <main id="main">{children()}</main>
            </div>
        </div>
    }
}

/// All places; where there is room for the first alone, the others come with *More*.
#[component]
fn PlaceList(path: Signal<String>, small: RwSignal<bool>, more: RwSignal<bool>) -> impl IntoView {
    let hands = Frame::use_frame().hands;
    let rest = || PLACES.into_iter().filter(|place| !FIRST.contains(place));
    let beyond = move || path.with(|path| rest().any(|place| place.holds(path)));
    let beyond_hands = move || rest().map(|place| hands.at(place.path)).sum();
    let item = move |place: &'static Place| {
        view! {
            <li class:rest=!FIRST.contains(&place)>
                <a href=page::place(place.path) class="place" aria-current=move || path.with(|path| place.holds(path)).then_some("page")>
                    <Icon name=place.icon/>
                    <span>{place.name}</span>
                    <Hands count=Signal::derive(move || hands.at(place.path))/>
                </a>
            </li>
        }
    };
    let more_item = move || {
        view! {
            <li class="more">
                <button type="button" class="place" class:here=beyond id=MORE aria-expanded=move || if more.get() { "true" } else { "false" } on:click=move |_| more.update(|more| *more = !*more)>
                    <Icon name="more"/>
                    <span>"More"</span>
                    <Hands count=Signal::derive(beyond_hands)/>
                </button>
            </li>
        }
    };
    // Tab goes as the eye does: from *More* to what it has opened.
    let items = move || match small.get() {
        true => {
            let first = FIRST.map(item).collect_view();
            (first, Some(more_item()), rest().map(item).collect_view())
        }
        false => (PLACES.map(item).collect_view(), None, vec![]),
    };
    view! { <ul class:open=more>{items}</ul> }
}

/// How many matters of a place, or of several, wait for a person.
#[component]
fn Hands(count: Signal<usize>) -> impl IntoView {
    let count = Memo::new(move |_| count.get());
    move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                <span class="hands"><span aria-hidden="true">{count}</span><span class="unseen">{format!(", {count} to look at")}</span></span>
            }
        })
    }
}

/// The active connection of each provider, visible on every page and switchable there.
#[component]
fn Worlds(
    /// Whether the choice stands open.
    choosing: bool,
) -> impl IntoView {
    let connections = Frame::use_frame().connections;
    let row = move |provider: Provider| {
        let options = move || {
            let active = connections.active(provider).map(|connection| connection.id);
            connections
                .of(provider)
                .into_iter()
                .map(|connection| {
                    let selected = Some(&connection.id) == active.as_ref();
                    let kind = if connection.is_sandbox() { "" } else { "Live: " };
                    view! {
                        <option value=connection.id.clone() prop:selected=selected>
                            {format!("{kind}{}", connection.label)}
                        </option>
                    }
                })
                .collect_view()
        };
        let live = move || connections.active(provider).is_some_and(|connection| !connection.is_sandbox());
        view! {
            <label class="world-row" class:live=live>
                <span>{provider.name()}</span>
                <select id=format!("world-of-{}", provider.id()) on:change=move |event| connections.choose(provider, &event_target_value(&event))>
                    {options}
                </select>
            </label>
        }
    };
    // On a small screen the rows open from one line; beside a wide page they are always there.
    let live = move || {
        let active = Provider::ALL.into_iter().filter_map(|provider| connections.active(provider));
        active.filter(|connection| !connection.is_sandbox()).collect::<Vec<_>>()
    };
    let summary = move || {
        let names: Vec<&str> = live().iter().map(|connection| connection.provider.name()).collect();
        let any = Provider::ALL.into_iter().any(|provider| connections.active(provider).is_some());
        match (any, names.is_empty()) {
            (false, _) => "No connection".to_owned(),
            (_, true) => "Sandbox".to_owned(),
            (_, false) => format!("Live: {}", names.join(", ")),
        }
    };
    let open = RwSignal::new(choosing);
    view! {
        <section class="worlds" aria-label="Active connections">
            <Show when=move || connections.loaded()>
                <button
                    type="button"
                    id=SWITCH
                    class="worlds-switch"
                    class:live=move || !live().is_empty()
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-controls="world-rows"
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {summary}
                    <Icon name="down"/>
                </button>
                <div id="world-rows" class="world-rows" class:open=open>{Provider::ALL.map(row).collect_view()}</div>
            </Show>
        </section>
    }
}

#[component]
fn NoticeBar() -> impl IntoView {
    let Frame { notices, release, .. } = Frame::use_frame();
    view! {
        <div class="notices" role="status">
            <Show when=move || release.is_waiting()>
                <p class="notice newer">
                    <Icon name="refresh"/>
                    <span>"A new version is ready. Drafts are kept; keys that are not in the vault are entered again."</span>
                    <button type="button" on:click=move |_| release.take()>"Reload now"</button>
                    <button type="button" on:click=move |_| release.put_off()>"Later"</button>
                </p>
            </Show>
            <For each=move || notices.all() key=String::clone let:notice>
                <p class="notice">
                    <Icon name="alert"/>
                    <span>{notice.clone()}</span>
                    <button type="button" on:click=move |_| notices.dismiss(&notice)>"Dismiss"</button>
                </p>
            </For>
        </div>
    }
}
