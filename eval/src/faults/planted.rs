//! Faults of random strengths over sides of all kinds.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use specimen::{Cover, Face, Fault, Field, Kind, StampInk, Target};

use crate::photographs::Shot;

/// A side of a kind, and a field that it must give.
pub type Side = (Kind, Face, Field);

/// Sides, each with a field that it must give.
const SIDES: [Side; 8] = [
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
/// low resolution (`quality_ladder`, and reading the same photographs); for dark and
/// shadowed pictures a portrait or a print with a quarter of its light; for
/// overexposed ones a fifth of the light and dark of a face of any skin: at three
/// times the light the darkest of 64 portraits lost 0.42 of it, at 2.9 times 0.07; for
/// what lies over the document, a required field or the face under it, so glare lies
/// over a portrait only where there is one. Stamps are counted apart, as many fields
/// are read through them.
pub struct Planted {
    /// As the tables name it.
    pub name: &'static str,
    /// Any of these tells it.
    pub codes: &'static [&'static str],
    /// A fault of a random strength over `field` of a `kind`.
    pub fault: fn(&mut ChaCha8Rng, Kind, Field) -> Fault,
}

/// Every fault.
pub const PLANTED: [Planted; 11] = [
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
    OVER_PORTRAIT,
    Planted {
        name: "dark, 0.08–0.25 of the light",
        codes: &["DOC_TOO_DARK"],
        fault: |rng, _, _| Fault::Dark { gain: rng.random_range(0.08..0.25) },
    },
    Planted {
        name: "overexposed, 3.0–4.5 times",
        codes: &["DOC_OVEREXPOSED"],
        fault: |rng, _, _| Fault::Overexposed { gain: rng.random_range(3.0..4.5) },
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
    Planted { name: "a grey copy", codes: &["DOC_NOT_COLOUR"], fault: |_, _, _| Fault::Greyscale },
];

/// Only on sides that bear a portrait.
const OVER_PORTRAIT: Planted = Planted {
    name: "glare over the portrait",
    codes: &["DOC_GLARE"],
    fault: |rng, _, _| glare(rng, Target::Portrait, 16.0..32.0),
};

/// In opacities between which a field is sometimes read and sometimes not.
pub const STAMP: Planted =
    Planted { name: "a stamp, 60–95 % opaque", codes: &["DOC_WATERMARK"], fault: stamp };

/// Glare of a random length `on` the document.
pub fn glare(rng: &mut ChaCha8Rng, on: Target, length_mm: std::ops::Range<f32>) -> Fault {
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

/// `count` photographs of all sides with a fault, or clean ones, from seed `first` on.
pub fn shots(count: usize, first: usize, planted: Option<&Planted>) -> Vec<Shot> {
    let shot = |(index, (kind, face, field)): (usize, Side)| {
        let mut shot = Shot::new(kind, face, first + index);
        let mut rng = ChaCha8Rng::seed_from_u64(shot.seed);
        shot.scene.faults.extend(planted.map(|planted| (planted.fault)(&mut rng, kind, field)));
        shot
    };
    sides(planted).take(count).enumerate().map(shot).collect()
}

/// The sides that `planted` is photographed on, over and over.
pub fn sides(planted: Option<&Planted>) -> impl Iterator<Item = Side> {
    let fronts = planted.is_some_and(|planted| planted.name == OVER_PORTRAIT.name);
    SIDES.into_iter().filter(move |side| !fronts || side.1 == Face::Front).cycle()
}
