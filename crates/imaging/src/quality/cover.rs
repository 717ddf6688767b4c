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
    let sides =
        Sides { page: &page, smooth: &smooth, margin, paper: median(&page.pixels().copied()) };
    let least = (LEAST_SHARE * (width * height) as f32) as usize;
    let mut found: Vec<Mask> = Vec::new();
    for edge in Edge::ALL {
        let Some(entered) = sides.entered(edge) else { continue };
        let unlike =
            Mask::of_pixels(&page, |pixel| difference(*pixel, entered.paper) >= UNLIKE * 3 / 4);
        let solid = unlike.shrunk(STROKE).grown(STROKE);
        for part in solid.parts(least) {
            let over = entered.at.iter().filter(|at| part.has(at.0 as i32, at.1 as i32)).count();
            if over >= LEAST_ENTRY && found.iter().all(|known| !known.meets(&part)) {
                found.push(part);
            }
        }
    }
    found.sort_by_key(|part| std::cmp::Reverse(part.count()));
    found
}

/// A page and what is around it, both smoothed.
struct Sides<'a> {
    page: &'a RgbImage,
    smooth: &'a RgbImage,
    margin: u32,
    /// The commonest colour of the page.
    paper: Rgb<u8>,
}

/// Where something comes in over an edge, and the colour of the paper there.
struct Entered {
    at: Vec<(u32, u32)>,
    paper: Rgb<u8>,
}

impl Sides<'_> {
    /// Where something comes in over `edge`; `None` where nothing does.
    fn entered(&self, edge: Edge) -> Option<Entered> {
        let places: Vec<_> = edge.places(self.page.width(), self.page.height()).collect();
        let here = places.iter().map(|(at, _)| *self.page.get_pixel(at.0, at.1));
        let entries = |paper: Rgb<u8>| {
            let enters = |&(at, _): &(usize, &_)| {
                let here = *self.page.get_pixel(places[at].0.0, places[at].0.1);
                difference(here, paper) >= UNLIKE && self.goes_on(here, &places, at)
            };
            let found = places.iter().enumerate().filter(enters);
            found.map(|(_, (at, _))| *at).collect::<Vec<_>>()
        };
        let paper = median(&here);
        let at = entries(paper);
        if at.len() >= LEAST_ENTRY && at.len() * 2 <= places.len() {
            return Some(Entered { at, paper });
        }
        // What lies over most of an edge is what is common there. Where it looks like
        // the table at the other edges, the document has the colour of the table, or
        // its outline is wrong.
        let at = entries(self.paper);
        let most = at.len() * 2 > places.len();
        let thing = median(&at.iter().map(|at| *self.page.get_pixel(at.0, at.1)));
        let beside = Edge::ALL.into_iter().filter(|other| *other != edge);
        let table = |other: Edge| {
            let places: Vec<_> = other.places(self.page.width(), self.page.height()).collect();
            median(&places.iter().map(|(_, beyond)| self.outside(*beyond)))
        };
        let alone =
            most && beside.into_iter().all(|other| difference(thing, table(other)) >= UNLIKE);
        alone.then_some(Entered { at, paper: self.paper })
    }

    /// Whether what is `here` goes on outside, straight on or a little aslant.
    fn goes_on(&self, here: Rgb<u8>, places: &[Place], at: usize) -> bool {
        [0, -ASLANT, ASLANT].into_iter().any(|aside| {
            let beyond = at.checked_add_signed(aside).and_then(|at| places.get(at));
            beyond.is_some_and(|(_, beyond)| difference(here, self.outside(*beyond)) <= ALIKE)
        })
    }

    /// What is at a place outside of the page.
    fn outside(&self, (x, y): (i64, i64)) -> Rgb<u8> {
        let margin = i64::from(self.margin);
        *self.smooth.get_pixel((x + margin) as u32, (y + margin) as u32)
    }
}

/// A place a little inside an edge, and the one opposite it outside.
type Place = ((u32, u32), (i64, i64));

/// A pen comes in aslant: what is inside is so many pixels aside outside.
const ASLANT: isize = 8;

/// Print is no wider than twice so many pixels, and is no part of what lies beside it.
const STROKE: usize = 4;

/// A thing enters over so many pixels of the edge.
const LEAST_ENTRY: usize = 10;

#[derive(Clone, Copy, PartialEq)]
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
    fn places(self, width: u32, height: u32) -> impl Iterator<Item = Place> {
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
    fn a_card_over_most_of_an_edge_is_found() {
        let over = |x: u32, y: u32| (20..224).contains(&x) && y > 100;
        assert_eq!(parts(&framed(over), MARGIN).len(), 1);
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
