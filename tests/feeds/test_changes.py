"""The feed of what changed in the agenda."""

from __future__ import annotations

from datetime import timedelta

import feedparser
import pytest
from lxml import etree

from plugins.agenda.changes import read_meaning
from tests import values
from tests.values import event, moment

ADDED = moment("2026-05-01T10:00")
URL = "/flux/agenda-changements.atom.xml"


def feed(*versions):
    """The feed when one event was committed each day as these."""
    last = versions[-1]
    moments = [ADDED + timedelta(days=day) for day in range(len(versions))]
    history = values.history(last.path, *zip(moments, map(read_meaning, versions), strict=True))
    return values.render(values.site(last, history=history), URL)


def titled(start="2026-07-05", **fields):
    return event("Fête", start, path="agenda/2026/fete.md", **fields)


def test_each_change_is_an_entry_of_its_own_latest_first():
    found = feedparser.parse(feed(titled(), titled("2026-07-06"), titled("2026-07-06", event_status="cancelled")))
    assert not found.bozo
    assert [entry.summary for entry in found.entries] == [
        "Annulé.",
        "Déplacé : c'était dimanche 5 juillet 2026.",
        "Nouveau rendez-vous.",
    ]
    assert found.entries[0].title == "Annulé – Fête (lundi 6 juillet 2026)"
    assert len({entry.id for entry in found.entries}) == 3
    assert [entry.updated for entry in found.entries] == [
        "2026-05-03T10:00:00+02:00",
        "2026-05-02T10:00:00+02:00",
        "2026-05-01T10:00:00+02:00",
    ]


def test_an_entry_keeps_its_identity_when_more_changes():
    first = [entry.id for entry in feedparser.parse(feed(titled(), titled("2026-07-06"))).entries]
    later = feedparser.parse(feed(titled(), titled("2026-07-06"), titled("2026-08-06"))).entries
    assert [entry.id for entry in later][1:] == first


def test_a_sentence_is_safe_in_the_text_of_an_entry():
    found = feed(titled(place=values.Place(city="<script>alert(1)</script>")), titled())
    content = etree.fromstring(found).findtext("{*}entry/{*}content")
    assert "<script>" not in content
    assert "&lt;script&gt;" in content


@pytest.mark.parametrize("url", ["/flux/", "/agenda/"])
def test_without_a_past_the_feed_is_empty_and_there_all_the_same(url):
    site = values.site(event())
    assert b"<entry>" not in values.render(site, URL)
    assert url in values.outputs(site)


def test_the_page_of_feeds_offers_it_in_its_one_form():
    page = values.tree(values.site(event()), "/flux/")
    addresses = values.links(page)
    assert URL in addresses
    assert URL.replace(".atom.", ".rss.") not in addresses
    assert "" not in addresses
