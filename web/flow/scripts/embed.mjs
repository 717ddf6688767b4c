// Lays what was built into crates/server/flow, with a table of it for the compiler. The server is
// built from that, without Node; `cargo xtask test` builds again and compares.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const from = fileURLToPath(new URL("../dist", import.meta.url));
const into = process.argv[2] ?? fileURLToPath(new URL("../../../crates/server/flow", import.meta.url));
const KINDS = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".json": "application/json",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

rmSync(into, { recursive: true, force: true });
mkdirSync(into, { recursive: true });
cpSync(from, into, { recursive: true });

const files = readdirSync(into, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(into, join(entry.parentPath, entry.name)))
  .sort();
const rows = files.map((path) => {
  const kind = KINDS[extname(path)];
  if (!kind) throw new Error(`${path}: of what kind is it?`);
  writeFileSync(join(into, `${path}.gz`), gzipSync(readFileSync(join(into, path)), { level: 9 }));
  return `    File {
        path: ${JSON.stringify(path)},
        kind: ${JSON.stringify(kind)},
        bytes: include_bytes!(${JSON.stringify(path)}),
        gzip: include_bytes!(${JSON.stringify(`${path}.gz`)}),
    },`;
});
writeFileSync(
  join(into, "files.rs"),
  `// Written by \`cargo xtask web\`.\n&[\n${rows.join("\n")}\n]\n`,
);
