//! The spans that a collector gets of a person's way.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};

use minreq::Method;
use serde_json::Value;

use crate::program::{Person, bonafide};
use crate::serve::{Server, toml_to_json};

/// Takes whatever is posted to it.
struct Collector {
    url: String,
    bodies: Receiver<String>,
}

impl Collector {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (send, bodies) = channel();
        std::thread::spawn(move || {
            // Ends with the test.
            listener.incoming().flatten().try_for_each(|stream| take(&stream, &send))
        });
        Self { url, bodies }
    }

    /// All spans that came, and the text that they came in.
    fn spans(&self) -> (Vec<Value>, String) {
        let bodies: Vec<String> = self.bodies.try_iter().collect();
        let list = |value: &Value, name: &str| value[name].as_array().cloned().unwrap_or_default();
        let sent: Vec<Value> = bodies.iter().map(|b| serde_json::from_str(b).unwrap()).collect();
        let resources = sent.iter().flat_map(|body| list(body, "resourceSpans"));
        let scopes = resources.flat_map(|resource| list(&resource, "scopeSpans"));
        (scopes.flat_map(|scope| list(&scope, "spans")).collect(), bodies.concat())
    }
}

/// Reads one request, hands its body on, and says that it was taken.
fn take(mut stream: &TcpStream, send: &Sender<String>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    reader.read_line(&mut line).ok()?;
    assert!(line.starts_with("POST /v1/traces HTTP/1.1"), "{line}");
    while line.trim() != "" {
        line.clear();
        reader.read_line(&mut line).ok()?;
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    send.send(String::from_utf8(body).unwrap()).ok()?;
    let taken = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    stream.write_all(taken.as_bytes()).ok()
}

fn named<'a>(spans: &'a [Value], name: &str) -> &'a Value {
    let names: BTreeSet<_> = spans.iter().filter_map(|span| span["name"].as_str()).collect();
    let found = spans.iter().find(|span| span["name"] == name);
    found.unwrap_or_else(|| panic!("no span {name} among {names:?}"))
}

#[test]
fn a_collector_gets_spans_of_requests_jobs_and_stages_and_nothing_personal() {
    let collector = Collector::start();
    let mut server = Server::with(vec![("BONAFIDE_TRACES_ENDPOINT", collector.url.clone())]);
    let person = Person::with_passport();
    let claims = toml_to_json(&std::fs::read_to_string(person.file("claims.toml")).unwrap());
    let secret = |name: &str| claims[name].as_str().unwrap().to_owned();
    let (_, case, token) = server.open("user-1");
    server.fill(&token, person);
    server.call(Method::Post, "/v1/applicant/submit", &token, "");
    server.decided(&case, &secret("surname"));
    let (trace, caller) = ("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
    let called = minreq::get(server.url("/healthz"))
        .with_header("traceparent", format!("00-{trace}-{caller}-01"));
    assert_eq!(called.send().unwrap().status_code, 204);
    server.end();

    let (spans, text) = collector.spans();
    let continued = named(&spans, "GET /healthz");
    assert_eq!(
        (&continued["traceId"], &continued["parentSpanId"]),
        (&trace.into(), &caller.into())
    );
    let upload = named(&spans, "PUT /v1/applicant/uploads/{place}");
    let status = upload["attributes"].as_array().unwrap().iter();
    let status = status.clone().find(|one| one["key"] == "http.response.status_code").unwrap();
    assert!(status["value"].to_string().contains("200"), "{status}");
    let job = named(&spans, "job assess");
    let part = |stage: &str, of: &Value| {
        spans.iter().any(|span| span["name"] == stage && span["traceId"] == of["traceId"])
    };
    for stage in ["open uploads", "engine", "decide"] {
        assert!(part(stage, job), "{stage} is a part of the job");
    }
    let mut uploads = spans.iter().filter(|span| span["name"] == upload["name"]);
    assert!(uploads.any(|upload| part("face_embedding", upload)));
    assert!(!part("face_embedding", job), "a picture is read once, when it is uploaded");
    let secrets = [secret("surname"), secret("document_number"), token, server.key.clone()];
    for secret in secrets {
        assert!(!text.to_lowercase().contains(&secret.to_lowercase()), "{secret}");
    }
}

#[test]
fn a_collector_without_an_address_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    bonafide(["init", data, "--kind", "sandbox"]);
    let file = folder.path().join("bonafide.toml");
    std::fs::write(&file, "[traces]\nendpoint = \"collector\"\n").unwrap();
    let refused = bonafide(["serve", "--data", data, "--config", file.to_str().unwrap()]);
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.stderr.contains("traces.endpoint"), "{refused:?}");
}
