//! The languages in which dates, times and numbers can be written, by their tags. What they look like is the
//! browser's matter; the page's own words are English.

/// Tags of languages with a region, as every browser understands them, by their names in English.
pub const LANGUAGES: &[&str] = &[
    "ar-AE", "ar-EG", "bn-BD", "zh-CN", "zh-TW", "cs-CZ", "da-DK", "nl-NL", "en-AU", "en-GB", "en-IN",
    "en-US", "fil-PH", "fi-FI", "fr-CA", "fr-FR", "de-AT", "de-CH", "de-DE", "el-GR", "he-IL", "hi-IN",
    "hu-HU", "id-ID", "it-IT", "ja-JP", "ko-KR", "ms-MY", "nb-NO", "fa-IR", "pl-PL", "pt-BR", "pt-PT",
    "ro-RO", "ru-RU", "es-AR", "es-MX", "es-ES", "sw-KE", "sv-SE", "ta-IN", "th-TH", "tr-TR", "uk-UA",
    "ur-PK", "vi-VN",
];

/// The language of a tag, if it is one of them.
pub fn known(tag: &str) -> Option<&'static str> {
    LANGUAGES.iter().copied().find(|known| *known == tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn tags_are_a_language_and_a_region_and_stand_once() {
        for (at, tag) in LANGUAGES.iter().enumerate() {
            let (language, region) = tag.split_once('-').unwrap();
            assert!(
                (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase()),
                "{tag}"
            );
            assert!(region.len() == 2 && region.bytes().all(|b| b.is_ascii_uppercase()), "{tag}");
            assert!(!LANGUAGES[..at].contains(tag), "{tag} stands twice");
            assert_eq!(known(tag), Some(*tag));
        }
        assert_eq!(known("en-XX"), None);
    }
}
