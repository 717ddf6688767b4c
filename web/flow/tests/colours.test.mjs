// Contrast of what is no text (WCAG 1.4.11), which axe does not measure: three to one.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { acting, house } from "./house.mjs";
import { specimen } from "./installation.mjs";

const LEAST = 3;
const passport = specimen("passport", "--seed", "4");

/** In the page: how a colour of `element` stands out from what it lies on. */
function outstanding(element, property) {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const pixel = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return context.getImageData(0, 0, 1, 1).data;
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  let ground = element;
  let below = null;
  while (!below && ground) {
    ground = ground.assignedSlot ?? ground.parentElement ?? ground.getRootNode().host;
    const painted = ground && pixel(getComputedStyle(ground).backgroundColor);
    if (painted?.[3] === 255) below = light(painted);
  }
  const own = light(pixel(getComputedStyle(element)[property]));
  return (Math.max(own, below) + 0.05) / (Math.min(own, below) + 0.05);
}

/** Red, green and blue of a bar's beginning and end, as they are on the screen. */
async function ends(locator) {
  const png = (await locator.screenshot()).toString("base64");
  return locator.evaluate(async (_, png) => {
    const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d", { willReadFrequently: true });
    context.drawImage(picture, 0, 0);
    const at = (share) => [...context.getImageData(picture.width * share, picture.height / 2, 1, 1).data].slice(0, 3);
    return [at(0.1), at(0.9)];
  }, png);
}

function contrast(a, b) {
  const [x, y] = [a, b].map((colour) => {
    const [r, g, b] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  });
  return Math.max(x, y) / Math.min(x, y);
}

// The two that stand out least by themselves: on white, and on the dark card.
for (const colour of ["#fff35c", "#04122e"]) {
  describe(`an operator's ${colour}`, () => {
    const here = house({ BONAFIDE_PAGES_COLOUR: colour });

    for (const dark of [false, true]) {
      test(`stands out on every screen, ${dark ? "in the dark" : "in the light"}`, async () => {
        const { person, way } = await here.arrive({ dark, camera: acting(passport) }, { filled: {} });
        const { page } = person;
        const measured = {};
        const measure = async (name, locator, property) => {
          measured[name] = await locator.evaluate(outstanding, property);
        };
        await way.on("choose.title");
        const option = page.locator("label.choice").first();
        await option.click();
        await measure("chosen", option, "borderTopColor");
        const first = page.getByRole("button", { name: way.say("common.continue") });
        await measure("button", first, "borderTopColor");
        assert.match(await first.evaluate((button) => getComputedStyle(button).backgroundColor), rgb(colour));
        await way.choose(passport.claims);
        await way.details(passport.claims);
        await way.on("picture.front_title");
        measured.progress = contrast(...(await ends(page.locator(".bar progress"))));
        await person.keep(`30-colour-${colour.slice(1)}-${dark ? "dark" : "light"}`);
        await way.press("picture.open_camera");
        await measure("shutter", page.locator(".shutter"), "borderTopColor");
        await measure("shutter's middle", page.locator(".shutter span"), "backgroundColor");
        for (const [name, ratio] of Object.entries(measured)) {
          assert.ok(ratio >= LEAST, `${name}: ${ratio.toFixed(2)} to one`);
        }
        await person.leave();
      });
    }
  });
}

/** As a browser writes it. */
function rgb(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return new RegExp(`^rgb\\(${r}, ${g}, ${b}\\)$`);
}
