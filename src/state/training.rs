//! The world of the sandbox in this page, as whoever trains with it sees and changes it: what is in force, and
//! what came of the last command. What a command may be is the sandbox's own matter.

use super::notices::Notices;
use crate::browser::{
    sandbox::{self, ControlFault, Fault, State},
    store::StoreFault,
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::{Value as Json, json};

/// What a command is about, and beside what it is said what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    World,
    Faults,
    Talks,
    /// The sandbox as a whole.
    All,
}

#[derive(Clone, Copy)]
pub struct Training {
    /// `None` until it was read.
    pub state: RwSignal<Option<State>>,
    /// What came of the last command, in words.
    said: RwSignal<Option<(Part, String)>>,
    /// Why the world could not be read or changed.
    pub fault: RwSignal<Option<ControlFault>>,
    notices: Notices,
}

impl Training {
    /// Lasts as long as whoever made it.
    pub fn new(notices: Notices) -> Training {
        Training {
            state: RwSignal::new(None),
            said: RwSignal::new(None),
            fault: RwSignal::new(None),
            notices,
        }
    }

    /// What came of the last command, if that was about this.
    pub fn said(self, about: Part) -> Option<String> {
        self.said
            .with(|said| said.as_ref().filter(|(part, _)| *part == about).map(|(_, words)| words.clone()))
    }

    /// Reads what is in force.
    pub fn look(self) {
        spawn_local(async move { self.hear(sandbox::look().await, None) });
    }

    /// Gives a command, and says what it did.
    pub fn order(self, about: Part, command: Json, said: impl Into<String>) {
        let said = Some((about, said.into()));
        spawn_local(async move { self.hear(sandbox::control(&command).await, said) });
    }

    /// The page may be gone by now.
    fn hear(self, result: Result<State, ControlFault>, said: Option<(Part, String)>) {
        match result {
            Ok(state) => {
                self.state.try_set(Some(state));
                self.fault.try_set(None);
                self.said.try_set(said);
            }
            Err(fault) => {
                self.fault.try_set(Some(fault));
                self.said.try_set(None);
            }
        }
    }

    /// Puts other faults in the place of all.
    pub fn fail(self, faults: &[Fault], said: &str) {
        self.order(Part::Faults, json!({ "faults": faults }), said);
    }

    /// Makes a new world.
    pub fn reset(self) {
        spawn_local(async move {
            let done: Result<(), StoreFault> = sandbox::reset().await;
            let said = match self.notices.stored(done) {
                Some(()) => "The sandbox was reset.",
                None => "The sandbox could not be reset.",
            };
            self.hear(sandbox::look().await, Some((Part::All, said.to_owned())));
        });
    }
}
