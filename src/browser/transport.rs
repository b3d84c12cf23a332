//! Live calls by fetch. A credential leaves in a header of exactly the address it is given for;
//! redirects to elsewhere are refused, and nothing is cached.

use super::page;
use crate::catalogue::{
    call::Wire,
    failure::{Failure, FailureKind},
    reply::Reply,
};
use gloo_net::http::Request;
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};
use std::{cell::Cell, rc::Rc, time::Duration};
use web_sys::{
    AbortController, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect,
    Url,
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

/// Sends a request and waits for its answer.
pub async fn send(wire: Wire, abort: &Abort) -> Result<Reply, Failure> {
    let url = may_leave(&wire.url)?;
    let own = url.origin() == page::origin();
    let started = page::ticks();
    let timed_out = Rc::new(Cell::new(false));
    let timer = timer(abort, timed_out.clone());
    let result = exchange(wire, &url.href(), own, abort).await;
    timer.inspect(TimeoutHandle::clear);
    let milliseconds = (page::ticks() - started) as u32;
    match result {
        Ok(reply) => reply.map(|reply| Reply { milliseconds, ..reply }),
        Err(_) if timed_out.get() => {
            Err(Failure::of(FailureKind::TimedOut { seconds: TIMEOUT.as_secs() as u32 }))
        }
        Err(_) => Err(Failure::of(FailureKind::Unreachable)),
    }
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

fn timer(abort: &Abort, timed_out: Rc<Cell<bool>>) -> Option<TimeoutHandle> {
    let abort = abort.clone();
    let ring = move || {
        timed_out.set(true);
        abort.now();
    };
    set_timeout_with_handle(ring, TIMEOUT).ok()
}

async fn exchange(
    wire: Wire,
    url: &str,
    own: bool,
    abort: &Abort,
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
    let headers = response.headers().entries().collect();
    let status = response.status();
    Ok(Ok(Reply { status, headers, body: response.text().await?, milliseconds: 0 }))
}

/// A header that the browser does not take; forms refuse such text before.
fn js(error: wasm_bindgen::JsValue) -> gloo_net::Error {
    gloo_net::Error::GlooError(format!("{error:?}"))
}
