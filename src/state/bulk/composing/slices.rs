//! Reading a table and looking at its rows, in slices, so that the page stays awake.

use super::{Busy, Composing};
use crate::{
    browser::page,
    domain::{
        bulk::{composed::Source, people::Check},
        sheet::{Format, Reading},
    },
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

/// Milliseconds of work after which the page has its turn.
const SLICE: f64 = 12.0;

impl Composing {
    pub(super) fn begin_reading(self) -> u32 {
        self.readings.update_value(|readings| *readings = readings.wrapping_add(1));
        self.checks.update_value(|checks| *checks = checks.wrapping_add(1));
        self.checked.set(None);
        self.readings.get_value()
    }

    /// Reads the table again, once typing has rested for so many milliseconds.
    pub fn read(self, rest: u32) {
        let turn = self.begin_reading();
        self.busy.set(Some(Busy::Reading(0)));
        spawn_local(async move {
            TimeoutFuture::new(rest).await;
            if !self.is_reading(turn) {
                return;
            }
            let text: Arc<str> = match self.source.get_untracked() {
                Source::Typed => self.typed.with_untracked(|typed| typed.as_str().into()),
                Source::File => self.file_text.get_value(),
            };
            let format = self.format.get_untracked().unwrap_or_else(|| Format::guess(&text));
            let mut reading = Reading::new(text, format);
            let read = in_slices(
                || self.is_reading(turn),
                || {
                    let done = reading.advance(200);
                    self.busy.set(Some(Busy::Reading(reading.rows())));
                    done
                },
            );
            if read.await {
                self.sheet.set(Some(Arc::new(reading.sheet())));
                self.check(0);
            }
        });
    }

    /// Looks at all rows again, once typing has rested for so many milliseconds.
    pub fn check(self, rest: u32) {
        self.checks.update_value(|checks| *checks = checks.wrapping_add(1));
        let turn = self.checks.get_value();
        self.checked.set(None);
        self.busy.set(Some(Busy::Checking(0)));
        spawn_local(async move {
            TimeoutFuture::new(rest).await;
            let (Some(sheet), true) = (self.sheet.get_untracked(), self.checks.get_value() == turn) else {
                return;
            };
            // What is wrong with the text is told beside it; the numbers are looked at all the same.
            let filler = untrack(|| self.filler()).unwrap_or_default();
            let mut check = Check::new(untrack(|| self.numbers()), filler);
            let current = || self.checks.get_value() == turn;
            let checked = in_slices(current, || {
                let done = check.advance(&sheet, 50);
                self.busy.set(Some(Busy::Checking(check.row())));
                done
            });
            if checked.await {
                self.checked.set(Some(Arc::new(check.found())));
                self.busy.set(None);
            }
        });
    }

    /// Whether no other reading has begun since.
    pub(super) fn is_reading(self, turn: u32) -> bool {
        self.readings.get_value() == turn
    }
}

/// Works in slices until `work` says that it is done; tells whether it was, while it was still wanted.
pub(super) async fn in_slices(current: impl Fn() -> bool, mut work: impl FnMut() -> bool) -> bool {
    loop {
        let begun = page::ticks();
        let mut done = false;
        while !done && page::ticks() - begun < SLICE {
            done = work();
        }
        if !current() {
            return false;
        }
        if done {
            return true;
        }
        TimeoutFuture::new(0).await;
    }
}
