//! Until when an address is good that a store of files has signed: the ways of the large stores, each of
//! which writes the end into the address itself. Of any other, nobody knows.

use crate::catalogue::time;
use percent_encoding::percent_decode_str;

/// Unix milliseconds from which an address is no longer answered, where it says so.
///
/// | Store | What it says |
/// | --- | --- |
/// | Amazon S3 and those like it | `X-Amz-Date` and so many seconds, `X-Amz-Expires`; the older way `Expires` |
/// | Google Cloud Storage | `X-Goog-Date` and `X-Goog-Expires` |
/// | Azure Blob Storage | `se`, as ISO 8601, beside `sig` |
/// | Meta's hosts | `ext` beside `hash`, or `oe`, hexadecimal, beside `oh`: Unix seconds |
pub fn good_until(address: &str) -> Option<u64> {
    let query = address.split('#').next()?.split_once('?')?.1;
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        percent_decode_str(value).decode_utf8().ok()
    };
    let seconds = |name: &str| value(name)?.parse::<u64>().ok()?.checked_mul(1_000);
    let signed = |store: &str| {
        let from = basic(&value(&format!("X-{store}-Date"))?)?;
        from.checked_add(seconds(&format!("X-{store}-Expires"))?)
    };
    let hex = |name: &str| u64::from_str_radix(&value(name)?, 16).ok()?.checked_mul(1_000);
    let is_signed = value("Signature").or_else(|| value("X-Amz-Signature")).is_some();
    signed("Amz")
        .or_else(|| signed("Goog"))
        .or_else(|| seconds("Expires").filter(|_| is_signed))
        .or_else(|| value("sig").and_then(|_| time::parse(&value("se")?)))
        .or_else(|| value("hash").and_then(|_| seconds("ext")))
        .or_else(|| value("oh").and_then(|_| hex("oe")))
        .filter(|until| *until > FIRST)
}

/// No address that is signed is older than this: 2010, in Unix milliseconds. A smaller number is something else.
const FIRST: u64 = 1_262_304_000_000;

/// ISO 8601 without signs between its parts, such as `20260503T120000Z`.
fn basic(text: &str) -> Option<u64> {
    let (date, clock) = text.split_once('T')?;
    let (year, month, day) = (date.get(..4)?, date.get(4..6)?, date.get(6..)?);
    let (hour, minute, second) = (clock.get(..2)?, clock.get(2..4)?, clock.get(4..)?);
    time::parse(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, test_runner::RngSeed};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// 2026-05-03, 12:00 UTC.
    const NOON: u64 = 1_777_809_600_000;

    #[test]
    fn each_store_says_it_in_its_own_way() {
        for address in [
            "https://b.s3.amazonaws.com/a.jpg?X-Amz-Date=20260503T113000Z&X-Amz-Expires=1800&X-Amz-Signature=0f",
            "https://b.s3.amazonaws.com/a.jpg?Signature=a%2Bb&Expires=1777809600&Key-Pair-Id=K",
            "https://storage.googleapis.com/b/a.jpg?x-goog-date=20260503T113000Z&x-goog-expires=1800",
            "https://a.blob.core.windows.net/c/a.jpg?sv=2024&se=2026-05-03T12%3A00%3A00Z&sig=x%3D",
            "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&ext=1777809600&hash=AR",
            "https://scontent.xx.fbcdn.net/v/a.jpg?oh=00_A&oe=69F738C0#part",
        ] {
            assert_eq!(good_until(address), Some(NOON), "{address}");
        }
    }

    #[test]
    fn of_any_other_nobody_knows() {
        for address in [
            "https://example.com/a.jpg",
            "https://example.com/a.jpg?se=2026-05-03T12:00:00Z",
            "https://example.com/a.jpg?ext=1777809600",
            "https://example.com/a.jpg?Expires=1777809600",
            "https://example.com/a.jpg?Expires=600&Signature=a",
            "https://example.com/a.jpg?Expires=never&Signature=a",
            "https://example.com/a.jpg?Expires=99999999999999999999",
            "https://example.com/a.jpg?X-Amz-Date=20260503T113000Z",
            "https://example.com/a.jpg?X-Amz-Date=20260503&X-Amz-Expires=1800",
            "https://example.com/a.jpg?X-Amz-Date=2026é503T113000Z&X-Amz-Expires=1800",
            "https://example.com/#?Expires=1777809600",
            "",
        ] {
            assert_eq!(good_until(address), None, "{address}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

        #[test]
        fn no_address_breaks_it(name in "X-Amz-Date|Expires|se|oe|ext", value in "\\PC{0,24}") {
            good_until(&format!("https://a/?sig=&hash=&oh=&X-Amz-Expires=18446744073709551615&{name}={value}"));
        }
    }
}
