//! Finds the documented meaning of an error: by the code of the request, of its provider or of the
//! WhatsApp platform, and by HTTP status where a provider has no codes.

use super::{
    failure::Said,
    kapso,
    operation::{Explained, Operation},
    provider::Provider,
    rapida, vonage, webex, whatsapp,
};

/// The errors that any request of a provider can meet.
pub const fn common(provider: Provider) -> &'static [Explained] {
    match provider {
        Provider::Vonage => vonage::ERRORS,
        Provider::Kapso => kapso::ERRORS,
        Provider::Webex => webex::ERRORS,
        Provider::Rapida => rapida::ERRORS,
    }
}

pub fn explain(operation: &Operation, status: u16, said: &Said) -> Option<&'static Explained> {
    let known = || operation.errors.iter().chain(common(operation.provider));
    let by_code = known().find(|error| !error.code.is_empty() && error.code == said.code);
    let platform = || whatsapp::meta_error(&said.code);
    let by_status = || known().find(|error| error.code.is_empty() && error.status == status);
    by_code.or_else(platform).or_else(by_status)
}

/// The platform's own code in a provider's text, such as the `131047` of `(#131047) Re-engagement`:
/// a number after `#`, or one too long for an HTTP status.
pub fn meta_code(text: &str) -> Option<String> {
    let after_sign =
        text.split('#').skip(1).map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or(""));
    let long = text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() >= 6);
    after_sign.chain(long).find(|part| whatsapp::meta_error(part).is_some()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_platform_code_is_told_from_other_numbers() {
        for (text, code) in [
            ("(#131047) Re-engagement message", Some("131047")),
            ("Message failed to send: 131047", Some("131047")),
            ("error #100: invalid parameter", Some("100")),
            ("HTTP 200, try again in 100 seconds", None),
            ("order 999999 failed", None),
            ("", None),
        ] {
            assert_eq!(meta_code(text).as_deref(), code, "{text:?}");
        }
    }
}
