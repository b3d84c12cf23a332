//! The position that a link of a map carries. Where a link carries several, the place itself comes
//! before the middle of the map; nothing is opened.
//!
//! Sources: Google's “Maps URLs” and Apple's “Map Links” for their parameters, RFC 5870 for `geo:`; `!3d`
//! and `!4d` are not documented, and are what Google's own links carry for a place.

use super::{PlaceProblem, Position, angle};
use crate::catalogue::call;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Map {
    Google,
    Osm,
    Apple,
    /// Leads to a map when it is opened.
    Short,
}

/// The position of a link; `None` where a word is no link of a map that is known here.
pub fn read(word: &str) -> Option<Result<Position, PlaceProblem>> {
    let word = word.trim_matches(['<', '>', '(', '"', '\'']);
    if let Some(rest) = without_prefix(word, "geo:") {
        return Some(geo(rest).ok_or(PlaceProblem::NotFound));
    }
    let address =
        without_prefix(word, "https://").or_else(|| without_prefix(word, "http://")).unwrap_or(word);
    let link = Link::of(address);
    let position = match map(&link)? {
        Map::Google => google(&link),
        Map::Osm => open_street_map(&link),
        Map::Apple => apple(&link),
        Map::Short => return Some(Err(PlaceProblem::ShortLink)),
    };
    Some(position.ok_or(PlaceProblem::NotFound))
}

fn without_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    text.get(..prefix.len()).filter(|start| start.eq_ignore_ascii_case(prefix)).map(|_| &text[prefix.len()..])
}

/// A link without its scheme, in parts.
struct Link<'a> {
    host: String,
    path: &'a str,
    query: &'a str,
    fragment: &'a str,
}

impl<'a> Link<'a> {
    fn of(address: &'a str) -> Link<'a> {
        let (address, fragment) = address.split_once('#').unwrap_or((address, ""));
        let (address, query) = address.split_once('?').unwrap_or((address, ""));
        let (host, path) = address.split_at(address.find('/').unwrap_or(address.len()));
        let host = host.to_ascii_lowercase();
        Link { host: host.strip_prefix("www.").unwrap_or(&host).to_owned(), path, query, fragment }
    }

    fn parameter(&self, name: &str) -> Option<String> {
        let mut parameters = self.query.split('&').filter_map(|pair| pair.split_once('='));
        parameters.find(|(key, _)| *key == name).and_then(|(_, value)| decoded(value))
    }

    /// The first of these parameters that is a position.
    fn position(&self, names: &[&str]) -> Option<Position> {
        names.iter().filter_map(|name| self.parameter(name)).find_map(|value| position(&value))
    }

    /// The part of the path behind another, such as the name behind `place`.
    fn behind(&self, part: &str) -> Option<String> {
        let mut parts = self.path.split('/').skip_while(|other| *other != part);
        parts.nth(1).and_then(decoded).filter(|text| !text.trim().is_empty())
    }
}

fn map(link: &Link) -> Option<Map> {
    let host = link.host.as_str();
    match host {
        "maps.app.goo.gl" | "goo.gl" | "maps.apple" => Some(Map::Short),
        "openstreetmap.org" | "osm.org" if link.path.starts_with("/go/") => Some(Map::Short),
        "openstreetmap.org" | "osm.org" => Some(Map::Osm),
        "maps.apple.com" => Some(Map::Apple),
        // Google has a name in most countries.
        _ if host.strip_prefix("maps.").unwrap_or(host).starts_with("google.") => Some(Map::Google),
        _ => None,
    }
}

fn google(link: &Link) -> Option<Position> {
    let place = link.behind("place");
    // A pin without a name is called by its coordinates.
    let named = place.as_deref().and_then(position);
    let searched = || link.behind("search").as_deref().and_then(position);
    let name = if named.is_some() { None } else { place.map(|name| name.trim().to_owned()) };
    let found = of_place(link)
        .or_else(|| link.position(&["q", "query", "ll", "center"]))
        .or(named)
        .or_else(searched)
        .or_else(|| middle(link))?;
    Some(Position { name: found.name.or(name), ..found })
}

/// `!3d` with the latitude and `!4d` with the longitude of the place that a link of Google is about.
fn of_place(link: &Link) -> Option<Position> {
    let data = [link.path, link.query].into_iter().find_map(|part| part.rsplit_once("!3d"))?.1;
    let (latitude, rest) = data.split_once("!4d")?;
    let longitude = rest.split('!').next().unwrap_or(rest);
    of(decimal(latitude)?, decimal(longitude)?)
}

/// The middle of the map: `@latitude,longitude,zoom`.
fn middle(link: &Link) -> Option<Position> {
    let part = link.path.split('/').find_map(|part| part.strip_prefix('@'))?;
    let mut numbers = part.split(',').map(decimal);
    of(numbers.next()??, numbers.next()??)
}

fn open_street_map(link: &Link) -> Option<Position> {
    let marker = || of(decimal(&link.parameter("mlat")?)?, decimal(&link.parameter("mlon")?)?);
    let map = || {
        let map = link.fragment.split('&').find_map(|pair| pair.strip_prefix("map="))?;
        let mut numbers = map.split('/').skip(1).map(decimal);
        of(numbers.next()??, numbers.next()??)
    };
    marker().or_else(|| link.position(&["query"])).or_else(map)
}

fn apple(link: &Link) -> Option<Position> {
    let found = link.position(&["coordinate", "ll", "q", "center"])?;
    let label = link.parameter("name").or_else(|| link.parameter("q"));
    let label = label.map(|label| label.trim().to_owned());
    let name = label.filter(|label| !label.is_empty() && position(label).is_none());
    Some(Position { name: found.name.or(name), ..found })
}

/// `51.5,-0.12`, with height and parameters; a query names the place where the position is only about.
fn geo(rest: &str) -> Option<Position> {
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let asked = Link { host: String::new(), path: "", query, fragment: "" }.position(&["q"]);
    let coordinates = path.split(';').next().unwrap_or(path);
    let mut numbers = coordinates.split(',').map(decimal);
    let own = || of(numbers.next()??, numbers.next()??);
    asked.or_else(own)
}

/// Coordinates in a part of a link, with a name in brackets behind them where one is given.
fn position(text: &str) -> Option<Position> {
    let text = text.trim();
    let text = text.strip_prefix("loc:").unwrap_or(text).trim();
    let (text, name) = match text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        Some((text, name)) => (text.trim(), Some(name.trim().to_owned()).filter(|name| !name.is_empty())),
        None => (text, None),
    };
    let plain = text.split_once(',').and_then(|(one, other)| Some((decimal(one)?, decimal(other)?)));
    let (latitude, longitude) = plain.or_else(|| angle::pair(text))?;
    Some(Position { latitude, longitude, name })
}

fn of(latitude: f64, longitude: f64) -> Option<Position> {
    Some(Position { latitude, longitude, name: None })
}

/// A number as links write it: a point before decimals, no exponent.
fn decimal(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    text.parse().ok().filter(|_| plain)
}

fn decoded(part: &str) -> Option<String> {
    call::decode(&part.replace('+', " "))
}
