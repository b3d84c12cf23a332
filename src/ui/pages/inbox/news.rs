//! What comes while a conversation is open: told once to whoever does not see the messages, and counted for
//! whoever reads further up. Where the messages stand is in `scroll`.

use super::{row::stands_alone, scroll::Scroll};
use crate::{
    domain::{
        markup,
        thread::entry::{Entry, Place},
    },
    state::{announced::Announced, inbox::Thread},
};
use leptos::prelude::*;

/// Characters of a message that are told.
const TOLD: usize = 120;

#[derive(Clone, Copy)]
pub struct News {
    /// Messages of the contact that came below what is read.
    pub below: RwSignal<usize>,
    /// What came last, in words.
    pub told: RwSignal<Option<Announced>>,
}

impl News {
    pub fn of(thread: Thread, scroll: Scroll, name: Signal<String>) -> News {
        let news = News { below: RwSignal::new(0), told: RwSignal::new(None) };
        // Whatever is stored shows with the next revision, whoever has read it.
        Effect::new(move |before: Option<Option<Place>>| {
            thread.revision.track();
            let newest = thread.opened_untracked().head.blocks.last().map(|block| block.last.clone());
            let Some(before) = before.flatten() else { return newest };
            let rows = thread.opened_untracked().head.len();
            // What another tab has stored is on its way from the device.
            let Some(newest) = newest.filter(|_| thread.entry(rows - 1).is_some()) else {
                return Some(before);
            };
            if newest > before {
                news.take_in(thread, &before, scroll.at_end.get_untracked(), &name.get_untracked());
            }
            Some(newest)
        });
        Effect::new(move |_| {
            if scroll.at_end.get() {
                news.below.set(0);
            }
        });
        news
    }

    fn take_in(self, thread: Thread, before: &Place, at_end: bool, name: &str) {
        let rows = thread.opened_untracked().head.len();
        let newer: Vec<Option<Entry>> =
            (thread.first_after(before)..rows).map(|row| thread.entry(row)).collect();
        // Of very many, most are not at hand.
        let elsewhere = newer.iter().filter(|entry| entry.is_none()).count();
        let theirs: Vec<Entry> = newer.into_iter().flatten().filter(|entry| entry.inbound).collect();
        if !at_end {
            // A reaction shows on another message, and what was written from here is no news.
            let seen = theirs.iter().filter(|entry| stands_alone(thread, entry)).count();
            self.below.update(|below| *below += seen + elsewhere);
        }
        let inbound = theirs.len() + elsewhere;
        let newest = thread.opened_untracked().summary.newest.clone().filter(|newest| newest.inbound);
        let words = newest.map(|newest| newest.words);
        let told = match (inbound, words) {
            (0, _) => return,
            (1, Some(words)) if !words.trim().is_empty() => {
                format!("{name}: {}", markup::own_line(&words, TOLD))
            }
            (1, _) => format!("A new message from {name}."),
            (count, _) => format!("{count} new messages from {name}."),
        };
        self.told.update(|before| *before = Some(Announced::after(before.as_ref(), told)));
    }
}
