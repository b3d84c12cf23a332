//! The link and the QR code that lead people to a live number. What they are is `domain::share`'s
//! matter, and how a file is handed over the browser's.

use crate::{
    browser::download,
    domain::share::{self, Qr},
    ui::parts::{Copy, Icon},
};
use leptos::{prelude::*, task::spawn_local};

/// Pixels of a side of the downloaded picture.
const PIXELS: u32 = 1024;

/// `number`: country code and number, digits alone.
#[component]
pub fn Share(number: String) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let number = StoredValue::new(number);
    let link = Memo::new(move |_| number.with_value(|number| text.with(|text| share::link(number, text))));
    let code = Memo::new(move |_| link.with(|link| share::qr(link)));
    let label = Memo::new(move |_| {
        let link = number.with_value(|number| share::link(number, ""));
        let with = if text.with(String::is_empty) { "" } else { ", with your text" };
        format!("QR code for {link}{with}")
    });
    view! {
        <section class="panel share" aria-labelledby="share-heading">
            <h2 id="share-heading" tabindex="-1">"Share"</h2>
            <p class="note">"Opens a chat with this number in WhatsApp."</p>
            <div class="share-parts">
                <div>
                    <Text text/>
                    <p class="share-link">
                        <code>{link}</code>
                        <Copy text=link label="Copy the link"/>
                        <a class="open" href=link target="_blank" rel="noopener noreferrer">"Open"</a>
                    </p>
                    <div role="status">
                        <Show when=move || code.with(Option::is_none)>
                            <p class="warning">
                                <Icon name="alert"/>
                                <span>"This text is too long for a QR code. The link can still be copied; a shorter text brings the code back."</span>
                            </p>
                        </Show>
                    </div>
                </div>
                {move || code.get().map(|code| view! { <Code code number=number.get_value() label/> })}
            </div>
        </section>
    }
}

/// What is filled in for whoever opens the link.
#[component]
fn Text(text: RwSignal<String>) -> impl IntoView {
    let count = move || match text.with(|text| text.chars().count()) {
        0 => String::new(),
        1 => "1 character".to_owned(),
        count => format!("{count} characters"),
    };
    view! {
        <div class="field">
            <div class="field-head">
                <label for="share-text">"Text that is filled in for the customer (optional)"</label>
                <span class="count" aria-hidden="true">{count}</span>
            </div>
            <textarea
                id="share-text"
                class="input"
                rows="3"
                dir="auto"
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
        </div>
    }
}

/// The code on its white ground, and the same as files.
#[component]
fn Code(code: Qr, number: String, label: Memo<String>) -> impl IntoView {
    let failed = RwSignal::new(false);
    let side = code.side;
    let path = code.path();
    let code = StoredValue::new(code);
    let name = StoredValue::new(format!("whatsapp-{number}"));
    let named = move |ending: &str| name.with_value(|name| format!("{name}.{ending}"));
    let as_svg = move |_| {
        let file = download::text_file(&code.with_value(share::svg), "image/svg+xml");
        failed.set(!file.is_some_and(|file| download::save(&named("svg"), &file)));
    };
    let as_png = move |_| {
        let (code, name) = (code.get_value(), named("png"));
        spawn_local(async move {
            let file = download::png(&code, PIXELS).await;
            let saved = file.is_some_and(|file| download::save(&name, &file));
            // Another code may stand there by now.
            failed.try_set(!saved);
        });
    };
    view! {
        <div class="share-code">
            <svg
                class="qr"
                role="img"
                aria-label=label
                viewBox=format!("0 0 {side} {side}")
                shape-rendering="crispEdges"
            >
                <rect width=side height=side fill="#ffffff"></rect>
                <path d=path fill="#000000"></path>
            </svg>
            <div class="share-files">
                <button type="button" on:click=as_svg>"Download as SVG"</button>
                <button type="button" on:click=as_png>"Download as PNG"</button>
            </div>
            <div role="status">
                <Show when=move || failed.get()>
                    <p class="problem"><Icon name="cross"/><span>"This browser could not make the file. Try the other kind."</span></p>
                </Show>
            </div>
        </div>
    }
}
