//! `models/calibration.toml`, from the tuning half of the faces.

use anyhow::{Context, Result};
use inference::{Manifest, Role};
use vision::face::{FaceCalibration, KnownPairs, Population};

use super::pairs::distance;
use super::{Embedded, SETS, Set, embed};
use crate::Run;
use crate::split::Half;

const FILE: &str = "models/calibration.toml";

const HEAD: &str = "\
# What a distance between two faces means: how often two different people come
# as close, by population. It holds for the models whose SHA-256 stand here, and
# for no others. Made by `cargo xtask eval --data DIR --calibrate` from the tuning
# half of the faces; docs/face.md says how, ACCURACY.md what it is worth on the
# other half.
";

/// The models that a distance depends on.
const ROLES: [Role; 4] =
    [Role::FaceDetection, Role::FaceMesh, Role::FaceEmbeddingA, Role::FaceEmbeddingB];

/// Measures and writes the calibration.
pub fn calibrate(run: &Run) -> Result<()> {
    let [western, chinese] = SETS.each_ref().map(|set| tuning_pairs(run, set));
    let western = western?;
    let large = Population::counted(&western)?;
    let small = Population::borrowing(&chinese?, &large)?;
    let manifest = Manifest::shipped();
    let digests = ROLES.map(|role| {
        let entry = manifest.model(role).expect("the shipped manifest lists every role");
        (role, entry.sha256)
    });
    let today = jiff::Timestamp::now().strftime("%F").to_string();
    let calibration = FaceCalibration::measured(today, digests, &western, vec![large, small]);
    let text = HEAD.to_owned() + &toml::to_string(&calibration).context("as TOML")?;
    FaceCalibration::parse(&text)?;
    std::fs::write(FILE, text).with_context(|| format!("writing {FILE}"))
}

/// The pairs among the people of the tuning half.
fn tuning_pairs(run: &Run, set: &Set) -> Result<KnownPairs> {
    let data = run.data.as_ref().context("--calibrate needs --data")?;
    let mut people = (set.list)(data, set.folder)?;
    people.retain(|name, _| Half::of(&format!("{}/{name}", set.folder)) == Half::Tuning);
    let embedded = embed(run, &people)?;
    let people: Vec<Vec<Vec<f32>>> = found(embedded);
    let between = |a: &Vec<f32>, b: &Vec<f32>| f64::from(distance(Some(a), Some(b)));
    let mut impostor = Vec::new();
    let mut genuine = Vec::new();
    for (index, of_one) in people.iter().enumerate() {
        let mut own = Vec::new();
        for (i, a) in of_one.iter().enumerate() {
            own.extend(of_one[i + 1..].iter().map(|b| between(a, b)));
            impostor.extend(people[index + 1..].iter().flatten().map(|b| between(a, b)));
        }
        genuine.push(own);
    }
    Ok(KnownPairs {
        name: set.population.to_owned(),
        dataset: format!("{}, tuning half", set.title),
        pictures: people.iter().map(|of_one| of_one.len() as u32).collect(),
        genuine,
        impostor,
    })
}

/// The pictures in which a face was found.
fn found(embedded: Embedded) -> Vec<Vec<Vec<f32>>> {
    embedded.into_iter().map(|(_, vectors)| vectors.into_iter().flatten().collect()).collect()
}
