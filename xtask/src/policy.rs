//! The content policy of the built page: which hosts it may call, and that nothing runs that was not
//! built. The policy stands in the page itself, because a static host may not let headers be set.

use crate::{Outcome, html};
use std::collections::BTreeSet;
use switchboard::catalogue::provider::Provider;

const META: &str = "Content-Security-Policy";

/// The origins of every documented base address, and of the ones given, each once.
pub fn hosts(given: &[String]) -> Outcome<Vec<String>> {
    let documented = Provider::ALL.iter().flat_map(|provider| provider.bases()).map(|base| origin(base.url));
    let given = given.iter().map(|host| extra(host));
    let mut seen = BTreeSet::new();
    documented
        .chain(given)
        .filter(|host| host.as_ref().map_or(true, |host| seen.insert(host.clone())))
        .collect()
}

fn origin(url: &str) -> Outcome<String> {
    let (scheme, rest) = url
        .split_once("://")
        .ok_or_else(|| format!("The base address {url} has no scheme. Write it as documented."))?;
    Ok(format!("{scheme}://{}", rest.split('/').next().unwrap_or(rest)))
}

/// A host from the command line. Without encryption only the machine itself, for tests.
fn extra(given: &str) -> Outcome<String> {
    let problem =
        || format!("--connect {given} is not a host. Write it as https://HOST or https://HOST:PORT.");
    let address = given.strip_suffix('/').unwrap_or(given);
    let (scheme, host) = address.split_once("://").ok_or_else(problem)?;
    let known = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let local = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
    if host.is_empty() || !host.chars().all(known) || !(scheme == "https" || scheme == "http" && local) {
        return Err(problem());
    }
    Ok(address.to_ascii_lowercase())
}

/// The policy of the built page.
pub fn policy(hosts: &[String]) -> String {
    written("'self' 'wasm-unsafe-eval'", "'self'", hosts)
}

/// The policy while developing: what Trunk's live reload needs on top, and nothing else.
pub fn dev_policy(hosts: &[String]) -> String {
    let mut hosts = hosts.to_vec();
    hosts.extend(["ws:".to_owned(), "wss:".to_owned()]);
    written("'self' 'wasm-unsafe-eval' 'unsafe-inline'", "'self'", &hosts)
}

fn written(script: &str, style: &str, hosts: &[String]) -> String {
    [
        "default-src 'none'",
        &format!("script-src {script}"),
        &format!("style-src {style}"),
        "img-src 'self' data: blob: https:",
        "media-src 'self' blob: https:",
        &format!("connect-src 'self' {}", hosts.join(" ")),
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'self'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types default",
    ]
    .map(str::trim_end)
    .join("; ")
}

/// The page with the policy, in place of an earlier one. It comes right after the charset, which must
/// stand within the first 1,024 bytes; nothing is loaded before it.
pub fn insert(page: &str, policy: &str) -> Outcome<String> {
    let meta = format!("<meta http-equiv=\"{META}\" content=\"{policy}\">");
    let tags = html::tags(page);
    let is_policy =
        |tag: &&html::Tag| tag.attribute("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case(META));
    let (start, end, meta) = if let Some(earlier) = tags.iter().find(is_policy) {
        (earlier.span.0, earlier.span.1, meta)
    } else {
        let charset = tags.iter().position(|tag| tag.attribute("charset").is_some());
        let head = tags.iter().position(|tag| tag.name == "head");
        match (head, charset) {
            (Some(head), Some(charset)) if charset == head + 1 => {
                let end = tags[charset].span.1;
                (end, end, format!("\n{meta}"))
            }
            _ => return Err("index.html must begin its head with <meta charset=\"utf-8\">.".to_owned()),
        }
    };
    Ok(format!("{}{meta}{}", &page[..start], &page[end..]))
}

#[cfg(test)]
mod tests {
    use super::{extra, hosts, insert, policy};

    #[test]
    fn every_documented_host_may_be_called_once() {
        let hosts =
            hosts(&["https://relay.example".to_owned(), "https://relay.example/".to_owned()]).unwrap();
        assert_eq!(hosts.iter().filter(|host| *host == "https://relay.example").count(), 1);
        for provider in switchboard::catalogue::provider::Provider::ALL {
            for base in provider.bases() {
                let known = hosts.iter().filter(|host| base.url.starts_with(&format!("{host}/"))).count();
                assert_eq!(known, 1, "{}", base.url);
            }
        }
    }

    #[test]
    fn hosts_that_would_change_the_policy_are_refused() {
        for host in [
            "example.com",
            "https://a b",
            "https://a;script-src *",
            "http://example.com",
            "https://*",
            "https://",
            "https://a/b",
            "http://127.0.0.1.example.com",
            "ws://a",
            "https://a\"b",
        ] {
            assert!(extra(host).is_err(), "{host}");
        }
        for host in
            ["https://a.example", "https://a.example:8443", "http://127.0.0.1:8080", "http://[::1]:80"]
        {
            assert_eq!(extra(host).as_deref(), Ok(host));
        }
    }

    #[test]
    fn a_second_policy_takes_the_place_of_the_first() {
        let page = "<!DOCTYPE html><html><head>\n<meta charset=\"utf-8\"><title>x</title></head></html>";
        let one = insert(page, &policy(&["https://a.example".to_owned()])).unwrap();
        let two = insert(&one, &policy(&["https://b.example".to_owned()])).unwrap();
        assert!(one.contains("connect-src 'self' https://a.example; "), "{one}");
        assert!(two.contains("https://b.example") && !two.contains("https://a.example"), "{two}");
        assert_eq!(two.matches("http-equiv").count(), 1);
        assert!(two.find("charset") < two.find("http-equiv") && two.find("http-equiv") < two.find("<title"));
    }

    #[test]
    fn a_page_without_a_charset_is_refused() {
        assert!(insert("<head><title>x</title></head>", "p").is_err());
    }
}
