"""The report of an association that nobody of the project knows: of another structure, and not a template touched."""

import json
import re
from itertools import product

import pytest
from lxml import html

from plugins.reports.model import Reports
from tests import associations, drawings, sites, values
from tests.browser import show
from tests.test_theme import CSS

URL = "/rapports/2025/"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Its site, built from its own settings, with a section of 20 000 words in the report."""
    root = associations.copy(tmp_path_factory.mktemp("lavoir"), words=20_000)
    result = sites.build(root, settings=associations.settings())
    assert [problem.message for problem in result.warnings] == []
    return root


@pytest.fixture(scope="module")
def page(root):
    return html.document_fromstring((root / "output/rapports/2025/index.html").read_bytes().decode())


def test_everything_it_wrote_is_on_the_page(page):
    text = values.words(page.body)
    for said in (
        "5 900 lessives, 700 de plus qu’en 2024",
        "environ 41,5 litres d’eau",
        "plus de 380 participations",
        "une soixantaine de bénévoles",
        "39 ateliers, huit de plus qu’en 2024",
        "0 accident",
        "1,5 ETP",
        "91 %, 2,5 points de plus qu’en 2024",
        "plus qu’en 2024 (160)",
        "17 dates clés",
        "Déficit de l’année : 779,75 € (en 2024, excédent de 7 735 €)",
        "Les ateliers de l’année, et qui y est venu",
        "Assemblée → Conseil : élit",
        '# $ * _ @ < > \\ " [ ] // /* code ~ ^ & { }.',
        "Semaine 40",
    ):
        assert said in text, said


def test_a_section_of_20_000_words_is_whole(page, root):
    section = values.once(page.cssselect("section[id='journal']"))
    assert 20_000 <= len(values.words(section).split()) <= 22_000
    assert len(section.cssselect("h4")) > 40
    assert [p for p in page.xpath("//@id") if page.xpath("//@id").count(p) > 1] == []


def test_its_ten_charts_its_circles_and_those_that_the_site_draws_are_whole(page):
    figures = page.cssselect("figure.chart")
    assert len([figure for figure in figures if "graphique-" in figure.get("id")]) == 10
    assert len([figure for figure in figures if "cercles-" in figure.get("id")]) == 1
    assert len(figures) == 10 + 1 + 3 + 2 + 2  # dates, figures over the years, finances
    for figure in figures:
        drawing = values.once(figure.cssselect("svg"))
        drawings.assert_is_whole(html.tostring(drawing, encoding="unicode").replace("viewbox", "viewBox"))
        link = values.links(figure, "details a")
        assert "cercles" in figure.get("id") or values.once(link).endswith(".csv")


def test_every_chart_has_its_numbers_beside_the_page(page, root):
    for link in values.links(page, "figure.chart details a"):
        data = (root / "output" / link.removeprefix("/")).read_bytes().decode("utf-8-sig")
        assert len(data.splitlines()) > 2


def test_nothing_in_its_reports_is_ours(root):
    for path in (root / "output/rapports").rglob("*"):
        if path.suffix in {".html", ".ics", ".csv", ".txt", ".css"}:
            text = path.read_text(encoding="utf-8").replace("PRODID:-//cre-sol//", "")  # the name of the program
            assert not re.search(r"cr[ée]-?sol|Centre-Val|Tours", text, re.IGNORECASE), path


def test_each_funder_has_its_part(root):
    output = root / "output/rapports/2025"
    heads = {
        path.parent.name: values.titles(html.document_fromstring(path.read_bytes().decode()), ".report-section > h2")
        for path in output.glob("financeur/*/index.html")
    }
    assert heads == {
        "region-imaginaire": ["Laver ensemble", "Apprendre et transmettre"],
        "ville-de-kerimagine": ["Apprendre et transmettre"],
        "fondation-du-lavoir": ["Refaire la toiture"],
    }
    account = (output / "cerfa-15059-ville-de-kerimagine.txt").read_text(encoding="utf-8-sig")
    assert "Les ateliers de l’année, et qui y est venu\nAtelier ; Séances ; Participant·e·s ; Dont nouvelles" in account
    assert "- Participations aux ateliers : plus de 380 participations" in account
    assert "- samedi 18 octobre 2025 : Feutrer la laine (Kerimagine)" in account


def test_the_two_years_stand_side_by_side(root):
    listing = html.document_fromstring((root / "output/rapports/index.html").read_bytes().decode())
    table = values.once(listing.cssselect("table"))
    rows = [[values.words(cell) for cell in row] for row in table.iter("tr")]
    assert rows[0] == ["Rapport 2025", "Rapport 2024", "2023", "2022"]
    assert rows[1:3] == [["Lessives faites 700 de plus qu’en 2024"], ["5 900", "5 200", "4 800", "3 400"]]
    assert ["217", "environ 160", "–", "–"] in rows


# In a browser

PROBE = """<script>
addEventListener("load", () => {
  const rows = [...document.querySelectorAll(".dates li.row")];
  const seen = {};
  for (const one of document.querySelectorAll("input[name=_1]"))
    for (const other of document.querySelectorAll("input[name=_2]")) {
      one.checked = other.checked = true;
      other.dispatchEvent(new Event("change", { bubbles: true }));
      seen[one.id + other.id] = [
        rows.map((row, n) => row.checkVisibility() ? n : -1).filter((n) => n >= 0),
        [...document.querySelectorAll(".dates section")].filter((m) => m.checkVisibility()).length,
        document.querySelector(".dates [role=status]").textContent,
      ];
    }
  const wide = [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1);
  document.body.dataset.wide = wide.filter((e) => !e.closest(".hidden, svg")).map((e) => e.outerHTML.slice(0, 80));
  document.body.dataset.seen = JSON.stringify(seen);
});
</script>"""


def seen(root, folder, *, script, width=1280):
    """The report in a browser, every choice of its filters made one after the other.

    What is ours stands before the page's policy, which would refuse it.
    """
    output = root / "output/rapports/2025"
    text = (output / "index.html").read_text(encoding="utf-8")
    style = f"<style>{CSS}{(output / 'filtres.css').read_text(encoding='utf-8')}</style>"
    text = re.sub(r"<link rel=\"stylesheet\"[^>]*>", "", text).replace("<head>", f"<head>{style}{PROBE}")
    if not script:  # the page keeps a script that does nothing here
        text = re.sub(r"/theme/js/dates\.\w+\.js", "/theme/js/copy.0.js", text)
    return show(text.encode(), "2026-06-01T12:00+02:00", folder, width=width).body


@pytest.mark.parametrize("script", [False, True])
def test_key_dates_are_narrowed_by_category_and_department_with_and_without_script(root, tmp_path, page, script):
    rows = [set(row.get("class").split()) for row in page.cssselect(".dates li.row")]
    months = [len(section.cssselect("li.row")) for section in page.cssselect(".dates section")]
    categories, departments = (page.cssselect(f"input[name=_{n}]") for n in (1, 2))
    found = json.loads(seen(root, tmp_path, script=script).get("data-seen"))
    assert len(found) == len(categories) * len(departments) == 16
    for one, other in product(categories, departments):
        keys = {choice.get("id")[1:] for choice in (one, other)} - {"1", "2"}
        wanted = [rank for rank, row in enumerate(rows) if keys <= row]
        shown, open_months, said = found[one.get("id") + other.get("id")]
        assert shown == wanted
        if script:
            ends = [sum(months[: n + 1]) for n in range(len(months))]
            assert open_months == sum(
                any(end - size <= r < end for r in wanted) for end, size in zip(ends, months, strict=True)
            )
            assert said == f"{len(wanted)} date{'s' * (len(wanted) > 1)} montrée{'s' * (len(wanted) > 1)}"


def test_on_the_smallest_phone_nothing_is_wider_than_the_screen(root, tmp_path):
    assert seen(root, tmp_path, script=True, width=320).get("data-wide") == ""


def test_what_the_report_counts_is_what_it_lists(root):
    site = sites.assemble(root, settings=associations.settings())
    reports = site.get(Reports)
    dates = reports.key_dates(reports.reports[0])
    assert len(dates) == 17
    assert [one.title for one in dates][:2] == ["Permanence du jeudi", "Vœux au bord de l'eau"]
    assert "Descente de la rivière" not in {one.title for one in dates}
    assert [one.start for one in dates] == sorted(one.start for one in dates)
