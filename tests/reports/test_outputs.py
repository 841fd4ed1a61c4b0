"""The pages and data of reports: sections in order, figures in words, key dates by month."""

import re
from datetime import date

import icalendar
import pytest

from tests import sites, values
from tests.values import event, figure, figures, once, report, section, titles, tree, words

URL = "/rapports/2025/"
WHOLE = report(
    summary="Une année : [[chiffre:abonnes]].",
    assembly=date(2026, 5, 1),
    funders=("Le Conseil régional", "Une fondation"),
    text=values.text('<p>Il y a <data value="figure:abonnes"></data>.</p>', 6),
)
SITE = values.site(
    WHOLE,
    section(1, "Un axe", axis=True, text=values.text("<h2>Dans l'axe</h2>")),
    section(2, "Hors convention", text=values.text('<p>Nous sommes <data value="figure:abonnes"></data>.</p>')),
    section(3, "Un autre axe", axis=True),
    figures(figure("abonnes", 1400, unit="abonné·e·s", qualifier="at-least", label="Abonnements", source="La lettre")),
    event("Salon", "2025-03-30", "2025-04-02", departments=("37", "45"), category="prestation"),
    event("Fête", "2025-01-05", departments=("37",)),
    event("Bal", "2025-03-01"),
    event("Hors période", "2026-01-05"),
    report(2024, summary="L'an d'avant."),
)


def test_each_report_has_its_page_and_its_data():
    found = {url for url in values.outputs(SITE) if url.startswith("/rapports/")}
    data = ("dates-cles.csv", "chiffres.csv", "dates-cles.ics")
    expected = {f"/rapports/{year}/{name}" for year in (2025, 2024) for name in ("", *data)}
    charts = {f"{URL}dates-cles-par-{name}.csv" for name in ("mois", "departement", "categorie")}
    funders = {f"{URL}financeur/{name}/" for name in ("le-conseil-regional", "une-fondation")}
    accounts = {f"{URL}cerfa-15059-{name}.txt" for name in ("le-conseil-regional", "une-fondation")}
    papers = {
        f"/rapports/{year}/rapport-activite-{year}{end}.pdf"
        for year in (2025, 2024)
        for end in ("", "-grands-caracteres")
    }
    assert found == {"/rapports/", *expected, *charts, *funders, *accounts, *papers, f"{URL}filtres.css"}


def test_the_list_shows_reports_latest_first_with_figures_in_words():
    page = tree(SITE, "/rapports/")
    assert values.links(page, "main h2 a") == ["/rapports/2025/", "/rapports/2024/"]
    text = words(page)
    assert "Une année : plus de 1 400 abonné·e·s." in text
    assert "1er mai 2026" in text
    assert "L’an d’avant." in text


def test_the_list_shows_the_first_four_figures_of_each():
    found = figures(*(figure(f"f{n}", n, label=f"Le chiffre {n}") for n in range(1, 7)))
    text = words(tree(values.site(report(), found), "/rapports/").cssselect("main")[0])
    assert [n for n in range(1, 7) if f"Le chiffre {n}" in text] == [1, 2, 3, 4]


def test_with_two_reports_their_figures_stand_side_by_side_and_trends_appear_by_themselves():
    documents = [
        report(2024),
        report(2025),
        figures(figure("lettres", 13, label="Lettres"), figure("ailleurs", 3), year=2024),
        figures(
            figure("lettres", 11, label="Lettres"),
            figure("seul", 4),
            figure("abonnes", 1400, label="Abonnements", qualifier="at-least", history=((2023, 900),)),
        ),
    ]
    page = tree(values.site(*documents), "/rapports/")
    table = once(page.cssselect("table"))
    assert [[words(cell) for cell in row] for row in table.iter("tr")] == [
        ["Rapport 2025", "Rapport 2024", "2023"],
        ["Lettres deux de moins qu’en 2024"],
        ["11", "13", "–"],
        ["Abonnements plus qu’en 2023 (900)"],
        ["plus de 1 400", "–", "900"],
    ]
    assert values.links(table, "a") == ["/rapports/2025/", "/rapports/2024/"]
    assert "deux de moins qu’en 2024" in words(
        tree(values.site(*documents), URL).cssselect("section[id='chiffres']")[0]
    )


def test_one_year_alone_is_compared_with_nothing():
    assert tree(values.site(report(), figures(figure())), "/rapports/").cssselect("table") == []


def test_no_more_than_four_years_and_twelve_figures_stand_side_by_side():
    known = tuple((year, year) for year in range(2010, 2025))
    found = figures(*(figure(f"f{n}", n, history=known) for n in range(20)))
    table = once(tree(values.site(report(), found), "/rapports/").cssselect("table"))
    assert titles(table, "thead th") == ["Rapport 2025", "2024", "2023", "2022"]
    assert len(table.cssselect("tbody")) == 12


def test_an_empty_list_says_so():
    assert "Aucun rapport n’est encore publié ici." in words(tree(values.site(), "/rapports/"))


def test_sections_come_axes_first_each_in_order_and_linked_from_the_top():
    page = tree(SITE, URL)
    assert "2025" in once(titles(page, "h1"))
    sections = [words(h) for h in page.cssselect("h3, h4") if words(h) in {"Un axe", "Un autre axe", "Hors convention"}]
    assert sections == ["Un axe", "Un autre axe", "Hors convention"]
    anchors = [link for link in values.links(page) if link.startswith("#")]
    assert [a for a in anchors if a in {"#un-axe", "#un-autre-axe", "#hors-convention"}] == [
        "#un-axe",
        "#un-autre-axe",
        "#hors-convention",
    ]
    assert all(page.cssselect(f"[id='{anchor[1:]}']") for anchor in anchors)


def test_two_sections_with_the_same_heading_have_each_an_anchor_that_depends_on_no_other():
    body = (
        "## Le blog\n\nVoir [plus haut](#le-blog), [l'autre](02-deux.md#le-blog).\n\nUn fait[^a].\n\n[^a]: Une note.\n"
    )
    sections = [
        values.read(f"rapports/2025/0{n}-{name}.md", sites.document(name, body))[0]
        for n, name in ((1, "un"), (2, "deux"))
    ]
    page = tree(values.site(report(), *sections), URL)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {"un-le-blog", "deux-le-blog", "un-fn:a", "deux-fn:a", "un-fnref:a"} <= set(ids)
    found = values.links(page, ".body a")
    assert found[:2] == ["#un-le-blog", f"{URL}#deux-le-blog"]
    assert {link[1:] for link in found if link.startswith("#")} <= set(ids)
    alone = tree(values.site(report(), sections[0]), URL)
    assert "un-le-blog" in alone.xpath("//@id")


def test_a_link_from_elsewhere_leads_to_the_heading_of_a_section():
    text = values.text(headings=(values.heading("le-blog"),))
    link = values.reference("../../rapports/2025/01-un.md#le-blog", "rapports/2025/01-un.md")
    other = values.article(text=values.text('<a href="link:0">là</a>', links=(link,)))
    site = values.site(report(), section(1, "Un", text=text), other)
    assert list(site.check_links()) == []
    assert f"{URL}#un-le-blog" in values.links(tree(site, "/blog/un-article/"))


def test_figures_in_a_text_are_phrases():
    text = words(tree(SITE, URL))
    assert "Il y a plus de 1 400 abonné·e·s." in text
    assert "Nous sommes plus de 1 400 abonné·e·s." in text
    assert "[[" not in text


def test_every_figure_is_in_a_table_below_its_source():
    page = tree(SITE, URL)
    source, row = page.cssselect("section[id='tous-les-chiffres'] tbody tr")
    assert titles(source, "th[scope=rowgroup]") == ["La lettre"]
    assert titles(row, "th") == ["Abonnements"]
    assert titles(row, "td") == ["plus de 1 400 abonné·e·s"]


def test_who_paid_and_when_it_was_presented_is_said():
    text = words(tree(SITE, URL))
    assert "Le Conseil régional et Une fondation" in text
    assert "1er mai 2026" in text


def test_key_dates_are_listed_by_month_of_their_start():
    page = tree(SITE, URL)
    found = once(page.cssselect("section[id='dates-cles']"))
    assert titles(found, "h3") == ["Janvier", "Mars"]
    assert values.links(found, "li a[href^='/agenda/']") == [
        "/agenda/2025/01/fete/",
        "/agenda/2025/03/bal/",
        "/agenda/2025/03/salon/",
    ]
    assert "3 dates clés dans 2 départements" in words(found)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2025-05-05T20:00", None, ["5 mai"]),
        ("2025-05-05T20:00", "2025-05-06T02:00", ["5 mai"]),
        ("2025-05-05T18:00", "2025-05-06T00:00", ["5 mai"]),
        ("2025-05-05T18:00", "2025-05-05T18:00", ["5 mai"]),
        ("2025-05-05T18:00", "2025-05-06T12:00", ["5", "6 mai"]),
        ("2025-05-31", "2025-06-01", ["31 mai", "1er juin"]),
    ],
)
def test_a_key_date_is_told_by_its_days(start, end, said):
    page = tree(values.site(report(), event("Bal", start, end)), URL)
    assert titles(page, ".dates .row time") == said
    assert page.xpath("//ol//time/@datetime") == [day[:10] for day in (start, end) if day][: len(said)]


def test_a_report_without_anything_says_nothing_of_it():
    page = tree(values.site(report(text=values.text("", 0))), URL)
    assert page.cssselect("table, section[id='dates-cles'], section[id='chiffres'], section[id='finances']") == []
    assert page.cssselect("link[href*=filtres], script[src]") == []


def test_annexes_come_last_after_dates_and_finances():
    site = values.site(
        report(),
        section(1, "Annexe", annex=True),
        section(2, "Action"),
        event("Fête", "2025-05-05"),
        values.finances([values.Entry("Don", 3)]),
    )
    assert titles(tree(site, URL), "h2") == ["Actions", "Quelques dates clés", "Finances", "Annexes"]
    document, problems = values.read("rapports/2025/01-x.md", sites.document("x", axis="true", annex="true"))
    assert document is None
    assert "4:8: annex : un axe de la convention n'est pas une annexe." in once(problems)


def test_without_script_the_rules_of_the_sheet_leave_what_is_chosen():
    sheet = values.render(SITE, f"{URL}filtres.css").decode()
    rules = (f"#_{key}:checked~div :is(li,section):not(.{key})" for key in ("d37", "d45"))
    assert sheet == f"@media screen{{{','.join(rules)}{{display:none}}}}\n"
    page = tree(SITE, URL)
    assert page.cssselect(f"link[rel=stylesheet][href='{URL}filtres.css']")
    ids = set(page.xpath("//@id"))
    assert set(re.findall(r"#(\w+):checked", sheet)) <= ids


@pytest.mark.parametrize("name", ["dates-cles.csv", "dates-cles.ics", "chiffres.csv"])
def test_the_page_gives_its_data_to_take_away(name):
    assert f"{URL}{name}" in values.links(tree(SITE, URL))


def test_the_calendar_of_key_dates_holds_them_all_however_old():
    data = values.render(
        values.site(report(1999), event("Salon", "1999-03-30", key_date=True)), "/rapports/1999/dates-cles.ics"
    )
    assert [str(found["SUMMARY"]) for found in icalendar.Calendar.from_ical(data).walk("VEVENT")] == ["Salon"]
    found = icalendar.Calendar.from_ical(values.render(SITE, f"{URL}dates-cles.ics"))
    assert str(found["NAME"]) == "Dates clés 2025"
    assert len(found.walk("VEVENT")) == 3


def test_the_table_of_key_dates_has_a_row_for_each():
    lines = values.render(SITE, f"{URL}dates-cles.csv").decode("utf-8-sig").splitlines()
    assert lines[0] == "début;fin;titre;département;catégorie;adresse"
    assert [line.split(";")[:5] for line in lines[1:]] == [
        ["2025-01-05", "", "Fête", "37", ""],
        ["2025-03-01", "", "Bal", "", ""],
        ["2025-03-30", "2025-04-02", "Salon", "37 45", "Prestation"],
    ]
