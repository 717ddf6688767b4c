"""Rows of invented zones as cameras and scanners show them, drawn at random.

Nothing else is trained on: the letters of the OCR-B font on grounds, in light
and through lenses that this file makes up.
"""

import cv2
import numpy
from PIL import Image, ImageDraw, ImageFont

from network import HEIGHT, STEPS, WIDTH

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
BLANK = 0
IGNORED = -100
# A cell of the drawing, pixels: 2.54 mm wide; rows are 4.23 mm apart, ICAO 9303-3, 4.3.
PITCH, SPACING = 20, 33
# Around the row in the drawing, cells.
BESIDE = 3
LENGTHS = (30, 36, 44)


def atlas(font, weight):
    """The ink of each character in its cell, 0 to 1; `weight` above 1 is bolder."""
    scale, cells = 4, []
    height, width = SPACING * scale, PITCH * scale
    # OCR-B sets ten characters to the inch: its advance is 0.6 or so of its size.
    size = ImageFont.truetype(font, 100).getlength("0")
    face = ImageFont.truetype(font, round(100 * width / size))
    middle = sum(face.getbbox("H")[1::2]) / 2
    for character in ALPHABET:
        cell = Image.new("L", (width, height))
        draw = ImageDraw.Draw(cell)
        draw.text(((width - face.getlength(character)) / 2, height / 2 - middle), character, 255, face)
        ink = numpy.asarray(cell, numpy.float32) / 255
        reach = round(abs(weight))
        if reach:
            kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
            ink = cv2.dilate(ink, kernel) if weight > 0 else cv2.erode(ink, kernel)
        cells.append(cv2.resize(ink, (PITCH, SPACING), interpolation=cv2.INTER_AREA))
    return numpy.stack(cells)


class Rows:
    """Rows and what each of their steps shows."""

    def __init__(self, font, seed):
        self.random = numpy.random.default_rng(seed)
        self.atlases = [atlas(font, weight) for weight in (-2, -1, 0, 0, 1, 2)]

    def batch(self, size):
        """`size` rows [N, 1, 32, 640] and their classes by step [N, 160]."""
        made = [self.one() for _ in range(size)]
        return numpy.stack([row for row, _ in made])[:, None], numpy.stack([steps for _, steps in made])

    def one(self):
        random = self.random
        length = int(random.choice(LENGTHS))
        ink = self.ink(length)
        page = self.printed(ink)
        photo, to_photo = self.photographed(page)
        left, right, top, bottom = self.place(length)
        corners = numpy.float32([[left, top], [right, top], [right, bottom], [left, bottom]])
        corners += random.normal(0, 0.02 * SPACING, (4, 2)).astype(numpy.float32)
        seen = cv2.perspectiveTransform(corners[None], to_photo)[0]
        target = numpy.float32([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]])
        crop = cv2.getPerspectiveTransform(seen, target)
        row = cv2.warpPerspective(photo, crop, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        row = row.astype(numpy.float32)
        row = (row - row.mean()) / (row.std() + 4)
        places = numpy.float32([[(BESIDE + i + 0.5) * PITCH, 1.5 * SPACING] for i in range(length)])
        places = cv2.perspectiveTransform(places[None], crop @ to_photo)[0, :, 0] * STEPS / WIDTH
        return row, self.steps(places)

    def ink(self, length):
        """Three rows of ink, the middle one the row to be read."""
        random = self.random
        glyphs = self.atlases[random.integers(len(self.atlases))]
        cells = length + 2 * BESIDE
        ink = numpy.zeros((3 * SPACING, cells * PITCH), numpy.float32)
        self.text = self.invented(length)
        shown = random.random()
        for line in range(3):
            if line != 1 and shown < 0.35 or line == 2 and shown < 0.5 or line == 0 and 0.5 <= shown < 0.65:
                continue
            text = self.text if line == 1 else self.invented(length)
            lift = int(random.integers(-1, 2))
            for place, symbol in enumerate(text):
                x = (BESIDE + place) * PITCH + int(random.integers(-1, 2))
                y = line * SPACING + lift + (int(random.integers(-1, 2)) if random.random() < 0.2 else 0)
                y = min(max(y, 0), 2 * SPACING)
                part = ink[y : y + SPACING, x : x + PITCH]
                numpy.maximum(part, glyphs[symbol], out=part)
        return ink

    def invented(self, length):
        """Symbols as zones have them: names, numbers and fillers, and anything at all."""
        random, filler = self.random, ALPHABET.index("<")
        kind = random.random()
        if kind < 0.35:
            text = random.integers(0, 36, length)
            text[random.random(length) < random.choice([0.0, 0.1, 0.4])] = filler
        elif kind < 0.7:
            # Digits above all, as in numbers and dates, fillers in runs.
            digits = random.random(length) < random.uniform(0.4, 1)
            text = numpy.where(digits, random.integers(0, 10, length), random.integers(10, 36, length))
            begin = random.integers(0, length)
            text[begin : begin + random.integers(0, 16)] = filler
        else:
            text = random.integers(10, 36, length)
            for _ in range(random.integers(1, 6)):
                begin = random.integers(1, length)
                text[begin : begin + random.integers(1, 3)] = filler
            text[random.integers(length // 3, length + 1) :] = filler
        if random.random() < 0.3:
            # What is taken for one another, more often.
            alike = [ALPHABET.index(c) for c in "0ODQ8B6G5S1I2Z7TCK<EHNMWUVXYPRLF34"]
            some = random.random(length) < 0.5
            text = numpy.where(some, random.choice(alike, length), text)
        return text

    def printed(self, ink):
        """The ink on a ground with lines, shades and sometimes a stamp, 0 to 255."""
        random = self.random
        height, width = ink.shape
        x = numpy.linspace(0, 1, width, dtype=numpy.float32)[None]
        y = numpy.linspace(0, height / width, height, dtype=numpy.float32)[:, None]
        paper = random.uniform(110, 250)
        depth = paper * random.uniform(0.35, 0.97)
        ground = numpy.full((height, width), paper, numpy.float32)
        for _ in range(random.integers(0, 4)):
            # Fine lines, as security print has them.
            angle, count = random.uniform(0, numpy.pi), random.uniform(8, 90)
            bend = random.uniform(0, 0.08) * numpy.sin(random.uniform(2, 25) * x + random.uniform(0, 6))
            phase = (x * numpy.cos(angle) + (y + bend) * numpy.sin(angle)) * count * 2 * numpy.pi
            wave = numpy.sin(phase)
            if random.random() < 0.5:
                wave = numpy.clip(wave * 3 - 2, 0, 1) * 2
            ground += wave * random.uniform(2, 0.14 * paper)
        if random.random() < 0.5:
            slope = (x - 0.5) * random.uniform(-1, 1) + (y - 0.03) * random.uniform(-4, 4)
            ground += slope * random.uniform(10, 70)
        if random.random() < 0.1:
            begin = random.uniform(0, 1)
            ground *= numpy.where(x > begin, random.uniform(0.45, 0.9), 1)
        faded = 1 - random.uniform(0, 0.5) * (random.random() < 0.3) * (0.5 + 0.5 * numpy.sin(x * random.uniform(2, 30)))
        page = ground - ink * depth * faded
        if random.random() < 0.12:
            self.stamped(page)
        if random.random() < 0.06:
            # What shines.
            place = numpy.exp(-(((x - random.uniform(0, 1)) / random.uniform(0.02, 0.15)) ** 2))
            page += place * random.uniform(30, 150)
        return numpy.clip(page, 0, 255)

    def stamped(self, page):
        """Strokes over everything."""
        random = self.random
        height, width = page.shape
        over = page.copy()
        tone = float(random.uniform(60, 190))
        for _ in range(random.integers(1, 4)):
            ends = random.integers(0, [width, height], (2, 2))
            thick = int(random.integers(1, 6))
            if random.random() < 0.5:
                cv2.line(over, ends[0].tolist(), ends[1].tolist(), tone, thick)
            else:
                cv2.circle(over, ends[0].tolist(), int(random.integers(20, 160)), tone, thick)
        share = random.uniform(0.2, 0.8)
        page += (numpy.minimum(over, page) - page) * share

    def photographed(self, page):
        """The page through a lens at some size, and the map of its pixels to the photograph's."""
        random = self.random
        height, width = page.shape
        # Pixels to a character: 4.5 is a passport across 300 pixels or less.
        pitch = min(24.0, 4.5 * (16 / 4.5) ** (random.random() ** 1.6))
        scale = pitch / PITCH
        angle = random.normal(0, 0.035)
        if random.random() < 0.1:
            angle = random.uniform(-0.4, 0.4)
        stretch = random.uniform(0.8, 1.2)
        cos, sin = numpy.cos(angle) * scale, numpy.sin(angle) * scale
        matrix = numpy.array([[cos, -sin * stretch, 0], [sin, cos * stretch, 0], [0, 0, 1]])
        matrix[2, :2] = random.normal(0, 0.15, 2) / [width, 4 * width]
        corners = numpy.float32([[0, 0], [width, 0], [width, height], [0, height]])
        moved = cv2.perspectiveTransform(corners[None], matrix)[0]
        low, high = moved.min(0), moved.max(0)
        shift = numpy.eye(3)
        shift[:2, 2] = -low + random.uniform(0, 1, 2)
        matrix = shift @ matrix
        size = tuple(int(v) for v in numpy.ceil(high - low + 2))
        # What a pixel gathers, and the lens's blur, in pixels of the drawing.
        blur = max(0.35, 0.42 / scale * random.uniform(0.7, 1.2))
        if random.random() < 0.45:
            blur = numpy.hypot(blur, PITCH * random.uniform(0.03, 0.14))
        soft = cv2.GaussianBlur(page, (0, 0), blur)
        if random.random() < 0.12:
            soft = shaken(soft, PITCH * random.uniform(0.1, 0.45), random.uniform(0, numpy.pi))
        photo = cv2.warpPerspective(soft, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        photo = photo * random.uniform(0.55, 1.1) + random.uniform(-20, 20)
        if random.random() < 0.8:
            grain = random.standard_normal(photo.shape, numpy.float32)
            photo += grain * random.uniform(0.5, 8)
        if random.random() < 0.15:
            # Sharpened, as telephones do.
            photo += (photo - cv2.GaussianBlur(photo, (0, 0), 1.2)) * random.uniform(0.3, 1.5)
        photo = numpy.clip(photo, 0, 255).astype(numpy.uint8)
        if random.random() < 0.85:
            quality = int(random.uniform(45, 96))
            photo = cv2.imdecode(cv2.imencode(".jpg", photo, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 0)
        return photo, matrix

    def place(self, length):
        """The row as a detector finds it in the drawing: left, right, top, bottom."""
        random = self.random
        beside = random.uniform(-0.35, 1.0, 2)
        if random.random() < 0.2:
            beside = random.uniform(-0.5, BESIDE - 0.3, 2)
        # Letters are 0.6 of the row's spacing high.
        middle, half = 1.5 + random.normal(0, 0.05), random.uniform(0.32, 0.62)
        left, right = (BESIDE - beside[0]) * PITCH, (BESIDE + length + beside[1]) * PITCH
        return left, right, (middle - half) * SPACING, (middle + half) * SPACING

    def steps(self, places):
        """The class of each step: a character about its middle, the blank between two."""
        steps = numpy.full(STEPS, BLANK, numpy.int64)
        centres = numpy.arange(STEPS) + 0.5
        pitch = (places[-1] - places[0]) / (len(places) - 1)
        for symbol, place in zip(self.text, places):
            off = abs(centres - place) / pitch
            steps[(off < 0.31) & (steps == BLANK)] = IGNORED
            nearest = int(numpy.argmin(off))
            if off[nearest] < 0.36:
                steps[off < 0.22] = symbol + 1
                steps[nearest] = symbol + 1
        return steps


def shaken(image, length, angle):
    """Moved by `length` pixels while exposed."""
    size = int(length) | 1
    kernel = numpy.zeros((size, size), numpy.float32)
    middle = size // 2
    along = numpy.array([numpy.cos(angle), numpy.sin(angle)]) * middle
    ends = [tuple(int(round(v)) for v in middle + sign * along) for sign in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0, 1)
    return cv2.filter2D(image, -1, kernel / kernel.sum())
