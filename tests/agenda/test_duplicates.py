"""One event, announced by several, is shown once: who wins, what it gets, and the laws that always hold."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agenda import matching
from plugins.agenda.details import Source
from plugins.agenda.duplicates import merge, merge_filed
from plugins.agenda.event import by_start
from plugins.agenda.references import Decisions, refer
from tests import filings
from tests.values import event, once, organiser

START = "2026-07-05T14:00"


def announced(title="Fête du vélo", start=START, by="Archipel", city="Tours", *, aggregator=False, **values):
    """An imported event; its UID is another one each time."""
    slug = f"{by}-{title}-{start}-{city}".lower()
    source = Source(by, str(random.random()), f"https://exemple.fr/{by}", aggregator)
    return event(title, start, path=f"agenda/imports/{slug}", city=city, source=source, **values)


def ours(title="Fête du vélo", start=START, city="Tours", **values):
    return event(title, start, city=city, **values)


def kept(*events, **decided):
    """The paths of what is left."""
    return {found.path for found in merge(events, Decisions(**decided)).events}


def paths(*events):
    return {found.path for found in events}


# Who wins


def test_our_own_entry_wins_over_a_partner_s_and_a_partner_s_over_an_aggregator_s():
    own, partner, other = ours(), announced(summary="Long."), announced(by="Relais", aggregator=True, price="5 €")
    assert kept(other, partner, own) == paths(own)
    assert kept(other, partner) == paths(partner)


def test_of_equals_the_fullest_wins_then_the_first_by_path():
    a, b = announced(by="A"), announced(by="B")
    assert kept(b, a) == paths(a)
    full = announced(by="B", summary="Avec un texte.")
    assert kept(full, a) == paths(full)


def test_without_anything_imported_nothing_is_merged():
    twice = (ours(), ours(path="agenda/2026/deux.md"))
    assert merge(twice).events == twice


def test_events_of_ours_are_never_merged_even_when_a_partner_announces_both():
    two = (ours(), ours(path="agenda/2026/deux.md"))
    assert kept(*two, announced()) == paths(*two)


# What the winner gets


def test_the_winner_names_all_who_organise_and_all_who_announce():
    own = ours(organisers=["Cré-Sol"], partners=["Une amie"])
    a = announced(by="A", organisers=["Un ami", "Cré-Sol", "Une amie"])
    b = announced(by="B", organisers=["Un autre", "Un ami"])
    found = merge((b, own, a))
    winner = once(found.events)
    assert winner.organisers == tuple(map(organiser, ["Cré-Sol", "Un ami", "Un autre"]))
    assert winner.partners == own.partners
    assert found.also == {own.path: (a.source, b.source)}
    assert found.into == {a.path: own.path, b.path: own.path}


def test_a_calendar_is_named_once_and_never_beside_itself():
    a, again = announced(by="A"), announced("La fête du vélo", by="A")
    found = merge((ours(), a, again))
    assert [source.calendar for source in once([*found.also.values()])] == ["A"]
    assert merge((a, again)).also == {}


def test_an_event_that_nobody_else_announces_stays_as_it_is():
    own, other = ours(), announced("Autre chose")
    found = merge((own, other))
    assert found.events[0] is own
    assert found.events[1] is other
    assert (found.into, found.also) == ({}, {})


# Decisions


def test_people_can_say_that_two_events_are_the_same():
    own, other = ours(), announced("Vélorution", "2026-07-06", city="Blois")
    assert kept(own, other) == paths(own, other)
    assert kept(own, other, same=((refer(own), refer(other)),)) == paths(own)


def test_what_is_the_same_as_a_duplicate_is_a_duplicate_too():
    own, near, far = ours(), announced(by="B"), announced("Vélorution", by="A", summary="Fuller.")
    assert kept(own, near, far, same=((refer(near), refer(far)),)) == paths(own)


def test_people_can_say_that_two_events_are_different():
    own, other = ours(), announced()
    assert kept(own, other, different=((refer(own), refer(other)),)) == paths(own, other)


def test_what_differs_from_one_may_still_be_the_same_as_another():
    own, other, third = ours(), announced(by="A"), announced(by="B")
    decided = {"different": ((refer(own), refer(other)),), "same": ((refer(other), refer(third)),)}
    assert kept(own, other, third, **decided) == paths(own, other)


def test_a_decision_holds_when_the_partner_gives_new_uids():
    own = ours()
    decided = {"different": ((refer(own), refer(announced())),)}
    first, second = announced(), announced()
    assert first.source.uid != second.source.uid
    assert kept(own, first, **decided) == kept(own, second, **decided) == paths(own, first)


def test_importing_again_with_new_uids_changes_nothing():
    def load():
        return [announced(by=by) for by in "BAC"]

    assert merge([ours(), *load()]).into == merge([ours(), *load()]).into


# Laws

TITLES = (
    "Fête du vélo",
    "Fête vélo",
    "Grande fête du vélo à Tours",
    "Forum emploi jeunes ville",
    "Forum emploi jeunes",
)
STARTS = ("2026-07-05", START, "2026-07-05T16:00", "2026-07-05T20:00", "2026-07-06T14:00")
ORIGINS = (None, Source("A", "1"), Source("B", "2"), Source("C", "3", aggregator=True))


@st.composite
def agendas(draw):
    chosen = st.tuples(
        st.sampled_from(TITLES),
        st.sampled_from(STARTS),
        st.sampled_from(ORIGINS),
        st.sampled_from(("Tours", "tours", "Blois", "")),
        st.sampled_from(("", "Un texte.")),
        st.lists(st.sampled_from(("Cré-Sol", "Ami", "Amie")), unique=True),
    )
    return [
        event(
            title, start, path=f"agenda/{n}.md", source=source, city=city, summary=summary, organisers=tuple(organisers)
        )
        for n, (title, start, source, city, summary, organisers) in enumerate(draw(st.lists(chosen, max_size=9)))
    ]


@st.composite
def decided(draw):
    """An agenda, and decisions that say nothing twice: each event is in one of them at most."""
    events = draw(agendas())
    names = draw(st.permutations(sorted({refer(found) for found in events})))
    pairs = list(zip(names[::2], names[1::2], strict=False))
    middle = draw(st.integers(0, len(pairs)))
    wanted = draw(st.integers(middle, len(pairs)))
    return events, Decisions(same=tuple(pairs[:middle]), different=tuple(pairs[middle:wanted]))


@given(decided())
def test_merging_again_changes_nothing(given_):
    events, decisions = given_
    first = merge(events, decisions)
    again = merge(first.events, decisions)
    assert again.events == first.events
    assert again.into == {}


@given(decided(), st.randoms())
def test_the_order_of_the_events_does_not_matter(given_, chance):
    events, decisions = given_
    shuffled = list(events)
    chance.shuffle(shuffled)
    one, other = merge(events, decisions), merge(shuffled, decisions)
    assert (one.into, one.also) == (other.into, other.also)
    assert sorted(one.events, key=refer_path) == sorted(other.events, key=refer_path)


def refer_path(found):
    return found.path


@given(decided())
def test_every_event_is_kept_or_merged_into_a_kept_one_and_ours_are_all_kept(given_):
    events, decisions = given_
    found = merge(events, decisions)
    left = paths(*found.events)
    assert left | set(found.into) == paths(*events)
    assert not left & set(found.into)
    assert set(found.into.values()) <= left
    assert {e.path for e in events if e.source is None} <= left
    assert set(found.also) <= set(found.into.values())


@given(decided())
def test_what_people_said_is_obeyed(given_):
    events, decisions = given_
    found = merge(events, decisions)
    where = {refer(e): found.into.get(e.path, e.path) for e in events}
    own = {e.path for e in events if e.source is None}
    for one, other in decisions.different:
        assert where[one] != where[other]
    for one, other in decisions.same:
        assert where[one] == where[other] or {one, other} <= own or many(events, one) or many(events, other)


def many(events, name):
    """Whether several events have that name: two hours of one day."""
    return sum(refer(found) == name for found in events) > 1


@given(agendas())
def test_nobody_who_organises_is_lost(events):
    assert slugs(merge(events).events) == slugs(events)


def slugs(events) -> Iterator[str]:
    return {organiser.slug for found in events for organiser in found.organisers}


# Scale


@pytest.mark.parametrize("days", [7300, 1], ids=["twenty years", "one day"])
def test_of_ten_thousand_events_hardly_any_two_are_compared(days, monkeypatch):
    compared = []
    agree = matching._agree_in_hours
    monkeypatch.setattr(matching, "_agree_in_hours", lambda *pair: compared.append(pair) or agree(*pair))
    chance = random.Random(1)
    words = [f"mot{n}" for n in range(16)]
    first = datetime(2020, 7, 5, 9, 30)
    events = [
        event(
            " ".join(chance.sample(words, chance.randint(3, 6))),
            (first + timedelta(days=chance.randrange(days), hours=n % 12)).isoformat(),
            path=f"agenda/{n}.md",
            city=f"Ville {chance.randrange(300)}",
            source=ORIGINS[n % 4 if n % 5 else 0],
        )
        for n in range(10_000)
    ]
    found = merge(events)
    assert len(compared) < len(events)
    assert len(found.events) + len(found.into) == len(events)


# With settled events


@st.composite
def _filed(draw):
    """Events of ours, what partners announce (of ours and others, also on the day after), and what people decided."""
    said, now = draw(filings.said(largest=5)), draw(filings.MOMENTS)
    guests = []
    for number, own in enumerate(draw(st.lists(st.sampled_from(said.events), max_size=3)) if said.events else ()):
        start = own.start + draw(st.sampled_from([timedelta(0), timedelta(hours=1), timedelta(days=31)]))
        title = draw(st.sampled_from([own.title, "Tout autre"]))
        source = Source(
            draw(st.sampled_from(["Archipel", "Relais"])),
            f"{number}",
            "https://exemple.test/",
            aggregator=draw(st.booleans()),
        )
        known = {"path": f"agenda/imports/{number}", "id": f"{number}", "source": source, "all_day": own.all_day}
        names = draw(st.sampled_from([(), ("Les Amis",), ("Une amie", "CRESS")]))
        guests.append(event(title, start.isoformat(), organisers=names, **known))
    names = [refer(found) for found in (*said.events, *guests)]
    pairs = st.lists(st.lists(st.sampled_from(names), min_size=2, max_size=3, unique=True).map(tuple), max_size=2)
    same, different = (draw(pairs), draw(pairs)) if len({*names}) > 2 and draw(st.booleans()) else ((), ())
    same = [group for group in same if sum(name.endswith(".md") for name in group) < 2]
    return said, now, guests, Decisions(tuple(same), tuple(different))


@given(_filed())
def test_what_is_merged_does_not_depend_on_what_is_settled(given_):
    said, now, guests, decisions = given_
    split = merge_filed(said.split(now), guests, decisions)
    merged = merge(sorted([*said.events, *guests], key=by_start), decisions)
    filed = split.filed
    everything = sorted([*filed.open, *filed.documents(filed.settled)], key=by_start)
    assert everything == [*merged.events]
    assert split.also == merged.also
    whole = merge_filed(said.whole(now), guests, decisions).filed
    for term in {term for found in (*said.events, *guests) for term in filed.filing.terms(found)}:
        assert filed.tally(term) == whole.tally(term), term


def settled_and(*others, kept, **decided):
    """What becomes of settled events and what others announce."""
    said = filings.Said(tuple(kept), {found.path: found for found in kept})
    return merge_filed(said.split(), others, Decisions(**decided))


def test_settled_events_far_from_what_others_announce_are_not_looked_at():
    own = filings.plain("Fête", "2019-07-05", city="Tours")
    found = settled_and(announced(start="2019-09-05"), kept=[own])
    assert found.filed.catalogue._known == {}
    assert [*found.filed.settled] == [0]
    assert settled_and(kept=[own]).filed.catalogue._known == {}


def test_a_settled_event_that_others_announce_is_open_with_all_who_announce_it():
    own = filings.plain("Fête du vélo", "2019-07-05T14:00", city="Tours")
    guest = announced(start="2019-07-05T14:00", organisers=["Un ami"])
    found = settled_and(guest, kept=[own])
    winner = once(found.filed.open)
    assert (winner.path, winner.organisers) == (own.path, (organiser("Un ami"),))
    assert found.also == {own.path: (guest.source,)}
    assert len(found.filed.settled) == 0


def test_a_settled_event_that_others_announce_without_more_is_open_for_they_are_named():
    own = filings.plain("Fête du vélo", "2019-07-05T14:00", city="Tours")
    guest = announced(start="2019-07-05T14:00")
    found = settled_and(guest, kept=[own])
    assert (once(found.filed.open), found.also) == (own, {own.path: (guest.source,)})


def test_people_can_say_that_a_settled_event_is_one_of_another_month():
    own, guest = filings.plain("Fête", "2019-07-05"), announced("Tout autre", "2020-01-05T10:00")
    found = settled_and(guest, kept=[own], same=((own.path, refer(guest)),))
    assert (once(found.filed.open), found.also) == (own, {own.path: (guest.source,)})
    assert len(settled_and(guest, kept=[own]).filed.open) == 1
