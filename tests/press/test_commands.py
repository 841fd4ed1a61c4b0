"""The commands: what they print, and the exit status that scripts rely on. 0 done, 1 content, 2 use, 3 environment."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from plugins.press import bundles, commands
from tests import sites

BROKEN = "---\ntitle: Un : deux\n---\n"
WARNED = sites.event("Fête", "2026-03-05", body="Le vendredi 5 mars 2026.")
MESSAGE = 'un deux-points dans la valeur : mettre le texte entre guillemets, ainsi : title: "Un : deux"'
PLACE = "content/blog/2026/casse.md"


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project with one article, as it was cloned."""
    root = sites.copy_project(tmp_path_factory.mktemp("commandes") / "site")
    return sites.write(root, {"content/blog/2026/un.md": sites.article("Un")})


@pytest.fixture
def broken(project, tmp_path) -> str:
    """The name of a content folder with an error and a warning."""
    files = {"blog/2026/un.md": sites.article("Un"), "blog/2026/casse.md": BROKEN, "agenda/2026/fete.md": WARNED}
    return str(sites.write(tmp_path / "content", files))


def lines(text: str) -> list[str]:
    return text.rstrip("\n").split("\n")


# Status 0


def test_a_build_tells_what_it_made_and_the_next_one_that_nothing_changed(project):
    first = sites.run(project, "build")
    assert (first.returncode, first.stderr) == (0, "")
    assert lines(first.stdout)[0] == "37 pages, 1 article → output"
    assert re.fullmatch(r"1 texte lu, \d+ fichiers écrits en \d+,\d\d s\.", lines(first.stdout)[1])
    second = sites.run(project, "build")
    assert second.returncode == 0
    assert lines(second.stdout)[0] == "37 pages, 1 article → output"
    assert re.fullmatch(r"Rien n'a changé en \d,\d\d s\.", lines(second.stdout)[1])


def test_warnings_are_told_each_time_and_stop_nothing(project, tmp_path):
    sites.write(tmp_path, {"content/agenda/2026/fete.md": WARNED})
    for _ in range(2):
        done = sites.run(project, "build", "--content", "content", "--output", "html", cwd=tmp_path)
        assert done.returncode == 0
        doubt = "« vendredi 5 mars 2026 » : ce jour-là est un jeudi. Vérifier le jour ou la date."
        assert lines(done.stderr) == [f"{tmp_path}/content/agenda/2026/fete.md:6:4: avertissement : {doubt}"]
    assert (tmp_path / "html/agenda/2026/03/fete/index.html").is_file()


def test_empty_content_is_a_warning_and_an_empty_site(project, tmp_path):
    (tmp_path / "vide").mkdir()
    done = sites.run(project, "build", "--content", "vide", "--output", "html", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == f"{tmp_path}/vide: avertissement : ce dossier ne contient aucun texte : le site sera vide.\n"
    assert (tmp_path / "html/index.html").is_file()
    assert (tmp_path / "html/404.html").is_file()


def test_drafts_are_built_when_they_are_wanted(tmp_path, monkeypatch):
    monkeypatch.setenv("SITE_NOW", "2026-06-01T12:00")
    content = sites.write(tmp_path / "content", {"blog/2026/un.md": sites.article("Un", status="draft")})
    options = {"content": str(content), "output": str(tmp_path / "html"), "settings": str(sites.conf(tmp_path))}
    for drafts in (False, True, False):
        assert commands.build(drafts=drafts, **options) == 0
        assert (tmp_path / "html/blog/un").exists() is drafts


def test_a_large_site_has_its_search_when_it_is_wanted(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SITE_NOW", "2026-06-01T12:00")
    monkeypatch.setattr(bundles, "SMALL", 1)
    content = sites.write(tmp_path / "content", {"blog/2026/un.md": sites.article("Un")})
    options = {"content": str(content), "output": str(tmp_path / "html"), "settings": str(sites.conf(tmp_path))}
    for search in (False, True, False):
        assert commands.build(search=search, **options) == 0
        assert (tmp_path / "html/pagefind/pagefind.js").exists() is search
        said = "avertissement : la recherche manque : le site est grand. « ./site build --search » l'y met."
        assert (said in capsys.readouterr().err) is not search


def test_a_full_build_takes_nothing_from_the_cache(project):
    sites.run(project, "build")
    done = sites.run(project, "build", "--full")
    assert re.match(r"1 texte lu, \d\d fichiers écrits", lines(done.stdout)[1])


def test_the_tasks_are_listed_in_french(project):
    done = sites.run(project)
    assert (done.returncode, done.stderr) == (0, "")
    names = re.findall(r"^  (\w+) +[A-ZÉ]", done.stdout, re.MULTILINE)
    assert names == ["bench", "build", "check", "freeze", "import", "new", "publish", "serve", "test"]


# Status 1


def test_problems_of_content_are_status_1_and_nothing_is_published(project, tmp_path):
    sites.write(tmp_path, {"content/blog/2026/un.md": sites.article("Un")})
    arguments = ("build", "--content", "content", "--output", "html")
    assert sites.run(project, *arguments, cwd=tmp_path).returncode == 0
    before = sites.tree(tmp_path / "html")
    sites.write(tmp_path, {PLACE: BROKEN, "content/agenda/2026/fete.md": WARNED})
    done = sites.run(project, *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert lines(done.stderr)[1] == f"{tmp_path}/{PLACE}:2:11: {MESSAGE}"
    assert lines(done.stderr)[2] == "1 erreur et 1 avertissement. Le site publié n'a pas changé."
    assert sites.tree(tmp_path / "html") == before


def test_on_a_forge_problems_are_annotations_too(project, broken, tmp_path):
    done = sites.run(project, "build", "--content", broken, "--output", str(tmp_path / "html"), GITHUB_ACTIONS="true")
    assert done.returncode == 1
    assert [line.partition(" ")[0] for line in lines(done.stdout)] == ["::warning", "::error"]
    assert f"line=2,col=11::{MESSAGE}" in done.stdout
    assert f"casse.md:2:11: {MESSAGE}" in done.stderr


def check(form: str, content: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> tuple[int, str]:
    settings = str(sites.conf(tmp_path))
    status = commands.check(content=content, output=str(tmp_path / "html"), form=form, settings=settings)
    said = capsys.readouterr()
    assert said.err == ""
    assert not (tmp_path / "html").exists()
    return status, said.out


def test_check_prints_lines_for_people(broken, capsys, tmp_path):
    status, said = check("text", broken, capsys, tmp_path)
    assert status == 1
    assert [line.partition(": ")[0].removeprefix("content/") for line in lines(said)] == [
        "agenda/2026/fete.md:6:4",
        "blog/2026/casse.md:2:11",
    ]


def test_check_prints_annotations_for_github(broken, capsys, tmp_path):
    status, said = check("github", broken, capsys, tmp_path)
    assert status == 1
    assert lines(said)[1] == f"::error file={PLACE},line=2,col=11::{MESSAGE}"


@pytest.mark.parametrize("form", ["gitlab", "json"])
def test_check_prints_a_list_for_tools(form, broken, capsys, tmp_path):
    status, said = check(form, broken, capsys, tmp_path)
    assert status == 1
    warning, error = json.loads(said)
    assert error["message" if form == "json" else "description"] == MESSAGE
    assert warning["severity"] == ("warning" if form == "json" else "minor")


@pytest.mark.parametrize(
    ("form", "said"),
    [("text", "Aucun problème.\n"), ("github", "Aucun problème.\n"), ("gitlab", "[]\n"), ("json", "[]\n")],
)
def test_check_of_good_content_is_status_0(form, said, capsys, tmp_path):
    content = sites.write(
        tmp_path / "content", {"blog/2026/un.md": sites.article("Un"), "pages/a.md": sites.document("A")}
    )
    conf = sites.conf(tmp_path)
    assert commands.check(content=str(content), output=str(tmp_path / "html"), form=form, settings=str(conf)) == 0
    assert capsys.readouterr() == (said, "")


def test_check_as_a_command(project, broken):
    done = sites.run(project, "check", "--content", broken, "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    assert [problem["severity"] for problem in json.loads(done.stdout)] == ["warning", "error"]


# Status 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rien"], "« rien » n'est pas une tâche ni une option connue."),
        (["build", "--rien"], "« --rien » n'est pas une tâche ni une option connue."),
        (["build", "--output"], "L'option --output attend une valeur."),
        (["new", "article"], "La tâche new attend encore : 'title'."),
        (["serve", "--port", "abc"], "« abc » n'est pas un nombre entier."),
        (["check", "--format", "xml"], "--format : écrire text, github, gitlab, json."),
        (["publish"], "Dire où publier : --to DOSSIER, ou --to-branch BRANCHE (avec --remote NOM)."),
    ],
)
def test_a_command_that_nobody_understands_is_status_2(arguments, said, project):
    done = sites.run(project, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert lines(done.stderr)[0] == said
    assert len(lines(done.stderr)) <= 2


@pytest.mark.parametrize("task", ["build", "check"])
def test_a_time_that_cannot_be_read_is_status_2(task, project):
    done = sites.run(project, task, SITE_NOW="demain")
    assert done.returncode == 2
    message = "SITE_NOW : « demain » n'est pas une date. Écrire par exemple 2026-06-01T12:00."
    assert done.stderr == f"Impossible de continuer : {message}\n"


# Status 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"content": "absent"}, "absent/ n'existe pas."),
        ({"content": "fichier"}, "fichier/ n'existe pas."),
        ({"settings": "absent.py"}, "le fichier de réglages absent.py est introuvable dans "),
        ({"settings": "fichier"}, "fichier : ligne 1 illisible"),
        ({"output": "fichier"}, "fichier est un fichier, pas un dossier. Choisir un autre dossier avec --output."),
        ({"output": "fichier/html"}, "(Not a directory). Vérifier les droits et la place sur le disque."),
    ],
)
def test_what_the_machine_does_not_have_or_allow_is_status_3(options, said, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SITE_NOW", "2026-06-01T12:00")
    monkeypatch.chdir(sites.write(tmp_path, {"fichier": "import (", "content/blog/2026/un.md": sites.article("Un")}))
    settings = str(sites.conf(tmp_path))
    assert commands.build(**{"content": "content", "output": "html", "settings": settings} | options) == 3
    message = capsys.readouterr().err
    assert message.startswith("Impossible de continuer : ")
    assert said in message
    assert message.count("\n") == 1


def test_a_missing_folder_of_content_as_a_command(project):
    done = sites.run(project, "build", "--content", "absent")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "Impossible de continuer : le dossier absent/ n'existe pas.\n"


@pytest.mark.parametrize("limit", [1, 20_000, 30_000])
def test_a_disk_without_room_is_status_3_whatever_was_being_written(limit, project, tmp_path):
    arguments = ("build", "--content", "content", "--output", "html")
    sites.write(tmp_path, {"content/blog/2026/un.md": sites.article("Un")})
    done = sites.run(project, *arguments, cwd=tmp_path, limit=limit)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("Impossible de continuer : ")
    assert len(lines(done.stderr)) == 1
    assert not (tmp_path / "html").exists()
    assert sites.run(project, *arguments, cwd=tmp_path).returncode == 0


# What else people rely on


def test_paths_are_those_of_the_caller_s_folder(project, tmp_path):
    sites.write(tmp_path, {"textes/blog/2026/un.md": sites.article("Un")})
    done = sites.run(project, "build", "--content", "textes", "--output", "html", cwd=tmp_path)
    assert lines(done.stdout)[0].endswith("→ html")
    assert (tmp_path / "html/blog/un/index.html").is_file()


def test_another_association_needs_only_its_settings_and_texts(project, tmp_path):
    conf = sites.conf(tmp_path, SITENAME="Une autre", PATH="textes", OUTPUT_PATH="html", EVENT_CATEGORIES=[])
    sites.write(tmp_path, {"textes/agenda/2026/fete.md": sites.event("Fête")})
    done = sites.run(project, "build", "--settings", str(conf))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Une autre" in (tmp_path / "html/index.html").read_text()


def test_a_few_changes_are_told_one_by_one(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("SITE_NOW", "2026-06-01T12:00")
    content = sites.write(
        tmp_path / "content", {"pages/un.md": sites.document("Un"), "pages/deux.md": sites.document("Deux")}
    )
    options = {"content": str(content), "output": str(tmp_path / "html"), "settings": str(sites.conf(tmp_path))}
    commands.build(**options)
    capsys.readouterr()
    (content / "pages/deux.md").unlink()
    sites.write(content, {"pages/un.md": sites.document("Un", "Un autre texte.")})
    assert commands.build(**options) == 0
    said = lines(capsys.readouterr().out)
    assert "  + un/index.html" in said
    assert "  - deux/index.html" in said
    assert [line for line in said if "pagefind" in line] == ["  + pagefind/…", "  - pagefind/…"]
    assert re.match(r"1 texte lu, \d+ fichiers écrits, \d fichiers retirés en ", said[1])


def test_tests_begin_when_what_they_need_is_there(monkeypatch):
    asked = []

    def run(command, **_):
        asked.append(command[2])
        return sites.Done(command, 3 if command[2] == "tests.nodejs" else 0)

    monkeypatch.setattr("subprocess.run", run)
    assert commands.test() == 3
    assert asked == ["tests.nodejs"]
