"""What a chart may be, what is said of one that cannot be drawn, and the table that says the same."""

import pytest

from plugins.charts.model import Chart, describe, spell, tabulate
from plugins.press.blocks import read_all
from tests import sites, values

PATH = "blog/2026/essai.md"
KINDS = {kind.name: kind for subject in sites.SUBJECTS for kind in subject.blocks}


def read(*lines, kind="bars", title="Ventes"):
    head = ["```yaml", "schema: chart", f"kind: {kind}", f"title: {title}"]
    body = "\n".join([*head, *lines, "```", ""])
    document, problems = values.read(PATH, sites.article(body=body))
    found = [shown.value for shown in read_all(document.text, KINDS)] if document else []
    return (values.once(found) if found else None), problems


def chart(*rows, kind="bars", header=("", "Nombre"), **fields):
    made = tuple((label, numbers if isinstance(numbers, tuple) else (numbers,)) for label, numbers in rows)
    return Chart(kind=kind, title="Ventes", header=header, rows=made, **fields)


def test_a_chart_keeps_its_rows_in_order_with_their_numbers_as_typed_in_french():
    found, problems = read("unit: €", "label: An", "values:", "  B: 1 400", "  A: '47,5'", "  C:", "  2016: -3")
    assert problems == []
    assert found == chart(("B", 1400), ("A", 47.5), ("C", None), ("2016", -3), header=("An", "€"), unit="€")


def test_several_series_have_a_number_each_in_every_row():
    found, problems = read('series: ["2016", "2017"]', "values:", "  A: [1, 2]", "  B: [3, ]", kind="line")
    assert found is None
    assert "values.B : 1 nombre ici, 2 ailleurs. En mettre autant partout." in plain(values.once(problems))
    found, problems = read('series: ["2016", "2017"]', "values:", "  A: [1, 2]", kind="line")
    assert (found.series, found.rows, problems) == (("2016", "2017"), (("A", (1, 2)),), [])


def plain(problem):
    return " ".join(problem.split())


@pytest.mark.parametrize(
    ("lines", "kind", "said"),
    [
        (["values: {}"], "bars", "10:9: values : aucun nombre à montrer."),
        (["values:", "  A: [1, 2]"], "bars", "11:3: values : dire ce que sont les nombres de chaque ligne"),
        (["values:", *(f"  L{n}: {n}" for n in range(101))], "bars", "values : 101 lignes, c'est trop"),
        ([f"series: [{', '.join('abcdefg')}]", "values:", "  A: [1, 2, 3, 4, 5, 6, 7]"], "line", "series : 7 séries"),
        (["values:", "  A: 1"], "stacked", "kind : une seule série n'a rien à empiler. Écrire kind: bars."),
        (["series: [a, b]", "values:", "  A: [1, 2]"], "proportion", "kind : « proportion » montre un seul nombre"),
        (["values:", *(f"  L{n}: {n}" for n in range(7))], "proportion", "values : 7 parts, c'est trop"),
        (["values:", "  A: -1"], "proportion", "11:6: values.A : un nombre négatif ou inconnu"),
        (["series: [a, b]", "values:", "  A: [1, -2]"], "stacked", "values.A : un nombre négatif ou inconnu"),
        (["series: [a, b]", "values:", "  A: [1, ]", "  B: [1, 2]"], "stacked", "values.A : 1 nombre ici, 2 ailleurs"),
        (["values:", '  "75": 1'], "map", "values.75 : ce département n'est pas sur la carte. Écrire kind: bars."),
        (["values:", "  M. Dupont, A: douze"], "bars", "values.M. Dupont, A : « douze » n'est pas un nombre"),
        (["values:", "  A: {b: 1}"], "bars", "values.A : un nombre est attendu, ou une liste de nombres : [3, 5]."),
        (["values: [1, 2]"], "bars", "values : un groupe de champs est attendu"),
        (["values:", "  A: 1", "  A: 2"], "bars", "12:3: le champ « A » est écrit deux fois (déjà ligne 11)"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_with_its_place(lines, kind, said):
    found, problems = read(*lines, kind=kind)
    assert found is None
    assert any(said in plain(problem) for problem in problems), problems
    assert all(problem.startswith(f"content/{PATH}:") for problem in problems)


def test_departments_are_a_map_by_their_codes():
    found, problems = read("values:", '  "37": 26', '  "45": 7', kind="map")
    assert problems == []
    assert (found.kind, found.codes) == ("map", ("37", "45"))
    assert [label for label, _ in found.rows] == ["Indre-et-Loire (37)", "Loiret (45)"]


def test_the_table_says_the_same_numbers():
    table = tabulate(chart(("A", (1, None)), ("B", (2.5, -3)), header=("An", "2016", "2017"), kind="line"))
    assert (table.header, table.rows) == (("An", "2016", "2017"), (("A", 1, None), ("B", 2.5, -3)))


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(1400, "", "1 400"), (0.5, "%", "0,5 %"), (3, "€", "3 €"), (3, "personnes", "3"), (None, "€", "non connu")],
)
def test_a_number_is_spelled_in_french(value, unit, said):
    assert plain(spell(value, unit)) == said


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (chart(("mars", 2), ("mai", 7)), "De 2 (mars) à 7 (mai)."),
        (chart(("mars", 2), ("mai", 2)), "Partout 2."),
        (chart(("mars", 2)), "mars : 2."),
        (chart(("mars", None)), "Aucun nombre n'est connu."),
        (chart(("A", 2), ("B", 7), kind="proportion", unit="%"), "La plus grande part : B, 7 %."),
        (chart(("mars", 2), description="Ça monte."), "Ça monte."),
    ],
)
def test_what_one_sees_is_said_in_a_sentence(one, said):
    assert plain(describe(one)) == said


def test_the_numbers_of_a_chart_are_a_file_beside_the_page():
    body = (
        "```yaml\nschema: chart\nkind: bars\ntitle: Ventes\nlabel: Quoi\nvalues:\n  '=A1': 1400\n  B: -2,5\n  C:\n```\n"
    )
    document, problems = values.read(PATH, sites.article("Essai", body=body))
    assert problems == []
    of = values.site(document)
    data = values.render(of, "/blog/essai/graphique-1.csv")
    assert data.decode() == "\ufeffQuoi;Nombre\r\n'=A1;1400\r\nB;-2,5\r\nC;\r\n"
    page = values.press(paths={"blog/essai/graphique-1.csv"}).render(values.outputs(of)["/blog/essai/"]).decode()
    assert 'href="/blog/essai/graphique-1.csv"' in page
