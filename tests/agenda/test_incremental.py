"""Cold equals incremental, for an agenda of ten years: most events were over long ago, and each of them is edited.

Each edit is made once in every run, in a fixed order, and taken back together with the next one; then they are
mixed at random. What is compared, and the edits, are in ``tests/editing``.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests import sites
from tests.editing import files
from tests.editing.agenda import FILES, OLD
from tests.editing.edits import EDITS, ERRORS, GROUPS, choose
from tests.editing.mentions import report_year
from tests.editing.site import EditedSite

BESIDE = ("a title", "another month", "another year", "cancelled", "no key date", "a new tag", "a draft", "a series")
PICKS = st.integers(0, 99)


@pytest.mark.parametrize("group", GROUPS)
def test_after_each_edit_the_site_is_that_of_a_first_build(tmp_path, group):
    site = EditedSite(tmp_path / "site", FILES, pdf=False)
    site.check("nothing")
    name = ""
    for number, (name, edit) in enumerate(GROUPS[group].items()):
        site.restore(FILES)
        before = (site.now, site.files.copy())
        edit(site, *choose(name, number))
        assert (site.now, site.files) != before or name == "touch", f"« {name} » edits nothing"
        assert site.check(name) == (name not in ERRORS), f"« {name} » was to be wrong, or right"
    site.ask(name)
    site.restore(FILES)
    assert site.check("all is taken back")


class EditedAgenda(RuleBasedStateMachine):
    """An agenda that is edited in any order, a few files at a time, without taking anything back but errors."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.site = EditedSite(self.folder / "site", FILES, pdf=False)
        self.check("nothing")

    @rule(edits=st.lists(st.tuples(st.sampled_from([*EDITS]), PICKS, PICKS), min_size=1, max_size=3))
    def edit(self, edits: list[tuple[str, int, int]]) -> None:
        for name, *picked in edits:
            events = self.site.events()
            one, other = (events[number % len(events)] for number in picked)
            if one != other:
                EDITS[name](self.site, one, other)
        self.check(", ".join(name for name, *_ in edits))

    @rule()
    def look(self) -> None:
        self.site.ask("looking")

    @rule()
    def take_all_back(self) -> None:
        self.site.restore(FILES)
        self.check("all is taken back")

    def check(self, edit: str) -> None:
        if self.site.check(edit):
            self.good = self.site.files.copy()
        else:
            self.site.restore(self.good)

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


TestEditedAgenda = EditedAgenda.TestCase
TestEditedAgenda.settings = settings(
    max_examples=3,
    stateful_step_count=5,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


# With what speaks of events, with paper, and with a past


def test_so_is_what_stands_beside_the_edited(tmp_path):
    """A report, a dossier, an article, partners, and an event that is near, the month before."""
    site = EditedSite(tmp_path / "site", FILES, pdf=False)
    one, other = "agenda/2019/expo.md", "agenda/2019/marche.md"
    beside = ("section links", "open dossier", "link from article", "import twice", "decide different")
    for name in beside:
        EDITS[name](site, one, other)
    assert site.check("all that speaks of it")
    standing = site.files.copy()
    for name in (*BESIDE, "delete", "rename", "edit many", "import others"):
        EDITS[name](site, one, other)
        site.check(name)
        site.restore(standing)
    assert site.check("all is taken back")


def test_so_are_the_sheets_of_paper(tmp_path):
    chosen = {path: FILES[path] for path in [*OLD[4:10], "agenda/2026/fete.md"]}
    site = EditedSite(tmp_path / "site", chosen)
    report_year(site, "agenda/2019/bal.md", "")
    assert site.check("nothing")
    assert any(path.endswith(".pdf") for path in sites.tree(site.root / "output"))
    site.edit("agenda/2019/bal.md", title="Grand bal")
    assert site.check("a title")
    site.edit("agenda/2019/marche.md", start="2019-04-30T22:00", end="2019-05-01T02:00", event_status="cancelled")
    assert site.check("another month")


@pytest.fixture
def repository(tmp_path):
    """A site whose old events were committed in their time."""
    chosen = {path: FILES[path] for path in [*OLD[:12], "agenda/2026/fete.md"]}
    root = sites.repository(
        tmp_path / "site", {".gitignore": "output\n.output.press\n"}, when="2016-01-04T12:00:00+01:00"
    )
    site = EditedSite(root, {}, pdf=False)
    for path, sheet in chosen.items():
        site.put({path: sheet})
        year = site.sheet(path).start[:4]
        commit(site, f"{year}-02-01")
    return site


def commit(site: EditedSite, day: str) -> None:
    sites.commit(site.root, {}, when=f"{day}T12:00:00+01:00")


def test_so_is_a_site_whose_past_is_known(repository):
    old = OLD[7]
    assert repository.check("nothing")
    repository.edit(old, start="2019-05-04T09:00")
    assert repository.check("another hour")
    commit(repository, "2026-05-20")
    assert repository.check("another hour, committed")
    repository.edit(OLD[3], price="gratuit")
    commit(repository, "2026-05-21")
    assert repository.check("a price, committed")
    repository.edit(OLD[1], event_status="cancelled")
    commit(repository, "2017-01-01")
    assert repository.check("a change of old, committed")
    files.rename(repository, OLD[5], "")
    commit(repository, "2026-05-22")
    assert repository.check("another name, committed")
    files.edit_many(repository, "", "")
    commit(repository, "2026-05-23")
    assert repository.check("many files, committed")
    sites.git(
        repository.root, "commit", "--quiet", "--amend", "--message", "Autrement", when="2026-05-24T12:00:00+01:00"
    )
    assert repository.check("another commit of the same files")


def test_what_is_compared_is_no_first_build(tmp_path):
    """Else all of the above would hold whatever is forgotten."""
    site = EditedSite(tmp_path / "site", FILES, pdf=False)
    site.check("nothing")
    assert site.read == len(FILES)
    site.check("nothing again")
    site.edit(OLD[0], title="Autre")
    site.check("a title")
    assert site.read == 1
    assert (site.state / "documents.since").exists()
    files.edit_many(site, "", "")
    site.check("edit many")
    assert not (site.state / "documents.since").exists()
