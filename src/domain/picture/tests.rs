use super::*;
use proptest::prelude::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u32).to_be_bytes();
    [&length[..], name, data, &[0; 4]].concat()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    [signature, chunk(b"IHDR", &header), chunk(b"IDAT", &[7; 30]), chunk(b"IEND", &[])].concat()
}

fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let segment = |marker: u8, data: &[u8]| {
        [&[0xFF, marker][..], &(data.len() as u16 + 2).to_be_bytes(), data].concat()
    };
    // A thumbnail, with an end of its own.
    let thumbnail = segment(0xE1, &[0xFF, 0xD8, 0xFF, 0xD9]);
    let frame = [&[8][..], &height.to_be_bytes(), &width.to_be_bytes(), &[1, 1, 0x11, 0]].concat();
    let scan = segment(0xDA, &[1, 1, 0, 0, 63, 0]);
    [vec![0xFF, 0xD8], thumbnail, segment(0xC0, &frame), scan, vec![1, 2, 0xFF, 0, 3, 0xFF, 0xD9]].concat()
}

fn webp(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (name, data) in chunks {
        body.extend_from_slice(*name);
        body.extend_from_slice(&(data.len() as u32).to_le_bytes());
        body.extend_from_slice(data);
        body.resize(body.len().next_multiple_of(2), 0);
    }
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
}

/// Flags, three reserved bytes, width and height less one.
fn extended(flags: u8) -> [u8; 10] {
    [flags, 0, 0, 0, 0xFF, 1, 0, 0xFF, 1, 0]
}

fn sides(bytes: &[u8]) -> (Kind, u32, u32, bool) {
    let picture = read(bytes).unwrap();
    assert_eq!(picture.bytes, bytes.len());
    (picture.kind, picture.width, picture.height, picture.animated)
}

#[test]
fn each_kind_is_known_by_its_bytes() {
    assert_eq!(sides(&png(640, 192)), (Kind::Png, 640, 192, false));
    assert_eq!(sides(&jpeg(500, 300)), (Kind::Jpeg, 500, 300, false));
    let lossless = webp(&[(b"VP8L", &[0x2F, 0xFF, 0xC1, 0x7F, 0x00, 0, 0])]);
    assert_eq!(sides(&lossless), (Kind::Webp, 512, 512, false));
}

#[test]
fn an_animation_is_known_by_its_flag_or_its_chunk() {
    let still = webp(&[(b"VP8X", &extended(0b1_0000)), (b"VP8L", &[0x2F; 9])]);
    assert_eq!(sides(&still), (Kind::Webp, 512, 512, false));
    let flagged = webp(&[(b"VP8X", &extended(0b1_0010))]);
    assert_eq!(sides(&flagged), (Kind::Webp, 512, 512, true));
    // After a chunk of odd length, which is padded.
    let chunk = webp(&[(b"VP8X", &extended(0)), (b"ICCP", &[1; 3]), (b"ANIM", &[0; 6])]);
    assert_eq!(sides(&chunk), (Kind::Webp, 512, 512, true));
    let named_in_data = webp(&[(b"VP8X", &extended(0)), (b"ICCP", b"ANIM....")]);
    assert_eq!(sides(&named_in_data), (Kind::Webp, 512, 512, false));
}

#[test]
fn a_file_that_is_cut_off_is_no_picture() {
    for (whole, kind) in [
        (png(300, 300), Kind::Png),
        (jpeg(300, 300), Kind::Jpeg),
        (webp(&[(b"VP8X", &extended(0)), (b"VP8L", &[0x2F; 9])]), Kind::Webp),
    ] {
        for length in 12..whole.len() {
            assert_eq!(read(&whole[..length]), Err(Unreadable::Damaged(kind)), "{kind:?} {length}");
        }
        let trailed = [&whole[..], b"something of an editor"].concat();
        assert_eq!(read(&trailed).unwrap().kind, kind);
    }
}

#[test]
fn what_is_no_picture_says_so() {
    for (bytes, why) in [
        (&b""[..], Unreadable::Empty),
        (b"hello", Unreadable::Foreign),
        (b"GIF89a\x01\x00\x01\x00", Unreadable::Foreign),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Unreadable::Foreign),
        (b"RIFF\x04\x00\x00\x00WAVE", Unreadable::Foreign),
        (b"\x89PNG\r\n\x1a\n", Unreadable::Damaged(Kind::Png)),
        (b"\xFF\xD8\xFF", Unreadable::Damaged(Kind::Jpeg)),
        (b"RIFF\x04\x00\x00\x00WEBP", Unreadable::Damaged(Kind::Webp)),
    ] {
        assert_eq!(read(bytes), Err(why), "{bytes:?}");
        assert!(why.sentence().ends_with('.'));
    }
    assert_eq!(read(&png(0, 300)), Err(Unreadable::Damaged(Kind::Png)));
}

#[test]
fn a_photo_has_its_sides_within_the_limits() {
    let blocks = |width, height| {
        photo_side_findings(width, height).iter().map(|finding| finding.blocks).collect::<Vec<_>>()
    };
    assert_eq!(blocks(192, 192), [false; 0]);
    assert_eq!(blocks(640, 640), [false; 0]);
    assert_eq!(blocks(191, 191), [true]);
    assert_eq!(blocks(641, 641), [true]);
    assert_eq!(blocks(640, 192), [false]);
    assert_eq!(blocks(192, 191), [true, false]);
    assert_eq!(blocks(100, 1_000), [true, true, false]);
    let said = &photo_side_findings(640, 480)[0].sentence;
    assert_eq!(said, "Not square: 640 × 480 pixels. WhatsApp shows the middle of it, as a circle.");
}

#[test]
fn a_photo_file_has_its_kind_and_its_bytes() {
    let findings = |kind, bytes| {
        let picture = Picture { kind, width: 640, height: 640, animated: false, bytes };
        photo_findings(&picture).into_iter().map(|finding| finding.blocks).collect::<Vec<_>>()
    };
    assert_eq!(findings(Kind::Png, GUIDE_BYTES), [false; 0]);
    assert_eq!(findings(Kind::Jpeg, GUIDE_BYTES + 1), [false]);
    assert_eq!(findings(Kind::Png, MOST_BYTES), [false]);
    assert_eq!(findings(Kind::Png, MOST_BYTES + 1), [true]);
    assert_eq!(findings(Kind::Webp, 1_000), [true]);
}

#[test]
fn sizes_are_said_in_the_unit_that_fits() {
    for (bytes, said) in [(0, "0 bytes"), (999, "999 bytes"), (812_499, "812 kB"), (5_242_881, "5.2 MB")] {
        assert_eq!(size(bytes), said);
    }
}

fn begins_like_a_picture() -> impl Strategy<Value = Vec<u8>> {
    let starts = prop_oneof![
        Just(b"\x89PNG\r\n\x1a\n".to_vec()),
        Just(vec![0xFF, 0xD8, 0xFF]),
        Just(b"RIFF\xFF\xFF\xFF\xFFWEBPVP8X".to_vec()),
        Just(b"RIFF\x00\x00\x00\x00WEBPVP8 ".to_vec()),
        Just(vec![]),
    ];
    (starts, proptest::collection::vec(any::<u8>(), 0..200)).prop_map(|(start, rest)| [start, rest].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn no_bytes_are_too_much_for_it(bytes in begins_like_a_picture()) {
        match read(&bytes) {
            Ok(picture) => { photo_findings(&picture); }
            Err(why) => { why.sentence(); }
        }
    }

    #[test]
    fn no_change_of_a_byte_is_too_much_for_it(at in 0..90_usize, byte in any::<u8>()) {
        for mut bytes in [png(300, 300), jpeg(300, 300), webp(&[(b"VP8X", &extended(2))])] {
            if let Some(changed) = bytes.get_mut(at) {
                *changed = byte;
            }
            drop(read(&bytes));
        }
    }
}
