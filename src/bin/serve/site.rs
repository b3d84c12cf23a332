//! The built site: compressed copies, the page for every place in it, and how long a browser may
//! keep what. Nothing of the sandbox.

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

/// Endings of files; where such a file is missing, the page in its place would only mislead.
const FILE_ENDINGS: &[&str] = &[
    "br",
    "css",
    "gz",
    "html",
    "ico",
    "jpg",
    "js",
    "json",
    "map",
    "png",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
    "webp",
    "woff2",
    "xml",
];

/// Everything below `dist`, and its page for whatever else is asked for.
pub fn routes(dist: &Path) -> Router {
    Router::new().fallback(file).with_state(Arc::new(dist.to_owned()))
}

async fn file(State(dist): State<Arc<PathBuf>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path().to_owned();
    let mut response = if names_file(&path) {
        let files = ServeDir::new(&*dist).precompressed_br().precompressed_gzip();
        files.oneshot(request).await.into_response()
    } else {
        let page = ServeFile::new(dist.join("index.html")).precompressed_br().precompressed_gzip();
        page.oneshot(request).await.into_response()
    };
    set_headers(&mut response, &path);
    response
}

fn set_headers(response: &mut Response, path: &str) {
    // That a file is missing is not for ever.
    let keep = if hashed(path) && !response.status().is_client_error() {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut set = |name: HeaderName, value: &'static str| {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    };
    set(header::CACHE_CONTROL, keep);
    set(header::VARY, "accept-encoding");
    set(header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    if response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/html") {
        let kind = HeaderValue::from_static("text/html; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
}

/// Whether a path can only mean a file. A dot alone does not say so: places in the site have dots
/// too, such as `/requests/kapso.send-message`.
fn names_file(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or(path);
    last.rsplit_once('.').is_some_and(|(_, ending)| FILE_ENDINGS.contains(&ending))
}

/// Whether Trunk put a digest of the content into the name: `-` and a 64-bit number in hexadecimal,
/// written without leading zeros.
fn hashed(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or(path);
    let Some((_, tail)) = last.rsplit_once('-') else { return false };
    let digits = tail.bytes().take_while(u8::is_ascii_hexdigit).count();
    (10..=16).contains(&digits) && tail[digits..].starts_with(['.', '_'])
}

#[cfg(test)]
mod tests {
    use super::{hashed, names_file};

    #[test]
    fn places_with_dots_are_not_files() {
        for place in ["/", "/inbox", "/requests/kapso.send-message", "/inbox/4915112345678.9"] {
            assert!(!names_file(place), "{place}");
        }
        for file in ["/loader.js", "/sandbox_bg.wasm", "/icons.svg", "/a/b.css"] {
            assert!(names_file(file), "{file}");
        }
    }

    #[test]
    fn only_names_with_a_digest_are_kept() {
        for name in ["/tokens-f5d71e33251772c.css", "/switchboard-0123456789abcdef_bg.wasm"] {
            assert!(hashed(name), "{name}");
        }
        for name in ["/index.html", "/loader.js", "/sandbox_bg.wasm", "/switchboard.json", "/icon-512.png"] {
            assert!(!hashed(name), "{name}");
        }
    }
}
