"""Publication: what people get is the last site or the next one, whole, whoever publishes and whatever happens."""

from __future__ import annotations

import fcntl
import multiprocessing
import random
import sys
import threading
import time
from pathlib import Path

import pytest

from plugins.press import bundles, commands, releasing
from plugins.press.problems import PressError
from plugins.press.releasing import Branch, release_to_branch, release_to_folder
from tests import sites

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def site(folder: Path, word: str, number: int = 3) -> Path:
    """A built site in which every file says the word."""
    files: dict[str, str | bytes] = {f"{n}/été {n}.html": f"{word} {n}" for n in range(number)}
    known = {".well-known/security.txt": "Contact: mailto:a@exemple.test\n", "_redirects": "/a/ /b/ 301\n"}
    return sites.write(folder, files | known | {"build.json": word, "agenda.ics": CALENDAR, "style.css": "a{}"})


def say(_: str) -> None:
    """Nobody listens."""


# To a folder


def current(target: Path) -> dict[str, bytes]:
    return sites.tree((target / "current").resolve())


def releases(target: Path) -> list[str]:
    return sorted(path.name for path in (target / "releases").iterdir())


def test_a_release_is_a_folder_of_its_own_that_current_leads_to(tmp_path):
    made = site(tmp_path / "output", "Un")
    release = release_to_folder(made, tmp_path / "www", "20260601T120000-abc", say)
    assert release == tmp_path / "www/releases/20260601T120000-abc"
    assert (tmp_path / "www/current").readlink() == Path("releases/20260601T120000-abc")
    assert current(tmp_path / "www") == sites.tree(made)
    (made / "build.json").write_text("Deux")
    assert current(tmp_path / "www")["build.json"] == b"Un"


def test_the_target_may_be_moved_whole(tmp_path):
    release_to_folder(site(tmp_path / "output", "Un"), tmp_path / "www", "un", say)
    moved = (tmp_path / "www").rename(tmp_path / "ailleurs")
    assert current(moved)["build.json"] == b"Un"


def test_a_release_of_the_same_second_has_a_name_of_its_own(tmp_path):
    for word in ("Un", "Deux", "Trois"):
        release_to_folder(site(tmp_path / "output", word), tmp_path / "www", "un", say)
    assert releases(tmp_path / "www") == ["un", "un-2", "un-3"]
    assert current(tmp_path / "www")["build.json"] == b"Trois"


def test_five_releases_stay_to_go_back_to(tmp_path):
    made = site(tmp_path / "output", "Un")
    for name in ("f", "e", "d", "c", "b", "a", "g"):  # in the order of time, not of names
        release_to_folder(made, tmp_path / "www", name, say)
    assert releases(tmp_path / "www") == ["a", "b", "c", "d", "g"]


def test_two_publications_at_once_take_turns(tmp_path):
    fork = multiprocessing.get_context("fork")
    made = [site(tmp_path / word, word, 30) for word in ("Un", "Deux", "Trois", "Quatre")]
    processes = [fork.Process(target=release_to_folder, args=(one, tmp_path / "www", "x", say)) for one in made]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    assert releases(tmp_path / "www") == ["x", "x-2", "x-3", "x-4"]
    found = [sites.tree(tmp_path / "www/releases" / name) for name in releases(tmp_path / "www")]
    assert sorted(tree["build.json"] for tree in found) == [b"Deux", b"Quatre", b"Trois", b"Un"]
    assert all(tree in [sites.tree(one) for one in made] for tree in found)


def test_who_waits_is_told_so(tmp_path):
    made, said = site(tmp_path / "output", "Un"), threading.Event()
    (tmp_path / "www").mkdir()
    with (tmp_path / "www/.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = threading.Thread(target=release_to_folder, args=(made, tmp_path / "www", "un", lambda _: said.set()))
        second.start()
        assert said.wait(5)
        assert not (tmp_path / "www/current").exists()
    second.join(5)
    assert current(tmp_path / "www") == sites.tree(made)


def test_a_publication_that_is_killed_leaves_the_old_site_or_the_new_one_whole(tmp_path):
    old, new = (site(tmp_path / word, word, 60) for word in ("Ancien", "Nouveau"))
    release_to_folder(old, tmp_path / "www", "un", say)
    trees, seen = {tree["build.json"]: tree for tree in map(sites.tree, (old, new))}, set()
    fork, rng = multiprocessing.get_context("fork"), random.Random(7)
    for turn in range(25):
        process = fork.Process(target=release_to_folder, args=(new, tmp_path / "www", "deux", say))
        process.start()
        time.sleep(rng.uniform(0, 0.02 + turn * 0.002))
        process.kill()
        process.join()
        found = current(tmp_path / "www")
        assert found == trees[found["build.json"]]
        seen.add(found["build.json"])
    assert b"Ancien" in seen
    release_to_folder(new, tmp_path / "www", "deux", say)
    assert current(tmp_path / "www") == sites.tree(new)
    assert all(not name.startswith(".") for name in releases(tmp_path / "www"))


@pytest.mark.parametrize("place", ["www", "www/releases", "www/current"])
def test_a_target_that_is_in_the_way_is_named(place, tmp_path):
    made = site(tmp_path / "output", "Un")
    if place.endswith("current"):
        (tmp_path / place).mkdir(parents=True)
    else:
        sites.write(tmp_path, {place: "important"})
    with pytest.raises(PressError, match=str(tmp_path / "www")):
        release_to_folder(made, tmp_path / "www", "un", say)
    assert (tmp_path / place).is_dir() or (tmp_path / place).read_text() == "important"


# To a branch


class Forge:
    """A bare repository, and the sources of a site that has it as ``origin``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.remote = root / "forge.git"
        self.remote.mkdir()
        sites.git(self.remote, "init", "--quiet", "--bare")
        self.sources = self.clone("sources")
        sites.commit(
            self.sources, {"content/a.md": "a", ".gitignore": "public/\n*.css\n", ".gitattributes": "* text=auto\n"}
        )
        sites.git(self.sources, "push", "--quiet", "origin", "main")

    def clone(self, name: str) -> Path:
        sites.git(self.root, "clone", "--quiet", str(self.remote), name)
        return self.root / name

    def publish(self, word: str, repository: Path | None = None, branch: str = "pages") -> str:
        made = site((repository or self.sources) / "public", word)
        target = Branch("origin", branch)
        return release_to_branch(made, repository or self.sources, target, sites.NOW, f"Publication : {word}")

    def log(self, branch: str = "pages") -> list[str]:
        """What was published, the first publication first."""
        return sites.git(self.remote, "log", "--reverse", "--format=%s", branch).split("\n")

    def published(self, commit: str = "pages") -> dict[str, bytes]:
        """The files of a commit, as who checks it out gets them."""
        folder = self.root / f"sortie-{len(list(self.root.iterdir()))}"
        sites.git(self.root, "clone", "--quiet", "--branch", "pages", str(self.remote), str(folder))
        sites.git(folder, "checkout", "--quiet", "--detach", commit.replace("pages", "origin/pages"))
        return {path: data for path, data in sites.tree(folder).items() if not path.startswith(".git/")}


@pytest.fixture
def forge(tmp_path) -> Forge:
    return Forge(tmp_path)


def test_the_first_publication_makes_the_branch(forge):
    commit = forge.publish("Un")
    assert commit == sites.git(forge.remote, "rev-parse", "pages")
    assert forge.log() == ["Publication : Un"]
    assert forge.published() == sites.tree(forge.sources / "public") | {".nojekyll": b""}


def test_the_next_one_follows_it_without_what_is_gone(forge):
    first = forge.publish("Un")
    (forge.sources / "public/style.css").unlink()
    (forge.sources / "public/neuf").mkdir()
    (forge.sources / "public/neuf/x.html").write_text("x")
    target = Branch("origin", "pages")
    second = release_to_branch(forge.sources / "public", forge.sources, target, sites.NOW, "Publication : Deux")
    assert sites.git(forge.remote, "rev-parse", "pages^") == first
    assert sites.git(forge.remote, "rev-parse", "pages") == second
    assert {"style.css", "neuf/x.html"} & forge.published().keys() == {"neuf/x.html"}


def test_without_a_change_nothing_is_pushed(forge):
    first = forge.publish("Un")
    assert forge.publish("Un") == ""
    assert sites.git(forge.remote, "rev-parse", "pages") == first


def test_a_publication_is_dated_by_the_build_and_signed_by_nobody(forge):
    commit = forge.publish("Un")
    shown = sites.git(forge.remote, "show", "--no-patch", "--format=%an <%ae> %aI|%cn <%ce> %cI", commit)
    signed = "Publication <publication@localhost> 2026-06-01T12:00:00+02:00"
    assert shown == f"{signed}|{signed}"


def test_the_same_site_at_the_same_time_is_the_same_commit(forge, tmp_path):
    (tmp_path / "autre").mkdir()
    assert Forge(tmp_path / "autre").publish("Un") == forge.publish("Un")


def test_work_tree_and_index_of_the_sources_are_untouched(forge):
    sites.write(forge.sources, {"content/a.md": "modifié", "content/b.md": "nouveau", "content/c.md": "préparé"})
    sites.git(forge.sources, "add", "content/c.md")
    before = state(forge.sources)
    forge.publish("Un")
    forge.publish("Deux")
    assert state(forge.sources) == before


def state(repository: Path) -> tuple[object, ...]:
    index = repository / ".git/index"
    files = {path: data for path, data in sites.tree(repository).items() if not path.startswith((".git/", "public/"))}
    asked = (("status", "--porcelain"), ("branch",), ("rev-parse", "HEAD"), ("diff", "--cached"))
    return (
        index.read_bytes(),
        index.stat().st_mtime_ns,
        files,
        *(sites.git(repository, *question) for question in asked),
    )


def test_another_work_tree_publishes_too(forge):
    other = forge.root / "autre"
    sites.git(forge.sources, "worktree", "add", "--quiet", "-b", "autre", str(other))
    forge.publish("Un", other)
    assert forge.log() == ["Publication : Un"]


def test_line_ends_are_published_as_they_are(forge, monkeypatch):
    attributes = forge.root / "attributs"
    attributes.write_text("* text=auto\n")
    sites.write(forge.root, {"gitconfig": f"[core]\nautocrlf = input\nattributesFile = {attributes}\n"})
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(forge.root / "gitconfig"))
    forge.publish("Un")
    shown = sites.git(forge.remote, "cat-file", "-s", "pages:agenda.ics")
    assert int(shown) == len(CALENDAR)


def test_a_hook_may_publish(forge, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(forge.remote))
    monkeypatch.setenv("GIT_INDEX_FILE", str(forge.root / "rien"))
    forge.publish("Un")
    assert forge.log() == ["Publication : Un"]
    assert not (forge.root / "rien").exists()


def test_of_two_publications_that_cross_one_follows_the_other(forge, monkeypatch):
    other = forge.clone("autre")
    forge.publish("Un")
    write_tree = releasing._Git.write_tree

    def overtaken(git: releasing._Git, made: Path) -> str:
        monkeypatch.setattr(releasing._Git, "write_tree", write_tree)
        forge.publish("Deux", other)
        return write_tree(git, made)

    monkeypatch.setattr(releasing._Git, "write_tree", overtaken)
    forge.publish("Trois")
    assert forge.log() == ["Publication : Un", "Publication : Deux", "Publication : Trois"]
    assert forge.published("pages~1")["0/été 0.html"] == b"Deux 0"
    assert set(forge.published()) == set(forge.published("pages~1"))


def test_publications_that_race_end_whole_one_after_the_other(forge):
    repositories = {word: forge.clone(word) for word in ("Un", "Deux")}
    fork = multiprocessing.get_context("fork")
    racers = [fork.Process(target=forge.publish, args=(word, path)) for word, path in repositories.items()]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert [racer.exitcode for racer in racers] == [0, 0]
    assert sorted(forge.log()) == ["Publication : Deux", "Publication : Un"]
    for commit, subject in zip(("pages~1", "pages"), forge.log(), strict=True):
        word = subject.rpartition(" ")[2]
        assert forge.published(commit) == sites.tree(repositories[word] / "public") | {".nojekyll": b""}


def test_a_branch_that_holds_something_else_is_never_followed(forge):
    before = sites.git(forge.remote, "rev-parse", "main")
    with pytest.raises(PressError, match="la branche main de origin porte autre chose qu'un site"):
        forge.publish("Un", branch="main")
    assert sites.git(forge.remote, "rev-parse", "main") == before


def test_a_forge_that_refuses_is_quoted(forge):
    hook = forge.remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'branche protégée' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(PressError, match="la branche pages de origin change sans cesse ou refuse la publication : "):
        forge.publish("Un")
    assert sites.git(forge.remote, "branch", "--list", "pages") == ""


def test_a_forge_that_is_not_there_is_named(forge):
    forge.remote.rename(forge.root / "ailleurs.git")
    with pytest.raises(PressError, match="git ls-remote : "):
        forge.publish("Un")


def test_outside_a_repository_nothing_is_published(tmp_path):
    made = site(tmp_path / "output", "Un")
    with pytest.raises(PressError, match=f"{tmp_path} n'est pas un dépôt git"):
        release_to_branch(made, tmp_path, Branch("origin", "pages"), sites.NOW, "Publication")


# The command


@pytest.fixture
def project(forge, monkeypatch) -> Path:
    """The settings file of a project that can be published."""
    monkeypatch.setenv("SITE_NOW", "2026-06-01T12:00")
    monkeypatch.chdir(forge.root)
    sites.write(forge.sources, {"content/blog/2026/un.md": sites.article("Un"), "content/a.md": b""})
    (forge.sources / "content/a.md").unlink()
    return sites.conf(forge.sources, OUTPUT_PATH="public", SITEURL="https://exemple.fr")


def test_the_command_publishes_to_a_folder(project, forge, capsys):
    assert commands.publish(to="www", settings=str(project)) == 0
    commit = sites.git(forge.sources, "rev-parse", "HEAD")
    assert releases(forge.root / "www") == [f"20260601T120000-{commit[:8]}"]
    assert current(forge.root / "www") == sites.tree(forge.sources / "public")
    assert f"Publié : www/releases/20260601T120000-{commit[:8]} (current)" in capsys.readouterr().out


def test_the_command_publishes_to_a_branch(project, forge, capsys):
    assert commands.publish(to_branch="pages", settings=str(project)) == 0
    commit = sites.git(forge.sources, "rev-parse", "HEAD")
    assert forge.log() == [f"Publication du 2026-06-01 12:00 ({commit[:8]})"]
    assert commands.publish(to_branch="pages", settings=str(project)) == 0
    assert "origin/pages est déjà à jour." in capsys.readouterr().out


def test_broken_content_is_not_published(project, forge):
    commands.publish(to="www", settings=str(project))
    before = current(forge.root / "www")
    sites.write(forge.sources, {"content/blog/2026/deux.md": "casse"})
    assert commands.publish(to="www", settings=str(project)) == 1
    assert (current(forge.root / "www"), len(releases(forge.root / "www"))) == (before, 1)


def test_no_other_build_touches_the_site_while_it_is_copied(project, forge, monkeypatch):
    def is_locked(made: Path, *_: object) -> Path:
        with (made.parent / ".public.press/lock").open() as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return made

    monkeypatch.setattr(releasing, "release_to_folder", is_locked)
    assert commands.publish(to="www", settings=str(project)) == 0


@pytest.mark.parametrize("options", [{}, {"to": "www", "to_branch": "pages"}])
def test_there_is_one_place_to_publish_to(options, project, capsys):
    assert commands.publish(settings=str(project), **options) == 2
    assert "Dire où publier : --to DOSSIER, ou --to-branch BRANCHE" in capsys.readouterr().err


def test_an_address_of_nobody_is_a_warning(project, forge, capsys):
    sites.conf(forge.sources, OUTPUT_PATH="public", SITEURL="https://cre-sol.example")
    assert commands.publish(to="www", settings=str(project)) == 0
    assert "avertissement : SITEURL n'est pas celle du site" in capsys.readouterr().err


def test_a_site_is_published_with_its_search_however_large_and_not_without_it(project, forge, monkeypatch, capsys):
    monkeypatch.setattr(bundles, "SMALL", 1)
    assert commands.publish(to="www", settings=str(project)) == 0
    assert "pagefind/pagefind-entry.json" in current(forge.root / "www")
    before = current(forge.root / "www")
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    sites.write(forge.sources, {"content/blog/2026/deux.md": sites.article("Deux")})
    assert commands.publish(to="www", settings=str(project)) == 3
    assert "le programme pagefind n'est pas installé. Lancer « ./site », qui l'installe." in capsys.readouterr().err
    assert current(forge.root / "www") == before
