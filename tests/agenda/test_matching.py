"""Which announcements are one event: the rules, one by one."""

from datetime import datetime, timedelta

import pytest

from plugins.agenda.details import Occurrence, Repeat, Source
from plugins.agenda.duplicates import merge
from tests.values import event

START = "2026-07-05T14:00"


def is_one(mine, theirs):
    """Whether a partner's announcement is taken for ours: both given as what differs."""
    usual = {"title": "Fête du vélo", "start": START, "city": "Tours"}
    own = event(**usual | mine)
    other = event(**usual | {"source": Source("Archipel", "x"), "path": "agenda/imports/x"} | theirs)
    return bool(merge((own, other)).into)


def title(mine, theirs, **both):
    return is_one({"title": mine, **both}, {"title": theirs, **both})


def test_the_same_title_town_and_day():
    assert is_one({}, {"title": "LA FETE DU VELO 2026 !", "city": "tours"})


@pytest.mark.parametrize(
    "differs", [{"title": "Fête du pain"}, {"city": "Blois"}, {"start": "2026-07-06T14:00"}], ids=str
)
def test_another_title_town_or_day_is_another_event(differs):
    assert not is_one({}, differs)


# Titles that are alike


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Atelier de réparation de vélos", "Atelier réparation vélo"),
        ("Fête du vélo", "Fête du vélo à Tours"),
        ("Vélo en fête", "Fête du vélo"),
        ("Forum de l'économie sociale et solidaire", "Forum régional de l'économie sociale et solidaire"),
        ("Grand forum de l'économie sociale et solidaire", "Forum de l'économie sociale et solidaire"),
    ],
)
def test_titles_that_differ_a_little_are_one_event(mine, theirs):
    assert title(mine, theirs)
    assert not title(mine, theirs, city="")  # a town that nobody says agrees with nothing


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Atelier couture enfants", "Atelier couture enfants débutants"),
        ("Café citoyen : la réparation", "Café citoyen : la monnaie"),
        ("Conférence économie sociale solidaire matin", "Conférence économie sociale solidaire soir"),
        ("Cycle de conférences en ville 1", "Cycle de conférences en ville 2"),
        ("Cycle des grandes conférences populaires", "Cycle des grandes conférences populaires 2"),
        ("Tours", "Fête à Tours"),
        (" ".join(f"mot{n}" for n in range(25)), " ".join(f"mot{n}" for n in range(24))),
    ],
)
def test_titles_that_say_another_thing_are_two_events(mine, theirs):
    assert not title(mine, theirs)


# Towns


def test_an_empty_town_is_any_town_when_the_titles_are_equal():
    assert is_one({"city": ""}, {})
    assert is_one({}, {"city": ""})
    assert is_one({"city": ""}, {"city": ""})


def test_an_empty_town_is_none_when_two_towns_announce_that_title():
    tours, blois, nowhere = (
        event("Fête", START, city=city, path=f"agenda/imports/{city}", source=Source(f"Ville {city}", "x"))
        for city in ("Tours", "Blois", "")
    )
    assert merge((nowhere, tours, blois)).into == {}
    assert merge((nowhere, tours)).into == {"agenda/imports/": "agenda/imports/Tours"}


def test_the_town_of_an_event_of_ours_counts_even_where_nobody_else_announces_anything():
    blois, nowhere = (event("Fête", START, city=city, path=f"agenda/{city}.md") for city in ("Blois", ""))
    tours = event("Fête", START, city="Tours", path="agenda/imports/x", source=Source("Archipel", "x"))
    assert merge((blois, nowhere, tours)).into == {}
    assert merge((nowhere, tours)).into == {tours.path: nowhere.path}


def test_a_town_that_turns_out_to_be_another_event_counts_no_more():
    def told(title, city, by):
        source = Source(by, "x") if by else None
        return event(title, START, city=city, path=f"agenda/{by}.md", source=source)

    short = "Forum économie sociale solidaire"
    long, blois, tours, nowhere = (
        told(f"{short} régional", "Blois", ""),
        told(short, "Blois", "A"),
        told(short, "Tours", "B"),
        told(short, "", "C"),
    )
    expected = {blois.path: long.path, nowhere.path: tours.path}
    assert merge((long, blois, tours, nowhere)).into == expected


# Hours


@pytest.mark.parametrize(
    ("start", "same"),
    [
        ("2026-07-05", True),
        ("2026-07-05T14:30", True),
        ("2026-07-05T17:00", True),
        ("2026-07-05T17:01", False),
        ("2026-07-05T20:00", False),
    ],
)
def test_hours_may_differ_by_three_hours_at_most(start, same):
    assert is_one({}, {"start": start}) is same
    assert is_one({"start": start}, {"start": START}) is same


def test_two_hours_in_one_calendar_are_two_sessions_and_find_their_own():
    def session(hour, by, *, aggregator=False):
        path, source = f"agenda/imports/{by}{hour}", Source(by, str(hour), aggregator=aggregator)
        return event("Film", f"2026-07-05T{hour}:00", city="Tours", path=path, source=source)

    sessions = [session(hour, by, aggregator=by == "B") for by in "AB" for hour in (14, 16)]
    assert merge(sessions).into == {
        "agenda/imports/B14": "agenda/imports/A14",
        "agenda/imports/B16": "agenda/imports/A16",
    }
    assert merge([session(14, "A"), session(16, "A")]).into == {}


# Series


def series(days, **values):
    starts = [datetime.fromisoformat(START) + timedelta(weeks=week) for week in range(days)]
    occurrences = tuple(Occurrence(start, None, all_day=False) for start in starts)
    return {"repeat": Repeat(rule="", occurrences=occurrences), **values}


def test_one_date_of_a_series_is_the_series():
    assert is_one(series(10), {"start": "2026-07-19T14:00"})
    assert not is_one(series(10), {"start": "2026-07-20T14:00"})


@pytest.mark.parametrize(("mine", "theirs", "same"), [(10, 10, True), (8, 10, True), (7, 10, False), (1, 10, False)])
def test_a_series_is_another_one_when_most_of_its_days_are(mine, theirs, same):
    assert is_one(series(mine), series(theirs)) is same
