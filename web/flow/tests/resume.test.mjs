import assert from "node:assert/strict";
import { test } from "node:test";
import { Person } from "./browser.mjs";
import { both, house } from "./house.mjs";
import { specimen } from "./installation.mjs";
import { Way } from "./way.mjs";

const here = house();
const passport = specimen("passport", "--seed", "4");

test("in another browser, which knows nothing, the same link goes on where one was", async () => {
  const { person, way, opened } = await here.arrive({}, { filled: { claims: passport.claims } });
  await way.upload("front", passport.file("front.jpg"));
  await way.on("picture.selfie_title");
  await person.leave();
  const again = await Person.at(here.browser);
  await again.go(opened.url);
  await new Way(again).on("picture.selfie_title");
  await again.leave();
});

test("a language that was chosen outlives a reload, and goes with the person", async () => {
  const { person, way } = await here.arrive({}, { filled: { claims: passport.claims } });
  await way.on("picture.front_title");
  await person.press("简体中文");
  const chinese = new Way(person, "zh-CN");
  await chinese.on("picture.front_title");
  await person.page.reload();
  await chinese.on("picture.front_title");
  await chinese.press("common.leave");
  await chinese.press("leave.forget");
  await chinese.on("trouble.left_title");
  assert.equal(await person.page.evaluate(() => sessionStorage.length), 0);
  await person.leave();
});

both("a picture that was broken off by a reload is asked for again, and nothing of it was kept", async (language) => {
  const { person, way } = await here.arrive({}, { filled: { claims: passport.claims }, language, shots: true });
  person.allowed = /ERR_FAILED/;
  await way.on("picture.front_title");
  assert.equal(await person.page.getByText(way.say("picture.broken_off")).count(), 0);
  await person.page.route("**/transfers/*", (route) => route.abort());
  await person.file(passport.file("front.jpg"));
  await person.page.getByText(way.say("picture.broken", { percent: 0 })).waitFor();
  await person.page.reload();
  await person.page.getByText(way.say("picture.broken_off")).waitFor();
  await way.on("picture.front_title", "05-front-broken-off");
  assert.deepEqual(await person.page.evaluate(() => indexedDB.databases()), []);
  await person.page.unroute("**/transfers/*");
  await person.file(passport.file("front.jpg"));
  await way.on("picture.selfie_title");
  assert.equal(await person.page.evaluate(() => sessionStorage.getItem("bonafide.sending")), null);
  assert.equal(await person.page.getByText(way.say("picture.broken_off")).count(), 0);
  await person.leave();
});

both("whoever never had a link is sent to their account", async (language) => {
  const person = await Person.at(here.browser, { locale: language });
  await person.go(`${here.installation.address}/flow/`);
  await new Way(person, language, true).on("trouble.unlinked_title", "16-unlinked");
  await person.leave();
});

test("a browser that forbids to keep anything shows the pages all the same", async () => {
  const person = await Person.at(here.browser);
  await person.context.addInitScript(() => {
    Object.defineProperty(globalThis, "sessionStorage", {
      get() {
        throw new DOMException("", "SecurityError");
      },
    });
  });
  const opened = await here.installation.open();
  await here.installation.fill(opened.token, { claims: passport.claims });
  await person.go(opened.url);
  const way = new Way(person);
  await way.on("picture.front_title");
  await person.press("简体中文");
  const chinese = new Way(person, "zh-CN");
  await chinese.upload("front", passport.file("front.jpg"));
  await chinese.on("picture.selfie_title");
  await chinese.press("common.leave");
  await chinese.press("leave.forget");
  await chinese.on("trouble.left_title");
  await person.leave();
});

test("where not even the words come, that is said in both languages, and tried again", async () => {
  const person = await Person.at(here.browser);
  const { page } = person;
  person.allowed = /ERR_FAILED/;
  const opened = await here.installation.open();
  // Everything but the page itself and what it begins with.
  await page.route(/assets\/(en|zh-CN)-/, (route) => route.abort());
  await person.go(opened.url);
  await page.getByRole("heading", { level: 1, name: "No connection" }).waitFor();
  await page.getByText("页面未能加载。请检查网络后重试。").waitFor();
  await person.keep("16-unspoken");
  await page.unroute(/assets\/(en|zh-CN)-/);
  await page.getByRole("button", { name: "Try again" }).click();
  const way = new Way(person);
  await person.reads(way.say("before.title"));

  // A language that does not come leaves the one that is there.
  await page.route(/assets\/zh-CN-/, (route) => route.abort());
  await person.press("简体中文");
  await page.getByText(way.say("trouble.offline")).waitFor();
  await person.keep("16-untranslated");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await page.unroute(/assets\/zh-CN-/);
  await person.press("简体中文");
  const chinese = new Way(person, "zh-CN");
  await chinese.on("before.title");
  assert.equal(await page.getByText(chinese.say("trouble.offline")).count(), 0);
  await person.leave();
});

test("a token that an operator's page sets later opens its case, and another one the other's", async () => {
  const person = await Person.at(here.browser);
  const [first, second] = [await here.installation.open(), await here.installation.open()];
  await here.installation.fill(second.token, { claims: passport.claims });
  const body = `<!doctype html><html lang="en"><title>Exchange</title>
    <script type="module" src="/flow/bonafide-flow.js"></script><bonafide-flow></bonafide-flow></html>`;
  await person.page.route("**/verify", (route) => route.fulfill({ contentType: "text/html", body }));
  await person.go(`${here.installation.address}/verify`);
  const way = new Way(person);
  await way.on("trouble.unlinked_title");
  const set = (token) => person.page.locator("bonafide-flow").evaluate((flow, token) => flow.setAttribute("token", token), token);
  await set(first.token);
  await way.on("before.title");
  await set(second.token);
  await way.on("picture.front_title");
  await person.leave();
});

test("an answer about the token of before does not take the place of the new one's", async () => {
  const person = await Person.at(here.browser);
  const [first, second] = [await here.installation.open(), await here.installation.open()];
  await here.installation.fill(second.token, { claims: passport.claims });
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await person.page.route("**/v1/applicant/case", async (route) => {
    if (route.request().headers().authorization.endsWith(first.token)) await held;
    await route.continue();
  });
  const asked = person.page.waitForRequest("**/v1/applicant/case");
  await person.go(first.url);
  const request = await asked;
  await person.page.locator("bonafide-flow").evaluate((flow, token) => flow.setAttribute("token", token), second.token);
  const way = new Way(person);
  await way.on("picture.front_title");
  release();
  await (await request.response()).finished();
  // The page has taken the answer in, and drawn what comes of it.
  await person.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  assert.equal(await person.page.getByRole("heading", { level: 1 }).innerText(), way.say("picture.front_title"));
  await person.leave();
});
