#!/usr/bin/env python3
"""One verification by the Python packages that one would otherwise take.

  verify_peer.py --models DIR --document FRONT --selfie SELFIE [--rounds N] [--threads N]

What it does is what `bonafide` does between bytes and similarity, by the
shortest way in Python: OpenCV decodes both pictures (EXIF honoured), rapidocr
with its defaults reads the document, and the same face networks on the same
ONNX Runtime find, mesh, align and embed the faces. It judges no picture, reads
no machine-readable zone, repairs nothing and decides nothing, which favours it.
Models are loaded, and one round is run, before anything is timed.

Needs rapidocr 3.10.0, onnxruntime 1.32.0, numpy and OpenCV. DIR is the folder
that `bonafide models install` made. Prints one JSON object: `ms`, the median
milliseconds by stage; `total_ms`, the median of the whole; `lines`, how many
lines of text were read; `distance` between the two faces; `peak_mib`.
"""
import argparse
import json
import logging
import resource
import statistics
import sys
import time

import cv2
import numpy as np
import onnxruntime

# Eyes, nose and corners of the mouth on a face 112 pixels wide.
TEMPLATE = np.array([[38.3, 51.7], [73.5, 51.5], [56.0, 71.7], [41.5, 92.4], [70.7, 92.2]], np.float32)
# The same points in the 468 of the mesh: both corners of each eye are averaged.
MESH_POINTS = [(33, 133), (362, 263), (4,), (61,), (291,)]


class Stages:
    """Milliseconds by stage of one round."""

    def __init__(self):
        self.ms = {}

    def time(self, name, work):
        begun = time.perf_counter()
        result = work()
        self.add(name, (time.perf_counter() - begun) * 1000)
        return result

    def add(self, name, ms):
        self.ms[name] = self.ms.get(name, 0.0) + ms


class Faces:
    """The face networks, loaded."""

    def __init__(self, folder, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        load = lambda role: onnxruntime.InferenceSession(
            f"{folder}/{role}.onnx", options, providers=["CPUExecutionProvider"])
        self.detection, self.mesh = load("face-detection"), load("face-mesh")
        self.a, self.b = load("face-embedding-a"), load("face-embedding-b")
        self.anchors = anchors()

    def detect(self, rgb):
        """The box (left, top, right, bottom) of the likeliest face, in picture pixels."""
        scale = 256 / max(rgb.shape[:2])
        small = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        canvas = np.zeros((256, 256, 3), np.uint8)
        canvas[:small.shape[0], :small.shape[1]] = small[:256, :256]
        scores16, scores32, boxes16, boxes32 = run(self.detection, canvas / 127.5 - 1)
        scores = np.concatenate([scores16[0, :, 0], scores32[0, :, 0]])
        boxes = np.concatenate([boxes16[0], boxes32[0]])
        best = int(scores.argmax())
        if scores[best] < 0:
            return None
        centre, size = self.anchors[best] + boxes[best, :2], boxes[best, 2:4]
        return np.concatenate([centre - size / 2, centre + size / 2]) / scale

    def points(self, rgb, box):
        """Five points of the face, in picture pixels."""
        centre, side = (box[:2] + box[2:]) / 2, 1.5 * (box[2:] - box[:2]).max()
        left, top = centre - side / 2
        to_crop = np.float32([[192 / side, 0, -left * 192 / side], [0, 192 / side, -top * 192 / side]])
        crop = cv2.warpAffine(rgb, to_crop, (192, 192))
        landmarks = max(run(self.mesh, crop / 255.0), key=np.size).reshape(468, 3)[:, :2]
        five = np.array([landmarks[list(which)].mean(0) for which in MESH_POINTS], np.float32)
        return five * side / 192 + [left, top]

    def embed(self, rgb, points):
        """dlib's vector joined with 0.8 times the square root of the other, normalised."""
        chip = aligned(rgb, points, 150, 0.76)
        first = run(self.a, (chip - [122.782, 117.001, 104.298]) / 256)[0][0]
        chip = aligned(rgb, points, 224, 0.9)
        second = sum(run(self.b, face - [123.68, 116.779, 103.939])[0][0]
                     for face in (chip.astype(np.float64), chip[:, ::-1].astype(np.float64)))
        second = np.sqrt(np.maximum(second, 0))
        return np.concatenate([first / np.linalg.norm(first), 0.8 * second / np.linalg.norm(second)])


def anchors():
    """Centres of the detector's 512 + 384 anchors, in its own pixels."""
    centres = []
    for stride, times in ((16, 2), (32, 6)):
        grid = (np.arange(256 // stride) + 0.5) * stride
        for y in grid:
            centres += [(x, y) for x in grid for _ in range(times)]
    return np.array(centres)


def aligned(rgb, points, size, zoom):
    """The face turned upright on a square of `size` pixels."""
    goal = ((TEMPLATE - 56) * zoom + 56) * size / 112
    warp, _ = cv2.estimateAffinePartial2D(points.astype(np.float32), goal.astype(np.float32))
    return cv2.warpAffine(rgb, warp, (size, size))


def run(session, rgb):
    """Runs a network on one picture of rows, columns, channels."""
    tensor = np.ascontiguousarray(rgb.transpose(2, 0, 1)[None], np.float32)
    return session.run(None, {session.get_inputs()[0].name: tensor})


def verify(reader, faces, document, selfie):
    """One verification: stage times, lines read, distance of the faces."""
    stages = Stages()
    pictures = [stages.time("decode", lambda p=path: cv2.imread(p)) for path in (document, selfie)]
    read = reader(pictures[0])
    for name, seconds in zip(("text detection", "text orientation", "text recognition"), read.elapse_list):
        stages.add(name, (seconds or 0.0) * 1000)
    vectors = []
    for picture in pictures:
        rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
        box = stages.time("face detection", lambda: faces.detect(rgb))
        if box is None:
            continue
        points = stages.time("face mesh", lambda: faces.points(rgb, box))
        vectors.append(stages.time("face embedding", lambda: faces.embed(rgb, points)))
    distance = float(np.linalg.norm(vectors[0] - vectors[1])) if len(vectors) == 2 else None
    return stages.ms, len(read.txts or ()), distance


def main():
    arguments = argparse.ArgumentParser()
    for name in ("--models", "--document", "--selfie"):
        arguments.add_argument(name, required=True)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--threads", type=int, default=2)
    arguments = arguments.parse_args()
    logging.disable(logging.INFO)
    from rapidocr import RapidOCR

    cv2.setNumThreads(arguments.threads)
    reader = RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": arguments.threads})
    faces = Faces(arguments.models, arguments.threads)
    verify(reader, faces, arguments.document, arguments.selfie)
    rounds, totals = [], []
    for _ in range(arguments.rounds):
        begun = time.perf_counter()
        ms, lines, distance = verify(reader, faces, arguments.document, arguments.selfie)
        totals.append((time.perf_counter() - begun) * 1000)
        rounds.append(ms)
    stages = {name: statistics.median(one.get(name, 0.0) for one in rounds) for name in rounds[0]}
    total = statistics.median(totals)
    stages["everything else"] = total - sum(stages.values())
    json.dump({
        "ms": {name: round(ms, 1) for name, ms in stages.items()},
        "total_ms": round(total, 1),
        "lines": lines,
        "distance": distance,
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }, sys.stdout)
    print()


if __name__ == "__main__":
    main()
