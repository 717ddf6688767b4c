//! Pictures with what was seen and what is wrong drawn on them.

use std::io;
use std::path::{Path, PathBuf};

use domain::decision::{Decision, Verdict};
use domain::evidence::Slot;
use domain::guidance::{Language, Texts};
use domain::reason::{Audience, Reason};
use evidence::reader::{Observed, Seen, Submission};
use image::RgbImage;
use imaging::Point;
use imaging::draw::{Annotation, LabelFont, Tone};

/// Writes one annotated picture for each of the submission's into `dir`, which
/// is made if it is not there, and returns their paths.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    dir: &Path,
    submission: &Submission,
    seen: &Seen,
    decision: &Decision,
    language: Language,
) -> io::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(dir)?;
    let font = LabelFont::find();
    let mut paths = Vec::new();
    for (slot, observed) in &seen.pictures {
        let takes = submission.pictures.get(slot);
        let Some(picture) = takes.and_then(|takes| takes.get(observed.take)) else { continue };
        let drawing = Drawing { font: font.as_ref(), texts: Texts::of(language), decision };
        let annotated = drawing.of(*slot, picture.rgb(), observed);
        let path = dir.join(format!("{}.jpg", name(*slot)));
        annotated.save(&path).map_err(io::Error::other)?;
        paths.push(path);
    }
    Ok(paths)
}

fn name(slot: Slot) -> &'static str {
    match slot {
        Slot::Front => "document",
        Slot::Back => "back",
        Slot::Held => "held",
        Slot::Selfie => "selfie",
    }
}

struct Drawing<'a> {
    font: Option<&'a LabelFont>,
    texts: &'static Texts,
    decision: &'a Decision,
}

impl Drawing<'_> {
    fn of(&self, slot: Slot, picture: &RgbImage, observed: &Observed) -> RgbImage {
        let mut drawing = Annotation::on(picture, self.font);
        let reasons: Vec<&Reason> = self
            .decision
            .reasons
            .iter()
            .filter(|reason| reason.slot == Some(slot))
            .filter(|reason| reason.code.audience() == Audience::Applicant)
            .collect();
        if let Some(outline) = &observed.outline {
            drawing.dim_outside(outline);
            drawing.outline(outline, tone(&reasons), None);
        }
        for (quad, _) in &observed.lines {
            drawing.thin_box(quad, Tone::Info, None);
        }
        if let Some(zone) = &observed.zone {
            drawing.thin_box(zone, Tone::Good, Some("MRZ"));
        }
        for (index, face) in observed.faces.iter().enumerate() {
            let tone = if index == 0 { Tone::Good } else { Tone::Info };
            drawing.thin_box(&face.bounds.quad(), tone, None);
            drawing.dots(&face.landmarks, tone);
        }
        for reason in &reasons {
            let Some(region) = &reason.region else { continue };
            let corners: Vec<Point> = region.0.iter().map(|corner| Point::from(*corner)).collect();
            drawing.fault(&corners, Tone::Problem, Some(reason.code.as_str()));
        }
        if let Some(reason) = reasons.first() {
            drawing.caption(&self.texts.guidance(reason).fix, Tone::Problem);
        } else if self.decision.verdict == Verdict::Approve {
            drawing.caption(self.texts.verdict(Verdict::Approve), Tone::Good);
        }
        drawing.finish()
    }
}

/// An outline is in order unless something is wrong with the picture.
fn tone(reasons: &[&Reason]) -> Tone {
    if reasons.is_empty() { Tone::Good } else { Tone::Problem }
}
