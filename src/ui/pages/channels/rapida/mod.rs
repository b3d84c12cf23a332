//! Rapida's part of the channels: the deployments of assistants on WhatsApp. Rapida lists no assistants,
//! so their ids are typed and remembered on this device.

mod assistant;
mod assistants;
mod deploy;

use super::{Crumbs, by_id::ById, facts, list, make};
use crate::{
    catalogue::rapida::{CREATE_WHATSAPP_DEPLOYMENT, LIST_WHATSAPP_DEPLOYMENTS},
    domain::{channels, connection::Connection, deployment},
};
use leptos::prelude::*;
use make::Kind;
use serde_json::Value as Json;

static DEPLOYMENT: Kind = Kind {
    operation: &CREATE_WHATSAPP_DEPLOYMENT,
    list: &LIST_WHATSAPP_DEPLOYMENTS,
    noun: channels::DEPLOYMENT,
    shape: Json::clone,
    given: "assistantId",
};

pub fn assistants(connection: Connection) -> AnyView {
    view! { <assistants::Assistants connection/> }.into_any()
}

pub fn assistant(connection: Connection, id: String) -> AnyView {
    view! { <assistant::Assistant connection id/> }.into_any()
}

pub fn new_deployment(connection: Connection, assistant: String) -> AnyView {
    view! { <deploy::NewDeployment connection assistant/> }.into_any()
}

/// The values of a deployment, as its request calls them.
fn values(row: &Json) -> AnyView {
    let value = |(label, text): (&'static str, String)| facts::words(label, text);
    deployment::values(row).into_iter().map(value).collect_view().into_any()
}
