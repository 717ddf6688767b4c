// What is said aloud and felt, beside what is shown; with the motion that a device has by default.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Camera } from "./browser.mjs";
import { acting, both, house } from "./house.mjs";
import { specimen } from "./installation.mjs";

const here = house();
const passport = specimen("passport", "--seed", "4");

/** In the page: keeps what is `said`, nothing where the voice is silenced, and what is `felt`. */
function listen() {
  Object.assign(globalThis, { said: [], felt: [] });
  const voice = {
    cancel: () => said.push(null),
    speak: ({ text, lang }) => said.push(`${lang}: ${text}`),
  };
  Object.defineProperty(globalThis, "speechSynthesis", { value: voice });
  Object.defineProperty(navigator, "vibrate", { value: (pattern) => felt.push(String(pattern)) });
}

/** Somebody before the pages who hears and feels. */
async function arrive(camera, filled, language = "en") {
  const { person, opened, way } = await here.arrive({ camera, moving: true }, { filled, language });
  await person.context.addInitScript(listen);
  // The first page came before it.
  await person.page.reload();
  return { person, opened, way };
}

both("the live check is spoken until it is muted, and each movement is felt", async (language) => {
  const files = { front: passport.file("front.jpg"), selfie: passport.file("selfie.jpg") };
  const { person, way } = await arrive(acting(passport), { claims: passport.claims, ...files }, language);
  const { page } = person;
  const tongue = language === "en" ? "en-GB" : "zh-CN";
  const hears = (text) => page.waitForFunction((text) => said.includes(text), `${tongue}: ${text}`);
  await way.spareBlinks();
  await way.on("capture.title");
  await way.press("picture.open_camera");
  await hears(way.say("capture.aim"));
  await way.press("capture.ready");
  for (const count of ["3", "2", "1"]) await hears(count);
  const movement = page.locator("svg.movement");
  const action = (await movement.getAttribute("class")).split(" ")[1];
  await hears(way.say(`capture.${action}`));
  assert.ok((await page.evaluate(() => felt)).includes("40"));
  const animated = await movement.evaluate((svg) => svg.getAnimations({ subtree: true }).length);
  assert.ok(animated > 0, "the movement is shown as one");
  await way.press("capture.mute");
  assert.equal(await page.evaluate(() => said.at(-1)), null, "the voice is silenced in the middle of a word");
  const before = await page.evaluate(() => said.length);
  await page.locator(`svg.movement:not(.${action})`).waitFor();
  await way.on("send.title");
  const after = await page.evaluate((before) => said.slice(before), before);
  assert.deepEqual(after.filter(Boolean), []);
  await person.camerasOff(1);
  await person.leave();
});

test("what is to be mended, the shutter and that the picture is good are felt", async () => {
  const glare = specimen("passport", "--seed", "4", "--fault", "glare");
  const pictures = { glare: Camera.picture(glare.file("front.jpg")), front: Camera.picture(passport.file("front.jpg")) };
  const { person, way } = await arrive(new Camera({ pictures }), { claims: passport.claims });
  const { page } = person;
  const hold = (what) => page.evaluate((what) => Object.assign(globalThis, { before: what }), what);
  await hold("glare");
  await way.on("picture.front_title");
  await way.press("picture.open_camera");
  await page.locator(".hint", { hasText: way.say("hints.DOC_GLARE") }).waitFor();
  assert.deepEqual(await page.evaluate(() => felt), ["20"]);
  await hold("front");
  await way.on("picture.selfie_title");
  assert.deepEqual((await page.evaluate(() => felt)).slice(-2), ["40", "30,40,30"]);
  await person.camerasOff(1);
  await person.leave();
});

test("who goes to another device at the camera turns it off", async () => {
  const { person, way } = await arrive(acting(passport), { claims: passport.claims });
  await person.page.evaluate(() => Object.assign(globalThis, { before: "nothing" }));
  await way.on("picture.front_title");
  await way.press("picture.open_camera");
  await person.page.locator("video").waitFor();
  await way.press("handoff.offer");
  await way.on("handoff.title");
  await person.camerasOff(1);
  await person.leave();
});
