// The live check once more: only what was missed.
import assert from "node:assert/strict";
import { acting, both, house } from "./house.mjs";
import { specimen } from "./installation.mjs";

const here = house();
const passport = specimen("passport", "--seed", "4");

both("who missed one movement makes this one once more, and a new one", async (language) => {
  const pictures = { front: passport.file("front.jpg"), selfie: passport.file("selfie.jpg") };
  const filled = { claims: passport.claims, ...pictures };
  const { person, way } = await here.arrive({ camera: acting(passport) }, { filled, language, shots: true });
  /** Begins, and what the server then asks for. */
  const begins = async () => {
    const issued = person.page.waitForResponse("**/v1/applicant/challenge");
    await way.press("capture.ready");
    return (await issued).json();
  };
  await way.spareBlinks();
  await way.on("capture.title");
  await way.press("picture.open_camera");
  const whole = await begins();
  assert.deepEqual([whole.steps.length, whole.again], [3, []]);
  const missed = whole.steps[2].action;
  await person.page.evaluate((missed) => {
    globalThis.leavesOut = missed;
  }, missed);
  await way.on("capture.faulty_title", "09-live-missed");
  await person.page.locator("[data-code=LIVENESS_INCOMPLETE]").waitFor();

  // It is as it comes, with a blink or without.
  await person.page.unroute("**/challenge");
  await way.press("capture.again");
  const short = await begins();
  assert.deepEqual([short.steps.length, short.again, short.lasts_ms], [2, [missed], 6000]);
  const movements = way.say(`capture.${missed}`);
  await person.page.getByText(way.say("capture.repeat", { movements })).waitFor();
  await person.picture("09-live-repeat");
  await person.page.locator("svg.movement").waitFor();
  await person.leave();
});
