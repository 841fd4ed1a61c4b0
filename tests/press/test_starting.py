"""`./site new`: a file that needs nothing but its text, and never the loss of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.press import commands
from plugins.press.problems import PressError
from plugins.press.settings import Settings
from plugins.press.starting import Wish, WrongUseError, write_starter
from tests import sites

DOSSIER = {"dossiers/theme/index.md": sites.article("Un thème")}
KINDS = ["article", "event", "dossier", "part", "report", "page"]


def new(root: Path, kind: str, title: str = "Un titre", settings: Settings | None = None, **options: str) -> str:
    wish = Wish(kind, title, **options)
    return write_starter(wish, sites.SUBJECTS, settings or sites.settings(), sites.places(root), sites.NOW)


def refusal(root: Path, kind: str, title: str = "Un titre", **options: str) -> str:
    before = sites.tree(root)
    with pytest.raises(WrongUseError) as error:
        new(root, kind, title, **options)
    assert sites.tree(root) == before
    return str(error.value)


# What is written


@pytest.mark.parametrize(
    ("kind", "options", "path"),
    [
        ("article", {}, "blog/2026/l-ete.md"),
        ("article", {"date": "2027-01-15"}, "blog/2027/l-ete.md"),
        ("event", {}, "agenda/2026/l-ete.md"),
        ("event", {"start": "2027-01-15T18:30"}, "agenda/2027/l-ete.md"),
        ("dossier", {}, "dossiers/l-ete/index.md"),
        ("part", {"dossier": "theme"}, "dossiers/theme/01-l-ete.md"),
        ("report", {}, "rapports/2026/index.md"),
        ("report", {"year": "2025"}, "rapports/2025/index.md"),
        ("report", {"date": "2024-06-01"}, "rapports/2024/index.md"),
        ("page", {}, "pages/l-ete.md"),
    ],
)
def test_each_kind_has_its_place_and_is_ready_to_be_built(kind, options, path, tmp_path):
    sites.write(tmp_path / "content", DOSSIER)
    assert new(tmp_path, kind, "L'été", **options) == path
    assert sites.build(tmp_path).warnings == ()
    found = sites.assemble(tmp_path).by_path[path]
    assert found.title == "L'été"
    assert found.text.words > 3


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"), max_size=60)
)
def test_any_title_is_in_the_file_as_it_was_typed(tmp_path_factory, title):
    root = sites.write(tmp_path_factory.mktemp("titre"), {"content/a.txt": ""})
    words = f"Titre {title}"
    path = new(root, "article", words)
    assert sites.assemble(root).by_path[path].title == " ".join(words.split())


def test_an_event_takes_place_when_it_was_said_and_is_announced_today(tmp_path):
    text = (tmp_path / "content" / new(tmp_path, "event", start="2027-01-15T18:30")).read_text()
    assert 'title: "Un titre"\ndate: 2026-06-01 ' in text
    assert "\nstart: 2027-01-15T18:30 " in text
    assert "\ncategory: evenement-cresol\n" in text


def test_an_association_without_categories_has_events_all_the_same(tmp_path):
    plain = sites.settings(categories=())
    new(tmp_path, "event", settings=plain)
    assert sites.build(tmp_path, settings=plain).counts["events"] == 1


@pytest.mark.parametrize(
    ("title", "year"), [("Rapport d'activité 2025", "2025"), ("De 2019 à 2021", "2021"), ("Rapport 20255", "2026")]
)
def test_the_year_of_a_report_may_be_in_its_title(title, year, tmp_path):
    assert new(tmp_path, "report", title) == f"rapports/{year}/index.md"


def test_parts_are_numbered_in_turn(tmp_path):
    sites.write(tmp_path / "content", DOSSIER)
    paths = [new(tmp_path, "part", title, dossier="theme") for title in ("Un", "Deux", "Trois")]
    assert [path.rpartition("/")[2] for path in paths] == ["01-un.md", "02-deux.md", "03-trois.md"]
    assert sites.build(tmp_path).warnings == ()


def test_an_article_that_is_a_part_counts_too(tmp_path):
    article = sites.article("Un article", dossier="theme", part="1")
    others = {"blog/2026/b.md": sites.article("Autre", dossier="autre", part="7"), "blog/2026/c.md": "casse"}
    sites.write(tmp_path / "content", DOSSIER | {"blog/2026/a.md": article} | others)
    assert new(tmp_path, "part", dossier="theme") == "dossiers/theme/02-un-titre.md"


# What is refused


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "part"])
def test_a_file_that_is_there_stays_as_it_is(kind, tmp_path):
    path = new(tmp_path, kind)
    (tmp_path / "content" / path).write_text("mon texte")
    assert refusal(tmp_path, kind) == f"content/{path} existe déjà, je n'y touche pas. Choisir un autre titre."


def test_a_second_part_of_the_same_name_is_another_part(tmp_path):
    sites.write(tmp_path / "content", DOSSIER | {"dossiers/theme/01-un-titre.md": "mon texte"})
    assert new(tmp_path, "part", dossier="theme") == "dossiers/theme/02-un-titre.md"
    assert (tmp_path / "content/dossiers/theme/01-un-titre.md").read_text() == "mon texte"


@pytest.mark.parametrize("title", ["!!!", "", " ", "🎉"])
def test_a_title_that_gives_no_address_is_refused(title, tmp_path):
    expected = f"« {title} » ne donne pas d'adresse. Donner un titre avec des lettres."
    assert refusal(tmp_path, "article", title) == expected


@pytest.mark.parametrize("name", ["date", "start"])
def test_a_date_that_cannot_be_read_is_answered_with_the_one_to_write(name, tmp_path):
    assert "Écrire 2027-01-15 (année-mois-jour)" in refusal(tmp_path, "event", **{name: "15/01/2027"})
    assert "n'est pas une date du calendrier" in refusal(tmp_path, "event", **{name: "2027-02-30"})


@pytest.mark.parametrize("kind", ["articles", "", "section", "figures", "../x"])
def test_another_kind_is_answered_with_those_there_are(kind, tmp_path):
    message = refusal(tmp_path, kind)
    assert message.startswith(f"« {kind} » n'est pas un genre de fichier. Écrire ")
    assert set(message.rpartition("Écrire ")[2].rstrip(".").split(", ")) == set(KINDS)


@pytest.mark.parametrize("dossier", ["", "absent", "../dossiers/theme", "theme/", "."])
def test_a_part_belongs_to_a_dossier_that_is_there(dossier, tmp_path):
    sites.write(tmp_path / "content", DOSSIER | {"dossiers/autre/index.md": "", "dossiers/index.md": ""})
    message = "une partie appartient à un dossier : ajouter --dossier suivi de l'un de ceux-ci : autre, theme."
    assert refusal(tmp_path, "part", dossier=dossier) == message


@pytest.mark.parametrize("year", ["25", "deux", "../..", "20255", "1066"])
def test_a_report_is_of_a_year(year, tmp_path):
    expected = f"« {year} » n'est pas une année. Écrire par exemple --year 2026."
    assert refusal(tmp_path, "report", year=year) == expected


def test_where_nothing_can_be_written_is_said(tmp_path):
    (tmp_path / "content").write_text("un fichier")
    with pytest.raises(PressError, match="content"):
        new(tmp_path, "article")


# The command


def test_the_command_prints_the_path(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SITE_NOW", "2026-06-01T12:00")
    (tmp_path / "textes").mkdir()
    monkeypatch.chdir(tmp_path)
    assert commands.new("article", "Un titre", content="textes") == 0
    path = capsys.readouterr().out.strip()
    assert path == str(tmp_path / "textes/blog/2026/un-titre.md")
    assert Path(path).is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("articles", "Un titre"), "n'est pas un genre de fichier"),
        (("article", "!!!"), "ne donne pas d'adresse"),
        (("article", "Un titre"), "existe déjà"),
    ],
)
def test_wrong_use_is_status_2(arguments, message, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SITE_NOW", "2026-06-01T12:00")
    sites.write(tmp_path, {"blog/2026/un-titre.md": "x"})
    assert commands.new(*arguments, content=str(tmp_path)) == 2
    said = capsys.readouterr()
    assert said.err.startswith("Impossible de continuer : ")
    assert message in said.err
    assert said.out == ""
