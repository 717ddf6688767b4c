"""Photographs of specimens as the network sees them, varied at random.

What `cargo run -p bonafide-specimen --example outline_photographs` wrote is
cropped, flattened, relit and mixed here; nothing else is trained on.
"""

import json
from pathlib import Path

import numpy
import torch
from torch.nn import functional

CANVAS = 192
# The picture's longer side on the canvas: what is left lets the network say
# how far a document goes on beyond the frame.
PICTURE = 160
MAPS = 48


def homography(source, target):
    """The 3 x 3 map that takes the four points of `source` to `target`."""
    rows, values = [], []
    for (x, y), (u, v) in zip(source, target):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return numpy.append(numpy.linalg.solve(numpy.array(rows), numpy.array(values)), 1).reshape(3, 3)


def applied(matrix, points):
    points = numpy.asarray(points, float).reshape(-1, 2)
    moved = numpy.c_[points, numpy.ones(len(points))] @ matrix.T
    return moved[:, :2] / moved[:, 2:]


def rectangle(left, top, right, bottom):
    return numpy.array([[left, top], [right, top], [right, bottom], [left, bottom]], float)


def area(points):
    x, y = points[:, 0], points[:, 1]
    return abs(x @ numpy.roll(y, -1) - y @ numpy.roll(x, -1)) / 2


class Photographs:
    """The photographs of a folder, drawn at random."""

    def __init__(self, folder, seed):
        folder = Path(folder)
        self.pixels = numpy.memmap(folder / "pixels.bin", numpy.uint8, "r")
        lines = (folder / "photographs.jsonl").read_text().splitlines()
        self.entries = [json.loads(line) for line in lines]
        self.bare = [entry for entry in self.entries if not entry["quads"]]
        self.random = numpy.random.default_rng(seed)
        torch.manual_seed(seed)

    def batch(self, size):
        """`size` canvases and their maps."""
        made = [self.one() for _ in range(size)]
        canvases = torch.stack([canvas for canvas, _ in made])
        return canvases.to(memory_format=torch.channels_last), torch.stack([maps for _, maps in made])

    def one(self):
        entry = self.entries[self.random.integers(len(self.entries))]
        width, height = entry["width"], entry["height"]
        quads = [numpy.array(quad) for quad in entry["quads"]]
        image = self.image(entry)
        frame = self.frame(quads, width, height)
        # The frame's corners in the photograph become the picture's on the canvas.
        across = numpy.linalg.norm(frame[1] - frame[0]) + numpy.linalg.norm(frame[2] - frame[3])
        down = numpy.linalg.norm(frame[3] - frame[0]) + numpy.linalg.norm(frame[2] - frame[1])
        scale = PICTURE / max(across, down)
        half = numpy.array([across, down]) * scale / 2
        place = rectangle(*(CANVAS / 2 - half), *(CANVAS / 2 + half))
        if self.random.random() < 0.5:
            frame = frame[[1, 0, 3, 2]]
        to_canvas = homography(frame, place)
        canvas, inside = warped(image, numpy.linalg.inv(to_canvas), place)
        quads = [applied(to_canvas, quad) for quad in quads]
        quads = [quad for quad in quads if visible(quad, place) > 0.25]
        canvas = self.sheets(self.behind(self.ground(canvas, quads), quads), quads)
        canvas = self.lit(self.stamped(canvas), place)
        return ((canvas - 128) / 64 * inside)[0], torch.stack(shapes(quads, MAPS))

    def image(self, entry):
        """The photograph's pixels, [1, 3, height, width], 0 to 255."""
        width, height, begin = entry["width"], entry["height"], entry["offset"]
        rows = self.pixels[begin : begin + width * height * 3].reshape(height, width, 3)
        return torch.from_numpy(numpy.array(rows)).permute(2, 0, 1).float()[None]

    def frame(self, quads, width, height):
        """The part of the photograph that is the picture: four corners, clockwise."""
        random = self.random
        whole = rectangle(0, 0, width, height)
        kind = random.random()
        if not quads or kind < 0.3:
            if random.random() < 0.5:
                return whole
            share = random.uniform(0.5, 1.0, 2) * (width, height)
            start = random.uniform(0, 1, 2) * ((width, height) - share)
            return rectangle(*start, *(start + share))
        if kind < 0.5:
            return self.scan(quads)
        points = numpy.concatenate(quads)
        low, high = points.min(0), points.max(0)
        size = high - low
        margin = random.uniform(0, random.choice([0.03, 0.15, 0.4]), 4)
        if kind > 0.72:
            # One or two borders of the frame cut the document.
            for border in random.choice(4, random.integers(1, 3), False):
                margin[border] = -random.uniform(0, 0.3)
        low, high = low - margin[:2] * size.max(), high + margin[2:] * size.max()
        low, high = numpy.maximum(low, 0), numpy.minimum(high, (width, height))
        if (high - low).min() < 40:
            return whole
        return rectangle(*low, *high)

    def scan(self, quads):
        """The documents flattened, cropped at their edges or near them."""
        random = self.random
        turned = numpy.roll(quads[0], random.integers(4) if random.random() < 0.3 else 0, 0)
        flatten = homography(turned, rectangle(0, 0, 1, 1))
        points = numpy.concatenate([applied(flatten, quad) for quad in quads])
        low, high = points.min(0), points.max(0)
        around = [(-0.006, 0.006), (-0.03, 0.02), (0.0, 0.08), (0.0, 0.3)][random.integers(4)]
        margin = random.uniform(*around, 4)
        low, high = low - margin[:2] * (high - low), high + margin[2:] * (high - low)
        return applied(numpy.linalg.inv(flatten), rectangle(*low, *high))

    def stamped(self, canvas):
        """Sometimes dark frames with words over everything, as on copies."""
        random = self.random
        if random.random() > 0.15:
            return canvas
        for _ in range(random.integers(1, 3)):
            high = random.integers(8, 26)
            wide = int(high * random.uniform(1, 4))
            x, y = random.integers(10, CANVAS - 10 - wide), random.integers(10, CANVAS - 10 - high)
            ink = torch.zeros(high, wide)
            ink[[0, -1]] = 1
            ink[:, [0, -1]] = 1
            words = torch.from_numpy(random.random((high // 2 + 1, wide // 2 + 1)) > 0.45).float()
            words = words.repeat_interleave(2, 0).repeat_interleave(2, 1)[:high, :wide]
            ink[2:-2, 2:-2] = words[2:-2, 2:-2]
            strength = random.uniform(0.3, 0.9)
            part = canvas[:, :, y : y + high, x : x + wide]
            part += (random.uniform(0, 90) - part) * ink * strength
        return canvas

    def behind(self, canvas, quads):
        """Sometimes other light or a flat ground behind the document."""
        kind = self.random.random()
        if kind > 0.25:
            return canvas
        cover = torch.from_numpy(depths(quads, CANVAS)[0])[None, None]
        if kind < 0.08:
            flat = self.random.choice([255, 255, 250, 235, 20, self.random.uniform(0, 255)])
            return canvas * cover + flat * (1 - cover)
        if 0.02 < cover.mean() < 0.9:
            # A ground as light as the document.
            inner = (canvas * cover).sum((2, 3), True) / cover.sum()
            outer = (canvas * (1 - cover)).sum((2, 3), True) / (1 - cover).sum()
            shift = (inner - outer) * self.random.uniform(0.6, 1.05)
            return canvas + shift * (1 - cover)
        return canvas

    def ground(self, canvas, quads):
        """Mostly another ground, sometimes two that meet along a line, as at a table's edge.

        The drawn surfaces are few; these have no model among them or among those kept
        for measuring, and teach that a document is not known by what it lies on.
        """
        random = self.random
        if random.random() > 0.7:
            return canvas
        cover = torch.from_numpy(depths(quads, CANVAS)[0])[None, None]
        texture = self.texture()
        if random.random() < 0.2:
            x, y = grid(CANVAS)
            angle = random.uniform(0, 2 * numpy.pi)
            side = (x - CANVAS / 2) * numpy.cos(angle) + (y - CANVAS / 2) * numpy.sin(angle)
            beyond = torch.from_numpy((side > random.uniform(-60, 60)).astype(numpy.float32))
            other = canvas if random.random() < 0.4 else self.texture()
            texture = texture + (other - texture) * beyond
        return canvas * cover + texture * (1 - cover)

    def texture(self):
        """A ground of its own, 0 to 255."""
        random = self.random
        kind = random.random()
        if kind < 0.2:
            return self.leaves()
        if kind < 0.35:
            return self.elsewhere()
        height = self.clouds()
        kind = random.random()
        if kind < 0.2:
            height = torch.sigmoid((height - random.uniform(-0.5, 0.5)) * random.uniform(4, 30)) * 2 - 1
        elif kind < 0.4:
            height = 1 - height.abs() * random.uniform(2, 10)
        elif kind < 0.8:
            height = random.uniform(0, 0.5) * height + self.repeated()
            if random.random() < 0.5:
                height = height + self.repeated() * random.uniform(0.2, 1)
        colour = self.colour()
        tint = torch.from_numpy(random.uniform(0.6, 1.4, (3, 1, 1)).astype(numpy.float32))
        return (colour + height.clamp(-1.5, 1.5) * tint * random.uniform(4, 70)).clamp(0, 255)

    def colour(self):
        """Any colour, greyish ones more often."""
        colour = torch.from_numpy(self.random.uniform(10, 245, (3, 1, 1)).astype(numpy.float32))
        return colour.mean() + (colour - colour.mean()) * self.random.uniform(0, 0.8)

    def leaves(self):
        """Small things of all sizes heaped on each other, flat, shaded or striped."""
        random = self.random
        (x, y), canvas = grid(CANVAS), self.colour().expand(3, CANVAS, CANVAS).clone()
        near, spread = self.colour(), random.uniform(5, 90)
        largest = random.uniform(15, 60)
        for _ in range(random.integers(20, 90)):
            size = largest * random.uniform(0.1, 1) ** 1.5 * random.uniform(0.3, 1, 2)
            angle = random.uniform(0, 2 * numpy.pi)
            sin, cos = numpy.float32(numpy.sin(angle)), numpy.float32(numpy.cos(angle))
            dx, dy = x - random.uniform(0, CANVAS), y - random.uniform(0, CANVAS)
            u = (dx * cos + dy * sin) / numpy.float32(size[0])
            v = (dy * cos - dx * sin) / numpy.float32(size[1])
            power = random.choice([1, 2, 2, 8])
            inside = torch.from_numpy((numpy.abs(u) ** power + numpy.abs(v) ** power < 1).astype(numpy.float32))
            shade = torch.from_numpy(random.normal(0, spread, (3, 1, 1)).astype(numpy.float32))
            face = near + shade.mean() + (shade - shade.mean()) * random.uniform(0, 1)
            if random.random() < 0.3:
                face = face + torch.from_numpy(numpy.sin(u * random.uniform(3, 14))) * random.uniform(5, 40)
            canvas = canvas + (face - canvas) * inside
        return canvas.clamp(0, 255)[None]

    def elsewhere(self):
        """A part of a photograph without a document, magnified, turned and recoloured."""
        random = self.random
        entry = self.bare[random.integers(len(self.bare))]
        image, (width, height) = self.image(entry), (entry["width"], entry["height"])
        half, angle = random.uniform(25, 130), random.uniform(0, 2 * numpy.pi)
        turn = numpy.array([[numpy.cos(angle), -numpy.sin(angle)], [numpy.sin(angle), numpy.cos(angle)]])
        corners = rectangle(-1, -1, 1, 1) + random.uniform(-0.3, 0.3, (4, 2))
        corners = corners * half @ turn + random.uniform(0.2, 0.8, 2) * (width, height)
        whole = rectangle(0, 0, CANVAS, CANVAS)
        part = warped(image, homography(whole, corners), whole, "reflection")[0]
        part = part[:, random.permutation(3).tolist()]
        return (part * random.uniform(0.6, 1.5) + random.uniform(-40, 40)).clamp(0, 255)

    def clouds(self):
        """Noise of several sizes, about -1 to 1, a third of the time drawn out one way."""
        random = self.random
        total = torch.zeros(1, 1, CANVAS, CANVAS)
        falls = random.uniform(0.35, 0.95)
        across = random.choice([1, 1, 4])
        for octave, size in enumerate((3, 6, 12, 24, 48, 96)):
            shape = (1, 1, size, max(2, size // across))
            noise = torch.from_numpy(random.standard_normal(shape).astype(numpy.float32))
            if random.random() < 0.5:
                noise = noise.transpose(2, 3)
            grown = functional.interpolate(noise, (CANVAS, CANVAS), mode="bilinear")
            total = total + grown * falls**octave
        return total / total.std().clamp(min=1e-3) * 0.6

    def repeated(self):
        """One small thing at every crossing of a slanted lattice, with or without a step.

        Sometimes seen aslant, each of its own level, with a mark on it.
        """
        random = self.random
        x, y = grid(CANVAS)
        if random.random() < 0.5:
            fall = random.uniform(-0.0025, 0.0025, 2).astype(numpy.float32)
            depth = 1 + fall[0] * (x - CANVAS / 2) + fall[1] * (y - CANVAS / 2)
            x, y = x / depth, y / depth
        angle = random.choice([0, random.uniform(0, numpy.pi)])
        sin, cos = numpy.float32(numpy.sin(angle)), numpy.float32(numpy.cos(angle))
        wide, high = random.uniform(7, 60), random.uniform(7, 60)
        v = (y * cos - x * sin) / high
        u = (x * cos + y * sin) / wide + numpy.floor(v) * random.choice([0, 0.5, 0.33])
        column, row = numpy.floor(u).astype(int), numpy.floor(v).astype(int)
        u, v = u % 1 - 0.5, v % 1 - 0.5
        power = random.choice([1, 2, 8])
        reach = random.uniform(0.2, 0.49)
        inside = (numpy.abs(u / reach) ** power + numpy.abs(v / reach) ** power) < 1
        height = inside * random.uniform(0.5, 2)
        if random.random() < 0.4:
            own = random.normal(0, random.uniform(0.1, 0.8), 64)
            height = height + own[(column * 7 + row * 13) % 64] * inside
        if random.random() < 0.4:
            at, small = random.uniform(-0.2, 0.2, 2), random.uniform(0.05, 0.25, 2)
            mark = (numpy.abs((u - at[0]) / small[0]) + numpy.abs((v - at[1]) / small[1])) < 1
            height = height + mark * random.uniform(-2, 2)
        return torch.from_numpy(height.astype(numpy.float32))[None, None] - 0.5

    def sheets(self, canvas, quads):
        """Sometimes blank and ruled sheets under the documents: they are none."""
        random = self.random
        if random.random() > 0.3:
            return canvas
        cover = torch.from_numpy(depths(quads, CANVAS)[0])
        for _ in range(random.integers(1, 5)):
            half = random.uniform(12, 80, 2)
            sheet = rectangle(*-half, *half) + random.uniform(-0.1, 0.1, (4, 2)) * half
            angle = random.choice([0, 0, random.uniform(0, numpy.pi)])
            turn = numpy.array([[numpy.cos(angle), -numpy.sin(angle)], [numpy.sin(angle), numpy.cos(angle)]])
            sheet = sheet @ turn + random.uniform(10, CANVAS - 10, 2)
            shape = torch.from_numpy(depths([sheet], CANVAS)[0]) * (1 - cover) * random.uniform(0.4, 1)
            colour = torch.from_numpy(random.uniform(0, 255, (3, 1, 1)).astype(numpy.float32))
            grey = colour.mean().expand(3, 1, 1)
            face = (grey + (colour - grey) * random.uniform(0, 0.6)).expand(3, CANVAS, CANVAS)
            if random.random() < 0.4:
                x, y = grid(CANVAS)
                across = x * numpy.float32(turn[0, 1]) + y * numpy.float32(turn[1, 1])
                period = random.uniform(5, 16)
                rows = torch.from_numpy((across % period < 0.35 * period).astype(numpy.float32))
                face = face + rows * random.uniform(-70, 70)
            canvas = canvas + (face - canvas) * shape
        return canvas

    def lit(self, canvas, place):
        """Other light, contrast, sharpness and grain."""
        random = self.random
        if random.random() < 0.25:
            across = torch.linspace(-1, 1, CANVAS)
            angle = random.uniform(0, 2 * numpy.pi)
            side = across[None, :] * numpy.cos(angle) + across[:, None] * numpy.sin(angle)
            edge = (side - random.uniform(-0.7, 0.7)) * random.choice([4, 15, 60])
            canvas = canvas * (1 - random.uniform(0.15, 0.7) * torch.sigmoid(edge))
        gain = random.uniform(0.55, 1.35) * random.uniform(0.88, 1.12, 3)
        contrast = random.uniform(0.4, 1.25) if random.random() < 0.5 else 1.0
        gain = torch.tensor(gain * contrast, dtype=torch.float32).view(1, 3, 1, 1)
        canvas = canvas * gain + (1 - contrast) * random.uniform(40, 220)
        if random.random() < 0.2:
            canvas = canvas[:, random.permutation(3).tolist()]
        if random.random() < 0.18:
            canvas = canvas.mean(1, True).expand(-1, 3, -1, -1)
        if random.random() < 0.3:
            small = int(random.uniform(60, 170))
            canvas = functional.interpolate(canvas, (small, small), mode="bilinear", antialias=True)
            canvas = functional.interpolate(canvas, (CANVAS, CANVAS), mode="bilinear")
        if random.random() < 0.5:
            grain = torch.from_numpy(random.standard_normal((1, 1, CANVAS, CANVAS), numpy.float32))
            canvas = canvas + grain * random.uniform(1, 9)
        return canvas.clamp(0, 255)


def warped(image, to_image, place, beyond="border"):
    """The canvas, and where it shows the picture; `beyond` says what lies around the image."""
    x, y = grid(CANVAS)
    m = to_image.astype(numpy.float32)
    w = m[2, 0] * x + m[2, 1] * y + m[2, 2]
    u = (m[0, 0] * x + m[0, 1] * y + m[0, 2]) / w
    v = (m[1, 0] * x + m[1, 1] * y + m[1, 2]) / w
    height, width = image.shape[2:]
    places = torch.from_numpy(numpy.stack([2 * u / width - 1, 2 * v / height - 1], 2))[None]
    canvas = functional.grid_sample(image, places, mode="bilinear", padding_mode=beyond, align_corners=False)
    (left, top), (right, bottom) = place[0], place[2]
    inside = ((x > left) & (x < right) & (y > top) & (y < bottom)).astype(numpy.float32)
    return canvas, torch.from_numpy(inside)[None, None]


def visible(quad, place):
    """About which share of the quad lies on the picture."""
    steps = numpy.linspace(0.05, 0.95, 10)
    u, v = numpy.meshgrid(steps, steps)
    points = applied(homography(rectangle(0, 0, 1, 1), quad), numpy.c_[u.ravel(), v.ravel()])
    return ((points > place[0]) & (points < place[2])).all(1).mean()


def grid(size):
    centres = (numpy.arange(size, dtype=numpy.float32) + 0.5) * (CANVAS / size)
    return numpy.meshgrid(centres, centres)


def depths(quads, size):
    """Inside and well inside any quad, each `size` x `size`."""
    (x, y), step = grid(size), CANVAS / size
    inside, core = (numpy.zeros((size, size), numpy.float32) for _ in range(2))
    for quad in quads:
        after = numpy.roll(quad, -1, 0)
        along = after - quad
        length = numpy.linalg.norm(along, axis=1)
        sign = numpy.sign((quad[:, 0] * after[:, 1] - after[:, 0] * quad[:, 1]).sum())
        depth = None
        for (px, py), (dx, dy) in zip(quad, sign * along / length[:, None]):
            across = numpy.float32(dx) * y - numpy.float32(dy) * x + numpy.float32(dy * px - dx * py)
            depth = across if depth is None else numpy.minimum(depth, across, out=depth)
        inside = numpy.maximum(inside, (depth / step + 0.5).clip(0, 1))
        short = numpy.float32(min(length[0] + length[2], length[1] + length[3]) / 2)
        core = numpy.maximum(core, ((depth - numpy.float32(0.15) * short) / step + 0.5).clip(0, 1))
    return inside, core


def shapes(quads, size):
    """Inside, well inside, and on the outline of any quad, each `size` x `size`."""
    (x, y), step = grid(size), CANVAS / size
    nearest = numpy.full((size, size), 1e6, numpy.float32)
    for quad in quads:
        for start, end in zip(quad, numpy.roll(quad, -1, 0)):
            nearest = numpy.minimum(nearest, segment(x, y, start, end - start))
    edge = numpy.exp(-0.5 * (nearest / step / 0.7) ** 2)
    return [torch.from_numpy(shape) for shape in (*depths(quads, size), edge)]


def segment(x, y, start, along):
    """The distance to a segment."""
    start, along = start.astype(numpy.float32), along.astype(numpy.float32)
    dx, dy = x - start[0], y - start[1]
    t = (dx * along[0] + dy * along[1]) / max(float(along @ along), 1e-6)
    t = t.clip(0, 1)
    return numpy.sqrt((dx - t * along[0]) ** 2 + (dy - t * along[1]) ** 2)
