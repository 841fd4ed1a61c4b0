"""Picture files made up for tests: photos, drawings, and what is neither."""

from __future__ import annotations

import io
import random
from typing import Any

from PIL import Image, ImageDraw

GPS = 0x8825
ORIENTATION = 0x0112
CAMERA = "Appareil imaginaire"
PLACE = {1: "N", 2: (47.0, 23.0, 24.0), 3: "E", 4: (0.0, 41.0, 24.0)}


def photo(width: int = 320, height: int = 240, seed: int = 1) -> Image.Image:
    """Hills under a sky, with the grain of a photo: no two pixels alike, so that no one takes it for a drawing."""
    dice = random.Random(seed)
    layers = [_noise(dice, width, height, across) for across in (3, 12, 50, max(2, width // 2))]
    picture = layers[0]
    for layer, share in zip(layers[1:], (0.35, 0.2, 0.08), strict=True):
        picture = Image.blend(picture, layer, share)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((width * 0.6, height * 0.2, width * 0.75, height * 0.2 + width * 0.15), fill=(246, 180, 14))
    return picture


def _noise(dice: random.Random, width: int, height: int, across: int) -> Image.Image:
    down = max(2, across * height // width)
    grain = Image.frombytes("RGB", (across, down), dice.randbytes(across * down * 3))
    return grain.resize((width, height), Image.Resampling.BICUBIC)


def logo(width: int = 400, height: int = 200) -> Image.Image:
    """A few colours on nothing."""
    picture = Image.new("RGBA", (width, height))
    ImageDraw.Draw(picture).rectangle((width // 4, height // 4, width // 2, height // 2), fill=(246, 180, 14, 255))
    return picture


def corners(width: int = 300, height: int = 200) -> Image.Image:
    """Red above left, green above right, blue below left, white below right: which way up it is can be seen."""
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill="red")
    draw.rectangle((width // 2, 0, width - 1, height // 2 - 1), fill="lime")
    draw.rectangle((0, height // 2, width // 2 - 1, height - 1), fill="blue")
    return picture


def data(picture: Image.Image | None = None, form: str = "JPEG", **options: Any) -> bytes:
    """The bytes of a picture file."""
    out = io.BytesIO()
    (picture or photo()).save(out, form, **({"quality": 90} if form == "JPEG" else {}) | options)
    return out.getvalue()


def taken(picture: Image.Image | None = None, turn: int = 1, form: str = "JPEG") -> bytes:
    """As a telephone writes it: with the place where it was taken, the camera, and how it was held."""
    exif = Image.Exif()
    exif[0x010F] = CAMERA
    exif[ORIENTATION] = turn
    exif[GPS] = PLACE
    return data(picture, form, exif=exif)


def moving(form: str = "GIF") -> bytes:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue", "white")]
    return data(frames[0], form, save_all=True, append_images=frames[1:], duration=100)


def bomb() -> bytes:
    """A small file of 100 megapixels."""
    return data(Image.new("1", (10_000, 10_000)), "PNG")


def read(bytes_: bytes) -> Image.Image:
    return Image.open(io.BytesIO(bytes_))


def drawing(attributes: str = 'viewBox="0 0 600 360"') -> bytes:
    """An SVG."""
    shape = '<path fill="#f6b40e" d="M0 0H600V360H0Z"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{shape}</svg>'.encode()
