//! What the person has to know whatever page is open: storage that does not hold, an insecure address.

use crate::browser::{page, store::StoreFault};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Notices {
    list: RwSignal<Vec<String>>,
}

impl Notices {
    pub fn start() -> Notices {
        let notices = Notices { list: RwSignal::new(vec![]) };
        if !page::is_secure() {
            notices.tell(
                "This page was not opened over https, so the browser switches off what protects keys. The sandbox works; live keys are not used here. Ask whoever hosts the site for an https address.",
            );
        }
        notices
    }

    /// Shows a sentence until it is dismissed; the same one is shown once.
    pub fn tell(self, sentence: &str) {
        if !self.list.with_untracked(|list| list.iter().any(|other| other == sentence)) {
            self.list.update(|list| list.push(sentence.to_owned()));
        }
    }

    /// Passes a stored value on, and tells why there is none.
    pub fn stored<T>(self, result: Result<T, StoreFault>) -> Option<T> {
        result.map_err(|fault| self.tell(fault.sentence())).ok()
    }

    pub fn all(self) -> Vec<String> {
        self.list.get()
    }

    pub fn dismiss(self, sentence: &str) {
        self.list.update(|list| list.retain(|other| other != sentence));
    }
}
