"""A report holds together: its sections, its figures, and what the site itself counts."""

from datetime import date

import pytest

from plugins.press.documents import Reference
from plugins.press.markdown import Heading
from plugins.reports.checks import PLACES
from plugins.reports.figures import Past
from plugins.reports.finances import Entry
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


# Anchors


def test_two_sections_of_one_name_would_be_one_place_and_are_refused():
    line = once(said(report(), section(1, "Vie", slug="vie"), section(2, "Autre vie", slug="vie")))
    assert line.startswith("content/rapports/2025/02-autre-vie.md:1:1: slug : le repère « #vie » est déjà pris par ")
    assert "content/rapports/2025/01-vie.md" in line


@pytest.mark.parametrize("place", PLACES)
def test_a_section_does_not_take_the_place_of_what_the_page_writes_itself(place):
    line = once(said(report(), section(1, "Une section", slug=place)))
    assert f"le repère « #{place} » est déjà pris par le site lui-même." in line


def test_a_heading_that_would_be_at_the_place_of_another_is_refused_and_the_same_title_twice_is_not():
    text = values.text(headings=(Heading(2, "le-blog", "Le blog"),))
    assert said(report(), section(1, "Un", text=text), section(2, "Deux", text=text)) == []
    other = values.text(headings=(Heading(2, "blog", "Blog"),))
    line = once(said(report(), section(1, "Un", text=text), section(2, "Un le", text=other)))
    assert line.startswith(
        "content/rapports/2025/02-un-le.md:1:1: le repère « #un-le-blog » est déjà pris par content/"
    )


def test_a_heading_of_the_introduction_shares_no_place_with_a_section():
    text = values.text(headings=(Heading(2, "vie", "Vie"),))
    line = once(said(report(text=text), section(1, "Vie")))
    assert line.startswith("content/rapports/2025/index.md:1:1: le repère « #vie » est déjà pris par content/")


# Funders


FUNDED = report(funders=("La Région", "Une fondation"))


def test_who_is_named_as_a_funder_is_one_of_the_report():
    lines = said(
        FUNDED,
        section(1, "Un", axis=True, funders=("La Region",)),
        figures(figure(funders=("Personne",), line=4)),
        values.finances([Entry("Don", 3, None, "Une fondation"), Entry("Autre", 2, None, "Un ami", 7)]),
    )
    assert [line.split(": ", 1)[0] for line in lines] == [
        "content/rapports/2025/01-un.md:1:1",
        "content/rapports/2025/chiffres.yaml:4:1",
        "content/rapports/2025/finances.yaml:7:1",
    ]
    assert "Vouliez-vous écrire « La Région » ?" in lines[0]


def test_an_axis_of_nobody_is_told_when_there_are_several_funders():
    assert said(report(funders=("La Région",)), section(1, "Un", axis=True)) == []
    line = once(said(FUNDED, section(1, "Un", axis=True)))
    assert "avertissement : axis : cet axe n'apparaîtra dans la vue d'aucun financeur" in line
    assert said(FUNDED, section(1, "Un", axis=True, funders=("La Région",)), section(2, "Deux")) == []


def test_a_funder_whose_name_gives_no_address_is_refused():
    document, problems = values.read(PATH, sites.document("Rapport", year="2025", funders='["!!!"]'))
    assert document is None
    assert "4:11: funders.1 : « !!! » ne donne pas d'adresse." in once(problems)


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
    values.milestones(("2025-03-03", "Une embauche")),
]


COUNTS = [("events", 2), ("key-dates", 4), ("articles", 3), ("dossiers", 1)]


def count(kind, of):
    return of.get(Reports).count(kind, of.get(Reports).reports[0])


@pytest.mark.parametrize(("kind", "found"), COUNTS)
def test_the_site_counts_what_falls_in_the_period(kind, found):
    assert count(kind, values.site(*DOCUMENTS)) == found
    assert said(*DOCUMENTS, figures(figure(value=found, computed=kind))) == []


@pytest.mark.parametrize(("kind", "found"), COUNTS)
def test_a_figure_that_contradicts_what_the_site_counts_is_refused_with_both_numbers(kind, found):
    line = once(said(*DOCUMENTS, figures(figure("compte", 1400, computed=kind, line=7))))
    assert line.startswith("content/rapports/2025/chiffres.yaml:7:1: compte : ")
    assert f"le rapport dit 1\N{NARROW NO-BREAK SPACE}400, le site en compte {found}." in line


@pytest.mark.parametrize(
    ("value", "how", "agrees"),
    [
        (2, "at-least", True),
        (4, "at-least", True),
        (5, "at-least", False),
        (4, "about", True),
        (5, "about", False),
        (3, "exact", False),
    ],
)
def test_a_figure_that_is_not_exact_contradicts_only_what_it_excludes(value, how, agrees):
    found = said(*DOCUMENTS, figures(figure(value=value, qualifier=how, computed="key-dates")))
    assert (found == []) == agrees


@pytest.mark.parametrize(("kind", "found"), COUNTS)
def test_a_figure_without_value_has_what_the_site_counts(kind, found):
    of = values.site(*DOCUMENTS, figures(figure("compte", None, unit="choses", computed=kind)))
    reports = of.get(Reports)
    assert reports.phrases(reports.reports[0])["compte"] == f"{found}\N{NO-BREAK SPACE}choses"


def test_a_figure_that_nobody_counts_is_believed():
    assert said(report(), figures(figure(value=1400))) == []


def test_a_draft_is_not_counted():
    assert count("articles", values.site(report(), article("A", "2025-05-05", draft=True))) == 0


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
    assert [list(found.phrases(one))[:1] for one in found.reports] == [["b"], ["a"]]


def test_how_a_figure_changed_can_only_be_asked_when_it_is_known():
    asked = values.text(figures=(Reference("lettres:evolution", "", 12, 8),))
    assert said(report(text=asked), figures(figure("lettres", history=((2024, 3),)))) == []
    line = once(said(report(text=asked), figures(figure("lettres"))))
    assert line.startswith("content/rapports/2025/index.md:12:8: l'évolution du chiffre « lettres » n'est pas connue.")


def test_a_figure_outside_a_report_would_be_empty_and_is_refused():
    text = values.text(figures=(Reference("lettres", "", 7, 3),))
    line = once(said(article(text=text)))
    assert line.startswith("content/blog/2026/un-article.md:7:3: un chiffre de rapport ([[chiffre:…]]) n'est lu que")


# Year after year


def of_two_years(before, now):
    return [report(2024), report(2025), figures(before, year=2024), figures(now)]


def test_the_report_of_the_year_before_is_the_history_of_a_figure():
    reports = values.site(*of_two_years(figure("lettres", 13), figure("lettres", 11))).get(Reports)
    latest = reports.reports[0]
    assert reports.before(latest, reports.figures(latest)[0]) == Past(2024, 13)
    assert "deux de moins qu’en 2024" in reports.phrases(latest)["lettres:evolution"]
    assert reports.past(reports.reports[1], reports.figures(reports.reports[1])[0]) == ()


def test_what_a_figure_says_of_the_year_before_wins_and_a_contradiction_is_told():
    documents = of_two_years(figure("lettres", 13), figure("lettres", 11, history=((2024, 12),), line=3))
    reports = values.site(*documents).get(Reports)
    assert reports.before(reports.reports[0], reports.figures(reports.reports[0])[0]) == Past(2024, 12)
    line = once(said(*documents))
    assert line.startswith("content/rapports/2025/chiffres.yaml:3:1: avertissement : lettres : ")
    assert "dit 12 pour 2024, le rapport 2024 dit 13" in line


def test_figures_of_other_units_are_not_compared():
    documents = of_two_years(figure("duree", 13, unit="heures"), figure("duree", 2, unit="jours"))
    reports = values.site(*documents).get(Reports)
    assert reports.before(reports.reports[0], reports.figures(reports.reports[0])[0]) is None
