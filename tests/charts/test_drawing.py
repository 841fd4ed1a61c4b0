"""Charts as drawings: whole, true to their numbers, clear without colour, whatever the numbers are."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from plugins.charts.drawing import render_svg
from plugins.charts.figure import render_figure
from plugins.charts.model import Chart
from plugins.charts.scale import shorten, ticks
from plugins.charts.stacked import shares
from plugins.press.blocks import Shown
from plugins.press.contrast import measure
from tests import drawings, values

MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"]
LONG = "Réunion de travail avec les acteurs de l'accompagnement associatif du territoire"


def chart(kind, *rows, header=("Quoi", "Nombre"), **fields):
    made = tuple((label, numbers if isinstance(numbers, tuple) else (numbers,)) for label, numbers in rows)
    return Chart(kind=kind, title="Un titre", header=header, rows=made, **fields)


def series(kind, count, rows=3):
    header = ("Quoi", *(f"Série {n} {'longue ' * n}" for n in range(count)))
    return chart(
        kind, *((f"Ligne {r}", tuple(5 * r + n + 1 for n in range(count))) for r in range(rows)), header=header
    )


CHARTS = {
    "months": chart("bars", *((month, n) for n, month in enumerate(MONTHS))),
    "long labels": chart("bars", (LONG, 3), ("court", 0), ("x" * 90, 7)),
    "negative": chart("bars", ("2015", -1200), ("2016", 340.5), ("2017", None), unit="€"),
    "huge": chart("bars", ("A", 999_999_999_999_999), (LONG, 123_456_789_012_345.5), unit="€"),
    "one": chart("bars", ("Seule", 3)),
    "nothing": chart("bars", ("A", 0), ("B", 0)),
    "unknown": chart("bars", ("A", None)),
    "forty": chart("bars", *((f"Commune {n}", n * 37 % 91) for n in range(40))),
    **{f"bars of {n}": series("bars", n) for n in (2, 3, 6)},
    **{f"stacked {n}": series("stacked", n) for n in (2, 4, 6)},
    "stacked long": chart("stacked", (LONG, (1, 0)), ("B", (0, 0)), header=("Quoi", LONG, "b"), unit="€"),
    "stacked huge": chart("stacked", ("A", (10**14, 1)), ("B", (1, 10**14)), header=("Quoi", "a", "b")),
    "line": chart("line", *((str(2010 + n), n * 3 % 7) for n in range(6))),
    **{f"line of {n}": series("line", n, 12) for n in (2, 6)},
    "line with holes": chart("line", ("2014", 1_500_000), ("2015", None), ("2016", 2_250_000), ("2017", -300_000)),
    "line unknown": chart("line", ("2014", None), ("2015", None)),
    "line of one": chart("line", ("2017", 4)),
    "line of forty": chart("line", *((f"jour {n}", n * 37 % 91 / 7) for n in range(40))),
    "line with long labels": chart("line", (LONG, 3), ("court", 0), (LONG, 7)),
    "proportion": chart("proportion", ("Subventions", 52000), (LONG, 18000), ("Dons", 12), unit="€"),
    "proportion of six": chart("proportion", *((f"Part {n}", n) for n in range(6)), unit="%"),
    "proportion of one": chart("proportion", ("Tout", 3)),
    "proportion of nothing": chart("proportion", ("A", 0), ("B", 0)),
    "map": chart("map", ("Indre-et-Loire (37)", 26), ("Loiret (45)", 0), codes=("37", "45")),
}
every_chart = pytest.mark.parametrize("one", CHARTS.values(), ids=CHARTS)


@every_chart
def test_a_drawing_is_whole_and_nothing_written_on_it_is_cut_or_covered(one):
    drawings.assert_is_whole(str(render_svg(one)))


@every_chart
def test_the_same_chart_gives_the_same_bytes_and_another_name_other_identifiers(one):
    first, second = render_svg(one, "a"), render_svg(one, "a")
    assert first == second
    ids = [set(drawings.parse(render_svg(one, name)).xpath("//@id")) for name in "ab"]
    assert not ids[0] & ids[1]


@every_chart
def test_a_figure_shows_the_same_numbers_as_a_table(one):
    figure = html.fragment_fromstring(render_figure(Shown(one, "g"), None).decode())
    rows = figure.cssselect("details table tbody tr")
    assert [row.cssselect("th")[0].text_content().replace("’", "'") for row in rows] == [row[0] for row in one.rows]
    assert all(len(row.cssselect("td")) == len(one.series) for row in rows)
    assert figure.cssselect("figcaption b")[0].text == "Un titre"
    assert figure.get("id") == "g"


@pytest.mark.parametrize("name", ["months", "long labels", "negative", "huge", "forty", "bars of 3"])
def test_bars_are_as_long_as_their_numbers(name):
    one = CHARTS[name]
    found = [box for box in drawings.boxes(drawings.parse(render_svg(one))) if box[4] == 14]
    sizes = [abs(value) for value in one.values if value]
    by_place = [width for _, _, _, width, _ in sorted(found, key=lambda box: box[2])]
    scale = max(by_place) / max(sizes)
    assert len(by_place) == len(sizes)
    for width, size in zip(by_place, sizes, strict=True):
        assert width == pytest.approx(max(size * scale, 0.8), abs=0.6)


def test_negative_bars_lie_on_the_other_side_of_zero():
    boxes = drawings.boxes(drawings.parse(render_svg(CHARTS["negative"])))
    (_, left, _, width, _), (_, right, *_) = sorted(boxes, key=lambda box: box[2])
    assert left + width == pytest.approx(right, abs=0.2)


@pytest.mark.parametrize("name", ["bars of 6", "stacked 6"])
def test_six_series_are_filled_in_six_ways_none_of_which_needs_a_colour(name):
    svg = str(render_svg(CHARTS[name]))
    fills = {fill for fill, *_ in drawings.boxes(drawings.parse(svg))}
    assert len(fills) == 6
    colours = set(re.findall(r"#[0-9a-f]{3,6}\b|var[^\"]+", svg))
    assert colours == {"var(--sun)", "var(--ink)"}  # the sun, light, and the ink of the text, dark
    patterns = list(drawings.parse(svg).iter(f"{drawings.SVG}pattern"))
    assert len({tuple(path.get("d") for path in pattern) for pattern in patterns}) == 4


def test_lines_differ_by_their_dashes_and_marks():
    drawing = drawings.parse(render_svg(CHARTS["line of 6"]))
    dashes = {
        path.get("stroke-dasharray") for path in drawing.iter(f"{drawings.SVG}path") if path.get("fill") == "none"
    }
    marks = {path.get("d") for path in drawing.iter(f"{drawings.SVG}path") if path.get("transform")}
    assert (len(dashes), len(marks)) == (6, 6)


def test_a_line_is_broken_where_a_number_is_not_known():
    drawing = drawings.parse(render_svg(CHARTS["line with holes"]))
    paths = [path.get("d") for path in drawing.iter(f"{drawings.SVG}path") if path.get("stroke-linejoin")]
    assert [(path.count("M"), path.count("L")) for path in paths] == [(2, 1)]


@pytest.mark.parametrize("name", ["months", "long labels", "forty", "stacked 4", "proportion", "map"])
def test_every_label_and_number_is_written_on_the_drawing(name):
    one = CHARTS[name]
    written = " ".join(drawings.texts(drawings.parse(render_svg(one)))).replace("’", "'").replace(" ", "")
    labels = one.codes or tuple(label for label, _ in one.rows)
    assert all(label.replace(" ", "") in written for label in labels)
    assert all(str(value) in written for value in one.values)


def test_a_map_has_more_sun_where_there_is_more():
    drawing = drawings.parse(render_svg(CHARTS["map"]))
    assert drawing.xpath("//@fill-opacity") == ["0.45", "0.00"]


@pytest.mark.parametrize("night", [False, True])
def test_the_numbers_of_a_map_are_readable_where_there_is_most_sun(night):
    tokens, share = values.press().theme.tokens, 0.45
    ink, sun, paper = (tokens.colour(name, night=night) for name in ("ink", "sun", "paper"))
    parts = [(int(sun[n : n + 2], 16), int(paper[n : n + 2], 16)) for n in (1, 3, 5)]
    mixed = "#" + "".join(f"{round(one * share + other * (1 - share)):02x}" for one, other in parts)
    assert measure(ink, mixed) >= 4.5


LABELS = st.text("abcdefghijklmnopqrstuvwxyz éèM'-", min_size=1, max_size=60).filter(str.strip)
NUMBERS = (
    st.none()
    | st.integers(-(10**15), 10**15)
    | st.integers(-500, 500)
    | st.floats(-1e6, 1e6).map(lambda x: round(x, 2))
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["bars", "line"]), st.integers(1, 4).flatmap(
    lambda count: st.lists(st.tuples(LABELS, st.tuples(*[NUMBERS] * count)), min_size=1, max_size=14)))  # fmt: skip
def test_no_numbers_and_no_labels_break_a_drawing(kind, rows):
    header = ("Quoi", *(f"Série {n}" for n in range(len(rows[0][1]))))
    drawings.assert_is_whole(str(render_svg(chart(kind, *rows, header=header))))


PARTS = st.integers(0, 10**9) | st.floats(0, 1e6).map(lambda x: round(x, 2))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(LABELS, st.tuples(PARTS, PARTS, PARTS)), min_size=1, max_size=6))
def test_no_parts_break_a_drawing(rows):
    drawings.assert_is_whole(str(render_svg(chart("stacked", *rows, header=("Quoi", "a", "b", "c")))))
    firsts = [(label, numbers[0]) for label, numbers in rows]
    drawings.assert_is_whole(str(render_svg(chart("proportion", *firsts))))


@given(st.lists(PARTS, min_size=1, max_size=6))
def test_shares_are_whole_and_give_one_hundred(values):
    found = shares(values)
    assert sum(found) == (100 if sum(values) else 0)
    for share, value in zip(found, values, strict=True):
        assert abs(share - (value / sum(values) * 100 if sum(values) else 0)) < 1


@given(st.just(0) | st.floats(-1e12, -0.01), st.floats(0.01, 1e12), st.booleans())
def test_the_scale_holds_all_numbers_at_round_steps(low, high, whole):
    found = ticks(low, high, whole=whole)
    assert found[0] <= low <= high <= found[-1] or found[-1] == pytest.approx(high)
    assert 2 <= len(found) <= 8
    assert 0 in found


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (2.5, "2,5"), (1500, "1 500"), (2e6, "2 M"), (1.5e9, "1,5 Md"), (3e12, "3 bn")]
)
def test_round_numbers_are_short(value, shown):
    assert " ".join(shorten(value).split()) == shown
