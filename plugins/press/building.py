"""One build, from the stages: read, assemble, compose, render, check, publish."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from plugins.press import gallery, history, manifest, media, policy, recording, snapshot, store
from plugins.press.bundles import Bundles, Late, Mode
from plugins.press.contrast import check_contrast
from plugins.press.documents import Document
from plugins.press.filed import file_all
from plugins.press.files import TwinTree
from plugins.press.kinds import Frozen, Subject, allowances_of
from plugins.press.manifest import Manifest, Shelves
from plugins.press.moments import midnight_after
from plugins.press.outputs import Output, check_menus, check_urls
from plugins.press.paths import Paths, are_apart, are_free, count_pages
from plugins.press.pictures.album import read_album
from plugins.press.problems import Problem, sort_problems, stop_on_errors
from plugins.press.publishing import Edition
from plugins.press.reading import Reader
from plugins.press.records import Kept, Records, youngest_trusted
from plugins.press.rendering import Press
from plugins.press.settings import Places, Settings
from plugins.press.sharing import build_site_card
from plugins.press.site import Site
from plugins.press.sources import Tree, scan
from plugins.press.theme import Theme, require_theme

Say = Callable[[str], None]
_FORMAT = b"cache 1"
_FEW = 10
"""So many new addresses are quicker looked for one by one than all addresses put in order."""


class Request(Struct, frozen=True):
    """What is asked of a build. ``code`` are the folders of plugins, ``watched`` the files that settings come from."""

    settings: Settings
    places: Places
    subjects: tuple[Subject, ...]
    code: tuple[Path, ...]
    watched: tuple[Path, ...]
    now: datetime
    full: bool = False
    publish: bool = True
    bundles: Mode = "small"
    processes: int = 1
    sources: Tree | None = None
    """The files of the content, when they were listed just now."""
    kept: Kept | None = None
    """What the last builds knew of them, when it was read just now (``prepare``)."""


class Result(Struct, frozen=True):
    """What a build did: how many files it read, outputs it rendered, files it wrote and removed."""

    read: int
    rendered: int
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    counts: dict[str, int]
    warnings: tuple[Problem, ...]
    recorded: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    """Where files come together, with names that tell nobody anything: those of bundles."""
    late: tuple[Late, ...] = ()
    held: Any = None
    """All that the build had in memory: giving it back takes a tenth of a build, which who ends next can spare."""


def build(request: Request, say: Say = lambda _: None) -> Result:
    """Run the six stages under the output's lock.

    Raises ``ContentError`` (with every problem of every file) or ``PressError``; the published site is
    then as it was.
    """
    with store.locked(request.places.state, say) as waited:
        if waited:
            # who went first may have seen later ones
            request = msgspec.structs.replace(request, sources=None, kept=None)
        try:
            return _Build(request).run()
        except store.DamagedCacheError:
            return _Build(msgspec.structs.replace(request, full=True)).run()


def prepare(request: Request) -> Request:
    """The request with what the last builds kept: to be read while something else is waited for."""
    return msgspec.structs.replace(request, kept=_load(request, _build_reader(request)))


def advise(request: Request, path: str) -> tuple[Problem, ...]:
    """What the subjects say of a file just made (``Subject.advise``), whatever is wrong elsewhere; nothing is built."""
    with store.locked(request.places.state):
        try:
            return _Build(request).advise(path)
        except store.DamagedCacheError:
            return _Build(msgspec.structs.replace(request, full=True)).advise(path)


def freeze(request: Request, name: str) -> tuple[tuple[str, ...], Frozen]:
    """What the subjects freeze under that name (``Subject.freeze``): the paths written, and what to say.

    Raises ``ContentError`` when a file cannot be read: what it holds would be left out for ever.
    """
    with store.locked(request.places.state):
        try:
            return _Build(request).freeze(name)
        except store.DamagedCacheError:
            return _Build(msgspec.structs.replace(request, full=True)).freeze(name)


def stamp_code(request: Request) -> bytes:
    """The stamps of all files that a build depends on besides the content."""
    return snapshot.stamp_code([*request.code, *request.places.themes], request.watched)


class _Build:
    def __init__(self, request: Request) -> None:
        self.request = request
        self.places = request.places
        self.tree = TwinTree(request.places.output, request.places.state)
        self.pieces = store.Pieces(request.places.state / "pieces.sqlite3")

    def run(self) -> Result:
        collects = gc.isenabled()
        gc.disable()  # frozen values in one pass: there is nothing to collect, and looking costs a tenth of the build
        try:
            return self._run()
        finally:
            self.pieces.close()
            if collects:
                gc.enable()

    def advise(self, path: str) -> tuple[Problem, ...]:
        try:
            site, _, _ = self._assemble(scan(self.places.content, self.places.shown_content))
            return sort_problems(self._advise(site, path))
        finally:
            self.pieces.close()

    def freeze(self, name: str) -> tuple[tuple[str, ...], Frozen]:
        try:
            site, problems, _ = self._assemble(scan(self.places.content, self.places.shown_content))
            stop_on_errors(problems)
            found = next((subject.freeze(site, name) for subject in self.request.subjects if subject.freeze), Frozen())
            return recording.write(found.files, self.places), found
        finally:
            self.pieces.close()

    def _advise(self, site: Site, path: str = "") -> Iterator[Problem]:
        for subject in self.request.subjects:
            if subject.advise:
                yield from subject.advise(site, path)

    def _run(self) -> Result:
        request = self.request
        require_theme(self.places.theme, self.places.look)
        if request.publish:
            self.tree.refuse_foreign()
        if request.full:
            self.pieces.clear()
            store.Blobs(self.places.state).clear()
        code, young = stamp_code(request), youngest_trusted(self.places)
        sources = request.sources or scan(self.places.content, self.places.shown_content)
        site, problems, read = self._assemble(sources)
        outputs = self._compose(site)
        edition = self._render(site, outputs, problems)
        if not request.publish:
            problems.extend(self._advise(site))
        warnings = stop_on_errors(problems)
        recorded = recording.record(site, request.subjects, self.places) if not request.publish else ()
        edition.publish()
        counts = {**site.counts, "pages": self._count_pages(outputs)}
        if request.publish:
            content = sources.stamp if sources.latest < young else b""
            self.press.blobs.prune(edition.kept())
            self._remember(site, code, content, warnings, counts)
        changed, removed = tuple(edition.changed), tuple(edition.removed)
        folders, late = tuple(self.bundles.folders), self.bundles.late(self.press)
        held = (self, site, outputs, edition)
        return Result(read, len(edition.waiting), changed, removed, counts, warnings, recorded, folders, late, held)

    def _assemble(self, sources: Tree) -> tuple[Site, list[Problem], int]:
        request = self.request
        reader = _build_reader(request)
        kept = request.kept or _load(request, reader)
        self.key = kept.key
        found = Records(reader, self.places, self.pieces, kept).read(sources, processes=request.processes)
        documents = [record.document for record in found.loose.values() if record.document is not None]
        now = request.now.replace(tzinfo=None)
        filed = file_all(reader.filings, filter(self._is_shown, documents), found.catalogues, found.gone, now)
        wrong = [record for record in found.loose.values() if record.document is None or record.problems]
        pictures = read_album(documents, sources, self.places, full=request.full, processes=request.processes)
        commit = snapshot.read_commit(self.places.root)
        site = Site(
            [document for document in documents if type(document) not in filed or not self._is_shown(document)],
            settings=request.settings,
            now=request.now,
            files=sources.files,
            pictures=pictures,
            shown_root=self.places.shown_content,
            commit=commit,
            history=history.read_history(self.places, commit, request.settings.timezone, reader, self.key),
            broken=[record.path for record in wrong if record.document is None],
            filed=filed,
        )
        problems = [
            *sources.problems,
            *(problem for record in wrong for problem in record.problems),
        ]
        return site, problems, found.read

    def _is_shown(self, document: Document) -> bool:
        return self.request.settings.drafts or not document.draft

    def _compose(self, site: Site) -> list[Output]:
        outputs = self._gather(site)
        if self.shelves.kept and self.press.frame != self.shelves.before.frame:
            outputs = self._gather(site, keep=False)  # a menu leads elsewhere than before: every page shows it
        return outputs

    def _gather(self, site: Site, *, keep: bool = True) -> list[Output]:
        """All outputs; those of batches that are what they were are only composed unless ``keep``."""
        request, theme = self.request, Theme(self.places.theme, self.places.look)
        allowances = allowances_of(request.subjects)
        before = Manifest() if request.full else manifest.read(self.places.state, self.tree.identity())
        self.shelves = Shelves(before, self.key + theme.fingerprint(), keep=keep)
        outputs = [*theme.outputs(), *media.build_outputs(site), *policy.build_outputs(allowances)]
        outputs.extend((*gallery.build_outputs(theme, request.settings), *build_site_card(site.settings)))
        for subject in request.subjects:
            outputs.extend(self.shelves.take(subject.build_outputs(site)))
        mode = request.bundles if request.publish else "never"
        self.bundles = Bundles(self.places.state, mode, self.key, full=request.full)
        outputs.extend(self.bundles.announce(request.subjects, site, self._count_pages(outputs)))
        standing = self.shelves.standing
        for subject in request.subjects:
            if subject.build_index:
                outputs.extend(self.shelves.take(subject.build_index(site, tuple(outputs), standing)))
        self.outputs = {output.path: output for output in outputs}
        self.paths = Paths(self.outputs, self.shelves.standing)
        self.press = Press(
            request.settings,
            theme,
            places=self.places,
            pieces=self.pieces,
            code=self.key,
            paths=self.paths,
            kinds={kind.name: kind for subject in self.request.subjects for kind in subject.blocks},
            allowances=allowances,
        )
        return outputs

    def _render(self, site: Site, outputs: list[Output], problems: list[Problem]) -> Edition:
        """Check the whole, then render what has changed. Nothing is made or rendered from content with errors."""
        problems.extend((*self._check(site, outputs), *self.bundles.problems))
        stop_on_errors(problems)
        self.outputs |= {output.path: output for output in self.bundles.outputs(self.press)}
        edition = Edition(self.paths, self.press, self.tree, self.shelves, publish=self.request.publish)
        problems.extend(_placed(edition.render(self.request.processes), site))
        return edition

    def _check(self, site: Site, outputs: list[Output]) -> Iterator[Problem]:
        yield from site.check_links()
        yield from media.check(site, self.places.content)
        for subject in self.request.subjects:
            if subject.check:
                yield from subject.check(site)
        yield from self._check_urls(site, outputs)
        yield from site.check_addresses(self.paths)
        yield from check_menus(self.request.settings, self.paths)
        yield from check_contrast(self.press.theme.tokens)
        if not (site.by_path or site.broken):
            yield Problem(
                path=site.shown_root,
                message="ce dossier ne contient aucun texte : le site sera vide.",
                severity="warning",
            )

    def _check_urls(self, site: Site, outputs: list[Output]) -> Iterator[Problem]:
        if len(self.outputs) == len(outputs) and self.shelves.kept:
            new = self.outputs.keys() - self.shelves.known.keys()
            if len(new) < _FEW and (not new or are_free(new, self.paths.text)):
                return  # each of the others has been published before, beside what stands, and was looked at then
        if not are_apart(self.paths.text, len(outputs) + self.shelves.standing.count("\n")):
            # of what stands, only the address is known, and not what it comes from
            yield from check_urls(self._gather(site, keep=False) if self.shelves.kept else outputs, site)

    def _count_pages(self, outputs: Iterable[Output]) -> int:
        return sum(output.url.endswith("/") for output in outputs) + count_pages(self.shelves.standing)

    def _remember(
        self, site: Site, code: bytes, content: bytes, warnings: tuple[Problem, ...], counts: dict[str, int]
    ) -> None:
        identity = self.tree.identity()
        if identity is None:
            return
        snapshot.write(
            self.places.state,
            snapshot.Snapshot(
                content=content,
                code=code,
                settings=self.request.settings.fingerprint(),
                commit=site.commit,
                bundles=self.request.bundles,
                output=identity,
                now=site.now,
                holds_until=_next_change(site, self.request.subjects),
                warnings=warnings,
                counts=counts,
            ),
        )


def _build_reader(request: Request) -> Reader:
    return Reader(request.subjects, request.settings, request.places.content, request.places.shown_content)


def _load(request: Request, reader: Reader) -> Kept:
    state = _FORMAT + request.settings.fingerprint() + snapshot.hash_code(request.code)
    key = blake2b(state, digest_size=32).digest()
    return Kept(key) if request.full else Kept.load(reader, request.places, key)


def _next_change(site: Site, subjects: Iterable[Subject]) -> datetime:
    """The next moment at which the same content gives another site: midnight, or the start or end of an event."""
    changes = [subject.next_change(site) for subject in subjects if subject.next_change]
    local = min([midnight_after(site.local_now), *(change for change in changes if change)])
    return local.replace(tzinfo=site.now.tzinfo)


def _placed(problems: Iterable[Problem], site: Site) -> Iterator[Problem]:
    for problem in problems:
        is_source = problem.path in site.files
        yield (msgspec.structs.replace(problem, path=f"{site.shown_root}/{problem.path}") if is_source else problem)
