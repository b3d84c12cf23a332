//! The site: files, places, compressed copies, and how long a browser may keep what.

use crate::stack::Stack;

const FOR_EVER: &str = "public, max-age=31536000, immutable";

fn kept(stack: &Stack, path: &str) -> (u16, Option<String>) {
    let answer = stack.ask(&[], path);
    (answer.status(), answer.header("cache-control"))
}

pub fn places_are_the_page_and_missing_files_are_missing(stack: &Stack) {
    for place in ["/", "/inbox", "/inbox/4915112345678.9", "/requests/kapso.send-message", "/index.html"] {
        let page = stack.ask(&[], place);
        assert_eq!((page.status(), page.body().as_str()), (200, "<h1>page</h1>"), "{place}");
        assert_eq!(page.header("content-type").as_deref(), Some("text/html; charset=utf-8"), "{place}");
    }
    for file in ["/app-0000000000000000.js", "/no-such.css", "/a/b.png"] {
        assert_eq!(stack.ask(&[], file).status(), 404, "{file}");
    }
    // What the company declares lies outside the site.
    assert_eq!(stack.ask(&[], "/switchboard.json").body(), r#"{"connections": [], "sandbox": false}"#);
    assert_eq!(stack.ask(&["--request", "POST"], "/").status(), 405);
}

pub fn only_names_with_a_digest_are_kept(stack: &Stack) {
    let no = || Some("no-cache".to_owned());
    for name in ["/app-f5d71e33251772c.js", "/app-0123456789abcdef_bg.wasm"] {
        assert_eq!(kept(stack, name), (200, Some(FOR_EVER.to_owned())), "{name}");
    }
    // A service worker that a cache between keeps would keep everybody at its build.
    for name in
        ["/", "/index.html", "/console.js", "/sw.js", "/manifest.webmanifest", "/switchboard.json", "/inbox"]
    {
        assert_eq!(kept(stack, name), (200, no()), "{name}");
    }
    assert_eq!(kept(stack, "/app-0000000000000000.js"), (404, no()), "that it is missing is not for ever");
}

pub fn what_was_compressed_before_is_sent(stack: &Stack) {
    let get = |accepts: &str, path: &str| {
        let answer = stack.ask(&["--header", &format!("accept-encoding: {accepts}")], path);
        let varies = answer.header("vary").is_some_and(|by| by.eq_ignore_ascii_case("accept-encoding"));
        assert!(varies, "{path}: caches between must keep them apart");
        let kind = answer.header("content-type").unwrap_or_default();
        let expected =
            if path.ends_with(".js") { "javascript; charset=utf-8" } else { "text/html; charset=utf-8" };
        assert!(kind.ends_with(expected), "{path}: {kind}");
        (answer.body(), answer.header("content-encoding").unwrap_or_default())
    };
    let coded = |text: &str, coding: &str| (text.to_owned(), coding.to_owned());
    assert_eq!(get("gzip, deflate, br", "/inbox"), coded("page, br", "br"));
    assert_eq!(get("gzip", "/"), coded("page, gz", "gzip"));
    assert_eq!(get("gzip, br", "/app-f5d71e33251772c.js"), coded("app, br", "br"));
    assert_eq!(get("gzip", "/app-f5d71e33251772c.js"), coded("app, gz", "gzip"));
    let module = stack.ask(&[], "/app-0123456789abcdef_bg.wasm");
    assert_eq!(module.header("content-type").as_deref(), Some("application/wasm"));
}

pub fn every_answer_carries_the_headers(stack: &Stack) {
    for path in ["/", "/inbox", "/console.js", "/app-f5d71e33251772c.js", "/no-such.js", "/switchboard.json"]
    {
        let answer = stack.ask(&[], path);
        for (name, value) in [
            ("content-security-policy", "frame-ancestors 'none'"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("strict-transport-security", "max-age=31536000"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name).as_deref(), Some(value), "{path}");
        }
        let policy = answer.header("permissions-policy").unwrap_or_default();
        assert!(policy.contains("camera=()"), "{path}: {policy}");
    }
}
