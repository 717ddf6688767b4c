import { Camera, Person, launch } from "./browser.mjs";
import { Installation, actor, specimen } from "./installation.mjs";
import { Way } from "./way.mjs";
const passport = specimen("passport", "--seed", process.env.SEED ?? "4");
const frames = Camera.actor(actor(passport.file("selfie.jpg")));
const inst = await Installation.start({});
const browser = await launch();
for (let i = 0; i < 4; i++) {
  const camera = new Camera({ actor: frames, pictures: {} });
  const person = await Person.at(browser, { camera });
  const o = await inst.open();
  await inst.fill(o.token, { claims: passport.claims, front: passport.file("front.jpg"), selfie: passport.file("selfie.jpg") });
  let taken, asked, size;
  person.page.on("response", async (r) => { const u = r.url(); if (u.endsWith("/challenge")) asked = (await r.json()).steps.map((s) => s.action).join(); if (u.includes("/transfers")) { const j = await r.json().catch(() => ({})); size = j.length; if (j.taken) taken = j.taken.faults.map((f) => f.code + ": " + f.what.en).join(" | "); } });
  await person.go(o.url);
  const way = new Way(person);
  await way.live();
  const t = Date.now();
  while (taken === undefined && Date.now() - t < 60000) await new Promise((r) => setTimeout(r, 500));
  console.log(asked, size, "=>", taken, Date.now() - t, person.troubles);
  await person.context.close();
}
await browser.close(); await inst.stop();
