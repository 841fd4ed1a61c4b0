"""Who we are: every setting is asked for, checked and named; nothing of the machine is part of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from plugins.press.problems import PressError
from plugins.press.settings import Category, MenuItem, Places, Settings, read_places, read_settings
from tests import sites

NEEDED = [
    *("SITENAME", "SITEURL", "SITE_DESCRIPTION", "SITE_TAGLINE", "DEFAULT_LANG", "TIMEZONE", "REGION"),
    *("DEPARTMENTS", "EVENT_CATEGORIES", "MENU", "FOOTER", "CALENDAR_UID_DOMAIN", "CONTENT_LICENCE"),
]


def read(**changes: Any) -> Settings:
    return read_settings(sites.CONF | changes)


def refusal(**changes: Any) -> str:
    with pytest.raises(PressError) as error:
        read(**changes)
    return str(error.value)


def test_the_settings_of_pelican_become_ours():
    found = read(
        MENU=[{"label": "Agenda", "url": "/agenda/"}], DEFAULT_PAGINATION=7, DRAFTS=True, SCHOOL_HOLIDAY_ZONE="C"
    )
    assert found.name == sites.CONF["SITENAME"]
    assert found.menu == (MenuItem("Agenda", "/agenda/"),)
    assert found.categories[0] == Category("evenement-cresol", "Événement Cré-Sol", "É")
    assert found.departments["37"] == "Indre-et-Loire"
    assert (found.page_size, found.drafts, found.school_holiday_zone) == (7, True, "C")


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_setting_is_named(name):
    assert refusal(**{name: None}) == f"pelicanconf.py : réglage manquant : {name}."


def test_all_missing_settings_are_named_at_once():
    with pytest.raises(PressError, match="réglage manquant : " + ", ".join(NEEDED)):
        read_settings({})


def test_what_may_be_left_out_has_a_default():
    found = read(DEFAULT_PAGINATION=None, DRAFTS=None, SCHOOL_HOLIDAY_ZONE=None)
    assert (found.page_size, found.drafts, found.pdf, found.school_holiday_zone) == (20, False, True, "")


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"SITENAME": 3}, "$.name"),
        ({"MENU": [{"label": "Agenda"}]}, "$.menu[0]"),
        ({"EVENT_CATEGORIES": [{"slug": "a", "label": "A", "letter": 1}]}, "$.categories[0].letter"),
        ({"DEPARTMENTS": ["37"]}, "$.departments"),
        ({"DEFAULT_PAGINATION": 0}, "$.page_size"),
        ({"DEFAULT_PAGINATION": False}, "$.page_size"),
        ({"SCHOOL_HOLIDAY_ZONE": "D"}, "$.school_holiday_zone"),
    ],
)
def test_a_setting_of_another_form_is_shown_with_its_place(changes, where):
    message = refusal(**changes)
    assert message.startswith("pelicanconf.py : réglage de forme inattendue (")
    assert f"`{where}`" in message


@pytest.mark.parametrize("name", ["Europe/Pari", "", "../../etc/passwd", "Europe"])
def test_a_time_zone_that_does_not_exist_is_refused(name):
    expected = f"pelicanconf.py : TIMEZONE : « {name} » n'est pas un fuseau horaire. Écrire par exemple Europe/Paris."
    assert refusal(TIMEZONE=name) == expected


@pytest.mark.parametrize("url", ["https://exemple.fr", "https://exemple.fr/", "https://exemple.fr//"])
def test_the_address_of_the_site_has_no_slash_at_its_end(url):
    assert read(SITEURL=url).url == "https://exemple.fr"


@pytest.mark.parametrize("contact", ["", "mailto:a@exemple.test", "https://exemple.test/alerte", "tel:+33200000000"])
def test_a_contact_for_weaknesses_may_be_given(contact):
    assert read(SECURITY_CONTACT=contact).security_contact == contact


@pytest.mark.parametrize("contact", ["a@exemple.test", "http://exemple.test/", "mailto:a@exemple.test\nExpires: x"])
def test_a_contact_that_nobody_can_follow_is_refused(contact):
    with pytest.raises(PressError, match=r"(?s)SECURITY_CONTACT : .*Écrire mailto:…, tel:… ou https://…"):
        read(SECURITY_CONTACT=contact)


def test_only_an_address_of_the_site_is_made_whole():
    settings = read(SITEURL="https://exemple.fr/")
    assert settings.absolute("/agenda/") == "https://exemple.fr/agenda/"
    assert settings.absolute("https://ailleurs.test/") == "https://ailleurs.test/"
    assert settings.absolute("") == ""


def test_a_category_is_found_by_its_slug():
    assert read().category_label("prestation") == "Prestation"
    assert read().category_label("absente") == ""


def test_the_fingerprint_changes_with_every_setting_and_with_nothing_else():
    plain = read()
    fields = msgspec.structs.asdict(plain)
    other: dict[type, Any] = {
        str: "autre",
        int: 99,
        dict: {"1": "Ain"},
        tuple: (),
        MenuItem: MenuItem("a", "b"),
    }
    changed = {name: not value if isinstance(value, bool) else other[type(value)] for name, value in fields.items()}
    marks = {msgspec.structs.replace(plain, **{name: value}).fingerprint() for name, value in changed.items()}
    assert len({*marks, plain.fingerprint()}) == len(fields) + 1
    assert read().fingerprint() == plain.fingerprint()


# Where everything is


def test_folders_are_taken_from_the_settings_file_s_own():
    found = read_places({"PATH": "textes", "OUTPUT_PATH": "html/", "THEME": "/themes/un"}, Path("/site"))
    assert found == Places(Path("/site"), Path("/site/textes"), Path("/site/html"), Path("/themes/un"))
    assert found.state == Path("/site/.html.press")


@pytest.mark.parametrize("name", ["PATH", "OUTPUT_PATH", "THEME"])
def test_a_missing_folder_is_named(name):
    values = {"PATH": "a", "OUTPUT_PATH": "b", "THEME": "c", name: ""}
    with pytest.raises(PressError, match=rf"réglage manquant : {name}\."):
        read_places(values, Path("/site"))


def test_messages_name_the_content_folder_from_the_root_when_it_lies_there():
    assert sites.places(Path("/site")).shown_content == "content"
    elsewhere = msgspec.structs.replace(sites.places(Path("/site")), content=Path("/textes"))
    assert elsewhere.shown_content == "/textes"


def test_an_output_that_is_a_link_keeps_its_name(tmp_path):
    (tmp_path / "vrai").mkdir()
    (tmp_path / "output").symlink_to("vrai")
    found = read_places({"PATH": "c", "OUTPUT_PATH": "output", "THEME": "t"}, tmp_path)
    assert found.state == tmp_path / ".output.press"
