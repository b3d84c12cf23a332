//! A check of a sticker's file on this device, before it is uploaded elsewhere. What a file has to be
//! is `domain::sticker_file`'s matter; nothing is sent here.

use crate::{
    browser::file::{self, FileFault, FileUrl},
    domain::{
        picture::{self, Finding},
        sticker_file,
    },
    ui::parts::{FileDrop, Icon},
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::FileList;

/// What was found of a file.
struct Checked {
    name: String,
    facts: String,
    findings: Vec<Finding>,
    /// Where the page can show it; `None` for what is no picture.
    url: Option<FileUrl>,
}

#[component]
pub fn FileCheck() -> impl IntoView {
    let checked: RwSignal<Option<Checked>> = RwSignal::new(None);
    let turn = StoredValue::new(0_u32);
    let take = Callback::new(move |files: Option<FileList>| {
        turn.update_value(|turn| *turn += 1);
        let this = turn.get_value();
        spawn_local(async move {
            let found = check(files).await;
            // Another file may have been chosen by now, or the page is gone.
            if turn.try_get_value() == Some(this) {
                checked.set(Some(found));
            }
        });
    });
    view! {
        <section class="packs check" aria-labelledby="check-heading">
            <h3 id="check-heading">"Before you upload"</h3>
            <p class="note">
                "This API offers no upload: upload the file elsewhere, and enter the image ID that you get there above, when you add a sticker. Here a file is only checked, on this device."
            </p>
            <FileDrop id="sticker-file" label="Check a sticker file" accept="image/webp,.webp"
                help="A WebP picture is looked at on this device and goes nowhere." take/>
            <div role="status">
                {move || checked.with(|checked| checked.as_ref().map(|checked| view! { <Found checked/> }))}
            </div>
        </section>
    }
}

#[component]
fn Found<'a>(checked: &'a Checked) -> impl IntoView + use<> {
    let Checked { name, facts, findings, url } = checked;
    let picture = url.as_ref().map(|url| {
        let alt = format!("The picture in {name}");
        view! { <img class="checker" src=url.text().to_owned() alt=alt/> }
    });
    let ready = findings.is_empty().then(|| {
        view! { <p class="done"><Icon name="check"/>"Ready to upload elsewhere."</p> }
    });
    let sentences: Vec<_> = findings
        .iter()
        .map(|Finding { sentence, blocks }| {
            let (icon, class) = if *blocks { ("cross", "problem") } else { ("alert", "warning") };
            view! { <p class=class><Icon name=icon/><span>{sentence.clone()}</span></p> }
        })
        .collect();
    view! {
        <div class="sticker-checked">
            {picture}
            <div>
                <p><strong dir="auto">{name.clone()}</strong>" "<span class="note">{facts.clone()}</span></p>
                {ready}
                {sentences}
            </div>
        </div>
    }
}

async fn check(files: Option<FileList>) -> Checked {
    let unread = |name: String, sentence: String| Checked {
        name,
        facts: String::new(),
        findings: vec![Finding { sentence, blocks: true }],
        url: None,
    };
    let file = match file::only(files) {
        Ok(file) => file,
        Err(fault) => return unread(String::new(), sentence(fault)),
    };
    let bytes = match file::bytes(&file, picture::MOST_READ).await {
        Ok(bytes) => bytes,
        Err(fault) => return unread(file.name(), sentence(fault)),
    };
    match picture::read(&bytes) {
        Err(unreadable) => unread(file.name(), unreadable.sentence()),
        Ok(picture) => Checked {
            name: file.name(),
            facts: sticker_file::facts(&picture),
            findings: sticker_file::findings(&picture),
            url: FileUrl::of(&file),
        },
    }
}

fn sentence(fault: FileFault) -> String {
    match fault {
        FileFault::NoFile => "This is not a file. Choose a file of this device.".into(),
        FileFault::Several => "These are several files. Check one at a time.".into(),
        FileFault::TooLarge { bytes, .. } => {
            format!(
                "The file has {}, far more than a sticker may have. It was not read.",
                picture::size(bytes)
            )
        }
        FileFault::Closed => "The file could not be read. A folder cannot be checked.".into(),
    }
}
