//! What is being composed, on the device: behind the typing, as other drafts are. The text of a file is
//! kept apart, for it is written once and may be long.

use super::{Composing, Source};
use crate::{
    browser::{
        bulk,
        store::{self, Shelf, StoreFault, Transaction},
    },
    catalogue::draft::Draft,
    domain::bulk::{
        composed::{Composed, Gone, KEY, PIECE, PIECES, piece_key},
        pace::RATES,
    },
    state::{App, drafts::Kept},
};
use gloo_timers::future::sleep;
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

const BEHIND: Duration = Duration::from_millis(250);

impl Composing {
    pub(super) fn composed(self) -> Composed {
        untrack(|| Composed {
            source: self.source.get(),
            typed: self.typed.get(),
            file: self.file.get(),
            format: self.format.get(),
            column: self.column.get(),
            text: self.text.get(),
            each: self.each.get(),
            doubtful: self.doubtful.get(),
            rate: Some(self.rate.get()),
            options: self.options.draft.with(Draft::without_secrets),
        })
    }

    /// Takes up what an earlier visit left; once.
    pub async fn load(self, app: App) {
        if self.loaded.get_untracked() {
            return;
        }
        let (stored, file, last) = app.frame.notices.stored(bulk::composed().await).unwrap_or_default();
        // It may have been asked for twice.
        if self.loaded.get_untracked() {
            return;
        }
        self.last.set_value(last.map(|gone| gone.batch));
        if let Some(stored) = stored {
            self.stored.set_value(Some(stored.clone()));
            self.take(stored, file);
            self.taken.set_value(Some(self.mark()));
            self.kept.set(Kept::Yes);
        }
        self.loaded.set(true);
        self.read(0);
    }

    fn take(self, stored: Composed, file: String) {
        // A page that ended while a file was being kept has left a part of it, which is nobody's list.
        let whole = stored.file.filter(|known| known.length == file.len());
        self.file_text.set_value(if whole.is_some() { file.into() } else { "".into() });
        self.file.set(whole);
        self.source.set(stored.source);
        self.typed.set(stored.typed);
        self.format.set(stored.format);
        self.column.set(stored.column);
        self.text.set(stored.text);
        self.each.set(stored.each);
        self.doubtful.set(stored.doubtful);
        self.rate.set(stored.rate.filter(|rate| RATES.contains(rate)).unwrap_or(RATES[0]));
        self.options.draft.set(stored.options);
    }

    /// Keeps what was typed, behind the typing.
    pub fn save(self, app: App) {
        self.kept.set(Kept::Writing);
        if self.keeping.get_value() {
            return;
        }
        self.keeping.set_value(true);
        spawn_local(async move {
            let result = loop {
                sleep(BEHIND).await;
                // Nothing is put back that is leaving.
                if self.leaving.get_value() {
                    continue;
                }
                let composed = self.composed();
                let result = self.write(app, &composed).await;
                if result.is_err() || self.composed() == composed {
                    break result;
                }
            };
            self.keeping.set_value(false);
            let kept = app.frame.notices.stored(result);
            self.kept.set(match kept {
                None => Kept::No,
                Some(false) => Kept::Empty,
                Some(true) => Kept::Yes,
            });
        });
    }

    /// Tells whether there was anything that may be kept.
    async fn write(self, app: App, composed: &Composed) -> Result<bool, StoreFault> {
        let keeps = app.retention.keeps();
        if keeps && self.is_stored(composed) {
            return Ok(!composed.is_empty());
        }
        match (composed.is_empty(), keeps) {
            (true, _) => store::delete(Shelf::Drafts, KEY).await?,
            (false, true) => store::put(Shelf::Drafts, KEY, composed).await?,
            (false, false) => store::put(Shelf::Drafts, KEY, &composed.bare()).await?,
        }
        self.stored.set_value(keeps.then(|| composed.clone()));
        Ok(keeps && !composed.is_empty())
    }

    fn is_stored(self, composed: &Composed) -> bool {
        self.stored.with_value(|stored| stored.as_ref() == Some(composed))
    }

    /// Lets the batch begin that was composed here: in the same transaction it is gone from the form, which
    /// nobody is to find filled when a page that ended is opened again. Nothing begins where another batch has left
    /// the form since the `known` one; that is the answer then.
    pub(in crate::state::bulk) async fn begin(
        self,
        gone: &Gone,
        known: Option<&str>,
    ) -> Result<Option<Gone>, StoreFault> {
        self.leaving.set_value(true);
        let rest = self.composed().bare();
        let begun = bulk::begin(gone, known, &rest).await;
        self.leaving.set_value(false);
        if matches!(begun, Ok(None)) {
            self.stored.set_value(Some(rest));
        }
        begun
    }

    /// Keeps the text of the file that is chosen, or forgets that of one that no longer is.
    pub(super) async fn keep_file(self, app: App) {
        let kept = self.file.with_untracked(Option::is_some) && app.retention.keeps();
        let text = if kept { self.file_text.get_value() } else { "".into() };
        app.frame.notices.stored(put_pieces(&text).await);
    }

    /// Nobody and no text is in it any more. What goes around it stays.
    pub(super) fn empty(self) {
        self.typed.set(String::new());
        self.file.set(None);
        self.doubted.set(None);
        self.file_text.set_value("".into());
        self.text.set(String::new());
        self.format.set(None);
        self.column.set(None);
        self.doubtful.set(false);
        self.source.set(Source::Typed);
        self.sheet.set(None);
        self.taken.set_value(None);
    }

    /// It was sent off: the people and the text are those of a batch now.
    pub async fn sent(self, app: App) {
        self.empty();
        self.elsewhere.set(None);
        // The device has it like this where a batch was made of it. Otherwise at once, for nobody is to be written
        // to again by a form that comes back after a reload.
        if !self.is_stored(&self.composed()) {
            self.keep_file(app).await;
            let _kept = app.frame.notices.stored(self.write(app, &self.composed()).await);
        }
        self.save(app);
        self.read(0);
    }

    /// Removes from the device what was kept; the page still has it.
    pub async fn leave_the_device(self) {
        self.stored.set_value(None);
        // A device that does not let go of it is told of by whoever stores something else.
        drop(store::delete(Shelf::Drafts, KEY).await);
        drop(put_pieces("").await);
    }
}

/// Writes a long text in pieces, so that the page stays awake; what was there before is gone.
async fn put_pieces(text: &str) -> Result<(), StoreFault> {
    let before = Transaction::writing(&[Shelf::Drafts]).await?;
    before.delete_all(Shelf::Drafts, PIECES)?;
    before.commit().await?;
    let (mut rest, mut number) = (text, 0);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        store::put(Shelf::Drafts, &piece_key(number), &piece).await?;
        (rest, number) = (after, number + 1);
    }
    Ok(())
}
