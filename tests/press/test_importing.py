"""``./site import``: what it prints, and the exit status that scripts rely on."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.press import commands
from tests import sites

EVENT = "BEGIN:VEVENT\nUID:1\nDTSTART:20260705T180000\nSUMMARY:Fête\nEND:VEVENT\n"
CALENDAR = f"BEGIN:VCALENDAR\n{EVENT}END:VCALENDAR\n"
GOOD = "- {name: Les Amis, file: amis.ics, trusted: true}\n"
BROKEN = "- {name: Cassé, file: rien.ics}\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    """The command, for a list of partners; its status, and what it printed."""
    monkeypatch.setenv("SITE_NOW", "2026-06-01T12:00")
    monkeypatch.chdir(tmp_path)
    conf = sites.conf(tmp_path)

    def run(partners: str, **options: str) -> tuple[int, str, str]:
        sites.write(tmp_path / "content", {"agenda/partenaires.yaml": partners, "amis.ics": CALENDAR})
        status = commands.import_(settings=str(conf), **options)
        return (status, *capfd.readouterr())

    return run


def test_a_calendar_comes_in(run, tmp_path):
    status, told, failed = run(GOOD)
    assert (status, failed) == (0, "")
    assert told == (
        "Les Amis : 1 événement, dont 1 à venir.\n"
        "  nouveau : Fête (2026-07-05 18:00)\n"
        "  écrit : content/agenda/imports/les-amis.yaml\n"
    )
    assert (tmp_path / "content/agenda/imports/les-amis.yaml").is_file()


def test_one_partner_that_fails_is_a_warning(run):
    status, told, failed = run(GOOD + BROKEN)
    assert status == 0
    assert told.endswith("Cassé : pas de nouvelles.\n")
    assert failed == (
        "content/agenda/partenaires.yaml: avertissement : Cassé : le fichier « rien.ics » n'existe pas. "
        "Rien n'en est connu pour l'instant.\n"
    )


def test_all_partners_that_fail_are_a_failure(run):
    assert run(BROKEN)[0] == 3


def test_a_mistake_in_the_list_is_a_problem_of_content(run):
    status, _, failed = run("- {name: Les Amis, fichier: amis.ics}\n")
    assert status == 1
    assert "content/agenda/partenaires.yaml:1:20: partners.1.fichier : champ inconnu" in failed


def test_a_name_to_accept_that_is_none_is_wrong_use(run):
    status, _, failed = run(GOOD, accept="Les Autres")
    assert (status, failed) == (
        2,
        "--accept : « Les Autres » n'est pas un calendrier. Écrire l'un de ceux-ci : Les Amis.\n",
    )
    assert run(GOOD, accept="Les Amis")[0] == 0


def test_without_partners_there_is_nothing_to_import(run, tmp_path):
    run("")
    (tmp_path / "content/agenda/partenaires.yaml").unlink()
    assert commands.import_(settings=str(tmp_path / "pelicanconf.py")) == 0


def test_another_content_folder_can_be_named(run, tmp_path):
    other = sites.write(tmp_path / "autre", {"agenda/partenaires.yaml": GOOD, "amis.ics": CALENDAR})
    assert run("", content="autre")[0] == 0
    assert (other / "agenda/imports/les-amis.yaml").is_file()


def test_the_task_hands_its_options_over(tmp_path):
    root = sites.copy_project(tmp_path / "site")
    sites.write(root / "content", {"agenda/partenaires.yaml": GOOD, "amis.ics": CALENDAR})
    done = sites.run(root, "import", "--accept", "Les Amis", "--content", "content")
    assert (done.returncode, done.stderr) == (0, "")
    assert Path(root / "content/agenda/imports/les-amis.yaml").is_file()
