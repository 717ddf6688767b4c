// What was typed is corrected once, and nothing else of it is typed again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Camera, Person, launch } from "./browser.mjs";
import { Installation, actor, specimen } from "./installation.mjs";
import { Way } from "./way.mjs";

let [installation, browser, frames] = [];

before(async () => {
  frames = Camera.actor(actor(specimen("passport", "--seed", "4").file("selfie.jpg")));
  [installation, browser] = await Promise.all([Installation.start(), launch()]);
});

after(async () => {
  await browser?.close();
  await installation?.stop();
});

const FIELDS = ["surname", "given_names", "document_number", "year", "month", "day"];

/** What stands in the fields. */
async function typed(person) {
  const values = FIELDS.map((id) => person.page.locator(`#${id}`).inputValue());
  return Object.fromEntries((await Promise.all(values)).map((value, at) => [FIELDS[at], value]));
}

// Specimens of an even seed show the face that the actor has.
/** A passport whose holder types another surname, until the decision says so. */
async function mistyped(language, seed, { reloads }) {
  const passport = specimen("passport", "--seed", seed);
  const other = { ...passport.claims, surname: "LINDQVIST" };
  const camera = new Camera({ actor: frames });
  const person = await Person.at(browser, { locale: language, camera });
  const opened = await installation.open();
  const way = new Way(person, language);
  await person.go(opened.url);
  await way.before();
  await way.consents();
  await way.choose(other);
  await way.details(other);
  await way.upload("front", passport.file("front.jpg"));
  await way.upload("selfie", passport.file("selfie.jpg"));
  await way.live();
  await way.send();
  await way.on("mend.title");
  if (reloads) await person.page.reload();
  await way.on("mend.title");
  await person.page.locator("[data-code=NAME_MISMATCH]").waitFor();
  await way.press("mend.go");
  await way.on("details.mend_title");
  const [year, month, day] = other.birth_date.split("-");
  const born = { year, month, day };
  const { surname, given_names, document_number } = other;
  const stands = await typed(person);
  assert.deepEqual(
    { ...stands, month: stands.month.padStart(2, "0"), day: stands.day.padStart(2, "0") },
    { surname, given_names, document_number, ...born },
  );
  await person.keep("04-details-mend");
  await person.page.locator("#surname").fill(passport.claims.surname);
  await way.press("common.continue");
  await way.send();
  await way.on("result.approved_title");
  await person.leave();
}

for (const [language, seeds] of [["en", ["30", "32"]], ["zh-CN", ["34", "36"]]]) {
  test(`one wrong name is corrected on the page where it was typed (${language})`, () =>
    mistyped(language, seeds[0], { reloads: false }));
  test(`one wrong name is corrected after a reload, and the rest stands there (${language})`, () =>
    mistyped(language, seeds[1], { reloads: true }));
}

for (const [language, [own, other]] of [["en", ["38", "40"]], ["zh-CN", ["42", "44"]]]) {
  test(`whoever typed what is printed takes the document again (${language})`, async () => {
    const passport = specimen("passport", "--seed", own);
    const camera = new Camera({ actor: frames });
    const person = await Person.at(browser, { locale: language, camera });
    const way = new Way(person, language);
    await person.go((await installation.open()).url);
    await way.before();
    await way.consents();
    await way.choose(passport.claims);
    await way.details(passport.claims);
    await way.upload("front", specimen("passport", "--seed", other).file("front.jpg"));
    await way.upload("selfie", passport.file("selfie.jpg"));
    await way.live();
    await way.send();
    await way.on("mend.title");
    await way.press("mend.go");
    await way.on("details.mend_title");
    await way.press("details.retake");
    await way.on("picture.front_title");
    await person.page.goBack();
    await way.on("details.mend_title");
    await way.press("details.retake");
    await way.upload("front", passport.file("front.jpg"));
    await way.send();
    await way.on("result.approved_title");
    await person.leave();
  });
}

test("who declared that it is for themselves is not asked again, and the operator sees it", async () => {
  const person = await Person.at(browser, {});
  const opened = await installation.open();
  const way = new Way(person);
  await person.go(opened.url);
  await way.before();
  await way.on("consents.title");
  await person.page.reload();
  await way.on("consents.title");
  const { consents } = await installation.call("GET", `/v1/cases/${opened.id}`);
  assert.deepEqual(consents.map(({ kind, agreed }) => [kind, agreed]), [["own_behalf", true]]);
  await person.leave();
});

/** Somebody before the form for this document. */
async function typing(document, language = "en") {
  const person = await Person.at(browser, { locale: language });
  const opened = await installation.open();
  await installation.fill(opened.token, {});
  await person.go(opened.url);
  const way = new Way(person, language);
  await way.choose(document);
  await way.on("details.title");
  const fill = async (texts) => {
    for (const [id, text] of Object.entries(texts)) await person.page.locator(`#${id}`).fill(text);
  };
  await fill({ year: "1990", month: "5", day: "17" });
  return { person, way, fill };
}

for (const [what, document, texts, nationality] of [
  ["a card of Taiwan", { document_type: "id_card", nationality: "TWN" }, { full_name_native: "陳筱玲", document_number: "A123456789" }],
  ["a foreigner's Chinese permit", { document_type: "residence_permit", nationality: "CHN" }, { surname: "SMITH", given_names: "JOHN", document_number: "USA310000010101" }, "USA"],
  ["a foreigner's Chinese licence", { document_type: "driving_licence", nationality: "CHN" }, { surname: "SMITH", given_names: "JOHN", document_number: "E00000000" }, "USA"],
]) {
  test(`the name is typed as it stands on ${what}`, async () => {
    const { person, way, fill } = await typing(document);
    const { page } = person;
    await fill({ document_number: texts.document_number });
    if (nationality) await page.getByLabel(way.say("details.nationality")).selectOption(nationality);
    await way.press("common.continue");
    await page.getByText(way.say("details.no_name"), { exact: true }).waitFor();
    await person.keep(`04-details-${document.nationality}-${document.document_type}`);
    await fill(texts);
    assert.equal(await page.getByText(way.say("details.no_name"), { exact: true }).count(), 0);
    await way.press("common.continue");
    await way.on("picture.front_title");
    await person.leave();
  });
}

test("whose country is not told by what was typed chooses it again, and nothing else", async () => {
  const person = await Person.at(browser, {});
  const { page } = person;
  const opened = await installation.open();
  await installation.fill(opened.token, {});
  // An identity card of Hong Kong, of a citizen of China.
  const typed = { document_type: "id_card", nationality: "CHN", surname: "CHAN", given_names: "SIU LING", document_number: "Z6833655", birth_date: "1990-05-17" };
  await page.route("**/v1/applicant/details", (route) => route.fulfill({ json: typed }));
  await page.route("**/v1/applicant/case", async (route) => {
    const now = await (await route.fetch()).json();
    const wrong = { code: "NAME_MISMATCH", field: "surname" };
    const words = { en: "It differs.", "zh-CN": "不一致。" };
    const details = { state: "again", reasons: [wrong] };
    const steps = now.steps.map((step) => (step.need === "details" ? { ...step, state: details } : step));
    const decision = { verdict: "retry", reasons: [{ ...wrong, what: words, fix: words }] };
    await route.fulfill({ json: { ...now, steps, decision, attempts: 1 } });
  });
  await person.go(opened.url);
  const way = new Way(person);
  await way.on("mend.title");
  await way.press("mend.go");
  await way.choose({ document_type: "id_card", nationality: "HKG" });
  await way.on("details.mend_title");
  assert.equal(await page.locator("#surname").inputValue(), typed.surname);
  assert.equal(await page.locator("#full_name_native").count(), 1);
  await person.leave();
});

test("on a mainland card the name is typed in characters alone", async () => {
  const { person, way } = await typing({ document_type: "id_card", nationality: "CHN" });
  await person.page.locator("#full_name_native").waitFor();
  assert.equal(await person.page.locator("#surname, #nationality").count(), 0);
  await person.page.locator("#full_name_native").fill("Zhang");
  await person.page.getByText(way.say("details.characters")).waitFor();
  await person.leave();
});

test("what is wrong is said in the language that is chosen afterwards", async () => {
  const { person, way } = await typing({ document_type: "passport", nationality: "FRA" });
  await way.press("common.continue");
  await person.page.getByText(way.say("details.empty")).first().waitFor();
  await person.press("简体中文");
  const chinese = new Way(person, "zh-CN");
  await person.page.getByText(chinese.say("details.empty")).first().waitFor();
  assert.equal(await person.page.getByText(way.say("details.empty")).count(), 0);
  assert.deepEqual(
    await person.page.locator("#surname, #given_names").evaluateAll((fields) => fields.map(({ autocomplete }) => autocomplete)),
    ["family-name", "given-name"],
  );
  await person.leave();
});
