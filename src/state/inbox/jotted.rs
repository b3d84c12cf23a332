//! What was typed beside a conversation and not sent, such as a note: kept for each conversation, in the
//! page and on the device. One write is under way at a time; what was typed meanwhile follows it. Users
//! whose ids were seen are remembered here as well.

use super::{App, Inbox, Keep, Key};
use crate::{
    browser::store::{self, Shelf},
    catalogue::draft::Draft,
    domain::{archive::BESIDE, assignment},
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeMap;

/// Milliseconds that a text waits before it is written: what is typed meanwhile goes with it.
const BEHIND: u32 = 50;
/// Users that are remembered of a connection.
const USERS: usize = 50;

/// What is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jotted {
    Note,
    Assignment,
}

impl Jotted {
    fn shelf_key(self, key: &Key) -> String {
        let what = match self {
            Jotted::Note => "note",
            Jotted::Assignment => "assignment",
        };
        format!("{BESIDE}{what}\u{2}{}", key.text())
    }
}

#[derive(Clone, Default)]
struct Sheet {
    draft: Draft,
    writing: bool,
}

#[derive(Clone, Copy)]
pub struct Notepad {
    sheets: StoredValue<BTreeMap<String, Sheet>>,
    users: RwSignal<BTreeMap<String, Vec<String>>>,
}

impl Notepad {
    pub fn new() -> Notepad {
        Notepad { sheets: StoredValue::new(BTreeMap::new()), users: RwSignal::new(BTreeMap::new()) }
    }
}

impl Inbox {
    /// What was typed there before, in this page or in an earlier visit.
    pub async fn jotted(self, app: App, key: &Key, what: Jotted) -> Draft {
        let name = what.shelf_key(key);
        if let Some(sheet) = self.notepad.sheets.with_value(|sheets| sheets.get(&name).cloned()) {
            return sheet.draft;
        }
        if self.keep(app) == Keep::Page {
            return Draft::default();
        }
        self.notices.stored(store::get(Shelf::Drafts, &name).await).flatten().unwrap_or_default()
    }

    /// Keeps what is typed; nothing typed is forgotten.
    pub fn jot(self, app: App, key: &Key, what: Jotted, draft: Draft) {
        let name = what.shelf_key(key);
        let mut writing = false;
        self.notepad.sheets.update_value(|sheets| {
            let sheet = sheets.entry(name.clone()).or_default();
            writing = sheet.writing;
            sheet.draft = draft;
            sheet.writing = true;
        });
        if !writing {
            spawn_local(self.write(app, name));
        }
    }

    /// Forgets what was typed there once it was sent, unless something else was typed since.
    pub fn unjot(self, app: App, key: &Key, what: Jotted, sent: &Draft) {
        let name = what.shelf_key(key);
        let typed =
            self.notepad.sheets.with_value(|sheets| sheets.get(&name).map(|sheet| sheet.draft.clone()));
        if typed.is_none_or(|typed| typed == *sent) {
            self.jot(app, key, what, Draft::default());
        }
    }

    /// Takes what was typed from the device to this page.
    pub(super) async fn forget_jotted(self) {
        let Some(kept) = self.notices.stored(store::entries(Shelf::Drafts, BESIDE).await) else { return };
        for (name, text) in kept {
            self.notepad.sheets.update_value(|sheets| {
                let typed =
                    || Sheet { draft: serde_json::from_str(&text).unwrap_or_default(), writing: false };
                sheets.entry(name.clone()).or_insert_with(typed);
            });
            self.notices.stored(store::delete(Shelf::Drafts, &name).await);
        }
    }

    async fn write(self, app: App, name: String) {
        let now = |inbox: Inbox| inbox.notepad.sheets.with_value(|sheets| sheets[&name].draft.clone());
        loop {
            TimeoutFuture::new(BEHIND).await;
            let draft = now(self);
            if self.keep(app) == Keep::Page {
                break;
            }
            let result = if draft.is_empty() {
                store::delete(Shelf::Drafts, &name).await
            } else {
                store::put(Shelf::Drafts, &name, &draft).await
            };
            let kept = self.notices.stored(result).is_some();
            if !kept || now(self) == draft {
                break;
            }
        }
        self.notepad.sheets.update_value(|sheets| {
            if let Some(sheet) = sheets.get_mut(&name) {
                sheet.writing = false;
            }
        });
    }

    /// Ids of users that were seen at a connection, the newest first.
    pub fn users(self, connection: &str) -> Vec<String> {
        self.notepad.users.with(|all| all.get(connection).cloned().unwrap_or_default())
    }

    /// Reads which users earlier visits have seen.
    pub async fn load_users(self, connection: &str) {
        let stored = store::get::<Vec<String>>(Shelf::Heads, &users_key(connection)).await;
        let stored = self.notices.stored(stored).flatten().unwrap_or_default();
        self.notepad.users.update(|all| {
            let known = all.entry(connection.to_owned()).or_default();
            *known = assignment::seen(&stored, std::mem::take(known), USERS);
        });
    }

    /// Remembers users that an answer named, or that somebody typed and the provider took.
    pub fn saw_users(self, connection: &str, users: Vec<String>) {
        let known = untrack(|| self.users(connection));
        let seen = assignment::seen(&known, users, USERS);
        if seen == known {
            return;
        }
        self.notepad.users.update(|all| drop(all.insert(connection.to_owned(), seen.clone())));
        let key = users_key(connection);
        spawn_local(async move {
            self.notices.stored(store::put(Shelf::Heads, &key, &seen).await);
        });
    }
}

fn users_key(connection: &str) -> String {
    format!("{connection}\u{2}users")
}
