use super::*;

/// A face whose two parts point in `angles`, at lengths 1 and 0.7.
fn face(angles: [f32; 2]) -> Embedding {
    let part = |angle: f32, length: f32| vec![angle.cos() * length, angle.sin() * length];
    Embedding::joined([part(angles[0], 1.0), part(angles[1], 0.7)])
}

/// `count` people around a circle, a few of them near angle 0.
fn people(count: usize) -> Vec<Embedding> {
    (0..count).map(|i| face([0.6 + i as f32 * 0.02, 0.5 + i as f32 * 0.03])).collect()
}

fn cohort() -> Cohort {
    Cohort::of(&people(120), Digest::of(b"embedder")).unwrap()
}

#[test]
fn a_cohort_is_named_by_its_bytes_and_comes_back_from_them() {
    let cohort = cohort();
    assert_eq!(Cohort::from_bytes(&cohort.to_bytes()).unwrap(), cohort);
    let one_more = Cohort::of(&people(121), Digest::of(b"embedder")).unwrap();
    assert_ne!(one_more.id(), cohort.id());
    assert_eq!((one_more.people(), cohort.embedding()), (121, Digest::of(b"embedder")));
    assert!(!format!("{cohort:?}").contains("values"));
}

#[test]
fn bytes_that_are_no_cohort_are_refused() {
    let right = cohort().to_bytes();
    let changed = |at: usize, byte: u8| {
        let mut bytes = right.clone();
        bytes[at] = byte;
        bytes
    };
    let cases = [
        ("empty", Vec::new()),
        ("other magic", changed(0, 0)),
        ("other version", changed(8, 9)),
        ("too many people", changed(46, 1)),
        ("more people than bytes", changed(44, 121)),
        ("too many parts", changed(48, 200)),
        ("no parts", changed(48, 0)),
        ("an empty part", changed(52, 0)),
        ("parts in the wrong order", changed(52, 5)),
        ("cut short", right[..right.len() - 1].to_vec()),
        ("too long", [right.clone(), vec![0; 4]].concat()),
        ("no number", [&right[..right.len() - 4], &f32::NAN.to_le_bytes()[..]].concat()),
    ];
    for (name, bytes) in cases {
        assert!(Cohort::from_bytes(&bytes).is_err(), "{name}");
    }
}

#[test]
fn a_hundred_to_eight_hundred_people_of_one_embedder_are_a_cohort() {
    let of = |people: &[Embedding]| Cohort::of(people, Digest::of(b"embedder"));
    assert_eq!(of(&[]), Err(CohortError::People(0)));
    assert_eq!(of(&people(99)), Err(CohortError::People(99)));
    assert_eq!(of(&people(801)), Err(CohortError::People(801)));
    let mut mixed = people(120);
    mixed.push(Embedding::joined([vec![1.0; 4]]));
    assert_eq!(of(&mixed), Err(CohortError::Mixed));
}

#[test]
fn a_score_is_the_distance_in_deviations_from_both_sides() {
    let (a, b) = (face([0.0, 0.0]), face([0.1, 0.1]));
    let how = Normalisation { nearest: 3, weights: Vec::new() };
    let score = cohort().score(&a, &b, &how);
    assert!((score.distance - a.distance(&b)).abs() < 1e-6);
    let by_hand = [&a, &b].map(|side| {
        let mut distances: Vec<f64> = people(120).iter().map(|p| p.distance(side)).collect();
        distances.sort_by(f64::total_cmp);
        let mean = distances[..3].iter().sum::<f64>() / 3.0;
        let variance = distances[..3].iter().map(|d| (d - mean).powi(2)).sum::<f64>() / 3.0;
        (score.distance - mean) / variance.sqrt()
    });
    let expected = f64::midpoint(by_hand[0], by_hand[1]);
    assert!((score.value() / expected - 1.0).abs() < 1e-3, "{} {expected}", score.value());
    assert!(score.value() < 0.0, "closer than any stranger");
}

#[test]
fn a_face_that_resembles_everyone_is_harder_to_accept() {
    let how = Normalisation { nearest: 20, weights: Vec::new() };
    let ordinary = cohort().score(&face([0.8, 0.8]), &face([0.9, 0.9]), &how);
    let unusual = cohort().score(&face([-1.0, -1.0]), &face([-1.1, -1.1]), &how);
    assert!((ordinary.distance - unusual.distance).abs() < 1e-5);
    assert!(ordinary.value() > unusual.value() + 1.0);
}

#[test]
fn weights_say_what_each_part_counts() {
    let (a, b) = (face([0.0, 0.0]), face([0.3, 0.4]));
    let chord = |angle: f32| f64::from(2.0 * (angle / 2.0).sin());
    for (weights, second) in [(vec![1.0, 0.5 / 0.7], 0.5), (vec![1.0], 0.7), (vec![], 0.7)] {
        let how = Normalisation { nearest: 20, weights };
        let found = cohort().score(&a, &b, &how).distance;
        let expected = chord(0.3).hypot(second * chord(0.4));
        assert!((found - expected).abs() < 1e-5, "{second}: {found} {expected}");
    }
}
