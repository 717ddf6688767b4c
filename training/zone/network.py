"""The zone network: reads one row of a machine-readable zone.

Input: the row in grey, 32 pixels high and 640 wide whatever its proportions,
its mean taken away and divided by its standard deviation. Output: logits of 160
steps across it, of 38 classes: the blank, then 0-9, A-Z and the filler.
"""

import torch
from torch import nn

HEIGHT, WIDTH = 32, 640
STEPS = WIDTH // 4
CLASSES = 38


def block(inside, outside, stride):
    """A 3 x 3 convolution, normalised."""
    return nn.Sequential(
        nn.Conv2d(inside, outside, 3, stride, 1, bias=False),
        nn.BatchNorm2d(outside),
        nn.ReLU(inplace=True),
    )


class Along(nn.Module):
    """A convolution along the row, added to its input."""

    def __init__(self, channels, spread):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv1d(channels, channels, 5, 1, 2 * spread, spread, groups=channels, bias=False),
            nn.Conv1d(channels, channels, 1, bias=False),
            nn.BatchNorm1d(channels),
            nn.ReLU(inplace=True),
        )

    def forward(self, x):
        return x + self.body(x)


class ZoneNet(nn.Module):
    """Shapes first, four pixels of the row to a step; then their neighbours, for pitch and phase."""

    def __init__(self):
        super().__init__()
        self.shapes = nn.Sequential(
            block(1, 24, (2, 1)),
            block(24, 32, (2, 2)),
            block(32, 64, (2, 2)),
            block(64, 96, (2, 1)),
        )
        self.column = nn.Sequential(
            nn.Conv2d(96, 192, (2, 1), bias=False), nn.BatchNorm2d(192), nn.ReLU(inplace=True)
        )
        self.along = nn.Sequential(*(Along(192, spread) for spread in (1, 2, 4, 1, 8, 1)))
        self.head = nn.Conv1d(192, CLASSES, 1)

    def forward(self, x):
        x = self.column(self.shapes(x)).squeeze(2)
        return self.head(self.along(x))
