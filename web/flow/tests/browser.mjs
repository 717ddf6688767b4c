// A browser that watches: what the console says, where requests go, what axe finds.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { screenshots } from "./installation.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SIZES = {
  small: { width: 320, height: 640 },
  phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } };
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
mkdirSync(screenshots, { recursive: true });

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  .find((path) => existsSync(path));

export const launch = () =>
  chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--font-render-hinting=none",
    ],
  });

/** One person before one screen. */
export class Person {
  static async at(browser, { size = "phone", locale = "en-GB", dark = false, moving = false, camera } = {}) {
    const context = await browser.newContext({
      viewport: SIZES[size],
      deviceScaleFactor: 1,
      locale,
      colorScheme: dark ? "dark" : "light",
      reducedMotion: moving ? "no-preference" : "reduce",
      hasTouch: size !== "desktop",
    });
    // Pages of the tests run axe in them; the page itself may not, and its policy is kept.
    const person = new Person();
    Object.assign(person, { context, size, troubles: [], weights: new Map(), shots: 0 });
    if (camera) await camera.into(context);
    person.page = await context.newPage();
    person.watch();
    return person;
  }

  watch() {
    const { page, troubles } = this;
    page.on("console", (message) => {
      const allowed = this.allowed?.test(message.text());
      if (["error", "warning"].includes(message.type()) && !allowed) troubles.push(message.text());
    });
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("request", (request) => {
      const url = request.url();
      if (this.origin && !url.startsWith(this.origin) && !url.startsWith("blob:")) {
        troubles.push(`a request leaves the origin: ${url}`);
      }
    });
    page.on("response", async (response) => {
      const length = Number(response.headers()["content-length"] ?? 0);
      this.weights.set(new URL(response.url()).pathname, length);
    });
  }

  async go(url) {
    this.origin = new URL(url).origin;
    await this.page.goto(url);
  }

  heading(name) {
    return this.page.getByRole("heading", { level: 1, name });
  }

  /** On this screen: axe finds nothing, and a picture of it is kept. */
  async on(name, shot, patience = 60_000) {
    try {
      await this.heading(name).waitFor({ timeout: patience });
    } catch {
      const shown = await this.page.locator("h1, .note, [role=status]").allInnerTexts();
      assert.fail(`${name} is not shown, but:\n${[...shown, ...this.troubles].join("\n")}`);
    }
    if (shot) await this.keep(shot);
  }

  /** A picture of the screen as it is, and nothing more. */
  async picture(shot) {
    const language = await this.page.evaluate(() => document.documentElement.lang);
    const path = join(screenshots, `${shot}.${language}.${this.size}.png`);
    await this.page.screenshot({ path });
  }

  /** Nothing is wider than a screen of any size; of two of them axe finds nothing, and pictures are kept. */
  async keep(shot) {
    const language = await this.page.evaluate(() => document.documentElement.lang);
    for (const [size, viewport] of Object.entries(SIZES)) {
      await this.page.setViewportSize(viewport);
      const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${shot}: wider by ${wide} than ${size}`);
      const path = join(screenshots, `${shot}.${language}.${size}.png`);
      if (size === "small") continue;
      await this.axe(`${shot}, ${size}`);
      await this.page.screenshot({ path, fullPage: true });
    }
    await this.page.setViewportSize(SIZES[this.size]);
  }

  async axe(shot) {
    await this.page.evaluate(axe);
    const found = await this.page.evaluate(
      (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }),
      WCAG,
    );
    const told = found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.flat()} ${failureSummary}`).join("; ")}`,
    );
    assert.deepEqual(told, [], shot);
  }

  press(name) {
    return this.page.getByRole("button", { name, exact: true }).click();
  }

  fill(label, text) {
    return this.page.getByLabel(label, { exact: true }).fill(text);
  }

  file(path) {
    return this.page.locator("input[type=file]").setInputFiles(path);
  }

  /** The face in `path` with a mask over mouth and nose, as another file. */
  async covered(path) {
    const bytes = readFileSync(path).toString("base64");
    const masked = await this.page.evaluate(async (bytes) => {
      const jpeg = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([jpeg], { type: "image/jpeg" }));
      const { width, height } = picture;
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const context = canvas.getContext("2d");
      context.drawImage(picture, 0, 0);
      context.fillStyle = "#2f4f6f";
      context.fillRect(0.32 * width, 0.36 * height, 0.4 * width, 0.18 * height);
      return canvas.toDataURL("image/jpeg", 0.92).split(",")[1];
    }, bytes);
    return { name: "selfie.jpg", mimeType: "image/jpeg", buffer: Buffer.from(masked, "base64") };
  }

  /** So many cameras were opened, and each was turned off again. */
  async camerasOff(times) {
    await this.page.waitForFunction(
      (times) => tracks.length === times && tracks.every(({ readyState }) => readyState === "ended"),
      times,
    );
  }

  /** The reading begins at the heading that says `text`. */
  async reads(text) {
    await this.heading(text).waitFor();
    await this.page.waitForFunction((text) => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.localName === "h1" && element.innerText.trim() === text;
    }, text);
  }

  async leave() {
    await this.context.close();
    assert.deepEqual(this.troubles, []);
  }
}

/**
 * A camera that shows what a test puts before it: a picture, or a face that does what the page
 * asks for, but for what it `leavesOut`. It stands in for `getUserMedia` by a canvas's stream, and
 * where it `waits`, until `permit` is called. `tracks` are those of the streams that it gave.
 */
export class Camera {
  constructor(scenes) {
    this.scenes = scenes;
  }

  static picture = (path) => readFileSync(path).toString("base64");

  /** The frames of `actor` in `folder`: `still.jpg`, `nod-03.jpg`. */
  static actor(folder) {
    const frames = {};
    for (const name of readdirSync(folder).sort()) {
      const [action] = name.replace(/(-\d+)?\.jpg$/, "\n").split("\n");
      (frames[action] ??= []).push(readFileSync(join(folder, name)).toString("base64"));
    }
    return frames;
  }

  async into(context) {
    await context.addInitScript(stand, this.scenes);
  }
}

/** Runs in the page. */
function stand({ pictures = {}, actor = null, refuses = null, waits = false, size = [1920, 1440] }) {
  globalThis.tracks = [];
  const bitmap = async (text) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    return createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
  };
  const loaded = async (list) => Promise.all(list.map(bitmap));
  const find = (selector, from = document) => {
    for (const element of from.querySelectorAll("*")) {
      if (element.matches(selector)) return element;
      const inside = element.shadowRoot && find(selector, element.shadowRoot);
      if (inside) return inside;
    }
    return null;
  };
  const open = async ({ video }) => {
    if (refuses) throw new DOMException("", refuses);
    if (waits) await new Promise((permitted) => Object.assign(globalThis, { permit: permitted }));
    const front = video.facingMode.ideal === "user";
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = front ? [480, 640] : size;
    const context = canvas.getContext("2d");
    const frames = {};
    if (front && actor) {
      const { hasty, ...lists } = actor;
      for (const [action, list] of Object.entries(lists)) frames[action] = await loaded(list);
    }
    // A movement takes so long, milliseconds.
    const lasts = actor?.hasty ? 300 : 1500;
    const scenes = {};
    for (const [name, text] of Object.entries(pictures)) scenes[name] = await bitmap(text);
    let [asked, since] = ["", 0];
    const draw = () => {
      const { width, height } = canvas;
      if (front && actor) {
        const shown = find("svg.movement")?.classList[1] ?? "";
        if (shown !== asked) [asked, since] = [shown, performance.now()];
        // It is read, then made.
        const at = (performance.now() - since - 500) / lasts;
        const makes = asked && asked !== globalThis.leavesOut && at >= 0 && at < 1;
        const list = makes ? frames[asked] : frames.still;
        const frame = list[Math.min(list.length - 1, Math.floor(at * list.length))] ?? list[0];
        // Grain, and the sway of a hand.
        const [x, y] = [2 * Math.sin(performance.now() / 400), 2 * Math.cos(performance.now() / 530)];
        context.drawImage(frame, x - 4, y - 4, width + 8, height + 8);
      } else {
        const picture = scenes[globalThis.before ?? (front ? "selfie" : "front")];
        if (picture) {
          const scale = Math.max(width / picture.width, height / picture.height);
          const [w, h] = [picture.width * scale, picture.height * scale];
          context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h);
        }
      }
      context.fillStyle = `rgb(${Math.floor(performance.now()) % 256} 0 0)`;
      context.fillRect(0, 0, 1, 1);
    };
    draw();
    const timer = setInterval(draw, front ? 33 : 100);
    const stream = canvas.captureStream(30);
    const [track] = stream.getVideoTracks();
    globalThis.tracks.push(track);
    const stop = track.stop.bind(track);
    track.stop = () => {
      clearInterval(timer);
      stop();
    };
    return stream;
  };
  Object.defineProperty(navigator, "mediaDevices", {
    value: refuses === "absent" ? undefined : { getUserMedia: open },
  });
}
