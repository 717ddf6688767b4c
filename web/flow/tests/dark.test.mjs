// On a dark screen: what is shown only where something is amiss.
import { test } from "node:test";
import { house } from "./house.mjs";
import { specimen } from "./installation.mjs";

const here = house();

test("what is to be mended, a fault, the code for a phone and a refusal can be read in the dark", async () => {
  const { installation } = here;
  const passport = specimen("passport", "--seed", "4");
  const glare = specimen("passport", "--seed", "4", "--fault", "glare");
  const { person, way, opened } = await here.arrive({ dark: true });
  const { page } = person;
  const as = (method, path, body) => installation.call(method, `/v1/applicant/${path}`, body, opened.token);
  /** A person looks at what was sent, and says so. */
  const ruled = async (ruling) => {
    await page.reload();
    await way.on("waiting.person_title");
    await installation.call("POST", `/v1/review/cases/${opened.id}/claim`);
    await installation.call("POST", `/v1/review/cases/${opened.id}/ruling`, ruling);
    await page.reload();
  };
  const { consents } = await as("GET", "flow");
  for (const { kind, text_version } of consents) await as("PUT", `consents/${kind}`, { text_version, agreed: false });
  await as("PUT", "details", passport.claims);
  await installation.put(opened.token, { front: passport.file("front.jpg") });
  await as("POST", "submit");
  await ruled({ verdict: "again", reasons: [{ code: "DOC_BLURRED" }] });
  await person.on(way.say("mend.title"), "13-mend-dark");
  await way.press("mend.go");
  await way.upload("front", glare.file("front.jpg"));
  await person.on(way.say("picture.faulty_title"), "06-glare-dark");
  await way.press("handoff.offer");
  await page.locator(".code path").waitFor();
  await person.on(way.say("handoff.title"), "21-handoff-dark");
  await way.press("handoff.here");
  await way.send();
  await way.on("waiting.person_title");
  await ruled({ verdict: "decline", reasons: [{ code: "DOC_DAMAGED" }] });
  await person.on(way.say("result.declined_title"), "14-declined-dark");
  await person.leave();
});
