"""Trains the zone network and writes it as ONNX.

    python3 train.py FONT --out zone-recognition.onnx [--steps N] [--resume FILE.pt]

One thread and fixed seeds: the same font and versions give the same weights.
Needs PyTorch (1.13 was used), OpenCV, Pillow and NumPy; FONT is OCRB.otf of the
Debian package fonts-ocr-b.
"""

import argparse
import copy
import io
import math
import time
from pathlib import Path

import torch
from torch.nn import functional

from network import HEIGHT, WIDTH, ZoneNet
from rows import IGNORED, Rows

SEED = 20_261_125
BATCH = 32
RATE = 3e-3
WARM = 100


def written(network, path):
    """The network as ONNX: from a row in colour, 0 to 255, to probabilities [N, 160, 38]."""

    class Reader(torch.nn.Module):
        def __init__(self, logits):
            super().__init__()
            self.logits = logits
            self.register_buffer("grey", torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1))

        def forward(self, colour):
            grey = (colour * self.grey).sum(1, True)
            grey = grey - grey.mean((2, 3), True)
            row = grey / ((grey * grey).mean((2, 3), True).sqrt() + 4)
            return torch.softmax(self.logits(row).transpose(1, 2), 2)

    made = io.BytesIO()
    torch.onnx.export(
        Reader(copy.deepcopy(network).eval()),
        torch.zeros(1, 3, HEIGHT, WIDTH),
        made,
        input_names=["row"],
        output_names=["steps"],
        opset_version=13,
        dynamic_axes={"row": {0: "N"}, "steps": {0: "N"}},
    )
    Path(path).write_bytes(made.getvalue())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("font")
    parser.add_argument("--out", required=True)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--resume")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    rows = Rows(arguments.font, arguments.seed)
    network = ZoneNet()
    if arguments.resume:
        network.load_state_dict(torch.load(arguments.resume))
    average = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), arguments.rate, weight_decay=0.01)
    began = time.monotonic()
    losses = right = shown = 0.0
    for step in range(arguments.steps):
        share = step / arguments.steps
        rate = arguments.rate * min((step + 1) / WARM, 0.5 + 0.5 * math.cos(math.pi * share) + 0.003)
        for group in optimiser.param_groups:
            group["lr"] = rate
        pictures, wanted = (torch.from_numpy(part) for part in rows.batch(BATCH))
        logits = network(pictures)
        loss = functional.cross_entropy(logits, wanted, ignore_index=IGNORED)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        follow(average, network, min(0.995, (step + 1) / (step + 10)))
        characters = wanted > 0
        losses += loss.item()
        right += (logits.argmax(1)[characters] == wanted[characters]).sum().item()
        shown += characters.sum().item()
        if step % 50 == 49:
            spent = time.monotonic() - began
            print(f"{step + 1} {losses / 50:.4f} {right / shown:.4f} {spent:.0f} s", flush=True)
            losses = right = shown = 0.0
        if step % 250 == 249:
            written(average, arguments.out)
            torch.save(average.state_dict(), arguments.out + ".pt")
    written(average, arguments.out)
    torch.save(average.state_dict(), arguments.out + ".pt")


def follow(average, network, keep):
    """Moves the averaged weights towards the network's."""
    with torch.no_grad():
        for a, b in zip(average.state_dict().values(), network.state_dict().values()):
            if a.dtype.is_floating_point:
                a.mul_(keep).add_(b, alpha=1 - keep)
            else:
                a.copy_(b)


if __name__ == "__main__":
    main()
