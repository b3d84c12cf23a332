//! What came back, and what it means: success, or a `Failure` in the provider's own envelope.
//! Every provider's way of saying no is read here, so that nothing else looks at error bodies.

use super::{
    errors,
    failure::{Failure, FailureKind, Said},
    operation::{Explained, Method, Operation},
    provider::Provider,
    value::{MASK, Secret, names_credential},
};
use serde_json::Value as Json;
use std::time::UNIX_EPOCH;

/// An HTTP answer, as far as a page can read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    pub status: u16,
    /// Lower-case names; across origins only what the provider exposes.
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub milliseconds: u32,
}

/// A text of an answer; empty where there is none. Ids may come as numbers.
pub fn text(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// When it was given, by the provider's own clock, where the page may read that; in Unix milliseconds.
    pub fn date(&self) -> Option<u64> {
        self.moment("date")
    }

    /// Seconds to wait, where the provider said so and the page may read it. A moment is one of the
    /// provider's clock, and says nothing without that clock's own time.
    pub fn retry_after(&self) -> Option<u32> {
        let Some(until) = self.moment("retry-after") else {
            return self.header("retry-after")?.trim().parse().ok();
        };
        u32::try_from(until.saturating_sub(self.date()?) / 1000).ok()
    }

    fn moment(&self, header: &str) -> Option<u64> {
        let at = httpdate::parse_http_date(self.header(header)?.trim()).ok()?;
        u64::try_from(at.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()
    }

    /// The answer without the secrets of its own request: a provider or a proxy may repeat them.
    pub fn without(mut self, secrets: &[&Secret]) -> Reply {
        for secret in secrets {
            self.body = without(&self.body, secret.reveal());
        }
        self
    }

    /// The body for the screen: indented if it is JSON, and with its secrets masked unless asked for.
    pub fn pretty(&self, provider: Provider, reveal: bool) -> String {
        let Ok(mut json) = serde_json::from_str::<Json>(&self.body) else {
            return if reveal { self.body.clone() } else { mask_text(&self.body, provider) };
        };
        if !reveal {
            mask(&mut json, provider);
        }
        serde_json::to_string_pretty(&json).unwrap_or_else(|_| self.body.clone())
    }

    /// Whether the body holds something that `pretty` masks.
    pub fn has_secrets(&self, provider: Provider) -> bool {
        match serde_json::from_str::<Json>(&self.body) {
            Ok(mut json) => mask(&mut json, provider),
            Err(_) => mask_text(&self.body, provider) != self.body,
        }
    }
}

/// Masks a text; a short one only where it stands alone, not as a part of a longer word or number.
fn without(body: &str, secret: &str) -> String {
    const SHORTEST: usize = 4;
    // So long that it stands nowhere by chance; before it may be the end of an escape such as `\n`.
    const UNIQUE: usize = 12;
    if secret.len() < SHORTEST {
        return body.to_owned();
    }
    let mut masked = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find(secret) {
        let (before, after) = (&rest[..at], &rest[at + secret.len()..]);
        let inside = secret.len() < UNIQUE
            && (before.chars().next_back().is_some_and(char::is_alphanumeric)
                || after.chars().next().is_some_and(char::is_alphanumeric));
        masked += before;
        masked += if inside { secret } else { MASK };
        rest = after;
    }
    masked + rest
}

/// Masks the values of secret keys, at any depth; tells whether there were any.
pub fn mask(json: &mut Json, provider: Provider) -> bool {
    match json {
        Json::Object(members) => {
            // Of a pair, the name is the key's value.
            let named = members.get("key").and_then(Json::as_str).is_some_and(names_credential);
            members.iter_mut().fold(false, |any, (key, value)| {
                let filled = value.is_number() || value.as_str().is_some_and(|text| !text.is_empty());
                let is_secret = provider.secret_keys().contains(&key.as_str()) || named && key == "value";
                let secret = filled && is_secret;
                if secret {
                    *value = Json::String(MASK.into());
                }
                mask(value, provider) | secret | any
            })
        }
        Json::Array(rows) => rows.iter_mut().fold(false, |any, row| mask(row, provider) | any),
        _ => false,
    }
}

/// Masks the same texts in a body that is no JSON, such as one that was cut off on its way.
fn mask_text(body: &str, provider: Provider) -> String {
    let mut masked = body.to_owned();
    for key in provider.secret_keys() {
        let key = format!("\"{key}\"");
        let mut from = 0;
        while let Some(at) = masked[from..].find(&key) {
            from += at + key.len();
            let value = masked[from..].trim_start().strip_prefix(':').map(str::trim_start);
            let Some(text) = value.and_then(|value| value.strip_prefix('"')) else { continue };
            let start = masked.len() - text.len();
            masked.replace_range(start..start + text_end(text), MASK);
            from = start + MASK.len();
        }
    }
    masked
}

/// Where a JSON text ends that has begun: at its quote, or where it was cut off.
fn text_end(text: &str) -> usize {
    let mut escaped = false;
    let quote = text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    quote.unwrap_or(text.len())
}

/// Tells success from failure. The JSON is null where the provider documents no body.
pub fn judge(operation: &Operation, reply: &Reply) -> Result<Json, Failure> {
    let body = serde_json::from_str::<Json>(&reply.body);
    let json = body.as_ref().unwrap_or(&Json::Null);
    let said = said(operation, json);
    let success = (200..300).contains(&reply.status);
    if success && said.is_none() {
        let empty = reply.body.trim().is_empty();
        let may_be_empty = operation.success == 204 || operation.method == Method::Delete;
        return match body {
            Ok(json) => Ok(json),
            Err(_) if empty && may_be_empty => Ok(Json::Null),
            Err(_) => Err(Failure::of(FailureKind::Unreadable)),
        };
    }
    let said = said.unwrap_or_default();
    let explained = errors::explain(operation, reply.status, &said);
    // A documented code says more than the HTTP status, which may even be 200.
    let meant = explained.map(|explained| explained.status).filter(|status| *status != 0);
    let kind = match meant {
        // An error that nobody documents, in an answer that says that it went well.
        None if success && explained.is_none() && operation.provider != Provider::Rapida => {
            FailureKind::Unreadable
        }
        _ => kind(meant.unwrap_or(reply.status), reply),
    };
    Err(Failure { kind, said: Box::new(tied(operation, said, explained)), explained })
}

/// Ties an error to its documented field where the provider named none.
fn tied(operation: &Operation, mut said: Said, explained: Option<&'static Explained>) -> Said {
    let field = explained.map_or("", |explained| explained.field);
    if said.fields.is_empty() && operation.field(field).is_some() {
        let reason = [&said.detail, &said.title].into_iter().find(|text| !text.is_empty());
        said.fields.push((field.into(), reason.cloned().unwrap_or_default()));
    }
    said
}

fn kind(status: u16, reply: &Reply) -> FailureKind {
    match status {
        401 => FailureKind::RefusedKey,
        429 => FailureKind::Throttled { seconds: reply.retry_after() },
        // Too slow, or too early: nobody says whether it was carried out.
        408 | 425 | 500.. => FailureKind::ProviderError,
        _ => FailureKind::Refused,
    }
}

/// The provider's words, if the body is one of its errors.
fn said(operation: &Operation, json: &Json) -> Option<Said> {
    match operation.provider {
        Provider::Vonage => vonage(json),
        Provider::Kapso => kapso(operation, json),
        Provider::Webex => webex(json),
        Provider::Rapida => rapida(json),
    }
}

/// Problem details: the part of `type` after `#` is the code; its host has changed over time.
fn vonage(json: &Json) -> Option<Said> {
    let kind = json.get("type")?.as_str()?;
    json.get("title")?;
    let parameters = match &json["invalid_parameters"] {
        Json::Array(rows) => rows.clone(),
        Json::Object(one) => vec![Json::Object(one.clone())],
        _ => vec![],
    };
    Some(Said {
        code: kind.rsplit('#').next().unwrap_or(kind).to_owned(),
        title: text(&json["title"]),
        detail: text(&json["detail"]),
        trace: text(&json["instance"]),
        fields: parameters.iter().map(|row| (text(&row["name"]), text(&row["reason"]))).collect(),
    })
}

/// `error` and `message`; a map of reasons by field is not documented but read where it comes.
fn kapso(operation: &Operation, json: &Json) -> Option<Said> {
    let error = json.get("error").filter(|error| error.as_str().is_some_and(|error| !error.is_empty()))?;
    let root = operation
        .fields_in(super::field::Place::Body)
        .next()
        .map(|field| format!("{}.", field.name))
        .unwrap_or_default();
    let fields = json["errors"].as_object().into_iter().flatten().map(|(name, reasons)| {
        let reason = match reasons {
            Json::Array(reasons) => reasons.iter().map(text).collect::<Vec<_>>().join(" "),
            other => text(other),
        };
        (format!("{root}{name}"), reason)
    });
    let detail = text(&json["message"]);
    Some(Said {
        code: errors::meta_code(&detail).unwrap_or_default(),
        title: text(error),
        detail,
        trace: String::new(),
        fields: fields.collect(),
    })
}

/// The response is an array on success and an object on error, at times the other way round; only
/// the code tells.
fn webex(json: &Json) -> Option<Said> {
    let response = json.get("response")?;
    let rows = match response {
        Json::Array(rows) => rows.iter().collect(),
        other => vec![other],
    };
    let row = rows.into_iter().find(|row| text(&row["code"]) != "1001")?;
    Some(Said {
        code: text(&row["code"]),
        title: String::new(),
        detail: text(&row["description"]),
        trace: text(&row["transid"]),
        fields: vec![],
    })
}

/// `error` is an object from the handlers and a text from what stands before them.
fn rapida(json: &Json) -> Option<Said> {
    match json.get("error") {
        Some(Json::String(title)) => Some(Said { title: title.clone(), ..Said::default() }),
        Some(Json::Object(error)) => {
            let part = |name: &str| error.get(name).map(text).unwrap_or_default();
            Some(Said {
                code: part("errorCode"),
                title: part("errorMessage"),
                detail: part("humanMessage"),
                ..Said::default()
            })
        }
        _ if json.get("success") == Some(&Json::Bool(false)) => Some(Said::default()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
