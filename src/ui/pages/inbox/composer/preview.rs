//! The message as its contact will see it, drawn by the same code as the conversation.

use super::{Composing, values};
use crate::{
    browser::{focus, page},
    domain::{
        template::assemble,
        thread::body::{Body, Interactive},
    },
    ui::pages::inbox::body::Drawn,
};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// How long the typing rests before the bubble follows, in milliseconds: to draw it takes longer than to
/// show a letter.
const REST: f64 = 100.0;
/// How long it stays behind somebody who never rests.
const LATEST: f64 = 500.0;

#[component]
pub fn Preview(composing: Composing) -> impl IntoView {
    let body = Memo::new(move |_| match composing.kind.with(|kind| kind == "template") {
        true => of_template(composing),
        false => Some(composing.body()).filter(shows),
    });
    let shown = behind(body);
    Effect::new(move |_| {
        shown.track();
        // It stands above the fields, and may push the one that is typed in below the bar.
        focus::in_sight_soon(".composer-panel");
    });
    move || {
        shown.get().map(|body| {
            view! {
                <div class="preview-bubble" role="group" aria-label="Preview">
                    {match body {
                        // It stands at the message that it is for, which is named below.
                        Body::Reaction { emoji, .. } => view! { <p class="reactions"><span class="reaction">{emoji}</span></p> }.into_any(),
                        body => view! { <div class="bubble"><Drawn body raw=String::new()/></div> }.into_any(),
                    }}
                </div>
            }
        })
    }
}

/// Follows what changes when it rests, and what ends at once.
fn behind<T>(now: Memo<Option<T>>) -> ReadSignal<Option<T>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (shown, show) = signal(now.get_untracked());
    // Since when it is behind, and what makes it follow: ended where it is dropped.
    let coming = StoredValue::new_local(None::<(f64, Timeout)>);
    let follow = move || {
        coming.set_value(None);
        show.set(now.get_untracked());
    };
    Effect::new(move |_| {
        let late = coming.try_update_value(Option::take).flatten();
        if now.with(|now| shown.with_untracked(|shown| shown == now)) {
            return;
        }
        if now.with(Option::is_none) {
            return show.set(None);
        }
        let ticks = page::ticks();
        let since = late.map_or(ticks, |(since, _)| since);
        let wait = REST.min(since + LATEST - ticks).max(0.0);
        coming.set_value(Some((since, Timeout::new(wait as u32, follow))));
    });
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
        Body::Reaction { emoji, .. } => !emoji.is_empty(),
        Body::Template { .. } | Body::Choice { .. } | Body::Unknown { .. } => false,
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
