//! The messages of a conversation as far as they are near what is seen, and what is wrong with the reading of
//! them. What a message looks like is in `row`, where it stands in `scroll`.

use super::{
    find::Find,
    keyed::keyed,
    rove::{Rove, SCROLLER},
    row::{Line, Row},
    scroll::Scroll,
    stops::Stops,
};
use crate::{
    browser::{focus, locale, page},
    domain::{connection::Connection, thread::entry::Place},
    state::{
        App,
        inbox::{MOST_MISSED, Thread},
    },
    ui::parts::{Icon, Trouble, seconds},
};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::ResizeObserver;

/// Rows from the oldest that is stored at which older ones are read from the provider.
const NEAR_THE_TOP: usize = 30;
/// Milliseconds between two messages of one side that still belong together.
const TOGETHER: u64 = 5 * 60_000;

#[component]
pub fn Messages(thread: Thread, scroll: Scroll, connection: Connection, find: Find) -> impl IntoView {
    let app = App::use_app();
    let connection = StoredValue::new(connection);
    let drawn = scroll.drawn;
    let rove = Rove::new(thread, scroll, find);
    // What waits to leave for too long does not leave by itself any more.
    let now = seconds();
    let minute = Memo::new(move |_| now.get() / 60_000);
    let rows = Memo::new(move |_| {
        thread.revision.get();
        if thread.leaving.with(|leaving| !leaving.is_empty()) {
            minute.track();
        }
        let range = drawn.with(|drawn| drawn.rows.clone());
        lines(thread, range, thread.read_before().as_ref(), find.hit())
    });
    keyed(rows, scroll.rows, Line::key, move |line| view! { <Row line rows thread/> }.into_any());
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
    let stops = StoredValue::new_local(None::<Stops>);
    Effect::new(move |_| {
        let (Some(scroller), Some(inner)) = (scroll.scroller.get(), scroll.rows.get()) else { return };
        let measure = Closure::<dyn Fn()>::new(move || scroll.measure());
        if let Ok(watch) = ResizeObserver::new(measure.as_ref().unchecked_ref()) {
            watch.observe(&scroller);
            watch.observe(&inner);
            observer.set_value(Some((watch, measure)));
        }
        stops.set_value(Stops::watch(&inner));
        if thread.ready.get_untracked() {
            scroll.to_end();
        }
    });
    on_cleanup(move || {
        if let Some((watch, _)) = observer.try_update_value(Option::take).flatten() {
            watch.disconnect();
        }
        drop(stops.try_update_value(Option::take));
    });
    Effect::new(move |_| {
        if let Some(place) = find.left.get() {
            untrack(|| rove.arrive(place));
        }
    });
    let key = StoredValue::new(thread.key());
    let newest = Memo::new(move |_| key.with_value(|key| app.inbox.trouble(key)));
    // Where it could not be read, why is said below.
    let empty = move || {
        thread.ready.get()
            && newest.with(Option::is_none)
            && thread.opened().head.is_empty()
            && thread.leaving.with(|leaving| leaving.is_empty())
    };
    let again = move |()| thread.older();
    let overtaken = move || key.with_value(|key| app.inbox.was_overtaken(key));
    let told = move |_| {
        key.with_value(|key| app.inbox.told_overtaken(key));
        focus::if_lost(SCROLLER.into());
    };
    let many = || locale::number(MOST_MISSED);
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
                <div class="thread-rows" node_ref=scroll.rows style:transform=move || drawn.with(|drawn| format!("translateY({}px)", drawn.top))></div>
            </div>
            <Show when=empty>
                <p class="empty">{move || if thread.opened().summary.complete { "No message is in this conversation." } else { "No message of this conversation is stored here yet." }}</p>
            </Show>
        </div>
        <Show when=overtaken>
            <div class="thread-trouble overtaken" role="status">
                <p>{format!("{} or more messages came since this conversation was last read here. The newest {} are shown; older ones are read again as you scroll up.", many(), many())}</p>
                <button type="button" class="icon-button" aria-label="Dismiss" title="Dismiss" on:click=told><Icon name="close"/></button>
            </div>
        </Show>
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
                return Line::Leaving(item.clone(), item.is_stale(now));
            }
            let Some(entry) = thread.entry(row) else {
                before = None;
                return Line::Waiting(row);
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
            let line = Line::new(thread, &entry, day, together && !new_day, unread_line, hit == Some(row));
            before = Some(entry);
            line
        })
        .collect()
}
