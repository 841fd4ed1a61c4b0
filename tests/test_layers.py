"""Who may import whom, who may read the clock, who may touch files: read from the code, never believed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLUGINS = ROOT / "plugins"

# Who may do what. A new name here wants a reason that a reader would accept.
PELICAN = {"press/host.py"}  # and every __init__.py, which Pelican calls
CLOCK = {"press/clock.py"}
FILES = {
    "agenda/importing/keeping.py",  # keeps partners' calendars, for `./site import`
    "press/files.py",  # writes the published site
    "press/markdown/plain.py",  # its `open` begins a heading
    "press/markdown/rawhtml.py",  # its `open` and `write_text` write into a list
    "press/markdown/writer.py",  # the same
    "press/recording.py",  # writes what the check keeps in the content
    "press/records.py",  # asks the disk for its time, with an empty file
    "press/releasing.py",  # makes a release of the published site
    "press/rendering.py",  # makes the folder where Jinja keeps compiled templates
    "press/serving.py",  # hands the built files to the browser
    "press/snapshot.py",  # looks whether anything changed at all: code, settings, commit
    "press/sources.py",  # reads the content
    "press/starting.py",  # writes the file that `./site new` is asked for
    "press/store.py",  # keeps the cache
    "press/workers.py",  # asks the system whether this process has threads
}

NETWORK = {
    "agenda/importing/connecting.py",  # the way to partners' servers, for `./site import` only
    "agenda/importing/fetching.py",  # their calendars, over that way
    "press/serving.py",  # `./site serve`, on this machine
}
NETWORK_MODULES = {
    "asyncio",
    "ftplib",
    "http.client",
    "http.server",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
}
NETWORK_MODULES |= {"aiohttp", "httpx", "urllib.request", "urllib3"}
MODEL_LIBRARIES = {"babel", "dateutil", "markupsafe", "msgspec", "pydantic", "pydantic_core"}
MODEL_NEVER = {"os", "io", "pathlib", "shutil", "subprocess", "tempfile", "time"}  # no files, no clock
NOT_FOR_MODELS = {
    "building",
    "clock",
    "files",
    "history",
    "host",
    "publishing",
    "snapshot",
    "sources",
    "store",
}
ORDER = {"charts": 0, "pages": 0, "blog": 0, "agenda": 0, "dossiers": 1, "reports": 2}  # the others come last
LAST = 3


def modules() -> list[Path]:
    return sorted(PLUGINS.rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(PLUGINS).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def imports(path: Path) -> frozenset[str]:
    """The dotted name of every module that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{named(path)}:{node.lineno}: relative import"
            found.update(imported(node.module or "", alias.name) for alias in node.names)
    return frozenset(found)


def imported(module: str, name: str) -> str:
    """`from module import name`: the part if it is a module (or of `time`), else the module."""
    place = ROOT.joinpath(*module.split("."), name)
    is_part = place.is_dir() or place.with_suffix(".py").exists() or module == "time"
    return f"{module}.{name}" if is_part else module


def across(path: Path) -> set[str]:
    """The modules of other subjects that a file imports, without `plugins.`."""
    own = named(path).split("/", maxsplit=1)[0]
    ours = {name.removeprefix("plugins.") for name in imports(path) if name.startswith("plugins.")}
    return {name for name in ours if name.split(".", maxsplit=1)[0] not in {own, "press"}}


def test_there_is_something_to_look_at():
    assert {"press/problems.py", "press/clock.py"} <= set(map(named, modules()))


def test_only_the_host_knows_pelican():
    users = {named(path) for path in modules() for name in imports(path) if name.split(".")[0] == "pelican"}
    assert {name for name in users - PELICAN if not name.endswith("/__init__.py")} == set()


def test_the_press_knows_no_subject():
    assert [f"{named(path)}: {name}" for path in PLUGINS.glob("press/**/*.py") for name in across(path)] == []


def test_subjects_use_models_and_look_downwards():
    pairs = [(path, name) for path in modules() for name in across(path)]
    assert [f"{named(path)}: {name}" for path, name in pairs if not may_use(path, name)] == []


def may_use(path: Path, name: str) -> bool:
    """Outputs may use all models, and everything below; the other files, the models below."""
    is_model, is_below = name.endswith(".model"), height(name) < height(named(path).replace("/", "."))
    return is_model or is_below if path.name in {"__init__.py", "outputs.py"} else is_model and is_below


def height(name: str) -> int:
    return ORDER.get(name.split(".", maxsplit=1)[0], LAST)


def test_models_know_no_host_no_files_and_no_clock():
    pairs = [(path, name) for path in PLUGINS.glob("*/model.py") for name in imports(path)]
    assert [f"{named(path)}: {name}" for path, name in pairs if not is_for_models(name)] == []


def is_for_models(name: str) -> bool:
    first, *rest = name.split(".")
    if first == "plugins":
        return rest[0] != "press" or not NOT_FOR_MODELS & set(rest[1:])
    return first in MODEL_LIBRARIES or (first in sys.stdlib_module_names and first not in MODEL_NEVER)


def calls(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Every call of a file: on what (when that is a plain name), the name called, whether with arguments."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            owner = getattr(node.func, "value", None)
            on = (owner.id if isinstance(owner, ast.Name) else "?") if owner else ""
            yield (
                on,
                getattr(node.func, "attr", getattr(node.func, "id", "")),
                bool(node.args or node.keywords),
            )


def reads_clock(path: Path) -> bool:
    return bool(imports(path) & {"time.time", "time.time_ns"}) or any(
        (owner and name in {"now", "utcnow", "today"})
        or (owner == "time" and name in {"time", "time_ns"})
        or (owner == "time" and name in {"localtime", "gmtime", "ctime"} and not some)
        for owner, name, some in calls(path)
    )


OS_CALLS = re.compile(
    "chmod|link|listdir|makedirs|mkdir|open|readlink|remove|removedirs|renames?|replace|rmdir|scandir|symlink|"
    "truncate|unlink|utime|walk"
)
PATH_CALLS = re.compile(
    "r?glob|hardlink_to|iterdir|mkdir|(read|write)_(bytes|text)|rename|rmdir|symlink_to|touch|unlink"
)


def touches_files(path: Path) -> bool:
    return any(
        (name == "open" and owner not in {"Image", "webbrowser"})
        or (owner == "os" and OS_CALLS.fullmatch(name))
        or owner in {"shutil", "tempfile"}
        or (owner and PATH_CALLS.fullmatch(name))
        for owner, name, _ in calls(path)
    )


def test_only_the_clock_reads_the_clock():
    assert {named(path) for path in modules() if reads_clock(path)} == CLOCK


def test_only_these_files_touch_files():
    assert {named(path) for path in modules() if touches_files(path)} == FILES


def test_only_these_files_reach_the_network():
    assert {named(path) for path in modules() if imports(path) & NETWORK_MODULES} == NETWORK


def test_nothing_that_a_build_imports_reaches_the_network():
    """What fetches is imported by `./site import` alone, when it is asked for."""
    script = "import sys, pelicanconf; from plugins.press import project, building; "
    script += "project.load_subjects(pelicanconf.PLUGINS); print(*sys.modules, sep=chr(10))"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    fetching = {f"plugins.{name.removesuffix('.py').replace('/', '.')}" for name in NETWORK}
    assert "plugins.agenda.importing.refreshing" in run.stdout.split()
    assert fetching & set(run.stdout.split()) == set()
