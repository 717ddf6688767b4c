//! A portrait printed on a card, and what may be done about the print.

use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use vision::face::FaceObservation;

/// A portrait reaches so many eye distances from between the eyes: left, up,
/// right, down.
const REACH: [f32; 4] = [1.7, 2.0, 1.7, 2.4];

/// A card's sides and where its portrait begins, in eye distances of the portrait.
const CARD: [f32; 2] = [13.6, 8.6];
const PLACE: [f32; 2] = [0.8, 2.0];

/// The card's ground.
const GROUND: Rgb<u8> = Rgb([226, 232, 236]);

/// Pixels between two dots, the turn of each colour's screen in degrees, and
/// how much darker and lighter they are than the mean.
const PITCH: f32 = 3.0;
const TURNS: [f32; 3] = [15.0, 75.0, 0.0];
const DEPTH: f32 = 0.35;

/// The part of `picture` that a portrait of `face` shows.
pub fn around(picture: &RgbImage, face: &FaceObservation) -> RgbImage {
    let eye = face.quality.eye_distance;
    let middle = face.landmarks[0].lerp(face.landmarks[1], 0.5);
    let [left, up, right, down] = REACH.map(|reach| reach * eye);
    let x = (middle.x - left).max(0.0) as u32;
    let y = (middle.y - up).max(0.0) as u32;
    let width = ((middle.x + right) as u32).min(picture.width()).saturating_sub(x);
    let height = ((middle.y + down) as u32).min(picture.height()).saturating_sub(y);
    imageops::crop_imm(picture, x, y, width.max(1), height.max(1)).to_image()
}

/// How a portrait is printed.
#[derive(Debug, Clone, Copy)]
pub enum Print {
    Plain,
    Grey,
    Dots,
    Guilloche,
    /// Grey, dots and guilloche together.
    All,
}

impl Print {
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Grey => "grey",
            Self::Dots => "print",
            Self::Guilloche => "guilloche",
            Self::All => "grey, print and guilloche",
        }
    }

    /// A card with `picture`, `scale` times as large, as its portrait.
    pub fn card(self, picture: &RgbImage, scale: f32) -> RgbImage {
        let sized = |length: u32| ((length as f32 * scale).round() as u32).max(1);
        let (width, height) = (sized(picture.width()), sized(picture.height()));
        let mut portrait = imageops::resize(picture, width, height, FilterType::Triangle);
        if let Self::Grey | Self::All = self {
            portrait = grey(&portrait);
        }
        if let Self::Dots | Self::All = self {
            dotted(&mut portrait);
        }
        if let Self::Guilloche | Self::All = self {
            overprinted(&mut portrait);
        }
        let eye = width as f32 / (REACH[0] + REACH[2]);
        let [card_width, card_height] = CARD.map(|side| (side * eye) as u32);
        let [left, top] = PLACE.map(|place| (place * eye) as i64);
        let mut card = RgbImage::from_pixel(card_width, card_height, GROUND);
        imageops::replace(&mut card, &portrait, left, top);
        card
    }
}

fn grey(portrait: &RgbImage) -> RgbImage {
    let luma = imageops::grayscale(portrait);
    RgbImage::from_fn(portrait.width(), portrait.height(), |x, y| Rgb([luma.get_pixel(x, y)[0]; 3]))
}

/// A screen of dots over each colour: the middle tones show it most.
fn dotted(portrait: &mut RgbImage) {
    for (x, y, pixel) in portrait.enumerate_pixels_mut() {
        for (channel, turn) in TURNS.into_iter().enumerate() {
            let (sin, cos) = turn.to_radians().sin_cos();
            let turned = [x as f32 * cos + y as f32 * sin, y as f32 * cos - x as f32 * sin];
            let wave = turned.map(|along| (along / PITCH * std::f32::consts::TAU).cos());
            let tone = f32::from(pixel[channel]) / 255.0;
            let swing = DEPTH * 4.0 * tone * (1.0 - tone);
            let printed = tone + swing * (wave[0] + wave[1]) / 2.0;
            pixel[channel] = (printed.clamp(0.0, 1.0) * 255.0) as u8;
        }
    }
}

/// Two families of fine waves, a ninth of the portrait's width apart.
fn overprinted(portrait: &mut RgbImage) {
    const INK: [f32; 3] = [70.0, 110.0, 120.0];
    let step = portrait.width() as f32 / 9.0;
    for (x, y, pixel) in portrait.enumerate_pixels_mut() {
        let (x, y) = (x as f32, y as f32);
        let swing = |along: f32| (along / step).sin() * step * 0.6;
        let lines = [x + swing(y), y + swing(x * 0.7)];
        let nearest = lines.map(|line| (line.rem_euclid(step) - step / 2.0).abs());
        let cover =
            0.5 * nearest.map(|off| (1.2 - off).clamp(0.0, 1.0)).into_iter().fold(0.0, f32::max);
        for (value, ink) in pixel.0.iter_mut().zip(INK) {
            *value = (f32::from(*value) * (1.0 - cover) + ink * cover) as u8;
        }
    }
}

/// What is done before the portrait is found.
#[derive(Debug, Clone, Copy)]
pub enum Restoration {
    None,
    /// Twice as large, by a cubic filter.
    Enlarged,
    /// Softened by a Gaussian of one pixel, which hides dots three pixels apart.
    Blurred,
}

impl Restoration {
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "nothing",
            Self::Enlarged => "enlarging twice, cubic",
            Self::Blurred => "blur of 1 pixel",
        }
    }

    pub fn apply(self, card: &RgbImage) -> RgbImage {
        match self {
            Self::None => card.clone(),
            Self::Enlarged => {
                let (width, height) = (card.width() * 2, card.height() * 2);
                imageops::resize(card, width, height, FilterType::CatmullRom)
            }
            Self::Blurred => imageops::blur(card, 1.0),
        }
    }
}
