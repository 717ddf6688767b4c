use super::*;
use crate::document::{Document, Order};
use crate::kind::Kind;
use crate::portraits::Portraits;

fn fonts() -> Fonts {
    Fonts::find().unwrap()
}

fn card(kind: Kind, seed: u64) -> Document {
    let order = Order { pixels_per_mm: 8.0, ..Order::new(kind, 0, seed) };
    Document::generate(&fonts(), &order, &Portraits::drawn().of(seed).document)
}

fn small(scene: Scene) -> Scene {
    scene.sized(640, 480)
}

#[test]
fn the_same_seed_gives_the_same_picture() {
    let document = card(Kind::Td1Card, 1);
    let sides: Vec<&Side> = document.sides.iter().collect();
    let scene = small(Scene::random(4));
    let (a, b) = (photograph(&fonts(), &sides, &scene, 2), photograph(&fonts(), &sides, &scene, 2));
    assert_eq!(a.jpeg(Orientation::UPRIGHT), b.jpeg(Orientation::UPRIGHT));
    assert_eq!(a.truth, b.truth);
}

#[test]
fn a_scrape_takes_off_the_field_it_lies_on_and_says_so() {
    let document = card(Kind::Td1Card, 1);
    let clean = small(Scene::clean(3));
    let on = Target::Field(crate::kind::Field::DocumentNumber);
    let scraped = clean.clone().with(Fault::Scraped { on, length_mm: 24.0 });
    let sides = [&document.sides[0]];
    let before = photograph(&fonts(), &sides, &clean, 2);
    let after = photograph(&fonts(), &sides, &scraped, 2);
    let planted = &after.truth.faults[0];
    assert!(planted.fields.contains(&crate::kind::Field::DocumentNumber), "{planted:?}");
    let middle = planted.region.unwrap().centre().map(|at| at as u32);
    let dark = |photo: &Photograph| {
        let near = (0..20).flat_map(|x| (0..6).map(move |y| [x, y]));
        let levels =
            near.map(|[x, y]| photo.image.get_pixel(middle[0] + x - 10, middle[1] + y - 3).0[1]);
        levels.min().unwrap()
    };
    assert!(dark(&after) > 150 && dark(&before) < 120, "{} {}", dark(&before), dark(&after));
}

#[test]
fn clean_scenes_show_the_whole_document_at_every_turn() {
    for seed in 0..12 {
        let document = card(Kind::ALL[seed as usize % 7], seed);
        let scene = small(Scene::clean(seed)).rolled(90.0 * (seed % 4) as f32);
        let truth = photograph(&fonts(), &[&document.sides[0]], &scene, seed).truth;
        let frame = Quad::rect(0.0, 0.0, 640.0, 480.0);
        let side = &truth.documents[0];
        for quad in side.fields.values().map(|field| &field.quad).chain([&side.quad]) {
            assert!(quad.0.iter().all(|corner| frame.contains(*corner)), "seed {seed}: {quad:?}");
        }
    }
}
