// Both sides of a card once more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES, both, house, own } from "./house.mjs";
import { words } from "./way.mjs";

const here = house();

/** A card that a person has looked at, who asks for another try because of `reasons`. */
async function ruled(language, seed, reasons) {
  const { installation } = here;
  const card = own(language, "chinese_id", { en: seed, "zh-CN": seed });
  const { person, way, opened } = await here.arrive({}, { language });
  const as = (method, path, body) => installation.call(method, `/v1/applicant/${path}`, body, opened.token);
  const { consents } = await as("GET", "flow");
  for (const { kind, text_version } of consents) await as("PUT", `consents/${kind}`, { text_version, agreed: false });
  await as("PUT", "details", card.claims);
  await installation.put(opened.token, { front: card.file("front.jpg"), back: card.file("back.jpg") });
  await as("POST", "submit");
  await person.page.reload();
  await way.on("waiting.person_title");
  await installation.call("POST", `/v1/review/cases/${opened.id}/claim`);
  await installation.call("POST", `/v1/review/cases/${opened.id}/ruling`, { verdict: "again", reasons });
  await person.page.reload();
  await way.on("mend.title");
  await way.press("mend.go");
  return { person, way, card };
}

/** Each side is asked for and says why, and then no more. */
async function mends({ person, way, card }, code) {
  for (const side of ["front", "back"]) {
    await way.on(`picture.${side}_title`);
    await person.page.locator(`[data-code=${code}]`).waitFor();
    await person.file(card.file(`${side}.jpg`));
  }
  await way.on("send.title");
  await person.leave();
}

both("what is said of the whole card is asked for on both sides", async (language) => {
  await mends(await ruled(language, "6", [{ code: "DOC_BLURRED" }]), "DOC_BLURRED");
});

test("a code line that could not be read may be on either side", async () => {
  await mends(await ruled("en", "6", [{ code: "MRZ_INVALID" }]), "MRZ_INVALID");
});

test("what is said of each side is asked for on each", async () => {
  const reasons = ["front", "back"].map((slot) => ({ code: "DOC_GLARE", slot }));
  await mends(await ruled("en", "6", reasons), "DOC_GLARE");
});

test("of one side alone only that one is asked for", async () => {
  const { person, way, card } = await ruled("en", "6", [{ code: "DOC_GLARE", slot: "back" }]);
  await way.on("picture.back_title");
  await person.file(card.file("back.jpg"));
  await way.on("send.title");
  await person.leave();
});

test("a side is called the same where it is asked for and where it is wrong", () => {
  for (const say of LANGUAGES.map(words)) {
    for (const side of ["front", "back"]) {
      assert.ok(say(`picture.${side}_title`).toLowerCase().includes(say(`slots.${side}`)), side);
    }
  }
});
