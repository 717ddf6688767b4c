//! Any text is a policy or a refusal in words; what loads leaves no check out.

#![no_main]

use domain::check::CheckKind;
use domain::policy::Policy;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Policy::parse(text) {
        Ok(policy) => {
            policy.tier(None).expect("a loaded policy has its default tier");
            for tier in policy.tiers() {
                assert_eq!(tier.duties().count(), CheckKind::ALL.len());
            }
        }
        Err(refusal) => assert!(!refusal.to_string().is_empty()),
    }
});
