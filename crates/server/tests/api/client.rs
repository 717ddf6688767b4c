use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use bonafide_server::Settings;
use exact_world::House;
use serde_json::{Value, json};
use tower::ServiceExt;
use workflow::{Kind, Scope};

/// A server and a key to it.
pub struct Client {
    pub house: House,
    pub router: Router,
    pub token: String,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The code of a problem, which must be one.
    pub fn code(&self) -> (u16, String) {
        assert_eq!(self.headers["content-type"], "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], json!(self.status));
        (self.status, problem["code"].as_str().unwrap().to_owned())
    }
}

impl Client {
    pub async fn new(scopes: &[Scope]) -> Self {
        Self::with(scopes, Settings::default()).await
    }

    pub async fn with(scopes: &[Scope], settings: Settings) -> Self {
        let house = House::build(Kind::Sandbox).await;
        let key = house.installation.make_key("Mei", scopes, "the test").await.unwrap();
        let router = bonafide_server::router(house.installation.clone(), settings);
        Self { house, router, token: key.token.reveal().to_owned() }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 100 << 20).await.unwrap().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// A request as `token`, with headers beside its authorisation.
    pub async fn call_as(
        &self,
        token: &str,
        (method, path): (&str, &str),
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        request = request.header("authorization", format!("Bearer {token}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(body.into()).unwrap()).await
    }

    /// A request with a JSON body, as the operator.
    pub async fn call(&self, method: &str, path: &str, body: Value) -> Answer {
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        self.call_as(&self.token, (method, path), &[], body).await
    }

    /// Registers an account and opens a case: the account, the case, the applicant's token.
    pub async fn open(&self, name: &str) -> (String, String, String) {
        let account = self.call("POST", "/v1/accounts", json!({ "external_id": name })).await;
        let account = account.json()["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/accounts/{account}/cases");
        let opened = self.call("POST", &path, json!({ "tier": "L2" })).await.json();
        let text = |name: &str| opened[name].as_str().unwrap().to_owned();
        (account, text("id"), text("token"))
    }

    /// Everything that the applicant of `token` has to do, submitted and assessed.
    pub async fn verify(&self, token: &str, passport: Vec<u8>) {
        let claims = serde_json::to_vec(&exact_world::typed()).unwrap();
        let agreed = r#"{"text_version":"1","agreed":true}"#.as_bytes().to_vec();
        let challenge = ("POST", "/v1/applicant/challenge", b"{}".to_vec());
        let steps = [
            ("PUT", "/v1/applicant/details", claims),
            ("PUT", "/v1/applicant/consents/face_match", agreed),
            ("PUT", "/v1/applicant/uploads/front", passport),
            ("PUT", "/v1/applicant/uploads/selfie", exact_world::selfie()),
            challenge,
            ("PUT", "/v1/applicant/uploads/capture", b"answer".to_vec()),
            ("POST", "/v1/applicant/submit", Vec::new()),
        ];
        for (method, path, body) in steps {
            let answer = self.call_as(token, (method, path), &[], body).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.json());
        }
        self.house.work().await;
    }
}
