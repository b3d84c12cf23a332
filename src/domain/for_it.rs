//! A file for whoever runs the web server: what must be forwarded for a person's connections, and which
//! headers. It holds no key.

use super::{
    connection::{Connection, Credential, Home},
    connection_check::Check,
};
use crate::catalogue::{
    self,
    field::Place,
    operation::Operation,
    provider::{Provider, Scheme},
};
use std::collections::BTreeSet;

/// Headers of an answer that the console reads.
pub const ANSWER_HEADERS: [&str; 5] =
    ["Content-Type", "Date", "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining"];

/// The text, in Markdown. `site` is the address of the console, such as `https://console.example.com/`.
pub fn text(site: &str, connections: &[(Connection, Option<Check>)]) -> String {
    let live: Vec<_> =
        connections.iter().filter(|(one, _)| !one.is_sandbox() && one.home != Home::Page).collect();
    let providers: Vec<Provider> = Provider::ALL
        .into_iter()
        .filter(|provider| live.is_empty() || live.iter().any(|(one, _)| one.provider == *provider))
        .collect();
    let mut parts = vec![intro(site)];
    parts.extend(providers.iter().map(|provider| of_provider(*provider)));
    parts.push(rules());
    parts.push(declare(&providers));
    if !live.is_empty() {
        parts.push(present(&live));
    }
    parts.join("\n\n") + "\n"
}

fn intro(site: &str) -> String {
    format!(
        "# What Switchboard needs from the web server\n\n\
        Switchboard is a console for WhatsApp that runs in the browser, at {site}. It calls the providers below \
        by HTTP. They are not known to allow calls from a browser, so the web server that serves the console \
        has to forward them: a relay, on the console's own address. Nothing has to be programmed. Ready \
        settings for nginx, Caddy and some hosts are in the folder `deploy` that comes with Switchboard.\n\n\
        This file holds no key. Do not send keys with it."
    )
}

fn of_provider(provider: Provider) -> String {
    let bases: Vec<String> = provider
        .bases()
        .iter()
        .map(|base| match base.region {
            "" => format!("- `{}/`", base.url),
            region => format!("- `{}/` ({region})", base.url),
        })
        .collect();
    let to = if bases.len() == 1 { "to" } else { "to one of these, that of your region" };
    format!(
        "## {}\n\nForward everything below `/relay/{}/`, {to}:\n\n{}\n\n- Methods: {}\n- Headers of the request to pass on: {}",
        provider.name(),
        provider.id(),
        bases.join("\n"),
        listed(methods(provider)),
        listed(headers(provider)),
    )
}

/// The methods of a provider's requests.
pub fn methods(provider: Provider) -> Vec<String> {
    let methods: BTreeSet<&str> = operations(provider).map(|operation| operation.method.name()).collect();
    methods.into_iter().map(str::to_owned).collect()
}

/// Every header that a request to a provider may carry: the key, what the request itself names, and what
/// says how its body is written.
pub fn headers(provider: Provider) -> Vec<String> {
    let keys = provider.schemes().iter().map(|Scheme { header, .. }| (*header).to_owned());
    let own = operations(provider)
        .flat_map(|operation| operation.fields_in(Place::Header))
        .map(|field| field.name.to_owned());
    let mut seen = BTreeSet::new();
    keys.chain(own)
        .chain(["Content-Type".to_owned(), "Accept".to_owned()])
        .filter(|name| seen.insert(name.to_lowercase()))
        .collect()
}

fn operations(provider: Provider) -> impl Iterator<Item = &'static Operation> {
    catalogue::operations(provider).iter().copied()
}

fn rules() -> String {
    format!(
        "## Rules for all of them\n\n\
        - Forward to the addresses above and nowhere else, and check their certificates.\n\
        - Pass no cookie on, and no other header.\n\
        - Leave what is encoded in an address as it is: `%2F` must arrive as `%2F`.\n\
        - Never send a request a second time by yourself: a message would arrive twice.\n\
        - Give these headers of the answer back unchanged: {}.\n\
        - Let no answer be cached in the browser.\n\
        - Where the server adds the key itself: put it behind your company's sign-in, and refuse requests whose \
        `Sec-Fetch-Site` is not `same-origin` and bodies that are not JSON.\n\
        - To its own refusals it adds the header `Relay-Refusal`, with one of the words `sign-in`, \
        `cross-site`, `not-json`, `path`, `method`, `rate` and `unreachable`; the console says it in words.",
        listed(ANSWER_HEADERS.map(str::to_owned).to_vec()),
    )
}

/// What the file beside the console says then.
fn declare(providers: &[Provider]) -> String {
    let rows: Vec<String> = providers
        .iter()
        .map(|provider| {
            format!(
                r#"    {{ "id": "{0}", "provider": "{0}", "label": "{1}", "base_url": "/relay/{0}", "credential": "ask" }}"#,
                provider.id(),
                provider.name()
            )
        })
        .collect();
    format!(
        "## switchboard.json\n\nThis file lies beside the console's `index.html`. With `\"relay\"` in the place of \
        `\"ask\"` the server adds the key, and no person has it.\n\n```json\n{{\n  \"connections\": [\n{}\n  ]\n}}\n```",
        rows.join(",\n")
    )
}

fn present(live: &[&(Connection, Option<Check>)]) -> String {
    let rows: Vec<String> = live
        .iter()
        .map(|(connection, check)| {
            let key = match connection.credential {
                Credential::Relay => "the server adds the key",
                Credential::Ask | Credential::Sandbox => "the person enters the key",
            };
            let check = match check {
                Some(check) => check.word().1,
                None => "not checked",
            };
            format!(
                "| {} | {} | {} | {key} | {check} |",
                cell(&connection.label),
                connection.provider.name(),
                cell(&connection.base_url)
            )
        })
        .collect();
    format!(
        "## Connections as they are now\n\n| Name | Provider | Address | Key | Last check |\n| --- | --- | --- | --- | --- |\n{}",
        rows.join("\n")
    )
}

fn listed(names: Vec<String>) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A person's words within a row of a table.
fn cell(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn connection(provider: Provider, label: &str, base_url: &str, credential: Credential) -> Connection {
        Connection {
            id: "own".into(),
            provider,
            label: label.into(),
            base_url: base_url.into(),
            credential,
            scheme: String::new(),
            home: Home::Own,
        }
    }

    #[test]
    fn it_names_what_is_forwarded_for_the_connections_there_are() {
        let ours =
            connection(Provider::Kapso, "Support | ours\n", "https://app.kapso.ai/api/v1", Credential::Ask);
        let sandbox = connection(Provider::Vonage, "Sandbox", "/sandbox/vonage", Credential::Sandbox);
        let text = text("https://console.example.com/", &[(ours, None), (sandbox, None)]);
        for part in [
            "at https://console.example.com/.",
            "Forward everything below `/relay/kapso/`, to:\n\n- `https://app.kapso.ai/api/v1/`",
            "- Methods: `DELETE`, `GET`, `PATCH`, `POST`",
            "- Headers of the request to pass on: `X-API-Key`, `Content-Type`, `Accept`",
            "`X-RateLimit-Remaining`",
            r#""base_url": "/relay/kapso", "credential": "ask" }"#,
            "| Support \\| ours  | Kapso | https://app.kapso.ai/api/v1 | the person enters the key | not checked |",
        ] {
            assert!(text.contains(part), "{part}\n\n{text}");
        }
        assert!(!text.contains("Vonage"), "{text}");
    }

    #[test]
    fn without_a_connection_it_names_every_provider() {
        let text = text("/", &[]);
        for provider in Provider::ALL {
            assert!(text.contains(&format!("## {}\n", provider.name())), "{text}");
            for base in provider.bases() {
                assert!(text.contains(base.url));
            }
        }
        assert!(text.contains("- Headers of the request to pass on: `x-api-key`, `x-client-source`, `x-auth-id`, `Content-Type`, `Accept`"), "{text}");
        assert!(!text.contains("Connections as they are now"));
    }

    #[test]
    fn what_it_tells_to_declare_is_understood() {
        let text = text("/", &[]);
        let json = text.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let declared = crate::domain::connection::deployed(200, json).unwrap();
        assert_eq!(declared.connections.len(), Provider::ALL.len());
    }
}
