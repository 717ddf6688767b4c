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
