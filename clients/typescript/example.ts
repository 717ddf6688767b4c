// An account, its case, a picture, and what the account may do. BONAFIDE_URL and BONAFIDE_KEY
// say which server and who asks; the argument is a picture of a document.
import { readFile } from "node:fs/promises";
import { bonafide, done, file } from "./src/index.js";

const { BONAFIDE_URL: url = "", BONAFIDE_KEY: key = "" } = process.env;
const operator = bonafide(url, key);
const body = { external_id: `typescript-${Date.now()}` };
const path = { account: done(await operator.POST("/v1/accounts", { body })).id };
const opened = { params: { path }, body: { tier: "L2" } };
const applicant = bonafide(url, done(await operator.POST("/v1/accounts/{account}/cases", opened)).token);
const picture = file(await readFile(process.argv[2] ?? "front.jpg"));
const front = { params: { path: { place: "front" } }, ...picture };
const taken = done(await applicant.PUT("/v1/applicant/uploads/{place}", front));
console.log(taken.faults.map((fault) => fault.fix.en));
const may = await operator.GET("/v1/accounts/{account}/entitlements", { params: { path } });
console.log(done(may).words.en);
