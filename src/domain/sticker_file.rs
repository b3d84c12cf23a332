//! What a sticker's file has to be, judged by its own bytes. How a picture is read stands in `picture`;
//! no file is opened or uploaded here.

use super::picture::{Finding, Kind, Picture};

/// Pixels of each side.
const SIDE: u32 = 512;
/// Kilobytes of 1,024 bytes, as WhatsApp's own checks of stickers count them.
const MOST_KILOBYTES: usize = 100;
const MOST_BYTES: usize = MOST_KILOBYTES * 1024;

/// What keeps a picture from being a sticker; nothing where it is one.
pub fn findings(picture: &Picture) -> Vec<Finding> {
    let Picture { kind, width, height, animated, bytes } = *picture;
    let mut found = vec![];
    if kind != Kind::Webp {
        found.push(format!("This is a {} picture. A sticker has to be a WebP picture.", kind.name()));
    }
    if (width, height) != (SIDE, SIDE) {
        found.push(format!(
            "The picture has {width} × {height} pixels. A sticker has to have exactly {SIDE} × {SIDE}."
        ));
    }
    if bytes > MOST_BYTES {
        found.push(format!(
            "The file has {} bytes. A sticker may have at most {MOST_KILOBYTES} KB, which is {} bytes.",
            grouped(bytes),
            grouped(MOST_BYTES)
        ));
    }
    if animated {
        found.push("This picture is animated. Numbers hosted by Vonage take still stickers only.".into());
    }
    found.into_iter().map(|sentence| Finding { sentence, blocks: true }).collect()
}

/// What a picture is, in words.
pub fn facts(picture: &Picture) -> String {
    let Picture { kind, width, height, bytes, .. } = *picture;
    format!("{}, {width} × {height} pixels, {} bytes", kind.name(), grouped(bytes))
}

/// A number with its thousands apart, such as `102,400`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn sticker() -> Picture {
        Picture { kind: Kind::Webp, width: 512, height: 512, animated: false, bytes: 102_400 }
    }

    fn sentences(picture: &Picture) -> Vec<String> {
        let found = findings(picture);
        assert!(found.iter().all(|finding| finding.blocks));
        found.into_iter().map(|finding| finding.sentence).collect()
    }

    #[test]
    fn a_still_webp_of_the_right_sides_and_size_is_a_sticker() {
        assert_eq!(findings(&sticker()), []);
        assert_eq!(facts(&sticker()), "WebP, 512 × 512 pixels, 102,400 bytes");
        assert_eq!(findings(&Picture { bytes: 1, ..sticker() }), []);
    }

    #[test]
    fn each_thing_that_is_not_right_has_its_sentence() {
        let one = |picture| {
            let [sentence] = <[String; 1]>::try_from(sentences(&picture)).unwrap();
            sentence
        };
        let png = one(Picture { kind: Kind::Png, ..sticker() });
        assert_eq!(png, "This is a PNG picture. A sticker has to be a WebP picture.");
        for (width, height) in [(511, 512), (512, 513), (1024, 1024)] {
            let sides = one(Picture { width, height, ..sticker() });
            assert!(sides.starts_with(&format!("The picture has {width} × {height} pixels.")), "{sides}");
        }
        let heavy = one(Picture { bytes: 102_401, ..sticker() });
        assert!(heavy.starts_with("The file has 102,401 bytes.") && heavy.contains("102,400"), "{heavy}");
        assert!(one(Picture { animated: true, ..sticker() }).starts_with("This picture is animated."));
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let photo = Picture { kind: Kind::Jpeg, width: 640, height: 480, animated: false, bytes: 2_000_000 };
        assert_eq!(sentences(&photo).len(), 3);
    }

    #[test]
    fn thousands_stand_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
