"""What an event means: its days, when it runs and is over, in which order, and where it is filed."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agenda import model
from plugins.agenda.departments import FRENCH_DEPARTMENTS
from plugins.agenda.details import Organiser, Registration
from plugins.agenda.model import Agenda, Event, announced, by_start, events_of
from plugins.press.problems import render_text
from plugins.press.versions import History
from tests import filings, values
from tests.filings import Said
from tests.values import event, moment, weekly

# The days and months on which it takes place


def once(start, end="", **fields):
    """The only occurrence of an event."""
    return values.once(event(start=start, end=end, **fields).occurrences)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-07-05", "", "05"),
        ("2026-07-05", "2026-07-05", "05"),
        ("2026-07-05", "2026-07-07", "05 06 07"),
        ("2026-07-31", "2026-08-01", "31 01"),
        ("2026-07-05T18:30", "", "05"),
        ("2026-07-05T18:30", "2026-07-05T20:00", "05"),
        ("2026-07-05T18:30", "2026-07-06T00:00", "05"),  # until midnight is not the next day
        ("2026-07-05T18:30", "2026-07-06T00:01", "05 06"),
        ("2026-07-05T00:00", "2026-07-05T00:00", "05"),
        ("2026-07-05T00:00", "2026-07-06T00:00", "05"),
        ("2026-03-28", "2026-03-30", "28 29 30"),  # over the change of hour
    ],
)
def test_the_days_of_an_event(start, end, days):
    assert [f"{day:%d}" for day in once(start, end).days()] == days.split()


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-07-05", "", [(2026, 7)]),
        ("2026-07-31", "2026-08-01", [(2026, 7), (2026, 8)]),
        ("2026-07-31T20:00", "2026-08-01T00:00", [(2026, 7)]),
        ("2026-11-15", "2027-02-01", [(2026, 11), (2026, 12), (2027, 1), (2027, 2)]),
    ],
)
def test_an_event_is_of_every_month_that_it_touches(start, end, months):
    assert list(once(start, end).months()) == months
    agenda = agenda_of(event(start=start, end=end))
    assert list(agenda.by_month) == months


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda m: m.replace(second=0, microsecond=0))


@given(MOMENTS, st.none() | st.timedeltas(timedelta(0), timedelta(days=99)), st.booleans())
def test_days_and_months_agree_with_the_time_it_lasts(start, length, all_day):
    if all_day:
        start, length = start.replace(hour=0, minute=0), length and timedelta(days=length.days)
    end = None if length is None else start + length
    found = once(start.isoformat(), end.isoformat() if end else "", all_day=all_day)
    days = list(found.days())
    assert days[0] == start.date()
    assert all(after - before == timedelta(days=1) for before, after in pairwise(days))
    assert days[-1] == found.last_day == (found.over - datetime.resolution).date() or end == start
    assert list(found.months()) == sorted({(day.year, day.month) for day in days})


# Coming, running, past


def agenda_of(*events, now="2026-06-01T12:00"):
    return values.site(*events, now=now).get(Agenda)


def state(found, now):
    """« coming », « running » or « past » at that time, in Paris."""
    agenda = agenda_of(found, now=now)
    if agenda.is_past(found):
        assert not agenda.is_running(agenda.entries[0])
        return "past"
    return "running" if agenda.is_running(agenda.entries[0]) else "coming"


@pytest.mark.parametrize(
    ("start", "end", "begins", "over"),
    [
        ("2026-07-05", "", "2026-07-05T00:00", "2026-07-06T00:00"),
        ("2026-07-05", "2026-07-07", "2026-07-05T00:00", "2026-07-08T00:00"),
        ("2026-07-05T18:30", "2026-07-05T20:00", "2026-07-05T18:30", "2026-07-05T20:00"),
        ("2026-07-05T18:30", "2026-07-06T00:00", "2026-07-05T18:30", "2026-07-06T00:00"),
        ("2026-07-05T18:30", "", "2026-07-05T18:30", "2026-07-06T00:00"),  # no end stated: that day
        ("2026-12-31T22:00", "2027-01-01T04:00", "2026-12-31T22:00", "2027-01-01T04:00"),
        ("2026-03-29", "", "2026-03-29T00:00", "2026-03-30T00:00"),  # a day of 23 hours
        ("2026-10-25", "", "2026-10-25T00:00", "2026-10-26T00:00"),  # and one of 25
        ("2026-03-29T01:30", "2026-03-29T03:30", "2026-03-29T01:30", "2026-03-29T03:30"),
    ],
)
def test_an_event_runs_from_its_first_moment_until_it_is_over(start, end, begins, over):
    found = event(start=start, end=end)
    second = timedelta(seconds=1)
    assert state(found, (moment(begins) - second).isoformat()) == "coming"
    assert state(found, begins) == "running"
    assert state(found, (moment(over) - second).isoformat()) == "running"
    assert state(found, over) == "past"


@pytest.mark.parametrize(
    ("timezone", "begins", "over"),
    [
        ("America/New_York", "2026-07-06T00:30", "2026-07-06T02:00"),
        ("Asia/Tokyo", "2026-07-05T11:30", "2026-07-05T13:00"),
        ("Europe/London", "2026-07-05T19:30", "2026-07-05T21:00"),
    ],
)
def test_an_event_elsewhere_runs_when_it_does_there(timezone, begins, over):
    found = event(start="2026-07-05T18:30", end="2026-07-05T20:00", timezone=timezone)
    second = timedelta(seconds=1)
    assert state(found, (moment(begins) - second).isoformat()) == "coming"
    assert state(found, begins) == "running"
    assert state(found, (moment(over) - second).isoformat()) == "running"
    assert state(found, over) == "past"


@given(
    MOMENTS,
    st.none() | st.timedeltas(timedelta(minutes=1), timedelta(days=40)),
    st.booleans(),
    st.sampled_from(["Europe/Paris", "America/New_York", "Asia/Tokyo"]),
    st.lists(st.timedeltas(timedelta(days=-3), timedelta(days=45)), min_size=2, max_size=6),
)
def test_time_only_goes_from_coming_to_running_to_past(start, length, all_day, timezone, later):
    if all_day:
        start, length = start.replace(hour=0, minute=0), length and timedelta(days=length.days)
    end = None if length is None else start + length
    found = event(start=start.isoformat(), end=end.isoformat() if end else "", all_day=all_day, timezone=timezone)
    states = [state(found, (start + wait).replace(microsecond=0).isoformat()) for wait in sorted(later)]
    assert states == sorted(states, key=["coming", "running", "past"].index)


def test_running_events_come_first_then_the_next_ones():
    running_long = event("Exposition", "2026-05-01", "2026-06-30")
    running = event("Aujourd'hui", "2026-06-01")
    soon, later = event("Ce soir", "2026-06-01T19:00"), event("Demain", "2026-06-02")
    gone = event("Ce matin", "2026-06-01T09:00", "2026-06-01T11:00")
    agenda = agenda_of(later, gone, soon, running, running_long)
    assert events_of(agenda.coming(agenda.entries)) == [running_long, running, soon, later]
    assert events_of(agenda.coming(agenda.entries, 2)) == [running_long, running]
    assert events_of(agenda.past(agenda.entries)) == [gone]


def test_the_past_goes_backwards_and_may_be_cut():
    events = [event(f"Le {day}", f"2026-05-{day:02}") for day in (3, 1, 4, 2)]
    agenda = agenda_of(*events)
    assert [found.event.title for found in agenda.past(agenda.entries)] == ["Le 4", "Le 3", "Le 2", "Le 1"]
    assert [found.event.title for found in agenda.past(agenda.entries, 2)] == ["Le 4", "Le 3"]


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.sampled_from(["", "T09:00", "T18:30"]), st.sampled_from("ABC")),
        max_size=12,
    ),
    st.randoms(),
)
def test_whatever_the_order_of_files_the_order_of_events_is_the_same(said, random):
    events = [
        event(title, f"2026-06-0{day}{hour}", path=f"agenda/2026/{number}.md", url=f"/agenda/2026/06/{number}/")
        for number, (day, hour, title) in enumerate(said)
    ]
    shuffled = random.sample(events, len(events))
    agenda, other = agenda_of(*events), agenda_of(*shuffled)
    assert agenda.events == other.events
    assert [*agenda.entries] == [*other.entries]
    assert agenda.coming(agenda.entries) == other.coming(other.entries)
    keys = [by_start(found) for found in agenda.events]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@given(st.lists(st.tuples(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=90))), max_size=8), MOMENTS)
def test_every_event_is_either_past_or_coming(said, now):
    events = [
        event(f"Fête {number}", start.isoformat(), (start + length).replace(second=0, microsecond=0).isoformat())
        for number, (start, length) in enumerate(said)
    ]
    agenda = agenda_of(*events, now=now.isoformat())
    past, coming = agenda.past(agenda.entries), agenda.coming(agenda.entries)
    assert sorted(events_of([*past, *coming]), key=by_start) == list(agenda.events)


# When the site must be built again


@pytest.mark.parametrize(
    ("now", "change"),
    [
        ("2026-07-05T09:00", "2026-07-05T12:00"),  # one can no longer sign up
        ("2026-07-05T12:00", "2026-07-05T18:30"),  # it begins
        ("2026-07-05T18:30", "2026-07-05T20:00"),  # it is over
        ("2026-07-05T20:00", None),
    ],
)
def test_the_next_change_is_the_next_moment_that_pages_tell(now, change):
    signing = Registration(deadline=moment("2026-07-05T12:00"), deadline_all_day=False)
    agenda = agenda_of(event(start="2026-07-05T18:30", end="2026-07-05T20:00", registration=signing), now=now)
    assert agenda.next_change() == (moment(change) if change else None)


def test_the_next_change_of_an_event_elsewhere_is_told_by_our_clocks():
    agenda = agenda_of(event(start="2026-07-05T18:30", timezone="Asia/Tokyo"))
    assert agenda.next_change() == moment("2026-07-05T11:30")


@given(
    MOMENTS,
    st.timedeltas(timedelta(minutes=1), timedelta(days=3)),
    st.timedeltas(timedelta(days=-4), timedelta(days=4)),
)
def test_nothing_changes_before_the_next_change(start, length, wait):
    found = event(start=start.isoformat(), end=(start + length).replace(second=0, microsecond=0).isoformat())
    now = (start + wait).replace(microsecond=0)
    change = agenda_of(found, now=now.isoformat()).next_change()
    if change is not None:
        assert state(found, (change - timedelta(seconds=1)).isoformat()) == state(found, now.isoformat())
        assert state(found, change.isoformat()) != state(found, now.isoformat())
    else:
        assert state(found, now.isoformat()) == "past"


# Registration


@pytest.mark.parametrize(
    ("deadline", "last", "closed"),
    [
        ("2026-06-10", "2026-06-10T23:59", "2026-06-11T00:00"),  # « jusqu'au 10 juin » : all of that day
        ("2026-06-10T18:00", "2026-06-10T17:59", "2026-06-10T18:00"),
    ],
)
def test_one_can_sign_up_until_the_deadline_is_over(deadline, last, closed):
    signing = Registration(deadline=moment(deadline), deadline_all_day="T" not in deadline)
    found = event(registration=signing)
    assert not agenda_of(found, now=last).is_closed(found)
    assert agenda_of(found, now=closed).is_closed(found)


def test_without_a_deadline_one_can_always_sign_up():
    for found in (event(), event(registration=Registration(email="a@exemple.test"))):
        assert not agenda_of(found, now="2030-01-01").is_closed(found)


# Where it is filed


def test_events_are_filed_by_year_department_category_and_organiser():
    one = event("Une", "2025-12-31", departments=("37", "45"), category="prestation", organisers=["CRESS"])
    two = event("Deux", "2026-01-01", departments=("37",), partners=["CRESS"])
    agenda = agenda_of(two, one)
    assert held(agenda.by_year) == {2025: [one], 2026: [two]}
    assert held(agenda.by_department) == {"37": [one, two], "45": [one]}
    assert held(agenda.by_category) == {"prestation": [one]}
    assert held(agenda.by_organiser) == {"cress": [one, two]}


def held(groups):
    """The events of each group."""
    return {key: [entry.event for entry in entries] for key, entries in groups.items()}


def test_one_organiser_under_several_spellings_is_one():
    site = Organiser("CRESS", "cress", "https://cress.example/")
    events = [
        event("Une", organisers=["Cress"]),
        event("Deux", organisers=[site]),
        event("Trois", partners=["CRESS"]),
    ]
    agenda = agenda_of(*events)
    assert list(agenda.organisers) == ["cress"]
    assert agenda.organisers["cress"].url == "https://cress.example/"
    assert len(agenda.by_organiser["cress"]) == 3


def test_who_organises_and_takes_part_is_listed_once():
    found = event(organisers=["CRESS"], partners=["cress", "Coopaxis"])
    assert held(agenda_of(found).by_organiser) == {"cress": [found], "coopaxis": [found]}


def test_every_french_department_has_a_name():
    assert len(FRENCH_DEPARTMENTS) == 102
    assert FRENCH_DEPARTMENTS["2A"] == "Corse-du-Sud"
    assert FRENCH_DEPARTMENTS["75"] == "Paris"
    assert all(name and name == name.strip() for name in FRENCH_DEPARTMENTS.values())


# When it was announced


@pytest.mark.parametrize(
    ("start", "said", "commit", "expected"),
    [
        ("2026-07-05", "2026-05-01", "2026-04-01", "2026-05-01"),  # the editor's date is right
        ("2026-07-05", None, "2026-04-01T10:00", "2026-04-01T10:00"),
        ("2025-07-05", None, "2026-04-01T10:00", "2025-07-05"),  # told afterwards
        ("2025-07-05", None, None, "2025-07-05"),
        ("2026-07-05", None, None, None),  # nothing is known: nothing is said
    ],
)
def test_an_event_is_announced_by_its_date_its_commit_or_its_start(start, said, commit, expected):
    found = event(start=start, date=moment(said) if said else None)
    site = values.site(found, announced={found.path: commit} if commit else {})
    assert announced(found, site) == (moment(expected) if expected else None)


@pytest.mark.parametrize(("now", "expected"), [("2026-07-05T11:29", None), ("2026-07-05T11:30", "2026-07-05T11:30")])
def test_an_event_elsewhere_is_announced_at_its_start_by_our_clocks(now, expected):
    found = event(start="2026-07-05T18:30", timezone="Asia/Tokyo")
    assert announced(found, values.site(found, now=now)) == (moment(expected) if expected else None)


def test_a_card_tells_what_lists_need():
    found = event("Fête", "2026-05-05", "2026-05-06", city="Tours", departments=("37",), event_status="cancelled")
    card = values.once(agenda_of(found).event_cards([found]))
    assert (card.title, card.url, card.city) == ("Fête", "/agenda/2026/05/fete/", "Tours")
    assert (card.start, card.end, card.all_day) == (moment("2026-05-05"), moment("2026-05-06"), True)
    assert (card.status, card.past) == ("cancelled", True)


def test_now_is_read_on_the_clocks_of_the_site_wherever_the_machine_is():
    found = event(start="2026-07-05T18:30", end="2026-07-05T20:00")
    site = values.site(found, now="2026-07-05T20:00")
    assert site.now.astimezone(ZoneInfo("UTC")).hour == 18
    assert site.get(Agenda).is_past(found)
    assert found.occurrences[0].last_day == date(2026, 7, 5)


# What is settled


def pair(said, now, *documents, **site):
    """The sites of the same events: some of them settled, and all looked at."""
    options = {"now": now.isoformat(), **site}
    return (
        values.site(*documents, filed={Event: said.split(now)}, **options),
        values.site(*documents, filed={Event: said.whole(now)}, **options),
    )


def told(agenda):
    """What an agenda says of all its events, in plain values."""
    groups = (agenda.by_year, agenda.by_month, agenda.by_department, agenda.by_category, agenda.by_organiser)
    return {
        "events": agenda.events,
        "entries": [*agenda.entries],
        "groups": [{key: [*found] for key, found in group.items()} for group in groups],
        "order": [[*group] for group in groups],
        "coming": [agenda.coming(agenda.entries, limit) for limit in (0, 2)],
        "past": [agenda.past(agenda.entries, limit) for limit in (0, 2)],
        "past of each": [[agenda.past(found, 1) for found in group.values()] for group in groups],
        "organisers": agenda.organisers,
        "shared titles": agenda.shared_titles,
        "of events": {
            event.path: (agenda.find(event.path), agenda.dates(event), agenda.shown(event), agenda.identity(event))
            for event in agenda.events
        },
        "settled": {event.path: agenda.is_settled(event) for event in agenda.events},
        "months": {
            month: (agenda.month_mark(month), agenda.passing_marks(agenda.by_month[month])) for month in agenda.by_month
        },
        "cards": agenda.event_cards(agenda.events),
        "carrying": [[*agenda.carrying(urls)] for urls in ((), ("/mots-cles/ess/",), TAG_PAGES)],
        "next": agenda.next_change(),
    }


TAG_PAGES = ("/mots-cles/fete/", "/mots-cles/ess/", "/mots-cles/rien/")


@given(filings.said(), filings.MOMENTS)
def test_the_agenda_says_the_same_whatever_is_settled(said, now):
    split, whole = pair(said, now)
    assert told(split.get(Agenda)) == told(whole.get(Agenda))


@given(filings.said(), filings.MOMENTS, st.data())
def test_an_event_is_found_by_its_identity_whatever_is_settled(said, now, data):
    known = filings.paths([*said.events, *said.before.values()])
    names = st.sampled_from([*known, "agenda/2000/ancien.md", "agenda/2000/vieux.md"])
    origins = data.draw(st.dictionaries(names, names, max_size=3))
    split, whole = pair(said, now, history=History(origins=origins))
    assert [*model.check(split)] == [*model.check(whole)]
    if not [*model.check(whole)]:
        for path in (*known, *origins.values(), "mon-id.md"):
            identity = path.removesuffix(".md")
            found = split.get(Agenda).find_identity(identity)
            assert found == whole.get(Agenda).find_identity(identity)
            by_identity = [event for event in said.events if whole.get(Agenda).identity(event) == identity]
            assert [found] == (by_identity or [None])
    for path in known:
        assert split.get(Agenda).find(path) == whole.get(Agenda).find(path)


def problems_of(*events, kept=(), **site):
    said = Said((*events, *kept), {event.path: event for event in kept})
    split, whole = pair(said, filings.NOW, **site)
    told = [render_text(problem) for problem in model.check(split)]
    assert told == [render_text(problem) for problem in model.check(whole)]
    return told


def test_an_identity_that_a_settled_event_has_is_refused():
    settled, thief = filings.plain("Ancienne"), event("Neuve", id="agenda/2019/ancienne", marks={"id": (3, 5)})
    line = values.once(problems_of(thief, kept=[settled]))
    assert line.startswith("content/agenda/2026/neuve.md:3:5: id : ")
    assert "« agenda/2019/ancienne » est déjà celle de content/agenda/2019/ancienne.md" in line


def test_so_is_one_that_two_settled_events_have_by_their_first_names():
    one, other = filings.plain("Une"), filings.plain("Deux")
    origins = {one.path: "agenda/2019/avant.md", other.path: "agenda/2019/avant.md"}
    assert len(problems_of(kept=[one, other], history=History(origins=origins))) == 1
    named_like = {one.path: other.path}
    assert len(problems_of(kept=[one, other], history=History(origins=named_like))) == 1
    exchanged = {one.path: other.path, other.path: one.path}
    assert problems_of(kept=[one, other], history=History(origins=exchanged)) == []


def test_an_agenda_of_settled_events_only_may_be_a_shallow_copy_too():
    settled = filings.plain()
    assert "clone superficiel" in values.once(problems_of(kept=[settled], history=History(is_shallow=True)))
    assert problems_of(history=History(is_shallow=True)) == []


def test_an_event_is_settled_400_days_after_its_last_date():
    found = weekly("2025-01-05T10:00", "2025-04-26T10:00")
    assert not agenda_of(found, now="2026-05-31T23:59").is_settled(found)
    assert agenda_of(found, now="2026-06-01T00:00").is_settled(found)
