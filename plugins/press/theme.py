"""The theme folder: templates of pages and of paper, one style sheet made of many files, static files.

An association's own look is a folder whose files take the place of those of the theme. Colours are written once, in
``css/tokens.css`` (``press/tokens.py``); static files and drawings name them. Addresses of static files carry a hash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from plugins.press import tokens
from plugins.press.covers import Palette, read_palettes
from plugins.press.icons import ICON, build_icons
from plugins.press.outputs import Function, Output
from plugins.press.problems import PressError
from plugins.press.sources import digest, read_source, scan
from plugins.press.tokens import leave_out_drawn, read_tokens

if TYPE_CHECKING:
    from plugins.press.rendering import Press

_REFERENCE = re.compile(r"(?:\{%-?\s*(?:extends|include|import|from)\s+|\b(?:part|by_day)\()[\"']([^\"']+)[\"']")
_REMARK = re.compile(rb"^ */\*(?:(?!\*/).)*\*/\n", re.MULTILINE)
"""A line of a script that is one remark, and nothing else. Lines that begin with « // » may stand in a text."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"(?<=[{};,])\s*\n\s*")
_URL = re.compile(r"url\(\"?([^)\":]+)\"?\)")
_NAMED = re.compile(rb"\btoken\.([a-z][\w-]*)")
"""A token that a template of printed pages names."""


TOKENS = "tokens"
"""The colours, among the parts of ``Theme.digest``."""


def require_theme(folder: Path, look: Path | None = None) -> None:
    """Raises ``PressError`` when there is no theme in that folder, or no folder of one's own look."""
    if look and not look.is_dir():
        message = f"le dossier « {look.name} » est introuvable ({look}). Vérifier LOOK dans pelicanconf.py."
        raise PressError(message)
    if not (folder / "templates").is_dir():
        message = f"le thème « {folder.name} » est introuvable ({folder}). Vérifier THEME dans pelicanconf.py."
        raise PressError(message)


class Theme:
    """Everything of a theme that pages depend on, read once a build."""

    def __init__(self, folder: Path, look: Path | None = None) -> None:
        self.folder = folder
        self._folders = (folder, look) if look else (folder,)
        self._sources = self._read("templates/")
        sheets = {path: _decode(data, self._name(f"css/{path}")) for path, data in self._read("css/").items()}
        self.tokens = read_tokens(sheets.get(tokens.PATH, ""), self._name(f"css/{tokens.PATH}"))
        self._statics = {path: self._finish(path, data) for path, data in self._read("static/").items()}
        self._digests: dict[str, bytes] = {}
        self.urls = {path: _hashed(path, data) for path, data in self._statics.items()}
        self._icons = [icon for icon in build_icons(self._statics) if icon.path not in self._statics]
        self.urls |= {icon.path: _hashed(icon.path, icon.digest) for icon in self._icons}
        self.style = self._build_style(sheets)
        self.style_url = f"/theme/site.{digest(self.style).hex()[:8]}.css"

    def url(self, path: str) -> str:
        """The address of a static file. Raises ``PressError`` when the theme has none of that name."""
        try:
            return self.urls[path]
        except KeyError:
            message = f"le thème n'a pas de fichier static/{path}."
            raise PressError(message) from None

    def template_digest(self, name: str) -> bytes:
        """The hash of a template and of all those it extends, includes or imports."""
        if name not in self._digests:
            if name not in self._sources:
                message = f"le thème « {self.folder.name} » n'a pas le gabarit templates/{name}."
                raise PressError(message)
            self._digests[name] = digest(b"".join(self._sources[found] for found in sorted(self._closure(name))))
        return self._digests[name]

    def fingerprint(self) -> bytes:
        """A hash of all that pages depend on."""
        return digest(b"\0".join([*self._sources.values(), self.frame()]))

    def source(self, name: str) -> str:
        """The text of a template, ``""`` when there is none of that name."""
        return self._sources.get(name, b"").decode()

    @cached_property
    def examples(self) -> dict[str, bytes]:
        """The examples of macros, for the gallery of components."""
        return self._read("examples/")

    def digest(self, parts: Iterable[str]) -> bytes:
        """The hash of some files of the theme, of those of a folder (``paper/fonts/``), of its colours (``TOKENS``)."""
        state = blake2b(digest_size=16)
        for part in parts:
            if part == TOKENS:
                state.update(self.tokens.digest)
                continue
            folder, _, wanted = part.rpartition("/")
            for name, data in self._read(f"{folder}/").items():
                if wanted in {"", name}:
                    state.update(f"{folder}/{name}".encode() + b"\0" + data)
        return state.digest()

    def outputs(self) -> Iterator[Output]:
        """The style sheet, the static files, and the icons that are drawn of one of them."""
        yield Output(self.style_url, STATIC, Static(digest(self.style), ""), "le thème")
        for path, data in self._statics.items():
            yield Output(self.urls[path], STATIC, Static(digest(data), path), "le thème")
        for icon in self._icons:
            yield Output(self.urls[icon.path], ICON, icon, "le thème")

    @property
    def fonts(self) -> Path:
        """The folder of the fonts of printed pages, and of pictures with text."""
        return self.folder / "paper/fonts"

    @cached_property
    def paper(self) -> dict[str, bytes]:
        """The templates of printed pages, by name, with the colours that they name: read when something is printed."""
        found = {path: data for path, data in self._read("paper/").items() if path.endswith(".typ")}
        names = sorted({name.decode() for data in found.values() for name in _NAMED.findall(data)})
        sunrise = self.tokens.draw(self.source("drawings/sunrise.html"))
        colours = msgspec.json.encode({name: self.tokens.colour(name) for name in names})
        return found | {"tokens.json": colours, "sunrise.svg": sunrise.encode()}

    @cached_property
    def paper_digest(self) -> bytes:
        """The hash of all that printed pages depend on: templates, fonts, and the colours of what is drawn on them."""
        files = self._read("paper/") | self.paper
        made = b"".join(digest(path.encode()) + digest(data) for path, data in files.items())
        return digest(made + self.tokens.digest)

    def frame(self) -> bytes:
        """What any page may carry: the addresses of the style sheet and static files, the colours of drawings."""
        return "\n".join([self.style_url, *self.urls.values()]).encode() + self.tokens.digest

    def read(self, path: str) -> bytes:
        return self._statics[path] if path else self.style

    @property
    def templates(self) -> tuple[Path, ...]:
        """Where Jinja finds templates: the association's own come first."""
        return tuple(folder / "templates" for folder in reversed(self._folders))

    @property
    def papers(self) -> tuple[str, str]:
        """The colours of the paper, by day and by night, for the browser's own frame."""
        return self.tokens.colour("paper"), self.tokens.colour("paper", night=True)

    @cached_property
    def palettes(self) -> tuple[Palette, ...]:
        """The inks of covers."""
        return read_palettes(self.tokens)

    def _read(self, below: str) -> dict[str, bytes]:
        places = {
            path: folder
            for folder in self._folders
            if (folder / below).is_dir()
            for path in scan(folder / below, folder.name).files
        }
        return {path: read_source(folder, below + path) for path, folder in sorted(places.items())}

    def _name(self, path: str) -> str:
        """How people call the file of that path that is used."""
        look = self._folders[-1]
        is_own = look != self.folder and (look / path).is_file()
        return f"{look.name}/{path}" if is_own else f"themes/{self.folder.name}/{path}"

    def _finish(self, path: str, data: bytes) -> bytes:
        """A static file in the colours of the site, which sheets and drawings name; scripts without their remarks."""
        if path.endswith(".css"):
            return self.tokens.declare(_decode(data, self._name(f"static/{path}"))).encode()
        if path.endswith(".svg"):  # in whatever encoding it is
            return self.tokens.resolve(data.decode("latin-1")).encode("latin-1")
        return _REMARK.sub(b"", data) if path.endswith(".js") else data

    def _closure(self, name: str) -> set[str]:
        found, waiting = set[str](), [name]
        while waiting:
            current = waiting.pop()
            if current in self._sources and current not in found:
                found.add(current)
                waiting += _REFERENCE.findall(self._sources[current].decode())
        return found

    def _build_style(self, sheets: dict[str, str]) -> bytes:
        css = leave_out_drawn(_COMMENT.sub("", "\n".join(sheets.values())))
        linked = _URL.sub(lambda found: f'url("{self.urls.get(found[1].removeprefix("../static/"), found[1])}")', css)
        return (_SPACE.sub("", linked.strip()) + "\n").encode()


class Static(Struct, frozen=True, array_like=True):
    """A static file of the theme, ``""`` for the style sheet."""

    digest: bytes
    path: str


def render_static(view: Static, press: Press) -> bytes:
    """The bytes of a static file, as they are."""
    return press.theme.read(view.path)


STATIC = Function("plugins.press.theme:render_static")


def _decode(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path} : ce fichier n'est pas en UTF-8 (octet {error.start}). L'enregistrer en UTF-8."
        raise PressError(message) from error


def _hashed(path: str, data: bytes) -> str:
    stem, dot, suffix = path.rpartition(".")
    return f"/theme/{stem}.{digest(data).hex()[:8]}{dot}{suffix}"
