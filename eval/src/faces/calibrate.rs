//! `models/calibration.toml`, from the tuning half of the faces.

use anyhow::{Context, Result};
use inference::{Digest, Manifest, Role};
use vision::face::{Embedding, FaceCalibration, KnownPairs, Measurement};

use super::{Person, SETS, Set, embed};
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
    let (mut populations, mut embedding) = (Vec::new(), None);
    for set in &SETS {
        let (pairs, made) = tuning_pairs(run, set)?;
        populations.push(pairs);
        embedding = made;
    }
    let manifest = Manifest::shipped();
    let digests = ROLES.map(|role| {
        let entry = manifest.model(role).expect("the shipped manifest lists every role");
        (role, entry.sha256)
    });
    let measurement = Measurement {
        day: jiff::Timestamp::now().strftime("%F").to_string(),
        embedding: embedding.context("no picture was embedded")?,
        models: digests.into(),
    };
    let calibration = FaceCalibration::measured(measurement, &populations)?;
    let text = HEAD.to_owned() + &toml::to_string(&calibration).context("as TOML")?;
    FaceCalibration::parse(&text)?;
    std::fs::write(FILE, text).with_context(|| format!("writing {FILE}"))
}

/// The pairs among the people of the tuning half, and the embedder.
fn tuning_pairs(run: &Run, set: &Set) -> Result<(KnownPairs, Option<Digest>)> {
    let data = run.data.as_ref().context("--calibrate needs --data")?;
    let mut people = (set.list)(data, set.folder)?;
    people.retain(|name, _| set.half(name) == Half::Tuning);
    let embedded = embed(run, &people)?;
    let made = embedded.embedder;
    let dataset = format!("{}, tuning half", set.title);
    let pairs = KnownPairs::between(
        set.population,
        &dataset,
        &found(&embedded.people),
        Embedding::distance,
    );
    Ok((pairs, made))
}

/// The pictures in which a face was found.
pub fn found(people: &[Person]) -> Vec<Vec<Embedding>> {
    people.iter().map(|person| person.faces.iter().flatten().cloned().collect()).collect()
}
