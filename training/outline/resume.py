"""Goes on from an exported network, in which normalisation is part of the weights."""

import onnx
import torch
from onnx import numpy_helper
from torch import nn


def restored(network, path, canvases):
    """`network` with the weights of the ONNX file `path`.

    Each normalisation gets the statistics of `canvases` and the scale and
    shift that undo them, so that the network computes what the file does.
    """
    model = onnx.load(path)
    stored = {each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in model.graph.initializer}
    convolutions = iter([node for node in model.graph.node if node.op_type == "Conv"])
    shift = {}

    def fill(module, inputs):
        """A convolution takes its weights just before it runs."""
        node = next(convolutions)
        module.weight.data.copy_(stored[node.input[1]])
        bias = stored[node.input[2]] if len(node.input) > 2 else None
        if module.bias is not None:
            module.bias.data.copy_(bias)
        elif bias is not None:
            shift["next"] = bias

    def undo(module, inputs):
        """A normalisation gives back what it will take away."""
        values = inputs[0]
        mean, variance = values.mean((0, 2, 3)), values.var((0, 2, 3), unbiased=False)
        module.running_mean.copy_(mean)
        module.running_var.copy_(variance)
        module.weight.data.copy_((variance + module.eps).sqrt())
        module.bias.data.copy_(shift.pop("next") + mean)

    for name, parameter in network.context.named_parameters():
        parameter.data.copy_(stored[f"context.{name}"])
    hooks = []
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            hooks.append(module.register_forward_pre_hook(fill))
        if isinstance(module, nn.BatchNorm2d):
            hooks.append(module.register_forward_pre_hook(undo))
    network.eval()
    with torch.no_grad():
        network(canvases)
    for hook in hooks:
        hook.remove()
    return network.train()
