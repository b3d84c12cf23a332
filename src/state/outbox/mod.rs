//! Messages on their way out, by conversation: what a person sends off is stored first, and leaves in the
//! order in which it was written. How one leaves is in `pump`, how a lost answer is settled in `settle`,
//! why a queue stands in `held`; what may become of a message is in `domain::outbox`.

mod held;
mod pump;
mod rescue;
mod settle;

pub use held::{Hand, Held};
pub use settle::NOT_KNOWN;

use super::{App, announced::Announced, notices::Notices};
use crate::{
    browser::{
        desk::Keep,
        outbox as stored, page,
        tabs::{Channel, Claim},
        threads::Key,
    },
    domain::{
        connection::Connection,
        outbox::{self, Event, Item, State, step},
        phone::bare,
        written::Written,
    },
};
use leptos::{ev, prelude::*, task::spawn_local};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

/// One conversation's messages being sent from this tab.
struct Pump {
    /// The turn among tabs.
    _claim: Option<Claim>,
    /// Whether something was queued meanwhile.
    again: bool,
}

#[derive(Clone, Copy)]
pub struct Outbox {
    queues: RwSignal<BTreeMap<Key, Arc<Vec<Item>>>>,
    loaded: RwSignal<bool>,
    held: RwSignal<BTreeMap<Key, Held>>,
    /// What was settled last in a conversation, in words for whoever does not see it.
    said: RwSignal<Option<(Key, Announced)>>,
    /// The message of which was said last that it has not left: it may be tried many times.
    said_to_wait: StoredValue<Option<String>>,
    /// The conversation that a message to a number has begun.
    pub begun: RwSignal<Option<Key>>,
    /// Whether the device did not take something, which is lost with the page therefore.
    in_page: StoredValue<bool>,
    /// The ids of messages whose own answers told them: none of them is another message.
    answered: StoredValue<BTreeSet<String>>,
    /// Sent off, and not on the device yet.
    unstored: StoredValue<Vec<Item>>,
    /// What was noted when the tab seemed to end.
    rescued: StoredValue<rescue::Rescued>,
    pumps: StoredValue<HashMap<Key, Pump>, LocalStorage>,
    channel: StoredValue<Option<Channel>, LocalStorage>,
    notices: Notices,
}

const CHANNEL: &str = "switchboard.outbox";

impl Outbox {
    pub fn new(notices: Notices) -> Outbox {
        Outbox {
            queues: RwSignal::new(BTreeMap::new()),
            loaded: RwSignal::new(false),
            held: RwSignal::new(BTreeMap::new()),
            said: RwSignal::new(None),
            said_to_wait: StoredValue::new(None),
            begun: RwSignal::new(None),
            in_page: StoredValue::new(false),
            answered: StoredValue::new(BTreeSet::new()),
            unstored: StoredValue::new(vec![]),
            rescued: StoredValue::new(rescue::Rescued::default()),
            pumps: StoredValue::new_local(HashMap::new()),
            channel: StoredValue::new_local(None),
            notices,
        }
    }

    /// Takes up what an earlier visit left, and listens to what lets a queue go on.
    pub fn start(app: App) {
        let outbox = app.outbox;
        let hear = move |text: String| {
            if let Ok(key) = serde_json::from_str::<Key>(&text) {
                spawn_local(async move {
                    outbox.refresh(&key).await;
                    outbox.go_on_unless_refused(app, &key);
                });
            }
        };
        outbox.channel.set_value(Channel::open(CHANNEL, hear));
        spawn_local(async move {
            outbox.take_up_rescued(app).await;
            for (key, items) in stored::queues().await {
                outbox.show(&key, items);
                outbox.go_on(app, &key);
            }
            outbox.loaded.set(true);
        });
        let ending = window_event_listener(ev::beforeunload, move |event| {
            // What the device keeps needs no question.
            let lasts = untrack(|| app.inbox.keep(app)) == Keep::Device && !outbox.in_page.get_value();
            let lasts = lasts && !app.writing.is_refused();
            if !lasts && (outbox.queues.with_untracked(|all| !all.is_empty()) || app.writing.is_any()) {
                event.prevent_default();
            }
        });
        let hidden = leptos::leptos_dom::helpers::window_event_listener_untyped("pagehide", move |_| {
            outbox.rescue(app);
        });
        let shown = leptos::leptos_dom::helpers::window_event_listener_untyped("pageshow", move |_| {
            outbox.end_rescue();
        });
        let online = window_event_listener(ev::online, move |_| outbox.all_go_on(app));
        on_cleanup(move || {
            ending.remove();
            hidden.remove();
            shown.remove();
            online.remove();
        });
        Effect::new(move |_| {
            app.keys.track();
            if app.frame.connections.loaded() {
                untrack(|| outbox.all_go_on(app));
            }
        });
    }

    /// Messages of a conversation that are not settled, in the order in which they were written.
    pub fn queue(self, key: &Key) -> Arc<Vec<Item>> {
        self.queues.with(|all| all.get(key).cloned().unwrap_or_default())
    }

    /// Every conversation that has one.
    pub fn queues(self) -> BTreeMap<Key, Arc<Vec<Item>>> {
        self.queues.get()
    }

    /// Whether what an earlier visit left has been read.
    pub fn loaded(self) -> bool {
        self.loaded.get()
    }

    /// How many messages of a connection have not left, or are not settled.
    pub fn unsent(self, connection: &str) -> usize {
        self.queues.with(|all| {
            all.iter().filter(|(key, _)| key.connection == connection).map(|(_, items)| items.len()).sum()
        })
    }

    /// Forgets all messages of a connection, as the person wants who removes it: they can leave no more.
    pub fn forget(self, connection: &str) {
        let of_it =
            |(key, items): (Key, Arc<Vec<Item>>)| (key.connection == connection).then_some((key, items));
        let gone: Vec<_> = self.queues.get_untracked().into_iter().filter_map(of_it).collect();
        spawn_local(async move {
            for (key, items) in gone {
                for item in items.iter() {
                    self.change(&key, &item.key, |_| None).await;
                }
            }
        });
    }

    /// What was said last of a conversation's messages.
    pub fn said(self, key: &Key) -> Option<Announced> {
        self.said.with(|said| said.as_ref().filter(|(of, _)| of == key).map(|(_, told)| told.clone()))
    }

    /// Sends off what was written: stores it, and lets it leave when it is its turn. `template` is the text
    /// of the chosen template with its values. Answers whether it could be sent.
    pub fn send(
        self,
        app: App,
        connection: &Connection,
        key: &Key,
        written: &Written,
        template: String,
    ) -> bool {
        let Some(call) = written.reading(&key.conversation).ready() else { return false };
        let nonce = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        let mut items = self.queues.with_untracked(|all| all.get(key).cloned().unwrap_or_default()).to_vec();
        let item = Item {
            key: outbox::next_key(items.last().map(|item| item.key.as_str()), page::now(), nonce),
            connection: connection.id.clone(),
            conversation: key.conversation.clone(),
            // Nothing in a message is a secret.
            request: call.values().masked(),
            to: untrack(|| app.inbox.conversation(key)).map_or(String::new(), |row| bare(&row.phone_number)),
            template,
            released: page::now(),
            state: State::Waiting,
        };
        if outbox::is_stuck(&items, untrack(|| self.held(key)).is_some(), page::now()) {
            self.say(key, "It waits until the message before it is sent or discarded.");
        }
        // It shows at once; it leaves when it is stored.
        items.push(item.clone());
        self.show(key, items);
        let rest = written.rest();
        let kept = app.writing.sent(key, app.writing.of(app, key), rest.clone());
        self.unstored.update_value(|all| all.push(item.clone()));
        let key = key.clone();
        spawn_local(async move {
            self.store(app, &key, &item, &kept, &rest).await;
            self.unstored.update_value(|all| all.retain(|other| other.key != item.key));
            self.refresh(&key).await;
            self.tell(&key);
            self.go_on_unless_refused(app, &key);
        });
        true
    }

    /// A person has said what is to become of a message.
    pub fn decide(self, app: App, key: &Key, item: &str, event: Event) {
        let (key, item) = (key.clone(), item.to_owned());
        spawn_local(async move {
            let release = matches!(event, Event::SendAgain);
            if release {
                self.said_to_wait.set_value(None);
            }
            self.change(&key, &item, move |item| {
                item.state = step(&item.state, event)?;
                if release {
                    item.released = page::now();
                }
                // What is there is a message of the conversation, and no longer one of the queue.
                (!item.is_sent()).then_some(())
            })
            .await;
            self.pump(app, key);
        });
    }

    /// Changes a message in its place; where `change` answers nothing, it is forgotten.
    async fn change(self, key: &Key, item: &str, change: impl FnOnce(&mut Item) -> Option<()>) {
        let changed = stored::change(key, item, |item, _| {
            if item.as_mut().is_some_and(|item| change(item).is_none()) {
                *item = None;
            }
        });
        self.notices.stored(changed.await);
        self.refresh(key).await;
        self.tell(key);
    }

    /// What is stored of a queue; what is on its way there is shown as well.
    async fn refresh(self, key: &Key) -> Vec<Item> {
        let items = stored::queue(key).await;
        let mut shown = items.clone();
        let is_of_it =
            |item: &&Item| item.connection == key.connection && item.conversation == key.conversation;
        self.unstored.with_value(|all| {
            for item in all.iter().filter(is_of_it) {
                if shown.iter().all(|known| known.key != item.key) {
                    shown.push(item.clone());
                }
            }
        });
        self.show(key, shown);
        items
    }

    fn show(self, key: &Key, items: Vec<Item>) {
        if items.is_empty() {
            self.hold(key, None);
        }
        self.queues.update(|all| match items.is_empty() {
            true => drop(all.remove(key)),
            false => drop(all.insert(key.clone(), Arc::new(items))),
        });
    }

    fn say(self, key: &Key, words: &str) {
        self.said.update(|said| {
            let told = Announced::after(said.as_ref().map(|(_, before)| before), words.to_owned());
            *said = Some((key.clone(), told));
        });
    }

    /// Says of a message that it has not left, unless that was said of it last.
    fn say_once(self, key: &Key, item: &Item, words: &str) {
        if self.said_to_wait.get_value().as_ref() != Some(&item.key) {
            self.said_to_wait.set_value(Some(item.key.clone()));
            self.say(key, words);
        }
    }

    fn tell(self, key: &Key) {
        self.channel.with_value(|channel| {
            if let (Some(channel), Ok(text)) = (channel, serde_json::to_string(key)) {
                channel.tell(&text);
            }
        });
    }

    /// Takes up a queue again, here or when the tab that has it lets go of it.
    pub fn go_on(self, app: App, key: &Key) {
        let unsettled =
            |items: &Arc<Vec<Item>>| items.iter().any(|item| item.state.holds_back() || item.is_sent());
        if self.queues.with_untracked(|all| all.get(key).is_some_and(unsettled)) {
            self.pump(app, key.clone());
        }
    }

    /// The same at a person's word, who is told again what comes of it.
    pub fn try_again(self, app: App, key: &Key) {
        self.said_to_wait.set_value(None);
        self.go_on(app, key);
    }

    /// A key that was refused is not tried again with the next message, only when a person has done something
    /// about it.
    fn go_on_unless_refused(self, app: App, key: &Key) {
        if !self.is_refused(key) {
            self.go_on(app, key);
        }
    }

    fn all_go_on(self, app: App) {
        for key in self.queues.with_untracked(|all| all.keys().cloned().collect::<Vec<_>>()) {
            self.go_on(app, &key);
        }
    }
}
