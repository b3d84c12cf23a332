//! The sandbox inside the page: a second module, loaded at the first call that needs it. Its world
//! lives in IndexedDB and is changed in one transaction per call, so tabs take turns.

use super::{
    page,
    store::{self, Shelf, Transaction},
    transport::TIMEOUT,
};
use crate::catalogue::{
    call::Call,
    failure::{Failure, FailureKind},
    provider::{Provider, Scheme},
    reply::Reply,
    value::Secret,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

pub(super) const WORLD: &str = "world";

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    type Module;
    /// `world` empty for a new one; answers `{world, outcome}` as JSON.
    #[wasm_bindgen(method, catch)]
    fn answer(this: &Module, world: &str, request: &str, now: f64) -> Result<String, JsValue>;
    /// The same for a command; answers `{world, state, holds}` or `{refused}` as JSON.
    #[wasm_bindgen(method, catch)]
    fn control(this: &Module, world: &str, command: &str, now: f64) -> Result<String, JsValue>;
    /// Whether a text is a world.
    #[wasm_bindgen(method, catch)]
    fn reads(this: &Module, world: &str) -> Result<bool, JsValue>;
    /// The typed values that reach errors, as a JSON list.
    #[wasm_bindgen(method, catch)]
    fn triggers(this: &Module) -> Result<String, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// The loader's: it knows what the file has to be.
    #[wasm_bindgen(js_namespace = switchboard)]
    fn later(name: &str) -> js_sys::Promise;
}

thread_local! {
    static MODULE: RefCell<Option<Module>> = const { RefCell::new(None) };
    /// The world as it was left by a call whose result could not be stored. It goes before the stored
    /// one until storage takes it.
    static MEMORY: RefCell<Option<String>> = const { RefCell::new(None) };
}

#[derive(Deserialize)]
struct Answered {
    world: String,
    outcome: Outcome,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Answer { status: u16, headers: Vec<(String, String)>, body: String },
    Drop,
    Hang,
}

async fn module() -> Result<Module, Failure> {
    if let Some(module) = MODULE.with(|held| held.borrow().clone()) {
        return Ok(module);
    }
    let failed = |_| Failure::of(FailureKind::Sandbox);
    let module: Module = JsFuture::from(later("sandbox")).await.map_err(failed)?.unchecked_into();
    MODULE.with(|held| held.borrow_mut().replace(module.clone()));
    Ok(module)
}

/// Sends a call to the sandbox in this page.
pub async fn send(call: &Call, scheme: &Scheme, credential: &Secret) -> Result<Reply, Failure> {
    let started = page::ticks();
    let module = module().await?;
    let request = request(call, scheme, credential);
    let now = page::now() as f64;
    let outcome = in_world(|world| {
        let text = module.answer(world, &request, now).ok()?;
        let answered = serde_json::from_str::<Answered>(&text).ok()?;
        Some((answered.world, answered.outcome))
    });
    match outcome.await {
        Some(Outcome::Answer { status, headers, body }) => {
            let headers = headers.into_iter().map(|(name, value)| (name.to_lowercase(), value)).collect();
            let milliseconds = (page::ticks() - started) as u32;
            Ok(Reply { status, headers, body, milliseconds })
        }
        Some(Outcome::Drop) => Err(Failure::of(FailureKind::Unreachable)),
        Some(Outcome::Hang) => {
            let seconds = TIMEOUT.as_secs() as u32;
            Err(Failure::of(FailureKind::TimedOut { seconds }))
        }
        None => Err(Failure::of(FailureKind::Sandbox)),
    }
}

/// Changes the world in one transaction, also where its end cannot be stored. `run` is given the world, empty
/// for a new one, and answers what becomes of it; it runs once.
async fn in_world<T>(run: impl Fn(&str) -> Option<(String, T)>) -> Option<T> {
    // Filled when it ran, whether or not its result can be stored.
    let done = RefCell::new(None);
    let change = |stored: Option<String>| {
        let world = MEMORY.with(|held| held.borrow_mut().take()).or(stored).unwrap_or_default();
        let made = run(&world);
        let after = made.as_ref().map_or(world, |(after, _)| after.clone());
        done.replace(made);
        (after, ())
    };
    if store::change(Shelf::World, WORLD, &change).await.is_err() {
        // It could be read but not written, or not even read.
        if done.borrow().is_none() {
            change(None);
        }
        let world = done.borrow().as_ref().map(|(world, _)| world.clone());
        MEMORY.with(|held| held.replace(world));
    }
    done.take().map(|(_, result)| result)
}

/// What is in force in the world of this page, and how much it holds.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct State {
    pub speed: f64,
    pub code: String,
    pub rate_limit: bool,
    pub faults: Vec<Fault>,
    /// The conversation that the command made.
    pub conversation_id: Option<String>,
    #[serde(skip)]
    pub holds: Holdings,
}

/// A fault that was ordered, as `_control` takes and shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    pub operation: String,
    pub times: u32,
    /// `before` or `after` it took effect.
    pub when: String,
    pub answer: Json,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Holdings {
    pub conversations: Vec<Talk>,
    pub numbers: usize,
    pub customers: usize,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Talk {
    pub id: String,
    pub name: String,
    pub messages: usize,
}

/// What the module answers to a command: the first three, or why it was not carried out.
#[derive(Deserialize)]
struct Controlled {
    world: Option<String>,
    state: Option<State>,
    holds: Option<Holdings>,
    refused: Option<String>,
}

/// Why a command was not carried out.
#[derive(Clone, Debug, PartialEq)]
pub enum ControlFault {
    Module(Failure),
    /// In the words of the control.
    Refused(String),
}

/// What is in force now, and what there is. A world that nobody has used yet is not stored by it.
pub async fn look() -> Result<State, ControlFault> {
    let module = module().await.map_err(ControlFault::Module)?;
    let stored = || async { Transaction::reading(&[Shelf::World]).await?.get(Shelf::World, WORLD).await };
    let world = match MEMORY.with(|held| held.borrow().clone()) {
        Some(world) => world,
        // Where nothing can be read, the world is a new one.
        None => stored().await.ok().flatten().unwrap_or_default(),
    };
    let text = module.control(&world, "{}", page::now() as f64).unwrap_or_default();
    read_state(serde_json::from_str(&text).ok())
}

/// Carries out a command of `_control` on the world of this page.
pub async fn control(command: &Json) -> Result<State, ControlFault> {
    let module = module().await.map_err(ControlFault::Module)?;
    let (command, now) = (command.to_string(), page::now() as f64);
    let controlled = in_world(|world| {
        let text = module.control(world, &command, now).ok()?;
        let done = serde_json::from_str::<Controlled>(&text).ok()?;
        Some((done.world.clone().unwrap_or_else(|| world.to_owned()), done))
    });
    read_state(controlled.await)
}

fn read_state(controlled: Option<Controlled>) -> Result<State, ControlFault> {
    match controlled {
        Some(Controlled { refused: Some(reason), .. }) => Err(ControlFault::Refused(reason)),
        Some(Controlled { state: Some(state), holds: Some(holds), .. }) => Ok(State { holds, ..state }),
        _ => Err(ControlFault::Module(Failure::of(FailureKind::Sandbox))),
    }
}

/// A typed value that brings about a documented error.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Trigger {
    pub operation: String,
    pub path: String,
    pub value: String,
    pub reaches: String,
}

pub async fn triggers() -> Result<Vec<Trigger>, Failure> {
    let failed = || Failure::of(FailureKind::Sandbox);
    let text = module().await?.triggers().map_err(|_| failed())?;
    serde_json::from_str(&text).map_err(|_| failed())
}

/// Whether the sandbox can go on with a world that was kept, by its own reading.
pub async fn reads(world: &str) -> Result<bool, Failure> {
    module().await?.reads(world).map_err(|_| Failure::of(FailureKind::Sandbox))
}

/// Forgets everything the sandbox was told.
pub async fn reset() -> Result<(), store::StoreFault> {
    MEMORY.with(|held| held.borrow_mut().take());
    store::delete(Shelf::World, WORLD).await
}

fn request(call: &Call, scheme: &Scheme, credential: &Secret) -> String {
    let provider: Provider = call.operation.provider;
    let wire = call.wire("", Some((scheme, credential)));
    let (path, query) = wire.url.split_once('?').unwrap_or((&wire.url, ""));
    json!({
        "provider": provider.id(), "method": wire.method, "path": path, "query": query,
        "headers": wire.headers, "body": wire.body.unwrap_or_default(),
    })
    .to_string()
}
