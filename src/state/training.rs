//! The world of the sandbox in this page, as whoever trains with it sees and changes it: what is in force, and
//! what came of the last command. What a command may be is the sandbox's own matter.

use super::notices::Notices;
use crate::browser::{
    sandbox::{self, ControlFault, Fault, State},
    store::StoreFault,
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::{Value as Json, json};

#[derive(Clone, Copy)]
pub struct Training {
    /// `None` until it was read.
    pub state: RwSignal<Option<State>>,
    /// What came of the last command, in words.
    pub said: RwSignal<String>,
    /// Why the world could not be read or changed.
    pub fault: RwSignal<Option<ControlFault>>,
    notices: Notices,
}

impl Training {
    /// Lasts as long as whoever made it.
    pub fn new(notices: Notices) -> Training {
        Training {
            state: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            fault: RwSignal::new(None),
            notices,
        }
    }

    /// Reads what is in force.
    pub fn look(self) {
        spawn_local(async move { self.hear(sandbox::look().await, String::new()) });
    }

    /// Gives a command, and says what it did.
    pub fn order(self, command: Json, said: impl Into<String>) {
        let said = said.into();
        spawn_local(async move { self.hear(sandbox::control(&command).await, said) });
    }

    /// The page may be gone by now.
    fn hear(self, result: Result<State, ControlFault>, said: String) {
        match result {
            Ok(state) => {
                self.state.try_set(Some(state));
                self.fault.try_set(None);
                self.said.try_set(said);
            }
            Err(fault) => {
                self.fault.try_set(Some(fault));
                self.said.try_set(String::new());
            }
        }
    }

    /// Puts other faults in the place of all.
    pub fn fail(self, faults: &[Fault], said: &str) {
        self.order(json!({ "faults": faults }), said);
    }

    /// Makes a new world.
    pub fn reset(self) {
        spawn_local(async move {
            let done: Result<(), StoreFault> = sandbox::reset().await;
            let said = match self.notices.stored(done) {
                Some(()) => "The sandbox was reset.",
                None => "The sandbox could not be reset.",
            };
            self.hear(sandbox::look().await, said.to_owned());
        });
    }
}
