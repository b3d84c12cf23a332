//! What another tab has sent off of a message that stands here as well: tabs of one device share what is being
//! composed. Whether anything may leave is decided where it is stored; here is what becomes of the form.

use super::Composing;
use crate::{
    browser::store::{self, Shelf},
    domain::bulk::composed::{Composed, Gone, KEY},
    state::{App, drafts::Kept},
};
use leptos::{prelude::*, task::spawn_local};

/// A message that another tab sent off since what stood here was begun.
#[derive(Clone, Debug, PartialEq)]
pub struct Elsewhere {
    /// The id of its batch.
    pub batch: String,
    /// Whether it is what stood here, so that the form is empty now.
    pub same: bool,
}

impl Composing {
    /// What stands here, as the batch that is made of it, and what had left the form before.
    pub(in crate::state::bulk) fn going(self, batch: &str) -> (Gone, Option<String>) {
        (Gone { batch: batch.to_owned(), mark: self.mark() }, self.last.get_value())
    }

    /// Notes which batch left the form last.
    pub(in crate::state::bulk) fn went(self, batch: &str) {
        self.last.set_value(Some(batch.to_owned()));
    }

    pub(super) fn mark(self) -> u64 {
        self.composed().mark(&self.file_text.get_value())
    }

    /// Another tab has sent off what the device had. The form is emptied if it shows the same, or what it once
    /// took from the device and nobody touched since; anything else stays, and is kept.
    pub(in crate::state::bulk) fn went_elsewhere(self, app: App, gone: &Gone) {
        // A form that was not opened yet will find the device as that tab left it.
        if !self.loaded.get_untracked() {
            return;
        }
        let is_news = gone.is_news(self.last.get_value().as_deref());
        self.went(&gone.batch);
        if untrack(|| self.is_empty()) {
            return;
        }
        let mark = self.mark();
        let same = mark == gone.mark || self.taken.get_value() == Some(mark);
        if same {
            self.empty();
            self.kept.set(Kept::Empty);
            self.read(0);
        } else if is_news {
            self.keep_where_free(app);
        } else {
            return;
        }
        self.elsewhere.set(Some(Elsewhere { batch: gone.batch.clone(), same }));
    }

    /// Keeps what stands here again, unless the device has another message by now.
    fn keep_where_free(self, app: App) {
        spawn_local(async move {
            let there = store::get::<Composed>(Shelf::Drafts, KEY).await;
            let there = app.frame.notices.stored(there).flatten();
            if there.is_none_or(|there| there == there.bare()) {
                self.stored.set_value(None);
                self.keep_file(app).await;
                self.save(app);
            }
        });
    }
}
