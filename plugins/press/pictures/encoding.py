"""A picture file → the bytes of one of its forms: upright, in sRGB, without a word of where and when it was taken.

The same file gives the same bytes, whichever process makes them: encoders run in one thread, with all that they
may choose said.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from PIL import Image, ImageCms, ImageOps

from plugins.press.pictures.facts import WIDTHS, Form
from plugins.press.pictures.reading import opened, orientation

SHARED_SIZE = (1200, 630)
"""What social networks show whole (ogp.me says no size; this is the one that all of them take)."""
_ENCODERS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        # speed 8 takes a quarter of the time of 6, the library's own, for files a twentieth larger
        "AVIF": {"quality": 55, "subsampling": "4:2:0", "speed": 8, "max_threads": 1, "autotiling": False},
        "WEBP": {"quality": 75, "method": 4, "exact": False},
        "JPEG": {"quality": 78, "optimize": True, "progressive": True, "subsampling": "4:2:0"},
        "PNG": {"compress_level": 6},
    }
)
_FLAT: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {"AVIF": {"quality": 75, "subsampling": "4:4:4"}, "WEBP": {"lossless": True}}
)


def encode(data: bytes, form: Form) -> bytes:
    """The bytes of one form. Raises ``RefusedPictureError`` when the file is no sound picture."""
    image = _master(data)
    if image.width != form.width:
        image = image.resize((form.width, form.height), Image.Resampling.LANCZOS)
    return _save(image, form)


def crop(data: bytes) -> bytes:
    """The middle of a picture in the shape in which addresses are shared, as JPEG, on white."""
    image = _master(data)
    if image.mode == "RGBA":
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image).convert("RGB")
    fitted = ImageOps.fit(image, SHARED_SIZE, Image.Resampling.LANCZOS)
    return _save(fitted, Form("JPEG", *SHARED_SIZE, flat=False))


@lru_cache(maxsize=1)
def _master(data: bytes) -> Image.Image:
    """The largest form, which the others are made from: of one picture at a time, whose forms follow each other."""
    with opened(data) as image:
        image.draft(None, (2 * WIDTHS[-1], 2 * WIDTHS[-1]))  # a JPEG is made smaller while it is read
        turned = _turn(_to_eight_bits(image), orientation(image))
        width = min(turned.width, WIDTHS[-1])
        size = (width, max(1, round(turned.height * width / turned.width)))
        small = turned.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        return _to_srgb(small, image.info.get("icc_profile"))


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """RGB, RGBA with transparency, or CMYK, which its profile turns into RGB later."""
    if image.mode.startswith("I;16"):  # 16 bits a pixel: « convert » would cut them off at 255
        image = image.point(lambda value: value / 257).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"RGB", "CMYK"} else image.convert("RGB")


def _turn(image: Image.Image, turn: int) -> Image.Image:
    method = (None, 0, 3, 1, 5, 4, 6, 2)[turn - 1]  # the Transpose for each orientation, 1 to 8
    return image if method is None else image.transpose(Image.Transpose(method))


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In the colours that browsers take for granted; a profile that makes no sense is as none."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    if alpha and alpha.getextrema() == (255, 255):
        alpha = None
    plain = image.convert("RGB") if image.mode == "RGBA" else image
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            done = ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            plain = done or plain
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    plain = plain.convert("RGB")
    if alpha:
        plain.putalpha(alpha)
    return plain


def _simplify(image: Image.Image) -> Image.Image:
    """In 256 colours: made smaller, a drawing of sixteen has thousands, which weigh ten times as much."""
    few = image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    return few.convert(image.mode)


def _save(image: Image.Image, form: Form) -> bytes:
    options = {**_ENCODERS[form.format], **(_FLAT.get(form.format, {}) if form.flat else {})}
    bare = _simplify(image) if form.flat and form.format in {"PNG", "WEBP"} else image.copy()
    bare.info = {}  # metadata that would go along: place, camera, comments, profile
    out = io.BytesIO()
    bare.save(out, form.format, **options)
    return out.getvalue()
