//! Whether one person is elsewhere too: the same document, number or face at another account or
//! on the blocklist. Looked up in the transaction that decides, with the identities locked: of
//! two accounts of one person that are decided at once, the second sees the first.

use domain::check::CheckKind;
use domain::decision::{self, Verdict};
use domain::evidence::Evidence;
use domain::id::{AccountId, BlockId, CaseId};
use domain::policy::{Duty, TierPolicy};
use domain::uniqueness::{Before, Blocklisted, Elsewhere, FaceSearch, OwnFace};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{CaseRow, DecidedBy, Identity, IdentityKind, Marker, SealedFace, Tx};
use vault::PersonKey;

use crate::cases::{CaseError, ConsentKind};
use crate::engine::Face;
use crate::faces::{self, Found, Near, unsealed};
use crate::identities::Recognised;
use crate::installation::Installation;
use crate::report::Report;

/// A common name would fill a reviewer's page.
const MOST_NAMESAKES: usize = 20;

/// Where else the person of a case seems to be, for the operator alone.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Others {
    /// Other accounts, and what says so.
    pub accounts: Vec<Other>,
    /// Entries of the blocklist.
    pub blocklist: Vec<BlockId>,
}

/// Another account that seems to be the same person's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Other {
    /// The account.
    pub account: AccountId,
    /// What says so.
    pub by: Sign,
    /// The distance of the faces, where they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<f64>,
    /// What is kept of it, where its person was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<Kept>,
}

/// What is kept of an erased person, so that they are recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// What for, in the words of the policy.
    pub purpose: String,
    /// Until when.
    pub until: Timestamp,
}

/// What says that two accounts are one person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// The same document.
    Document,
    /// The same national number.
    NationalId,
    /// A face as near as the promise of the search allows.
    Face,
    /// The same names and day of birth, which strangers share: it is shown to a reviewer and leads
    /// nobody to one.
    NameAndBirth,
}

/// Who is looked for.
pub(crate) struct Who<'a> {
    pub account: AccountId,
    pub tier: &'a TierPolicy,
    /// What they are known by.
    pub identities: &'a [Recognised],
    /// The face, where it may be searched.
    pub face: Option<&'a Face>,
    /// The person's key, for the face of the account itself.
    pub key: &'a PersonKey,
    /// The device that the case was opened from.
    pub device: Option<Recognised>,
}

impl Sign {
    /// Whether it can make two accounts one person's, and not only seem so.
    fn is_proof(self) -> bool {
        self != Self::NameAndBirth
    }
}

/// What an account that has it too is named by.
fn sign(kind: IdentityKind) -> Option<Sign> {
    match kind {
        IdentityKind::Document => Some(Sign::Document),
        IdentityKind::NationalId => Some(Sign::NationalId),
        IdentityKind::NameAndBirth => Some(Sign::NameAndBirth),
        IdentityKind::Device => None,
    }
}

/// Whether an account that was approved by `earlier` shows one of it again.
fn before(earlier: &[Identity], now: &[Recognised]) -> Before {
    let mut documents = earlier.iter().filter(|one| one.kind != IdentityKind::NameAndBirth);
    let Some(first) = documents.next() else { return Before::Nothing };
    let known = |one: &Identity| now.iter().any(|now| now.all().any(|now| now == one));
    if known(first) || documents.any(known) { Before::Same } else { Before::Another }
}

impl Others {
    /// Adds another account, unless the same sign named it before. Whether it did not.
    fn add(&mut self, other: Other) -> bool {
        let named = |earlier: &Other| earlier.account == other.account && earlier.by == other.by;
        let new = !self.accounts.iter().any(named);
        if new {
            self.accounts.push(other);
        }
        new
    }

    /// Whether it names somebody, or an entry of the blocklist, that `earlier` does not.
    fn say_more_than(&self, earlier: &Self) -> bool {
        self.accounts_beyond(earlier).next().is_some() || self.lists_more_than(earlier)
    }

    /// The same with what says most first: a name adds nothing to a document or a face.
    fn strongest_first(mut self) -> Self {
        let (proven, named): (Vec<_>, Vec<_>) =
            self.accounts.into_iter().partition(|other| other.by.is_proof());
        self.accounts = proven;
        let more: Vec<_> = named.into_iter().filter(|other| !self.name(other.account)).collect();
        self.accounts.extend(more);
        self
    }

    /// The accounts that more than a name speaks for.
    fn by_more_than_name(&self) -> impl Iterator<Item = AccountId> {
        let more = self.accounts.iter().filter(|other| other.by.is_proof());
        more.map(|other| other.account)
    }

    /// The living accounts that are known by the same document or number.
    pub(crate) fn with_the_same_papers(&self) -> impl Iterator<Item = AccountId> {
        let same = |other: &&Other| matches!(other.by, Sign::Document | Sign::NationalId);
        let living = self.accounts.iter().filter(same).filter(|other| other.erased.is_none());
        living.map(|other| other.account)
    }

    /// Whether more than a name speaks for this account.
    pub(crate) fn name(&self, account: AccountId) -> bool {
        self.by_more_than_name().any(|other| other == account)
    }

    /// Whether it names this account as that of a person who was erased.
    pub(crate) fn is_erased(&self, account: AccountId) -> bool {
        self.accounts.iter().any(|other| other.account == account && other.erased.is_some())
    }

    /// The accounts that `earlier` does not name so.
    pub(crate) fn accounts_beyond(&self, earlier: &Self) -> impl Iterator<Item = AccountId> {
        self.by_more_than_name().filter(|account| !earlier.name(*account))
    }

    /// Whether it names an entry of the blocklist that `earlier` does not.
    pub(crate) fn lists_more_than(&self, earlier: &Self) -> bool {
        !self.blocklist.iter().all(|id| earlier.blocklist.contains(id))
    }
}

impl Installation {
    /// Looks for the person elsewhere, and writes into `evidence` how often they were found.
    /// The identities are locked from then on.
    pub(crate) async fn look_elsewhere(
        &self,
        tx: &mut Tx,
        who: &Who<'_>,
        evidence: &mut Evidence,
    ) -> Result<Others, CaseError> {
        tx.lock_identities().await?;
        let mut others = Others::default();
        if who.identities.iter().any(|one| sign(one.now.kind).is_some_and(Sign::is_proof)) {
            let (elsewhere, blocklisted) =
                self.look_for(tx, who.account, who.identities, &mut others).await?;
            (evidence.elsewhere, evidence.blocklisted) = (Some(elsewhere), Some(blocklisted));
        }
        if let Some(device) = &who.device {
            let listed = self.entries(tx, device, &mut others).await?;
            if listed > 0 {
                evidence.blocklisted.get_or_insert_default().device = listed;
            }
        }
        if let Some(face) = who.face {
            let found = self.search_face(tx, face, who.account).await?;
            let own = self.own_face(tx, face, who).await?;
            evidence.face_search = Some(FaceSearch { own, ..self.judged(&found, who) });
            let face = self.name_hits(tx, &found, who, &mut others).await?;
            if face > 0 {
                evidence.blocklisted.get_or_insert_default().face = face;
            }
        }
        Ok(others.strongest_first())
    }

    async fn look_for(
        &self,
        tx: &mut Tx,
        account: AccountId,
        identities: &[Recognised],
        others: &mut Others,
    ) -> Result<(Elsewhere, Blocklisted), CaseError> {
        let (mut elsewhere, mut blocklisted) = (Elsewhere::default(), Blocklisted::default());
        elsewhere.before = before(&tx.identities_of(account).await?, identities);
        for recognised in identities {
            let Some(by) = sign(recognised.now.kind) else { continue };
            let found = self.holders(tx, account, (recognised, by), others).await?;
            let listed = self.entries(tx, recognised, others).await?;
            match by {
                Sign::Document => {
                    elsewhere.document += found;
                    blocklisted.document += listed;
                }
                Sign::NationalId => {
                    elsewhere.national_id += found;
                    blocklisted.national_id += listed;
                }
                // A hint for whoever looks at the case for another reason.
                Sign::NameAndBirth | Sign::Face => {}
            }
        }
        Ok((elsewhere, blocklisted))
    }

    /// Names the other accounts that hold what is `recognised`, and those of erased people that
    /// held it. How many there are.
    async fn holders(
        &self,
        tx: &mut Tx,
        own: AccountId,
        (recognised, by): (&Recognised, Sign),
        others: &mut Others,
    ) -> Result<u32, CaseError> {
        let mut found = 0;
        for identity in recognised.all() {
            let holders = tx.holders(identity).await?.into_iter();
            let living = holders.map(|account| (account, None));
            let marked = tx.markers(identity, self.now()).await?.into_iter();
            let erased = marked.filter_map(|Marker { account, purpose, until }| {
                Some((account, Some(Kept { purpose, until: until? })))
            });
            let others_of = living.chain(erased).filter(|(account, _)| *account != own);
            let most = if by.is_proof() { usize::MAX } else { MOST_NAMESAKES };
            for (account, erased) in others_of.take(most) {
                found += u32::from(others.add(Other { account, by, distance: None, erased }));
            }
        }
        Ok(found)
    }

    /// Names the entries of the blocklist that meet what is `recognised`. How many there are.
    async fn entries(
        &self,
        tx: &mut Tx,
        recognised: &Recognised,
        others: &mut Others,
    ) -> Result<u32, CaseError> {
        let mut listed = 0;
        for identity in recognised.all() {
            for block in tx.blocks_of(identity, self.today()).await? {
                others.blocklist.push(block.id);
                listed += 1;
            }
        }
        Ok(listed)
    }

    /// What was found, against what the policy promises.
    fn judged(&self, found: &Found, who: &Who<'_>) -> FaceSearch {
        let other = |near: &&Near| near.approved && near.account != who.account;
        FaceSearch {
            considered: found.considered,
            unsearched: found.unsearched,
            promise: who.tier.limits.face_search_false_hits,
            threshold: self.threshold(found.considered, who),
            nearest: found.near.iter().find(other).map(|near| near.distance),
            own: None,
        }
    }

    /// The face that the account was approved by before, where it can be compared with `face`.
    async fn own_face(
        &self,
        tx: &mut Tx,
        face: &Face,
        who: &Who<'_>,
    ) -> Result<Option<OwnFace>, CaseError> {
        let kept = tx.approved_face(who.account).await?;
        let ours = kept.filter(|kept| kept.embedder == self.parts.engine.embedder());
        let distance = ours.and_then(|kept| unsealed(who.key, &kept)?.distance(face));
        let threshold = self.parts.engine.distance_at(who.tier.limits.face_doubt_rate);
        Ok(distance.map(|distance| OwnFace { distance, threshold: threshold.max(0.0) }))
    }

    /// The distance that keeps the promise among `considered` people, where there is one.
    fn threshold(&self, considered: u64, who: &Who<'_>) -> Option<f64> {
        let promise = who.tier.limits.face_search_false_hits;
        let rate = gallery::comparison_rate(promise, considered);
        let distance = self.parts.engine.distance_at(rate);
        (considered > 0 && distance.is_finite() && distance > 0.0).then_some(distance)
    }

    /// Names the accounts of the hits and their entries on the blocklist; how many entries.
    /// The account's own face is no hit, but it may be on the blocklist.
    async fn name_hits(
        &self,
        tx: &mut Tx,
        found: &Found,
        who: &Who<'_>,
        others: &mut Others,
    ) -> Result<u32, CaseError> {
        let among_others = self.threshold(found.considered, who);
        let among_all = self.threshold(found.all, who);
        let within = |near: &Near, limit: Option<f64>| limit.is_some_and(|l| near.distance <= l);
        let mut entries = 0;
        for near in &found.near {
            if near.approved && near.account != who.account && within(near, among_others) {
                let (account, distance) = (near.account, Some(near.distance));
                others.add(Other { account, by: Sign::Face, distance, erased: None });
            }
            if !within(near, among_all) {
                continue;
            }
            for block in tx.blocks_of_face(near.case, self.today()).await? {
                others.blocklist.push(block.id);
                entries += 1;
            }
        }
        Ok(entries)
    }

    /// Whether the face of a case may be searched: the tier asks for it and makes sure whose it is, by
    /// a document or a living person, and the person agrees to that and to comparing faces at all.
    async fn may_search(
        &self,
        tx: &mut Tx,
        case: CaseId,
        tier: &TierPolicy,
    ) -> Result<bool, CaseError> {
        let living = tier.duty(CheckKind::Liveness) == Duty::Required;
        let somebodys = tier.verifies_a_document() || living;
        if tier.duty(CheckKind::FaceUnique) == Duty::Off || !somebodys {
            return Ok(false);
        }
        let consents = tx.consents(case).await?;
        let both = [ConsentKind::FaceMatch, ConsentKind::FaceSearch];
        Ok(both.into_iter().all(|kind| kind.is_given_in(&consents)))
    }

    /// Keeps `face` as that of the case, sealed, where it may be searched; what was kept
    /// before is gone. The face where it may be.
    pub(crate) async fn keep_face(
        &self,
        tx: &mut Tx,
        (row, key): (&CaseRow, &PersonKey),
        tier: &TierPolicy,
        face: Option<Face>,
    ) -> Result<Option<Face>, CaseError> {
        let (case, account) = (row.case.id, row.case.account);
        let may = face.is_some() && self.may_search(tx, case, tier).await?;
        let Some(face) = face.filter(|_| may) else {
            tx.forget_face(case).await?;
            return Ok(None);
        };
        let sealed = key.seal(&faces::context(case), &face.bytes());
        let embedder = self.parts.engine.embedder();
        tx.keep_face(&SealedFace { case, account, embedder, sealed }).await?;
        Ok(Some(face))
    }

    /// Whether what an account was known by, that was closed for `id`, is another one's by now, or on
    /// the blocklist: those that are, with what says so. The identities are locked from then on.
    pub(crate) async fn who_holds(
        &self,
        tx: &mut Tx,
        id: AccountId,
        identities: &[Recognised],
    ) -> Result<Others, CaseError> {
        tx.lock_identities().await?;
        let mut others = Others::default();
        self.look_for(tx, id, identities, &mut others).await?;
        Ok(others)
    }

    /// Looks again: whether an account, or an entry of the blocklist, is there by now that the
    /// `report` does not name; and the evidence with them.
    pub(crate) async fn look_again(
        &self,
        tx: &mut Tx,
        (row, key): (&CaseRow, &PersonKey),
        report: &Report,
    ) -> Result<Option<(Others, Evidence)>, CaseError> {
        let tier = self.tier(&row.case.tier)?;
        let face = match tx.face(row.case.id).await? {
            Some(face) if face.embedder == self.parts.engine.embedder() => unsealed(key, &face),
            _ => None,
        };
        let mut evidence = report.evidence.clone();
        let who = Who {
            account: row.case.account,
            tier: &tier,
            identities: &self.known_by(report, &tier),
            face: face.as_ref(),
            key,
            device: self.device_of(row, key)?,
        };
        let others = self.look_elsewhere(tx, &who, &mut evidence).await?;
        Ok(others.say_more_than(&report.others).then_some((others, evidence)))
    }

    /// Looks again before a person approves. Where there is more than the `report` they saw names,
    /// a new decision says so, and the case goes on waiting.
    pub(crate) async fn found_since(
        &self,
        tx: &mut Tx,
        (row, key): (&CaseRow, &PersonKey),
        report: &Report,
    ) -> Result<bool, CaseError> {
        let Some((others, evidence)) = self.look_again(tx, (row, key), report).await? else {
            return Ok(false);
        };
        let tier = self.tier(&row.case.tier)?;
        let claims = report.claims.clone();
        let mut decision = decision::assess(&evidence, &claims, report.as_of, &tier);
        decision.verdict = Verdict::Review;
        let mut newer = Report::of(&decision, evidence, claims, report.as_of).knowing(others);
        newer.client.clone_from(&report.client);
        self.record(tx, (row.case.id, key), DecidedBy::Engine, &newer).await?;
        Ok(true)
    }
}
