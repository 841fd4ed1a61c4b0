"""An article: what an editor may write, and the order of the blog."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.blog.model import Blog
from tests import sites, values
from tests.values import article, moment, once

PATH = "blog/2026/essai.md"


def refusals(**fields):
    document, said = values.read(PATH, sites.article(**fields))
    assert document is None
    return [line.removeprefix(f"content/{PATH}:") for line in said]


def test_an_article_lies_under_its_title():
    document, said = values.read(
        PATH, sites.article("Cœur de l'été : n° 3", tags="[ESS, ESS]", authors="[Une personne]")
    )
    assert said == []
    assert (document.url, document.slug) == ("/blog/coeur-de-l-ete-no-3/", "coeur-de-l-ete-no-3")
    assert (document.date, document.tags, document.authors) == (
        moment("2026-01-05"),
        ("ESS",),
        ("Une personne",),
    )


def test_an_article_may_choose_its_address():
    document, _ = values.read(PATH, sites.article(slug="ailleurs"))
    assert document.url == "/blog/ailleurs/"


def test_the_first_paragraph_is_the_summary_unless_there_is_one():
    first, _ = values.read(PATH, sites.article(body="Le **premier** paragraphe.\n\nLe second."))
    own, _ = values.read(PATH, sites.article(summary="Un résumé."))
    assert (first.summary, own.summary) == ("Le premier paragraphe.", "Un résumé.")


def test_an_article_without_date_is_refused():
    document, said = values.read(PATH, sites.document("Essai"))
    assert document is None
    assert "date : ce champ est obligatoire" in once(said)


@pytest.mark.parametrize(
    ("fields", "place", "remedy"),
    [
        ({"part": "2"}, "4:7: part", "Ajouter « dossier: nom-du-dossier »"),
        ({"dossier": "theme"}, "4:10: dossier", "Ajouter « part: 2 »"),
        ({"dossier": "theme", "part": ""}, "4:10: dossier", "Ajouter « part: 2 »"),
        ({"dossier": "Un thème", "part": "2"}, "4:10: dossier", "Écrire « un-theme »"),
        ({"dossier": "theme", "part": "deux"}, "5:7: part", "n'est pas un nombre entier"),
    ],
)
def test_an_article_joins_a_dossier_at_a_rank_or_not_at_all(fields, place, remedy):
    line = once(refusals(**fields))
    assert line.startswith(f"{place} : ")
    assert remedy in line


def test_an_article_that_is_part_of_a_dossier_keeps_its_own_address():
    document, said = values.read(PATH, sites.article(dossier="theme", part="2"))
    assert said == []
    assert (document.dossier, document.part, document.url) == ("theme", 2, "/blog/essai/")


DAYS = st.sampled_from(["2026-01-05", "2026-01-06", "2026-01-06T09:30", "2025-12-31"])


@given(st.lists(st.tuples(DAYS, st.sampled_from("ABC")), max_size=12), st.randoms())
def test_the_newest_comes_first_and_the_order_is_the_same_everywhere(said, random):
    articles = [article(title, day, path=f"blog/2026/{n}.md") for n, (day, title) in enumerate(said)]
    found = values.site(*articles).get(Blog).articles
    assert found == values.site(*random.sample(articles, len(articles))).get(Blog).articles
    keys = [(one.date, one.title, one.path) for one in found]
    assert [key[0] for key in keys] == sorted((key[0] for key in keys), reverse=True)
    for before, after in pairwise(keys):
        assert before[0] > after[0] or before[1:] < after[1:]


def test_a_draft_is_shown_only_when_drafts_are_asked_for():
    draft = article("Brouillon", draft=True)
    assert values.site(draft).get(Blog).articles == ()
    assert values.site(draft, settings=sites.settings(drafts=True)).get(Blog).articles == (draft,)
