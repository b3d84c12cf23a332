//! The limits of the providers' own pages, number by number, as a person would break them in a form.

use crate::sample::{Sample, first_row};
use switchboard::catalogue::{
    find,
    operation::Operation,
    problem::Fault,
    provider::Provider,
    value::{MASK, Secret},
    vonage::VERTICALS,
};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Verdict {
    Fine,
    Warns,
    Blocks,
}
use Verdict::{Blocks, Fine, Warns};

fn operation(id: &str) -> &'static Operation {
    find(id).unwrap_or_else(|| panic!("{id}"))
}

/// The least valid draft with one text typed into one field.
fn typed(id: &str, path: &str, text: &str) -> Sample {
    let operation = operation(id);
    let pattern = path.replace(".0", ".*");
    let mut sample = Sample::with(operation, &pattern, operation.field(path).expect("a field"));
    sample.set(&first_row(&pattern), text);
    sample
}

fn verdict(sample: &Sample) -> Verdict {
    let reading = sample.read();
    match (reading.ready(), reading.problems.is_empty()) {
        (None, _) => Blocks,
        (Some(_), true) => Fine,
        (Some(_), false) => Warns,
    }
}

#[track_caller]
fn table(id: &str, path: &str, rows: &[(&str, Verdict)]) {
    for (text, wanted) in rows {
        let sample = typed(id, path, text);
        assert_eq!(verdict(&sample), *wanted, "{id} {path} {text:?}: {:?}", sample.read().problems);
    }
}

/// What is sent at a path.
fn sent(id: &str, path: &str, text: &str) -> Option<String> {
    let body = typed(id, path, text).read().ready()?.body()?;
    Some(body.at(path)?.clone()).map(|value| match value.as_text() {
        Some(text) => text.to_owned(),
        None => value.masked().to_string(),
    })
}

const RAPIDA: &str = "rapida.create-whatsapp-deployment";

#[test]
fn rapida_ranges() {
    let range = |path, below: &str, low: &str, high: &str, above: &str| {
        table(RAPIDA, path, &[(below, Blocks), (low, Fine), (high, Fine), (above, Blocks), ("", Fine)]);
    };
    range("idealTimeout", "14", "15", "120", "121");
    range("idealTimeoutBackoff", "-1", "0", "5", "6");
    range("maxSessionDuration", "179", "180", "600", "601");
}

#[test]
fn whole_numbers_are_written_in_plain_digits() {
    let long = format!("1{}", "0".repeat(30));
    table(
        RAPIDA,
        "idealTimeout",
        &[
            ("-1", Blocks),
            ("1.5", Blocks),
            ("30.0", Blocks),
            ("1e3", Blocks),
            ("3e1", Blocks),
            ("٣٠", Blocks),
            ("18446744073709551616", Blocks),
            ("18446744073709551646", Blocks),
            (&long, Blocks),
            (" 30 ", Fine),
            ("", Fine),
            ("   ", Fine),
            ("030", Fine),
            ("0x1e", Blocks),
            ("+30", Blocks),
            ("30s", Blocks),
            ("3 0", Blocks),
            ("-", Blocks),
        ],
    );
    for (text, json) in [(" 30 ", Some("30")), ("030", Some("30")), ("", None), ("   ", None)] {
        assert_eq!(sent(RAPIDA, "idealTimeout", text).as_deref(), json, "{text:?}");
    }
    assert_eq!(sent(RAPIDA, "idealTimeoutBackoff", "000").as_deref(), Some("0"));
}

#[test]
fn a_rapida_assistant_has_a_number_that_is_not_zero() {
    let rows = [
        ("2227823180112723968", Fine),
        ("99999999999999999999", Fine),
        (" 12 ", Fine),
        ("0", Blocks),
        ("000", Blocks),
        ("", Blocks),
        (" ", Blocks),
        ("12a", Blocks),
        ("-1", Blocks),
        ("1.0", Blocks),
        ("١٢", Blocks),
    ];
    table(RAPIDA, "assistantId", &rows);
    // In the path, too.
    table("rapida.get-whatsapp-deployment", "assistantId", &rows);
    // An id has more digits than a number of JavaScript keeps.
    assert_eq!(sent(RAPIDA, "assistantId", "2227823180112723968").as_deref(), Some("2227823180112723968"));
    let empty = serde_json::json!({ "assistantId": "", "whatsappProviderName": "gupshup" });
    assert!(switchboard::catalogue::read::json(operation(RAPIDA), &empty).ready().is_none());
}

#[test]
fn rapida_headers() {
    table(RAPIDA, "x-client-source", &[("sdk", Fine), ("", Fine), ("web", Blocks), ("SDK", Blocks)]);
    table(RAPIDA, "x-auth-id", &[("user-1", Fine), ("", Fine), ("zoë", Blocks), ("a\nb", Blocks)]);
    let call = typed(RAPIDA, "x-client-source", "sdk").read().ready().unwrap();
    assert_eq!(call.headers(), [("x-client-source", "sdk".to_owned())]);
}

const PROFILE: &str = "vonage.update-profile";

#[test]
fn profile_texts() {
    for (path, max) in [("about", 139), ("address", 256), ("description", 256)] {
        let text = |length: usize| "ä".repeat(length);
        table(PROFILE, path, &[(&text(max), Fine), (&text(max + 1), Blocks), ("x", Fine)]);
    }
    let address = |length: usize| format!("{}@example.com", "a".repeat(length - 12));
    table(PROFILE, "email", &[(&address(128), Fine), (&address(129), Blocks), ("you", Blocks)]);
    let website = |length: usize| format!("https://example.com/{}", "a".repeat(length - 20));
    table(
        PROFILE,
        "websites.0",
        &[(&website(256), Fine), (&website(257), Blocks), ("example.com", Blocks), ("http://a.b", Fine)],
    );
}

#[test]
fn a_profile_has_one_or_two_websites() {
    for (rows, wanted) in [(1, Fine), (2, Fine), (3, Blocks)] {
        let sample = typed(PROFILE, "websites.0", "https://example.com").with_rows("websites", rows);
        assert_eq!(verdict(&sample), wanted, "{rows}");
    }
}

#[test]
fn seventeen_industries_as_vonage_spells_them() {
    let names: Vec<&str> = VERTICALS.iter().map(|choice| choice.value).collect();
    let documented = [
        "Automotive",
        "Beauty, Spa and Salon",
        "Clothing and Apparel",
        "Education",
        "Entertainment",
        "Event Planning and Service",
        "Finance and Banking",
        "Food and Grocery",
        "Public Service",
        "Hotel and Lodging",
        "Medical and Health",
        "Non-profit",
        "Professional Services",
        "Shopping and Retail",
        "Travel and Transportation",
        "Restaurant",
        "Other",
    ];
    assert_eq!(names, documented);
    table(PROFILE, "vertical", &documented.map(|name| (name, Fine)));
    table(PROFILE, "vertical", &[("other", Blocks), ("Other ", Blocks), ("FOOD_GROCERY", Blocks)]);
}

#[test]
fn photos_are_png_or_jpg() {
    table(
        "vonage.update-photo",
        "image_url",
        &[
            ("https://www.example.com/img.png", Fine),
            ("https://www.example.com/img.JPG", Fine),
            ("https://www.example.com/img.jpeg", Fine),
            ("https://www.example.com/img.png?size=640", Fine),
            ("https://www.example.com/img.gif", Blocks),
            ("https://www.example.com/img.webp", Blocks),
            ("https://www.example.com/img", Warns),
            ("", Blocks),
        ],
    );
}

#[test]
fn store_links() {
    let id = "vonage.create-stickerpack";
    table(
        id,
        "ios_app_store_link",
        &[
            ("https://itunes.apple.com/app/id3133333", Fine),
            ("", Fine),
            ("https://apps.apple.com/app/id3133333", Blocks),
            ("https://itunes.apple.com/app/id", Blocks),
            ("https://play.google.com/store/apps/details?id=com.example", Blocks),
        ],
    );
    table(
        id,
        "android_app_store_link",
        &[
            ("https://play.google.com/store/apps/details?id=com.example", Fine),
            ("", Fine),
            ("https://play.google.com/store/apps/details?id=", Blocks),
            ("https://play.google.com/store/apps/details?id=com.example&hl=en", Blocks),
            ("https://itunes.apple.com/app/id3133333", Blocks),
        ],
    );
}

#[test]
fn codes_come_by_sms_or_voice() {
    for (id, absent) in [("vonage.create-deployment", Blocks), ("vonage.resend-otp", Fine)] {
        table(
            id,
            "method",
            &[("sms", Fine), ("voice", Fine), ("SMS", Blocks), ("email", Blocks), ("", absent)],
        );
    }
    for (id, path) in [("vonage.verify", "code"), ("vonage.create-deployment", "pin")] {
        table(
            id,
            path,
            &[("674639", Fine), ("000000", Fine), ("67463", Blocks), ("6746390", Blocks), ("67463x", Blocks)],
        );
        table(id, path, &[("٦٧٤٦٣٩", Blocks), (" 674639", Blocks)]);
        assert_eq!(sent(id, path, "674639").as_deref(), Some("674639"));
        let body = typed(id, path, "674639").read().ready().unwrap().body().unwrap();
        assert_eq!(body.masked()[path], MASK);
    }
}

#[test]
fn webex_takes_a_key_or_a_token() {
    let schemes = Provider::Webex.schemes();
    let call = Sample::least(operation("webex.send-text")).read().ready().unwrap();
    let header = |at: usize| call.wire("", Some((&schemes[at], &Secret::new("abc")))).headers[0].clone();
    assert_eq!(schemes.len(), 2);
    assert_eq!(header(0), ("key", "abc".to_owned()));
    assert_eq!(header(1), ("authorization", "bearer abc".to_owned()));
}

#[test]
fn webex_references_have_fifty_bytes() {
    for path in ["correlationid", "destination.0.correlationid"] {
        let (fifty, more) = ("a".repeat(50), "a".repeat(51));
        let (accents, more_accents) = ("é".repeat(25), "é".repeat(26));
        table(
            "webex.send-text",
            path,
            &[(&fifty, Fine), (&more, Blocks), (&accents, Fine), (&more_accents, Blocks), ("", Fine)],
        );
    }
}

#[test]
fn a_space_beside_an_address_is_pointed_out_and_can_be_mended() {
    let address = "https://example.com/receipts";
    for text in
        [format!(" {address}"), format!("{address} "), format!("{address}\n"), format!("\u{a0}{address}")]
    {
        let reading = typed("webex.send-text", "notifyurl", &text).read();
        assert!(reading.ready().is_none(), "{text:?}");
        assert_eq!(reading.problems[0].fault, Fault::EdgeSpaces(address.to_owned()));
        assert_eq!(reading.problems[0].fault.mended(), Some(address));
        let mended = reading.problems[0].fault.mended().unwrap().to_owned();
        assert_eq!(verdict(&typed("webex.send-text", "notifyurl", &mended)), Fine);
    }
}

#[test]
fn nul_is_sent_by_nobody() {
    for (id, path) in [
        (RAPIDA, "greeting"),
        (RAPIDA, "assistantId"),
        (RAPIDA, "x-auth-id"),
        ("kapso.send-message", "message.content"),
        ("vonage.verify", "code"),
        ("vonage.get-deployment", "deployment_id"),
        ("webex.send-text", "notifyurl"),
    ] {
        let reading = typed(id, path, "a\0b").read();
        assert_eq!(reading.problems[0].fault, Fault::Nul, "{id} {path}");
        assert!(reading.ready().is_none(), "{id} {path}");
    }
}
