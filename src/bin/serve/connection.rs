//! Connections, one request each. Below axum, because only there a connection can be closed without
//! an answer, which is how the sandbox plays a network failure.

use axum::{Router, body::Body, extract::Request, response::Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use std::{fmt, time::Duration};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// Put among a response's extensions to close the connection instead of sending it.
#[derive(Clone, Copy, Debug)]
pub struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("the connection is closed without an answer")
    }
}

impl std::error::Error for Dropped {}

/// Serves until the task is stopped.
pub async fn accept(listener: TcpListener, router: Router) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(answer(stream, router.clone()))),
            // Out of file handles, most likely: those who are served now will free some.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Connections are not kept: a browser repeats a request by itself when a *kept* connection closes
/// without an answer, and a test that drops one answer would see two calls.
async fn answer(stream: TcpStream, router: Router) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        async move { deliver(router, request.map(Body::new)).await }
    });
    // An error here is a caller who went away, or `Dropped`; both are dealt with by closing.
    let _ = http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service).await;
}

async fn deliver(router: Router, request: Request) -> Result<Response, Dropped> {
    match router.oneshot(request).await {
        Ok(response) if response.extensions().get::<Dropped>().is_none() => Ok(response),
        Ok(_) => Err(Dropped),
        Err(never) => match never {},
    }
}
