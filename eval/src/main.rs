//! Measures what `bonafide` answers, from outside: the pictures go in as files
//! and the answers come back as the documented JSON, so a figure here is what a
//! user gets.

mod answers;
mod barcodes;
mod chinese;
mod data;
mod facequality;
mod faces;
mod faults;
mod fields;
mod forgeries;
mod gallery;
mod home;
mod interval;
mod liveness;
mod mrz;
mod names;
mod outline;
mod pad;
mod photographs;
mod preview;
mod report;
mod sidtd;
mod split;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Parser, ValueEnum};

use answers::Bonafide;
use data::DataFolder;
use report::Measured;

/// Measures accuracy on specimens and public sets, and writes ACCURACY.md.
#[derive(Parser)]
#[command(name = "cargo xtask eval")]
struct Arguments {
    /// The folder with the public sets, laid out as ACCURACY.md says; without
    /// it only what needs none is measured.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Measures only these sections; the others keep what was measured before.
    #[arg(long, value_name = "SECTION", value_delimiter = ',')]
    only: Vec<String>,
    /// Measures nothing: makes ACCURACY.md of what was measured before.
    #[arg(long, conflicts_with_all = ["only", "quick"])]
    page: bool,
    /// Measures nothing: writes models/calibration.toml, what a distance between
    /// two faces means, from the tuning half of the faces.
    #[arg(long, requires = "data", conflicts_with_all = ["only", "quick", "page"])]
    calibrate: bool,
    /// Measures nothing: writes frames of the face in this picture that makes each movement
    /// into the folder --out.
    #[arg(long, value_name = "PICTURE", requires = "out", conflicts_with_all = ["only", "quick"])]
    act: Option<PathBuf>,
    /// Where --act writes.
    #[arg(long, value_name = "DIR", requires = "act")]
    out: Option<PathBuf>,
    /// Measures a sample: about N pictures of each kind instead of all.
    #[arg(long, value_name = "N")]
    quick: Option<usize>,
    /// Which pictures of faces are drawn on; of those for tuning no figure is kept.
    #[arg(long, value_enum, default_value = "reported")]
    part: Part,
    /// Lists every picture that was read wrongly on standard error.
    #[arg(long)]
    errors: bool,
    /// The program to measure.
    #[arg(long, value_name = "PROGRAM", default_value = "target/debug/bonafide")]
    bonafide: PathBuf,
    /// Pictures at work at once.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
}

/// One part of the report, measured by itself.
struct Section {
    /// As `--only` names it.
    name: &'static str,
    measure: fn(&Run) -> Result<Option<Measured>>,
}

/// In the order of the report.
const SECTIONS: [Section; 20] = [
    Section { name: "outline", measure: outline::measure },
    Section { name: "mrz", measure: mrz::on_data },
    Section { name: "mrz-specimens", measure: mrz::on_specimens },
    Section { name: "chinese", measure: chinese::on_data },
    Section { name: "chinese-specimens", measure: chinese::on_specimens },
    Section { name: "fields", measure: fields::on_specimens },
    Section { name: "sidtd", measure: sidtd::on_data },
    Section { name: "barcodes", measure: barcodes::on_specimens },
    Section { name: "faults", measure: faults::measure },
    Section { name: "forgeries", measure: forgeries::measure },
    Section { name: "preview", measure: preview::measure },
    Section { name: "faces", measure: faces::on_data },
    Section { name: "face-quality", measure: facequality::measure },
    Section { name: "face-tries", measure: faces::tries },
    Section { name: "face-portraits", measure: faces::portraits },
    Section { name: "own-embedder", measure: faces::own_embedder },
    Section { name: "liveness", measure: liveness::on_data },
    Section { name: "pad", measure: pad::measure },
    Section { name: "gallery", measure: gallery::measure },
    Section { name: "names", measure: names::on_data },
];

/// What every section gets.
struct Run {
    bonafide: Bonafide,
    data: Option<DataFolder>,
    quick: Option<usize>,
    errors: bool,
    part: Part,
}

/// Which pictures of faces are drawn on, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// What limits may be chosen on.
    Tuning,
    /// What is reported.
    Reported,
}

impl Run {
    /// How many of `all` to measure.
    fn sample(&self, all: usize) -> usize {
        self.quick.map_or(all, |quick| quick.min(all))
    }

    /// Says on standard error that `picture` was read wrongly.
    fn wrong(&self, picture: &str, what: impl FnOnce() -> String) {
        if self.errors {
            eprintln!("wrong: {picture}: {}", what());
        }
    }
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    for name in &arguments.only {
        if !SECTIONS.iter().any(|section| section.name == name) {
            let names: Vec<_> = SECTIONS.iter().map(|section| section.name).collect();
            bail!("there is no section {name:?}; there are {}", names.join(", "));
        }
    }
    if let Some((still, out)) = arguments.act.as_ref().zip(arguments.out.as_ref()) {
        return liveness::act(still, out);
    }
    let run = Run {
        bonafide: Bonafide { program: arguments.bonafide, jobs: arguments.jobs, home: None },
        data: arguments.data.map(DataFolder::open).transpose()?,
        quick: arguments.quick,
        errors: arguments.errors,
        part: arguments.part,
    };
    if arguments.calibrate {
        return faces::calibrate(&run);
    }
    for section in SECTIONS.iter().filter(|_| !arguments.page) {
        if !arguments.only.is_empty() && !arguments.only.iter().any(|only| only == section.name) {
            continue;
        }
        eprintln!("measuring {}", section.name);
        let measured =
            (section.measure)(&run).with_context(|| format!("measuring {}", section.name))?;
        match measured {
            Some(mut measured) => {
                measured.sampled = run.quick;
                for table in &measured.tables {
                    eprintln!("\n{}", report::table(table));
                }
                if run.part == Part::Reported {
                    report::keep(section.name, &measured)?;
                }
            }
            None => eprintln!("  left as it was: it needs --data with that set"),
        }
    }
    let names: Vec<_> = SECTIONS.iter().map(|section| section.name).collect();
    std::fs::write("ACCURACY.md", report::render(&names)?).context("writing ACCURACY.md")
}
