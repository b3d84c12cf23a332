//! Small settings that are needed before the first paint: kept in the browser's local storage.
//! Nothing secret may be put here.

use super::page::window;
use serde::{Serialize, de::DeserializeOwned};

const PREFIX: &str = "switchboard.";

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

/// Stores a setting; tells whether the browser kept it.
pub fn put<T: Serialize>(name: &str, value: &T) -> bool {
    let Ok(Some(storage)) = window().local_storage() else { return false };
    serde_json::to_string(value).is_ok_and(|text| storage.set_item(&format!("{PREFIX}{name}"), &text).is_ok())
}
