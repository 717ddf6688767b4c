//! Traces of forgery on the document of a picture, as values: what they mean is policy.

mod fields;

use domain::evidence::Region;
use domain::trace::{Trace, TraceKind};
use image::RgbImage;
use imaging::forensics::steps::Steps;
use imaging::forensics::{grid, noise, raster, spread};
use imaging::geometry::{Homography, Quad, Rect};

use crate::kind::Half;
use crate::quality::Subject;

/// Everything that can be measured on `subject`; what cannot, as the dots of a picture that
/// is too small, is absent.
pub fn traces(subject: &Subject) -> Vec<Trace> {
    let place = subject.place.bounds();
    let steps = Steps::of(subject.picture, place);
    // The longest of all that is done once the portrait is found, so it is done in two halves.
    let (whole, fields) = std::thread::scope(|scope| {
        let fields = scope.spawn(|| fields::traces(subject, steps.as_ref()));
        (on_picture(subject, steps.as_ref()), fields.join().expect("measuring does not panic"))
    });
    [whole, fields].concat()
}

/// What the picture as a whole and its portrait say.
fn on_picture(subject: &Subject, steps: Option<&Steps>) -> Vec<Trace> {
    let place = subject.place.bounds();
    let mut found: Vec<Trace> = dots(subject, place).into_iter().collect();
    if let Some(face) = subject.portrait {
        found.extend(portrait(subject.picture, face, place));
        found.extend(steps.and_then(|steps| put_in(steps, subject.picture, face)));
        found.extend(
            subject.known.and_then(|known| misplaced(&subject.place, face, known.portrait?)),
        );
    }
    found
}

/// A screen's dots lie along the sides of the picture or of the document that it shows,
/// a printer's black ones halfway between.
fn dots(subject: &Subject, place: Rect) -> Option<Trace> {
    const ALONG: f32 = 12.0;
    let lattice = raster::strongest(subject.picture, place)?;
    let [x, y] = lattice.frequency;
    let angle = y.atan2(x).to_degrees();
    let [start, end, ..] = subject.place.0;
    let side = (end.y - start.y).atan2(end.x - start.x).to_degrees();
    let along = |side: f32| {
        let off = (angle - side).rem_euclid(90.0);
        off.min(90.0 - off) < ALONG
    };
    let kind = if along(0.0) || along(side) { TraceKind::ScreenDots } else { TraceKind::PrintDots };
    Some(Trace { kind, value: f64::from(lattice.strength), region: None })
}

/// The pixels along a side of a portrait's middle that are enough to judge it.
const ENOUGH: f32 = 512.0;

/// The grain and the grid of the portrait beside those of the document around it.
fn portrait(picture: &RgbImage, face: Rect, place: Rect) -> Vec<Trace> {
    let outside = |part: &Rect| part.iou(face) == 0.0;
    let around: Vec<Rect> = spread(place).into_iter().filter(outside).collect();
    let middle = middle(face);
    let region = Some(region(&face.quad()));
    let trace = |kind, value: f32| Trace { kind, value: f64::from(value), region: region.clone() };
    let grains = noise::grain(picture, &[middle]).zip(noise::grain(picture, &around));
    let grain = grains.map(|(own, around)| noise::octaves(own, around).abs());
    let grid = grid::missing(picture, middle, &around);
    let grain = grain.map(|value| trace(TraceKind::PortraitGrain, value));
    grain.into_iter().chain(grid.map(|value| trace(TraceKind::PortraitGrid, value))).collect()
}

/// What the portrait lacks of the earlier compression of the document around it.
fn put_in(steps: &Steps, picture: &RgbImage, face: Rect) -> Option<Trace> {
    let value = steps.missing(picture, &middle(face).quad())?;
    let region = Some(region(&face.quad()));
    Some(Trace { kind: TraceKind::PortraitSteps, value: f64::from(value), region })
}

/// How far across the middle of the document the portrait stands on the wrong side.
fn misplaced(place: &Quad, face: Rect, half: Half) -> Option<Trace> {
    let flat = Homography::between(place, &Rect::new(0.0, 0.0, 1.0, 1.0).quad())?;
    let across = flat.apply(face.center()).x;
    let wrong = match half {
        Half::Left => across - 0.5,
        Half::Right => 0.5 - across,
    };
    Some(Trace {
        kind: TraceKind::PortraitPlace,
        value: f64::from(wrong.clamp(0.0, 0.5)),
        region: Some(region(&face.quad())),
    })
}

fn region(quad: &Quad) -> Region {
    Region(quad.0.iter().map(|corner| (*corner).into()).collect())
}

fn middle(face: Rect) -> Rect {
    let (width, height) = (face.width.min(ENOUGH), face.height.min(ENOUGH));
    let center = face.center();
    Rect::new(center.x - width / 2.0, center.y - height / 2.0, width, height)
}
