"""What training both networks has in common: the step, the averaged weights, the file."""

import copy
import io
import math
import time
from pathlib import Path

import torch

WARM = 100
"""Steps until the rate of learning is reached."""


def train(network, batches, loss_of, right_of, written, arguments, decay):
    """Trains `network` for `arguments.steps` steps and hands its averaged weights on.

    `batches()` gives inputs and targets; `loss_of(outputs, targets)` what to make
    small; `right_of` the share that is right, for the log alone; `written(network)`
    keeps the averaged network, every 250 steps and at the end. The rate of learning
    is warmed up and then falls as a cosine.
    """
    average = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), arguments.rate, weight_decay=decay)
    began = time.monotonic()
    losses = right = 0.0
    for step in range(arguments.steps):
        share = step / arguments.steps
        rate = arguments.rate * min((step + 1) / WARM, 0.5 + 0.5 * math.cos(math.pi * share) + 0.003)
        for group in optimiser.param_groups:
            group["lr"] = rate
        inputs, wanted = batches()
        outputs = network(inputs)
        loss = loss_of(outputs, wanted)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        follow(average, network, min(0.995, (step + 1) / (step + 10)))
        losses, right = losses + loss.item(), right + right_of(outputs.detach(), wanted)
        if step % 50 == 49:
            spent = time.monotonic() - began
            print(f"{step + 1} {losses / 50:.4f} {right / 50:.4f} {spent:.0f} s", flush=True)
            losses = right = 0.0
        if step % 250 == 249:
            written(average)
    written(average)


def follow(average, network, keep):
    """Moves the averaged weights towards the network's."""
    with torch.no_grad():
        for a, b in zip(average.state_dict().values(), network.state_dict().values()):
            if a.dtype.is_floating_point:
                a.mul_(keep).add_(b, alpha=1 - keep)
            else:
                a.copy_(b)


def exported(network, shape, inputs, outputs, path):
    """Writes `network` as ONNX, the first axis of both sides open."""
    made = io.BytesIO()
    torch.onnx.export(
        copy.deepcopy(network).eval(),
        torch.zeros(*shape),
        made,
        input_names=[inputs],
        output_names=[outputs],
        opset_version=13,
        dynamic_axes={inputs: {0: "N"}, outputs: {0: "N"}},
    )
    Path(path).write_bytes(made.getvalue())
