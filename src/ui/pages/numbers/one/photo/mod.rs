//! Photo of a live number: the one it has, another one by its address, and a look at a file before it
//! is put on a web server. What a photo has to be is in `domain::picture`.

mod change;
mod check;
mod file;
mod shown;

use crate::{
    browser::page,
    catalogue::vonage::{GET_PHOTO, replies},
    domain::connection::Connection,
    state::{App, record::Record},
    ui::parts::Trouble,
};
use change::Change;
use file::LocalFile;
use leptos::prelude::*;
use serde_json::json;
use shown::Round;

#[component]
pub fn Photo(connection: Connection, deployment_id: String) -> impl IntoView {
    let app = App::use_app();
    let source =
        Record::read(app, &connection, &GET_PHOTO, json!({ "deployment_id": deployment_id.clone() }));
    let loaded = move || source.answer.with(|answer| matches!(answer, Some(Ok(_))));
    let photo = Memo::new(move |_| {
        source.answer.with(|answer| match answer {
            Some(Ok(json)) => replies::photo(json),
            _ => None,
        })
    });
    let shared = StoredValue::new((connection, deployment_id));
    let not_yet = move || {
        match source.answer.get() {
        Some(Err(failure)) => {
            let again = Callback::new(move |()| source.again());
            view! { <Trouble failure connection=shared.get_value().0 again/> }.into_any()
        }
        _ => {
            view! { <div class="skeleton photo-skeleton" role="status" aria-label="Reading the photo" aria-busy="true"></div> }
                .into_any()
        }
    }
    };
    view! {
        <section class="panel photo" aria-labelledby="photo-heading">
            <div class="panel-head"><h2 id="photo-heading" tabindex="-1">"Profile photo"</h2></div>
            <Show when=loaded fallback=not_yet>
                {move || view! { <Present photo=photo.get()/> }}
                {
                    let (connection, deployment_id) = shared.get_value();
                    view! { <Change source photo connection deployment_id/> }
                }
                <LocalFile/>
            </Show>
        </section>
    }
}

/// The photo that the number has.
#[component]
fn Present(photo: Option<String>) -> impl IntoView {
    let Some(url) = photo else {
        return view! { <p class="note present">"This number has no photo yet."</p> }.into_any();
    };
    let picture = if page::is_shown(&url) {
        view! { <Round url=url.clone() alt="The present profile photo, cropped to a circle"/> }.into_any()
    } else {
        view! { <p class="note">"This page shows pictures from https addresses only, so the photo is not shown."</p> }
            .into_any()
    };
    view! {
        <div class="present">
            {picture}
            <p><span class="note">"Taken from "</span><code dir="ltr">{url}</code></p>
        </div>
    }
    .into_any()
}
