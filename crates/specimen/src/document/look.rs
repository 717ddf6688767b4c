//! Colours, typefaces and manners of a template.

use image::Rgb;
use jiff::civil::Date;
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::fonts::Typeface;

/// How a template prints dates.
#[derive(Clone, Copy, Debug)]
pub(super) enum DateStyle {
    /// 12 AUG 1974
    MonthName,
    /// 12 AUG/AOÛT 1974
    TwoMonthNames,
    /// 12.08.1974
    Dots,
    /// 12/08/1974
    Slashes,
    /// 1974-08-12
    Iso,
    /// 12 08 1974
    Spaces,
    /// 08/12/1974
    MonthFirst,
}

impl DateStyle {
    pub fn print(self, date: Date) -> String {
        const ENGLISH: [&str; 12] =
            ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
        const FRENCH: [&str; 12] = [
            "JAN", "FÉV", "MARS", "AVR", "MAI", "JUIN", "JUIL", "AOÛT", "SEPT", "OCT", "NOV", "DÉC",
        ];
        let (year, month, day) = (date.year(), date.month(), date.day());
        let index = usize::from(month.unsigned_abs()) - 1;
        match self {
            Self::MonthName => format!("{day:02} {} {year}", ENGLISH[index]),
            Self::TwoMonthNames => format!("{day:02} {}/{} {year}", ENGLISH[index], FRENCH[index]),
            Self::Dots => format!("{day:02}.{month:02}.{year}"),
            Self::Slashes => format!("{day:02}/{month:02}/{year}"),
            Self::Iso => format!("{year}-{month:02}-{day:02}"),
            Self::Spaces => format!("{day:02} {month:02} {year}"),
            Self::MonthFirst => format!("{month:02}/{day:02}/{year}"),
        }
    }
}

/// The fine lines behind the text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pattern {
    Waves,
    Rosettes,
    Mesh,
}

/// Colours and typefaces of one rendering.
#[derive(Clone, Debug)]
pub(super) struct Look {
    /// The paper's colour at the left and at the right.
    pub paper: [Rgb<u8>; 2],
    /// Two inks for fine lines.
    pub lines: [Rgb<u8>; 2],
    pub label: Rgb<u8>,
    pub value: Rgb<u8>,
    pub accent: Rgb<u8>,
    pub mark: Rgb<u8>,
    pub label_face: Typeface,
    pub value_face: Typeface,
    pub title_face: Typeface,
    /// The template prints dates in the first manner or the second, by its seed.
    pub dates: [DateStyle; 2],
    pub pattern: Pattern,
    /// Whether names are printed in capitals.
    pub capitals: bool,
    pub portrait_grey: bool,
}

impl Look {
    /// The look of `template` with this copy's own slight drift of colour:
    /// printing and wear differ between copies of one document.
    pub fn of(template: u8, rng: &mut ChaCha8Rng) -> Self {
        let mut look = match template {
            0 => blue_green(),
            1 => rose_ochre(),
            _ => violet_sand(),
        };
        if rng.random_bool(0.5) {
            look.dates.reverse();
        }
        let drift: [i16; 3] = [(); 3].map(|()| rng.random_range(-6..=6));
        for colour in look.paper.iter_mut().chain(&mut look.lines) {
            for (value, by) in colour.0.iter_mut().zip(drift) {
                *value = value.saturating_add_signed(by.clamp(-6, 6) as i8);
            }
        }
        look
    }
}

fn blue_green() -> Look {
    Look {
        paper: [Rgb([222, 236, 240]), Rgb([232, 240, 224])],
        lines: [Rgb([120, 168, 190]), Rgb([150, 186, 140])],
        label: Rgb([62, 92, 122]),
        value: Rgb([22, 24, 30]),
        accent: Rgb([28, 66, 112]),
        mark: Rgb([196, 30, 58]),
        label_face: Typeface::Sans,
        value_face: Typeface::SansBold,
        title_face: Typeface::SansBold,
        dates: [DateStyle::MonthName, DateStyle::Spaces],
        pattern: Pattern::Waves,
        capitals: true,
        portrait_grey: false,
    }
}

fn rose_ochre() -> Look {
    Look {
        paper: [Rgb([244, 228, 222]), Rgb([246, 238, 214])],
        lines: [Rgb([212, 150, 140]), Rgb([202, 174, 112])],
        label: Rgb([120, 60, 52]),
        value: Rgb([30, 20, 24]),
        accent: Rgb([132, 30, 40]),
        mark: Rgb([20, 70, 160]),
        label_face: Typeface::Serif,
        value_face: Typeface::Sans,
        title_face: Typeface::SerifBold,
        dates: [DateStyle::Dots, DateStyle::Slashes],
        pattern: Pattern::Rosettes,
        capitals: false,
        portrait_grey: true,
    }
}

fn violet_sand() -> Look {
    Look {
        paper: [Rgb([236, 230, 242]), Rgb([226, 238, 240])],
        lines: [Rgb([168, 146, 196]), Rgb([130, 180, 184])],
        label: Rgb([84, 64, 110]),
        value: Rgb([18, 22, 44]),
        accent: Rgb([72, 40, 110]),
        mark: Rgb([200, 60, 20]),
        label_face: Typeface::Sans,
        value_face: Typeface::Mono,
        title_face: Typeface::SansBold,
        dates: [DateStyle::TwoMonthNames, DateStyle::Iso],
        pattern: Pattern::Mesh,
        capitals: true,
        portrait_grey: false,
    }
}
