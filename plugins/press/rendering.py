"""render: an Output's view → bytes. Everything a renderer may use is here; no file of the site is touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import cache, cached_property, partial
from hashlib import blake2b
from html import escape, unescape
from pathlib import Path
from typing import Any

import msgspec
from babel.core import get_global
from jinja2 import FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from plugins.press import blocks, bodies, french, schemaorg, snapshot
from plugins.press.blocks import BlockKinds
from plugins.press.bundles import Shelf
from plugins.press.covers import draw_cover
from plugins.press.documents import Text, reading_minutes
from plugins.press.moments import stamp
from plugins.press.outputs import Deferred, Function, Output, Paper, Template, fingerprint, hash_value, leads
from plugins.press.paper.sheets import Sheet
from plugins.press.pictures import markup
from plugins.press.pictures.facts import Target
from plugins.press.policy import Allowance, page_policy
from plugins.press.regions import SHAPES
from plugins.press.schemaorg import Here
from plugins.press.settings import MenuItem, Places, Settings
from plugins.press.store import Blobs, Pieces
from plugins.press.templating import Environment, build_once, open_cache
from plugins.press.theme import Theme
from plugins.press.typography import french_text

_HEADING = re.compile(r"<(/?)h([2-6])\b")
_FOLDED = re.compile(r"<details(?![^>]* open=)")
_NO_TEXT = re.compile(r'<sup id="[^"]*">.*?</sup>|<[^>]*>')
"""A call to a note is no word of the text."""
_FIRST = re.compile(r"\b1er\b")


class Press:
    """What renderers work with: the settings, the theme, the bodies, and the pieces that outputs share."""

    def __init__(  # noqa: PLR0913 - what one build renders with, each by name
        self,
        settings: Settings,
        theme: Theme,
        *,
        places: Places,
        pieces: Pieces,
        code: bytes,
        paths: Collection[str],
        allowances: tuple[Allowance, ...] = (),
        kinds: BlockKinds | None = None,
    ) -> None:
        self.code = code
        self.allowances = allowances
        self.kinds = kinds or {}
        self.paths = paths
        self.menu = tuple(item for item in settings.menu if leads(item.url, paths))
        self.footer = tuple(item for item in settings.footer if leads(item.url, paths))
        self._salts: dict[Template | Function | Paper, bytes] = {}
        self.settings = settings
        self.places = places
        self.theme = theme
        self.pieces = pieces
        self.blobs = Blobs(places.state)
        self.new_pieces: dict[bytes, bytes] = {}
        self._environment: Environment | None = None

    @cached_property
    def frame(self) -> bytes:
        """A hash of what all pages have in common, whatever the theme: the menus, and what browsers may do."""
        return hash_value([self.menu, self.footer, self.allowances], b"")

    def salt(self, output: Output) -> bytes:
        """What an output's bytes depend on besides its view: the code, and the templates and fonts that it uses.

        What has a recipe depends on that, and on no other code.
        """
        renderer = output.renderer
        if renderer not in self._salts:
            code = self._recipe(renderer) if isinstance(renderer, Function) and renderer.recipe else self.code
            state = blake2b(code + renderer.name.encode(), digest_size=16)
            if isinstance(renderer, Template):
                state.update(self.theme.template_digest(renderer.name) + self.theme.frame())
                state.update(self.frame)
            elif isinstance(renderer, Paper):
                state.update(self.theme.paper_digest)
            elif renderer.templates:
                state.update(b"".join(map(self.theme.template_digest, renderer.templates)) + self.theme.tokens.digest)
            self._salts[renderer] = state.digest()
        return self._salts[renderer]

    def _recipe(self, renderer: Function) -> bytes:
        ours = [part.removeprefix("theme:") for part in renderer.recipe if part.startswith("theme:")]
        others = [part for part in renderer.recipe if not part.startswith("theme:")]
        return snapshot.hash_recipe(others) + (self.theme.digest(ours) if ours else b"")

    def render(self, output: Output) -> bytes:
        renderer = output.renderer
        if isinstance(renderer, Template):
            page = self.template(renderer.name, output.build_view(), output.url)
            return markup.wake_first(page).encode()
        # what takes long is made once, whatever becomes of this build, and of the output's address
        key = fingerprint(output, self.salt(output)) if output.takes_long else b""
        found = self.blobs.find(key) if key else None
        if found is not None:
            return found
        rendered: bytes = renderer(output.build_view(), self)
        if key:
            self.blobs.keep(key, rendered)
        return rendered

    def print_sheet(self, template: str, sheet: Sheet) -> bytes:
        """The PDF of a sheet, set with a template of the theme's ``paper/`` folder."""
        from plugins.press.paper.compiling import compile_sheet

        return compile_sheet(template, self.theme.paper, self.theme.fonts, sheet, self.places.content)

    def template(self, name: str, view: Any, url: str = "") -> str:
        """Render a view with a template of the theme, which sees it as ``page`` and its address as ``url``."""
        return self.environment.get_template(name).render(page=view, url=url)

    def body(
        self,
        text: Text,
        targets: tuple[Target, ...],
        figures: Mapping[str, str] | None = None,
        *,
        page: str = "",
        place: str = "",
    ) -> Markup:
        """The HTML of a document's body: links leading where ``targets`` says, its pictures, its figures in words.

        ``page`` is the address beside which its data are. Where several bodies share a page, each has its ``place``, an
        anchor.
        """
        html = self._read_body(text, targets, figures, place)
        if text.blocks:
            shown = blocks.read_all(text, self.kinds, place)
            html = bodies.fill_blocks(html, [self.draw(s.value, s.name, f"{page}{s.name}.csv") for s in shown])
        return Markup(html)  # noqa: S704 - made by press.markdown from its allow-list, and by drawings that escape

    def draw(self, value: Any, name: str, data_url: str = "") -> Markup:
        """The drawing of a value of one of the kinds of blocks, with a link to its data where there are any."""
        shown = blocks.Shown(value, name, data_url if leads(data_url, self.paths) else "")
        return Markup(blocks.kind_of(value, self.kinds).draw(shown, self).decode())  # noqa: S704 - it escapes

    def absolute(self, url: str) -> str:
        """The whole address, for feeds and calendars."""
        return self.settings.absolute(url)

    def absolute_body(self, text: Text, targets: tuple[Target, ...], figures: Mapping[str, str] | None = None) -> str:
        """The same for readers of feeds: whole addresses, one form of each picture, what drawings say in words."""
        html = markup.flatten(self._read_body(text, tuple(map(self._absolute_target, targets)), figures))
        if not text.blocks:
            return html
        shown = blocks.read_all(text, self.kinds)
        return bodies.fill_blocks(html, [blocks.kind_of(s.value, self.kinds).tell(s, self).decode() for s in shown])

    def _absolute_target(self, target: Target) -> Target:
        if isinstance(target, str):
            return self.absolute(target)
        return msgspec.structs.replace(target, url=self.absolute(target.url))

    def _read_body(
        self, text: Text, targets: tuple[Target, ...], figures: Mapping[str, str] | None, place: str = ""
    ) -> str:
        """The links in ``targets`` know where they lead: only the anchors that the text itself has become its own."""
        html = self.pieces.get(text.digest).decode()
        html = bodies.prefix_anchors(html, place) if place else html
        html = bodies.fill_links(html, targets) if targets else html
        return bodies.fill_figures(html, figures or {}) if figures is not None or text.figures else html

    def join(self, name: str, views: Iterable[Deferred], render: Callable[[Any], bytes]) -> bytes:
        """``render(view)`` of each, one after the other.

        It is made once for all the outputs and builds that show it, and the view is only built for that.
        """
        wanted = {hash_value([name, view.key], self.code): view for view in views}
        found = self.pieces.find_all(wanted)
        for key, view in wanted.items():
            if key not in found:
                found[key] = self.new_pieces[key] = render(view.build())
                self.pieces.add(key, found[key])
        return b"".join([found[key] for key in wanted])

    @cached_property
    def shelf(self) -> Shelf:
        """The files of bundles."""
        return Shelf(self.places.state)

    @pass_context
    def _body_of_page(
        self,
        context: Context,
        text: Text,
        targets: tuple[Target, ...],
        figures: Mapping[str, str] | None = None,
        **where: str,
    ) -> Markup:
        """``body`` as templates call it, which know the address of their page."""
        return self.body(text, targets, figures, **{"page": str(context.get("url") or ""), **where})

    @property
    def environment(self) -> Environment:
        if self._environment is None:
            self._environment = build_environment(self.settings, self.theme, self.places.state, self.allowances)
            self._environment.globals |= {"menu": self.menu, "footer": self.footer}
            self._environment.globals |= {"body": self._body_of_page, "draw": self.draw}
        return self._environment


class _Parts:
    """Templates that only depend on the section of the site that a page is in: rendered once for each section."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._parts: dict[tuple[str, str], Markup] = {}
        self._latest = ("", "")

    def render(self, name: str, url: str) -> Markup:
        if url != self._latest[0]:
            self._latest = (url, self._section(url))
        section = self._latest[1]
        if (name, section) not in self._parts:
            rendered = self._environment.get_template(name).render(url=section)
            self._parts[name, section] = Markup(rendered)  # noqa: S704 - escaped by Jinja
        return self._parts[name, section]

    def _section(self, url: str) -> str:
        """The entry of the menu or footer that leads to a page, or the one above it with « … »."""
        named: Any = self._environment.globals
        items: tuple[MenuItem, ...] = (*named["menu"], *named["footer"])
        entries = {item.url for item in items} | {"/"}
        if url in entries:
            return url
        above = [entry for entry in entries if entry != "/" and url.startswith(entry)]
        return f"{max(above, key=len, default='')}…"


def build_environment(
    settings: Settings, theme: Theme, state: Path | None, allowances: tuple[Allowance, ...] = ()
) -> Environment:
    """Jinja with autoescape on and unknown names refused; compiled templates are kept in the state folder."""
    cache = None
    if state is not None:
        (state / "templates").mkdir(parents=True, exist_ok=True)
        cache = open_cache(state / "templates")
    environment = Environment(
        loader=FileSystemLoader(theme.templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=cache,
    )
    environment.globals |= {"site": settings, "style_url": theme.style_url, "static": theme.url, "papers": theme.papers}
    environment.globals |= {"menu": settings.menu, "footer": settings.footer}
    environment.globals |= {
        "part": _Parts(environment).render,
        "french": french,
        "minutes": reading_minutes,
        "cover": partial(draw_cover, palettes=theme.palettes),
        "colour": theme.tokens.colour,
        "by_day": lambda name: Markup(theme.tokens.resolve(theme.source(name))),  # noqa: S704 - a file of the theme
        "picture_of": markup.leading,
        "demote": demote,
        "once": build_once(),
        "shapes": SHAPES,
        "policy": partial(page_policy, allowances=allowances),
        "graph": partial(_write_graph, settings),
    }
    environment.filters["fr"] = _french
    environment.filters["ordinal"] = _ordinal
    environment.filters["stamp"] = partial(stamp, timezone=settings.timezone)
    environment.filters["territory"] = _territory
    environment.filters["unfold"] = _unfold
    environment.filters["opening"] = _opening
    environment.filters["day"] = _day
    return environment


def demote(html: Markup, levels: int) -> Markup:
    """The same HTML with its headings ``levels`` lower, for a text that stands inside a section of a page."""
    return Markup(_HEADING.sub(lambda found: f"<{found[1]}h{min(6, int(found[2]) + levels)}", html))  # noqa: S704


def _unfold(html: Markup) -> Markup:
    """The same HTML with nothing folded away, for paper."""
    return Markup(_FOLDED.sub("<details open", html))  # noqa: S704


def _write_graph(settings: Settings, view: Any, url: str, logo: str) -> Markup:
    """What the page says in JSON-LD; ``logo`` is the address of the site's icon."""
    return schemaorg.write_graph(view, Here(settings, url, settings.absolute(logo)))


@cache
def _territory(lang: str) -> str:
    """A language with the country that most of its readers live in, as Open Graph wants it: ``fr_FR``, ``pt_BR``."""
    likely = get_global("likely_subtags").get(lang, lang)
    return "_".join(dict.fromkeys((lang.partition("-")[0], re.split("[-_]", likely)[-1])))


def _opening(html: str, length: int) -> str:
    """The first characters of the text of a body: mostly its beginning tells, not the whole of it."""
    beginning = html[: 20 * length].rpartition("<")[0]
    text = ""
    for part in (beginning, html):
        text = unescape(_NO_TEXT.sub("", part)).strip()
        if len(text) > 2 * length:  # whatever the cut made of a call at its end
            break
    return text[:length]


def _day(moment: datetime) -> str:
    """The day of a moment as programs read it, ``2017-03-09``."""
    return moment.isoformat()[:10]


def _french(value: str) -> str:
    """French typography for a text that an editor wrote (titles, summaries)."""
    return value if isinstance(value, Markup) else french_text(value)


def _ordinal(phrase: str) -> Markup:
    """« 1er mars » with its ordinal raised."""
    escaped = escape(phrase, quote=False)
    return Markup(_FIRST.sub("1<sup>er</sup>", escaped) if "1er" in escaped else escaped)  # noqa: S704 - escaped just before
