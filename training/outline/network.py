"""The outline network: a small U-Net of depthwise-separable convolutions.

Input: one RGB canvas of 192 x 192, (x - 128) / 64, exactly 0 where the canvas
shows no picture. Output: three maps of 48 x 48, logits: inside a document
(beyond the frame and under fingers too), well inside it, on its outline.
"""

import torch
from torch import nn
from torch.nn import functional

WIDTHS = (24, 48, 96, 160)
DEPTHS = (0, 2, 4, 4)


def separable(inside, outside, stride=1):
    """A depthwise 3 x 3 and a pointwise convolution, the latter normalised."""
    return nn.Sequential(
        nn.Conv2d(inside, inside, 3, stride, 1, groups=inside, bias=False),
        nn.Conv2d(inside, outside, 1, bias=False),
        nn.BatchNorm2d(outside),
        nn.ReLU(inplace=True),
    )


class Residual(nn.Module):
    """A separable convolution added to its input."""

    def __init__(self, channels):
        super().__init__()
        self.body = separable(channels, channels)

    def forward(self, x):
        return x + self.body(x)


class OutlineNet(nn.Module):
    """Down to 6 x 6, and up again to 48 x 48."""

    def __init__(self):
        super().__init__()
        first, last = WIDTHS[0], WIDTHS[-1]
        stem = [nn.Conv2d(3, first, 7, 4, 2, bias=False), nn.BatchNorm2d(first), nn.ReLU(inplace=True)]
        self.down = nn.ModuleList([nn.Sequential(*stem, *(Residual(first) for _ in range(DEPTHS[0])))])
        for a, b, depth in zip(WIDTHS, WIDTHS[1:], DEPTHS[1:]):
            level = [separable(a, b, 2), *(Residual(b) for _ in range(depth))]
            self.down.append(nn.Sequential(*level))
        # What the whole picture is about reaches every place.
        self.context = nn.Sequential(nn.Linear(last, last), nn.ReLU(inplace=True), nn.Linear(last, last))
        self.narrow = nn.ModuleList(
            nn.Sequential(nn.Conv2d(b, a, 1, bias=False), nn.BatchNorm2d(a))
            for a, b in zip(WIDTHS, WIDTHS[1:])
        )
        self.up = nn.ModuleList(Residual(a) for a in WIDTHS[:-1])
        self.head = nn.Conv2d(first, 3, 3, 1, 1)

    def forward(self, x):
        skips = []
        for level in self.down:
            x = level(x)
            skips.append(x)
        skips.pop()
        x = x + self.context(x.mean((2, 3)))[:, :, None, None]
        for skip, narrow, up in reversed(list(zip(skips, self.narrow, self.up))):
            x = functional.interpolate(narrow(x), scale_factor=2.0, mode="bilinear", align_corners=False)
            x = up(functional.relu(x + skip))
        return self.head(x)
