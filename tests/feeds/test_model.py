"""What feeds hold: which entries, in which order, under which dates."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agenda.details import Place
from plugins.feeds.model import build_feeds
from tests import values
from tests.values import article, dossier, event, figure, figures, moment, once, page, part, report, section


def feeds(*documents, **site):
    return {feed.stem: feed for feed in build_feeds(values.site(*documents, **site))}


def titles(feed):
    return [item.title for item in feed.items]


def agenda(*documents, **site):
    return feeds(*documents, **site)["/flux/agenda"].items


# Which


def test_there_is_a_feed_for_the_blog_the_agenda_the_reports_and_each_dossier():
    found = feeds(dossier("Un"), dossier("Deux"))
    assert list(found) == ["/flux/blog", "/flux/agenda", "/flux/rapports", "/dossiers/deux/flux", "/dossiers/un/flux"]
    assert [feed.page for feed in found.values()] == [
        "/blog/",
        "/agenda/",
        "/rapports/",
        "/dossiers/deux/",
        "/dossiers/un/",
    ]
    assert list(feeds()) == ["/flux/blog", "/flux/agenda", "/flux/rapports"]


# The blog


def test_the_blog_follows_articles_and_parts_of_dossiers_newest_first():
    documents = [
        article("Ancien", "2026-01-01"),
        dossier(day="2026-01-09"),
        part(1, "Une partie", "2026-01-03"),
        article("Récent", "2026-01-04"),
        article("Du dossier", "2026-01-02", dossier="un-dossier", part=2),
        page(),
        event(),
    ]
    assert titles(feeds(*documents)["/flux/blog"]) == ["Récent", "Une partie", "Du dossier", "Ancien"]


def test_the_blog_holds_the_latest_twenty_entries():
    articles = [article(f"Article {n:02}", f"2026-01-{n + 1:02}") for n in range(30)]
    assert titles(feeds(*articles)["/flux/blog"]) == [f"Article {n:02}" for n in range(29, 9, -1)]


@given(st.lists(st.sampled_from(["2026-01-01", "2026-01-02", "2026-01-02T10:00"]), max_size=8), st.randoms())
def test_whatever_the_order_of_files_a_feed_is_the_same(days, random):
    documents = [article(f"Article {n}", day) for n, day in enumerate(days)]
    documents += [event(f"Fête {n}", day) for n, day in enumerate(days)]
    shuffled = random.sample(documents, len(documents))
    assert feeds(*documents) == feeds(*shuffled)
    moments = [item.published for item in feeds(*documents)["/flux/blog"].items]
    assert moments == sorted(moments, reverse=True)


# A dossier


def test_a_dossier_follows_its_parts_newest_first_and_of_one_day_the_last_first():
    documents = [
        dossier(day="2026-01-01"),
        part(1, day="2026-01-01"),
        part(2, day="2026-01-01"),
        article("Du blog", "2026-01-09", dossier="un-dossier", part=3),
        part(4, day="2026-01-05"),
    ]
    found = feeds(*documents)["/dossiers/un-dossier/flux"]
    assert titles(found) == ["Du blog", "Partie 4", "Partie 2", "Partie 1", "Un dossier"]


# Reports


def test_reports_come_latest_first_under_the_day_they_came_out_with_figures_in_words():
    whole = report(2025, summary="Il y a [[chiffre:adherents]].")
    found = feeds(report(2024), whole, section(1), figures(figure(value=12, unit="adhérents")))["/flux/rapports"]
    assert titles(found) == ["Rapport d'activité 2025", "Rapport d'activité 2024"]
    assert found.items[0].published == moment("2025-12-31")
    assert " ".join(found.items[0].summary.split()) == "Il y a 12 adhérents."
    assert list(found.items[0].phrases) == ["adherents", "adherents:evolution"]


# The agenda: the date of an entry is that of its announcement


@pytest.mark.parametrize(
    ("start", "said", "commit", "published"),
    [
        ("2026-07-05", "2026-05-01", "2026-04-01", "2026-05-01"),
        ("2026-07-05", None, "2026-04-01T10:00", "2026-04-01T10:00"),
        ("2017-07-05", None, "2026-04-01T10:00", "2017-07-05"),
        ("2017-07-05", None, None, "2017-07-05"),
        ("2026-07-05", None, None, None),
    ],
)
def test_an_entry_is_dated_by_its_announcement(start, said, commit, published):
    found = event(start=start, date=said)
    item = once(agenda(found, announced={found.path: commit} if commit else {}))
    assert item.published == (moment(published) if published else None)
    assert item.updated == item.published


def test_an_entry_says_when_it_was_changed():
    item = once(agenda(event(date="2026-05-01", modified="2026-05-20T09:00")))
    assert (item.published, item.updated) == (moment("2026-05-01"), moment("2026-05-20T09:00"))


def test_the_newest_announcement_comes_first_and_before_all_what_nobody_dated():
    documents = [
        event("Loin, annoncée tôt", "2027-01-01", date="2026-01-01"),
        event("Proche, annoncée tard", "2026-06-02", date="2026-05-01"),
        event("Passée", "2026-03-03"),
        event("À venir, sans date", "2026-12-12"),
    ]
    titles = [item.title.partition(" (")[0] for item in agenda(*documents)]
    assert titles == ["À venir, sans date", "Proche, annoncée tard", "Passée", "Loin, annoncée tôt"]


def test_the_agenda_holds_a_bounded_number_of_entries():
    documents = [event(f"Fête {n:03}", f"20{n % 20:02}-01-01", date=f"{2000 + n}-01-01") for n in range(59)]
    found = agenda(*documents)
    assert len(found) == 50
    assert found[0].title.startswith("Fête 058")


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({}, "Fête (dimanche 5 juillet 2026)"),
        ({"end": "2026-07-07"}, "Fête (du 5 au 7 juillet 2026)"),
        ({"start": "2026-07-01"}, "Fête (mercredi 1er juillet 2026)"),
        ({"start": "2026-07-05T18:30", "end": "2026-07-05T20:00"}, "Fête (dimanche 5 juillet 2026, de 18 h 30 à 20 h)"),
        ({"event_status": "cancelled"}, "Annulé – Fête (dimanche 5 juillet 2026)"),
        ({"event_status": "postponed"}, "Reporté – Fête (dimanche 5 juillet 2026)"),
        ({"event_status": "full"}, "Complet – Fête (dimanche 5 juillet 2026)"),
        ({"event_status": "rescheduled"}, "Fête (dimanche 5 juillet 2026)"),
    ],
)
def test_the_title_of_an_entry_tells_when_and_what_changed(fields, title):
    assert " ".join(once(agenda(event(**fields))).title.split()) == title


def test_the_text_of_an_entry_begins_with_when_where_and_why():
    found = event(place=Place("La Salle", city="Tours"), event_status="cancelled", status_note="Salle fermée")
    lead = once(agenda(found)).lead
    assert lead == "dimanche 5 juillet 2026 – La Salle, Tours – Salle fermée"
    assert once(agenda(event())).lead == "dimanche 5 juillet 2026"


def test_an_entry_keeps_its_identity_through_edits():
    before = event(date="2026-05-01")
    after = msgspec.structs.replace(
        before, title="Autre", summary="Autre", event_status="full", modified=moment("2026-05-09")
    )
    assert once(agenda(before)).url == once(agenda(after)).url


@pytest.mark.parametrize("now", ["2026-06-01T12:01", "2026-07-05T00:00", "2030-01-01T00:00"])
def test_nothing_moves_with_the_clock_once_it_is_announced(now):
    documents = [event(date="2026-05-01"), event("Passée", "2020-01-01"), article(), dossier(), report()]
    assert feeds(*documents, now=now) == feeds(*documents)
