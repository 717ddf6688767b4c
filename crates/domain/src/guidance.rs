//! What a person reads: for every reason what is wrong and what to do next,
//! in English and simplified Chinese.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::check::CheckKind;
use crate::decision::Verdict;
use crate::detail::Detail;
use crate::document::DocumentType;
use crate::entitlement::Need;
use crate::evidence::Slot;
use crate::field::Field;
use crate::liveness::Action;
use crate::reason::{Code, Reason};

/// A language that every text exists in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// Simplified Chinese.
    ZhCn,
}

/// A language that no text exists in.
#[derive(Debug, thiserror::Error)]
#[error("there are texts in en and zh-CN, none in {0:?}")]
pub struct UnknownLanguage(String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        match tag {
            "en" => Ok(Self::En),
            "zh-CN" => Ok(Self::ZhCn),
            _ => Err(UnknownLanguage(tag.to_owned())),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::En => "en",
            Self::ZhCn => "zh-CN",
        })
    }
}

/// What is wrong, and exactly what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    /// What is wrong.
    pub what: String,
    /// What to do next.
    pub fix: String,
}

/// All texts of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    report: BTreeMap<String, String>,
    verdicts: BTreeMap<Verdict, String>,
    outcomes: BTreeMap<String, String>,
    slots: BTreeMap<Slot, String>,
    actions: BTreeMap<Action, String>,
    documents: BTreeMap<DocumentType, String>,
    fields: BTreeMap<Field, String>,
    checks: BTreeMap<CheckKind, String>,
    reasons: BTreeMap<Code, Template>,
    account: BTreeMap<String, String>,
    features: BTreeMap<String, String>,
    needs: BTreeMap<Need, String>,
    /// How a date is written, by `strftime`.
    date: String,
    /// Between the items of a list.
    comma: String,
    refusals: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    what: String,
    /// In place of `what` where the reason knows its field.
    what_field: Option<String>,
    fix: String,
    /// In place of both where the reason says what exactly.
    #[serde(default)]
    details: BTreeMap<Detail, Guidance>,
}

impl Texts {
    /// The texts in `language`.
    pub fn of(language: Language) -> &'static Self {
        static EN: OnceLock<Texts> = OnceLock::new();
        static ZH_CN: OnceLock<Texts> = OnceLock::new();
        let (cell, text) = match language {
            Language::En => (&EN, include_str!("../../../locales/en.toml")),
            Language::ZhCn => (&ZH_CN, include_str!("../../../locales/zh-CN.toml")),
        };
        cell.get_or_init(|| toml::from_str(text).expect("a test parses the shipped texts"))
    }

    /// A word of a report, such as a heading, by its key.
    pub fn report<'a>(&'a self, key: &'a str) -> &'a str {
        self.report.get(key).map_or(key, String::as_str)
    }

    /// A verdict.
    pub fn verdict(&self, verdict: Verdict) -> &str {
        &self.verdicts[&verdict]
    }

    /// `pass`, `fail`, `inconclusive` or `not_run`.
    pub fn outcome<'a>(&'a self, outcome: &'a str) -> &'a str {
        self.outcomes.get(outcome).map_or(outcome, String::as_str)
    }

    /// A sentence about an account and its tier, by its key.
    pub fn account<'a>(&'a self, key: &'a str) -> &'a str {
        self.account.get(key).map_or(key, String::as_str)
    }

    /// A feature that policies grant; one that only the operator's policy knows by its name.
    pub fn feature<'a>(&'a self, feature: &'a str) -> &'a str {
        self.features.get(feature).map_or(feature, String::as_str)
    }

    /// What a tier asks a person for.
    pub fn need(&self, need: Need) -> &str {
        &self.needs[&need]
    }

    /// Why an amount is refused, by the code of the refusal.
    pub fn refusal<'a>(&'a self, code: &'a str) -> &'a str {
        self.refusals.get(code).map_or(code, String::as_str)
    }

    /// A picture's place.
    pub fn slot(&self, slot: Slot) -> &str {
        &self.slots[&slot]
    }

    /// A movement.
    pub fn action(&self, action: Action) -> &str {
        &self.actions[&action]
    }

    /// A type of document.
    pub fn document(&self, document_type: DocumentType) -> &str {
        &self.documents[&document_type]
    }

    /// A field.
    pub fn field(&self, field: Field) -> &str {
        &self.fields[&field]
    }

    /// A check.
    pub fn check(&self, check: CheckKind) -> &str {
        &self.checks[&check]
    }

    /// What is wrong and what to do about `reason`.
    pub fn guidance(&self, reason: &Reason) -> Guidance {
        let template = &self.reasons[&reason.code];
        if let Some(detail) = reason.detail.and_then(|detail| template.details.get(&detail)) {
            return Guidance {
                what: self.fill(&detail.what, reason),
                fix: self.fill(&detail.fix, reason),
            };
        }
        let with_field = template.what_field.as_ref().filter(|_| reason.field.is_some());
        let what = with_field.unwrap_or(&template.what);
        Guidance { what: self.fill(what, reason), fix: self.fill(&template.fix, reason) }
    }

    /// Puts the reason's particulars in place of the words in braces; what the
    /// reason does not know becomes a dash.
    fn fill(&self, template: &str, reason: &Reason) -> String {
        let mut text = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            text.push_str(before);
            text.push_str(&self.particular(name, reason).unwrap_or_else(|| "–".to_owned()));
            rest = after;
        }
        text.push_str(rest);
        text
    }

    fn particular(&self, name: &str, reason: &Reason) -> Option<String> {
        let worded = |text: &String| Some(self.worded(text)).filter(|text| !text.is_empty());
        match name {
            "field" => reason.field.map(|field| self.field(field).to_owned()),
            "slot" => reason.slot.map(|slot| self.slot(slot).to_owned()),
            "found" => reason.found.as_ref().and_then(worded),
            "expected" => reason.expected.as_ref().and_then(worded),
            "check" => reason.found.as_ref().map(|name| self.check_named(name)),
            "value" => reason.measured.map(|m| format!("{}", m.value)),
            "threshold" => reason.measured.map(|m| format!("{}", m.threshold)),
            _ => None,
        }
    }

    /// A date, or a list of document types, in words; any other text as it is.
    fn worded(&self, text: &str) -> String {
        // No looser: a number that begins as a date does is none.
        if let Ok(date) = Date::strptime("%Y-%m-%d", text) {
            return date.strftime(&self.date).to_string();
        }
        let types = |name: &str| self.documents.iter().find(|(kind, _)| kind.as_str() == name);
        let words: Vec<_> = text
            .split(", ")
            .map(|part| types(part).map_or(part, |(_, words)| words.as_str()))
            .collect();
        words.join(&self.comma)
    }

    fn check_named(&self, name: &str) -> String {
        let known = self.checks.iter().find(|(kind, _)| kind.as_str() == name);
        known.map_or(name, |(_, words)| words.as_str()).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The words in braces.
    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect()
    }

    #[test]
    fn both_languages_have_every_text_with_the_same_particulars() {
        let (en, zh) = (Texts::of(Language::En), Texts::of(Language::ZhCn));
        let known =
            BTreeSet::from(["field", "slot", "found", "expected", "check", "value", "threshold"]);
        for code in Code::all() {
            let (a, b) = (&en.reasons[&code], &zh.reasons[&code]);
            assert_eq!(a.what_field.is_some(), b.what_field.is_some(), "{code}");
            let with_field = a.what_field.iter().zip(&b.what_field);
            assert!(a.details.keys().eq(b.details.keys()), "{code}");
            let details = a.details.values().zip(b.details.values());
            let details = details.flat_map(|(a, b)| [(&a.what, &b.what), (&a.fix, &b.fix)]);
            let all = [(&a.what, &b.what), (&a.fix, &b.fix)].into_iter();
            for (a, b) in all.chain(with_field).chain(details) {
                assert!(!a.is_empty() && !b.is_empty(), "{code}");
                assert_eq!(placeholders(a), placeholders(b), "{code}");
                assert!(placeholders(a).is_subset(&known), "{code}");
            }
        }
        for texts in [en, zh] {
            assert!(Field::ALL.iter().all(|field| !texts.field(*field).is_empty()));
            assert!(CheckKind::ALL.iter().all(|check| !texts.check(*check).is_empty()));
            assert_eq!(texts.slots.len(), 4);
            assert_eq!(texts.documents.len(), 7);
            assert_eq!(texts.verdicts.len(), 4);
        }
        for (a, b) in
            [(&en.account, &zh.account), (&en.features, &zh.features), (&en.refusals, &zh.refusals)]
        {
            assert!(a.keys().eq(b.keys()));
            for (a, b) in a.values().zip(b.values()) {
                assert_eq!(placeholders(a), placeholders(b));
            }
        }
        assert!(en.needs.len() == 7 && en.needs.keys().eq(zh.needs.keys()));
        assert!(en.report.keys().eq(zh.report.keys()));
        assert!(en.outcomes.keys().eq(zh.outcomes.keys()));
    }

    #[test]
    fn a_reason_speaks_of_its_own_field_and_values() {
        let reason = Reason::new(Code::DataMismatch)
            .field(Field::BirthDate)
            .compared("1974-08-12", "1974-12-08");
        let guidance = Texts::of(Language::En).guidance(&reason);
        for part in ["date of birth", "12 August 1974", "8 December 1974"] {
            assert!(guidance.what.contains(part), "{}", guidance.what);
        }
        let guidance = Texts::of(Language::ZhCn).guidance(&reason);
        assert!(guidance.what.contains("1974年12月8日"), "{}", guidance.what);
        let reason = Reason::new(Code::DocTypeMismatch).compared("passport", "id_card");
        let guidance = Texts::of(Language::ZhCn).guidance(&reason);
        assert!(guidance.what.contains("护照") && guidance.what.contains("身份证"));
        assert!(!guidance.what.contains('{'));
        let reason = Reason::new(Code::DocTypeUnsupported).compared("visa", "passport, id_card");
        for (language, list) in
            [(Language::En, "passport, identity card"), (Language::ZhCn, "护照、身份证")]
        {
            let guidance = Texts::of(language).guidance(&reason);
            assert!(guidance.fix.contains(list), "{}", guidance.fix);
        }
    }

    #[test]
    fn what_a_person_typed_is_shown_as_it_is() {
        let reason = Reason::new(Code::NameMismatch).compared("{field}", "{found} } {");
        let guidance = Texts::of(Language::En).guidance(&reason);
        assert!(guidance.what.contains("{found} } {") && guidance.what.contains("({field})"));
    }
}
