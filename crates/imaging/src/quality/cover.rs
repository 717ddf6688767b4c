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

/// A flattened document and what is around it.
pub struct Framed<'a> {
    /// The document with `margin` pixels of what is around it on every side.
    pub picture: &'a RgbImage,
    /// More than 5.
    pub margin: u32,
    /// The colour beside its print, where that is known: what is commonest on a page may
    /// be the thing that lies over it.
    pub paper: Option<Rgb<u8>>,
    /// Whether a place was seen that lies here from the document's upper left corner. What
    /// lies beyond the border of the photograph was not, and tells nothing.
    pub seen: &'a dyn Fn(i64, i64) -> bool,
}

/// The parts of a flattened document that something hides which lies over its
/// edge, the largest first: parts unlike the paper that go on outside.
///
/// The masks are of the document without the margin. A thing of the colour of the
/// paper is not seen.
pub fn parts(framed: &Framed) -> Vec<Mask> {
    let Some(sides) = Sides::of(framed) else { return Vec::new() };
    let mut found: Vec<Mask> = Vec::new();
    for entered in Edge::ALL.into_iter().filter_map(|edge| sides.entered(edge)) {
        for part in sides.reached(&entered) {
            if found.iter().all(|known| !known.meets(&part)) {
                found.push(part);
            }
        }
    }
    found.sort_by_key(|part| std::cmp::Reverse(part.count()));
    found
}

/// What hides the document along one `edge`, as [`parts`] finds it: the thing lies over a
/// third of the edge or more and looks like nothing that is beside other edges.
pub fn over(framed: &Framed, edge: Edge) -> Vec<Mask> {
    let Some(sides) = Sides::of(framed) else { return Vec::new() };
    let places = sides.places(edge);
    let at = sides.entries(&places, sides.paper);
    let alone = 3 * at.len() >= places.len() && sides.is_alone(&at, edge);
    let entered = Entered { at, paper: sides.paper };
    if alone { sides.reached(&entered) } else { Vec::new() }
}

/// A page and what is around it, both smoothed, and the colour of its paper.
struct Sides<'a> {
    page: RgbImage,
    smooth: RgbImage,
    framed: &'a Framed<'a>,
    paper: Rgb<u8>,
}

/// Where something comes in over an edge, and the colour of the paper there.
struct Entered {
    at: Vec<(u32, u32)>,
    paper: Rgb<u8>,
}

impl<'a> Sides<'a> {
    /// `None` where the margin is too narrow or the page too small.
    fn of(framed: &'a Framed<'a>) -> Option<Self> {
        let margin = framed.margin;
        let (width, height) = framed.picture.dimensions();
        let (width, height) = (width.checked_sub(2 * margin)?, height.checked_sub(2 * margin)?);
        if margin <= AWAY || width <= 2 * AWAY || height <= 2 * AWAY {
            return None;
        }
        let smooth = smoothed(framed.picture);
        let page = warp::cropped(&smooth, margin, margin, width, height);
        let paper = framed.paper.unwrap_or_else(|| median(&page.pixels().copied()));
        Some(Self { page, smooth, framed, paper })
    }

    fn places(&self, edge: Edge) -> Vec<Place> {
        edge.places(self.page.width(), self.page.height(), AWAY.into()).collect()
    }

    fn here(&self, (x, y): (u32, u32)) -> Rgb<u8> {
        *self.page.get_pixel(x, y)
    }

    /// Those of `places` along an edge where what is unlike `paper` goes on outside.
    fn entries(&self, places: &[Place], paper: Rgb<u8>) -> Vec<(u32, u32)> {
        let enters = |at: &usize| {
            let here = self.here(places[*at].0);
            difference(here, paper) >= UNLIKE && self.goes_on(here, places, *at)
        };
        (0..places.len()).filter(enters).map(|at| places[at].0).collect()
    }

    /// Where something comes in over `edge`; `None` where nothing does.
    fn entered(&self, edge: Edge) -> Option<Entered> {
        let places = self.places(edge);
        // What is common at the edge is its paper, as of a printed band, if it ends there.
        let common = median(&places.iter().map(|(at, _)| self.here(*at)));
        if self.ends(&places, common) {
            let at = self.entries(&places, common);
            if at.len() >= LEAST_ENTRY && 2 * at.len() <= places.len() {
                return Some(Entered { at, paper: common });
            }
        }
        // What lies over most of an edge is what is common there.
        let at = self.entries(&places, self.paper);
        let few = 2 * at.len() <= places.len();
        let found = at.len() >= LEAST_ENTRY && (few || self.is_alone(&at, edge));
        found.then_some(Entered { at, paper: self.paper })
    }

    /// Whether most of what has this `colour` along an edge does not go on outside.
    fn ends(&self, places: &[Place], colour: Rgb<u8>) -> bool {
        let alike = |at: &usize| difference(self.here(places[*at].0), colour) < UNLIKE;
        let alike: Vec<usize> = (0..places.len()).filter(alike).collect();
        let on = alike.iter().filter(|at| self.goes_on(self.here(places[**at].0), places, **at));
        2 * on.count() <= alike.len()
    }

    /// Whether what enters `at` places of `edge` is unlike what lies beside two other edges
    /// or more; beside the third it may lie too. Where it looks like the table at the other
    /// edges, the document has the colour of the table, or its outline is wrong.
    fn is_alone(&self, at: &[(u32, u32)], edge: Edge) -> bool {
        let thing = median(&at.iter().map(|at| self.here(*at)));
        // The document's own shadow lies nearer.
        let far = i64::from(self.framed.margin) - 2;
        let table = |other: &Edge| {
            let (width, height) = self.page.dimensions();
            let places: Vec<_> = other.places(width, height, far).collect();
            median(&places.iter().map(|(_, beyond)| self.outside(*beyond)))
        };
        let others = Edge::ALL.into_iter().filter(|other| *other != edge);
        others.filter(|other| difference(thing, table(other)) >= UNLIKE).count() >= 2
    }

    /// The parts of the page unlike its paper that hang together with what `entered`.
    fn reached(&self, entered: &Entered) -> Vec<Mask> {
        let page = &self.page;
        let unlike = |pixel: &Rgb<u8>, paper| difference(*pixel, paper) >= UNLIKE * 3 / 4;
        let unlike = Mask::of_pixels(page, |pixel| {
            unlike(pixel, entered.paper) && unlike(pixel, self.paper)
        });
        let solid = unlike.shrunk(STROKE).grown(STROKE);
        let least = (LEAST_SHARE * (page.width() * page.height()) as f32) as usize;
        let mut parts = solid.parts(least);
        parts.retain(|part| {
            let over = entered.at.iter().filter(|at| part.has(at.0 as i32, at.1 as i32));
            over.count() >= LEAST_ENTRY
        });
        parts
    }

    /// Whether what is `here` goes on outside, straight on or a little aslant.
    fn goes_on(&self, here: Rgb<u8>, places: &[Place], at: usize) -> bool {
        [0, -ASLANT, ASLANT].into_iter().any(|aside| {
            let beyond = at.checked_add_signed(aside).and_then(|at| places.get(at));
            beyond.is_some_and(|(_, beyond)| {
                let seen = (self.framed.seen)(beyond.0, beyond.1);
                seen && difference(here, self.outside(*beyond)) <= ALIKE
            })
        })
    }

    /// What is at a place outside of the page.
    fn outside(&self, (x, y): (i64, i64)) -> Rgb<u8> {
        let margin = i64::from(self.framed.margin);
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

/// An edge of a flattened document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The upper one.
    Top,
    /// The right one.
    Right,
    /// The lower one.
    Bottom,
    /// The left one.
    Left,
}

impl Edge {
    const ALL: [Self; 4] = [Self::Top, Self::Right, Self::Bottom, Self::Left];

    /// Places a little inside the edge of a document of `width` × `height` pixels,
    /// each with the one opposite it `out` pixels outside.
    fn places(self, width: u32, height: u32, out: i64) -> impl Iterator<Item = Place> {
        let length = if matches!(self, Self::Top | Self::Bottom) { width } else { height };
        (AWAY..length - AWAY).map(move |at| match self {
            Self::Top => ((at, AWAY), (i64::from(at), -out)),
            Self::Bottom => ((at, height - 1 - AWAY), (i64::from(at), i64::from(height - 1) + out)),
            Self::Left => ((AWAY, at), (-out, i64::from(at))),
            Self::Right => ((width - 1 - AWAY, at), (i64::from(width - 1) + out, i64::from(at))),
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

    /// What is found of `thing` where the photograph shows all around the page.
    fn found(thing: impl Fn(u32, u32) -> bool) -> Vec<Mask> {
        let picture = framed(thing);
        parts(&Framed { picture: &picture, margin: MARGIN, paper: None, seen: &|_, _| true })
    }

    #[test]
    fn a_thing_that_reaches_in_over_the_edge_is_found_as_far_as_it_reaches() {
        let parts = found(|x, y| (90..130).contains(&x) && y > 100);
        assert_eq!(parts.len(), 1);
        let bounds = parts[0].bounds().unwrap();
        assert!((bounds.x - 78.0).abs() <= 3.0 && (bounds.width - 40.0).abs() <= 6.0, "{bounds:?}");
        assert!((bounds.y - 89.0).abs() <= 3.0, "{bounds:?}");
    }

    #[test]
    fn a_card_over_most_of_an_edge_is_found() {
        let over = |x: u32, y: u32| (20..224).contains(&x) && y > 100;
        assert_eq!(found(over).len(), 1);
    }

    #[test]
    fn a_card_over_most_of_the_page_is_found_where_the_colour_of_the_paper_is_known() {
        let picture = framed(|x, y| (20..224).contains(&x) && y > 50);
        let found =
            |paper| parts(&Framed { picture: &picture, margin: MARGIN, paper, seen: &|_, _| true });
        let card = found(Some(Rgb([222, 214, 230])));
        assert_eq!(card.len(), 1);
        assert!((card[0].bounds().unwrap().y - 39.0).abs() <= 3.0);
    }

    #[test]
    fn what_goes_on_beyond_the_border_of_the_photograph_is_not_told_from_what_is_printed() {
        let picture = framed(|x, y| (90..130).contains(&x) && y > 100);
        let seen = |_, y| y < 140;
        let cut = Framed { picture: &picture, margin: MARGIN, paper: None, seen: &seen };
        assert!(parts(&cut).is_empty());
    }

    #[test]
    fn a_thing_along_an_edge_is_found_and_a_table_is_none() {
        let card = |_: u32, y: u32| y > 100;
        let table = |_: u32, _: u32| false;
        for (thing, edge, found) in [
            (&card as &dyn Fn(u32, u32) -> bool, Edge::Bottom, 1),
            (&card, Edge::Top, 0),
            (&table, Edge::Bottom, 0),
        ] {
            // The page ends 20 pixels above the lower edge.
            let picture = RgbImage::from_fn(224, 164, |x, y| {
                let page = (12..212).contains(&x) && (12..132).contains(&y);
                match (thing(x, y), page) {
                    (true, _) => Rgb([190, 140, 110]),
                    (false, true) => Rgb([222, 214, 230]),
                    (false, false) => Rgb([70, 60, 54]),
                }
            });
            let paper = Some(Rgb([222, 214, 230]));
            let framed = Framed { picture: &picture, margin: MARGIN, paper, seen: &|_, _| true };
            assert_eq!(over(&framed, edge).len(), found, "{edge:?}");
        }
    }

    #[test]
    fn what_is_printed_on_the_page_or_lies_beside_it_covers_nothing() {
        for thing in [
            |_: u32, _: u32| false,
            |x: u32, y: u32| (60..120).contains(&x) && (40..90).contains(&y),
            |x: u32, y: u32| x < 10 || y < 8,
        ] {
            assert!(found(thing).is_empty());
        }
        let nothing = RgbImage::new(0, 0);
        let nothing = Framed { picture: &nothing, margin: MARGIN, paper: None, seen: &|_, _| true };
        assert!(parts(&nothing).is_empty());
    }
}
