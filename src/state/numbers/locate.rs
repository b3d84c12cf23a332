//! To whom an address belongs: a deployment id says nothing of its connection. What is known here goes
//! first, then the connection in use, then the others of the provider.

use super::{App, Key, is_missing};
use crate::{
    browser::transport::Abort,
    catalogue::{
        failure::Failure,
        provider::Provider,
        vonage::{self, replies::Deployment},
    },
    domain::connection::Connection,
    state::send,
};
use serde_json::json;

#[derive(Clone, Debug, PartialEq)]
pub enum Located {
    /// Known here, or found on the connection in use.
    Here(Key),
    /// Found on another connection than the one in use.
    Elsewhere(Key),
    /// The connection in use could not tell.
    Failed(Connection, Failure),
    /// No connection knows it; those that could not be asked, and why.
    Nowhere(Vec<(Connection, Failure)>),
}

pub async fn locate(app: App, id: &str) -> Located {
    let connections = app.frame.connections;
    let active = connections.active(Provider::Vonage);
    let known = |connection: &Connection| {
        let key = Key::new(connection, id);
        app.numbers.get_untracked(&key).map(|_| key)
    };
    if let Some(key) = active.as_ref().and_then(known) {
        return Located::Here(key);
    }
    let others = connections.of(Provider::Vonage).into_iter();
    let others: Vec<Connection> =
        others.filter(|other| Some(&other.id) != active.as_ref().map(|one| &one.id)).collect();
    if let Some(key) = others.iter().find_map(known) {
        return Located::Elsewhere(key);
    }
    let mut unasked = vec![];
    for (at, connection) in active.into_iter().chain(others).enumerate() {
        match ask(app, &connection, id).await {
            Ok(key) if at == 0 => return Located::Here(key),
            Ok(key) => return Located::Elsewhere(key),
            Err(failure) if is_missing(&failure) => {}
            Err(failure) if at == 0 => return Located::Failed(connection, failure),
            Err(failure) => unasked.push((connection, failure)),
        }
    }
    Located::Nowhere(unasked)
}

async fn ask(app: App, connection: &Connection, id: &str) -> Result<Key, Failure> {
    let request = json!({ "deployment_id": id });
    let exchange = send::ask(app, connection.clone(), &vonage::GET_DEPLOYMENT, request, Abort::new()?).await;
    let json = exchange.result?;
    // An answer that names no id is about the one that was asked for.
    let read = Deployment::read(&json).map(|deployment| Deployment { id: id.to_owned(), ..deployment });
    let unnamed = || Deployment { id: id.to_owned(), ..Deployment::unread() };
    Ok(app.numbers.add(connection, &read.unwrap_or_else(unnamed)))
}
