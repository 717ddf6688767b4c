//! A live capture as it is uploaded: a ZIP of frames, each named by its milliseconds since
//! the capture began (`000033.jpg`), as in a folder that `bonafide liveness --frames` reads.

use std::io::{Cursor, Read};

use evidence::capture::Frame;
use imaging::resize::{Filter, fit_within};
use imaging::{Limits, decode};
use zip::ZipArchive;

use crate::engine::EngineError;

/// More frames than half a minute at 30 a second answer no challenge.
const MOST_FRAMES: usize = 900;
/// A frame of 640 pixels has a tenth of this.
const MOST_BYTES_OF_A_FRAME: u64 = 2 * 1024 * 1024;
/// Frames are judged at this size: more shows no more of what a face does.
const LONGEST_SIDE: u32 = 640;

fn refused(sentence: impl Into<String>) -> EngineError {
    EngineError::Refused { code: "capture-unreadable".to_owned(), sentence: sentence.into() }
}

/// The frames in `bytes`, in the order of their times, decoded one by one as they are taken.
///
/// # Errors
/// When it is no ZIP of frames within the limits.
pub fn frames(
    bytes: &[u8],
) -> Result<impl Iterator<Item = Result<Frame, EngineError>> + '_, EngineError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| refused("A capture is a ZIP of frames; this is none."))?;
    if archive.len() > MOST_FRAMES {
        return Err(refused(format!("A capture has at most {MOST_FRAMES} frames.")));
    }
    let mut order = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index);
        let entry = entry.map_err(|_| refused("The ZIP of the capture is damaged."))?;
        let name = entry.name().map_err(|_| refused("The ZIP of the capture is damaged."))?;
        let stem = name.rsplit_once('.').map_or("", |(stem, _)| stem);
        let at = stem.parse::<u32>().ok().filter(|_| stem.bytes().all(|b| b.is_ascii_digit()));
        let named = "Name each frame by its milliseconds since the capture began: 000033.jpg.";
        order.push((at.ok_or_else(|| refused(named))?, index));
    }
    if order.is_empty() {
        return Err(refused("The capture has no frames."));
    }
    order.sort_unstable();
    Ok(order.into_iter().map(move |(at, index)| frame(&mut archive, at, index)))
}

fn frame(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    at: u32,
    index: usize,
) -> Result<Frame, EngineError> {
    let damaged = || refused("The ZIP of the capture is damaged.");
    let entry = archive.by_index(index).map_err(|_| damaged())?;
    let mut bytes = Vec::new();
    // What the entry says of its size is a claim: no more than this is unpacked.
    entry.take(MOST_BYTES_OF_A_FRAME + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
    if bytes.len() as u64 > MOST_BYTES_OF_A_FRAME {
        return Err(refused("A frame is larger than 2 MiB: send frames of 640 pixels."));
    }
    let picture = decode(&bytes, &Limits::default())
        .map_err(|error| refused(format!("Frame {at}: {error}")))?;
    let picture = fit_within(picture.rgb(), LONGEST_SIDE, Filter::Area).image.into_owned();
    Ok(Frame { at_ms: f64::from(at), picture })
}
