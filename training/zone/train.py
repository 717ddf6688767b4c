"""Trains the zone network and writes it as ONNX.

    python3 train.py FONT --out zone-recognition.onnx [--steps N] [--resume FILE.pt]

One thread and fixed seeds: the same font and versions give the same weights.
Needs PyTorch (1.13 was used), OpenCV, Pillow and NumPy; FONT is OCRB.otf of the
Debian package fonts-ocr-b.
"""

import argparse
import sys
from pathlib import Path

import torch
from torch.nn import functional

sys.path.append(str(Path(__file__).parent.parent))
from training import exported, train

from network import HEIGHT, WIDTH, ZoneNet
from rows import IGNORED, Rows

SEED = 20_261_125
BATCH = 32
RATE = 3e-3


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

    exported(Reader(network), (1, 3, HEIGHT, WIDTH), "row", "steps", path)
    torch.save(network.state_dict(), path + ".pt")


def loss_of(logits, wanted):
    """Cross entropy by step across the row."""
    return functional.cross_entropy(logits, wanted, ignore_index=IGNORED)


def right_of(logits, wanted):
    """The share of the characters that is right."""
    characters = wanted > 0
    return (logits.argmax(1)[characters] == wanted[characters]).float().mean().item()


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

    def batches():
        return (torch.from_numpy(part) for part in rows.batch(BATCH))

    train(network, batches, loss_of, right_of, lambda n: written(n, arguments.out), arguments, 0.01)


if __name__ == "__main__":
    main()
