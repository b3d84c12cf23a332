//! `cargo xtask openapi`: the whole catalogue as one OpenAPI 3.1 file, for other tools. What a provider
//! documents becomes a keyword that a validator enforces; what is only inferred is told in `x-` members
//! and blocks nothing, as in the console itself. Schemas of values are in `schema`.

mod condition;
mod schema;
mod shape;

use crate::{
    Outcome,
    project::{read, root, write},
};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, path::PathBuf};
use switchboard::catalogue::{
    all, errors,
    evidence::Evidence,
    field::{Field, Place},
    operation::{Explained, Operation},
    provider::{Provider, Scheme},
    rule::Check,
};

/// Writes the file.
pub fn openapi() -> Outcome {
    write(&path(), text()?)?;
    println!("{}", path().display());
    Ok(())
}

fn path() -> PathBuf {
    root().join("docs/openapi.json")
}

fn text() -> Outcome<String> {
    let manifest = read(&root().join("Cargo.toml"))?;
    let version = manifest.lines().find_map(|line| line.strip_prefix("version = "));
    let version = version.ok_or("Cargo.toml names no version. Write one below [package].")?;
    let text = serde_json::to_string_pretty(&document(version.trim_matches('"')))
        .map_err(|problem| format!("The catalogue could not be written as JSON: {problem}."))?;
    Ok(format!("{text}\n"))
}

fn document(version: &str) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Requests of four WhatsApp providers",
            "summary": "Every request that Switchboard knows of Vonage WhatsApp Manager, Kapso, Webex Connect and Rapida.",
            "description": DESCRIPTION,
            "version": version,
            "license": { "name": "MIT or Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": servers(Provider::ALL[0]),
        "tags": tags(),
        "paths": paths(),
        "components": { "securitySchemes": security_schemes(), "responses": common_responses() },
    })
}

const DESCRIPTION: &str = "Made from Switchboard's catalogue by `cargo xtask openapi`; none of the providers wrote or checked it. \
What a provider documents is a keyword here and can be validated. What is only inferred stands in `x-limits`, `x-rules` and \
`x-evidence` and begins with that word, and nothing enforces it. Lengths are counted in code points, and in bytes of UTF-8 where \
`x-limits` says so. Each path names the servers of its provider. Conditions between fields are `if` and `then` where JSON Schema \
can say them, and in words in `x-when` and `x-rules`.";

fn servers(provider: Provider) -> Value {
    let server = |base: &switchboard::catalogue::provider::Base| match base.region {
        "" => json!({ "url": base.url, "description": provider.name() }),
        region => json!({ "url": base.url, "description": format!("{}, {region}", provider.name()) }),
    };
    provider.bases().iter().map(server).collect()
}

fn tag(operation: &Operation) -> String {
    format!("{}: {}", operation.provider.name(), operation.section)
}

fn tags() -> Value {
    let mut names: Vec<String> = all().map(tag).collect();
    names.dedup();
    names.into_iter().map(|name| json!({ "name": name })).collect()
}

fn scheme_name(provider: Provider, scheme: &Scheme) -> String {
    format!("{}.{}", provider.id(), scheme.id)
}

fn security_schemes() -> Value {
    let of = |provider: Provider| {
        provider.schemes().iter().map(move |scheme| {
            let words = scheme.prefix.trim().to_ascii_lowercase();
            let mut one = match (scheme.header.to_ascii_lowercase().as_str(), words.as_str()) {
                ("authorization", "bearer" | "basic") => json!({ "type": "http", "scheme": words }),
                _ => json!({ "type": "apiKey", "in": "header", "name": scheme.header }),
            };
            one["description"] = format!("{}. {}", scheme.label, scheme.help).into();
            (scheme_name(provider, scheme), one)
        })
    };
    Value::Object(Provider::ALL.into_iter().flat_map(of).collect())
}

fn paths() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for operation in all() {
        let item =
            paths.entry(operation.path).or_insert_with(|| json!({ "servers": servers(operation.provider) }));
        let method = operation.method.name().to_ascii_lowercase();
        let made = self::operation(operation);
        match item.get_mut(&method) {
            Some(first) => join(first, made),
            None => item[method] = made,
        }
    }
    Value::Object(paths)
}

/// Two requests that differ by a value in the query are one operation to OpenAPI. What only one of them
/// takes is not required of both.
fn join(first: &mut Value, second: Value) {
    let members = |value: &Value, name: &str| value[name].as_array().cloned().unwrap_or_default();
    let mut parameters = members(first, "parameters");
    let mut more = members(&second, "parameters");
    let shared = |list: &[Value], one: &Value| list.contains(one);
    let both: Vec<Value> = parameters.iter().filter(|one| shared(&more, one)).cloned().collect();
    more.retain(|one| !both.contains(one));
    parameters.extend(more);
    for parameter in parameters.iter_mut().filter(|one| !both.contains(one)) {
        parameter["required"] = false.into();
    }
    let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    first["summary"] = format!("{}; {}", text(first, "summary"), text(&second, "summary")).into();
    first["description"] =
        format!("{}\n\n{}", text(first, "description"), text(&second, "description")).into();
    first["parameters"] = parameters.into();
    let mut ids = members(first, "x-requests");
    ids.extend(members(&second, "x-requests"));
    first["x-requests"] = ids.into();
}

fn operation(operation: &Operation) -> Value {
    let mut made = json!({
        "operationId": operation.id,
        "tags": [tag(operation)],
        "summary": operation.title,
        "description": operation.summary,
        "security": security(operation.provider),
        "x-requests": [operation.id],
        "x-evidence": evidence(operation.evidence),
    });
    let outside = |field: &&Field| field.place != Place::Body;
    let parameters: Vec<Value> =
        operation.fields.iter().filter(outside).map(|field| parameter(operation, field)).collect();
    if !parameters.is_empty() {
        made["parameters"] = parameters.into();
    }
    let body: Vec<&Field> = operation.fields_in(Place::Body).collect();
    if !body.is_empty() {
        let schema = schema::group(operation, "", &body);
        made["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    made["responses"] = responses(operation);
    let rules: Vec<Value> = operation.rules.iter().map(|rule| {
        json!({ "says": rule.name, "fields": fields_of(&rule.check), "evidence": evidence(rule.evidence) })
    }).collect();
    if !rules.is_empty() {
        made["x-rules"] = rules.into();
    }
    made
}

/// Any of the provider's ways to say who asks.
fn security(provider: Provider) -> Value {
    provider.schemes().iter().map(|scheme| json!({ scheme_name(provider, scheme): [] })).collect()
}

fn parameter(operation: &Operation, field: &Field) -> Value {
    let place = match field.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header | Place::Body => "header",
    };
    let constant = matches!(field.kind, switchboard::catalogue::field::Kind::Constant(_));
    let required = constant || field.required.is_some_and(Evidence::blocks);
    json!({
        "name": field.name,
        "in": place,
        "required": required || field.place == Place::Path,
        "description": schema::words(field),
        "schema": schema::field(operation, field.name, field),
    })
}

fn responses(operation: &Operation) -> Value {
    let success = format!("The documented status of success: {}.", operation.title.to_lowercase());
    let mut responses = Map::new();
    responses.insert(operation.success.to_string(), json!({ "description": success }));
    let provider = operation.provider;
    for (status, common) in by_status(errors::common(provider).iter()) {
        let own: Vec<&Explained> = operation.errors.iter().filter(|error| error.status == status).collect();
        let made = match own.is_empty() {
            true => json!({ "$ref": format!("#/components/responses/{}", response_name(provider, status)) }),
            false => response([own, common].concat()),
        };
        put(&mut responses, status, made);
    }
    for (status, own) in by_status(operation.errors.iter()) {
        if !responses.contains_key(&status_name(status)) || status == operation.success {
            put(&mut responses, status, response(own));
        }
    }
    Value::Object(responses)
}

/// Some providers answer with the status of success and a code of failure.
fn put(responses: &mut Map<String, Value>, status: u16, made: Value) {
    match responses.get_mut(&status_name(status)) {
        Some(success) => success["x-errors"] = made["x-errors"].clone(),
        None => drop(responses.insert(status_name(status), made)),
    }
}

/// What any request of a provider can end with.
fn common_responses() -> Value {
    let of = |provider: Provider| {
        let all = by_status(errors::common(provider).iter());
        all.into_iter().map(move |(status, errors)| (response_name(provider, status), response(errors)))
    };
    Value::Object(Provider::ALL.into_iter().flat_map(of).collect())
}

fn by_status<'e>(errors: impl Iterator<Item = &'e Explained>) -> BTreeMap<u16, Vec<&'e Explained>> {
    let mut found: BTreeMap<u16, Vec<&Explained>> = BTreeMap::new();
    errors.for_each(|error| found.entry(error.status).or_default().push(error));
    found
}

/// An error that a code alone tells comes with whatever status the provider likes.
fn status_name(status: u16) -> String {
    if status == 0 { "default".to_owned() } else { status.to_string() }
}

fn response_name(provider: Provider, status: u16) -> String {
    format!("{}.{}", provider.id(), status_name(status))
}

fn response(errors: Vec<&Explained>) -> Value {
    let mut meanings: Vec<&str> = vec![];
    errors.iter().for_each(|error| {
        if !meanings.contains(&error.meaning) {
            meanings.push(error.meaning);
        }
    });
    let details: Vec<Value> = errors.iter().map(|error| explained(error)).collect();
    json!({ "description": meanings.join(" "), "x-errors": details })
}

fn explained(error: &Explained) -> Value {
    let mut made =
        json!({ "meaning": error.meaning, "next": error.next, "evidence": evidence(error.evidence) });
    for (name, text) in [("code", error.code), ("field", error.field)] {
        if !text.is_empty() {
            made[name] = text.into();
        }
    }
    made
}

/// Such as `documented: Kapso API v1, Introduction`.
fn evidence(evidence: Evidence) -> Value {
    format!("{}: {}", evidence.word(), evidence.source()).into()
}

/// The fields that a rule is about.
fn fields_of(check: &Check) -> Vec<String> {
    let texts = |of: &[&str]| of.iter().map(|path| (*path).to_owned()).collect();
    match *check {
        Check::ExactlyOne { of } | Check::AtLeastOne { of } | Check::Together { of } => texts(of),
        Check::AtLeastOneInRow { list, of } => of.iter().map(|member| format!("{list}.*.{member}")).collect(),
        Check::Unique { of } | Check::Total { of, .. } => texts(&[of]),
        Check::RequiredFrom { list, member, .. } => vec![format!("{list}.*.{member}")],
        Check::Requires { any_of, needs } => texts(&[any_of, &[needs]].concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::{document, path, text};
    use crate::project::read;
    use serde_json::Value;
    use switchboard::catalogue::all;

    #[test]
    fn the_file_is_what_the_catalogue_says_now() {
        let stored = read(&path()).unwrap_or_default();
        assert!(stored == text().unwrap(), "docs/openapi.json is stale: run `cargo xtask openapi`.");
    }

    #[test]
    fn every_request_is_in_it_once() {
        let document = document("1");
        let mut found: Vec<String> = vec![];
        for item in document["paths"].as_object().unwrap().values() {
            for (method, operation) in item.as_object().unwrap() {
                if method != "servers" {
                    let ids = operation["x-requests"].as_array().unwrap();
                    found.extend(ids.iter().map(|id| id.as_str().unwrap().to_owned()));
                }
            }
        }
        found.sort();
        let mut wanted: Vec<&str> = all().map(|operation| operation.id).collect();
        wanted.sort();
        assert_eq!(found, wanted);
    }

    #[test]
    fn what_two_requests_do_not_share_is_not_required() {
        let document = document("1");
        let joined = &document["paths"]["/deployments/{deployment_id}/stickerpacks"]["get"];
        let of = |name: &str| {
            let all = joined["parameters"].as_array().unwrap();
            all.iter().find(|one| one["name"] == name).map(|one| one["required"].clone())
        };
        assert_eq!(of("deployment_id"), Some(Value::Bool(true)));
        assert_eq!(of("namespace"), Some(Value::Bool(false)));
    }
}
