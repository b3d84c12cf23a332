//! A request ready to send: its address, headers and body, taken from the values of a draft.
//! Preview, copied commands, transport and sandbox all read the same `Call`.

use super::{
    field::{Kind, Place},
    operation::Operation,
    provider::Scheme,
    value::{Secret, Value},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986: an id with `/ ? # %` stays one segment.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub operation: &'static Operation,
    values: Value,
}

impl PartialEq for Operation {
    fn eq(&self, other: &Operation) -> bool {
        self.id == other.id
    }
}

/// The request as HTTP: it holds the credential, so it cannot be printed.
pub struct Wire {
    pub method: &'static str,
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<String>,
}

impl Call {
    pub(super) fn new(operation: &'static Operation, values: Value) -> Call {
        Call { operation, values }
    }

    /// Every value by its top-level name.
    pub fn values(&self) -> &Value {
        &self.values
    }

    /// Path below the base address, encoded; an empty path field stays as its `{name}`.
    pub fn path(&self) -> String {
        let mut path = self.operation.path.to_owned();
        for field in self.operation.fields_in(Place::Path) {
            let slot = format!("{{{}}}", field.name);
            match self.text(field.name) {
                text if text.is_empty() => {}
                text => path = path.replace(&slot, &encode(&text)),
            }
        }
        path
    }

    /// The query with its `?`, or nothing.
    pub fn query(&self) -> String {
        let pairs: Vec<String> = self
            .operation
            .fields_in(Place::Query)
            .filter_map(|field| {
                let text = self.text(field.name);
                (!text.is_empty()).then(|| format!("{}={}", encode(field.name), encode(&text)))
            })
            .collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }

    /// Headers of the operation itself, without credential and content type.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        self.operation
            .fields_in(Place::Header)
            .map(|field| (field.name, self.text(field.name)))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }

    /// The JSON body, for operations that have one.
    pub fn body(&self) -> Option<Value> {
        let Value::Group(members) = &self.values else { return None };
        let mut fields = self.operation.fields_in(Place::Body).peekable();
        fields.peek()?;
        let body: Vec<_> = fields
            .filter_map(|field| members.iter().find(|(name, _)| *name == field.name).cloned())
            .collect();
        Some(Value::Group(body))
    }

    /// The address it goes to.
    pub fn url(&self, base: &str) -> String {
        format!("{}{}{}", base.trim_end_matches('/'), self.path(), self.query())
    }

    /// The HTTP request, with the credential if the connection has one.
    pub fn wire(&self, base: &str, credential: Option<(&Scheme, &Secret)>) -> Wire {
        let mut headers = self.headers();
        if let Some((scheme, secret)) = credential {
            headers.push((scheme.header, format!("{}{}", scheme.prefix, secret.reveal())));
        }
        let body = self.body().map(|body| body.revealed().to_string());
        if body.is_some() {
            headers.push(("Content-Type", "application/json".into()));
        }
        Wire { method: self.operation.method.name(), url: self.url(base), headers, body }
    }

    fn text(&self, name: &str) -> String {
        self.values.text_at(name)
    }
}

/// Percent-encodes one path segment or query part.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// Finds the operation that an arrived request is, with its path fields decoded. Of two that share
/// an address, the one whose constant query parts match better wins.
pub fn route(
    operations: &'static [&'static Operation],
    method: &str,
    path: &str,
    query: &[(String, String)],
) -> Option<(&'static Operation, Vec<(&'static str, String)>)> {
    operations
        .iter()
        .filter(|operation| operation.method.name() == method)
        .filter_map(|operation| {
            let constants = constant_query(operation);
            let fits =
                constants.iter().all(|(name, value)| query.iter().any(|(n, v)| n == name && v == value));
            let params = fits.then(|| matches_path(operation.path, path)).flatten()?;
            Some((constants.len(), *operation, params))
        })
        .max_by_key(|(constants, ..)| *constants)
        .map(|(_, operation, params)| (operation, params))
}

fn constant_query(operation: &Operation) -> Vec<(&'static str, &'static str)> {
    operation
        .fields_in(Place::Query)
        .filter_map(|field| match field.kind {
            Kind::Constant(value) => Some((field.name, value)),
            _ => None,
        })
        .collect()
}

fn matches_path(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let wanted: Vec<&str> = template.split('/').collect();
    let given: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    if wanted.len() != given.len() {
        return None;
    }
    let mut params = vec![];
    for (part, text) in wanted.into_iter().zip(given) {
        match part.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) if !text.is_empty() => params.push((name, decode(text)?)),
            None if part == text => {}
            _ => return None,
        }
    }
    Some(params)
}

/// Undoes percent-encoding; `None` when the result is not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    percent_encoding::percent_decode_str(text).decode_utf8().ok().map(Into::into)
}
