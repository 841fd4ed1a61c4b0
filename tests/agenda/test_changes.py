"""How an event changed: its SEQUENCE and stamps, and the sentences that tell its subscribers."""

from datetime import datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agenda.changes import read_meaning, recent, track
from plugins.agenda.details import Place
from plugins.press.versions import History, Version
from tests import sites, values
from tests.values import event, moment

ADDED = moment("2026-01-05T10:00")
PLACE = Place(name="Salle des fêtes", city="Tours")


def tracked(*versions, added=True):
    """The track of an event that was committed each day as these, the last one being its present text."""
    commits = [(ADDED + timedelta(days=day), read_meaning(version)) for day, version in enumerate(versions)]
    history = values.history(versions[-1].path, *commits) if added else History()
    return track(versions[-1], values.site(versions[-1], history=history))


def test_an_event_that_never_changed_has_the_sequence_0():
    found = tracked(event())
    assert (found.created, found.modified, found.sequence, found.changes) == (ADDED, ADDED, 0, ())


def test_outside_git_there_are_no_dates():
    found = tracked(event(), added=False)
    assert (found.created, found.modified, found.sequence) == (None, None, 0)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Un autre titre", "path": "agenda/2026/fete.md"},
        {"summary": "Une faute corrigée."},
        {"text": values.text("<p>Autre</p>")},
        {"price": "gratuit"},
        {"tags": ("vélo",)},
    ],
)
def test_what_nobody_plans_by_raises_no_sequence(fields):
    found = tracked(event(), event(**{"path": "agenda/2026/fete.md"} | fields))
    assert (found.sequence, found.changes) == (0, ())
    assert found.modified == ADDED + timedelta(days=1)


@pytest.mark.parametrize(
    ("before", "after", "kind", "sentence"),
    [
        (event(), event(start="2026-07-06"), "moved", "Déplacé : c'était dimanche 5 juillet 2026."),
        (
            event(start="2026-07-05T18:30"),
            event(start="2026-07-05T19:00"),
            "moved",
            "Déplacé : c'était dimanche 5 juillet 2026, à 18\xa0h\xa030.",
        ),
        (event(), event(end="2026-07-06"), "moved", "Déplacé : c'était dimanche 5 juillet 2026."),
        (event(), event(place=PLACE), "place", "Lieu annoncé : Salle des fêtes, Tours."),
        (event(place=PLACE), event(), "place", "Le lieu a changé : c'était Salle des fêtes, Tours."),
        (event(), event(event_status="cancelled"), "cancelled", "Annulé."),
        (event(), event(event_status="postponed"), "postponed", "Reporté, sans nouvelle date."),
        (event(), event(event_status="full"), "full", "Complet."),
        (event(event_status="cancelled"), event(), "restored", "Rétabli : il aura lieu."),
    ],
)
def test_a_change_raises_the_sequence_and_is_told(before, after, kind, sentence):
    found = tracked(before, after)
    assert found.sequence == 1
    (change,) = found.changes
    assert (change.kind, change.sentence, change.moment) == (kind, sentence, ADDED + timedelta(days=1))


def repeated(more=""):
    text = sites.event(start="2026-07-05", repeat=f"\n  rule: FREQ=WEEKLY;COUNT=3{more}")
    return values.read("agenda/2026/fete.md", text)[0]


@pytest.mark.parametrize("more", ["\n  except: [2026-07-12]", "\n  changes: [{on: 2026-07-12, event_status: full}]"])
def test_other_dates_are_a_change_too(more):
    found = tracked(repeated(), repeated(more))
    assert found.sequence == 1
    assert [change.sentence for change in found.changes] == ["Les dates ont changé."]


def test_a_version_that_could_not_be_read_is_passed_over():
    found = event()
    history = values.history(found.path, (ADDED, b""), (ADDED, b""), (ADDED, read_meaning(found)))
    assert track(found, values.site(found, history=history)).sequence == 0


def test_what_is_not_committed_yet_counts():
    before, after = event(), event(start="2026-07-06")
    history = History(added={after.path: ADDED}, committed={after.path: read_meaning(before)})
    found = track(after, values.site(after, history=history))
    assert (found.sequence, found.modified) == (1, ADDED)
    history = History(added={after.path: ADDED}, committed={after.path: read_meaning(after)})
    assert track(after, values.site(after, history=history)).sequence == 0


def test_a_merge_tells_what_is_new_to_all_that_it_merges():
    path = "agenda/2026/fete.md"
    moved, placed = event(start="2026-07-06", path=path), event(place=PLACE, path=path)
    both = event(start="2026-07-06", place=PLACE, path=path)
    other = event(start="2026-07-07", place=PLACE, path=path)
    parents = (read_meaning(moved), read_meaning(placed))
    for merged, sequence, kinds in ((moved, 0, []), (both, 1, []), (other, 1, ["moved"])):
        version = Version(ADDED, parents, read_meaning(merged))
        history = History(added={path: ADDED}, versions={path: (version,)})
        found = track(merged, values.site(merged, history=history))
        assert (found.sequence, [change.kind for change in found.changes]) == (sequence, kinds)


@given(st.lists(st.integers(1, 3), min_size=1, max_size=8))
def test_the_sequence_counts_each_change_once_and_never_goes_back(days):
    versions = [event(start=f"2026-07-0{day}", path="agenda/2026/fete.md") for day in days]
    sequences = [tracked(*versions[: count + 1]).sequence for count in range(len(versions))]
    assert sequences == sorted(sequences)
    assert sequences[-1] == sum(before != after for before, after in pairwise(days))
    assert isinstance(tracked(*versions).modified, datetime)


# What is new


def test_what_changed_is_told_latest_first_while_it_mattered():
    before, after = event(), event(start="2026-07-06", path="agenda/2026/fete.md")
    old = event("Vieille", "2025-07-05")
    moments = (ADDED, ADDED + timedelta(days=9))
    known = values.history(after.path, *zip(moments, map(read_meaning, (before, after)), strict=True))
    history = msgspec.structs.replace(known, added={after.path: ADDED, old.path: ADDED})
    found = recent(values.site(after, old, history=history), 10)
    assert [(of.title, change.kind, change.moment) for of, change in found] == [
        ("Fête", "moved", moments[1]),
        ("Fête", "new", ADDED),
    ]
    assert recent(values.site(after, old, history=history), 1) == found[:1]
