//! One conversation: its head, its messages and what is written, and what moves as something comes. The
//! messages themselves are in `messages`, where they stand in `scroll`.

use super::{
    aside::{self, Aside},
    composer::{Composer, Composing},
    details::Details,
    find::{Find, FindBar},
    freshness::age,
    messages::Messages,
    news::News,
    scroll::Scroll,
    window,
};
use crate::{
    browser::{
        locale, page,
        threads::{Key, Merged},
    },
    domain::{connection::Connection, contact, extent::Anchor, phone, thread::entry::Place},
    state::{App, inbox::Thread},
    ui::parts::{Announce, Icon, seconds},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::A;

const TO_END: &str = "To the newest message";

#[component]
pub fn ThreadPane(
    connection: Connection,
    key: Key,
    /// Whether the details are open, whichever conversation is.
    aside: Aside,
) -> impl IntoView {
    let app = App::use_app();
    let thread = Thread::open(app, &connection, key.clone());
    let shown = on_screen(thread.ready);
    follow(app, &key, shown);
    let scroll = Scroll::new();
    hear(app, thread, scroll);
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
    let news = News::of(thread, scroll, name);
    let window = window::window(app, thread);
    let sent = Callback::new(move |()| scroll.to_end());
    let composing = Composing::new(app, &connection, &key, name, window, sent);
    provide_context(composing);
    provide_context(thread);
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
                    <button type="button" class="primary" class:quiet=move || news.below.get() == 0 title=move || (news.below.get() == 0).then_some(TO_END) on:click=move |_| scroll.to_end()>
                        {move || match news.below.get() {
                            0 => view! { <span class="unseen">{TO_END}</span> }.into_any(),
                            1 => "1 new message".into_any(),
                            count => format!("{} new messages", locale::number(count)).into_any(),
                        }}
                        <Icon name="down"/>
                    </button>
                </p>
            </Show>
        </div>
        <Announce told=news.told/>
        <Show when=move || shown.get() fallback=|| view! { <div class="composer composer-coming"></div> }><Composer composing/></Show>
        {move || aside.open.get().then(details.clone())}
    }
}

/// Whether what is stored of a conversation is on the screen. What else belongs to it waits until then: it
/// would delay what the person came for.
fn on_screen(ready: RwSignal<bool>) -> RwSignal<bool> {
    let shown = RwSignal::new(false);
    let show = move || {
        shown.try_set(true);
    };
    Effect::new(move |_| {
        if !ready.get() || shown.get_untracked() {
            return;
        }
        // In the frame after the one that shows it. Where nobody looks nothing is drawn.
        match page::document().hidden() {
            true => show(),
            false => request_animation_frame(move || request_animation_frame(show)),
        }
    });
    shown
}

/// Has a conversation kept up to date from when it is shown, for as long as the present owner lives.
fn follow(app: App, key: &Key, shown: RwSignal<bool>) {
    let follow = StoredValue::new_local(None);
    let key = key.clone();
    Effect::new(move |_| {
        if shown.get() {
            follow.set_value(Some(app.inbox.follow(&key.connection, Some(&key.conversation))));
        }
    });
    on_cleanup(move || drop(follow.try_update_value(Option::take)));
}

/// Takes in what is stored of the conversation while it is open; what is read stays where it is.
fn hear(app: App, thread: Thread, scroll: Scroll) {
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
        if thread.follows(&merged) {
            take_in(thread, scroll, &merged);
        } else {
            let around = Reading::of(thread, scroll).place;
            spawn_local(take_in_anew(thread, scroll, around));
        }
    });
}

fn take_in(thread: Thread, scroll: Scroll, merged: &Merged) {
    let (before, reading) = (scroll.rows_in_all(), Reading::of(thread, scroll));
    let at_end = scroll.at_end.get_untracked();
    thread.hear(merged);
    let rows = merged.opened.head.len();
    let added = &merged.change.added;
    if before == 0 {
        scroll.begin(rows);
    } else if before + added.len() == rows {
        scroll.added(added);
        if at_end && added.iter().any(|row| *row >= before) {
            scroll.to_end();
        }
    } else {
        scroll.renewed(rows, reading.now(thread));
    }
}

/// Another tab has stored something: all that is near what is read is taken from the device at once.
async fn take_in_anew(thread: Thread, scroll: Scroll, around: Option<Place>) {
    let Some(stored) = thread.stored(around).await else { return };
    // Meanwhile somebody may have scrolled, or left.
    let Some(before) = scroll.rows_if_shown() else { return };
    let reading = Reading::of(thread, scroll);
    if thread.renew(stored) {
        let rows = thread.opened_untracked().head.len();
        if before == 0 { scroll.begin(rows) } else { scroll.renewed(rows, reading.now(thread)) }
    }
}

/// What the eye holds on to.
struct Reading {
    anchor: Anchor,
    /// The message in its row, if it is at hand.
    place: Option<Place>,
}

impl Reading {
    fn of(thread: Thread, scroll: Scroll) -> Reading {
        let anchor = scroll.anchor();
        let place = match anchor {
            Anchor::Row { row, .. } => thread.entry(row).map(|entry| entry.place),
            Anchor::End => None,
        };
        Reading { anchor, place }
    }

    /// Where it is once rows have come or gone.
    fn now(self, thread: Thread) -> Anchor {
        let row = self.place.and_then(|place| thread.row_of(&place));
        match (self.anchor, row) {
            (Anchor::Row { offset, .. }, Some(row)) => Anchor::Row { row, offset },
            (anchor, _) => anchor,
        }
    }
}

/// How the contact is called.
fn called(app: App, key: &Key) -> Signal<String> {
    let key = key.clone();
    let name = Memo::new(move |_| {
        let row = app.inbox.conversation(&key);
        row.as_ref().map_or("this contact".to_owned(), contact::name)
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
        row.with(|row| row.as_ref().map(|row| phone::shown(&row.phone_number)))
            .filter(|number| *number != name.get())
    };
    let ended = move || row.with(|row| row.as_ref().is_some_and(|row| row.is_ended()));
    let now = seconds();
    let fresh = Memo::new(move |_| key.with_value(|key| app.inbox.freshness(&key.connection)));
    view! {
        <header class="thread-head">
            <A href=page::place("/inbox") attr:class="thread-back" attr:aria-label="Back to the conversations"><Icon name="left"/></A>
            <div class="thread-who">
                <h2 tabindex="-1" data-arrival="" dir="auto">{heading}</h2>
                <p class="note figures">
                    {move || number().map(|number| view! { <span dir="ltr">{number}</span> })}
                    {move || ended().then_some(" · ended")}
                </p>
            </div>
            <div class="thread-facts note figures">
                <p class="thread-window" title=window::MEANING>"24-hour window: "{window}</p>
                <p class="thread-age">{move || fresh.with(|fresh| age(fresh, now.get()))}</p>
            </div>
            <button type="button" aria-expanded=move || if find.open.get() { "true" } else { "false" } on:click=move |_| find.begin()>"Find"</button>
            <button type="button" id=aside::BUTTON aria-expanded=move || if aside.open.get() { "true" } else { "false" } on:click=move |_| aside.toggle() on:keydown=move |event| aside.pressed(&event)>"Details"</button>
        </header>
    }
}
