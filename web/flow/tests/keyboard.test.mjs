import assert from "node:assert/strict";
import { test } from "node:test";
import { acting, house } from "./house.mjs";
import { specimen } from "./installation.mjs";

const here = house();
const passport = specimen("passport", "--seed", "4");

/** Where the keyboard is: the element's id, and what it is called. */
function focused() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  const label = element?.labels?.[0]?.innerText ?? element?.innerText ?? "";
  return { id: element?.id ?? "", called: label.trim() };
}

test("the document is chosen and its details typed by the keyboard alone", async () => {
  const { claims } = passport;
  const { person, way, opened } = await here.arrive({ size: "desktop" }, { filled: {} });
  const { page } = person;
  const to = async (where) => {
    for (let tabs = 0; tabs < 40; tabs += 1) {
      await page.keyboard.press("Tab");
      const { id, called } = await page.evaluate(focused);
      if (id === where || called.startsWith(where)) return;
    }
    assert.fail(`the tabulator does not come to ${where}`);
  };
  const type = async (id, text) => {
    await to(id);
    await page.keyboard.type(text);
  };
  await way.on("choose.title");
  await type("country", "Utopia");
  await to("Passport");
  await page.keyboard.press("Space");
  await to(way.say("common.continue"));
  await page.keyboard.press("Enter");
  await way.on("details.title");
  assert.equal((await page.evaluate(focused)).called, way.say("details.title"), "reading begins at the heading");
  const [year, month, day] = claims.birth_date.split("-");
  await type("surname", claims.surname);
  await type("given_names", claims.given_names);
  await type("document_number", claims.document_number);
  await type("day", day);
  await type("month", month);
  await type("year", year);
  await page.keyboard.press("Enter");
  await way.on("picture.front_title");
  const { steps } = await here.installation.call("GET", "/v1/applicant/case", undefined, opened.token);
  assert.equal(steps.find(({ need }) => need === "details").state.state, "done");
  await person.leave();
});

test("the reading goes on at the heading, from the camera to the picture and after a broken line", async () => {
  const faulty = specimen("passport", "--seed", "4", "--fault", "glare");
  const { person, way } = await here.arrive({ camera: acting(faulty) }, { filled: { claims: passport.claims } });
  const { page } = person;
  person.allowed = /ERR_FAILED/;
  const enter = async (key) => {
    await page.getByRole("button", { name: way.say(key), exact: true }).focus();
    await page.keyboard.press("Enter");
  };
  await way.on("picture.front_title");
  await enter("picture.open_camera");
  await page.locator("video").waitFor();
  await person.reads(way.say("picture.front_title"));
  await enter("picture.shutter");
  await person.reads(way.say("picture.faulty_title"));
  await page.route("**/v1/applicant/case", (route) => route.abort());
  await enter("picture.use_anyway");
  await person.reads(way.say("trouble.offline_title"));
  await page.unroute("**/v1/applicant/case");
  await enter("common.again");
  await person.reads(way.say("picture.selfie_title"));
  await person.leave();
});
