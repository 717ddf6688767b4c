"""usearch on the vectors that `cargo xtask eval --only gallery` left in target/eval/gallery.

    python3 eval/peers/gallery_peer.py [--folder FOLDER] [--graphs f32,f16,i8]

Its graph index at defaults in each precision (`--graphs ''` for none), and its exact search. Times
are processor time of one thread, as the section's are; recall is the share of the plain scan's ten
nearest. Needs `pip install usearch numpy`.
"""

import argparse
import json
import resource
import statistics
import time
from pathlib import Path

import numpy as np
from usearch.index import Index, MetricKind, search

DIMENSION = 1152
NEAREST = 10
BLOCK = 4096


def vectors(file):
    return np.memmap(file, dtype=np.float32, mode="r").reshape(-1, DIMENSION)


def recall(found, truth):
    shared = [len(set(map(int, one)) & set(map(int, true))) for one, true in zip(found, truth)]
    return sum(shared) / (NEAREST * len(truth))


def told(name, times, found, truth, build):
    times = sorted(1e3 * t for t in times)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(
        f"{name}: median {statistics.median(times):.2f} ms, 95th percentile "
        f"{times[int(0.95 * (len(times) - 1))]:.2f} ms, recall {recall(found, truth):.4f}, "
        f"built in {build:.0f} s, peak of the process so far {memory:.0f} MB",
        flush=True,
    )


def timed(queries, ask):
    found, times = [], []
    for query in queries:
        start = time.process_time()
        found.append(ask(query))
        times.append(time.process_time() - start)
    return found, times


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, default=Path("target/eval/gallery"))
    parser.add_argument("--graphs", default="f32,f16,i8")
    arguments = parser.parse_args()
    people = vectors(arguments.folder / "vectors.f32")
    queries = np.array(vectors(arguments.folder / "queries.f32"))
    truth = json.loads((arguments.folder / "truth.json").read_text())
    for precision in filter(None, arguments.graphs.split(",")):
        index = Index(ndim=DIMENSION, metric=MetricKind.Cos, dtype=precision)
        start = time.process_time()
        for first in range(0, len(people), BLOCK):
            block = np.array(people[first : first + BLOCK])
            index.add(np.arange(first, first + len(block)), block, threads=1)
        build = time.process_time() - start
        found, times = timed(queries, lambda query: index.search(query, NEAREST, threads=1).keys)
        told(f"graph, {precision}, {len(people)} people", times, found, truth, build)
        del index
    held = np.array(people)
    few = slice(None, None, max(1, len(queries) // 20))
    exact = lambda query: search(held, query, NEAREST, MetricKind.Cos, exact=True, threads=1).keys
    found, times = timed(queries[few], exact)
    told(f"exact, f32, {len(people)} people", times, found, truth[few], 0)


if __name__ == "__main__":
    main()
