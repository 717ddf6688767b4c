//! A character covered with a copy of another.

use image::RgbImage;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use crate::truth::FieldTruth;

/// Copies one character of the first line of `field` over a different one, pixel for
/// pixel, as a clone brush does; `None` where all its characters are the same.
pub(super) fn character(
    image: &mut RgbImage,
    field: &FieldTruth,
    rng: &mut ChaCha8Rng,
) -> Option<()> {
    let quad = field.lines.first()?;
    let characters: Vec<char> = field.printed.chars().collect();
    let solid = |index: &usize| characters[*index].is_alphanumeric();
    let all: Vec<usize> = (0..characters.len()).filter(solid).collect();
    let pairs: Vec<(usize, usize)> = all
        .iter()
        .flat_map(|from| all.iter().map(move |to| (*from, *to)))
        .filter(|(from, to)| characters[*from] != characters[*to])
        .collect();
    let (from, to) = *pairs.choose(rng)?;
    let count = characters.len() as f32;
    // A little taller than the line.
    let share = |index: usize| index as f32 / count;
    let cell = |index: usize| quad.part([share(index), -0.12], [share(index + 1), 1.12]);
    let (from, to) = (cell(from), cell(to));
    let shift = [0, 1].map(|axis: usize| (to.centre()[axis] - from.centre()[axis]).round() as i64);
    let [left, top, right, bottom] = from.bounds();
    let before = image.clone();
    for y in top as u32..bottom.ceil() as u32 {
        for x in left as u32..right.ceil() as u32 {
            let to = [i64::from(x) + shift[0], i64::from(y) + shift[1]].map(u32::try_from);
            let (Some(pixel), [Ok(x), Ok(y)]) = (before.get_pixel_checked(x, y), to) else {
                continue;
            };
            if let Some(target) = image.get_pixel_mut_checked(x, y) {
                *target = *pixel;
            }
        }
    }
    Some(())
}
