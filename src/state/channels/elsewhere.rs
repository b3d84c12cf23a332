//! To which connection an id belongs that the one in use does not know: the others of its provider are
//! asked in turn. Nothing is switched here.

use super::{App, Source, one_page};
use crate::{catalogue::failure::Failure, domain::connection::Connection, state::inbox::is_missing};
use leptos::prelude::*;

/// What the others say.
#[derive(Clone, Debug, PartialEq)]
pub enum Elsewhere {
    /// This one knows it.
    Known(Connection),
    /// None does; those that could not be asked, and why.
    Nowhere(Vec<(Connection, Failure)>),
}

/// Asks the other connections of the same provider.
pub async fn elsewhere(app: App, connection: &Connection, source: Source) -> Elsewhere {
    let others = untrack(|| app.frame.connections.of(connection.provider));
    let subject = source.subject();
    let mut unasked = vec![];
    for other in others.into_iter().filter(|other| other.id != connection.id) {
        match one_page(app, &other, source.operation, &subject, 1).await {
            Ok(_) => return Elsewhere::Known(other),
            Err(failure) if is_missing(&failure) => {}
            Err(failure) => unasked.push((other, failure)),
        }
    }
    Elsewhere::Nowhere(unasked)
}
