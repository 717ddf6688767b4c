//! The installed models run and give what the manifest says.

use std::path::PathBuf;
use std::thread;

use bonafide_inference::{ModelSet, Models, Parallelism, Role, Tensor, models_dir};

fn folder() -> PathBuf {
    models_dir(|name| std::env::var_os(name)).expect("HOME is set")
}

fn open(parallelism: Parallelism) -> ModelSet {
    ModelSet::open(&folder(), parallelism)
        .unwrap_or_else(|error| panic!("{error}; `cargo xtask test` installs the models first"))
}

/// Values in -1..1 that look like nothing, the same on every machine.
fn pattern(shape: &[usize]) -> Tensor {
    let size = shape.iter().product();
    let value = |i: usize| ((i as u64 * 2_654_435_761 % 2001) as f32 - 1000.0) / 1000.0;
    Tensor::new(shape.to_vec(), (0..size).map(value).collect()).unwrap()
}

/// The picture of the reference values: `side` square, three channels, as
/// numbers 0 to 255 put through `normalise` with their channel; NCHW.
fn picture(side: usize, normalise: impl Fn(f64, usize) -> f64) -> Tensor {
    let value = |i: usize| {
        let (channel, y, x) = (i / (side * side), i / side % side, i % side);
        let pixel = (x * (3 + channel) + y * (5 + 2 * channel) + x * y / 7) % 256;
        normalise(pixel as f64, channel) as f32
    };
    Tensor::new(vec![1, 3, side, side], (0..3 * side * side).map(value).collect()).unwrap()
}

/// The test picture as the manifest says that `role` is fed.
fn input_for(role: Role) -> Tensor {
    match role {
        Role::FaceDetection => picture(256, |x, _| x / 127.5 - 1.0),
        Role::FaceMesh => picture(192, |x, _| x / 255.0),
        Role::Iris => picture(64, |x, _| x / 255.0),
        Role::FaceEmbeddingA => picture(150, |x, c| (x - [122.782, 117.001, 104.298][c]) / 256.0),
        Role::FaceEmbeddingB => picture(224, |x, c| x - [123.68, 116.779, 103.939][c]),
        _ => unreachable!("only converted models have reference values"),
    }
}

/// Whether the role's model is converted, and so compared with what its own
/// runtime computes.
fn has_references(role: Role) -> bool {
    let own = matches!(role, Role::DocumentOutline | Role::ZoneRecognition);
    Role::SHIPPED.contains(&role) && !role.name().starts_with("text") && !own
}

#[derive(serde::Deserialize)]
struct References {
    output: Vec<Reference>,
}

#[derive(serde::Deserialize)]
struct Reference {
    role: Role,
    name: String,
    shape: Vec<usize>,
    step: usize,
    values: Vec<f32>,
}

#[test]
fn converted_models_compute_what_their_own_runtimes_do() {
    let set = open(Parallelism::one_run(1));
    let references: References = toml::from_str(include_str!("reference/values.toml")).unwrap();
    for reference in &references.output {
        let role = reference.role;
        let entry = set.manifest().model(role).unwrap();
        let at = entry.outputs.iter().position(|output| output.name == reference.name).unwrap();
        let output = &set.model(role).unwrap().run(&input_for(role)).unwrap()[at];
        assert_eq!(output.shape(), reference.shape, "{role} {}", reference.name);
        let largest = reference.values.iter().fold(0.0, |largest: f32, v| largest.max(v.abs()));
        let ours = output.data().iter().step_by(reference.step);
        assert_eq!(ours.len(), reference.values.len());
        for (ours, theirs) in ours.zip(&reference.values) {
            // Float rounding of sums in another order: measured up to 5e-6 of
            // the largest value, and 4e-5 of the mesh's small probability.
            let tolerance = 1e-4 * largest;
            assert!(
                (ours - theirs).abs() <= tolerance,
                "{role} {}: {ours}, not {theirs}",
                reference.name
            );
        }
    }
}

#[test]
fn converted_models_take_several_pictures_at_once() {
    let set = open(Parallelism::one_run(1));
    for role in Role::ALL.into_iter().filter(|role| has_references(*role)) {
        let one = input_for(role);
        let other = one.data().iter().rev();
        let pair = one.data().iter().chain(other).copied().collect();
        let mut shape = one.shape().to_vec();
        shape[0] = 2;
        let model = set.model(role).unwrap();
        let alone = model.run(&one).unwrap();
        let together = model.run(&Tensor::new(shape, pair).unwrap()).unwrap();
        for (alone, together) in alone.iter().zip(&together) {
            assert_eq!(together.shape()[0], 2, "{role}");
            let first = &together.data()[..alone.data().len()];
            let same = |(a, b): (&f32, &f32)| (a - b).abs() <= 1e-4 * (1.0 + a.abs());
            assert!(alone.data().iter().zip(first).all(same), "{role}");
        }
    }
}

#[test]
fn text_models_take_pictures_of_any_size() {
    let set = open(Parallelism::one_run(1));
    let cases: [(Role, &[usize], &[usize]); 5] = [
        (Role::TextDetection, &[1, 3, 64, 96], &[1, 1, 64, 96]),
        (Role::TextDetection, &[1, 3, 32, 160], &[1, 1, 32, 160]),
        (Role::TextRecognition, &[1, 3, 48, 320], &[1, 40, 18710]),
        (Role::TextRecognition, &[2, 3, 48, 80], &[2, 10, 18710]),
        (Role::TextOrientation, &[3, 3, 48, 192], &[3, 2]),
    ];
    for (role, input, output) in cases {
        let model = set.model(role).unwrap();
        let outputs = model.run(&pattern(input)).unwrap();
        assert_eq!(outputs.len(), 1, "{role}");
        assert_eq!(outputs[0].shape(), output, "{role}");
        assert!(outputs[0].data().iter().all(|p| (-1e-6..=1.0 + 1e-6).contains(p)), "{role}");
    }
}

#[test]
fn recogniser_brings_its_characters() {
    let set = open(Parallelism::one_run(1));
    let model = set.model(Role::TextRecognition).unwrap();
    let characters = &model.card().metadata["character"];
    assert_eq!(characters.lines().count(), 18_708);
}

#[test]
fn threads_that_share_a_model_get_the_same_answer() {
    let set = open(Parallelism { threads: 1, runs: 2 });
    let model = set.model(Role::TextOrientation).unwrap();
    let input = pattern(&[1, 3, 48, 192]);
    let expected = model.run(&input).unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..5 {
                    assert_eq!(model.run(&input).unwrap(), expected);
                }
            });
        }
    });
}

#[test]
fn wrong_shape_is_an_error_that_names_the_model() {
    let set = open(Parallelism::one_run(1));
    let model = set.model(Role::TextRecognition).unwrap();
    for shape in [&[1, 3, 47, 320][..], &[1, 3, 48], &[]] {
        let error = model.run(&pattern(shape)).unwrap_err();
        assert!(error.to_string().contains("text-recognition"), "{error}");
    }
}

#[test]
fn altered_model_is_not_loaded() {
    let dir = tempfile::tempdir().unwrap();
    let library = "libonnxruntime.so";
    std::os::unix::fs::symlink(folder().join(library), dir.path().join(library)).unwrap();
    let mut bytes = std::fs::read(folder().join("text-orientation.onnx")).unwrap();
    bytes[100] ^= 1;
    std::fs::write(dir.path().join("text-orientation.onnx"), bytes).unwrap();
    let set = ModelSet::open(dir.path(), Parallelism::one_run(1)).unwrap();
    let cases = [
        (Role::TextOrientation, "is not the file that the manifest pins"),
        (Role::Iris, "is not installed"),
    ];
    for (role, problem) in cases {
        let Err(error) = set.model(role) else { panic!("{role} was loaded") };
        assert!(error.to_string().contains(problem), "{error}");
        assert!(error.to_string().contains("run `bonafide models install`"), "{error}");
    }
}

#[test]
fn empty_folder_says_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let Err(error) = ModelSet::open(dir.path(), Parallelism::one_run(1)) else {
        panic!("a set opened on an empty folder");
    };
    assert!(error.to_string().contains("run `bonafide models install`"), "{error}");
}
