//! What a person is recognised by without its being kept: keyed hashes.

use domain::check;
use domain::claims::Claims;
use domain::document::{Country, DocumentType};
use domain::evidence::Evidence;
use domain::field::{Field, Fields};
use domain::policy::TierPolicy;
use store::{Identity, IdentityKind};
use vault::LookupHash;

use crate::errors::Breakage;
use crate::installation::Installation;
use crate::report::Report;

/// Something that somebody is recognised by, hashed under every key of the lookups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recognised {
    /// Under the newest: what is recorded.
    pub now: Identity,
    /// Under the older ones, by which something may have been recorded before.
    older: Vec<Identity>,
}

impl Recognised {
    /// Under every key.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Identity> {
        std::iter::once(&self.now).chain(&self.older)
    }
}

impl Installation {
    /// What is recognised of what was read: the document, the national number, and names with the
    /// day of birth. Nothing where `tier` verifies no document: whoever shows somebody else's there
    /// would take it from them, and learn who is on the blocklist.
    pub(crate) fn recognised(&self, evidence: &Evidence, tier: &TierPolicy) -> Vec<Recognised> {
        if !tier.verifies_a_document() {
            return Vec::new();
        }
        let fields = check::fields(evidence, tier);
        let Some(document) = evidence.seen_document() else { return Vec::new() };
        let Some(country) = &document.country else { return Vec::new() };
        let value = |field| fields.value(field).map(str::to_owned);
        let national = value(Field::NationalIdNumber);
        let card = document.document_type == DocumentType::IdCard;
        // A card that has only the person's number is known by it.
        let number = value(Field::DocumentNumber).or_else(|| national.clone().filter(|_| card));
        let document = number
            .and_then(|number| self.document_identity(country, document.document_type, &number));
        let national = national.and_then(|number| self.national_identity(country, &number));
        document.into_iter().chain(national).chain(self.names(&fields)).collect()
    }

    /// What the person of an approval for `tier` is known by: what was read, and where the number of
    /// the document was not, what they typed and a reviewer compared with it.
    pub(crate) fn known_by(&self, report: &Report, tier: &TierPolicy) -> Vec<Recognised> {
        let mut known = self.recognised(&report.evidence, tier);
        let read = known.iter().any(|one| one.now.kind == IdentityKind::Document);
        if report.by_eye.is_some() && !read {
            for identity in self.typed(report).into_iter().flatten() {
                if !known.contains(&identity) {
                    known.push(identity);
                }
            }
        }
        known
    }

    /// What is recognised of what was typed; of a country that was seen, or of the nationality.
    fn typed(&self, report: &Report) -> Option<Vec<Recognised>> {
        let Claims { document_type, document_number, nationality, .. } = &report.claims;
        let (kind, number) = ((*document_type)?, document_number.as_ref()?);
        let seen = report.evidence.seen_document().and_then(|document| document.country);
        let country = &seen.or(nationality.clone())?;
        // A Chinese card has the person's number alone.
        let national = kind == DocumentType::IdCard && country.as_str() == "CHN";
        let national = national.then(|| self.national_identity(country, number)).flatten();
        Some(self.document_identity(country, kind, number).into_iter().chain(national).collect())
    }

    /// A document; `None` where the number has neither letter nor digit.
    pub(crate) fn document_identity(
        &self,
        country: &Country,
        kind: DocumentType,
        number: &str,
    ) -> Option<Recognised> {
        let number = bare(number)?;
        Some(self.hashed(IdentityKind::Document, &[country.as_str(), kind.as_str(), &number]))
    }

    /// A national number.
    pub(crate) fn national_identity(&self, country: &Country, number: &str) -> Option<Recognised> {
        let number = bare(number)?;
        Some(self.hashed(IdentityKind::NationalId, &[country.as_str(), &number]))
    }

    /// The name in Latin letters and the one in the document's own, each with the day of birth,
    /// where that is whole: the words of the name whatever their order, which documents differ in.
    fn names(&self, fields: &Fields) -> Vec<Recognised> {
        let born = fields.value(Field::BirthDate).filter(|born| born.len() == "YYYY-MM-DD".len());
        let Some(born) = born else { return Vec::new() };
        let value = |field| fields.value(field).unwrap_or_default();
        let whole = match fields.value(Field::FullName) {
            Some(whole) => whole.to_owned(),
            None => format!("{} {}", value(Field::Surname), value(Field::GivenNames)),
        };
        let names = [words(&whole), words(value(Field::FullNameNative))];
        let hashed = |name: String| self.hashed(IdentityKind::NameAndBirth, &[&name, born]);
        names.into_iter().flatten().map(hashed).collect()
    }

    /// A device, by the operator's own name for it.
    pub(crate) fn device(&self, name: &str) -> Recognised {
        self.hashed(IdentityKind::Device, &[name])
    }

    /// The versions of the keys of the lookups, the lowest first; the last one hashes what is new.
    pub fn lookup_versions(&self) -> Vec<u32> {
        self.parts.lookup.versions()
    }

    /// The versions by which something is hashed that is recorded, the lowest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hashed_by_lookup(&self) -> Result<Vec<u32>, Breakage> {
        Ok(self.parts.store.read().await?.key_versions().await?)
    }

    fn hashed(&self, kind: IdentityKind, parts: &[&str]) -> Recognised {
        let hashes = self.parts.lookup.hashes(kind.as_str(), parts);
        let identity = |LookupHash { version, hash }| Identity { kind, key_version: version, hash };
        let older = hashes.older.into_iter().map(identity).collect();
        Recognised { now: identity(hashes.newest), older }
    }
}

/// The words of a name in capitals, one space apart and in the order of the alphabet; `None`
/// where there are none.
fn words(name: &str) -> Option<String> {
    let mut words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric()).filter_map(bare).collect();
    words.sort_unstable();
    Some(words.join(" ")).filter(|words| !words.is_empty())
}

/// Letters and digits alone, in capitals; `None` where there are none.
fn bare(text: &str) -> Option<String> {
    let bare = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
    Some(bare.collect::<String>()).filter(|bare| !bare.is_empty())
}
