//! A network for passive liveness of the operator's own, by the documented way and nothing else.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result};
use domain::liveness::{Asked, SignalKind};
use evidence::capture::{CaptureReader, Frame};
use imaging::decode::{Limits, decode};
use inference::{Digest, InferenceError, ModelSet, Parallelism};

use crate::Run;
use crate::data::{DataFolder, Labelled};
use crate::home::Home;
use crate::interval::share;
use crate::report::{Measured, Table};
use crate::split::Half;

/// The networks that stand for an operator's: name, file, and how much of the surroundings each
/// wants to see.
const NETWORKS: [(&str, &str, &str); 2] = [
    ("V2", "models/minifasnet/minifasnet_v2_scale2.7.onnx", "2.7"),
    ("V1SE", "models/minifasnet/minifasnet_v1se_scale4.0.onnx", "4.0"),
];

/// Its entry, as its author describes it: the softmax is in the graph.
const ENTRY: &str = r#"schema = 1

[face_passive_liveness]
file = "FILE"
sha256 = "DIGEST"
licence = "Apache-2.0 (minivision-ai/Silent-Face-Anti-Spoofing)"
provenance = "not stated"
input = "input"
output = "probability"
side = 80
colour = "BGR"
mean = [0, 0, 0]
scale = 1
zoom = ZOOM
classes = 3
live = 1
values = "probabilities"
"#;

/// The sets, and what each shows.
const SETS: [(&str, &str); 2] =
    [("faces/pad", "crops of one subject"), ("faces/pad-photos", "photographs")];

const TEXT: &str = "\
MiniFASNet (Apache-2.0, in no registry) as an operator would add it: an `operator.toml` in the models \
folder and no code (docs/liveness.md). It is not part of the project, and no such network ships. Each \
picture is sent as a capture of one frame; the score is the likelihood of a living face. The \
threshold of each network is the middle of the gap, or of the overlap, that costs the fewest errors \
on the tuning half; APCER is the share of a species that scores at or above it, BPCER the share of \
living faces below (ISO/IEC 30107-3). The crops are frames of two clips of one person, so both \
halves show the same clips: a smoke test that proves nothing about other people, other cameras and \
other attacks. The crops end close to the face, so that the squares that the networks were trained \
on do not fit; of the three photographs each is one case.";

/// A picture's label and its score, where a face was found.
struct Scored {
    set: &'static str,
    half: Half,
    label: String,
    score: Option<f64>,
}

/// Installs each network and measures it.
pub fn measure(run: &Run) -> Result<Option<Measured>> {
    let Some(data) = run.data.as_ref() else { return Ok(None) };
    if !data.has("faces/pad") || !data.has("faces/pad-photos") || !data.has("models/minifasnet") {
        return Ok(None);
    }
    let mut table = Table::new(&[
        "network, threshold",
        "set, half",
        "species",
        "taken for living (APCER; live: the rest is BPCER)",
        "no face found",
    ]);
    for (name, file, zoom) in NETWORKS {
        let reader = reader(data, file, zoom)?;
        let mut scored = Vec::new();
        for (set, _) in SETS {
            for picture in data.labelled(set)? {
                scored.push(score((&reader, data), set, picture)?);
            }
        }
        let threshold = threshold(&scored);
        for half in Half::BOTH {
            rows(&mut table, &format!("{name}, {threshold:.3}"), half, (&scored, threshold));
        }
    }
    let title = "Passive liveness, a network by manifest";
    Measured::now(title, TEXT.to_owned(), vec![table]).map(Some)
}

/// A reader of captures with the network in `file` in its place.
fn reader(data: &DataFolder, file: &str, zoom: &str) -> Result<CaptureReader> {
    let network = data.path(file);
    let home = Home::make(&fs::canonicalize("target")?.join("own-passive"))?;
    let name = network.file_name().context("a file")?.to_string_lossy();
    let digest = Digest::of(&fs::read(&network)?).to_string();
    let entry = ENTRY.replace("FILE", &name).replace("DIGEST", &digest).replace("ZOOM", zoom);
    home.add_network(&network, &entry)?;
    let models = ModelSet::open(&home.models(), Parallelism { threads: 1, runs: 2 })?;
    Ok(CaptureReader::from_models(&models)?)
}

fn score(
    (reader, data): (&CaptureReader, &DataFolder),
    set: &'static str,
    picture: Labelled,
) -> Result<Scored> {
    // The photographs' truth names them by a folder that is not here.
    let name = picture.file.file_name().context("a file")?;
    let beside = data.path(set).join(name);
    let file = if beside.exists() { beside } else { picture.file };
    let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
    let decoded =
        decode(&bytes, &Limits::default()).with_context(|| format!("decoding {}", picture.path))?;
    let frame = Frame { at_ms: 0.0, picture: decoded.rgb().clone() };
    let seen = reader.read([Ok::<_, InferenceError>(frame)].into_iter(), Asked::default())?;
    let label = picture.truth.get("label").context("no column label")?.clone();
    let score = seen.evidence.signal(SignalKind::PassiveLiveness).map(|signal| signal.value);
    Ok(Scored { set, half: picture.half, label, score })
}

/// The threshold with the least sum of both error rates on the tuning half, in the middle
/// between the two scores about it.
fn threshold(scored: &[Scored]) -> f64 {
    let tuning = scored.iter().filter(|one| one.half == Half::Tuning);
    let known: Vec<(f64, bool)> =
        tuning.filter_map(|one| Some((one.score?, one.label == "live"))).collect();
    let mut scores: Vec<f64> = known.iter().map(|(score, _)| *score).chain([0.0, 1.0]).collect();
    scores.sort_by(f64::total_cmp);
    let rate = |live: bool, threshold: f64| {
        let of: Vec<f64> = known.iter().filter(|(_, l)| *l == live).map(|(s, _)| *s).collect();
        let wrong = of.iter().filter(|score| (**score >= threshold) != live).count();
        wrong as f64 / of.len().max(1) as f64
    };
    let errors = |threshold: f64| rate(true, threshold) + rate(false, threshold);
    let between = scores.windows(2).map(|pair| f64::midpoint(pair[0], pair[1]));
    between.min_by(|a, b| errors(*a).total_cmp(&errors(*b))).unwrap_or(0.5)
}

fn rows(table: &mut Table, name: &str, half: Half, (scored, threshold): (&[Scored], f64)) {
    for (set, what) in SETS {
        let of: Vec<&Scored> =
            scored.iter().filter(|one| one.set == set && one.half == half).collect();
        let species: BTreeSet<&str> = of.iter().map(|one| one.label.as_str()).collect();
        for label in species {
            let scores: Vec<Option<f64>> =
                of.iter().filter(|one| one.label == label).map(|one| one.score).collect();
            let found: Vec<f64> = scores.iter().copied().flatten().collect();
            let living = found.iter().filter(|score| **score >= threshold).count() as u64;
            table.row([
                name.to_owned(),
                format!("{what}, {}", half.name()),
                label.replace('_', " "),
                share(living, found.len() as u64),
                (scores.len() - found.len()).to_string(),
            ]);
        }
    }
}
