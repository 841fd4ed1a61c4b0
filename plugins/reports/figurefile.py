"""``chiffres.yaml``: the figures of a report, as an editor writes them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from plugins.press.documents import Document, Text
from plugins.press.kinds import Draft, Kind
from plugins.press.schema import Amount, AsList, Fields, Flag, Line, Slug, refuse
from plugins.reports.figures import Figure, has_singular


def _one_or_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Funders = Annotated[tuple[Line, ...], BeforeValidator(_one_or_list)]
"""Whose agreement it belongs to: a name, or a list of names."""


class FigureFields(Fields):
    """One figure of ``chiffres.yaml``."""

    id: Slug
    label: Line
    value: Amount | None = None
    unit: Line = ""
    singular: Line = ""
    qualifier: Literal["exact", "at-least", "about"] = "exact"
    source: Line = ""
    history: dict[str, Amount] = Field(default_factory=dict)
    computed: Literal["events", "key-dates", "articles", "dossiers"] | None = None
    funder: Funders = ()
    audience: Flag = False

    @field_validator("history", mode="before")
    @classmethod
    def _years(cls, value: Any) -> Any:
        for year in value if isinstance(value, dict) else ():
            if not (year.isdigit() and len(year) == 4):
                raise refuse(f"« {year} » n'est pas une année. Écrire par exemple 2016: 13.")
        return value or {}


class FiguresFields(Fields):
    """The whole of ``chiffres.yaml``: a list of figures."""

    figures: Annotated[tuple[FigureFields, ...], AsList] = ()


class Figures(Document, frozen=True, kw_only=True, tag="figures", gc=False):
    """The figures of a report, in the order of their file."""

    folder: str
    figures: tuple[Figure, ...]


def build_figures(draft: Draft, fields: FiguresFields, text: Text) -> Figures | None:
    year = draft.match["year"]
    first: dict[str, int] = {}
    for index, figure in enumerate(fields.figures):
        if figure.id in first:
            message = f"le chiffre « {figure.id} » existe déjà ligne {first[figure.id]}. Donner un autre id."
            draft.refuse(f"figures.{index}.id", message)
        first.setdefault(figure.id, _line(draft, index))
        _check_figure(draft, index, figure, int(year))
    return Figures(
        path=draft.path,
        url="",
        title=f"Chiffres {year}",
        slug="",
        text=text,
        folder=f"rapports/{year}",
        figures=tuple(_build_figure(figure, _line(draft, index)) for index, figure in enumerate(fields.figures)),
    )


def _line(draft: Draft, index: int) -> int:
    return draft.front.marks["figures", index][0]


def _check_figure(draft: Draft, index: int, figure: FigureFields, year: int) -> None:
    if figure.value is None and not figure.computed:
        draft.refuse(f"figures.{index}.value", "ce champ est obligatoire. Ajouter une ligne « value: … ».")
    if (figure.value is None or abs(figure.value) < 2) and not figure.singular and has_singular(figure.unit):
        message = f"pour un seul ou aucun, « {figure.unit} » se met au singulier. Ajouter « singular: … »."
        draft.refuse(f"figures.{index}.unit", message)
    for known in figure.history:
        if int(known) >= year:
            draft.refuse(("figures", index, "history", known), f"l'historique dit les années d'avant {year}.")


def _build_figure(figure: FigureFields, line: int) -> Figure:
    return Figure(
        id=figure.id,
        label=figure.label,
        value=figure.value,
        unit=figure.unit,
        qualifier=figure.qualifier,
        source=figure.source,
        history=tuple(sorted((int(known), value) for known, value in figure.history.items())),
        computed=figure.computed or "",
        line=line,
        singular=figure.singular,
        funders=figure.funder,
        audience=figure.audience,
    )


FIGURES = Kind(
    "figures", r"rapports/(?P<year>\d{4})/chiffres\.yaml", FiguresFields, Figures, build_figures, data_key="figures"
)
