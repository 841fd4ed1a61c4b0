"""How events are filed: which ones settle, when, and under what each is looked up."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given

from plugins.agenda.details import Occurrence, Organiser, Registration, Repeat, Source
from plugins.agenda.filing import FILING, LONGEST, RECENT, find_settling, find_terms
from plugins.press.documents import Block, Image, with_face
from tests import filings, sites, values
from tests.values import event, moment, reference, text, weekly

SETTINGS = sites.settings()


def settles(found):
    return find_settling(found, SETTINGS)


# When an event is settled


@pytest.mark.parametrize(
    ("start", "end", "over"),
    [
        ("2019-07-05", "", "2019-07-06"),
        ("2019-07-05", "2019-07-07", "2019-07-08"),
        ("2019-07-05T18:00", "", "2019-07-06"),
        ("2019-07-05T18:00", "2019-07-05T20:00", "2019-07-05T20:00"),
        ("2019-07-05", "2019-08-04", "2019-08-05"),  # 31 days
    ],
)
def test_a_plain_event_is_settled_400_days_after_it_is_over(start, end, over):
    assert settles(event(start=start, end=end)) == moment(over) + timedelta(days=400)
    assert timedelta(days=400) == RECENT


NOT_PLAIN = {
    "it comes back": {
        "repeat": Repeat("FREQ=WEEKLY", occurrences=(Occurrence(moment("2019-07-05"), None, all_day=True),))
    },
    "it is long": {"end": moment("2019-08-05")},
    "it is elsewhere": {"timezone": "Asia/Tokyo"},
    "its identity is not its path": {"id": "mon-id"},
    "it is a draft": {"draft": True},
    "it has a former address": {"aliases": ("/vieux/",)},
    "it has a picture": {"image": Image("a.png", "agenda/2019/a.png", "Une scène")},
    "one can sign up for it": {"registration": Registration(email="a@exemple.test")},
    "it is a partner's": {"source": Source("Archipel", "1")},
    "it has a link": {"text": text(links=(reference("x.md", "blog/2026/x.md"),))},
    "it has a figure": {
        "text": text(
            figures=(
                reference(
                    "dates",
                    "",
                ),
            )
        )
    },
    "it has a drawing": {"text": text(blocks=(Block("chart", b""),))},
    "it was announced when it had begun": {"date": moment("2019-07-05T00:01")},
}


@pytest.mark.parametrize("why", NOT_PLAIN)
def test_what_says_more_than_its_day_and_text_never_settles(why):
    plain = event(start="2019-07-05")
    assert settles(plain) is not None
    assert settles(msgspec.structs.replace(plain, **NOT_PLAIN[why])) is None


@pytest.mark.parametrize("day", ["2019-07-05", "2019-07-04T23:59", "1999-01-01"])
def test_an_event_announced_before_it_began_settles(day):
    assert settles(event(start="2019-07-05", date=day)) is not None


@given(filings.said())
def test_a_settled_event_lasted_no_longer_than_timelines_look_back(said):
    for found in said.before.values():
        once = values.once(found.occurrences)
        assert once.over - once.start <= LONGEST
        assert settles(found) == once.over + RECENT


# Where it is looked up


def test_an_event_is_filed_under_all_that_pages_bring_together():
    people = {"organisers": ["CRESS", Organiser("Amis", "amis", "https://exemple.test/")], "partners": ["Cress"]}
    found = event("Fête", "2019-07-31", "2019-08-02", tags=("ESS", "ess"), departments=("37", "45"), **people)
    found = with_face(msgspec.structs.replace(found, category="prestation"))
    assert sorted(find_terms(found)) == sorted(
        [
            "all",
            "tag ESS",
            "tag ess",
            "begins 2019-07",
            "year 2019",
            "month 2019-07",
            "month 2019-08",
            "department 37",
            "department 45",
            "category prestation",
            "organiser cress",
            "organiser amis",
            "named cress\nCRESS\n",
            "named amis\nAmis\nhttps://exemple.test/",
            "named cress\nCress\n",
        ]
    )


def test_an_event_that_comes_back_is_only_filed_by_its_tags():
    found = weekly("2019-07-05", "2019-07-12", tags=("ESS",), departments=("37",), organisers=["CRESS"])
    assert sorted(find_terms(found)) == sorted(["all", "tag ESS"])


@given(filings.said())
def test_an_event_is_filed_under_a_term_once(said):
    """Else it would be counted twice."""
    for found in said.events:
        terms = [*FILING.terms(found)]
        assert len(terms) == len({*terms})
