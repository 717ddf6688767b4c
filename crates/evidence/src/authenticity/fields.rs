//! Fields that were written into a picture's file.

use domain::evidence::Region;
use domain::trace::{Trace, TraceKind};
use imaging::forensics::print::{likeness, steepness};
use imaging::forensics::steps::Steps;
use imaging::geometry::{Homography, Point, Quad, Rect};
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

/// The field whose edges are the steepest beside those of the others, the line that holds the
/// most alike two places, and the one that lacks the most of an earlier compression: what was
/// changed may be no field any more.
pub(super) fn traces(subject: &Subject, steps: Option<&Steps>) -> Vec<Trace> {
    let put_in = steps.and_then(|steps| put_in(subject, steps));
    [steepest(subject), most_alike(subject), put_in].into_iter().flatten().collect()
}

/// The lines of the document's print that are long enough to judge. A zone has its own font and
/// holds one character many times; what lies beside the document is none of its.
fn lines<'a>(subject: &'a Subject) -> impl Iterator<Item = &'a (Quad, String)> {
    let row = |text: &str| text.contains('<') || !text.contains(' ') && text.chars().count() >= ROW;
    let long =
        |quad: &Quad| quad.height() >= LEAST_HEIGHT && quad.width() >= LEAST_LENGTH * quad.height();
    let judged = move |quad: &Quad, text: &str| long(quad) && !row(text);
    on_document(subject).filter(move |(quad, text)| judged(quad, text))
}

/// The lines whose middle lies within the outline.
fn on_document<'a>(subject: &'a Subject) -> impl Iterator<Item = &'a (Quad, String)> {
    let flat = Homography::between(&subject.place, &Rect::new(0.0, 0.0, 1.0, 1.0).quad());
    let within = move |quad: &Quad| {
        flat.as_ref().is_none_or(|flat| {
            let Point { x, y } = flat.apply(quad.center());
            (0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y)
        })
    };
    subject.lines.iter().filter(move |(quad, _)| within(quad))
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
    let alike =
        lines(subject).filter_map(|(quad, _)| Some((likeness(subject.picture, quad)?, *quad)));
    let (most, quad) = alike.max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(trace(TraceKind::FieldCopied, most, &quad))
}

/// A row of a zone is as good a place to write in as any, and one character is enough where it
/// is large enough; where it is not, the line may be.
fn put_in(subject: &Subject, steps: &Steps) -> Option<Trace> {
    let places = on_document(subject).flat_map(|(quad, _)| characters(quad).chain([*quad]));
    let lacks = places.filter_map(|quad| Some((steps.missing(subject.picture, &quad)?, quad)));
    let (most, quad) = lacks.max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(trace(TraceKind::FieldSteps, most, &quad))
}

/// Parts of a line that are about a character wide and reach half into one another.
fn characters(line: &Quad) -> impl Iterator<Item = Quad> + use<> {
    let [tl, tr, br, bl] = line.0;
    let parts = (2.0 * line.width() / line.height().max(1.0)).floor().max(2.0);
    let part = move |index: u16| {
        let [start, end] = [f32::from(index), f32::from(index) + 2.0].map(|at| at / parts);
        Quad([tl.lerp(tr, start), tl.lerp(tr, end), bl.lerp(br, end), bl.lerp(br, start)])
    };
    (0..parts as u16 - 1).map(part)
}

fn trace(kind: TraceKind, value: f32, place: &Quad) -> Trace {
    let region: Region = region(place);
    Trace { kind, value: f64::from(value), region: Some(region) }
}

#[cfg(test)]
mod tests {
    use domain::field::{Field, Fields, Source};
    use domain::policy::Policy;
    use image::RgbImage;
    use specimen::{
        Document, Face, Fonts, Forgery, Kind, Order, Portraits, Scene, SideTruth, forge, photograph,
    };

    use super::*;

    fn quad(quad: &specimen::Quad) -> Quad {
        Quad(quad.0.map(|[x, y]| Point::new(x, y)))
    }

    /// The traces of a picture whose lines are those of the ground truth.
    fn found(picture: &RgbImage, truth: &SideTruth) -> [f64; 3] {
        let mut printed = Fields::default();
        let mut lines = Vec::new();
        for (field, told) in &truth.fields {
            let name = serde_json::to_value(field).unwrap();
            let Ok(field) = serde_json::from_value::<Field>(name) else { continue };
            printed.set(field, &told.value, Source::Printed, 0.99);
            // A detector's box has paper above and below.
            let line = quad(&told.lines[0]);
            let ([tl, tr, br, bl], more) = (line.0, 0.25);
            let beyond = |inner: Point, outer: Point| inner.lerp(outer, 1.0 + more);
            let line = Quad([beyond(bl, tl), beyond(br, tr), beyond(tr, br), beyond(tl, bl)]);
            lines.push((line, told.printed.clone()));
        }
        let subject = Subject {
            picture,
            place: Rect::new(0.0, 0.0, picture.width() as f32, picture.height() as f32).quad(),
            outlined: false,
            lines: &lines,
            portrait: None,
            printed: &printed,
            coded: None,
            known: None,
            side: None,
        };
        let steps = Steps::of(picture, subject.place.bounds());
        let traces = traces(&subject, steps.as_ref());
        let kinds = [TraceKind::FieldSharpness, TraceKind::FieldCopied, TraceKind::FieldSteps];
        kinds.map(|kind| {
            traces.iter().find(|trace| trace.kind == kind).map_or(f64::NAN, |trace| trace.value)
        })
    }

    #[test]
    fn what_was_typed_or_copied_into_a_photograph_stands_out() {
        let fonts = Fonts::find().unwrap();
        let portraits = Portraits::drawn();
        let (kind, field) = (Kind::Td2Card, specimen::Field::BirthDate);
        let shipped = include_str!("../../../../policies/exchange.toml");
        let policy = Policy::parse(shipped).unwrap();
        let limits = &policy.tier(Some("L2")).unwrap().limits;
        let [sharpness, likeness] = [limits.max_field_sharpness, limits.max_field_likeness];
        let most = limits.max_missing_steps;
        let [mut typed, mut copied, mut put_in] = [0; 3];
        for seed in 720_004..720_012 {
            let mut order = Order::new(kind, 1, seed);
            order.pixels_per_mm = 16.0;
            let document = Document::generate(&fonts, &order, &portraits.of(seed).document);
            let side = document.sides.iter().find(|side| side.truth.side == Face::Front).unwrap();
            let scene = Scene::random(seed);
            let photo = photograph(&fonts, &[side], &scene, seed);
            let truth = &photo.truth.documents[0];
            let other = &portraits.of(seed + 1).document;
            let forged = |forgery| {
                let image = forge(&fonts, (side, other), (&scene, forgery), seed).unwrap();
                found(&image, truth)
            };
            let [sharp, alike, _] = found(&photo.image, truth);
            assert!(sharp <= sharpness && alike <= likeness, "{seed}: {sharp} {alike}");
            let file = photo.jpeg(specimen::Orientation::UPRIGHT);
            let genuine = image::load_from_memory(&file).unwrap().to_rgb8();
            let [.., missing] = found(&genuine, truth);
            assert!(missing <= most, "{seed}: {missing}");
            let rewritten = forged(Forgery::FieldRewritten(field));
            typed += u8::from(rewritten[0] > sharpness);
            put_in += u8::from(rewritten[2] > most);
            copied += u8::from(forged(Forgery::CharacterCopied(field))[1] > likeness);
        }
        // Type as soft as the lens makes it is not told, nor what lies between two lines.
        assert!(typed >= 4 && copied >= 7 && put_in >= 7, "{typed} {copied} {put_in} of 8");
    }
}
