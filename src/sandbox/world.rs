//! Everything the stand-in remembers. It is written and read as JSON by whoever keeps it; nothing in
//! it but `seed` and the calls decides what the next answer is.

use super::{clock::Clock, fault::Fault, ids::Dice, kapso::Project, log::Log, sample, vonage::Account};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// The one-time code, until another is set.
pub const CODE: &str = "674639";

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct World {
    pub(super) seed: u64,
    /// How many dice were taken: no id is given twice.
    drawn: u64,
    pub(super) clock: Clock,
    /// The one-time code that the next number gets by SMS or call.
    pub(super) code: String,
    pub(super) cors: bool,
    /// Whether Kapso's 100 calls a minute are enforced; its headers count in any case.
    pub(super) rate_limit: bool,
    /// Whether Vonage's list of deployments answers a single object, as one version of its guide has it.
    pub(super) single: bool,
    pub(super) faults: Vec<Fault>,
    pub(super) vonage: Account,
    pub(super) kapso: Project,
    /// Deployments of assistants, oldest first.
    pub(super) rapida: Vec<Json>,
    #[serde(skip)]
    pub(super) log: Log,
}

impl World {
    /// A world with the sample data of a seed. `now` in Unix milliseconds.
    pub fn new(seed: u64, now: u64) -> World {
        let mut world = World {
            seed,
            drawn: 0,
            clock: Clock::new(now),
            code: CODE.into(),
            cors: true,
            rate_limit: false,
            single: false,
            faults: vec![],
            vonage: Account::default(),
            kapso: Project::default(),
            rapida: vec![],
            log: Log::default(),
        };
        sample::fill(&mut world);
        world
    }

    /// The world that was written as this text; `None` where it is none, or one of another version.
    pub fn read(text: &str) -> Option<World> {
        serde_json::from_str(text).ok()
    }

    /// Dice that nobody else has.
    pub(super) fn dice(&mut self) -> Dice {
        self.drawn += 1;
        Dice::new(self.seed, self.drawn)
    }
}
