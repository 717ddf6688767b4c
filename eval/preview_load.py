#!/usr/bin/env python3
"""How quickly a server of the built program answers the cameras of many people at once.

    python3 eval/preview_load.py [--of front] [--clients 20] [--seconds 30] [--program target/debug/bonafide]

Each asks as the pages do: one frame of 640 pixels at a time, at most three a second; of a face (`--of
selfie`) the pages ask two. Fails where the
median answer takes over 300 ms or a client gets fewer than two a second. Besides the
standard library it needs ffmpeg, to make the frames of specimens, and the installed models.
"""

import argparse
import statistics
import subprocess
import sys
import threading
import time

from load import FOLDER, ROOT, Server, specimens

PAUSE = 1 / 3
# What the pages are meant to feel like: an answer before the hand moves on. Milliseconds, and answers a
# second for the client that has the fewest.
MOST_MS = 300
FEWEST = 2


def frames(program, of, many):
    for folder in specimens(program, many):
        frame = folder / f"frame-{of}.jpg"
        if not frame.exists():
            scale = ["-vf", "scale=640:-2", "-q:v", "4"]
            picture = folder / f"{of}.jpg"
            subprocess.run(["ffmpeg", "-v", "error", "-i", picture, *scale, frame], check=True)
        yield frame.read_bytes()


def client(server, token, of, own, until, took):
    turn = 0
    while time.monotonic() < until:
        begun = time.monotonic()
        server.call("POST", f"/v1/applicant/preview?of={of}", token, own[turn % len(own)])
        took.append(time.monotonic() - begun)
        turn += 1
        time.sleep(max(0, begun + PAUSE - time.monotonic()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--of", choices=["front", "selfie"], default="front")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--program", default=str(ROOT / "target/debug/bonafide"))
    args = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    pictures = list(frames(args.program, args.of, 10))
    server = Server(args.program)
    tokens = []
    for number in range(args.clients):
        account = server.call("POST", "/v1/accounts", server.key, {"external_id": f"user-{number}"})
        path = f"/v1/accounts/{account['id']}/cases"
        tokens.append(server.call("POST", path, server.key, {"tier": "L2"})["token"])
    until = time.monotonic() + args.seconds
    took = [[] for _ in tokens]
    threads = [
        threading.Thread(target=client, args=(server, token, args.of, pictures[at % 10 :] + pictures, until, own))
        for at, (token, own) in enumerate(zip(tokens, took))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server.stop()
    times = sorted(1000 * one for own in took for one in own)
    if not all(took):
        sys.exit("a client got no answer")
    rates = [len(own) / args.seconds for own in took]
    print(f"clients        {args.clients}, {len(times)} answers in {args.seconds} s")
    print(f"answer         {statistics.median(times):.0f} ms median, {times[int(0.95 * len(times))]:.0f} ms for 95 of 100, {times[-1]:.0f} ms at most")
    print(f"a client       {min(rates):.2f} answers a second at least, {statistics.median(rates):.2f} median")
    if statistics.median(times) > MOST_MS:
        sys.exit(f"too slow: the median is over {MOST_MS} ms")
    if min(rates) < FEWEST:
        sys.exit(f"too slow: a client gets fewer than {FEWEST} answers a second")


if __name__ == "__main__":
    main()
