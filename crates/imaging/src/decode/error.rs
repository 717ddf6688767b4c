use thiserror::Error;

use super::PictureFormat;

/// Why bytes did not become a picture.
///
/// Each message is one sentence: what the file is, and what to do. The codes
/// of [`DecodeError::code`] are stable, the sentences are not.
#[derive(Debug, Error)]
pub enum DecodeError {
    /// No bytes at all.
    #[error("The file is empty: choose the picture again.")]
    Empty,
    /// More bytes than the limit.
    #[error(
        "The file has {bytes} bytes, more than the {limit} allowed: send the picture in a smaller \
         size or with stronger compression."
    )]
    TooManyBytes {
        /// Bytes in the file.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// More pixels than the limit, by the file's own header.
    #[error(
        "The picture has {width} × {height} pixels, more than can be read here (at most {limit} in \
         all): send it in a smaller size."
    )]
    TooManyPixels {
        /// Pixels across, as the header says.
        width: u32,
        /// Pixels down, as the header says.
        height: u32,
        /// Pixels allowed for a picture of this depth.
        limit: u64,
    },
    /// An Apple or Android HEIC/HEIF picture.
    #[error(
        "This is a HEIC picture, which cannot be read here: save it as JPEG (on an iPhone, for \
         new pictures: Settings › Camera › Formats › Most Compatible)."
    )]
    Heic,
    /// An AVIF picture.
    #[error("This is an AVIF picture, which cannot be read here: save it as JPEG or PNG.")]
    Avif,
    /// A PDF document.
    #[error(
        "This is a PDF, not a picture: take a photograph of the document, or save its page as \
         JPEG or PNG."
    )]
    Pdf,
    /// Plain text, whatever the file's name says.
    #[error("This is a text file, not a picture: choose a JPEG or PNG picture.")]
    Text,
    /// A known kind of file that is not read here.
    #[error("This is {name}, which cannot be read here: send a JPEG or PNG picture.")]
    UnsupportedFormat {
        /// What it is, with its article.
        name: &'static str,
    },
    /// Bytes of no known kind.
    #[error("This file is not a picture of any known kind: choose a JPEG or PNG picture.")]
    Unrecognised,
    /// More than one frame.
    #[error("This is an animated {format} picture: send a single photograph, as JPEG or PNG.")]
    Animated {
        /// The file's format.
        format: PictureFormat,
    },
    /// The data end before the picture does.
    #[error(
        "This {format} picture is incomplete, its end is missing: send the original file again."
    )]
    Truncated {
        /// The file's format.
        format: PictureFormat,
    },
    /// The data contradict the format, or use a rare variant of it.
    #[error(
        "This {format} picture is damaged or stored in an unusual way: open it, save it as an \
         ordinary JPEG or PNG, and send that."
    )]
    Damaged {
        /// The file's format.
        format: PictureFormat,
        /// What the decoder met.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl DecodeError {
    /// A stable name for scripts and clients.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file-empty",
            Self::TooManyBytes { .. } => "file-too-large",
            Self::TooManyPixels { .. } => "picture-too-large",
            Self::Heic => "picture-heic",
            Self::Avif => "picture-avif",
            Self::Pdf => "file-pdf",
            Self::Text => "file-text",
            Self::UnsupportedFormat { .. } => "format-unsupported",
            Self::Unrecognised => "format-unrecognised",
            Self::Animated { .. } => "picture-animated",
            Self::Truncated { .. } => "picture-truncated",
            Self::Damaged { .. } => "picture-damaged",
        }
    }
}
