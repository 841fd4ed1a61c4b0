"""The main paths of the site with the keyboard alone, in Chromium."""

from __future__ import annotations

import pytest

from tests.visitors import association

MONTH = "/agenda/2026/06/"
NEXT, OPEN = "Tab", "Enter"


def to(name, most=60, **how):
    """Tab until something whose name begins so is in focus."""
    return {"until": name, "most": most, **how}


@pytest.fixture
def walk(browser, at):
    def walk(path, *keys):
        (steps,) = browser.ask("follow", [{"url": at["others"] + path, "keys": list(keys)}])
        return steps

    return walk


def test_the_first_key_leads_to_the_text_and_the_next_goes_on_from_there(walk):
    first, jump, after = walk("/agenda/", NEXT, OPEN, NEXT)
    assert first["name"] == "Aller au contenu"
    assert (jump["element"], jump["id"]) == ("main", "_contenu")
    assert after["place"] == "main"


def test_the_menu_leads_to_each_section(walk):
    steps = walk("/", to("Agenda"), OPEN)
    assert (steps[0]["place"], steps[1]["path"]) == ("nav", "/agenda/")
    for entry in association.SETTINGS.menu:
        assert walk("/blog/", to(entry.label), OPEN)[-1]["path"] == entry.url


def test_the_filters_of_the_agenda_are_a_key_away_and_lead_to_a_department(walk):
    jump, there, chosen, opened = walk(
        "/agenda/", to("Choisir un lieu, un thème, une année"), OPEN, to("56 Morbihan"), OPEN
    )
    assert (jump["place"], there["path"]) == ("main", "/agenda/#_filtres")
    assert (chosen["place"], opened["path"]) == ("nav", "/agenda/departement/56/")


def test_the_month_goes_from_one_to_the_next_and_day_by_day_to_an_event(walk):
    assert walk(MONTH, to("juillet 2026 →"), OPEN)[-1]["path"] == "/agenda/2026/07/"
    event, _, opened = walk(MONTH, to("Fête de quartier d’essai"), "Shift+Tab", NEXT, OPEN)[1:]
    assert event["name"] != "Fête de quartier d’essai"  # the day before
    assert opened["path"] == "/agenda/2026/06/annule/"


def test_the_address_of_a_calendar_is_copied_and_said(walk):
    *_, copied = walk("/agenda/abonnements/", to("Copier : Morbihan (56)"), OPEN)
    assert copied["copied"] == f"{association.SETTINGS.url}/agenda/departement/56/agenda.ics"
    assert copied["said"] == "Copié : Morbihan (56)"


def test_what_is_folded_opens_and_closes(walk):
    closed, opened, again = walk("/agenda/2026/09/atelier-velos/", to("Et 2 autres dates"), "Space", OPEN)
    assert [step["open"] for step in (closed, opened, again)] == [False, True, False]


def test_nothing_holds_the_keyboard_back(walk):
    """After the last link one is at the top again, by way of the browser."""
    names = [step["name"] for step in walk("/agenda/2026/06/tout/", *[NEXT] * 45)]
    assert names.count("Aller au contenu") == 2
    assert names.index("CC0") < 45
    assert walk("/agenda/2026/06/tout/", "Shift+Tab")[0]["name"] == "CC0"
