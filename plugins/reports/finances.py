"""``finances.yaml``: what came in and what was spent, this year and the year before."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from plugins.press.documents import Document, Text
from plugins.press.kinds import Draft, Kind
from plugins.press.schema import Amount, AsList, Fields, Line


class EntryFields(Fields):
    """One line of the account, in euros: this year, and maybe the year before."""

    label: Line
    amount: Amount
    before: Amount | None = None
    funder: Line = ""


class AccountFields(Fields):
    """The two sides of the account, and where they come from."""

    expenses: Annotated[tuple[EntryFields, ...], AsList] = ()
    income: Annotated[tuple[EntryFields, ...], AsList] = ()
    note: Line = ""
    source: Line = ""


class FinancesFields(Fields):
    """The whole of ``finances.yaml``."""

    finances: AccountFields


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """One line of the account; ``before`` is None when it is not known."""

    label: str
    amount: int | float
    before: int | float | None = None
    funder: str = ""
    line: int = 0


class Side(Struct, frozen=True, array_like=True, gc=False):
    """What was spent, or what came in."""

    entries: tuple[Entry, ...] = ()

    @property
    def total(self) -> int | float:
        return _round(sum(entry.amount for entry in self.entries))

    @property
    def total_before(self) -> int | float | None:
        """The sum of the year before; None when no line knows it."""
        known = [entry.before for entry in self.entries if entry.before is not None]
        return _round(sum(known)) if known else None


class Finances(Document, frozen=True, kw_only=True, tag="finances", gc=False):
    """The account of a year."""

    folder: str
    expenses: Side
    income: Side
    note: str = ""
    source: str = ""

    @property
    def result(self) -> int | float:
        """What is left: more than zero when more came in than was spent."""
        return _round(self.income.total - self.expenses.total)

    @property
    def result_before(self) -> int | float | None:
        before, spent = self.income.total_before, self.expenses.total_before
        return None if before is None or spent is None else _round(before - spent)


def build_finances(draft: Draft, fields: FinancesFields, text: Text) -> Finances:
    year, account = draft.match["year"], fields.finances
    if not account.expenses and not account.income:
        draft.refuse("finances", "aucune ligne. Écrire les charges sous « expenses », les produits sous « income ».")
    return Finances(
        path=draft.path,
        url="",
        title=f"Finances {year}",
        slug="",
        text=text,
        folder=f"rapports/{year}",
        expenses=_build_side(draft, "expenses", account.expenses),
        income=_build_side(draft, "income", account.income),
        note=account.note,
        source=account.source,
    )


def _build_side(draft: Draft, name: str, entries: tuple[EntryFields, ...]) -> Side:
    made = []
    for index, entry in enumerate(entries):
        for field in ("amount", "before"):
            if (getattr(entry, field) or 0) < 0:
                message = "un montant n'est pas négatif. Écrire la ligne de l'autre côté (« expenses » ou « income »)."
                draft.refuse(f"finances.{name}.{index}.{field}", message)
        line = draft.front.marks["finances", name, index][0]
        made.append(Entry(entry.label, entry.amount, entry.before, entry.funder, line))
    return Side(tuple(made))


def _round(amount: float) -> int | float:
    """To the cent: sums of decimals are never quite what they should be."""
    rounded = round(amount, 2)
    return int(rounded) if rounded == int(rounded) else rounded


FINANCES = Kind(
    "finances",
    r"rapports/(?P<year>\d{4})/finances\.yaml",
    FinancesFields,
    Finances,
    build_finances,
    data_key="finances",
)
