//! Fictional people.

pub(crate) mod address;
mod chinese;
mod latin;
mod national_number;

use jiff::ToSpan;
use jiff::civil::Date;
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

pub use national_number::{REGION, national_number};

use crate::rng::stream;

/// Sex as documents print it; X is unspecified (ICAO 9303).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the letters are the meaning")]
pub enum Sex {
    M,
    F,
    X,
}

impl Sex {
    /// The letter: `M`, `F` or `X`.
    pub fn letter(self) -> &'static str {
        match self {
            Self::M => "M",
            Self::F => "F",
            Self::X => "X",
        }
    }
}

/// A person who does not exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Family name in Latin letters, in title case, with its diacritics.
    pub surname: String,
    /// Given names in Latin letters, parted by spaces.
    pub given_names: String,
    /// Name in Chinese characters, family name first, without a space.
    pub native_name: Option<String>,
    /// Never [`Sex::X`] for people of [`Person::chinese`], whose number tells it.
    pub sex: Sex,
    /// From 18 to 78 years before the date given.
    pub birth_date: Date,
    /// A fictional town.
    pub birth_place: String,
    /// Ethnic group as a Chinese card prints it, without 族; empty for others.
    pub ethnicity: String,
    /// Address in one line, in Chinese for people with a Chinese name.
    pub address: String,
    /// The 18 characters of a GB 11643 number in the region [`REGION`] for
    /// people with a Chinese name; empty for others.
    pub national_number: String,
}

impl Person {
    /// The person of `seed` with a Latin name, an adult on `today`.
    pub fn latin(seed: u64, today: Date) -> Self {
        let mut rng = stream(seed, "person.latin");
        let sex = if rng.random_bool(0.03) { Sex::X } else { woman_or_man(&mut rng) };
        let (surname, given_names) = latin::name(&mut rng, sex);
        Self {
            surname,
            given_names,
            native_name: None,
            sex,
            birth_date: birth_date(&mut rng, today),
            birth_place: pick(&mut rng, &address::TOWNS).to_owned(),
            ethnicity: String::new(),
            address: address::latin(&mut rng),
            national_number: String::new(),
        }
    }

    /// The person of `seed` with a Chinese name and its pinyin, an adult on `today`.
    pub fn chinese(seed: u64, today: Date) -> Self {
        let mut rng = stream(seed, "person.chinese");
        let sex = woman_or_man(&mut rng);
        let name = chinese::name(&mut rng, sex);
        let birth_date = birth_date(&mut rng, today);
        let sequence = 2 * rng.random_range(0..500) + u16::from(sex == Sex::M);
        Self {
            surname: name.surname_pinyin,
            given_names: name.given_pinyin,
            native_name: Some(name.characters),
            sex,
            birth_date,
            birth_place: pick(&mut rng, &address::TOWNS).to_owned(),
            ethnicity: chinese::ethnicity(&mut rng).to_owned(),
            address: address::chinese(&mut rng),
            national_number: national_number(birth_date, sequence),
        }
    }
}

fn woman_or_man(rng: &mut ChaCha8Rng) -> Sex {
    if rng.random_bool(0.5) { Sex::F } else { Sex::M }
}

/// An adult's: 18 to 78 years before `today`, never the 18th birthday itself.
fn birth_date(rng: &mut ChaCha8Rng, today: Date) -> Date {
    let days: i32 = rng.random_range(1..60 * 365);
    today
        .checked_sub(18.years())
        .and_then(|date| date.checked_sub(days.days()))
        .expect("documents are dated within the calendar")
}

/// One of `choices`, which are never empty.
pub(crate) fn pick<'a>(rng: &mut ChaCha8Rng, choices: &[&'a str]) -> &'a str {
    choices.choose(rng).expect("tables have entries")
}
