//! The templates of each connection as the provider lists them: read when somebody wants to choose one,
//! and again on request. What is in a template is `domain::template`'s matter.

use super::{App, send};
use crate::{
    browser::transport::Abort,
    catalogue::{failure::Failure, kapso::LIST_TEMPLATES, kapso::replies},
    domain::{connection::Connection, template::Template},
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::json;
use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

/// Rows of a page, the most that Kapso gives at once, and pages that are read.
const MOST_PAGES: usize = 20;

/// The templates of one connection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    pub templates: Arc<Vec<Template>>,
    pub reading: bool,
    /// Whether they were read to the end.
    pub read: bool,
    pub failure: Option<Failure>,
}

#[derive(Clone, Copy)]
pub struct Templates {
    lists: RwSignal<BTreeMap<String, Listed>>,
}

impl Default for Templates {
    fn default() -> Templates {
        Templates { lists: RwSignal::new(BTreeMap::new()) }
    }
}

impl Templates {
    pub fn of(self, connection: &str) -> Listed {
        self.lists.with(|lists| lists.get(connection).cloned().unwrap_or_default())
    }

    fn change(self, connection: &str, change: impl FnOnce(&mut Listed)) {
        self.lists.update(|lists| change(lists.entry(connection.to_owned()).or_default()));
    }

    /// Reads them if they were not read yet.
    pub fn want(self, app: App, connection: &Connection) {
        let listed = untrack(|| self.of(&connection.id));
        if !listed.read && listed.failure.is_none() {
            self.read(app, connection);
        }
    }

    /// Reads them from the beginning; what was read before stays until then.
    pub fn read(self, app: App, connection: &Connection) {
        if untrack(|| self.of(&connection.id)).reading {
            return;
        }
        self.change(&connection.id, |listed| {
            listed.reading = true;
            listed.failure = None;
        });
        let connection = connection.clone();
        spawn_local(async move {
            let result = pages(app, &connection).await;
            self.change(&connection.id, |listed| {
                listed.reading = false;
                match result {
                    Ok(templates) => {
                        listed.templates = Arc::new(templates);
                        listed.read = true;
                    }
                    Err(failure) => listed.failure = Some(failure),
                }
            });
        });
    }
}

async fn pages(app: App, connection: &Connection) -> Result<Vec<Template>, Failure> {
    let mut all = vec![];
    for page in 1..=MOST_PAGES {
        let abort = Abort::new()?;
        let request = json!({ "page": page.to_string(), "per_page": replies::PAGE.to_string() });
        let json = send::ask(app, connection.clone(), &LIST_TEMPLATES, request, abort).await.result?;
        all.extend(replies::rows(&json).iter().filter_map(Template::read));
        if replies::is_last(&json, page) {
            break;
        }
    }
    // Rows that arrive while it is read shift the pages.
    let mut seen = HashSet::new();
    all.retain(|template| {
        seen.insert((template.id.clone(), template.name.clone(), template.language.clone()))
    });
    Ok(all)
}
