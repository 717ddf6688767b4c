//! `cargo xtask`: what this project is built, tried and measured with.

mod clients;
mod command;
mod contract;
mod demo;
mod deny;
mod deploy;
mod eval;
mod fuzz;
mod layers;
mod prerequisites;
mod python;
mod set_up;
mod steps;
mod test;
mod tool;
mod web;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
usage: cargo xtask <command>

  demo                 verify three fictional people, from a bare machine on
  test [--long]        everything that CI runs; --long adds a minute of each fuzz target, and
                       kills server and worker 100 times instead of 10
  eval [OPTIONS]       measure accuracy and write ACCURACY.md; options: cargo xtask eval --help
  web                  build the applicant's pages into the server's sources
  clients [--check]    generate the clients anew from the built program's description, or see
                       whether they are what it makes, and run their examples
  contract             hold the built server to its OpenAPI description with schemathesis
  deploy               hold the container files to what there is; none is run
  check-layers         whether the crates depend on each other in the one allowed direction";

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    std::env::set_current_dir(command::root())?;
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["demo"] => demo::run(),
        ["test"] => test::run(false),
        ["test", "--long"] => test::run(true),
        ["eval", ref options @ ..] => eval::run(options),
        ["web"] => web::build(),
        ["check-layers"] => layers::run(),
        ["contract"] => contract::run(),
        ["deploy"] => deploy::run(),
        ["clients"] => clients::generate(),
        ["clients", "--check"] => clients::check(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => bail!("there is no `cargo xtask {}`\n\n{USAGE}", arguments.join(" ")),
    }
}
