"""The ledger of identities: who subscribed keeps an event whose file gets another name."""

import pytest

from plugins.agenda.identities import LEDGER, record
from plugins.agenda.model import Agenda, Identities
from plugins.press.versions import History
from tests import sites, values
from tests.values import event

NEW = event("Neuf", path="agenda/2026/neuf.md")


def ledger(*names):
    return values.read(LEDGER, "".join(f"- path: {path}\n  id: {name}\n" for path, name in names))[0]


def identity(*documents, git=""):
    history = History(origins={NEW.path: git} if git else {})
    return values.site(NEW, *documents, history=history).get(Agenda).identity(NEW)


def test_an_event_is_known_by_its_file():
    assert identity() == "agenda/2026/neuf"


def test_git_knows_its_first_name():
    assert identity(git="agenda/2026/vieux.md") == "agenda/2026/vieux"


def test_the_ledger_knows_better():
    kept = ledger(("agenda/2026/neuf.md", "agenda/2025/tout-premier"))
    assert isinstance(kept, Identities)
    assert identity(kept) == identity(kept, git="agenda/2026/vieux.md") == "agenda/2025/tout-premier"


def test_an_identity_that_is_written_is_the_one():
    found = event("Neuf", path="agenda/2026/neuf.md", id="mon-id")
    site = values.site(found, ledger(("agenda/2026/neuf.md", "autre")))
    assert site.get(Agenda).identity(found) == "mon-id"


def test_a_new_file_under_the_first_name_of_another_is_refused():
    old = event("Vieux", path="agenda/2026/vieux.md")
    problems = values.problems(values.site(NEW, old, ledger(("agenda/2026/neuf.md", "agenda/2026/vieux"))))
    assert "l'identité « agenda/2026/vieux » est déjà celle de" in values.once(problems)


def recorded(*documents, renames=None, origins=None):
    """What the ledger becomes, as pairs."""
    site = values.site(*documents, history=History(origins=origins or {}))
    found = record(site, renames or {})
    if not found:
        return None
    document, problems = values.read(LEDGER, found[LEDGER])
    assert problems == []
    return list(document.names)


def test_nothing_is_written_when_nothing_was_renamed():
    assert recorded(NEW) is None


def test_a_renaming_that_is_not_committed_is_recorded():
    expected = [("agenda/2026/neuf.md", "agenda/2026/vieux")]
    assert recorded(NEW, renames={"agenda/2026/neuf.md": "agenda/2026/vieux.md"}) == expected
    assert recorded(NEW, ledger(*expected), renames={"agenda/2026/neuf.md": "agenda/2026/vieux.md"}) is None


def test_a_renaming_of_a_renamed_file_keeps_the_first_identity():
    renames = {"agenda/2026/neuf.md": "agenda/2026/moyen.md"}
    expected = [("agenda/2026/neuf.md", "agenda/2026/vieux")]
    assert recorded(NEW, ledger(("agenda/2026/moyen.md", "agenda/2026/vieux")), renames=renames) == expected
    assert recorded(NEW, renames=renames, origins={"agenda/2026/moyen.md": "agenda/2026/vieux.md"}) == expected


def test_a_renaming_that_is_committed_is_recorded_too():
    assert recorded(NEW, origins={"agenda/2026/neuf.md": "agenda/2026/vieux.md"}) == [
        ("agenda/2026/neuf.md", "agenda/2026/vieux")
    ]


def test_an_event_with_an_identity_of_its_own_needs_no_ledger():
    found = event("Neuf", path="agenda/2026/neuf.md", id="mon-id")
    assert recorded(found, renames={"agenda/2026/neuf.md": "agenda/2026/vieux.md"}) is None


def test_a_path_with_signs_of_yaml_comes_back_as_it_is():
    found = event("Neuf", path="agenda/2026/à: #1 'x'.md")
    assert recorded(found, renames={found.path: "agenda/2026/vieux.md"}) == [(found.path, "agenda/2026/vieux")]


def test_a_path_twice_in_the_ledger_is_refused():
    _, problems = values.read(LEDGER, "- {path: a, id: b}\n- {path: a, id: c}\n")
    assert "content/agenda/identites.yaml:2:10: identities.2.path : « a » est déjà dans cette liste" in problems[0]


@pytest.fixture
def project(tmp_path):
    content = {"content/agenda/2026/vieux.md": sites.event("Fête", body="Un texte.\n\n" * 9)}
    return sites.repository(sites.copy_project(tmp_path / "projet"), content)


def test_the_check_notices_a_renamed_file_and_the_calendar_keeps_its_event(project):
    old, new = (project / f"content/agenda/2026/{name}.md" for name in ("vieux", "neuf"))
    old.rename(new)
    done = sites.run(project, "check")
    assert done.returncode == 0, done.stderr
    assert "content/agenda/identites.yaml : mis à jour, à enregistrer (commit) avec le reste." in done.stderr
    assert "id: agenda/2026/vieux" in (project / "content" / LEDGER).read_text()
    assert "identites.yaml" not in sites.run(project, "check").stderr
    sites.run(project, "build")
    assert b"UID:agenda/2026/vieux@" in (project / "output/agenda/agenda.ics").read_bytes()


def test_a_shallow_clone_is_warned_of_and_never_published(project, tmp_path):
    sites.commit(project, {"content/agenda/2026/autre.md": sites.event("Autre")})
    clone = tmp_path / "copie"
    sites.git(tmp_path, "clone", "--quiet", "--depth=1", project.as_uri(), str(clone))
    check = sites.run(clone, "check")
    assert check.returncode == 0
    assert "le dépôt git est une copie sans son passé" in check.stdout
    done = sites.run(clone, "publish", "--to", "site")
    assert done.returncode == 3
    assert "git fetch --unshallow" in done.stderr
    assert not (clone / "site").exists()
