import assert from "node:assert/strict";
import { test } from "node:test";
import { encode } from "uqr";
import { Person } from "./browser.mjs";
import { both, house } from "./house.mjs";
import { Installation, specimen } from "./installation.mjs";
import { Way } from "./way.mjs";

const here = house();
const passport = specimen("passport", "--seed", "4");

/** A computer that shows a code, and the link in it. */
async function offering(language, at = here.installation) {
  const desk = await Person.at(here.browser, { locale: language, size: "desktop" });
  const opened = await at.open();
  await at.fill(opened.token, { claims: passport.claims });
  await desk.go(opened.url);
  const there = new Way(desk, language, true);
  await there.on("picture.front_title");
  await there.press("handoff.offer");
  await desk.page.locator(".code path").waitFor();
  return { desk, there, opened, link: await address(desk) };
}

/** The address that opens it on the phone. */
const address = (desk) => desk.page.locator("bf-copied .address").innerText();

async function following(link, language) {
  const phone = await Person.at(here.browser, { locale: language });
  // Until the computer confirms it the server answers 403, then 401 where it was refused.
  phone.allowed = /40[134]/;
  await phone.go(link);
  return { phone, here: new Way(phone, language, true) };
}

const number = async ({ page }) => (await page.locator(".number").innerText()).match(/\d+/)[0];

both("a computer hands over to a phone once both show the same number", async (language) => {
  const { desk, there, link } = await offering(language);
  await there.on("handoff.title", "21-handoff");
  const { phone, here } = await following(link, language);
  await here.on("handoff.started_title", "22-handoff-phone");
  assert.ok(!phone.page.url().includes("handoff"), "the code is off the address");
  await phone.page.getByText("Example Exchange").waitFor();
  await here.press("handoff.yes");
  await here.on("handoff.confirm_title", "22-handoff-phone-confirm");
  await there.on("handoff.compare_title", "23-handoff-number");
  assert.equal(await number(desk), await number(phone));
  const read = await phone.page.locator(".number").ariaSnapshot();
  assert.ok(read.includes(await number(phone)), "a screen reader says the number");
  await there.press("handoff.same");
  await there.on("handoff.follow_title", "24-handoff-follow");
  await here.on("picture.front_title");
  await phone.file(passport.file("front.jpg"));
  await here.on("picture.selfie_title");
  await desk.page.getByText(there.say("common.steps", { done: 2, all: 4 })).first().waitFor();
  await phone.page.getByRole("button", { name: here.say("handoff.offer") }).waitFor({ state: "detached" });
  await desk.leave();
  await phone.leave();
});

both("a phone that is not the person's own gets nothing, and its code opens nothing again", async (language) => {
  const { desk, there, link } = await offering(language);
  const { phone, here } = await following(link, language);
  await here.on("handoff.started_title");
  await here.press("handoff.yes");
  await there.on("handoff.compare_title");
  await there.press("handoff.other");
  await there.on("handoff.refused_title", "25-handoff-refused");
  await here.on("handoff.expired_title", "26-handoff-phone-over");
  const { phone: late, here: again } = await following(link, language);
  await again.on("handoff.expired_title");
  for (const person of [desk, phone, late]) await person.leave();
});

both("whoever did not start it ends it, and the computer says so", async (language) => {
  const { desk, there, link } = await offering(language);
  const { phone, here } = await following(link, language);
  await here.on("handoff.started_title");
  await there.on("handoff.compare_title");
  // The line breaks, and is back.
  let cut = true;
  await phone.page.route("**/handoff/disown", (route) => {
    if (!cut) return route.continue();
    cut = false;
    return route.abort();
  });
  phone.allowed = /40[134]|ERR_FAILED/;
  await here.press("handoff.no");
  await here.on("handoff.not_me_title", "26-handoff-phone-not-me");
  await there.on("handoff.disowned_title", "25-handoff-disowned");
  await there.press("handoff.new");
  await there.on("handoff.title");
  await desk.page.locator(".code path").waitFor();
  assert.notEqual(await address(desk), link);
  await desk.leave();
  await phone.leave();
});

both("a code that nobody took in time is made anew", async (language) => {
  const { desk, there } = await offering(language);
  // Ten minutes later.
  const body = JSON.stringify({ state: "expired", number: 42 });
  await desk.page.route("**/v1/applicant/handoff", (route) =>
    route.request().method() === "GET" ? route.fulfill({ contentType: "application/json", body }) : route.continue(),
  );
  await there.on("handoff.expired_title", "25-handoff-expired");
  await desk.page.unroute("**/v1/applicant/handoff");
  await there.press("handoff.new");
  await there.on("handoff.title");
  await desk.leave();
});

both("the address of the code is no link here: it is copied for the phone", async (language) => {
  const { desk, there, link } = await offering(language);
  await desk.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await desk.page.getByText(link, { exact: true }).click();
  assert.equal(await desk.page.locator(`a[href="${link}"]`).count(), 0);
  await there.press("handoff.copy");
  await desk.page.getByText(there.say("handoff.copied"), { exact: true }).waitFor();
  assert.equal(await desk.page.evaluate(() => navigator.clipboard.readText()), link);
  // The code was not used up by any of this.
  const { phone, here } = await following(link, language);
  await here.on("handoff.started_title");
  for (const person of [desk, phone]) await person.leave();
});

test("the code that is drawn is the address", async () => {
  const { desk, link } = await offering("en");
  const drawn = await desk.page.locator(".code svg").evaluate((svg) => {
    const path = svg.querySelector("path");
    const size = svg.viewBox.baseVal.width;
    const on = (x, y) => path.isPointInFill(new DOMPoint(x + 0.5, y + 0.5));
    return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => on(x, y)));
  });
  assert.deepEqual(drawn, encode(link, { border: 2 }).data);
  await desk.leave();
});

both("an installation without a name is known by its address", async (language) => {
  const nameless = await Installation.start();
  const { desk, link } = await offering(language, nameless);
  const { phone, here } = await following(link, language);
  await here.on("handoff.started_title", "22-handoff-phone-nameless");
  const { host } = new URL(link);
  await phone.page.getByText(here.say("handoff.started_at", { host, account: "u•••" })).waitFor();
  for (const person of [desk, phone]) await person.leave();
  await nameless.stop();
});

/** Holds the next question about the phone; `answer` then gives it this one. */
async function held({ page }) {
  let [answer, caught, first] = [null, null, true];
  const question = new Promise((resolve) => (answer = resolve));
  const asked = new Promise((resolve) => (caught = resolve));
  await page.route("**/v1/applicant/handoff", async (route) => {
    if (route.request().method() !== "GET" || !first) return route.continue();
    first = false;
    caught(route.request());
    await route.fulfill({ contentType: "application/json", body: JSON.stringify(await question) });
  });
  const request = await asked;
  return async (said) => {
    answer(said);
    await (await request.response()).finished();
    await page.unroute("**/v1/applicant/handoff");
    // The page has taken the answer in, and drawn what comes of it.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  };
}

test("who goes on here follows no phone, whatever is still answered", async () => {
  const { desk, there } = await offering("en");
  const answer = await held(desk);
  // What was asked of the phone is answered before the page knows where its person goes on.
  let goOn = null;
  const known = new Promise((resolve) => (goOn = resolve));
  await desk.page.route("**/v1/applicant/case", async (route) => {
    await known;
    await route.continue();
  });
  await there.press("handoff.here");
  await answer({ state: "confirmed", number: 42 });
  goOn();
  await there.on("picture.front_title");
  await there.press("handoff.offer");
  await desk.page.locator(".code path").waitFor();
  await desk.leave();
});

test("another device than the first one is asked for once at a time", async () => {
  const { desk, there, link } = await offering("en");
  const { phone, here } = await following(link, "en");
  await here.press("handoff.yes");
  await there.press("handoff.same");
  await there.on("handoff.follow_title");
  await here.on("picture.front_title");
  const answer = await held(desk);
  await there.press("handoff.another");
  await there.on("handoff.title");
  await answer({ state: "confirmed", number: 42 });
  // What was asked of the phone of before says nothing of the new code.
  assert.equal(await desk.heading(there.say("handoff.title")).count(), 1);
  for (const person of [desk, phone]) await person.leave();
});
