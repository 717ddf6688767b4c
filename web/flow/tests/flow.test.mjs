import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Camera, Person, launch } from "./browser.mjs";
import { Installation, actor, specimen } from "./installation.mjs";
import { Way } from "./way.mjs";

let [installation, browser, passport, card, frames] = [];

before(async () => {
  passport = specimen("passport", "--seed", "4");
  card = specimen("chinese_id", "--seed", "4");
  frames = Camera.actor(actor(passport.file("selfie.jpg")));
  [installation, browser] = await Promise.all([
    Installation.start({ BONAFIDE_PAGES_OPERATOR: "Example Exchange" }),
    launch(),
  ]);
});

after(async () => {
  await browser?.close();
  await installation?.stop();
});

const acting = (specimen, more = {}) =>
  new Camera({
    actor: frames,
    pictures: {
      front: Camera.picture(specimen.file("front.jpg")),
      ...(specimen === card ? { back: Camera.picture(specimen.file("back.jpg")) } : {}),
      selfie: Camera.picture(specimen.file("selfie.jpg")),
    },
    ...more,
  });

/** A face that does nothing, whatever is asked. */
const standing = () => Object.fromEntries(Object.keys(frames).map((name) => [name, frames.still]));

async function arrive(options, { profile, filled, language = "en", shots = false } = {}) {
  const person = await Person.at(browser, { locale: language, ...options });
  const opened = await installation.open(profile);
  if (filled) await installation.fill(opened.token, filled);
  await person.go(opened.url);
  return { person, opened, way: new Way(person, language, shots) };
}

/** A way that fails, gone in both languages. */
function fails(name, body) {
  for (const language of ["en", "zh-CN"]) test(`${name} (${language})`, () => body(language));
}

/** A specimen of each language's own: of one document only one account is approved. */
const own = (language, kind, seeds, ...more) => specimen(kind, "--seed", seeds[language], ...more);

test("a passport from files, in English, to an approval", async () => {
  const { person, opened, way } = await arrive(
    { camera: acting(passport) },
    { profile: { phrase: "blue heron" }, shots: true },
  );
  await way.before();
  assert.ok(!(await person.page.url()).includes("token"), "the token is off the address");
  await person.page.getByText("blue heron").waitFor();
  await way.consents();
  await way.choose(passport.claims);
  await way.details(passport.claims);
  await way.upload("front", passport.file("front.jpg"));
  await way.upload("selfie", passport.file("selfie.jpg"));
  await way.live();
  await way.send();
  await way.on("waiting.title", "11-waiting");
  await way.on("result.approved_title", "12-approved");
  const decided = await installation.call("GET", `/v1/cases/${opened.id}`);
  assert.equal(decided.state, "approved");
  await person.leave();
});

test("both sides of a Chinese card by the camera, in Chinese and in the dark, to an approval", async () => {
  const size = "desktop";
  const { person, way } = await arrive(
    { camera: acting(card), locale: "zh-CN", dark: true, size },
    { language: "zh-CN", shots: true },
  );
  await way.before();
  await way.consents();
  await way.choose(card.claims);
  await way.page.locator("#document_number").fill("110105194912310021");
  await way.page.getByText(way.say("details.id_check")).waitFor();
  await way.details(card.claims);
  await way.photograph("front");
  await way.photograph("back");
  await way.photograph("selfie");
  await way.live();
  await way.send();
  await way.on("waiting.title", "11-waiting");
  await way.on("result.approved_title", "12-approved");
  await person.leave();
});

test("a name in Chinese characters is offered in pinyin", async () => {
  const { person, way } = await arrive({ locale: "zh-CN" }, { language: "zh-CN", shots: true });
  await way.before();
  await way.consents();
  await way.choose({ document_type: "passport", nationality: "CHN" });
  const field = (id) => person.page.locator(`#${id}`);
  await field("surname").fill("吕");
  await field("given_names").fill("小明");
  await person.page.getByRole("button", { name: "LYU、XIAOMING" }).waitFor();
  await person.keep("04-details-pinyin");
  await person.press("LYU、XIAOMING");
  assert.deepEqual([await field("surname").inputValue(), await field("given_names").inputValue()], ["LYU", "XIAOMING"]);
  await person.leave();
});

test("a reload goes on where one was, and leaving leaves nothing", async () => {
  const { person, way } = await arrive({}, { filled: { claims: passport.claims } });
  await way.on("picture.front_title");
  await person.page.reload();
  await way.on("picture.front_title");
  await person.press("简体中文");
  await new Way(person, "zh-CN", true).on("picture.front_title", "05-front");
  await person.press("English");
  await way.press("common.leave");
  await way.press("leave.forget");
  await way.on("trouble.left_title");
  const kept = await person.page.evaluate(() => [sessionStorage.length, localStorage.length]);
  assert.deepEqual(kept, [0, 0]);
  await person.page.reload();
  await way.on("trouble.unlinked_title");
  await person.leave();
});

test("the way back goes a step back and asks before it leaves, and support can be asked", async () => {
  const { person, opened, way } = await arrive({}, {});
  await way.before();
  await way.on("consents.title");
  await person.page.goBack();
  await way.before();
  await way.consents();
  await way.choose(passport.claims);
  await person.page.locator("#document_number").fill("L898902C3");
  await person.page.goBack();
  await way.choose(passport.claims);
  assert.equal(await person.page.locator("#document_number").inputValue(), "L898902C3", "what was typed is kept");
  await way.details(passport.claims);
  await way.on("picture.front_title");
  await person.page.goBack();
  await person.page.getByRole("heading", { name: way.say("leave.title") }).waitFor();
  await person.keep("19-leave");
  await way.press("leave.stay");
  await way.on("picture.front_title");
  await person.page.goBack();
  await way.press("leave.stay");
  await person.page.getByText(way.say("support.title")).click();
  await person.fill(way.say("support.label"), "My passport is at the embassy.");
  await way.press("support.send");
  await person.page.getByText(way.say("support.sent")).waitFor();
  const [message] = await installation.call("GET", `/v1/cases/${opened.id}/messages`);
  assert.equal(message.text, "My passport is at the embassy.");
  await person.leave();
});

test("whoever declines that faces are compared comes to a person, by keyboard on 320 pixels", async () => {
  const { person, opened, way } = await arrive({ size: "small" }, { shots: true });
  await way.on("before.title", "01-before");
  await way.byKeyboard("checkbox", "Space");
  await way.byKeyboard("submit", "Enter");
  await way.consents(false);
  await way.choose(passport.claims);
  await way.details(passport.claims);
  await way.upload("front", passport.file("front.jpg"));
  await way.send();
  await way.on("waiting.person_title", "15-person");
  await person.page.getByText(way.say("support.title")).click();
  await person.fill(way.say("support.label"), "I am travelling until Friday.");
  await way.press("support.send");
  await person.page.getByText(way.say("support.sent")).waitFor();
  const [message] = await installation.call("GET", `/v1/cases/${opened.id}/messages`);
  assert.equal(message.text, "I am travelling until Friday.");

  await installation.call("POST", `/v1/review/cases/${opened.id}/claim`);
  const ruling = { verdict: "decline", reasons: [{ code: "DOC_DAMAGED" }] };
  await installation.call("POST", `/v1/review/cases/${opened.id}/ruling`, ruling);
  await person.page.reload();
  await way.on("result.declined_title", "14-declined");
  await person.page.locator("[data-code=DOC_DAMAGED]").waitFor();
  await way.press("result.appeal_send");
  await person.page.getByText(way.say("details.empty")).waitFor();
  await person.fill(way.say("result.appeal_label"), "It is not damaged.");
  await way.press("result.appeal_send");
  await way.on("waiting.appeal_title");
  await person.leave();
});

for (const [fault, code, seed] of [
  ["glare", "DOC_GLARE", "4"],
  ["corner-cut", "DOC_CORNERS_CUT", "2"],
]) {
  fails(`${fault} is marked on the picture, and another picture mends it`, async (language) => {
    const faulty = specimen("passport", "--seed", seed, "--fault", fault);
    const clean = specimen("passport", "--seed", seed);
    const { person, way } = await arrive({}, { filled: { claims: clean.claims }, language, shots: true });
    await way.upload("front", faulty.file("front.jpg"));
    await way.on("picture.faulty_title", `06-${fault}`);
    await person.page.locator(`[data-code=${code}]`).waitFor();
    await person.page.locator("polygon.fault").first().waitFor();
    await person.file(clean.file("front.jpg"));
    await way.on("picture.selfie_title");
    await person.leave();
  });
}

fails("whoever forgot to turn the card over is asked for that side alone", async (language) => {
  const other = own(language, "chinese_id", { en: "6", "zh-CN": "16" });
  const front = other.file("front.jpg");
  const filled = { claims: other.claims, front };
  const { person, way } = await arrive({ camera: acting(other) }, { filled, language, shots: true });
  // Told at once; who takes it all the same is asked again.
  await way.upload("back", front);
  await way.on("picture.faulty_title", "06-side");
  await person.page.locator("[data-code=DOC_SIDE_WRONG]").waitFor();
  await way.press("picture.use_anyway");
  await way.upload("selfie", other.file("selfie.jpg"));
  await way.live();
  await way.send();
  await way.on("mend.title");
  await person.page.locator("[data-code=DOC_SIDE_WRONG]").waitFor();
  await way.press("mend.go");
  await way.on("picture.back_title");
  await person.file(other.file("back.jpg"));
  await way.send();
  await way.on("result.approved_title");
  await person.leave();
});

fails("names the wrong way round are corrected once, and all else is kept", async (language) => {
  const other = own(language, "passport", { en: "6", "zh-CN": "20" });
  const { claims } = other;
  const swapped = { ...claims, surname: claims.given_names, given_names: claims.surname };
  const files = { front: other.file("front.jpg"), selfie: other.file("selfie.jpg") };
  const { person, way } = await arrive({ camera: acting(other) }, { filled: { claims: swapped, ...files }, language, shots: true });
  await way.live();
  await way.send();
  await way.on("mend.title", "13-mend");
  await way.press("mend.go");
  await person.page.locator("[data-code=NAME_ORDER_SWAPPED]").waitFor();
  await way.details(claims);
  await way.send();
  await way.on("result.approved_title");
  await person.leave();
});

fails("in place of an expired document another one is taken", async (language) => {
  const seeds = { en: "8", "zh-CN": "22" };
  const old = own(language, "passport", seeds, "--today", "2012-03-01");
  const files = { front: old.file("front.jpg"), selfie: old.file("selfie.jpg") };
  const camera = acting(old);
  const { person, way } = await arrive({ camera }, { filled: { claims: old.claims, ...files }, language, shots: true });
  await way.live();
  await way.send();
  await way.on("mend.title", "13-mend-expired");
  await person.page.locator("[data-code=DOC_EXPIRED]").waitFor();
  await way.press("mend.go");
  await way.on("picture.front_title");
  await way.press("details.other_document");
  const valid = own(language, "passport", seeds);
  await way.choose(valid.claims);
  await way.details(valid.claims);
  await person.file(valid.file("front.jpg"));
  await way.send();
  await way.on("result.approved_title");
  await person.leave();
});

for (const [refuses, key] of [
  ["NotAllowedError", "camera.denied"],
  ["absent", "camera.none"],
  ["NotReadableError", "camera.busy"],
]) {
  fails(`${key}: there is a way out by a file`, async (language) => {
    const camera = acting(passport, { refuses });
    const { person, way } = await arrive({ camera }, { filled: { claims: passport.claims }, language, shots: true });
    await way.on("picture.front_title");
    if (refuses !== "absent") await way.press("picture.open_camera");
    await person.page.getByText(way.say(key)).waitFor();
    await person.keep(`17-${key}`);
    await person.file(passport.file("front.jpg"));
    await way.on("picture.selfie_title");
    await person.leave();
  });
}

fails("a line that breaks costs a part, and the upload goes on by itself", async (language) => {
  const { person, way } = await arrive({}, { filled: { claims: passport.claims }, language, shots: true });
  await way.on("picture.front_title");
  person.allowed = /ERR_INTERNET_DISCONNECTED|ERR_FAILED/;
  let parts = 0;
  await person.page.route("**/transfers/*", async (route) => {
    parts += 1;
    if (parts === 2) await person.context.setOffline(true);
    await route.continue();
  });
  await person.file(passport.file("front.jpg"));
  await person.page.locator(".note.warn").waitFor();
  await person.keep("18-line-broken");
  await person.context.setOffline(false);
  await way.on("picture.selfie_title");
  await person.leave();
});

fails("a session that ended says where to go on", async (language) => {
  const { person, opened, way } = await arrive({}, { filled: { claims: passport.claims }, language, shots: true });
  await way.on("picture.front_title");
  await installation.call("POST", `/v1/cases/${opened.id}/token`);
  person.allowed = /401/;
  await person.file(passport.file("front.jpg"));
  await way.on("trouble.ended_title", "16-ended");
  await person.leave();
});

/** A face that makes another movement than the one that is asked for. */
const confused = () => {
  const names = Object.keys(frames).filter((name) => name !== "still");
  const others = names.map((name, at) => [name, frames[names[(at + 1) % names.length]]]);
  return { ...Object.fromEntries(others), still: frames.still };
};

for (const [name, actor, code] of [
  ["that does not move", standing, "LIVENESS_INCOMPLETE"],
  ["that makes another movement", confused, "LIVENESS_INCOMPLETE"],
  ["that jerks", () => ({ ...frames, hasty: true }), "LIVENESS_TOO_FAST"],
]) {
  fails(`a face ${name} is asked once more`, async (language) => {
    const files = { front: passport.file("front.jpg"), selfie: passport.file("selfie.jpg") };
    const camera = acting(passport, { actor: actor() });
    const { person, way } = await arrive({ camera }, { filled: { claims: passport.claims, ...files }, language });
    await way.live();
    await person.axe("09-live-movement");
    await way.on("capture.faulty_title");
    await person.keep(`09-live-${code}`);
    await person.page.locator(`[data-code=${code}]`).waitFor();
    await person.leave();
  });
}

fails("a covered face is told so, and the picture taken again", async (language) => {
  const files = { front: passport.file("front.jpg") };
  const { person, way } = await arrive({}, { filled: { claims: passport.claims, ...files }, language, shots: true });
  await way.on("picture.selfie_title");
  await person.file(await person.covered(passport.file("selfie.jpg")));
  await way.on("picture.faulty_title", "06-covered");
  await person.page.locator("[data-code=FACE_OCCLUDED]").first().waitFor();
  await person.file(passport.file("selfie.jpg"));
  await way.on("capture.title");
  await person.leave();
});

fails("another type of document than the one chosen is told, and can be chosen instead", async (language) => {
  const other = specimen("td2_card", "--seed", "12");
  const declared = { ...other.claims, document_type: "passport" };
  const files = { front: other.file("front.jpg"), selfie: other.file("selfie.jpg") };
  const { person, way } = await arrive({ camera: acting(other) }, { filled: { claims: declared, ...files }, language, shots: true });
  await way.live();
  await way.send();
  await way.on("mend.title", "13-mend-type");
  await person.page.locator("[data-code=DOC_TYPE_MISMATCH]").waitFor();
  await way.press("mend.go");
  await way.on("picture.front_title");
  await way.press("details.other_document");
  await way.choose(other.claims);
  await way.details(other.claims);
  await person.file(other.file("front.jpg"));
  await way.on("picture.back_title");
  await person.leave();
});

fails("whoever can make no movement and bear no colours looks at the camera, and a person decides", async (language) => {
  const other = own(language, "passport", { en: "10", "zh-CN": "24" });
  const files = { front: other.file("front.jpg"), selfie: other.file("selfie.jpg") };
  const { person, opened, way } = await arrive({ camera: acting(other, { actor: standing() }) }, { filled: { claims: other.claims, ...files }, language });
  await way.on("capture.title");
  await person.page.getByText(way.say("capture.otherwise")).click();
  await person.page.getByLabel(way.say("capture.without_movements")).check();
  await person.page.getByLabel(way.say("capture.without_light")).check();
  await person.keep("07-live-otherwise");
  await way.press("picture.open_camera");
  await way.press("capture.ready");
  await person.page.getByText(way.say("capture.look")).waitFor();
  assert.equal(await person.page.locator(".coloured").count(), 0);
  await way.send();
  await way.on("waiting.person_title");
  const report = await installation.call("POST", `/v1/review/cases/${opened.id}/claim`);
  assert.deepEqual(report.evidence.liveness.challenge, []);
  assert.equal(report.evidence.liveness.light, "declined");
  assert.deepEqual(report.client, ["automation"], "the reviewer sees that a program drives the browser");
  await person.leave();
});

test("the element stands on an operator's own page", async () => {
  const person = await Person.at(browser, {});
  const opened = await installation.open();
  const { origin } = new URL(opened.url);
  const body = `<!doctype html><html lang="en"><title>Exchange</title>
    <script type="module" src="/flow/bonafide-flow.js"></script>
    <bonafide-flow token="${opened.token}"></bonafide-flow></html>`;
  await person.page.route("**/verify", (route) => route.fulfill({ contentType: "text/html", body }));
  await person.go(`${origin}/verify`);
  await new Way(person).on("before.title");
  await person.axe("element");
  await person.leave();
});
