//! What can be gone to: gathered from what the console knows, without a request.

use crate::{
    browser::page,
    catalogue::{self, call::encode, provider::Provider},
    domain::{connection::Connection, contact, finder, phone},
    state::{App, keys::Standing, theme::Theme},
    ui::places::PLACES,
};
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Place,
    Number,
    Conversation,
    Action,
    Request,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Place, Kind::Number, Kind::Conversation, Kind::Action, Kind::Request];

    pub const fn label(self) -> &'static str {
        match self {
            Kind::Place => "Places",
            Kind::Number => "Numbers",
            Kind::Conversation => "Conversations",
            Kind::Action => "Actions",
            Kind::Request => "Requests",
        }
    }

    pub const fn id(self) -> &'static str {
        match self {
            Kind::Place => "places",
            Kind::Number => "numbers",
            Kind::Conversation => "conversations",
            Kind::Action => "actions",
            Kind::Request => "requests",
        }
    }

    /// How many are offered before anything was typed.
    pub const fn unasked(self) -> usize {
        match self {
            Kind::Place => PLACES.len(),
            Kind::Number | Kind::Conversation => 3,
            Kind::Action => 4,
            Kind::Request => 0,
        }
    }
}

/// What a choice does.
#[derive(Clone, Debug, PartialEq)]
pub enum Go {
    /// An address of the site.
    Place(String),
    Act(Act),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    LockVault,
    Choose(Theme),
}

impl Act {
    pub fn run(self, app: App) {
        match self {
            Act::LockVault => app.keys.lock(),
            Act::Choose(theme) => app.frame.theme.choose(theme),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub kind: Kind,
    pub title: String,
    /// What is said beside it, and found as well.
    pub detail: String,
    pub go: Go,
}

impl Entry {
    fn place(kind: Kind, title: impl Into<String>, detail: impl Into<String>, path: &str) -> Entry {
        Entry { kind, title: title.into(), detail: detail.into(), go: Go::Place(page::place(path)) }
    }

    fn act(title: impl Into<String>, detail: &str, act: Act) -> Entry {
        Entry { kind: Kind::Action, title: title.into(), detail: detail.into(), go: Go::Act(act) }
    }

    pub fn fit(&self, typed: &str) -> Option<u32> {
        finder::fit(typed, &self.title, &self.detail)
    }

    pub fn icon(&self) -> &'static str {
        let place = PLACES.into_iter().find(|place| place.name == self.title);
        match self.kind {
            Kind::Place => place.map_or("home", |place| place.icon),
            Kind::Number => "phone",
            Kind::Conversation => "inbox",
            Kind::Action => "plus",
            Kind::Request => "form",
        }
    }
}

/// Reads from this device what has not been read yet: the conversations, where the inbox was not opened, of
/// each connection once it is known.
pub fn read(app: App) {
    Effect::new(move |known: Option<BTreeSet<String>>| {
        let mut known = known.unwrap_or_default();
        for connection in app.frame.connections.of(Provider::Kapso) {
            if known.insert(connection.id.clone()) {
                spawn_local(async move { app.inbox.load(app, &connection.id).await });
            }
        }
        known
    });
}

pub fn all(app: App) -> Vec<Entry> {
    let mut all: Vec<Entry> =
        PLACES.iter().map(|place| Entry::place(Kind::Place, place.name, "", place.path)).collect();
    all.extend(numbers(app));
    all.extend(conversations(app));
    all.extend(actions(app));
    all.extend(Provider::ALL.into_iter().flat_map(requests));
    all
}

fn numbers(app: App) -> impl Iterator<Item = Entry> {
    app.numbers.all().into_iter().map(|track| {
        let title = phone::display(&track.country_code, &track.number);
        let path = format!("/numbers/{}", encode(&track.id));
        Entry::place(Kind::Number, title, track.stage().word(), &path)
    })
}

/// Those of the connection in use first; of any other, the inbox says so and leads there.
fn conversations(app: App) -> Vec<Entry> {
    let active = app.frame.connections.active(Provider::Kapso).map(|connection| connection.id);
    let mut connections = app.frame.connections.of(Provider::Kapso);
    connections.sort_by_key(|connection| Some(&connection.id) != active.as_ref());
    let of_one = |connection: Connection| {
        let elsewhere = Some(&connection.id) != active.as_ref();
        let on = if elsewhere { format!("on {}", connection.label) } else { String::new() };
        app.inbox.listing(&connection.id).rows.into_iter().map(move |row| {
            let path = format!("/inbox/{}", encode(&row.id));
            let (name, number) = (contact::name(&row), phone::shown(&row.phone_number));
            let number = if number == name { String::new() } else { number };
            let details = [number, on.clone()].into_iter().filter(|detail| !detail.is_empty());
            Entry::place(Kind::Conversation, name, details.collect::<Vec<_>>().join(" · "), &path)
        })
    };
    connections.into_iter().flat_map(of_one).collect()
}

fn requests(provider: Provider) -> impl Iterator<Item = Entry> {
    catalogue::headings(provider).iter().map(move |heading| {
        let detail = format!("{} · {} {}", provider.name(), heading.method.name(), heading.path);
        Entry::place(Kind::Request, heading.title, detail, &format!("/requests/{}", heading.id))
    })
}

fn actions(app: App) -> Vec<Entry> {
    let go = |title, detail, path| Entry::place(Kind::Action, title, detail, path);
    let mut actions = vec![
        go("New number", "Bring a number live", "/numbers/new"),
        go("New conversation", "Write to a number, template first", "/inbox?new"),
    ];
    for provider in Provider::ALL {
        let (title, path) =
            (format!("Connect {}", provider.name()), format!("/connections#add-{}", provider.id()));
        actions.push(Entry::place(Kind::Action, title, "Add a connection", &path));
    }
    match app.keys.vault.standing() {
        Standing::Open => {
            actions.push(Entry::act("Lock the vault", "In every tab", Act::LockVault));
        }
        Standing::Locked => actions.push(go("Unlock the vault", "", "/settings#vault")),
        _ => {}
    }
    let theme = app.frame.theme;
    for one in Theme::ALL.into_iter().filter(|one| *one != theme.get()) {
        let title = format!("Appearance: {}", one.label().to_lowercase());
        actions.push(Entry::act(title, "Light, dark, or as the device", Act::Choose(one)));
    }
    actions
}
