import assert from "node:assert/strict";
import { join } from "node:path";
import { Person } from "./browser.mjs";
import { acting, both, house, own } from "./house.mjs";
import { Installation, root } from "./installation.mjs";
import { Way } from "./way.mjs";

const here = house();
let shop;
const SEEDS = { en: "14", "zh-CN": "20" };

/** From before the first step to what is sent, with every agreement, all of it by the camera. */
async function whole(way, { claims }) {
  await way.before();
  await way.consents();
  await way.choose(claims);
  await way.details(claims);
  await way.photograph("front");
  await way.photograph("selfie");
  await way.live();
  await way.send();
}

both("from the example exchange by L1 and L2, and back to what they unlock", async (language) => {
  shop ??= await here.installation.exchange();
  const passport = own(language, "passport", SEEDS);
  const person = await Person.at(here.browser, { locale: language, camera: acting(passport) });
  const { page } = person;
  const way = new Way(person, language);
  await person.go(shop);
  await page.getByPlaceholder("Your name").fill("Anna");
  await person.press("Open an account");
  const verify = async (tier) => {
    person.origin = shop;
    await person.press(`Verify for ${tier}`);
    person.origin = here.installation.address;
    await page.getByRole("link", { name: "Verify now" }).click();
  };
  await verify("L1");
  await way.before();
  await way.choose(passport.claims);
  await way.details(passport.claims);
  await way.send();
  await way.on("result.approved_title");
  person.origin = shop;
  await person.go(shop);
  await verify("L2");
  await whole(way, passport);
  await way.on("result.approved_title");
  const lines = await page.locator("li.fine").allInnerTexts();
  const withdrawal = lines.find((line) => line.toLowerCase().startsWith(way.say("features.withdraw")));
  assert.match(withdrawal ?? "", /50,000 USDT.*500,000 USDT/, lines.join("; "));
  person.origin = shop;
  await person.go(shop);
  await page.getByRole("heading", { name: "Verification: L2" }).waitFor();
  assert.match(await page.locator("#words").innerText(), /withdraw: 50000 of 50000 USDT left today/i);
  await person.leave();
});

both("an animated portrait, approved in a sandbox, is an attack under the exchange's policy", async (language) => {
  const policy = join(root, "policies/exchange.toml");
  const strict = await Installation.start({ BONAFIDE_POLICY_FILE: policy });
  const passport = own(language, "passport", SEEDS);
  const person = await Person.at(here.browser, { locale: language, camera: acting(passport) });
  const opened = await strict.open();
  await person.go(opened.url);
  const way = new Way(person, language);
  await whole(way, passport);
  await way.on("waiting.person_title");
  const report = await strict.call("POST", `/v1/review/cases/${opened.id}/claim`);
  const codes = report.reasons.map(({ code }) => code);
  assert.ok(codes.includes("LIVENESS_ATTACK"), codes.join());
  await person.leave();
  await strict.stop();
});
