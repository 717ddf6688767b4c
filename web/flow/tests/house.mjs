// What the tests of one file share: a sandbox, a browser, and people who arrive there.
import { after, before, test } from "node:test";
import { Camera, Person, launch } from "./browser.mjs";
import { Installation, actor, specimen } from "./installation.mjs";
import { Way } from "./way.mjs";

export const LANGUAGES = ["en", "zh-CN"];

/** An installation with these settings and a browser, for as long as the tests of the file run. */
export function house(settings = {}) {
  const here = {};
  before(async () => {
    const all = { BONAFIDE_PAGES_OPERATOR: "Example Exchange", ...settings };
    const [installation, browser] = await Promise.all([Installation.start(all), launch()]);
    Object.assign(here, { installation, browser });
  });
  after(async () => {
    await here.browser?.close();
    await here.installation?.stop();
  });
  /** A person in a browser of their own, who has opened the link of a new case. */
  here.arrive = async (options, { profile, filled, language = "en", shots = false } = {}) => {
    const person = await Person.at(here.browser, { locale: language, ...options });
    const opened = await here.installation.open(profile);
    if (filled) await here.installation.fill(opened.token, filled);
    await person.go(opened.url);
    return { person, opened, way: new Way(person, language, shots) };
  };
  return here;
}

/** One test for each language. */
export function both(name, body) {
  for (const language of LANGUAGES) test(`${name} (${language})`, () => body(language));
}

/** A specimen of each language's own: of one document only one account is approved. */
export const own = (language, kind, seeds) => specimen(kind, "--seed", seeds[language]);

let frames;

/** A camera before which a face makes what is asked, or does nothing, and `document` lies. */
export function acting(document, { still = false, ...more } = {}) {
  frames ??= Camera.actor(actor(specimen("passport", "--seed", "4").file("selfie.jpg")));
  const idle = Object.fromEntries(Object.keys(frames).map((name) => [name, frames.still]));
  const picture = (name) => Camera.picture(document.file(name));
  return new Camera({
    actor: still ? idle : frames,
    pictures: { front: picture("front.jpg"), selfie: picture("selfie.jpg") },
    ...more,
  });
}
