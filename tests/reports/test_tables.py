"""The CSV files of a report: what any spreadsheet reads, and nothing that it would run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.reports.tables import FIGURE_HEADER, KEY_DATE_HEADER, Table, figure_row, key_date_row, render_csv
from tests import values
from tests.values import event, figure

SIGNS = ("=", "+", "-", "@", "\t", "\r")


def written(*rows, header=("a", "b")):
    return render_csv(Table(header, rows), None)


def read(data):
    """What a spreadsheet makes of the file: UTF-8 with its mark, « ; », RFC 4180 quoting."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))


def test_the_bytes_are_those_that_spreadsheets_in_french_want():
    assert written(("é", "1,5"), ("x;y", 'dit "oui"')) == (
        b'\xef\xbb\xbfa;b\r\n\xc3\xa9;1,5\r\n"x;y";"dit ""oui"""\r\n'
    )


@pytest.mark.parametrize("sign", SIGNS)
def test_a_cell_that_a_spreadsheet_would_run_is_kept_as_text(sign):
    cell = f"{sign}cmd|' /C calc'!A0"
    assert read(written((cell, "x"))) == [["a", "b"], [f"'{cell}", "x"]]


@pytest.mark.parametrize("cell", ["a=b", "1-2", "x@y", " ", "", "é", "'=1"])
def test_other_cells_are_left_as_they_are(cell):
    assert read(written((cell, "x")))[1] == [cell, "x"]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(st.lists(st.tuples(CELLS | st.sampled_from(SIGNS), CELLS), max_size=6))
def test_what_is_read_is_what_was_written(rows):
    neutral = [[f"'{cell}" if cell.startswith(SIGNS) else cell for cell in row] for row in rows]
    data = written(*rows)
    assert read(data)[1:] == neutral
    assert not any(cell.startswith(SIGNS) for row in read(data) for cell in row)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\xef\xbb\xbf") == 1 + sum(cell.encode().count(b"\xef\xbb\xbf") for row in rows for cell in row)


# Rows

LABELS = {"prestation": "Prestation"}


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
    row = key_date_row(event(start=start, end=end), LABELS, "https://exemple.test")
    assert row[:2] == shown
    assert len(row) == len(KEY_DATE_HEADER)


def test_a_key_date_has_its_title_departments_category_and_address():
    row = key_date_row(event(departments=("37", "45"), category="prestation"), LABELS, "https://exemple.test")
    assert row[2:] == ("Fête", "37 45", "Prestation", "https://exemple.test/agenda/2026/07/fete/")
    assert key_date_row(event(), LABELS, "")[3:5] == ("", "")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (11, "11"),
        (1400, "1400"),
        (1234567890123, "1234567890123"),
        (47.5, "47,5"),
        (12345.67, "12345,67"),
        (1234567.25, "1234567,25"),
        (0.00001, "0,00001"),
        (-3, "-3"),
    ],
)
def test_a_figure_has_all_its_digits_and_a_comma(value, shown):
    assert figure_row(figure(value=value))[2] == shown


def test_a_figure_has_its_words():
    row = figure_row(
        figure("abonnes", 1400, label="Personnes abonnées", unit="abonné·e·s", qualifier="at-least", source="La lettre")
    )
    assert row == ("abonnes", "Personnes abonnées", "1400", "abonné·e·s", "au moins", "La lettre")
    assert len(row) == len(FIGURE_HEADER)
    assert [figure_row(figure(qualifier=said))[4] for said in ("exact", "about")] == ["exact", "environ"]


def test_the_files_of_a_report_have_a_header_even_when_empty():
    site = values.site(values.report())
    assert read(values.render(site, "/rapports/2025/dates-cles.csv")) == [list(KEY_DATE_HEADER)]
    assert read(values.render(site, "/rapports/2025/chiffres.csv")) == [list(FIGURE_HEADER)]


def test_a_title_that_is_a_formula_is_a_text_in_the_file():
    site = values.site(values.report(), event('=HYPERLINK("https://x.example")', "2025-07-05"))
    row = read(values.render(site, "/rapports/2025/dates-cles.csv"))[1]
    assert row[2] == '\'=HYPERLINK("https://x.example")'
