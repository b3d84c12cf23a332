//! Answers that came and that the device did not take: they last as long as the page, and are stored before
//! anything else leaves.

use crate::{
    browser::{bulk as stored, store::StoreFault},
    domain::bulk::{Event, Part, Progress, step},
};
use leptos::prelude::*;

#[derive(Clone, Copy, Default)]
pub struct Answered(StoredValue<Vec<(String, u32, Event)>>);

impl Answered {
    pub fn is_any(self) -> bool {
        self.0.with_value(|all| !all.is_empty())
    }

    /// Whether the answer to the request of a batch that is under way is here.
    pub fn has(self, id: &str, number: u32) -> bool {
        self.0.with_value(|all| all.iter().any(|(other, part, _)| other == id && *part == number))
    }

    /// Stores an answer; what the device does not take stays here.
    pub async fn store(self, id: &str, number: u32, event: Event) -> Result<Option<Progress>, StoreFault> {
        let change = |progress: &mut Progress, part: &mut Part| step(progress, part, event.clone());
        let result = stored::change_parts(id, &[number], change).await;
        if result.is_err() {
            self.0.update_value(|all| all.push((id.to_owned(), number, event)));
        }
        Ok(result?.map(|(progress, _)| progress))
    }

    /// Stores what is still here; whose it was, and why not all of it could be, where it could not.
    pub async fn retry(self) -> Result<(), (String, StoreFault)> {
        while let Some((id, number, event)) = self.0.with_value(|all| all.first().cloned()) {
            self.0.update_value(|all| drop(all.remove(0)));
            self.store(&id, number, event).await.map_err(|fault| (id, fault))?;
        }
        Ok(())
    }
}
