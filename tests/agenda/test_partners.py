"""The list of partners: what may stand in it, and where each mistake is."""

from __future__ import annotations

import pytest

from plugins.agenda.partners import Partner
from plugins.press.problems import render_text
from plugins.press.reading import Reader, Record
from tests import sites


def read(tmp_path, text: str) -> Record:
    sites.write(tmp_path, {"agenda/partenaires.yaml": text})
    return Reader(sites.SUBJECTS, sites.settings(), tmp_path, "content").read("agenda/partenaires.yaml")[0]


def refused(tmp_path, text: str) -> list[str]:
    found = read(tmp_path, text)
    assert found.document is None
    return [render_text(problem).removeprefix("content/agenda/partenaires.yaml:") for problem in found.problems]


def test_a_partner_with_everything(tmp_path):
    text = """\
- name: "Les Amis du port"
  slug: amis
  url: https://exemple.fr/agenda.ics?a=1
  department: "37"
  category: prestation
  words: [ESS, "économie sociale"]
  trusted: true
  aggregator: true
  timezone: Europe/London
- name: Le fichier
  file: agenda/fichier.ics
"""
    found = read(tmp_path, text)
    assert found.problems == ()
    first, second = found.document.partners
    assert first == Partner(
        name="Les Amis du port",
        slug="amis",
        url="https://exemple.fr/agenda.ics?a=1",
        department="37",
        category="prestation",
        words=("ESS", "économie sociale"),
        trusted=True,
        aggregator=True,
        timezone="Europe/London",
    )
    assert second == Partner(name="Le fichier", slug="le-fichier", file="agenda/fichier.ics")
    assert second.path == "agenda/imports/le-fichier.yaml"
    assert found.document.url == ""


def test_an_empty_list_is_no_mistake(tmp_path):
    assert read(tmp_path, "").document.partners == ()


@pytest.mark.parametrize(
    ("line", "place", "message"),
    [
        ("url: http://exemple.fr/a.ics", "2:8: partners.1.url", "n'est pas une adresse sûre. L'écrire en entier"),
        ("url: exemple.fr/a.ics", "2:8: partners.1.url", "n'est pas une adresse sûre"),
        ("url: webcal://exemple.fr/a.ics", "2:8: partners.1.url", "Écrire https://exemple.fr/a.ics."),
        ("url: https://moi:secret@exemple.fr/", "2:8: partners.1.url", "contient un mot de passe, qui serait publié"),
        ('url: "https://[x"', "2:8: partners.1.url", "n'est pas une adresse web"),
        ("url: https://exemple.fr:port/", "2:8: partners.1.url", "n'est pas une adresse web"),
        ("file: ../secret.ics", "2:9: partners.1.file", "« ../secret.ics » sort du dossier des textes"),
        ("file: agenda/../../secret.ics", "2:9: partners.1.file", "sort du dossier des textes"),
    ],
)
def test_addresses_that_are_not_gone_to(tmp_path, line, place, message):
    (found,) = refused(tmp_path, f"- name: Un\n  {line}\n")
    assert found.startswith(f"{place} : ")
    assert message in found


@pytest.mark.parametrize("fields", ["name: Un", "name: Un, url: https://exemple.fr/a.ics, file: a.ics"])
def test_neither_an_address_nor_a_file_or_both_is_refused(tmp_path, fields):
    assert refused(tmp_path, f"- {{{fields}}}\n") == [
        "1:3: partners.1 : un calendrier a une adresse (« url: https://… ») ou un fichier (« file: … »), un seul."
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("departement: 37", "3:3: partners.1.departement : champ inconnu. Vouliez-vous écrire « department » ?"),
        ('department: "99"', "3:15: partners.1.department : « 99 » n'est pas un département français. Écrire"),
        ("category: inconnue", "3:13: partners.1.category : « inconnue » n'est pas une catégorie. Écrire evenement-"),
        ("timezone: Mars", "3:13: partners.1.timezone : « Mars » n'est pas un fuseau horaire connu."),
        ("trusted: oui", "3:12: partners.1.trusted : « oui » : écrire true (oui) ou false (non)."),
        ("words: ESS", '3:10: partners.1.words : une liste est attendue. L\'écrire ["ESS"], ou'),
        (
            f"slug: {'x' * 41}",
            f"3:9: partners.1.slug : « {'x' * 41} » est trop long. Ajouter un « slug: » de 40 signes",
        ),
    ],
)
def test_each_mistake_has_its_place(tmp_path, line, message):
    (found,) = refused(tmp_path, f"- name: Un\n  file: un.ics\n  {line}\n")
    assert found.startswith(message)


def test_a_calendar_twice_is_refused(tmp_path):
    text = """\
- {name: Un, file: a.ics}
- {name: Un, file: b.ics}
- {name: Deux, file: a.ics}
- {name: un !, file: c.ics}
"""
    assert refused(tmp_path, text) == [
        "2:10: partners.2.name : « Un » est déjà dans cette liste. N'en garder qu'un.",
        "3:22: partners.3.file : c'est déjà le calendrier « Un ». N'en garder qu'un.",
        "4:10: partners.4.name : c'est déjà le calendrier « Un ». N'en garder qu'un.",
    ]


def test_a_name_without_letters_asks_for_a_slug(tmp_path):
    (found,) = refused(tmp_path, '- {name: "🎉", file: a.ics}\n')
    assert found == "1:10: partners.1.name : « 🎉 » ne donne pas d'adresse. Ajouter « slug: mon-partenaire »."
