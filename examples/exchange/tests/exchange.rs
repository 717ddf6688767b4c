//! The exchange as a browser sees it, on a real server with an exact engine.

use axum::Router;
use example_exchange::{Exchange, router};
use minreq::{Method, Request, Response};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use vault::Vault;
use workflow::{Deliverer, Installation, Outcome, Real, Scope, Worker};

/// An installation and an exchange on it, each with an address.
struct Town {
    bonafide: Installation,
    api: String,
    exchange: String,
    _folder: TempDir,
}

fn served(listener: TcpListener, app: Router) {
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
}

impl Town {
    async fn build() -> Self {
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite://{}", folder.path().join("bonafide.db").display());
        let vault = Vault::local(folder.path(), exact_world::master()).unwrap();
        let bonafide = exact_world::sandbox(vault, &url, Real).await;
        let key = bonafide.make_key(
            "exchange",
            &[Scope::Accounts, Scope::Spend, Scope::Admin],
            "the test",
        );
        let key = key.await.unwrap().token.reveal().to_owned();
        let listener = async || TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (api, exchange) = (listener().await, listener().await);
        let address = |listener: &TcpListener| format!("http://{}", listener.local_addr().unwrap());
        let town =
            Self { bonafide, api: address(&api), exchange: address(&exchange), _folder: folder };
        served(api, server::router(town.bonafide.clone(), server::Settings::default()));
        let hook = json!({ "url": format!("{}/told", town.exchange) });
        let hook = town.call(&key, Method::Post, "/v1/webhooks", hook.to_string()).await;
        let secret = hook["secret"].as_str();
        served(exchange, router(Exchange::new(&town.api, &key, secret).unwrap()));
        town
    }

    /// A call of the API.
    async fn call(
        &self,
        token: &str,
        method: Method,
        path: &str,
        body: impl Into<Vec<u8>>,
    ) -> Value {
        let request = Request::new(method, format!("{}{path}", self.api))
            .with_header("Authorization", format!("Bearer {token}"))
            .with_body(body);
        let answer = sent(request).await;
        let value = serde_json::from_slice(answer.as_bytes()).unwrap();
        assert!((200..300).contains(&answer.status_code), "{path}: {value}");
        value
    }

    /// What the person of `token` has to do.
    async fn go_through(&self, token: &str) {
        let agreed = r#"{"text_version":"1","agreed":true}"#;
        let put = async |path: &str, body: Vec<u8>| {
            self.call(token, Method::Put, &format!("/v1/applicant/{path}"), body).await
        };
        put("details", serde_json::to_vec(&exact_world::typed()).unwrap()).await;
        put("consents/face_match", agreed.into()).await;
        put("consents/face_search", agreed.into()).await;
        put("uploads/front", exact_world::passport(|_| {})).await;
        put("uploads/selfie", exact_world::selfie()).await;
        self.call(token, Method::Post, "/v1/applicant/challenge", "{}").await;
        put("uploads/capture", b"answer".to_vec()).await;
        self.call(token, Method::Post, "/v1/applicant/submit", "").await;
        let worker = Worker::new(self.bonafide.clone(), "worker");
        assert_eq!(worker.once().await.unwrap(), Outcome::Done);
    }

    /// Lets every event that waits be delivered.
    async fn deliver(&self) {
        let deliverer = Deliverer::new(self.bonafide.clone(), "deliverer");
        while deliverer.once().await.unwrap() > 0 {}
    }
}

async fn sent(request: Request) -> Response {
    tokio::task::spawn_blocking(move || request.send().unwrap()).await.unwrap()
}

/// A browser: it keeps its cookie and shows the page that a form leads to.
struct Browser<'a> {
    town: &'a Town,
    cookie: String,
}

impl<'a> Browser<'a> {
    async fn sign_up(town: &'a Town, name: &str) -> Self {
        let request = Request::new(Method::Post, format!("{}/sign-up", town.exchange))
            .with_header("Content-Type", "application/x-www-form-urlencoded")
            .with_body(format!("name={name}"))
            .with_follow_redirects(false);
        let answer = sent(request).await;
        let cookie = answer.header("set-cookie").unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Self { town, cookie }
    }

    async fn page(&self) -> String {
        let request = Request::new(Method::Get, format!("{}/", self.town.exchange))
            .with_header("Cookie", self.cookie.clone());
        sent(request).await.as_str().unwrap().to_owned()
    }

    /// Sends a form: the page that comes of it.
    async fn send(&self, form: &str, body: &str) -> String {
        let request = Request::new(Method::Post, format!("{}/{form}", self.town.exchange))
            .with_header("Content-Type", "application/x-www-form-urlencoded")
            .with_header("Cookie", self.cookie.clone())
            .with_body(body)
            .with_follow_redirects(false);
        let answer = sent(request).await;
        if answer.status_code == 303 {
            self.page().await
        } else {
            answer.as_str().unwrap().to_owned()
        }
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).unwrap().1.split_once(after).unwrap().0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_signs_up_is_verified_and_withdraws_within_the_limit() {
    let town = Town::build().await;
    let browser = Browser::sign_up(&town, "Anna").await;
    let page = browser.page().await;
    assert!(
        page.contains("Verification: not verified") && page.contains("Verify for L1"),
        "{page}"
    );
    let refused = browser.send("deposit", "amount=100").await;
    assert!(refused.contains("role=status") && refused.contains("0 USDT</p>"), "{refused}");

    let page = browser.send("verify", "tier=L2").await;
    town.go_through(between(&page, "/flow/#token=", "'")).await;
    town.deliver().await;
    let page = browser.page().await;
    assert!(page.contains("You are verified") && page.contains("Verification: L2"), "{page}");
    assert!(!browser.page().await.contains("You are verified"), "it is told once");

    browser.send("deposit", "amount=90000").await;
    let page = browser.send("withdraw", "amount=40000").await;
    assert!(
        page.contains("Done: withdraw 40000 USDT") && page.contains("50000 USDT</p>"),
        "{page}"
    );
    let page = browser.send("withdraw", "amount=40000").await;
    assert!(page.contains("10000") && page.contains("50000 USDT</p>"), "{page}");
    let page = browser.send("withdraw", "amount=0.1.2").await;
    assert!(page.contains("Write an amount such as"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_signed_is_not_believed_and_what_is_typed_is_no_markup() {
    let town = Town::build().await;
    let browser = Browser::sign_up(&town, "%3Cscript%3Ealert(1)%3C%2Fscript%3E").await;
    let page = browser.page().await;
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script>"), "{page}");
    let events = town.bonafide.events(0, 10).await.unwrap();
    let account = events.iter().find_map(|(_, event)| event.account).unwrap().to_string();
    let event = json!({ "kind": "case.approved", "account": account });
    let forged = Request::new(Method::Post, format!("{}/told", town.exchange));
    let answer = sent(forged.with_body(event.to_string())).await;
    assert_eq!(answer.status_code, 401);
    assert!(!browser.page().await.contains("You are verified"));
}
