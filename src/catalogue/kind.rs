//! What makes a text or a JSON value one of a field's kind. Limits come afterwards, in `check`.

use super::{
    field::{Field, Kind, Plus, Wire},
    problem::Fault,
    value::{Secret, Value},
};
use fluent_uri::Iri;
use serde_json::{Number, Value as Json};
use unicode_properties::UnicodeEmoji;

/// Reads typed text that is not empty.
pub fn typed(field: &Field, text: &str) -> Result<Value, Fault> {
    if text.contains('\0') {
        return Err(Fault::Nul);
    }
    let trimmed = text.trim();
    match field.kind {
        Kind::Integer => integer(trimmed).map(Value::Number),
        Kind::Decimal => decimal(trimmed).map(Value::Number),
        Kind::Toggle(wire) => toggle(trimmed, wire),
        Kind::Digits | Kind::Email => text_of(field, trimmed),
        Kind::Url if text != trimmed => Err(Fault::EdgeSpaces(trimmed.to_owned())),
        Kind::Phone(plus) => phone(trimmed, plus),
        _ => text_of(field, text),
    }
}

/// Reads a JSON value as a provider would: a text is no number and a number no text.
pub fn arrived(field: &Field, json: &Json) -> Result<Value, Fault> {
    let text = |wants| json.as_str().ok_or(Fault::WrongType { wants });
    match field.kind {
        Kind::Integer => match json {
            Json::Number(number) => integer(&number.to_string()).map(Value::Number),
            // Queries and paths carry numbers as text.
            Json::String(text) if field.place != super::field::Place::Body => {
                integer(text).map(Value::Number)
            }
            _ => Err(Fault::WrongType { wants: "a whole number" }),
        },
        Kind::Decimal => match json {
            Json::Number(number) => Ok(Value::Number(number.clone())),
            _ => Err(Fault::WrongType { wants: "a number" }),
        },
        Kind::Toggle(Wire::Bool) => match json {
            Json::Bool(truth) => Ok(Value::Bool(*truth)),
            Json::String(text) if field.place != super::field::Place::Body => toggle(text, Wire::Bool),
            _ => Err(Fault::WrongType { wants: "true or false" }),
        },
        Kind::Toggle(Wire::Text) => toggle(text("\"true\" or \"false\"")?, Wire::Text),
        Kind::Phone(plus) => phone(text("a text")?, plus),
        Kind::List(_) | Kind::Group(_) => Err(Fault::WrongType { wants: "a single value" }),
        _ => {
            let text = text("a text")?;
            if text.contains('\0') { Err(Fault::Nul) } else { text_of(field, text) }
        }
    }
}

/// The kinds that are the same text in a draft and in JSON.
fn text_of(field: &Field, text: &str) -> Result<Value, Fault> {
    match field.kind {
        Kind::Digits => digits(text)?,
        Kind::Url => url(text)?,
        Kind::Email => email(text)?,
        Kind::Emoji if !is_one_emoji(text) => return Err(Fault::NotOneEmoji),
        Kind::Choice(choices) if !choices.iter().any(|choice| choice.value == text) => {
            return Err(Fault::NotAChoice);
        }
        Kind::Secret(_) => return Ok(Value::Secret(Secret::new(text))),
        _ => {}
    }
    Ok(Value::Text(text.to_owned()))
}

fn digits(text: &str) -> Result<(), Fault> {
    if text.is_empty() {
        Err(Fault::NotDigits)
    } else if text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(())
    } else if text.chars().all(char::is_numeric) {
        Err(Fault::ForeignDigits)
    } else {
        Err(Fault::NotDigits)
    }
}

fn integer(text: &str) -> Result<Number, Fault> {
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    if unsigned.is_empty() {
        return Err(Fault::NotPlainNumber);
    }
    if !unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        let numeric = unsigned.chars().all(char::is_numeric);
        let fraction = unsigned.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',');
        return Err(match (numeric, fraction) {
            (true, _) => Fault::ForeignDigits,
            (_, true) => Fault::NotWhole,
            _ => Fault::NotPlainNumber,
        });
    }
    let stripped = unsigned.trim_start_matches('0');
    let plain = if stripped.is_empty() { "0".to_owned() } else { format!("{sign}{stripped}") };
    plain.parse().map_err(|_| Fault::NotPlainNumber)
}

fn decimal(text: &str) -> Result<Number, Fault> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if unsigned.contains(',') {
        Err(Fault::DecimalComma)
    } else if plain(whole) && plain(fraction) {
        let leading = whole.trim_start_matches('0');
        let whole_digits = if leading.is_empty() { "0" } else { leading };
        let sign = if text.starts_with('-') { "-" } else { "" };
        let rest = unsigned.strip_prefix(whole).unwrap_or_default();
        format!("{sign}{whole_digits}{rest}").parse().map_err(|_| Fault::NotPlainNumber)
    } else if unsigned.chars().all(|c| c.is_numeric() || c == '.') && !unsigned.is_ascii() {
        Err(Fault::ForeignDigits)
    } else {
        Err(Fault::NotPlainNumber)
    }
}

fn toggle(text: &str, wire: Wire) -> Result<Value, Fault> {
    match (text, wire) {
        ("true" | "false", Wire::Text) => Ok(Value::Text(text.to_owned())),
        ("true", Wire::Bool) => Ok(Value::Bool(true)),
        ("false", Wire::Bool) => Ok(Value::Bool(false)),
        _ => Err(Fault::NotAChoice),
    }
}

/// Spaces, hyphens, dots and brackets are for the eye; a leading `00` is a `+`.
fn phone(text: &str, plus: Plus) -> Result<Value, Fault> {
    let compact: String = text.chars().filter(|c| !is_for_the_eye(*c)).collect();
    let number = compact.strip_prefix('+').or_else(|| compact.strip_prefix("00")).unwrap_or(&compact);
    if !is_e164(number) {
        return Err(Fault::NotPhone);
    }
    Ok(Value::Text(match plus {
        Plus::Always => format!("+{number}"),
        Plus::Never => number.to_owned(),
    }))
}

/// Spaces, dashes, brackets, and the invisible marks that come along with a number copied from
/// WhatsApp or an address book.
fn is_for_the_eye(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '(' | ')' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}')
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Digits of a number with its country code, without `+`.
pub fn is_e164(digits: &str) -> bool {
    (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0')
}

fn url(text: &str) -> Result<(), Fault> {
    if text != text.trim() {
        return Err(Fault::EdgeSpaces(text.trim().to_owned()));
    }
    let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https") => {}
        Some(other)
            if other.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'-') =>
        {
            return Err(Fault::WrongScheme);
        }
        _ => return Err(Fault::NoScheme),
    }
    let iri = Iri::parse(text).map_err(|_| Fault::NotUrl)?;
    let authority = iri.authority().ok_or(Fault::NoHost)?;
    if authority.userinfo().is_some() {
        Err(Fault::UrlCredentials)
    } else if authority.host().is_empty() {
        Err(Fault::NoHost)
    } else {
        Ok(())
    }
}

/// As strict as a browser's own e-mail field: something, `@`, a dotted or plain host.
fn email(text: &str) -> Result<(), Fault> {
    let (local, host) = text.rsplit_once('@').ok_or(Fault::NotEmail)?;
    let local_ok = !local.is_empty()
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.chars().any(|c| {
            c.is_whitespace()
                || matches!(c, '@' | '"' | '(' | ')' | ',' | ':' | ';' | '<' | '>' | '[' | ']' | '\\')
        });
    let label_ok = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    if local_ok && host.split('.').all(label_ok) { Ok(()) } else { Err(Fault::NotEmail) }
}

/// Exactly one emoji as people see it: skin tones, joiners, flags and keycaps included. Follows the
/// grammar of an emoji sequence in Unicode Technical Standard 51, section 1.4.9.
pub fn is_one_emoji(text: &str) -> bool {
    let mut rest = text.chars().peekable();
    loop {
        let Some(first) = rest.next() else { return false };
        if is_regional(first) {
            if !rest.next().is_some_and(is_regional) {
                return false;
            }
        } else {
            let mut keycap = false;
            if !first.is_emoji_char() {
                return false;
            }
            if rest.next_if(|c| ('\u{1F3FB}'..='\u{1F3FF}').contains(c)).is_none()
                && rest.next_if_eq(&'\u{FE0F}').is_some()
            {
                keycap = rest.next_if_eq(&'\u{20E3}').is_some();
            }
            if first.is_ascii() && !keycap {
                return false;
            }
            let mut tagged = false;
            while rest.next_if(|c| ('\u{E0020}'..='\u{E007E}').contains(c)).is_some() {
                tagged = true;
            }
            if tagged && rest.next() != Some('\u{E007F}') {
                return false;
            }
        }
        match rest.next() {
            None => return true,
            Some('\u{200D}') => {}
            Some(_) => return false,
        }
    }
}

fn is_regional(c: char) -> bool {
    ('\u{1F1E6}'..='\u{1F1FF}').contains(&c)
}

#[cfg(test)]
mod tests;
