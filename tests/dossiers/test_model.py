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


# Who, about what, where


def test_who_wrote_a_dossier_is_named_once_in_order_of_appearance():
    whole = dossier(authors=("Zoé",))
    site = values.site(
        whole,
        part(1, authors=("Bo", "ZOE\u0301")),
        article(dossier="un-dossier", part=2, authors=("Ada", "bo", "Zoe")),
        article("Ailleurs", authors=("Personne",)),
    )
    assert site.get(Dossiers).contributors(whole) == ("Zoé", "Bo", "Ada", "Zoe")


def test_the_tags_of_a_dossier_are_those_of_all_its_texts():
    whole = dossier(tags=("Vélo",))
    site = values.site(whole, part(1, tags=("eau", "vélo")), article(dossier="un-dossier", part=2, tags=("eau",)))
    assert [tag.label for tag in site.get(Dossiers).tags(whole)] == ["Vélo", "eau"]


def test_a_part_knows_its_rank_and_its_neighbours():
    last = article("Trois", dossier="un-dossier", part=3)
    alone = article("Seul")
    ranks = values.site(dossier(), part(1, "Un"), part(2, "Deux"), last, alone).get(Dossiers)
    rank = ranks.rank(last)
    assert (rank.number, len(rank.parts), rank.previous.label, rank.next) == (3, 3, "Deux", None)
    first = ranks.rank(part(1, "Un"))
    assert (first.previous, first.next.label, first.dossier.url) == (None, "Deux", "/dossiers/un-dossier/")
    assert ranks.rank(alone) is None
    assert ranks.rank(article("Perdu", dossier="inconnu", part=1)) is None


def test_a_dossier_changed_when_the_last_of_its_texts_did():
    whole = dossier(day="2026-01-05")
    texts = [part(1, day="2026-02-01", modified="2026-04-01"), part(2, day="2026-03-01")]
    assert values.site(whole, *texts).get(Dossiers).modified(whole) == moment("2026-04-01")
    assert values.site(whole).get(Dossiers).modified(whole) == whole.date


# Dates


def test_every_part_has_a_date():
    document, said = values.read("dossiers/un-theme/01-une.md", sites.document("Une"))
    assert document is None
    assert "date : ce champ est obligatoire" in once(said)
    document, _ = values.read("dossiers/un-theme/01-une.md", sites.article(date="2026-02-01T10:30"))
    assert document.date == moment("2026-02-01T10:30")
