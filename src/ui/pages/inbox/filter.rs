//! Which conversations the list shows: their status, and the name or number that is looked for. What
//! comes before and after the open one is told from the same rows.

use crate::{
    browser::page,
    catalogue::{call, kapso::replies::Conversation},
    domain::{connection::Connection, contact, phone},
    state::{App, inbox::Listing},
};
use leptos::prelude::*;

pub const NONE_FITS: &str = "No conversation that is known here fits.";

/// Rows that are drawn at first, and more at each wish.
const DRAWN: usize = 60;
/// Fewer digits than this are no part of a number that anybody looks for.
const FEWEST: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Active,
    Ended,
    All,
}

impl Which {
    pub const ALL: [Which; 3] = [Which::Active, Which::Ended, Which::All];

    pub const fn id(self) -> &'static str {
        match self {
            Which::Active => "active",
            Which::Ended => "ended",
            Which::All => "all",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Which::Active => "Active",
            Which::Ended => "Ended",
            Which::All => "All",
        }
    }

    pub fn shows(self, row: &Conversation) -> bool {
        match self {
            Which::Active => !row.is_ended(),
            Which::Ended => row.is_ended(),
            Which::All => true,
        }
    }
}

#[derive(Clone, Copy)]
pub struct Filter {
    pub which: RwSignal<Which>,
    pub search: RwSignal<String>,
    pub listing: Memo<Listing>,
    /// The rows that fit, the most recently active first.
    pub fits: Memo<Vec<Conversation>>,
    /// How many of them are drawn.
    drawn: RwSignal<usize>,
}

impl Filter {
    pub fn new(app: App, connection: &Connection) -> Filter {
        let id = connection.id.clone();
        let (which, search) = (RwSignal::new(Which::Active), RwSignal::new(String::new()));
        let listing = Memo::new(move |_| app.inbox.listing(&id));
        let fits = Memo::new(move |_| {
            let wanted = search.get();
            let fits = |row: &&Conversation| which.get().shows(row) && fits(row, &wanted);
            listing.with(|listing| listing.rows.iter().filter(fits).cloned().collect::<Vec<_>>())
        });
        Filter { which, search, listing, fits, drawn: RwSignal::new(DRAWN) }
    }

    pub fn shown(self) -> Vec<Conversation> {
        self.fits.with(|rows| rows.iter().take(self.drawn.get()).cloned().collect())
    }

    /// What a search found, in words for whoever does not see the list.
    pub fn said(self) -> String {
        match (self.search.with(|search| search.trim().is_empty()), self.fits.with(Vec::len)) {
            (true, _) => String::new(),
            (_, 0) => NONE_FITS.to_owned(),
            (_, 1) => "1 conversation fits.".to_owned(),
            (_, count) => format!("{count} conversations fit."),
        }
    }

    pub fn has_undrawn(self) -> bool {
        self.fits.with(Vec::len) > self.drawn.get()
    }

    pub fn draw_more(self) {
        self.drawn.update(|drawn| *drawn += DRAWN);
    }

    /// The place of the conversation after this one in the list, or before it; the first where this one
    /// is not in it. `None` at the ends.
    pub fn beside(self, open: Option<&str>, after: bool) -> Option<String> {
        self.fits.with_untracked(|rows| {
            let at = open.and_then(|open| rows.iter().position(|row| row.id == open));
            let next = match at {
                None => 0,
                Some(at) if after => at + 1,
                Some(at) => at.checked_sub(1)?,
            };
            let row = rows.get(next)?;
            while next >= self.drawn.get_untracked() {
                self.draw_more();
            }
            Some(page::place(&format!("/inbox/{}", call::encode(&row.id))))
        })
    }
}

/// Whether a conversation is meant by what is looked for: by its name, or by a part of its number.
fn fits(row: &Conversation, search: &str) -> bool {
    let wanted = search.trim().to_lowercase();
    let by_number = || {
        let digits = phone::part(&wanted).filter(|digits| digits.len() >= FEWEST);
        digits.is_some_and(|digits| phone::bare(&row.phone_number).contains(&digits))
    };
    wanted.is_empty() || contact::name(row).to_lowercase().contains(&wanted) || by_number()
}
