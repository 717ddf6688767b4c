// A person's way through the pages, step by step, in the words of either language.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { root } from "./installation.mjs";

/** The words of a language by their keys, with particulars put in. */
export function words(language) {
  const read = (path) => parse(readFileSync(join(root, path), "utf8"));
  const texts = { ...read(`locales/${language}.toml`), ...read(`locales/pages/${language}.toml`) };
  return (key, particulars = {}) => {
    const [section, name] = key.split(".");
    return texts[section][name].replace(/\{(\w+)\}/g, (_, name) => particulars[name] ?? "");
  };
}

/** What one does on each screen; `shots` keeps a picture of it. */
export class Way {
  constructor(person, language = "en", shots = false) {
    Object.assign(this, { person, say: words(language), language, shots });
  }

  get page() {
    return this.person.page;
  }

  on(key, shot) {
    return this.person.on(this.say(key), this.shots && shot);
  }

  press(key) {
    return this.person.press(this.say(key));
  }

  async before() {
    await this.on("before.title", "01-before");
    await this.page.getByLabel(this.say("before.myself")).check();
    await this.press("before.begin");
  }

  /** Goes by the tabulator to a checkbox or to the button that sends, and presses a key there. */
  async byKeyboard(type, key) {
    const active = () => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.type ?? "";
    };
    for (let tabs = 0; tabs < 30; tabs += 1) {
      await this.page.keyboard.press("Tab");
      if ((await this.page.evaluate(active)) === type) break;
    }
    await this.page.keyboard.press(key);
  }

  async consents(agree = true) {
    await this.on("consents.title", "02-consents");
    const key = agree ? "consents.agree" : "consents.face_match_decline";
    for (const one of await this.page.getByLabel(this.say(key)).all()) await one.check();
    if (!agree) {
      await this.page.getByText(this.say("consents.without_title")).waitFor();
      if (this.shots) await this.person.keep("02-consents-declined");
    }
    await this.press("common.continue");
  }

  async choose({ document_type, nationality }) {
    await this.on("choose.title", "03-choose");
    await this.page.getByLabel(this.say("choose.country")).selectOption(nationality);
    await this.page.locator("label.choice", { hasText: new RegExp(this.say(`documents.${document_type}`), "i") }).click();
    await this.press("common.continue");
  }

  async details(claims) {
    await this.page.getByRole("heading", { level: 1 }).filter({ hasText: new RegExp(`${this.say("details.title")}|${this.say("details.mend_title")}`) }).waitFor();
    const chinese = claims.nationality === "CHN" && claims.document_type === "id_card";
    const fields = chinese
      ? { full_name_native: "full_name_native", document_number: "document_number" }
      : { surname: "surname", given_names: "given_names", document_number: "document_number" };
    for (const id of Object.keys(fields)) await this.page.locator(`#${id}`).fill(claims[id]);
    const [year, month, day] = claims.birth_date.split("-");
    await this.page.locator("#year").fill(year);
    await this.page.locator("#month").fill(month);
    await this.page.locator("#day").fill(day);
    if (this.shots) await this.person.keep("04-details");
    await this.press("common.continue");
  }

  async upload(place, file) {
    await this.on(`picture.${place}_title`, `05-${place}`);
    await this.person.file(file);
  }

  /** The shutter releases by itself, or is pressed. */
  async photograph(place, { manual = false, shot = `06-camera-${place}` } = {}) {
    await this.on(`picture.${place}_title`, `05-${place}`);
    await this.page.evaluate((place) => {
      globalThis.before = place;
    }, place);
    await this.press("picture.open_camera");
    await this.page.locator("video").waitFor();
    if (this.shots) await this.person.keep(shot);
    if (manual) await this.press("picture.shutter");
  }

  /** The actor cannot blink: lids that are drawn on a picture are not seen to close. */
  async spareBlinks() {
    await this.page.route("**/challenge", async (route) => {
      let [answer, said] = [];
      do {
        answer = await route.fetch();
        said = await answer.text();
      } while (said.includes("blink"));
      await route.fulfill({ response: answer, body: said });
    });
  }

  async live() {
    await this.spareBlinks();
    await this.on("capture.title", "07-live");
    await this.press("picture.open_camera");
    await this.page.getByRole("button", { name: this.say("capture.ready") }).waitFor();
    if (this.shots) await this.person.keep("08-live-aim");
    await this.press("capture.ready");
    await this.page.locator("svg.movement").waitFor();
    // No more than a look: what costs time here costs frames.
    if (this.shots) await this.person.picture("09-live-movement");
  }

  async send() {
    await this.on("send.title", "10-send");
    await this.press("send.send");
  }
}
