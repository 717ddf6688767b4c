use proptest::prelude::*;

use super::*;

const NOW: u64 = 1_700_000_000;
const MINUTE: Duration = Duration::from_mins(1);
const BODY: &[u8] = br#"{"case":"approved"}"#;

fn secret(byte: u8) -> Secret {
    Secret::from_bytes(&[byte; 24]).unwrap()
}

fn signed() -> HeaderMap {
    sign(&[secret(7)], "evt_1", NOW, BODY).unwrap()
}

/// Expected values from Python, with `sec` the secret's Base64:
///
/// ```python
/// import base64, hashlib, hmac
/// code = hmac.new(base64.b64decode(sec), b"evt_1.1700000000." + body, hashlib.sha256)
/// print(base64.b64encode(code.digest()).decode())
/// ```
///
/// The first row, secret included, is also the vector that the Standard
/// Webhooks libraries test themselves with.
#[test]
fn signatures_are_those_that_python_computes() {
    let cases: [(&str, &str, u64, &[u8], &str); 3] = [
        (
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            br#"{"test": 2432232314}"#,
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
        (
            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "evt_1",
            NOW,
            BODY,
            "v1,eZ82t3kmtWVZnFlJ8F+6zNPP5qMafCEmeR5x2UFXOiM=",
        ),
        (
            "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH",
            "evt_1",
            NOW,
            BODY,
            "v1,dtqJE/YBN5aOqlxDXUsECuU5kYpdXOrSgqmNBQO5X1E=",
        ),
    ];
    for (secret, id, timestamp, body, expected) in cases {
        let secrets = [Secret::parse(secret).unwrap()];
        let headers = sign(&secrets, id, timestamp, body).unwrap();
        assert_eq!(headers[SIGNATURE], expected);
        assert_eq!(headers[ID], id);
        assert_eq!(headers[TIMESTAMP], timestamp.to_string());
        assert_eq!(verify(&secrets, &headers, body, timestamp, Duration::ZERO), Ok(()));
    }
}

#[test]
fn while_a_secret_is_replaced_either_verifies() {
    let headers = sign(&[secret(7), secret(8)], "evt_1", NOW, BODY).unwrap();
    let text = headers[SIGNATURE].to_str().unwrap();
    assert_eq!(text.split(' ').count(), 2);
    let cases = [
        (vec![secret(7)], Ok(())),
        (vec![secret(8)], Ok(())),
        (vec![secret(9), secret(8)], Ok(())),
        (vec![secret(9)], Err(VerifyError::Signature)),
        (vec![], Err(VerifyError::Signature)),
    ];
    for (secrets, expected) in cases {
        assert_eq!(verify(&secrets, &headers, BODY, NOW, MINUTE), expected, "{secrets:?}");
    }
}

#[test]
fn a_web_hook_of_another_time_is_refused_on_either_side() {
    let cases = [
        (NOW - 61, Err(VerifyError::Time)),
        (NOW - 60, Ok(())),
        (NOW + 60, Ok(())),
        (NOW + 61, Err(VerifyError::Time)),
        (0, Err(VerifyError::Time)),
        (u64::MAX, Err(VerifyError::Time)),
    ];
    for (now, expected) in cases {
        assert_eq!(verify(&[secret(7)], &signed(), BODY, now, MINUTE), expected, "{now}");
    }
}

#[test]
fn a_header_that_is_not_as_sent_is_refused() {
    let good = signed()[SIGNATURE].to_str().unwrap().to_owned();
    let cases = [
        (ID, "evt_2".to_owned(), VerifyError::Signature),
        (ID, "evt.1".to_owned(), VerifyError::Header("webhook-id")),
        (ID, String::new(), VerifyError::Header("webhook-id")),
        (TIMESTAMP, format!("{}", NOW + 1), VerifyError::Signature),
        (TIMESTAMP, format!("0{NOW}"), VerifyError::Signature),
        (TIMESTAMP, format!("+{NOW}"), VerifyError::Header("webhook-timestamp")),
        (TIMESTAMP, String::new(), VerifyError::Header("webhook-timestamp")),
        (TIMESTAMP, "9".repeat(30), VerifyError::Header("webhook-timestamp")),
        (SIGNATURE, String::new(), VerifyError::Signature),
        (SIGNATURE, "v1,".to_owned(), VerifyError::Signature),
        (SIGNATURE, good.replace("v1,", "v1a,"), VerifyError::Signature),
        (SIGNATURE, good.replace("v1,", ""), VerifyError::Signature),
        (SIGNATURE, good.replace("v1,dt", "v1,du"), VerifyError::Signature),
        (SIGNATURE, good[..20].to_owned(), VerifyError::Signature),
    ];
    for (name, value, expected) in cases {
        let mut headers = signed();
        headers.insert(&name, value.parse().unwrap());
        let verified = verify(&[secret(7)], &headers, BODY, NOW, MINUTE);
        assert_eq!(verified, Err(expected), "{name}: {value}");
    }
}

#[test]
fn a_header_that_is_absent_or_repeated_is_refused() {
    for (name, text) in
        [(ID, "webhook-id"), (TIMESTAMP, "webhook-timestamp"), (SIGNATURE, "webhook-signature")]
    {
        let mut repeated = signed();
        repeated.append(&name, repeated[&name].clone());
        let mut absent = signed();
        absent.remove(&name);
        for headers in [repeated, absent] {
            let verified = verify(&[secret(7)], &headers, BODY, NOW, MINUTE);
            assert_eq!(verified, Err(VerifyError::Header(text)));
        }
    }
}

#[test]
fn signatures_of_other_versions_are_passed_over() {
    let mut headers = signed();
    let mixed = format!("v1a,AAAA v2, junk  {}", headers[SIGNATURE].to_str().unwrap());
    headers.insert(SIGNATURE, mixed.parse().unwrap());
    assert_eq!(verify(&[secret(7)], &headers, BODY, NOW, MINUTE), Ok(()));
}

#[test]
fn an_id_that_could_be_misread_is_not_signed() {
    for id in ["", "evt.1", "evt 1", "evt\n1", "evt_é"] {
        assert_eq!(sign(&[secret(7)], id, NOW, BODY), Err(SignError::Id), "{id:?}");
    }
    assert_eq!(sign(&[], "evt_1", NOW, BODY), Err(SignError::NoSecret));
}

proptest! {
    #[test]
    fn what_is_signed_verifies_and_any_other_body_does_not(
        id in "[!-~&&[^.]]{1,40}",
        timestamp: u64,
        body: Vec<u8>,
        other: Vec<u8>,
    ) {
        let headers = sign(&[secret(7)], &id, timestamp, &body).unwrap();
        let verified = |body: &[u8]| verify(&[secret(7)], &headers, body, timestamp, MINUTE);
        prop_assert_eq!(verified(&body), Ok(()));
        prop_assert_eq!(verified(&other).is_ok(), body == other);
    }
}
