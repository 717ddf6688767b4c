//! A live capture from a video file or from a folder of frames.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::Context;
use clap::Args;
use domain::liveness::{Asked, Challenge, Light};
use evidence::capture::{CaptureReader, Frame, SeenCapture};
use image::RgbImage;
use imaging::resize::{Filter, fit_within};

use crate::exit::Refused;
use crate::input;

/// Frames are judged at this size: more shows no more of what a face does.
const LONGEST_SIDE: u32 = 640;
/// What a phone or a browser records. A playlist, which ffmpeg would follow to other files and
/// hosts, is none of them.
const FORMATS: &str = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts";
/// Pixels of the largest frame that is decoded.
const MOST_PIXELS: &str = "40000000";
/// A capture is at most so long, seconds; one more is looked at to see whether it is.
const LONGEST_SECONDS: f64 = 60.0;
const LOOKED_AT: &str = "%+61";
/// More frames than a minute at 30 a second are no capture.
const MOST_FRAMES: usize = 1800;

/// Where a live capture lies, and what was asked.
#[derive(Debug, Args)]
pub struct CaptureArgs {
    /// A clip of the face, not mirrored; needs ffmpeg
    #[arg(long, value_name = "FILE", conflicts_with = "frames")]
    video: Option<PathBuf>,
    /// A folder of frames of the face, each named by its milliseconds: 000033.jpg
    #[arg(long, value_name = "DIR")]
    frames: Option<PathBuf>,
    /// What was asked, in its order, with seconds if you like: blink@0-3,turn-left@3-6
    #[arg(long, value_name = "ACTIONS", default_value = "")]
    challenge: Challenge,
    /// Colours that the page showed meanwhile, with seconds, or that the person did not want
    /// them: red@0-0.7,blue@0.7-1.4,white@1.4-2.1,green@2.1-2.8, or declined
    #[arg(long, value_name = "COLOURS")]
    light: Option<Light>,
}

impl CaptureArgs {
    /// What the capture shows; `None` where none was given.
    ///
    /// # Errors
    /// When it cannot be read, or a model fails.
    pub fn read(&self, reader: &CaptureReader) -> anyhow::Result<Option<SeenCapture>> {
        let frames = match (&self.video, &self.frames) {
            (Some(file), _) => video(file)?,
            (None, Some(files)) => folder(files)?,
            (None, None) => return Ok(None),
        };
        let light = self.light.clone().unwrap_or_default();
        let asked = Asked { challenge: self.challenge.clone(), light, ..Asked::default() };
        reader.read(frames, asked).map(Some)
    }
}

/// The frames of a capture in their order, decoded one by one.
type Frames = Box<dyn Iterator<Item = anyhow::Result<Frame>>>;

/// The frames of the video in `file`, shrunk to 640 pixels, by the machine's ffmpeg.
///
/// # Errors
/// When ffmpeg is not installed or cannot read the file.
fn video(file: &Path) -> anyhow::Result<Frames> {
    if !file.is_file() {
        return Err(
            Refused(format!("{}: this is not a file: name a video.", file.display())).into()
        );
    }
    let times = times(file)?;
    if times.len() > MOST_FRAMES {
        return Err(too_many(times.len()).into());
    }
    let scale = format!(
        "scale=w='min({LONGEST_SIDE},iw)':h='min({LONGEST_SIDE},ih)':force_original_aspect_ratio=decrease"
    );
    let mut child = ffmpeg("ffmpeg")
        .args(["-nostdin", "-i"])
        .arg(file)
        .args(["-map", "0:v:0", "-vf", &scale, "-fps_mode", "passthrough"])
        .args(["-f", "image2pipe", "-c:v", "ppm", "-"])
        .stdout(Stdio::piped())
        .spawn()
        .map_err(not_installed)?;
    let output = BufReader::new(child.stdout.take().expect("it is piped"));
    Ok(Box::new(Video { child, output, times: times.into_iter() }))
}

/// The frames in `folder`, each a picture named by its milliseconds since the capture
/// began: `000033.jpg`.
///
/// # Errors
/// When the folder cannot be listed or a name says no time.
fn folder(folder: &Path) -> anyhow::Result<Frames> {
    let listing = || format!("listing {}", folder.display());
    let entries = std::fs::read_dir(folder)
        .map_err(|error| Refused(format!("{}: {error}.", folder.display())))?;
    let mut files: Vec<(f64, PathBuf)> = Vec::new();
    for entry in entries {
        let path = entry.with_context(listing)?.path();
        let time = path.file_stem().and_then(OsStr::to_str).and_then(|stem| stem.parse().ok());
        let Some(time) = time.filter(|time: &f64| time.is_finite()) else {
            let problem =
                "name each frame by its milliseconds since the capture began, as 000033.jpg";
            return Err(Refused(format!("{}: {problem}.", path.display())).into());
        };
        files.push((time, path));
    }
    if files.len() > MOST_FRAMES {
        return Err(too_many(files.len()).into());
    }
    files.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(Box::new(files.into_iter().map(|(at_ms, path)| {
        let picture = input::picture(&path)
            .map_err(|error| Refused(format!("{}: {}", path.display(), error.message)))?;
        Ok(Frame {
            at_ms,
            picture: fit_within(picture.rgb(), LONGEST_SIDE, Filter::Area).image.into_owned(),
        })
    })))
}

fn too_many(frames: usize) -> Refused {
    Refused(format!("The capture has {frames} frames: send at most {MOST_FRAMES}, a minute's."))
}

fn ffmpeg(program: &str) -> Command {
    let mut command = Command::new(program);
    command.args(["-v", "fatal", "-protocol_whitelist", "file", "-format_whitelist", FORMATS]);
    command.args(["-max_pixels", MOST_PIXELS]).stdin(Stdio::null());
    command
}

fn not_installed(error: std::io::Error) -> anyhow::Error {
    if error.kind() == std::io::ErrorKind::NotFound {
        let problem = "Videos are decoded by ffmpeg, which is not installed: install it, or give \
                       the frames with --frames.";
        return Refused(problem.to_owned()).into();
    }
    anyhow::Error::new(error).context("starting ffmpeg")
}

/// The times of the frames of `file`, milliseconds from the first.
fn times(file: &Path) -> anyhow::Result<Vec<f64>> {
    let output = ffmpeg("ffprobe")
        .args([
            "-read_intervals",
            LOOKED_AT,
            "-select_streams",
            "v:0",
            "-show_entries",
            "frame=pts_time",
            "-of",
            "csv=p=0",
        ])
        .arg(file)
        .output()
        .map_err(not_installed)?;
    let text = String::from_utf8_lossy(&output.stdout);
    let seconds: Vec<f64> =
        text.lines().filter_map(|line| line.trim_end_matches(',').parse().ok()).collect();
    let Some(first) = seconds.first().copied().filter(|_| output.status.success()) else {
        let problem = "ffmpeg finds no video in it: send a clip of a face";
        return Err(Refused(format!("{}: {problem}.", file.display())).into());
    };
    if seconds.iter().any(|second| second - first > LONGEST_SECONDS) {
        let problem = "it is longer than a minute: cut it to the part that answers the challenge";
        return Err(Refused(format!("{}: {problem}.", file.display())).into());
    }
    Ok(seconds.into_iter().map(|second| 1000.0 * (second - first)).collect())
}

/// Frames as ffmpeg writes them, each a PPM.
struct Video {
    child: Child,
    output: BufReader<ChildStdout>,
    times: std::vec::IntoIter<f64>,
}

impl Iterator for Video {
    type Item = anyhow::Result<Frame>;

    fn next(&mut self) -> Option<Self::Item> {
        let at_ms = self.times.next()?;
        match ppm(&mut self.output).context("reading a frame from ffmpeg") {
            Ok(picture) => picture.map(|picture| Ok(Frame { at_ms, picture })),
            Err(error) => Some(Err(error)),
        }
    }
}

impl Drop for Video {
    fn drop(&mut self) {
        // It may still be writing frames that nobody reads.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The next picture, or `None` at the end.
fn ppm(from: &mut impl BufRead) -> anyhow::Result<Option<RgbImage>> {
    let Some(magic) = word(from)? else { return Ok(None) };
    anyhow::ensure!(magic == "P6", "expected a PPM, found {magic:?}");
    let mut number =
        || -> anyhow::Result<u32> { Ok(word(from)?.context("a PPM ends in its head")?.parse()?) };
    let (width, height, most) = (number()?, number()?, number()?);
    anyhow::ensure!(width <= LONGEST_SIDE && height <= LONGEST_SIDE && most == 255, "odd size");
    let mut pixels = vec![0; 3 * (width * height) as usize];
    from.read_exact(&mut pixels)?;
    Ok(RgbImage::from_raw(width, height, pixels))
}

/// What stands before the next white space, which is read too.
fn word(from: &mut impl BufRead) -> anyhow::Result<Option<String>> {
    let mut word = String::new();
    let mut byte = [0];
    while word.len() < 16 {
        match from.read(&mut byte)? {
            0 => break,
            _ if byte[0].is_ascii_whitespace() => return Ok(Some(word)),
            _ => word.push(char::from(byte[0])),
        }
    }
    anyhow::ensure!(word.is_empty(), "a PPM ends in its head");
    Ok(None)
}
