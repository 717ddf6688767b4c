import assert from "node:assert/strict";
import { test } from "node:test";
import { Person } from "./browser.mjs";
import { both, house } from "./house.mjs";
import { specimen } from "./installation.mjs";

const here = house();

/** First load, compressed: all of it, and what has to be read before anything is shown. */
const MOST_BYTES = 200 * 1024;
const MOST_SCRIPT = 64 * 1024;

test("the first load is light, and so are its scripts", async () => {
  const { person, way } = await here.arrive();
  await way.on("before.title");
  const files = [...person.weights].filter(([path]) => path.startsWith("/flow/"));
  const weigh = (list) => list.reduce((sum, [, bytes]) => sum + bytes, 0);
  const scripts = files.filter(([path]) => path.endsWith(".js"));
  assert.ok(scripts.length > 0 && scripts.every(([, bytes]) => bytes > 0), JSON.stringify(scripts));
  assert.ok(weigh(scripts) < MOST_SCRIPT, `${weigh(scripts)} bytes of scripts`);
  assert.ok(weigh(files) < MOST_BYTES, `${weigh(files)} bytes`);
  console.log(`first load: ${weigh(files)} bytes compressed, ${weigh(scripts)} of them scripts`);
  await person.leave();
});

test("the pages can be installed: their icons are there, of the sizes that are named", async () => {
  const person = await Person.at(here.browser);
  const { address } = here.installation;
  await person.go(`${address}/flow/`);
  const { id, icons } = await (await fetch(`${address}/flow/manifest.webmanifest`)).json();
  assert.equal(id, "/flow/");
  const touch = await person.page.locator("link[rel=apple-touch-icon]").getAttribute("href");
  const pictures = icons.filter(({ type }) => type === "image/png");
  assert.ok(["192x192", "512x512"].every((size) => pictures.some(({ sizes }) => sizes === size)));
  for (const { src, sizes } of [...pictures, { src: touch, sizes: "180x180" }]) {
    const size = await person.page.evaluate(async (src) => {
      const answer = await fetch(src);
      const picture = await createImageBitmap(await answer.blob());
      return `${picture.width}x${picture.height} ${answer.headers.get("content-type")}`;
    }, src);
    assert.equal(size, `${sizes} image/png`, src);
  }
  await person.leave();
});

test("the help pages hold in both languages, without a script", async () => {
  const person = await Person.at(here.browser);
  for (const language of ["en", "zh-CN"]) {
    await person.go(`${here.installation.address}/flow/help/${language}.html#DOC_GLARE`);
    await person.page.locator("#DOC_GLARE").waitFor();
    assert.doesNotMatch(await person.page.locator("main").innerText(), /…|\{\w+\}/, "no sentence has a gap");
    await person.keep("20-help");
  }
  await person.leave();
});

both("a reason leads to what the help says of it", async (language) => {
  const clean = specimen("passport", "--seed", "4");
  const faulty = specimen("passport", "--seed", "4", "--fault", "glare");
  const { person, way } = await here.arrive({}, { filled: { claims: clean.claims }, language });
  await way.upload("front", faulty.file("front.jpg"));
  const link = person.page.locator("[data-code=DOC_GLARE]").getByRole("link", { name: way.say("common.more") });
  const [help] = await Promise.all([person.context.waitForEvent("page"), link.click()]);
  await help.locator("section#DOC_GLARE:target").waitFor();
  assert.equal(await help.evaluate(() => document.documentElement.lang), language);
  await way.on("picture.faulty_title");
  await person.leave();
});
