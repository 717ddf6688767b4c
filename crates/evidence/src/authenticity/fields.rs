//! Fields that were written into a picture's file.

use domain::evidence::Region;
use domain::trace::{Trace, TraceKind};
use imaging::forensics::print::{likeness, steepness};
use imaging::geometry::Quad;
use imaging::warp;

use super::region;
use crate::quality::{Subject, shows};

/// With fewer fields beside it nothing is told of one.
const LEAST_BESIDE: usize = 3;
/// Lines lower than this, pixels, have too few to tell anything.
const LEAST_HEIGHT: f32 = 10.0;
/// A line is at least so many times as long as it is high: a letter or two, as the sex is
/// printed, have too few edges.
const LEAST_LENGTH: f32 = 2.5;
/// Lines without a space that are longer, characters, are rows of a zone (ICAO Doc 9303-3).
const ROW: usize = 28;
/// The field whose edges are the steepest beside those of the others, and the line that
/// holds the most alike two places: what was changed may be no field any more.
pub(super) fn traces(subject: &Subject) -> Vec<Trace> {
    [steepest(subject), most_alike(subject)].into_iter().flatten().collect()
}

/// The lines of print that are long enough to judge. A zone has its own font and holds one
/// character many times.
fn lines<'a>(subject: &'a Subject) -> impl Iterator<Item = &'a (Quad, String)> {
    let row = |text: &str| text.contains('<') || !text.contains(' ') && text.chars().count() >= ROW;
    let long =
        |quad: &Quad| quad.height() >= LEAST_HEIGHT && quad.width() >= LEAST_LENGTH * quad.height();
    subject.lines.iter().filter(move |(quad, text)| long(quad) && !row(text))
}

fn steepest(subject: &Subject) -> Option<Trace> {
    let holds_a_field =
        |text: &str| subject.printed.0.keys().any(|field| shows(text, *field, subject.printed));
    let steep = |(quad, _): &(Quad, String)| {
        let (width, height) = (quad.width() as u32, quad.height() as u32);
        let line = warp::flatten(subject.picture, quad, width, height)?;
        Some((steepness(&line)?, *quad))
    };
    let fields = lines(subject).filter(|(_, text)| holds_a_field(text));
    let steep: Vec<(f32, Quad)> = fields.filter_map(steep).collect();
    if steep.len() <= LEAST_BESIDE {
        return None;
    }
    let (index, (most, quad)) =
        steep.iter().enumerate().max_by(|(_, a), (_, b)| a.0.total_cmp(&b.0))?;
    let mut others: Vec<f32> =
        steep.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, one)| one.0).collect();
    let middle = others.len() / 2;
    let usual = *others.select_nth_unstable_by(middle, f32::total_cmp).1;
    Some(trace(TraceKind::FieldSharpness, (most / usual.max(1e-6)).log2(), quad))
}

fn most_alike(subject: &Subject) -> Option<Trace> {
    let alike = |(quad, _): &'_ (Quad, String)| Some((likeness(subject.picture, quad)?, *quad));
    let alike = lines(subject).filter_map(alike);
    let (most, quad) = alike.max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(trace(TraceKind::FieldCopied, most, &quad))
}

fn trace(kind: TraceKind, value: f32, place: &Quad) -> Trace {
    let region: Region = region(place);
    Trace { kind, value: f64::from(value), region: Some(region) }
}
