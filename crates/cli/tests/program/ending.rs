//! A server that is asked to end, as at each update, answers what was asked of it before.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;

use crate::serve::Server;

#[test]
fn a_request_under_way_is_answered_before_the_server_ends() {
    let mut server = Server::with(Vec::new());
    let (_, case, token) = server.open("user-1");
    let host = server.url("").strip_prefix("http://").unwrap().to_owned();
    let details = json!({
        "surname": "ERIKSSON", "given_names": "ANNA MARIA", "birth_date": "1974-08-12",
        "document_type": "passport", "document_number": "L898902C3", "nationality": "UTO",
    });
    let body = details.to_string();
    let mut line = TcpStream::connect(&host).unwrap();
    let head = format!(
        "PUT /v1/applicant/details HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    line.write_all(head.as_bytes()).unwrap();
    // It is said once the request is at work and waits for its body.
    let mut goes_on = [0; "HTTP/1.1 100 Continue\r\n\r\n".len()];
    line.read_exact(&mut goes_on).unwrap();
    assert!(goes_on.starts_with(b"HTTP/1.1 100 "), "{}", String::from_utf8_lossy(&goes_on));

    server.ask_to_end();
    while TcpStream::connect(&host).is_ok() {
        std::thread::yield_now();
    }
    line.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    server.ended();
    let said = server.said();
    assert!(said.iter().all(|line| !line.contains("ERIKSSON")), "{said:?} {case}");
}
