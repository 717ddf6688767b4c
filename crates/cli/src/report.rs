//! What a person reads at the end of `verify`.

use std::collections::BTreeMap;
use std::fmt::Write;

use domain::check::{Finding, Outcome};
use domain::decision::{Decision, Judged};
use domain::evidence::Evidence;
use domain::field::Fields;
use domain::guidance::{Language, Texts};
use domain::liveness::LivenessEvidence;
use domain::policy::Statement;
use domain::reason::{Audience, Disposition, Reason};
use unicode_width::UnicodeWidthStr;

/// Everything a report shows.
pub struct Report<'a> {
    /// The decision.
    pub decision: &'a Decision,
    /// What was seen.
    pub evidence: &'a Evidence,
    /// One value a field of the document, as the checks have it.
    pub fields: Fields,
    /// What the policy proves and what not.
    pub statement: &'a Statement,
    /// The day that the verification was judged on.
    pub as_of: jiff::civil::Date,
    /// Whether specimens were allowed.
    pub specimens_allowed: bool,
    /// Milliseconds by stage, in the order in which they ran.
    pub times: &'a [(String, f64)],
    /// Annotated pictures that were written.
    pub annotated: &'a [std::path::PathBuf],
}

/// Columns of the check's name and of the picture it is about.
const NAME_WIDTH: usize = 36;
const SLOT_WIDTH: usize = 8;

impl Report<'_> {
    /// The report in `language`, in colour when `colour` is set.
    pub fn text(&self, language: Language, colour: bool) -> String {
        let page = Page { texts: Texts::of(language), colour };
        let mut out = String::new();
        self.write(&page, language, &mut out).expect("writing to a string cannot fail");
        out
    }

    fn write(&self, page: &Page, language: Language, out: &mut String) -> std::fmt::Result {
        let texts = page.texts;
        self.write_document(texts, out)?;
        writeln!(out, "\n{}", page.bold(texts.report("checks")))?;
        for judged in &self.decision.checks {
            page.check(judged, out)?;
        }
        if !self.decision.reasons.is_empty() {
            writeln!(out, "\n{}", page.bold(texts.report("reasons")))?;
            for reason in &self.decision.reasons {
                page.reason(reason, out)?;
            }
        }
        let verdict = self.decision.verdict;
        writeln!(
            out,
            "\n{}: {}",
            texts.report("decision"),
            page.bold(&page.paint(texts.verdict(verdict), verdict.into()))
        )?;
        let statement = match language {
            Language::En => &self.statement.en,
            Language::ZhCn => &self.statement.zh_cn,
        };
        writeln!(out, "  {}", page.dim(statement.trim()))?;
        if self.specimens_allowed {
            writeln!(out, "  {}", page.paint(texts.report("specimens"), Colour::Yellow))?;
        }
        self.write_provenance(page, out)
    }

    fn write_document(&self, texts: &Texts, out: &mut String) -> std::fmt::Result {
        if let Some(capture) = &self.evidence.liveness {
            write_movements(texts, capture, out)?;
        }
        let Some(document) = self.evidence.seen_document() else { return Ok(()) };
        let country = document.country.as_ref().map_or("–", |country| country.as_str());
        let kind = texts.document(document.document_type);
        writeln!(out, "{}: {kind}, {country}", texts.report("document"))?;
        for (field, reading) in &self.fields.0 {
            writeln!(out, "  {} {}", padded(texts.field(*field), NAME_WIDTH - 8), reading.value)?;
        }
        Ok(())
    }

    fn write_provenance(&self, page: &Page, out: &mut String) -> std::fmt::Result {
        let (texts, policy) = (page.texts, &self.decision.policy);
        let digest = short(&policy.digest);
        writeln!(
            out,
            "{}: {} {} ({digest}), {}, {}",
            texts.report("policy"),
            policy.name,
            policy.version,
            self.decision.tier,
            self.as_of
        )?;
        let models: Vec<_> =
            self.evidence.models.iter().map(|(role, d)| format!("{role} {}", short(d))).collect();
        writeln!(out, "{}: {}", texts.report("models"), models.join(", "))?;
        let times: Vec<_> =
            self.times.iter().map(|(stage, ms)| format!("{stage} {ms:.0} ms")).collect();
        writeln!(out, "{}: {}", texts.report("times"), times.join(", "))?;
        if !self.annotated.is_empty() {
            writeln!(out, "{}:", texts.report("annotated"))?;
            for path in self.annotated {
                writeln!(out, "  {}", path.display())?;
            }
        }
        Ok(())
    }
}

/// What was done in a live capture, each with the seconds of it.
fn write_movements(
    texts: &Texts,
    capture: &LivenessEvidence,
    out: &mut String,
) -> std::fmt::Result {
    writeln!(out, "{}:", texts.report("movements"))?;
    for seen in &capture.seen {
        let (from, to) = (seen.from_ms / 1000.0, seen.to_ms / 1000.0);
        writeln!(out, "  {}{from:.1}–{to:.1} s", padded(texts.action(seen.action), NAME_WIDTH))?;
    }
    if capture.seen.is_empty() {
        writeln!(out, "  {}", texts.report("no_movements"))?;
    }
    Ok(())
}

/// How a report is worded and coloured.
struct Page {
    texts: &'static Texts,
    colour: bool,
}

#[derive(Clone, Copy)]
enum Colour {
    Green,
    Yellow,
    Red,
}

impl From<domain::decision::Verdict> for Colour {
    fn from(verdict: domain::decision::Verdict) -> Self {
        use domain::decision::Verdict;
        match verdict {
            Verdict::Approve => Self::Green,
            Verdict::Retry | Verdict::Review => Self::Yellow,
            Verdict::Decline => Self::Red,
        }
    }
}

impl Page {
    fn check(&self, judged: &Judged, out: &mut String) -> std::fmt::Result {
        let name = self.texts.check(judged.check);
        if judged.findings.is_empty() {
            let word = self.texts.outcome("not_run");
            let mark = self.paint("·", Colour::Yellow);
            return writeln!(out, "  {mark} {}{word}", padded(name, NAME_WIDTH));
        }
        judged.findings.iter().try_for_each(|finding| self.finding(name, finding, out))
    }

    fn finding(&self, name: &str, finding: &Finding, out: &mut String) -> std::fmt::Result {
        let (mark, colour, word) = match finding.outcome {
            Outcome::Pass => ("✔", Colour::Green, "pass"),
            Outcome::Inconclusive(_) => ("?", Colour::Yellow, "inconclusive"),
            Outcome::Fail(_) => ("✘", Colour::Red, "fail"),
        };
        let slot = finding.slot.map_or("", |slot| self.texts.slot(slot));
        let code = finding.outcome.reason().map_or("", |reason| reason.code.as_str());
        let measured = finding.measured.map_or_else(String::new, |measured| {
            let limit = self.texts.report("limit");
            format!("{} ({limit} {})", number(measured.value), number(measured.threshold))
        });
        let line = format!(
            "{}{}{}{measured}  {code}",
            padded(name, NAME_WIDTH),
            padded(slot, SLOT_WIDTH + 2),
            padded(self.texts.outcome(word), SLOT_WIDTH + 2),
        );
        writeln!(out, "  {} {}", self.paint(mark, colour), line.trim_end())
    }

    fn reason(&self, reason: &Reason, out: &mut String) -> std::fmt::Result {
        let guidance = self.texts.guidance(reason);
        let operator = reason.code.audience() == Audience::Operator;
        let note = if operator {
            self.dim(&format!(" ({})", self.texts.report("operator_only")))
        } else {
            String::new()
        };
        let colour = match reason.disposition() {
            Disposition::Final => Colour::Red,
            _ => Colour::Yellow,
        };
        writeln!(out, "  {}{note}", self.paint(reason.code.as_str(), colour))?;
        writeln!(out, "    {}", guidance.what)?;
        writeln!(out, "    → {}", guidance.fix)
    }

    fn paint(&self, text: &str, colour: Colour) -> String {
        let code = match colour {
            Colour::Green => "32",
            Colour::Yellow => "33",
            Colour::Red => "31",
        };
        self.styled(text, code)
    }

    fn bold(&self, text: &str) -> String {
        self.styled(text, "1")
    }

    fn dim(&self, text: &str) -> String {
        self.styled(text, "2")
    }

    fn styled(&self, text: &str, code: &str) -> String {
        if self.colour && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// `text` filled with spaces to `width` columns, with one at least; a Chinese character takes two.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width()).max(1)))
}

/// The first digits of a digest: enough to tell versions apart at a glance.
fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}

/// Three significant digits, or the exponent where the number is tiny.
fn number(value: f64) -> String {
    if value != 0.0 && value.abs() < 1e-3 {
        format!("{value:.1e}")
    } else if value.abs() < 10.0 {
        let text = format!("{value:.3}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        format!("{value:.0}")
    }
}

/// The same facts as one JSON object, schema 1.
pub fn json(report: &Report, language: Language) -> serde_json::Value {
    let texts = Texts::of(language);
    let worded = |reason: &Reason| {
        let mut value = serde_json::to_value(reason).expect("a reason serialises");
        let guidance = texts.guidance(reason);
        value["step"] = serde_json::json!(reason.code.step());
        value["disposition"] = serde_json::json!(reason.disposition());
        value["audience"] = serde_json::json!(reason.code.audience());
        value["what"] = guidance.what.into();
        value["fix"] = guidance.fix.into();
        value
    };
    let decision = report.decision;
    let checks: Vec<_> = decision
        .checks
        .iter()
        .map(|judged| {
            let mut value = serde_json::to_value(judged).expect("a check serialises");
            if judged.findings.is_empty() {
                value["findings"] = serde_json::json!([{ "outcome": "not_run" }]);
            }
            value
        })
        .collect();
    let times: BTreeMap<_, _> =
        report.times.iter().map(|(stage, ms)| (stage, (ms * 10.0).round() / 10.0)).collect();
    serde_json::json!({
        "schema": 1,
        "verdict": decision.verdict,
        "reasons": decision.reasons.iter().map(worded).collect::<Vec<_>>(),
        "applicant_reasons": decision.for_applicant().iter().map(worded).collect::<Vec<_>>(),
        "checks": checks,
        "policy": decision.policy,
        "tier": decision.tier,
        "as_of": report.as_of,
        "specimens_allowed": report.specimens_allowed,
        "fields": report.fields,
        "evidence": report.evidence,
        "models": report.evidence.models,
        "ms": times,
        "annotated": report.annotated,
    })
}
