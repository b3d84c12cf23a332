//! The words of messages, kept beside them block by block, and finding some in all of a conversation.
//! Which message is shown then is not decided here.

use super::{Desk, Keep, Key, SHELVES, Shelf, StoreFault};
use crate::domain::thread::{body::Body, book::Block, entry::Entry};
use js_sys::{JsString, RegExp};
use wasm_bindgen::JsCast;

/// Stands between the words of two messages, and in none of them.
const DIVIDER: char = '\u{1}';
/// Blocks that are read together: the words of so many take little room, and somebody who types on does
/// not wait for more.
const TOGETHER: usize = 64;

/// The words of a block, folded for searching.
pub(super) fn of(rows: &[Entry]) -> String {
    let row = |entry: &Entry| {
        let words = entry.message().map(|message| Body::of_message(&message).searched());
        words.unwrap_or_default().replace(DIVIDER, " ")
    };
    let all: Vec<String> = rows.iter().map(row).collect();
    folded(&all.join(&DIVIDER.to_string()))
}

/// A text without accents and capitals, for comparing: `é` and `E` become `e`.
fn folded(text: &str) -> String {
    let text: JsString = text.into();
    let marks = RegExp::new("\\p{Mn}", "gu");
    let bare: JsString = text.normalize("NFD");
    // What a regular expression replaces in a text is a text.
    bare.replace_by_pattern(&marks, "").to_lower_case().unchecked_into::<JsString>().into()
}

/// The rows of all messages whose words have these, without regard to capitals and accents, by the
/// conversation's blocks in their order. A block that is lost has no words. `None` where the answer is
/// not wanted any more, which is asked now and again.
pub async fn find(
    keep: Keep,
    key: &Key,
    blocks: &[Block],
    words: &str,
    wanted: impl Fn() -> bool,
) -> Result<Option<Vec<usize>>, StoreFault> {
    let searched = folded(words.trim());
    let desk = Desk::open(keep, &SHELVES, false).await?;
    let (mut rows, mut first) = (vec![], 0);
    for some in blocks.chunks(TOGETHER) {
        if !wanted() {
            return Ok(None);
        }
        let entries: Vec<(Shelf, String)> =
            some.iter().map(|block| (Shelf::Words, key.block(block.number))).collect();
        for (block, text) in some.iter().zip(desk.texts(&entries).await?) {
            // Most blocks have them nowhere, which is seen faster in one piece.
            if let Some(text) = text.filter(|text| text.contains(&searched)) {
                let hits = text.split(DIVIDER).enumerate().filter(|(_, row)| row.contains(&searched));
                rows.extend(hits.map(|(at, _)| first + at));
            }
            first += block.count;
        }
    }
    Ok(Some(rows))
}
