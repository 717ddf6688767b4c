//! Is what the person typed what the document says?

use jiff::civil::Date;

use crate::check::Checks;
use crate::claims::Claims;
use crate::evidence::Evidence;

/// Holds every claim against the document.
pub(super) fn run(_evidence: &Evidence, _claims: &Claims, _as_of: Date, _checks: &mut Checks) {}
