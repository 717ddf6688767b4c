// The help page of a language: frequent questions, and for every reason what is wrong and what to
// do. It is plain HTML, readable without any script.

const escaped = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

/** Particulars of a reason are unknown here: those in brackets go, and others need another text. */
function general(code, text) {
  const plain = text.replace(/\s*[(（]\{\w+\}[)）]/g, "").trim();
  if (plain.includes("{")) throw new Error(`${code} needs a text in help.general: ${text}`);
  return escaped(plain);
}

/** Codes that an applicant is told, by where they come up. */
const GROUPS = {
  picture: /^DOC_(NOT_FOUND|BLURRED|GLARE|OVEREXPOSED|TOO_DARK|SHADOW|CORNERS_CUT|OCCLUDED|LOW_RESOLUTION|WATERMARK|NOT_COLOUR|SIDE_|MULTIPLE|FIELD_COVERED)/,
  document: /^DOC_(DAMAGED|TYPE_|COUNTRY_|EXPIRED|HELD_INVALID|SPECIMEN)/,
  details: /^(DATA_UNREADABLE|MRZ_INVALID|ID_NUMBER_INVALID|NAME_|DATA_MISMATCH|AGE_)/,
  face: /^(FACE_(?!MISMATCH)|PORTRAIT_)/,
  live: /^LIVENESS_(?!ATTACK)/,
  other: /^(EARLIER_ACCOUNT|ATTEMPTS_|POA_(?!TAMPERED)|NETWORK_|COUNTRY_MISMATCH|UNDER_REVIEW)/,
};

function reason(code, { what, fix, details }, instead) {
  const more = Object.values(details ?? {}).filter((one) => !one.what.includes("{"));
  const parts = [{ what, fix, ...instead }, ...more].map(
    (one) => `<p><strong>${general(code, one.what)}</strong><br>${general(code, one.fix)}</p>`,
  );
  return `<section id="${code}">${parts.join("\n")}</section>`;
}

function group(name, pattern, pages, reasons) {
  const list = Object.entries(reasons).filter(([code]) => pattern.test(code));
  const inside = list.map(([code, text]) => reason(code, text, pages.help.general[code])).join("\n");
  return `<h2 id="${name}">${escaped(pages.help.groups[name])}</h2>\n${inside}`;
}

export function helpPage(language, pages, texts) {
  const { help, faq } = pages;
  const other = language === "en" ? ["zh-CN", "简体中文"] : ["en", "English"];
  const guide = help.guide.map((line) => `<li>${escaped(line)}</li>`).join("\n");
  const questions = faq.map(
    ({ ask, answer }) => `<details><summary>${escaped(ask)}</summary><p>${escaped(answer)}</p></details>`,
  );
  const groups = Object.entries(GROUPS).map(([name, re]) => group(name, re, pages, texts.reasons));
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(help.title)}</title>
<link rel="icon" href="/flow/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/flow/help/help.css">
</head>
<body>
<main>
<p class="language"><a href="/flow/help/${other[0]}.html" lang="${other[0]}" hreflang="${other[0]}">${other[1]}</a></p>
<h1>${escaped(help.title)}</h1>
<h2>${escaped(help.guide_title)}</h2>
<ul>
${guide}
</ul>
<h2 id="faq">${escaped(help.faq_title)}</h2>
${questions.join("\n")}
${groups.join("\n")}
</main>
</body>
</html>
`;
}
