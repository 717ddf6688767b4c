"""Trains the outline network and writes it as ONNX.

    python3 train.py PHOTOGRAPHS --out document-outline.onnx [--steps N] [--resume FILE]

One thread and fixed seeds: the same photographs and versions give the same
weights. Needs PyTorch (1.13 was used) and NumPy.
"""

import argparse
import copy
import io
import math
import time
from pathlib import Path

import torch
from torch.nn import functional

from network import OutlineNet
from photographs import CANVAS, Photographs

SEED = 20_261_124
BATCH = 24
RATE = 4e-3
WARM = 100


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
    network = copy.deepcopy(network).eval()
    made = io.BytesIO()
    torch.onnx.export(
        network,
        torch.zeros(1, 3, CANVAS, CANVAS),
        made,
        input_names=["picture"],
        output_names=["maps"],
        opset_version=13,
        dynamic_axes={"picture": {0: "N"}, "maps": {0: "N"}},
    )
    Path(path).write_bytes(made.getvalue())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photographs")
    parser.add_argument("--out", required=True)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--resume")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--keep-every", type=int, default=500)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    photographs = Photographs(arguments.photographs, SEED)
    network = OutlineNet().to(memory_format=torch.channels_last)
    if arguments.resume:
        from resume import restored

        network = restored(network, arguments.resume, photographs.batch(64)[0])
    average = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), arguments.rate, weight_decay=0.02)
    began = time.monotonic()
    losses = overlaps = 0.0
    for step in range(arguments.steps):
        share = step / arguments.steps
        rate = arguments.rate * min((step + 1) / WARM, 0.5 + 0.5 * math.cos(math.pi * share) + 0.003)
        for group in optimiser.param_groups:
            group["lr"] = rate
        canvases, wanted = photographs.batch(BATCH)
        logits = network(canvases)
        loss = loss_of(logits, wanted)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        follow(average, network, min(0.995, (step + 1) / (step + 10)))
        losses, overlaps = losses + loss.item(), overlaps + overlap(logits.detach(), wanted)
        if step % 50 == 49:
            spent = time.monotonic() - began
            print(f"{step + 1} {losses / 50:.4f} {overlaps / 50:.4f} {spent:.0f} s", flush=True)
            losses = overlaps = 0.0
        if step % arguments.keep_every == arguments.keep_every - 1:
            written(average, arguments.out)
            torch.save(average.state_dict(), arguments.out + ".pt")
    written(average, arguments.out)


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
