//! Hands the shown calls over as files. What is in a file is decided in the domain, from records that
//! hold no secret.

use super::desk::{Desk, Found};
use crate::{
    browser::{download, locale, page},
    domain::activity::{calendar, har, sheet},
};
use leptos::prelude::*;

#[derive(Clone, Copy)]
enum Format {
    Har,
    Csv,
}

#[component]
pub fn Export(desk: Desk) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let save = move |format| {
        let found = desk.found.get_untracked();
        let count = found.len();
        said.set(match hand_over(&found, format) {
            Some(name) => {
                format!("{} saved as {name}.", locale::counted(count, "entry was", "entries were"))
            }
            None => "The browser did not take the file. Try again, or use another browser.".into(),
        });
    };
    view! {
        <div class="export" role="group" aria-describedby="export-note" aria-label="Export the calls that are shown">
            <button type="button" on:click=move |_| save(Format::Har)>"Export as HAR"</button>
            <button type="button" on:click=move |_| save(Format::Csv)>"Export as CSV"</button>
            <span role="status">{said}</span>
        </div>
        <p id="export-note" class="note">"A file holds the calls that are shown, also those further down. There is no key in it and secrets are masked, but what customers wrote and their numbers stand in it as they were sent."</p>
    }
}

/// The name under which the browser took the file.
fn hand_over(found: &Found, format: Format) -> Option<String> {
    let origin = page::origin();
    let (text, kind, ending) = match format {
        Format::Har => {
            let archive = har::archive(found.records(), &origin);
            (serde_json::to_string_pretty(&archive).ok()?, har::KIND, "har")
        }
        Format::Csv => (sheet::table(found.records(), &origin), sheet::KIND, "csv"),
    };
    let today = calendar::text(calendar::day_of(page::now(), &locale::offset));
    let name = format!("switchboard-activity-{today}.{ending}");
    download::save(&name, &download::text_file(&text, kind)?).then_some(name)
}
