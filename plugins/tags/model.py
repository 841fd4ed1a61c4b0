"""A tag brings together documents of all kinds; spellings that give one address are one tag."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain

from plugins.press.documents import Document
from plugins.press.problems import Problem
from plugins.press.site import Site
from plugins.press.slugs import build_slug


class Tags:
    """The tags of the site: by slug, with the name most used and the documents by path; and the slug of each."""

    def __init__(self, site: Site) -> None:
        self.documents: dict[str, list[Document]] = defaultdict(list)
        counts: Counter[str] = Counter(chain.from_iterable(document.tags for document in site.documents))
        self.slugs = {tag: build_slug(tag) for tag in counts}
        for document in site.documents:
            for tag in document.tags:
                held = self.documents[self.slugs[tag]]
                if not held or held[-1] is not document:
                    held.append(document)
        names: dict[str, list[str]] = defaultdict(list)
        for tag, slug in self.slugs.items():
            names[slug].append(tag)
        self.names = {slug: min(found, key=lambda name: (-counts[name], name)) for slug, found in sorted(names.items())}

    @classmethod
    def build(cls, site: Site) -> Tags:
        return cls(site)


def check(site: Site) -> Iterator[Problem]:
    """A tag without address is an error; two spellings of one tag deserve a warning."""
    names, slugs = site.get(Tags).names, site.get(Tags).slugs
    if all(slug and names[slug] == tag for tag, slug in slugs.items()):
        return
    for document in site.documents:
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
