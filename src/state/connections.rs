//! The connections of this browser, and which one of each provider is active. Their keys are in `keys`.

use super::notices::Notices;
use crate::{
    browser::{page, settings},
    catalogue::provider::Provider,
    domain::connection::{self, AddressFault, Connection, Deployed, Home},
};
use gloo_net::http::Request;
use leptos::prelude::*;
use std::collections::BTreeMap;

pub(super) const OWN: &str = "connections";
const ACTIVE: &str = "active";

#[derive(Clone, Copy)]
pub struct Connections {
    /// What the site's host declared; `None` until it has been read.
    deployed: RwSignal<Option<Deployed>>,
    /// Why the host's file could not be used.
    pub fault: RwSignal<Option<String>>,
    own: RwSignal<Vec<Connection>>,
    /// Connection id by provider id.
    active: RwSignal<BTreeMap<String, String>>,
    notices: Notices,
}

impl Connections {
    pub fn new(notices: Notices) -> Connections {
        let connections = Connections {
            deployed: RwSignal::new(None),
            fault: RwSignal::new(None),
            own: RwSignal::new(settings::get(OWN).unwrap_or_default()),
            active: RwSignal::new(settings::get(ACTIVE).unwrap_or_default()),
            notices,
        };
        // Another tab changed the list. Which one is in use stays this tab's own choice: it must not
        // turn from sandbox to live under the person's hand.
        let storage = window_event_listener(leptos::ev::storage, move |event| {
            if settings::is_about(&event, OWN) {
                connections.own.set(settings::get(OWN).unwrap_or_default());
            }
        });
        on_cleanup(move || storage.remove());
        connections
    }

    /// Reads the file of whoever hosts the site.
    pub async fn load(self) {
        let address = format!("{}/switchboard.json", page::base_path());
        let read = async {
            let response = Request::get(&address).cache(web_sys::RequestCache::NoCache).send().await?;
            Ok::<_, gloo_net::Error>((response.status(), response.text().await?))
        };
        let deployed = match read.await {
            Ok((status, text)) => connection::deployed(status, &text),
            Err(_) => Err("it could not be read; reload the page to try again".into()),
        };
        // The page may have been taken over meanwhile.
        match deployed {
            Ok(deployed) => drop(self.deployed.try_set(Some(deployed))),
            Err(fault) => {
                drop(self.fault.try_set(Some(fault)));
                drop(self.deployed.try_set(Some(Deployed::default())));
            }
        }
    }

    /// Whether customer messages may be kept on this device.
    pub fn keep_messages(self) -> bool {
        self.deployed
            .with_untracked(|deployed| deployed.as_ref().is_none_or(|deployed| deployed.keep_messages))
    }

    /// Whether the sandbox in the page is offered.
    pub fn offers_sandbox(self) -> bool {
        self.deployed.with(|deployed| deployed.as_ref().is_some_and(|deployed| deployed.sandbox))
    }

    pub fn loaded(self) -> bool {
        self.deployed.with(Option::is_some)
    }

    /// All connections of a provider: the sandbox in the page first, then the host's, then one's own.
    pub fn of(self, provider: Provider) -> Vec<Connection> {
        let mut list = vec![];
        self.deployed.with(|deployed| {
            let Some(deployed) = deployed else { return };
            if deployed.sandbox {
                list.push(Connection::in_page(provider));
            }
            list.extend(deployed.connections.iter().filter(|other| other.provider == provider).cloned());
        });
        self.own.with(|own| list.extend(own.iter().filter(|other| other.provider == provider).cloned()));
        list
    }

    /// Those that were made in this browser.
    pub fn own(self) -> Vec<Connection> {
        self.own.get_untracked()
    }

    /// The one with an id, whichever provider it is for.
    pub fn find(self, id: &str) -> Option<Connection> {
        let mut all = Provider::ALL.into_iter().flat_map(|provider| self.of(provider));
        all.find(|connection| connection.id == id)
    }

    /// The one in use: the chosen one, else the host's first, else one's own first, else the sandbox.
    pub fn active(self, provider: Provider) -> Option<Connection> {
        let list = self.of(provider);
        let chosen = self.active.with(|active| active.get(provider.id()).cloned());
        let by_choice = || list.iter().find(|connection| Some(&connection.id) == chosen.as_ref());
        let by_host = || list.iter().find(|connection| connection.home == Home::Deployed);
        by_choice().or_else(by_host).or(list.first()).cloned()
    }

    pub fn choose(self, provider: Provider, id: &str) {
        self.active.update(|active| {
            active.insert(provider.id().into(), id.into());
        });
        self.keep(ACTIVE, &self.active.get_untracked());
    }

    /// Adds a connection, or replaces the one with its id.
    pub fn put(self, connection: Connection) {
        self.own.update(|own| match own.iter_mut().find(|other| other.id == connection.id) {
            Some(other) => *other = connection,
            None => own.push(connection),
        });
        self.keep(OWN, &self.own.get_untracked());
    }

    pub fn remove(self, id: &str) {
        self.own.update(|own| own.retain(|connection| connection.id != id));
        self.keep(OWN, &self.own.get_untracked());
    }

    fn keep<T: serde::Serialize>(self, name: &str, value: &T) {
        if !settings::put(name, value) {
            self.notices.tell("This browser does not let the page store anything: connections are gone when the tab closes.");
        }
    }
}

/// Checks an address against the rules for connections and the page's own content policy.
pub fn check_address(address: &str) -> Result<(), AddressFault> {
    connection::check_address(address)?;
    let url = page::absolute(address).ok_or(AddressFault::NotAnAddress)?;
    if page::may_connect(&url) { Ok(()) } else { Err(AddressFault::OutsidePolicy) }
}
