//! Scores normalised against a cohort of people who are not measured.

use anyhow::Result;
use inference::Digest;
use vision::face::{
    Cohort, Embedding, FaceCalibration, KnownPairs, Measurement, Normalisation, NormalisedScore,
    Strangers,
};

use super::calibrate::found;
use super::{Embedded, Limits, Person, Rates, Set};
use crate::report::Table;
use crate::split::Half;

/// A face, and how close strangers come to it.
pub type Placed = (Embedding, Strangers);

/// The first picture with a face of each of `people`, as a cohort.
pub fn cohort(people: &[Person], embedder: Digest) -> Result<Cohort> {
    let one = |person: &Person| person.faces.iter().flatten().next().cloned();
    let faces: Vec<Embedding> = people.iter().filter_map(one).collect();
    Ok(Cohort::of(&faces, embedder)?)
}

/// `faces` with how close strangers come to each.
pub fn placed(
    faces: Vec<Vec<Option<Embedding>>>,
    cohort: &Cohort,
    how: &Normalisation,
) -> Vec<Vec<Option<Placed>>> {
    let place = |face: Embedding| {
        let strangers = cohort.strangers(&face, how);
        (face, strangers)
    };
    let person = |faces: Vec<Option<Embedding>>| faces.into_iter().map(|face| face.map(place));
    faces.into_iter().map(|faces| person(faces).collect()).collect()
}

/// The normalised score of two faces.
pub fn score(how: &Normalisation) -> impl Fn(&Placed, &Placed) -> f64 {
    |a, b| NormalisedScore { distance: how.distance(&a.0, &b.0), strangers: [a.1, b.1] }.value()
}

/// Adds the normalised rows of both halves of every set. The first is the one
/// whose people make the cohorts; another set is set against the same cohort
/// that its calibration was measured with.
pub fn add_rows(sets: &[(&Set, Embedded)], rates: &mut Rates, at_limits: &mut Table) -> Result<()> {
    let Some((large, of_large)) = sets.first() else { return Ok(()) };
    let Some(embedder) = of_large.embedder else { return Ok(()) };
    let [tuning, check] = Half::BOTH.map(|half| of_large.half(large, half));
    let (Ok(for_check), Ok(for_tuning)) = (cohort(&tuning, embedder), cohort(&check, embedder))
    else {
        return Ok(());
    };
    let how = Normalisation::default();
    let populations = calibrated(sets, &for_tuning, &how)?;
    let (limits, western) = (Limits::of(&populations)?, Limits::of(&populations[..1])?);
    for (set, embedded) in sets {
        for half in Half::BOTH {
            let own = set.name == large.name && half == Half::Check;
            let cohort = if own { &for_check } else { &for_tuning };
            let name = format!(
                "{}, {}, normalised against {} people of LFW",
                set.name,
                half.name(),
                cohort.people()
            );
            let people = placed(super::faces(&embedded.half(set, half)), cohort, &how);
            rates.add(&name, &people, score(&how));
            limits.add_rows(at_limits, &name, &people, score(&how));
            if half == Half::Check {
                let name = format!("{name}, at the western limit alone");
                western.add_rows(at_limits, &name, &people, score(&how));
            }
        }
    }
    Ok(())
}

/// The populations of the tuning halves, by normalised score.
fn calibrated(
    sets: &[(&Set, Embedded)],
    cohort: &Cohort,
    how: &Normalisation,
) -> Result<Vec<vision::face::Population>> {
    let pairs: Vec<KnownPairs> = sets
        .iter()
        .map(|(set, embedded)| {
            let faces = found(&embedded.half(set, Half::Tuning));
            let place = |face: Embedding| (face.clone(), cohort.strangers(&face, how));
            let placed = |faces: Vec<Embedding>| faces.into_iter().map(place).collect::<Vec<_>>();
            let people: Vec<Vec<Placed>> = faces.into_iter().map(placed).collect();
            KnownPairs::between(set.population, set.title, &people, score(how))
        })
        .collect();
    let measurement = Measurement {
        day: String::new(),
        embedding: cohort.embedding(),
        models: std::collections::BTreeMap::new(),
    };
    Ok(FaceCalibration::measured(measurement, &pairs)?.populations().to_vec())
}
