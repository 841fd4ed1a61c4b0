"""``./site publish``: what was built becomes what people get, in one step: a folder of releases, or a git branch."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from plugins.press.files import copy_tree, translated
from plugins.press.history import git_environ
from plugins.press.problems import PressError

KEPT = 5
"""Releases that stay, to go back to."""
_TRIES = 3
_AUTHOR = ("Publication", "publication@localhost")
_AS_IT_IS = ("-c", "core.autocrlf=false", "-c", f"core.attributesFile={os.devnull}")
"""Calendars have CRLF (RFC 5545 §3.1), whatever this machine does to the line ends of sources."""

Say = Callable[[str], None]


class Branch(NamedTuple):
    """A branch of a remote repository: where forges look for a site."""

    remote: str
    name: str


def release_to_folder(site: Path, target: Path, name: str, say: Say) -> Path:
    """Copy the site to ``target/releases/<name>`` and point ``target/current`` at it, by one rename.

    Two publications at once: the later one waits. Killed at any point, ``current`` is the old release or the new.
    """
    releases = target / "releases"
    with translated(str(target)):
        releases.mkdir(parents=True, exist_ok=True)
        with open(target / ".lock", "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("une autre publication est en cours, j'attends qu'elle finisse…")
                fcntl.flock(lock, fcntl.LOCK_EX)
            return _release(site, target, releases / _free_name(releases, name))


def _release(site: Path, target: Path, release: Path) -> Path:
    partial = release.with_name(f".{release.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    copy_tree(site, partial)
    partial.rename(release)
    link = target / ".current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(f"releases/{release.name}")
    link.replace(target / "current")
    _drop_old(target, release)
    return release


def _free_name(releases: Path, name: str) -> str:
    taken = {path.name for path in releases.iterdir()}
    return next(n for n in (name, *(f"{name}-{i}" for i in range(2, len(taken) + 3))) if n not in taken)


def _drop_old(target: Path, current: Path) -> None:
    releases = sorted((path for path in (target / "releases").iterdir() if not path.name.startswith(".")), key=_age)
    for old in releases[:-KEPT]:
        if old != current:
            shutil.rmtree(old, ignore_errors=True)
    for partial in (target / "releases").glob(".*.partial"):
        shutil.rmtree(partial, ignore_errors=True)


def _age(release: Path) -> tuple[int, str]:
    return (release.stat().st_ctime_ns, release.name)


def release_to_branch(site: Path, repository: Path, target: Branch, now: datetime, message: str) -> str:
    """Commit the site on top of the remote branch and push it; the commit, or ``""`` when nothing has changed.

    The push takes the branch from the very commit that this one follows: of two at once, one wins whole, the
    other follows it.
    """
    git = _Git(repository, now)
    for _ in range(_TRIES):
        parent = git.fetch(target)
        if parent and not git.has(f"{parent}:build.json"):
            message = f"la branche {target.name} de {target.remote} porte autre chose qu'un site. En choisir une autre."
            raise PressError(message)
        tree = git.write_tree(site)
        if parent and git.run("rev-parse", f"{parent}^{{tree}}") == tree:
            return ""
        commit = git.run("commit-tree", tree, *(["-p", parent] if parent else []), "-m", message)
        if git.push(target, commit, parent):
            return commit
    message = f"la branche {target.name} de {target.remote} change sans cesse ou refuse la publication : {git.refusal}"
    raise PressError(message)


class _Git:
    """The few commands of git that a publication needs; they touch neither the work tree nor its index."""

    def __init__(self, repository: Path, now: datetime) -> None:
        self._repository = repository
        self.refusal = ""
        date = f"{int(now.timestamp())} {now:%z}"
        self._environ = git_environ() | {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", _AUTHOR[0]), ("EMAIL", _AUTHOR[1]), ("DATE", date))
        }

    def run(self, *arguments: str, environ: dict[str, str] | None = None) -> str:
        """Raises ``PressError`` with git's last words."""
        done = self._call(arguments, environ)
        if done.returncode:
            message = f"git {arguments[0]} : {_last_words(done.stderr)}"
            raise PressError(message)
        return done.stdout.strip()

    def has(self, thing: str) -> bool:
        return self._call(("cat-file", "-e", thing), None).returncode == 0

    def fetch(self, branch: Branch) -> str:
        """The commit at the tip of the remote branch, fetched; ``""`` when there is no such branch yet."""
        tip = self.run("ls-remote", branch.remote, f"refs/heads/{branch.name}").partition("\t")[0]
        if tip:
            self.run("fetch", "--quiet", "--no-tags", branch.remote, tip)
        return tip

    def write_tree(self, site: Path) -> str:
        """The site as a tree of git, with the empty file that tells GitHub to take it as it is."""
        with tempfile.TemporaryDirectory() as folder:
            environ = {"GIT_INDEX_FILE": f"{folder}/index", "GIT_WORK_TREE": os.path.realpath(site)}
            self.run("add", "--all", "--force", ".", environ=environ)
            empty = self.run("hash-object", "-w", "-t", "blob", os.devnull)
            self.run("update-index", "--add", "--cacheinfo", f"100644,{empty},.nojekyll", environ=environ)
            return self.run("write-tree", environ=environ)

    def push(self, branch: Branch, commit: str, parent: str) -> bool:
        lease = f"--force-with-lease=refs/heads/{branch.name}:{parent}"
        done = self._call(("push", "--quiet", lease, branch.remote, f"{commit}:refs/heads/{branch.name}"), None)
        self.refusal = _last_words(done.stderr)
        return done.returncode == 0

    def _call(self, arguments: tuple[str, ...], environ: dict[str, str] | None) -> subprocess.CompletedProcess[str]:
        where = environ["GIT_WORK_TREE"] if environ else os.fspath(self._repository)
        find = ["git", "-C", os.fspath(self._repository), "rev-parse", "--absolute-git-dir"]
        git_dir = subprocess.run(find, env=self._environ, capture_output=True, text=True, check=False)
        if git_dir.returncode:
            message = f"{self._repository} n'est pas un dépôt git ({_last_words(git_dir.stderr)})."
            raise PressError(message)
        command = ["git", f"--git-dir={git_dir.stdout.strip()}", *_AS_IT_IS, *arguments]
        return subprocess.run(
            command,
            cwd=where,
            env=self._environ | (environ or {}),
            capture_output=True,
            text=True,
            check=False,
        )


def _last_words(text: str) -> str:
    return " ".join(text.strip().splitlines()[-2:]) or "échec sans explication"
