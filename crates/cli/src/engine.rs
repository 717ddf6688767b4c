//! The installed models and the clock: what commands share of the outside.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;
use evidence::capture::CaptureReader;
use evidence::preview::{FacePreviewer, Previewer};
use evidence::reader::Reader;
use evidence::selfie::SelfieReader;
use evidence::stages::Stages;
use inference::{ModelSet, Parallelism, models_dir};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use vision::document::DocumentFinder;
use vision::face::FaceCalibration;

/// The models folder: under `BONAFIDE_DATA`, else in the user's data folder.
///
/// # Errors
/// When not even a home folder is known.
pub fn models_folder() -> anyhow::Result<PathBuf> {
    models_dir(|name| std::env::var_os(name))
        .context("no folder for the models is known: set BONAFIDE_DATA to a folder")
}

/// The folder of the specimens' portraits, beside the models.
///
/// # Errors
/// As [`models_folder`].
pub fn portraits_folder() -> anyhow::Result<PathBuf> {
    Ok(models_folder()?.with_file_name("portraits"))
}

/// The reader on the installed models, for `jobs` pictures at once.
///
/// # Errors
/// When a model is missing or not the pinned one; the message says what to do.
pub fn reader(jobs: usize) -> anyhow::Result<Reader> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let parallelism = Parallelism { threads: 1, runs: jobs.max(cores).min(cores * 2) };
    let folder = models_folder()?;
    let models = ModelSet::open(&folder, parallelism)?;
    Ok(Reader::open(&models, calibration(&folder)?)?)
}

/// Where an operator's own face calibration lies.
pub fn calibration_file(models_folder: &Path) -> PathBuf {
    models_folder.join("calibration.toml")
}

/// The operator's own calibration, where there is one, else the shipped one.
fn calibration(models_folder: &Path) -> anyhow::Result<FaceCalibration> {
    let path = calibration_file(models_folder);
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            FaceCalibration::parse(&text).with_context(|| format!("loading {}", path.display()))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(FaceCalibration::shipped()),
        Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
    }
}

/// The outline stage alone, for `jobs` pictures at once.
///
/// # Errors
/// As [`reader`].
pub fn outlines(jobs: usize) -> anyhow::Result<DocumentFinder> {
    let parallelism = Parallelism { threads: 1, runs: jobs.max(1) };
    let models = ModelSet::open(&models_folder()?, parallelism)?;
    Ok(DocumentFinder::from_models(&models)?)
}

/// The judge of camera frames, for `jobs` of them at once.
///
/// # Errors
/// As [`reader`].
pub fn previewer(jobs: usize) -> anyhow::Result<Previewer> {
    let parallelism = Parallelism { threads: 1, runs: jobs.max(1) };
    let models = ModelSet::open(&models_folder()?, parallelism)?;
    Ok(Previewer::from_models(&models)?)
}

/// The judge of frames of a face, for `jobs` of them at once.
///
/// # Errors
/// As [`reader`].
pub fn face_previewer(jobs: usize) -> anyhow::Result<FacePreviewer> {
    let parallelism = Parallelism { threads: 1, runs: jobs.max(1) };
    let models = ModelSet::open(&models_folder()?, parallelism)?;
    Ok(FacePreviewer::from_models(&models)?)
}

/// The reader of selfies by themselves, for `jobs` of them at once.
///
/// # Errors
/// As [`reader`].
pub fn selfies(jobs: usize) -> anyhow::Result<SelfieReader> {
    let parallelism = Parallelism { threads: 1, runs: jobs.max(1) };
    Ok(SelfieReader::from_models(&ModelSet::open(&models_folder()?, parallelism)?)?)
}

/// The reader of live captures, with the digests of the models that it runs.
///
/// # Errors
/// As [`reader`].
pub fn captures() -> anyhow::Result<(CaptureReader, BTreeMap<String, String>)> {
    let models = ModelSet::open(&models_folder()?, Parallelism { threads: 1, runs: 2 })?;
    Ok((CaptureReader::from_models(&models)?, CaptureReader::digests(&models)?))
}

/// Today, in UTC.
pub fn today() -> Date {
    TimeZone::UTC.to_datetime(Timestamp::now()).date()
}

/// Milliseconds by stage, to a tenth.
pub fn milliseconds(stages: &Stages) -> BTreeMap<String, f64> {
    let times = stages.milliseconds().into_iter();
    times.map(|(stage, ms)| (stage, (ms * 10.0).round() / 10.0)).collect()
}
