//! What a message says, drawn: every kind that WhatsApp has, and a card for those it will have. Texts
//! become elements, never mark-up. How files come is in `media`.

use super::media::{File, Origin};
use crate::domain::{
    markup::{self, Block, Span},
    thread::body::{Body, Card, Interactive, Location},
};
use leptos::prelude::*;

#[component]
pub fn Drawn(
    body: Body,
    /// The provider's own words, for what is not known here.
    raw: String,
    /// The stored message, if it is one.
    #[prop(optional)]
    origin: Option<Origin>,
) -> impl IntoView {
    match body {
        Body::Text(text) => view! { <Text text/> }.into_any(),
        Body::Media(media) => view! { <File media origin/> }.into_any(),
        Body::Location(location) => view! { <Place location/> }.into_any(),
        Body::Contacts(cards) => cards.into_iter().map(|card| view! { <Contact card/> }).collect_view().into_any(),
        Body::Interactive(interactive) => view! { <Offer interactive/> }.into_any(),
        Body::Choice { title, description } => view! {
            <p class="kind">"Chosen"</p>
            <p dir="auto">{title}</p>
            {(!description.is_empty()).then(|| view! { <p class="note" dir="auto">{description}</p> })}
        }
        .into_any(),
        Body::Template { name, language, text } => view! {
            <p class="kind">{format!("Template {name} {language}")}</p>
            <Text text/>
        }
        .into_any(),
        Body::Reaction { emoji, .. } if emoji.is_empty() => view! { <p class="note">"Took back a reaction to a message that is not stored here."</p> }.into_any(),
        Body::Reaction { emoji, .. } => view! { <p class="note">{format!("Reacted {emoji} to a message that is not stored here.")}</p> }.into_any(),
        Body::Unknown { kind, content } => view! {
            <p class="kind">{if kind.is_empty() { "Message without a type".to_owned() } else { format!("Message of type {kind}") }}</p>
            {(!content.is_empty()).then(|| view! { <p dir="auto">{content}</p> })}
            <details><summary>"What Kapso says of it"</summary><pre class="raw" tabindex="0">{raw}</pre></details>
        }
        .into_any(),
    }
}

/// A text with WhatsApp's own markup.
#[component]
pub fn Text(text: String) -> impl IntoView {
    let blocks = markup::parse(&text);
    view! { <div class="text" dir="auto">{blocks.into_iter().map(block).collect_view()}</div> }
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Paragraph(lines) => view! { <p>{broken(lines)}</p> }.into_any(),
        Block::Quote(lines) => view! { <blockquote>{broken(lines)}</blockquote> }.into_any(),
        Block::Code(code) => view! { <pre><code>{code.text}</code></pre> }.into_any(),
        Block::List { ordered: None, items } => {
            view! { <ul>{items.into_iter().map(|item| view! { <li>{spans(item.line)}</li> }).collect_view()}</ul> }.into_any()
        }
        Block::List { ordered: Some(_), items } => view! {
            <ol>{items.into_iter().map(|item| { let number = item.number(); view! { <li value=number>{spans(item.line)}</li> } }).collect_view()}</ol>
        }
        .into_any(),
    }
}

fn broken(lines: Vec<markup::Line>) -> impl IntoView {
    let last = lines.len().saturating_sub(1);
    lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| view! { {spans(line)}{(at < last).then(|| view! { <br/> })} })
        .collect_view()
}

fn spans(line: markup::Line) -> AnyView {
    line.into_iter().map(span).collect_view().into_any()
}

fn span(span: Span) -> AnyView {
    match span {
        Span::Text(text) => text.into_any(),
        Span::Bold(line) => view! { <strong>{spans(line)}</strong> }.into_any(),
        Span::Italic(line) => view! { <em>{spans(line)}</em> }.into_any(),
        Span::Strike(line) => view! { <s>{spans(line)}</s> }.into_any(),
        Span::Code { text, .. } => view! { <code>{text}</code> }.into_any(),
        Span::Link { href, text } => view! { <Out href text/> }.into_any(),
    }
}

/// A link to another site, which learns nothing of this page.
#[component]
pub fn Out(href: String, text: String) -> impl IntoView {
    view! { <a href=href target="_blank" rel="noopener noreferrer">{text}</a> }
}

#[component]
fn Place(location: Location) -> impl IntoView {
    let Location { latitude, longitude, name, address } = location;
    let point = latitude.zip(longitude);
    view! {
        <p class="kind">"Location"</p>
        {(!name.is_empty()).then(|| view! { <p dir="auto"><strong>{name}</strong></p> })}
        {(!address.is_empty()).then(|| view! { <p dir="auto">{address}</p> })}
        {match point {
            Some((latitude, longitude)) => {
                let map = format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}");
                view! { <p class="figures" dir="ltr">{format!("{latitude}, {longitude}")}" · "<Out href=map text="Open on a map".to_owned()/></p> }.into_any()
            }
            None => view! { <p class="note">"Its coordinates could not be read."</p> }.into_any(),
        }}
    }
}

#[component]
fn Contact(card: Card) -> impl IntoView {
    let Card { name, phones, emails } = card;
    view! {
        <div class="card">
            <p class="kind">"Contact"</p>
            <p dir="auto"><strong>{if name.is_empty() { "Without a name".to_owned() } else { name }}</strong></p>
            {phones.into_iter().map(|phone| view! { <p class="figures" dir="ltr">{phone}</p> }).collect_view()}
            {emails.into_iter().map(|email| view! { <p dir="ltr">{email}</p> }).collect_view()}
        </div>
    }
}

/// What a business offers to choose from.
#[component]
fn Offer(interactive: Interactive) -> impl IntoView {
    let Interactive { header, text, footer, buttons, list } = interactive;
    view! {
        {(!header.is_empty()).then(|| view! { <p dir="auto"><strong>{header}</strong></p> })}
        <Text text/>
        {(!footer.is_empty()).then(|| view! { <p class="note" dir="auto">{footer}</p> })}
        {(!buttons.is_empty()).then(|| view! {
            <ul class="offered" aria-label="Buttons">{buttons.into_iter().map(|title| view! { <li dir="auto">{title}</li> }).collect_view()}</ul>
        })}
        {list.map(|list| view! {
            <details class="offered-list">
                <summary dir="auto">{if list.button.is_empty() { "List".to_owned() } else { list.button }}</summary>
                {list.sections.into_iter().map(|section| view! {
                    {(!section.title.is_empty()).then(|| view! { <p class="kind" dir="auto">{section.title}</p> })}
                    <ul>{section.rows.into_iter().map(|(title, description)| view! {
                        <li dir="auto">{title}{(!description.is_empty()).then(|| view! { <span class="note">" "{description}</span> })}</li>
                    }).collect_view()}</ul>
                }).collect_view()}
            </details>
        })}
    }
}
