"""Governance in circles: tables that do not touch, arrows that pass by the others, and the same in words."""

from itertools import combinations
from math import hypot

import pytest
from lxml import html

from plugins.circles.drawing import RADIUS, render_svg
from plugins.circles.figure import render_figure
from plugins.circles.model import Circle, Circles, Tie
from plugins.press.blocks import Shown, read_all
from tests import drawings, sites, values

KINDS = {kind.name: kind for subject in sites.SUBJECTS for kind in subject.blocks}
NAMES = ["Assemblée générale", "Conseil d'administration", "Bureau", "Équipe", "Accompagnement", "x" * 60]


def circles(count, *ties, members=3):
    made = tuple(Circle(f"{NAMES[n % 6]} {n}", "Décide.", tuple(f"M{k}" for k in range(members))) for n in range(count))
    return Circles(title="La gouvernance", circles=made, ties=tuple(Tie(*tie) for tie in ties))


def tables(drawing):
    return [
        (float(c.get("cx")), float(c.get("cy"))) for c in drawing.iter(f"{drawings.SVG}circle") if c.get("r") == "57"
    ]


@pytest.mark.parametrize("count", range(1, 13))
def test_tables_lie_in_the_frame_and_do_not_touch(count):
    drawing = drawings.assert_is_whole(str(render_svg(circles(count, members=8))))
    found = tables(drawing)
    width, height = drawings.frame(drawing)
    assert len(found) == count
    assert all(RADIUS + 10 <= x <= width - RADIUS - 10 and RADIUS + 10 <= y <= height - RADIUS - 10 for x, y in found)
    assert all(hypot(a[0] - b[0], a[1] - b[1]) > 2 * RADIUS + 40 for a, b in combinations(found, 2))


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_an_arrow_between_any_two_passes_by_the_others(count):
    for start, end in combinations(range(count), 2):
        drawing = drawings.parse(render_svg(circles(count, (start, end))))
        curve = [path.get("d") for path in drawing.iter(f"{drawings.SVG}path") if "Q" in path.get("d")]
        a, c, b = points(values.once(curve))
        others = [middle for rank, middle in enumerate(tables(drawing)) if rank not in {start, end}]
        for step in range(33):
            t = step / 32
            x, y = ((1 - t) ** 2 * a[i] + 2 * t * (1 - t) * c[i] + t * t * b[i] for i in (0, 1))
            assert 0 < x < 320
            assert all(hypot(x - left, y - top) > RADIUS for left, top in others)


def points(d):
    start, rest = d[1:].split("Q")
    numbers = [float(number) for number in f"{start} {rest}".split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_what_goes_there_and_back_is_two_arrows():
    drawing = drawings.parse(render_svg(circles(2, (0, 1), (1, 0))))
    curves = {path.get("d") for path in drawing.iter(f"{drawings.SVG}path") if "Q" in path.get("d")}
    assert len(curves) == 2


def test_a_seat_stands_for_each_member():
    drawing = drawings.parse(render_svg(circles(1, members=5)))
    assert sum(path.get("d").count("M") for path in drawing.iter(f"{drawings.SVG}path")) == 5
    assert "5 membres" in drawings.texts(drawing)


def test_all_that_is_drawn_is_said_in_lists_numbered_alike():
    shown = Shown(circles(3, (0, 1, "élit"), (1, 2), (2, 0, "rend compte")), "c")
    figure = html.fragment_fromstring(render_figure(shown, None).decode())
    assert [item.find("b").text for item in figure.xpath("./ul/li")] == [
        "Assemblée générale 0",
        "Conseil d’administration 1",
        "Bureau 2",
    ]
    assert [item.text for item in figure.xpath("./ul/li[1]/ul/li")] == ["M0", "M1", "M2"]
    ties = [values.words(item) for item in figure.xpath("./ol/li")]
    assert ties[0] == "Assemblée générale 0 → Conseil d’administration 1 : élit"
    assert ties[2].endswith(": rend compte")
    assert [text.text for text in figure.find("svg").iter("text")][-2:] == ["1", "3"]


def read(*lines):
    body = "\n".join(["```yaml", "schema: circles", "title: Nous", *lines, "```", ""])
    document, problems = values.read("blog/2026/essai.md", sites.article(body=body))
    return (values.once([shown.value for shown in read_all(document.text, KINDS)]) if document else None), problems


def test_circles_are_written_as_a_list_with_links_between_their_names():
    found, problems = read(
        "circles:",
        "  - name: Bureau",
        "    role: Prépare",
        '    members: ["A", "B"]',
        "  - name: Conseil",
        "links:",
        "  - {from: Conseil, to: Bureau, label: élit}",
    )
    assert problems == []
    assert found.circles == (Circle("Bureau", "Prépare", ("A", "B")), Circle("Conseil"))
    assert found.ties == (Tie(1, 0, "élit"),)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["circles: []"], "circles : aucun cercle."),
        (["circles: [{name: A}, {name: A}]"], "circles.2.name : le cercle « A » existe déjà."),
        ([f"circles: [{', '.join(f'{{name: C{n}}}' for n in range(13))}]"], "circles : 13 cercles, c'est trop"),
        (["circles: [{name: A}]", "links: [{from: A, to: B}]"], "links.1.to : « B » n'est pas un cercle de ce bloc."),
        (["circles: [{name: A}]", "links: [{from: A, to: A}]"], "links.1.to : ce lien va d'un cercle à lui-même."),
        (["circles: [{nom: A}]"], "circles.1.nom : champ inconnu"),
    ],
)  # fmt: skip
def test_what_cannot_be_circles_is_refused_with_its_place(lines, said):
    found, problems = read(*lines)
    assert found is None
    assert any(said in problem for problem in problems), problems
    assert all(problem.startswith("content/blog/2026/essai.md:") for problem in problems)
