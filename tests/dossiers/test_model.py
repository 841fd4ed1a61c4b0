"""A dossier and its parts: numbered from 1 without gap, articles among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.dossiers.model import Dossiers, Resource
from tests import sites, values
from tests.values import article, dossier, moment, once, part

INDEX = "dossiers/un-theme/index.md"


def parts(*documents):
    site = values.site(dossier(), *documents)
    index = site.get(Dossiers)
    return [found.title for found in index.parts(once(index.dossiers))]


def test_a_dossier_lies_under_the_name_of_its_folder():
    document, said = values.read(INDEX, sites.article("Tout autre titre"))
    assert said == []
    assert (document.url, document.slug, document.state) == ("/dossiers/un-theme/", "un-theme", "open")


def test_a_part_lies_in_its_dossier_under_the_name_of_its_file():
    document, said = values.read("dossiers/un-theme/02-la-suite.md", sites.article("Un titre"))
    assert said == []
    assert (document.url, document.number) == ("/dossiers/un-theme/la-suite/", 2)
    assert document.folder == "dossiers/un-theme"


@pytest.mark.parametrize(
    ("fields", "place", "remedy"),
    [
        ({"slug": "autre"}, "4:7: slug", "écrire « un-theme »"),
        ({"state": "fini"}, "4:8: state", "Écrire open ou complete"),
        ({"resources": "\n  - title: Un site"}, "5:5: resources.1.url", "ce champ est obligatoire"),
        ({"resources": "\n  - title: Un site\n    url: exemple"}, "6:10: resources.1.url", "avec https://"),
    ],
)
def test_what_a_dossier_cannot_be_is_refused(fields, place, remedy):
    document, said = values.read(INDEX, sites.article(**fields))
    assert document is None
    assert once(said).startswith(f"content/{INDEX}:{place} : ")
    assert remedy in said[0]


def test_a_dossier_gives_what_to_read_elsewhere():
    resources = '\n  - title: "Un site"\n    url: https://exemple.test/\n    note: "En anglais"'
    document, _ = values.read(INDEX, sites.article(resources=resources, state="complete"))
    assert document.resources == (Resource("Un site", "https://exemple.test/", "En anglais"),)
    assert document.state == "complete"


# Order


@given(st.permutations(range(1, 8)), st.sets(st.integers(1, 7)))
def test_parts_and_articles_come_by_number_whatever_the_order_of_files(numbers, of_the_blog):
    documents = [
        article(f"Rang {n}", dossier="un-dossier", part=n) if n in of_the_blog else part(n, f"Rang {n}")
        for n in numbers
    ]
    assert parts(*documents) == [f"Rang {n}" for n in range(1, 8)]
    assert values.problems(values.site(dossier(), *documents)) == []


def test_only_its_own_parts_are_of_a_dossier():
    others = [
        part(1, "Ailleurs", of="autre"),
        article("Du blog"),
        article("Ailleurs aussi", dossier="autre", part=2),
    ]
    assert parts(part(1, "La sienne"), *others) == ["La sienne"]


def test_dossiers_come_newest_first():
    documents = [
        dossier("Ancien", "2024-01-01"),
        dossier("Récent", "2026-01-01"),
        dossier("Moyen", "2025-01-01"),
    ]
    assert [found.title for found in values.site(*documents).get(Dossiers).dossiers] == [
        "Récent",
        "Moyen",
        "Ancien",
    ]


def test_the_length_of_a_dossier_is_that_of_all_its_texts():
    whole = dossier(text=values.text(words=100))
    site = values.site(
        whole,
        part(1, text=values.text(words=200)),
        article(dossier="un-dossier", part=2, text=values.text(words=300)),
    )
    assert site.get(Dossiers).words(whole) == 600


# Numbers


@pytest.mark.parametrize(
    ("numbers", "place", "said"),
    [
        ([2], "02-partie-2.md", "la partie 1 manque : celle-ci porte le numéro 2."),
        ([1, 3, 5], "03-partie-3.md", "la partie 2 manque : celle-ci porte le numéro 3."),
        ([0, 1], "00-partie-0.md", "la partie 1 manque : celle-ci porte le numéro 0."),
    ],
)
def test_a_gap_between_parts_is_refused_once(numbers, place, said):
    line = once(values.problems(values.site(dossier(), *map(part, numbers))))
    assert line.startswith(f"content/dossiers/un-dossier/{place}:1:1: part : {said}")


def test_two_parts_with_one_number_are_refused_and_both_are_named():
    joined = article("Du blog", dossier="un-dossier", part=1, marks={"part": (5, 7)})
    line = once(values.problems(values.site(dossier(), part(1, "Première"), joined)))
    assert line.startswith("content/dossiers/un-dossier/01-premiere.md:1:1: part : la partie 1 existe déjà : ")
    assert "content/blog/2026/du-blog.md" in line


@pytest.mark.parametrize("document", [part(1), article(dossier="un-dossier", part=1, marks={"dossier": (4, 10)})])
def test_a_part_without_its_dossier_is_refused(document):
    line = once(values.problems(values.site(document)))
    assert "dossier : le dossier « un-dossier » n'existe pas. Créer content/dossiers/un-dossier/index.md." in line
    assert (":4:10: " in line) == bool(document.marks)


def test_a_dossier_that_cannot_be_read_is_not_said_to_be_missing():
    assert values.problems(values.site(part(1), broken=["dossiers/un-dossier/index.md"])) == []


def test_every_part_has_a_date():
    document, said = values.read("dossiers/un-theme/01-une.md", sites.document("Une"))
    assert document is None
    assert "date : ce champ est obligatoire" in once(said)
    document, _ = values.read("dossiers/un-theme/01-une.md", sites.article(date="2026-02-01T10:30"))
    assert document.date == moment("2026-02-01T10:30")
