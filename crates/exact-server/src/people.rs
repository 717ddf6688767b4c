//! People at every stage of their way, so that whoever tries the interface has something to name.

use domain::campaign::Terms;
use domain::case::CaseState;
use domain::entitlement::Ask;
use domain::reason::{Code, Reason};
use exact_world::{House, passport, selfie};
use serde_json::{Value, json};
use workflow::{EndpointRequest, NewBlock, Opened, Place, Ruling, Scope, Spent, ToBlock, Token};

/// Who does what is done before.
const AUTHOR: &str = "trial";

/// People by where they stand.
struct Cast {
    typing: Opened,
    ready: Opened,
    leaving: Opened,
    erased: Opened,
    held: Opened,
    taken_back: Opened,
    approved: Opened,
    declined: Opened,
    waiting: Opened,
    claimed: Opened,
    /// Whose pictures are looked at, and who is named to nothing else.
    looked_at: Opened,
    ruled: Opened,
    given_back: Opened,
    /// Who is to correct what they typed.
    correcting: Opened,
    /// The one who was declined, with a token for the appeal.
    appealing: Opened,
    holds: [String; 2],
    /// Whose case another device took.
    handing: [Opened; 2],
    /// Another device's, whose person started nothing.
    disowning: Token,
    /// Who sends a picture in parts.
    sending: Opened,
    /// Who recorded a capture.
    recording: Opened,
}

async fn cast(house: &House, operator: &str) -> Cast {
    let approved = assessed(house, "approved").await;
    // With the document that the first one has: a person looks.
    let declined = assessed(house, "declined").await;
    let [claimed, ruled] = [assessed(house, "claimed").await, assessed(house, "ruled").await];
    let [given_back, looked_at] =
        [assessed(house, "given-back").await, assessed(house, "looked-at").await];
    for one in [&claimed, &ruled, &given_back, &looked_at] {
        house.installation.claim(one.case.id, operator).await.unwrap();
    }
    let ready = opened(house, "ready").await;
    house.fill(ready.case.id, passport(|_| {})).await;
    let [held, taken_back] = [opened(house, "held").await, opened(house, "taken-back").await];
    let holds = [hold(house, &held).await, hold(house, &taken_back).await];
    house.installation.erase(taken_back.case.account, AUTHOR).await.unwrap();
    let typing = opened(house, "typing").await;
    offer(house, &typing).await;
    let recording = opened(house, "recording").await;
    house.installation.issue_challenge(recording.case.id, &[], None).await.unwrap();
    Cast {
        typing,
        leaving: opened(house, "leaving").await,
        erased: opened(house, "erased").await,
        waiting: assessed(house, "waiting").await,
        appealing: decline(house, &declined).await,
        ready,
        held,
        taken_back,
        approved,
        declined,
        claimed,
        looked_at,
        ruled,
        given_back,
        correcting: correct(house).await,
        holds,
        handing: [handing(house, "confirming").await, handing(house, "refusing").await],
        disowning: taken(house, &opened(house, "disowning").await).await,
        sending: opened(house, "sending").await,
        recording,
    }
}

/// What a request may name: the applicants' tokens by the operation that each is for; ids by
/// what the paths call them, those that an operation has for itself under its name, as it leaves
/// nothing to the others; and what the engine takes for pictures. `operator` reviews.
pub async fn people(house: &House, operator: &str) -> Value {
    // Time goes by for these, and tokens end.
    let dead = dead_jobs(house).await;
    let cast = cast(house, operator).await;
    let all = [&cast.typing, &cast.approved, &cast.declined, &cast.waiting, &cast.ready];
    json!({
        "tokens": {
            "case": cast.typing.token.reveal(),
            "GET details": cast.correcting.token.reveal(),
            "submit": cast.ready.token.reveal(),
            "cancel": cast.leaving.token.reveal(),
            "appeal": cast.appealing.token.reveal(),
            "handoff/confirm": cast.handing[0].token.reveal(),
            "handoff/refuse": cast.handing[1].token.reveal(),
            "handoff/disown": cast.disowning.reveal(),
            "transfers/{transfer}": cast.sending.token.reveal(),
            "challenge/answer": cast.recording.token.reveal(),
        },
        "codes": codes(house).await,
        "ids": {
            "account": all.map(|one| one.case.account.to_string()),
            "case": all.map(|one| one.case.id.to_string()),
            "hold": cast.holds,
            "webhook": webhooks(house).await,
            "entry": entries(house, &cast.approved).await,
            "key": keys(house).await,
            "code": campaigns(house).await,
            "transfer": [transfer(house, &cast.sending).await],
            "job": dead,
            "kind": ["face_match", "face_search", "cohort"],
        },
        "own": own(house, &cast).await,
        "pictures": [text(passport(|_| {})), text(selfie()), "answer"],
    })
}

/// Whom an operation has for itself.
async fn own(house: &House, cast: &Cast) -> Value {
    let (captured, released) = reservations(house, &cast.approved).await;
    let account = |opened: &Opened| json!({ "account": [opened.case.account.to_string()] });
    let case = |opened: &Opened| json!({ "case": [opened.case.id.to_string()] });
    json!({
        "POST /v1/accounts/{account}/cases": idle(house).await,
        "POST /v1/accounts/{account}/erase": account(&cast.erased),
        "DELETE /v1/accounts/{account}/erasure": account(&cast.taken_back),
        "DELETE /v1/accounts/{account}/holds/{hold}": account(&cast.held),
        "POST /v1/accounts/{account}/authorize": account(&cast.approved),
        "POST /v1/accounts/{account}/reservations/{reservation}/capture": captured,
        "POST /v1/accounts/{account}/reservations/{reservation}/release": released,
        "POST /v1/cases/{case}/cancel": cancelled(house).await,
        "POST /v1/keys/{key}/rotate": json!({ "key": keys(house).await }),
        "DELETE /v1/review/cases/{case}/claim": case(&cast.given_back),
        "POST /v1/review/cases/{case}/claim": case(&cast.claimed),
        "POST /v1/review/cases/{case}/ruling": case(&cast.ruled),
        "GET /v1/review/cases/{case}/uploads/{place}": case(&cast.looked_at),
        "GET /v1/review/cases/{case}/decisions": case(&cast.claimed),
    })
}

/// Cases that may be cancelled.
async fn cancelled(house: &House) -> Value {
    let mut cases = Vec::new();
    for name in ["cancelled-1", "cancelled-2", "cancelled-3"] {
        cases.push(opened(house, name).await.case.id.to_string());
    }
    json!({ "case": cases })
}

/// Codes that another device may take.
async fn codes(house: &House) -> Vec<String> {
    let mut codes = Vec::new();
    for name in ["offering-1", "offering-2"] {
        let code = offer(house, &opened(house, name).await).await;
        codes.push(code.reveal().to_owned());
    }
    codes
}

async fn offer(house: &House, opened: &Opened) -> Token {
    house.installation.offer_handoff(opened.case.id).await.unwrap().code
}

/// Somebody whose case another device took.
async fn handing(house: &House, name: &str) -> Opened {
    let opened = opened(house, name).await;
    taken(house, &opened).await;
    opened
}

/// The token of another device that took a case.
async fn taken(house: &House, opened: &Opened) -> Token {
    let code = offer(house, opened).await;
    house.installation.take_handoff(&code).await.unwrap().token
}

/// Campaigns to end, beside the one that the description's example names.
async fn campaigns(house: &House) -> Vec<String> {
    let codes = ["ENDING26", "ENDING27"];
    for code in ["SPRING26"].into_iter().chain(codes) {
        let terms = Terms {
            code: code.parse().unwrap(),
            fee_discount_percent: "20".parse().unwrap(),
            from: house.installation.today(),
            until: house.installation.today(),
            cap: None,
        };
        house.installation.make_campaign(terms, AUTHOR).await.unwrap();
    }
    codes.map(str::to_owned).to_vec()
}

/// A transfer for the passport as the engine takes it.
async fn transfer(house: &House, opened: &Opened) -> String {
    let length = passport(|_| {}).len() as u64;
    let begun = house.installation.begin_transfer(opened.case.id, Place::Front, length).await;
    begun.unwrap().id.to_string()
}

/// Jobs that were given up.
async fn dead_jobs(house: &House) -> Vec<String> {
    for name in ["dead-1", "dead-2"] {
        let opened = opened(house, name).await;
        house.fill(opened.case.id, passport(|_| {})).await;
        house.installation.submit(opened.case.id).await.unwrap();
        *house.engine.breaks.lock().expect("nobody panicked") = u32::MAX;
        while house.installation.case(opened.case.id).await.unwrap().case.state
            == CaseState::Assessing
        {
            house.work().await;
            house.clock.go(300);
        }
        *house.engine.breaks.lock().expect("nobody panicked") = 0;
    }
    let dead = house.installation.dead_jobs(None, 10).await.unwrap();
    dead.into_iter().map(|job| job.id.to_string()).collect()
}

/// An account without a case.
async fn idle(house: &House) -> Value {
    json!({ "account": [house.account("idle").await.to_string()] })
}

fn text(picture: Vec<u8>) -> String {
    String::from_utf8(picture).expect("the exact engine's pictures are text")
}

async fn opened(house: &House, name: &str) -> Opened {
    house.open(house.account(name).await).await
}

/// Whoever was submitted with the one passport, and what came of it.
async fn assessed(house: &House, name: &str) -> Opened {
    let opened = opened(house, name).await;
    house.fill(opened.case.id, passport(|_| {})).await;
    house.assess(opened.case.id).await;
    opened
}

/// Declines; with a new token for the appeal.
async fn decline(house: &House, waiting: &Opened) -> Opened {
    let (bonafide, case) = (&house.installation, waiting.case.id);
    bonafide.claim(case, AUTHOR).await.unwrap();
    let ruling = Ruling::Decline(vec![Code::DuplicateDocument, Code::DataMismatch]);
    bonafide.rule(case, AUTHOR, &ruling, "").await.unwrap();
    bonafide.renew_token(case, AUTHOR).await.unwrap()
}

/// Asks for the details once more.
async fn correct(house: &House) -> Opened {
    let (bonafide, opened) = (&house.installation, assessed(house, "correcting").await);
    bonafide.claim(opened.case.id, AUTHOR).await.unwrap();
    let ruling = Ruling::Again(vec![Reason::new(Code::NameOrderSwapped)]);
    bonafide.rule(opened.case.id, AUTHOR, &ruling, "").await.unwrap();
    opened
}

/// Some to capture and some to release.
async fn reservations(house: &House, opened: &Opened) -> (Value, Value) {
    let account = opened.case.account;
    let mut ids = Vec::new();
    for reference in ["order-1", "order-2", "order-3", "order-4"] {
        let ask = Ask {
            feature: "withdraw".to_owned(),
            currency: "USDT".to_owned(),
            amount: "5".parse().unwrap(),
        };
        let spent = house.installation.authorize(account, &ask, reference).await.unwrap();
        let Spent::Reserved(reservation) = spent else { panic!("the tier has a limit") };
        ids.push(reservation.id.to_string());
    }
    let named = |ids: &[String]| json!({ "account": [account.to_string()], "reservation": ids });
    (named(&ids[..2]), named(&ids[2..]))
}

async fn hold(house: &House, opened: &Opened) -> String {
    let account = opened.case.account;
    let hold = house.installation.hold(account, "a lawsuit", None, (AUTHOR, None)).await.unwrap();
    hold.id.to_string()
}

async fn webhooks(house: &House) -> Vec<String> {
    let mut ids = Vec::new();
    for _ in 0..4 {
        let request = EndpointRequest {
            url: "http://127.0.0.1:9/hook".to_owned(),
            description: String::new(),
            kinds: Vec::new(),
        };
        let made = house.installation.make_endpoint(request, AUTHOR).await.unwrap();
        ids.push(made.endpoint.id.to_string());
    }
    ids
}

async fn entries(house: &House, decided: &Opened) -> Vec<String> {
    let what = ToBlock::Case(decided.case.id);
    let block = NewBlock { what, ground: "a forged passport".to_owned(), until: None };
    let blocks = house.installation.block(&block, AUTHOR, None).await.unwrap();
    blocks.iter().map(|block| block.id.to_string()).collect()
}

/// Keys that may be revoked.
async fn keys(house: &House) -> Vec<String> {
    let mut ids = Vec::new();
    for name in ["somebody", "somebody else"] {
        let made =
            house.installation.make_key(name, &[Scope::Spend], "the exact server").await.unwrap();
        ids.push(made.key.id.to_string());
    }
    ids
}
