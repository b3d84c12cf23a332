//! One conversation: its head, and its messages as far as they are near what is seen. What a message
//! looks like is in `row`, where it stands in `scroll`.

use super::{
    aside::{self, Aside},
    composer::{Composer, Composing},
    details::Details,
    find::{Find, FindBar},
    follow, name_of,
    rove::Rove,
    row::{Line, Row},
    scroll::Scroll,
    window,
};
use crate::{
    browser::{locale, page, threads::Key},
    domain::{connection::Connection, phone, thread::entry::Place},
    state::{App, inbox::Thread},
    ui::parts::{Icon, Trouble},
};
use leptos::prelude::*;
use leptos_router::components::A;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::ResizeObserver;

/// Rows from the oldest that is stored at which older ones are read from the provider.
const NEAR_THE_TOP: usize = 30;
/// Milliseconds between two messages of one side that still belong together.
const TOGETHER: u64 = 5 * 60_000;

#[component]
pub fn ThreadPane(
    connection: Connection,
    key: Key,
    /// Whether the details are open, whichever conversation is.
    aside: Aside,
) -> impl IntoView {
    let app = App::use_app();
    let thread = Thread::open(app, &connection, key.clone());
    follow(app, &key, thread.ready);
    let scroll = Scroll::new();
    let fresh = RwSignal::new(0_usize);
    hear(app, thread, scroll, fresh);
    let find = Find::new(thread, scroll);
    // Older messages shift the rows, and may have the words as well.
    Effect::new(move |before: Option<usize>| {
        let rows = thread.opened().head.len();
        if before.is_some_and(|before| before != rows) && find.open.get_untracked() {
            find.again();
        }
        rows
    });
    Effect::new(move |_| find.approach());
    let shared = StoredValue::new(connection.clone());
    let look = move || {
        // Seen is what is on the screen of somebody who looks at it.
        let shown = !page::document().hidden() && !aside.covers();
        if scroll.at_end.get() && thread.ready.get() && shown {
            thread.revision.track();
            shared.with_value(|connection| app.inbox.seen(app, connection, thread));
        }
    };
    Effect::new(move |_| look());
    let back = leptos::leptos_dom::helpers::window_event_listener_untyped("visibilitychange", move |_| {
        untrack(look)
    });
    on_cleanup(move || back.remove());
    let name = called(app, &key);
    let window = window::window(app, thread);
    let sent = Callback::new(move |()| scroll.to_end());
    let composing = Composing::new(app, &connection, &key, name, window, sent);
    provide_context(composing);
    show_leaving(app, thread, scroll);
    let words = window::words(window);
    aside.arrive();
    let details = {
        let (connection, key) = (connection.clone(), key.clone());
        move || view! { <Details connection=connection.clone() key=key.clone() window=words aside/> }
    };
    view! {
        <Head key=key.clone() name window=words find aside/>
        <Show when=move || find.open.get()><FindBar find/></Show>
        <div class="thread-body">
            <Messages thread scroll connection find/>
            <Show when=move || !scroll.at_end.get()>
                <p class="to-end">
                    <button type="button" class="primary" on:click=move |_| { fresh.set(0); scroll.to_end() }>
                        {move || match fresh.get() {
                            0 => "To the newest message".to_owned(),
                            1 => "1 new message".to_owned(),
                            count => format!("{count} new messages"),
                        }}
                        <Icon name="down"/>
                    </button>
                </p>
            </Show>
        </div>
        <div class="unseen" role="status">{move || match fresh.get() {
            0 => String::new(),
            1 => "A new message came.".to_owned(),
            count => format!("{count} new messages came."),
        }}</div>
        <Composer composing/>
        {move || aside.open.get().then(details.clone())}
    }
}

/// Takes in what is stored of the conversation while it is open; what is read stays where it is.
fn hear(app: App, thread: Thread, scroll: Scroll, fresh: RwSignal<usize>) {
    Effect::new(move |begun: Option<bool>| {
        let ready = thread.ready.get();
        if ready && begun != Some(true) {
            scroll.begin(thread.opened_untracked().head.len());
        }
        ready
    });
    app.inbox.listen(&thread.key(), move |merged| {
        if !thread.ready.get_untracked() {
            return;
        }
        let before = scroll.rows_in_all();
        let eye = eye(thread, scroll);
        let at_end = scroll.at_end.get_untracked();
        thread.hear(&merged);
        let rows = merged.opened.head.len();
        let added = &merged.change.added;
        if before == 0 {
            scroll.begin(rows);
        } else if before + added.len() == rows {
            scroll.added(added);
            let newer = added.iter().filter(|row| **row >= before).count();
            if newer > 0 {
                if at_end { scroll.to_end() } else { fresh.update(|fresh| *fresh += newer) }
            }
        } else {
            let eye = eye.filter(|_| !at_end);
            scroll.renewed(rows, eye.and_then(|(place, offset)| Some((thread.row_of(&place)?, offset))));
        }
    });
    Effect::new(move |_| {
        if scroll.at_end.get() {
            fresh.set(0);
        }
    });
}

/// The message that the eye holds on to, and how far above the top it begins.
fn eye(thread: Thread, scroll: Scroll) -> Option<(Place, f64)> {
    match scroll.anchor() {
        crate::domain::extent::Anchor::Row { row, offset } => Some((thread.entry(row)?.place, offset)),
        crate::domain::extent::Anchor::End => None,
    }
}

/// How the contact is called.
fn called(app: App, key: &Key) -> Signal<String> {
    let key = key.clone();
    let name = Memo::new(move |_| {
        let row = app.inbox.conversation(&key);
        row.as_ref().map_or("this contact".to_owned(), name_of)
    });
    name.into()
}

/// Messages on their way out stand below those that are stored.
fn show_leaving(app: App, thread: Thread, scroll: Scroll) {
    let key = thread.key();
    let leaving = Memo::new(move |_| app.outbox.queue(&key));
    Effect::new(move |_| {
        let queue = leaving.get();
        scroll.set_tail(queue.len());
        thread.leaving.set(queue);
        thread.revision.update(|revision| *revision += 1);
    });
}

#[component]
fn Head(key: Key, name: Signal<String>, window: Memo<String>, find: Find, aside: Aside) -> impl IntoView {
    let app = App::use_app();
    let key = StoredValue::new(key);
    let row = Memo::new(move |_| key.with_value(|key| app.inbox.conversation(key)));
    let heading = move || if row.with(Option::is_some) { name.get() } else { "Conversation".to_owned() };
    let number = move || {
        row.with(|row| row.as_ref().map(|row| row.phone_number.clone()))
            .filter(|number| *number != name.get())
    };
    let ended = move || row.with(|row| row.as_ref().is_some_and(|row| row.is_ended()));
    view! {
        <header class="thread-head">
            <A href=page::place("/inbox") attr:class="thread-back" attr:aria-label="Back to the conversations"><Icon name="left"/></A>
            <div class="thread-who">
                <h2 tabindex="-1" data-arrival="" dir="auto">{heading}</h2>
                <p class="note figures">
                    {move || number().map(|number| view! { <span dir="ltr">{phone::shown(&number)}</span> })}
                    {move || ended().then_some(" · ended")}
                </p>
            </div>
            <p class="thread-window note figures" title=window::MEANING>"24-hour window: "{window}</p>
            <button type="button" aria-expanded=move || if find.open.get() { "true" } else { "false" } on:click=move |_| find.begin()>"Find"</button>
            <button type="button" id=aside::BUTTON aria-expanded=move || if aside.open.get() { "true" } else { "false" } on:click=move |_| aside.toggle() on:keydown=move |event| aside.pressed(&event)>"Details"</button>
        </header>
    }
}

#[component]
fn Messages(thread: Thread, scroll: Scroll, connection: Connection, find: Find) -> impl IntoView {
    let app = App::use_app();
    let connection = StoredValue::new(connection);
    let drawn = scroll.drawn;
    let rove = Rove::new(thread, scroll, find);
    let rows = Memo::new(move |_| {
        thread.revision.get();
        let range = drawn.with(|drawn| drawn.rows.clone());
        lines(thread, range, thread.read_before().as_ref(), find.hit())
    });
    Effect::new(move |_| {
        let range = drawn.with(|drawn| drawn.rows.clone());
        thread.want(&range);
        // What failed is tried again at a press: its reason alone moves what is drawn.
        if range.start < NEAR_THE_TOP && thread.trouble.with_untracked(Option::is_none) {
            thread.older();
        }
    });
    // Rows are as high as the browser makes them, so they are measured before they are painted.
    Effect::new(move |_| {
        rows.track();
        drawn.track();
        leptos::task::spawn_local(async move {
            scroll.measure();
            rove.settle();
        });
    });
    let observer = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn Fn()>)>);
    Effect::new(move |_| {
        let (Some(scroller), Some(inner)) = (scroll.scroller.get(), scroll.rows.get()) else { return };
        let measure = Closure::<dyn Fn()>::new(move || scroll.measure());
        if let Ok(watch) = ResizeObserver::new(measure.as_ref().unchecked_ref()) {
            watch.observe(&scroller);
            watch.observe(&inner);
            observer.set_value(Some((watch, measure)));
        }
        if thread.ready.get_untracked() {
            scroll.to_end();
        }
    });
    on_cleanup(move || {
        if let Some((watch, _)) = observer.try_update_value(Option::take).flatten() {
            watch.disconnect();
        }
    });
    let empty = move || {
        thread.ready.get()
            && thread.opened().head.is_empty()
            && thread.leaving.with(|leaving| leaving.is_empty())
    };
    let fresh = Memo::new(move |_| connection.with_value(|connection| app.inbox.freshness(&connection.id)));
    let again = move |()| thread.older();
    let key = StoredValue::new(thread.key());
    let newest = Memo::new(move |_| key.with_value(|key| app.inbox.trouble(key)));
    let unmarked = Memo::new(move |_| key.with_value(|key| app.inbox.not_marked(key)));
    let mark = move |()| {
        connection.with_value(|connection| key.with_value(|key| app.inbox.mark_now(app, connection, key)));
    };
    let newest_again = move |()| connection.with_value(|connection| app.inbox.refresh(&connection.id));
    let old = move || {
        let newest = thread.opened().head.blocks.last().map(|block| locale::moment(block.last.at, false));
        newest.map_or(String::new(), |at| format!(" What is shown ends at {at}."))
    };
    view! {
        <div class="thread-scroll" role="log" aria-live="off" aria-label="Messages" tabindex="0" node_ref=scroll.scroller on:scroll=move |_| scroll.scrolled() on:keydown=move |event| rove.pressed(&event)>
            <div class="thread-inner">
                <div class="thread-rows" node_ref=scroll.rows style:transform=move || drawn.with(|drawn| format!("translateY({}px)", drawn.top))>
                    <For each=move || rows.get() key=|line| line.key.clone() let:line>
                        <Row line thread/>
                    </For>
                </div>
            </div>
            <Show when=empty>
                <p class="empty">{move || if fresh.with(|fresh| fresh.read_at.is_some()) { "No message is in this conversation." } else { "No message of this conversation is stored here yet." }}</p>
            </Show>
        </div>
        <Show when=move || thread.reading_older.get()>
            <p class="reading-older" role="status">"Reading older messages…"</p>
        </Show>
        {move || newest.get().map(|failure| view! {
            <div class="thread-trouble"><p>"The newest messages could not be read."{old}</p><Trouble failure connection=connection.get_value() again=newest_again/></div>
        })}
        {move || unmarked.get().map(|failure| view! {
            <div class="thread-trouble"><p>"Kapso could not be told that you have read this, so the contact may not see it."</p><Trouble failure connection=connection.get_value() again=mark/></div>
        })}
        {move || thread.trouble.get().map(|failure| view! {
            <div class="thread-trouble"><p>"Older messages could not be read."</p><Trouble failure connection=connection.get_value() again/></div>
        })}
    }
}

/// What is drawn in a range of rows.
fn lines(
    thread: Thread,
    range: std::ops::Range<usize>,
    read_to: Option<&Place>,
    hit: Option<usize>,
) -> Vec<Line> {
    let mut before = range.start.checked_sub(1).and_then(|row| thread.entry(row));
    let stored = thread.opened_untracked().head.len();
    let leaving = thread.leaving.get_untracked();
    let now = page::now();
    range
        .map(|row| {
            if let Some(item) = row.checked_sub(stored).and_then(|at| leaving.get(at)) {
                return Line::leaving(item, item.is_stale(now));
            }
            let Some(entry) = thread.entry(row) else {
                before = None;
                return Line::waiting(row);
            };
            let at = entry.place.at;
            let new_day =
                row == 0 || before.as_ref().is_some_and(|before| !locale::same_day(before.place.at, at));
            let together = before.as_ref().is_some_and(|before| {
                before.inbound == entry.inbound && at.saturating_sub(before.place.at) < TOGETHER
            });
            let is_unread = |place: &Place| read_to.is_some_and(|read| place > read);
            let unread_line = entry.inbound
                && is_unread(&entry.place)
                && before.as_ref().is_some_and(|before| !is_unread(&before.place));
            let day = new_day.then(|| locale::day(at));
            let line = Line::new(&entry, day, together && !new_day, unread_line, hit == Some(row));
            before = Some(entry);
            line
        })
        .collect()
}
