//! Things that lie over a document: fingers, pens, other cards.

use image::{Rgb, RgbImage};

use super::Mask;
use super::levels::Histogram;
use crate::warp;

/// What comes in over the edge looks alike on both sides of it: no channel
/// differs by more levels.
const ALIKE: i32 = 26;

/// And unlike the document there: some channel differs by so many levels.
const UNLIKE: i32 = 34;

/// Pixels inside and outside the edge that are compared: nearer the edge's own
/// shadow, and what the outline is off, would be seen.
const AWAY: u32 = 5;

/// Smaller parts, as a share of the document, hide no character that matters.
const LEAST_SHARE: f32 = 0.004;

/// The parts of a flattened document that something hides which lies over its
/// edge, the largest first: parts unlike the paper at that edge that go on
/// outside.
///
/// `framed` shows the document with `margin` pixels of what is around it on every
/// side, more than 5. The masks are of the document without the margin.
/// A thing of the colour of the paper is not seen.
pub fn parts(framed: &RgbImage, margin: u32) -> Vec<Mask> {
    let (width, height) = framed.dimensions();
    let (Some(width), Some(height)) =
        (width.checked_sub(2 * margin), height.checked_sub(2 * margin))
    else {
        return Vec::new();
    };
    if margin <= AWAY || width <= 2 * AWAY || height <= 2 * AWAY {
        return Vec::new();
    }
    let smooth = smoothed(framed);
    let page = warp::cropped(&smooth, margin, margin, width, height);
    let inside = |x: u32, y: u32| *page.get_pixel(x, y);
    let least = (LEAST_SHARE * (width * height) as f32) as usize;
    let mut found: Vec<Mask> = Vec::new();
    for edge in Edge::ALL {
        let places: Vec<_> = edge.places(width, height).collect();
        let paper = median(&places.iter().map(|(at, _)| inside(at.0, at.1)));
        let enters = |(at, beyond): &((u32, u32), (i64, i64))| {
            let here = inside(at.0, at.1);
            let there = (beyond.0 + i64::from(margin), beyond.1 + i64::from(margin));
            let there = *smooth.get_pixel(there.0 as u32, there.1 as u32);
            difference(here, there) <= ALIKE && difference(here, paper) >= UNLIKE
        };
        let entries: Vec<(u32, u32)> =
            places.iter().filter(|place| enters(place)).map(|(at, _)| *at).collect();
        // Where most of an edge looks like what is around it, the document has
        // the colour of the table, or its outline is wrong.
        if entries.len() < LEAST_ENTRY || entries.len() * 2 > places.len() {
            continue;
        }
        let unlike = Mask::of_pixels(&page, |pixel| difference(*pixel, paper) >= UNLIKE * 3 / 4);
        let solid = unlike.shrunk(2).grown(2);
        for part in solid.parts(least) {
            let entered = entries.iter().filter(|at| part.has(at.0 as i32, at.1 as i32)).count();
            if entered >= LEAST_ENTRY && found.iter().all(|known| !known.meets(&part)) {
                found.push(part);
            }
        }
    }
    found.sort_by_key(|part| std::cmp::Reverse(part.count()));
    found
}

/// A thing enters over so many pixels of the edge.
const LEAST_ENTRY: usize = 10;

#[derive(Clone, Copy)]
enum Edge {
    Top,
    Right,
    Bottom,
    Left,
}

impl Edge {
    const ALL: [Self; 4] = [Self::Top, Self::Right, Self::Bottom, Self::Left];

    /// Places a little inside the edge of a document of `width` × `height` pixels,
    /// each with the one opposite it outside.
    fn places(self, width: u32, height: u32) -> impl Iterator<Item = ((u32, u32), (i64, i64))> {
        let length = if matches!(self, Self::Top | Self::Bottom) { width } else { height };
        let away = i64::from(AWAY);
        (AWAY..length - AWAY).map(move |at| match self {
            Self::Top => ((at, AWAY), (i64::from(at), -away)),
            Self::Bottom => {
                ((at, height - 1 - AWAY), (i64::from(at), i64::from(height - 1) + away))
            }
            Self::Left => ((AWAY, at), (-away, i64::from(at))),
            Self::Right => ((width - 1 - AWAY, at), (i64::from(width - 1) + away, i64::from(at))),
        })
    }
}

/// The largest difference of a channel.
fn difference(a: Rgb<u8>, b: Rgb<u8>) -> i32 {
    let channels = a.0.iter().zip(b.0);
    channels.map(|(a, b)| (i32::from(*a) - i32::from(b)).abs()).max().unwrap_or(0)
}

fn median(pixels: &(impl Iterator<Item = Rgb<u8>> + Clone)) -> Rgb<u8> {
    let of = |channel: usize| {
        Histogram::of(pixels.clone().map(|pixel| pixel.0[channel])).percentile(0.5)
    };
    Rgb([of(0), of(1), of(2)])
}

/// Each pixel's mean with its neighbours, three times over: print and noise are
/// half gone.
///
/// By hand because a camera frame is judged in 25 ms: on 560 × 380 pixels
/// `image::imageops::fast_blur` takes 13.3 ms and this 0.9 (one thread, mean of 20).
fn smoothed(picture: &RgbImage) -> RgbImage {
    let row = picture.width() as usize * 3;
    let mut smooth = picture.clone();
    let mut next = picture.clone();
    for _ in 0..3 {
        for (to, from) in next.chunks_exact_mut(row).zip(smooth.chunks_exact(row)) {
            mean_of_three(to, from, 3);
        }
        mean_of_three(&mut smooth, &next, row);
    }
    smooth
}

/// Means of each level with the ones `apart` before and after it; the first and
/// last stand for what is beyond them.
fn mean_of_three(to: &mut [u8], from: &[u8], apart: usize) {
    let mean = |a: u8, b: u8, c: u8| ((u16::from(a) + u16::from(b) + u16::from(c) + 1) / 3) as u8;
    let inner = from.len().saturating_sub(2 * apart);
    let (before, here, after) = (&from[..inner], &from[apart..], &from[2 * apart..]);
    for (((to, a), b), c) in to[apart..].iter_mut().zip(before).zip(here).zip(after) {
        *to = mean(*a, *b, *c);
    }
    for at in 0..apart {
        let last = from.len() - apart + at;
        to[at] = mean(from[at], from[at], from[at + apart]);
        to[last] = mean(from[last - apart], from[last], from[last]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARGIN: u32 = 12;

    /// A light page of 200 × 140 pixels on a dark table; `thing` is laid over both.
    fn framed(thing: impl Fn(u32, u32) -> bool) -> RgbImage {
        RgbImage::from_fn(200 + 2 * MARGIN, 140 + 2 * MARGIN, |x, y| {
            let page = (MARGIN..200 + MARGIN).contains(&x) && (MARGIN..140 + MARGIN).contains(&y);
            match (thing(x, y), page) {
                (true, _) => Rgb([190, 140, 110]),
                (false, true) => Rgb([222, 214, 230]),
                (false, false) => Rgb([70, 60, 54]),
            }
        })
    }

    #[test]
    fn a_thing_that_reaches_in_over_the_edge_is_found_as_far_as_it_reaches() {
        let parts = parts(&framed(|x, y| (90..130).contains(&x) && y > 100), MARGIN);
        assert_eq!(parts.len(), 1);
        let bounds = parts[0].bounds().unwrap();
        assert!((bounds.x - 78.0).abs() <= 3.0 && (bounds.width - 40.0).abs() <= 6.0, "{bounds:?}");
        assert!((bounds.y - 89.0).abs() <= 3.0, "{bounds:?}");
    }

    #[test]
    fn what_is_printed_on_the_page_or_lies_beside_it_covers_nothing() {
        for thing in [
            |_: u32, _: u32| false,
            |x: u32, y: u32| (60..120).contains(&x) && (40..90).contains(&y),
            |x: u32, y: u32| x < 10 || y < 8,
        ] {
            assert!(parts(&framed(thing), MARGIN).is_empty());
        }
        assert!(parts(&RgbImage::new(0, 0), MARGIN).is_empty());
    }
}
