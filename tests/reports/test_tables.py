"""The CSV files of a report: what any spreadsheet reads."""

import csv
import io

import pytest

from plugins.reports import tables
from plugins.reports.figures import Past
from plugins.reports.finances import Entry
from plugins.reports.keydates import KeyDate
from tests import values
from tests.values import event, figure, figures, finances, report

LABELS = {"prestation": "Prestation"}


def read(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))


def key_date(start="2026-07-05", end="", **fields):
    day = values.moment
    defaults = {"kind": "event", "identity": "x", "title": "Fête", "all_day": "T" not in start}
    return KeyDate(**defaults | {"start": day(start), "end": day(end) if end else None} | fields)


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2025-07-05", "", ("2025-07-05", "")),
        ("2025-07-05", "2025-07-05", ("2025-07-05", "")),
        ("2025-07-05", "2025-07-07", ("2025-07-05", "2025-07-07")),
        ("2025-07-05T18:30", "", ("2025-07-05T18:30", "")),
        ("2025-07-05T18:30", "2025-07-05T20:00", ("2025-07-05T18:30", "2025-07-05T20:00")),
    ],
)
def test_a_key_date_has_its_days_as_the_agenda_writes_them(start, end, shown):
    table = tables.key_dates([key_date(start, end)], LABELS, "https://exemple.test")
    assert table.rows[0][:2] == shown
    assert len(table.rows[0]) == len(table.header)


def test_a_key_date_has_its_title_departments_category_and_address():
    one = key_date(departments=("37", "45"), category="prestation", url="/agenda/2026/07/fete/")
    outside, nowhere = key_date(url="https://ailleurs.test/x"), key_date(category="inconnue")
    rows = tables.key_dates([one, outside, nowhere], LABELS, "https://exemple.test").rows
    assert rows[0][2:] == ("Fête", "37 45", "Prestation", "https://exemple.test/agenda/2026/07/fete/")
    assert rows[1][3:] == ("", "", "https://ailleurs.test/x")
    assert rows[2][3:] == ("", "inconnue", "")


def test_a_figure_has_its_words_and_its_years_latest_first():
    one = figure("abonnes", 1400, label="Abonnées", unit="abonné·e·s", qualifier="at-least", source="La lettre")
    two = figure("lettres", 47.5, funders=("La Région", "Une fondation"))
    table = tables.figures([(one, (Past(2015, 1000), Past(2016, 1200))), (two, (Past(2016, 3),))])
    assert table.header == (*tables.FIGURE_HEADER, "2016", "2015")
    assert table.rows[0] == ("abonnes", "Abonnées", 1400, "abonné·e·s", "au moins", "La lettre", "", 1200, 1000)
    assert table.rows[1][6:] == ("La Région, Une fondation", 3, None)
    said = [tables.figures([(figure(qualifier=word), ())]).rows[0][4] for word in ("exact", "about")]
    assert said == ["exact", "environ"]


def test_the_account_has_both_sides_their_totals_and_what_is_left():
    account = finances([Entry("Dons", 10.5, 8, "La Région")], [Entry("Achats", 3)])
    assert tables.finances(account, 2025).rows == (
        ("charges", "Achats", 3, None, ""),
        ("charges", "Total", 3, None, ""),
        ("produits", "Dons", 10.5, 8, "La Région"),
        ("produits", "Total", 10.5, 8, ""),
        ("résultat", "", 7.5, None, ""),
    )
    site = values.site(report(), account)
    assert read(values.render(site, "/rapports/2025/finances.csv"))[0] == [
        "sens",
        "libellé",
        "2025",
        "2024",
        "financeur",
    ]


def test_the_files_of_a_report_have_a_header_even_when_empty():
    site = values.site(report())
    assert read(values.render(site, "/rapports/2025/dates-cles.csv")) == [list(tables.KEY_DATE_HEADER)]
    assert read(values.render(site, "/rapports/2025/chiffres.csv")) == [list(tables.FIGURE_HEADER)]


def test_a_title_that_is_a_formula_is_a_text_in_the_file_and_a_number_stays_one():
    site = values.site(
        report(), event('=HYPERLINK("https://x.example")', "2025-07-05"), figures(figure("a", -3, label="-3"))
    )
    row = read(values.render(site, "/rapports/2025/dates-cles.csv"))[1]
    assert row[2] == '\'=HYPERLINK("https://x.example")'
    assert read(values.render(site, "/rapports/2025/chiffres.csv"))[1][1:3] == ["'-3", "-3"]
