"""A catalogue: settled documents are only decoded when asked for, and every answer is what it is without one."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agenda.filing import FILING, RECENT
from plugins.agenda.model import Event, by_start
from plugins.press.catalogue import Catalogue, find_name, minute
from plugins.press.documents import with_face
from plugins.press.filed import ByPath, Filed
from plugins.press.sources import Stamp
from plugins.press.tallies import Tally
from tests import filings, sites, values
from tests.filings import BORDER, MOMENTS, NOW, Said, catalogue, plain
from tests.values import moment

# Tallies

EVENTS = st.lists(st.sampled_from("ABCDE").map(values.event), max_size=6)


@given(EVENTS, EVENTS, st.randoms())
def test_a_tally_does_not_tell_the_order_and_what_is_taken_away_was_never_there(some, others, random):
    tally = Tally().plus(some)
    assert tally == Tally().plus(random.sample(some, len(some)))
    assert tally.plus(others).plus(random.sample(others, len(others)), -1) == tally
    assert tally.plus(others, -1).plus(others) == tally
    assert tally.plus(some, -1) == Tally()


@given(EVENTS, EVENTS)
def test_tallies_are_the_same_of_the_same_documents_only(some, others):
    is_same = sorted(some, key=by_start) == sorted(others, key=by_start)
    assert (Tally().plus(some) == Tally().plus(others)) == is_same
    assert (Tally().plus(some).face == Tally().plus(others).face) == is_same


def test_a_tally_counts_and_knows_faces_from_wholes():
    one, other = values.event(text=values.text("<p>Un.</p>")), values.event(text=values.text("<p>Deux.</p>"))
    assert Tally().plus([one, other]).count == 2
    first, second = Tally().plus([one]), Tally().plus([other])
    assert first.face == second.face == one.face
    assert (first.whole, second.whole) == (one.whole, other.whole)
    assert first.whole != second.whole


# The catalogue


def test_what_is_kept_is_what_was_packed():
    events = [
        plain("Bal", "2019-07-05", tags=("ESS",), date="2019-05-01"),
        plain("Fête", "2018-03-09T10:00", "2018-03-09T12:00"),
        plain("Été", "2019-07-05", modified="2020-01-02"),
    ]
    kept = catalogue(*events)
    rows = [events[1], events[0], events[2]]
    assert [kept.document(row) for row in range(len(kept))] == rows
    assert kept.paths == filings.paths(rows)
    assert kept.titles == ["Fête", "Bal", "Été"]
    assert kept.urls == [event.url for event in rows]
    assert kept.changes == ["", "2019-05-01", "2020-01-02"]
    assert kept.stamps == [(1, 2, 3)] * 3
    assert [kept.digest(row) for row in range(3)] == [event.whole for event in rows]
    assert kept.row_of == {event.path: row for row, event in enumerate(rows)}
    assert [*kept.listings["tag ESS"].positions()] == [1]
    assert kept.listings["all"].tally == Tally().plus(events)


@pytest.mark.parametrize("stamp", [(0, 0, 0), (7, -5, 2**62), (2**40, 1, -(2**62))])
def test_a_stamp_is_kept_whatever_a_disk_says(stamp: Stamp):
    packed, _ = filings.pack_records([filings.record(plain(), stamp)], FILING, sites.settings())
    assert Catalogue(packed, None).stamps == [stamp]


def test_a_document_is_decoded_when_it_is_asked_for_and_once():
    packed = filings.pack([plain()])
    asked = []

    class Decoder:
        def decode(self, data: bytes) -> Event:
            asked.append(bytes(data))
            return plain()

    kept = Catalogue(packed, Decoder())
    filed = Filed(FILING, (), NOW, kept)
    assert (filed.tally("all").count, filed.terms("year"), [*filed.rows("all")]) == (1, ["year 2019"], [0])
    assert asked == []
    assert kept.document(0) is kept.document(0)
    assert asked == [bytes(packed.documents)]


def test_an_empty_catalogue_has_nothing():
    kept = catalogue()
    assert (len(kept), kept.horizon(NOW), kept.paths, kept.stamps, kept.urls) == (0, 0, [], [], [])
    assert not Filed(FILING, (), NOW, kept).open


# When documents are settled


@pytest.mark.parametrize(
    ("now", "settled"),
    [
        ("2020-08-09T11:59", 0),
        ("2020-08-09T12:00", 1),  # 400 days after the end of the first
        ("2020-08-10T11:59", 1),
        ("2020-08-10T12:00", 2),
    ],
)
def test_documents_are_settled_from_their_moment_on(now, settled):
    ends = [moment(now) for now in ("2019-07-06T12:00", "2019-07-07T12:00")]
    kept = catalogue(*(plain(f"{end}", (end - timedelta(hours=1)).isoformat(), end.isoformat()) for end in ends))
    assert kept.horizon(moment(now)) == settled
    filed = Filed(FILING, (), moment(now), kept)
    assert [*filed.settled] == [*range(settled)]
    assert len(filed.open) == 2 - settled


def test_behind_one_that_is_not_settled_all_are_open():
    events = [
        plain("Longue", "2025-04-01T10:00", "2025-04-30T10:00"),
        plain("Courte", "2025-04-02T10:00", "2025-04-02T12:00"),
    ]
    assert catalogue(*events).horizon(NOW) == 0
    assert catalogue(*events).horizon(NOW + timedelta(days=5)) == 2
    assert Filed(FILING, (), NOW, catalogue(*events)).open == events


@given(
    st.datetimes(datetime(2019, 1, 1), datetime(2019, 2, 1)),
    st.datetimes(datetime(2019, 1, 1), datetime(2019, 2, 1)),
)
def test_minutes_are_in_the_order_of_moments(one, other):
    if one <= other:
        assert minute(one) <= minute(other)
    if minute(one) < minute(other):
        assert one < other


@pytest.mark.parametrize("seconds", [0, 1, 30, 59])
def test_nothing_is_settled_before_its_moment(seconds):
    """Builds happen at any second; events are over at whole minutes, but for those that end at a second."""
    over = moment("2019-07-05T12:01")
    now = moment("2019-07-05T12:00") + RECENT + timedelta(seconds=seconds)
    assert catalogue(plain(start="2019-07-05T10:00", end=over.isoformat())).horizon(now) == 0


# What is filed: the same with a catalogue and without one

TERMS = {
    "all",
    "tag ESS",
    "tag ess",
    "tag fête",
    "tag rien",
    "department 37",
    "department 45",
    "category prestation",
    "organiser cress",
    "year 2024",
    "year 2025",
    "month 2025-04",
    "begins 2025-04",
}
NAMES = ("tag", "begins", "year", "month", "department", "category", "organiser", "named")


@given(filings.said(), MOMENTS)
def test_every_question_has_the_answer_that_it_has_when_all_are_looked_at(said: Said, now):
    whole, split = said.whole(now), said.split(now)
    for name in NAMES:
        assert split.terms(name) == whole.terms(name)
    terms = TERMS | {term for event in (*said.events, *said.before.values()) for term in FILING.terms(event)}
    for term in sorted(terms):
        assert split.tally(term) == whole.tally(term), term
        assert split.documents_of([term]) == whole.documents_of([term]), term
        opened = [event for event in split.open if term in FILING.terms(event)]
        found = sorted([*split.documents(split.rows(term)), *opened], key=by_start)
        assert found == whole.documents_of([term]), term
    several = ["tag ESS", "department 37", "tag rien"]
    assert split.documents_of(several) == whole.documents_of(several)
    assert sorted([*split.open, *split.documents(split.settled)], key=by_start) == whole.open


@given(filings.said(), MOMENTS)
def test_what_is_settled_is_over_for_long_and_found_by_its_path(said: Said, now):
    split = said.split(now)
    settled = [*split.documents(split.settled)]
    assert [*map(split.path, split.settled)] == filings.paths(settled)
    assert [split.row(event.path) for event in settled] == [*split.settled]
    assert all(split.row(event.path) is None for event in split.open)
    assert all(event.occurrences[0].over <= now - RECENT for event in settled)
    assert [*split.titles()] == [event.title for event in settled]
    assert split.changes() == {event.url: event.changed for event in settled}


@given(filings.said(), MOMENTS)
def test_open_documents_are_in_order_and_all_that_a_build_must_look_at(said: Said, now):
    split = said.split(now)
    assert split.open == sorted(split.open, key=by_start)
    assert {*filings.paths(split.open)} | {*map(split.path, split.settled)} == {*filings.paths(said.events)}
    assert len(split.open) + len(split.settled) == len(said.events)


@given(filings.said(), MOMENTS, st.data())
def test_what_takes_the_place_of_others_is_open(said: Said, now, data):
    """``exchange`` gives the open documents; settled ones that are among them are open from then on."""
    split = said.split(now)
    settled = [*split.documents(split.settled)]
    chosen = data.draw(st.lists(st.sampled_from(settled), unique_by=id)) if settled else []
    edited = [event for event in (*split.open, *chosen) if event in chosen or data.draw(st.booleans())]
    left = [event for event in split.open if event not in edited]
    new = [with_face(msgspec.structs.replace(event, title="Neuf", tags=("fête", "ESS"))) for event in edited]
    found = split.exchange([*new, *left])
    assert found.open == sorted([*left, *new], key=by_start)
    others = [event for event in settled if event not in chosen]
    assert [*found.documents(found.settled)] == others
    whole = Filed(FILING, [*left, *new, *others], now)
    for term in TERMS:
        assert found.tally(term) == whole.tally(term), term
        assert found.documents_of([term]) == whole.documents_of([term]), term


# By path


@given(filings.said(), MOMENTS)
def test_every_document_has_its_path_settled_or_not(said: Said, now):
    split, article = said.split(now), values.article()
    known = {event.path: event for event in split.open} | {article.path: article}
    by_path = ByPath(known, [split])
    assert dict(by_path) == {event.path: event for event in said.events} | {article.path: article}
    assert len(by_path) == len(said.events) + 1
    for path in {*said.before} - {*filings.paths(said.events)}:
        assert path not in by_path
        with pytest.raises(KeyError):
            by_path[path]


def test_a_kind_is_called_as_in_its_documents():
    assert find_name(Event) == "event"


def test_the_events_of_these_tests_are_settled_and_not_and_of_both_kinds():
    """Else the laws above would hold of nothing."""
    seen = {"settled": False, "open in the catalogue": False, "passed": False}

    @given(filings.said())
    def look(said: Said) -> None:
        split = said.split()
        seen["settled"] |= len(split.settled) > 1
        seen["open in the catalogue"] |= any(event in split.open for event in said.before.values())
        seen["passed"] |= bool(split._passed)

    look()
    assert all(seen.values()), seen
    assert moment("2025-04-27T12:00") == BORDER
