//! Taking a file that was checked: everything in one transaction, which is taken back as a whole when anything of it
//! fails. Settings stand elsewhere in the browser; what they become is written down in the same transaction, and
//! brought there right after it, or by the next visit.

use super::Candidate;
use crate::{
    browser::{
        bulk::{part_key, progress_key},
        desk::Desk,
        outbox::item_key,
        sandbox::WORLD,
        settings,
        store::{self, Shelf, StoreFault, Transaction},
        threads::{self, Key, Reach},
    },
    domain::{
        activity,
        archive::{Entry, Keeping, Landed, joined_ledger, joined_summary, joined_written, landed},
        bulk::composed,
        holding::Kind,
        outbox::Item,
        provisioning::Track,
        saved_reply::{self, ImportProblem, STORED_BY, SavedReply},
        thread::summary::Summary,
    },
};
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// What is written down of settings that are to come.
const INCOMING: &str = "settings";
/// Entries after which what was asked for is waited for.
const TOGETHER: usize = 64;

/// Settings that are to come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incoming {
    /// By their names, as they are to be.
    pub values: Values,
    /// How many connections and settings of the file that is.
    pub count: usize,
}

type Values = BTreeMap<String, Json>;

/// What was taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    pub entries: BTreeMap<Kind, usize>,
    pub messages: usize,
    /// Conversations that stay as they are here, because messages between were missing.
    pub gaps: usize,
}

/// Why nothing was taken.
#[derive(Clone, Debug, PartialEq)]
pub enum TakeFault {
    Store(StoreFault),
    /// Together with those here there would be too many.
    Replies(ImportProblem),
    /// The browser has no room for the settings.
    Settings,
    /// The file is not what was checked.
    Changed,
}

impl From<StoreFault> for TakeFault {
    fn from(fault: StoreFault) -> TakeFault {
        TakeFault::Store(fault)
    }
}

/// Puts the wanted kinds onto the device. `told` hears how many entries were put.
pub async fn take(
    candidate: &Candidate,
    kinds: &BTreeSet<Kind>,
    keeping: Keeping,
    incoming: &Incoming,
    told: impl Fn(usize),
) -> Result<Taken, TakeFault> {
    let shelves: Vec<Shelf> =
        Shelf::ALL.into_iter().filter(|shelf| !matches!(shelf, Shelf::Vault | Shelf::Rations)).collect();
    let desk = Desk::Device(Transaction::writing(&shelves).await?);
    let mut landing = Landing {
        desk,
        candidate,
        taken: Taken::default(),
        decided: BTreeMap::new(),
        replies: vec![],
        sendings: BTreeMap::new(),
    };
    let put = landing.put_all(kinds, keeping, incoming, told).await;
    let Landing { desk, taken, .. } = landing;
    let Desk::Device(transaction) = desk else { return Ok(taken) };
    if let Err(fault) = put {
        transaction.abort().await;
        return Err(fault);
    }
    transaction.commit().await?;
    // The data are there. Whatever keeps the settings from following, the next visit brings them.
    drop(finish().await);
    Ok(taken)
}

/// Brings the settings of an import to their place, where there are any; answers whether the browser took them. If
/// it did not, or the page ends before, it is done at the next visit.
pub async fn finish() -> Result<Option<bool>, StoreFault> {
    let Some(incoming) = store::get::<Values>(Shelf::Incoming, INCOMING).await? else { return Ok(None) };
    let taken = incoming.iter().all(|(name, value)| settings::put(name, value));
    if taken {
        store::delete(Shelf::Incoming, INCOMING).await?;
    }
    Ok(Some(taken))
}

/// Whether the browser has room for all of them, beside what is there. It is tried under a name of its own, which
/// no other tab listens to.
fn have_room(incoming: &Values) -> bool {
    const NAME: &str = "room";
    let fits = settings::put(NAME, incoming);
    settings::remove(NAME);
    fits
}

struct Landing<'a> {
    desk: Desk,
    candidate: &'a Candidate,
    taken: Taken,
    /// Whether the messages of a conversation join those here.
    decided: BTreeMap<(String, String), bool>,
    replies: Vec<SavedReply>,
    /// Texts to many by their ids; nothing where one is here already and stays as it is.
    sendings: BTreeMap<String, Option<Landed>>,
}

impl Landing<'_> {
    async fn put_all(
        &mut self,
        kinds: &BTreeSet<Kind>,
        keeping: Keeping,
        incoming: &Incoming,
        told: impl Fn(usize),
    ) -> Result<(), TakeFault> {
        if !have_room(&incoming.values) {
            return Err(TakeFault::Settings);
        }
        for (number, entry) in self.candidate.entries(|kind| kinds.contains(&kind)).enumerate() {
            if let Some(entry) = landed(entry.ok_or(TakeFault::Changed)?, keeping) {
                let (kind, counts) = (entry.kind(), entry.counts());
                if self.put(entry).await? && counts {
                    *self.taken.entries.entry(kind).or_default() += 1;
                }
            }
            // A block of messages is as much as many entries.
            if number % TOGETHER == 0 || self.taken.messages > 0 {
                self.settle().await?;
                told(number);
            }
        }
        self.put_replies().await?;
        self.put_sendings().await?;
        for shelf in [Shelf::Writes, Shelf::Reads] {
            self.settle().await?;
            self.transaction()?.trim(shelf, activity::KEEP).await?;
        }
        if incoming.count > 0 {
            self.put_value(Shelf::Incoming, INCOMING, &incoming.values).await?;
            self.taken.entries.insert(Kind::Settings, incoming.count);
        }
        Ok(self.settle().await?)
    }

    fn transaction(&self) -> Result<&Transaction, StoreFault> {
        match &self.desk {
            Desk::Device(transaction) => Ok(transaction),
            Desk::Page => Err(StoreFault::Blocked),
        }
    }

    async fn settle(&self) -> Result<(), StoreFault> {
        self.transaction()?.settle().await
    }

    async fn put_value<T: Serialize>(&self, shelf: Shelf, key: &str, value: &T) -> Result<(), StoreFault> {
        self.desk.put(shelf, key, value).await
    }

    /// Answers whether it was taken.
    async fn put(&mut self, entry: Entry) -> Result<bool, TakeFault> {
        match entry {
            Entry::Draft { key, draft } => self.put_value(Shelf::Drafts, &key, &draft).await?,
            Entry::Composed(composed) => {
                // Its file takes the place of the one here.
                self.desk.delete_all(Shelf::Drafts, composed::PIECES).await?;
                self.put_value(Shelf::Drafts, composed::KEY, &composed).await?;
            }
            Entry::ComposedFile { piece, text } => {
                self.put_value(Shelf::Drafts, &composed::piece_key(piece), &text).await?;
            }
            Entry::Written { connection, conversation, written } => {
                let key = Key::new(&connection, &conversation).text();
                let here = self.desk.get(Shelf::Unsent, &key).await?.unwrap_or_default();
                self.put_value(Shelf::Unsent, &key, &joined_written(here, written)).await?;
            }
            Entry::Number(track) => {
                let key = Track::key(&track.connection, &track.id);
                let here: Option<Track> = self.desk.get(Shelf::Numbers, &key).await?;
                let track = here.map_or_else(|| (*track).clone(), |here| here.newer((*track).clone()));
                self.put_value(Shelf::Numbers, &key, &track).await?;
            }
            Entry::Attempts { subject, ledger } => {
                let here = self.desk.get(Shelf::Attempts, &subject).await?.unwrap_or_default();
                self.put_value(Shelf::Attempts, &subject, &joined_ledger(here, ledger)).await?;
            }
            Entry::Leaving(item) => return Ok(self.put_leaving(&item).await?),
            Entry::Sending { batch, progress } => {
                let is_new = self.desk.text(Shelf::Batches, &batch.id).await?.is_none();
                let id = batch.id.clone();
                self.sendings.insert(id, is_new.then(|| Landed::new(*batch, *progress)));
                return Ok(is_new);
            }
            Entry::Requests { sending, parts } => {
                if let Some(Some(landed)) = self.sendings.get_mut(&sending) {
                    for part in parts {
                        let part = landed.take(part);
                        self.desk.put(Shelf::Parts, &part_key(&sending, part.number), &part).await?;
                    }
                }
            }
            Entry::Call(record) => {
                let shelf = if record.writes() { Shelf::Writes } else { Shelf::Reads };
                if self.desk.text(shelf, &record.key).await?.is_some() {
                    return Ok(false);
                }
                self.put_value(shelf, &record.key, &record).await?;
            }
            Entry::World(world) => self.put_value(Shelf::World, WORLD, &world).await?,
            Entry::Reply(reply) => self.replies.push(reply),
            Entry::Conversation { connection, conversation, summary } => {
                return Ok(self.put_summary(&Key::new(&connection, &conversation), *summary).await?);
            }
            Entry::Messages { connection, conversation, messages } => {
                let key = Key::new(&connection, &conversation);
                if !self.joins(&key).await? {
                    return Ok(false);
                }
                let merged = threads::merge_at(&self.desk, &key, messages, Reach::default()).await?;
                self.taken.messages += merged.change.added.len();
            }
            // Those that are taken are among the incoming, and are counted with them.
            Entry::Connection(_) | Entry::Setting { .. } => return Ok(false),
        }
        Ok(true)
    }

    /// One that is here stays as it is: it may be leaving at this moment.
    async fn put_leaving(&self, item: &Item) -> Result<bool, StoreFault> {
        let key = item_key(&Key::new(&item.connection, &item.conversation), &item.key);
        let is_new = self.desk.text(Shelf::Outbox, &key).await?.is_none();
        if is_new {
            self.put_value(Shelf::Outbox, &key, item).await?;
        }
        Ok(is_new)
    }

    /// Once all their requests are there, and with them the sums.
    async fn put_sendings(&self) -> Result<(), StoreFault> {
        for Landed { batch, progress } in self.sendings.values().flatten() {
            self.put_value(Shelf::Batches, &batch.id, batch).await?;
            self.put_value(Shelf::Batches, &progress_key(&batch.id), progress).await?;
        }
        Ok(())
    }

    async fn put_summary(&mut self, key: &Key, summary: Summary) -> Result<bool, StoreFault> {
        let joins = self.joins(key).await?;
        if joins {
            let here = self.desk.get(Shelf::Conversations, &key.text()).await?.unwrap_or_default();
            self.put_value(Shelf::Conversations, &key.text(), &joined_summary(here, summary)).await?;
        }
        Ok(joins)
    }

    /// Whether the messages of the file and those here follow each other without a gap, which nobody would fill.
    async fn joins(&mut self, key: &Key) -> Result<bool, StoreFault> {
        let name = (key.connection.clone(), key.conversation.clone());
        if let Some(decided) = self.decided.get(&name) {
            return Ok(*decided);
        }
        let head = threads::read(&self.desk, key).await?.head;
        let joins = match (head.blocks.first(), head.blocks.last(), self.candidate.tally.spans.get(&name)) {
            (Some(first), Some(last), Some(span)) => span.meets(&first.first, &last.last),
            // Nothing is here, or in the file.
            (None, ..) | (_, None, _) => true,
            // What lists show here is newer, or as good.
            (.., None) => false,
        };
        self.taken.gaps += usize::from(!joins && self.candidate.tally.spans.contains_key(&name));
        self.decided.insert(name, joins);
        Ok(joins)
    }

    async fn put_replies(&self) -> Result<(), TakeFault> {
        if self.replies.is_empty() {
            return Ok(());
        }
        let here: Vec<SavedReply> = self.desk.get(Shelf::Replies, STORED_BY).await?.unwrap_or_default();
        let merged = saved_reply::merge(&here, &self.replies).map_err(TakeFault::Replies)?;
        Ok(self.put_value(Shelf::Replies, STORED_BY, &merged).await?)
    }
}
