use std::collections::BTreeMap;
use std::sync::Arc;

use image::RgbImage;
use imaging::Point;
use inference::{
    Colour, Digest, EmbeddingContract, EmbeddingUse, InferenceError, Model, ModelCard, Role, Tensor,
};

use super::fakes::{self, FakeFace};
use super::{EmbedderParams, FaceEmbedder, FaceFinder, FaceObservation, FaceParams, Mirror, View};

fn face(x: f32, y: f32, eye_distance: f32, person: u8) -> FakeFace {
    FakeFace { centre: Point::new(x, y), eye_distance, roll: 0.0, person }
}

/// The five points lie where the face was painted, to a twentieth of the
/// distance between the eyes.
fn assert_at(found: &FaceObservation, painted: &FakeFace) {
    let places = [[-0.5, 0.0], [0.5, 0.0], [0.0, 0.6], [-0.35, 1.1], [0.35, 1.1]];
    for (point, place) in found.landmarks.iter().zip(places) {
        let off = point.distance(painted.place(place)) / painted.eye_distance;
        assert!(off < 0.05, "{place:?} of {painted:?} is off by {off}");
    }
}

#[test]
fn faces_come_in_source_pixels_the_main_one_first() {
    let (main, other) = (face(700.0, 500.0, 120.0, 1), face(1350.0, 300.0, 90.0, 2));
    let picture = fakes::picture(1600, 1200, &[other, main]);
    let found = fakes::finder().find(&picture).unwrap();
    assert_eq!(found.len(), 2);
    assert_at(&found[0], &main);
    assert_at(&found[1], &other);
    assert!((found[0].quality.eye_distance / 120.0 - 1.0).abs() < 0.05);
}

#[test]
fn a_turned_head_is_measured_and_its_landmarks_lie_right() {
    for roll in [-30.0, -10.0, 0.0, 25.0] {
        let turned = FakeFace { roll, ..face(600.0, 500.0, 140.0, 3) };
        let found = fakes::finder().find(&fakes::picture(1200, 1000, &[turned])).unwrap();
        assert_eq!(found.len(), 1, "{roll}");
        assert_at(&found[0], &turned);
        assert!((found[0].quality.pose.roll - roll).abs() < 1.5, "{roll}: {:?}", found[0].quality);
    }
}

#[test]
fn a_face_too_small_for_the_whole_picture_is_found_on_a_part_of_it() {
    let small = face(1900.0, 700.0, 45.0, 4);
    let found = fakes::finder().find(&fakes::picture(2400, 1800, &[small])).unwrap();
    assert_eq!(found.len(), 1);
    assert_at(&found[0], &small);
}

#[test]
fn a_portrait_goes_before_its_ghost() {
    let (portrait, ghost) = (face(300.0, 400.0, 110.0, 5), face(900.0, 500.0, 50.0, 5));
    // Two faces of one colour are one to the fake detector, so the ghost gets another.
    let ghost = FakeFace { person: 6, ..ghost };
    let found =
        fakes::finder().find_portrait(&fakes::picture(1200, 800, &[ghost, portrait])).unwrap();
    assert_eq!(found.len(), 2);
    assert_at(&found[0], &portrait);
}

#[test]
fn a_picture_without_a_face_has_none() {
    for (width, height) in [(640, 480), (1, 1), (1, 900), (0, 0)] {
        assert_eq!(fakes::finder().find(&RgbImage::new(width, height)).unwrap(), []);
        assert_eq!(fakes::finder().find_portrait(&RgbImage::new(width, height)).unwrap(), []);
    }
}

#[test]
fn one_person_lies_close_whatever_the_size_and_turn_and_two_lie_apart() {
    let embed = |painted: FakeFace| {
        let picture = fakes::picture(1200, 1000, &[painted]);
        let found = fakes::finder().find(&picture).unwrap();
        fakes::embedder().embed(&picture, &found[0]).unwrap()
    };
    let first = embed(face(600.0, 450.0, 140.0, 1));
    let again = embed(FakeFace { roll: 20.0, ..face(500.0, 500.0, 80.0, 1) });
    let other = embed(face(600.0, 450.0, 140.0, 2));
    assert!(first.distance(&again) < 1e-3);
    // Both parts at right angles: √(2 + 2 · 0.7²).
    assert!((first.distance(&other) - 1.726).abs() < 1e-2);
    assert_eq!(format!("{first:?}"), "Embedding([redacted])");
}

#[test]
fn an_operators_network_joins_the_shipped_ones_or_stands_alone() {
    let contract = |role| EmbeddingContract {
        side: 112,
        colour: Colour::Bgr,
        mean: [127.5; 3],
        scale: 128.0,
        zoom: 1.0,
        length: 256,
        role,
    };
    let parts = [128, 1024, 256];
    let cases = [
        (None, &parts[..2], 2.0 + 2.0 * 0.49),
        (Some(contract(EmbeddingUse::Joined(0.5))), &parts[..], 2.0 + 2.0 * 0.49 + 2.0 * 0.25),
        (Some(contract(EmbeddingUse::Alone)), &parts[2..], 2.0),
    ];
    let mut ids = Vec::new();
    for (contract, parts, apart) in cases {
        let embedder = FaceEmbedder::from_models(&fakes::Installed { contract }).unwrap();
        let embed = |person| {
            let picture = fakes::picture(1200, 1000, &[face(600.0, 450.0, 140.0, person)]);
            let found = fakes::finder().find(&picture).unwrap();
            embedder.embed(&picture, &found[0]).unwrap()
        };
        let (one, other) = (embed(1), embed(2));
        assert_eq!(one.parts().collect::<Vec<_>>(), parts);
        assert!((one.distance(&other) - f64::sqrt(apart)).abs() < 1e-2, "{parts:?}");
        assert!(one.distance(&embed(1)) < 1e-3);
        ids.push(embedder.id());
    }
    assert_eq!(ids[0], fakes::embedder().id());
    assert!(ids[0] != ids[1] && ids[1] != ids[2]);
}

#[test]
fn every_view_of_a_face_gives_a_vector_of_its_own_kind() {
    let (a, b) = (fakes::embedder(), {
        let mut params = EmbedderParams::default();
        params.a.views.push(View { zoom: 1.1, down: 0.02 });
        params.b.mirror = Mirror::LeftOut;
        fakes::embedder_with(params)
    });
    let picture = fakes::picture(1200, 1000, &[face(600.0, 450.0, 140.0, 1)]);
    let found = fakes::finder().find(&picture).unwrap();
    let vectors = [&a, &b].map(|embedder| embedder.embed(&picture, &found[0]).unwrap());
    // The fake gives one vector whatever the view: each part keeps its length.
    assert!(vectors[0].distance(&vectors[1]) < 1e-3);
    assert_ne!(a.id(), b.id());
}

/// A model that gives the same outputs whatever it sees.
struct Always(ModelCard, Vec<Tensor>);

impl Model for Always {
    fn card(&self) -> &ModelCard {
        &self.0
    }

    fn run(&self, _: &Tensor) -> Result<Vec<Tensor>, InferenceError> {
        Ok(self.1.clone())
    }
}

fn finder_whose_detector_gives(values: f32, lengths: [usize; 4]) -> FaceFinder {
    let card = |role| ModelCard { role, digest: Digest::of(b""), metadata: BTreeMap::new() };
    let outputs = lengths.map(|n| Tensor::new(vec![n], vec![values; n]).unwrap()).to_vec();
    let detector = Arc::new(Always(card(Role::FaceDetection), outputs));
    let mesh = Arc::new(Always(card(Role::FaceMesh), Vec::new()));
    FaceFinder::new(detector, mesh, FaceParams::default())
}

#[test]
fn numbers_that_are_none_are_no_face_and_a_wrong_shape_is_an_error() {
    let picture = RgbImage::new(300, 200);
    let right = [512, 384, 512 * 16, 384 * 16];
    let nothing = finder_whose_detector_gives(f32::NAN, right).find(&picture).unwrap();
    assert_eq!(nothing, []);
    let error = finder_whose_detector_gives(0.0, [512, 384, 16, 16]).find(&picture).unwrap_err();
    assert!(matches!(error, InferenceError::Output { role: Role::FaceDetection, .. }), "{error}");
}
