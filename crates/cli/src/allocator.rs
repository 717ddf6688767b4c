//! Memory of pictures, given back. glibc keeps what was freed, for each thread that had it, and reads
//! the settings that change this when a program starts: so the program starts itself anew, once, with
//! them. Two hundred people at once took 979 MiB so, and 1,548 without (docs/speed.md).

use std::env;
use std::process::Command;

use std::os::unix::process::CommandExt;

/// At most two arenas; what is larger than a MiB comes from the system and goes back to it.
const SETTINGS: [(&str, &str); 2] =
    [("MALLOC_ARENA_MAX", "2"), ("MALLOC_MMAP_THRESHOLD_", "1048576")];

/// Starts the program anew in this process where it lacks the settings; one that is there stays as
/// the operator made it.
pub fn settle() {
    let lacking = SETTINGS.into_iter().filter(|(name, _)| env::var_os(name).is_none());
    let lacking: Vec<_> = lacking.collect();
    let (false, Ok(program)) = (lacking.is_empty(), env::current_exe()) else { return };
    let mut again = Command::new(program);
    let error = again.args(env::args_os().skip(1)).envs(lacking).exec();
    // It only comes back where it could not: more memory is taken, and all else is well.
    eprintln!("bonafide: goes on with the allocator as it is: {error}");
}
