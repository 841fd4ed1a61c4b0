"""The forms of each picture that texts refer to, as Outputs: what they are made of is the bytes of one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from plugins.press.outputs import Deferred, Function, Output
from plugins.press.pictures.facts import (
    FALLBACK_WIDTH,
    MEDIA,
    Facts,
    Form,
    choose_widths,
    fallback_address,
    fallback_format,
    scale,
)
from plugins.press.problems import PressError
from plugins.press.sources import digest, read_source

if TYPE_CHECKING:
    from plugins.press.rendering import Press

RECIPE = ("press/pictures/encoding.py", "press/pictures/facts.py", "press/pictures/reading.py", "pillow")


class Original(Struct, frozen=True, array_like=True):
    """A picture file, and the hash of the bytes that it had when it was looked at."""

    path: str
    digest: bytes


class PictureView(Struct, frozen=True, array_like=True):
    """A form of a picture."""

    original: Original
    form: Form


def build_outputs(path: str, facts: Facts) -> Iterator[Output]:
    """The forms of one picture: AVIF and WebP in a few widths, and one that every program reads."""
    widths = choose_widths(facts.width)
    for width in widths:
        for name in ("AVIF", "WEBP"):
            yield _output(f"{MEDIA}{path}.{width}.{name.lower()}", path, facts, name, width)
    yield build_fallback(path, facts)


def build_fallback(path: str, facts: Facts) -> Output:
    """The form that every program reads."""
    width = min(facts.width, FALLBACK_WIDTH)
    return _output(fallback_address(path, facts), path, facts, fallback_format(facts), width)


def _output(url: str, path: str, facts: Facts, name: str, width: int) -> Output:
    form = Form(name, *scale(facts, width), facts.flat)
    view = partial(PictureView, Original(path, facts.digest), form)
    return Output(url, _PICTURE, Deferred((facts.digest, form), view), path)  # its name is nothing to its bytes


def render_picture(view: PictureView, press: Press) -> bytes:
    from plugins.press.pictures.encoding import encode

    return _make(view.original, press, lambda data: encode(data, view.form))


def _make(original: Original, press: Press, make: Callable[[bytes], bytes]) -> bytes:
    """What is made of a file that was found sound. Raises ``PressError`` when it is another by now."""
    from plugins.press.pictures.reading import RefusedPictureError

    data = read_source(press.places.content, original.path)
    if digest(data) != original.digest:
        message = f"{original.path} a changé pendant la construction. La relancer."
        raise PressError(message)
    try:
        return make(data)
    except RefusedPictureError as error:
        message = f"{original.path} : {error}"
        raise PressError(message) from error


def render_shared(view: Original, press: Press) -> bytes:
    """The middle of a picture, to stand for a page where its address is shared."""
    from plugins.press.pictures.encoding import crop

    return _make(view, press, crop)


_PICTURE = Function("plugins.press.pictures.outputs:render_picture", recipe=RECIPE, sure=True)
SHARED = Function("plugins.press.pictures.outputs:render_shared", recipe=RECIPE, sure=True)
