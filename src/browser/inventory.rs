//! What is stored on this device, by the kinds that a person knows: how much there is of each, and erasing just
//! that. Which kind a shelf belongs to stands here, so that a new one has to be placed.

use super::{
    bulk,
    outbox::AFTER_PACES,
    page, settings,
    store::{Shelf, StoreFault, Transaction},
    threads::Key,
};
use crate::domain::{
    holding::Kind,
    outbox::{Item, State},
    thread::book::Head,
};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

/// The kind of what stands on a shelf; a shelf that is missing here does not compile.
pub const fn kind_of(shelf: Shelf) -> Kind {
    match shelf {
        Shelf::Drafts | Shelf::Unsent => Kind::Drafts,
        Shelf::Conversations | Shelf::Heads | Shelf::Messages | Shelf::Words | Shelf::Places => {
            Kind::Conversations
        }
        Shelf::Outbox => Kind::Leaving,
        Shelf::Batches | Shelf::Parts => Kind::Sendings,
        Shelf::Replies => Kind::Replies,
        Shelf::Numbers | Shelf::Attempts => Kind::Numbers,
        Shelf::Writes | Shelf::Reads => Kind::Calls,
        Shelf::Rations | Shelf::Incoming => Kind::Settings,
        Shelf::Vault => Kind::Vault,
        Shelf::World => Kind::Sandbox,
    }
}

/// The kind of a setting that is not among the shelves.
fn kind_of_setting(name: &str) -> Kind {
    match name {
        settings::RESCUED => Kind::Leaving,
        settings::BEGUN_CONNECTIONS => Kind::Drafts,
        name if name.starts_with("vault") => Kind::Vault,
        _ => Kind::Settings,
    }
}

/// How much there is of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Amount {
    /// As a person counts them.
    pub entries: usize,
    /// Of conversations, their messages.
    pub messages: usize,
    /// Of messages on their way out, those that were not sent as far as is known.
    pub unsent: usize,
    /// About so many bytes.
    pub size: u64,
}

impl Amount {
    /// Whether there is nothing at all, so that nothing can be erased.
    pub const fn is_empty(&self) -> bool {
        self.size == 0
    }
}

/// Entries that are measured in one go, so that the page is drawn in between: a block of messages takes some
/// hundred kilobytes.
const fn together(shelf: Shelf) -> u32 {
    match shelf {
        Shelf::Heads | Shelf::Messages | Shelf::Words | Shelf::World => 32,
        _ => 2_000,
    }
}

/// The shelves of a kind, with the key after which its entries stand. How fast was asked and sent lately is nothing
/// that a person keeps: it is not counted, and holds whatever is erased.
fn shelves(kind: Kind) -> impl Iterator<Item = (Shelf, &'static str)> {
    let kept = move |shelf: &Shelf| kind_of(*shelf) == kind && *shelf != Shelf::Rations;
    let after = |shelf: Shelf| if shelf == Shelf::Outbox { AFTER_PACES } else { "" };
    Shelf::ALL.into_iter().filter(kept).map(move |shelf| (shelf, after(shelf)))
}

/// Counts one kind in small steps.
pub async fn amount(kind: Kind) -> Result<Amount, StoreFault> {
    let mut amount = Amount::default();
    for (shelf, after) in shelves(kind) {
        let mut after = after.to_owned();
        loop {
            let some = Transaction::reading(&[shelf]).await?.measure(shelf, &after, together(shelf)).await?;
            let Some(last) = some.last else { break };
            amount.size += some.length;
            amount.entries += if is_counted(shelf) { some.count } else { 0 };
            after = last;
        }
    }
    for (name, length) in settings::sizes().into_iter().filter(|(name, _)| kind_of_setting(name) == kind) {
        amount.size += length;
        amount.entries += usize::from(matches!(kind, Kind::Settings | Kind::Drafts) && !name.is_empty());
    }
    match kind {
        Kind::Conversations => amount.messages = messages().await?,
        Kind::Replies => amount.entries = replies().await?,
        Kind::Sendings => amount.entries = bulk::all().await?.len(),
        Kind::Leaving => (amount.entries, amount.unsent) = leaving().await?,
        _ => {}
    }
    Ok(amount)
}

/// Whether its entries are what a person would count.
const fn is_counted(shelf: Shelf) -> bool {
    !matches!(
        shelf,
        Shelf::Heads
            | Shelf::Messages
            | Shelf::Words
            | Shelf::Places
            | Shelf::Batches
            | Shelf::Parts
            | Shelf::Rations
            | Shelf::Incoming
    )
}

async fn messages() -> Result<usize, StoreFault> {
    let (mut messages, mut after) = (0, String::new());
    loop {
        let some = Transaction::reading(&[Shelf::Heads]).await?;
        let some = some.entries_after(Shelf::Heads, &after, together(Shelf::Heads)).await?;
        let Some((last, _)) = some.last() else { return Ok(messages) };
        after = last.clone();
        let heads = some.iter().filter(|(key, _)| Key::of_head(key).is_some());
        messages += heads
            .filter_map(|(_, text)| serde_json::from_str::<Head>(text).ok())
            .map(|head| head.len())
            .sum::<usize>();
    }
}

/// All of them are one entry.
async fn replies() -> Result<usize, StoreFault> {
    let all: Vec<Vec<serde_json::Value>> = super::store::all(Shelf::Replies).await?;
    Ok(all.iter().map(Vec::len).sum())
}

async fn leaving() -> Result<(usize, usize), StoreFault> {
    let items: Vec<Item> = super::store::all(Shelf::Outbox).await?;
    let unsent = items.iter().filter(|item| !matches!(item.state, State::Sent { .. })).count();
    Ok((items.len(), unsent))
}

/// Removes one kind from the device, in one transaction. What is in memory of it, here and in other tabs, is not
/// changed by it.
pub async fn erase(kind: Kind) -> Result<(), StoreFault> {
    let names: Vec<Shelf> = shelves(kind).map(|(shelf, _)| shelf).collect();
    if !names.is_empty() {
        let transaction = Transaction::writing(&names).await?;
        for (shelf, after) in shelves(kind) {
            if after.is_empty() {
                transaction.clear(shelf).await?;
                continue;
            }
            for (key, _) in transaction.entries_after(shelf, after, u32::MAX).await? {
                transaction.delete(shelf, &key)?;
            }
        }
        transaction.commit().await?;
    }
    for (name, _) in settings::sizes().into_iter().filter(|(name, _)| kind_of_setting(name) == kind) {
        settings::remove(&name);
    }
    Ok(())
}

/// What the browser says of this site's storage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    pub used: u64,
    pub most: u64,
    /// Whether the browser promised to remove nothing by itself.
    pub lasts: bool,
}

#[wasm_bindgen]
extern "C" {
    type StorageManager;
    #[wasm_bindgen(method, catch)]
    fn estimate(this: &StorageManager) -> Result<js_sys::Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn persisted(this: &StorageManager) -> Result<js_sys::Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn persist(this: &StorageManager) -> Result<js_sys::Promise, JsValue>;
}

/// There is none on an insecure address.
fn manager() -> Option<StorageManager> {
    let manager = js_sys::Reflect::get(&page::window().navigator(), &"storage".into()).ok()?;
    (!manager.is_undefined() && !manager.is_null()).then(|| manager.unchecked_into())
}

/// `None` where the browser does not tell.
pub async fn estimate() -> Option<Estimate> {
    let manager = manager()?;
    let told = JsFuture::from(manager.estimate().ok()?).await.ok()?;
    let number = |name: &str| js_sys::Reflect::get(&told, &name.into()).ok()?.as_f64();
    let lasts = JsFuture::from(manager.persisted().ok()?).await.ok()?.is_truthy();
    Some(Estimate { used: number("usage")? as u64, most: number("quota")? as u64, lasts })
}

/// Asks the browser to remove nothing by itself; tells whether it promised.
pub async fn persist() -> bool {
    let Some(Ok(asked)) = manager().map(|manager| manager.persist()) else { return false };
    JsFuture::from(asked).await.is_ok_and(|promised| promised.is_truthy())
}
