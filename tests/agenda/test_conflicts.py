"""Before announcing: what else takes place that day, and whether people are on holiday."""

import sys

import pytest

from plugins.agenda.conflicts import advise
from plugins.agenda.details import Source
from plugins.press.problems import render_text
from tests import sites, values
from tests.values import event

DAY = "2026-06-16"  # a Tuesday without holidays of any kind
REMEDY = "Choisir un autre jour, ou s'entendre avec qui l'organise."


def ours(title, start=f"{DAY}T18:00", *, said="2026-05-01", departments=("37",), **options):
    return event(title, start, date=said, departments=departments, marks={"start": (4, 8)}, **options)


def theirs(title, start=f"{DAY}T10:00", departments=("37",), **options):
    source = Source("Archipel", title)
    return event(title, start, path=f"agenda/imports/{title}", departments=departments, source=source, **options)


def advice(*documents, path="", **options):
    """What is said, without the place of the warning."""
    found = [render_text(problem) for problem in advise(values.site(*documents, **options), path)]
    assert all(": avertissement : start : " in line for line in found)
    return [line.partition(" : start : ")[2] for line in found]


# Other events


def test_the_other_event_of_that_day_in_that_department_is_named_at_the_start():
    site = values.site(ours("Atelier", said="2026-05-02"), ours("Forum", city="Tours"))
    assert [render_text(problem) for problem in advise(site)] == [
        (
            "content/agenda/2026/atelier.md:4:8: avertissement : start : le mardi 16 juin 2026, il y a aussi "
            f"« Forum » (Tours). {REMEDY}"
        )
    ]


def test_a_common_tag_is_enough_whatever_its_case():
    pair = [
        ours(name, departments=(code,), tags=(tag,)) for name, code, tag in (("A", "37", "ESS"), ("B", "45", "ess"))
    ]
    assert len(advice(*pair)) == 1


@pytest.mark.parametrize(
    "other",
    [
        ours("Forum", departments=("45",)),
        ours("Forum", f"{DAY[:-2]}17"),
        ours("Forum", departments=()),
        ours("Forum", event_status="cancelled"),
        ours("Forum", event_status="postponed"),
        ours("Forum", "2026-06-15", end="2026-06-25"),
    ],
    ids=["elsewhere", "another day", "nowhere", "cancelled", "postponed", "longer than a week"],
)
def test_what_does_not_compete_is_not_named(other):
    assert advice(ours("Atelier"), other) == []


def test_an_event_of_some_days_competes_on_each():
    assert len(advice(ours("Atelier"), theirs("Festival", "2026-06-14", end="2026-06-18"))) == 1


def test_a_partner_s_event_is_named_but_not_warned_of():
    assert advice(ours("Atelier"), theirs("Forum")) == [f"le mardi 16 juin 2026, il y a aussi « Forum ». {REMEDY}"]
    assert advice(theirs("Atelier"), theirs("Forum")) == []


def test_two_of_ours_are_told_once_at_the_one_announced_last():
    pair = [ours("A", said="2026-05-02"), ours("B", said="2026-05-01")]
    said = [problem.path for problem in advise(values.site(*pair))]
    assert said == ["content/agenda/2026/a.md"]


def test_what_is_not_committed_yet_is_announced_last():
    old, new = event("Vieux", DAY, departments=("37",)), event("Neuf", DAY, departments=("37",))
    site = values.site(old, new, announced={old.path: "2026-05-01"})
    assert [problem.path for problem in advise(site)] == [f"content/{new.path}"]


def test_three_are_named_and_the_others_counted():
    others = [theirs(f"Forum {n}") for n in range(5)]
    assert "« Forum 0 », « Forum 1 », « Forum 2 » et 2 autres." in values.once(advice(ours("Atelier"), *others))
    assert "« Forum 2 » et 1 autre." in values.once(advice(ours("Atelier"), *others[:4]))
    assert "« Forum 1 » et « Forum 2 »." in values.once(advice(ours("Atelier"), *others[:3]))


SERIES = values.read(
    "agenda/2026/serie.md",
    sites.event("Série", f"{DAY}T18:00", departments='["37"]', repeat="{rule: FREQ=WEEKLY;COUNT=4}", date="2026-05-02"),
)[0]


def test_a_series_does_not_compete_with_itself():
    assert advice(SERIES, settings=sites.settings(school_holiday_zone="")) == []


def test_a_series_says_on_which_of_its_days():
    said = advice(SERIES, theirs("Forum", "2026-06-23", city="Tours"))
    assert said[0] == f"ces jours-là, il y a aussi « Forum » (Tours, mardi 23 juin 2026). {REMEDY}"


def test_what_is_past_or_has_begun_is_left_in_peace():
    pair = ours("Atelier"), ours("Forum")
    assert len(advice(*pair, now=f"{DAY}T17:59")) == 1
    assert advice(*pair, now=f"{DAY}T18:00") == []
    assert advice(ours("Atelier"), theirs("Forum", end=f"{DAY}T11:00"), now=f"{DAY}T12:00") == []


# A new file


def test_a_new_file_that_says_no_department_is_compared_with_all():
    new = ours("Neuf", departments=())
    others = [theirs("Loin", departments=("45",)), ours("Ici", said="2026-05-09")]
    assert advice(new, *others) == []
    assert "« Loin » et « Ici »" in values.once(advice(new, *others, path=new.path))


def test_of_a_new_file_nothing_is_said_of_the_others():
    pair = ours("A", said="2026-05-02"), ours("B", said="2026-05-01")
    assert "« A »" in values.once(advice(*pair, path="agenda/2026/b.md"))


# Holidays


def test_a_public_holiday_is_told():
    assert advice(ours("Atelier", "2026-11-11")) == ["jour férié : mercredi 11 novembre 2026 (Armistice)."]


def test_school_holidays_are_told_for_the_zone_of_the_settings():
    summer = ours("Atelier", "2026-07-06")
    assert advice(summer) == ["vacances scolaires de la zone B : Vacances d'été (lundi 6 juillet 2026)."]
    assert advice(summer, settings=sites.settings(school_holiday_zone="")) == []


def test_beyond_the_published_calendar_nothing_is_said():
    assert advice(ours("Atelier", "2099-07-06")) == []


def test_each_holiday_of_a_series_is_told_once():
    series = values.read(
        "agenda/2026/s.md", sites.event("S", "2026-10-20", repeat="{rule: FREQ=WEEKLY;COUNT=30}", date="2026-05-01")
    )[0]
    assert advice(series) == [
        (
            "vacances scolaires de la zone B : Vacances de la Toussaint (mardi 20 octobre 2026), "
            "Vacances de Noël (mardi 22 décembre 2026), Vacances d'hiver (mardi 23 février 2027) et 1 autre."
        )
    ]


def without_packages(monkeypatch):
    for name in ("holidays", "vacances_scolaires_france"):
        monkeypatch.setitem(sys.modules, name, None)


def test_the_packages_are_imported_only_for_a_coming_event(monkeypatch):
    without_packages(monkeypatch)
    assert advice(ours("Passé", "2026-05-01"), theirs("Forum", "2026-07-14")) == []
    with pytest.raises(ImportError):
        advice(ours("Atelier", "2031-07-14"))


def test_the_real_agenda_is_past_and_nothing_is_said_of_it(monkeypatch):
    without_packages(monkeypatch)
    site = sites.assemble(sites.ROOT)
    assert len([document for document in site.documents if document.url.startswith("/agenda/")]) > 40
    assert list(advise(site, "")) == []


# In the commands

CONTENT = {
    "content/agenda/2026/forum.md": sites.event("Forum", f"{DAY}T10:00", departments='["37"]', date="2026-05-01"),
    "content/agenda/2026/fete.md": sites.event("Fête", f"{DAY}T10:00", departments='["37"]', date="2026-05-02"),
}
SAID = "content/agenda/2026/fete.md:3:8: avertissement : start : le mardi 16 juin 2026, il y a aussi « Forum »."


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return sites.write(sites.copy_project(tmp_path_factory.mktemp("conflits") / "site"), CONTENT)


def test_the_check_says_it_and_a_build_neither_says_nor_remembers_it(project):
    assert sites.run(project, "check").stdout.startswith(SAID)
    for _ in range(2):
        done = sites.run(project, "build")
        assert (done.returncode, done.stderr) == (0, "")
    assert SAID in sites.run(project, "check").stdout


def test_a_new_event_is_told_at_once_what_else_takes_place(project):
    done = sites.run(project, "new", "event", "Neuf", "--start", f"{DAY}T20:00")
    assert (done.returncode, done.stdout) == (0, "content/agenda/2026/neuf.md\n")
    place = "content/agenda/2026/neuf.md:4:8: avertissement : start"
    assert done.stderr == f"{place} : le mardi 16 juin 2026, il y a aussi « Forum » et « Fête ». {REMEDY}\n"
    (project / "content/agenda/2026/neuf.md").unlink()


def test_a_new_event_is_made_whatever_is_wrong_elsewhere(project, tmp_path):
    broken = {
        "agenda/2026/forum.md": sites.event(start="demain"),
        "blog/2026/x.md": "rien",
        "agenda/doublons.yaml": "- x",
    }
    content = sites.write(tmp_path / "content", broken)
    done = sites.run(project, "new", "event", "Neuf", "--start", "2026-11-11", "--content", str(content))
    assert done.returncode == 0
    assert done.stderr.endswith("jour férié : mercredi 11 novembre 2026 (Armistice).\n")


def test_a_new_article_asks_for_no_advice(project):
    assert sites.run(project, "new", "article", "Neuf").stderr == ""


def test_a_file_is_written_even_when_no_advice_can_be_given(tmp_path):
    root = sites.write(sites.copy_project(tmp_path / "site"), CONTENT | {".output.press": "un fichier"})
    done = sites.run(root, "new", "event", "Sans conseil")
    assert (done.returncode, done.stdout) == (0, "content/agenda/2026/sans-conseil.md\n")
    assert done.stderr.startswith("Impossible de continuer : ")
