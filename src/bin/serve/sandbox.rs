//! The sandbox over HTTP: one world, four providers below `/sandbox/`, the log, the control, and the
//! `switchboard.json` that points the console here. What is answered is the sandbox's business.

use crate::connection::Dropped;
use axum::{
    Json, Router,
    body::{Body, to_bytes},
    extract::{Query, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};
use switchboard::{
    catalogue::provider::Provider,
    sandbox::{self, Answer, Outcome, World},
};

/// The largest request, in bytes; no provider documents a larger one.
const LARGEST_BODY: usize = 10 << 20;

/// The one world of this server.
pub struct Sandbox(Mutex<World>);

impl Default for Sandbox {
    fn default() -> Self {
        Sandbox(Mutex::new(World::new(sandbox::SEED, now())))
    }
}

impl Sandbox {
    /// A panic while answering one call must not take the others down with it.
    fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub fn routes(sandbox: Arc<Sandbox>) -> Router {
    Router::new()
        .route("/sandbox/_log", get(log))
        .route("/sandbox/_control", post(control))
        .route("/sandbox/{*rest}", any(provider))
        .route("/switchboard.json", get(connections))
        .with_state(sandbox)
}

/// The path below which a provider is answered.
fn prefix(provider: Provider) -> String {
    format!("/sandbox/{}{}", provider.id(), provider.base_path())
}

async fn connections() -> impl IntoResponse {
    let connections = Provider::ALL.map(|provider| {
        json!({
            "id": format!("sandbox-{}", provider.id()),
            "provider": provider.id(),
            "label": "Sandbox (HTTP)",
            "base_url": prefix(provider),
            "credential": "sandbox",
        })
    });
    ([(header::CACHE_CONTROL, "no-cache")], Json(json!({ "connections": connections })))
}

#[derive(Deserialize)]
struct Since {
    #[serde(default)]
    after: u64,
}

async fn log(State(sandbox): State<Arc<Sandbox>>, Query(since): Query<Since>) -> Response {
    Json(sandbox::log(&sandbox.world(), since.after)).into_response()
}

async fn control(State(sandbox): State<Arc<Sandbox>>, headers: HeaderMap, body: String) -> Response {
    if foreign(&headers) {
        return refusal(StatusCode::FORBIDDEN, "Only a page of this server may control its sandbox.");
    }
    let orders = match serde_json::from_str::<Value>(&body) {
        Ok(orders) => orders,
        Err(problem) => {
            return refusal(StatusCode::BAD_REQUEST, &format!("The body is not JSON: {problem}."));
        }
    };
    match sandbox::control(&mut sandbox.world(), &orders, now()) {
        Ok(state) => Json(state).into_response(),
        Err(problem) => refusal(StatusCode::BAD_REQUEST, &problem),
    }
}

/// Whether a page of another origin sent this. Reading is kept from it by the missing CORS headers,
/// writing is not. Behind the proxy of `cargo xtask dev` the page's host is the forwarded one, which
/// no foreign page can set.
fn foreign(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return false };
    let host = origin.as_bytes().strip_prefix(b"http://");
    let names = |header: &str| headers.get(header).map(HeaderValue::as_bytes) == host;
    host.is_none() || !(names("host") || names("x-forwarded-host"))
}

fn refusal(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({ "error": error }))).into_response()
}

async fn provider(State(sandbox): State<Arc<Sandbox>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let readable = sandbox::cors(&sandbox.world());
    let mut response = if parts.method == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        answer(&sandbox, &parts, body).await
    };
    if readable {
        allow_any_page(response.headers_mut(), &parts.headers);
    }
    response
}

async fn answer(sandbox: &Sandbox, parts: &Parts, body: Body) -> Response {
    // The raw path: a `%2F` in a parameter must stay one.
    let path = parts.uri.path();
    let Some((provider, below)) = Provider::ALL.into_iter().find_map(|provider| {
        let below = path.strip_prefix(&prefix(provider))?;
        (below.is_empty() || below.starts_with('/')).then_some((provider, below))
    }) else {
        return refusal(StatusCode::NOT_FOUND, "No provider is answered at this path.");
    };
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return refusal(StatusCode::PAYLOAD_TOO_LARGE, "The sandbox reads at most 10 MB.");
    };
    let request = sandbox::Request {
        provider,
        method: parts.method.to_string(),
        path: below.to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: readable_headers(&parts.headers),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    let outcome = sandbox::answer(&mut sandbox.world(), &request, now());
    match outcome {
        Outcome::Answer(answer) => response(answer),
        Outcome::Drop => {
            let mut response = Response::default();
            response.extensions_mut().insert(Dropped);
            response
        }
        // The connection's own task goes away with the caller, and this with it.
        Outcome::Hang => std::future::pending().await,
    }
}

fn readable_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect()
}

/// A header that cannot be sent is left out; faults may name any.
fn response(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::BAD_GATEWAY);
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// What a provider sends that lets pages of every origin call it and read `Retry-After`,
/// `X-RateLimit-*` and `Date`. `*` would not cover `Authorization`, so what is asked for is named.
fn allow_any_page(to: &mut HeaderMap, asked: &HeaderMap) {
    let any = HeaderValue::from_static("*");
    to.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any.clone());
    to.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, any);
    if let Some(method) = asked.get(header::ACCESS_CONTROL_REQUEST_METHOD) {
        to.insert(header::ACCESS_CONTROL_ALLOW_METHODS, method.clone());
        to.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
    if let Some(headers) = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        to.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, headers.clone());
    }
}

/// Unix milliseconds.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}
