"""``agenda/doublons.yaml``: what people decide when the agenda takes two events for one, or one for two.

A list of ``{same: [reference, reference…]}`` and ``{different: [reference, reference…]}`` (``references``).
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated

from plugins.agenda.model import Agenda
from plugins.agenda.references import Decisions, Duplicates, group, read_day, read_reference, refer
from plugins.press.documents import Mark, Text
from plugins.press.kinds import Draft, Kind
from plugins.press.problems import Problem
from plugins.press.schema import AsList, Fields, Line
from plugins.press.site import Site

_References = Annotated[tuple[Line, ...], AsList]
_CHOICE = "écrire « same » (c'est un seul événement) ou « different » (ce n'est pas le même), l'un des deux."
_FEW = "il faut au moins deux événements différents. En ajouter un, ou retirer cette ligne."
_FORM = (
    "ne désigne pas un événement. Écrire le chemin d'un de nos fichiers (agenda/2026/fete.md), ou "
    "calendrier/jour/titre pour un événement importé (ville-de-tours/2026-07-05/fete-du-velo)."
)
_OURS = "deux fichiers du site ne sont jamais réunis. N'en garder qu'un, et supprimer l'autre ou le rediriger."
_BOTH = "une autre ligne dit que ces événements sont le même. Retirer l'une des deux."


class DecisionFields(Fields):
    """One decision."""

    same: _References = ()
    different: _References = ()


class DecisionsFields(Fields):
    """The whole of ``doublons.yaml``: a list of decisions."""

    decisions: Annotated[tuple[DecisionFields, ...], AsList] = ()


def build_duplicates(draft: Draft, fields: DecisionsFields, text: Text) -> Duplicates:
    marks: dict[str, Mark] = {}
    same: list[tuple[str, ...]] = []
    different: dict[str, tuple[str, ...]] = {}
    for index, entry in enumerate(fields.decisions):
        place = f"decisions.{index}"
        if bool(entry.same) == bool(entry.different):
            draft.refuse(place, _CHOICE)
        elif entry.same:
            same.append(_read(draft, f"{place}.same", entry.same, marks))
            if sum(name.endswith(".md") for name in same[-1]) > 1:
                draft.refuse(f"{place}.same", _OURS)
        else:
            different[place] = _read(draft, f"{place}.different", entry.different, marks)
    decisions = Decisions(tuple(same), tuple(different.values()))
    groups = group(decisions)
    for place, names in different.items():
        if len({groups.get(name, name) for name in names}) < len(names):
            draft.refuse(f"{place}.different", _BOTH)
    return Duplicates(
        path=draft.path, url="", title="Doublons de l'agenda", slug="", text=text, marks=marks, decisions=decisions
    )


def _read(draft: Draft, place: str, typed: tuple[str, ...], marks: dict[str, Mark]) -> tuple[str, ...]:
    """The references of one decision, each once."""
    found: dict[str, None] = {}
    for index, text in enumerate(typed):
        name = read_reference(text)
        if not name:
            draft.refuse(f"{place}.{index}", f"« {text} » {_FORM}")
            return ()
        found[name] = None
        list_, number, key = place.split(".")
        marks.setdefault(name, draft.front.marks[list_, int(number), key, index])
    if len(found) < 2:
        draft.refuse(place, _FEW)
    return tuple(found)


def check(site: Site) -> Iterator[Problem]:
    """Decisions about events that nobody announces: a file renamed, a title changed. What is past is left in peace."""
    documents = site.of(Duplicates)
    known = _find_references(site.get(Agenda)) if documents else set[str]()
    today = site.local_now.date()
    for document in documents:
        decided = document.decisions
        names = dict.fromkeys(name for names in (*decided.same, *decided.different) for name in names)
        for name in names:
            day = read_day(name)
            if name not in known and name not in site.files and (day is None or day >= today):
                yield site.problem(document, _unknown(name, known), mark=document.marks[name], warning=True)


def _find_references(agenda: Agenda) -> set[str]:
    """How people may name each event that is announced."""
    own = agenda.announced
    return {refer(event) for event in (*own.open, *agenda.imported)} | {*map(own.path, own.settled)}


def _unknown(name: str, known: set[str]) -> str:
    beside = sorted(other for other in known if other.split("/")[0] == name.split("/", maxsplit=1)[0])
    near = get_close_matches(name, beside, n=1, cutoff=0.7)
    remedy = f"Vouliez-vous écrire « {near[0]} » ?" if near else "Corriger cette ligne, ou la retirer."
    what = "aucun fichier de ce nom" if name.endswith(".md") else "aucun calendrier importé ne l'annonce plus"
    return f"« {name} » : {what}. {remedy}"


DUPLICATES = Kind(
    "duplicates", r"agenda/doublons\.yaml", DecisionsFields, Duplicates, build_duplicates, data_key="decisions"
)
