//! Fills the device with messages for `cargo xtask bench`, by the app's own reading and storing. No
//! build of the site contains it: its feature is asked for by that command alone.

#[cfg(target_arch = "wasm32")]
mod module {
    use js_sys::Date;
    use switchboard::{
        browser::{
            desk::Keep,
            threads::{self, Key, Reach},
        },
        catalogue::kapso::replies,
        domain::thread::entry::Entry,
    };
    use wasm_bindgen::prelude::{JsError, wasm_bindgen};

    /// Stores the messages of some answers, each a page of a conversation as JSON, together as the inbox
    /// does after reading them; answers how many were new. `complete` tells that the last of them is the
    /// conversation's last page.
    #[wasm_bindgen]
    pub async fn store(
        connection: String,
        conversation: String,
        answers: Vec<String>,
        complete: bool,
    ) -> Result<usize, JsError> {
        let now = Date::now() as u64;
        let mut entries = vec![];
        for answer in answers {
            let json = serde_json::from_str(&answer)?;
            entries.extend(replies::rows(&json).iter().filter_map(|row| Entry::read(row, now)));
        }
        let key = Key::new(&connection, &conversation);
        let merged = threads::merge(Keep::Device, &key, entries, Reach { complete, newest: true }).await;
        merged.map(|merged| merged.change.added.len()).map_err(|fault| JsError::new(fault.sentence()))
    }
}

fn main() {}
