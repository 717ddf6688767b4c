// The running digest of the frames, as the page makes it and the server holds it against them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { acting, house } from "./house.mjs";
import { specimen } from "./installation.mjs";

const here = house();

/** What the reviewer is told of the page of somebody whose challenge is changed on its way. */
async function told(seed, change) {
  const passport = specimen("passport", "--seed", seed);
  const pictures = { front: passport.file("front.jpg"), selfie: passport.file("selfie.jpg") };
  const filled = { claims: passport.claims, ...pictures };
  const { person, opened, way } = await here.arrive({ camera: acting(passport, { still: true }) }, { filled });
  await person.page.route("**/v1/applicant/challenge", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: change(await response.json()) });
  });
  await way.on("capture.title");
  await person.page.getByText(way.say("capture.otherwise")).click();
  await person.page.getByLabel(way.say("capture.without_movements")).check();
  await person.page.getByLabel(way.say("capture.without_light")).check();
  await way.press("picture.open_camera");
  await way.press("capture.ready");
  await way.send();
  await way.on("waiting.person_title");
  const { client } = await here.installation.call("POST", `/v1/review/cases/${opened.id}/claim`);
  await person.leave();
  return client;
}

test("what the page digests are the frames that come", async () => {
  assert.deepEqual(await told("10", (challenge) => challenge), ["automation"]);
});

test("frames that were digested after another challenge are shown to the reviewer", async () => {
  const client = await told("24", (challenge) => ({ ...challenge, nonce: "5a".repeat(32) }));
  assert.deepEqual(client, ["automation", "frames_changed"]);
});
