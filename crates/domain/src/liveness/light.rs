//! The light that the page shows while a capture is taken: colours, each in its time.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// No colour is shown for less, milliseconds: the light then changes under three times a
/// second, where flashing begins to be a danger (WCAG 2.3.1).
const SHORTEST_MS: f64 = 400.0;
/// Of fewer colours another sequence may look like this one.
const FEWEST: usize = 4;

/// A colour that fills the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Colour {
    /// Red.
    Red,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Red and green.
    Yellow,
    /// Green and blue.
    Cyan,
    /// Blue and red.
    Magenta,
    /// All three.
    White,
}

impl Colour {
    /// Every colour.
    pub const ALL: [Self; 7] =
        [Self::Red, Self::Green, Self::Blue, Self::Yellow, Self::Cyan, Self::Magenta, Self::White];

    /// Its public name: `red`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Yellow => "yellow",
            Self::Cyan => "cyan",
            Self::Magenta => "magenta",
            Self::White => "white",
        }
    }

    /// Its red, green and blue light, each 0 or 1 of what the screen has.
    pub const fn rgb(self) -> [f64; 3] {
        match self {
            Self::Red => [1.0, 0.0, 0.0],
            Self::Green => [0.0, 1.0, 0.0],
            Self::Blue => [0.0, 0.0, 1.0],
            Self::Yellow => [1.0, 1.0, 0.0],
            Self::Cyan => [0.0, 1.0, 1.0],
            Self::Magenta => [1.0, 0.0, 1.0],
            Self::White => [1.0, 1.0, 1.0],
        }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One colour of a light challenge, and when the page shows it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shine {
    /// The colour.
    pub colour: Colour,
    /// Milliseconds from the start of the capture to its first moment.
    pub from_ms: f64,
    /// To its last.
    pub to_ms: f64,
}

/// Colours in their order, none over another.
///
/// Written with seconds: `red@0-0.7,blue@0.7-1.4,white@1.4-2.1,green@2.1-2.8`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Shine>", into = "Vec<Shine>")]
pub struct LightSequence(Vec<Shine>);

/// What a capture was asked about light.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Nothing.
    #[default]
    NotAsked,
    /// The person declined it, as people may whom changing light makes ill.
    Declined,
    /// The page showed these colours.
    Shown(LightSequence),
}

/// Light that cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no light of a challenge: write four colours or more (red, green, blue, yellow, cyan, \
     magenta, white), each with its seconds, 0.4 or more: red@0-0.7,blue@0.7-1.4; or declined"
)]
pub struct NoLight(String);

impl LightSequence {
    /// The sequence of `shines`.
    ///
    /// # Errors
    /// When there are fewer than four, a time is no number, or one is shorter than 400 ms or
    /// begins before the one before it ends.
    pub fn new(shines: Vec<Shine>) -> Result<Self, NoLight> {
        let mut earliest = 0.0;
        for shine in &shines {
            // A hair less is rounding.
            let long = shine.to_ms - shine.from_ms >= SHORTEST_MS - 1e-6;
            if !(shine.from_ms >= earliest && long && shine.to_ms.is_finite()) {
                return Err(NoLight(shine.colour.to_string()));
            }
            earliest = shine.to_ms;
        }
        if shines.len() < FEWEST {
            return Err(NoLight(format!("{} colours", shines.len())));
        }
        Ok(Self(shines))
    }

    /// Its colours, in their order.
    pub fn shines(&self) -> &[Shine] {
        &self.0
    }

    /// The red, green and blue light of the screen at `at_ms`, each 0 to 1; `None` before,
    /// after and between the colours.
    pub fn at(&self, at_ms: f64) -> Option<[f64; 3]> {
        let shine = self.0.iter().find(|shine| (shine.from_ms..shine.to_ms).contains(&at_ms))?;
        Some(shine.colour.rgb())
    }
}

impl TryFrom<Vec<Shine>> for LightSequence {
    type Error = NoLight;

    fn try_from(shines: Vec<Shine>) -> Result<Self, NoLight> {
        Self::new(shines)
    }
}

impl From<LightSequence> for Vec<Shine> {
    fn from(sequence: LightSequence) -> Self {
        sequence.0
    }
}

impl Light {
    /// Whether nothing was asked.
    pub fn is_not_asked(&self) -> bool {
        *self == Self::NotAsked
    }
}

impl FromStr for Light {
    type Err = NoLight;

    fn from_str(text: &str) -> Result<Self, NoLight> {
        if text == "declined" {
            return Ok(Self::Declined);
        }
        let shines = text.split(',').map(str::trim);
        let shines = shines.map(|part| shine(part).ok_or_else(|| NoLight(part.to_owned())));
        LightSequence::new(shines.collect::<Result<_, _>>()?).map(Self::Shown)
    }
}

fn shine(part: &str) -> Option<Shine> {
    let (name, window) = part.split_once('@')?;
    let colour = Colour::ALL.into_iter().find(|colour| colour.as_str() == name)?;
    let (from, to) = window.split_once('-')?;
    let ms = |seconds: &str| Some(1000.0 * seconds.parse::<f64>().ok()?);
    Some(Shine { colour, from_ms: ms(from)?, to_ms: ms(to)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_is_read_as_it_is_written_and_survives_json() {
        let text = "red@0-0.7, blue@0.7-1.4,white@1.5-2.1,cyan@2.1-2.8";
        let light: Light = text.parse().unwrap();
        let Light::Shown(sequence) = &light else { panic!("{light:?}") };
        assert_eq!(sequence.at(800.0), Some([0.0, 0.0, 1.0]));
        assert_eq!((sequence.at(1450.0), sequence.at(9000.0)), (None, None));
        let json = serde_json::to_string(&light).unwrap();
        assert_eq!(serde_json::from_str::<Light>(&json).unwrap(), light);
        assert_eq!("declined".parse(), Ok(Light::Declined));
    }

    #[test]
    fn light_that_flashes_or_overlaps_or_says_too_little_is_refused() {
        for wrong in [
            "",
            "red",
            "red@0-1,blue@1-2,red@2-3",
            "red@0-1,blue@1-2,pink@2-3,red@3-4",
            "red@0-0.2,blue@0.2-1,red@1-2,blue@2-3",
            "red@0-1,blue@0.9-2,red@2-3,blue@3-4",
            "red@0-1,blue@1-2,red@2-3,blue@3-inf",
            "red@NaN-1,blue@1-2,red@2-3,blue@3-4",
        ] {
            assert!(wrong.parse::<Light>().is_err(), "{wrong}");
        }
        let json = r#"{"shown":[{"colour":"red","from_ms":0,"to_ms":100}]}"#;
        assert!(serde_json::from_str::<Light>(json).is_err());
    }
}
