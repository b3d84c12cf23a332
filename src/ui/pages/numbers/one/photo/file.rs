//! A look at a file of this device, before it is put on a web server. Nothing leaves the device.

use super::shown::{Findings, Pair};
use crate::{
    browser::file::{self, FileFault, FileUrl},
    domain::picture::{self, Picture},
    ui::parts::FileDrop,
};
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;
use web_sys::{File, FileList};

#[derive(Clone)]
enum Look {
    Nothing,
    Reading,
    Refused(String),
    /// Its name, what it is, and where the page shows it.
    Judged(String, Picture, Arc<FileUrl>),
}

#[component]
pub fn LocalFile() -> impl IntoView {
    let look = RwSignal::new(Look::Nothing);
    let turns = StoredValue::new(0_u32);
    let take = Callback::new(move |files: Option<FileList>| {
        turns.update_value(|turns| *turns += 1);
        let turn = turns.get_value();
        match file::only(files) {
            Err(fault) => look.set(Look::Refused(sentence(fault))),
            Ok(file) => {
                look.set(Look::Reading);
                spawn_local(async move {
                    let judged = judge(file).await;
                    // The page may be gone, or another file may have been chosen by now.
                    if turns.try_get_value() == Some(turn) {
                        look.try_set(judged);
                    }
                });
            }
        }
    });
    view! {
        <h3>"A file of this device"</h3>
        <FileDrop id="photo-file" label="Check a file before you put it on a web server" accept="image/png,image/jpeg"
            help="A PNG or JPEG is looked at on this device and goes nowhere." take/>
        <div class="checked" role="status">{move || drawn(look.get())}</div>
    }
}

async fn judge(file: File) -> Look {
    let bytes = match file::bytes(&file, picture::MOST_READ).await {
        Ok(bytes) => bytes,
        Err(fault) => return Look::Refused(sentence(fault)),
    };
    match (picture::read(&bytes), FileUrl::of(&file)) {
        (Err(why), _) => Look::Refused(why.sentence()),
        (_, None) => Look::Refused(sentence(FileFault::Closed)),
        (Ok(picture), Some(url)) => Look::Judged(file.name(), picture, Arc::new(url)),
    }
}

fn sentence(fault: FileFault) -> String {
    match fault {
        FileFault::NoFile => "That was no file. Choose a picture of this device, or drop one.".to_owned(),
        FileFault::Several => "Those were several files. Choose one.".to_owned(),
        FileFault::TooLarge { bytes, most } => format!(
            "This file has {} and was not read: beyond {} no picture is taken.",
            picture::size(bytes),
            picture::size(most)
        ),
        FileFault::Closed => {
            "This could not be read as a file. If it is a folder, choose the picture inside it.".to_owned()
        }
    }
}

fn drawn(look: Look) -> AnyView {
    match look {
        Look::Nothing => ().into_any(),
        Look::Reading => view! { <p class="note">"Reading the file…"</p> }.into_any(),
        Look::Refused(sentence) => {
            let findings = vec![picture::Finding { sentence, blocks: true }];
            view! { <Findings findings/> }.into_any()
        }
        Look::Judged(name, picture, url) => {
            let findings = picture::photo_findings(&picture);
            let fits = findings.is_empty();
            let facts = format!(
                "{}, {} × {} pixels, {}.",
                picture.kind.name(),
                picture.width,
                picture.height,
                picture::size(picture.bytes)
            );
            view! {
                <Pair url=url.text()/>
                <p><strong dir="auto">{name}</strong>": "{facts}{fits.then_some(" It fits.")}</p>
                <Findings findings/>
                <p class="note">
                    "Nothing was uploaded: this API takes an address. Put the file on a web server and enter its address above."
                </p>
            }
            .into_any()
        }
    }
}
