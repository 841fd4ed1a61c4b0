"""What came in and what was spent: as typed, summed to the cent, shown and drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.reports.charts import build_finance_charts
from plugins.reports.finances import Entry, Side
from tests import values
from tests.values import finances, once, report, titles, tree, words

PATH = "rapports/2025/finances.yaml"
TYPED = """\
income:
  - label: "Subvention de la Région"
    amount: 30 000
    before: 28 000
    funder: "La Région"
  - label: "Ventes"
    amount: 1200,5
expenses:
  - label: "Achats"
    amount: 31000
note: "Comptes approuvés."
source: "Expert-comptable"
"""


def test_an_account_is_written_as_two_lists_in_euros():
    document, problems = values.read(PATH, TYPED)
    assert problems == []
    assert document.income.entries == (
        Entry("Subvention de la Région", 30000, 28000, "La Région", 2),
        Entry("Ventes", 1200.5, None, "", 6),
    )
    assert (document.expenses.total, document.income.total, document.result) == (31000, 31200.5, 200.5)
    assert (document.income.total_before, document.expenses.total_before, document.result_before) == (28000, None, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}\n", "1:1: finances : aucune ligne."),
        ("", "finances : un groupe de champs est attendu"),
        ("- a\n", "finances : un groupe de champs est attendu"),
        ("income: 3\n", "1:9: finances.income : une liste est attendue."),
        ("income:\n  - label: x\n", "2:5: finances.income.1.amount : ce champ est obligatoire."),
        ("income:\n  - label: x\n    amount: beaucoup\n", "3:13: finances.income.1.amount : « beaucoup » n'est pas un"),
        ("income:\n  - label: x\n    amount: -3\n", "3:13: finances.income.1.amount : un montant n'est pas négatif."),
        (
            "expenses:\n  - {label: x, amount: 1, before: -3}\n",
            "finances.expenses.1.before : un montant n'est pas négatif.",
        ),
        ("recettes: []\n", "1:1: finances.recettes : champ inconnu"),
    ],
)
def test_what_an_account_cannot_be_is_refused_with_its_place(text, said):
    document, problems = values.read(PATH, text)
    assert document is None
    assert any(problem.startswith(f"content/{PATH}:") and said in problem for problem in problems), problems


@given(st.lists(st.decimals(0, 10**6, places=2), max_size=20))
def test_sums_are_right_to_the_cent(amounts):
    side = Side(tuple(Entry("x", float(amount)) for amount in amounts))
    assert f"{side.total:.2f}" == f"{sum(amounts):.2f}"


def test_the_page_shows_both_sides_and_draws_them():
    document, _ = values.read(PATH, TYPED)
    site = values.site(report(funders=("La Région",)), document)
    section = once(tree(site, "/rapports/2025/").cssselect("section[id=finances]"))
    assert titles(section, "table.money tr:first-child th") == ["Produits", "2025", "2024", "Charges", "2025", "2024"]
    assert "Excédent de l’année : 200,50 €" in words(section)
    assert titles(section, "figure figcaption b") == ["Produits 2025"]  # one line of expenses draws nothing
    assert "/rapports/2025/finances.csv" in values.links(section, "a")


@pytest.mark.parametrize(
    ("income", "expenses", "said"),
    [
        (3, 5, "Déficit de l’année : 2 €"),
        (5, 5, "Produits et charges s’équilibrent : 0 €"),
        (5, 3, "Excédent de l’année : 2 €"),
    ],
)
def test_what_is_left_is_said_in_a_word(income, expenses, said):
    account = finances([Entry("a", income)], [Entry("b", expenses)])
    assert said in words(
        once(tree(values.site(report(), account), "/rapports/2025/").cssselect("section[id=finances]"))
    )


def test_many_lines_are_bars_and_few_are_parts_largest_first():
    few = finances([Entry("petit", 1), Entry("grand", 5), Entry("rien", 0)])
    [(name, chart)] = build_finance_charts(few, 2025)
    assert (name, chart.kind, [label for label, _ in chart.rows]) == ("produits", "proportion", ["grand", "petit"])
    [(_, chart)] = build_finance_charts(finances([Entry(f"n{n}", n + 1) for n in range(7)]), 2025)
    assert chart.kind == "bars"
