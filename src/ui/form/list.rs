//! A list of values or groups: rows are added, removed and reordered by mouse and keyboard, and the
//! focus goes where the person is working.

use super::{
    Form, element_id,
    field::{Fields, Help, Mark, draw, hints},
    problems::Problems,
};
use crate::{
    browser::focus,
    catalogue::{
        draft::renumbered,
        field::{Field, Kind},
        limit::Bound,
    },
    ui::parts::Icon,
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

#[component]
pub fn List(
    form: Form,
    field: &'static Field,
    item: &'static Field,
    path: String,
    label: String,
) -> impl IntoView {
    let id = element_id(&path);
    let hint = hints(field, false);
    let most = most(field);
    let shown = form.watch(&path);
    let rows = {
        let path = path.clone();
        Memo::new(move |_| form.rows(&path))
    };
    let full = move || most.is_some_and(|most| rows.get() >= most);
    let add = {
        let path = path.clone();
        move |_| {
            let row = rows.get_untracked();
            form.add_row(&path);
            focus_row(&path, row);
        }
    };
    let draw_row = {
        let path = path.clone();
        move |row: usize| view! { <Row form item list=path.clone() row rows/> }
    };
    view! {
        <fieldset class="list">
            <legend>{label}<Mark required=field.must_be_given() == Some(true)/>" "<span class="hint">{hint}</span></legend>
            <Help field form id=format!("{id}-help")/>
            <ol class="rows">
                <For each=move || 0..rows.get() key=|row| *row children=draw_row/>
            </ol>
            <button
                type="button"
                class="add"
                id=id.clone()
                data-add=path.clone()
                aria-describedby=format!("{id}-problems")
                disabled=full
                on:click=add
            >
                <Icon name="plus"/>
                {format!("Add {}", within(item.label))}
            </button>
            <Problems form path shown/>
        </fieldset>
    }
}

/// The documented number of rows beyond which nothing can be added.
fn most(field: &Field) -> Option<usize> {
    field.limits.iter().filter(|limit| limit.evidence.blocks()).find_map(|limit| match limit.bound {
        Bound::Count { max, .. } => Some(max),
        _ => None,
    })
}

#[component]
fn Row(form: Form, item: &'static Field, list: String, row: usize, rows: Memo<usize>) -> impl IntoView {
    let path = format!("{list}.{row}");
    let name = format!("{} {}", item.label, row + 1);
    let first = row == 0;
    let last = move || row + 1 >= rows.get();
    let go = {
        let list = list.clone();
        move |to: usize, then: Vec<String>| {
            form.move_row(&list, row, to);
            focus::first_soon(then);
        }
    };
    let button = {
        let list = list.clone();
        move |to: usize, classes: [&str; 2]| {
            classes.map(|class| format!("[data-row='{list}.{to}'] .{class}:enabled")).to_vec()
        }
    };
    let (up, down, keys) = (go.clone(), go.clone(), go);
    let (above, below) = (button.clone(), button);
    let remove = {
        let list = list.clone();
        move |_| {
            form.remove_row(&list, row);
            let left = rows.get_untracked();
            if left == 0 {
                focus::soon(format!("[data-add='{list}']"));
            } else {
                focus::soon(format!("[data-row='{list}.{}'] .remove", row.min(left - 1)));
            }
        }
    };
    // Alt and an arrow move the row from any of its inputs; the focus stays in that input.
    let on_key = {
        let list = list.clone();
        move |event: ev::KeyboardEvent| {
            let to = match (event.alt_key(), event.key().as_str()) {
                (true, "ArrowUp") if row > 0 => row - 1,
                (true, "ArrowDown") if row + 1 < rows.get_untracked() => row + 1,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            let name = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok())
                .and_then(|target| target.get_attribute("name"));
            let moved = name.and_then(|name| renumbered(&name, &list, &|_| Some(to)));
            keys(to, moved.map(|name| format!("[name='{name}']")).into_iter().collect());
        }
    };
    let content = match item.kind {
        Kind::Group(members) => {
            let fields = members.iter().collect();
            let shown = form.watch(&path);
            view! { <Fields form fields path=path.clone()/> <Problems form path=path.clone() shown/> }
                .into_any()
        }
        _ => draw(form, item, path.clone(), name.clone()),
    };
    view! {
        <li class="row" data-row=path on:keydown=on_key>
            <fieldset>
                <legend>{name.clone()}</legend>
                <div class="row-tools">
                    <button type="button" class="icon-button up" aria-label=format!("Move {name} up") disabled=first on:click=move |_| up(row - 1, above(row - 1, ["up", "down"]))>
                        <Icon name="up"/>
                    </button>
                    <button type="button" class="icon-button down" aria-label=format!("Move {name} down") disabled=last on:click=move |_| down(row + 1, below(row + 1, ["down", "up"]))>
                        <Icon name="down"/>
                    </button>
                    <button type="button" class="icon-button remove" aria-label=format!("Remove {name}") on:click=remove>
                        <Icon name="trash"/>
                    </button>
                </div>
                {content}
            </fieldset>
        </li>
    }
}

fn focus_row(list: &str, row: usize) {
    let row = format!("[data-row='{list}.{row}']");
    focus::soon(format!("{row} :is(input, textarea, select, .add)"));
}

/// A label inside a sentence: its first letter small, unless it is part of a name such as URL.
fn within(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => label.to_owned(),
    }
}
