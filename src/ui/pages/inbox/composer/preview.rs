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
use std::time::Duration;

/// How long the bubble may stay behind the typing: to draw it takes longer than to show a letter.
const BEHIND: Duration = Duration::from_millis(100);

#[component]
pub fn Preview(composing: Composing) -> impl IntoView {
    let body = Memo::new(move |_| match composing.kind.with(|kind| kind == "template") {
        true => of_template(composing),
        false => Some(composing.body()).filter(shows),
    });
    let shown = behind(body);
    move || {
        shown.get().map(|body| {
            view! {
                <div class="preview-bubble" role="group" aria-label="Preview">
                    <div class="bubble"><Drawn body raw=String::new()/></div>
                </div>
            }
        })
    }
}

/// Follows what changes a little later, and what ends at once.
fn behind<T>(now: Memo<Option<T>>) -> ReadSignal<Option<T>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (shown, show) = signal(now.get_untracked());
    let coming = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        let coming = coming.try_update_value(Option::take).flatten();
        coming.inspect(TimeoutHandle::clear);
    };
    let follow = move || {
        coming.set_value(None);
        show.set(now.get_untracked());
    };
    Effect::new(move |_| match (now.with(Option::is_some), shown.with_untracked(Option::is_some)) {
        (false, false) => stop(),
        (false, true) => {
            stop();
            show.set(None);
        }
        (true, _) if coming.with_value(Option::is_none) => coming.set_value(set_timeout_with_handle(follow, BEHIND).ok()),
        (true, _) => {}
    });
    on_cleanup(stop);
    shown
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
