//! One to many: does the quick search find what a plain comparison finds, what
//! does it cost, and is the promised rate of false hits kept?

mod cost;
mod people;
mod promise;
mod truth;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use gallery::{Gallery, Key, Layout, Metric, Person, Search};

use crate::Run;
use crate::faces::{self, Vectors};
use crate::interval::share;
use crate::report::{Measured, Table};
use crate::split::Half;
use cost::{forget_peak, peak_megabytes, quantile, timed};
use people::Invented;
use promise::Asked;

type Vector = Vec<f32>;

/// Values of an embedding.
const DIMENSION: usize = 1152;

/// People in the gallery, and queries of each kind.
const PEOPLE: usize = 1_000_000;
const QUERIES: usize = 300;

/// People between whom distances are compared with real ones.
const COMPARED: u64 = 4000;

/// People added and removed one at a time.
const CHANGED: u64 = 50;

/// How many candidates are measured exactly.
const CANDIDATES: [usize; 3] = [50, 100, 400];

/// Where vectors are written; `eval/peers/gallery_peer.py` reads them there.
const FOLDER: &str = "target/eval/gallery";

/// Makes up people, enrols them, searches and counts.
pub fn measure(run: &Run) -> Result<Option<Measured>> {
    let Some(embedded) = faces::of_lfw(run)? else { return Ok(None) };
    let invented = Invented::from(&embedded);
    let people = run.sample(PEOPLE);
    let queries = queries(&invented, people as u64);
    fs::create_dir_all(FOLDER)?;
    let vectors = Path::new(FOLDER).join("vectors.f32");
    eprintln!("  making up {people} people");
    truth::write(&vectors, (0..people as u64).map(|number| invented.person(number)))?;
    truth::write(&Path::new(FOLDER).join("queries.f32"), queries.iter().cloned())?;
    eprintln!("  the plain scan");
    let (truth, plain_ms) = timed(|| truth::nearest(&vectors, &queries))?;
    fs::write(Path::new(FOLDER).join("truth.json"), serde_json::to_string(&truth)?)?;
    let resembles = distances(&embedded, &invented);
    let mut costs = Table::new(&["cost", "processor time, memory"]);
    let plain = format!("{:.0} ms", plain_ms / queries.len() as f64);
    costs.row(["a query of the plain scan, all at once".to_owned(), plain]);
    eprintln!("  enrolling");
    let mut gallery = enrolled(&vectors, &mut costs)?;
    eprintln!("  searching");
    let found = recall(&gallery, &queries, &truth, &mut costs)?;
    change(&mut gallery, &invented, &mut costs)?;
    let mut promises = promise::table();
    on_real_people(&embedded, &mut promises)?;
    let asked = Asked {
        enrolled: (0..)
            .map(|n| enrolled_number(n, people as u64))
            .zip(&queries[..QUERIES])
            .collect(),
        strangers: queries[QUERIES..].iter().collect(),
    };
    promise::add_rows(&mut promises, &format!("{people} made up"), &gallery, &asked)?;
    let _ = fs::remove_dir_all(store());
    let tables = vec![resembles, found, costs, promises];
    Measured::now("One to many", text(people), tables).map(Some)
}

fn text(people: usize) -> String {
    format!(
        "A gallery of {people} made-up people. Each mixes three embeddings of LFW pictures and, with \
         random signs, eight more, at the variance of real ones (eval/src/gallery/people.rs, with the \
         seed); the first table says how such people's distances resemble those of real people. \
         {QUERIES} queries are other pictures of people in the gallery, moved by the measured \
         difference of two pictures of one person; as many are pictures of people who are not in it. \
         Recall is the share of a plain scan's ten nearest, of all queries, that the search finds too. \
         Costs are of one core and in processor time, since other work ran beside; a wait for \
         the disk does not count, and a record that is not in the file cache brings one. False hits are \
         counted at the distance that the shipped calibration allows for the promise and the number of \
         people: on made-up people, whose closest pairs are not real ones, and on real people of the \
         check half, every other of whom is enrolled with the first picture."
    )
}

/// The number of the person whom query `index` shows.
fn enrolled_number(index: u64, people: u64) -> u64 {
    index * (people / QUERIES as u64).max(1) % people
}

/// Queries of people in the gallery, then of others.
fn queries(invented: &Invented, people: u64) -> Vec<Vector> {
    let inside = (0..QUERIES as u64).map(|index| enrolled_number(index, people));
    inside.chain((0..QUERIES as u64).map(|n| (1 << 32) + n)).map(|n| invented.picture(n)).collect()
}

/// The Euclidean distance.
fn distance(a: &Vector, b: &Vector) -> f64 {
    a.iter().zip(b).map(|(x, y)| f64::from((x - y) * (x - y))).sum::<f64>().sqrt()
}

/// Distances of two people, real and made up.
fn distances(real: &Vectors, invented: &Invented) -> Table {
    let made_up: Vec<_> = (0..COMPARED).map(|number| vec![invented.person(number)]).collect();
    let real: Vec<Vec<Vector>> =
        real.iter().map(|(_, pictures)| pictures.iter().flatten().cloned().collect()).collect();
    let mut table = Table::new(&["pairs of two people that come as close", "real", "made up"]);
    let of = |people: &[Vec<Vector>]| {
        let mut distances = Vec::new();
        for (index, of_one) in people.iter().enumerate() {
            for a in of_one {
                let others = people[index + 1..].iter().flatten();
                distances.extend(others.map(|b| distance(a, b)));
            }
        }
        distances.sort_by(f64::total_cmp);
        distances
    };
    let (real, made_up) = (of(&real), of(&made_up));
    let at = |sorted: &[f64], rate: f64| sorted[(rate * sorted.len() as f64) as usize];
    for rate in [1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.5, 0.9] {
        let cells = [at(&real, rate), at(&made_up, rate)].map(|distance| format!("{distance:.3}"));
        let [real, made_up] = cells;
        table.row([format!("{rate}"), real, made_up]);
    }
    table
}

fn store() -> PathBuf {
    Path::new(FOLDER).join("store")
}

fn key() -> Key {
    Key::new([1; 32])
}

/// A gallery of the vectors at `path`, closed and opened again.
fn enrolled(path: &Path, costs: &mut Table) -> Result<Gallery> {
    let _ = fs::remove_dir_all(store());
    let layout =
        Layout { dimension: DIMENSION, metric: Metric::Euclidean, shard_capacity: 1 << 20 };
    forget_peak()?;
    let (gallery, ms) = timed(|| {
        let mut gallery = Gallery::create(&store(), &key(), layout)?;
        gallery.enroll_all((0..).map(Person::new).zip(truth::read(path)?))?;
        Ok(gallery)
    })?;
    costs.row(["enrolling all at once".to_owned(), format!("{:.1} s", ms / 1e3)]);
    costs.row(["most memory while enrolling".to_owned(), format!("{:.0} MB", peak_megabytes()?)]);
    drop(gallery);
    forget_peak()?;
    let (opened, ms) = timed(|| Ok(Gallery::open(&store(), &key())?))?;
    costs.row(["opening".to_owned(), format!("{:.1} s", ms / 1e3)]);
    Ok(opened.gallery)
}

/// What is found of the truth, with how many candidates, in what time.
fn recall(
    gallery: &Gallery,
    queries: &[Vector],
    truth: &[Vec<u64>],
    costs: &mut Table,
) -> Result<Table> {
    let mut table = Table::new(&[
        "candidates",
        "found of the ten nearest, people in the gallery",
        "found, people not in it",
        "ms a search, median",
        "ms, 95th percentile",
    ]);
    for candidates in CANDIDATES {
        let search = Search { candidates, ..Search::default() };
        let (mut found, mut of, mut times) = ([0; 2], [0; 2], Vec::new());
        for (index, (query, truth)) in queries.iter().zip(truth).enumerate() {
            let (answer, ms) = timed(|| Ok(gallery.search(query, &search)?))?;
            let hit = |id: &&u64| answer.hits.iter().any(|hit| hit.person.id == **id);
            found[index / QUERIES] += truth.iter().filter(hit).count() as u64;
            of[index / QUERIES] += truth.len() as u64;
            times.push(ms);
        }
        table.row([
            candidates.to_string(),
            share(found[0], of[0]),
            share(found[1], of[1]),
            format!("{:.1}", quantile(&times, 0.5)),
            format!("{:.1}", quantile(&times, 0.95)),
        ]);
    }
    costs.row([
        "most memory, opening and searching".to_owned(),
        format!("{:.0} MB", peak_megabytes()?),
    ]);
    Ok(table)
}

/// Adds and removes people one at a time.
fn change(gallery: &mut Gallery, invented: &Invented, costs: &mut Table) -> Result<()> {
    let first = 1 << 33;
    let mut times = [vec![], vec![], vec![], vec![]];
    for id in first..first + CHANGED {
        let vector = invented.person(id);
        let clock = Instant::now();
        let ((), ms) = timed(|| Ok(gallery.enroll(&Person::new(id), &vector)?))?;
        times[0].push(ms);
        times[1].push(clock.elapsed().as_secs_f64() * 1e3);
    }
    for id in first..first + CHANGED {
        let clock = Instant::now();
        let (removed, ms) = timed(|| Ok(gallery.remove(id)?))?;
        removed.then_some(()).context("a person who was added is not there")?;
        times[2].push(ms);
        times[3].push(clock.elapsed().as_secs_f64() * 1e3);
    }
    let [adding, adding_clock, removing, removing_clock] = times.map(|ms| quantile(&ms, 0.5));
    for (what, ms, clock) in
        [("adding", adding, adding_clock), ("removing", removing, removing_clock)]
    {
        let cell = format!("{ms:.2} ms; {clock:.1} ms by the clock, until the disk confirms");
        costs.row([format!("{what} one person, median"), cell]);
    }
    Ok(())
}

/// The promise on real people: every other person of the check half is enrolled.
fn on_real_people(embedded: &Vectors, table: &mut Table) -> Result<()> {
    let in_check = |name: &str| Half::of(&format!("faces/lfw-subset/{name}")) == Half::Check;
    let people = embedded.iter().filter(|(name, _)| in_check(name));
    let people: Vec<Vec<&Vector>> =
        people.map(|(_, pictures)| pictures.iter().flatten().collect()).collect();
    let folder = Path::new(FOLDER).join("real");
    let _ = fs::remove_dir_all(&folder);
    let layout = Layout { dimension: DIMENSION, metric: Metric::Euclidean, shard_capacity: 1000 };
    let mut gallery = Gallery::create(&folder, &key(), layout)?;
    let mut asked = Asked { enrolled: Vec::new(), strangers: Vec::new() };
    for (id, pictures) in people.iter().enumerate() {
        match pictures.split_first() {
            Some((first, others)) if id % 2 == 0 => {
                gallery.enroll(&Person::new(id as u64), first)?;
                asked.enrolled.extend(others.iter().map(|other| (id as u64, *other)));
            }
            _ => asked.strangers.extend(pictures),
        }
    }
    let name = format!("{} real", gallery.people());
    promise::add_rows(table, &name, &gallery, &asked)?;
    Ok(fs::remove_dir_all(&folder)?)
}
