"""A report holds together: its sections, its figures, and what the site itself counts."""

from datetime import date

import pytest

from plugins.press.documents import Reference
from plugins.reports.checks import count
from plugins.reports.model import Reports, published
from tests import sites, values
from tests.values import article, dossier, event, figure, figures, moment, once, report, section

PATH = "rapports/2025/index.md"


def said(*documents):
    return values.problems(values.site(*documents))


# What is written above a report


def test_a_report_covers_its_year_unless_it_says_another_period():
    whole, problems = values.read(PATH, sites.document("Rapport", year="2025"))
    assert problems == []
    assert (whole.start, whole.end, whole.url) == (date(2025, 1, 1), date(2025, 12, 31), "/rapports/2025/")
    period = "\n  start: 2024-09-01\n  end: 2025-08-31"
    other, _ = values.read(PATH, sites.document("Rapport", year="2025", period=period))
    assert (other.start, other.end) == (date(2024, 9, 1), date(2025, 8, 31))


@pytest.mark.parametrize(
    ("fields", "place", "remedy"),
    [
        ({"year": "2024"}, "3:7: year", "ne va pas avec le dossier rapports/2025/"),
        ({"year": "deux mille"}, "3:7: year", "n'est pas un nombre entier"),
        (
            {"year": "2025", "period": "\n  start: 2025-09-01\n  end: 2025-08-31"},
            "5:3: period",
            "finit avant de commencer",
        ),
        ({"year": "2025", "assembly": "2026-05-19T18:00"}, "4:11: assembly", "n'est pas une date"),
    ],
)
def test_what_a_report_cannot_be_is_refused(fields, place, remedy):
    document, problems = values.read(PATH, sites.document("Rapport", **fields))
    assert document is None
    assert once(problems).startswith(f"content/{PATH}:{place} : ")
    assert remedy in problems[0]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"date": "2026-06-01", "assembly": date(2026, 5, 19)}, "2026-06-01"),
        ({"assembly": date(2026, 5, 19)}, "2026-05-19"),
        ({}, "2025-12-31"),
    ],
)
def test_a_report_came_out_at_its_date_its_assembly_or_the_end_of_its_period(fields, expected):
    assert published(report(**fields)) == moment(expected)


def test_a_section_is_a_place_on_the_page_of_its_report():
    document, problems = values.read(
        "rapports/2025/02-vie-associative.md", sites.document("Vie", axis="true", level="2")
    )
    assert problems == []
    assert document.url == "/rapports/2025/#vie-associative"
    assert (document.number, document.axis, document.level) == (2, True, 2)


# Sections


def test_sections_come_by_number_whatever_the_order_of_files():
    found = values.site(report(), section(3), section(1), section(2), section(1, year=2024), report(2024)).get(Reports)
    assert [one.number for one in found.sections(found.reports[0])] == [1, 2, 3]
    assert [one.number for one in found.sections(found.reports[1])] == [1]


@pytest.mark.parametrize(
    ("numbers", "remedy"),
    [
        ([2], "la section 1 manque : celle-ci porte le numéro 2."),
        ([1, 2, 4, 6], "la section 3 manque : celle-ci porte le numéro 4."),
        ([0, 1], "la section 1 manque : celle-ci porte le numéro 0."),
    ],
)
def test_a_gap_between_sections_is_refused_once(numbers, remedy):
    assert remedy in once(said(report(), *map(section, numbers)))


def test_two_sections_with_one_number_are_refused_and_both_are_named():
    line = once(said(report(), section(1, "Une"), section(1, "Deux"), section(3)))
    assert line.startswith(
        "content/rapports/2025/01-une.md:1:1: la section 1 existe déjà : content/rapports/2025/01-deux.md."
    )


def test_a_section_without_a_report_is_refused_unless_the_report_is_broken():
    assert "cette section n'a pas de rapport. Créer content/rapports/2025/index.md." in once(said(section(1)))
    assert values.problems(values.site(section(1), broken=[PATH])) == []


def test_reports_come_latest_year_first():
    found = values.site(report(2023), report(2025), report(2024)).get(Reports)
    assert [one.year for one in found.reports] == [2025, 2024, 2023]


# Key dates


def test_key_dates_are_those_of_the_period_in_order():
    events = [
        event("Avant", "2024-12-31", "2025-01-02"),
        event("Dernier", "2025-12-31T23:00", "2026-01-01T02:00"),
        event("Premier", "2025-01-01"),
        event("Après", "2026-01-01"),
        event("Pas une date clé", "2025-05-05", key_date=False),
        event("Milieu", "2025-05-05"),
    ]
    found = values.site(report(), *events).get(Reports)
    assert [one.title for one in found.key_dates(found.reports[0])] == ["Premier", "Milieu", "Dernier"]


def test_key_dates_follow_the_period_of_the_report():
    school_year = report(start=date(2024, 9, 1), end=date(2025, 8, 31))
    events = [event("Rentrée", "2024-09-01"), event("Fin", "2025-08-31"), event("Reprise", "2025-09-01")]
    found = values.site(school_year, *events).get(Reports)
    assert [one.title for one in found.key_dates(school_year)] == ["Rentrée", "Fin"]


# Figures against what the site counts


DOCUMENTS = [
    report(),
    event("Une", "2025-01-01"),
    event("Deux", "2025-12-31"),
    event("Trois", "2026-01-01"),
    article("A", "2025-12-31T23:59"),
    article("Z", "2025-01-01"),
    article("Y", "2025-01-02"),
    article("B", "2026-01-01"),
    dossier("D", "2025-06-01"),
]


@pytest.mark.parametrize(("kind", "found"), [("events", 2), ("articles", 3), ("dossiers", 1)])
def test_the_site_counts_what_falls_in_the_period(kind, found):
    assert count(kind, report(), values.site(*DOCUMENTS)) == found
    assert said(*DOCUMENTS, figures(figure(value=found, computed=kind))) == []


@pytest.mark.parametrize("kind", ["events", "articles", "dossiers"])
def test_a_figure_that_contradicts_what_the_site_counts_is_refused_with_both_numbers(kind):
    found = count(kind, report(), values.site(*DOCUMENTS))
    line = once(said(*DOCUMENTS, figures(figure("compte", 1400, computed=kind, line=7))))
    assert line.startswith("content/rapports/2025/chiffres.yaml:7:1: compte : ")
    assert f"le rapport dit 1\N{NARROW NO-BREAK SPACE}400, le site en compte {found}." in line


def test_a_figure_that_nobody_counts_is_believed():
    assert said(report(), figures(figure(value=1400))) == []


def test_a_draft_is_not_counted():
    assert count("articles", report(), values.site(article("A", "2025-05-05", draft=True))) == 0


def test_a_reference_to_a_figure_that_is_not_there_is_refused_where_it_stands():
    text = values.text(figures=(Reference("adherent", "", 12, 8), Reference("adherents", "", 13, 1)))
    line = once(said(report(text=text), figures(figure("adherents"))))
    assert line.startswith("content/rapports/2025/index.md:12:8: le chiffre « adherent » n'est pas dans")
    assert "Vouliez-vous écrire « adherents » ?" in line
    line = once(said(report(), section(1, text=values.text(figures=(Reference("xyz", "", 2, 3),)))))
    assert line.startswith("content/rapports/2025/01-section-1.md:2:3: ")
    assert "L'y ajouter." in line


def test_figures_that_cannot_be_read_are_not_said_to_be_missing():
    text = values.text(figures=(Reference("adherents", "", 12, 8),))
    assert values.problems(values.site(report(text=text), broken=["rapports/2025/chiffres.yaml"])) == []


def test_each_report_has_figures_of_its_own():
    site = values.site(
        report(2024), report(2025), figures(figure("a", 1), year=2024), figures(figure("b", 2), year=2025)
    )
    found = site.get(Reports)
    assert [list(found.phrases(one)) for one in found.reports] == [["b"], ["a"]]
