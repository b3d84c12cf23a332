//! Messages to many, on this device or as long as the page. What becomes of a request and of its batch is
//! written in one transaction, so two tabs cannot both send one, and the sums are those of the requests.

use super::{
    desk::{Desk, Keep, read_back},
    store::{Shelf, StoreFault, Transaction},
};
use crate::domain::bulk::{
    Batch, Part, Progress,
    composed::{Composed, Gone, KEY, PIECES},
};
use std::collections::BTreeMap;

const SHELVES: [Shelf; 2] = [Shelf::Batches, Shelf::Parts];
/// Where it is noted what left the form last; it sorts before all batches and is none.
const LAST: &str = "\nlast";

pub(super) fn progress_key(id: &str) -> String {
    format!("{id}\nprogress")
}

pub(super) fn part_key(id: &str, number: u32) -> String {
    format!("{id}\n{number:07}")
}

/// Everything that is kept of a batch.
fn prefix(id: &str) -> String {
    format!("{id}\n")
}

/// All batches and where they stand, by id. Where the device gives none, those of the page remain.
pub async fn all() -> Result<BTreeMap<String, (Batch, Progress)>, StoreFault> {
    let mut all = BTreeMap::new();
    let mut fault = None;
    for keep in [Keep::Device, Keep::Page] {
        match entries(keep).await {
            Ok(entries) => {
                for (key, text) in &entries {
                    let progress = entries.iter().find(|(other, _)| *other == progress_key(key));
                    let batch: Option<Batch> = read_back(Some(text.clone())).filter(|_| !key.contains('\n'));
                    if let (Some(batch), Some((_, progress))) = (batch, progress) {
                        let progress = read_back(Some(progress.clone())).unwrap_or_default();
                        all.insert(key.clone(), (batch, progress));
                    }
                }
            }
            Err(found) => fault = Some(found),
        }
    }
    fault.filter(|_| all.is_empty()).map_or(Ok(all), Err)
}

async fn entries(keep: Keep) -> Result<Vec<(String, String)>, StoreFault> {
    Desk::open(keep, &SHELVES, false).await?.entries(Shelf::Batches, "").await
}

/// Where a batch is kept.
async fn place(id: &str) -> Result<Keep, StoreFault> {
    let in_page = Desk::Page.text(Shelf::Batches, id).await?.is_some();
    Ok(if in_page { Keep::Page } else { Keep::Device })
}

/// Writes a batch down, none of whose requests is there yet.
pub async fn put(keep: Keep, batch: &Batch, progress: &Progress) -> Result<(), StoreFault> {
    let desk = Desk::open(keep, &SHELVES, true).await?;
    desk.put(Shelf::Batches, &batch.id, batch).await?;
    desk.put(Shelf::Batches, &progress_key(&batch.id), progress).await?;
    desk.commit().await
}

pub async fn put_parts(keep: Keep, id: &str, parts: &[Part]) -> Result<(), StoreFault> {
    let desk = Desk::open(keep, &SHELVES, true).await?;
    for part in parts {
        desk.put(Shelf::Parts, &part_key(id, part.number), part).await?;
    }
    desk.commit().await
}

/// Some requests of a batch in their order, from a number on.
pub async fn parts(id: &str, from: u32, most: u32) -> Result<Vec<Part>, StoreFault> {
    let desk = Desk::open(place(id).await?, &SHELVES, false).await?;
    let (from, until) = (part_key(id, from), part_key(id, 9_999_999));
    let found = desk.slice(Shelf::Parts, (&from, &until), most).await?;
    Ok(found.into_iter().filter_map(|(_, text)| read_back(Some(text))).collect())
}

/// Lets `change` say where a batch stands from now on. Answers that, and what `change` does; `None` where
/// there is no such batch any more.
pub async fn change<R>(
    id: &str,
    change: impl FnOnce(&mut Progress) -> R,
) -> Result<Option<(Progress, R)>, StoreFault> {
    let desk = Desk::open(place(id).await?, &SHELVES, true).await?;
    let Some(before) = desk.get::<Progress>(Shelf::Batches, &progress_key(id)).await? else {
        return Ok(None);
    };
    let mut progress = before.clone();
    let result = change(&mut progress);
    if progress != before {
        desk.put(Shelf::Batches, &progress_key(id), &progress).await?;
    }
    desk.commit().await?;
    Ok(Some((progress, result)))
}

/// What the device has of a message that is being composed, all of one moment: the message, the text of its
/// file, and what left the form last.
pub async fn composed() -> Result<(Option<Composed>, String, Option<Gone>), StoreFault> {
    let transaction = Transaction::reading(&[Shelf::Batches, Shelf::Drafts]).await?;
    let composed = transaction.get(Shelf::Drafts, KEY).await?;
    let last = transaction.get(Shelf::Batches, LAST).await?;
    let pieces = transaction.entries(Shelf::Drafts, PIECES).await?;
    let composed = composed.map(|text| serde_json::from_str(&text).map_err(|_| StoreFault::Damaged));
    let piece = |(_, text): &(String, String)| serde_json::from_str::<String>(text).ok();
    Ok((composed.transpose()?, pieces.iter().filter_map(piece).collect(), read_back(last)))
}

/// Lets a batch begin that is written down as a whole, and leaves in the form what remains in it, without the
/// pieces of its file: all in one transaction, where the device has both. `known` is the batch that left the form
/// last as far as this tab knows: where it is another, what this tab shows has left already, so nothing begins,
/// and that other is the answer.
pub async fn begin(gone: &Gone, known: Option<&str>, rest: &Composed) -> Result<Option<Gone>, StoreFault> {
    let id = &gone.batch;
    let keep = place(id).await?;
    let desk = Desk::open(keep, &[Shelf::Batches, Shelf::Parts, Shelf::Drafts], true).await?;
    // What is not on the device is in no other tab's form.
    if keep == Keep::Device {
        let last: Option<Gone> = desk.get(Shelf::Batches, LAST).await?;
        if let Some(last) = last.filter(|last| last.is_news(known)) {
            return Ok(Some(last));
        }
    }
    if let Some(mut progress) = desk.get::<Progress>(Shelf::Batches, &progress_key(id)).await? {
        progress.begin();
        desk.put(Shelf::Batches, &progress_key(id), &progress).await?;
    }
    if keep == Keep::Device {
        desk.put(Shelf::Drafts, KEY, rest).await?;
        desk.delete_all(Shelf::Drafts, PIECES).await?;
        desk.put(Shelf::Batches, LAST, gone).await?;
    }
    desk.commit().await?;
    Ok(None)
}

/// As [`change`], for requests of it as well; only those that `change` says are different are written.
pub async fn change_parts(
    id: &str,
    numbers: &[u32],
    mut change: impl FnMut(&mut Progress, &mut Part) -> bool,
) -> Result<Option<(Progress, bool)>, StoreFault> {
    let desk = Desk::open(place(id).await?, &SHELVES, true).await?;
    let mut entries = vec![(Shelf::Batches, progress_key(id))];
    entries.extend(numbers.iter().map(|number| (Shelf::Parts, part_key(id, *number))));
    let mut texts = desk.texts(&entries).await?.into_iter();
    let Some(mut progress) = read_back::<Progress>(texts.next().flatten()) else { return Ok(None) };
    let mut any = false;
    for (number, text) in numbers.iter().zip(texts) {
        let Some(mut part) = read_back::<Part>(text) else { continue };
        if change(&mut progress, &mut part) {
            desk.put(Shelf::Parts, &part_key(id, *number), &part).await?;
            any = true;
        }
    }
    if any {
        desk.put(Shelf::Batches, &progress_key(id), &progress).await?;
    }
    desk.commit().await?;
    Ok(Some((progress, any)))
}

/// Forgets a batch with all that belongs to it.
pub async fn remove(id: &str) -> Result<(), StoreFault> {
    let desk = Desk::open(place(id).await?, &SHELVES, true).await?;
    desk.delete(Shelf::Batches, id).await?;
    desk.delete_all(Shelf::Batches, &prefix(id)).await?;
    desk.delete_all(Shelf::Parts, &prefix(id)).await?;
    desk.commit().await
}

/// Takes all batches from the device to the page. They are never in both, so no two tabs send one.
pub async fn all_to_page() -> Result<(), StoreFault> {
    let desk = Desk::open(Keep::Device, &SHELVES, true).await?;
    let mut taken = vec![];
    for shelf in SHELVES {
        taken.extend(desk.entries(shelf, "").await?.into_iter().map(|(key, text)| (shelf, key, text)));
        desk.delete_all(shelf, "").await?;
    }
    desk.commit().await?;
    for (shelf, key, text) in taken {
        Desk::Page.put_text(shelf, &key, text).await?;
    }
    Ok(())
}
