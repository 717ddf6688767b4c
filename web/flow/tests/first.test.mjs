import assert from "node:assert/strict";
import { both, house } from "./house.mjs";

const here = house();

both("whose documents are accepted, and what every tier unlocks and takes, is told first", async (language) => {
  const { person, way } = await here.arrive({}, { language });
  const { page } = person;
  const names = new Intl.DisplayNames([language], { type: "region" });
  for (const [accepts, key, countries] of [
    [{ countries: [], countries_refused: [] }, "before.countries_every", ""],
    [{ countries: ["CHN", "SGP"], countries_refused: ["SGP"] }, "before.countries", names.of("CN")],
    [{ countries: [], countries_refused: ["PRK"] }, "before.countries_except", names.of("KP")],
  ]) {
    await page.route("**/v1/applicant/flow", async (route) => {
      const answer = await route.fetch();
      const flow = await answer.json();
      await route.fulfill({ response: answer, json: { ...flow, accepts: { ...flow.accepts, ...accepts } } });
    });
    await page.reload();
    await way.on("before.title");
    await page.getByText(way.say(key, { countries })).waitFor();
    await page.unroute("**/v1/applicant/flow");
  }
  await page.getByText(way.say("before.levels"), { exact: true }).click();
  const levels = await page.getByRole("heading", { level: 3 }).allInnerTexts();
  assert.deepEqual(levels, ["L1", way.say("before.level_own", { tier: "L2" }), "L3", "V"]);
  await page.getByText(way.say("needs.address")).first().waitFor();
  await person.leave();
});
