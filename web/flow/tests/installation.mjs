// A sandbox as an operator runs it: the built program, the real engine, a key.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const program = join(target, "debug", "bonafide");
export const folder = mkdtempSync(join(tmpdir(), "bonafide-flow-"));
export const screenshots = join(target, "flow-screenshots");

const run = (...words) => execFileSync(program, words, { encoding: "utf8" });

/** A fictional person's pictures and claims. */
export function specimen(kind, ...more) {
  const out = join(folder, [kind, ...more].join("-").replace(/-+/g, "-"));
  run("specimen", "make", kind, "--out", out, ...more);
  const text = readFileSync(join(out, "claims.toml"), "utf8");
  const claims = Object.fromEntries(
    text.split("\n").filter(Boolean).map((line) => {
      const [name, value] = line.split(" = ");
      return [name, value.replace(/^"|"$/g, "")];
    }),
  );
  return { claims, file: (name) => join(out, name) };
}

/** Frames of a face that makes each movement, as `bonafide-eval act` draws them. */
export function actor(still) {
  const out = join(folder, "actor");
  const eval_ = join(target, "debug", "bonafide-eval");
  execFileSync(eval_, ["--act", still, "--out", out, "--bonafide", program], { encoding: "utf8" });
  return out;
}

export class Installation {
  static async start(settings = {}) {
    const data = join(folder, `data-${Math.random().toString(36).slice(2)}`);
    run("init", data, "--kind", "sandbox");
    const env = { ...process.env, BONAFIDE_SERVER_LISTEN: "127.0.0.1:0", ...settings };
    const served = spawn(program, ["serve", "--data", data], {
      env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const address = await new Promise((resolve, reject) => {
      served.stdout.once("data", (line) => resolve(String(line).trim().replace(/^.* on /, "")));
      served.once("exit", () => reject(new Error("the server ended")));
    });
    const scopes = "accounts,spend,review,admin";
    const key = run("key", "--data", data, "--name", "Mei", "--scope", scopes).trim();
    return Object.assign(new Installation(), { data, served, address, key, users: 0 });
  }

  async call(method, path, body, key = this.key) {
    const response = await fetch(this.address + path, {
      method,
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
      body: body ? JSON.stringify(body) : undefined,
    });
    const said = await response.json().catch(() => null);
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(said)}`);
    return said;
  }

  /** A new account's case: its token, and the address that opens it. */
  async open({ tier = "L2", ...profile } = {}) {
    this.users += 1;
    const { id } = await this.call("POST", "/v1/accounts", { external_id: `user-${this.users}` });
    if (Object.keys(profile).length) await this.call("PATCH", `/v1/accounts/${id}`, profile);
    const opened = await this.call("POST", `/v1/accounts/${id}/cases`, { tier });
    return { ...opened, account: id, url: `${this.address}/flow/#token=${opened.token}` };
  }

  /** What the person has done before the test begins. */
  async fill(token, { claims, ...pictures }) {
    const { consents } = await this.call("GET", "/v1/applicant/flow", undefined, token);
    for (const { kind, text_version } of consents) {
      const consent = { text_version, agreed: true };
      await this.call("PUT", `/v1/applicant/consents/${kind}`, consent, token);
    }
    if (claims) await this.call("PUT", "/v1/applicant/details", claims, token);
    await this.put(token, pictures);
  }

  /** Uploads pictures to their places. */
  async put(token, pictures) {
    for (const [place, path] of Object.entries(pictures)) {
      const response = await fetch(`${this.address}/v1/applicant/uploads/${place}`, {
        method: "PUT",
        headers: { Authorization: `Bearer ${token}` },
        body: readFileSync(path),
      });
      if (!response.ok) throw new Error(`${place}: ${await response.text()}`);
    }
  }

  /** The example exchange on this installation: its address. */
  async exchange() {
    const env = { ...process.env, BONAFIDE_URL: this.address, BONAFIDE_KEY: this.key, LISTEN: "127.0.0.1:0" };
    const stdio = ["ignore", "pipe", "inherit"];
    this.shop = spawn(join(target, "debug", "example-exchange"), { env, stdio });
    return new Promise((resolve) => this.shop.stdout.once("data", (line) => resolve(String(line).trim())));
  }

  async stop() {
    this.shop?.kill("SIGTERM");
    this.served.kill("SIGTERM");
    await new Promise((resolve) => this.served.once("exit", resolve));
  }
}

process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
