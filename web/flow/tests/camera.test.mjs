// At the camera: one thing to mend at a time, then the picture by itself; and where there is none.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Camera, Person, launch } from "./browser.mjs";
import { Installation, actor, folder, root, specimen } from "./installation.mjs";
import { Way } from "./way.mjs";

let [installation, browser, passport, glare, frames, faces] = [];

before(async () => {
  passport = specimen("passport", "--seed", "4");
  glare = specimen("passport", "--seed", "4", "--fault", "glare");
  frames = Camera.actor(actor(passport.file("selfie.jpg")));
  [installation, browser] = await Promise.all([
    Installation.start({ BONAFIDE_PAGES_OPERATOR: "Example Exchange" }),
    launch(),
  ]);
  const studio = await Person.at(browser);
  faces = {
    masked: (await studio.covered(passport.file("selfie.jpg"))).buffer.toString("base64"),
    far: await drawn(studio, passport.file("selfie.jpg"), { size: 0.4 }),
    aside: await drawn(studio, passport.file("selfie.jpg"), { size: 0.8, right: 0.3 }),
    dark: await drawn(studio, passport.file("selfie.jpg"), { light: 0.15 }),
  };
  await studio.leave();
});

after(async () => {
  await browser?.close();
  await installation?.stop();
});

/** The picture in `path`, smaller, farther to the right or darker, before a wall. */
async function drawn({ page }, path, { size = 1, right = 0, light = 1 }) {
  const bytes = readFileSync(path).toString("base64");
  return page.evaluate(
    async ({ bytes, size, right, light }) => {
      const jpeg = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([jpeg], { type: "image/jpeg" }));
      const { width, height } = picture;
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const context = canvas.getContext("2d");
      context.filter = `brightness(${light})`;
      context.fillStyle = "#b9bec4";
      context.fillRect(0, 0, width, height);
      const left = ((1 - size) / 2 + right) * width;
      context.drawImage(picture, left, ((1 - size) / 2) * height, size * width, size * height);
      return canvas.toDataURL("image/jpeg", 0.92).split(",")[1];
    },
    { bytes, size, right, light },
  );
}

const picture = (specimen, name = "front.jpg") => Camera.picture(specimen.file(name));

async function arrive(options, { filled, language = "en", at = installation } = {}) {
  const person = await Person.at(browser, { locale: language, ...options });
  const opened = await at.open();
  await at.fill(opened.token, filled);
  await person.go(opened.url);
  return { person, opened, way: new Way(person, language, true) };
}

/** A way that is gone in both languages. */
function both(name, body) {
  for (const language of ["en", "zh-CN"]) test(`${name} (${language})`, () => body(language));
}

/** What is before the camera from now on. */
const hold = (person, what) =>
  person.page.evaluate((what) => {
    globalThis.before = what;
  }, what);

/** The camera says what `key` says. */
const hears = ({ person, say }, key) =>
  person.page.locator(".hint", { hasText: say(key) }).waitFor({ timeout: 30_000 });

both("the camera says what to mend on a document, and then takes the picture by itself", async (language) => {
  const camera = new Camera({ pictures: { front: picture(passport), glare: picture(glare) } });
  const { person, way } = await arrive({ camera }, { filled: { claims: passport.claims }, language });
  await hold(person, "glare");
  await way.on("picture.front_title");
  await way.press("picture.open_camera");
  await hears(way, "hints.DOC_GLARE");
  await person.keep("06-camera-glare");
  await hold(person, "front");
  await way.on("picture.selfie_title");
  await person.leave();
});

both("the camera says what to mend on a face, and then takes the picture by itself", async (language) => {
  const pictures = { selfie: picture(passport, "selfie.jpg"), ...faces };
  const filled = { claims: passport.claims, front: passport.file("front.jpg") };
  const { person, way } = await arrive({ camera: new Camera({ pictures }) }, { filled, language });
  await hold(person, "masked");
  await way.on("picture.selfie_title");
  await way.press("picture.open_camera");
  await hears(way, "hints.FACE_OCCLUDED");
  await person.keep("06-camera-masked");
  for (const [what, key] of [
    ["far", "hints.closer"],
    ["aside", "hints.centre"],
    ["dark", "hints.FACE_TOO_DARK"],
  ]) {
    await hold(person, what);
    await hears(way, key);
    if (what === "far") await person.keep("06-camera-far");
  }
  await hold(person, "selfie");
  await way.on("capture.title");
  await person.leave();
});

both("in the live check the camera says how to come into the picture", async (language) => {
  const pictures = { selfie: picture(passport, "selfie.jpg"), ...faces };
  const files = { front: passport.file("front.jpg"), selfie: passport.file("selfie.jpg") };
  const filled = { claims: passport.claims, ...files };
  const { person, way } = await arrive({ camera: new Camera({ pictures }) }, { filled, language });
  await hold(person, "far");
  await way.on("capture.title");
  await way.press("picture.open_camera");
  await hears(way, "hints.closer");
  await person.keep("08-live-far");
  await hold(person, "selfie");
  await hears(way, "capture.good");
  await person.leave();
});

both("the document is held before the camera in front, and what is missing is told", async (language) => {
  const policy = join(folder, "held.toml");
  const text = readFileSync(join(root, "policies/sandbox.toml"), "utf8");
  writeFileSync(policy, text.replace(/(\[tiers\.L2\.checks\][^[]*?document_held = )"advisory"/, '$1"required"'));
  const strict = await Installation.start({ BONAFIDE_POLICY_FILE: policy });
  const camera = new Camera({ pictures: { selfie: picture(passport, "selfie.jpg") } });
  const filled = { claims: passport.claims, front: passport.file("front.jpg") };
  const { person, way } = await arrive({ camera }, { filled, language, at: strict });
  await way.on("picture.held_title", "05-held");
  await way.press("picture.open_camera");
  await hears(way, "hints.held");
  await person.page.locator(".mirrored svg.beside").waitFor();
  await person.keep("06-camera-held");
  await way.press("picture.shutter");
  await way.on("picture.faulty_title", "06-held-faulty");
  await person.page.locator("[data-code=DOC_HELD_INVALID]").waitFor();
  await person.file(passport.file("held.jpg"));
  await way.on("picture.selfie_title");
  await person.leave();
  await strict.stop();
});

for (const [refuses, trouble] of [
  ["NotAllowedError", "denied"],
  ["absent", "none"],
  ["NotReadableError", "busy"],
]) {
  both(`the live check without a camera (${trouble}) says what to do, and offers no file`, async (language) => {
    const camera = new Camera({ refuses });
    const files = { front: passport.file("front.jpg"), selfie: passport.file("selfie.jpg") };
    const filled = { claims: passport.claims, ...files };
    const { person, way } = await arrive({ camera, size: "desktop" }, { filled, language });
    await way.on("capture.title");
    if (refuses !== "absent") await way.press("picture.open_camera");
    await person.page.getByText(way.say(`camera.${trouble}_live`)).waitFor();
    await person.keep(`17-live-${trouble}`);
    assert.equal(await person.page.locator("input[type=file]").count(), 0);
    await way.press("handoff.phone");
    await way.on("handoff.title");
    await person.leave();
  });
}

both("a computer's weak or forbidden camera leads to the phone", async (language) => {
  const filled = { claims: passport.claims };
  const weak = new Camera({ pictures: { front: picture(glare) }, size: [640, 480] });
  const first = await arrive({ camera: weak, size: "desktop" }, { filled, language });
  await first.way.on("picture.front_title");
  await first.way.press("picture.open_camera");
  await first.person.page.getByText(first.way.say("camera.poor")).waitFor();
  await first.person.keep("17-camera-poor");
  await first.way.press("handoff.phone");
  await first.way.on("handoff.title");
  await first.person.leave();

  const denied = new Camera({ refuses: "NotAllowedError" });
  const second = await arrive({ camera: denied, size: "desktop" }, { filled, language });
  await second.way.on("picture.front_title");
  await second.way.press("picture.open_camera");
  await second.person.page.getByText(second.way.say("camera.denied")).waitFor();
  await second.person.page.locator(".first", { hasText: second.way.say("handoff.phone") }).waitFor();
  await second.person.keep("17-camera-denied-desktop");
  await second.person.leave();
});

/** How often in the live check it is asked to go slower, with this actor. */
async function hastens(actor, language) {
  const files = { front: passport.file("front.jpg"), selfie: passport.file("selfie.jpg") };
  const filled = { claims: passport.claims, ...files };
  const { person, way } = await arrive({ camera: new Camera({ actor }) }, { filled, language });
  // A nod and a mouth hardly move what a page can measure.
  await person.page.route("**/challenge", async (route) => {
    let [answer, said] = [];
    do {
      answer = await route.fetch();
      said = await answer.text();
    } while (said.includes("blink") || !/turn-left.*turn-right|turn-right.*turn-left/.test(said));
    await route.fulfill({ response: answer, body: said });
  });
  await way.on("capture.title");
  await way.press("picture.open_camera");
  await person.page.evaluate(() => {
    globalThis.slower = 0;
    const find = (from) =>
      [...from.querySelectorAll("*")].some(
        (one) => one.matches(".slower") || (one.shadowRoot && find(one.shadowRoot)),
      );
    setInterval(() => {
      globalThis.slower += find(document) ? 1 : 0;
    }, 200);
  });
  await way.press("capture.ready");
  const told = person.page.locator(".slower", { hasText: way.say("capture.slower") });
  if (actor.hasty) {
    await told.first().waitFor({ timeout: 30_000 });
    await person.picture("09-live-slower");
  }
  const title = way.say(actor.hasty ? "capture.faulty_title" : "send.title");
  await person.on(title);
  const times = await person.page.evaluate(() => globalThis.slower);
  await person.leave();
  return times;
}

both("who moves too fast is asked to go slower while moving", async (language) => {
  assert.ok((await hastens({ ...frames, hasty: true }, language)) > 0);
});

test("who moves as asked is not", async () => {
  assert.equal(await hastens(frames, "en"), 0);
});

both("whose camera is refused after a faulty picture is told so there, and what else there is", async (language) => {
  const camera = new Camera({ refuses: "NotAllowedError" });
  const { person, way } = await arrive({ camera, size: "desktop" }, { filled: { claims: passport.claims }, language });
  await way.upload("front", glare.file("front.jpg"));
  await way.on("picture.faulty_title");
  await way.press("picture.again");
  await person.page.getByText(way.say("camera.denied_fix")).waitFor();
  await person.page.locator(".first", { hasText: way.say("handoff.phone") }).waitFor();
  await person.keep("17-faulty-denied");
  await person.file(passport.file("front.jpg"));
  await way.on("picture.selfie_title");
  await person.leave();
});

both("at the camera a line that breaks is told, and the picture follows when it is back", async (language) => {
  const camera = new Camera({ pictures: { glare: picture(glare) } });
  const { person, way } = await arrive({ camera }, { filled: { claims: passport.claims }, language });
  person.allowed = /ERR_INTERNET_DISCONNECTED|ERR_FAILED/;
  await hold(person, "glare");
  await way.on("picture.front_title");
  await way.press("picture.open_camera");
  await hears(way, "hints.DOC_GLARE");
  await person.context.setOffline(true);
  await hears(way, "hints.offline");
  await person.keep("06-camera-offline");
  await way.press("picture.shutter");
  await person.page.getByText(way.say("picture.broken", { percent: 0 })).waitFor();
  await person.context.setOffline(false);
  // What the server says of it shows that it is there.
  await way.on("picture.faulty_title");
  await person.leave();
});

test("a session that ended at the camera says where to go on", async () => {
  const camera = new Camera({ pictures: { front: picture(glare) } });
  const { person, opened, way } = await arrive({ camera }, { filled: { claims: passport.claims } });
  await way.on("picture.front_title");
  await way.press("picture.open_camera");
  await hears(way, "hints.DOC_GLARE");
  person.allowed = /401/;
  await installation.call("POST", `/v1/cases/${opened.id}/token`);
  await way.on("trouble.ended_title");
  await person.camerasOff(1);
  await person.leave();
});

test("a file that is chosen while the camera is asked for goes alone", async () => {
  const camera = new Camera({ pictures: { front: picture(passport) }, waits: true });
  const { person, way } = await arrive({ camera }, { filled: { claims: passport.claims } });
  const { page } = person;
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route("**/transfers/*", async (route) => {
    await released;
    await route.continue();
  });
  await way.on("picture.front_title");
  await way.press("picture.open_camera");
  await page.waitForFunction(() => "permit" in globalThis);
  await person.file(passport.file("front.jpg"));
  await page.getByText(way.say("picture.sending")).waitFor();
  await page.evaluate(() => globalThis.permit());
  await person.camerasOff(1);
  await page.getByText(way.say("picture.sending")).waitFor();
  assert.equal(await page.locator("video").count(), 0);
  release();
  await way.on("picture.selfie_title");
  await person.leave();
});

test("the way back from the camera turns it off, and asks before it leaves only from there", async () => {
  const camera = new Camera({ pictures: { front: picture(glare) } });
  const { person, way } = await arrive({ camera }, { filled: { claims: passport.claims } });
  const { page } = person;
  await way.on("picture.front_title");
  await way.press("picture.open_camera");
  await hears(way, "hints.DOC_GLARE");
  await page.goBack();
  await person.camerasOff(1);
  await page.getByRole("button", { name: way.say("picture.open_camera") }).waitFor();
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.goBack();
  await page.getByRole("heading", { name: way.say("leave.title") }).waitFor();
  await way.press("leave.stay");

  await way.press("picture.open_camera");
  await hears(way, "hints.DOC_GLARE");
  await way.press("common.leave");
  await page.getByRole("heading", { name: way.say("leave.title") }).waitFor();
  await person.camerasOff(2);
  await way.press("leave.stay");
  await person.reads(way.say("picture.front_title"));
  await person.leave();
});

test("the way back from a camera that a faulty picture led to leads to that picture", async () => {
  const camera = new Camera({ pictures: { front: picture(glare) } });
  const { person, way } = await arrive({ camera }, { filled: { claims: passport.claims } });
  await way.upload("front", glare.file("front.jpg"));
  await way.on("picture.faulty_title");
  await way.press("picture.again");
  await hears(way, "hints.DOC_GLARE");
  await person.page.goBack();
  await way.on("picture.faulty_title");
  // Fails where the picture is there no more.
  await person.page.locator(".shown img").evaluate((image) => image.decode());
  await way.press("picture.use_anyway");
  await way.on("picture.selfie_title");
  await person.leave();
});

test("the way back from the live check ends it, and its camera", async () => {
  const files = { front: passport.file("front.jpg"), selfie: passport.file("selfie.jpg") };
  const filled = { claims: passport.claims, ...files };
  const { person, way } = await arrive({ camera: new Camera({ actor: frames }) }, { filled });
  await way.on("capture.title");
  await way.press("picture.open_camera");
  await way.press("capture.ready");
  await person.page.locator(".count").waitFor();
  await person.page.goBack();
  await person.camerasOff(1);
  await way.press("picture.open_camera");
  await person.page.getByRole("button", { name: way.say("capture.ready") }).waitFor();
  await person.leave();
});
