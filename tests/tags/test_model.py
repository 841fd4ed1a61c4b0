"""Tags: spellings that give one address are one tag, and deserve one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agenda.model import Event
from plugins.tags.model import Tags, check
from tests import filings, values
from tests.values import article, event, once, page, part, report, section


def tags(*documents):
    return values.site(*documents).get(Tags)


def test_a_tag_brings_together_documents_of_all_kinds():
    documents = [
        article(tags=("ESS",)),
        event(tags=("ESS",)),
        page(tags=("ESS",)),
        part(1, tags=("ESS",)),
        report(tags=("ESS",)),
        section(1, tags=("ESS",)),
        article("Autre", tags=("Formation",)),
    ]
    found = tags(*documents)
    assert found.names == {"ess": "ESS", "formation": "Formation"}
    carrying = [*found.texts["ess"], *found.events("ess")]
    assert {document.path for document in carrying} == {document.path for document in documents[:-1]}
    assert found.counts == {"ess": 6, "formation": 1}


def test_spellings_of_one_tag_are_one_under_the_name_most_used():
    found = tags(article("Un", tags=("Égalité",)), article("Deux", tags=("égalité",)), event(tags=("égalité",)))
    assert found.names == {"egalite": "égalité"}
    assert found.counts["egalite"] == 3


def test_of_two_names_as_much_used_the_first_in_order_is_taken():
    for order in (("ESS", "Ess"), ("Ess", "ESS")):
        assert tags(*(article(f"Article {n}", tags=(tag,)) for n, tag in enumerate(order))).names == {"ess": "ESS"}


def test_a_document_with_two_spellings_is_there_once():
    found = tags(article(tags=("ESS", "ess")))
    assert found.counts["ess"] == 1


@given(st.lists(st.sampled_from(["ESS", "ess", "Ess", "Égalité", "egalité"]), max_size=10), st.randoms())
def test_whatever_the_order_of_files_the_names_are_the_same(names, random):
    documents = [article(f"Article {n}", tags=(name,)) for n, name in enumerate(names)]
    assert tags(*documents).names == tags(*random.sample(documents, len(documents))).names


@given(filings.said(), filings.MOMENTS)
def test_tags_are_the_same_whatever_is_settled(said, now):
    texts = [article(tags=("Fête", "ESS"))]
    sites = [
        values.site(*texts, now=now.isoformat(), filed={Event: filed}) for filed in (said.split(now), said.whole(now))
    ]
    split, whole = (site.get(Tags) for site in sites)
    assert split.names == whole.names
    assert split.counts == whole.counts
    assert split.spellings == whole.spellings
    for slug in whole.names:
        assert split.events(slug) == whole.events(slug)
        assert split.mark(slug) == whole.mark(slug)
        carrying = [event for event in said.events if slug in {whole.slugs[tag] for tag in event.tags}]
        assert split.counts[slug] == len(carrying) + len(split.texts[slug])
        assert sorted(filings.paths(split.events(slug))) == sorted(filings.paths(carrying))
    assert split.carrying({"fête", "Fête"}, sites[0]) == whole.carrying({"fête", "Fête"}, sites[1])
    assert [*check(sites[0])] == [*check(sites[1])]


# What is said of them


def test_another_spelling_is_a_warning_at_its_place():
    documents = [
        article("Un", tags=("ESS",)),
        article("Deux", tags=("ESS",)),
        event(tags=("ess",), marks={"tags": (6, 7)}),
    ]
    line = once(values.problems(values.site(*documents)))
    assert line.startswith("content/agenda/2026/fete.md:6:7: avertissement : tags : ")
    assert "« ess » s'écrit « ESS » ailleurs" in line


@pytest.mark.parametrize("tag", ["!!!", "🎉", "—"])
def test_a_tag_without_a_letter_is_refused(tag):
    site = values.site(article(tags=(tag,), marks={"tags": (5, 7)}))
    line = once(values.problems(site))
    assert line.startswith(f"content/blog/2026/un-article.md:5:7: tags : le mot-clé « {tag} » ne donne pas d'adresse")
    assert [url for url in values.outputs(site) if url.startswith("/mots-cles/")] == ["/mots-cles/"]
