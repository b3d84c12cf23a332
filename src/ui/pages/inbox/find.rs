//! Finding words in everything of a conversation that is stored: how many messages have them, and going
//! from one to the next, the newest first. And going to a day.

use super::{rove::SCROLLER, row::called, scroll::Scroll};
use crate::{
    browser::{focus, locale},
    domain::thread::{body::Body, entry::Place},
    state::inbox::Thread,
    ui::parts::Icon,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{ev, prelude::*, task::spawn_local};

/// Milliseconds without a key before it is searched.
const BEHIND: u32 = 60;
pub const INPUT: &str = "find-in-conversation";

/// What is searched for, and which of the messages that have it is shown.
#[derive(Clone, Copy)]
pub struct Find {
    pub open: RwSignal<bool>,
    typed: RwSignal<String>,
    /// Rows of the messages, in their order; `None` before it was searched.
    found: RwSignal<Option<Vec<usize>>>,
    /// Which of them.
    at: RwSignal<usize>,
    /// The message that was shown when the search was ended, where the keys go on.
    pub left: RwSignal<Option<Place>>,
    /// A moment to go to, while older messages are read until it is reached.
    towards: RwSignal<Option<u64>>,
    /// How many messages there were when older ones were asked for last.
    had: StoredValue<Option<usize>>,
    thread: Thread,
    scroll: Scroll,
}

impl Find {
    pub fn new(thread: Thread, scroll: Scroll) -> Find {
        Find {
            open: RwSignal::new(false),
            typed: RwSignal::new(String::new()),
            found: RwSignal::new(None),
            at: RwSignal::new(0),
            left: RwSignal::new(None),
            towards: RwSignal::new(None),
            had: StoredValue::new(None),
            thread,
            scroll,
        }
    }

    /// The row that is shown because of its words.
    pub fn hit(self) -> Option<usize> {
        self.found.with(|found| found.as_ref()?.get(self.at.get()).copied())
    }

    pub fn begin(self) {
        self.open.set(true);
        focus::soon(format!("#{INPUT}"));
    }

    /// Goes to the first message of a day, through everything that has to be read for it.
    fn go_to_day(self, day: &str) {
        self.had.set_value(None);
        self.towards.set(locale::day_begins(day));
    }

    /// Goes on towards the day, as far as messages are there; begins it again when more are.
    pub fn approach(self) {
        let Some(at) = self.towards.get() else { return };
        let rows = self.thread.opened().head.len();
        if self.thread.reading_older.get() {
            return;
        }
        let failed = self.thread.trouble.with(Option::is_some);
        // A provider whose pages repeat has no more to give.
        let stuck = self.had.get_value() == Some(rows);
        if self.thread.misses_before(at) && !failed && !stuck {
            self.had.set_value(Some(rows));
            return self.thread.older();
        }
        self.towards.set(None);
        spawn_local(async move {
            let row = self.thread.row_since(at).await;
            // The conversation may have been left meanwhile.
            if let (Some(row), Some(_)) = (row, self.scroll.rows_if_shown()) {
                self.scroll.to_start(row);
            }
        });
    }

    pub fn end(self) {
        let hit = untrack(|| self.hit()).and_then(|row| self.thread.entry(row));
        self.towards.set(None);
        self.open.set(false);
        self.found.set(None);
        match hit {
            Some(hit) => self.left.set(Some(hit.place)),
            None => focus::soon(SCROLLER.into()),
        }
    }

    /// What the message says that is shown because of its words, for whoever does not see it.
    fn said(self) -> Option<String> {
        self.thread.revision.track();
        let entry = self.thread.entry(self.hit()?)?;
        let body = entry.message().as_ref().map(Body::of_message);
        Some(called(&entry, body.as_ref()))
    }

    fn type_in(self, text: String) {
        self.typed.set(text.clone());
        spawn_local(async move {
            TimeoutFuture::new(BEHIND).await;
            self.search(&text).await;
        });
    }

    /// Searches again, as after older messages were read. Whoever reads a hit, or has gone on from it, stays
    /// where they are.
    pub fn again(self) {
        let text = self.typed.get_untracked();
        let hit = untrack(|| self.hit()).and_then(|row| self.thread.entry(row)).map(|entry| entry.place);
        let from_newest = self.found.with_untracked(|found| {
            found.as_ref().map_or(0, |rows| rows.len().saturating_sub(self.at.get_untracked()))
        });
        spawn_local(async move {
            let Some(found) = self.rows(&text).await else { return };
            let row = hit.and_then(|place| self.thread.row_of(&place));
            let same = row.and_then(|row| found.as_ref()?.binary_search(&row).ok());
            let count = found.as_ref().map_or(0, Vec::len);
            let at = same.unwrap_or_else(|| count.saturating_sub(from_newest.max(1)));
            self.at.set(at);
            self.found.set(found);
            // The first that there is, is what was searched for.
            if from_newest == 0 {
                self.show();
            }
        });
    }

    async fn search(self, text: &str) {
        if let Some(found) = self.rows(text).await {
            self.at.set(found.as_ref().map_or(0, |rows| rows.len().saturating_sub(1)));
            self.found.set(found);
            self.show();
        }
    }

    /// The rows that have these words, no answer where none are typed; `None` once something else is.
    async fn rows(self, text: &str) -> Option<Option<Vec<usize>>> {
        let current = || self.typed.try_with_untracked(|typed| typed == text) == Some(true);
        if !current() {
            return None;
        }
        let found = if text.trim().is_empty() { None } else { self.thread.find(text, current).await };
        // Something else may have been typed meanwhile.
        current().then_some(found)
    }

    /// Goes to an older message, or to a newer one; beyond the ends it goes on at the other.
    fn go(self, older: bool) {
        let count = self.found.with_untracked(|found| found.as_ref().map_or(0, Vec::len));
        if count > 0 {
            let step = if older { count - 1 } else { 1 };
            self.at.update(|at| *at = (*at + step) % count);
            self.show();
        }
    }

    fn show(self) {
        if let Some(row) = untrack(|| self.hit()) {
            self.scroll.to_row(row);
        }
    }
}

#[component]
pub fn FindBar(find: Find) -> impl IntoView {
    let count = move || match find.found.with(|found| found.as_ref().map(Vec::len)) {
        None => String::new(),
        Some(0) => "Not found".to_owned(),
        // Counted from the newest, where it begins.
        Some(count) => format!("{} of {}", locale::number(count - find.at.get()), locale::number(count)),
    };
    let said = Memo::new(move |_| find.said());
    let words = move || said.get().map(|said| format!(". {said}"));
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            find.end();
        }
    };
    // Elsewhere in the bar Enter is a button's own.
    let enter = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            find.go(!event.shift_key());
        }
    };
    let incomplete = move || !find.thread.opened().summary.complete;
    let off = move || find.found.with(|found| found.as_ref().is_none_or(Vec::is_empty)).then_some("true");
    view! {
        <div class="find" role="search" aria-label="Find in this conversation" on:keydown=escape>
            <input id=INPUT class="input" type="search" aria-label="Words to find" prop:value=find.typed on:input=move |event| find.type_in(event_target_value(&event)) on:keydown=enter/>
            <span class="figures note" role="status">{count}<span class="unseen">{words}</span></span>
            <button type="button" class="icon-button" aria-label="Older message" title="Older" aria-disabled=off on:click=move |_| find.go(true)><Icon name="up"/></button>
            <button type="button" class="icon-button" aria-label="Newer message" title="Newer" aria-disabled=off on:click=move |_| find.go(false)><Icon name="down"/></button>
            <label class="find-day">"Day "<input class="input" type="date" on:change=move |event| find.go_to_day(&event_target_value(&event))/></label>
            <button type="button" on:click=move |_| find.end()>"Close"</button>
            <Show when=move || find.towards.with(Option::is_some)>
                <p class="note" role="status">
                    "Reading older messages until that day… "
                    <button type="button" class="link" on:click=move |_| find.towards.set(None)>"Stop"</button>
                </p>
            </Show>
            <Show when=incomplete>
                <p class="note">
                    "Only what is stored here is searched. "
                    <button type="button" class="link" aria-disabled=move || find.thread.reading_older.get().then_some("true") on:click=move |_| find.thread.older()>"Read older messages"</button>
                </p>
            </Show>
        </div>
    }
}
