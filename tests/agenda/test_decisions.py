"""``doublons.yaml``: what people decide about duplicates, and what is said when a decision leads nowhere."""

import pytest

from plugins.agenda.decisions import DUPLICATES
from plugins.agenda.details import Source
from plugins.agenda.references import Decisions, Duplicates
from tests import sites, values
from tests.values import event

FILE = "agenda/doublons.yaml"
OURS = event("Fête")
THEIRS = event("Vélorution", "2026-07-06", path="agenda/imports/x", source=Source("Ville de Tours", "x"))
NAME = "ville-de-tours/2026-07-06/velorution"


def read(*lines):
    return values.read(FILE, "".join(f"- {line}\n" for line in lines))


def problem(*lines):
    found = values.once(read(*lines)[1])
    return found.removeprefix(f"content/{FILE}:")


def test_decisions_are_read_in_one_form():
    document, problems = read(
        "same: [agenda/2026/fete.md, Ville de Tours/2026-07-06/La vélorution]",
        f"different: [{NAME}, autre/2026-07-06/x]",
    )
    assert problems == []
    assert isinstance(document, Duplicates)
    assert document.decisions == Decisions(
        same=(("agenda/2026/fete.md", NAME),), different=((NAME, "autre/2026-07-06/x"),)
    )
    assert document.marks[NAME] == (1, 31)


@pytest.mark.parametrize("text", ["", "[]", "# rien\n"])
def test_a_file_without_decisions_decides_nothing(text):
    document, problems = values.read(FILE, text)
    assert problems == []
    assert document.decisions == Decisions()


def test_an_editor_s_file_is_of_this_kind():
    assert DUPLICATES in [kind for subject in sites.SUBJECTS for kind in subject.kinds]


@pytest.mark.parametrize(
    ("line", "place", "said"),
    [
        (f"same: [{NAME}, demain]", "1:48: decisions.1.same.2", "« demain » ne désigne pas un événement. Écrire le "),
        (f"same: [{NAME}, blog/2026/x.md]", "1:48: decisions.1.same.2", "« blog/2026/x.md » ne désigne pas un évé"),
        (f"same: [{NAME}]", "1:9: decisions.1.same", "il faut au moins deux événements différents."),
        (f"different: [{NAME}, {NAME}]", "1:14: decisions.1.different", "il faut au moins deux événements diffé"),
        ("{}", "1:3: decisions.1", "écrire « same » (c'est un seul événement) ou « different »"),
        ("same: [agenda/a.md, agenda/b.md]", "1:9: decisions.1.same", "deux fichiers du site ne sont jamais réunis."),
        ("same: agenda/a.md", "1:9: decisions.1.same", "une liste est attendue."),
        ("sames: [a, b]", "1:3: decisions.1.sames", "champ inconnu. Vouliez-vous écrire « same » ?"),
    ],
)
def test_a_decision_that_cannot_be_read_is_refused(line, place, said):
    found = problem(line)
    assert found.startswith(f"{place} : ")
    assert said in found


def test_both_at_once_is_refused():
    assert "l'un des deux" in problem("{same: [agenda/a.md, x/2026-07-06/y], different: [agenda/a.md, x/2026-07-06/y]}")


def test_decisions_that_contradict_each_other_are_refused():
    found = problem(
        f"same: [agenda/a.md, {NAME}]", f"same: [{NAME}, x/2026-07-06/y]", "different: [agenda/a.md, x/2026-07-06/y]"
    )
    assert found.startswith("3:14: decisions.3.different : une autre ligne dit que ces événements sont le même.")


# What nobody announces


def warnings(line, *documents, **options):
    document, problems = read(line)
    assert problems == []
    found = values.problems(values.site(document, *documents, **options))
    return [warning.removeprefix(f"content/{FILE}:") for warning in found]


def test_decisions_about_known_events_say_nothing():
    assert warnings(f"same: [agenda/2026/fete.md, {NAME}]", OURS, THEIRS) == []


def test_an_event_that_a_partner_took_away_is_a_warning_with_the_nearest():
    gone = "ville-de-tours/2026-07-06/velorutions"
    assert warnings(f"same: [agenda/2026/fete.md, {gone}]", OURS, THEIRS) == [
        (
            f"1:31: avertissement : « {gone} » : aucun calendrier importé ne l'annonce plus. "
            f"Vouliez-vous écrire « {NAME} » ?"
        )
    ]
    assert "Corriger cette ligne, ou la retirer." in values.once(warnings(f"same: [agenda/2026/fete.md, {gone}]", OURS))


def test_a_file_that_is_not_there_is_a_warning():
    found = values.once(warnings(f"different: [agenda/2026/fetes.md, {NAME}]", OURS, THEIRS))
    assert found.startswith("1:15: avertissement : « agenda/2026/fetes.md » : aucun fichier de ce nom. ")
    assert "« agenda/2026/fete.md »" in found


def test_a_draft_is_there():
    draft = event("Brouillon", draft=True)
    assert warnings(f"same: [{draft.path}, {NAME}]", draft, THEIRS, files={draft.path: (1, 1, 1)}) == []


def test_what_is_past_is_left_in_peace():
    line = f"same: [agenda/2026/fete.md, {NAME}]"
    assert len(warnings(line, OURS, now="2026-07-06T23:00")) == 1
    assert warnings(line, OURS, now="2026-07-07T00:00") == []
