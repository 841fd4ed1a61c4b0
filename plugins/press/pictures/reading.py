"""A picture file is looked at once, whole, before anything is made of it: what it is, how large, whether it is sound.

Nothing larger than 40 megapixels is ever decoded: a file of 17 kB can hold 144.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec
from lxml import etree
from PIL import Image, UnidentifiedImageError

from plugins.press import french
from plugins.press.pictures.facts import DRAWING, EXTENSIONS, Facts
from plugins.press.pictures.looks import DAMAGED, recognise
from plugins.press.sources import digest

MAX_PIXELS = 40_000_000
MAX_SIDE = 16_000
"""WebP counts pixels in 14 bits."""
MAX_BYTES = 40 * 1024 * 1024
MAX_COLOURS = 4096
"""A screenshot has some hundreds, with the greys of its letters; a photo in colours, tens of thousands."""
MAX_SCANS = 200
"""A progressive JPEG has about ten; with thousands, a small file takes minutes."""
_PIXELS = re.compile(r"([0-9]*\.?[0-9]+)(?:px)?")
_NUMBERS = re.compile(r"-?[0-9]*\.?[0-9]+(?:e-?[0-9]+)?")
_SCAN = b"\xff\xda"
_SMALLER = "La réduire : 2\N{NO-BREAK SPACE}000 pixels de large suffisent."


class RefusedPictureError(Exception):
    """The file cannot be published; the message says why, and what to do."""


def read_facts(path: str, data: bytes) -> Facts:
    """The facts of a picture file; ``path`` is only looked at for its ending."""
    try:
        return _read_drawing(data) if path.lower().endswith(EXTENSIONS[DRAWING]) else _read_raster(path, data)
    except RefusedPictureError as error:
        return Facts(digest(data), refusal=str(error))


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, not decoded yet. Raises ``RefusedPictureError`` for what Pillow cannot or should not read."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which is dropped
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[name for name in EXTENSIONS if name != DRAWING]) as image:
                yield image
    except RefusedPictureError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        message = f"elle a plus de {MAX_PIXELS // 1_000_000} millions de pixels. {_SMALLER}"
        raise RefusedPictureError(message) from None
    except UnidentifiedImageError:
        raise RefusedPictureError(recognise(data)) from None
    except Exception:  # noqa: BLE001 - what a library trips over in a file is in that file, whatever it raises
        raise RefusedPictureError(DAMAGED) from None


def orientation(image: Image.Image) -> int:
    """How the camera was held (EXIF 2.32 §4.6.4): 1 upright, 2 to 8 mirrored or turned."""
    try:
        found = image.getexif().get(0x0112, 1)
    except Exception:  # noqa: BLE001 - metadata that cannot be read says nothing
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def too_heavy(size: int) -> str:
    """Why a file of that many bytes is not even read, ``""`` when it may be."""
    if not size:
        return "le fichier est vide. Le copier à nouveau depuis l'original."
    if size > MAX_BYTES:
        return f"elle pèse {size // 2**20} Mio ({MAX_BYTES // 2**20} au plus). {_SMALLER}"
    return ""


def _read_raster(path: str, data: bytes) -> Facts:
    with opened(data) as image:
        name = "JPEG" if image.format == "MPO" else str(image.format)  # MPO: a JPEG with more pictures behind it
        _check_name(path, name)
        _check_sides(image)
        _check_motion(image)
        width, height = image.size if orientation(image) < 5 else image.size[::-1]
        if name == "JPEG":
            _check_scans(data)
            image.draft(None, (1, 1))  # all bytes are read, a few of the pixels made
        image.load()
        known = Facts(digest(data), name, width, height)
        if name == "JPEG":
            return known
        return msgspec.structs.replace(known, flat=_is_flat(image), transparent=_is_transparent(image))


def _check_name(path: str, name: str) -> None:
    """Other programs go by the ending: those that make a PDF, the forge, the disk of who downloads it."""
    if not path.lower().endswith(EXTENSIONS[name]):
        ending = EXTENSIONS[name][0]
        right = path.rpartition("/")[2].rpartition(".")[0] + ending
        message = f"c'est une image {name}, sous un autre nom. Renommer le fichier « {right} », ici et sur le disque."
        raise RefusedPictureError(message)


def _check_sides(image: Image.Image) -> None:
    if max(image.size) > MAX_SIDE:
        size = " × ".join(map(french.number, image.size))
        message = f"elle fait {size} pixels ({french.number(MAX_SIDE)} au plus de côté). La couper ou la réduire."
        raise RefusedPictureError(message)


def _check_motion(image: Image.Image) -> None:
    """What moves by itself must be stoppable (WCAG 2.2.2), and a picture is not."""
    count = getattr(image, "n_frames", 1)
    if count > 1 and image.format != "MPO":
        message = f"elle est animée ({count} vues), et qui lit ne peut pas l'arrêter."
        raise RefusedPictureError(f"{message} L'enregistrer sans animation, ou mettre un lien vers une vidéo.")


def _check_scans(data: bytes) -> None:
    if data.count(_SCAN) > MAX_SCANS:
        message = "le fichier demande trop de calcul à qui l'ouvre. L'enregistrer à nouveau en JPEG."
        raise RefusedPictureError(message)


def _is_transparent(image: Image.Image) -> bool:
    return image.has_transparency_data and image.convert("RGBA").getchannel("A").getextrema() != (255, 255)


def _is_flat(image: Image.Image) -> bool:
    """Whether half of it is in sixteen colours: no photo is, not even a grey one."""
    colours = None if image.mode.startswith("I") else image.getcolors(MAX_COLOURS)
    counts = sorted((count for count, _ in colours or ()), reverse=True)
    return 2 * sum(counts[:16]) > image.width * image.height


def _read_drawing(data: bytes) -> Facts:
    """A drawing's size, when it says one; whether it holds code is looked at with all drawings (``media``)."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return Facts(digest(data), DRAWING)
    return Facts(digest(data), DRAWING, *_drawn_size({str(name): str(value) for name, value in root.attrib.items()}))


def _drawn_size(attributes: Mapping[str, str]) -> tuple[int, int]:
    """Width and height in pixels, else those of the ``viewBox``, else none."""
    said = [_PIXELS.fullmatch(attributes.get(name, "").strip()) for name in ("width", "height")]
    found = [float(match[1]) for match in said if match]
    if len(found) < 2:
        found = [float(number) for number in _NUMBERS.findall(attributes.get("viewBox", ""))[2:4]]
    sizes = [round(size) for size in found if 1 <= size <= 10_000]
    return (sizes[0], sizes[1]) if len(sizes) == 2 else (0, 0)
