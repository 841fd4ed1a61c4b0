"""``agenda/partenaires.yaml``: the calendars of others that the agenda takes in, and how."""

from __future__ import annotations

import posixpath
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from pydantic import AfterValidator

from plugins.agenda.fields import Department, Zone
from plugins.press.documents import Document, Text
from plugins.press.frontmatter import FrontMatter
from plugins.press.kinds import Draft, Kind
from plugins.press.schema import AsList, Fields, Flag, Line, Lines, Slug, read_fields, refuse
from plugins.press.slugs import build_slug

PARTNERS_FILE = "agenda/partenaires.yaml"
MAX_SLUG = 40
"""A partner's name stands at the end of the addresses of its events, which have 80 characters."""


def _read_https(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_right = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0 and text.isprintable()
    except ValueError:  # « https://[x », « https://exemple.fr:port »
        raise refuse(f"« {text} » n'est pas une adresse web.") from None
    if parts.scheme == "webcal":
        raise refuse(f"une adresse webcal: ne se lit que par un agenda. Écrire https{text.removeprefix('webcal')}.")
    if not is_right or " " in text:
        raise refuse(f"« {text} » n'est pas une adresse sûre. L'écrire en entier, avec https://.")
    if parts.username is not None:
        raise refuse("cette adresse contient un mot de passe, qui serait publié. Demander une adresse publique.")
    return text


def _read_file(text: str) -> str:
    path = posixpath.normpath(text)
    if path.startswith("..") or path in {".", "/"}:
        raise refuse(
            f"« {text} » sort du dossier des textes. Écrire un chemin depuis ce dossier, ou un chemin entier (/…)."
        )
    return path


class PartnerFields(Fields):
    """One calendar of ``partenaires.yaml``."""

    name: Line
    slug: Slug | None = None
    url: Annotated[Line, AfterValidator(_read_https)] | None = None
    file: Annotated[Line, AfterValidator(_read_file)] | None = None
    department: Department | None = None
    category: Line | None = None
    words: Lines = ()
    trusted: Flag = False
    aggregator: Flag = False
    timezone: Zone = "Europe/Paris"


class PartnersFields(Fields):
    """The whole of ``partenaires.yaml``: a list of calendars, each read by itself to tell every mistake at once."""

    partners: Annotated[tuple[Any, ...], AsList] = ()


class Partner(Struct, frozen=True, gc=False):
    """A calendar to take in. Exactly one of ``url`` and ``file`` is given; ``words`` filter its events."""

    name: str
    slug: str
    url: str = ""
    file: str = ""
    department: str = ""
    category: str = ""
    words: tuple[str, ...] = ()
    trusted: bool = False
    aggregator: bool = False
    timezone: str = "Europe/Paris"

    @property
    def path(self) -> str:
        """Where its events are kept, from ``content/``."""
        return f"agenda/imports/{self.slug}.yaml"


class Partners(Document, frozen=True, kw_only=True, tag="partners", gc=False):
    """The calendars of others, in the order of the file."""

    partners: tuple[Partner, ...]


def build_partners(draft: Draft, fields: PartnersFields, text: Text) -> Partners:
    partners: list[Partner] = []
    first: dict[str, str] = {}
    for index, values in enumerate(fields.partners):
        found = _read_partner(draft, values, index)
        if found is None:
            continue
        partner = _build_partner(draft, found, index)
        for field, value in (("name", partner.slug), ("url", partner.url), ("file", partner.file)):
            if value and first.setdefault(f"{field} {value}", found.name) != found.name:
                other = first[f"{field} {value}"]
                draft.refuse(f"partners.{index}.{field}", f"c'est déjà le calendrier « {other} ». N'en garder qu'un.")
        if found.name in {known.name for known in partners}:
            draft.refuse(f"partners.{index}.name", f"« {found.name} » est déjà dans cette liste. N'en garder qu'un.")
        partners.append(partner)
    return Partners(
        path=draft.path, url="", title="Calendriers des partenaires", slug="", text=text, partners=tuple(partners)
    )


def _read_partner(draft: Draft, values: object, index: int) -> PartnerFields | None:
    place = ("partners", index)
    if not isinstance(values, dict):
        draft.refuse(f"partners.{index}", "un calendrier est un groupe de champs : « - name: … », « url: … » dessous.")
        return None
    marks, keys = (
        {path[2:]: mark for path, mark in found.items() if path[:2] == place}
        for found in (draft.front.marks, draft.front.keys)
    )
    front = FrontMatter(values=values, keys=keys, marks=marks, body="", body_line=1)
    fields, problems = read_fields(PartnerFields, front, draft.shown_path)
    draft.problems += [
        msgspec.structs.replace(problem, field=f"partners.{index + 1}.{problem.field}") for problem in problems
    ]
    return fields


def _build_partner(draft: Draft, fields: PartnerFields, index: int) -> Partner:
    place = f"partners.{index}"
    slug = fields.slug or build_slug(fields.name)
    if not slug:
        draft.refuse(f"{place}.name", f"« {fields.name} » ne donne pas d'adresse. Ajouter « slug: mon-partenaire ».")
    elif len(slug) > MAX_SLUG:
        remedy = f"Ajouter un « slug: » de {MAX_SLUG} signes au plus."
        draft.refuse(f"{place}.{'slug' if fields.slug else 'name'}", f"« {slug} » est trop long. {remedy}")
    if bool(fields.url) == bool(fields.file):
        typed = {field for field in ("url", "file") if ("partners", index, field) in draft.front.marks}
        if len(typed) != 1:  # one that is wrong is refused already: it is not missing too
            draft.refuse(
                place, "un calendrier a une adresse (« url: https://… ») ou un fichier (« file: … »), un seul."
            )
    known = [category.slug for category in draft.settings.categories]
    if fields.category is not None and fields.category not in known:
        message = f"« {fields.category} » n'est pas une catégorie. Écrire {' ou '.join(known)}."
        draft.refuse(f"{place}.category", message)
    return Partner(
        name=fields.name,
        slug=slug,
        url=fields.url or "",
        file=fields.file or "",
        department=fields.department or "",
        category=fields.category or "",
        words=fields.words,
        trusted=fields.trusted,
        aggregator=fields.aggregator,
        timezone=fields.timezone,
    )


PARTNERS = Kind("partners", r"agenda/partenaires\.yaml", PartnersFields, Partners, build_partners, data_key="partners")
