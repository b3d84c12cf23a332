//! Writing the file: shelf by shelf in slices, each a part of the file that the browser keeps outside the page's
//! memory. A conversation is read in one transaction, so that a message that moves meanwhile is not missed.

use super::Breath;
use crate::{
    browser::{
        bulk,
        outbox::AFTER_PACES,
        sandbox,
        store::{Shelf, StoreFault, Transaction},
        threads::Key,
    },
    domain::{
        archive::{Entry, Header, Keeping, Sendings, foot, head, kept, line},
        bulk::{Standing, composed},
        holding::Kind,
        thread::book::Head,
    },
};
use js_sys::Array;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag};

/// Bytes of a part.
const PART: usize = 2 << 20;
/// Entries that are read together, and blocks of messages.
const TOGETHER: u32 = 64;
const BLOCKS: usize = 16;
/// Requests of a text to many in one line.
const REQUESTS: u32 = 100;

/// The shelves whose entries stand in the file as they are.
const PLAIN: [Shelf; 10] = [
    Shelf::Drafts,
    Shelf::Unsent,
    Shelf::Numbers,
    Shelf::Attempts,
    Shelf::Outbox,
    Shelf::Replies,
    Shelf::Writes,
    Shelf::Reads,
    Shelf::World,
    Shelf::Conversations,
];

/// Writes the kinds that are wanted; `beside` is what is kept elsewhere, and `told` hears how many messages were
/// written.
pub async fn export(
    header: &Header,
    kinds: &BTreeSet<Kind>,
    keeping: Keeping,
    beside: Vec<Entry>,
    told: impl Fn(usize),
) -> Result<Blob, StoreFault> {
    let mut sink = Sink { parts: Array::new(), text: head(header), count: 0, keeping };
    let mut breath = Breath::new();
    beside.into_iter().try_for_each(|entry| sink.put(entry).map(drop))?;
    for shelf in PLAIN {
        let mut after = String::new();
        loop {
            let some = Transaction::reading(&[shelf]).await?.entries_after(shelf, &after, TOGETHER).await?;
            let Some((last, _)) = some.last() else { break };
            after = last.clone();
            for (key, text) in &some {
                // One of another version would be refused where it arrives.
                if shelf == Shelf::World
                    && kinds.contains(&Kind::Sandbox)
                    && sandbox::reads(text).await == Ok(false)
                {
                    continue;
                }
                let wanted =
                    entries(shelf, key, text).into_iter().filter(|entry| kinds.contains(&entry.kind()));
                wanted.collect::<Vec<_>>().into_iter().try_for_each(|entry| sink.put(entry).map(drop))?;
            }
            breath.take().await;
        }
    }
    if kinds.contains(&Kind::Sendings) {
        sendings(&mut sink, &mut breath).await?;
    }
    if kinds.contains(&Kind::Conversations) && keeping == Keeping::Messages {
        messages(&mut sink, &mut breath, told).await?;
    }
    sink.text += &foot(sink.count);
    sink.finish()
}

/// What an entry of a shelf is in the file; nothing where it is none, or cannot be read.
fn entries(shelf: Shelf, key: &str, text: &str) -> Vec<Entry> {
    fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
        serde_json::from_str(text).ok()
    }
    let conversation = || key.split_once('\n').map(|(one, other)| (one.to_owned(), other.to_owned()));
    let one =
        match shelf {
            Shelf::Drafts if key == composed::KEY => read(text).map(Entry::Composed),
            Shelf::Drafts => match composed::piece_number(key) {
                Some(piece) => read(text).map(|text| Entry::ComposedFile { piece, text }),
                None => read(text).map(|draft| Entry::Draft { key: key.to_owned(), draft }),
            },
            Shelf::Unsent => conversation().zip(read(text)).map(|((connection, conversation), written)| {
                Entry::Written { connection, conversation, written }
            }),
            Shelf::Conversations => {
                conversation().zip(read(text)).map(|((connection, conversation), summary)| {
                    Entry::Conversation { connection, conversation, summary: Box::new(summary) }
                })
            }
            Shelf::Numbers => read(text).map(|track| Entry::Number(Box::new(track))),
            Shelf::Attempts => read(text).map(|ledger| Entry::Attempts { subject: key.to_owned(), ledger }),
            Shelf::Outbox if key < AFTER_PACES => None,
            Shelf::Outbox => read(text).map(Entry::Leaving),
            Shelf::Writes | Shelf::Reads => read(text).map(|record| Entry::Call(Box::new(record))),
            Shelf::World => read(text).map(Entry::World),
            Shelf::Replies => {
                return read::<Vec<_>>(text).into_iter().flatten().map(Entry::Reply).collect();
            }
            _ => None,
        };
    one.into_iter().collect()
}

async fn sendings(sink: &mut Sink, breath: &mut Breath) -> Result<(), StoreFault> {
    for (sending, (batch, progress)) in bulk::all().await? {
        // One that is still being written down was not sent off.
        if progress.standing == Standing::Written {
            continue;
        }
        let before = sink.mark();
        if !put_sending(
            sink,
            breath,
            Entry::Sending { batch: Box::new(batch), progress: Box::new(progress) },
            &sending,
        )
        .await?
        {
            // Some of it is gone, or cannot be read: the file would be refused for it.
            sink.back_to(before);
        }
    }
    Ok(())
}

/// Writes one with its requests; answers whether all of it is in the file.
async fn put_sending(
    sink: &mut Sink,
    breath: &mut Breath,
    entry: Entry,
    sending: &str,
) -> Result<bool, StoreFault> {
    let mut whole = Sendings::default();
    let mut put = |sink: &mut Sink, entry: Entry| Ok(whole.take(&entry).is_ok() && sink.put(entry)?);
    if !put(sink, entry)? {
        return Ok(false);
    }
    let mut from = 0;
    loop {
        let parts = bulk::parts(sending, from, REQUESTS).await?;
        let Some(last) = parts.last() else { break };
        from = last.number + 1;
        if !put(sink, Entry::Requests { sending: sending.to_owned(), parts })? {
            return Ok(false);
        }
        breath.take().await;
    }
    Ok(whole.end().is_ok())
}

async fn messages(sink: &mut Sink, breath: &mut Breath, told: impl Fn(usize)) -> Result<(), StoreFault> {
    let (mut after, mut written) = (String::new(), 0);
    loop {
        let some = Transaction::reading(&[Shelf::Heads]).await?;
        let some = some.entries_after(Shelf::Heads, &after, TOGETHER).await?;
        let Some((last, _)) = some.last() else { return Ok(()) };
        after = last.clone();
        for key in some.iter().filter_map(|(key, _)| Key::of_head(key)) {
            written = conversation(sink, &key, written, &told).await?;
            breath.take().await;
        }
    }
}

async fn conversation(
    sink: &mut Sink,
    key: &Key,
    mut written: usize,
    told: &impl Fn(usize),
) -> Result<usize, StoreFault> {
    let transaction = Transaction::reading(&[Shelf::Heads, Shelf::Messages]).await?;
    let head = transaction.get(Shelf::Heads, &key.text()).await?;
    let head: Head = head.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    // Nothing but the transaction's own requests is awaited, or it would end; the page is drawn between them.
    for some in head.blocks.chunks(BLOCKS) {
        let places: Vec<(Shelf, String)> =
            some.iter().map(|block| (Shelf::Messages, key.block(block.number))).collect();
        for text in transaction.get_each(&places).await?.into_iter().flatten() {
            let Ok(messages) = serde_json::from_str::<Vec<_>>(&text) else { continue };
            written += messages.len();
            let (connection, conversation) = (key.connection.clone(), key.conversation.clone());
            sink.put(Entry::Messages { connection, conversation, messages })?;
        }
        told(written);
    }
    Ok(written)
}

/// What was written so far.
struct Sink {
    /// Parts that are full.
    parts: Array,
    text: String,
    count: usize,
    keeping: Keeping,
}

impl Sink {
    /// Writes an entry as far as it may be in a file; answers whether anything of it is.
    fn put(&mut self, entry: Entry) -> Result<bool, StoreFault> {
        let sound = kept(entry, self.keeping).and_then(Entry::sound_part);
        let Some(line) = sound.and_then(|entry| line(&entry, self.count == 0)) else { return Ok(false) };
        self.text += &line;
        self.count += 1;
        if self.text.len() >= PART {
            self.flush()?;
        }
        Ok(true)
    }

    /// What was written so far, to go back to.
    fn mark(&self) -> (u32, String, usize) {
        (self.parts.length(), self.text.clone(), self.count)
    }

    fn back_to(&mut self, (parts, text, count): (u32, String, usize)) {
        self.parts.set_length(parts);
        (self.text, self.count) = (text, count);
    }

    fn flush(&mut self) -> Result<(), StoreFault> {
        let text = std::mem::take(&mut self.text);
        let part = Blob::new_with_str_sequence(&Array::of1(&JsValue::from_str(&text)));
        self.parts.push(&part.map_err(|_| StoreFault::Full)?.into());
        Ok(())
    }

    fn finish(mut self) -> Result<Blob, StoreFault> {
        self.flush()?;
        let options = BlobPropertyBag::new();
        options.set_type("application/json");
        Blob::new_with_blob_sequence_and_options(&self.parts, &options).map_err(|_| StoreFault::Full)
    }
}
