//! The state of a number in a word, with a shape and a colour of its own.

use super::Icon;
use crate::domain::provisioning::Stage;
use leptos::prelude::*;

#[component]
pub fn StageBadge(stage: Stage) -> impl IntoView {
    let (class, icon) = match stage {
        Stage::Live => ("ok", "check"),
        Stage::Code { .. } => ("hand", "pencil"),
        Stage::Failed => ("bad", "cross"),
        Stage::Setup(_) | Stage::Finishing => ("going", "clock"),
        Stage::Leaving | Stage::Gone => ("gone", "trash"),
        Stage::Unread | Stage::New => ("gone", "alert"),
    };
    view! { <span class=format!("stage-badge {class}")><Icon name=icon/>{stage.word()}</span> }
}
