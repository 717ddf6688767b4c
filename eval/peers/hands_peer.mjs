/*
 * The hand and body networks of @vladmandic/human, the package the manifest pins, on pictures.
 *
 *     node eval/peers/hands_peer.mjs PACKAGE WASM [--size PIXELS] PICTURE...
 *
 * PACKAGE and WASM are the unpacked archives of `npm pack @vladmandic/human@3.3.6` and of
 * `npm pack @tensorflow/tfjs-backend-wasm@4.22.0` (the first brings none, and WebGL drawn without a
 * graphics card takes seconds a picture for the same scores). Needs `npm ci` in web/flow, and
 * Chromium; asks no network.
 *
 * One line of JSON a picture, in its pixels: the hands that handtrack finds and what
 * handlandmark-lite says of each (the package squashes that probability once more, so that 0.5 is
 * no hand and 0.73 a sure one), elbows and wrists as movenet-lightning sees them (it takes every
 * picture for one body), the surest face, and milliseconds of all networks, faces too. The floor
 * is far below any threshold one would use: the threshold is chosen from the lines, not here.
 */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const FLOOR = 0.1;
const flow = createRequire(new URL("../../web/flow/package.json", import.meta.url));
const { chromium } = flow("playwright-core");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { size: { type: "string", default: "1280" } },
});
const [human, wasm, ...pictures] = positionals;
if (!pictures.length) throw new Error("usage: hands_peer.mjs PACKAGE WASM [--size PIXELS] PICTURE...");

const file = (path) => {
  const [, kind, name] = path.match(/^\/(picture|wasm|models|human\.js)\/?(.*)$/) ?? [];
  if (kind === "picture") return pictures[Number(name)];
  if (kind === "wasm") return join(wasm, "dist", name);
  if (kind === "models") return join(human, "models", name);
  return kind && join(human, "dist/human.esm.js");
};
const types = { js: "text/javascript", json: "application/json", wasm: "application/wasm" };
const server = createServer((request, response) => {
  if (request.url === "/") return response.setHeader("content-type", "text/html").end("<!doctype html>");
  const found = file(new URL(request.url, "http://localhost").pathname);
  if (!found || !existsSync(found)) return response.writeHead(404).end();
  response.setHeader("content-type", types[found.split(".").at(-1)] ?? "application/octet-stream");
  response.end(readFileSync(resolve(found)));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  .find((path) => existsSync(path));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(String(error)));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.evaluate(load, FLOOR);
  for (const [at, picture] of pictures.entries()) {
    const said = await page.evaluate(look, [at, Number(values.size)])
      .catch((error) => ({ error: error.message.split("\n")[0] }));
    console.log(JSON.stringify({ file: picture, ...said }));
  }
} finally {
  await browser.close();
  server.close();
}

/** Runs in the page. */
async function load(floor) {
  const { Human } = await import("/human.js");
  const off = { enabled: false };
  const human = new Human({
    backend: "wasm",
    wasmPath: "/wasm/",
    modelBasePath: "/models/",
    // Else nothing is looked for in a picture without a face, and a picture inherits of the last.
    hand: { enabled: true, minConfidence: floor, maxDetected: 6 },
    body: { enabled: true, minConfidence: floor, maxDetected: 1 },
    cacheSensitivity: 0,
    filter: off,
    gesture: off,
    face: {
      mesh: off, iris: off, emotion: off, description: off,
      detector: { minConfidence: floor, maxDetected: 1 },
    },
  });
  await human.load();
  globalThis.human = human;
}

/** Runs in the page. */
async function look([at, size]) {
  const picture = await createImageBitmap(await (await fetch(`/picture/${at}`)).blob());
  const scale = Math.min(1, size / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(
    Math.round(picture.width * scale), Math.round(picture.height * scale));
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const start = performance.now();
  const found = await globalThis.human.detect(canvas);
  const ms = Math.round(performance.now() - start);
  if (found.error) throw new Error(found.error);
  const whole = (numbers) => numbers.slice(0, 4).map((n) => Math.round(n / scale));
  const arm = ({ part }) => /Wrist|Elbow/.test(part);
  return {
    ms,
    size: [picture.width, picture.height],
    hands: found.hand.map(({ boxScore, fingerScore, label, box }) =>
      ({ score: boxScore, landmarks: fingerScore, label, box: whole(box) })),
    bodies: found.body.map(({ score, keypoints }) => ({
      score,
      arms: keypoints.filter(arm).map(({ part, score, position }) => ({ part, score, at: whole(position) })),
    })),
    face: found.face.map(({ score, box }) => ({ score, box: whole(box) }))[0] ?? null,
  };
}
