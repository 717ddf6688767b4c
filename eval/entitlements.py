#!/usr/bin/env python3
"""How many entitlements a server of the built program reads in a second, and how long each takes.

    python3 eval/entitlements.py [--accounts 1000] [--seconds 20] [--connections 16] [--program …]
                                 [--open-cases]

`wrk` asks, on the same machine: what it takes of the cores the server lacks. The accounts are at L1 by
what they typed, and each has used some of its limit, so that tier, usage and the newest case are read.
With --open-cases each has also begun on L2, and what is missing there is read, details from the vault.
Exit code 1 when fewer than 3,000 are answered in a second, one takes longer than 25 ms at the 99th
percentile, or one is no success.
"""

import argparse
import http.client
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "target/entitlements"
FEWEST, LONGEST_MS = 3000, 25
DETAILS = {
    "surname": "ERIKSSON",
    "given_names": "ANNA MARIA",
    "birth_date": "1974-08-12",
    "document_type": "passport",
    "document_number": "L898902C3",
    "nationality": "UTO",
}
# Each connection asks for one account after another.
SCRIPT = """
local accounts = {{{accounts}}}
local place = 0
request = function()
  place = place % #accounts + 1
  local path = "/v1/accounts/" .. accounts[place] .. "/entitlements"
  return wrk.format("GET", path, {{["Authorization"] = "Bearer {key}"}})
end
done = function(summary, latency)
  io.write(string.format("refused %d\\np99 %.2f\\n", summary.errors.status, latency:percentile(99) / 1000))
end
"""


def run(program, *arguments):
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout.strip()


def call(connection, method, path, token, body=None):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request(method, path, json.dumps(body) if body is not None else None, headers)
    answer = connection.getresponse()
    text = answer.read()
    if not 200 <= answer.status < 300:
        raise RuntimeError(f"{method} {path}: {answer.status} {text.decode()}")
    return json.loads(text) if text else None


def people(address, key, many, open_cases):
    """Accounts at L1, each of which has used some of its limit, and may have begun on L2."""
    connection = http.client.HTTPConnection(address)
    cases = []
    for number in range(many):
        account = call(connection, "POST", "/v1/accounts", key, {"external_id": f"user-{number}"})["id"]
        case = call(connection, "POST", f"/v1/accounts/{account}/cases", key, {"tier": "L1"})
        call(connection, "PUT", "/v1/applicant/details", case["token"], DETAILS)
        call(connection, "POST", "/v1/applicant/submit", case["token"])
        cases.append((account, case["id"]))
    for account, case in cases:
        while call(connection, "GET", f"/v1/cases/{case}", key)["state"] == "assessing":
            time.sleep(0.2)
        ask = {"feature": "deposit", "currency": "USDT", "amount": "5", "reference": "order-1"}
        spent = call(connection, "POST", f"/v1/accounts/{account}/authorize", key, ask)
        assert spent["permitted"], spent
        if open_cases:
            case = call(connection, "POST", f"/v1/accounts/{account}/cases", key, {"tier": "L2"})
            call(connection, "PUT", "/v1/applicant/details", case["token"], DETAILS)
    return [account for account, _ in cases]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--open-cases", action="store_true")
    parser.add_argument("--program", default=str(ROOT / "target/debug/bonafide"))
    args = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is not there: install it (apt-get install wrk).")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    data = FOLDER / "data"
    run(args.program, "init", data, "--kind", "sandbox")
    scopes = "accounts,spend"
    key = run(args.program, "key", "--data", data, "--name", "load", "--scope", scopes)
    environment = {
        **os.environ,
        "BONAFIDE_SERVER_LISTEN": "127.0.0.1:0",
        "BONAFIDE_LIMITS_KEY_PER_MINUTE": "1000000",
        "BONAFIDE_LIMITS_APPLICANT_PER_MINUTE": "1000000",
    }
    server = subprocess.Popen(
        [args.program, "serve", "--data", data],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=(FOLDER / "log.jsonl").open("wb"),
        text=True,
    )
    try:
        address = server.stdout.readline().strip().split("//")[-1]
        accounts = people(address, key, args.accounts, args.open_cases)
        script = FOLDER / "wrk.lua"
        names = ", ".join(f'"{account}"' for account in accounts)
        script.write_text(SCRIPT.format(accounts=names, key=key))
        asked = ["-t1", f"-c{args.connections}", f"-d{args.seconds}s", "--latency", "-s", script]
        said = run("wrk", *asked, f"http://{address}")
    finally:
        server.terminate()
        server.wait()
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    slowest, refused = float(re.search(r"p99 ([\d.]+)", said)[1]), int(re.search(r"refused (\d+)", said)[1])
    print(said)
    print(f"{rate:.0f} a second, {slowest:.1f} ms at the 99th percentile, {refused} refused")
    sys.exit(0 if rate >= FEWEST and slowest <= LONGEST_MS and refused == 0 else 1)


if __name__ == "__main__":
    main()
