"""Cold equals incremental: whatever is edited, in whatever order, the site is the one that a first build would give."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from plugins.press.problems import ContentError
from tests import sites

TITLES = st.sampled_from(["Fête", "Marché d'été", "Réunion", "Atelier", "Assemblée générale", "<b>Gras</b>"])
TAGS = st.lists(st.sampled_from(["ESS", "ess", "égalité", "numérique"]), max_size=3).map(
    lambda tags: "[" + ", ".join(tags) + "]"
)
DAYS = st.dates(sites.NOW.date() - timedelta(500), sites.NOW.date() + timedelta(200)).map(str)
NAMES = st.sampled_from([f"texte-{n}" for n in range(6)])
BODIES = st.sampled_from(
    ["Un texte.", "## Un titre\n\nEt un [lien](texte-1.md).", "Voir [la fête](../../agenda/2026/texte-2.md)."]
)
STATUSES = st.sampled_from(["scheduled", "cancelled", "full", "postponed"])


class EditedSite(RuleBasedStateMachine):
    """A site that is edited and built again and again."""

    @initialize()
    def begin(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        self.now = sites.NOW
        self.files: dict[str, str] = {}

    @rule(name=NAMES, title=TITLES, date=DAYS, tags=TAGS, body=BODIES)
    def write_article(self, name: str, title: str, date: str, tags: str, body: str) -> None:
        self.edit(f"blog/2026/{name}.md", sites.article(title, date, body, tags=tags, slug=name))

    @rule(
        name=NAMES,
        title=TITLES,
        start=DAYS,
        tags=TAGS,
        status=STATUSES,
        code=st.sampled_from(["37", "45", "75"]),
    )
    def write_event(self, name: str, title: str, start: str, tags: str, status: str, code: str) -> None:
        text = sites.event(
            title, start, tags=tags, event_status=status, departments=f'["{code}"]', category="prestation"
        )
        self.edit(f"agenda/2026/{name}.md", text)

    @rule(number=st.integers(1, 3), title=TITLES)
    def write_part(self, number: int, title: str) -> None:
        self.files["dossiers/theme/index.md"] = sites.article("Un thème")
        self.edit(f"dossiers/theme/{number:02}-partie.md", sites.article(title))

    @rule(value=st.sampled_from(["3", "1400", "2.5"]), title=TITLES, computed=st.booleans())
    def write_report(self, *, value: str, title: str, computed: bool) -> None:
        count = sum(path.startswith("agenda/") and "start: 2026" in text for path, text in self.files.items())
        figure = f"computed: events\n  value: {count}" if computed else f"value: {value}"
        figures = f'- id: dates\n  label: "Dates"\n  unit: "dates"\n  history: {{"2025": {value}}}\n  {figure}\n'
        self.files["rapports/2026/index.md"] = sites.document("Rapport", "En tout [[chiffre:dates]].", year="2026")
        self.files["rapports/2026/chiffres.yaml"] = figures
        self.edit("rapports/2026/01-une.md", sites.document(title, axis="true"))

    @rule(name=NAMES, title=TITLES)
    def write_page(self, name: str, title: str) -> None:
        self.edit(f"pages/{name}.md", sites.document(title, aliases=f"[/ancien/{name}/]"))

    @rule(name=NAMES, folder=st.sampled_from(["blog/2026", "agenda/2026"]))
    def delete(self, name: str, folder: str) -> None:
        self.edit(f"{folder}/{name}.md", None)

    @rule(old=NAMES, new=NAMES)
    def rename(self, old: str, new: str) -> None:
        text = self.files.get(f"agenda/2026/{old}.md")
        if text is not None:
            self.files.pop(f"agenda/2026/{old}.md")
            self.edit(f"agenda/2026/{new}.md", text)

    @rule(hours=st.integers(1, 800))
    def let_time_pass(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.check()

    @rule()
    def kill_the_cache(self) -> None:
        state = self.root / ".output.press"
        for name in ("documents", "pieces.sqlite3"):
            if (state / name).exists():
                (state / name).write_bytes((state / name).read_bytes()[: -1 - len(name)])
        self.check()

    def edit(self, path: str, text: str | None) -> None:
        if text is None:
            self.files.pop(path, None)
        else:
            self.files[path] = text
        self.check()

    def check(self) -> None:
        content = self.root / "content"
        shutil.rmtree(content, ignore_errors=True)
        content.mkdir()
        sites.write(content, self.files)
        try:
            sites.build(self.root, now=self.now)
        except ContentError:
            return  # nothing is published from content with errors; what comes next must still be right
        with tempfile.TemporaryDirectory() as elsewhere:
            shutil.copytree(content, f"{elsewhere}/content")
            sites.build(Path(elsewhere), now=self.now)
            assert sites.tree(self.root / "output") == sites.tree(Path(elsewhere) / "output")
            assert sites.tree(self.root / ".output.press/twin") == sites.tree(self.root / "output")

    def teardown(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)


TestEditedSite = EditedSite.TestCase
TestEditedSite.settings = settings(
    max_examples=8,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
