"""Builders for imports: a partner's calendar as bytes, the request of an import, and what it left behind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from plugins.agenda.importing.connecting import Network
from plugins.agenda.importing.refreshing import refresh
from plugins.agenda.imports import ImportedCalendar
from plugins.agenda.partners import Partner
from plugins.press.kinds import Refresh, Refreshed
from plugins.press.reading import Reader, Record
from tests import sites


def event(title: str = "Fête", start: str = "20260705T180000", uid: str = "1@exemple.fr", **values: str) -> str:
    """A VEVENT; an empty value leaves its property out, « _ » in a name stands for « - »."""
    found = {"UID": uid, "DTSTAMP": "20260101T000000Z", "DTSTART": start, "SUMMARY": title}
    found |= {name.replace("_", "-"): value for name, value in values.items()}
    lines = [f"{name}{'' if value.startswith(';') else ':'}{value}" for name, value in found.items() if value]
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def calendar(*events: str, head: str = "") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *([head] if head else []), *events, "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


def partner(**values: Any) -> Partner:
    return Partner(**{"name": "Les Amis", "slug": "les-amis", "file": "amis.ics", "trusted": True} | values)


def request(root: Path, *accepted: str, now: datetime = sites.NOW) -> Refresh:
    places = sites.places(root)
    places.content.mkdir(parents=True, exist_ok=True)
    reader = Reader(sites.SUBJECTS, sites.settings(), places.content, "content")
    return Refresh(reader, places, now, accepted)


def run(
    root: Path,
    data: bytes | None = None,
    *accepted: str,
    now: datetime = sites.NOW,
    network: Network | None = None,
    extra: str = "",
) -> Refreshed:
    """Import the calendar ``data`` of the partner « Les Amis », whose file it is."""
    asked = request(root, *accepted, now=now)
    if data is not None:
        partners = f"- {{name: Les Amis, file: amis.ics, trusted: true{extra}}}\n"
        sites.write(root / "content", {"agenda/partenaires.yaml": partners, "amis.ics": data})
    return refresh(asked, network)


def text(root: Path, name: str = "les-amis") -> str:
    return (root / f"content/agenda/imports/{name}.yaml").read_text(encoding="utf-8")


def record(root: Path, name: str = "les-amis") -> Record:
    return request(root).reader.read(f"agenda/imports/{name}.yaml")[0]


def imported(root: Path, name: str = "les-amis") -> ImportedCalendar:
    found = record(root, name)
    assert found.problems == ()
    return found.document


def titles(root: Path) -> list[str]:
    return [found.title for found in imported(root).events]


def warnings(result: Refreshed) -> list[str]:
    assert not any(problem.is_error for problem in result.problems)
    return [problem.message for problem in result.problems]


def lines(result: Refreshed, word: str) -> list[str]:
    """The lines that begin with this word, without it."""
    start = f"  {word} : "
    return [line.removeprefix(start) for line in result.lines if line.startswith(start)]


def files(root: Path) -> Mapping[str, bytes]:
    return sites.tree(root / "content/agenda/imports")
