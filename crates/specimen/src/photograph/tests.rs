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
