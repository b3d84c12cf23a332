//! A connection: a provider, an address and how its credential is had; and the file beside the site
//! in which whoever hosts it declares some. Secrets are not part of a connection.

use crate::catalogue::{
    failure::Failure,
    provider::{Provider, Scheme},
};
use fluent_uri::Iri;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connection {
    pub id: String,
    #[serde(with = "provider_id")]
    pub provider: Provider,
    pub label: String,
    /// Up to where an operation's path begins; a path alone is on the site's own origin.
    pub base_url: String,
    pub credential: Credential,
    /// Id of one of the provider's schemes; its first where none is given.
    #[serde(default)]
    pub scheme: String,
    #[serde(skip, default = "Home::default")]
    pub home: Home,
}

/// How the credential is had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Credential {
    /// The person enters it; it lives in memory, or in the vault.
    Ask,
    /// The relay adds it; the browser never sees one.
    Relay,
    /// The word `sandbox` is sent.
    Sandbox,
}

/// Where a connection comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Home {
    /// The sandbox inside the page.
    Page,
    /// Declared by whoever hosts the site.
    Deployed,
    /// Made by the person.
    #[default]
    Own,
}

impl Connection {
    /// The sandbox inside the page, for one provider.
    pub fn in_page(provider: Provider) -> Connection {
        Connection {
            id: format!("page-{}", provider.id()),
            provider,
            label: "Sandbox".into(),
            base_url: String::new(),
            credential: Credential::Sandbox,
            scheme: String::new(),
            home: Home::Page,
        }
    }

    pub fn scheme(&self) -> &'static Scheme {
        self.provider.scheme(&self.scheme).unwrap_or(&self.provider.schemes()[0])
    }

    /// Whether nothing real can happen through it.
    pub fn is_sandbox(&self) -> bool {
        self.credential == Credential::Sandbox
    }

    /// Who receives a call: the host of the address, or this site.
    pub fn host(&self) -> String {
        match (self.home, Iri::parse(self.base_url.as_str())) {
            (Home::Page, _) => "this page".into(),
            (_, Ok(iri)) => {
                iri.authority().map(|authority| authority.as_str().to_owned()).unwrap_or_default()
            }
            (_, Err(_)) => "this site".into(),
        }
    }

    /// What is kept of it while it is being typed into a form that offered `offered`; nothing where it is as that.
    /// What is no address yet may be a key in the wrong field, so the one that was offered stands in for it.
    pub fn begun(mut self, offered: &Connection) -> Option<Connection> {
        if check_address(&self.base_url).is_err() {
            self.base_url.clone_from(&offered.base_url);
        }
        (self != *offered).then_some(self)
    }

    /// Whether a call failed because of the key that a person enters here.
    pub fn asks_again(&self, failure: &Failure) -> bool {
        self.credential == Credential::Ask && failure.kind.is_about_the_key()
    }

    /// What a button that sends says of where to.
    pub fn destination(&self) -> String {
        if self.is_sandbox() { "in the sandbox".into() } else { format!("at {}", self.host()) }
    }

    /// The words that name the world a call goes to.
    pub fn world(&self) -> String {
        match (self.home, self.is_sandbox()) {
            (Home::Page, _) => "Sandbox, nothing leaves this page".into(),
            (_, true) => format!("{}, {}", self.label, self.host()),
            (_, false) => self.host(),
        }
    }
}

/// What `switchboard.json` declares.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployed {
    #[serde(default)]
    pub connections: Vec<Connection>,
    #[serde(default = "yes")]
    pub sandbox: bool,
    #[serde(default = "yes")]
    pub keep_messages: bool,
}

const fn yes() -> bool {
    true
}

impl Default for Deployed {
    fn default() -> Deployed {
        Deployed { connections: vec![], sandbox: true, keep_messages: true }
    }
}

/// Reads `switchboard.json`. A missing file, or the start page in its place, declares nothing.
pub fn deployed(status: u16, text: &str) -> Result<Deployed, String> {
    if status == 404 || text.trim_start().starts_with('<') {
        return Ok(Deployed::default());
    }
    let mut deployed: Deployed = serde_json::from_str(text).map_err(|error| error.to_string())?;
    for connection in &mut deployed.connections {
        connection.home = Home::Deployed;
        usable(connection).map_err(|fault| format!("the connection “{}”: {fault}", connection.id))?;
    }
    let mut ids: Vec<&str> = deployed.connections.iter().map(|connection| connection.id.as_str()).collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(format!("the id “{}” stands twice", pair[0])),
        None => Ok(deployed),
    }
}

/// What keeps a connection that somebody else wrote from being used: a key must not go to an address nobody
/// meant.
pub fn usable(connection: &Connection) -> Result<(), String> {
    let schemes = connection.provider.schemes();
    if connection.id.is_empty() {
        return Err("its id is empty".into());
    }
    if !connection.scheme.is_empty() && !schemes.iter().any(|scheme| scheme.id == connection.scheme) {
        let known: Vec<&str> = schemes.iter().map(|scheme| scheme.id).collect();
        return Err(format!("its scheme is none of {}", known.join(", ")));
    }
    check_address(&connection.base_url).map_err(|fault| fault.sentence().into())
}

/// Why an address cannot be a connection's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    Empty,
    EdgeSpaces,
    NotAnAddress,
    NotHttps,
    Credentials,
    QueryOrFragment,
    OutsidePolicy,
}

impl AddressFault {
    pub fn sentence(self) -> &'static str {
        match self {
            AddressFault::Empty => "Fill in the base address.",
            AddressFault::EdgeSpaces => "There is a space before or after the address.",
            AddressFault::NotAnAddress => {
                "This is not a complete web address, nor a path on this site that begins with a single /."
            }
            AddressFault::NotHttps => {
                "Use https, or an address on this computer: a key must not travel unprotected."
            }
            AddressFault::Credentials => "Remove the user name or password from the address.",
            AddressFault::QueryOrFragment => {
                "Remove everything from ? or # on: paths are added to this address."
            }
            AddressFault::OutsidePolicy => {
                "This site's content policy does not allow calls to this host. Use a relay on this site's own address, or ask whoever hosts the site to allow the host (a build setting, --connect)."
            }
        }
    }
}

/// Checks an address as far as it can be checked without a browser: https, this computer, or a path
/// on the site's own origin.
pub fn check_address(address: &str) -> Result<(), AddressFault> {
    if address.is_empty() {
        return Err(AddressFault::Empty);
    }
    if address.trim() != address {
        return Err(AddressFault::EdgeSpaces);
    }
    if address.contains(['?', '#']) {
        return Err(AddressFault::QueryOrFragment);
    }
    if address.starts_with('/') {
        // A URL parser drops control characters, so that `/<tab>/host` would be another host.
        let plain = !address.starts_with("//")
            && !address.contains(|c: char| c.is_control() || c == '\\' || c == ' ');
        return if plain { Ok(()) } else { Err(AddressFault::NotAnAddress) };
    }
    let iri = Iri::parse(address).map_err(|_| AddressFault::NotAnAddress)?;
    let authority = iri.authority().ok_or(AddressFault::NotAnAddress)?;
    if authority.userinfo().is_some() {
        return Err(AddressFault::Credentials);
    }
    match (iri.scheme().as_str().to_ascii_lowercase().as_str(), authority.host()) {
        (_, "") => Err(AddressFault::NotAnAddress),
        ("https", _) | ("http", "localhost" | "127.0.0.1" | "[::1]") => Ok(()),
        ("http", _) => Err(AddressFault::NotHttps),
        _ => Err(AddressFault::NotAnAddress),
    }
}

/// A provider by its id, for what is stored.
pub mod provider_id {
    use super::{Provider, de_error};
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(provider: &Provider, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(provider.id())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Provider, D::Error> {
        let id = String::deserialize(deserializer)?;
        Provider::from_id(&id).ok_or_else(|| de_error(&id))
    }
}

fn de_error<E: serde::de::Error>(id: &str) -> E {
    let known: Vec<&str> = Provider::ALL.iter().map(|provider| provider.id()).collect();
    E::custom(format!("unknown provider `{id}`, expected one of {}", known.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn an_unknown_key_is_named() {
        let error = deployed(200, r#"{"connections": [], "sandbocks": true}"#).unwrap_err();
        assert!(error.contains("sandbocks"), "{error}");
        let error = deployed(200, r#"{"connections": [{"id":"a","provider":"kapso","label":"A","base_url":"/k","credential":"ask","colour":"red"}]}"#).unwrap_err();
        assert!(error.contains("colour"), "{error}");
    }

    #[test]
    fn a_missing_file_and_the_start_page_declare_nothing() {
        assert_eq!(deployed(404, "no"), Ok(Deployed::default()));
        assert_eq!(deployed(200, "\n<!DOCTYPE html>"), Ok(Deployed::default()));
    }

    #[test]
    fn what_is_no_address_is_not_kept_while_it_is_typed() {
        let offered =
            Connection { id: "new".into(), label: "My Kapso".into(), ..Connection::in_page(Provider::Kapso) };
        let offered = Connection { base_url: "https://app.kapso.ai/api/v1".into(), ..offered };
        let typed = |label: &str, base_url: &str| Connection {
            label: label.into(),
            base_url: base_url.into(),
            ..offered.clone()
        };
        assert_eq!(typed("My Kapso", "https://app.kapso.ai/api/v1").begun(&offered), None);
        for secret in ["a-key-of-ours-918273", "https://me:word@app.kapso.ai", "https://a.b/?key=918273"] {
            assert_eq!(typed("My Kapso", secret).begun(&offered), None, "{secret}");
            let kept = typed("Shop", secret).begun(&offered).unwrap();
            assert_eq!((kept.label.as_str(), kept.base_url), ("Shop", offered.base_url.clone()));
        }
        let kept = typed("My Kapso", "/relay/kapso").begun(&offered).unwrap();
        assert_eq!(kept.base_url, "/relay/kapso");
    }

    #[test]
    fn two_connections_need_two_ids() {
        let one = r#"{"id":"a","provider":"kapso","label":"A","base_url":"/k","credential":"relay"}"#;
        assert!(deployed(200, &format!(r#"{{"connections":[{one}]}}"#)).is_ok());
        assert!(deployed(200, &format!(r#"{{"connections":[{one},{one}]}}"#)).is_err());
    }

    #[test]
    fn a_declared_address_is_checked_like_a_typed_one() {
        let declare = |address: &str, scheme: &str| {
            deployed(
                200,
                &format!(
                    r#"{{"connections":[{{"id":"a","provider":"kapso","label":"A","base_url":"{address}","credential":"ask","scheme":"{scheme}"}}]}}"#
                ),
            )
        };
        assert!(declare("https://app.kapso.ai/api/v1", "").is_ok());
        let error = declare("app.kapso.ai/api/v1", "").unwrap_err();
        assert!(error.contains("“a”"), "{error}");
        assert!(declare("https://app.kapso.ai/api/v1", "basic").is_err());
    }

    #[test]
    fn addresses_that_would_lose_a_key_are_refused() {
        for (address, verdict) in [
            ("https://app.kapso.ai/api/v1", Ok(())),
            ("/relay/kapso", Ok(())),
            ("http://localhost:9000/x", Ok(())),
            ("http://127.0.0.1:8080", Ok(())),
            ("", Err(AddressFault::Empty)),
            (" https://a.b", Err(AddressFault::EdgeSpaces)),
            ("http://app.kapso.ai/api/v1", Err(AddressFault::NotHttps)),
            ("//evil.example/x", Err(AddressFault::NotAnAddress)),
            ("/\\evil.example", Err(AddressFault::NotAnAddress)),
            ("/\t/evil.example", Err(AddressFault::NotAnAddress)),
            ("javascript:alert(1)", Err(AddressFault::NotAnAddress)),
            ("app.kapso.ai", Err(AddressFault::NotAnAddress)),
            ("https://u:p@app.kapso.ai", Err(AddressFault::Credentials)),
            ("https://app.kapso.ai/?x=1", Err(AddressFault::QueryOrFragment)),
            ("https://", Err(AddressFault::NotAnAddress)),
        ] {
            assert_eq!(check_address(address), verdict, "{address:?}");
        }
    }
}
