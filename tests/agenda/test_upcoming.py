"""What is coming, in the words one says it with."""

import pytest

from plugins.agenda.model import Agenda
from plugins.agenda.upcoming import build_groups
from tests import values
from tests.values import event


def groups(*events, now="2026-06-03T12:00"):
    """The groups with something in them: label, days, titles. The third of June 2026 is a Wednesday."""
    agenda = values.site(*events, now=now).get(Agenda)
    found = build_groups(agenda, agenda.coming(agenda.entries))
    return [(g.label, g.days, [card.title for card in g.cards]) for g in found if g.cards]


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2026-06-03T11:00", "2026-06-03T13:00", "En ce moment"),
        ("2026-06-03", "", "En ce moment"),
        ("2026-05-01", "2026-06-03", "En ce moment"),
        ("2026-06-03T12:01", "", "Aujourd'hui"),
        ("2026-06-04", "", "Cette semaine"),
        ("2026-06-07T23:59", "", "Cette semaine"),
        ("2026-06-08T00:00", "", "La semaine prochaine"),
        ("2026-06-14", "", "La semaine prochaine"),
        ("2026-06-15", "", "juin"),
        ("2026-12-31", "", "décembre"),
        ("2027-01-01", "", "janvier 2027"),
        ("2027-06-15", "", "juin 2027"),
    ],
)
def test_each_has_its_word(start, end, label):
    assert [found[0] for found in groups(event(start=start, end=end))] == [label]


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_does_not_take_place_is_not_under_way(status):
    assert groups(event(start="2026-06-01", end="2026-06-30", event_status=status))[0][0] == "Aujourd'hui"


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2026-06-03T12:00", ["mercredi 3 juin 2026", "du 4 au 7 juin 2026", "du 8 au 14 juin 2026"]),
        ("2026-06-07T12:00", ["dimanche 7 juin 2026", "du 8 au 14 juin 2026"]),
        ("2026-06-01T00:00", ["lundi 1er juin 2026", "du 2 au 7 juin 2026", "du 8 au 14 juin 2026"]),
    ],
)
def test_labels_are_said_in_dates_too(now, days):
    day = now[:8]
    events = [
        event("Ce soir", f"{now[:10]}T23:00"),
        *(event(f"Le {n}", f"{day}{n:02}T23:30", path=f"agenda/2026/{n}.md") for n in range(int(now[8:10]) + 1, 15)),
    ]
    assert [found[1] for found in groups(*events, now=now)] == days


def test_the_four_first_groups_are_there_for_the_browser_even_empty():
    agenda = values.site(event(start="2026-12-31")).get(Agenda)
    found = build_groups(agenda, agenda.coming(agenda.entries))
    assert [group.key for group in found] == ["now", "today", "week", "next", "2026-12"]


def test_of_nothing_there_is_no_group():
    assert groups() == []
