//! `bonafide specimen`: fictional documents, for trials.

use std::path::{Path, PathBuf};

use ::specimen::{
    Claims, Document, Fault, Field, Fonts, Kind, Order, Orientation, Photograph, Portraits, Scene,
    Side, Target, Validity, encode_jpeg, hold, photograph, portraits,
};
use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use serde::Serialize;

use crate::engine;
use crate::exit::{Exit, Refused};

/// Fictional documents, visibly marked, for trials.
#[derive(Debug, Subcommand)]
pub enum SpecimenCommand {
    /// Make one: pictures, a selfie, one with the document in hand, what its holder would
    /// type, the truth
    Make(MakeArgs),
    /// Fetch the portraits that specimens show
    Portraits,
}

/// Arguments of `specimen make`.
#[derive(Debug, Args)]
pub struct MakeArgs {
    /// The kind of document
    #[arg(value_parser = kind)]
    kind: Kind,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Everything about the document and the photograph follows from it
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What goes wrong with the photograph of the front
    #[arg(long, value_enum)]
    fault: Option<FaultName>,
    /// Swap family and given names in the claims
    #[arg(long)]
    swap_names: bool,
    /// Show the cartoon face instead of the installed portraits
    #[arg(long)]
    drawn: bool,
    /// The day on which the document is shown [default: today]
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

/// The faults by name, each in a strength that hides something required.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FaultName {
    /// A reflection over the document's number.
    Glare,
    /// Out of focus.
    Blur,
    /// Too dark.
    Dark,
    /// Too bright.
    Overexposed,
    /// A corner outside the picture.
    CornerCut,
}

fn kind(name: &str) -> Result<Kind, String> {
    let known = Kind::ALL.into_iter().find(|kind| kind.name() == name);
    known.ok_or_else(|| {
        let names: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        format!("one of {}", names.join(", "))
    })
}

/// Runs the command.
///
/// # Errors
/// When fonts or packages are missing, or a file cannot be written.
pub fn run(command: &SpecimenCommand) -> anyhow::Result<Exit> {
    match command {
        SpecimenCommand::Make(args) => make(args)?,
        SpecimenCommand::Portraits => {
            let folder = engine::portraits_folder()?;
            if portraits::Portraits::open(&folder).is_err() {
                portraits::install(&folder).context("fetching the portraits")?;
            }
            println!("The portraits are in {}.", folder.display());
        }
    }
    Ok(Exit::Approved)
}

fn make(args: &MakeArgs) -> anyhow::Result<()> {
    let fonts = Fonts::find().map_err(|error| Refused(error.to_string()))?;
    let gallery = if args.drawn {
        Portraits::drawn()
    } else {
        Portraits::open_or_drawn(&engine::portraits_folder()?)
    };
    let portrait = gallery.of(args.seed);
    let mut order =
        Order::new(args.kind, (args.seed % u64::from(Kind::TEMPLATES)) as u8, args.seed);
    order.today = args.today.unwrap_or_else(engine::today);
    order.validity = Some(Validity::Current);
    let document = Document::generate(&fonts, &order, &portrait.document);
    std::fs::create_dir_all(&args.out)
        .with_context(|| format!("making the folder {}", args.out.display()))?;
    for (index, side) in document.sides.iter().enumerate() {
        let photo = shot(&fonts, side, args, index);
        let name = if index == 0 { "front" } else { "back" };
        write(&args.out.join(format!("{name}.jpg")), &photo.jpeg(Orientation::UPRIGHT))?;
        let truth = serde_json::to_vec_pretty(&photo.truth)?;
        write(&args.out.join(format!("{name}.truth.json")), &truth)?;
    }
    let selfie = encode_jpeg(&portrait.selfie(args.seed), 92, Orientation::UPRIGHT);
    write(&args.out.join("selfie.jpg"), &selfie)?;
    let held = hold(&portrait.selfie(args.seed + 1), &document.sides[0], args.seed);
    let held = encode_jpeg(&held, 90, Orientation::UPRIGHT);
    write(&args.out.join("held.jpg"), &held)?;
    let typed = Typed::of(document.claims(), args.swap_names);
    write(&args.out.join("claims.toml"), toml::to_string(&typed)?.as_bytes())?;
    println!("The specimen is in {}.", args.out.display());
    Ok(())
}

/// A photograph of one side at twelve megapixels, with the fault on the front.
fn shot(fonts: &Fonts, side: &Side, args: &MakeArgs, index: usize) -> Photograph {
    let seed = args.seed * 10 + index as u64;
    let mut scene = Scene::clean(seed).sized(4000, 3000);
    if index == 0
        && let Some(fault) = args.fault
    {
        scene = scene.with(fault.planted());
    }
    photograph(fonts, &[side], &scene, seed)
}

impl FaultName {
    fn planted(self) -> Fault {
        match self {
            Self::Glare => Fault::Glare {
                on: Target::Field(Field::DocumentNumber),
                length_mm: 32.0,
                roundness: 0.5,
                strength: 1.0,
            },
            Self::Blur => Fault::Blur { sigma_mm: 0.5 },
            Self::Dark => Fault::Dark { gain: 0.15 },
            Self::Overexposed => Fault::Overexposed { gain: 2.6 },
            Self::CornerCut => Fault::CornerCut { corner: 2, share: 0.15 },
        }
    }
}

/// What the holder types, in the form of a claims file.
#[derive(Serialize)]
struct Typed {
    surname: String,
    given_names: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_name_native: Option<String>,
    birth_date: String,
    document_type: String,
    document_number: String,
    nationality: String,
}

impl Typed {
    fn of(claims: Claims, swapped: bool) -> Self {
        let (surname, given_names) = if swapped {
            (claims.given_names, claims.surname)
        } else {
            (claims.surname, claims.given_names)
        };
        Self {
            surname,
            given_names,
            full_name_native: claims.native_name,
            birth_date: claims.birth_date.to_string(),
            document_type: claims.document_type,
            document_number: claims.document_number,
            nationality: claims.nationality,
        }
    }
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
}
