//! Everything but secrets as a file: made from what this device has, and read from another. What a file brings is
//! shown first and taken as a whole or not at all; nothing that comes with it is sent.

use super::{
    App, activity, channels, connections::check_address, inbox, keys, language, media, retention, steps,
    theme,
};
use crate::{
    browser::{
        archive::{self, Candidate, Incoming, Refused, TakeFault, Taken},
        download, file, locale, page, settings,
        store::StoreFault,
    },
    domain::{
        archive::{Entry, Header, Keeping, LeftOut, Sifted},
        connection::{Connection, Home},
        first_steps::FirstSteps,
        holding::Kind,
        language::known,
        retention::Retention,
        vault::Idle,
    },
};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use web_sys::FileList;

/// Settings that move with the data, by their names, in words. Which connection is in use does not: a page must not
/// turn from sandbox to live by a file.
const PORTABLE: [(&str, &str); 9] = [
    (theme::NAME, "Appearance"),
    (language::NAME, "Language of dates and numbers"),
    (inbox::RINGS, "Notifications"),
    (retention::NAME, "How long messages are kept"),
    (media::NAME, "When pictures and media are loaded"),
    (keys::IDLE, "When the vault locks"),
    (activity::NAME, "Whether calls are noted, and how long they stay"),
    (channels::ASSISTANTS, "Assistants that were looked at"),
    (steps::NAME, "First steps"),
];

/// Connections that this browser's person made.
const CONNECTIONS: &str = super::connections::OWN;

/// Why a setting of a file is left out.
const NO_SETTING: &str = "This version has no such setting.";
const NO_VALUE: &str = "Its value is not one that this setting can have.";

fn is<T: DeserializeOwned>(value: &Json) -> bool {
    serde_json::from_value::<T>(value.clone()).is_ok()
}

/// Whether a value is one that its setting can have.
fn is_valid(name: &str, value: &Json) -> bool {
    match name {
        theme::NAME => is::<theme::Theme>(value),
        media::NAME => is::<media::When>(value),
        retention::NAME => is::<Retention>(value),
        keys::IDLE => is::<Idle>(value),
        inbox::RINGS => value.is_boolean(),
        activity::NAME => is::<activity::Keeping>(value),
        channels::ASSISTANTS => is::<BTreeMap<String, Vec<String>>>(value),
        steps::NAME => is::<FirstSteps>(value),
        language::NAME => value.is_null() || value.as_str().and_then(known).is_some(),
        _ => false,
    }
}

fn keeping(app: App) -> Keeping {
    if app.retention.keeps() { Keeping::Messages } else { Keeping::NoMessages }
}

/// Hands a file over; answers whether the browser took it. `told` hears how many messages were written.
pub async fn export(app: App, kinds: BTreeSet<Kind>, told: impl Fn(usize)) -> Result<bool, StoreFault> {
    let mut beside = vec![];
    if kinds.contains(&Kind::Settings) {
        beside.extend(app.frame.connections.own().into_iter().map(Entry::Connection));
        let value = |name: &str| Some((name.to_owned(), settings::get::<Json>(name)?));
        let values = PORTABLE.iter().filter_map(|(name, _)| value(name));
        beside.extend(values.map(|(name, value)| Entry::Setting { name, value }));
    }
    let now = page::now();
    let header = Header::new(env!("CARGO_PKG_VERSION"), &page::origin(), locale::iso(now));
    let file = archive::export(&header, &kinds, keeping(app), beside, told).await?;
    let day: String = header.made.chars().take(10).collect();
    Ok(download::save(&format!("switchboard-export-{day}.json"), &file))
}

/// A file that may be taken, and what there is to know of it.
#[derive(Clone)]
pub struct Review {
    candidate: Candidate,
    /// When it was made, in Unix milliseconds.
    pub made: Option<u64>,
    /// The site that made it, where that is another.
    pub from: Option<String>,
    /// How many of each kind there are, and of messages.
    pub kinds: Vec<(Kind, usize)>,
    pub messages: usize,
    /// Connections and settings that are not taken, and why.
    pub left_out: Vec<(LeftOut, String)>,
    /// Connections whose address is a path, which leads to this site from here on.
    pub relative: Vec<String>,
    /// Names of the settings that change.
    pub changes: Vec<&'static str>,
    /// Whether its messages are left out, because none may be kept here.
    pub bare: bool,
    /// Connections that are taken.
    connections: Vec<Connection>,
    incoming: Incoming,
}

impl Review {
    /// Version of the console that made the file.
    pub fn product(&self) -> String {
        self.candidate.header.product.clone()
    }
}

/// Reads a file that was chosen or dropped, and checks it; the refusal in words. Nothing is changed by it.
pub async fn examine(app: App, files: Option<FileList>, told: impl Fn(f64)) -> Result<Review, String> {
    let file = file::only(files).map_err(|fault| refusal(&Refused::File(fault)))?;
    let candidate = archive::check(&file, told).await.map_err(|refused| refusal(&refused))?;
    let bare = keeping(app) == Keeping::NoMessages;
    let tally = &candidate.tally;
    let sifted = Sifted::of(tally, |one| admit(app, one), has_place);
    let count = sifted.count();
    let Sifted { connections, settings, left_out } = sifted;
    let goes = |kind: Kind| bare && matches!(kind, Kind::Conversations | Kind::Leaving | Kind::Sendings);
    let of = |kind: Kind| if kind == Kind::Settings { count } else { tally.of(kind) };
    let kinds = Kind::ALL.into_iter().map(|kind| (kind, of(kind)));
    let kinds = kinds.filter(|(kind, count)| *count > 0 && !goes(*kind)).collect();
    let from = Some(candidate.header.origin.clone()).filter(|origin| *origin != page::origin());
    let leads_here = |one: &&Connection| from.is_some() && one.base_url.starts_with('/');
    let relative = connections.iter().filter(leads_here).map(|one| one.label.clone()).collect();
    let differs = |name: &str| {
        settings.get(name).is_some_and(|value| settings::get::<Json>(name).as_ref() != Some(value))
    };
    let changes = PORTABLE.into_iter().filter(|(name, _)| differs(name)).map(|(_, label)| label).collect();
    let mut incoming = Incoming { values: settings, count };
    if !connections.is_empty() {
        let all = serde_json::to_value(with(app.frame.connections.own(), connections.clone()));
        incoming.values.insert(CONNECTIONS.to_owned(), all.unwrap_or_default());
    }
    let made = crate::catalogue::time::parse(&candidate.header.made);
    let messages = if bare { 0 } else { tally.messages };
    Ok(Review {
        made,
        from,
        kinds,
        messages,
        left_out,
        relative,
        changes,
        bare,
        connections,
        incoming,
        candidate,
    })
}

/// Whether a setting of a file can be one of this browser's.
fn has_place(name: &str, value: &Json) -> Result<(), String> {
    match label(name) {
        None => Err(NO_SETTING.to_owned()),
        Some(_) if !is_valid(name, value) => Err(NO_VALUE.to_owned()),
        Some(_) => Ok(()),
    }
}

/// What a setting that moves is called.
pub fn label(name: &str) -> Option<&'static str> {
    PORTABLE.into_iter().find(|(known, _)| *known == name).map(|(_, label)| label)
}

/// Whether a connection of a file may be one of this browser's.
fn admit(app: App, connection: &Connection) -> Result<(), String> {
    let known = app.frame.connections.find(&connection.id);
    if known.is_some_and(|known| known.home != Home::Own) {
        return Err("This site has one of the same id already.".into());
    }
    if connection.is_sandbox() {
        return Err("Only whoever hosts a site can say that an address is a sandbox.".into());
    }
    check_address(&connection.base_url).map_err(|fault| fault.sentence().to_owned())
}

/// Those here, with those of a file in the place of the same id or after them.
fn with(mut here: Vec<Connection>, file: Vec<Connection>) -> Vec<Connection> {
    for connection in file {
        match here.iter_mut().find(|other| other.id == connection.id) {
            Some(other) => *other = connection,
            None => here.push(connection),
        }
    }
    here
}

fn refusal(refused: &Refused) -> String {
    use file::FileFault;
    let why = match refused {
        Refused::Format(problem) => problem.sentence(),
        Refused::Sandbox(failure) => format!("{} {}", failure.sentence(), failure.next()),
        Refused::File(FileFault::NoFile) => "This is not a file.".into(),
        Refused::File(FileFault::Several) => "Choose one file.".into(),
        Refused::File(FileFault::Closed) => {
            "This file cannot be read. Is it a folder, or open elsewhere?".into()
        }
        Refused::File(FileFault::TooLarge { bytes, most }) => format!(
            "This file has {}; the largest that is read has {}. Export fewer kinds at a time.",
            locale::size(*bytes as u64),
            locale::size(*most as u64)
        ),
    };
    format!("{why} Nothing was imported.")
}

/// Takes the wanted kinds; begins anew with a word on what was taken. The reason in words where nothing was.
pub async fn take(
    app: App,
    review: &Review,
    kinds: &BTreeSet<Kind>,
    told: impl Fn(usize),
) -> Result<(), String> {
    let incoming =
        if kinds.contains(&Kind::Settings) { review.incoming.clone() } else { Incoming::default() };
    match archive::take(&review.candidate, kinds, keeping(app), &incoming, told).await {
        Ok(taken) => {
            if kinds.contains(&Kind::Settings) {
                let_go_of_keys(app, &review.connections).await;
            }
            app.device.begin_anew(&said(&taken));
            Ok(())
        }
        Err(fault) => Err(why_not(&fault)),
    }
}

/// A key goes to the address alone that it was entered for.
async fn let_go_of_keys(app: App, taken: &[Connection]) {
    for connection in taken {
        let before = app.frame.connections.own().into_iter().find(|own| own.id == connection.id);
        if let Err(fault) = app.keys.follow(before.as_ref(), connection).await {
            app.frame.notices.tell(fault.sentence());
        }
    }
}

fn why_not(fault: &TakeFault) -> String {
    let why = match fault {
        TakeFault::Store(StoreFault::Full) | TakeFault::Settings => {
            "The browser's storage has no room for it. Erase something on this device, or import fewer kinds."
                .into()
        }
        TakeFault::Store(StoreFault::Blocked) => "The browser did not store it.".into(),
        TakeFault::Store(StoreFault::Damaged) => "What is stored here cannot be read.".into(),
        TakeFault::Replies(problem) => problem.sentence(),
        TakeFault::Changed => "The file has changed while it was read.".into(),
    };
    format!("{why} Nothing was imported; what was here is as it was.")
}

/// What was taken, in words.
fn said(taken: &Taken) -> String {
    let parts =
        taken.entries.iter().map(|(kind, count)| format!("{}: {}", kind.label(), locale::number(*count)));
    let mut parts: Vec<String> = parts.collect();
    if taken.messages > 0 {
        parts.push(format!("new messages: {}", locale::number(taken.messages)));
    }
    let mut words = match parts.is_empty() {
        true => "Nothing in the file was new here.".to_owned(),
        false => format!("Imported. {}.", parts.join(", ")),
    };
    if taken.gaps > 0 {
        words += &format!(
            " {} of its conversations stay as they are here, because messages between are missing in the file.",
            locale::number(taken.gaps)
        );
    }
    words
}
