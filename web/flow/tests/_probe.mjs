import { Installation, specimen } from "./installation.mjs";
import { readFileSync } from "node:fs";
const inst = await Installation.start({});
async function put(kind, seed, fault, place, file) {
  const s = specimen(kind, "--seed", seed, ...(fault ? ["--fault", fault] : []));
  const o = await inst.open();
  await inst.fill(o.token, { claims: s.claims });
  const r = await fetch(`${inst.address}/v1/applicant/uploads/${place}`, { method: "PUT", headers: { Authorization: `Bearer ${o.token}` }, body: readFileSync(s.file(file)) });
  const j = await r.json();
  console.log(kind, seed, fault, file, "->", place, r.status, j.code ?? j.faults.map((f) => f.code + (f.region ? "*" : "")).join());
}
await put("chinese_id", "4", "", "front", "back.jpg");
for (const seed of ["1", "2", "3", "6"]) await put("passport", seed, "corner-cut", "front", "front.jpg");
await put("chinese_id", "4", "corner-cut", "front", "front.jpg");
await put("chinese_id", "2", "corner-cut", "front", "front.jpg");
await put("passport", "4", "dark", "front", "front.jpg");
await inst.stop();
