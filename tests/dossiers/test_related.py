"""The events that go with a dossier, and the dossiers that go with an event."""

from plugins.agenda.details import Source
from plugins.dossiers.related import ALIKE, LINKED
from tests import values
from tests.values import article, dossier, event, part, reference, titles, tree, under, weekly

URL = "/dossiers/un-dossier/"


def linking(*events):
    """A text that links to these events."""
    return values.text(links=tuple(reference(f"/{found.path}", found.path) for found in events))


def shown(*documents, **site):
    """The titles of the events on the page of the dossier, in order."""
    page = tree(values.site(*documents, **site), URL)
    return titles(under(page, "Dans l’agenda"), "h3") if "Dans l’agenda" in titles(page, "h2") else []


def test_the_events_that_a_text_of_the_dossier_links_to_are_shown():
    events = [event(name, f"2026-07-0{n}") for n, name in enumerate(("Un", "Deux", "Trois", "Quatre"), 1)]
    texts = [
        dossier(text=linking(events[0])),
        part(1, text=linking(events[1])),
        article(dossier="un-dossier", part=2, text=linking(events[2], events[0])),
        article("Ailleurs", text=linking(events[3])),
    ]
    assert shown(*events, *texts) == ["Un", "Deux", "Trois"]


def test_the_events_that_share_a_tag_with_any_of_its_texts_are_shown():
    events = [
        event("Du dossier", "2026-07-01", tags=("Vélo",)),
        event("De la partie", "2026-07-02", tags=("eau",)),
        event("Sans rapport", "2026-07-03", tags=("feu",)),
        event("Du partenaire", "2026-07-04", tags=("vélo",), source=Source("Archipel", "1", "https://exemple.fr/1")),
    ]
    assert shown(*events, dossier(tags=("vélo",)), part(1, tags=("eau",))) == [
        "Du dossier",
        "De la partie",
        "Du partenaire",
    ]


def test_what_comes_stands_before_what_is_over_and_the_nearest_first():
    days = ["2025-01-01", "2027-01-01", "2026-05-30", "2026-06-03", "2026-05-31T10:00"]
    events = [event(f"Le {day}", day, tags=("vélo",)) for day in days]
    events.append(weekly("2026-05-01", "2026-06-05", title="Atelier", tags=("vélo",)))
    assert shown(*events, dossier(tags=("vélo",))) == [
        "Le 2026-06-03",
        "Atelier",
        "Le 2027-01-01",
        "Le 2026-05-31T10:00",
        "Le 2026-05-30",
        "Le 2025-01-01",
    ]


def test_a_dossier_shows_the_nearest_only_and_those_that_it_links_to_first_of_all():
    alike = [event(f"Pareil {n:02}", f"2026-07-{n:02}", tags=("vélo",)) for n in range(1, 31)]
    linked = [event(f"Cité {n:02}", f"2026-08-{n:02}", tags=("vélo",)) for n in range(1, 31)]
    found = shown(*alike, *linked, dossier(tags=("vélo",), text=linking(*linked)))
    assert found == [f"Pareil {n:02}" for n in range(1, ALIKE + 1)] + [f"Cité {n:02}" for n in range(1, LINKED + 1)]


def test_an_event_that_is_linked_to_and_shares_a_tag_is_shown_once():
    found = event("Fête", tags=("vélo",))
    assert shown(found, dossier(tags=("vélo",), text=linking(found))) == ["Fête"]


def test_a_dossier_of_which_no_event_speaks_says_nothing_of_the_agenda():
    assert shown(event(tags=("eau",)), dossier(tags=("vélo",))) == []


# The other way


def around(found, title, *documents):
    page = tree(values.site(found, *documents), found.url)
    return titles(under(page, title), "a") if title in titles(page, "h2") else []


def test_an_event_names_the_dossiers_and_parts_that_speak_of_it():
    found = event("Fête", key_date=False)
    texts = [
        dossier("La rue", "2026-02-01", slug="un-dossier", text=linking(found)),
        part(1, "Danser", "2026-01-05", text=linking(found)),
        part(2, "Chanter", "2026-01-04"),
        article("Du blog", "2026-01-03", dossier="un-dossier", part=3, text=linking(found)),
    ]
    assert around(found, "On en parle", *texts) == ["La rue", "La rue : Danser", "Du blog"]


def test_an_event_names_the_dossiers_that_share_a_tag_newest_first_but_not_those_that_speak_of_it():
    found = event("Fête", tags=("Vélo", "eau"), key_date=False)
    dossiers = [
        dossier("Ancien", "2024-01-01", tags=("vélo", "eau")),
        dossier("Récent", "2026-01-01"),
        part(1, of="recent", tags=("eau",)),
        dossier("Qui en parle", "2026-02-01", tags=("eau",), text=linking(found)),
        dossier("Sans rapport", "2026-03-01", tags=("feu",)),
    ]
    assert around(found, "Dossiers sur les mêmes thèmes", *dossiers) == ["Récent", "Ancien"]
    assert around(found, "On en parle", *dossiers) == ["Qui en parle"]


def test_an_event_names_some_dossiers_only():
    found = event("Fête", tags=("eau",))
    dossiers = [dossier(f"Dossier {n}", f"2026-01-{n:02}", tags=("eau",)) for n in range(1, 10)]
    assert around(found, "Dossiers sur les mêmes thèmes", *dossiers) == [f"Dossier {n}" for n in (9, 8, 7, 6)]


def test_an_event_that_shares_no_tag_says_nothing_of_dossiers():
    assert around(event(tags=("eau",)), "Dossiers sur les mêmes thèmes", dossier(tags=("vélo",))) == []


def test_the_page_of_an_event_is_made_anew_when_a_dossier_that_it_names_has_another_name():
    found = event("Fête", tags=("eau",))
    before, same, after = (
        values.outputs(values.site(found, dossier(title, slug="un-dossier", path="dossiers/x/index.md", tags=("eau",))))
        for title in ("Un nom", "Un nom", "Un autre")
    )
    assert before[found.url].view.key == same[found.url].view.key
    assert before[found.url].view.key != after[found.url].view.key
