"""References: how people name an event, so that the name still holds at the next import."""

import pytest

from plugins.agenda.details import Source
from plugins.agenda.references import Decisions, group, read_day, read_reference, refer
from tests.values import event

IMPORTED = event("Fête du vélo !", "2026-07-05T14:00", source=Source("Ville de Tours", "un-uid"))


def test_an_event_of_ours_is_named_by_its_file():
    assert refer(event("Fête")) == "agenda/2026/fete.md"
    assert read_day("agenda/2026/fete.md") is None


def test_an_imported_event_keeps_its_name_whatever_its_uid_and_hour():
    later = event("ANNULÉ – Fête du vélo", "2026-07-05T15:00", source=Source("Ville de Tours", "un-autre-uid"))
    assert refer(IMPORTED) == refer(later) == "ville-de-tours/2026-07-05/fete-velo"
    assert read_day(refer(IMPORTED)).isoformat() == "2026-07-05"


@pytest.mark.parametrize(
    "typed",
    [
        "ville-de-tours/2026-07-05/fete-du-velo",
        "Ville de Tours/2026-07-05/Fête du vélo",
        "ville-de-tours/20260705/Fête Vélo",
    ],
)
def test_a_reference_may_be_typed_in_words(typed):
    assert read_reference(typed) == refer(IMPORTED)


@pytest.mark.parametrize("typed", ["x", "a/b/c", "a/2026-02-30/c", "/2026-07-05/c", "a/2026-07-05/", "blog/2026/x.md"])
def test_what_names_no_event_is_no_reference(typed):
    assert read_reference(typed) == ""


def test_what_is_the_same_as_the_same_is_the_same():
    groups = group(Decisions(same=(("a", "b"), ("c", "d"), ("d", "b"), ("e", "f"))))
    assert groups == {"a": "a", "b": "a", "c": "a", "d": "a", "e": "e", "f": "e"}
