//! The installed models run and give what the manifest says.

use std::path::PathBuf;
use std::thread;

use bonafide_inference::{ModelSet, Parallelism, Role, Tensor, models_dir};

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
        assert!(
            outputs[0]
                .data()
                .iter()
                .all(|p| (-1e-6..=1.0 + 1e-6).contains(p)),
            "{role}"
        );
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
    let set = open(Parallelism {
        threads: 1,
        runs: 2,
    });
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
fn empty_folder_says_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let Err(error) = ModelSet::open(dir.path(), Parallelism::one_run(1)) else {
        panic!("a set opened on an empty folder");
    };
    assert!(
        error.to_string().contains("run `bonafide models install`"),
        "{error}"
    );
}
