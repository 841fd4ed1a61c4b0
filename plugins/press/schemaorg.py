"""What a page says of its subject to programs, in the words of schema.org: one JSON-LD block a page.

The types here are schema.org's, with those of their properties that the site knows. A view that has something to
say has a method ``describe``, called when the page is rendered: nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

import msgspec
from markupsafe import Markup
from msgspec import Struct, field

from plugins.press.moments import stamp
from plugins.press.settings import Settings
from plugins.press.views import Head, Link

ROOT = "https://schema.org/"
"""Where schema.org's own values (``EventCancelled``) have their addresses."""

T = TypeVar("T")
Some: TypeAlias = T | tuple[T, ...] | None
"""One value, several or none."""


class Thing(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel", tag_field="@type", tag=True):
    """https://schema.org/Thing. Every address is whole; what is not known is left out."""

    id: str = field(default="", name="@id")
    identifier: str = ""
    name: str = ""
    description: str = ""
    url: str = ""
    image: str = ""


class Organization(Thing, frozen=True):
    """https://schema.org/Organization"""

    logo: str = ""
    area_served: str = ""


class Person(Thing, frozen=True):
    """https://schema.org/Person"""


class CreativeWork(Thing, frozen=True):
    """https://schema.org/CreativeWork"""

    headline: str = ""
    in_language: str = ""
    date_published: str = ""
    date_modified: str = ""
    temporal_coverage: str = ""
    author: Some[Organization | Person] = None
    publisher: Organization | None = None
    funder: Some[Organization] = None
    about: Thing | None = None
    keywords: tuple[str, ...] = ()
    license: str = ""
    position: int | None = None
    is_part_of: CreativeWork | None = None
    has_part: tuple[CreativeWork, ...] = ()
    encoding: MediaObject | None = None


class Article(CreativeWork, frozen=True):
    """https://schema.org/Article"""


class Report(Article, frozen=True):
    """https://schema.org/Report"""


class CreativeWorkSeries(CreativeWork, frozen=True):
    """https://schema.org/CreativeWorkSeries"""


class WebSite(CreativeWork, frozen=True):
    """https://schema.org/WebSite"""


class MediaObject(CreativeWork, frozen=True):
    """https://schema.org/MediaObject"""

    content_url: str = ""
    encoding_format: str = ""


class ListItem(Thing, frozen=True):
    """https://schema.org/ListItem"""

    position: int
    item: str


class BreadcrumbList(Thing, frozen=True):
    """https://schema.org/BreadcrumbList"""

    item_list_element: tuple[ListItem, ...]


W = TypeVar("W", bound=CreativeWork)


class Here(Struct, frozen=True):
    """The page that is described, and the site that it is of; ``logo`` is the address of the site's icon."""

    site: Settings
    url: str
    logo: str

    @property
    def address(self) -> str:
        """The whole address of the page."""
        return self.site.absolute(self.url)

    @property
    def association(self) -> Organization:
        """Who publishes the site, as other things name it; the home page says the rest of it."""
        return Organization(id=f"{self.site.url}/#association", name=self.site.name, url=f"{self.site.url}/")

    def author(self, name: str) -> Organization | Person:
        """An author by name: the association itself, else a person."""
        return self.association if name == self.site.name else Person(name=name)

    def language(self, head: Head) -> str:
        return head.lang or self.site.lang

    def series(self, link: Link) -> CreativeWorkSeries:
        """What a text is a part of, as the text names it."""
        address = self.site.absolute(link.url)
        return CreativeWorkSeries(id=address, name=link.label, url=address)

    def work(
        self, kind: type[W], head: Head, dates: tuple[datetime, datetime | None], authors: Sequence[str], **values: Any
    ) -> W:
        """The text of the page as a work of that kind, published and maybe changed on these ``dates``.

        It is by the association when nobody is named.
        """
        published, modified = dates
        return kind(
            id=self.address,
            name=head.title,
            headline=head.title,
            description=head.description,
            url=self.address,
            image=self.site.absolute(head.image),
            in_language=self.language(head),
            date_published=stamp(published, self.site.timezone),
            date_modified=stamp(modified, self.site.timezone) if modified and modified != published else "",
            author=some(map(self.author, authors)) or self.association,
            publisher=self.association,
            license=self.site.licence.url,
            **values,
        )


def some(values: Iterable[T]) -> Some[T]:
    """One value stands for itself: many readers look for nothing else."""
    found = tuple(values)
    return found[0] if len(found) == 1 else found or None


def write_graph(view: Any, here: Here) -> Markup:
    """What is inside the page's one JSON-LD block, ``""`` for none.

    A view whose page has a subject of its own has a method ``describe(here)``, which gives its things.
    """
    describe = getattr(view, "describe", None)
    things = (*(describe(here) if describe else ()), *_breadcrumbs(view.head, here))
    if not things:
        return Markup()
    data = msgspec.json.encode({"@context": "https://schema.org", "@graph": things}).decode()
    for sign, escaped in _ESCAPES:
        data = data.replace(sign, escaped)
    return Markup(data)  # noqa: S704 - nothing in it can end the element


def _breadcrumbs(head: Head, here: Here) -> tuple[BreadcrumbList, ...]:
    """The way from the home page to this one, as the page shows it."""
    if not head.crumbs:
        return ()
    steps = [("Accueil", "/"), *((crumb.label, crumb.url) for crumb in head.crumbs), (head.title, here.url)]
    items = (
        ListItem(position=position, name=label, item=here.site.absolute(url))
        for position, (label, url) in enumerate(steps, 1)
    )
    return (BreadcrumbList(item_list_element=tuple(items)),)


_ESCAPES = tuple((sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029")
"""No ``</script>`` nor ``<!--`` whatever people write (HTML standard §4.12.1.3), and no line end of older scripts."""
