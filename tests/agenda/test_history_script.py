"""The life of an event, commit by commit, in a real repository: what its subscribers are told at each step."""

from __future__ import annotations

import shutil

import pytest

from tests import icschecker, sites, values
from tests.icschecker.lines import read_lines

OLD, NEW = "content/agenda/2026/atelier.md", "content/agenda/2026/atelier-velo.md"
IDENTITY = "agenda/2026/atelier@agenda.cre-sol"
TOLD = ("UID", "SEQUENCE", "CREATED", "LAST-MODIFIED", "DTSTAMP", "DTSTART", "STATUS", "SUMMARY")


def text(title="Atelier", start="2026-09-15T18:30", body="On répare des vélos, avec ou sens outils.", **fields):
    return sites.event(title, start, body, **{"place": '{name: "La Cale d\'essai"}', **fields})


def tell(root, **changes) -> dict[str, str]:
    """Build, and give what the whole agenda says of its one event."""
    sites.build(root, **changes)
    data = (root / "output/agenda/agenda.ics").read_bytes()
    assert icschecker.check(data) == []
    lines, _ = read_lines(data)
    inside = lines[next(index for index, line in enumerate(lines) if line.value == "VEVENT") :]
    return {
        name: values.once([line.value for line in inside if line.name == name]) for name in TOLD if has(inside, name)
    }


def has(lines, name) -> bool:
    return any(line.name == name for line in lines)


def stamps(created: str, modified: str) -> dict[str, str]:
    return {"CREATED": created, "LAST-MODIFIED": modified, "DTSTAMP": modified}


def commit(root, files, day: str) -> None:
    sites.commit(root, files, when=f"{day}T12:00:00+01:00")


def rename(root, old=OLD, new=NEW) -> None:
    (root / old).rename(root / new)


@pytest.fixture
def root(tmp_path):
    return sites.repository(tmp_path / "depot", {OLD: text()}, when="2026-01-05T12:00:00+01:00")


def test_the_life_of_an_event(root):
    told = {
        "UID": IDENTITY,
        "SEQUENCE": "0",
        **stamps("20260105T110000Z", "20260105T110000Z"),
        "DTSTART": "20260915T183000",
        "STATUS": "CONFIRMED",
        "SUMMARY": "Atelier",
    }
    assert tell(root) == told

    body = "On répare des vélos, avec ou sans outils."
    commit(root, {OLD: text(body=body)}, "2026-01-10")  # a typo
    told |= stamps("20260105T110000Z", "20260110T110000Z")
    assert tell(root) == told

    commit(root, {OLD: text("Atelier vélo", body=body)}, "2026-01-15")  # a better title
    told |= {"SUMMARY": "Atelier vélo", **stamps("20260105T110000Z", "20260115T110000Z")}
    assert tell(root) == told

    later = "2026-09-15T19:00"
    commit(root, {OLD: text("Atelier vélo", later, body)}, "2026-02-01")  # half an hour later
    told |= {"SEQUENCE": "1", "DTSTART": "20260915T190000", **stamps("20260105T110000Z", "20260201T110000Z")}
    assert tell(root) == told

    rename(root)
    commit(root, {}, "2026-02-10")  # another name for the file
    assert tell(root) == told

    gone = {"event_status": "cancelled", "status_note": "La salle est fermée."}
    commit(root, {NEW: text("Atelier vélo", later, body, **gone)}, "2026-03-01")
    told |= {
        "SEQUENCE": "2",
        "STATUS": "CANCELLED",
        "SUMMARY": "ANNULÉ – Atelier vélo",
        **stamps("20260105T110000Z", "20260301T110000Z"),
    }
    assert tell(root) == told

    commit(
        root, {"content/agenda/2026/autre.md": sites.event("Passé", "2020-01-01"), "README.md": "Neuf"}, "2026-03-05"
    )
    assert tell(root) == told  # what happens to others is nothing to it
    assert tell(root, full=True) == told

    commit(root, {NEW: text("Atelier vélo", later, body)}, "2026-03-10")  # after all, it takes place
    told |= {
        "SEQUENCE": "3",
        "STATUS": "CONFIRMED",
        "SUMMARY": "Atelier vélo",
        **stamps("20260105T110000Z", "20260310T110000Z"),
    }
    assert tell(root) == told


@pytest.mark.parametrize(
    "fields",
    [
        {"start": "2026-09-16T18:30"},
        {"start": "2026-09-15"},
        {"end": "2026-09-15T20:30"},
        {"place": "{name: Ailleurs}"},
        {"online": "https://exemple.fr/direct"},
        {"timezone": "America/Montreal"},
        {"event_status": "postponed"},
        {"repeat": "{rule: FREQ=WEEKLY;COUNT=3}"},
    ],
    ids=str,
)
def test_what_subscribers_plan_by_raises_the_sequence(root, fields):
    commit(root, {OLD: text(**fields)}, "2026-01-10")
    assert tell(root)["SEQUENCE"] == "1"


@pytest.mark.parametrize(
    "repeat",
    [
        "{rule: FREQ=WEEKLY;COUNT=4}",
        "{rule: FREQ=WEEKLY;COUNT=3, except: [2026-09-22]}",
        "{rule: FREQ=WEEKLY;COUNT=3, also: [2026-09-24]}",
        "{rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2026-09-22, start: 2026-09-23T18:30}]}",
        "{rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2026-09-22, event_status: cancelled}]}",
        "{rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2026-09-22, place: {name: Ailleurs}}]}",
    ],
)
def test_so_does_one_date_of_a_series(root, repeat):
    def sequence() -> list[str]:
        sites.build(root)
        lines, _ = read_lines((root / "output/agenda/agenda.ics").read_bytes())
        return sorted({line.value for line in lines if line.name == "SEQUENCE"})

    commit(root, {OLD: text(repeat="{rule: FREQ=WEEKLY;COUNT=3}")}, "2026-01-10")
    assert sequence() == ["1"]
    commit(root, {OLD: text(repeat=repeat)}, "2026-01-12")
    assert sequence() == ["2"]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Un autre titre"},
        {"body": "Un autre texte."},
        {"tags": "[essai]"},
        {"price": "gratuit"},
        {"summary": "En deux mots."},
        {"registration": "{email: a@exemple.fr}"},
        {"status_note": "Venez à l'heure."},
        {"category": "prestation"},
    ],
    ids=str,
)
def test_what_they_do_not_plan_by_does_not(root, fields):
    commit(root, {OLD: text(**fields)}, "2026-01-10")
    told = tell(root)
    assert (told["SEQUENCE"], told["LAST-MODIFIED"]) == ("0", "20260110T110000Z")


def test_a_change_counts_before_it_is_committed_and_once(root):
    sites.write(root, {OLD: text(start="2026-09-15T20:00")})
    assert tell(root)["SEQUENCE"] == "1"
    commit(root, {}, "2026-01-10")
    assert tell(root)["SEQUENCE"] == "1"


def test_a_file_renamed_and_rewritten_at_once_is_known_by_the_ledger(root):
    (root / OLD).unlink()
    sites.write(root, {NEW: text("Vélorution", "2026-10-01T10:00", "Rien de ce qui était écrit.\n\n" * 30)})
    ledger = f"- path: {NEW.removeprefix('content/')}\n  id: {IDENTITY.partition('@')[0]}\n"
    commit(root, {"content/agenda/identites.yaml": ledger}, "2026-01-10")
    assert tell(root)["UID"] == IDENTITY


def test_a_rename_in_a_branch_that_is_merged_keeps_the_identity(root):
    sites.git(root, "checkout", "--quiet", "-b", "autre")
    rename(root)
    commit(root, {}, "2026-01-10")
    sites.git(root, "checkout", "--quiet", "main")
    commit(root, {OLD: text(start="2026-09-15T20:00")}, "2026-01-12")
    sites.git(root, "merge", "--quiet", "--no-edit", "autre", when="2026-01-14T12:00:00+01:00")
    told = tell(root)
    assert (told["UID"], told["SEQUENCE"]) == (IDENTITY, "1")
    assert told["CREATED"] == "20260105T110000Z"


# Where the history is not there


def test_outside_git_what_the_file_says_is_all_that_is_known(root, tmp_path):
    shutil.copytree(root / "content", tmp_path / "sans/content")
    fallback = {
        "UID": IDENTITY,
        "SEQUENCE": "0",
        "DTSTART": "20260915T183000",
        "STATUS": "CONFIRMED",
        "SUMMARY": "Atelier",
    }
    begins = "20260915T163000Z"
    assert tell(tmp_path / "sans") == {**fallback, "LAST-MODIFIED": begins, "DTSTAMP": begins}
    sites.write(tmp_path / "sans", {OLD: text(date="2026-04-01", modified="2026-04-03T10:00")})
    said = "20260403T080000Z"
    assert tell(tmp_path / "sans") == {**fallback, "LAST-MODIFIED": said, "DTSTAMP": said}


def test_a_shallow_clone_is_told_to_get_its_past_and_then_says_the_same(root, tmp_path):
    commit(root, {OLD: text(start="2026-09-15T20:00")}, "2026-01-10")
    rename(root)
    commit(root, {}, "2026-01-12")
    clone = tmp_path / "clone"
    sites.git(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), str(clone))
    warning = values.once(sites.build(clone).warnings)
    assert "Lancer « git fetch --unshallow »." in warning.message
    assert "CREATED" not in tell(clone)
    sites.git(clone, "fetch", "--quiet", "--unshallow")
    assert tell(clone) == tell(root)
    assert tell(clone)["UID"] == IDENTITY
