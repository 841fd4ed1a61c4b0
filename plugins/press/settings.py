"""Who we are: what ``pelicanconf.py`` says, checked and frozen. Nothing below the host reads Pelican's settings."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta, Struct

from plugins.press.problems import PressError


class Category(Struct, frozen=True):
    """A category of events: its place in addresses, its name, and the letter that stands beside its colour."""

    slug: str
    label: str
    letter: str


class MenuItem(Struct, frozen=True):
    """An entry of the site's menu or footer."""

    label: str
    url: str


class Places(Struct, frozen=True):
    """Where this build reads and writes. Never part of a fingerprint: another folder gives the same bytes."""

    root: Path
    content: Path
    output: Path
    theme: Path
    look: Path | None = None
    """A folder whose files take the place of those of the theme."""

    @property
    def shown_content(self) -> str:
        """How messages name the content folder: from the project's root when it lies there."""
        return (
            os.path.relpath(self.content, self.root)
            if self.content.is_relative_to(self.root)
            else os.fspath(self.content)
        )

    @property
    def themes(self) -> tuple[Path, ...]:
        """The folders that the look of the site comes from."""
        return (self.theme, self.look) if self.look else (self.theme,)

    @property
    def state(self) -> Path:
        """What the press remembers of this output: cache, manifest, twin tree, lock."""
        return self.output.parent / f".{self.output.name}.press"


class Settings(Struct, frozen=True):
    """The site's identity and choices; everything here may change any page."""

    name: str
    url: str
    description: str
    tagline: str
    lang: str
    timezone: str
    region: str
    departments: dict[str, str]
    categories: tuple[Category, ...]
    menu: tuple[MenuItem, ...]
    footer: tuple[MenuItem, ...]
    uid_domain: str
    licence: MenuItem
    page_size: Annotated[int, Meta(ge=1)] = 20
    school_holiday_zone: Literal["", "A", "B", "C"] = ""
    security_contact: str = ""
    drafts: bool = False
    preview: bool = False
    """Whether somebody looks at the site on this machine: ``./site serve``."""
    sharing_cards: Annotated[int, Meta(ge=0)] = 50
    """How many documents of each kind have a card of their own where they are shared; 0: no card is drawn."""
    pdf: bool = True

    def absolute(self, url: str) -> str:
        """The whole address of a page or file of the site; any other one, and none, as it is."""
        return self.url + url if url.startswith("/") else url

    def category_label(self, slug: str) -> str:
        """The name of a category, ``""`` for none."""
        return next((category.label for category in self.categories if category.slug == slug), "")

    def refuse_category(self, slug: str) -> str:
        """Why this is no category, with those that are; ``""`` when it is one."""
        known = [category.slug for category in self.categories]
        return "" if slug in known else f"« {slug} » n'est pas une catégorie. Écrire {' ou '.join(known)}."

    def category_rank(self, slug: str) -> int:
        """The place of a category among all, from 1: its colour. 0 for one that is not among them."""
        return next((rank for rank, category in enumerate(self.categories, 1) if category.slug == slug), 0)

    def fingerprint(self) -> bytes:
        return blake2b(msgspec.msgpack.encode(self), digest_size=16).digest()


_KEYS = {
    "name": "SITENAME",
    "url": "SITEURL",
    "description": "SITE_DESCRIPTION",
    "tagline": "SITE_TAGLINE",
    "lang": "DEFAULT_LANG",
    "timezone": "TIMEZONE",
    "region": "REGION",
    "departments": "DEPARTMENTS",
    "categories": "EVENT_CATEGORIES",
    "menu": "MENU",
    "footer": "FOOTER",
    "uid_domain": "CALENDAR_UID_DOMAIN",
    "licence": "CONTENT_LICENCE",
    "page_size": "DEFAULT_PAGINATION",
    "school_holiday_zone": "SCHOOL_HOLIDAY_ZONE",
    "security_contact": "SECURITY_CONTACT",
    "drafts": "DRAFTS",
    "sharing_cards": "SHARING_CARDS",
    "pdf": "PDF",
}
_OPTIONAL = {"drafts", "page_size", "pdf", "school_holiday_zone", "security_contact", "sharing_cards"}


def read_settings(values: Mapping[str, Any]) -> Settings:
    """Pelican's settings → ours. Raises ``PressError`` naming the setting that is missing or wrong."""
    found = {field: values[key] for field, key in _KEYS.items() if values.get(key) is not None}
    _require(key for field, key in _KEYS.items() if field not in found and field not in _OPTIONAL)
    try:
        settings = msgspec.convert(found, Settings)
    except msgspec.ValidationError as error:
        message = f"pelicanconf.py : réglage de forme inattendue ({error})."
        raise PressError(message) from error
    _check_zone(settings.timezone)
    _check_contact(settings.security_contact)
    return msgspec.structs.replace(settings, url=settings.url.rstrip("/"))


def read_places(values: Mapping[str, Any], root: Path) -> Places:
    """Pelican's PATH, OUTPUT_PATH and THEME, and our LOOK; relative ones are taken from the settings file's folder."""
    keys = ("PATH", "OUTPUT_PATH", "THEME")
    _require(key for key in keys if not values.get(key))
    content, output, theme = (root / str(values[key]) for key in keys)
    return Places(
        root=root,
        content=content.resolve(),
        output=Path(str(output).rstrip("/")).absolute(),
        theme=theme.resolve(),
        look=(root / str(values["LOOK"])).resolve() if values.get("LOOK") else None,
    )


def _require(missing: Iterable[str]) -> None:
    if names := ", ".join(missing):
        message = f"pelicanconf.py : réglage manquant : {names}."
        raise PressError(message)


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = (
            f"pelicanconf.py : TIMEZONE : « {name} » n'est pas un fuseau horaire. Écrire par exemple Europe/Paris."
        )
        raise PressError(message) from error


def _check_contact(address: str) -> None:
    """RFC 9116 §2.5.3: an address that says how to follow it, on one line."""
    if address and not re.fullmatch(r"(?:mailto:|tel:|https://)\S+", address):
        message = (
            f"pelicanconf.py : SECURITY_CONTACT : « {address} » n'est pas une adresse que l'on peut suivre. "
            "Écrire mailto:…, tel:… ou https://…"
        )
        raise PressError(message)
