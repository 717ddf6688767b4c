//! The kinds of events.

/// Every kind of event that there is. An endpoint can ask for none but these, so that a slip
/// is told at once and not by silence.
pub const KINDS: [&str; 27] = [
    "account.registered",
    "account.referred",
    "account.frozen",
    "account.thawed",
    "account.closed",
    "account.reopened",
    "account.verification_due",
    "account.downgraded",
    "account.held",
    "account.released",
    "account.restricted",
    "account.erasure_withdrawn",
    "account.erased",
    "case.opened",
    "case.collecting",
    "case.assessing",
    "case.in_review",
    "case.approved",
    "case.declined",
    "case.cancelled",
    "case.expired",
    "case.message",
    "audit.root",
    "key.made",
    "key.revoked",
    "job.dismissed",
    "webhook.failing",
];
