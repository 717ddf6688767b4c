"""Trains the outline network and writes it as ONNX.

    python3 train.py PHOTOGRAPHS --out document-outline.onnx [--steps N] [--resume FILE]

One thread and fixed seeds: the same photographs and versions give the same
weights. Needs PyTorch (1.13 was used) and NumPy.
"""

import argparse
import sys
from pathlib import Path

import torch
from torch.nn import functional

sys.path.append(str(Path(__file__).parent.parent))
from training import exported, train

from network import OutlineNet
from photographs import CANVAS, Photographs

SEED = 20_261_124
BATCH = 24
RATE = 4e-3


def loss_of(logits, wanted):
    """Cross entropy of the three maps, and the overlap of the first."""
    weight = torch.tensor([1.0, 0.7, 2.0]).view(1, 3, 1, 1)
    entropy = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    found, there = torch.sigmoid(logits[:, 0]), wanted[:, 0]
    both = (found * there).sum((1, 2))
    dice = 1 - (2 * both + 20) / (found.sum((1, 2)) + there.sum((1, 2)) + 20)
    return (entropy * weight).mean() + 0.5 * dice.mean()


def overlap(logits, wanted):
    """Mean intersection over union of the first map, pictures with a document only."""
    found, there = logits[:, 0] > 0, wanted[:, 0] > 0.5
    both, either = (found & there).sum((1, 2)), (found | there).sum((1, 2))
    some = there.sum((1, 2)) > 0
    return (both[some] / either[some]).mean().item()


def written(network, path):
    """The network as ONNX."""
    exported(network, (1, 3, CANVAS, CANVAS), "picture", "maps", path)
    torch.save(network.state_dict(), path + ".pt")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photographs")
    parser.add_argument("--out", required=True)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--resume")
    parser.add_argument("--rate", type=float, default=RATE)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    photographs = Photographs(arguments.photographs, SEED)
    network = OutlineNet().to(memory_format=torch.channels_last)
    if arguments.resume:
        from resume import restored

        network = restored(network, arguments.resume, photographs.batch(64)[0])

    def batches():
        return photographs.batch(BATCH)

    train(network, batches, loss_of, overlap, lambda n: written(n, arguments.out), arguments, 0.02)


if __name__ == "__main__":
    main()
