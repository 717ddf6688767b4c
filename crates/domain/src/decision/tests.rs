use proptest::prelude::*;

use super::*;
use crate::policy::Policy;

fn tier(policy: &str) -> TierPolicy {
    Policy::parse(policy).unwrap().tier(Some("L2")).unwrap().clone()
}

fn pictures() -> TierPolicy {
    tier(include_str!("../../../../policies/pictures.toml"))
}

/// Every check that the tier asks for has passed.
fn all_pass(tier: &TierPolicy) -> Checks {
    let mut checks = Checks::default();
    for (kind, duty) in tier.duties() {
        if duty != Duty::Off {
            checks.record(kind, [Finding::of(Outcome::Pass)]);
        }
    }
    checks
}

#[test]
fn only_a_clean_sweep_approves_and_an_omission_goes_to_a_person() {
    let tier = pictures();
    assert_eq!(decide(&tier, &all_pass(&tier)).verdict, Verdict::Approve);
    let nothing = decide(&tier, &Checks::default());
    assert_eq!(nothing.verdict, Verdict::Review);
    for (kind, duty) in tier.duties() {
        let mut checks = Checks::default();
        for (other, _) in tier.duties().filter(|(k, d)| *k != kind && *d != Duty::Off) {
            checks.record(other, [Finding::of(Outcome::Pass)]);
        }
        let expected = if duty == Duty::Required { Verdict::Review } else { Verdict::Approve };
        assert_eq!(decide(&tier, &checks).verdict, expected, "{kind} left out");
    }
}

#[test]
fn each_reason_leads_where_its_disposition_says_and_doubt_never_declines() {
    let tier = pictures();
    let cases = [
        (Code::DocBlurred, Verdict::Retry, Verdict::Retry),
        (Code::NameOrderSwapped, Verdict::Retry, Verdict::Retry),
        (Code::FaceMismatch, Verdict::Review, Verdict::Review),
        (Code::DocSpecimen, Verdict::Decline, Verdict::Review),
    ];
    for (code, failed, doubtful) in cases {
        let with = |outcome| {
            let mut checks = all_pass(&tier);
            checks.record(CheckKind::DocumentSharp, [Finding::of(outcome)]);
            decide(&tier, &checks).verdict
        };
        assert_eq!(with(Outcome::Fail(Reason::new(code))), failed, "{code} failed");
        assert_eq!(with(Outcome::Inconclusive(Reason::new(code))), doubtful, "{code} in doubt");
    }
}

#[test]
fn while_a_person_decides_the_applicant_sees_one_code_whatever_the_cause() {
    let tier = pictures();
    for code in [Code::FaceMismatch, Code::DataInconsistent, Code::DuplicateFace] {
        let mut checks = all_pass(&tier);
        checks.record(CheckKind::FaceMatch, [Finding::of(Outcome::Fail(Reason::new(code)))]);
        let shown = decide(&tier, &checks).for_applicant();
        assert_eq!(shown, [Reason::new(Code::UnderReview)]);
    }
}

#[test]
fn the_exchange_tier_without_liveness_and_uniqueness_ends_in_review_and_names_them() {
    let tier = tier(include_str!("../../../../policies/exchange.toml"));
    let mut checks = all_pass(&pictures());
    checks.record(CheckKind::DocumentHeld, []);
    let decision = decide(&tier, &checks);
    assert_eq!(decision.verdict, Verdict::Review);
    let not_run: Vec<_> =
        decision.checks.iter().filter(|j| j.findings.is_empty()).map(|j| j.check).collect();
    for kind in [CheckKind::Liveness, CheckKind::DocumentUnique, CheckKind::FaceUnique] {
        assert!(not_run.contains(&kind), "{kind}");
    }
}

proptest! {
    #[test]
    fn a_worse_outcome_never_improves_the_verdict(
        codes in proptest::collection::vec(0..Code::all().count(), 1..6),
        kinds in proptest::collection::vec(0..CheckKind::ALL.len(), 6),
        grades in proptest::collection::vec(0..3_u8, 6),
        worse in 0..6_usize,
    ) {
        let tier = pictures();
        let outcome = |i: usize, grade: u8| {
            let code = Code::all().nth(codes[i % codes.len()]).unwrap();
            match grade {
                0 => Outcome::Pass,
                1 => Outcome::Inconclusive(Reason::new(code)),
                _ => Outcome::Fail(Reason::new(code)),
            }
        };
        let verdict = |grades: &[u8]| {
            let mut checks = all_pass(&tier);
            for (i, grade) in grades.iter().enumerate() {
                checks.record(CheckKind::ALL[kinds[i]], [Finding::of(outcome(i, *grade))]);
            }
            decide(&tier, &checks).verdict
        };
        let before = verdict(&grades);
        let mut grades = grades.clone();
        grades[worse] = (grades[worse] + 1).min(2);
        prop_assert!(verdict(&grades) >= before);
    }
}

#[test]
fn what_is_known_of_others_weighs_once_the_own_pictures_stand_and_is_told_the_operator_anyway() {
    let tier = tier(include_str!("../../../../policies/exchange.toml"));
    let others = [
        (CheckKind::DocumentUnique, Code::DuplicateDocument),
        (CheckKind::FaceUnique, Code::DuplicateFace),
        (CheckKind::NotBlocklisted, Code::Blocklisted),
    ];
    let own = [
        (None, Verdict::Review),
        (Some(Code::DocBlurred), Verdict::Retry),
        (Some(Code::DocSpecimen), Verdict::Decline),
        (Some(Code::FaceMismatch), Verdict::Review),
    ];
    for (check, code) in others {
        for (wrong, verdict) in own {
            let mut checks = all_pass(&tier);
            checks.record(check, [Finding::of(Outcome::Fail(Reason::new(code)))]);
            let wrong = wrong.map(|wrong| Finding::of(Outcome::Fail(Reason::new(wrong))));
            checks.record(CheckKind::DocumentSharp, wrong);
            let decision = decide(&tier, &checks);
            let has = |reasons: &[Reason]| reasons.iter().any(|reason| reason.code == code);
            assert_eq!(decision.verdict, verdict, "{code}");
            assert!(has(&decision.reasons) && !has(&decision.for_applicant()), "{code}");
        }
    }
}

#[test]
fn whose_account_it_was_before_is_told_to_no_applicant() {
    let tier = tier(include_str!("../../../../policies/exchange.toml"));
    let mut checks = all_pass(&tier);
    let unlike = Reason::new(Code::FaceMismatch);
    checks.record(CheckKind::DocumentUnique, [Finding::of(Outcome::Inconclusive(unlike))]);
    assert_eq!(decide(&tier, &checks).verdict, Verdict::Review);
    let blurred = Finding::of(Outcome::Fail(Reason::new(Code::DocBlurred)));
    checks.record(CheckKind::DocumentSharp, [blurred]);
    let told: Vec<Code> = decide(&tier, &checks).for_applicant().iter().map(|r| r.code).collect();
    assert_eq!(told, [Code::DocBlurred]);
}
