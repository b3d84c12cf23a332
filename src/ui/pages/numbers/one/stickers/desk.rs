//! Whose stickers these are and through which connection they are read and changed. What is asked,
//! and what is made of the answers, stands beside this.

use crate::{
    browser::transport::Abort,
    catalogue::operation::Operation,
    domain::connection::Connection,
    state::{
        App,
        send::{self, Exchange},
    },
};
use leptos::prelude::*;
use serde_json::{Value as Json, json};

#[derive(Clone, Copy)]
pub struct Desk {
    pub app: App,
    connection: StoredValue<Connection>,
    deployment_id: StoredValue<String>,
    /// The form that is open. Fields are known by their names, so there is one at a time.
    pub open: RwSignal<Option<String>>,
}

/// Whose packs are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The business of the number: these can be changed.
    Business,
    WhatsApp,
}

impl Desk {
    pub fn new(connection: Connection, deployment_id: String) -> Desk {
        Desk {
            app: App::use_app(),
            connection: StoredValue::new(connection),
            deployment_id: StoredValue::new(deployment_id),
            open: RwSignal::new(None),
        }
    }

    pub fn connection(self) -> Connection {
        self.connection.get_value()
    }

    /// What every request about an owner's packs begins with.
    pub fn request(self, owner: Owner) -> Json {
        let id = self.deployment_id.get_value();
        match owner {
            Owner::Business => json!({ "deployment_id": id }),
            Owner::WhatsApp => json!({ "deployment_id": id, "namespace": "whatsapp" }),
        }
    }

    pub async fn ask(self, operation: &'static Operation, request: Json, abort: Abort) -> Exchange {
        send::ask(self.app, self.connection(), operation, request, abort).await
    }

    /// Closes a form, unless another one was opened since.
    pub fn close(self, form: &str) {
        if self.open.with_untracked(|open| open.as_deref() == Some(form)) {
            self.open.set(None);
        }
    }
}
