//! A face network of the operator's own, by the documented way and nothing else.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use vision::face::{Embedding, FaceCalibration};

use super::{Limits, Rates, SETS, embed_with, faces};
use crate::Run;
use crate::answers::Bonafide;
use crate::home::Home;
use crate::report::Measured;
use crate::split::Half;

/// The network that stands for an operator's.
const NETWORK: &str = "models/mobileface-v2/mobileface_v2.onnx";

/// Its entry, as its author describes it: normalisation is in the graph.
const ENTRY: &str = r#"schema = 1

[face_embedding]
file = "mobileface_v2.onnx"
sha256 = "3a5ea1b7bc7218ca56479aaff0933d92ffc7c527dab3e2085ba371684196ab0f"
licence = "MIT (becauseofAI/MobileFace)"
provenance = "not stated"
input = "data"
output = "fc5_bn"
side = 112
colour = "RGB"
mean = [0, 0, 0]
scale = 1
length = 256
use = USE
"#;

const TEXT: &str = "\
MobileFace V2 (MIT, its training data not stated, in no registry) as an operator would add it: an \
`operator.toml` in the models folder, a calibration from `bonafide models calibrate --pairs` on the \
people of the tuning half, and no code (docs/face.md). Same pictures and columns as in “Faces, \
public pictures”. It is not part of the project.";

/// The two ways to use it.
const USES: [(&str, &str); 2] = [("joined at 0.5", "{ joined = 0.5 }"), ("alone", "\"alone\"")];

/// Installs, calibrates and measures it.
pub fn own_embedder(run: &Run) -> Result<Option<Measured>> {
    let Some(data) = run.data.as_ref() else { return Ok(None) };
    let (set, network) = (&SETS[0], data.path(NETWORK));
    if !network.exists() || !data.has(set.folder) {
        return Ok(None);
    }
    let all = (set.list)(data, set.folder)?;
    let mut rates = Rates::new();
    let mut at_limits = Limits::table();
    for (name, usage) in USES {
        let home = Home::make(&fs::canonicalize("target")?.join("own-embedder"))?;
        home.add_network(&network, &ENTRY.replace("USE", usage))?;
        let tuning = all.iter().filter(|(person, _)| set.half(person) == Half::Tuning);
        add_pairs(&home, tuning)?;
        let bonafide = Bonafide {
            program: run.bonafide.program.clone(),
            jobs: run.bonafide.jobs,
            home: Some(home.root.clone()),
        };
        let mut command = bonafide.command();
        command.args(["models", "calibrate", "--pairs"]).arg(pairs(&home));
        if !command.status().context("starting bonafide")?.success() {
            bail!("calibrating {name} failed");
        }
        let text = fs::read_to_string(home.models().join("calibration.toml"))?;
        let limits = Limits::of(FaceCalibration::parse(&text)?.populations())?;
        let mut check = all.clone();
        check.retain(|person, _| set.half(person) == Half::Check);
        if let Some(quick) = run.quick {
            check = check.into_iter().filter(|(_, of)| of.len() > 1).take(quick).collect();
        }
        let embedded = faces(&embed_with(&bonafide, &check)?.people);
        let name = format!("{}, {}, {name}", set.name, Half::Check.name());
        rates.add(&name, &embedded, Embedding::distance);
        limits.add_rows(&mut at_limits, &name, &embedded, Embedding::distance);
    }
    let tables = vec![rates.0, at_limits];
    Measured::now("Faces, another network by manifest", TEXT.to_owned(), tables).map(Some)
}

fn pairs(home: &Home) -> PathBuf {
    home.root.join("lfw-subset, tuning half")
}

/// DIR/PERSON/PICTURE, as links.
fn add_pairs<'a>(
    home: &Home,
    people: impl Iterator<Item = (&'a String, &'a Vec<PathBuf>)>,
) -> Result<()> {
    for (person, files) in people {
        let folder = pairs(home).join(person);
        fs::create_dir_all(&folder)?;
        for file in files {
            let name = file.file_name().context("a file")?;
            symlink(fs::canonicalize(file)?, folder.join(name))?;
        }
    }
    Ok(())
}
