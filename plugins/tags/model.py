"""A tag brings together documents of all kinds; spellings that give one address are one tag."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import chain
from operator import attrgetter

from plugins.agenda.model import TAG, Agenda, Event
from plugins.press.documents import Document
from plugins.press.problems import Problem
from plugins.press.site import Site
from plugins.press.slugs import build_slug


class Tags:
    """The tags of the site: by slug, with the name most used; and the slug of each.

    ``texts`` are the documents that carry it and are no events, ``counts`` how many documents do, ``spellings`` all
    ways to write it, by slug.
    """

    def __init__(self, site: Site) -> None:
        self._events = site.get(Agenda).announced
        others = [document for document in site.open if not isinstance(document, Event)]
        written: Counter[str] = Counter(chain.from_iterable(document.tags for document in others))
        for term in self._events.terms(TAG):
            written[term.removeprefix(f"{TAG} ")] += self._events.tally(term).count
        self.slugs = {tag: build_slug(tag) for tag in sorted(written)}
        self.texts: dict[str, list[Document]] = defaultdict(list)
        for document in others:
            for slug in dict.fromkeys(self.slugs[tag] for tag in document.tags):
                self.texts[slug].append(document)
        self.spellings: dict[str, list[str]] = defaultdict(list)
        for tag, slug in self.slugs.items():
            self.spellings[slug].append(tag)
        found = sorted(self.spellings.items())
        self.names = {slug: min(names, key=lambda name: (-written[name], name)) for slug, names in found}
        self.counts = {slug: len(self.texts[slug]) + self._count(slug) for slug in self.names}

    def _count(self, slug: str) -> int:
        """How many events carry a tag."""
        tags = self.spellings[slug]
        if len(tags) == 1:
            return self._events.tally(f"{TAG} {tags[0]}").count
        return len(self.events(slug))

    def mark(self, slug: str) -> tuple[bytes, ...]:
        """A hash of the events that carry a tag, for each way to write it."""
        return tuple(self._events.tally(f"{TAG} {tag}").face for tag in self.spellings[slug])

    def events(self, slug: str) -> list[Event]:
        """The events that carry a tag, by start."""
        return self._events.documents_of(f"{TAG} {tag}" for tag in self.spellings[slug])

    def carrying(self, tags: AbstractSet[str], site: Site) -> list[Document]:
        """The documents that carry one of these tags, by path."""
        texts = (d for d in site.open if not isinstance(d, Event) and not tags.isdisjoint(d.tags))
        return sorted([*texts, *self._events.documents_of(f"{TAG} {tag}" for tag in tags)], key=attrgetter("path"))

    @classmethod
    def build(cls, site: Site) -> Tags:
        return cls(site)


def check(site: Site) -> Iterator[Problem]:
    """A tag without address is an error; two spellings of one tag deserve a warning."""
    names, slugs = site.get(Tags).names, site.get(Tags).slugs
    wrong = {tag for tag, slug in slugs.items() if not slug or names[slug] != tag}
    for document in site.get(Tags).carrying(wrong, site) if wrong else ():
        for tag in document.tags:
            slug = slugs[tag]
            if not slug:
                yield site.problem(
                    document,
                    f"le mot-clé « {tag} » ne donne pas d'adresse. L'écrire en lettres.",
                    field="tags",
                )
            elif names[slug] != tag:
                message = f"le mot-clé « {tag} » s'écrit « {names[slug]} » ailleurs. Choisir une seule écriture."
                yield site.problem(document, message, field="tags", warning=True)
