import assert from "node:assert/strict";
import { Person } from "./browser.mjs";
import { both, house } from "./house.mjs";
import { specimen } from "./installation.mjs";
import { Way } from "./way.mjs";

const here = house();
const passport = specimen("passport", "--seed", "4");

both("a letter proves the address, and a person reads it", async (language) => {
  const opened = await here.installation.open({ tier: "L3" });
  const call = (method, path, body) =>
    here.installation.call(method, `/v1/applicant/${path}`, body, opened.token);
  // Without their face, which others test: so a person decides.
  for (const kind of ["face_match", "face_search"]) {
    await call("PUT", `consents/${kind}`, { text_version: "1", agreed: false });
  }
  await call("PUT", "details", passport.claims);
  await here.installation.put(opened.token, { front: passport.file("front.jpg") });
  const person = await Person.at(here.browser, { locale: language });
  const way = new Way(person, language, true);
  await person.go(opened.url);
  await way.on("address.title", "25-address");
  const letter = person.page.locator('input[type="file"]');
  person.allowed = /422/;
  const wrong = { name: "letter.jpg", mimeType: "image/jpeg", buffer: Buffer.from("%PDF-1.7") };
  await letter.setInputFiles(wrong);
  await person.page.getByText(way.say("trouble.unreadable")).waitFor();
  await person.reads(way.say("address.title"));
  await letter.setInputFiles(passport.file("front.jpg"));
  await way.on("send.title", "25-address-send");
  await way.press("send.send");
  await way.on("waiting.person_title");
  const { steps } = await call("GET", "case");
  assert.equal(steps.find(({ need }) => need === "address").state.state, "done");
  await person.leave();
});
