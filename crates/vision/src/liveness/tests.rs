use std::collections::BTreeMap;
use std::sync::Arc;

use image::{Rgb, RgbImage};
use imaging::Point;
use inference::{
    Colour, Digest, InferenceError, LoadError, Model, ModelCard, Models, PassiveContract,
    PassiveValues, Role, Tensor,
};

use super::*;
use crate::face::{FaceMesh, LANDMARKS, Landmark, Pose};

/// One frame in 40 ms: 25 a second.
const INTERVAL_MS: f64 = 40.0;

/// A capture of 3 seconds in which `act` changes what it likes of a face at rest.
fn capture(act: impl Fn(f64, &mut Moment)) -> Vec<SeenGesture> {
    let pose = Pose { yaw: 0.0, pitch: 0.0, roll: 0.0 };
    let signs = Signs { eyes: [0.3; 2], mouth: 0.03, pose };
    let moments: Vec<Moment> = (0..75)
        .map(|index| {
            let at_ms = f64::from(index) * INTERVAL_MS;
            let mut moment = Moment { at_ms, signs, turn: Turn::default() };
            act(at_ms, &mut moment);
            moment
        })
        .collect();
    gestures(&moments, &GestureParams::default())
}

/// There and back between `from` and `to`: 0 to 1 to 0.
fn bump(at: f64, from: f64, to: f64) -> f32 {
    let through = (at - from) / (to - from);
    if (0.0..=1.0).contains(&through) { (std::f64::consts::PI * through).sin() as f32 } else { 0.0 }
}

#[test]
fn each_movement_is_seen_once_and_as_nothing_else() {
    type Act = fn(f64, &mut Moment);
    let cases: [(&str, Act, &[Gesture]); 14] = [
        ("rest", |_, _| {}, &[]),
        (
            "a blink",
            |at, m| m.signs.eyes = [0.3 - 0.2 * bump(at, 900.0, 1200.0); 2],
            &[Gesture::Blink],
        ),
        ("a wink", |at, m| m.signs.eyes[0] -= 0.2 * bump(at, 900.0, 1200.0), &[]),
        (
            "one dark frame",
            |at, m| m.signs.eyes = [if (at - 1000.0).abs() < 1.0 { 0.1 } else { 0.3 }; 2],
            &[],
        ),
        (
            "eyes shut",
            |at, m| m.signs.eyes = [if at > 1000.0 { 0.1 } else { 0.3 }; 2],
            &[Gesture::EyesClosed],
        ),
        (
            "shut from the start",
            |at, m| m.signs.eyes = [if at < 300.0 { 0.1 } else { 0.3 }; 2],
            &[Gesture::EyesClosed],
        ),
        ("a turn", |at, m| m.turn.yaw = 20.0 * bump(at, 500.0, 2000.0), &[Gesture::TurnLeft]),
        (
            "the other way",
            |at, m| m.turn.yaw = -20.0 * bump(at, 500.0, 2000.0),
            &[Gesture::TurnRight],
        ),
        ("swaying", |at, m| m.turn.yaw = 8.0 * (at as f32 / 200.0).sin(), &[]),
        ("a nod", |at, m| m.turn.pitch = -12.0 * bump(at, 500.0, 1500.0), &[Gesture::Nod]),
        ("head down", |at, m| m.turn.pitch = if at > 600.0 { -12.0 } else { 0.0 }, &[]),
        ("looking up", |at, m| m.turn.pitch = 12.0 * bump(at, 500.0, 1500.0), &[Gesture::LookUp]),
        ("a mouth", |at, m| m.signs.mouth += 0.6 * bump(at, 500.0, 1500.0), &[Gesture::OpenMouth]),
        ("a broad smile", |_, m| m.signs.mouth = 0.4, &[]),
    ];
    for (name, act, expected) in cases {
        let seen: Vec<Gesture> = capture(act).iter().map(|seen| seen.gesture).collect();
        assert_eq!(seen, expected, "{name}");
    }
}

#[test]
fn a_gesture_says_when_it_was_and_how_far_it_went() {
    let seen = capture(|at, m| m.turn.yaw = 20.0 * bump(at, 600.0, 1800.0));
    let [turn] = seen[..] else { panic!("{seen:?}") };
    assert!((600.0..900.0).contains(&turn.from_ms) && (1500.0..1900.0).contains(&turn.to_ms));
    assert!((turn.peak_ms - 1200.0).abs() <= INTERVAL_MS && (turn.extent - 20.0).abs() < 0.5);
}

#[test]
fn a_blink_of_one_frame_counts_where_there_are_few() {
    let eyes = |at: f64| [if (at - 1000.0).abs() < 1.0 { 0.1 } else { 0.3 }; 2];
    let pose = Pose { yaw: 0.0, pitch: 0.0, roll: 0.0 };
    let moment = |index: i32| {
        let at_ms = f64::from(index) * 1000.0 / 15.0;
        let at_ms = if index == 15 { 1000.0 } else { at_ms };
        let signs = Signs { eyes: eyes(at_ms), mouth: 0.0, pose };
        Moment { at_ms, signs, turn: Turn::default() }
    };
    let moments: Vec<Moment> = (0..45).map(moment).collect();
    assert_eq!(gestures(&moments, &GestureParams::default()).len(), 1);
}

/// A head of points on a half ball, turned by `yaw` and `pitch` degrees, moved and grown.
fn head(yaw: f32, pitch: f32) -> FaceMesh {
    let (sin, cos) = (-yaw).to_radians().sin_cos();
    let (tilt_sin, tilt_cos) = pitch.to_radians().sin_cos();
    let landmarks = (0..LANDMARKS).map(|index| {
        let (u, v) = ((index % 22) as f32 / 21.0 - 0.5, (index / 22) as f32 / 21.0 - 0.5);
        let (x, y) = (100.0 * u, 130.0 * v);
        let z = -60.0 * (1.0 - u * u - v * v) + 60.0;
        let (x, z) = (x * cos + z * sin, z * cos - x * sin);
        let (y, z) = (y * tilt_cos + z * tilt_sin, z * tilt_cos - y * tilt_sin);
        Landmark { x: 1.2 * x + 200.0, y: 1.2 * y + 150.0, z: 1.2 * z }
    });
    FaceMesh::of(landmarks.collect())
}

#[test]
fn a_turn_is_measured_to_the_persons_left_and_upwards() {
    for (yaw, pitch) in [(0.0, 0.0), (20.0, 0.0), (-25.0, 0.0), (0.0, 15.0), (0.0, -15.0)] {
        let turn = Turn::between(&head(0.0, 0.0), &head(yaw, pitch));
        let off = (turn.yaw - yaw).abs().max((turn.pitch - pitch).abs()).max(turn.roll.abs());
        assert!(off < 0.5, "{yaw} {pitch}: {turn:?}");
    }
}

/// A frame with something of soft spots in it, each pixel of which comes from where `from`
/// says, in shares of the frame.
fn frame(from: impl Fn(f32, f32) -> (f32, f32)) -> RgbImage {
    RgbImage::from_fn(240, 240, |x, y| {
        let (u, v) = from((x as f32 + 0.5) / 240.0 - 0.5, (y as f32 + 0.5) / 240.0 - 0.5);
        let spots = (19.0 * u).sin() * (23.0 * v).cos() + (11.0 * (u + v)).sin();
        Rgb([(128.0 + 50.0 * spots) as u8; 3])
    })
}

/// A mesh that fills the middle of such a frame.
fn everywhere() -> FaceMesh {
    let at = |index: usize| {
        let (u, v) = ((index % 22) as f32 / 21.0, (index / 22) as f32 / 21.0);
        let place = Point::new(40.0 + 160.0 * u, 40.0 + 160.0 * v);
        Landmark { x: place.x, y: place.y, z: 0.0 }
    };
    FaceMesh::of((0..LANDMARKS).map(at).collect())
}

#[test]
fn a_tilted_picture_fits_as_a_plane_and_a_bent_one_does_not() {
    let patch = |picture: &RgbImage| FacePatch::of(picture, &everywhere()).unwrap();
    let still = patch(&frame(|u, v| (u, v)));
    let tilted = frame(|u, v| {
        let w = 1.0 + 0.35 * u - 0.1 * v;
        ((1.1 * u + 0.05 * v + 0.02) / w, (0.95 * v - 0.04 * u) / w)
    });
    let bent = frame(|u, v| (u + 0.12 * (1.0 - 12.0 * (u * u + v * v)).max(0.0), v));
    let (flat, head) =
        (still.as_plane(&patch(&tilted)).unwrap(), still.as_plane(&patch(&bent)).unwrap());
    assert!(flat > 0.99, "{flat}");
    assert!(head < 0.97, "{head}");
    let nothing = FacePatch::of(&RgbImage::new(240, 240), &everywhere()).unwrap();
    assert_eq!(nothing.as_plane(&still), None);
}

/// The colours of ten windows of 600 milliseconds.
fn shown(at_ms: f64) -> Option<[f64; 3]> {
    let colours = [[1, 0, 0], [0, 0, 1], [1, 1, 0], [0, 1, 0], [1, 0, 1], [0, 1, 1], [1, 0, 0]];
    let window = (at_ms >= 0.0).then_some((at_ms / 600.0) as usize)?;
    (window < 10).then(|| colours[window * 3 % 7].map(f64::from))
}

/// What is measured of grey faces at 25 frames a second, each pixel lit as `light` says by its
/// distance from the middle, 0 to 0.5, and the milliseconds.
fn lit(light: impl Fn(f32, f64) -> [f64; 3]) -> Option<Reflection> {
    let tints = (0..150).filter_map(|index| {
        let at_ms = f64::from(index) * INTERVAL_MS;
        let picture = RgbImage::from_fn(120, 120, |x, _| {
            let [r, g, b] = light((x as f32 / 120.0 - 0.5).abs(), at_ms).map(|of| 1.0 + 0.2 * of);
            Rgb([130.0 * r, 100.0 * g, 80.0 * b].map(|level| level as u8))
        });
        Some((at_ms, FaceTint::of(&picture, &face())?))
    });
    Reflection::of(&tints.collect::<Vec<_>>(), shown)
}

/// A mesh on such a picture whose sides lie at its sides: the parts that are looked at.
fn face() -> FaceMesh {
    let sides = [(227, 10.0), (137, 10.0), (177, 10.0), (447, 110.0), (366, 110.0), (401, 110.0)];
    let at = |index: usize| {
        let side = sides.iter().find(|(mark, _)| *mark == index).map(|(_, x)| *x);
        let x = side.unwrap_or(if index == 0 { 0.0 } else { 60.0 });
        Landmark { x: if index == 2 { 120.0 } else { x }, y: 60.0, z: 0.0 }
    };
    FaceMesh::of((0..LANDMARKS).map(at).collect())
}

#[test]
fn a_head_takes_on_the_light_less_at_its_sides_and_a_picture_all_over() {
    let late = |at_ms: f64| shown(at_ms - 120.0).unwrap_or_default();
    let head = lit(|aside, at| late(at).map(|v| v * if aside > 0.3 { 0.3 } else { 1.0 })).unwrap();
    assert!(head.following > 0.95 && (100.0..=140.0).contains(&head.lag_ms), "{head:?}");
    assert!((head.evenness.unwrap() - 0.3).abs() < 0.1, "{head:?}");
    let flat = lit(|_, at| late(at)).unwrap();
    assert!(flat.following > 0.95 && (flat.evenness.unwrap() - 1.0).abs() < 0.1, "{flat:?}");
}

#[test]
fn other_light_and_none_do_not_follow() {
    let other = lit(|_, at| shown((at * 1.7) % 6000.0).unwrap_or_default()).unwrap();
    assert!(other.following < 0.6, "{other:?}");
    let none = lit(|_, _| [0.0; 3]).unwrap();
    assert!(none.following.abs() < 0.1 && none.evenness.is_none(), "{none:?}");
    let tints =
        [(0.0, FaceTint::of(&RgbImage::from_pixel(120, 120, Rgb([99; 3])), &face()).unwrap())];
    assert_eq!(Reflection::of(&tints, shown), None, "too few frames");
    assert_eq!(FaceTint::of(&RgbImage::new(120, 120), &face()), None, "nothing but black");
}

/// An operator's network that gives the mean of the input's first channel, and twice the last's.
struct Operator(PassiveContract);

impl Models for Operator {
    fn model(&self, role: Role) -> Result<Arc<dyn Model>, LoadError> {
        let digest = Digest::of(b"means");
        Ok(Arc::new(Means(ModelCard { role, digest, metadata: BTreeMap::new() })))
    }

    fn own_passive(&self) -> Option<&PassiveContract> {
        Some(&self.0)
    }
}

struct Means(ModelCard);

impl Model for Means {
    fn card(&self) -> &ModelCard {
        &self.0
    }

    fn run(&self, input: &Tensor) -> Result<Vec<Tensor>, InferenceError> {
        let plane = input.data().len() / 3;
        let mean = |k: usize| input.data()[k * plane..(k + 1) * plane].iter().sum::<f32>();
        let values = vec![mean(0) / plane as f32, 2.0 * mean(2) / plane as f32];
        Ok(vec![Tensor::new(vec![1, 2], values).unwrap()])
    }
}

#[test]
fn an_operators_network_gets_the_square_that_its_contract_says() {
    let contract = PassiveContract {
        side: 32,
        colour: Colour::Bgr,
        mean: [0.0; 3],
        scale: 255.0,
        zoom: 1.0,
        classes: 2,
        live: 0,
        values: PassiveValues::Probabilities,
    };
    // A face in the middle, blue, before green.
    let picture = RgbImage::from_fn(240, 240, |x, y| {
        let inside = (40..200).contains(&x) && (40..200).contains(&y);
        if inside { Rgb([0, 0, 204]) } else { Rgb([0, 255, 0]) }
    });
    let living = |change: &dyn Fn(&mut PassiveContract)| {
        let mut contract = contract.clone();
        change(&mut contract);
        let judge = PassiveJudge::from_models(&Operator(contract)).unwrap().unwrap();
        judge.living(&picture, &everywhere())
    };
    let near = |value: Result<f64, InferenceError>, to: f64| {
        let value = value.unwrap();
        assert!((value - to).abs() < 0.02, "{value}, expected {to}");
    };
    near(living(&|_| {}), 0.8);
    near(living(&|c| c.colour = Colour::Rgb), 0.0);
    near(living(&|c| c.zoom = 6.0), 0.8 * (160.0_f64 / 240.0).powi(2));
    near(living(&|c| c.values = PassiveValues::Logits), 1.0 / (1.0 + (-0.8_f64).exp()));
    assert!(living(&|c| c.scale = 1.0).is_err(), "204 is no probability");
    assert!(living(&|c| (c.classes, c.live) = (5, 4)).is_err(), "there are no five values");
}
