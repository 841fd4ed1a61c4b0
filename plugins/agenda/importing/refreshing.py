"""``./site import`` for the agenda: one partner after the other; what fails keeps its last good copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from plugins.agenda.partners import PARTNERS_FILE, Partner, Partners
from plugins.press.kinds import Refresh, Refreshed
from plugins.press.problems import Problem

if TYPE_CHECKING:
    from plugins.agenda.importing.connecting import Network
    from plugins.agenda.importing.fetching import Loaded
    from plugins.agenda.notices import Calendar

_SECONDS = 60.0
"""CPU time that one calendar may take."""
_STAYS = "Ce qui était connu de ce calendrier reste."
_NO_COPY = "Rien n'en est connu pour l'instant."


class _Done(Struct, frozen=True):
    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    failed: bool = False


def refresh(request: Refresh, network: Network | None = None) -> Refreshed:
    """Fetch, repair, compare and keep the calendar of every partner; tests hand their own ``network``."""
    if not (request.places.content / PARTNERS_FILE).is_file():
        return Refreshed()
    record, _ = request.reader.read(PARTNERS_FILE)
    if record.document is None:
        return Refreshed(problems=record.problems)
    document: Partners = record.document
    results = [_refresh_one(request, partner, network) for partner in document.partners]
    return Refreshed(
        lines=tuple(line for result in results for line in result.lines),
        problems=(
            *record.problems,
            *(problem for result in results for problem in result.problems),
            *_orphans(request, document),
        ),
        tried=len(results),
        failed=sum(result.failed for result in results),
        names=tuple(partner.name for partner in document.partners),
    )


def _refresh_one(request: Refresh, partner: Partner, network: Network | None) -> _Done:
    from plugins.agenda.importing.failures import SourceError
    from plugins.agenda.importing.keeping import read_kept
    from plugins.press.markdown.bounds import TooSlowError, call_within

    before, problems = read_kept(request, partner.path)
    if any(problem.is_error for problem in problems):  # mended by people: overwriting it would lose what it held
        return _Done((f"{partner.name} : laissé de côté, son fichier est à réparer.",), tuple(problems), failed=True)
    try:
        loaded = _load(request, partner, network)
        return call_within(_SECONDS, lambda: _take_in(request, partner, before, loaded))
    except TooSlowError:
        reason = f"sa lecture prend plus de {_SECONDS:.0f} s. Demander au partenaire un calendrier plus court."
    except SourceError as error:
        reason = str(error)
    stays = _STAYS if before else _NO_COPY
    warning = _warn(request, partner.path if before else PARTNERS_FILE, f"{partner.name} : {reason} {stays}")
    return _Done((f"{partner.name} : pas de nouvelles.",), (*problems, warning), failed=True)


def _load(request: Refresh, partner: Partner, network: Network | None) -> Loaded:
    from plugins.agenda.importing.connecting import Network
    from plugins.agenda.importing.fetching import fetch
    from plugins.agenda.importing.keeping import read_answer, read_file

    if partner.file:
        return read_file(request, partner.file)
    return fetch(partner.url, read_answer(request, partner.url), network or Network())


def _take_in(request: Refresh, partner: Partner, before: Calendar | None, loaded: Loaded) -> _Done:
    """Raises ``SourceError`` when the whole is of no use; nothing was written then."""
    from plugins.agenda.importing.comparing import compare, is_suspicious
    from plugins.agenda.importing.failures import SourceError
    from plugins.agenda.importing.keeping import write_answer, write_calendar
    from plugins.agenda.importing.normalising import normalise
    from plugins.agenda.importing.repairing import read_feed
    from plugins.agenda.importing.telling import describe
    from plugins.agenda.notices import MAX_LENGTH, dump

    found = normalise(read_feed(loaded.data), partner, request.now)
    if partner.url:
        write_answer(request, partner.url, loaded)
    had = before.notices if before else ()
    if partner.name not in request.accepted and is_suspicious(had, found.notices, request.now):
        return _Done((f"{partner.name} : mis de côté.",), (_aside(request, partner, before, len(found.notices)),))
    comparison = compare(before, found, partner, request.now)
    text = dump(comparison.calendar)
    if len(text.encode()) > MAX_LENGTH:
        raise SourceError("ses événements sont trop nombreux pour un fichier. Ajouter des mots cherchés (« words »).")
    lines = list(describe(comparison, found, request.now))
    if write_calendar(request, partner.path, text):
        lines.append(f"  écrit : {request.places.shown_content}/{partner.path}")
    return _Done(tuple(lines))


def _aside(request: Refresh, partner: Partner, before: Calendar | None, found: int) -> Problem:
    had = sum(notice.is_coming(request.now) for notice in before.notices) if before else 0
    message = (
        f"{partner.name} : {had} événements à venir étaient connus, le calendrier n'en donne plus que {found} en tout. "
        f'Ce qui était connu reste. Si c\'est voulu : ./site import --accept "{partner.name}".'
    )
    return _warn(request, partner.path, message)


def _orphans(request: Refresh, document: Partners) -> Iterator[Problem]:
    from plugins.agenda.importing.keeping import orphans

    for path in orphans(request, {partner.path for partner in document.partners}):
        message = "ce calendrier n'est plus celui d'aucun partenaire. Effacer ce fichier pour retirer ses événements."
        yield _warn(request, path, message)


def _warn(request: Refresh, path: str, message: str) -> Problem:
    return Problem(path=f"{request.places.shown_content}/{path}", message=message, severity="warning")
