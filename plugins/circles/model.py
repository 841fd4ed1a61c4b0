"""Governance in circles: who decides what together, and how the circles hold together."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Struct
from pydantic import model_validator

from plugins.press.kinds import BlockKind, Draft
from plugins.press.outputs import Function
from plugins.press.schema import AsList, Fields, Line, Lines

MAX_CIRCLES = 12


class Circle(Struct, frozen=True, array_like=True, gc=False):
    """A circle: what it is called, what it does, who sits in it."""

    name: str
    role: str = ""
    members: tuple[str, ...] = ()


class Tie(Struct, frozen=True, array_like=True, gc=False):
    """What goes from one circle to another, by their ranks."""

    start: int
    end: int
    label: str = ""


class Circles(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """The circles, in order, and what ties them."""

    title: str
    circles: tuple[Circle, ...]
    ties: tuple[Tie, ...] = ()
    description: str = ""


class CircleFields(Fields):
    """One circle."""

    name: Line
    role: Line = ""
    members: Lines = ()


class TieFields(Fields):
    """One link between two circles."""

    from_: Line
    to: Line
    label: Line = ""

    @model_validator(mode="before")
    @classmethod
    def _rename(cls, values: Any) -> Any:
        """``from`` is a word of Python's."""
        if not isinstance(values, dict):
            return values
        return {"from_" if key == "from" else key: value for key, value in values.items()}


class CirclesFields(Fields):
    """What an editor may write in a block that begins with ``schema: circles``."""

    title: Line
    circles: Annotated[tuple[CircleFields, ...], AsList]
    links: Annotated[tuple[TieFields, ...], AsList] = ()
    description: Line = ""


def build_circles(draft: Draft, fields: CirclesFields) -> Circles | None:
    """The circles, or what cannot be drawn of them, told to the draft."""
    before = len(draft.problems)
    ranks: dict[str, int] = {}
    for rank, circle in enumerate(fields.circles):
        if circle.name in ranks:
            draft.refuse(f"circles.{rank}.name", f"le cercle « {circle.name} » existe déjà. Donner un autre nom.")
        ranks.setdefault(circle.name, rank)
    if not fields.circles:
        draft.refuse("circles", "aucun cercle. En écrire un par ligne « - name: … ».")
    if len(fields.circles) > MAX_CIRCLES:
        message = f"{len(fields.circles)} cercles, c'est trop pour un dessin ({MAX_CIRCLES} au plus). En regrouper."
        draft.refuse("circles", message)
    ties = tuple(_build_tie(draft, rank, tie, ranks) for rank, tie in enumerate(fields.links))
    if len(draft.problems) > before:
        return None
    circles = tuple(Circle(circle.name, circle.role, circle.members) for circle in fields.circles)
    return Circles(title=fields.title, circles=circles, ties=ties, description=fields.description)


def _build_tie(draft: Draft, rank: int, tie: TieFields, ranks: dict[str, int]) -> Tie:
    for field, name in (("from", tie.from_), ("to", tie.to)):
        if name not in ranks:
            known = ", ".join(ranks) or "aucun"
            draft.refuse(f"links.{rank}.{field}", f"« {name} » n'est pas un cercle de ce bloc. Cercles : {known}.")
    if tie.from_ == tie.to:
        draft.refuse(f"links.{rank}.to", "ce lien va d'un cercle à lui-même. Écrire le nom d'un autre cercle.")
    return Tie(ranks.get(tie.from_, 0), ranks.get(tie.to, 0), tie.label)


CIRCLES = BlockKind(
    name="circles",
    word="cercles",
    schema=CirclesFields,
    value=Circles,
    build=build_circles,
    draw=Function("plugins.circles.figure:render_figure"),
    tell=Function("plugins.circles.figure:render_list"),
)
