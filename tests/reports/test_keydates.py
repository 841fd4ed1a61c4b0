"""The key dates of a year: where they come from, in which order, and what becomes of them once they are voted."""

from datetime import date

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.press.kinds import Frozen
from plugins.press.problems import render_text
from plugins.reports.checks import advise
from plugins.reports.freezing import freeze
from plugins.reports.keydates import KeyDate
from plugins.reports.lock import render_lock
from plugins.reports.model import Reports
from tests import sites, values
from tests.values import dossier, event, locked, milestones, moment, once, report

MILESTONES = "rapports/2025/jalons.yaml"
LOCK = "rapports/2025/dates-cles.lock.csv"


def key_dates(*documents, **options):
    found = values.site(*documents, **options).get(Reports)
    return found.key_dates(found.reports[0])


def titles(*documents, **options):
    return [one.title for one in key_dates(*documents, **options)]


# Where they come from


def test_key_dates_are_those_of_the_period_in_order():
    events = [
        event("Avant", "2024-12-31", "2025-01-02"),
        event("Dernier", "2025-12-31T23:00", "2026-01-01T02:00"),
        event("Premier", "2025-01-01"),
        event("Après", "2026-01-01"),
        event("Pas une date clé", "2025-05-05", key_date=False),
        event("Milieu", "2025-05-05"),
    ]
    assert titles(report(), *events) == ["Premier", "Milieu", "Dernier"]


def test_key_dates_follow_the_period_of_the_report():
    school_year = report(start=date(2024, 9, 1), end=date(2025, 8, 31))
    events = [event("Rentrée", "2024-09-01"), event("Fin", "2025-08-31"), event("Reprise", "2025-09-01")]
    assert titles(school_year, *events) == ["Rentrée", "Fin"]


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_did_not_take_place_is_no_key_date(status):
    assert titles(report(), event("Fête", "2025-05-05", event_status=status)) == []
    assert titles(report(), event("Fête", "2025-05-05", event_status="rescheduled")) == ["Fête"]


def test_an_event_that_comes_back_is_one_key_date_at_its_first_time_in_the_period():
    weekly = values.weekly("2024-12-24", "2024-12-31", "2025-01-07", "2025-01-14")
    assert [(one.title, one.start) for one in key_dates(report(), weekly)] == [("Atelier", moment("2025-01-07"))]


def test_a_dossier_that_came_out_is_a_key_date_unless_it_says_no():
    found = key_dates(report(), dossier("La réparation", "2025-02-03T10:00"), dossier("Hors", "2024-02-03"))
    assert [(one.kind, one.title, one.start, one.url) for one in found] == [
        ("dossier", "Lancement du dossier « La réparation »", moment("2025-02-03"), "/dossiers/la-reparation/")
    ]
    assert titles(report(), dossier("La réparation", "2025-02-03", launch=None)) == []


def test_a_dossier_says_how_its_launch_is_told():
    path, year = "dossiers/un/index.md", {"date": "2025-02-03"}
    launch = '\n  title: "On lance"\n  departments: ["37"]\n  category: communication'
    told, problems = values.read(path, sites.document("Un", **year, launch=launch))
    assert problems == []
    one = once(key_dates(report(), told))
    assert (one.title, one.departments, one.category) == ("On lance", ("37",), "communication")
    quiet, _ = values.read(path, sites.document("Un", **year, key_date="false"))
    assert key_dates(report(), quiet) == ()
    _, problems = values.read(path, sites.document("Un", **year, launch="\n  category: bruit"))
    assert "5:13: launch.category : « bruit » n'est pas une catégorie." in once(problems)


def test_milestones_stand_among_the_events_at_their_day():
    found = milestones(("2025-03-03", "Une embauche"), ("2025-01-02", "Un dépôt"))
    assert titles(report(), event("Fête", "2025-02-01"), found) == ["Un dépôt", "Fête", "Une embauche"]


def test_dates_of_one_day_come_whole_days_first_then_by_title():
    events = [event("B", "2025-05-05T09:00"), event("C", "2025-05-05"), event("A", "2025-05-05T09:00")]
    assert titles(report(), *events, milestones(("2025-05-05", "B"))) == ["B", "C", "A", "B"]


# Milestones, as they are typed


def read(*lines, path=MILESTONES):
    return values.read(path, "\n".join(lines) + "\n")


def test_a_milestone_has_the_fields_of_an_event_and_may_lead_to_a_page():
    document, problems = read(
        "- start: 2025-03-03",
        "  end: 2025-03-05",
        '  title: "Une embauche"',
        '  departments: ["37"]',
        "  category: vie-associative",
        "  link: 01-vie.md#equipe",
        "- start: 2025-04-01",
        '  title: "Un dépôt"',
    )
    assert problems == []
    text = values.text(headings=(values.heading("equipe"),))
    found = key_dates(report(), values.section(1, "Vie", text=text), document)
    assert found[0] == KeyDate(
        kind="milestone",
        identity="rapports/2025/jalons/2025-03-03-une-embauche",
        title="Une embauche",
        start=moment("2025-03-03"),
        end=moment("2025-03-05"),
        departments=("37",),
        category="vie-associative",
        url="/rapports/2025/#vie-equipe",
    )
    assert found[1].url == ""


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["- title: x"], "1:3: dates.1.start : ce champ est obligatoire."),
        (["- start: 3 mars 2025", "  title: x"], "1:10: dates.1.start : « 3 mars 2025 » n'est pas une date."),
        (["- start: 2025-03-03", "  end: 2025-03-01", "  title: x"], "2:8: dates.1.end : la fin vient avant le début."),
        (["- start: 2025-03-03", "  title: x", "  category: y"], "3:13: dates.1.category : « y » n'est pas une catég"),
        (["- start: 2025-03-03", "  title: x", '  departments: ["99"]'], "dates.1.departments.1 : « 99 » n'est pas un"),
        (["- start: 2025-03-03", "  title: x"] * 2, "4:10: dates.2.title : cette date est déjà ligne 1."),
        (["- start: 2025-03-03", "  titre: x"], "2:3: dates.1.titre : champ inconnu. Vouliez-vous écrire « title » ?"),
        (["embauche"], "1:1: dates : une liste est attendue."),
    ],
)
def test_what_a_milestone_cannot_be_is_refused_with_its_place(lines, said):
    document, problems = read(*lines)
    assert document is None
    assert any(problem.startswith(f"content/{MILESTONES}:") and said in problem for problem in problems), problems


def test_a_milestone_outside_the_period_is_refused_and_one_that_leads_nowhere_too():
    document, _ = read("- start: 2024-12-31", "  title: x", "  link: rien.md")
    site = values.site(report(), document)
    assert once(values.problems(site)).startswith(
        f"content/{MILESTONES}:1:1: « x » (2024-12-31) n'est pas dans la période du rapport, du 1er janvier 2025 au"
    )
    broken = render_text(once(list(site.check_links())))
    assert broken.startswith(f"content/{MILESTONES}:3:9: le lien « rien.md » mène à un fichier qui n'existe pas.")


# Frozen

VOTED = (
    KeyDate(
        "event", "agenda/2025/fete", "Fête", moment("2025-05-05"), departments=("37",), url="/agenda/2025/05/fete/"
    ),
    KeyDate("milestone", "rapports/2025/jalons/2025-09-01-embauche", "Embauche", moment("2025-09-01")),
)
FROZEN = report(frozen=date(2026, 5, 1))
EVENTS = (event("Fête", "2025-05-05", departments=("37",)), event("Bal", "2025-06-06"))
LATER = (event("Grande fête", "2025-05-06", path="agenda/2025/fete.md", slug="fete"), event("Bal", "2025-06-06"))


def warnings(*documents, **options):
    return [render_text(problem) for problem in advise(values.site(*documents, **options), "")]


def test_a_frozen_report_keeps_the_dates_that_were_voted():
    site = values.site(FROZEN, locked(*VOTED), *LATER, values.figures(values.figure("n", 2, computed="key-dates")))
    assert values.problems(site) == []
    assert [one.title for one in site.get(Reports).key_dates(FROZEN)] == ["Fête", "Embauche"]
    page = values.tree(site, "/rapports/2025/")
    assert values.titles(page, "#dates-cles li a") == ["Fête"]
    assert "2 dates clés" in values.words(page)
    lines = values.render(site, "/rapports/2025/dates-cles.csv").decode().splitlines()
    assert [line.split(";")[0:3:2] for line in lines[1:]] == [["2025-05-05", "Fête"], ["2025-09-01", "Embauche"]]
    calendar = icalendar.Calendar.from_ical(values.render(site, "/rapports/2025/dates-cles.ics"))
    assert [(str(one["SUMMARY"]), one["DTSTART"].dt) for one in calendar.walk("VEVENT")] == [
        ("Fête", date(2025, 5, 5)),
        ("Embauche", date(2025, 9, 1)),
    ]


def test_until_the_day_of_the_vote_the_list_follows_the_agenda():
    assert titles(FROZEN, locked(*VOTED), *EVENTS, now="2026-04-30T23:00") == ["Fête", "Bal"]
    assert titles(FROZEN, locked(*VOTED), *EVENTS, now="2026-05-01T00:00") == ["Fête", "Embauche"]
    assert titles(report(), locked(*VOTED), *EVENTS) == ["Fête", "Bal"]


def test_a_voted_date_leads_to_where_its_page_is_now_and_to_none_when_it_is_gone():
    moved = event("Fête", "2025-05-05", slug="kermesse", path="agenda/2025/kermesse.md", id="agenda/2025/fete")
    assert key_dates(FROZEN, locked(*VOTED), moved)[0].url == "/agenda/2025/05/kermesse/"
    assert key_dates(FROZEN, locked(*VOTED))[0].url == ""
    redirected = event("Autre", "2026-05-05", aliases=("/agenda/2025/05/fete/",))
    assert key_dates(FROZEN, locked(*VOTED), redirected)[0].url == "/agenda/2025/05/fete/"


def test_the_check_says_line_by_line_what_differs_since_the_vote():
    documents = (FROZEN, locked(*VOTED), *LATER)
    said = [
        ("2:1", "« Fête » (2025-05-05), le début : « 2025-05-05 » au vote, « 2025-05-06 » aujourd'hui."),
        ("2:1", "« Fête » (2025-05-05), le titre : « Fête » au vote, « Grande fête » aujourd'hui."),
        ("2:1", "« Fête » (2025-05-05), les départements : « 37 » au vote, « – » aujourd'hui."),
        ("3:1", "« Embauche » (2025-09-01) n'y est plus."),
        ("1:1", "« Bal » (2025-06-06) y est en plus."),
    ]
    assert warnings(*documents) == [
        f"content/{LOCK}:{place}: avertissement : depuis le vote : {what} Le rapport garde la liste votée."
        for place, what in said
    ]
    assert warnings(*documents, now="2026-04-30T23:00") == []
    assert list(advise(values.site(*documents), "agenda/2025/fete.md")) == []  # of one new file, nothing


def test_a_frozen_report_without_its_list_is_refused_unless_the_list_is_broken():
    line = once(values.problems(values.site(FROZEN)))
    assert line.startswith(f"content/rapports/2025/index.md:1:1: frozen : la liste votée content/{LOCK} manque.")
    assert "./site freeze 2025" in line
    assert values.problems(values.site(FROZEN, broken=[LOCK])) == []
    assert values.problems(values.site(FROZEN, now="2026-04-30T12:00")) == []


def thaw(text):
    """The list of a file, as the press reads it."""
    return values.read(LOCK, text.removeprefix("\ufeff"))


def test_what_is_frozen_is_read_back_as_it_was():
    document, problems = thaw(render_lock(VOTED))
    assert problems == []
    assert (document.dates, document.lines) == (VOTED, (2, 3))


DAYS = st.datetimes(moment("2025-01-01"), moment("2025-12-31")).map(lambda m: m.replace(second=0, microsecond=0))
TITLES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30) | st.sampled_from(
    ["=1", "'x", "a;b", '"x"', "-"]
)


@given(st.lists(st.tuples(DAYS, TITLES, st.sampled_from(["", "prestation"])), min_size=1, max_size=6))
def test_whatever_is_frozen_is_read_back_as_it_was(found):
    dates = tuple(
        KeyDate("event", f"agenda/{n}", title, start, all_day=start.hour == start.minute == 0, category=category)
        for n, (start, title, category) in enumerate(found)
    )
    document, problems = thaw(render_lock(dates))
    assert problems == []
    assert document.dates == dates


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1: dates : aucune date. Effacer ce fichier, puis lancer ./site freeze 2025."),
        ("start;title;kind;identity\n", "1:1: dates : aucune date."),
        ("start;title;kind;identity\n2025-05-05;Fête;event;a\n2025-05-06;Bal\n", "3:1: cette ligne a 2 cellules"),
        ("start;title;kind;identity\n5 mai;Fête;event;a\n", "2:1: dates.1.start : « 5 mai » n'est pas une date."),
        ("start;title;kind;identity\n2025-05-05;;event;a\n", "2:12: dates.1.title : ce champ est obligatoire."),
        ("start;title;kind;identity\n2025-05-05;x;fete;a\n", "2:14: dates.1.kind : « fete » n'est pas une valeur"),
        ("début;title;kind;identity\n2025-05-05;x;event;a\n", "2:1: dates.1.début : champ inconnu"),
        ("start;title;kind;identity\n" + "2025-05-05;x;event;a\n" * 2, "3:20: dates.2.identity : cette date est déjà"),
        ('start;title;kind;identity\n2025-05-05;"x;event;a\n', "guillemets mal fermés ou mal placés."),
    ],
)
def test_a_list_that_is_broken_says_where(text, said):
    document, problems = thaw(text)
    assert document is None
    assert any(problem.startswith(f"content/{LOCK}:") and said in problem for problem in problems), problems


# ./site freeze


def frozen(*documents, name="2025"):
    return freeze(values.site(*documents), name)


def test_freezing_writes_the_dates_as_they_are_and_says_what_to_add():
    found = frozen(report(assembly=date(2026, 5, 19)), *EVENTS)
    assert list(found.files) == [LOCK]
    document, _ = thaw(found.files[LOCK])
    assert [one.title for one in document.dates] == ["Fête", "Bal"]
    assert "2 dates clés figées." in " ".join(found.said.split())
    assert "Ajouter « frozen: 2026-05-19 »" in found.said
    assert "Ajouter" not in frozen(FROZEN, *EVENTS).said


def test_a_list_that_may_have_been_voted_is_not_replaced():
    found = frozen(FROZEN, locked(*VOTED), *EVENTS)
    assert (found.files, found.said) == (Frozen().files, "")
    assert f"content/{LOCK} existe et dit autre chose que l'agenda" in found.refusal
    same = frozen(FROZEN, *EVENTS).files
    assert frozen(FROZEN, thaw(same[LOCK])[0], *EVENTS).files == same


@pytest.mark.parametrize(
    ("documents", "name", "said"),
    [
        ((report(),), "2025", "le rapport 2025 n'a aucune date clé à figer."),
        ((report(), report(2024)), "2023", "« 2023 » n'est l'année d'aucun rapport. Rapports : 2025, 2024."),
        ((), "2025", "Rapports : aucun."),
    ],
)
def test_there_may_be_nothing_to_freeze(documents, name, said):
    assert said in frozen(*documents, name=name).refusal


def test_the_command_writes_the_file_once_and_refuses_a_year_without_report(tmp_path):
    root = sites.copy_project(tmp_path)
    files = {
        "rapports/2025/index.md": sites.document("Rapport", year="2025"),
        "agenda/2025/fete.md": sites.event(start="2025-05-05"),
    }
    sites.write(root / "content", files)
    done = sites.run(root, "freeze", "2025", SITE_NOW="2026-06-01T12:00")
    assert (done.returncode, done.stderr) == (0, "")
    assert " ".join(done.stdout.split()).startswith(
        f"content/{LOCK} : 1 date clé figée. Ajouter « frozen: AAAA-MM-JJ »"
    )
    first = (root / "content" / LOCK).read_bytes()
    sites.write(root / "content", {"agenda/2025/fete.md": sites.event("Bal", start="2025-05-05")})
    again = sites.run(root, "freeze", "2025", SITE_NOW="2026-06-01T12:00")
    assert (again.returncode, (root / "content" / LOCK).read_bytes()) == (2, first)
    assert sites.run(root, "freeze", "2024", SITE_NOW="2026-06-01T12:00").returncode == 2
    sites.write(root / "content", {"agenda/2025/fete.md": sites.event(start="demain")})
    broken = sites.run(root, "freeze", "2025", SITE_NOW="2026-06-01T12:00")
    assert broken.returncode == 1
    assert "« demain » n'est pas une date" in broken.stderr
