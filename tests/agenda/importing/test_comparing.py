"""Comparing: an event keeps its identity whatever its calendar does, the past stays, twice changes nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from plugins.agenda.details import Place
from plugins.agenda.importing.comparing import Comparison, compare, is_suspicious
from plugins.agenda.importing.normalising import Normalised
from plugins.agenda.notices import MAX_EVENTS, Calendar, Dates, Notice, dump
from tests import sites
from tests.agenda.importing.calendars import partner

NOW = sites.NOW
LATER = NOW + timedelta(days=60)


def notice(title: str = "Fête", *starts: str, uid: str = "1", **values: object) -> Notice:
    dates = tuple(Dates(datetime.fromisoformat(start)) for start in starts or ("2026-07-05T18:00",))
    city = values.pop("city", "Tours")
    return Notice(**{"uid": uid, "title": title, "dates": dates, "all_day": False, "place": Place(city=city)} | values)


def compared(*notices: Notice, before: Calendar | None = None, now: datetime = NOW) -> Comparison:
    return compare(before, Normalised(notices), partner(), now)


def kept(*notices: Notice) -> Calendar:
    return compared(*notices).calendar


def keys(found: Comparison) -> list[str]:
    return [each.key for each in found.calendar.notices]


# New


def test_a_new_event_gets_a_lasting_key_and_the_day_it_was_seen():
    found = compared(notice("Fête de l'été"))
    assert keys(found) == ["2026/07/fete-de-l-ete-les-amis"]
    assert found.calendar.notices[0].seen == date(2026, 6, 1)
    assert found.calendar.changed == datetime(2026, 6, 1, 12)
    assert found.new == found.calendar.notices


def test_keys_are_unique_and_fit_in_an_address():
    found = compared(notice("🎉"), notice("🎊", uid="2"), notice("long mot " * 30, uid="3", city="Blois"))
    assert len(set(keys(found))) == 3
    assert "2026/07/evenement-les-amis" in keys(found)
    assert "2026/07/evenement-les-amis-2" in keys(found)
    assert all(len(key) <= 88 for key in keys(found))


def test_the_same_event_twice_in_one_calendar_is_one():
    assert len(compared(notice(), notice("FÊTE", uid="2"), notice(uid="3", city="Blois")).calendar.notices) == 2


# The same


def test_the_same_calendar_changes_nothing_not_even_later():
    before = kept(notice(), notice("Bal", "2026-08-01T20:00", uid="2"))
    found = compared(
        *(notice(), notice("Bal", "2026-08-01T20:00", uid="2")), before=before, now=NOW + timedelta(minutes=90)
    )
    assert found.calendar == before
    assert (found.new, found.moved, found.changed, found.gone) == ((), (), (), ())


def test_new_identities_at_each_load_change_nothing():
    before = kept(notice(uid="a"), notice("Bal", "2026-08-01T20:00", uid="b"))
    for load in range(3):
        found = compared(notice(uid=f"x{load}"), notice("BAL", "2026-08-01T20:00", uid=f"y{load}"), before=before)
        assert [each.uid for each in found.calendar.notices] == ["a", "b"]
        assert keys(found) == [each.key for each in before.notices]
        assert (found.new, found.gone) == ((), ())


def test_a_series_with_a_new_identity_is_known_by_any_of_its_dates():
    before = kept(notice("Atelier", "2026-05-01T18:00", "2026-06-05T18:00", "2026-07-03T18:00"))
    found = compared(notice("Atelier", "2026-06-05T18:00", "2026-07-03T18:00", uid="autre"), before=before)
    assert found.calendar == before


def test_two_events_with_one_title_and_day_in_two_towns_stay_two():
    before = kept(notice(uid="a"), notice(uid="b", city="Blois"))
    found = compared(notice(uid="c", city="Blois"), notice(uid="d"), before=before)
    assert found.calendar == before


def test_what_a_person_decided_is_kept():
    before = kept(notice())
    decided = msgspec.structs.replace(before.notices[0], shown=False)
    found = compared(
        notice("Fête du port"), before=msgspec.structs.replace(before, notices=(decided,)), now=NOW + timedelta(days=1)
    )
    (after,) = found.calendar.notices
    assert (after.title, after.shown, after.key, after.seen) == ("Fête du port", False, decided.key, decided.seen)


# Moved and changed


def test_a_new_hour_place_or_cancellation_is_a_move_and_keeps_the_key():
    before = kept(notice())
    for change in (notice("Fête", "2026-08-05T18:00"), notice(city="Blois"), notice(cancelled=True)):
        found = compared(change, before=before, now=NOW + timedelta(hours=1))
        ((old, new),) = found.moved
        assert (old, new.key) == (before.notices[0], before.notices[0].key)
        assert new.modified == found.calendar.changed == datetime(2026, 6, 1, 13)


def test_a_new_text_is_a_change():
    found = compared(notice(summary="Venez."), before=kept(notice()))
    assert ([each.summary for each in found.changed], found.moved) == (["Venez."], ())


def test_a_series_that_the_window_lets_go_on_is_no_news():
    before = kept(notice("Atelier", "2026-06-05T18:00", "2026-06-12T18:00"))
    after = notice("Atelier", "2026-06-05T18:00", "2026-06-12T18:00", "2026-06-19T18:00")
    found = compared(after, before=before)
    assert (found.moved, found.changed, len(found.calendar.notices[0].dates)) == ((), (), 3)


# Gone, and past


def test_what_is_gone_and_was_to_come_is_removed():
    found = compared(before=kept(notice()))
    assert found.calendar.notices == ()
    assert [each.title for each in found.gone] == ["Fête"]


def test_what_took_place_stays_when_its_calendar_forgets_it():
    before = kept(notice("Fête", "2026-05-05T18:00"))
    found = compared(before=before)
    assert (found.calendar.notices, found.gone) == (before.notices, ())


def test_a_series_that_is_gone_keeps_the_dates_that_took_place():
    before = kept(notice("Atelier", "2026-05-01T18:00", "2026-05-08T18:00", "2026-07-03T18:00"))
    found = compared(before=before)
    assert [dates.start.month for dates in found.calendar.notices[0].dates] == [5, 5]
    assert [each.title for each in found.gone] == ["Atelier"]


def test_a_series_that_only_gives_what_is_to_come_keeps_its_past_and_its_address():
    before = kept(notice("Atelier", "2026-05-01T18:00", "2026-05-08T18:00", "2026-07-03T18:00"))
    found = compared(notice("Atelier", "2026-07-03T18:00", "2026-07-10T18:00"), before=before)
    (after,) = found.calendar.notices
    assert [dates.start.day for dates in after.dates] == [1, 8, 3, 10]
    assert after.key == "2026/05/atelier-les-amis"


def test_the_last_date_of_a_series_does_not_cost_its_past():
    before = kept(notice("Atelier", "2026-05-01T18:00", "2026-07-03T18:00"))
    found = compared(notice("Atelier", "2026-07-03T18:00"), before=before)
    assert found.calendar == before


def test_a_series_at_a_new_hour_leaves_its_past_at_the_old_one():
    before = kept(notice("Atelier", "2026-05-22T18:00", "2026-05-29T18:00", "2026-06-05T18:00"))
    found = compared(notice("Atelier", "2026-05-22T19:00", "2026-05-29T19:00", "2026-06-05T19:00"), before=before)
    assert [f"{dates.start:%d %H}" for dates in found.calendar.notices[0].dates] == ["22 18", "29 18", "05 19"]


def test_a_new_text_of_a_past_event_is_taken():
    before = kept(notice("Fête", "2026-05-05T18:00"))
    (after,) = compared(notice("Fête du port", "2026-05-05T18:30"), before=before).calendar.notices
    assert (after.title, after.start.minute) == ("Fête du port", 30)


def test_an_identity_used_again_next_year_is_a_new_event():
    before = kept(notice("Foire", "2025-09-05T10:00"))
    foire = notice("Foire", "2026-09-04T10:00")
    found = compared(foire, before=before)
    assert keys(found) == ["2025/09/foire-les-amis", "2026/09/foire-les-amis"]
    assert compared(foire, before=found.calendar).calendar == found.calendar


def test_no_more_events_than_a_file_may_hold_the_nearest_first():
    starts = [datetime(2026, 6, 2) + timedelta(hours=hour) for hour in range(MAX_EVENTS + 5)]
    found = compared(*(notice(f"N {n}", start.isoformat(), uid=str(n)) for n, start in enumerate(starts)))
    assert (len(found.calendar.notices), found.left_out) == (MAX_EVENTS, 5)
    assert found.calendar.notices[-1].start == starts[MAX_EVENTS - 1]


# Far fewer than before


def coming(number: int) -> tuple[Notice, ...]:
    return tuple(notice(f"N {n}", f"2026-07-{n + 1:02}T18:00", uid=str(n), key=str(n)) for n in range(number))


def test_less_than_half_of_six_and_more_is_suspicious():
    assert is_suspicious(coming(6), coming(2), NOW)
    assert not is_suspicious(coming(6), coming(3), NOW)
    assert not is_suspicious(coming(5), coming(1), NOW)
    assert not is_suspicious(coming(6), coming(2), LATER), "they are past then: nothing is lost"


def test_nothing_at_all_is_always_suspicious_while_something_was_to_come():
    assert is_suspicious(coming(1), (), NOW)
    assert not is_suspicious((), (), NOW)
    assert not is_suspicious(coming(1), (), LATER)


# The law

TITLES = st.sampled_from(["Fête", "FÊTE", "Bal", "🎉", "Loto de l'été"])
STARTS = st.lists(
    st.integers(-40, 300).map(lambda days: (datetime(2026, 6, 1, 10) + timedelta(days=days)).isoformat()),
    min_size=1,
    max_size=3,
    unique=True,
).map(sorted)
FEEDS = st.lists(
    st.builds(
        lambda title, starts, city, cancelled: notice(title, *starts, city=city, cancelled=cancelled),
        TITLES,
        STARTS,
        st.sampled_from(["Tours", "Blois", ""]),
        st.booleans(),
    ),
    max_size=6,
)


def numbered(feed: list[Notice], prefix: str) -> tuple[Notice, ...]:
    return tuple(msgspec.structs.replace(each, uid=f"{prefix}{n}") for n, each in enumerate(feed))


@given(FEEDS, FEEDS, st.sampled_from(["a", "autre"]))
def test_importing_twice_changes_nothing(first, second, prefix):
    before = kept(*numbered(first, "a"))
    once = compared(*numbered(second, prefix), before=before)
    twice = compared(*numbered(second, prefix), before=once.calendar, now=NOW + timedelta(seconds=70))
    assert dump(twice.calendar) == dump(once.calendar)
    assert (twice.new, twice.moved, twice.changed, twice.gone) == ((), (), (), ())
    assert len(set(keys(twice))) == len(keys(twice))


@given(FEEDS)
def test_new_identities_never_change_a_calendar_whose_events_are_all_different(feed):
    different = list({each.likeness[0] + each.likeness[2]: each for each in feed}.values())
    before = kept(*numbered(different, "a"))
    assert compared(*numbered(different, "autre"), before=before).calendar == before
