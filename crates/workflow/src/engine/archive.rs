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

/// A larger frame than this, pixels, is no frame of 640: it would be decoded for
/// nothing. Five times what such a frame has, a guess.
const MOST_PIXELS: u64 = 1_600_000;
/// What comes later than this after the end of what was asked, milliseconds, answers nothing:
/// a camera is slow to begin. A guess.
const LATE_MS: f64 = 3000.0;

/// The record that a ZIP ends with, where it has no comment.
const END: usize = 22;

fn refused(sentence: impl Into<String>) -> EngineError {
    EngineError::Refused { code: "capture-unreadable".to_owned(), sentence: sentence.into() }
}

/// The frames in `bytes`, in the order of their times, decoded one by one as they are taken;
/// none that come long after what was asked `ends_ms` after the beginning.
///
/// # Errors
/// When it is no ZIP of frames within the limits.
pub fn frames(
    bytes: &[u8],
    ends_ms: Option<f64>,
) -> Result<impl Iterator<Item = Result<Frame, EngineError>> + '_, EngineError> {
    let last = ends_ms.map_or(f64::INFINITY, |ends| ends + LATE_MS);
    let in_time = move |frame: &Result<Packed, _>| {
        frame.as_ref().map_or(true, |(at, _)| f64::from(*at) <= last)
    };
    Ok(packed(bytes)?.take_while(in_time).map(|frame| decoded(frame?)))
}

/// A frame as it came, with its milliseconds.
type Packed = (u32, Vec<u8>);

/// The same as they came.
///
/// # Errors
/// As [`frames`].
pub fn packed(
    bytes: &[u8],
) -> Result<impl Iterator<Item = Result<Packed, EngineError>> + '_, EngineError> {
    let none = || refused("A capture is a ZIP of frames, without a comment; this is none.");
    if announced(bytes).ok_or_else(none)? > MOST_FRAMES {
        return Err(refused(format!("A capture has at most {MOST_FRAMES} frames.")));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| none())?;
    if archive.len() > MOST_FRAMES {
        return Err(none());
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
    if order.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(refused("Two frames of the capture have one time."));
    }
    Ok(order.into_iter().map(move |(at, index)| Ok((at, file(&mut archive, index)?))))
}

/// How many entries a ZIP says that it has, read before its directory is: that costs memory for
/// each of them. `None` for one with a comment, in parts, of ZIP64, or whose directory does not
/// lie right before its end: readers look for another directory in these.
fn announced(bytes: &[u8]) -> Option<usize> {
    let (before, end) = bytes.split_at_checked(bytes.len().checked_sub(END)?)?;
    let short = |at: usize| usize::from(u16::from_le_bytes([end[at], end[at + 1]]));
    let long = |at: usize| short(at) | short(at + 2) << 16;
    let (disks, here, all, comment) = (long(4), short(8), short(10), short(20));
    let (length, begin) = (long(12), long(16));
    let whole = end.starts_with(b"PK\x05\x06") && disks == 0 && here == all && comment == 0;
    let directory = before.get(begin..).filter(|directory| directory.len() == length)?;
    let begins = directory.starts_with(b"PK\x01\x02") || all == 0;
    (whole && begins).then_some(all)
}

fn file(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize) -> Result<Vec<u8>, EngineError> {
    let damaged = || refused("The ZIP of the capture is damaged.");
    let entry = archive.by_index(index).map_err(|_| damaged())?;
    let mut bytes = Vec::new();
    // What the entry says of its size is a claim: no more than this is unpacked.
    entry.take(MOST_BYTES_OF_A_FRAME + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
    if bytes.len() as u64 > MOST_BYTES_OF_A_FRAME {
        return Err(refused("A frame is larger than 2 MiB: send frames of 640 pixels."));
    }
    Ok(bytes)
}

fn decoded((at, bytes): Packed) -> Result<Frame, EngineError> {
    let limits = Limits { max_pixels: MOST_PIXELS, ..Limits::default() };
    let picture =
        decode(&bytes, &limits).map_err(|error| refused(format!("Frame {at}: {error}")))?;
    let picture = fit_within(picture.rgb(), LONGEST_SIDE, Filter::Area).image.into_owned();
    Ok(Frame { at_ms: f64::from(at), picture })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// So many frames, each of these bytes.
    fn capture(count: usize, frame: &[u8]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..count {
            archive.start_file(format!("{index:06}.jpg"), SimpleFileOptions::default()).unwrap();
            archive.write_all(frame).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    /// What is said of a capture that is refused.
    fn said(bytes: &[u8]) -> String {
        let refused =
            frames(bytes, None).and_then(|mut frames| frames.try_for_each(|f| f.map(drop)));
        match refused {
            Err(EngineError::Refused { code, sentence }) if code == "capture-unreadable" => {
                sentence
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn more_frames_than_there_may_be_are_refused_whatever_the_directory_holds() {
        assert!(frames(&capture(MOST_FRAMES, b""), None).is_ok());
        let many = capture(MOST_FRAMES + 1, b"");
        assert_eq!(said(&many), "A capture has at most 900 frames.");
        // The end says that there is one, and the directory goes on: no more than one is read.
        let mut lying = many.clone();
        let end = lying.len() - END;
        lying[end + 8..end + 12].copy_from_slice(&[1, 0, 1, 0]);
        assert_eq!(frames(&lying, None).unwrap().count(), 1);
        // An end of another directory stands before it.
        let mut two = many[..end].to_vec();
        two.extend_from_slice(&many[end..]);
        two.extend_from_slice(b"PK\x05\x06");
        two.extend_from_slice(&[0; 18]);
        assert!(said(&two).contains("this is none"));
    }

    #[test]
    fn a_frame_that_unpacks_to_more_than_there_may_be_is_refused() {
        let large = vec![0; MOST_BYTES_OF_A_FRAME as usize + 1];
        let bomb = capture(1, &large);
        assert!(bomb.len() < 10_000, "it is small as it comes");
        assert!(said(&bomb).contains("larger than 2 MiB"));
    }

    #[test]
    fn a_frame_of_more_pixels_than_any_capture_has_is_not_decoded() {
        let mut large = Cursor::new(Vec::new());
        let picture = image::RgbImage::new(1500, 1200);
        picture.write_to(&mut large, image::ImageFormat::Png).unwrap();
        let large = large.into_inner();
        assert!(large.len() < 50_000, "it is small as it comes");
        assert!(said(&capture(1, &large)).starts_with("Frame 0: "));
    }

    #[test]
    fn frames_long_after_the_end_are_not_looked_at_and_two_of_one_time_are_refused() {
        let taken = |ends_ms| frames(&capture(30, b""), ends_ms).unwrap().count();
        assert_eq!((taken(None), taken(Some(10.0 - LATE_MS))), (30, 11));
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["33.jpg", "000033.jpg"] {
            archive.start_file(name, SimpleFileOptions::default()).unwrap();
        }
        let twice = archive.finish().unwrap().into_inner();
        assert_eq!(said(&twice), "Two frames of the capture have one time.");
    }

    #[test]
    fn what_is_damaged_or_of_another_kind_is_refused() {
        let good = capture(3, b"a frame that is no picture");
        assert!(said(&good).starts_with("Frame 0: "));
        for length in 0..good.len() {
            said(&good[..length]);
        }
        for place in 0..good.len() {
            let mut damaged = good.clone();
            damaged[place] ^= 0xff;
            said(&damaged);
        }
        assert!(said(b"GIF89a").contains("this is none"));
        assert_eq!(said(&capture(0, b"")), "The capture has no frames.");
    }
}
