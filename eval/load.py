#!/usr/bin/env python3
"""How a server of the built program stands many people at once: whether each is decided about once,
how long the queue takes to drain, the peak of its memory, and how long it takes to be ready.

    python3 eval/load.py [--sessions 200] [--program target/debug/bonafide] [--worker]

With --worker the server only serves, and once all have submitted `bonafide worker` is started beside it: how
long it takes over the whole queue, and how many cores it keeps busy.

People go for L2 by the sandbox's policy without the live capture, which specimens have none of. They
share twenty passports (made the first time in target/load), so that of each passport one account is
approved and a person looks at the others, whoever came first. Nothing but the standard library is needed, and the models have to be installed.
"""

import argparse
import http.client
import json
import os
import pathlib
import shutil
import subprocess
import sys
import threading
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "target/load"
# What a case comes to when the engine has decided.
DECIDED = {"case.approved", "case.in_review", "case.declined", "case.collecting"}


class Server:
    """`bonafide serve` on a sandbox of its own."""

    def __init__(self, program, apart=False):
        data = FOLDER / "data"
        shutil.rmtree(data, ignore_errors=True)
        run(program, "init", data, "--kind", "sandbox")
        self.key = run(program, "key", "--data", data, "--name", "load", "--scope", "accounts,admin")
        begun = time.monotonic()
        self.process = subprocess.Popen(
            [program, "serve", "--data", data],
            env={
                **os.environ,
                "BONAFIDE_SERVER_LISTEN": "127.0.0.1:0",
                "BONAFIDE_POLICY_FILE": str(without_capture()),
                **({"BONAFIDE_SERVER_WORKERS": "0"} if apart else {}),
            },
            stdout=subprocess.PIPE,
            stderr=(FOLDER / "log.jsonl").open("wb"),
            text=True,
        )
        self.again = 0
        self.address = self.process.stdout.readline().strip().split("//")[-1]
        self.call("GET", "/readyz", self.key)
        self.ready = time.monotonic() - begun
        self.program, self.data = program, data

    def call(self, method, path, token, body=None):
        """Whom the server had no time for asks again, as a person would."""
        while True:
            status, text = self.ask(method, path, token, body)
            if status != 408:
                break
            self.again += 1
        if not 200 <= status < 300:
            raise RuntimeError(f"{method} {path}: {status} {text.decode()}")
        return json.loads(text) if text else None

    def ask(self, method, path, token, body):
        connection = http.client.HTTPConnection(self.address, timeout=1800)
        body = json.dumps(body) if isinstance(body, dict) else body
        connection.request(method, path, body, {"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        return answer.status, answer.read()

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Worker:
    """`bonafide worker` on the data of a server, and how much of the machine it uses."""

    def __init__(self, program, data):
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            [program, "worker", "--data", data],
            env={**os.environ, "BONAFIDE_POLICY_FILE": str(FOLDER / "policy.toml")},
            stdout=subprocess.DEVNULL,
            stderr=(FOLDER / "worker.jsonl").open("wb"),
        )

    def cores(self):
        """How many it kept busy since it began, by its processor time."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return seconds / (time.monotonic() - self.begun)


def memory(process, name):
    """Of a process, MiB: VmHWM is the peak."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) // 1024


def run(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{arguments}: {done.stderr}")
    return done.stdout.strip()


def without_capture():
    """The sandbox's policy, whose L2 asks for no capture."""
    before, l2, after = (ROOT / "policies/sandbox.toml").read_text().partition("[tiers.L2.checks]")
    checks, rest = after.split("[", 1)
    for check in ["liveness", "liveness_pace", "liveness_same_face"]:
        asked = f'\n{check} = "required"'
        assert asked in checks
        checks = checks.replace(asked, f'\n{check} = "off"')
    path = FOLDER / "policy.toml"
    path.write_text(f"{before}{l2}{checks}[{rest}")
    return path


def specimens(program, many):
    for seed in range(many):
        folder = FOLDER / f"specimen-{seed}"
        if not (folder / "selfie.jpg").exists():
            run(program, "specimen", "make", "passport", "--seed", seed, "--out", folder)
        yield folder


def session(server, number, folder, begin, went):
    """One person, from an account to having submitted; what each request took."""
    begin.wait()
    try:
        account = server.call("POST", "/v1/accounts", server.key, {"external_id": f"user-{number}"})
        path = f"/v1/accounts/{account['id']}/cases"
        case = server.call("POST", path, server.key, {"tier": "L2"})
        token = case["token"]
        claims = tomllib.loads((folder / "claims.toml").read_text())
        claims = {name: str(value) for name, value in claims.items()}
        server.call("PUT", "/v1/applicant/details", token, claims)
        agreed = {"text_version": "1", "agreed": True}
        server.call("PUT", "/v1/applicant/consents/face_match", token, agreed)
        for step in server.call("GET", "/v1/applicant/case", token)["steps"]:
            for place in step["places"]:
                picture = (folder / f"{place}.jpg").read_bytes()
                server.call("PUT", f"/v1/applicant/uploads/{place}", token, picture)
        server.call("POST", "/v1/applicant/submit", token)
        went.append((case["id"], folder))
    except Exception as error:
        print(f"user-{number}: {error}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--passports", type=int, default=20)
    parser.add_argument("--worker", action="store_true")
    parser.add_argument("--program", default=str(ROOT / "target/debug/bonafide"))
    args = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    people = list(specimens(args.program, args.passports))
    server = Server(args.program, args.worker)
    idle = memory(server.process, "VmRSS")
    begin, went = threading.Event(), []
    threads = [
        threading.Thread(target=session, args=(server, number, people[number % len(people)], begin, went))
        for number in range(args.sessions)
    ]
    for thread in threads:
        thread.start()
    begun = time.monotonic()
    begin.set()
    for thread in threads:
        thread.join()
    submitted = time.monotonic() - begun
    worker = Worker(args.program, server.data) if args.worker else None
    while server.call("GET", "/readyz", server.key)["waiting"]:
        time.sleep(0.2)
    cases = {}
    for case, _ in went:
        while True:
            view = server.call("GET", f"/v1/cases/{case}", server.key)
            if view["state"] != "assessing":
                break
            time.sleep(0.2)
        cases[case] = view
    drained = time.monotonic() - begun
    if worker:
        took = time.monotonic() - worker.begun
        print(f"the queue      {took:.0f} s for {len(cases)} cases by a worker of its own, from its start")
        most = memory(worker.process, "VmHWM")
        print(f"cores          {worker.cores():.2f} of {os.cpu_count()} kept busy by it, {most} MiB at most")
        worker.process.terminate()
        worker.process.wait()
    events, after = [], 0
    while page := server.call("GET", f"/v1/events?after={after}", server.key):
        events, after = events + page, page[-1]["number"]
    decided = [e["case"] for e in events if e["kind"] in DECIDED]
    peak = memory(server.process, "VmHWM")
    server.stop()
    verdicts = {}
    for view in cases.values():
        verdict = view.get("decision", {}).get("verdict", view["state"])
        verdicts[verdict] = verdicts.get(verdict, 0) + 1
    once = sorted(decided) == sorted(cases)
    approved = [folder for case, folder in went if cases[case]["state"] == "approved"]
    alone = len(approved) == len(set(approved))
    print(f"sessions       {args.sessions}, {len(went)} submitted, verdicts {verdicts}")
    audit = run(args.program, "audit", "verify", "--data", server.data)
    print(f"decided once   {'yes' if once else 'NO'}; one account a passport {'yes' if alone else 'NO'}")
    print(f"audit log      {audit}")
    print(f"ready after    {server.ready:.2f} s")
    print(f"all submitted  {submitted:.0f} s, all decided {drained:.0f} s")
    print(f"asked again    {server.again} times, after a 408")
    print(f"memory         {idle} MiB before, {peak} MiB at most")
    sys.exit(0 if once and alone and len(went) == args.sessions else 1)


if __name__ == "__main__":
    main()
