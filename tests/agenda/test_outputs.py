"""The pages of the agenda: which there are, where they are, what speaks of an event."""

import msgspec

from plugins.agenda.details import Source
from tests import sites, values
from tests.values import article, dossier, event, event_links, links, reference, report, text, titles, tree, under


def pages(*events, **site):
    return {
        url for url in values.outputs(values.site(*events, **site)) if url.startswith("/agenda/") and url.endswith("/")
    }


def test_the_agenda_has_its_pages_even_without_events():
    settings = sites.settings()
    expected = {f"/agenda/departement/{code}/" for code in settings.departments}
    expected |= {f"/agenda/categorie/{category.slug}/" for category in settings.categories}
    whole = {"/agenda/", "/agenda/abonnements/", "/agenda/reprendre/"}
    assert {url for url in pages() if not url.startswith("/agenda/extrait/")} == whole | expected


def test_an_event_has_its_page_and_those_of_its_time_and_people():
    found = event("Fête", "2026-07-05", departments=("75",), organisers=["Cré-Sol"], partners=["CRESS"])
    assert pages(found) - pages() == {
        "/agenda/2026/",
        "/agenda/2026/07/",
        "/agenda/2026/07/fete/",
        "/agenda/departement/75/",
        "/agenda/extrait/departement-75/",
        "/agenda/organisateur/cre-sol/",
        "/agenda/organisateur/cress/",
    }


def test_past_events_keep_their_pages_for_ever():
    assert pages(event(start="1987-07-05")) == pages(event(start="1987-07-05"), now="2100-01-01")
    assert "/agenda/1987/07/fete/" in pages(event(start="1987-07-05"))


def test_an_event_over_several_months_is_on_each_month_page_and_one_year():
    found = event("Résidence", "2026-11-15", "2027-02-01")
    site = values.site(found)
    for month in ("2026/11", "2026/12", "2027/01", "2027/02"):
        assert found.url in event_links(tree(site, f"/agenda/{month}/"))
    assert "/agenda/2026/" in values.outputs(site)
    assert "/agenda/2027/" not in values.outputs(site)


def test_no_page_links_to_one_that_is_not():
    events = [
        event("Veillée", "2026-12-31T20:00", "2027-01-02T02:00", departments=("75",), organisers=["CRESS"]),
        event("Salon", "2024-02-28", "2024-03-02", category="prestation", tags=("ESS",)),
    ]
    site = values.site(*events)
    known = set(values.outputs(site))
    for url, data in values.render_all(site).items():
        if url.endswith("/"):
            links = values.links(values.html.document_fromstring(data.decode()), "a[href^='/']")
            assert {link.partition("#")[0] for link in links} <= known, url


def test_an_imported_event_has_a_page_only_when_its_source_has_none():
    there = event("Ailleurs", source=Source("Archipel", "1", "https://exemple.fr/1"))
    here = event("Ici", "2026-07-06", source=Source("Archipel", "2"))
    site = values.site(there, event("Nous", "2026-07-05"), here)
    assert there.url not in values.outputs(site)
    assert here.url in values.outputs(site)
    assert "https://exemple.fr/1" in links(tree(site, "/agenda/"), ".coming a")
    around = links(tree(site, "/agenda/2026/07/nous/"), "nav.pager a")
    assert around == [here.url]


def speaking(document, found):
    """The document, with a link to that event in its text."""
    link = reference(f"/{found.path}", found.path)
    return msgspec.structs.replace(document, text=text(f"<p>{document.title}</p>", links=(link,)))


def test_an_event_leads_to_what_speaks_of_it():
    found = event("Fête", "2025-07-05")
    documents = [
        speaking(article("Un retour"), found),
        speaking(dossier("Les fêtes"), found),
        speaking(values.section(1, "Faire la fête"), found),
        speaking(event("Après la fête", "2025-07-09", key_date=False), found),
        speaking(found, found),
        article("Autre chose"),
        report(2025),
    ]
    part = under(tree(values.site(*documents), found.url), "On en parle")
    assert sorted(titles(part, "a")) == [
        "Après la fête",
        "Les fêtes",
        "Rapport d’activité 2025 : Faire la fête",
        "Rapport d’activité 2025 : dates clés",
        "Un retour",
    ]
    assert "/rapports/2025/#dates-cles" in links(part, "a")


def test_an_event_of_which_nothing_speaks_says_nothing_of_it():
    page = tree(values.site(event(key_date=False), report(2026)), event().url)
    assert "On en parle" not in titles(page, "h2")
