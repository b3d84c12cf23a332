//! The keys in the messages: the focus moves from one to the next, and stays with its message while rows
//! are drawn anew, come and go. What a letter does to a message is said in [`Rove::letter`]; where a row
//! stands is not known here.

use super::{composer::Composing, find::Find, row::stands_alone, scroll::Scroll};
use crate::{
    browser::page,
    domain::thread::entry::{Entry, Place},
    state::inbox::Thread,
};
use leptos::{ev, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

/// What leads from a message to where one writes, if that is there, or else to the messages.
const WRITING: &str = "textarea[name='message.content']";
/// The messages.
const SCROLLER: &str = ".thread-scroll";

/// Where the keyboard is.
#[derive(Clone, Debug, Default)]
struct At {
    /// The message that has the focus, or had it before its row went.
    place: Option<Place>,
    /// Whether the focus still has to be moved there.
    due: bool,
    /// A row whose message is not at hand yet, and in which direction to go on from there.
    awaited: Option<(usize, isize)>,
    /// Whether the messages keep the focus for a row that is not drawn.
    parked: bool,
}

#[derive(Clone, Copy)]
pub struct Rove {
    thread: Thread,
    scroll: Scroll,
    find: Find,
    composing: Option<Composing>,
    at: StoredValue<At>,
}

impl Rove {
    pub fn new(thread: Thread, scroll: Scroll, find: Find) -> Rove {
        let composing = use_context::<Composing>();
        let rove = Rove { thread, scroll, find, composing, at: StoredValue::new(At::default()) };
        let came = window_event_listener(ev::focusin, move |event| rove.focus_moved(&event));
        let left = window_event_listener(ev::focusout, move |event| rove.focus_left(&event));
        on_cleanup(move || {
            came.remove();
            left.remove();
        });
        rove
    }

    /// The message that has the focus.
    fn message(self) -> Option<Entry> {
        let row = self.thread.row_of(&self.at.with_value(|at| at.place.clone())?)?;
        self.thread.entry(row)
    }

    /// What a letter does, on the message that has the focus where there is one; answers whether it
    /// means anything. Replying and reacting belong here, beside finding.
    fn letter(self, letter: &str, message: Option<Entry>) -> bool {
        match (letter, message, self.composing) {
            ("f", ..) => self.find.begin(),
            ("r", Some(message), Some(composing)) if Composing::quotes(&message) => composing.quote(&message),
            ("e", Some(message), Some(composing)) if Composing::reacts(&message, page::now()) => {
                composing.react(&message);
            }
            _ => return false,
        }
        true
    }

    /// A key was pressed in the messages.
    pub fn pressed(self, event: &ev::KeyboardEvent) {
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(target) = target.filter(|_| !modified && !event.default_prevented()) else { return };
        let on_message = target.has_attribute("data-message-id");
        if !on_message && event.target() != event.current_target() {
            // In a message, the keys are those of its buttons, links and players.
            if event.key() == "Escape" {
                event.prevent_default();
                self.at.update_value(|at| at.due = true);
                self.settle();
            }
            return;
        }
        let done = match event.key().as_str() {
            _ if event.shift_key() && event.key().len() > 1 => false,
            "ArrowUp" => self.step(-1),
            "ArrowDown" => self.step(1),
            "Home" => self.seek(0, 1),
            "End" => self.seek(self.rows().saturating_sub(1), -1),
            "Escape" if on_message => {
                page::focus_first_soon(vec![WRITING.into(), SCROLLER.into()]);
                true
            }
            key => self.letter(&key.to_lowercase(), self.message().filter(|_| on_message)),
        };
        if done {
            event.prevent_default();
        }
    }

    fn rows(self) -> usize {
        self.thread.opened_untracked().head.len()
    }

    /// Goes to the message before or after; from the messages as such, to the last or first in sight.
    fn step(self, by: isize) -> bool {
        let from = self.at.with_value(|at| at.place.clone()).and_then(|place| self.thread.row_of(&place));
        match from {
            Some(row) => match row.checked_add_signed(by) {
                Some(row) => self.seek(row, by),
                None => true,
            },
            None => match self.scroll.in_sight(by < 0) {
                Some(row) => self.seek(row, by),
                None => false,
            },
        }
    }

    /// Goes to the message of a row, or to the next one in a direction where that row shows nothing.
    fn seek(self, row: usize, by: isize) -> bool {
        let mut next = Some(row).filter(|row| *row < self.rows());
        while let Some(row) = next {
            match self.thread.entry(row) {
                Some(entry) if stands_alone(self.thread, &entry) => {
                    self.at.set_value(At { place: Some(entry.place), due: true, ..At::default() });
                    self.scroll.reveal(row);
                    self.settle();
                    return true;
                }
                Some(_) => next = row.checked_add_signed(by).filter(|row| *row < self.rows()),
                None => {
                    self.at.update_value(|at| at.awaited = Some((row, by)));
                    self.scroll.reveal(row);
                    return true;
                }
            }
        }
        // There is none beyond this one.
        true
    }

    /// Brings the focus to where the keyboard is, after rows were drawn. It is moved only if it has to be,
    /// or if it was lost with a row that went.
    pub fn settle(self) {
        let Some(At { place, due, awaited, parked }) = self.at.try_get_value() else { return };
        if let Some((row, by)) = awaited {
            if self.thread.entry(row).is_some() {
                self.at.update_value(|at| at.awaited = None);
                self.seek(row, by);
            }
            return;
        }
        let (Some(place), Some(scroller)) = (place, self.scroll.scroller.get_untracked()) else { return };
        let active = page::document().active_element();
        let lost = active.as_ref().is_none_or(|active| *active == *page::body());
        let kept_for_it = parked && active.as_ref() == Some(scroller.as_ref());
        if !(due || lost || kept_for_it) {
            return;
        }
        if let Some(row) = self.drawn(&place.id) {
            self.at.update_value(|at| (at.due, at.parked) = (false, false));
            focus(&row);
        } else if lost || due {
            self.at.update_value(|at| at.parked = true);
            focus(&scroller);
        }
    }

    fn drawn(self, id: &str) -> Option<HtmlElement> {
        let rows = self.scroll.rows.get_untracked()?.children();
        let mut all = (0..rows.length()).filter_map(|at| rows.item(at));
        all.find(|row| row.get_attribute("data-message-id").as_deref() == Some(id))?.dyn_into().ok()
    }

    /// The focus came to an element of the page.
    fn focus_moved(self, event: &ev::FocusEvent) {
        let (Some(scroller), Some(target)) = (self.scroll.scroller.get_untracked(), event.target()) else {
            return;
        };
        let Ok(target) = target.dyn_into::<Element>() else { return };
        let Some(At { parked, .. }) = self.at.try_get_value() else { return };
        let scroller: &Element = &scroller;
        if target == *scroller && parked {
            return;
        }
        // A selector without a fault.
        let row = target.closest(".thread-rows > [data-message-id]").ok().flatten();
        let id = row
            .filter(|_| scroller.contains(Some(&target)))
            .and_then(|row| row.get_attribute("data-message-id"));
        let place = id.and_then(|id| self.place_of(&id));
        self.at.set_value(At { place, ..At::default() });
    }

    /// The focus went nowhere: if not because its row went or the window did, somebody has left the
    /// messages.
    fn focus_left(self, event: &ev::FocusEvent) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        if event.related_target().is_some() {
            return;
        }
        set_timeout(
            move || {
                let nowhere = page::document().active_element().is_none_or(|active| active == *page::body());
                // A page that cannot tell counts as one in front.
                let in_front = page::document().has_focus().unwrap_or(true);
                if target.is_connected() && nowhere && in_front {
                    self.at.try_update_value(|at| *at = At::default());
                }
            },
            Duration::ZERO,
        );
    }

    fn place_of(self, id: &str) -> Option<Place> {
        let mut rows = self.scroll.drawn.with_untracked(|drawn| drawn.rows.clone());
        rows.find_map(|row| self.thread.entry(row).filter(|entry| entry.place.id == id))
            .map(|entry| entry.place)
    }
}

/// Where it is scrolled to is decided by the list.
fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that cannot take the focus leaves it where it is.
    drop(element.focus_with_options(&options));
}
