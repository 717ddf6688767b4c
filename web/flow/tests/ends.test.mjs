import assert from "node:assert/strict";
import { test } from "node:test";
import { both, house } from "./house.mjs";
import { specimen } from "./installation.mjs";

const here = house();
const passport = specimen("passport", "--seed", "4");
const DAY = 86_400_000;

const day = (from) => new Date(Date.now() + from * DAY).toISOString().slice(0, 10);

/** Writes to support from where one is, and the operator reads it. */
async function writes({ person, way, opened }, ...texts) {
  await person.page.getByText(way.say("support.title")).click();
  for (const text of texts) {
    await person.fill(way.say("support.label"), text);
    await way.press("support.send");
    await person.page.waitForFunction((said) => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.innerText === said;
    }, way.say("support.sent"));
    assert.equal(await person.page.getByLabel(way.say("support.label")).inputValue(), "");
  }
  const messages = await here.installation.call("GET", `/v1/cases/${opened.id}/messages`);
  assert.deepEqual(messages.map((message) => message.text), texts);
}

/** As if the case were in another state than the server says. */
const pretend = (page, change) =>
  page.route("**/v1/applicant/case", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), ...change } });
  });

both("a wrong invitation code is told, and the right one taken", async (language) => {
  const code = language === "en" ? "SPRINGEN" : "SPRINGZH";
  const terms = { code, fee_discount_percent: "20", from: day(-2), until: day(30) };
  await here.installation.call("POST", "/v1/campaigns", terms);
  const { person, way, opened } = await here.arrive({}, { language, shots: true });
  await way.on("before.title");
  await person.page.getByText(way.say("before.referral"), { exact: true }).click();
  await person.page.getByText(way.say("before.levels"), { exact: true }).click();
  await person.fill(way.say("before.referral_code"), "AUTUMN");
  await person.page.getByLabel(way.say("before.myself")).check();
  person.allowed = /4\d\d/;
  await way.press("before.begin");
  await person.page.getByText(way.say("before.referral_invalid")).waitFor();
  await person.keep("01-before-code");
  await person.fill(way.say("before.referral_code"), code);
  await way.press("before.begin");
  await way.on("consents.title");
  const { referral_code } = await here.installation.call("GET", `/v1/accounts/${opened.account}`);
  assert.equal(referral_code, code);
  await person.leave();
});

both("whoever stops for good is told so, and can write all the same", async (language) => {
  const { person, way, opened } = await here.arrive({}, { filled: { claims: passport.claims }, language, shots: true });
  await way.on("picture.front_title");
  await way.press("common.leave");
  await way.press("leave.cancel");
  await way.on("result.cancelled_title", "14-cancelled");
  assert.equal((await here.installation.call("GET", `/v1/cases/${opened.id}`)).state, "cancelled");
  await writes({ person, way, opened }, "I have no passport now.", "I get it on Friday.");
  await person.keep("14-cancelled-written");
  await person.leave();
});

both("a case whose time is over says where to begin anew", async (language) => {
  const { person, way, opened } = await here.arrive({}, { language, shots: true });
  await way.on("before.title");
  await pretend(person.page, { state: "expired" });
  await person.page.reload();
  await way.on("result.expired_title", "14-expired");
  await writes({ person, way, opened }, "I was in hospital.");
  await person.leave();
});

both("while the program decides one can write, and a line that breaks is told", async (language) => {
  const { person, way, opened } = await here.arrive({}, { language, shots: true });
  await way.on("before.title");
  await pretend(person.page, { state: "assessing" });
  await person.page.reload();
  await way.on("waiting.title");
  await writes({ person, way, opened }, "How long?");
  person.allowed = /ERR_INTERNET_DISCONNECTED|ERR_FAILED/;
  await person.page.unroute("**/v1/applicant/case");
  await person.page.route("**/v1/applicant/**", (route) => route.abort());
  await person.page.getByText(way.say("waiting.offline")).waitFor();
  await person.keep("11-waiting-offline");
  await person.page.reload();
  await way.on("trouble.offline_title", "16-offline");
  await person.page.unroute("**/v1/applicant/**");
  await way.press("common.again");
  await way.on("before.title");
  await person.leave();
});

both("an objection to a decision is heard by a person", async (language) => {
  const { installation } = here;
  const { person, way, opened } = await here.arrive({}, { language, shots: true });
  const as = (method, path, body) => installation.call(method, `/v1/applicant/${path}`, body, opened.token);
  const { consents } = await as("GET", "flow");
  for (const { kind, text_version } of consents) await as("PUT", `consents/${kind}`, { text_version, agreed: false });
  await as("PUT", "details", passport.claims);
  await installation.put(opened.token, { front: passport.file("front.jpg") });
  await as("POST", "submit");
  await person.page.reload();
  await way.on("waiting.person_title");
  await installation.call("POST", `/v1/review/cases/${opened.id}/claim`);
  const ruling = { verdict: "decline", reasons: [{ code: "DOC_DAMAGED" }] };
  await installation.call("POST", `/v1/review/cases/${opened.id}/ruling`, ruling);
  await person.page.reload();
  await way.on("result.declined_title", "14-declined");
  await person.fill(way.say("result.appeal_label"), "It is not damaged.");
  await way.press("result.appeal_send");
  await way.on("waiting.appeal_title", "15-appeal");
  await person.leave();
});

both("whose documents are not accepted is told by the country's name", async (language) => {
  const { person, way } = await here.arrive({}, { language });
  await way.on("before.title");
  // As the server says it of a document of North Korea.
  const what = { en: "Documents issued by PRK are not accepted here.", "zh-CN": "不接受由PRK签发的证件。" };
  const reason = { code: "DOC_COUNTRY_UNSUPPORTED", step: "document", slot: "front", what, fix: what };
  await pretend(person.page, { state: "declined", decision: { verdict: "decline", reasons: [reason] } });
  await person.page.reload();
  const country = new Intl.DisplayNames([language], { type: "region" }).of("KP");
  await person.page.locator("strong", { hasText: what[language].replace("PRK", country) }).waitFor();
  await way.on("result.declined_title");
  await person.leave();
});

test("a message from a session that ended says where to go on", async () => {
  const { person, way, opened } = await here.arrive({}, { filled: { claims: passport.claims } });
  await way.on("picture.front_title");
  await here.installation.call("POST", `/v1/cases/${opened.id}/token`);
  person.allowed = /401/;
  await person.page.getByText(way.say("support.title")).click();
  await person.fill(way.say("support.label"), "Hello?");
  await way.press("support.send");
  await way.on("trouble.ended_title");
  await person.leave();
});

test("whoever waits for the program and then for a person hears of each without a reload", async () => {
  const { person, way } = await here.arrive();
  const { page } = person;
  await way.on("before.title");
  let state = "assessing";
  await page.route("**/v1/applicant/case", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), state } });
  });
  await page.clock.install();
  await page.reload();
  await way.on("waiting.title");
  await page.evaluate(() => {
    globalThis.told = [];
    addEventListener("bonafide-state", ({ detail }) => told.push(detail));
  });
  state = "in_review";
  await page.clock.fastForward(10_000);
  await person.reads(way.say("waiting.person_title"));
  state = "cancelled";
  await page.clock.fastForward(60_000);
  await person.reads(way.say("result.cancelled_title"));
  assert.deepEqual(await page.evaluate(() => told), ["in_review", "cancelled"]);
  await person.leave();
});

test("who has left is asked for no more", async () => {
  const { person, way } = await here.arrive();
  const { page } = person;
  await way.on("before.title");
  await pretend(page, { state: "assessing" });
  await page.clock.install();
  await page.reload();
  await way.on("waiting.title");
  let [release, caught] = [];
  const left = new Promise((resolve) => (release = resolve));
  const asked = new Promise((resolve) => (caught = resolve));
  await page.route("**/v1/applicant/case", async (route) => {
    caught(route.request());
    await left;
    await route.fallback();
  });
  await page.clock.fastForward(10_000);
  const request = await asked;
  await way.press("common.leave");
  await way.press("leave.forget");
  await way.on("trouble.left_title");
  let questions = 0;
  page.on("request", () => (questions += 1));
  release();
  await (await request.response()).finished();
  await page.clock.fastForward(120_000);
  await page.evaluate(() => null);
  assert.equal(questions, 0);
  await person.leave();
});
