//! What a stranger sends to a server of the built program, and what its log keeps to itself.

use std::io::{Read, Write};
use std::net::TcpStream;

use minreq::Method;
use serde_json::{Value, json};

use crate::program::{Person, bonafide};
use crate::serve::Server;

/// A PNG that says that it has 60,000 pixels a side, in seventy bytes: it would be eleven gigabytes.
fn bomb() -> Vec<u8> {
    let side = 60_000_u32.to_be_bytes();
    let header = [&side[..], &side, &[8, 2, 0, 0, 0]].concat();
    // One row's first byte, as zlib has it.
    let pixels = [0x78, 0x01, 0x01, 0x01, 0x00, 0xfe, 0xff, 0x00, 0x00, 0x01, 0x00, 0x01];
    let chunks = [chunk(*b"IHDR", &header), chunk(*b"IDAT", &pixels), chunk(*b"IEND", &[])];
    [&b"\x89PNG\r\n\x1a\n"[..], &chunks.concat()].concat()
}

/// Length, type, data and checksum.
fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [&kind[..], data].concat();
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], &body, &crc32(&body).to_be_bytes()].concat()
}

/// CRC-32 as PNG has it (ISO/IEC 15948, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[test]
fn a_bomb_is_refused_and_everyone_else_served() {
    let server = Server::with(Vec::new());
    // It takes a letter too.
    let (_, _, token) = server.open_for("user-1", "L3");
    for place in ["front", "selfie", "address"] {
        let url = server.url(&format!("/v1/applicant/uploads/{place}"));
        let request = minreq::put(url).with_header("Authorization", format!("Bearer {token}"));
        let answer = request.with_body(bomb()).send().unwrap();
        let problem: Value = serde_json::from_slice(answer.as_bytes()).unwrap();
        assert_eq!((answer.status_code, &problem["code"]), (422, &json!("upload-unreadable")));
        assert!(problem["detail"].as_str().unwrap().contains("pixels"), "{problem}");
    }
    server.call(Method::Get, "/v1/applicant/case", &token, "");
}

#[test]
fn a_line_break_in_an_address_makes_no_header() {
    let server = Server::with(Vec::new());
    let host = server.url("").trim_start_matches("http://").to_owned();
    for target in ["/v1/accounts?external_id=a%0d%0aset-cookie:%20a=b", "/a%0d%0aset-cookie:%20a=b"]
    {
        let mut stream = TcpStream::connect(&host).unwrap();
        let head = format!("GET {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n");
        let head = format!("{head}authorization: Bearer {}\r\n\r\n", server.key);
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
        assert!(!answer.to_lowercase().contains("set-cookie:"), "{answer}");
    }
}

#[test]
fn nothing_of_a_person_is_in_the_log() {
    let person = Person::with_passport();
    let mut server = Server::with(Vec::new());
    let (account, case, token) = server.open("a-name-of-their-own");
    let path = format!("/v1/accounts/{account}");
    server.call(Method::Patch, &path, &server.key, r#"{"phrase":"a blue whale"}"#);
    server.fill(&token, person);
    let post = |path: &str, token: &str, body: &str| server.call(Method::Post, path, token, body);
    post("/v1/applicant/messages", &token, r#"{"text":"please hurry, my dog is ill"}"#);
    // An answer that is refused is logged, too.
    let bad = minreq::put(server.url("/v1/applicant/details"))
        .with_header("Authorization", format!("Bearer {token}"))
        .with_body(r#"{"surname":"GHOSTWRITER","birth_date":"1850-01-01"}"#);
    assert_eq!(bad.send().unwrap().status_code, 422);
    post("/v1/applicant/submit", &token, "");
    server.decided(&case, "a blue whale");
    post(&format!("/v1/cases/{case}/cancel"), &server.key, "");
    post(&format!("/v1/accounts/{account}/erase"), &server.key, "");
    server.end();
    let log = server.said().join("\n").to_lowercase();
    assert!(log.contains(&case) && log.contains("details"), "it says what was done");
    let claims = std::fs::read_to_string(person.file("claims.toml")).unwrap();
    let typed = crate::serve::toml_to_json(&claims);
    let names = ["surname", "given_names", "document_number", "birth_date"];
    let typed = names.iter().map(|name| typed[name].as_str().unwrap().to_owned());
    let said =
        ["a-name-of-their-own", "a blue whale", "my dog is ill", "ghostwriter", "1850-01-01"];
    let secrets = [token, server.key.clone()];
    for secret in typed.chain(said.map(str::to_owned)).chain(secrets) {
        assert!(!log.contains(&secret.to_lowercase()), "the log has {secret}");
    }
}

#[test]
fn a_database_is_of_one_kind_of_installation() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let key = |data: &str| {
        std::process::Command::new(env!("CARGO_BIN_EXE_bonafide"))
            .args(["key", "--data", data, "--name", "Mei", "--scope", "admin"])
            .env("BONAFIDE_DATABASE_URL", format!("sqlite://{}", at("one.db")))
            .output()
            .unwrap()
    };
    for kind in ["sandbox", "live"] {
        assert_eq!(bonafide(["init", &at(kind), "--kind", kind]).code, 0);
    }
    assert!(key(&at("sandbox")).status.success());
    let refused = key(&at("live"));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("sandbox installation's"), "{said}");
}
