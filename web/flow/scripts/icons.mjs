// The installed page's icons, drawn anew from the numbers of static/icon.svg: browsers that install
// a page, and phones' home screens, take no SVG.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";

const into = fileURLToPath(new URL("../generated/public", import.meta.url));
/** Of the drawing. */
const SIDE = 48;
const GROUND = [0x0a, 0x58, 0xca];
const STROKE = 3;

/** Points of a cubic curve. */
function curve([a, b, c, d]) {
  return Array.from({ length: 24 }, (_, at) => {
    const [t, u] = [(at + 1) / 24, 1 - (at + 1) / 24];
    return [0, 1].map((i) => u ** 3 * a[i] + 3 * u * u * t * b[i] + 3 * u * t * t * c[i] + t ** 3 * d[i]);
  });
}

const SHIELD = [
  [24, 8],
  [11, 13],
  [11, 23],
  ...curve([[11, 23], [11, 32], [16.5, 37.5], [24, 40.5]]),
  ...curve([[24, 40.5], [31.5, 37.5], [37, 32], [37, 23]]),
  [37, 13],
  [24, 8],
];
const TICK = [[18, 23.5], [22.5, 28], [30.5, 19]];

/** How far `(x, y)` is from a line of points. */
function away(line, x, y) {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < line.length; i += 1) {
    const [[ax, ay], [bx, by]] = [line[i - 1], line[i]];
    const [dx, dy] = [bx - ax, by - ay];
    const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    least = Math.min(least, Math.hypot(x - ax - t * dx, y - ay - t * dy));
  }
  return least;
}

/** How far `(x, y)` is outside the ground with corners of `radius`; inside it is less than 0. */
function outside(x, y, radius) {
  const [dx, dy] = [x, y].map((at) => Math.abs(at - SIDE / 2) - SIDE / 2 + radius);
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
}

const covered = (distance, scale) => Math.min(1, Math.max(0, 0.5 - distance * scale));

/** Red, green, blue and cover of each pixel, row by row, each row begun by its filter: none. */
function pixels(size, radius) {
  const scale = size / SIDE;
  const bytes = Buffer.alloc(size * (4 * size + 1));
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const [x, y] = [(column + 0.5) / scale, (row + 0.5) / scale];
      const white = covered(Math.min(away(SHIELD, x, y), away(TICK, x, y)) - STROKE / 2, scale);
      const at = row * (4 * size + 1) + 1 + 4 * column;
      for (let i = 0; i < 3; i += 1) bytes[at + i] = Math.round(GROUND[i] + (255 - GROUND[i]) * white);
      bytes[at + 3] = Math.round(255 * covered(radius ? outside(x, y, radius) : -SIDE, scale));
    }
  }
  return bytes;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function png(size, radius) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits of each of four channels.
  header.set([8, 6], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels(size, radius), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

mkdirSync(into, { recursive: true });
writeFileSync(`${into}/icon-192.png`, png(192, 11));
writeFileSync(`${into}/icon-512.png`, png(512, 11));
// Systems cut these to a shape of their own.
writeFileSync(`${into}/icon-whole-512.png`, png(512, 0));
writeFileSync(`${into}/apple-touch-icon.png`, png(180, 0));
