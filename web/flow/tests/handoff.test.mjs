import assert from "node:assert/strict";
import { Person } from "./browser.mjs";
import { both, house } from "./house.mjs";
import { specimen } from "./installation.mjs";
import { Way } from "./way.mjs";

const here = house();
const passport = specimen("passport", "--seed", "4");

/** A computer that shows a code, and the link in it. */
async function offering(language) {
  const { person: desk, opened, way: there } = await here.arrive(
    { size: "desktop" },
    { filled: { claims: passport.claims }, language, shots: true },
  );
  await there.on("picture.front_title");
  await there.press("handoff.offer");
  await desk.page.locator(".code path").waitFor();
  const link = await desk.page.locator("a.link").getAttribute("href");
  return { desk, there, opened, link };
}

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
  assert.notEqual(await desk.page.locator("a.link").getAttribute("href"), link);
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
