//! Live calls by fetch. A credential leaves in a header of exactly the address it is given for;
//! redirects to elsewhere are refused, and nothing is cached.

use super::page;
use crate::catalogue::{
    call::Wire,
    failure::{Failure, FailureKind, Said},
    reply::Reply,
};
use gloo_net::http::Request;
use gloo_timers::callback::Timeout;
use std::{cell::Cell, rc::Rc, time::Duration};
use web_sys::{
    AbortController, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestMode,
    RequestRedirect, Url,
};

/// How long an answer may take.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// Lets a page take back a call it no longer needs.
#[derive(Clone)]
pub struct Abort(AbortController);

impl Abort {
    pub fn new() -> Result<Abort, Failure> {
        AbortController::new().map(Abort).map_err(|_| Failure::of(FailureKind::Unreachable))
    }

    pub fn now(&self) {
        self.0.abort();
    }
}

/// How old an answer may be. A relay may give one answer to several who ask the same, so that many people
/// can use one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    Fresh,
    Shared,
}

/// Seconds for which a relay shares an answer.
const SHARED: u64 = 2;
/// In which a relay says why it refused a request itself, without asking the provider.
const REFUSAL: &str = "relay-refusal";

impl Age {
    pub fn milliseconds(self) -> u64 {
        if self == Age::Shared { SHARED * 1000 } else { 0 }
    }
}

/// Sends a request and waits for its answer.
pub async fn send(wire: Wire, abort: &Abort, age: Age) -> Result<Reply, Failure> {
    let url = may_leave(&wire.url)?;
    let own = url.origin() == page::origin();
    let started = page::ticks();
    let timed_out = Rc::new(Cell::new(false));
    let timer = timer(abort, timed_out.clone());
    let result = exchange(wire, &url.href(), own, (abort, age)).await;
    drop(timer);
    let milliseconds = (page::ticks() - started) as u32;
    match result {
        Ok(reply) => reply.map(|reply| Reply { milliseconds, ..reply }),
        Err(_) if timed_out.get() => {
            Err(Failure::of(FailureKind::TimedOut { seconds: TIMEOUT.as_secs() as u32 }))
        }
        Err(_) => Err(Failure::of(FailureKind::Unreachable)),
    }
}

/// Whether anything answers at an address of another host, by a request that carries nothing and whose
/// answer no page can read; `None` where that tells nothing.
pub async fn answers(address: &str) -> Option<bool> {
    let url = may_leave(address).ok().filter(|url| url.origin() != page::origin())?;
    let abort = Abort::new().ok()?;
    let timer = timer(&abort, Rc::default());
    let init = RequestInit::new();
    init.set_mode(RequestMode::NoCors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&abort.0.signal()));
    let request = web_sys::Request::new_with_str_and_init(&url.href(), &init).ok()?;
    let answered = Request::from(request).send().await.is_ok();
    drop(timer);
    Some(answered)
}

/// Whether a call to an address can leave this page now; answers where it would go.
pub fn may_leave(address: &str) -> Result<Url, Failure> {
    let url = page::absolute(address).ok_or_else(|| Failure::of(FailureKind::Unreachable))?;
    if !page::may_connect(&url) {
        Err(Failure::of(FailureKind::OutsidePolicy))
    } else if !page::is_online() {
        Err(Failure::of(FailureKind::Offline))
    } else {
        Ok(url)
    }
}

/// Aborts after [`TIMEOUT`], unless it is dropped before.
fn timer(abort: &Abort, timed_out: Rc<Cell<bool>>) -> Timeout {
    let abort = abort.clone();
    Timeout::new(TIMEOUT.as_millis() as u32, move || {
        timed_out.set(true);
        abort.now();
    })
}

async fn exchange(
    wire: Wire,
    url: &str,
    own: bool,
    (abort, age): (&Abort, Age),
) -> Result<Result<Reply, Failure>, gloo_net::Error> {
    let (credentials, redirect) = if own {
        // A relay may stand behind the company's own sign-in, which lives in a cookie.
        (RequestCredentials::SameOrigin, RequestRedirect::Manual)
    } else {
        (RequestCredentials::Omit, RequestRedirect::Error)
    };
    let headers = Headers::new().map_err(js)?;
    for (name, value) in &wire.headers {
        headers.append(name, value).map_err(js)?;
    }
    // Otherwise the browser itself asks for a fresh one. Another host would have to allow the header.
    if own && age == Age::Shared {
        headers.append("Cache-Control", &format!("max-age={SHARED}")).map_err(js)?;
    }
    let init = RequestInit::new();
    init.set_method(wire.method);
    init.set_headers(&headers);
    init.set_credentials(credentials);
    init.set_redirect(redirect);
    init.set_cache(RequestCache::NoStore);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&abort.0.signal()));
    if let Some(body) = &wire.body {
        init.set_body(&body.into());
    }
    // Not gloo's builder: it adds an `&` to a query, and panics at a header the browser refuses.
    let request = web_sys::Request::new_with_str_and_init(url, &init).map_err(js)?;
    let request = Request::from(request);
    let response = request.send().await?;
    // A manual redirect shows as an answer without a status.
    if response.status() == 0 {
        return Ok(Err(Failure::of(FailureKind::SignInEnded)));
    }
    let headers: Vec<(String, String)> = response.headers().entries().collect();
    let status = response.status();
    let reply = Reply { status, headers, body: response.text().await?, milliseconds: 0 };
    // A provider's own answer cannot say so: the relay is the one that speaks on this origin.
    Ok(match reply.header(REFUSAL).filter(|_| own) {
        Some(word) => Err(relays(word, &reply)),
        None => Ok(reply),
    })
}

/// Why a relay refused a request.
fn relays(word: &str, reply: &Reply) -> Failure {
    let kind = match word {
        "sign-in" => FailureKind::SignInEnded,
        "rate" => FailureKind::Throttled { seconds: reply.retry_after() },
        "unreachable" => FailureKind::RelayUnreachable,
        _ => FailureKind::RelayRefused,
    };
    let said = Said { code: word.chars().take(40).collect(), ..Said::default() };
    Failure { kind, said: Box::new(said), explained: None }
}

/// A header that the browser does not take; forms refuse such text before.
fn js(error: wasm_bindgen::JsValue) -> gloo_net::Error {
    gloo_net::Error::GlooError(format!("{error:?}"))
}
