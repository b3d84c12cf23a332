//! Small settings that are needed before the first paint: kept in the browser's local storage.
//! Nothing secret may be put here.

use super::page::window;
use serde::{Serialize, de::DeserializeOwned};

const PREFIX: &str = "switchboard.";
/// What was to be stored when a tab ended.
pub const RESCUED: &str = "rescued";
/// Connections that are being added, and were not added yet.
pub const BEGUN_CONNECTIONS: &str = "begun-connections";
/// In the storage of the tab.
const WORD: &str = "switchboard.word";

/// A stored setting, or `None` when there is none or storage is blocked.
pub fn get<T: DeserializeOwned>(name: &str) -> Option<T> {
    let text = window().local_storage().ok()??.get_item(&format!("{PREFIX}{name}")).ok()??;
    serde_json::from_str(&text).ok()
}

/// Whether a storage event tells of one setting.
pub fn is_about(event: &web_sys::StorageEvent, name: &str) -> bool {
    event.key().is_none_or(|key| key.strip_prefix(PREFIX) == Some(name))
}

/// Forgets every setting.
pub fn clear() {
    if let Ok(Some(storage)) = window().local_storage() {
        // A storage that cannot be cleared holds nothing of ours.
        drop(storage.clear());
    }
}

/// The names of all settings, with how many signs each takes.
pub fn sizes() -> Vec<(String, u64)> {
    let Ok(Some(storage)) = window().local_storage() else { return vec![] };
    let name = |at| storage.key(at).ok()??.strip_prefix(PREFIX).map(str::to_owned);
    let names: Vec<String> = (0..storage.length().unwrap_or(0)).filter_map(name).collect();
    let size = |name: String| {
        let text = storage.get_item(&format!("{PREFIX}{name}")).ok()??;
        Some((name.clone(), (PREFIX.len() + name.len() + text.len()) as u64))
    };
    names.into_iter().filter_map(size).collect()
}

/// Forgets one setting.
pub fn remove(name: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A storage that cannot be changed holds nothing of ours.
        drop(storage.remove_item(&format!("{PREFIX}{name}")));
    }
}

/// Leaves a sentence for the next time that this tab shows the page.
pub fn leave_word(word: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        // Where it cannot be left, nothing is said.
        drop(storage.set_item(WORD, word));
    }
}

/// Takes the sentence that was left.
pub fn take_word() -> Option<String> {
    let storage = window().session_storage().ok()??;
    let word = storage.get_item(WORD).ok()??;
    storage.remove_item(WORD).ok()?;
    Some(word)
}

/// Stores a setting; tells whether the browser kept it.
pub fn put<T: Serialize>(name: &str, value: &T) -> bool {
    let Ok(Some(storage)) = window().local_storage() else { return false };
    serde_json::to_string(value).is_ok_and(|text| storage.set_item(&format!("{PREFIX}{name}"), &text).is_ok())
}
