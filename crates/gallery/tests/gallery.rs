//! What a gallery promises, through its public interface.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use bonafide_gallery::{
    CreateError, EnrollError, Filter, Gallery, Hit, Key, Layout, Metric, OpenError, Opened, Person,
    Search, SearchError, Sex, VectorError,
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const DIMENSION: usize = 24;

/// Bytes of a shard file before its records, and of a record.
const HEAD: u64 = 80;
const RECORD: u64 = 8 + 40 + 4 + 4 * DIMENSION as u64;

fn key() -> Key {
    Key::new([3; 32])
}

fn layout(shard_capacity: u32) -> Layout {
    Layout { dimension: DIMENSION, metric: Metric::Euclidean, shard_capacity }
}

/// The vector of person `id`: any, the same each time.
fn vector(id: u64) -> Vec<f32> {
    let mut rng = ChaCha8Rng::seed_from_u64(id);
    (0..DIMENSION).map(|_| rng.random_range(-1.0..1.0)).collect()
}

fn people(ids: impl IntoIterator<Item = u64>) -> impl Iterator<Item = (Person, Vec<f32>)> {
    ids.into_iter().map(|id| (Person::new(id), vector(id)))
}

/// A gallery of people 0 to `count`.
fn filled(folder: &Path, count: u64, shard_capacity: u32) -> Gallery {
    let mut gallery = Gallery::create(folder, &key(), layout(shard_capacity)).unwrap();
    gallery.enroll_all(people(0..count)).unwrap();
    gallery
}

fn open(folder: &Path) -> Opened {
    Gallery::open(folder, &key()).unwrap()
}

fn ids(hits: &[Hit]) -> Vec<u64> {
    hits.iter().map(|hit| hit.person.id).collect()
}

/// Whom a plain comparison with everyone finds.
fn plainly(query: &[f32], ids: impl IntoIterator<Item = u64>, most: usize) -> Vec<(f64, u64)> {
    let distance = |id| -> f64 {
        let squares = query.iter().zip(vector(id)).map(|(a, b)| f64::from(a - b).powi(2));
        squares.sum::<f64>().sqrt()
    };
    let mut all: Vec<_> = ids.into_iter().map(|id| (distance(id), id)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.truncate(most);
    all
}

/// Whether `gallery` finds of `expected` people what a plain comparison finds.
fn assert_found(gallery: &Gallery, expected: impl IntoIterator<Item = u64>) {
    let expected: Vec<u64> = expected.into_iter().collect();
    for query in [vector(1_000_000), vector(7), vector(2_000_000)] {
        let answer = gallery.search(&query, &Search::default()).unwrap();
        let plain = plainly(&query, expected.iter().copied(), 10);
        assert_eq!(answer.considered, expected.len() as u64);
        assert_eq!(ids(&answer.hits), plain.iter().map(|(_, id)| *id).collect::<Vec<_>>());
        for (hit, (distance, _)) in answer.hits.iter().zip(plain) {
            assert!((hit.distance - distance).abs() < 1e-6);
        }
    }
}

fn shard(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("{number:04}.shard"))
}

/// Turns a bit of the file at `path`.
fn damage(path: &Path, at: u64) {
    let file = OpenOptions::new().read(true).write(true).open(path).unwrap();
    let mut byte = [0];
    file.read_exact_at(&mut byte, at).unwrap();
    file.write_all_at(&[byte[0] ^ 4], at).unwrap();
}

#[test]
fn the_nearest_are_those_of_a_plain_comparison() {
    // Fewer people than directions are learned of, more, and several shards.
    for (count, capacity) in [(1, 10_000), (300, 10_000), (6000, 10_000), (6000, 4500), (300, 7)] {
        let folder = tempfile::tempdir().unwrap();
        assert_found(&filled(folder.path(), count, capacity), 0..count);
        let opened = open(folder.path());
        assert!(opened.damaged.is_empty() && opened.unfinished.is_empty());
        assert_eq!(opened.gallery.people(), count);
        assert_found(&opened.gallery, 0..count);
        let files = fs::read_dir(folder.path()).unwrap().count() as u64;
        assert_eq!(files, count.div_ceil(capacity.into()));
    }
}

#[test]
fn removed_people_are_found_no_more_and_their_places_are_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut gallery = filled(folder.path(), 5000, 3000);
    let length = fs::metadata(shard(folder.path(), 0)).unwrap().len();
    for id in (0..5000).step_by(3) {
        assert!(gallery.remove(id).unwrap());
        assert!(!gallery.remove(id).unwrap() && !gallery.contains(id));
    }
    let left = (0..5000).filter(|id| id % 3 != 0);
    assert_found(&gallery, left.clone());
    drop(gallery);
    let mut gallery = open(folder.path()).gallery;
    assert_found(&gallery, left.clone());
    gallery.enroll_all(people(5000..6600)).unwrap();
    assert_found(&gallery, left.chain(5000..6600));
    assert_eq!(fs::metadata(shard(folder.path(), 0)).unwrap().len(), length);
    assert!(!shard(folder.path(), 2).exists());
}

#[test]
fn a_removed_record_is_overwritten_and_no_vector_lies_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut gallery = filled(folder.path(), 3, 10);
    let before = fs::read(shard(folder.path(), 0)).unwrap();
    let value = vector(1)[5].to_le_bytes();
    assert!(!before.windows(4).any(|bytes| bytes == value));
    gallery.remove(1).unwrap();
    let after = fs::read(shard(folder.path(), 0)).unwrap();
    let record = (HEAD + RECORD) as usize..(HEAD + 2 * RECORD) as usize;
    let same = before[record.clone()].iter().zip(&after[record]).filter(|(a, b)| a == b).count();
    // Of random bytes one in 256 is equal; the person's number has eight.
    assert!(same < 20, "{same}");
}

#[test]
fn a_damaged_record_is_reported_and_not_used() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path(), 9, 4));
    // Person 6 is third in the second shard; any byte after their number will do.
    for at in [8, 40, RECORD - 1] {
        damage(&shard(folder.path(), 1), HEAD + 2 * RECORD + at);
        let mut opened = open(folder.path());
        let found = opened.damaged.iter().map(|lost| (lost.id, lost.shard, lost.slot));
        assert_eq!(found.collect::<Vec<_>>(), [(6, 1, 2)]);
        assert_found(&opened.gallery, (0..9).filter(|id| *id != 6));
        assert!(opened.gallery.remove(6).unwrap());
        opened.gallery.enroll(&Person::new(6), &vector(6)).unwrap();
        assert_found(&opened.gallery, 0..9);
        drop(opened);
        assert!(open(folder.path()).damaged.is_empty());
    }
}

#[test]
fn a_record_that_is_damaged_while_open_is_named_by_the_search() {
    let folder = tempfile::tempdir().unwrap();
    let gallery = filled(folder.path(), 5, 10);
    damage(&shard(folder.path(), 0), HEAD + 3 * RECORD + 60);
    let answer = gallery.search(&vector(3), &Search::default()).unwrap();
    assert_eq!((answer.damaged, answer.considered), (vec![3], 5));
    assert!(!ids(&answer.hits).contains(&3));
}

#[test]
fn a_record_moved_to_another_place_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path(), 2, 10));
    let path = shard(folder.path(), 0);
    let mut bytes = fs::read(&path).unwrap();
    let (first, second) = (HEAD as usize, (HEAD + RECORD) as usize);
    bytes.copy_within(first..second, second);
    fs::write(&path, bytes).unwrap();
    let opened = open(folder.path());
    assert_eq!((opened.damaged.len(), opened.gallery.people()), (1, 1));
}

#[test]
fn a_crash_in_writing_loses_the_unfinished_record_only() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path(), 20, 100));
    let path = shard(folder.path(), 0);
    let whole = fs::read(&path).unwrap();
    for missing in [1, 30, RECORD - 1] {
        fs::write(&path, &whole[..whole.len() - missing as usize]).unwrap();
        let mut opened = open(folder.path());
        assert_eq!((opened.unfinished, opened.damaged), (vec![0], vec![]));
        assert_found(&opened.gallery, 0..19);
        opened.gallery.enroll(&Person::new(19), &vector(19)).unwrap();
        drop(opened.gallery);
        assert_found(&open(folder.path()).gallery, 0..20);
    }
    // A file system may lengthen the file before the bytes are there.
    let mut blank = whole.clone();
    blank[whole.len() - RECORD as usize..].fill(0);
    fs::write(&path, &blank).unwrap();
    let opened = open(folder.path());
    assert_eq!(opened.damaged.len(), 1);
    assert_found(&opened.gallery, 0..19);
}

#[test]
fn a_filter_says_how_many_were_considered() {
    let folder = tempfile::tempdir().unwrap();
    let mut gallery = Gallery::create(folder.path(), &key(), layout(10_000)).unwrap();
    let described = |id: u64| Person {
        id,
        birth_year: (!id.is_multiple_of(10)).then_some(1950 + (id % 50) as u16),
        sex: Some(if id.is_multiple_of(2) { Sex::Female } else { Sex::Male }),
    };
    gallery.enroll_all((0..5000).map(|id| (described(id), vector(id)))).unwrap();
    drop(gallery);
    let gallery = open(folder.path()).gallery;
    let filter = Filter { birth_years: Some(1960..=1969), sex: Some(Sex::Female) };
    let admitted = (0..5000).filter(|id| filter.admits(&described(*id)));
    let query = vector(1_000_000);
    let search = Search { filter: filter.clone(), most: 25, ..Search::default() };
    let answer = gallery.search(&query, &search).unwrap();
    assert_eq!(answer.considered, admitted.clone().count() as u64);
    let plain = plainly(&query, admitted, 25);
    assert_eq!(ids(&answer.hits), plain.iter().map(|(_, id)| *id).collect::<Vec<_>>());
    assert!(answer.hits.iter().all(|hit| hit.person == described(hit.person.id)));
}

#[test]
fn a_birth_year_of_zero_is_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let mut gallery = filled(folder.path(), 0, 10);
    let person = Person { birth_year: Some(0), ..Person::new(5) };
    gallery.enroll(&person, &vector(5)).unwrap();
    let filter = Filter { birth_years: Some(1990..=1999), sex: None };
    let answer = gallery.search(&vector(5), &Search { filter, ..Search::default() }).unwrap();
    assert_eq!((answer.hits[0].person, answer.damaged), (Person::new(5), vec![]));
}

#[test]
fn cosine_ignores_length() {
    let folder = tempfile::tempdir().unwrap();
    let layout = Layout { dimension: 2, metric: Metric::Cosine, shard_capacity: 9 };
    let mut gallery = Gallery::create(folder.path(), &key(), layout).unwrap();
    gallery.enroll_all([(Person::new(1), [0.0, 100.0]), (Person::new(2), [0.1, 0.0])]).unwrap();
    let hits = gallery.search(&[5.0, 0.5], &Search::default()).unwrap().hits;
    assert_eq!(ids(&hits), [2, 1]);
    let cosine = 0.5 / (25.25_f64).sqrt();
    assert!((hits[1].distance - (1.0 - cosine)).abs() < 1e-6);
    let refused = gallery.enroll(&Person::new(3), &[0.0, 0.0]).unwrap_err();
    assert!(matches!(refused, EnrollError::Vector(VectorError::Magnitude)));
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut gallery = filled(folder.path(), 4, 10);
    let mut odd = vector(9);
    odd[3] = f32::INFINITY;
    let refused = gallery.enroll(&Person::new(9), &odd).unwrap_err();
    assert!(matches!(refused, EnrollError::Vector(VectorError::NotFinite { index: 3 })));
    let refused = gallery.enroll(&Person::new(9), &[0.5]).unwrap_err();
    assert!(matches!(refused, EnrollError::Vector(VectorError::Length { found: 1, .. })));
    let refused = gallery.enroll(&Person::new(3), &vector(9)).unwrap_err();
    assert!(matches!(refused, EnrollError::AlreadyEnrolled(3)));
    let refused = gallery.search(&odd, &Search::default()).unwrap_err();
    assert!(matches!(refused, SearchError::Vector(VectorError::NotFinite { index: 3 })));
    // Those before the one that is refused are in.
    assert!(gallery.enroll_all(people([8, 2, 9])).is_err());
    assert_found(&gallery, [0, 1, 2, 3, 8]);
}

#[test]
fn a_gallery_opens_once_with_its_own_key_and_all_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    assert!(matches!(Gallery::open(path, &key()), Err(OpenError::NotAGallery(_))));
    let gallery = filled(path, 9, 4);
    assert!(matches!(Gallery::open(path, &key()), Err(OpenError::InUse(_))));
    let again = Gallery::create(path, &key(), layout(4));
    assert!(matches!(again, Err(CreateError::Exists(_))));
    drop(gallery);
    let other = Key::new([4; 32]);
    assert!(matches!(Gallery::open(path, &other), Err(OpenError::OtherKey(_))));
    fs::rename(shard(path, 1), path.join("away")).unwrap();
    assert!(matches!(Gallery::open(path, &key()), Err(OpenError::Misplaced(_))));
    fs::rename(path.join("away"), shard(path, 1)).unwrap();
    damage(&shard(path, 0), 2);
    assert!(matches!(Gallery::open(path, &key()), Err(OpenError::NotAGallery(_))));
    let none = Layout { dimension: 0, ..layout(1) };
    assert!(matches!(Gallery::create(path, &key(), none), Err(CreateError::Layout)));
}
