//! The calls that an exchange makes.

use minreq::{Method, Request};
use serde_json::{Value, json};
use thiserror::Error;

/// The API of an installation, with a key to it. The key stays here: a browser never sees it.
pub struct Bonafide {
    url: String,
    key: String,
}

/// A call that did not do what was asked.
#[derive(Debug, Error)]
pub enum Trouble {
    /// It was refused: the stable code and a sentence.
    #[error("{1} ({0})")]
    Refused(String, String),
    /// It was not answered.
    #[error("the verification service does not answer: try again in a moment")]
    Silent,
}

/// Whether somebody may use an amount.
pub enum Answer {
    /// Yes; what is reserved until it is captured, where there is a limit.
    Permitted(Option<String>),
    /// No, and why, in the words of the service.
    Refused(String),
}

impl Bonafide {
    pub fn new(url: &str, key: &str) -> Self {
        Self { url: url.trim_end_matches('/').to_owned(), key: key.to_owned() }
    }

    /// Registers a user: our id for them, never their name, and its id for them. Sent twice it
    /// happens once.
    pub async fn register(&self, user: &str) -> Result<String, Trouble> {
        let body = json!({ "external_id": user });
        let account = self.call(Method::Post, "/v1/accounts", Some(body), Some(user)).await?;
        Ok(text(&account["id"]))
    }

    /// What an account may do, how much of it is left, and what is missing for more.
    pub async fn entitlements(&self, account: &str) -> Result<Value, Trouble> {
        self.call(Method::Get, &format!("/v1/accounts/{account}/entitlements"), None, None).await
    }

    /// Opens a case for a tier: the address where the user goes on, with a token of this one case
    /// in its fragment, which no server sees.
    pub async fn open(&self, account: &str, tier: &str) -> Result<String, Trouble> {
        let path = format!("/v1/accounts/{account}/cases");
        let case = self.call(Method::Post, &path, Some(json!({ "tier": tier })), None).await?;
        Ok(format!("{}/flow/#token={}", self.url, text(&case["token"])))
    }

    /// Asks whether an account may use an amount, and reserves it. `reference` is our own name
    /// for this use: asked again the answer is the same.
    pub async fn authorize(
        &self,
        account: &str,
        (feature, amount): (&str, &str),
        reference: &str,
    ) -> Result<Answer, Trouble> {
        let body = json!({
            "feature": feature, "currency": "USDT", "amount": amount, "reference": reference,
        });
        let path = format!("/v1/accounts/{account}/authorize");
        let answer = self.call(Method::Post, &path, Some(body), None).await?;
        if answer["permitted"] == true {
            let reservation = answer["reservation"]["id"].as_str().map(str::to_owned);
            return Ok(Answer::Permitted(reservation));
        }
        Ok(Answer::Refused(text(&answer["words"]["en"])))
    }

    /// The amount was used.
    pub async fn capture(&self, account: &str, reservation: &str) -> Result<(), Trouble> {
        let path = format!("/v1/accounts/{account}/reservations/{reservation}/capture");
        self.call(Method::Post, &path, None, None).await.map(drop)
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        once: Option<&str>,
    ) -> Result<Value, Trouble> {
        let mut request = Request::new(method, format!("{}{path}", self.url))
            .with_header("Authorization", format!("Bearer {}", self.key))
            .with_timeout(30);
        if let Some(once) = once {
            request = request.with_header("Idempotency-Key", once);
        }
        if let Some(body) = body {
            request = request.with_body(body.to_string());
        }
        let sent = tokio::task::spawn_blocking(move || request.send()).await;
        let answer = sent.ok().and_then(Result::ok).ok_or(Trouble::Silent)?;
        let value: Value =
            serde_json::from_slice(answer.as_bytes()).map_err(|_| Trouble::Silent)?;
        if (200..300).contains(&answer.status_code) {
            return Ok(value);
        }
        Err(Trouble::Refused(text(&value["code"]), text(&value["detail"])))
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
