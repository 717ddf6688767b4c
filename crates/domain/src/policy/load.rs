//! From the text of a policy file to a [`Policy`], or the reason why not.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::check::CheckKind;
use crate::policy::{
    Accepts, Duty, Grant, Limits, Policy, PolicyId, RequiredFields, Service, Statement, TierPolicy,
};
use crate::reason::{Code, Disposition};

/// A policy file has some hundred lines; anything larger is something else.
const MAX_BYTES: usize = 256 * 1024;

/// Why a policy does not load.
#[derive(Debug, Error)]
pub enum PolicyError {
    /// Too large.
    #[error("the policy has {bytes} bytes, more than the {MAX_BYTES} that a policy may have")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// No TOML, or a key that is unknown, missing or of the wrong kind.
    #[error("the policy cannot be read: {0}")]
    Syntax(String),
    /// A tier does not say what a check is to it.
    #[error(
        "tier {tier} does not list the check {check}: write it as required, advisory or off, \
         so that nothing is left out by accident"
    )]
    CheckUnlisted {
        /// The tier.
        tier: String,
        /// The check.
        check: CheckKind,
    },
    /// A tier that requires nothing would approve anyone.
    #[error("tier {tier} requires no check, so it would approve anyone")]
    NothingRequired {
        /// The tier.
        tier: String,
    },
    /// A hit among others' accounts, or on the blocklist, that no person would look at.
    #[error(
        "[dispositions] {code} can only be \"review\": a person may have forgotten an account, and \
         strangers look alike"
    )]
    NotForPeople {
        /// The reason.
        code: Code,
    },
    /// A limit that is no number, negative, or contradicts another.
    #[error("{limit} is {value}: {problem}")]
    BadLimit {
        /// The key.
        limit: &'static str,
        /// Its value.
        value: f64,
        /// What is wrong.
        problem: &'static str,
    },
    /// The ladder names a tier twice, or one that there is not, or lacks one.
    #[error("the ladder of tiers: {tier} {problem}")]
    BadLadder {
        /// The tier.
        tier: String,
        /// What is wrong.
        problem: &'static str,
    },
    /// What a person may appeal against would be removed before they did.
    #[error(
        "{term} of [service.retention] is {days}, less than the {appeal_days} days in which a \
         person may appeal (appeal_days): there would be nothing left to hear"
    )]
    GoneBeforeAppeal {
        /// The key.
        term: &'static str,
        /// Its value.
        days: u32,
        /// The days of the appeal.
        appeal_days: u32,
    },
    /// There is no such tier.
    #[error("the policy has no tier {tier}; it has {}", tiers.join(", "))]
    NoSuchTier {
        /// The tier asked for.
        tier: String,
        /// Those there are.
        tiers: Vec<String>,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    name: String,
    version: String,
    default_tier: String,
    statement: Statement,
    limits: Limits,
    service: Option<Service>,
    #[serde(default)]
    dispositions: BTreeMap<Code, Disposition>,
    tiers: BTreeMap<String, TierFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TierFile {
    minimum_age: u8,
    #[serde(default = "asked_for")]
    light_challenge: bool,
    accepts: Accepts,
    #[serde(default)]
    required_fields: RequiredFields,
    #[serde(default)]
    grants: BTreeMap<String, Grant>,
    checks: BTreeMap<CheckKind, Duty>,
}

/// Who leaves it out is not less safe for it.
fn asked_for() -> bool {
    true
}

pub(super) fn policy(text: &str) -> Result<Policy, PolicyError> {
    if text.len() > MAX_BYTES {
        return Err(PolicyError::TooLarge { bytes: text.len() });
    }
    let file: PolicyFile =
        toml::from_str(text).map_err(|error| PolicyError::Syntax(place(text, &error)))?;
    validate(&file.limits)?;
    let others = [Code::DuplicateDocument, Code::DuplicateFace, Code::Blocklisted];
    let elsewhere = |code: &Code| {
        let asked = file.dispositions.get(code);
        asked.is_some_and(|asked| *asked != Disposition::Review)
    };
    if let Some(code) = others.into_iter().find(elsewhere) {
        return Err(PolicyError::NotForPeople { code });
    }
    let id = PolicyId { name: file.name, version: file.version, digest: digest(text) };
    let mut tiers = BTreeMap::new();
    for (name, tier) in file.tiers {
        complete(&name, &tier.checks)?;
        let tier = TierPolicy {
            name: name.clone(),
            policy: id.clone(),
            accepts: tier.accepts,
            required_fields: tier.required_fields,
            minimum_age: tier.minimum_age,
            light_challenge: tier.light_challenge,
            limits: file.limits.clone(),
            grants: tier.grants,
            duties: tier.checks,
            dispositions: file.dispositions.clone(),
        };
        tiers.insert(name, tier);
    }
    if let Some(service) = &file.service {
        ladder(service, &tiers)?;
        kept_for_appeals(service)?;
    }
    let (statement, default_tier, service) = (file.statement, file.default_tier, file.service);
    let policy = Policy { id, statement, default_tier, service, tiers };
    policy.tier(None)?;
    Ok(policy)
}

fn complete(tier: &str, checks: &BTreeMap<CheckKind, Duty>) -> Result<(), PolicyError> {
    if let Some(check) = CheckKind::ALL.iter().find(|kind| !checks.contains_key(kind)) {
        return Err(PolicyError::CheckUnlisted { tier: tier.to_owned(), check: *check });
    }
    if checks.values().any(|duty| *duty == Duty::Required) {
        Ok(())
    } else {
        Err(PolicyError::NothingRequired { tier: tier.to_owned() })
    }
}

/// Pictures, faces and records outlive the days of the appeal, in every jurisdiction.
fn kept_for_appeals(service: &Service) -> Result<(), PolicyError> {
    let appeal_days = service.appeal_days;
    let retention = &service.retention;
    for terms in retention.countries.values().chain([&retention.terms]) {
        let terms = [
            ("pictures_days", terms.pictures_days),
            ("faces_days", terms.faces_days),
            ("unapproved_days", terms.unapproved_days),
        ];
        if let Some((term, days)) = terms.into_iter().find(|(_, days)| *days < appeal_days) {
            return Err(PolicyError::GoneBeforeAppeal { term, days, appeal_days });
        }
    }
    Ok(())
}

/// Every step of the ladder is a tier of the policy, once.
fn ladder(service: &Service, tiers: &BTreeMap<String, TierPolicy>) -> Result<(), PolicyError> {
    for (place, tier) in service.ladder.iter().enumerate() {
        let bad = |problem| Err(PolicyError::BadLadder { tier: tier.clone(), problem });
        if !tiers.contains_key(tier) {
            return bad("is no tier of the policy");
        }
        if service.ladder[..place].contains(tier) {
            return bad("stands on it already");
        }
    }
    match service.verify_again.days.keys().find(|tier| !service.ladder.contains(tier)) {
        Some(tier) => {
            let problem = "is named under [service.verify_again] and does not stand on it";
            Err(PolicyError::BadLadder { tier: tier.clone(), problem })
        }
        None => Ok(()),
    }
}

fn validate(limits: &Limits) -> Result<(), PolicyError> {
    let share = shares(limits).into_iter().find(|(_, value)| !(0.0..=1.0).contains(value));
    if let Some((limit, value)) = share {
        let problem = "it must lie between 0 and 1";
        return Err(PolicyError::BadLimit { limit, value, problem });
    }
    let size = sizes(limits).into_iter().find(|(_, value)| !value.is_finite() || *value < 0.0);
    if let Some((limit, value)) = size {
        let problem = "it must be a number of at least 0";
        return Err(PolicyError::BadLimit { limit, value, problem });
    }
    bands(limits)
}

/// A band of doubt lies before what is sure.
fn bands(limits: &Limits) -> Result<(), PolicyError> {
    let bands = [
        (
            "face_doubt_rate",
            limits.face_doubt_rate,
            limits.face_doubt_rate < limits.face_false_accept_rate,
            "the band of doubt cannot end before it begins (face_false_accept_rate)",
        ),
        (
            "sure_eye_opening",
            limits.sure_eye_opening,
            limits.sure_eye_opening < limits.min_eye_opening,
            "an eye that is surely open cannot be closed (min_eye_opening)",
        ),
        (
            "face_cover_doubt",
            limits.face_cover_doubt,
            limits.face_cover_doubt > limits.max_face_cover,
            "the band of doubt cannot begin after it ends (max_face_cover)",
        ),
    ];
    match bands.into_iter().find(|(.., wrong, _)| *wrong) {
        Some((limit, value, _, problem)) => Err(PolicyError::BadLimit { limit, value, problem }),
        None => Ok(()),
    }
}

/// Limits that are a share of something.
fn shares(limits: &Limits) -> [(&'static str, f64); 25] {
    [
        ("max_glare", limits.max_glare),
        ("max_overexposure", limits.max_overexposure),
        ("max_shadow", limits.max_shadow),
        ("max_occlusion", limits.max_occlusion),
        ("max_stamp", limits.max_stamp),
        ("min_printed_confidence", limits.min_printed_confidence),
        ("max_second_face", limits.max_second_face),
        ("max_face_overexposure", limits.max_face_overexposure),
        ("max_face_unevenness", limits.max_face_unevenness),
        ("max_face_cover", limits.max_face_cover),
        ("face_cover_doubt", limits.face_cover_doubt),
        ("max_missing_grid", limits.max_missing_grid),
        ("max_missing_steps", limits.max_missing_steps),
        ("max_portrait_misplaced", limits.max_portrait_misplaced),
        ("max_field_likeness", limits.max_field_likeness),
        ("face_false_accept_rate", limits.face_false_accept_rate),
        ("face_doubt_rate", limits.face_doubt_rate),
        ("face_search_false_hits", limits.face_search_false_hits),
        ("max_faces_unsearched", limits.max_faces_unsearched),
        ("max_face_missing", limits.max_face_missing),
        ("max_flatness", limits.max_flatness),
        ("max_repeated_frames", limits.max_repeated_frames),
        ("min_light_following", limits.min_light_following),
        ("max_light_evenness", limits.max_light_evenness),
        ("min_passive_liveness", limits.min_passive_liveness.unwrap_or_default()),
    ]
}

/// Limits that are an amount.
fn sizes(limits: &Limits) -> [(&'static str, f64); 22] {
    [
        ("max_blur", limits.max_blur),
        ("min_brightness", limits.min_brightness),
        ("min_text_height", limits.min_text_height),
        ("min_colour", limits.min_colour),
        ("min_eye_distance", limits.min_eye_distance),
        ("min_face_light", limits.min_face_light),
        ("min_face_sharpness", limits.min_face_sharpness),
        ("max_yaw", limits.max_yaw),
        ("max_pitch", limits.max_pitch),
        ("max_roll", limits.max_roll),
        ("min_eye_opening", limits.min_eye_opening),
        ("sure_eye_opening", limits.sure_eye_opening),
        ("max_dots", limits.max_dots),
        ("max_portrait_grain", limits.max_portrait_grain),
        ("max_ghost_distance", limits.max_ghost_distance),
        ("max_field_sharpness", limits.max_field_sharpness),
        ("min_frame_rate", limits.min_frame_rate),
        ("max_unasked_movements", limits.max_unasked_movements),
        ("max_ahead_ms", limits.max_ahead_ms),
        ("max_turn_speed", limits.max_turn_speed),
        ("max_face_jump", limits.max_face_jump),
        ("max_face_change", limits.max_face_change),
    ]
}

/// The parser's sentence with the line it speaks of, without its drawing.
fn place(text: &str, error: &toml::de::Error) -> String {
    let message = error.message().replace('\n', "; ");
    match error.span() {
        Some(span) => {
            let before = text.get(..span.start).unwrap_or(text);
            format!("line {}: {message}", before.matches('\n').count() + 1)
        }
        None => message,
    }
}

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
        hex
    })
}
