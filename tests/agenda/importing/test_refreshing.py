"""The whole import: what it writes, what it says, and that nothing bad ever costs what was known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plugins.agenda.importing.cleaning import clean_line
from plugins.agenda.importing.refreshing import refresh
from plugins.press.problems import PressError
from tests import sites
from tests.agenda.importing.calendars import (
    calendar,
    event,
    files,
    imported,
    lines,
    request,
    run,
    text,
    titles,
    warnings,
)
from tests.agenda.importing.servers import answer

SIX = [event(f"Bal {n}", f"202607{n:02}T200000", uid=str(n)) for n in range(1, 7)]
FILE = """\
# Écrit par « ./site import », qui le réécrit quand le calendrier change. Une seule chose s'ajoute à la main :
# « shown: true » (montrer) ou « shown: false » (cacher) dans un événement. Elle est gardée.
name: Les Amis
address: amis.ics
changed: 2026-06-01T12:00
count: 2
refused: 1
trusted: true
aggregator: false
department: '37'
category: prestation
events:
- key: 2026/07/fete-de-l-ete-les-amis
  uid: 1@exemple.fr
  title: Fête de l’été 🎉
  start: 2026-07-05T18:00
  end: 2026-07-05T20:00
  summary: 'Venez : on danse.'
  place:
    name: La Cale
    postcode: '45000'
    city: Orléans
  departments:
  - '45'
  url: https://exemple.fr/fete
  seen: 2026-06-01
- key: 2026/07/festival-les-amis
  uid: '2'
  title: Festival
  start: 2026-07-10
  end: 2026-07-12
  dates:
  - 2026-07-17/2026-07-19
  seen: 2026-06-01
"""
FULL = calendar(
    event(
        "Fête de l’été 🎉",
        DTEND="20260705T200000",
        DESCRIPTION="Venez : <b>on danse</b>.",
        LOCATION=r"La Cale\, 45000 Orléans",
        URL="https://exemple.fr/fete",
    ),
    event("Festival", ";VALUE=DATE:20260710", uid="2", DTEND=";VALUE=DATE:20260713", RRULE="FREQ=WEEKLY;COUNT=2"),
    event("À l'envers", uid="3", DTEND="20260101T000000"),
)


def test_a_calendar_becomes_a_file_that_people_can_read(tmp_path):
    result = run(tmp_path, FULL, extra=', department: "37", category: prestation')
    assert text(tmp_path) == FILE
    assert result.lines == (
        "Les Amis : 2 événements, dont 2 à venir.",
        "  nouveau : Fête de l’été 🎉 (2026-07-05 18:00)",
        "  nouveau : Festival (2026-07-10, 2 dates)",
        "  refusé : À l'envers : la fin (2026-01-01 00:00) vient avant le début (2026-07-05 18:00) (uid : 3)",
        "  écrit : content/agenda/imports/les-amis.yaml",
    )
    assert (result.problems, result.tried, result.failed, result.names) == ((), 1, 0, ("Les Amis",))
    first, second = imported(tmp_path).events
    assert (first.departments, second.departments) == (("45",), ("37",))


def test_importing_twice_writes_nothing(tmp_path):
    run(tmp_path, FULL)
    before = (tmp_path / "content/agenda/imports/les-amis.yaml").stat()
    result = run(tmp_path, FULL, now=sites.NOW + timedelta(hours=2))
    after = (tmp_path / "content/agenda/imports/les-amis.yaml").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    assert [line for line in result.lines if "refusé" not in line] == ["Les Amis : 2 événements, dont 2 à venir."]


def test_a_run_says_what_is_new_moved_gone_and_changed(tmp_path):
    run(tmp_path, calendar(*SIX))
    moved = event("Bal 1", "20260801T200000", uid="1")
    cancelled = event("Bal 2", "20260702T200000", uid="2", STATUS="CANCELLED")
    elsewhere = event("Bal 3", "20260703T200000", uid="3", LOCATION="Ailleurs")
    other = event("Bal 4", "20260704T200000", uid="4", DESCRIPTION="Autre texte")
    result = run(tmp_path, calendar(moved, cancelled, elsewhere, other, SIX[4], event("Loto", uid="7")))
    assert lines(result, "nouveau") == ["Loto (2026-07-05 18:00)"]
    assert lines(result, "déplacé") == [
        "Bal 1 (2026-07-01 20:00 → 2026-08-01 20:00)",
        "Bal 2 (annulé)",
        "Bal 3 (sans lieu → Ailleurs)",
    ]
    assert lines(result, "modifié") == ["Bal 4 (2026-07-04 20:00)"]
    assert lines(result, "disparu") == ["Bal 6 (2026-07-06 20:00)"]
    found = {each.title: each for each in imported(tmp_path).events}
    assert found["Bal 2"].event_status == "cancelled"
    assert found["Bal 1"].url == "/agenda/2026/07/bal-1-les-amis/"


def test_long_lists_are_cut(tmp_path):
    result = run(tmp_path, calendar(*(event(f"Bal {n}", uid=str(n)) for n in range(25))))
    assert len(lines(result, "nouveau")) == 21
    assert lines(result, "nouveau")[-1] == "et 5 autres"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "le fichier est vide."),
        (b"<!DOCTYPE html><h1>Erreur 500</h1>", "c'est une page web, pas un calendrier."),
        (calendar(*SIX)[:-30], "le fichier s'arrête au milieu"),
        (b"x" * (10 * 1024 * 1024 + 1), "le fichier « amis.ics » dépasse 10 Mio."),
    ],
    ids=["empty", "HTML", "truncated", "huge"],
)
def test_what_fails_keeps_its_last_good_copy(tmp_path, data, reason):
    run(tmp_path, calendar(*SIX))
    before = files(tmp_path)
    result = run(tmp_path, data)
    (warning,) = warnings(result)
    assert warning.startswith(f"Les Amis : {reason}")
    assert warning.endswith("Ce qui était connu de ce calendrier reste.")
    assert files(tmp_path) == before
    assert (result.tried, result.failed) == (1, 1)


def test_a_first_import_that_fails_says_that_nothing_is_known(tmp_path):
    (warning,) = warnings(run(tmp_path, b""))
    assert warning.endswith("Rien n'en est connu pour l'instant.")
    assert not (tmp_path / "content/agenda/imports").exists()


def test_far_fewer_events_are_kept_aside_until_somebody_accepts(tmp_path):
    run(tmp_path, calendar(*SIX))
    before = files(tmp_path)
    for _ in range(2):
        result = run(tmp_path, calendar(*SIX[:2]))
        (warning,) = warnings(result)
        assert "6 événements à venir étaient connus, le calendrier n'en donne plus que 2 en tout." in warning
        assert warning.endswith('./site import --accept "Les Amis".')
        assert (files(tmp_path), result.failed, result.lines) == (before, 0, ("Les Amis : mis de côté.",))
    result = run(tmp_path, calendar(*SIX[:2]), "Les Amis")
    assert (warnings(result), titles(tmp_path)) == ([], ["Bal 1", "Bal 2"])
    assert len(lines(result, "disparu")) == 4


def test_a_calendar_that_is_suddenly_without_any_event_is_kept_aside(tmp_path):
    run(tmp_path, calendar(SIX[0]))
    (warning,) = warnings(run(tmp_path, calendar()))
    assert "n'en donne plus que 0 en tout" in warning
    assert titles(tmp_path) == ["Bal 1"]


def test_one_partner_s_mistake_costs_the_others_nothing(tmp_path):
    partners = "- {name: Cassé, file: rien.ics}\n- {name: Les Amis, file: amis.ics}\n"
    sites.write(tmp_path / "content", {"agenda/partenaires.yaml": partners, "amis.ics": FULL})
    result = run(tmp_path)
    assert warnings(result) == [
        "Cassé : le fichier « rien.ics » n'existe pas. Rien n'en est connu pour l'instant.",
    ]
    assert (result.tried, result.failed, list(files(tmp_path))) == (2, 1, ["les-amis.yaml"])
    assert result.lines[0] == "Cassé : pas de nouvelles."


def test_a_partner_without_trust_is_to_be_reviewed_and_decisions_stay(tmp_path):
    partners = {"agenda/partenaires.yaml": "- {name: Les Amis, file: amis.ics}\n", "amis.ics": calendar(*SIX)}
    sites.write(tmp_path / "content", partners)
    assert "  à relire : 6 (ajouter « shown: true » à chaque événement à montrer)" in run(tmp_path).lines
    assert titles(tmp_path) == []
    decided = text(tmp_path).replace("title: Bal 3\n", "title: Bal 3\n  shown: true\n")
    sites.write(tmp_path / "content", {"agenda/imports/les-amis.yaml": decided})
    result = run(tmp_path)
    assert text(tmp_path) == decided
    assert (titles(tmp_path), "  à relire : 5" in "\n".join(result.lines)) == (["Bal 3"], True)


def test_mistakes_in_the_list_of_partners_are_errors(tmp_path):
    sites.write(tmp_path / "content", {"agenda/partenaires.yaml": "- nom: Un\n"})
    result = run(tmp_path)
    assert all(problem.is_error for problem in result.problems)
    assert {problem.path for problem in result.problems} == {"content/agenda/partenaires.yaml"}


def test_a_kept_file_that_was_broken_by_hand_is_never_overwritten(tmp_path):
    run(tmp_path, calendar(*SIX))
    broken = text(tmp_path) + "<<<<<<< HEAD\n"
    sites.write(tmp_path / "content", {"agenda/imports/les-amis.yaml": broken})
    result = run(tmp_path, calendar(*SIX))
    assert text(tmp_path) == broken
    assert result.problems[0].is_error
    assert result.lines == ("Les Amis : laissé de côté, son fichier est à réparer.",)


def test_a_calendar_of_nobody_any_more_is_told(tmp_path):
    run(tmp_path, FULL)
    sites.write(tmp_path / "content", {"agenda/partenaires.yaml": "- {name: Autres, file: amis.ics}\n"})
    assert warnings(run(tmp_path)) == [
        "ce calendrier n'est plus celui d'aucun partenaire. Effacer ce fichier pour retirer ses événements."
    ]


def test_without_partners_there_is_nothing_to_do(tmp_path):
    assert run(tmp_path).tried == 0


def test_a_link_out_of_the_content_is_not_followed(tmp_path):
    sites.write(tmp_path, {"secret.ics": FULL, "content/agenda/x": ""})
    (tmp_path / "content/amis.ics").symlink_to(tmp_path / "secret.ics")
    sites.write(tmp_path / "content", {"agenda/partenaires.yaml": "- {name: Les Amis, file: amis.ics}\n"})
    assert warnings(run(tmp_path))[0].startswith("Les Amis : « amis.ics » mène hors du dossier des textes.")


def test_an_entire_path_says_on_purpose_where_a_file_is(tmp_path):
    sites.write(tmp_path, {"ailleurs/agenda.ics": FULL})
    partners = f"- {{name: Les Amis, trusted: true, file: {tmp_path}/ailleurs/agenda.ics}}\n"
    sites.write(tmp_path / "content", {"agenda/partenaires.yaml": partners})
    run(tmp_path)
    assert titles(tmp_path) == ["Fête de l’été 🎉", "Festival"]


def test_a_device_is_no_calendar(tmp_path):
    sites.write(tmp_path / "content", {"agenda/partenaires.yaml": "- {name: Sans fin, file: /dev/zero}\n"})
    assert "n'existe pas" in warnings(run(tmp_path))[0]


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    sites.write(tmp_path / "content", {"agenda/imports": "un fichier"})
    with pytest.raises(PressError, match="agenda/imports"):
        run(tmp_path, FULL)


def test_events_that_would_fill_more_than_a_file_keep_the_last_copy(tmp_path):
    run(tmp_path, calendar(*SIX))
    before = files(tmp_path)
    long = [
        event(f"{n} " + "x" * 190, uid=f"{n}", DESCRIPTION="y" * 300, LOCATION="z" * 190, URL=f"https://exemple.fr/{n}")
        for n in range(3000)
    ]
    (warning,) = warnings(run(tmp_path, calendar(*long)))
    assert "trop nombreux pour un fichier" in warning
    assert files(tmp_path) == before


# Over the network


def over_https(tmp_path, server, **values: object):
    partners = f"- {{name: Les Amis, url: {server.url()!r}, trusted: true}}\n"
    sites.write(tmp_path / "content", {"agenda/partenaires.yaml": partners})
    return refresh(request(tmp_path, **values), server.network())


def test_a_calendar_comes_over_https_and_is_not_sent_twice(tmp_path, server):
    server.pages["/agenda.ics"] = answer(calendar(*SIX), ETag='"1"')
    assert len(lines(over_https(tmp_path, server), "nouveau")) == 6
    before = files(tmp_path)
    server.pages["/agenda.ics"] = answer(b"", 304)
    result = over_https(tmp_path, server)
    assert server.asked[-1][1]["If-None-Match"] == '"1"'
    assert (result.failed, warnings(result), files(tmp_path)) == (0, [], before)


def test_an_unchanged_series_goes_on_with_time(tmp_path, server):
    series = event("Atelier", "20260605T180000", RRULE="FREQ=MONTHLY;BYDAY=1FR")
    server.pages["/agenda.ics"] = answer(calendar(series), ETag='"1"')
    over_https(tmp_path, server)
    before = imported(tmp_path).events[0]
    server.pages["/agenda.ics"] = answer(b"", 304)
    over_https(tmp_path, server, now=sites.NOW + timedelta(days=100))
    after = imported(tmp_path).events[0]
    assert len(after.occurrences) == len(before.occurrences) + 4
    assert (after.start, after.url) == (before.start, before.url)


def test_a_fresh_clone_fetches_the_whole_and_writes_the_same(tmp_path, server):
    server.pages["/agenda.ics"] = answer(calendar(*SIX), ETag='"1"')
    over_https(tmp_path / "un", server)
    cloned = {f"agenda/imports/{name}": data for name, data in files(tmp_path / "un").items()}
    sites.write(tmp_path / "deux/content", cloned)
    over_https(tmp_path / "deux", server, now=sites.NOW + timedelta(minutes=5))
    assert "If-None-Match" not in server.asked[-1][1]
    assert files(tmp_path / "deux") == files(tmp_path / "un")


def test_a_bad_answer_is_not_remembered_as_the_calendar(tmp_path, server):
    server.pages["/agenda.ics"] = answer(calendar(*SIX), ETag='"bon"')
    over_https(tmp_path, server)
    server.pages["/agenda.ics"] = answer(b"<html>Erreur</html>", ETag='"mauvais"')
    result = over_https(tmp_path, server)
    assert "c'est une page web" in warnings(result)[0]
    server.pages["/agenda.ics"] = answer(b"", 304)
    assert over_https(tmp_path, server).failed == 0
    assert server.asked[-1][1]["If-None-Match"] == '"bon"'


def test_a_damaged_memory_is_no_memory(tmp_path, server):
    server.pages["/agenda.ics"] = answer(calendar(*SIX), ETag='"1"')
    over_https(tmp_path, server)
    for kept in (request(tmp_path).places.state / "imports").iterdir():
        kept.write_bytes(b"abc")
    assert over_https(tmp_path, server).failed == 0


def test_a_server_that_refuses_keeps_the_last_good_copy(tmp_path, server):
    server.pages["/agenda.ics"] = answer(calendar(*SIX))
    over_https(tmp_path, server)
    before = files(tmp_path)
    server.pages["/agenda.ics"] = answer(b"", 302, Location="http://exemple.fr/")
    result = over_https(tmp_path, server)
    assert (result.failed, files(tmp_path)) == (1, before)
    assert "n'est pas une adresse sûre (https)" in warnings(result)[0]


def test_emoji_and_accents_are_those_of_the_calendar(tmp_path):
    title = "Œuvrons à l’été : ça bouge ! 👩🏽‍🌾🎉 « Noël »"
    run(tmp_path, calendar(event(title)))
    assert titles(tmp_path) == [clean_line(title, 200)] == [title]


def test_an_imported_calendar_survives_a_build(tmp_path):
    hostile = event("</title><script>alert(1)</script>Fête {{ 7*7 }}", DESCRIPTION="[lien](javascript:alert(1))")
    run(tmp_path, calendar(hostile, *SIX))
    sites.build(tmp_path)
    pages = b"".join(sites.tree(tmp_path / "output").values())
    assert b"<script>alert" not in pages
