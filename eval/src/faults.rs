//! Faults of the picture: is each that a person must mend found, and none else?

use std::path::PathBuf;

use anyhow::Result;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use specimen::{Cover, Face, Fault, Field, Kind, StampInk, Target};

use crate::Run;
use crate::answers::Answer;
use crate::interval::share;
use crate::photographs::{self, FIRST_SEED, LOOK, Shot};
use crate::report::{Measured, Table};
use crate::split::Half;

/// Photographs with each fault, and clean ones.
const PHOTOGRAPHS: usize = 320;

/// Sides, each with a field that it must give.
const SIDES: [(Kind, Face, Field); 8] = [
    (Kind::Passport, Face::Front, Field::DocumentNumber),
    (Kind::Td1Card, Face::Front, Field::DocumentNumber),
    (Kind::ChineseId, Face::Front, Field::NationalIdNumber),
    (Kind::Td2Card, Face::Front, Field::Surname),
    (Kind::DrivingLicence, Face::Front, Field::BirthDate),
    (Kind::ChineseId, Face::Back, Field::ExpiryDate),
    (Kind::VisaA, Face::Front, Field::Surname),
    (Kind::Passport, Face::Front, Field::BirthDate),
];

/// A kind of fault, in every strength that a person must mend.
///
/// The weakest strength planted is where, on looks 0 and 1 of the specimens, the fault
/// costs something that is required: about half of the printed fields for blur and
/// low resolution (`quality_ladder`, and reading the same photographs); for dark,
/// over- exposed and shadowed pictures a portrait or a print with a quarter of its
/// light, or clipped for a third; for what lies over the document, a required
/// field or the face under it.
struct Planted {
    name: &'static str,
    /// Any of these tells it.
    codes: &'static [&'static str],
    /// A fault of a random strength over `field` of a `kind`.
    fault: fn(&mut ChaCha8Rng, Kind, Field) -> Fault,
}

const PLANTED: [Planted; 12] = [
    Planted {
        name: "out of focus, 0.3–0.7 mm",
        codes: &["DOC_BLURRED"],
        fault: |rng, _, _| Fault::Blur { sigma_mm: rng.random_range(0.3..0.7) },
    },
    Planted {
        name: "moved, 1.2–2.5 mm",
        codes: &["DOC_BLURRED"],
        fault: |rng, _, _| Fault::MotionBlur {
            length_mm: rng.random_range(1.2..2.5),
            angle: rng.random_range(0.0..180.0),
        },
    },
    Planted {
        name: "glare over a required field",
        codes: &["DOC_GLARE"],
        fault: |rng, _, field| glare(rng, Target::Field(field), 14.0..36.0),
    },
    Planted {
        name: "glare over the portrait",
        codes: &["DOC_GLARE"],
        fault: |rng, _, _| glare(rng, Target::Portrait, 16.0..32.0),
    },
    Planted {
        name: "dark, 0.08–0.25 of the light",
        codes: &["DOC_TOO_DARK"],
        fault: |rng, _, _| Fault::Dark { gain: rng.random_range(0.08..0.25) },
    },
    Planted {
        name: "overexposed, 2.0–3.5 times",
        codes: &["DOC_OVEREXPOSED"],
        fault: |rng, _, _| Fault::Overexposed { gain: rng.random_range(2.0..3.5) },
    },
    Planted {
        name: "shadow over a field, 60–90 %",
        codes: &["DOC_SHADOW"],
        fault: |rng, _, field| Fault::Shadow {
            on: Target::Field(field),
            width_mm: rng.random_range(15.0..40.0),
            strength: rng.random_range(0.6..0.9),
        },
    },
    Planted {
        name: "print too small, 1.2–2.2 pixels a millimetre",
        codes: &["DOC_LOW_RESOLUTION"],
        fault: |rng, kind, _| Fault::LowResolution {
            width: (rng.random_range(1.2..2.2) * kind.size_mm().0 / 0.84) as u32,
        },
    },
    Planted {
        name: "a finger over a required field",
        codes: &["DOC_OCCLUDED", "DOC_FIELD_COVERED"],
        fault: |_, _, field| Fault::Covered { on: Target::Field(field), by: Cover::Finger },
    },
    Planted {
        name: "a pen or a card over a required field",
        codes: &["DOC_OCCLUDED", "DOC_FIELD_COVERED"],
        fault: |rng, _, field| Fault::Covered {
            on: Target::Field(field),
            by: if rng.random_bool(0.5) { Cover::Pen } else { Cover::Card },
        },
    },
    Planted { name: "a stamp over a required field", codes: &["DOC_WATERMARK"], fault: stamp },
    Planted { name: "a grey copy", codes: &["DOC_NOT_COLOUR"], fault: |_, _, _| Fault::Greyscale },
];

fn glare(rng: &mut ChaCha8Rng, on: Target, length_mm: std::ops::Range<f32>) -> Fault {
    let (length_mm, roundness) = (rng.random_range(length_mm), rng.random_range(0.35..0.8));
    Fault::Glare { on, length_mm, roundness, strength: 1.0 }
}

fn stamp(rng: &mut ChaCha8Rng, _: Kind, field: Field) -> Fault {
    const WORDS: [&str; 3] = ["复印无效", "禁止复印", "仅供核验使用"];
    Fault::Stamp {
        on: Target::Field(field),
        text: WORDS[rng.random_range(0..WORDS.len())].to_owned(),
        ink: if rng.random_bool(0.5) { StampInk::Red } else { StampInk::Grey },
        opacity: rng.random_range(0.6..0.95),
    }
}

/// Every code that speaks of the picture's quality.
const QUALITY: [&str; 10] = [
    "DOC_BLURRED",
    "DOC_GLARE",
    "DOC_TOO_DARK",
    "DOC_OVEREXPOSED",
    "DOC_SHADOW",
    "DOC_LOW_RESOLUTION",
    "DOC_OCCLUDED",
    "DOC_FIELD_COVERED",
    "DOC_WATERMARK",
    "DOC_NOT_COLOUR",
];

/// Photographs, reads and counts.
pub fn measure(run: &Run) -> Result<Option<Measured>> {
    let clean = shots(run.sample(PHOTOGRAPHS), 40_000, None);
    let clean = answers(run, "faults-clean", &clean)?;
    let mut table = Table::new(&["planted fault", "found", "the same word on clean photographs"]);
    for (number, planted) in PLANTED.iter().enumerate() {
        let first = 41_000 + 1000 * number;
        let shots = shots(run.sample(PHOTOGRAPHS), first, Some(planted));
        let answers = answers(run, &format!("faults-{number}"), &shots)?;
        let found = answers.iter().filter(|(file, answer)| {
            let found = says(answer, planted.codes);
            if !found {
                run.wrong(&file.display().to_string(), || {
                    format!("{}: {:?}", planted.name, answer.reasons())
                });
            }
            found
        });
        let found = share(found.count() as u64, answers.len() as u64);
        let alarms = clean.iter().filter(|(_, answer)| says(answer, planted.codes)).count();
        table.row([planted.name.to_owned(), found, share(alarms as u64, clean.len() as u64)]);
    }
    let any = clean.iter().filter(|(file, answer)| {
        let alarm = says(answer, &QUALITY);
        if alarm {
            run.wrong(&file.display().to_string(), || format!("clean: {:?}", answer.reasons()));
        }
        alarm
    });
    table.row(["none".to_owned(), String::new(), share(any.count() as u64, clean.len() as u64)]);
    let mut tables = vec![table, harmless(run)?];
    tables.extend(on_data(run)?);
    let text = format!(
        "Specimens in look {LOOK}, seeds from {FIRST_SEED}, which neither tests nor tuning use, \
         photographed as people do, each with one fault of a random strength that a person \
         must mend; found when the reason of that fault is given, by the shipped limits. Drawn \
         by a program, so easier than the world."
    );
    Measured::now("Faults of the picture", text, tables).map(Some)
}

/// Small reflections where nothing is printed must not be complained of.
fn harmless(run: &Run) -> Result<Table> {
    let planted = Planted {
        name: "glare of 5–9 mm beside all print",
        codes: &["DOC_GLARE"],
        fault: |rng, _, _| glare(rng, Target::Free, 5.0..9.0),
    };
    let shots = shots(run.sample(PHOTOGRAPHS), 60_000, Some(&planted));
    let answers = answers(run, "faults-harmless", &shots)?;
    let alarms = answers.iter().filter(|(_, answer)| says(answer, planted.codes)).count();
    let mut table = Table::new(&["harmless fault", "complained of"]);
    table.row([planted.name.to_owned(), share(alarms as u64, answers.len() as u64)]);
    Ok(table)
}

fn shots(count: usize, first: usize, planted: Option<&Planted>) -> Vec<Shot> {
    let shot = |index: usize| {
        let (kind, face, field) = SIDES[index % SIDES.len()];
        let mut shot = Shot::new(kind, face, first + index);
        let mut rng = ChaCha8Rng::seed_from_u64(shot.seed);
        shot.scene.faults.extend(planted.map(|planted| (planted.fault)(&mut rng, kind, field)));
        shot
    };
    (0..count).map(shot).collect()
}

fn answers(run: &Run, folder: &str, shots: &[Shot]) -> Result<Vec<(PathBuf, Answer)>> {
    let taken = photographs::take(folder, shots)?;
    let files: Vec<PathBuf> = taken.into_iter().map(|taken| taken.file).collect();
    let answers = run.bonafide.read(&files)?;
    Ok(files.into_iter().zip(answers).collect())
}

fn says(answer: &Answer, codes: &[&str]) -> bool {
    answer.reasons().iter().any(|reason| codes.contains(reason))
}

/// What is complained of on the public pictures, of which most are in order.
fn on_data(run: &Run) -> Result<Option<Table>> {
    let Some(data) = run.data.as_ref().filter(|data| data.has("documents/mrz-a")) else {
        return Ok(None);
    };
    let mut table = Table::new(&["public pictures", "with a word on quality", "which"]);
    for set in ["mrz-a", "mrz-b", "cn-id"] {
        let pictures = data.labelled(&format!("documents/{set}"))?;
        for half in Half::BOTH {
            let pictures: Vec<_> = pictures.iter().filter(|picture| picture.half == half).collect();
            let files: Vec<PathBuf> = pictures.iter().map(|picture| picture.file.clone()).collect();
            let answers = run.bonafide.read(&files)?;
            let mut which = std::collections::BTreeMap::<&str, u64>::new();
            let mut alarmed = 0;
            for (picture, answer) in pictures.iter().zip(&answers) {
                let mut codes: Vec<&str> = answer.reasons();
                codes.retain(|code| QUALITY.contains(code));
                codes.sort_unstable();
                codes.dedup();
                alarmed += u64::from(!codes.is_empty());
                if !codes.is_empty() {
                    run.wrong(&picture.path, || format!("{codes:?}"));
                }
                for code in codes {
                    *which.entry(code).or_default() += 1;
                }
            }
            let which: Vec<String> =
                which.iter().map(|(code, count)| format!("{code} {count}")).collect();
            table.row([
                format!("{set}, {}", half.name()),
                share(alarmed, files.len() as u64),
                which.join(", "),
            ]);
        }
    }
    Ok(Some(table))
}
