//! The sandbox inside the page: a second module, loaded at the first call that needs it. Its world
//! lives in IndexedDB and is changed in one transaction per call, so tabs take turns.

use super::{
    page,
    store::{self, Shelf},
    transport::TIMEOUT,
};
use crate::catalogue::{
    call::Call,
    failure::{Failure, FailureKind},
    provider::{Provider, Scheme},
    reply::Reply,
    value::Secret,
};
use serde::Deserialize;
use serde_json::json;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

const WORLD: &str = "world";

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    type Module;
    /// The module's own start; its name is the one that wasm-bindgen gives the default export.
    #[wasm_bindgen(method, js_name = default)]
    fn start(this: &Module, options: &JsValue) -> js_sys::Promise;
    /// `world` empty for a new one; answers `{world, outcome}` as JSON.
    #[wasm_bindgen(method, catch)]
    fn answer(this: &Module, world: &str, request: &str, now: f64) -> Result<String, JsValue>;
    /// The typed values that reach errors, as a JSON list.
    #[wasm_bindgen(method, catch)]
    fn triggers(this: &Module) -> Result<String, JsValue>;
}

#[wasm_bindgen(inline_js = "export function load(url) { return import(url); }")]
extern "C" {
    fn load(url: &str) -> js_sys::Promise;
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
    let (base, version) = (page::base_path(), page::version());
    let script = format!("{base}/sandbox.js?v={version}");
    let module: Module = JsFuture::from(load(&script)).await.map_err(failed)?.unchecked_into();
    let options = js_sys::Object::new();
    let code = format!("{base}/sandbox_bg.wasm?v={version}");
    js_sys::Reflect::set(&options, &"module_or_path".into(), &code.into()).map_err(failed)?;
    JsFuture::from(module.start(&options)).await.map_err(failed)?;
    MODULE.with(|held| held.borrow_mut().replace(module.clone()));
    Ok(module)
}

/// Sends a call to the sandbox in this page.
pub async fn send(call: &Call, scheme: &Scheme, credential: &Secret) -> Result<Reply, Failure> {
    let started = page::ticks();
    let module = module().await?;
    let request = request(call, scheme, credential);
    let now = page::now() as f64;
    // Filled when the call was answered, which it is once, whether or not its result can be stored.
    let answered = RefCell::new(None);
    let answer = |stored: Option<String>| {
        let world = MEMORY.with(|held| held.borrow_mut().take()).or(stored).unwrap_or_default();
        let text = module.answer(&world, &request, now).ok();
        let answer = text.and_then(|text| serde_json::from_str::<Answered>(&text).ok());
        let after = answer.as_ref().map_or(world, |answer| answer.world.clone());
        answered.replace(answer);
        (after, ())
    };
    if store::change(Shelf::World, WORLD, &answer).await.is_err() {
        // It could be read but not written, or not even read.
        if answered.borrow().is_none() {
            answer(None);
        }
        let world = answered.borrow().as_ref().map(|answered| answered.world.clone());
        MEMORY.with(|held| held.replace(world));
    }
    match answered.take().map(|answered| answered.outcome) {
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
