//! The keys in the messages: the focus moves from one to the next, and stays with its message while rows
//! are drawn anew, come and go. What a letter does to a message is said in [`Rove::letter`]; where a row
//! stands is not known here.

use super::{composer::Composing, find::Find, row::stands_alone, scroll::Scroll, stops};
use crate::{
    browser::{focus, page},
    domain::thread::entry::{Entry, Place},
    state::inbox::Thread,
};
use leptos::{ev, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What leads from a message to where one writes, if that is there, or else to the messages.
pub const WRITING: &str = "textarea[name='message.content']";
/// The messages.
pub const SCROLLER: &str = ".thread-scroll";

/// A message that can have the focus.
#[derive(Clone, Debug)]
enum Spot {
    Stored(Place),
    /// One on its way out, by its key.
    Leaving(String),
}

impl Spot {
    /// As its row has it.
    fn id(&self) -> &str {
        match self {
            Spot::Stored(place) => &place.id,
            Spot::Leaving(key) => key,
        }
    }
}

/// Where the keyboard is.
#[derive(Clone, Debug, Default)]
struct At {
    /// The message that has the focus, or had it before its row went.
    spot: Option<Spot>,
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

    /// The message that has the focus, if it has arrived: one on its way out cannot be answered.
    fn message(self) -> Option<Entry> {
        let row = self.row_of(&self.at.with_value(|at| at.spot.clone())?)?;
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
                focus::first_soon(vec![WRITING.into(), SCROLLER.into()]);
                true
            }
            key => self.letter(&key.to_lowercase(), self.message().filter(|_| on_message)),
        };
        if done {
            event.prevent_default();
        }
    }

    fn stored(self) -> usize {
        self.thread.opened_untracked().head.len()
    }

    fn rows(self) -> usize {
        self.stored() + self.thread.leaving.with_untracked(|leaving| leaving.len())
    }

    fn row_of(self, spot: &Spot) -> Option<usize> {
        match spot {
            Spot::Stored(place) => self.thread.row_of(place),
            Spot::Leaving(key) => untrack(|| self.thread.row_of_leaving(key)),
        }
    }

    /// The message of a row, if it is at hand and shows there.
    fn spot(self, row: usize) -> Option<Spot> {
        if let Some(at) = row.checked_sub(self.stored()) {
            let key = self.thread.leaving.with_untracked(|leaving| Some(leaving.get(at)?.key.clone()));
            return key.map(Spot::Leaving);
        }
        let entry = self.thread.entry(row).filter(|entry| stands_alone(self.thread, entry))?;
        Some(Spot::Stored(entry.place))
    }

    /// Goes to the message before or after; from the messages as such, to the one whose words were searched
    /// for, or else to the last or first in sight.
    fn step(self, by: isize) -> bool {
        let from = self.at.with_value(|at| at.spot.clone()).and_then(|spot| self.row_of(&spot));
        if let Some(row) = from {
            return row.checked_add_signed(by).is_none_or(|row| self.seek(row, by));
        }
        let hit = untrack(|| self.find.hit());
        hit.or_else(|| self.scroll.in_sight(by < 0)).is_some_and(|row| self.seek(row, by))
    }

    /// The message that was searched for last has been found: the keys go on from it.
    pub fn arrive(self, place: Place) {
        let Some(row) = self.thread.row_of(&place) else { return };
        self.at.set_value(At { spot: Some(Spot::Stored(place)), due: true, ..At::default() });
        self.scroll.reveal(row);
        // Where its row is drawn anew, it has the focus then.
        request_animation_frame(move || self.settle());
    }

    /// Goes to the message of a row, or to the next one in a direction where that row shows nothing.
    fn seek(self, row: usize, by: isize) -> bool {
        let mut next = Some(row).filter(|row| *row < self.rows());
        while let Some(row) = next {
            if let Some(spot) = self.spot(row) {
                self.at.set_value(At { spot: Some(spot), due: true, ..At::default() });
                self.scroll.reveal(row);
                self.settle();
                return true;
            }
            if self.thread.entry(row).is_none() {
                self.at.update_value(|at| at.awaited = Some((row, by)));
                self.scroll.reveal(row);
                return true;
            }
            next = row.checked_add_signed(by).filter(|row| *row < self.rows());
        }
        // There is none beyond this one.
        true
    }

    /// Brings the focus to where the keyboard is, after rows were drawn. It is moved only if it has to be,
    /// or if it was lost with a row that went.
    pub fn settle(self) {
        let Some(At { spot, due, awaited, parked }) = self.at.try_get_value() else { return };
        if let Some((row, by)) = awaited {
            if self.thread.entry(row).is_some() {
                self.at.update_value(|at| at.awaited = None);
                self.seek(row, by);
            }
            return;
        }
        let spot = spot.and_then(|spot| self.present(spot));
        let (Some(spot), Some(scroller)) = (spot, self.scroll.scroller.get_untracked()) else { return };
        let holder = focus::holder();
        let lost = holder.is_none();
        let kept_for_it = parked && holder.as_ref() == Some(scroller.as_ref());
        if !(due || lost || kept_for_it) {
            return;
        }
        if let Some(row) = self.drawn(spot.id()) {
            self.at.update_value(|at| (at.due, at.parked) = (false, false));
            focus::unscrolled(&row);
        } else if lost || due {
            self.at.update_value(|at| at.parked = true);
            focus::unscrolled(&scroller);
        }
    }

    /// The message itself, or, where it was one on its way out that has arrived, what it is now: the newest of
    /// the business.
    fn present(self, spot: Spot) -> Option<Spot> {
        if matches!(spot, Spot::Stored(_)) || self.row_of(&spot).is_some() {
            return Some(spot);
        }
        let entries = (0..self.stored()).rev().map_while(|row| self.thread.entry(row));
        let ours = |entry: &Entry| !entry.inbound && stands_alone(self.thread, entry);
        let now = entries.into_iter().find(ours).map(|entry| Spot::Stored(entry.place));
        self.at.update_value(|at| at.spot = now.clone());
        now
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
        let row = target.closest(stops::ROW).ok().flatten();
        let id = row
            .filter(|_| scroller.contains(Some(&target)))
            .and_then(|row| row.get_attribute("data-message-id"));
        let spot = id.and_then(|id| self.spot_of(&id));
        self.at.set_value(At { spot, ..At::default() });
        if let Some(rows) = self.scroll.rows.get_untracked() {
            stops::sort(&rows);
        }
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
                // A page that cannot tell counts as one in front.
                let in_front = page::document().has_focus().unwrap_or(true);
                if target.is_connected() && focus::holder().is_none() && in_front {
                    self.at.try_update_value(|at| *at = At::default());
                }
            },
            Duration::ZERO,
        );
    }

    fn spot_of(self, id: &str) -> Option<Spot> {
        let mut rows = self.scroll.drawn.with_untracked(|drawn| drawn.rows.clone());
        rows.find_map(|row| self.spot(row).filter(|spot| spot.id() == id))
    }
}
