"""A tool's own copy of the documents: built, edited, and looked at to see that the build did its work."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench import corpus, environment
from bench.documents import NOW, Document
from bench.measure import BuildError, Command, time_build

PRESS = "this project"
HUGO = "Hugo"
PELICAN = "stock Pelican"
PRESS_COMMAND = "./site build --content {content} --output {output}"


@dataclass(frozen=True)
class Tool:
    """How a tool gets its sources and is run: `cold` without, `warm` with a finished build in place.

    In both, `{root}`, `{content}` and `{output}` stand for the site's folders. `remains` is what a cold
    build must not find.
    """

    name: str
    write: Callable[[Path, Iterable[Document]], None]
    path: Callable[[Document], Path]
    text: Callable[[Document], str]
    cold: tuple[str, ...]
    warm: tuple[str, ...]
    output: str = "output"
    remains: tuple[str, ...] = ("output",)


def press(command: str = PRESS_COMMAND) -> Tool:
    arguments = tuple(shlex.split(command))
    return Tool(
        name=PRESS,
        write=corpus.write_press,
        path=corpus.press_path,
        text=corpus.press_text,
        cold=arguments,
        warm=arguments,
        remains=("output", ".output.press"),
    )


def hugo() -> Tool:
    clock = f"{NOW:%Y-%m-%dT%H:%M:%S}+02:00"
    options = ("--quiet", "--clock", clock, "--cacheDir", "{root}/cache", "--source", "{root}")
    arguments = (environment.hugo_command(), *options)
    return Tool(
        name=HUGO,
        write=corpus.write_hugo,
        path=corpus.hugo_path,
        text=corpus.hugo_text,
        cold=arguments,
        warm=arguments,
        output="public",
        remains=("public", "resources", "cache", ".hugo_build.lock"),
    )


def pelican() -> Tool:
    """Its cache is only read by the warm command: it may stay when a cold build starts."""
    settings = ("--settings", "{root}/pelicanconf.py", "--output", "{output}", "--quiet", "--fatal", "errors")
    cache = {
        "CACHE_CONTENT": "true",
        "LOAD_CONTENT_CACHE": "true",
        "CONTENT_CACHING_LAYER": '"reader"',
        "CHECK_MODIFIED_METHOD": '"mtime"',
        "GZIP_CACHE": "false",
        "CACHE_PATH": '"{root}/cache"',
    }
    arguments = (environment.pelican_command(), "{content}", *settings)
    return Tool(
        name=PELICAN,
        write=corpus.write_pelican,
        path=corpus.pelican_path,
        text=corpus.pelican_text,
        cold=arguments,
        warm=(*arguments, "--extra-settings", *(f"{key}={value}" for key, value in cache.items())),
    )


@dataclass(frozen=True)
class Expected:
    """What a build must have left at `path`: the words, or with `present` false, nothing at all."""

    path: Path
    words: str = ""
    present: bool = True

    def check(self, command: Command) -> None:
        if self.path.is_file() != self.present:
            wrong = "missing:" if self.present else "not removed:"
        elif self.words and self.words not in self.path.read_text(encoding="utf-8"):
            wrong = f"no « {self.words} » in"
        else:
            return
        said = command.log.read_text(encoding="utf-8", errors="replace")
        raise BuildError(f"{wrong} {self.path}\n{' '.join(command.arguments)}\n{said[-2000:]}")


@dataclass(frozen=True)
class Listed(Expected):
    """The words are on one of the pages of a list: `path` is its first."""

    def check(self, command: Command) -> None:
        pages = (self.path, *self.path.parent.glob("page/*/index.html"))
        if not any(self.words in page.read_text(encoding="utf-8") for page in pages if page.is_file()):
            super().check(command)


@dataclass(frozen=True)
class Weight:
    """What a finished site holds, in bytes; the largest page and the largest calendar."""

    pages: int
    files: int
    size: int
    page: int = 0
    calendar: int = 0


@dataclass
class Site:
    """`documents` is what the sources hold now, `first` what they held at the start."""

    tool: Tool
    root: Path
    first: list[Document]
    documents: dict[str, Document] = field(init=False)

    def __post_init__(self) -> None:
        self.tool.write(self.root, self.first)
        self.documents = {document.name: document for document in self.first}

    @property
    def output(self) -> Path:
        return self.root / self.tool.output

    def command(self, *, cold: bool) -> Command:
        names = {"root": str(self.root), "content": str(self.root / "content"), "output": str(self.output)}
        return Command(
            arguments=[part.format(**names) for part in (self.tool.cold if cold else self.tool.warm)],
            folder=environment.ROOT,
            environment=_environment(),
            log=self.root / "build.log",
        )

    def build(self) -> None:
        """Bring the output up to date, unmeasured."""
        time_build(self.command(cold=False))

    def clear(self) -> None:
        for name in self.tool.remains:
            shutil.rmtree(self.root / name, ignore_errors=True)
            (self.root / name).unlink(missing_ok=True)

    def put(self, document: Document) -> None:
        """Write a new or changed document. It stays in its file, even when its dates moved."""
        self.documents[document.name] = document
        corpus.write(self._source(document.name, document), self.tool.text(document))

    def remove(self, name: str) -> None:
        self._source(name, self.documents.pop(name)).unlink()

    def page(self, document: Document) -> Path:
        """The address is the same with every tool."""
        month = f"{document.filed:%Y/%m}" if document.event else ""
        return self.output / corpus.SECTIONS[document.kind] / month / document.name / "index.html"

    def check(self, expected: Iterable[Expected]) -> None:
        """Every document has its page, and what was changed can be seen."""
        pages = (Expected(self.page(document)) for document in self.documents.values())
        command = self.command(cold=False)
        for expectation in (*pages, *expected):
            expectation.check(command)

    def weigh(self) -> Weight:
        sizes = [(entry.name, entry.stat().st_size) for entry in _files(self.output)]
        pages = [size for name, size in sizes if name.endswith(".html")]
        calendars = [size for name, size in sizes if name.endswith(".ics")]
        total = sum(size for _, size in sizes)
        return Weight(len(pages), len(sizes), total, max(pages, default=0), max(calendars, default=0))

    def _source(self, name: str, document: Document) -> Path:
        filed = next((item for item in self.first if item.name == name), document)
        return self.root / self.tool.path(filed)


def make_sites(tools: Iterable[Tool], folder: Path, items: list[Document]) -> list[Site]:
    return list(map(partial(_make_site, folder, items), tools))


def _make_site(folder: Path, items: list[Document], tool: Tool) -> Site:
    site = Site(tool, folder / tool.name.replace(" ", "-"), items)
    site.build()
    site.check(())
    return site


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C.UTF-8", "SITE_NOW": f"{NOW:%Y-%m-%dT%H:%M}"}


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path))
            else:
                yield entry
