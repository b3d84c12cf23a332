//! The table as the data set `phonenumber` (Google's libphonenumber) gives it, for the test that holds
//! the two together. Nothing here is in a build: a phone number is never judged with it.

use phonenumber::{
    Metadata,
    metadata::{DATABASE, Descriptor},
};
use regex_automata::{
    Anchored,
    hybrid::{LazyStateID, dfa::DFA},
    util::{start, syntax},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/domain/country/table.rs");

/// Region of the codes that belong to no country.
const WORLD: &str = "001";

#[test]
fn the_table_is_what_the_data_set_says() {
    assert!(
        include_str!("table.rs") == table(),
        "The table and the data set differ. Write it anew: cargo test --lib write_the_table -- --ignored"
    );
}

#[test]
#[ignore = "writes src/domain/country/table.rs"]
fn write_the_table() {
    fs::write(PATH, table()).unwrap();
}

fn table() -> String {
    let mut countries: Vec<&Metadata> = DATABASE.iter().filter(|country| country.id() != WORLD).collect();
    countries.sort_by_key(|country| country.id());
    let mut table = String::from(
        "//! Countries and their dialling codes, written by the test `write_the_table` from libphonenumber's\n\
         //! data. It is not edited by hand.\n\n\
         use super::Country;\n\n\
         /// Sorted by region.\n\
         pub const COUNTRIES: &[Country] = &[\n",
    );
    let mut of_code: BTreeMap<u16, (bool, u16)> = BTreeMap::new();
    for country in countries {
        let (region, code) = (country.id(), country.country_code());
        let sharing = sharing(code);
        let main = country.is_main_country_for_code() || sharing.len() == 1;
        let (keeps_zero, doubled) =
            *of_code.entry(code).or_insert_with(|| (keeps_zero(&sharing), doubled(code, &sharing)));
        writeln!(
            table,
            "    Country {{ region: {region:?}, dialling_code: \"{code}\", main: {main}, keeps_zero: {keeps_zero}, doubled: {doubled} }},",
        )
        .unwrap();
    }
    let worldwide: Vec<u16> =
        (1..1000).filter(|code| sharing(*code).iter().any(|country| country.id() == WORLD)).collect();
    table.push_str("];\n\n/// Codes that belong to no country, such as those of satellite phones.\n");
    writeln!(
        table,
        "pub const WORLDWIDE: &[&str] = &{:?};",
        worldwide.iter().map(u16::to_string).collect::<Vec<_>>()
    )
    .unwrap();
    table
}

fn sharing(code: u16) -> Vec<&'static Metadata> {
    DATABASE.by_code(&code).unwrap_or_default()
}

/// Landlines and mobiles.
fn lines<'a>(sharing: &'a [&Metadata]) -> impl Iterator<Item = &'a Descriptor> {
    sharing
        .iter()
        .flat_map(|country| [country.descriptors().fixed_line(), country.descriptors().mobile()])
        .flatten()
}

fn keeps_zero(sharing: &[&Metadata]) -> bool {
    lines(sharing).any(|line| !lengths_beginning(line, "0").is_empty())
}

/// One bit per length at which a number that begins with its own code holds the code twice.
fn doubled(code: u16, sharing: &[&Metadata]) -> u16 {
    let code = code.to_string();
    let mobile: BTreeSet<usize> =
        sharing.iter().filter_map(|country| country.descriptors().mobile()).flat_map(lengths).collect();
    let any: BTreeSet<usize> = lines(sharing).flat_map(lengths).collect();
    let own: BTreeSet<usize> = lines(sharing).flat_map(|line| lengths_beginning(line, &code)).collect();
    (code.len() + 1..=15)
        .filter(|length| {
            let rest = length - code.len();
            let unusual = !mobile.contains(length) && mobile.contains(&rest);
            any.contains(&rest) && (unusual || !own.contains(length))
        })
        .fold(0, |bits, length| bits | 1 << length)
}

fn lengths(line: &Descriptor) -> Vec<usize> {
    line.possible_length().iter().map(|length| usize::from(*length)).collect()
}

/// The lengths that numbers of this line have when they begin so: its pattern as an automaton, walked
/// over every digit at once.
fn lengths_beginning(line: &Descriptor, beginning: &str) -> Vec<usize> {
    let possible = lengths(line);
    let dfa = DFA::builder()
        .syntax(syntax::Config::new().ignore_whitespace(true).unicode(false).utf8(false))
        .build(&format!("(?:{})$", line.national_number().as_str()))
        .unwrap();
    let mut cache = dfa.create_cache();
    let start = dfa.start_state(&mut cache, &start::Config::new().anchored(Anchored::Yes)).unwrap();
    let mut states = BTreeSet::from([start]);
    let mut found = vec![];
    for length in 1..=15 {
        let digits = match beginning.as_bytes().get(length - 1) {
            Some(digit) => *digit..=*digit,
            None => b'0'..=b'9',
        };
        let mut next: BTreeSet<LazyStateID> = BTreeSet::new();
        for state in states {
            next.extend(digits.clone().map(|digit| dfa.next_state(&mut cache, state, digit).unwrap()));
        }
        next.retain(|state| !state.is_dead());
        let ends = next.iter().any(|state| dfa.next_eoi_state(&mut cache, *state).unwrap().is_match());
        if ends && length >= beginning.len() && possible.contains(&length) {
            found.push(length);
        }
        states = next;
    }
    found
}
