//! The numbers that are known on this device, and what every answer about one of them adds. It hears of
//! every call that ends, whichever page sent it; who asks and when is in `follow`, what is done in `acts`.

mod acts;
mod follow;
mod locate;

pub use acts::{Acted, Started, act, find_out, settle_start};
pub use follow::{Asking, Follow, Health};
pub use locate::{Located, locate};

use super::{App, notices::Notices};
use crate::{
    browser::{
        notify, page,
        store::{self, Shelf},
        tabs::Channel,
    },
    catalogue::{
        call::Call,
        draft::Draft,
        failure::{Failure, FailureKind},
        vonage::{self, replies::Deployment},
    },
    domain::{
        connection::Connection,
        ledger::{Act, Outcome},
        phone,
        provisioning::{Event, Stage, Track},
    },
};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Connection and deployment id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    pub connection: String,
    pub id: String,
}

impl Key {
    pub fn new(connection: &Connection, id: &str) -> Key {
        Key { connection: connection.id.clone(), id: id.to_owned() }
    }

    pub fn of(track: &Track) -> Key {
        Key { connection: track.connection.clone(), id: track.id.clone() }
    }

    fn text(&self) -> String {
        Track::key(&self.connection, &self.id)
    }
}

#[derive(Clone, Copy)]
pub struct Numbers {
    tracks: RwSignal<BTreeMap<Key, Track>>,
    /// Whether what is stored has been read.
    loaded: RwSignal<bool>,
    following: follow::Following,
    /// What was found out last about a request whose answer was lost.
    pub settled: RwSignal<Option<(Key, Act, Outcome)>>,
    channel: StoredValue<Option<Channel>, LocalStorage>,
    notices: Notices,
}

/// What one tab tells the others.
#[derive(Serialize, Deserialize)]
enum Told {
    /// What it knows of a number now.
    Track(Box<Track>),
    Forgot(Key),
    /// Somebody looks at this number there.
    Looking(Key),
}

const CHANNEL: &str = "switchboard.numbers";

impl Numbers {
    pub fn new(notices: Notices) -> Numbers {
        Numbers {
            tracks: RwSignal::new(BTreeMap::new()),
            loaded: RwSignal::new(false),
            following: follow::Following::new(),
            settled: RwSignal::new(None),
            channel: StoredValue::new_local(None),
            notices,
        }
    }

    /// Reads what is stored, and listens to the other tabs from here on.
    pub async fn load(app: App) {
        let numbers = app.numbers;
        let hear = move |text: String| {
            if let Ok(told) = serde_json::from_str(&text) {
                numbers.told(told);
            }
        };
        numbers.channel.set_value(Channel::open(CHANNEL, hear));
        follow::watch(app);
        let stored = numbers.notices.stored(store::all::<Track>(Shelf::Numbers).await);
        numbers.tracks.update(|tracks| {
            for track in stored.into_iter().flatten() {
                keep_newer(tracks, track);
            }
        });
        numbers.loaded.set(true);
    }

    pub fn loaded(self) -> bool {
        self.loaded.get()
    }

    pub fn get(self, key: &Key) -> Option<Track> {
        self.tracks.with(|tracks| tracks.get(key).cloned())
    }

    pub fn get_untracked(self, key: &Key) -> Option<Track> {
        self.tracks.with_untracked(|tracks| tracks.get(key).cloned())
    }

    /// All that are known, those that need a hand first, then the newest.
    pub fn all(self) -> Vec<Track> {
        let mut all: Vec<Track> = self.tracks.with(|tracks| tracks.values().cloned().collect());
        all.sort_by_key(|track| {
            let changed = track.since().unwrap_or(track.known_since);
            (!track.stage().needs_a_hand(), track.stage() == Stage::Gone, std::cmp::Reverse(changed))
        });
        all
    }

    /// Notes a deployment that was found or made.
    pub fn add(self, connection: &Connection, deployment: &Deployment) -> Key {
        let key = Key::new(connection, &deployment.id);
        let now = page::now();
        let known = self.get_untracked(&key);
        let mut track = known.unwrap_or_else(|| Track::new(&deployment.id, &connection.id, now));
        track.step(&Event::Read { deployment, asked: now }, now);
        self.put(track);
        key
    }

    /// Forgets a number on this device; nothing changes at the provider.
    pub fn forget(self, key: &Key) {
        self.tracks.update(|tracks| drop(tracks.remove(key)));
        self.tell(&Told::Forgot(key.clone()));
        let key = key.text();
        spawn_local(async move {
            self.notices.stored(store::delete(Shelf::Numbers, &key).await);
        });
    }

    pub fn follow(self, key: &Key) -> Follow {
        self.following.follow(key)
    }

    /// How the asking goes.
    pub fn health(self, key: &Key) -> Health {
        self.following.health(key)
    }

    /// Asks now: somebody wants to know.
    pub fn ask_now(self, key: &Key) {
        self.following.ask_now(key);
    }

    /// Takes in what happened to a number that is known here.
    fn step(self, key: &Key, event: &Event) {
        let Some(mut track) = self.get_untracked(key) else { return };
        track.step(event, page::now());
        self.put(track);
    }

    fn put(self, track: Track) {
        let key = Key::of(&track);
        let before = self.get_untracked(&key);
        self.tell(&Told::Track(Box::new(track.clone())));
        self.tracks.update(|tracks| drop(tracks.insert(key.clone(), track.clone())));
        self.following.changed(&key);
        if before.is_some_and(|before| before.stage() != track.stage()) {
            notify(&track);
        }
        spawn_local(async move {
            let kept = store::put(Shelf::Numbers, &Key::of(&track).text(), &track).await;
            self.notices.stored(kept);
        });
    }

    fn tell(self, told: &Told) {
        if let Ok(text) = serde_json::to_string(told) {
            self.channel.with_value(|channel| {
                if let Some(channel) = channel {
                    channel.tell(&text);
                }
            });
        }
    }

    fn told(self, told: Told) {
        match told {
            Told::Track(track) => {
                let key = Key::of(&track);
                self.tracks.update(|tracks| keep_newer(tracks, *track));
                self.following.heard(&key);
            }
            Told::Forgot(key) => self.tracks.update(|tracks| drop(tracks.remove(&key))),
            Told::Looking(key) => self.following.yield_to_whoever_looks(&key),
        }
    }

    /// Learns from the end of any call: `at` is when it left.
    pub fn hear(
        self,
        app: App,
        connection: &Connection,
        call: &Call,
        draft: &Draft,
        result: &Result<Json, Failure>,
        at: u64,
    ) {
        let key = Key::new(connection, &call.values().text_at("deployment_id"));
        if call.operation.id == vonage::GET_DEPLOYMENT.id && result.is_ok() {
            self.following.was_read(&key);
        }
        let method = call.values().text_at("method");
        match (call.operation.id, result) {
            (id, Ok(json)) if id == vonage::CREATE_DEPLOYMENT.id => {
                self.started(connection, json, draft, &method);
            }
            (id, Ok(json)) if id == vonage::GET_DEPLOYMENT.id => {
                if let Some(deployment) = Deployment::read(json) {
                    self.read(app, connection, &key, Some(&deployment), at);
                }
            }
            (id, Err(failure)) if id == vonage::GET_DEPLOYMENT.id && is_missing(failure) => {
                self.read(app, connection, &key, None, at);
            }
            (id, Ok(_)) if id == vonage::VERIFY.id => self.step(&key, &Event::Verified),
            (id, Err(failure)) if id == vonage::VERIFY.id && failure.said.code == WRONG => {
                self.step(&key, &Event::CodeRefused);
            }
            (id, Ok(_)) if id == vonage::RESEND_OTP.id => {
                self.step(&key, &Event::CodeResent { method: &method });
            }
            (id, Ok(_)) if id == vonage::DELETE_DEPLOYMENT.id => self.step(&key, &Event::Deleted),
            (id, Err(failure)) if id == vonage::VERIFY.id || id == vonage::RESEND_OTP.id => {
                if let FailureKind::Throttled { seconds } = failure.kind {
                    let until = page::now() + u64::from(seconds.unwrap_or(UNREADABLE_WAIT)) * 1000;
                    self.step(&key, &Event::Throttled { until, verifying: id == vonage::VERIFY.id });
                }
            }
            _ => {}
        }
    }

    /// A deployment was read, or is not there; what was unknown about it is settled by that.
    fn read(self, app: App, connection: &Connection, key: &Key, deployment: Option<&Deployment>, asked: u64) {
        self.step(key, &deployment.map_or(Event::Missing, |deployment| Event::Read { deployment, asked }));
        let (connection, key) = (connection.clone(), key.clone());
        let after = deployment.map(|deployment| deployment.state.clone());
        spawn_local(async move { acts::settle(app, &connection, &key, after.as_ref(), asked).await });
    }

    /// A start was accepted.
    fn started(self, connection: &Connection, json: &Json, draft: &Draft, method: &str) {
        let Some(deployment) = Deployment::read(json).filter(|deployment| !deployment.id.is_empty()) else {
            return;
        };
        let key = self.add(connection, &deployment);
        if let Some(track) = self.get_untracked(&key) {
            self.put(track.started_with(draft, method, page::now()));
        }
    }
}

/// Vonage's word for a code that is not accepted.
const WRONG: &str = "verification-failed";
/// Seconds to wait after *too many requests* where the page cannot read how long.
const UNREADABLE_WAIT: u32 = 60;

/// Whether the provider does not know the deployment.
pub fn is_missing(failure: &Failure) -> bool {
    failure.said.code == "not-found"
}

/// Tells a person who is looking elsewhere what they are waiting for.
fn notify(track: &Track) {
    let said = match track.stage() {
        Stage::Code { wrong: false } => "The code is on its way. Enter it in Switchboard.",
        Stage::Live => "The number is live.",
        Stage::Failed => "Bringing the number live has failed.",
        _ => return,
    };
    notify::show(&phone::display(&track.country_code, &track.number), said, &track.id);
}

fn keep_newer(tracks: &mut BTreeMap<Key, Track>, track: Track) {
    let key = Key::of(&track);
    let newer = match tracks.remove(&key) {
        Some(known) => known.newer(track),
        None => track,
    };
    tracks.insert(key, newer);
}
