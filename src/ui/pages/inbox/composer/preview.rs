//! The message as its contact will see it, drawn by the same code as the conversation.

use super::{Composing, values};
use crate::{
    domain::{
        template::assemble,
        thread::body::{Body, Interactive},
    },
    ui::pages::inbox::body::Drawn,
};
use leptos::prelude::*;

#[component]
pub fn Preview(composing: Composing) -> impl IntoView {
    let body = Memo::new(move |_| match composing.kind.with(|kind| kind == "template") {
        true => of_template(composing),
        false => Some(composing.body()).filter(shows),
    });
    move || {
        body.get().map(|body| {
            view! {
                <div class="preview-bubble" role="group" aria-label="Preview">
                    <div class="bubble"><Drawn body raw=String::new()/></div>
                </div>
            }
        })
    }
}

/// Whether there is anything to see.
fn shows(body: &Body) -> bool {
    match body {
        Body::Text(text) => !text.trim().is_empty(),
        Body::Media(media) => !(media.url.is_empty() && media.id.is_empty() && media.caption.is_empty()),
        Body::Location(location) => location.latitude.is_some() || location.longitude.is_some(),
        Body::Contacts(cards) => !cards.is_empty(),
        Body::Interactive(Interactive { header, text, footer, buttons, list }) => {
            !(header.is_empty() && text.is_empty() && footer.is_empty() && buttons.is_empty())
                || list.as_ref().is_some_and(|list| !list.button.is_empty() || !list.sections.is_empty())
        }
        Body::Reaction { .. } | Body::Template { .. } | Body::Choice { .. } | Body::Unknown { .. } => false,
    }
}

fn of_template(composing: Composing) -> Option<Body> {
    let template = composing.template.get()?;
    let draft = composing.writing.entry.draft.get();
    let assembled = assemble(&template, &values::of(&draft, &template));
    Some(Body::Interactive(Interactive {
        header: assembled.header.unwrap_or_default(),
        text: assembled.body,
        footer: assembled.footer.unwrap_or_default(),
        buttons: assembled.buttons,
        list: None,
    }))
}
