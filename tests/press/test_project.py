"""The project on disk: its settings, its plugins, and whether a build would find anything to do."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from plugins.press import building, project, workers
from plugins.press.clock import ClockError
from plugins.press.problems import PressError
from plugins.press.project import Project
from plugins.press.snapshot import Snapshot
from plugins.press.sources import Tree, scan
from tests import sites

PINNED = {"SITE_NOW": "2026-06-01T12:00"}


class Desk:
    """A project that was built once, with code and a theme of its own to change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        theme = shutil.copytree(sites.ROOT / "themes/cresol", root / "theme")
        self.code = sites.write(root / "code", {"a.py": "a = 1"})
        self.conf = sites.conf(root, THEME=str(theme))
        self.write("blog/2026/un.md", sites.article("Un"))

    def write(self, path: str, text: str) -> None:
        sites.write(self.root / "content", {path: text})

    def load(self, environ: dict[str, str] = PINNED, **options: str) -> Project:
        return project.load(self.conf, environ, **options)

    def build(self, environ: dict[str, str] = PINNED) -> None:
        time.sleep(0.03)  # a file that has just been written may change again without its stamp moving
        building.build(project.build_request(self.load(environ), sites.SUBJECTS, environ))

    def current(self, environ: dict[str, str] = PINNED, **options: str) -> Snapshot | None:
        return project.look(self.load(environ, **options)).current


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    made = Desk(tmp_path)
    monkeypatch.setattr(project, "PLUGINS_FOLDER", made.code)
    made.build()
    assert made.current() is not None
    return made


# What the last build kept


def kept_by(desk: Desk) -> building.Request:
    return building.prepare(project.build_request(desk.load(), sites.SUBJECTS, PINNED))


def test_what_was_kept_may_be_read_before_the_build(desk, monkeypatch):
    desk.write("blog/2026/deux.md", sites.article("Deux"))
    prepared = kept_by(desk)
    assert [*prepared.kept.loose] == ["blog/2026/un.md"]
    monkeypatch.setattr(building.Kept, "load", lambda *_: pytest.fail("read twice"))
    assert building.build(prepared).read == 1


def test_what_was_kept_is_not_believed_of_a_file_that_has_changed_since(desk):
    prepared = kept_by(desk)
    desk.write("blog/2026/un.md", sites.article("Tout autre"))
    assert building.build(prepared).read == 1
    assert "Tout autre" in (desk.root / "output/blog/index.html").read_text()


def test_who_waited_for_another_build_goes_by_what_that_one_kept(desk, monkeypatch):
    prepared = kept_by(desk)
    desk.write("blog/2026/deux.md", sites.article("Deux"))
    desk.build()

    @contextmanager
    def locked(*_: object) -> Iterator[bool]:
        yield True

    monkeypatch.setattr(building.store, "locked", locked)
    assert building.build(prepared).read == 0


def test_a_full_build_goes_by_nothing(desk):
    request = project.build_request(desk.load(), sites.SUBJECTS, PINNED, full=True)
    kept = building.prepare(request).kept
    assert (kept.loose, kept.catalogues) == ({}, {})
    assert building.build(building.prepare(request)).read == 1


# The quick end


def test_when_nothing_has_changed_the_last_build_is_still_good(desk):
    seen = desk.current()
    assert seen.counts["articles"] == 1
    assert seen.now == sites.NOW
    assert seen.warnings == ()


def test_before_the_first_build_there_is_nothing_to_go_by(tmp_path):
    assert Desk(tmp_path).current() is None


def test_a_change_of_content_is_noticed(desk):
    for path in ("blog/2026/un.md", "blog/2026/deux.md", "media/x.png", "static/x.txt"):
        desk.write(path, sites.article("Autre", slug=f"autre-{len(path)}"))
        assert desk.current() is None, path
        desk.build()
        assert desk.current() is not None


def test_the_files_of_a_large_site_are_listed_while_the_build_is_prepared(desk, monkeypatch):
    monkeypatch.setattr(project, "_LARGE", 1)
    monkeypatch.setenv("PRESS_WORKERS", "2")
    monkeypatch.setattr(workers, "_has_threads", lambda: False)  # of other tests
    done = []
    here = os.getpid()
    theirs, ours = os.pipe()

    def prepare() -> None:
        done.append("prêt")
        os.write(ours, b"x")

    def look() -> project.Look:
        return project.look(desk.load(), meanwhile=[prepare])

    def scan_elsewhere(root: Path, prefix: str) -> Tree:
        assert os.getpid() != here
        os.read(theirs, 1)  # not before something was prepared
        return scan(root, prefix)

    monkeypatch.setattr(project, "scan", scan_elsewhere)
    assert look().current is not None
    desk.write("blog/2026/deux.md", sites.article("Deux"))
    assert look().current is None
    assert list(look().sources.files) == ["blog/2026/deux.md", "blog/2026/un.md"]
    assert done == ["prêt"] * 3
    os.close(theirs)
    os.close(ours)


def test_nothing_more_is_prepared_once_they_are_listed(desk, monkeypatch):
    monkeypatch.setattr(project, "_LARGE", 1)
    monkeypatch.setenv("PRESS_WORKERS", "2")
    done = []

    class Listed:
        def is_done(self) -> bool:
            return bool(done)

        def result(self) -> bytes:
            return b""

    monkeypatch.setattr(workers, "begin", lambda _task: Listed())
    assert project.look(desk.load(), meanwhile=[lambda: done.append(1), lambda: done.append(2)]).current is not None
    assert done == [1]


def test_when_nobody_can_list_them_elsewhere_this_process_does(desk, monkeypatch):
    monkeypatch.setattr(project, "_LARGE", 1)
    monkeypatch.setenv("PRESS_WORKERS", "2")
    monkeypatch.setattr(workers, "begin", lambda _task: workers.Postponed(lambda: b""))
    assert project.look(desk.load(), meanwhile=[list]).current is not None


def test_an_edit_that_keeps_size_and_date_is_noticed(desk):
    path = desk.root / "content/blog/2026/un.md"
    times = path.stat()
    path.write_text(path.read_text().replace("Un", "Ah"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert desk.current() is None


def test_a_deleted_file_is_noticed(desk):
    (desk.root / "content/blog/2026/un.md").unlink()
    assert desk.current() is None


def test_without_content_there_is_nothing_to_be_sure_of(desk):
    shutil.rmtree(desk.root / "content")
    assert desk.current() is None


def test_a_file_as_young_as_the_build_is_looked_at_again(tmp_path, monkeypatch):
    young = Desk(tmp_path)
    monkeypatch.setattr(project, "PLUGINS_FOLDER", young.code)
    young.write("blog/2026/un.md", sites.article("Jeune"))
    building.build(project.build_request(young.load(), sites.SUBJECTS, PINNED))
    assert young.current() is None


def test_a_change_of_code_theme_or_settings_file_is_noticed(desk):
    for path in ("code/a.py", "code/b.py", "theme/templates/base.html", "theme/css/new.css", "pelicanconf.py"):
        with (desk.root / path).open("a") as file:
            file.write("\n")
        assert desk.current() is None, path
        desk.build()
        assert desk.current() is not None


def test_other_settings_are_noticed(desk, monkeypatch):
    assert desk.current(choices=project.Choices(drafts=True)) is None
    assert desk.current(choices=project.Choices(pdf=False)) is None
    desk.conf = sites.conf(desk.root, THEME=str(desk.root / "theme"), SITENAME="Autre")
    assert desk.current() is None


def test_another_output_has_a_memory_of_its_own(desk):
    assert desk.current(output=str(desk.root / "ailleurs")) is None


def test_an_output_that_is_gone_or_was_touched_is_noticed(desk):
    (desk.root / "output/nouveau.txt").write_text("")
    assert desk.current() is None
    shutil.rmtree(desk.root / "output")
    assert desk.current() is None


def test_a_commit_is_noticed(desk):
    sites.repository(desk.root)
    assert desk.current() is None
    desk.build()
    assert desk.current().commit == sites.git(desk.root, "rev-parse", "HEAD")
    sites.git(desk.root, "commit", "--quiet", "--allow-empty", "--message", "Vide")
    assert desk.current() is None


def test_a_pinned_clock_must_say_the_very_same_time(desk):
    assert desk.current({"SITE_NOW": "2026-06-01T12:00:01"}) is None
    assert desk.current({"SITE_NOW": "2026-06-01T10:00+00:00"}) is not None


def test_by_the_machine_s_clock_a_build_holds_until_something_begins_or_ends(desk, monkeypatch):
    desk.write("agenda/2026/soir.md", sites.event("Soir", "2026-06-01T18:00", end="2026-06-01T20:00"))
    desk.build()
    assert holds(desk, monkeypatch) == timedelta(hours=6)
    desk.write("agenda/2026/soir.md", sites.event("Soir", "2026-06-01T10:00", end="2026-06-01T13:00"))
    desk.build()
    assert holds(desk, monkeypatch) == timedelta(hours=1)
    (desk.root / "content/agenda/2026/soir.md").unlink()
    desk.build()
    assert holds(desk, monkeypatch) == timedelta(hours=12)


def holds(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> timedelta:
    """How long after its moment a build is still good, by the machine's clock."""
    hours = [timedelta(hours=hour, seconds=second) for hour in range(13) for second in (-1, 0)]
    good = []
    for passed in hours:
        monkeypatch.setattr(project.clock, "read_now", lambda *_, passed=passed: sites.NOW + passed)
        good.append(desk.current({}) is not None)
    monkeypatch.undo()
    monkeypatch.setattr(project, "PLUGINS_FOLDER", desk.code)
    last = max(index for index, is_good in enumerate(good) if is_good)
    assert good == [False] + [True] * last + [False] * (len(hours) - last - 1)
    return hours[last + 1]


# The settings file


def test_a_settings_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PressError, match=f"le fichier de réglages autre.py est introuvable dans {tmp_path}"):
        project.load(tmp_path / "autre.py", {})


def test_a_settings_file_that_is_no_python_is_shown_with_its_line(tmp_path):
    (tmp_path / "pelicanconf.py").write_text("A = 1\nB = (\n")
    with pytest.raises(PressError, match=r"pelicanconf\.py : ligne 2 illisible \('\(' was never closed\)"):
        project.load(tmp_path / "pelicanconf.py", {})


@pytest.mark.parametrize(
    ("text", "message"), [("A = 1 / 0", "division by zero"), ("import absent", "No module named 'absent'")]
)
def test_a_settings_file_that_fails_is_named(text, message, tmp_path):
    (tmp_path / "pelicanconf.py").write_text(text)
    with pytest.raises(PressError, match=rf"pelicanconf\.py : ce fichier s'arrête sur une erreur \(.*{message}"):
        project.load(tmp_path / "pelicanconf.py", {})


def test_folders_are_those_of_the_settings_or_of_the_caller(tmp_path, monkeypatch):
    conf = sites.conf(tmp_path / "site", PATH="textes", OUTPUT_PATH="html")
    monkeypatch.chdir(tmp_path)
    own = project.load(conf, PINNED).places
    assert (own.content, own.output) == (tmp_path / "site/textes", tmp_path / "site/html")
    said = project.load(conf, PINNED, content="ici", output="la/bas").places
    assert (said.content, said.output) == (tmp_path / "ici", tmp_path / "la/bas")
    assert said.root == tmp_path / "site"


def test_a_settings_file_may_import_the_one_beside_it(tmp_path):
    sites.conf(tmp_path, SITENAME="Un nom")
    (tmp_path / "publishconf.py").write_text("from pelicanconf import *\nSITEURL = 'https://exemple.fr/'\n")
    found = project.load(tmp_path / "publishconf.py", PINNED)
    assert (found.settings.name, found.settings.url) == ("Un nom", "https://exemple.fr")
    assert found.watched == (tmp_path / "publishconf.py", tmp_path / "pelicanconf.py")


def test_two_projects_in_one_process_keep_their_own_settings(tmp_path):
    for name in ("un", "deux"):
        sites.conf(tmp_path / name, SITENAME=name)
        (tmp_path / name / "publishconf.py").write_text("from pelicanconf import *\n")
    names = [project.load(tmp_path / name / "publishconf.py", PINNED).settings.name for name in ("un", "deux", "un")]
    assert names == ["un", "deux", "un"]


def test_the_time_is_the_caller_s_or_the_machine_s(tmp_path):
    conf = sites.conf(tmp_path)
    pinned, free = project.load(conf, PINNED), project.load(conf, {})
    assert (pinned.now, pinned.pinned, free.pinned) == (sites.NOW, True, False)
    with pytest.raises(ClockError):
        project.load(conf, {"SITE_NOW": "demain"})


def test_a_time_zone_that_does_not_exist_is_a_wrong_setting(tmp_path):
    with pytest.raises(PressError, match="TIMEZONE : « Europe/Pari » n'est pas un fuseau horaire"):
        project.load(sites.conf(tmp_path, TIMEZONE="Europe/Pari"), PINNED)


# The plugins


def test_subjects_come_in_the_order_of_the_plugins():
    found = project.load_subjects(["plugins.blog", "plugins.press", "plugins.pages"])
    assert [subject.name for subject in found] == ["blog", "pages"]


def test_a_plugin_that_is_missing_is_named():
    with pytest.raises(PressError, match=r"le greffon « plugins\.blogue » est introuvable. Vérifier PLUGINS"):
        project.load_subjects(["plugins.blog", "plugins.blogue"])


def test_a_plugin_that_lacks_something_else_says_what(monkeypatch):
    def lacking(name: str) -> None:
        raise ModuleNotFoundError(f"No module named 'autre' for {name}", name="autre")

    monkeypatch.setattr(project, "importlib", SimpleNamespace(import_module=lacking))
    with pytest.raises(ModuleNotFoundError, match="autre"):
        project.load_subjects(["plugins.blog"])


def test_a_module_that_is_no_plugin_of_this_site_is_named():
    with pytest.raises(PressError, match="le greffon « json » n'apporte pas de SUBJECT"):
        project.load_subjects(["json"])
