//! Dialling codes and the countries they belong to, and which countries a person may mean by what was
//! typed. The names of countries are not kept here: the browser has them in the reader's language.

use super::digit;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod source;
mod table;

pub use table::{COUNTRIES, WORLDWIDE};

/// A country or territory with a dialling code of its own or a share in one.
#[derive(Debug, PartialEq, Eq)]
pub struct Country {
    /// Two letters as in ISO 3166-1, such as `GB`; `AC`, `TA` and `XK` are beside the standard, and
    /// browsers name them too.
    pub region: &'static str,
    /// 1 to 3 digits, such as `44`.
    pub dialling_code: &'static str,
    /// Whether the code is first of all this country's; each code has one such country.
    pub main: bool,
    /// Whether its numbers may begin with a zero that is dialled from abroad too, as in Italy.
    pub keeps_zero: bool,
    /// One bit per count of digits for [`Country::doubles`].
    doubled: u16,
}

impl Country {
    /// Whether a national number of so many digits that begins with the digits of the dialling code
    /// says the code twice: no real number is like that, or only landlines where mobiles have another
    /// length. One answer for all countries of a code.
    pub fn doubles(&self, digits: usize) -> bool {
        digits < 16 && self.doubled >> digits & 1 == 1
    }
}

/// The countries of a dialling code, its main one first.
pub fn by_dialling_code(code: &str) -> impl Iterator<Item = &'static Country> {
    let of = move |main: bool| {
        COUNTRIES.iter().filter(move |country| country.main == main && country.dialling_code == code)
    };
    of(true).chain(of(false))
}

/// The dialling code that an international number begins with, for ASCII digits without + or 00. Codes
/// that belong to no country, such as those of satellite phones, count too.
pub fn dialling_code_of(digits: &str) -> Option<&'static str> {
    let codes = COUNTRIES.iter().map(|country| country.dialling_code);
    codes.chain(WORLDWIDE.iter().copied()).find(|code| digits.starts_with(code))
}

/// The countries that a person may mean, the likeliest first and `most` at the most. Typed is the
/// beginning of a dialling code, a region, or a part of the name that `name` gives for a region in the
/// reader's language.
pub fn suggest(typed: &str, name: &dyn Fn(&'static str) -> String, most: usize) -> Vec<&'static Country> {
    let code = code_in(typed);
    let wanted = fold(typed);
    let place = |country: &'static Country| {
        let name = fold(&name(country.region));
        let before = match &code {
            // A code that is typed in full is the beginning of no other.
            Some(code) if country.dialling_code.starts_with(code) => {
                (0, country.dialling_code, !country.main)
            }
            Some(_) => return None,
            None => (closeness(&wanted, country.region, &name)?, "", false),
        };
        Some((before, name, country.region))
    };
    let mut found: Vec<_> = COUNTRIES.iter().filter_map(|country| Some((place(country)?, country))).collect();
    found.sort_by(|(place, _), (other, _)| place.cmp(other));
    found.into_iter().map(|(_, country)| country).take(most).collect()
}

/// The digits of a text that is a dialling code or its beginning, with or without + or 00.
fn code_in(typed: &str) -> Option<String> {
    let bare: String = typed.chars().filter(|c| !digit::is_separator(*c)).collect();
    let bare = bare.strip_prefix(['+', '＋']).unwrap_or(&bare);
    let digits: String = bare.chars().map(digit::decimal).collect::<Option<_>>()?;
    let code = digits.strip_prefix("00").unwrap_or(&digits);
    (!code.is_empty()).then(|| code.to_owned())
}

/// How well a folded name or a region fits what is wanted: 0 is best, `None` not at all.
fn closeness(wanted: &str, region: &str, name: &str) -> Option<u8> {
    if wanted.is_empty() {
        None
    } else if region.eq_ignore_ascii_case(wanted) {
        Some(0)
    } else if name.starts_with(wanted) {
        Some(1)
    } else if name.contains(&format!(" {wanted}")) {
        Some(2)
    } else {
        name.contains(wanted).then_some(3)
    }
}

/// A name as it is searched: small letters without their accents, words one space apart.
pub fn fold(name: &str) -> String {
    let plain: String = name
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36F}') && !digit::is_invisible(*c))
        .map(|c| if c.is_ascii_punctuation() || c == '’' { ' ' } else { unaccented(c) })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The letter below the accent, for the Latin letters of Europe.
fn unaccented(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ŧ' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn english(region: &'static str) -> String {
        match region {
            "CI" => "Côte d’Ivoire",
            "DE" => "Germany",
            "GB" => "United Kingdom",
            "GG" => "Guernsey",
            "GN" => "Guinea",
            "GW" => "Guinea-Bissau",
            "IN" => "India",
            "AR" => "Argentina",
            "AE" => "United Arab Emirates",
            "PG" => "Papua New Guinea",
            "TR" => "Türkiye",
            "US" => "United States",
            other => other,
        }
        .to_owned()
    }

    fn regions(typed: &str) -> Vec<&'static str> {
        suggest(typed, &english, 4).into_iter().map(|country| country.region).collect()
    }

    #[test]
    fn the_main_country_of_a_shared_code_comes_first() {
        let of = |code| by_dialling_code(code).map(|country| country.region).collect::<Vec<_>>();
        assert_eq!(of("44"), ["GB", "GG", "IM", "JE"]);
        assert_eq!((of("1")[0], of("1").contains(&"CA")), ("US", true));
        assert_eq!((of("7")[0], of("39")[0], of("212")[0]), ("RU", "IT", "MA"));
        assert!(of("999").is_empty() && of("").is_empty());
    }

    #[test]
    fn each_code_has_one_main_country_and_begins_no_other_code() {
        let codes = || COUNTRIES.iter().map(|country| country.dialling_code).chain(WORLDWIDE.iter().copied());
        for country in COUNTRIES {
            let code = country.dialling_code;
            assert_eq!(by_dialling_code(code).filter(|country| country.main).count(), 1, "{code}");
            assert!(!codes().any(|other| other != code && other.starts_with(code)), "{code}");
        }
        assert!(COUNTRIES.is_sorted_by_key(|country| country.region));
    }

    #[test]
    fn an_international_number_tells_its_code() {
        assert_eq!(dialling_code_of("447700900000"), Some("44"));
        assert_eq!(dialling_code_of("3545551234"), Some("354"));
        assert_eq!(dialling_code_of("8816123"), Some("881"));
        assert_eq!(
            (dialling_code_of("0447700"), dialling_code_of("999"), dialling_code_of("")),
            (None, None, None)
        );
    }

    #[test]
    fn a_code_suggests_its_countries_and_then_those_it_begins() {
        for typed in ["44", "+44", "0044", "４４", " +44 ", "٤٤"] {
            assert_eq!(regions(typed), ["GB", "GG", "IM", "JE"], "{typed}");
        }
        assert_eq!(regions("35"), ["GI", "PT", "LU", "IE"]);
        assert!(["", " ", "+", "00", "0", "4477", "?"].iter().all(|typed| regions(typed).is_empty()));
    }

    #[test]
    fn a_name_suggests_by_region_then_beginning_then_word_then_part() {
        assert_eq!(regions("gb"), ["GB"]);
        assert_eq!(regions("in"), ["IN", "AR", "GN", "GW"]);
        assert_eq!(regions("guinea"), ["GN", "GW", "PG"]);
        assert_eq!(regions("united"), ["AE", "GB", "US"]);
        assert_eq!(regions("KINGDOM"), ["GB"]);
        assert_eq!((regions("turki"), regions("TÜRKİYE")), (vec!["TR"], vec!["TR"]));
        assert_eq!((regions("cote d'iv"), regions("guinea bissau")), (vec!["CI"], vec!["GW"]));
    }

    proptest! {
        #[test]
        fn what_is_suggested_fits_and_is_not_more_than_asked(typed in "\\PC{0,6}", most in 0..9usize) {
            let found = suggest(&typed, &english, most);
            prop_assert!(found.len() <= most);
            prop_assert_eq!(&found, &suggest(&typed, &english, 300)[..found.len()]);
        }

        #[test]
        fn every_country_is_found_by_its_code_and_region(index in 0..COUNTRIES.len()) {
            let country = &COUNTRIES[index];
            prop_assert!(suggest(country.dialling_code, &english, 300).contains(&country));
            prop_assert_eq!(suggest(&country.region.to_lowercase(), &english, 1), [country]);
        }
    }
}
