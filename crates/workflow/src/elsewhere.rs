//! Whether one person is elsewhere too: the same document, number or face at another account or
//! on the blocklist. Looked up in the transaction that decides, with the identities locked: of
//! two accounts of one person that are decided at once, the second sees the first.

use domain::check::CheckKind;
use domain::decision::{self, Verdict};
use domain::evidence::Evidence;
use domain::id::{AccountId, BlockId, CaseId};
use domain::policy::{Duty, TierPolicy};
use domain::uniqueness::{Before, Blocklisted, Elsewhere, FaceSearch, OwnFace};
use serde::{Deserialize, Serialize};
use store::{CaseRow, DecidedBy, Identity, IdentityKind, SealedFace, Tx};
use vault::PersonKey;

use crate::cases::{CaseError, ConsentKind};
use crate::engine::Face;
use crate::faces::{self, Found, Near, unsealed};
use crate::installation::Installation;
use crate::report::Report;

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
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Other {
    /// The account.
    pub account: AccountId,
    /// What says so.
    pub by: Sign,
    /// The distance of the faces, where they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<f64>,
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
}

/// Who is looked for.
pub(crate) struct Who<'a> {
    pub account: AccountId,
    pub tier: &'a TierPolicy,
    /// What they are known by.
    pub identities: &'a [Identity],
    /// The face, where it may be searched.
    pub face: Option<&'a Face>,
    /// The person's key, for the face of the account itself.
    pub key: &'a PersonKey,
    /// The device that the case was opened from.
    pub device: Option<Identity>,
}

impl Others {
    fn add(&mut self, account: AccountId, by: Sign, distance: Option<f64>) {
        self.accounts.push(Other { account, by, distance });
    }

    /// Whether it names somebody, or an entry of the blocklist, that `earlier` does not.
    fn say_more_than(&self, earlier: &Self) -> bool {
        self.accounts_beyond(earlier).next().is_some() || self.lists_more_than(earlier)
    }

    /// Whether it names this account.
    pub(crate) fn name(&self, account: AccountId) -> bool {
        self.accounts.iter().any(|other| other.account == account)
    }

    /// The accounts that `earlier` does not name.
    pub(crate) fn accounts_beyond(&self, earlier: &Self) -> impl Iterator<Item = AccountId> {
        self.accounts.iter().map(|other| other.account).filter(|account| !earlier.name(*account))
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
        if !who.identities.is_empty() {
            let (elsewhere, blocklisted) =
                self.look_for(tx, who.account, who.identities, &mut others).await?;
            (evidence.elsewhere, evidence.blocklisted) = (Some(elsewhere), Some(blocklisted));
        }
        if let Some(device) = &who.device {
            for block in tx.blocks_of(device, self.today()).await? {
                others.blocklist.push(block.id);
                evidence.blocklisted.get_or_insert_default().device += 1;
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
        Ok(others)
    }

    async fn look_for(
        &self,
        tx: &mut Tx,
        account: AccountId,
        identities: &[Identity],
        others: &mut Others,
    ) -> Result<(Elsewhere, Blocklisted), CaseError> {
        let (mut elsewhere, mut blocklisted) = (Elsewhere::default(), Blocklisted::default());
        let before = tx.identities_of(account).await?;
        elsewhere.before = if before.is_empty() {
            Before::Nothing
        } else if identities.iter().any(|one| before.contains(one)) {
            Before::Same
        } else {
            Before::Another
        };
        for identity in identities {
            let (sign, count, listed) = match identity.kind {
                IdentityKind::Device => continue,
                IdentityKind::Document => {
                    (Sign::Document, &mut elsewhere.document, &mut blocklisted.document)
                }
                IdentityKind::NationalId => {
                    (Sign::NationalId, &mut elsewhere.national_id, &mut blocklisted.national_id)
                }
            };
            for holder in tx.holders(identity).await? {
                if holder != account {
                    others.add(holder, sign, None);
                    *count += 1;
                }
            }
            for block in tx.blocks_of(identity, self.today()).await? {
                others.blocklist.push(block.id);
                *listed += 1;
            }
        }
        Ok((elsewhere, blocklisted))
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
                others.add(near.account, Sign::Face, Some(near.distance));
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

    /// Whether the face of a case may be searched: the tier asks for it, and the person agrees.
    async fn may_search(
        &self,
        tx: &mut Tx,
        case: CaseId,
        tier: &TierPolicy,
    ) -> Result<bool, CaseError> {
        if tier.duty(CheckKind::FaceUnique) == Duty::Off {
            return Ok(false);
        }
        let kind = ConsentKind::FaceSearch.as_str();
        let consents = tx.consents(case).await?;
        Ok(consents.iter().any(|one| one.kind == kind && one.withdrawn_at.is_none()))
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
            identities: &self.known_by(report),
            face: face.as_ref(),
            key,
            device: row.device,
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
