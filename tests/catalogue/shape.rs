//! What every constant of the catalogue owes to those who read it: names that exist, sources, words.

use crate::sample::{DOCUMENTED, every_field};
use std::collections::HashSet;
use switchboard::catalogue::{
    all, errors,
    field::{Field, Kind, Place, When},
    find,
    limit::Bound,
    operation::{Explained, Operation},
    operations,
    provider::Provider,
    rule::Check,
};

/// What was found beyond the providers' own pages. Addresses, stored records and the sandbox's control
/// name operations by these ids and by the documented ones, so none may change.
const BEYOND: [&str; 23] = [
    "vonage.list-deployments",
    "rapida.get-whatsapp-deployment",
    "rapida.list-whatsapp-deployments",
    "kapso.list-customers",
    "kapso.create-customer",
    "kapso.get-customer",
    "kapso.list-configs",
    "kapso.list-customer-configs",
    "kapso.get-config",
    "kapso.update-config",
    "kapso.delete-config",
    "kapso.list-conversations",
    "kapso.get-conversation",
    "kapso.update-conversation",
    "kapso.list-messages",
    "kapso.send-standalone",
    "kapso.mark-as-read",
    "kapso.list-templates",
    "kapso.list-notes",
    "kapso.create-note",
    "kapso.list-assignments",
    "kapso.create-assignment",
    "kapso.update-assignment",
];

fn explained(operation: &'static Operation) -> impl Iterator<Item = &'static Explained> {
    operation.errors.iter().chain(errors::common(operation.provider))
}

#[test]
fn the_operations_are_these_and_no_others() {
    let wanted: HashSet<&str> = DOCUMENTED.into_iter().chain(BEYOND).collect();
    let found: Vec<&str> = all().map(|operation| operation.id).collect();
    assert_eq!(found.len(), wanted.len(), "an id stands twice, or one is missing");
    assert_eq!(found.into_iter().collect::<HashSet<_>>(), wanted);
    for operation in all() {
        let (provider, rest) = operation.id.split_once('.').unwrap();
        assert_eq!(Provider::from_id(provider), Some(operation.provider), "{}", operation.id);
        assert!(rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", operation.id);
        assert_eq!(find(operation.id), Some(operation));
        assert!(operations(operation.provider).contains(&operation));
    }
    assert_eq!(find("vonage.nothing"), None);
}

/// Whether two fields can never belong to the same request: they ask one field for different values.
fn exclude_each_other(one: &Field, other: &Field) -> bool {
    match (one.when, other.when) {
        (When::Is { path: a, values: these }, When::Is { path: b, values: those }) => {
            a == b && !these.iter().any(|value| those.contains(value))
        }
        _ => false,
    }
}

#[test]
fn a_name_stands_once_among_fields_that_belong_together() {
    let check = |operation: &Operation, fields: &'static [Field]| {
        for (at, one) in fields.iter().enumerate() {
            for other in fields[at + 1..].iter().filter(|other| other.name == one.name) {
                assert!(exclude_each_other(one, other), "{}: {}", operation.id, one.name);
                assert_eq!(one.place, other.place, "{}: {}", operation.id, one.name);
            }
        }
    };
    for operation in all() {
        check(operation, operation.fields);
    }
    for (operation, _, field) in every_field() {
        if let Kind::Group(members) = field.kind {
            check(operation, members);
        }
    }
}

/// A dot or a number in a name could not be told from a path.
#[test]
fn names_can_stand_in_paths() {
    for (operation, path, field) in every_field() {
        let plain = !field.name.is_empty() && !field.name.contains('.') && field.name != "*";
        assert!(plain && field.name.parse::<usize>().is_err(), "{} {path}", operation.id);
        assert!(operation.field(&path).is_some(), "{} {path}", operation.id);
    }
}

#[test]
fn the_slots_of_a_path_are_its_path_fields() {
    for operation in all() {
        let slots: Vec<&str> = operation.path.split(['{', '}']).skip(1).step_by(2).collect();
        let fields: Vec<&str> = operation.fields_in(Place::Path).map(|field| field.name).collect();
        assert_eq!(slots, fields, "{}", operation.id);
        assert!(operation.path.starts_with('/') && !operation.path.ends_with('/'), "{}", operation.id);
        for field in operation.fields_in(Place::Path) {
            assert!(field.required.is_some(), "{} {}", operation.id, field.name);
            let single = !matches!(field.kind, Kind::List(_) | Kind::Group(_) | Kind::Toggle(_));
            assert!(single, "{} {}", operation.id, field.name);
        }
    }
}

/// Only their own place counts at the top; below it everything is part of the body.
#[test]
fn only_the_body_has_lists_groups_and_secrets() {
    for operation in all() {
        operation.walk(&mut |path, field| {
            let top = operation.field(path.split('.').next().unwrap()).unwrap();
            let bodily = field.is_secret() || matches!(field.kind, Kind::List(_) | Kind::Group(_));
            assert!(!bodily || top.place == Place::Body, "{} {path}", operation.id);
        });
    }
}

#[test]
fn conditions_ask_for_values_that_exist() {
    for (operation, path, field) in every_field() {
        match field.when {
            When::Always => {}
            When::Filled { path: on } => {
                assert!(operation.field(on).is_some(), "{} {path}: {on}", operation.id);
            }
            When::Is { path: on, values } => {
                let on = operation.field(on).unwrap_or_else(|| panic!("{} {path}: {on}", operation.id));
                let Kind::Choice(choices) = on.kind else { panic!("{} {path}: no choice", operation.id) };
                for value in values {
                    assert!(choices.iter().any(|choice| choice.value == *value), "{} {path}", operation.id);
                }
            }
        }
    }
}

#[test]
fn rules_name_fields_that_exist() {
    for operation in all() {
        for rule in operation.rules {
            let paths: Vec<String> = match rule.check {
                Check::ExactlyOne { of } | Check::AtLeastOne { of } | Check::Together { of } => {
                    of.iter().map(|path| (*path).to_owned()).collect()
                }
                Check::Unique { of } | Check::Total { of, .. } => vec![of.to_owned()],
                Check::AtLeastOneInRow { list, of } => {
                    of.iter().map(|member| format!("{list}.*.{member}")).collect()
                }
                Check::RequiredFrom { list, member, .. } => vec![format!("{list}.*.{member}")],
                Check::Requires { any_of, needs } => {
                    any_of.iter().copied().chain([needs]).map(str::to_owned).collect()
                }
            };
            for path in paths {
                assert!(operation.field(&path).is_some(), "{} {}: {path}", operation.id, rule.name);
            }
            assert!(!rule.name.is_empty() && !rule.evidence.source().is_empty(), "{}", operation.id);
        }
    }
}

#[test]
fn errors_are_about_fields_that_exist() {
    for operation in all() {
        for error in operation.errors.iter().filter(|error| !error.field.is_empty()) {
            assert!(operation.field(error.field).is_some(), "{}: {}", operation.id, error.field);
        }
    }
    for provider in Provider::ALL {
        for error in errors::common(provider).iter().filter(|error| !error.field.is_empty()) {
            let known = |operation: &&Operation| operation.field(error.field).is_some();
            assert!(operations(provider).iter().copied().any(|operation| known(&operation)), "{error:?}");
        }
    }
}

#[test]
fn errors_say_what_happened_and_what_to_do() {
    for operation in all() {
        for error in explained(operation) {
            assert!(error.status != 0 || !error.code.is_empty(), "{}: {error:?}", operation.id);
            assert!(error.meaning.ends_with('.') && error.next.ends_with('.'), "{error:?}");
            assert!(!error.evidence.source().is_empty(), "{error:?}");
        }
    }
}

#[test]
fn every_fact_has_a_source() {
    for operation in all() {
        assert!(!operation.evidence.source().is_empty(), "{}", operation.id);
    }
    for (operation, path, field) in every_field() {
        let mut evidence = vec![field.evidence];
        evidence.extend(field.required);
        evidence.extend(field.limits.iter().map(|limit| limit.evidence));
        for fact in evidence {
            assert!(!fact.source().trim().is_empty(), "{} {path}", operation.id);
        }
    }
}

#[test]
fn every_field_and_button_has_words() {
    let label = |text: &str| !text.trim().is_empty() && text.trim() == text && !text.ends_with('.');
    for operation in all() {
        for text in [operation.title, operation.action, operation.section] {
            assert!(label(text), "{}: {text:?}", operation.id);
        }
        assert!(operation.summary.ends_with('.'), "{}", operation.id);
        assert!((200..300).contains(&operation.success), "{}", operation.id);
    }
    for (operation, path, field) in every_field() {
        assert!(label(field.label), "{} {path}", operation.id);
        assert!(field.help.is_empty() || field.help.ends_with('.'), "{} {path}", operation.id);
        if let Kind::Choice(choices) = field.kind {
            let values: HashSet<&str> = choices.iter().map(|choice| choice.value).collect();
            assert_eq!(values.len(), choices.len(), "{} {path}", operation.id);
            assert!(choices.iter().all(|choice| label(choice.label)), "{} {path}", operation.id);
            for preset in [field.example, field.default] {
                assert!(preset.is_empty() || values.contains(preset), "{} {path}", operation.id);
            }
        }
    }
}

/// A limit on a kind that it cannot measure would never speak.
#[test]
fn every_limit_can_be_broken() {
    for (operation, path, field) in every_field() {
        for limit in field.limits {
            let (fits, ordered) = match limit.bound {
                Bound::Length { min, max } => (is_text(field), min <= max && max > 1),
                Bound::Bytes { max } => (is_text(field), max > 1),
                Bound::Pattern(pattern) => (is_text(field), !pattern.sentence.is_empty()),
                Bound::Range { min, max } => (matches!(field.kind, Kind::Integer), min < max),
                Bound::Decimals { min, max } => (matches!(field.kind, Kind::Decimal), min < max),
                Bound::Count { min, max } => (matches!(field.kind, Kind::List(_)), min <= max && max > 1),
            };
            assert!(fits && ordered, "{} {path}: {limit:?}", operation.id);
        }
    }
}

fn is_text(field: &Field) -> bool {
    !matches!(
        field.kind,
        Kind::Integer
            | Kind::Decimal
            | Kind::Toggle(_)
            | Kind::Choice(_)
            | Kind::Constant(_)
            | Kind::List(_)
            | Kind::Group(_)
    )
}
