"""What is refused of a dossier and its parts, and what deserves a warning."""

import pytest

from plugins.press.documents import Image, Reference
from plugins.press.pictures.facts import Facts
from tests import sites, values
from tests.values import article, dossier, once, part


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


def test_two_articles_that_join_at_one_place_are_refused_where_the_number_is_written():
    joined = [article(title, dossier="un-dossier", part=1, marks={"part": (5, 7)}) for title in ("Un", "Autre")]
    line = once(values.problems(values.site(dossier(), *joined)))
    assert line.startswith("content/blog/2026/un.md:5:7: part : la partie 1 existe déjà : content/blog/2026/autre.md.")


@pytest.mark.parametrize("document", [part(1), article(dossier="un-dossier", part=1, marks={"dossier": (4, 10)})])
def test_a_part_without_its_dossier_is_refused(document):
    line = once(values.problems(values.site(document)))
    assert "dossier : le dossier « un-dossier » n'existe pas. Créer content/dossiers/un-dossier/index.md." in line
    assert (":4:10: " in line) == bool(document.marks)


def test_a_dossier_that_cannot_be_read_is_not_said_to_be_missing():
    assert values.problems(values.site(part(1), broken=["dossiers/un-dossier/index.md"])) == []


def test_a_part_that_cannot_be_read_is_not_said_to_be_missing():
    broken = ["dossiers/un-dossier/02-deux.md"]
    assert values.problems(values.site(dossier(), part(1), part(3), broken=broken)) == []
    line = once(values.problems(values.site(dossier(), part(1), part(1, "Encore"), part(3), broken=broken)))
    assert "la partie 1 existe déjà" in line
    empty = dossier(text=values.text("", 0))
    assert values.problems(values.site(empty, broken=["dossiers/un-dossier/01-une.md"])) == []


# Drafts


def test_a_draft_between_two_parts_is_named():
    line = once(values.problems(values.site(dossier(), part(1), part(2, draft=True), part(3))))
    assert line.startswith("content/dossiers/un-dossier/03-partie-3.md:1:1: part : la partie 2 est un brouillon ")
    assert "(content/dossiers/un-dossier/02-partie-2.md)" in line


def test_a_draft_at_the_end_is_for_later():
    site = values.site(dossier(), part(1), part(2, draft=True))
    assert values.problems(site) == []
    assert "Partie 1 sur 1" in values.words(values.tree(site, "/dossiers/un-dossier/partie-1/"))
    drafts = values.site(dossier(), part(1), part(2, draft=True), settings=sites.settings(drafts=True))
    assert "Partie 1 sur 2" in values.words(values.tree(drafts, "/dossiers/un-dossier/partie-1/"))


def test_the_parts_of_a_draft_are_drafts_too():
    site = values.site(dossier(draft=True), part(1), part(2, draft=True))
    line = once(values.problems(site))
    assert line.startswith("content/dossiers/un-dossier/01-partie-1.md:1:1: dossier : le dossier est un brouillon ")
    assert "« status: draft »" in line


# What is not there, or not for readers of EPUB


def test_a_part_without_text_is_worth_a_warning():
    empty = values.text("", 0)
    joined = article("Du blog", dossier="un-dossier", part=2, text=empty)
    found = values.problems(values.site(dossier(), part(1, text=empty), joined, article(text=empty)))
    assert [line.partition(": ")[0] for line in found] == [
        "content/dossiers/un-dossier/01-partie-1.md:1:1",
        "content/blog/2026/du-blog.md:1:1",
    ]
    assert all("avertissement : title : cette partie n'a pas de texte." in line for line in found)


def test_a_part_that_is_a_picture_has_something_to_say():
    drawing = values.text("<p><img></p>", 0, links=(Reference("a.svg", "a.svg", 1, 1, image=True),))
    assert values.problems(values.site(dossier(), part(1, text=drawing), files={"a.svg": (1, 2, 3)})) == []


def test_a_dossier_without_a_word_is_worth_a_warning():
    line = once(values.problems(values.site(dossier(text=values.text("", 0)))))
    assert line.startswith("content/dossiers/un-dossier/index.md:1:1: avertissement : title : ce dossier est vide.")


@pytest.mark.parametrize(
    ("path", "facts", "size", "is_told"),
    [
        ("plan.svg", Facts(b"", "SVG", 600, 360), 2_000_000, False),
        ("plan.svg", Facts(b"", "SVG", 600, 360), 2_000_001, True),
        ("photo.webp", Facts(b"", "WEBP", 4000, 3000), 20_000_000, False),
    ],
)
def test_a_drawing_that_is_too_large_for_the_book_is_told_where_it_is_written(path, facts, size, is_told):
    text = values.text(links=(Reference(path, path, 7, 3, image=True),))
    pictured = part(1, text=text, image=Image(path, path, "Une photo"), marks={"image": (4, 8)})
    site = values.site(dossier(), pictured, article(text=text), files={path: (size, 2, 3)}, pictures={path: facts})
    found = values.problems(site)
    places = [line.split(" avertissement : ")[0] for line in found]
    file = "content/dossiers/un-dossier/01-partie-1.md"
    assert places == ([f"{file}:7:3:", f"{file}:4:8:"] if is_told else [])
    assert all(f"le dessin « {path} » n'entre pas dans le livre numérique" in line for line in found)
