"""The site: every link leads somewhere, or is shown with the place where it is written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from plugins.agenda.model import Agenda, Event
from plugins.blog.model import Article
from plugins.press.pictures.facts import address
from plugins.press.problems import render_text
from plugins.press.site import Site
from tests import filings, sites, values

IMAGE = "(png, jpg, webp, avif, svg)."
FILES = {
    "blog/2026/deux.md": sites.article("Deux", body="## Ici\n\n### L'été\n\nUn texte."),
    "blog/2026/brouillon.md": sites.article("Brouillon", status="draft", body="[x](secret.pdf)"),
    "blog/2026/papier.pdf": b"x",
    "blog/2026/photo.PNG": b"x",
    "blog/2026/secret.pdf": b"x",
    "blog/2026/a#b 100%.pdf": b"x",
    "agenda/2026/fete.md": sites.event("Fête", "2026-07-05"),
    "pages/à propos.md": sites.document("À propos", "## Là"),
    "rapports/2025/index.md": sites.article("Rapport", year="2025"),
    "rapports/2025/01-une.md": sites.document("Une section", "### Détail"),
}


def site(root: Path, body: str = "", **fields: str) -> Site:
    """A site whose article ``un`` has this text."""
    sites.write(root / "content", FILES | {"blog/2026/un.md": sites.article("Un", body=body, **fields)})
    return sites.assemble(root)


def un(found: Site) -> Article:
    return found.by_path["blog/2026/un.md"]


def messages(found: Site) -> list[str]:
    return [render_text(problem) for problem in found.check_links()]


# Where links lead


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("deux.md", "/blog/deux/"),
        ("./deux.md", "/blog/deux/"),
        ("../2026/deux.md", "/blog/deux/"),
        ("../../blog/2026/deux.md", "/blog/deux/"),
        ("deux.md#ici", "/blog/deux/#ici"),
        ("deux.md?x=1#ici", "/blog/deux/#ici"),
        ("{filename}deux.md", "/blog/deux/"),
        ("{filename}/blog/2026/deux.md#ici", "/blog/deux/#ici"),
        ("{static}papier.pdf", "/media/blog/2026/papier.pdf"),
        ("/blog/2026/deux.md", "/blog/deux/"),
        ("../../agenda/2026/fete.md", "/agenda/2026/07/fete/"),
        ("../../pages/%C3%A0%20propos.md#la", "/a-propos/#la"),
        ("<../../pages/à propos.md>", "/a-propos/"),
        ("../../rapports/2025/01-une.md", "/rapports/2025/#une"),
        ("../../rapports/2025/01-une.md#detail", "/rapports/2025/#une-detail"),
        ("#titre", "#titre"),
        ("un.md#titre", "/blog/un/#titre"),
        ("papier.pdf#page=3", "/media/blog/2026/papier.pdf#page=3"),
        ("a%23b%20100%25.pdf", "/media/blog/2026/a%23b%20100%25.pdf"),
        ("/agenda/?x#y", "/agenda/?x#y"),
        ("/", "/"),
        ("https://exemple.fr/a.md", "https://exemple.fr/a.md"),
        ("mailto:moi@exemple.fr", "mailto:moi@exemple.fr"),
        ("tel:+33247000000", "tel:+33247000000"),
    ],
)
def test_a_link_to_a_file_leads_to_its_page(target, address, tmp_path):
    found = site(tmp_path, f"## Titre\n\n[texte]({target})")
    assert found.targets(un(found)) == (address,)
    assert messages(found) == []


def test_every_link_and_picture_of_a_text_has_its_target_in_order(tmp_path):
    found = site(tmp_path, "![photo](photo.PNG) [a](deux.md)\n\n[b][r] <https://exemple.fr>\n\n[r]: papier.pdf")
    paths = ("/media/blog/2026/photo.PNG", "/blog/deux/", "/media/blog/2026/papier.pdf", "https://exemple.fr")
    assert sorted(map(address, found.targets(un(found)))) == sorted(paths)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("rien.md", "mène à un fichier qui n'existe pas. Vérifier le nom du fichier."),
        (
            "deuz.md",
            "mène à un fichier qui n'existe pas. Le fichier au nom le plus proche est content/blog/2026/deux.md.",
        ),
        (
            "fete.md",
            "mène à un fichier qui n'existe pas. Le fichier au nom le plus proche est content/agenda/2026/fete.md.",
        ),
        ("DEUX.md", "mène à un fichier qui n'existe pas. Vérifier le nom du fichier."),
        ("../../../secret.md", "mène à un fichier qui n'existe pas. Vérifier le nom du fichier."),
        ("deux", "mène à un fichier qui n'existe pas. Le fichier au nom le plus proche est content/blog/2026/deux.md."),
        ("rien.pdf", "mène à un fichier qui n'existe pas. Vérifier le nom du fichier."),
        ("deux.md#rien", "vise un repère qui n'existe pas. Repères de cette page : #ici, #l-ete."),
        ("#rien", "vise un repère qui n'existe pas. Repères de cette page : #titre."),
        (
            "../../agenda/2026/fete.md#rien",
            "vise un repère qui n'existe pas. Cette page n'a pas de repère : retirer le « # ».",
        ),
        ("brouillon.md", "mène à un brouillon, qui ne sera pas publié. Retirer le lien ou publier la page."),
        ("brouillon.md#x", "mène à un brouillon, qui ne sera pas publié. Retirer le lien ou publier la page."),
    ],
)
def test_a_link_that_leads_nowhere_is_shown_where_it_is_written(target, message, tmp_path):
    found = site(tmp_path, f"## Titre\n\nUn [texte]({target})")
    assert messages(found) == [f"content/blog/2026/un.md:8:12: le lien « {target} » {message}"]


def test_an_anchor_may_be_percent_encoded(tmp_path):
    found = site(tmp_path, "[x](deux.md#%69ci) [y](deux.md#)")
    assert messages(found) == []


@pytest.mark.parametrize("target", ["absente.png", "papier.pdf", "deux.md", "photo.png"])
def test_a_picture_is_a_file_that_shows_something(target, tmp_path):
    remedy = f"Vérifier son nom, ou déposer le fichier à côté de ce texte {IMAGE}"
    said = f"l'image « {target} » n'existe pas. {remedy}"
    assert messages(site(tmp_path, f"![x]({target})")) == [f"content/blog/2026/un.md:6:6: {said}"]
    assert messages(site(tmp_path, image=target, image_alt="x")) == [f"content/blog/2026/un.md:4:8: image : {said}"]


def test_a_draft_may_be_linked_where_drafts_are_shown(tmp_path):
    site(tmp_path, "[x](brouillon.md)")
    found = sites.assemble(tmp_path, settings=sites.settings(drafts=True))
    assert messages(found) == []
    assert found.targets(un(found)) == ("/blog/brouillon/",)


def test_a_link_to_a_text_with_problems_of_its_own_is_not_one_more(tmp_path):
    sites.write(tmp_path / "content", {"blog/2026/casse.md": "rien"})
    found = site(tmp_path, "[x](casse.md)")
    assert found.broken == {"blog/2026/casse.md"}
    assert messages(found) == []


PAGES = {"index.html", "agenda/index.html", "robots.txt", "blog/deux/index.html", "blog/été/index.html"}


@pytest.mark.parametrize(
    "target", ["/", "/agenda/", "/agenda/?x=1", "/robots.txt", "/blog/2026/deux.md", "/blog/%C3%A9t%C3%A9/"]
)
def test_an_address_of_the_site_is_a_page_of_it(target, tmp_path):
    assert list(site(tmp_path, f"[x]({target})").check_addresses(PAGES)) == []


@pytest.mark.parametrize(
    ("target", "remedy"),
    [
        ("/agenda", "Écrire /agenda/."),
        ("/rien/", "Vérifier l'adresse, ou viser le fichier .md."),
        ("/blog/2026/rien.md", "Vérifier l'adresse, ou viser le fichier .md."),
        ("/robots.txt/", "Vérifier l'adresse, ou viser le fichier .md."),
    ],
)
def test_an_address_that_is_no_page_is_shown_where_it_is_written(target, remedy, tmp_path):
    found = [render_text(problem) for problem in site(tmp_path, f"Un [x]({target})").check_addresses(PAGES)]
    assert found == [f"content/blog/2026/un.md:6:8: le lien « {target} » ne mène à aucune page du site. {remedy}"]


# What is published with the texts


def test_files_are_published_that_published_texts_refer_to(tmp_path):
    found = site(tmp_path, "[x](papier.pdf) [y](deux.md) ![z](photo.PNG) [w](papier.pdf)")
    assert found.assets == {
        "/media/blog/2026/papier.pdf": "blog/2026/papier.pdf",
        "/media/blog/2026/photo.PNG": "blog/2026/photo.PNG",
    }


def test_the_picture_of_a_text_is_published_with_it(tmp_path):
    found = site(tmp_path, image="photo.PNG", image_alt="x")
    assert found.image_url(un(found)) == "/media/blog/2026/photo.PNG"
    assert list(found.assets.values()) == ["blog/2026/photo.PNG"]
    assert found.image_url(found.by_path["blog/2026/deux.md"]) == ""


# What everything asks it


def test_drafts_are_not_there_unless_they_are_wanted(tmp_path):
    paths = {document.path for document in site(tmp_path).documents}
    assert "blog/2026/brouillon.md" not in paths
    with_drafts = sites.assemble(tmp_path, settings=sites.settings(drafts=True))
    assert {document.path for document in with_drafts.documents} == paths | {"blog/2026/brouillon.md"}


def test_documents_have_one_order_and_one_place_each(tmp_path):
    found = site(tmp_path)
    again = Site(reversed(found.documents), settings=found.settings, now=found.now)
    assert again.documents == found.documents
    assert [document.path for document in found.of(Article)] == ["blog/2026/deux.md", "blog/2026/un.md"]
    assert [document.path for document in found.of(Event)] == ["agenda/2026/fete.md"]


@given(filings.said(), filings.MOMENTS)
def test_a_site_says_the_same_whatever_is_settled(said, now):
    documents = [values.article(), values.page()]
    split, whole = (
        values.site(*documents, now=now.isoformat(), filed={Event: filed})
        for filed in (said.split(now), said.whole(now))
    )
    loose = values.site(*documents, *said.events, now=now.isoformat())
    for other in (whole, loose):
        assert split.documents == other.documents
        assert split.of(Event) == other.of(Event)
        assert split.of(Article) == other.of(Article)
        assert dict(split.by_path) == dict(other.by_path)
        assert (split.changes, split.counts) == (other.changes, other.counts)
        assert (split.linking, split.hidden) == (other.linking, other.hidden)


def test_a_link_to_a_settled_event_leads_to_its_page():
    settled = filings.plain("Fête", "2019-07-05")
    said = filings.Said((settled,), {settled.path: settled})
    link = values.reference("x.md", settled.path)
    reader = values.article(text=values.text(links=(link, values.reference("y.md", "agenda/2019/autre.md"))))
    found = values.site(reader, filed={Event: said.split()})
    assert found.targets(reader)[0] == settled.url
    assert found.open == (reader,)
    assert len(messages(found)) == 1
    assert "qui n'existe pas. Vérifier le nom" in messages(found)[0]


def test_an_index_is_built_once(tmp_path):
    found = site(tmp_path)
    assert found.get(Agenda) is found.get(Agenda)
    assert [event.title for event in found.get(Agenda).events] == ["Fête"]


def test_what_is_counted_has_a_page_of_its_own(tmp_path):
    assert site(tmp_path).counts == {"articles": 2, "events": 1, "reports": 1, "sections": 1}


def test_now_is_what_people_read_on_their_clocks(tmp_path):
    site(tmp_path)
    found = sites.assemble(tmp_path, now=datetime(2026, 1, 5, 9, 30, tzinfo=sites.PARIS))
    assert found.local_now == datetime(2026, 1, 5, 9, 30)


def options(found: Site, **values: Any) -> str:
    return render_text(found.problem(un(found), "non.", **values))


def test_a_problem_stands_at_its_mark_or_field_or_at_the_top(tmp_path):
    found = site(tmp_path, slug="un")
    assert options(found, mark=(9, 3)) == "content/blog/2026/un.md:9:3: non."
    assert options(found, field="slug") == "content/blog/2026/un.md:4:7: slug : non."
    assert options(found, field="tags") == "content/blog/2026/un.md:1:1: tags : non."
    assert options(found, field="slug", warning=True).startswith("content/blog/2026/un.md:4:7: avertissement : slug")


def test_in_a_text_that_is_a_place_on_a_page_its_own_anchors_stand_behind_it():
    section = values.section(1, "Une", text=values.text(links=(values.reference("#ici", "rapports/2025/01-une.md"),)))
    assert values.site(values.report(), section).targets(section) == ("#une-ici",)
