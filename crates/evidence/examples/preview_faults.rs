//! What a preview says of frames with one fault planted, and what it costs.
//!
//! `cargo run -p bonafide-evidence --example preview_faults -- COUNT [held-out] [FAULT…]`
//! takes COUNT photographs with each fault, shrinks them to frames of 640 pixels
//! and prints how often each hint came first and how often it came at all, with the
//! time on one thread. Looks 0 and 1 and seeds below 1,000,000 are for tuning;
//! `held-out` takes look 2 and seeds from 3,000,000.

use std::collections::BTreeMap;

use bonafide_evidence::preview::{Preview, Previewer};
use domain::policy::Policy;
use imaging::resize::{Filter, fit_within};
use imaging::{DecodedImage, Limits, decode};
use inference::{ModelSet, Parallelism, models_dir};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use specimen::{
    Cover, Document, Face, Fault, Field, Fonts, Kind, Order, Orientation, Portraits, Scene, Side,
    Target, encode_jpeg, photograph,
};

const SIDES: [(Kind, Face, Field); 8] = [
    (Kind::Passport, Face::Front, Field::DocumentNumber),
    (Kind::Td1Card, Face::Front, Field::DocumentNumber),
    (Kind::ChineseId, Face::Front, Field::NationalIdNumber),
    (Kind::Td2Card, Face::Front, Field::Surname),
    (Kind::DrivingLicence, Face::Front, Field::BirthDate),
    (Kind::ChineseId, Face::Back, Field::ExpiryDate),
    (Kind::VisaA, Face::Front, Field::Surname),
    (Kind::Td1Card, Face::Back, Field::DocumentNumber),
];

const FAULTS: [&str; 15] = [
    "clean", "none", "two", "far", "cut", "blur", "motion", "glare", "portrait", "dark", "over",
    "shadow", "finger", "card", "free",
];

/// Each frame is judged so often, because the clock of CPU time is coarse.
const ROUNDS: u8 = 5;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(8);
    let rest: Vec<String> = arguments.collect();
    let held_out = rest.iter().any(|word| word == "held-out");
    let only: Vec<&String> = rest.iter().filter(|word| *word != "held-out").collect();
    let folder = models_dir(|name| std::env::var_os(name)).expect("a models folder");
    let models = ModelSet::open(&folder, Parallelism { threads: 1, runs: 1 }).expect("models");
    let previewer = Previewer::from_models(&models).expect("the outline model");
    let policy = Policy::parse(include_str!("../../../policies/pictures.toml")).expect("a policy");
    let tier = policy.tier(None).expect("its default tier");
    let (fonts, portraits) = (Fonts::find().expect("fonts"), Portraits::drawn());
    let mut times = Times::default();
    for (number, fault) in FAULTS.iter().enumerate() {
        if !only.is_empty() && only.iter().all(|only| only != fault) {
            continue;
        }
        let (mut first, mut any) = (BTreeMap::new(), BTreeMap::new());
        for index in 0..count {
            let seed = if held_out { 3_000_000 } else { 720_000 } + (number * 1000 + index) as u64;
            let shot = Shot { seed, index, look: if held_out { 2 } else { (index / 8 % 2) as u8 } };
            let (frame, shrunk) = shot.frame(&fonts, &portraits, fault);
            let judge = || previewer.judge(&frame, shrunk, tier).expect("the model runs");
            count_hints(&times.of(judge), &mut first, &mut any);
        }
        println!("{fault:9} of {count}: first {first:?}, any {any:?}");
    }
    times.print();
}

/// Milliseconds: of the CPU for a frame, by the clock for its stages.
#[derive(Default)]
struct Times(BTreeMap<String, Vec<f64>>);

impl Times {
    fn of(&mut self, judge: impl Fn() -> Preview) -> Preview {
        let begin = cpu_ms();
        let mut previews: Vec<Preview> = (0..ROUNDS).map(|_| judge()).collect();
        let cpu = (cpu_ms() - begin) / f64::from(ROUNDS);
        self.0.entry("CPU, whole".to_owned()).or_default().push(cpu);
        let preview = previews.pop().expect("there are rounds");
        for (stage, ms) in preview.stages.milliseconds() {
            self.0.entry(stage).or_default().push(ms);
        }
        preview
    }

    fn print(self) {
        for (name, mut times) in self.0 {
            times.sort_by(f64::total_cmp);
            let at = |share: f64| times[(share * (times.len() - 1) as f64).round() as usize];
            let [median, p95, most] = [0.5, 0.95, 1.0].map(at);
            let count = times.len();
            println!("{name:10} of {count}: median {median:.1}, p95 {p95:.1}, most {most:.1} ms");
        }
    }
}

fn count_hints(
    preview: &Preview,
    first: &mut BTreeMap<&'static str, usize>,
    any: &mut BTreeMap<&'static str, usize>,
) {
    let code = preview.hint().map_or("ready", |hint| hint.code.as_str());
    *first.entry(code).or_default() += 1;
    for hint in &preview.hints {
        *any.entry(hint.code.as_str()).or_default() += 1;
    }
}

/// One photograph to be made.
struct Shot {
    seed: u64,
    index: usize,
    look: u8,
}

impl Shot {
    /// A frame of 640 pixels as a browser sends it, and how far it was shrunk.
    fn frame(&self, fonts: &Fonts, portraits: &Portraits, fault: &str) -> (DecodedImage, f32) {
        let mut sides = vec![self.side(fonts, portraits, self.index, 0)];
        match fault {
            "none" => sides.clear(),
            "two" => sides.push(self.side(fonts, portraits, self.index + 3, 500_000)),
            _ => {}
        }
        let shown: Vec<&Side> = sides.iter().collect();
        let photo = photograph(fonts, &shown, &self.scene(fault), self.seed);
        let small = fit_within(&photo.image, 640, Filter::Area);
        let shrunk = photo.image.width() as f32 / small.image.width() as f32;
        let bytes = encode_jpeg(&small.image, 85, Orientation::UPRIGHT);
        (decode(&bytes, &Limits::default()).expect("a JPEG"), shrunk)
    }

    fn side(&self, fonts: &Fonts, portraits: &Portraits, index: usize, more: u64) -> Side {
        let (kind, face, _) = SIDES[index % SIDES.len()];
        let mut order = Order::new(kind, self.look, self.seed + more);
        order.pixels_per_mm = 14.0;
        let portrait = &portraits.of(self.seed + more).document;
        let document = Document::generate(fonts, &order, portrait);
        let found = document.sides.into_iter().find(|side| side.truth.side == face);
        found.expect("the kind has the side")
    }

    fn scene(&self, fault: &str) -> Scene {
        let field = SIDES[self.index % SIDES.len()].2;
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        let mut within = |from: f32, to: f32| rng.random_range(from..to);
        let scene = Scene::random(self.seed);
        let mut glare = |on, from, to| Fault::Glare {
            on,
            length_mm: within(from, to),
            roundness: within(0.35, 0.8),
            strength: 1.0,
        };
        let fault = match fault {
            "far" => return Scene { fill: within(0.1, 0.2), ..scene.sized(640, 480) },
            "cut" => Fault::CornerCut { corner: (self.seed % 4) as u8, share: within(0.05, 0.2) },
            "blur" => Fault::Blur { sigma_mm: within(0.3, 0.7) },
            "motion" => {
                Fault::MotionBlur { length_mm: within(1.2, 2.5), angle: within(0.0, 180.0) }
            }
            "glare" => glare(Target::Field(field), 14.0, 36.0),
            "portrait" => glare(Target::Portrait, 16.0, 32.0),
            "free" => glare(Target::Free, 5.0, 9.0),
            "dark" => Fault::Dark { gain: within(0.08, 0.25) },
            "over" => Fault::Overexposed { gain: within(2.0, 3.5) },
            "shadow" => Fault::Shadow {
                on: Target::Field(field),
                width_mm: within(15.0, 40.0),
                strength: within(0.6, 0.9),
            },
            "finger" => Fault::Covered { on: Target::Field(field), by: Cover::Finger },
            "card" => Fault::Covered { on: Target::Field(field), by: Cover::Card },
            _ => return scene,
        };
        scene.with(fault)
    }
}

/// Milliseconds that this thread has run.
fn cpu_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split(' ').next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.unwrap_or(f64::NAN) / 1e6
}
