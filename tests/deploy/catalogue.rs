//! The recipes against the catalogue: the documented hosts, bases, methods and headers, and no others.
//! What the two servers do with them is asked of the servers themselves.

use crate::{
    recipe::{folder, read},
    stack::host,
};
use serde_json::{Value as Json, json};
use std::{collections::BTreeSet, fs, path::Path, process::Command};
use switchboard::catalogue::{field::Place, operations, provider::Provider};

/// Every recipe that names providers, and whether it lists all regions for an admin to choose from.
const RECIPES: [(&str, bool); 5] = [
    ("nginx/switchboard/providers.conf", true),
    ("caddy/switchboard/providers.caddy", true),
    ("netlify/netlify.toml", false),
    ("vercel/vercel.json", false),
    ("cloudflare-pages/functions/relay/[[path]].js", false),
];

fn hosts(provider: Provider) -> impl Iterator<Item = &'static str> {
    provider.bases().iter().filter_map(|base| base.url.strip_prefix("https://")?.split('/').next())
}

fn methods(provider: Provider) -> BTreeSet<String> {
    operations(provider).iter().map(|operation| operation.method.name().to_owned()).collect()
}

/// Lower-case names of the headers that documented requests have, credentials included.
fn headers(provider: Provider) -> BTreeSet<String> {
    let fields = operations(provider).iter().flat_map(|operation| operation.fields_in(Place::Header));
    let schemes = provider.schemes().iter().map(|scheme| scheme.header.to_ascii_lowercase());
    schemes.chain(fields.map(|field| field.name.to_ascii_lowercase())).collect()
}

/// What looks like the name of a host.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let part = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
    let ends = [".com", ".io", ".ai", ".us", ".ca", ".eu", ".in"];
    text.split(move |c| !part(c)).filter(move |word| ends.iter().any(|end| word.ends_with(end)))
}

#[test]
fn each_recipe_names_the_documented_hosts_and_no_other() {
    let documented: BTreeSet<&str> = Provider::ALL.into_iter().flat_map(hosts).collect();
    for (file, all) in RECIPES {
        let text = read(file);
        let found: BTreeSet<&str> = names(&text).filter(|name| !name.starts_with('.')).collect();
        let wanted = if all { documented.clone() } else { Provider::ALL.map(host).into() };
        assert_eq!(found, wanted, "{file}");
    }
}

#[test]
fn nginx_has_the_documented_bases_methods_and_headers() {
    let (providers, relay) = (read("nginx/switchboard/providers.conf"), read("nginx/switchboard/relay.conf"));
    let lines: BTreeSet<String> =
        providers.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for provider in Provider::ALL {
        let id = provider.id();
        assert!(lines.contains(&format!("{id} {};", host(provider))), "{id}");
        assert!(lines.contains(&format!("{id} {};", provider.base_path())), "{id}");
        let begins = format!("\"{id} ");
        let found = lines.iter().filter_map(|line| line.strip_prefix(&begins)?.strip_suffix("\" 1;"));
        assert_eq!(found.map(str::to_owned).collect::<BTreeSet<_>>(), methods(provider), "{id}");
    }
    let set =
        relay.lines().filter_map(|line| line.trim().strip_prefix("proxy_set_header ")?.split(' ').next());
    let found: BTreeSet<String> = set.map(str::to_ascii_lowercase).collect();
    let mut wanted: BTreeSet<String> = Provider::ALL.into_iter().flat_map(headers).collect();
    wanted.extend(["host", "connection", "user-agent", "accept", "content-type"].map(str::to_owned));
    assert_eq!(found, wanted);
}

#[test]
fn netlify_and_vercel_lead_to_the_documented_bases() {
    let netlify = read("netlify/netlify.toml");
    let vercel: Json = serde_json::from_str(&read("vercel/vercel.json")).expect("JSON");
    for provider in Provider::ALL {
        let (id, base) = (provider.id(), provider.bases()[0].url);
        let rule = format!("from = \"/relay/{id}/*\"\nto = \"{base}/:splat\"\nstatus = 200\nforce = true\n");
        assert!(netlify.contains(&rule), "{id}");
        let rule = json!({"source": format!("/relay/{id}/:path*"), "destination": format!("{base}/:path*")});
        assert!(vercel["rewrites"].as_array().expect("a list").contains(&rule), "{id}");
    }
    // The first that fits is taken, so what fits everything comes last.
    assert!(netlify.find("from = \"/*\"") > netlify.rfind("from = \"/relay/"));
    assert_eq!(vercel["rewrites"][4]["destination"], "/index.html");
}

/// The same endings and headers wherever they can be said.
#[test]
fn the_site_is_served_alike_everywhere() {
    let serve =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/serve/site.rs")).expect("it");
    let list = serve.split_once("FILE_ENDINGS: &[&str] = &[").and_then(|(_, rest)| rest.split_once("];"));
    let endings: Vec<&str> = list.expect("the endings").0.split('"').skip(1).step_by(2).collect();
    let endings = endings.join("|");
    for file in [
        "nginx/switchboard/site.conf",
        "nginx/switchboard/site-below.conf",
        "caddy/switchboard/site.caddy",
        "vercel/vercel.json",
    ] {
        assert!(read(file).contains(&endings), "{file}: {endings}");
    }
    for file in [
        "nginx/switchboard/site-headers.conf",
        "caddy/switchboard/site.caddy",
        "netlify/netlify.toml",
        "cloudflare-pages/_headers",
        "vercel/vercel.json",
    ] {
        let text = read(file);
        for value in [
            "frame-ancestors 'none'",
            "nosniff",
            "no-referrer",
            "max-age=31536000",
            "same-origin",
            "camera=(), geolocation=()",
        ] {
            assert!(text.contains(value), "{file}: {value}");
        }
    }
}

/// The function of Cloudflare Pages in Node, which has the same `Request`, `Response` and `fetch`.
#[test]
fn the_function_of_cloudflare_pages_passes_on_what_is_documented() {
    let function = folder().join("cloudflare-pages/functions/relay/[[path]].js");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/deploy/pages_function.mjs");
    let ask = |request: &Json| -> Json {
        let mut node = Command::new("node");
        let output = node.arg(&script).arg(&function).arg(request.to_string()).output();
        let output = output.expect("node starts: `cargo xtask test --native` finds or installs it");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("what was sent and answered")
    };
    let everything = json!({
        "authorization": "a", "x-api-key": "b", "key": "c", "x-auth-id": "d", "x-client-source": "sdk",
        "accept": "*/*", "content-type": "application/json", "cookie": "x=y", "origin": "https://a.example",
        "referer": "https://a.example/x", "cf-connecting-ip": "10.0.0.1", "x-forwarded-for": "10.0.0.1",
    });
    for provider in Provider::ALL {
        let below = "/a%2Fb%3Fc?page=2&q=a%26b";
        for method in ["GET", "POST", "PATCH", "DELETE", "PUT", "HEAD"] {
            let url = format!("https://console.example.com/relay/{}{below}", provider.id());
            let told = ask(&json!({"url": url, "method": method, "headers": everything}));
            if !methods(provider).contains(method) {
                assert_eq!(
                    (&told["status"], &told["headers"]["relay-refusal"]),
                    (&json!(405), &json!("method"))
                );
                assert_eq!(told["sent"], Json::Null);
                continue;
            }
            assert_eq!(told["sent"]["url"], format!("{}{below}", provider.bases()[0].url));
            let mut wanted = headers(provider);
            wanted.extend(["accept", "content-type", "user-agent"].map(str::to_owned));
            let found = told["sent"]["headers"].as_object().expect("headers").keys().cloned();
            assert_eq!(found.collect::<BTreeSet<_>>(), wanted, "{}", provider.name());
            assert_eq!(told["headers"]["x-ratelimit-remaining"], "7");
            assert_eq!(told["headers"]["date"], "Tue, 01 Jan 2030 00:00:00 GMT");
            assert_eq!(told["headers"]["cache-control"], "no-store");
            for name in ["set-cookie", "access-control-allow-origin", "relay-refusal"] {
                assert_eq!(told["headers"][name], Json::Null, "{name}");
            }
        }
    }
    for path in [
        "/relay/other/x",
        "/relay/kapso",
        "/relay/constructor/x",
        "/relay/kapso/a%2F..%2Fb",
        "/relay/kapso/../x",
    ] {
        let told = ask(
            &json!({"url": format!("https://console.example.com{path}"), "method": "GET", "headers": {}}),
        );
        assert_eq!(
            (&told["status"], &told["headers"]["relay-refusal"]),
            (&json!(400), &json!("path")),
            "{path}"
        );
        assert_eq!(told["sent"], Json::Null);
    }
    let url = "https://console.example.com/relay/kapso/x";
    let lost = ask(&json!({"url": url, "method": "GET", "headers": {}, "lost": true}));
    assert_eq!((&lost["status"], &lost["headers"]["relay-refusal"]), (&json!(502), &Json::Null));
}
