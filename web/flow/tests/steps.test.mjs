// Stages that last a moment, held still: axe finds nothing in them, and their pictures are kept.
import { acting, both, house } from "./house.mjs";
import { specimen } from "./installation.mjs";

const here = house();
const passport = specimen("passport", "--seed", "4");

/** Requests of `pattern` and `method` wait until `go` is called. */
async function hold(page, pattern, method) {
  let go = () => {};
  const gone = new Promise((resolve) => {
    go = resolve;
  });
  await page.route(pattern, async (route) => {
    if (route.request().method() === method) await gone;
    await route.continue();
  });
  return go;
}

/** Keeps a picture of a stage whose time stands still, but for the few milliseconds that axe waits. */
async function still(person, shot) {
  const { clock } = person.page;
  await clock.pauseAt(await person.page.evaluate(() => Date.now() + 100));
  let kept = false;
  const keeping = person.keep(shot).finally(() => {
    kept = true;
  });
  while (!kept) await clock.runFor(1);
  await keeping;
  await clock.resume();
}

both("a picture and a live check on their way", async (language) => {
  const files = { front: passport.file("front.jpg") };
  const camera = acting(passport, { still: true });
  const { person, way } = await here.arrive({ camera }, { filled: { claims: passport.claims, ...files }, language, shots: true });
  const { page } = person;
  await way.on("picture.selfie_title");
  const picture = await hold(page, "**/transfers/*", "PATCH");
  await person.file(passport.file("selfie.jpg"));
  await page.getByText(way.say("picture.sending")).waitFor();
  await person.keep("06-sending");
  picture();
  await way.on("capture.title");
  await page.unroute("**/transfers/*");
  await page.clock.install();
  await way.press("picture.open_camera");
  await way.press("capture.ready");
  await page.locator(".count").waitFor();
  await still(person, "08-live-counting");
  await page.locator("svg.movement").waitFor();
  await still(person, "09-live-movement");
  const capture = await hold(page, "**/challenge/answer", "POST");
  await way.on("capture.done", "09-live-sending");
  capture();
  await way.on("capture.faulty_title");
  await person.leave();
});
