//! What was typed of a connection that is being added, one of each provider, kept on the device until it is added
//! or given up. A key is no part of it.

use crate::{
    browser::settings::{self, BEGUN_CONNECTIONS},
    catalogue::provider::Provider,
    domain::connection::Connection,
};
use std::collections::BTreeMap;

/// By provider.
type All = BTreeMap<String, Connection>;

fn all() -> All {
    settings::get(BEGUN_CONNECTIONS).unwrap_or_default()
}

/// What an earlier visit to the page has left.
pub fn of(provider: Provider) -> Option<Connection> {
    all().remove(provider.id())
}

/// Keeps what is typed now; nothing of it where that is as the form offers it.
pub fn keep(provider: Provider, typed: Option<Connection>) {
    let mut all = all();
    match typed {
        Some(typed) => drop(all.insert(provider.id().to_owned(), typed)),
        None => drop(all.remove(provider.id())),
    }
    // What a browser does not keep is lost with the page, as it has said when the last connection was made.
    if all.is_empty() {
        settings::remove(BEGUN_CONNECTIONS);
    } else {
        settings::put(BEGUN_CONNECTIONS, &all);
    }
}
