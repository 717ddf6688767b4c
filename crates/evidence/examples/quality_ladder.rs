//! What `evidence::quality` measures on specimens at a ladder of fault
//! strengths, without a model: places and print come from the ground truth,
//! what a fault hides taken away as a recogniser would miss it.
//!
//! `cargo run -p bonafide-evidence --example quality_ladder -- COUNT [FAULT…]` prints, for
//! each strength, the 2nd, 10th, 50th, 90th and 98th percentile of the
//! quality that should tell it. Looks 0 and 1 only: look 2 is for measuring.

use std::collections::BTreeMap;

use bonafide_evidence::kind::Known;
use bonafide_evidence::quality::{Subject, measure};
use domain::document::{Country, DocumentType, Side};
use domain::evidence::Quality;
use domain::field::{Fields, Source};
use imaging::geometry::{Point, Quad, Rect};
use specimen::{
    Cover, Document, Face, Fault, Field, Fonts, Kind, Order, Orientation, Portraits, Scene, Target,
    Truth, photograph,
};

const SIDES: [(Kind, Face, Field); 8] = [
    (Kind::Passport, Face::Front, Field::DocumentNumber),
    (Kind::Td1Card, Face::Front, Field::DocumentNumber),
    (Kind::Td1Card, Face::Back, Field::DocumentNumber),
    (Kind::Td2Card, Face::Front, Field::Surname),
    (Kind::ChineseId, Face::Front, Field::NationalIdNumber),
    (Kind::ChineseId, Face::Back, Field::ExpiryDate),
    (Kind::DrivingLicence, Face::Front, Field::DocumentNumber),
    (Kind::VisaA, Face::Front, Field::BirthDate),
];

type Planted = (&'static str, String, Quality, Option<Fault>);

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: u64 = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(4);
    let only: Vec<String> = arguments.collect();
    let fonts = Fonts::find().expect("fonts");
    let portraits = Portraits::drawn();
    let wanted = |name: &str| only.is_empty() || only.iter().any(|only| only == name);
    let levels = ladder(Field::DocumentNumber).len();
    for level in 0..levels {
        let (name, strength, quality, _) = ladder(Field::DocumentNumber).swap_remove(level);
        if !wanted(name) {
            continue;
        }
        let mut values: BTreeMap<Quality, Vec<f64>> = BTreeMap::new();
        for shot in 0..count {
            let (kind, face, field) = SIDES[(shot as usize) % SIDES.len()];
            let seed = 700_000 + level as u64 * 1000 + shot;
            let mut scene = Scene::random(seed);
            scene.faults.extend(ladder(field).swap_remove(level).3);
            let mut order = Order::new(kind, (shot / 8 % 2) as u8, seed);
            order.pixels_per_mm = 16.0;
            let document = Document::generate(&fonts, &order, &portraits.of(seed).document);
            let Some(side) = document.sides.iter().find(|side| side.truth.side == face) else {
                continue;
            };
            let photo = photograph(&fonts, &[side], &scene, seed);
            let file = photo.jpeg(Orientation::UPRIGHT);
            let picture = imaging::decode(&file, &imaging::Limits::default()).expect("a picture");
            let mut worst: BTreeMap<Quality, f64> = BTreeMap::new();
            for m in measured(picture.rgb(), &photo.truth) {
                let value = worst.entry(m.0).or_insert(m.1);
                *value = value.max(m.1);
            }
            for (q, v) in worst {
                values.entry(q).or_default().push(v);
            }
        }
        let shown: Vec<Quality> =
            if name == "clean" { values.keys().copied().collect() } else { vec![quality] };
        for quality in shown {
            let mut of = values.remove(&quality).unwrap_or_default();
            of.sort_by(f64::total_cmp);
            let at = |share: f64| {
                of.get((share * (of.len() as f64 - 1.0)).round() as usize).copied().unwrap_or(-1.0)
            };
            let shown = [0.02, 0.1, 0.5, 0.9, 0.98].map(at);
            println!("{name:10} {strength:14} {quality:?} of {}: {shown:.3?}", of.len());
        }
    }
}

/// Every fault at every strength.
fn ladder(field: Field) -> Vec<Planted> {
    let mut all: Vec<Planted> = vec![("clean", String::new(), Quality::Blur, None)];
    let mut add = |name, strength: String, quality, fault| {
        all.push((name, strength, quality, Some(fault)));
    };
    for sigma_mm in [0.1, 0.2, 0.3, 0.4, 0.6] {
        add("blur", format!("{sigma_mm} mm"), Quality::Blur, Fault::Blur { sigma_mm });
    }
    for (length_mm, angle) in [(0.6, 0.0), (1.0, 45.0), (1.2, 90.0), (1.6, 20.0)] {
        let fault = Fault::MotionBlur { length_mm, angle };
        add("motion", format!("{length_mm} mm"), Quality::Blur, fault);
    }
    for length_mm in [12.0, 20.0, 32.0] {
        for strength in [0.7, 1.0] {
            let on = Target::Field(field);
            let fault = Fault::Glare { on, length_mm, roundness: 0.5, strength };
            add("glare", format!("{length_mm} mm, {strength}"), Quality::Glare, fault);
        }
    }
    for gain in [0.5, 0.35, 0.25, 0.15] {
        add("dark", format!("{gain}"), Quality::Brightness, Fault::Dark { gain });
    }
    for gain in [1.3, 1.6, 2.0, 2.6] {
        add("over", format!("{gain}"), Quality::Overexposure, Fault::Overexposed { gain });
    }
    for strength in [0.5, 0.7, 0.85] {
        let fault = Fault::Shadow { on: Target::Field(field), width_mm: 24.0, strength };
        add("shadow", format!("{strength}"), Quality::Shadow, fault);
    }
    for (by, name) in [(Cover::Finger, "finger"), (Cover::Pen, "pen"), (Cover::Card, "card")] {
        let fault = Fault::Covered { on: Target::Field(field), by };
        add("cover", name.to_owned(), Quality::Occlusion, fault);
    }
    for width in [700, 450, 320, 240] {
        let fault = Fault::LowResolution { width };
        add("low", format!("{width} px"), Quality::TextHeight, fault);
    }
    add("grey", String::new(), Quality::Colour, Fault::Greyscale);
    all
}

fn measured(picture: &image::RgbImage, truth: &Truth) -> Vec<(Quality, f64)> {
    let side = &truth.documents[0];
    let quad = |quad: &specimen::Quad| Quad(quad.0.map(Point::from));
    let hidden = |line: &specimen::Quad| {
        let regions = truth.faults.iter().filter_map(|planted| planted.region);
        regions.into_iter().any(|region| region.contains(line.centre()))
            && truth
                .faults
                .iter()
                .any(|planted| matches!(planted.fault, Fault::Glare { .. } | Fault::Covered { .. }))
    };
    let mut printed = Fields::default();
    let mut lines = Vec::new();
    for (name, field) in &side.fields {
        let seen: Vec<_> = field.lines.iter().filter(|line| !hidden(line)).collect();
        lines.extend(seen.iter().map(|line| (quad(line), field.printed.clone())));
        if seen.len() == field.lines.len() {
            let name = serde_json::to_value(name).expect("a name");
            let name = serde_json::from_value(name).expect("the same fields");
            printed.set(name, field.value.clone(), Source::Printed, 0.99);
        }
    }
    if let Some(mrz) = &side.mrz {
        let seen = mrz.line_quads.iter().zip(&mrz.lines).filter(|(line, _)| !hidden(line));
        lines.extend(seen.map(|(line, text)| (quad(line), text.clone())));
    }
    let portrait = side.portrait.as_ref().map(|portrait| {
        let box_ = quad(portrait).bounds();
        let (w, h) = (box_.width, box_.height);
        Rect::new(box_.x + 0.2 * w, box_.y + 0.2 * h, 0.6 * w, 0.5 * h)
    });
    let document_type: DocumentType =
        serde_json::from_value(side.document_type.clone().into()).expect("a type");
    let seen_side = if side.side == Face::Front { Side::Front } else { Side::Back };
    let measured = measure(&Subject {
        picture,
        place: quad(&side.quad),
        outlined: true,
        lines: &lines,
        portrait,
        printed: &printed,
        coded: None,
        known: Known::of(document_type, Country::parse(&side.country).ok().as_ref()),
        side: Some(seen_side),
    });
    measured.into_iter().map(|m| (m.quality, m.value)).collect()
}
