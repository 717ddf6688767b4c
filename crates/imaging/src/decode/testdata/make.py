"""Writes the JPEG variants that the `image` crate cannot encode (needs Pillow)."""
from pathlib import Path
from PIL import Image

HERE = Path(__file__).parent
SIZE = (32, 16)


def gradient(x, y):
    return (x * 8, y * 16, 255 - x * 8)


def picture(mode, pixel):
    image = Image.new(mode, SIZE)
    image.putdata([pixel(x, y) for y in range(SIZE[1]) for x in range(SIZE[0])])
    return image


def cmyk(x, y):
    return tuple(255 - v for v in gradient(x, y)) + (0,)


def ycck(x, y):
    # The encoder stores every channel inverted; the decoder takes the first
    # three as YCbCr of the colour's complement.
    ycc = Image.new("RGB", (1, 1), tuple(255 - v for v in gradient(x, y)))
    return tuple(255 - v for v in ycc.convert("YCbCr").getpixel((0, 0))) + (0,)


def save(name, image, **options):
    image.save(HERE / name, quality=95, subsampling=0, **options)


save("cmyk.jpg", picture("CMYK", cmyk))
save("progressive.jpg", picture("RGB", gradient), progressive=True)
save("ycck.jpg", picture("CMYK", ycck))
data = (HERE / "ycck.jpg").read_bytes()
adobe = data.index(b"Adobe")
(HERE / "ycck.jpg").write_bytes(data[: adobe + 11] + b"\x02" + data[adobe + 12 :])
