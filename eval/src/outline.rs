//! Outlines: on photographed specimens and on public pictures.

mod overlap;
mod specimens;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::Run;
use crate::answers::Answer;
use crate::data::{DataFolder, Labelled};
use crate::interval::share;
use crate::report::{Measured, Table};
use crate::split::Half;
use overlap::{Corners, iou};
use specimens::{Case, Studio, Taken};

/// Sets of ordinary pictures, in each of which a document is whole enough.
const ORDINARY: [&str; 3] = ["documents/mrz-a", "documents/mrz-b", "documents/cn-id"];
/// Photographs with a known outline.
const KNOWN: [&str; 2] = ["documents/localise-a", "documents/localise-b"];
/// Reasons that send an ordinary picture back for its outline.
const SENT_BACK: [&str; 3] = ["DOC_NOT_FOUND", "DOC_CORNERS_CUT", "DOC_MULTIPLE"];

/// Photographs, asks and compares; the public sets where they are there.
pub fn measure(run: &Run) -> Result<Option<Measured>> {
    let mut tables = on_specimens(run)?;
    if let Some(data) = &run.data {
        tables.push(known(run, data)?);
        tables.push(ordinary(run, data)?);
    }
    let text = "Photographs of specimens 640 to 960 pixels long, in a look, on surfaces (marble, \
                keyboards, tiles) and with seeds that the network never saw. Intersection over \
                union of the outline found with the true one, within the frame; none found is 0. \
                Ordinary pictures are read whole, and none of them should be sent back for its \
                outline; two sides in one picture may be called two documents."
        .to_owned();
    Measured::now("Outlines", text, tables).map(Some)
}

fn on_specimens(run: &Run) -> Result<Vec<Table>> {
    let studio = Studio::open()?;
    let head = ["photographs", "mean overlap", "mean of the worst tenth", "told rightly"];
    let mut table = Table::new(&head);
    let (mut singles, mut times) = (Vec::new(), Vec::new());
    for (case, count, name) in Case::ALL {
        let taken: Vec<Taken> =
            (0..run.sample(count)).map(|i| studio.take(case, i)).collect::<Result<_>>()?;
        let files: Vec<PathBuf> = taken.iter().map(|taken| taken.file.clone()).collect();
        let answers = run.bonafide.outline(&files)?;
        let (mut overlaps, mut right) = (Vec::new(), 0);
        for (taken, answer) in taken.iter().zip(&answers) {
            let found = outlines(answer);
            let told = told_rightly(case, &found);
            right += u64::from(told);
            let best = |truth: &Corners| {
                let overlaps = found.iter().map(|(quad, _)| iou(quad, truth, Some(taken.frame)));
                overlaps.fold(0.0, f64::max)
            };
            let each: Vec<f64> = taken.quads.iter().map(best).collect();
            if !told || each.iter().any(|&overlap| overlap < 0.9) {
                run.wrong(&taken.file.display().to_string(), || format!("{each:.3?} {found:?}"));
            }
            overlaps.extend(each);
            times.extend(answer.0["ms"]["outline"].as_f64());
        }
        if !matches!(case, Case::Two | Case::None) {
            singles.extend(overlaps.iter().copied());
        }
        row(&mut table, name, &mut overlaps, share(right, taken.len() as u64));
    }
    row(&mut table, "all with one document", &mut singles, String::new());
    times.sort_by(f64::total_cmp);
    let mut speed = Table::new(&["outline stage, one thread", "milliseconds"]);
    for (name, quantile) in [("median", 0.5), ("95th percentile", 0.95)] {
        let at = (quantile * times.len().saturating_sub(1) as f64) as usize;
        speed.row([name.to_owned(), format!("{:.1}", times.get(at).unwrap_or(&f64::NAN))]);
    }
    Ok(vec![table, speed])
}

fn row(table: &mut Table, name: &str, overlaps: &mut [f64], told: String) {
    overlaps.sort_by(f64::total_cmp);
    let mean = |values: &[f64]| match values.len() {
        0 => String::new(),
        count => format!("{:.3}", values.iter().sum::<f64>() / count as f64),
    };
    let worst = overlaps.len().div_ceil(10);
    table.row([name.to_owned(), mean(overlaps), mean(&overlaps[..worst]), told]);
}

/// Whether the number of documents, and whether one is cut, is what `case` is.
fn told_rightly(case: Case, found: &[(Corners, u64)]) -> bool {
    match case {
        Case::None => found.is_empty(),
        Case::Two => found.len() == 2,
        Case::Cut => matches!(found, [(_, inside)] if *inside < 4),
        _ => matches!(found, [(_, 4)]),
    }
}

/// The outlines in an answer, each with how many corners are inside.
fn outlines(answer: &Answer) -> Vec<(Corners, u64)> {
    let found = answer.0["outlines"].as_array();
    let one = |outline: &serde_json::Value| {
        let quad = serde_json::from_value(outline["quad"].clone()).ok()?;
        Some((quad, outline["corners_inside"].as_u64()?))
    };
    found.into_iter().flatten().filter_map(one).collect()
}

fn known(run: &Run, data: &DataFolder) -> Result<Table> {
    let mut table =
        Table::new(&["public photographs with a known outline", "overlap", "corners inside"]);
    for set in KNOWN.into_iter().filter(|set| data.has(set)) {
        for labelled in data.labelled(set)? {
            let answers = run.bonafide.outline(&[readable(data, set, &labelled)?])?;
            let truth = corners(&labelled.truth["quad_tl_tr_br_bl"])?;
            let found = answers.first().map(outlines).unwrap_or_default();
            let (overlap, inside) =
                found.first().map_or((0.0, 0), |(quad, inside)| (iou(quad, &truth, None), *inside));
            let name = format!("{set}, {}", labelled.half.name());
            table.row([name, format!("{overlap:.3}"), format!("{inside} of 4")]);
        }
    }
    Ok(table)
}

/// The picture as a file that the reader takes: one of the sets has a TIFF in
/// YCbCr, which is refused. Python's Pillow makes a PNG of it.
fn readable(data: &DataFolder, set: &str, labelled: &Labelled) -> Result<PathBuf> {
    let name = labelled.file.file_name().unwrap_or_default();
    let file = data.path(set).join(name);
    if file.extension().is_none_or(|extension| extension != "tif") {
        return Ok(file);
    }
    let made = PathBuf::from("target/eval/outline").join(name).with_extension("png");
    let program = "import sys; from PIL import Image; \
                   Image.open(sys.argv[1]).convert('RGB').save(sys.argv[2])";
    let done = Command::new("python3").args(["-c", program]).arg(&file).arg(&made).status()?;
    if !done.success() {
        bail!("{} needs Python with Pillow to be converted", file.display());
    }
    Ok(made)
}

fn corners(text: &str) -> Result<Corners> {
    let numbers: Vec<f32> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let (points, rest) = numbers.as_chunks::<2>();
    match (points, rest) {
        ([a, b, c, d], []) => Ok([*a, *b, *c, *d]),
        _ => bail!("{text:?} are no four corners"),
    }
}

fn ordinary(run: &Run, data: &DataFolder) -> Result<Table> {
    let head = ["ordinary pictures", "found and whole", "called two documents"];
    let mut table = Table::new(&head);
    for set in ORDINARY.into_iter().filter(|set| data.has(set)) {
        let all = data.labelled(set)?;
        let all = &all[..run.sample(all.len())];
        let files: Vec<PathBuf> = all.iter().map(|labelled| labelled.file.clone()).collect();
        let answers = run.bonafide.read(&files)?;
        for half in Half::BOTH {
            let (mut whole, mut two, mut of) = (0, 0, 0);
            for (labelled, answer) in all.iter().zip(&answers).filter(|(l, _)| l.half == half) {
                let reasons = answer.reasons();
                let told = SENT_BACK.map(|code| reasons.contains(&code));
                of += 1;
                whole += u64::from(!told[0] && !told[1]);
                two += u64::from(told[2]);
                if told.contains(&true) {
                    run.wrong(&labelled.path, || format!("{reasons:?}"));
                }
            }
            table.row([format!("{set}, {}", half.name()), share(whole, of), share(two, of)]);
        }
    }
    Ok(table)
}
