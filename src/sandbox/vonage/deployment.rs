//! A number on its way to WhatsApp and out of it. What is kept is when a stage began; the state is
//! computed from the time that has passed since, so nothing has to run in between.

use super::{
    super::{ask::Ask, http::Answer, ids::digits_of, world::World},
    errors,
    stickers::Pack,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

/// Milliseconds of one automatic step at speed 1.
pub(in super::super) const STEP: u64 = 4000;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct Account {
    pub(in super::super) deployments: Vec<Deployment>,
}

/// Where a deployment is because of what somebody did; what it does by itself follows from time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(in super::super) enum Stage {
    /// Created: the number is set up, and then the code is sent.
    Setup,
    CodeSent,
    WrongCode,
    /// The code was right: the number is finished.
    Accepted,
    Deleted,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Deployment {
    pub(in super::super) id: String,
    pub(in super::super) waba_id: String,
    pub(in super::super) country_code: String,
    pub(in super::super) number: String,
    pub(in super::super) api_key: String,
    pub(in super::super) method: String,
    /// Whether WhatsApp will not accept the certificate.
    pub(in super::super) invalid: bool,
    pub(in super::super) stage: Stage,
    /// The progress at which the stage began.
    pub(in super::super) since: u64,
    /// Wrong codes since the last one was sent.
    pub(super) wrong: u32,
    /// Real times of the latest calls, for throttling.
    pub(super) resends: Vec<u64>,
    pub(super) checks: Vec<u64>,
    pub(in super::super) profile: Map<String, Json>,
    pub(in super::super) photo: Option<String>,
    pub(in super::super) packs: Vec<Pack>,
}

/// Every state with the words that go with it.
const DETAILS: &[(&str, &str)] = &[
    ("INITIALIZING", "Initializing deployment"),
    ("CREATING_CLUSTER", "Creating cluster"),
    ("CLUSTER_CREATED", "Cluster created"),
    ("CODE_SENT", "Code sent"),
    ("WRONG_CODE", "Wrong code entered"),
    ("CODE_VERIFIED", "Code verified"),
    ("FINALIZING", "Finalizing deployment"),
    ("READY", "Deployment is ready"),
    ("ERROR", "Invalid vname certificate"),
    ("DELETING", "Deleting deployment"),
    ("DELETED", "Deployment deleted"),
];

impl Deployment {
    /// A deployment that begins at a progress, with what its creation gave.
    pub(in super::super) fn new(world: &mut World, ask: &dyn Fn(&str) -> String) -> Deployment {
        let mut dice = world.dice();
        Deployment {
            id: dice.uuid(),
            waba_id: ask("waba_id"),
            country_code: ask("country_code"),
            number: ask("number"),
            api_key: dice.hex(8),
            method: ask("method"),
            invalid: ask("vname_certificate").starts_with("INVALID"),
            stage: Stage::Setup,
            since: world.clock.progress(),
            wrong: 0,
            resends: vec![],
            checks: vec![],
            profile: Map::new(),
            photo: None,
            packs: vec![],
        }
    }

    pub(in super::super) fn state(&self, progress: u64) -> &'static str {
        let steps = progress.saturating_sub(self.since) / STEP;
        match (self.stage, steps) {
            (Stage::Setup, 0) => "INITIALIZING",
            (Stage::Setup, 1) => "CREATING_CLUSTER",
            (Stage::Setup, _) if self.invalid => "ERROR",
            (Stage::Setup, 2) => "CLUSTER_CREATED",
            (Stage::Setup | Stage::CodeSent, _) => "CODE_SENT",
            (Stage::WrongCode, _) => "WRONG_CODE",
            (Stage::Accepted, 0) => "CODE_VERIFIED",
            (Stage::Accepted, 1) => "FINALIZING",
            (Stage::Accepted, _) => "READY",
            (Stage::Deleted, 0) => "DELETING",
            (Stage::Deleted, _) => "DELETED",
        }
    }

    pub(super) fn enter(&mut self, stage: Stage, progress: u64) {
        self.stage = stage;
        self.since = progress;
    }

    pub(super) fn show(&self, progress: u64) -> Json {
        let state = self.state(progress);
        let detail = DETAILS.iter().find(|(title, _)| *title == state).map_or("", |(_, detail)| detail);
        json!({
            "deployment_id": self.id,
            "waba_id": self.waba_id,
            "country_code": self.country_code,
            "number": self.number,
            "api_key": self.api_key,
            "current_state": {"title": state, "detail": detail},
        })
    }

    /// The whole number as digits: the same for `+44 07700` and `44 7700`.
    fn digits(&self) -> String {
        digits(&self.country_code, &self.number)
    }
}

fn digits(country_code: &str, number: &str) -> String {
    let plain = |text: &str| digits_of(text).trim_start_matches('0').to_owned();
    plain(country_code) + &plain(number)
}

pub(super) fn create(world: &mut World, ask: &Ask) -> Answer {
    let progress = world.clock.progress();
    let wanted = digits(&ask.text("country_code"), &ask.text("number"));
    // One that failed or is going away does not stand in the way of another attempt.
    let free = |state: &str| matches!(state, "ERROR" | "DELETING" | "DELETED");
    let other = world
        .vonage
        .deployments
        .iter()
        .find(|other| other.digits() == wanted && !free(other.state(progress)));
    if let Some(other) = other {
        let detail = format!("Active deployment already exists with id {}", other.id);
        return errors::detailed(world, 409, "number-in-use", &detail);
    }
    let deployment = Deployment::new(world, &|name| ask.text(name));
    let body = deployment.show(progress);
    world.vonage.deployments.push(deployment);
    Answer::json(ask.operation.success, &body)
}

/// States in which a deployment changes by itself and therefore cannot be deleted.
const TRANSITIONAL: &[&str] =
    &["INITIALIZING", "CREATING_CLUSTER", "CLUSTER_CREATED", "CODE_VERIFIED", "FINALIZING", "DELETING"];

/// What is deleted stays readable as `DELETED`, but there is nothing left to delete.
pub(super) fn delete(world: &mut World, ask: &Ask, at: usize) -> Answer {
    let progress = world.clock.progress();
    let deployment = &mut world.vonage.deployments[at];
    let state = deployment.state(progress);
    if state == "DELETED" {
        return errors::error(world, 404, "not-found");
    }
    if TRANSITIONAL.contains(&state) {
        let detail = format!("Deployment cannot be deleted because it is in the {state} state.");
        return errors::detailed(world, 409, "conflict-deployment-state", &detail);
    }
    deployment.enter(Stage::Deleted, progress);
    Answer::empty(ask.operation.success)
}
