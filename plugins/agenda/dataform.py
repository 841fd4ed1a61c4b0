"""The form of agenda.json: the dates to come, for those who show them on a site of their own.

One entry a date, not an event: who shows an agenda wants what comes next, and should not have to read a rule.
Every key is always there (null, or an empty list, for what is not known), so that nobody has to ask for it.
The published schema is made from these types, so that it cannot say anything else: their first lines, and the
descriptions, are for partners.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

Address = Annotated[str, Meta(extra_json_schema={"format": "uri"})]
Instant = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
DayOrInstant = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2})?$")]

STATUSES = ("scheduled", "cancelled", "postponed", "rescheduled", "moved-online", "full")
ABILITIES = ("wheelchair", "hearing-loop", "sign-language", "visual", "cognitive")
Status = Annotated[str, Meta(extra_json_schema={"enum": [*STATUSES]})]
Ability = Annotated[str, Meta(extra_json_schema={"enum": [*ABILITIES]})]


class Named(Struct, frozen=True):
    """Un nom, et la page ou le site qui en dit plus."""

    name: str
    url: Address | None


class Department(Struct, frozen=True):
    """Un département."""

    code: Annotated[str, Meta(description="Le code officiel : 37, 2A, 974.")]
    name: str


class Category(Struct, frozen=True):
    """Une catégorie du site."""

    slug: Annotated[str, Meta(description="Ce qui la désigne, et ne change pas quand son nom change.")]
    name: str


class Place(Struct, frozen=True):
    """Un lieu ; chaque partie peut manquer."""

    name: str | None
    address: str | None
    postcode: str | None
    city: str | None
    lat: Annotated[float, Meta(ge=-90, le=90)] | None
    lon: Annotated[float, Meta(ge=-180, le=180)] | None
    access: Annotated[str | None, Meta(description="Comment venir, de plain-pied ou non.")]


class Registration(Struct, frozen=True):
    """Comment s'inscrire."""

    required: bool
    deadline: Annotated[DayOrInstant | None, Meta(description="Un jour compte jusqu'à son dernier instant.")]
    url: Address | None
    email: str | None
    phone: str | None


class Contact(Struct, frozen=True):
    """À qui demander."""

    name: str | None
    email: str | None
    phone: str | None
    url: Address | None


class Image(Struct, frozen=True):
    """Une image, ce que l'on y voit, qui l'a faite."""

    url: Address
    alt: str
    credit: str | None


class Date(Struct, frozen=True, kw_only=True):
    """Une date de l'agenda. Un événement qui revient en a plusieurs, de même « event »."""

    id: Annotated[str, Meta(description="L'identité de cette date : elle reste quand le titre ou l'horaire change.")]
    event: Annotated[str, Meta(description="L'identité de l'événement : l'UID de son calendrier.")]
    url: Annotated[Address, Meta(description="Sa page, ici ou chez qui l'annonce.")]
    calendar: Annotated[Address | None, Meta(description="Son calendrier (iCalendar), avec toutes ses dates.")]
    title: str
    summary: str | None
    lang: Annotated[str, Meta(description="La langue du titre et du résumé (BCP 47).")]
    all_day: Annotated[bool, Meta(description="Des jours entiers : « start » et « end » sont alors des jours.")]
    start: DayOrInstant
    end: Annotated[DayOrInstant | None, Meta(description="La fin si elle est annoncée ; le dernier jour, compris.")]
    timezone: Annotated[str, Meta(description="Le fuseau horaire du lieu (base IANA).")]
    over: Annotated[Instant, Meta(description="L'instant à partir duquel cette date est passée, toujours connu.")]
    status: Annotated[Status, Meta(description="maintenu, annulé, reporté (sans date), déplacé, en ligne, complet.")]
    status_note: Annotated[str | None, Meta(description="Pourquoi.")]
    previous_start: Annotated[DayOrInstant | None, Meta(description="D'une date déplacée : quand c'était prévu.")]
    place: Place | None
    online: Annotated[Address | None, Meta(description="Où suivre à distance.")]
    departments: tuple[Department, ...]
    category: Category | None
    tags: tuple[str, ...]
    organisers: tuple[Named, ...]
    partners: tuple[Named, ...]
    price: Annotated[str | None, Meta(description="Le prix, comme on l'annonce.")]
    free: Annotated[bool, Meta(description="Vrai quand le prix dit « gratuit ».")]
    registration: Registration | None
    accessibility: tuple[Ability, ...]
    accessibility_note: str | None
    contact: Contact | None
    image: Image | None
    sources: Annotated[tuple[Named, ...], Meta(description="Les calendriers de partenaires qui l'annoncent.")]


class AgendaData(Struct, frozen=True, kw_only=True):
    """Les dates en cours et à venir, les plus proches d'abord. Des clés pourront s'ajouter ; aucune ne partira."""

    schema: Annotated[Address, Meta(description="L'adresse de ce schéma.")] = msgspec.field(name="$schema")
    title: str
    url: Annotated[Address, Meta(description="L'agenda, pour les gens.")]
    licence: Annotated[Named, Meta(description="À quelles conditions reprendre ces données.")]
    limit: Annotated[int, Meta(ge=1, description="Combien de dates ce fichier donne au plus.")]
    total: Annotated[int, Meta(ge=0, description="Combien l'agenda en a, en cours et à venir.")]
    dates: tuple[Date, ...]
