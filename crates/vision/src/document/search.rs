//! Looking at the whole picture, then closer where something is.

use image::RgbImage;
use imaging::{Point, Rect, warp};
use inference::{InferenceError, Model};

use super::canvas::{CELLS, Canvas, Maps};
use super::edges::Edges;
use super::regions::Region;
use super::sides::{self, Chances, Settled};
use super::{OutlineParams, fit, regions};

/// At most so many places are taken: bounds the work.
const MOST_PLACES: usize = 3;
/// What spans more than this share of the picture cannot be seen closer.
const CLOSE_ENOUGH: f32 = 0.45;
/// Room around a place that is looked at closer, as a share of its longer side.
const ROOM: f32 = 0.3;
/// A region of more cells than this is large.
const MANY_CELLS: usize = 200;
/// Below this score the cells are looked at again from a higher probability on.
const DOUBT: f32 = 0.8;
/// That probability.
const SURE: f32 = 0.75;
/// Cells from this probability on say where to look closer.
const HINT: f32 = 0.2;

/// A place that may hold a document, and the document where one is clear.
struct Place {
    bounds: Rect,
    settled: Option<Settled>,
}

/// The documents in `picture`. Small ones are seen coarsely in the whole
/// picture, and two that touch as one: both are told better from closer by.
pub(super) fn documents(
    model: &dyn Model,
    params: &OutlineParams,
    picture: &RgbImage,
) -> Result<Vec<Settled>, InferenceError> {
    let view = View { model, params, picture, edges: Edges::of(picture) };
    let whole = Rect::new(0.0, 0.0, picture.width() as f32, picture.height() as f32);
    let mut found: Vec<Settled> = Vec::new();
    for (index, place) in view.look(whole)?.into_iter().take(MOST_PLACES).enumerate() {
        let small = place.bounds.area() < CLOSE_ENOUGH * whole.area();
        let closer = if small && index < params.closer_looks {
            view.closer(&place.bounds)?
        } else {
            Vec::new()
        };
        let seen = if closer.is_empty() { place.settled.into_iter().collect() } else { closer };
        for settled in seen {
            if !found.iter().any(|other| same(other, &settled)) {
                found.push(settled);
            }
        }
    }
    let least = params.min_area * whole.area();
    found.retain(|settled| settled.quad.area() >= least);
    Ok(found)
}

/// Whether two outlines lie on each other.
fn same(a: &Settled, b: &Settled) -> bool {
    fit::contains(&a.quad, b.quad.center()) || fit::contains(&b.quad, a.quad.center())
}

struct View<'a> {
    model: &'a dyn Model,
    params: &'a OutlineParams,
    picture: &'a RgbImage,
    edges: Edges<'a>,
}

impl View<'_> {
    /// What the network sees in `part` of the picture, at whole pixels: the
    /// surest document first, then places where it is not sure.
    fn look(&self, part: Rect) -> Result<Vec<Place>, InferenceError> {
        let (x, y) = (part.x as u32, part.y as u32);
        let (width, height) = (part.width as u32, part.height as u32);
        let shown = warp::cropped(self.picture, x, y, width, height);
        let canvas = Canvas::of(&shown);
        let maps = Maps::of(self.model.run(&canvas.tensor)?, self.model)?;
        let sight = Sight { view: self, canvas, maps, corner: Point::new(part.x, part.y) };
        let mut places = sight.places(regions::LEVEL);
        let surest = |places: &[Place]| places.iter().map(Place::score).fold(0.0, f32::max);
        if surest(&places) < DOUBT {
            // Where the cells run out over something else, they are less sure.
            places.extend(sight.places(SURE));
        }
        if surest(&places) == 0.0 {
            places.extend(sight.places(HINT));
        }
        places.sort_by(|a, b| b.score().total_cmp(&a.score()));
        Ok(places)
    }

    /// The documents whose middle lies in `place`, seen from closer by.
    fn closer(&self, place: &Rect) -> Result<Vec<Settled>, InferenceError> {
        let room = ROOM * place.width.max(place.height);
        let grown = Rect::new(
            (place.x - room).floor(),
            (place.y - room).floor(),
            (place.width + 2.0 * room).ceil(),
            (place.height + 2.0 * room).ceil(),
        );
        let part = grown.clamped(self.picture.width(), self.picture.height());
        if part.width < 16.0 || part.height < 16.0 {
            return Ok(Vec::new());
        }
        let inside = |settled: &Settled| {
            let middle = settled.quad.center();
            (place.x..=place.x + place.width).contains(&middle.x)
                && (place.y..=place.y + place.height).contains(&middle.y)
        };
        let seen = self.look(part)?.into_iter().filter_map(|place| place.settled);
        let mut found: Vec<Settled> = Vec::new();
        for settled in seen.filter(inside) {
            if !found.iter().any(|other| same(other, &settled)) {
                found.push(settled);
            }
        }
        Ok(found)
    }
}

/// What the network saw in one part of the picture.
struct Sight<'a> {
    view: &'a View<'a>,
    canvas: Canvas,
    maps: Maps,
    /// The part's top-left corner.
    corner: Point,
}

impl Sight<'_> {
    /// The places whose cells have a probability over `level`.
    fn places(&self, level: f32) -> Vec<Place> {
        let regions = regions::split(&self.maps, level);
        let place = |own: &Region| {
            let bounds = regions::bounds(own).map(|p| self.to_picture(p)).bounds();
            let rough = fit::quad(&self.maps, own, level);
            let settled = rough.and_then(|rough| {
                let rough = rough.map(|p| self.to_picture(p));
                let chances = self.chances(own, &regions);
                sides::settled(&self.view.edges, &chances, &rough, self.canvas.pixels_per_cell())
            });
            let clear = |settled: &Settled| settled.score >= self.view.params.min_score;
            Place { bounds, settled: settled.filter(clear) }
        };
        regions.iter().map(place).collect()
    }

    /// The cells' probabilities, none where another region lies. Of a large
    /// region every other cell across and down says enough.
    fn chances(&self, own: &Region, regions: &[Region]) -> Chances {
        let others = |cell: usize| regions.iter().any(|other| other != own && other[cell]);
        let chance = |cell: usize| if others(cell) { 0.0 } else { self.maps.inside[cell] };
        let step = if own.iter().filter(|own| **own).count() > MANY_CELLS { 2 } else { 1 };
        let counts = |cell: &usize| {
            (cell % CELLS).is_multiple_of(step) && (cell / CELLS).is_multiple_of(step)
        };
        let cells = (0..CELLS * CELLS).filter(counts);
        Chances(cells.map(|cell| (self.to_picture(middle(cell)), chance(cell))).collect())
    }

    fn to_picture(&self, cells: Point) -> Point {
        let point = self.canvas.to_picture(cells);
        Point::new(point.x + self.corner.x, point.y + self.corner.y)
    }
}

impl Place {
    /// How sure the document there is; 0 where none is clear.
    fn score(&self) -> f32 {
        self.settled.map_or(0.0, |settled| settled.score)
    }
}

/// The middle of a cell, in cells.
fn middle(cell: usize) -> Point {
    Point::new((cell % CELLS) as f32 + 0.5, (cell / CELLS) as f32 + 0.5)
}
