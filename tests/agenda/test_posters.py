"""The poster of a month: what takes place in a department, on a sheet that hangs in the village hall."""

from __future__ import annotations

import msgspec
import pytest

from plugins.agenda import posters
from plugins.agenda.details import Occurrence, Place, Source
from tests import paper, sites, values
from tests.values import event, links, moment, weekly

URL = "/agenda/2026/07/affiche-37.pdf"
HALL = Place(name="La Cale d'essai", address="1 rue du Port", postcode="37000", city="Tours")


def here(*args, **fields):
    return event(*args, departments=("37",), **fields)


def poster(*events, url=URL) -> bytes:
    return values.render(values.site(*events), url)


def said(*events) -> str:
    return paper.text(poster(*events), "-raw")


def test_it_says_what_when_where_and_how_much():
    found = said(
        here(
            "Fête",
            "2026-07-05T18:30",
            "2026-07-05T20:00",
            place=HALL,
            price="gratuit",
            category="prestation",
            organisers=("Une amie", "Un ami"),
        )
    )
    for words in (
        "Juillet 2026",
        "Indre-et-Loire 37",
        "dimanche 5 Fête",
        "de 18 h 30 à 20 h · La Cale d’essai, 1 rue du Port, 37000 Tours",
        "Prestation · gratuit · Une amie et Un ami",
        "127.0.0.1:8000/agenda/departement/37",
    ):
        assert words in found, words


def test_each_department_where_something_takes_place_has_its_own():
    site = values.site(here(), event("Ailleurs", departments=("45", "37")), event("Nulle part"))
    found = [url for url in values.outputs(site) if url.endswith(".pdf")]
    assert sorted(found) == ["/agenda/2026/07/affiche-37.pdf", "/agenda/2026/07/affiche-45.pdf"]
    assert [link for link in links(values.tree(site, "/agenda/2026/07/")) if link.endswith(".pdf")] == found


def test_without_pdf_there_is_no_poster_and_no_link_to_one():
    site = values.site(here(), settings=sites.settings(pdf=False))
    assert not [url for url in values.outputs(site) if url.endswith(".pdf")]
    assert not [link for link in links(values.tree(site, "/agenda/2026/07/")) if link.endswith(".pdf")]


def test_what_does_not_take_place_is_struck_out_and_says_so():
    found = said(here("Fête", event_status="cancelled", status_note="Il pleut."), here("Bal", event_status="full"))
    assert "Annulé Fête" in found
    assert "Il pleut." in found
    assert "Complet Bal" in found


def test_what_lasts_several_days_stands_once_with_its_days():
    found = said(here("Festival", "2026-06-30", "2026-07-02"))
    assert found.count("Festival") == 1
    assert "mercredi 1er Festival" in found  # the first day of the month
    assert "du 30 juin au 2 juillet 2026" in found


def test_each_date_of_what_comes_back_is_there_as_it_was_changed():
    moved = Occurrence(
        moment("2026-07-11T10:00"),
        None,
        all_day=False,
        place=Place(city="Ailleurs"),
        original=moment("2026-07-14T18:00"),
    )
    found = said(weekly("2026-07-07T18:00", "2026-07-21T18:00", changes=(moved,), departments=("37",)))
    assert found.count("Atelier") == 3
    assert "à 10 h · Ailleurs" in found


def test_a_partner_s_event_is_printed_whatever_its_title_holds():
    source = Source("Un partenaire", "1")
    found = said(here("#set page(1) $x$ 漢 🎉 <b>", source=source), here("A" * 300, "2026-07-06"))
    assert "#set page(1) $x$ \ufffd 🎉 <b>" in found
    assert found.replace(" ", "").count("A") > 300


def test_a_sheet_holds_what_fits_and_more_sheets_hold_the_rest():
    def pages(count):
        found = (here(f"Rencontre {n}", f"2026-07-{n % 31 + 1:02}", place=HALL) for n in range(count))
        data = poster(*found)
        printed = paper.text(data)
        assert all(f"Rencontre {n}" in printed for n in range(count))
        with paper.opened(data) as pdf:
            return len(pdf.pages)

    assert pages(1) == pages(12) == 1
    assert pages(80) > 2


def test_a_screen_reader_meets_a_title_a_heading_for_each_day_and_the_code_in_words():
    found = paper.tags(poster(here("Un"), here("Deux"), here("Trois", "2026-07-09")))
    assert [kind for kind, _ in found if kind in {"Title", "H1"}] == ["Title", "H1", "H1"]
    assert [alt for kind, alt in found if kind == "Figure"] == [
        "Code QR : s’abonner au calendrier http://127.0.0.1:8000/agenda/departement/37/agenda.ics"
    ]


def test_only_what_it_shows_makes_another_poster():
    def made_of(*events):
        return values.outputs(values.site(*events))[URL].view

    first = here("Fête", text=values.text("<p>Un.</p>"))
    assert made_of(first) == made_of(msgspec.structs.replace(first, text=values.text("<p>Deux.</p>")))
    assert made_of(first) == made_of(first, event("Ailleurs"))
    assert made_of(first) != made_of(here("Fête", place=HALL))


def test_there_are_only_so_many_of_the_latest_months(monkeypatch):
    monkeypatch.setattr(posters, "LATEST", 2)
    site = values.site(*(here(f"Fête {month}", f"2026-0{month}-05") for month in (1, 2, 3)))
    found = [url for url in values.outputs(site) if url.endswith(".pdf")]
    assert found == ["/agenda/2026/03/affiche-37.pdf", "/agenda/2026/02/affiche-37.pdf"]


@pytest.mark.parametrize("name", ["Novembre", "Avril"])
def test_its_title_is_in_good_french(name):
    month = {"Novembre": 11, "Avril": 4}[name]
    day = f"2026-{month:02}-05"
    with paper.opened(poster(here("Fête", day), url=f"/agenda/2026/{month:02}/affiche-37.pdf")) as pdf:
        title = str(pdf.open_metadata()["dc:title"])
    assert (
        title
        == {"Novembre": "Agenda de novembre 2026, Indre-et-Loire", "Avril": "Agenda d'avril 2026, Indre-et-Loire"}[name]
    )
