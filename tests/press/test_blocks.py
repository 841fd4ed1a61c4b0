"""Blocks of YAML in a text: found, checked with their place, drawn where the text is shown."""

import pytest

from plugins.press.blocks import read_all
from tests import sites, values

KINDS = {kind.name: kind for subject in sites.SUBJECTS for kind in subject.blocks}
PATH = "blog/2026/essai.md"
CHART = "schema: chart\nkind: bars\ntitle: Ventes\nvalues:\n  A: 1\n  B: 2\n"
FIELDS = "description, kind, label, series, source, title, unit, values."
CIRCLES = "schema: circles\ntitle: Nous\ncircles:\n  - name: Bureau\n"


def fence(yaml, sign="```", language="yaml"):
    return f"{sign}{language}\n{yaml}{sign}\n"


def read(body):
    return values.read(PATH, sites.article(body=body))


def shown(body):
    document, problems = read(body)
    assert problems == []
    return [(block.name, block.value.title) for block in read_all(document.text, KINDS)]


def page(*documents):
    return values.tree(values.site(*documents), documents[0].url)


@pytest.mark.parametrize(
    "body",
    [
        fence(CHART),
        fence(CHART, "~~~"),
        fence(CHART, language=""),
        fence(CHART, language="yml"),
        f"Un paragraphe\n{fence(CHART)}la suite.",
        f"{fence('- pas un bloc' + chr(10), language='text')}\n{fence(CHART)}",
        fence("\n" + CHART),
    ],
)
def test_a_fence_of_yaml_with_a_schema_is_a_block(body):
    assert shown(body) == [("graphique-1", "Ventes")]


@pytest.mark.parametrize(
    "body",
    [
        fence(CHART, language="text"),
        fence("title: x\nschema: chart\n"),
        f"~~~text\n{fence(CHART)}~~~\n",
        "    schema: chart\n",
        "schema: chart",
    ],
)
def test_other_fences_and_texts_stay_what_they_are(body):
    assert shown(body) == []


def test_blocks_come_in_order_each_with_a_name_of_its_own():
    assert shown(fence(CHART) + "\n" + fence(CIRCLES) + "\n" + fence(CHART)) == [
        ("graphique-1", "Ventes"),
        ("cercles-2", "Nous"),
        ("graphique-3", "Ventes"),
    ]


def test_a_block_is_drawn_where_it_stands_and_is_no_part_of_the_summary_or_the_words():
    document, _ = read(f"{fence(CHART)}\nLes ventes.\n\n{fence(CIRCLES)}")
    assert (document.summary, document.text.words) == ("Les ventes.", 2)
    body = page(document).cssselect(".body")[0]
    assert [child.tag for child in body] == ["figure", "p", "figure"]
    assert body.cssselect("figure svg[role=img] title")[0].text == "Ventes"
    assert "schema" not in values.words(body)


def test_two_bodies_on_one_page_keep_the_names_of_their_drawings_apart():
    report = values.report()
    sections = [
        values.read(f"rapports/2025/0{n}-{name}.md", sites.document(name, fence(CHART)))[0]
        for n, name in ((1, "une"), (2, "deux"))
    ]
    found = page(report, *sections)
    assert [figure.get("id") for figure in found.cssselect("figure.chart")] == ["une-graphique-1", "deux-graphique-1"]
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {ref for refs in found.xpath("//@aria-labelledby") for ref in refs.split()} <= set(ids)


def test_readers_of_feeds_get_the_words_of_a_drawing():
    document, _ = read(f"{fence(CHART)}\n{fence(CIRCLES)}")
    feed = values.render(values.site(document), "/flux/blog.atom.xml").decode()
    assert "svg" not in feed
    for said in ("Ventes", '&lt;th scope="row"&gt;B&lt;/th&gt;', "Bureau"):
        assert said in feed


def lines(body, *, first=6):
    """The problems of a text, the lines counted from its first."""
    _, problems = read(body)
    cut = [problem.removeprefix(f"content/{PATH}:").split(":", 2) for problem in problems]
    return [f"{int(line) - first}:{column}:{rest}" for line, column, rest in cut]


def test_every_problem_of_a_block_comes_with_its_place_in_the_file():
    body = "Avant.\n\n" + fence(
        "schema: chart\nkind: camembert\ntitle: x\nvalues:\n  Été: douze\n  B: [1, 2]\nkeys: 3\n"
    )
    assert lines(body) == [
        "4:7: kind : « camembert » n'est pas une valeur possible. Écrire bars, stacked, line, proportion ou map.",
        "7:8: values.Été : « douze » n'est pas un nombre. L'écrire en chiffres, par exemple 1 400 ou 47,5.",
        "9:1: keys : champ inconnu, rien ne s'appelle ainsi. Champs possibles : " + FIELDS,
    ]


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        ("schema: charte\n", "1:9: schema : « charte » n'est pas une sorte de bloc. Vouliez-vous écrire « chart » ?"),
        ("schema: x\n", "1:9: schema : « x » n'est pas une sorte de bloc. Écrire chart ou circles."),
        ("schema:\n", "1:8: schema : «  » n'est pas une sorte de bloc. Écrire chart ou circles."),
        (
            "schema: circles\ntitle: Le bureau : nous\n",
            '2:18: un deux-points dans la valeur : mettre le texte entre guillemets, ainsi : title: "Le bureau : nous"',
        ),
        ("schema: circles\ncircles: []\n", "1:1: title : ce champ est obligatoire. Ajouter une ligne « title: … »."),
        (
            "schema: circles\ntitle: a\ntitle: b\n",
            "3:1: le champ « title » est écrit deux fois (déjà ligne 8). N'en garder qu'un.",
        ),
        (
            "schema: circles\ntitle: Nous sommes [[chiffre:n]]\ncircles: [{name: a}]\n",
            "1:9: schema : un chiffre ([[chiffre:…]]) n'est pas lu dans un bloc. Écrire le nombre.",
        ),
    ],
)
def test_a_block_that_cannot_be_read_says_why(yaml, said):
    assert said in lines(fence(yaml))


@pytest.mark.parametrize(
    "body",
    [
        "```yaml\nschema: chart\nkind: bars\n",
        "- une liste\n\n    ```yaml\n    schema: chart\n    ```\n",
        "> ```yaml\n> schema: chart\n> ```\n",
    ],
)
def test_a_block_that_is_not_closed_or_not_at_the_left_is_not_lost_in_silence(body):
    assert "ce bloc n'est pas lu" in values.once(lines(body))


def test_a_block_inside_html_is_refused():
    assert "un bloc ne peut pas être dans du HTML" in values.once(lines(f"<div>\n{fence(CHART)}</div>\n"))
