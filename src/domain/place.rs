//! A position as people paste it: coordinates in the usual spellings, or a link of a map. Only what says
//! both coordinates is read; no link is opened and no address looked up.

mod angle;
mod link;

use super::digit;
use crate::catalogue::{
    limit::{Bound, Limit},
    whatsapp,
};

/// A place on earth in decimal degrees (WGS 84), inside WhatsApp's limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// North is positive.
    pub latitude: f64,
    /// East is positive.
    pub longitude: f64,
    /// What the link calls the place, where it does.
    pub name: Option<String>,
}

/// Why no position was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceProblem {
    Empty,
    /// A link that says where it leads only when it is opened.
    ShortLink,
    Latitude,
    Longitude,
    /// Neither coordinates nor a link with any.
    NotFound,
}

impl PlaceProblem {
    pub fn sentence(self) -> String {
        match self {
            PlaceProblem::Empty => "Paste coordinates or the link of a map.".into(),
            PlaceProblem::ShortLink => {
                "A short link does not say where it leads. Open the link and copy the address it leads to.".into()
            }
            PlaceProblem::Latitude => format!(
                "The latitude, which comes first, must be {}. Are the two in the wrong order?",
                whatsapp::LATITUDE.bound.hint()
            ),
            PlaceProblem::Longitude => {
                format!("The longitude, which comes second, must be {}.", whatsapp::LONGITUDE.bound.hint())
            }
            PlaceProblem::NotFound => {
                "There are no coordinates in this. Paste two numbers such as 51.5072, -0.1276, or the link of a place in Google Maps, OpenStreetMap or Apple Maps.".into()
            }
        }
    }
}

/// Reads `51.5072, -0.1276`, `51,5072; -0,1276`, `51°30'26"N 0°7'39"W`, `geo:` and links of Google Maps,
/// OpenStreetMap and Apple Maps; also where one of them is a line or a word of what was pasted.
pub fn read(pasted: &str) -> Result<Position, PlaceProblem> {
    let seen: String = pasted.chars().filter(|c| !digit::is_invisible(*c)).collect();
    let seen = seen.trim();
    if seen.is_empty() {
        return Err(PlaceProblem::Empty);
    }
    // What is shared from a map is often a name or coordinates, and a link below.
    let mut links = seen.split_whitespace().filter_map(link::read);
    let linked = links.clone().find_map(Result::ok);
    match linked.or_else(|| seen.lines().find_map(line)) {
        Some(position) => position.checked(),
        None => Err(links.find_map(Result::err).unwrap_or(PlaceProblem::NotFound)),
    }
}

fn line(line: &str) -> Option<Position> {
    let (latitude, longitude) = angle::pair(line.trim().trim_matches(['(', ')', '[', ']']))?;
    Some(Position { latitude, longitude, name: None })
}

impl Position {
    fn checked(self) -> Result<Position, PlaceProblem> {
        if !within(self.latitude, whatsapp::LATITUDE) {
            Err(PlaceProblem::Latitude)
        } else if !within(self.longitude, whatsapp::LONGITUDE) {
            Err(PlaceProblem::Longitude)
        } else {
            Ok(self)
        }
    }
}

fn within(degrees: f64, limit: Limit) -> bool {
    match limit.bound {
        Bound::Decimals { min, max } => (f64::from(min)..=f64::from(max)).contains(&degrees),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
