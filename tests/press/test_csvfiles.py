"""Tables as CSV: what any spreadsheet reads, and nothing that it would run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.press.csvfiles import Table, protect, read_csv, render_csv, write_csv
from plugins.press.problems import render_text

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


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (11, "11"),
        (1234567890123, "1234567890123"),
        (47.5, "47,5"),
        (1234567.25, "1234567,25"),
        (0.00001, "0,00001"),
        (-3, "-3"),
        (None, ""),
    ],
)
def test_a_number_has_all_its_digits_and_a_comma(value, shown):
    assert read(written((value, "x")))[1][0] == shown


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(st.lists(st.tuples(CELLS | st.sampled_from(SIGNS), CELLS), max_size=6))
def test_what_is_read_is_what_was_written(rows):
    neutral = [[f"'{cell}" if cell.startswith(SIGNS) else cell for cell in row] for row in rows]
    data = written(*rows)
    assert read(data)[1:] == neutral
    assert not any(cell.startswith(SIGNS) for row in read(data) for cell in row)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\xef\xbb\xbf") == 1 + sum(cell.encode().count(b"\xef\xbb\xbf") for row in rows for cell in row)


# As content

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\x85"), min_size=1)


@given(st.lists(st.tuples(LINES | st.sampled_from(["'x", "=1", "''=", '"', ";"]), LINES), max_size=5))
def test_what_was_protected_is_read_back_as_it_was(rows):
    text = write_csv(("a", "b"), [map(protect, row) for row in rows])
    front, problems = read_csv(text.removeprefix("\ufeff").replace("\r\n", "\n"), "x.csv", "rows")
    assert problems == []
    assert front.values["rows"] == [{"a": a, "b": b} for a, b in rows]
    assert not any(cell.startswith(SIGNS) for row in read(text.encode()) for cell in row)


def test_every_cell_of_a_content_file_has_its_place():
    front, _ = read_csv("a;b\nun;deux\ntrois;\n", "x.csv", "rows")
    assert front.values == {"rows": [{"a": "un", "b": "deux"}, {"a": "trois"}]}
    assert (front.marks["rows", 0, "b"], front.marks["rows", 1], front.marks["rows", 1, "a"]) == (
        (2, 4),
        (3, 1),
        (3, 1),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a;b\nun;deux;trois\n", "x.csv:2:1: cette ligne a 3 cellules, la première en a 2."),
        ("a;b\nun;deux\n<<<<<<< HEAD\n", "x.csv:3:1: cette ligne a 1 cellules, la première en a 2."),
        ('a;b\nun;"deux\n', "x.csv:3:1: guillemets mal fermés ou mal placés."),
        ('a;b\nun;"deux" x\n', "x.csv:2:1: guillemets mal fermés ou mal placés."),
    ],
)
def test_a_content_file_that_is_broken_says_where(text, said):
    front, problems = read_csv(text, "x.csv", "rows")
    assert front is None
    assert render_text(problems[0]).startswith(said)
